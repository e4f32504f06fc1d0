// SPDX-License-Identifier: MIT
// What the title, the status bar and the actions say of what is open.
#include "ui/common/counting.h"
#include "ui/common/messagebar.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/copycontroller.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/orderindexcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/rowjobs.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/searchindexcontroller.h"
#include "ui/mainwindow/statusbar.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

using namespace Qt::StringLiterals;

namespace ui {

void MainWindow::updateTitle()
{
    if (!m_workspace) {
        setWindowTitle(tr("Postdesk"));
        return;
    }
    const QString name = m_workspace->name();
    const orm::Table &table = m_workspace->table();
    //: The window's title: the database and the program
    setWindowTitle(
        tr("%1 — Postdesk").arg(table.isMapped() ? name : u"%1, %2"_s.arg(table.name, name)));
}

Situation MainWindow::situation() const
{
    return {.workspace = m_workspace.get(),
            .pane = m_pane.get(),
            .edit = m_edit.get(),
            .goTo = m_goTo.get(),
            .focus = focusOrLast()};
}

void MainWindow::updateActions()
{
    updateActionStates(*m_actions, m_table, situation());
    m_actions->setAvailable("file.recent"_L1,
                            m_state.recentDatabases().isEmpty() ? tr("No database was open before")
                                                                : QString());
}

void MainWindow::updateFocusActions()
{
    updateFocusActionStates(*m_actions, situation());
}

void MainWindow::updateCounts()
{
    if (!m_workspace) {
        m_status->setCounts({});
        return;
    }
    m_status->setCounts(m_find->countsText());
    updateActions();
}

void MainWindow::updateSelection()
{
    const qint64 count = m_pane ? m_pane->view().selectedRowCount() : 0;
    m_status->setSelection(count > 1 ? tr("%1 selected").arg(QLocale().toString(count))
                                     : QString());
}

void MainWindow::updatePending()
{
    using Pending = StatusBar::Pending;
    if (!m_workspace) {
        m_status->setPending({}, Pending::Nothing);
        return;
    }
    const EditBuffer &edits = m_workspace->edits();
    if (m_workspace->isReadOnly())
        m_status->setPending(tr("Read only"), Pending::Nothing);
    else if (const int conflicts = edits.conflictCount(); conflicts > 0)
        m_status->setPending(tr("%Ln conflict(s)", nullptr, conflicts), Pending::Problems);
    else if (const int problems = edits.problemCount(); problems > 0)
        m_status->setPending(tr("%Ln problem(s)", nullptr, problems), Pending::Problems);
    else if (const int changes = edits.changeCount(); changes > 0)
        m_status->setPending(tr("%Ln change(s)", nullptr, changes), Pending::Changes);
    else
        m_status->setPending(tr("Saved"), Pending::Nothing);
}

void MainWindow::updateTask()
{
    using Task = StatusBar::Task;
    const bool isWaiting = m_opening->isWaiting() || (m_workspace && m_workspace->isWaiting());
    QString text;
    QString notice; // nothing runs, and something is worth a word
    if (m_orderIndex && m_orderIndex->isRunning())
        text = m_orderIndex->taskText(); // those who wait, wait for that
    else if (isWaiting)
        text = tr("Waiting for another program to finish writing… Shift+Esc cancels");
    else if (m_opening->isBusy())
        text = tr("Opening…");
    else if (m_save && m_save->isSaving())
        text = tr("Saving…");
    else if (const QString job = m_jobs ? m_jobs->taskText() : QString(); !job.isEmpty())
        text = job;
    else if (m_copy && m_copy->isRunning())
        text = m_copy->taskText();
    else if (const QString finding = m_find ? m_find->taskText() : QString(); !finding.isEmpty())
        text = finding;
    else if (m_searchIndex && m_searchIndex->isRunning())
        text = m_searchIndex->taskText();
    else if (m_workspace && m_workspace->model().changedOutsideCount() > 0)
        notice = tr("%1 changed outside")
                     .arg(counted(m_workspace->model().changedOutsideCount(), m_table));
    else if (m_workspace && m_workspace->follower().hasChangedElsewhere())
        notice = tr("changed outside");
    if (!notice.isEmpty())
        m_status->setTask(notice, Task::CannotBeCancelled);
    else
        m_status->setTask(text, text.isEmpty() ? Task::CannotBeCancelled : Task::CanBeCancelled);
    const bool isRunning = !text.isEmpty() || (m_jobs && m_jobs->isRunning());
    m_actions->setAvailable("tools.cancel"_L1, isRunning ? QString() : tr("Nothing is running"));
}

void MainWindow::sayWhatDiffers()
{
    const orm::LiveTable &live = m_workspace->live();
    QStringList sentences;
    if (live.isView)
        sentences << tr("%1 is a view, so its rows can only be read.").arg(live.table.name);
    else if (!live.hasUniqueKey)
        sentences << tr("The rows of %1 can't be told apart by a key, so they can only be read.")
                         .arg(live.table.name);
    else if (m_workspace->isReadOnly())
        sentences
            << tr("%1 can only be read, so nothing can be changed here.").arg(m_workspace->name());
    const auto names = [](const QStringList &columns) { return columns.join(u", "_s); };
    if (!live.missing.isEmpty())
        sentences << tr("The table %1 has no %2; the rest is shown.")
                         .arg(live.table.name, names(live.missing));
    if (!live.different.isEmpty())
        sentences << tr("Of another type than usual, and shown as it is stored: %1.")
                         .arg(names(live.different));
    if (!live.extra.isEmpty())
        sentences << tr("Further columns are shown, too: %1.").arg(names(live.extra));
    if (!sentences.isEmpty())
        m_messageBar->show(MessageBar::Tone::Information, sentences.join(u' '));
}

} // namespace ui
