// SPDX-License-Identifier: MIT
#include "ui/mainwindow/changescontroller.h"

#include "core/session/changestatements.h"
#include "core/session/deliver.h"
#include "core/session/dependents.h"
#include "ui/changes/editbuffer.h"
#include "ui/common/counting.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/problemguide.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/windowstate.h"
#include "ui/mainwindow/workspace.h"
#include "ui/review/conflictpanel.h"
#include "ui/review/reviewpanel.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace ui {

ChangesController::ChangesController(const Parts &parts, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const auto on = [this, &actions](QLatin1StringView id, const std::function<void()> &run) {
        connect(actions.action(id), &QAction::triggered, this, run);
    };
    on("file.save"_L1, [this] { save(); });
    on("file.saveRest"_L1, [this] { m_parts.saves.saveRest(); });
    QAction *always = actions.action("file.alwaysSaveRest"_L1);
    const auto setRest = [this](bool isSaved) {
        m_parts.saves.setRest(isSaved ? SaveController::Rest::IsSaved
                                      : SaveController::Rest::Waits);
    };
    always->setCheckable(true);
    always->setChecked(m_parts.state.savesTheRest());
    setRest(always->isChecked());
    connect(always, &QAction::toggled, this, [this, setRest](bool isSaved) {
        m_parts.state.setSavesTheRest(isSaved);
        setRest(isSaved);
    });
    on("file.review"_L1, [this] { toggleReview(); });
    on("file.discardAll"_L1, [this] { m_parts.edits.revertAll(); });
    on("post.revert"_L1, [this] { m_parts.edits.revertSelected(); });
    on("post.saveBack"_L1, [this] { saveAndReturn(); });
    on("post.nextPending"_L1, [this] { goToPending(1); });
    on("post.prevPending"_L1, [this] { goToPending(-1); });
    connect(&m_parts.saves, &SaveController::refused, this, &ChangesController::onRefused);
}

ChangesController::~ChangesController() = default;

ReviewPanel *ChangesController::review() const
{
    return qobject_cast<ReviewPanel *>(m_parts.pane.panel());
}

ConflictPanel *ChangesController::conflicts() const
{
    return qobject_cast<ConflictPanel *>(m_parts.pane.panel());
}

// ----------------------------------------------------------------------------------------- saving

void ChangesController::save()
{
    ReviewPanel *open = review();
    if (!open || open->model().tickedCount() == open->model().rowCount()) {
        m_parts.saves.save();
        return;
    }
    const QList<orm::Key> keys = open->tickedKeys();
    if (keys.isEmpty())
        m_parts.toast.show(tr("Nothing was saved, as nothing is ticked."));
    else
        m_parts.saves.saveOnly(keys);
}

void ChangesController::saveAndReturn()
{
    m_parts.edits.whenIdle([this] {
        const orm::Key key = m_parts.pane.form().currentKey();
        m_parts.edits.finishTyping();
        const auto goBack = [this] { m_parts.pane.view().setFocus(Qt::OtherFocusReason); };
        if (m_parts.workspace.edits().contains(key))
            m_parts.saves.saveOnly({key}, goBack);
        else
            goBack();
    });
}

/// A save found something in the way: to the first of it.
void ChangesController::onRefused(const QList<orm::RowProblem> &problems)
{
    const EditBuffer &edits = m_parts.workspace.edits();
    for (const orm::RowProblem &problem : problems) {
        if (conflictOf(edits, problem.key)) {
            showConflicts(problem.key);
            return;
        }
    }
    m_parts.pane.closePanel();
    QList<MessageBar::Choice> choices;
    if (edits.changeCount() > problems.size())
        choices = {{tr("Save the &rest"), [this] { m_parts.saves.saveRest(); }}};
    m_parts.guide.show(problems, choices);
}

// ----------------------------------------------------------------------------------------- panels

