// SPDX-License-Identifier: MIT
//
// The real window on many posts: bench_table [--rows N] [--file FILE.db]. Prints times and their
// ratios to the floor, an empty QMainWindow with a QTableView, measured in the same run.
#include "app/application.h"
#include "tests/support/makeposts.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QMainWindow>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 11;
constexpr int jumps = 500;
constexpr qint64 patience = 600'000; // ms

void print(const QString &line)
{
    std::fputs(line.toLocal8Bit().append('\n').constData(), stdout);
    std::fflush(stdout);
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

double median(QList<double> values, double share = 0.5)
{
    std::sort(values.begin(), values.end());
    return values.at(std::min(qsizetype(double(values.size()) * share), values.size() - 1));
}

/// Megabytes that this process has in memory.
double memory()
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

/// Notices how long the event loop did not turn.
class Watchdog final : public QObject
{
public:
    Watchdog()
    {
        startTimer(1, Qt::PreciseTimer);
        m_since.start();
    }
    double longest() const { return m_longest; }
    void forget()
    {
        m_longest = 0;
        m_since.restart();
    }

protected:
    void timerEvent(QTimerEvent *) override
    {
        m_longest = std::max(m_longest, milliseconds(m_since));
        m_since.restart();
    }

private:
    QElapsedTimer m_since;
    double m_longest = 0;
};

bool waitFor(const std::function<bool()> &condition)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > patience)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    return true;
}

/// The window on one database, and what a user would wait for.
class Desk
{
public:
    Desk(const QString &folder, const QString &database)
    {
        app::Options options;
        options.configFolder = folder;
        options.database = database;
        options.beginning = database.isEmpty() ? app::Options::Beginning::WelcomePage
                                               : app::Options::Beginning::Database;
        options.windowSize = ui::MainWindow::defaultSize;
        m_application = std::make_unique<app::Application>(options);
        m_application->start();
    }

    ui::MainWindow &window() { return m_application->window(); }
    ui::RecordTableView &view() { return window().pane()->view(); }
    ui::RecordTableModel &model() { return window().workspace()->model(); }

    /// Whether each row in sight is here.
    bool hasRows()
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
    void paint()
    {
        window().repaint();
        QCoreApplication::processEvents();
    }
    /// Time until the rows in sight are painted after @p act.
    double painted(const std::function<void()> &act)
    {
        QElapsedTimer timer;
        timer.start();
        act();
        QCoreApplication::processEvents();
        waitFor([this] { return model().isSettled() && hasRows(); });
        paint();
        return milliseconds(timer);
    }
    double press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        return painted([&] { QTest::keyClick(&view(), key, modifiers); });
    }

private:
    std::unique_ptr<app::Application> m_application;
};

double floorTime()
{
    QElapsedTimer timer;
    timer.start();
    QStandardItemModel model(50, 4);
    QMainWindow window;
    auto *view = new QTableView(&window);
    view->setModel(&model);
    window.setCentralWidget(view);
    window.resize(ui::MainWindow::defaultSize);
    window.show();
    window.repaint();
    QCoreApplication::processEvents();
    return milliseconds(timer);
}

double openTime(const QString &folder, const QString &database)
{
    QElapsedTimer timer;
    timer.start();
    Desk desk(folder, database);
    if (!database.isEmpty())
        waitFor([&desk] { return desk.hasRows(); });
    desk.paint();
    return milliseconds(timer);
}

void measureOpening(const QString &folder, const QString &file)
{
    QList<double> bare;
    QList<double> empty;
    QList<double> full;
    for (int round = 0; round < rounds; ++round) {
        bare.append(floorTime());
        empty.append(openTime(folder, {}));
        full.append(openTime(folder, file));
    }
    print(u"bare QMainWindow with QTableView painted  %1 ms"_s.arg(median(bare), 0, 'f', 1));
    print(u"our window without a database             %1 ms"_s.arg(median(empty), 0, 'f', 1));
    print(
        u"first rows painted                        %1 ms = %2 x our empty window, %3 x the bare one"_s
            .arg(median(full), 0, 'f', 1)
            .arg(median(full) / median(empty), 0, 'f', 2)
            .arg(median(full) / median(bare), 0, 'f', 2));
}

