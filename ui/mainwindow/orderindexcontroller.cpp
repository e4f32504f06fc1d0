// SPDX-License-Identifier: MIT
#include "ui/mainwindow/orderindexcontroller.h"

#include "core/session/deliver.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/orderindexpanel.h"
#include "ui/table/recordtablemodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

using State = orm::OrderIndexReport::State;

OrderIndexController::OrderIndexController(const Parts &parts, const QStringList &known,
                                           QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_known(known)
{
    m_progress.setInterval(interval);
    connect(&m_progress, &QTimer::timeout, this, [this] {
        updatePanel();
        emit taskChanged();
    });
    // The order is read again when others have written, so this is also when one may have gone.
    const OrderLoader &loader = m_parts.workspace.model().loader();
    connect(&loader, &OrderLoader::ended, this, &OrderIndexController::look);
    connect(&loader, &OrderLoader::queryChanged, this, [this] {
        if (m_panel && !isRunning() && sort() != m_sort)
            look();
    });
}

OrderIndexController::~OrderIndexController()
{
    m_running.cancel();
}

OrderIndexController::Sort OrderIndexController::sort() const
{
    return m_parts.workspace.model().query().sort;
}

/// If it is counted.
std::optional<qint64> OrderIndexController::rowCount() const
{
    const RecordTableModel &model = m_parts.workspace.model();
    if (const auto total = model.loader().totalCount())
        return total;
    const bool isCounted = model.isCounted() && !model.query().filter;
    return isCounted ? std::optional(model.committedCount()) : std::nullopt;
}

/// "Title ▲, Created ▼"
QString OrderIndexController::orderText() const
{
    const orm::Table &table = m_parts.workspace.table();
    QStringList columns;
    for (const orm::SortColumn &sorted : m_sort)
        columns.append(table.columns.at(sorted.column).text()
                       + (sorted.order == Qt::AscendingOrder ? u" ▲"_s : u" ▼"_s));
    return columns.isEmpty() ? tr("newest first") : columns.join(u", "_s);
}

void OrderIndexController::look()
{
    if (isRunning())
        return;
    m_sort = sort();
    Workspace &workspace = m_parts.workspace;
    const bool wantsPrice = !m_panel.isNull();
    const auto task = [table = workspace.table(), sort = m_sort, rows = rowCount(),
                       wantsPrice](orm::Session &session) {
        orm::Connection &connection = session.connection();
        const orm::OrderIndex index(connection, table, sort);
        Outlook outlook{index.look(), {}, 0, 0};
        if (!wantsPrice || outlook.report.obstacle != orm::OrderIndexReport::Obstacle::None)
            return outlook;
        if (const auto most = rows ? rows : index.mostRows()) {
            outlook.rows = *most;
            outlook.price = index.price(*most);
        }
        outlook.stepsPerRow = index.stepsPerRow();
        return outlook;
    };
    const int job = m_jobs;
    orm::deliver(
        workspace.worker().run(task), this, // the other reader may be sorting just now
        [this, job, about = m_sort](const Outlook &outlook) {
            if (job == m_jobs && about == m_sort)
                takeOutlook(outlook);
        },
        [](const orm::Error &) {}); // it is looked again after the next reading
}

void OrderIndexController::takeOutlook(const Outlook &outlook)
{
    m_outlook = outlook;
    updatePanel();
    const QStringList before = std::exchange(m_known, outlook.report.made);
    if (before == m_known)
        return;
    emit knownChanged();
    QStringList lost;
    for (const QString &columns : before) {
        if (!m_known.contains(columns))
            lost.append(columns);
    }
    if (!lost.isEmpty())
        sayLoss(lost);
}

void OrderIndexController::sayLoss(const QStringList &lost)
{
    const bool isShown = m_outlook->report.state == State::Absent;
    QList<MessageBar::Choice> choices;
    if (isShown && !m_parts.workspace.isReadOnly())
        choices.append({tr("Make it a&gain…"), [this] { open(); }});
    m_parts.messageBar.show(
        MessageBar::Tone::Information,
        tr("Another program removed the index of %1 for the order by %2, or rebuilt the table "
           "without it. The order is right, but has to be sorted each time.")
            .arg(m_parts.workspace.name(), lost.join(u"; "_s)),
        choices);
}

void OrderIndexController::open()
{
    if (m_panel) {
        m_panel->setFocus(Qt::OtherFocusReason);
        return;
    }
    Workspace &workspace = m_parts.workspace;
    m_panel = new OrderIndexPanel(workspace.table(), workspace.name());
    connect(m_panel, &IndexPanel::buildRequested, this, &OrderIndexController::build);
    connect(m_panel, &IndexPanel::removeRequested, this, &OrderIndexController::remove);
    connect(m_panel, &IndexPanel::closeRequested, this, [this] { m_parts.pane.closePanel(); });
    if (!isRunning() && m_sort != sort()) {
        m_sort = sort();
        m_outlook.reset();
    }
    updatePanel();
    m_parts.pane.showPanel(m_panel);
    look();
}

void OrderIndexController::updatePanel()
{
    if (!m_panel)
        return;
    const Outlook outlook = m_outlook.value_or(Outlook{{State::Absent, {}, {}}, {}, 0, 0});
    m_panel->show(outlook.report, orderText(), outlook.price);
    m_panel->setProgress(taskText());
}

void OrderIndexController::build()
{
    start(Job::Build);
}

void OrderIndexController::remove()
{
    start(Job::Remove);
}

void OrderIndexController::start(Job job)
{
    Workspace &workspace = m_parts.workspace;
    if (isRunning() || workspace.isReadOnly())
        return;
    m_job = job;
    const int number = ++m_jobs;
    const bool isBuilding = job == Job::Build;
    m_running = workspace.worker().run(
        [table = workspace.table(), sort = m_sort, isBuilding](orm::Session &session) {
            orm::OrderIndex index(session.connection(), table, sort);
            if (isBuilding)
                index.build();
            else
                index.remove();
        });
    orm::deliver(
        m_running, this,
        [this, number, isBuilding] {
            if (number != m_jobs)
                return look(); // cancelled too late: then it is there
            m_parts.toast.show(isBuilding ? tr("The order by %1 is instant now").arg(orderText())
                                          : tr("The index of the order was removed"));
            m_known.clear(); // what goes now went by us
            end();
            if (m_panel)
                m_parts.pane.closePanel();
        },
        [this, number](const orm::Error &error) {
            if (number != m_jobs)
                return;
            end();
            if (error.kind() != orm::Error::Kind::Cancelled)
                m_parts.messageBar.show(MessageBar::Tone::Problem,
                                        errorText(error, m_parts.workspace.name()));
        });
    m_progress.start();
    updatePanel();
    emit taskChanged();
}

void OrderIndexController::end()
{
    m_job = Job::None;
    ++m_jobs;
    m_progress.stop();
    updatePanel();
    emit taskChanged();
    look();
}

QString OrderIndexController::taskText() const
{
    if (m_job == Job::Remove)
        return tr("Removing the index… (Shift+Esc stops)");
    if (m_job != Job::Build)
        return {};
    const qint64 steps = m_outlook ? m_outlook->rows * m_outlook->stepsPerRow / 1000 : 0;
    const qint64 done = m_parts.workspace.worker().thousandSteps();
    const qint64 percent = steps > 0 ? std::clamp<qint64>(done * 100 / steps, 0, 99) : 0;
    return tr("Making this order instant… %1 % (Shift+Esc stops)").arg(percent);
}

bool OrderIndexController::cancel()
{
    if (!isRunning())
        return false;
    // SQLite takes back what there is of it; nor does it wait for another program any longer.
    m_parts.workspace.worker().interrupt(m_running);
    end();
    return true;
}

} // namespace ui
