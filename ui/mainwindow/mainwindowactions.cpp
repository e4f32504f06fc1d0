// SPDX-License-Identifier: MIT
// What the actions do that are the window's own, and who does the others.
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/batchcontroller.h"
#include "ui/mainwindow/copycontroller.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/gotocontroller.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/orderindexcontroller.h"
#include "ui/mainwindow/preferencesdialog.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/recoverycontroller.h"
#include "ui/mainwindow/rowjobs.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/searchindexcontroller.h"
#include "ui/mainwindow/statusbar.h"
#include "ui/mainwindow/whatsthis.h"
#include "ui/table/follower.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QMenuBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr double zoomStep = 1.1;
constexpr double smallestText = PreferencesDialog::smallestPercent / 100.0;
constexpr double largestText = PreferencesDialog::largestPercent / 100.0;

} // namespace

void MainWindow::connectActions()
{
    const auto on = [this](QLatin1StringView id, const std::function<void()> &run) {
        connect(m_actions->action(id), &QAction::triggered, this, run);
    };
    on("file.open"_L1, [this] { m_opening->chooseDatabase(); });
    on("file.newDb"_L1, [this] { m_opening->chooseNewDatabase(); });
    on("file.saveCopy"_L1, [this] { m_copy->choose(); });
    on("file.prefs"_L1, [this] { openPreferences(); });
    on("help.whatsThis"_L1, [this] { showWhatsThis(focusOrLast()); });
    on("file.close"_L1, [this] { leave([this] { closeWorkspace(); }); });
    on("file.quit"_L1, [this] { close(); });

    on("edit.undo"_L1, [this] { m_edit->undo(focusOrLast()); });
    on("edit.redo"_L1, [this] { m_edit->redo(focusOrLast()); });
    on("edit.cut"_L1, [this] { m_edit->cut(focusOrLast()); });
    on("edit.selectAll"_L1, [this] { m_edit->selectAll(focusOrLast()); });
    on("edit.deselect"_L1,
       [this] { m_pane->view().selectRow(m_pane->view().currentIndex().row()); });
    on("edit.setNull"_L1, [this] {
        if (!m_batch->setNull(focusOrLast()))
            m_edit->setNull(focusOrLast());
    });

    on("edit.searchPosts"_L1, [this] { m_find->focusSearch(); });
    on("view.columns"_L1, [this] { m_find->openColumns(); });
    on("edit.goTo"_L1, [this] { m_goTo->open(); });
    on("view.back"_L1, [this] { m_goTo->goBack(); });
    on("view.forward"_L1, [this] { m_goTo->goForward(); });
    for (const QAction *sort : m_actions->sortActions()) {
        connect(sort, &QAction::triggered, this, [this, column = sort->data().toString()] {
            m_find->sortBy(m_workspace->table().indexOf(column));
        });
    }
    on("view.refresh"_L1, [this] {
        m_edit->finishTyping();
        m_recovery->flush();
        m_workspace->follower().refresh();
    });
    on("view.paneNext"_L1, [this] { cycleFocus(1); });
    on("view.panePrev"_L1, [this] { cycleFocus(-1); });
    on("view.focusList"_L1, [this] { m_pane->view().setFocus(Qt::ShortcutFocusReason); });
    on("view.focusTitle"_L1, [this] { m_pane->focusField(orm::Role::Title); });
    on("view.focusBody"_L1, [this] { m_pane->focusField(orm::Role::Body); });
    on("view.layout"_L1, [this] { m_toast->show(m_pane->stepLayout()); });
    on("view.fullScreen"_L1, [this] { toggleFullScreen(); });
    on("view.zoomIn"_L1, [this] { zoom(zoomStep); });
    on("view.zoomOut"_L1, [this] { zoom(1 / zoomStep); });
    on("view.zoomReset"_L1, [this] { applyTextScale(1.0); });

    on("tools.cancel"_L1, [this] {
        if (m_opening->isBusy())
            m_opening->cancel();
        else if (m_orderIndex && m_orderIndex->isRunning())
            m_orderIndex->cancel(); // a save may wait for it
        else if (m_save && m_save->isSaving())
            m_save->cancel();
        else if (m_jobs && m_jobs->isRunning())
            m_jobs->cancel();
        else if (m_copy && m_copy->isRunning())
            m_copy->cancel();
        else if (m_find && !m_find->cancel() && !m_searchIndex->cancel())
            m_workspace->cancelReads();
    });
    on("tools.searchIndex"_L1, [this] { m_searchIndex->open(); });
    on("tools.orderIndex"_L1, [this] { m_orderIndex->open(); });
    on("app.escape"_L1, [this] { escape(); });
    connectRowActions();
}

void MainWindow::connectRowActions()
{
    const auto on = [this](QLatin1StringView id, const std::function<void()> &run) {
        connect(m_actions->action(id), &QAction::triggered, this, run);
    };
    on("post.new"_L1, [this] { m_edit->createRow(); });
    on("post.newIns"_L1, [this] { m_edit->createRow(); });
    on("post.duplicate"_L1, [this] { m_edit->duplicateRows(); });
    on("post.open"_L1, [this] { m_pane->focusField(orm::Role::Body); });
    on("post.editCell"_L1, [this] { m_edit->editCell(); });
    on("post.delete"_L1, [this] { m_edit->deleteRows(); });
    on("post.next"_L1, [this] { stepRow(1); });
    on("post.prev"_L1, [this] { stepRow(-1); });
}

/// Quits when everything is saved; what can't be saved keeps the window open and is said as ever.
void MainWindow::saveAndQuit()
{
    const auto quitIfSaved = [this] {
        if (m_save->isSaving() || m_workspace->edits().changeCount() > 0)
            return;
        // Later: the save that tells of its end is still on the stack.
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    };
    if (m_workspace->edits().changeCount() == 0)
        return quitIfSaved();
    connect(m_save.get(), &SaveController::savingChanged, this, [this, quitIfSaved] {
        if (!m_save->isSaving())
            quitIfSaved();
    });
    m_actions->action("file.save"_L1)->trigger();
}

void MainWindow::stepRow(int step)
{
    RecordTableView &view = m_pane->view();
    view.commitCellEditor();
    m_pane->form().commitFields();
    view.selectRow(view.currentIndex().row() + step);
    m_pane->follow();
}

void MainWindow::zoom(double factor)
{
    applyTextScale(std::clamp(m_state.textScale() * factor, smallestText, largestText));
}

void MainWindow::applyTextScale(double scale)
{
    if (std::abs(scale - 1.0) < 0.02)
        scale = 1.0; // there and back again ends where it began
    m_state.setTextScale(scale);
    QFont font = QApplication::font();
    font.setPointSizeF(m_platformPointSize * scale);
    if (font != QApplication::font())
        QApplication::setFont(font);
}

void MainWindow::toggleFullScreen()
{
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MainWindow::showOnlyText(bool only)
{
    menuBar()->setVisible(!only);
    m_status->setVisible(!only);
    if (only)
        m_stateBefore = windowState();
    setWindowState(only ? windowState() | Qt::WindowFullScreen : m_stateBefore);
}

} // namespace ui
