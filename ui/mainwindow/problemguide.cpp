// SPDX-License-Identifier: MIT
#include "ui/mainwindow/problemguide.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/messagebar.h"
#include "ui/common/problemtext.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/review/rowname.h"
#include "ui/table/recordtableview.h"

namespace ui {

ProblemGuide::ProblemGuide(Workspace &workspace, RecordsPane &pane, MessageBar &messageBar,
                           QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_messageBar(messageBar)
{}

void ProblemGuide::show(const QList<orm::RowProblem> &problems, QList<MessageBar::Choice> choices)
{
    if (problems.isEmpty())
        return;
    const orm::RowProblem &problem = problems.first();
    goTo(problem);
    QString text
        = problemText(problem, m_workspace.table(), rowName(m_workspace.edits(), problem.key));
    if (problems.size() > 1)
        text += u' '
            + tr("%Ln more can't be saved, either; F8 goes on to the next.", nullptr,
                 int(problems.size() - 1));
    // In a field one types another value; a mark for deletion has none.
    if (m_workspace.edits().isDeleted(problem.key))
        choices.prepend({tr("&Keep it"),
                         [this, key = problem.key] { m_workspace.history().revertRows({key}); }});
    m_messageBar.show(MessageBar::Tone::Problem, text, choices);
}

void ProblemGuide::goTo(const orm::RowProblem &problem)
{
    m_pane.select(problem.key);
    m_pane.follow();
    const int column = problem.columns.value(0, -1);
    QWidget *field = column >= 0 && column < m_workspace.table().columns.size()
        ? m_pane.form().fieldWidget(column)
        : nullptr;
    if (field)
        field->setFocus(Qt::OtherFocusReason);
    else
        m_pane.view().setFocus(Qt::OtherFocusReason);
}

} // namespace ui