void ChangesController::toggleReview()
{
    if (review()) {
        m_parts.pane.closePanel();
        return;
    }
    m_parts.edits.whenIdle([this] {
        m_parts.edits.finishTyping();
        const auto statements = [url = m_parts.workspace.url()](const orm::ChangeSet &changes) {
            return orm::literalSql(changes, url);
        };
        auto *panel = new ReviewPanel(
            m_parts.workspace.history(), statements,
            [this](const orm::Key &key, const auto &tell) { countDependents(key, tell); });
        panel->select(m_parts.pane.currentKey());
        connect(panel, &ReviewPanel::rowRequested, this, &ChangesController::goTo);
        connect(panel, &ReviewPanel::emptied, this, [this, panel] {
            if (m_parts.pane.panel() == panel)
                m_parts.pane.closePanel();
        });
        m_parts.pane.showPanel(panel);
    });
}

/// What the database would take along with the row.
void ChangesController::countDependents(const orm::Key &key,
                                        const std::function<void(const QString &)> &tell)
{
    const auto count = [table = m_parts.workspace.table(), key](orm::Connection &connection) {
        return orm::dependentCounts(connection, table, {key});
    };
    orm::deliver(
        m_parts.workspace.pageReader().run(count), this,
        [tell](const QList<orm::DependentCount> &counts) { tell(dependentsText(counts)); },
        [](const orm::Error &) {}); // the save finds out anew
}

void ChangesController::showConflicts(const orm::Key &key)
{
    ConflictPanel *panel = conflicts();
    if (!panel) {
        panel = new ConflictPanel(m_parts.workspace.history());
        connect(panel, &ConflictPanel::applied, this, &ChangesController::onApplied);
        connect(panel, &ConflictPanel::restRequested, this, [this] { m_parts.saves.saveRest(); });
        connect(panel, &ConflictPanel::currentKeyChanged, this,
                [this](const orm::Key &current) { m_parts.pane.select(current); });
        connect(&panel->model(), &QAbstractItemModel::modelReset, panel, [this, panel] {
            if (panel->model().rowCount() == 0 && m_parts.pane.panel() == panel)
                m_parts.pane.closePanel();
        });
    }
    m_parts.pane.showPanel(panel);
    panel->goTo(key);
    m_parts.pane.select(key);
}

/// Rows that are theirs now are to be seen as they are; and what is left to save goes on.
void ChangesController::onApplied()
{
    m_parts.workspace.model().refresh();
    if (m_parts.workspace.edits().conflictCount() == 0)
        m_parts.saves.save();
}

// ---------------------------------------------------------------------------------------- walking

void ChangesController::goToPending(int step)
{
    m_parts.edits.whenIdle([this, step] {
        m_parts.edits.finishTyping();
        const EditBuffer &edits = m_parts.workspace.edits();
        const bool hasProblems = edits.conflictCount() + edits.problemCount() > 0;
        QSet<orm::Key> wanted;
        const QList<orm::Key> pending = edits.keys();
        for (const orm::Key &key : pending) {
            const RowState state = edits.state(key);
            if (!hasProblems || state == RowState::Conflict || state == RowState::Invalid)
                wanted.insert(key);
        }
        const qint64 current = m_parts.pane.view().currentIndex().row();
        // Going on from the current row; those on the other side are a whole round away.
        qint64 nearest = std::numeric_limits<qint64>::max();
        orm::Key next;
        const QHash<orm::Key, qint64> rows = m_parts.workspace.model().rowsOf(wanted);
        for (auto row = rows.cbegin(); row != rows.cend(); ++row) {
            qint64 distance = step * (row.value() - current);
            if (distance <= 0)
                distance += std::numeric_limits<int>::max();
            if (distance < nearest) {
                nearest = distance;
                next = row.key();
            }
        }
        if (!next.isNull())
            goTo(next);
    });
}

/// To the row, and to where one can do something about it.
void ChangesController::goTo(const orm::Key &key)
{
    const EditBuffer &edits = m_parts.workspace.edits();
    if (conflictOf(edits, key)) {
        showConflicts(key);
        return;
    }
    m_parts.pane.closePanel();
    const auto problem = edits.problem(key);
    if (problem) {
        m_parts.guide.show({*problem});
        return;
    }
    m_parts.pane.select(key);
    m_parts.pane.follow();
}

} // namespace ui
