// SPDX-License-Identifier: MIT
#include "tests/benchmarks/desk.h"

#include "app/post.h"
#include "app/translatedtable.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStackedWidget>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 patience = 600'000; // ms
bool isToldToEnd = false; ///< by a signal, of which the program makes a window that closes

/// What this thread has computed so far.
double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

double residentMegabytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

bool waitFor(const std::function<bool()> &condition)
{
    QElapsedTimer timer;
    timer.start();
    QTimer turn; // where nothing happens the condition may come true all the same
    turn.start(100);
    while (!condition()) {
        if (timer.elapsed() > patience)
            return false;
        // Without a time: that one doesn't wait, and turns as fast as it can.
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (isToldToEnd)
            throw ToldToEnd();
    }
    return true;
}

Watchdog::Watchdog()
{
    startTimer(1, Qt::PreciseTimer);
    m_since.start();
}

void Watchdog::forget()
{
    m_longest = 0;
    m_longestBusy = 0;
    m_turns.clear();
    m_since.restart();
    m_busySince = threadMilliseconds();
}

double Watchdog::median() const
{
    if (m_turns.empty())
        return 0;
    std::vector<double> turns = m_turns;
    const auto middle = turns.begin() + qptrdiff(turns.size() / 2);
    std::nth_element(turns.begin(), middle, turns.end());
    return *middle;
}

void Watchdog::timerEvent(QTimerEvent *)
{
    m_turns.push_back(milliseconds(m_since));
    m_longest = std::max(m_longest, m_turns.back());
    m_since.restart();
    const double busy = threadMilliseconds();
    m_longestBusy = std::max(m_longestBusy, busy - m_busySince);
    m_busySince = busy;
}

Desk::Desk(const QString &configFolder, const QString &database, Empty empty)
    : m_isEmpty(database.isEmpty())
{
    app::Options options;
    options.configFolder = configFolder;
    options.database = database;
    options.beginning = database.isEmpty() ? app::Options::Beginning::WelcomePage
                                           : app::Options::Beginning::Database;
    options.windowSize = ui::MainWindow::defaultSize;
    m_application = std::make_unique<app::Application>(
        options, app::translated(orm::Mapper::of<app::Post>().table()));
    qApp->installEventFilter(this);
    if (m_isEmpty && empty == Empty::Parts)
        showParts();
    m_application->start();
}

/// As MainWindow places them.
void Desk::showParts()
{
    const auto nowhere = orm::DatabaseUrl::sqlite(u"/nowhere/none.db"_s);
    orm::LiveTable live;
    live.exists = true;
    live.table = app::translated(orm::Mapper::of<app::Post>().table());
    m_noDatabase = std::make_unique<ui::Workspace>(
        std::make_unique<orm::SessionWorker>(nowhere), live, QString(),
        ui::Workspace::Access::ReadOnly, QString(), 0,
        ui::Workspace::FirstRows{{.table = live.table, .sort = {}}, {}});
    m_parts = std::make_unique<ui::RecordsPane>(*m_noDatabase);
    auto *stack = window().centralWidget()->findChild<QStackedWidget *>();
    stack->addWidget(m_parts.get());
    stack->setCurrentWidget(m_parts.get());
    m_parts->view().setFocus();
}

Desk::~Desk()
{
    qApp->removeEventFilter(this);
    m_parts.reset();
}

ui::RecordTableView &Desk::view()
{
    return window().pane()->view();
}

ui::RecordTableModel &Desk::model()
{
    return window().workspace()->model();
}

bool Desk::hasRows()
{
    if (!window().pane())
        return false;
    const ui::RowRange rows = view().visibleRows();
    if (rows.last < rows.first)
        return false;
    for (int row = rows.first; row <= rows.last; ++row) {
        if (!model().index(row, view().preferredColumn()).data(ui::CellLoadedRole).toBool())
            return false;
    }
    return true;
}

bool Desk::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    if (m_onNext)
        m_onNext();
    return true;
}

bool Desk::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_application)
        return false;
    if (event->type() == QEvent::Close && watched == &window() && !m_isClosing)
        isToldToEnd = true;
    if (event->type() != QEvent::Paint)
        return false;
    if (watched == &window())
        m_isWindowPainted = true;
    if (window().pane() && watched == view().viewport() && hasRows()) {
        m_areRowsPainted = true;
        m_isOrderPainted = model().isSettled();
    }
    if (m_onPaint)
        m_onPaint();
    return false;
}

double Desk::waitForFirstPaint(const QElapsedTimer &since)
{
    std::optional<double> painted;
    m_onPaint = [&] {
        if (!m_isWindowPainted || !(m_isEmpty || m_areRowsPainted))
            return;
        // All that is painted at once is, and on the screen, before another event has its turn.
        QCoreApplication::postEvent(this, new QEvent(QEvent::User),
                                    std::numeric_limits<int>::max());
    };
    m_onNext = [&since, &painted] {
        if (!painted)
            painted = milliseconds(since);
    };
    waitFor([&painted] { return painted.has_value(); });
    m_onPaint = {};
    m_onNext = {};
    return *painted;
}

double Desk::painted(const std::function<void()> &act)
{
    QElapsedTimer timer;
    timer.start();
    act();
    m_isOrderPainted = false;
    view().viewport()->update();
    waitFor([this] { return m_isOrderPainted && model().isSettled() && hasRows(); });
    return milliseconds(timer);
}

double Desk::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    return painted([&] { QTest::keyClick(&view(), key, modifiers); });
}

void Desk::close()
{
    m_isClosing = true;
    window().close();
    QCoreApplication::processEvents();
}