void measureScrolling(Desk &desk, const QString &order)
{
    print(u"%1: Ctrl+End %2 ms, again %3 ms"_s.arg(order, -9)
              .arg(desk.press(Qt::Key_End, Qt::ControlModifier), 0, 'f', 1)
              .arg((desk.press(Qt::Key_Home, Qt::ControlModifier),
                    desk.press(Qt::Key_End, Qt::ControlModifier)),
                   0, 'f', 1));
    QRandomGenerator random(1);
    QScrollBar *bar = desk.view().verticalScrollBar();
    QList<double> times;
    for (int i = 0; i < jumps; ++i) {
        const int place = random.bounded(std::max(1, bar->maximum()));
        times.append(desk.painted([&] { bar->setValue(place); }));
    }
    print(u"%1: %2 random jumps, median %3 ms, 99th percentile %4 ms"_s.arg(order, -9)
              .arg(jumps)
              .arg(median(times), 0, 'f', 1)
              .arg(median(times, 0.99), 0, 'f', 1));
}

void measureSort(Desk &desk, int column, const QString &order)
{
    QElapsedTimer timer;
    timer.start();
    desk.model().setSort({{column, Qt::AscendingOrder}});
    waitFor([&desk] { return !desk.model().loader().isReading(); });
    desk.painted([] {});
    print(
        u"%1: sorted and painted after %2 ms"_s.arg(order, -9).arg(milliseconds(timer), 0, 'f', 0));
}

void measureSearch(Desk &desk, const QString &text, const QString &kind)
{
    ui::SearchBar &bar = desk.window().pane()->searchBar();
    QElapsedTimer timer;
    timer.start();
    bar.setText(text);
    waitFor([&desk] {
        return desk.model().isSettled()
            && (desk.model().rowCount() > 0 || !desk.model().loader().isReading());
    });
    waitFor([&desk] { return desk.model().rowCount() == 0 || desk.hasRows(); });
    desk.paint();
    const double first = milliseconds(timer);
    waitFor([&desk] { return !desk.model().loader().isReading(); });
    print(u"search %1: first hits painted %2 ms, all %3 found %4 ms"_s.arg(kind, -12)
              .arg(first, 0, 'f', 0)
              .arg(QLocale::c().toString(desk.model().committedCount()))
              .arg(milliseconds(timer), 0, 'f', 0));
    bar.clear();
    waitFor([&desk] { return !desk.model().loader().isReading(); });
}

void measureWindow(const QString &folder, const QString &file)
{
    Desk desk(folder, file);
    waitFor([&desk] { return desk.hasRows(); });
    desk.paint();
    Watchdog watchdog;
    const double atFirst = memory();
    QElapsedTimer timer;
    timer.start();
    waitFor([&desk] { return desk.model().isCounted(); });
    print(u"all %1 keys known after %2 ms; memory %3 MB with the first rows, %4 MB then"_s
              .arg(QLocale::c().toString(desk.model().committedCount()))
              .arg(milliseconds(timer), 0, 'f', 0)
              .arg(atFirst, 0, 'f', 0)
              .arg(memory(), 0, 'f', 0));
    const orm::Table &table = desk.window().workspace()->table();
    measureScrolling(desk, u"id"_s);
    measureSearch(desk, u"漢字東京"_s, u"rare"_s);
    measureSearch(desk, u"menlo"_s, u"medium"_s);
    measureSearch(desk, u"ka"_s, u"common"_s);
    measureSearch(desk, u"title:nowherever"_s, u"nothing"_s);
    measureSort(desk, table.indexOf(u"created_at"_s), u"created"_s);
    measureScrolling(desk, u"created"_s);
    measureSort(desk, table.indexOf(orm::Role::Title), u"title"_s);
    measureScrolling(desk, u"title"_s);
    print(u"the event loop stood still for at most %1 ms; memory %2 MB at the end"_s
              .arg(watchdog.longest(), 0, 'f', 1)
              .arg(memory(), 0, 'f', 0));
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"rows"_s, u"Posts in the database that is made."_s, u"N"_s, u"1000000"_s});
    parser.addOption({u"file"_s, u"Use this database; it is made if it isn't there."_s, u"FILE"_s});
    parser.process(application);
    const QTemporaryDir folder;
    const qint64 rows = parser.value(u"rows"_s).toLongLong();
    const QString file
        = parser.isSet(u"file"_s) ? parser.value(u"file"_s) : folder.filePath(u"posts.db"_s);
    if (!QFile::exists(file)) {
        QElapsedTimer timer;
        timer.start();
        if (!makePosts(file, rows)) {
            print(u"%1 can't be written"_s.arg(file));
            return 1;
        }
        print(u"made %1 posts in %2 s"_s.arg(QLocale::c().toString(rows))
                  .arg(double(timer.elapsed()) / 1000, 0, 'f', 1));
    }
    measureOpening(folder.path(), file);
    measureWindow(folder.path(), file);
    return 0;
}
