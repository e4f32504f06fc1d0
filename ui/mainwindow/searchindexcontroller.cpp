// SPDX-License-Identifier: MIT
#include "ui/mainwindow/searchindexcontroller.h"

#include "core/session/deliver.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/searchindexpanel.h"
#include "ui/table/recordtablemodel.h"

namespace ui {

using State = orm::SearchIndexReport::State;
using Step = orm::SearchIndexBuilder::Step;

SearchIndexController::SearchIndexController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &SearchIndexController::step);
    connect(&m_parts.workspace.orderReader(), &orm::OrderReader::searchIndexChanged, this,
            [this](const orm::SearchIndexReport &found) {
                if (!isRunning())
                    setReport(found);
            });
    look();
}

SearchIndexController::~SearchIndexController()
{
    m_step.cancel();
}

void SearchIndexController::look()
{
    Workspace &workspace = m_parts.workspace;
    orm::deliver(
        workspace.orderReader().searchIndex(workspace.table()), this,
        [this](const orm::SearchIndexReport &found) {
            if (!isRunning())
                setReport(found);
        },
        [](const orm::Error &) {}); // then there is none
}

void SearchIndexController::setReport(const orm::SearchIndexReport &report)
{
    const State before = m_report.state;
    m_report = report;
    updatePanel();
    if (report.state == before)
        return;
    if (report.state == State::Partial || report.state == State::Stale)
        ask();
}

/// What can't be used lies in somebody's database: that is said once.
void SearchIndexController::ask()
{
    if (m_parts.workspace.isReadOnly())
        return;
    const bool isPartial = m_report.state == State::Partial;
    const QString text = isPartial
        ? tr("The search index of %1 is only built to %2 %, so it isn't used yet.")
              .arg(m_parts.workspace.name())
              .arg(m_report.percent)
        : tr("The search index of %1 is out of date, so it isn't used: searches are slower and "
             "find "
             "everything.")
              .arg(m_parts.workspace.name());
    m_parts.messageBar.show(
        MessageBar::Tone::Information, text,
        {{isPartial ? tr("&Go on") : tr("Build it a&gain"), [this] { build(); }},
         {tr("&Remove it"), [this] { remove(); }}});
}

void SearchIndexController::open()
{
    if (m_panel) {
        m_panel->setFocus(Qt::OtherFocusReason);
        return;
    }
    Workspace &workspace = m_parts.workspace;
    m_panel = new SearchIndexPanel(workspace.table(), workspace.name());
    connect(m_panel, &SearchIndexPanel::buildRequested, this, &SearchIndexController::build);
    connect(m_panel, &SearchIndexPanel::removeRequested, this, &SearchIndexController::remove);
    connect(m_panel, &SearchIndexPanel::closeRequested, this,
            [this] { m_parts.pane.closePanel(); });
    updatePanel();
    m_parts.pane.showPanel(m_panel);
    struct Outlook
    {
        orm::SearchIndex::Obstacle obstacle = orm::SearchIndex::Obstacle::None;
        qint64 bytes = 0;
    };
    const qint64 rows = workspace.model().committedCount();
    orm::deliver(
        workspace.worker().run([table = workspace.table(), rows](orm::Session &session) {
            const orm::SearchIndex index(session.connection(), table);
            const auto obstacle = index.obstacle();
            using None = orm::SearchIndex::Obstacle;
            return Outlook{obstacle, obstacle == None::None ? index.expectedBytes(rows) : 0};
        }),
        this,
        [this](const Outlook &outlook) {
            using Obstacle = orm::SearchIndex::Obstacle;
            if (!m_panel)
                return;
            m_expectedBytes = outlook.bytes;
            const QString &plural = m_parts.workspace.table().plural;
            switch (outlook.obstacle) {
            case Obstacle::None:
                updatePanel();
                break;
            case Obstacle::OtherDatabase:
                m_panel->showObstacle(tr("The index is made for SQLite databases only."));
                break;
            case Obstacle::NoModule:
                m_panel->showObstacle(tr("This computer's SQLite can't make it: it is older than "
                                         "3.34, or was built without FTS5."));
                break;
            case Obstacle::NoRowid:
                m_panel->showObstacle(
                    tr("It needs a table whose key is one whole number.").arg(plural));
                break;
            case Obstacle::NoText:
                m_panel->showObstacle(tr("There are no texts in %1 to be searched.").arg(plural));
                break;
            }
        },
        [](const orm::Error &) {}); // it is offered without a size
}

void SearchIndexController::updatePanel()
{
    if (!m_panel)
        return;
    m_panel->show(m_report, m_expectedBytes);
    m_panel->setProgress(taskText());
}

// ----------------------------------------------------------------------------------- step by step

void SearchIndexController::build()
{
    start(m_report.state == State::Stale ? Job::RemoveAndBuild : Job::Build);
}

void SearchIndexController::remove()
{
    start(Job::Remove);
}

void SearchIndexController::start(Job job)
{
    if (isRunning() || m_parts.workspace.isReadOnly())
        return;
    m_job = job;
    m_builder = std::make_shared<orm::SearchIndexBuilder>(m_parts.workspace.table());
    step();
    updatePanel();
    emit taskChanged();
}

void SearchIndexController::step()
{
    const auto task = [builder = m_builder, isBuilding = m_job == Job::Build,
                       table = m_parts.workspace.table()](orm::Session &session) {
        orm::Connection &connection = session.connection();
        Answer answer;
        answer.step = isBuilding ? builder->build(connection) : builder->remove(connection);
        answer.report = orm::SearchIndex(connection, table).look();
        return answer;
    };
    m_step = m_parts.workspace.worker().run(task);
    orm::deliver(
        m_step, this, [this](const Answer &answer) { onStep(answer); },
        [this](const orm::Error &error) {
            end();
            if (error.kind() != orm::Error::Kind::Cancelled)
                m_parts.messageBar.show(MessageBar::Tone::Problem,
                                        errorText(error, m_parts.workspace.name()));
        });
}

void SearchIndexController::onStep(const Answer &answer)
{
    if (!isRunning())
        return; // given up meanwhile
    m_report = answer.report;
    if (answer.step == Step::More) {
        m_pause.start();
    } else if (m_job == Job::RemoveAndBuild) {
        m_job = Job::Build;
        m_pause.start();
    } else {
        const bool isBuilt = m_job == Job::Build;
        end();
        m_parts.toast.show(isBuilt ? tr("Search is instant now")
                                   : tr("The search index was removed"));
        if (m_panel)
            m_parts.pane.closePanel();
        return;
    }
    updatePanel();
    emit taskChanged();
}

void SearchIndexController::end()
{
    m_job = Job::None;
    m_pause.stop();
    m_builder.reset();
    updatePanel();
    emit taskChanged();
    look(); // the reader learns of it, too
}

QString SearchIndexController::taskText() const
{
    switch (m_job) {
    case Job::None:
        break;
    case Job::Build:
        return tr("Making search instant… %1 % (Shift+Esc stops)")
            .arg(m_report.state == State::Partial ? m_report.percent : 0);
    case Job::Remove:
    case Job::RemoveAndBuild:
        return tr("Removing the search index… (Shift+Esc stops)");
    }
    return {};
}

bool SearchIndexController::cancel()
{
    if (!isRunning())
        return false;
    // What runs is rolled back, and does not wait for another program any longer.
    m_parts.workspace.worker().interrupt(m_step);
    m_report = {}; // what is left of it is news
    end();
    return true;
}

} // namespace ui
