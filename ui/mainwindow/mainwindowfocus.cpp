// SPDX-License-Identifier: MIT
// Where the focus is, and how F6 and Esc lead on from there.
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/findcontroller.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/peekcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/recoverycontroller.h"
#include "ui/mainwindow/textfindcontroller.h"
#include "ui/mainwindow/viewscontroller.h"
#include "ui/mainwindow/welcomepage.h"
#include "ui/mainwindow/writingcontroller.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace ui {

void MainWindow::escape()
{
    if ((m_peek && m_peek->escape()) || (m_find && m_find->closePopup())
        || (m_views && m_views->escape()))
        return; // a popup comes first, whatever is open behind it
    QWidget *focus = QApplication::focusWidget();
    const bool inMessage = m_messageBar->isAncestorOf(focus) || m_recoverBar->isAncestorOf(focus);
    if (m_toast->isAncestorOf(focus) || focus == m_toast)
        return m_toast->dismiss();
    if (m_textFind && !inMessage && m_textFind->escape(focus))
        return; // back in the text
    if (m_writing && !inMessage && m_writing->escape())
        return;
    if (m_pane && m_pane->panel() && !inMessage)
        return m_pane->closePanel();
    if (m_pane && m_pane->form().isAncestorOf(focus)) {
        m_pane->form().commitFields();
        return m_pane->view().setFocus(Qt::OtherFocusReason);
    }
    if (m_find && m_find->escape(focus))
        return; // out of the search
    if (m_pane && !inMessage && m_pane->view().selectedRowCount() > 1)
        return m_pane->view().selectRow(m_pane->view().currentIndex().row());
    if (m_recoverBar->isOpen() && !m_messageBar->isAncestorOf(focus))
        return m_recoverBar->close();
    m_messageBar->close();
}

void MainWindow::cycleFocus(int step)
{
    // The panes that show, in their order; where one is entered it is by its proxy or first field.
    QList<QWidget *> panes;
    for (MessageBar *bar : {m_messageBar, m_recoverBar}) {
        if (bar->isOpen())
            panes << bar;
    }
    if (m_pane) {
        panes << &m_pane->searchBar() << &m_pane->view()
              << (m_pane->panel() ? m_pane->panel() : static_cast<QWidget *>(&m_pane->form()));
        // It stands inside of the form, and is a pane of its own.
        if (m_writing->shownPreview())
            panes << m_writing->shownPreview();
    } else {
        panes << m_welcome;
    }
    if (m_toast->isVisible())
        panes << m_toast;

    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focus && (panes.at(i) == focus || panes.at(i)->isAncestorOf(focus)))
            at = i;
    }
    QWidget *next = panes.at((at + step + panes.size()) % panes.size());
    if (m_pane && next == &m_pane->form())
        m_pane->focusField(orm::Role::Title);
    else if (auto *bar = qobject_cast<MessageBar *>(next))
        bar->takeFocus();
    else if (next == m_welcome)
        m_welcome->focusFirstChoice();
    else
        next->setFocus(Qt::TabFocusReason);
}

void MainWindow::focusMain()
{
    if (m_pane)
        m_pane->view().setFocus(Qt::OtherFocusReason);
    else
        m_welcome->focusFirstChoice();
}

QWidget *MainWindow::focusOrLast() const
{
    // A menu that is being gone through has the focus only for that time.
    QWidget *focus = QApplication::focusWidget();
    return !focus || qobject_cast<QMenuBar *>(focus) || qobject_cast<QMenu *>(focus)
        ? m_lastFocus.data()
        : focus;
}

ActionContext MainWindow::place() const
{
    const QWidget *focus = focusOrLast();
    if (m_pane && (focus == &m_pane->view() || m_pane->view().isAncestorOf(focus)))
        return ActionContext::List;
    return m_pane && m_pane->isInEditor(focus) ? ActionContext::Editor : ActionContext::Window;
}

void MainWindow::onFocusChanged(QWidget *now)
{
    if (m_recovery)
        m_recovery->flush();
    if (!now || now->window() != this || qobject_cast<QMenuBar *>(now)
        || qobject_cast<QMenu *>(now))
        return;
    m_lastFocus = now;
    updateFocusActions();
}

} // namespace ui
