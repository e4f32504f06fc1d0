// SPDX-License-Identifier: MIT
#include "ui/mainwindow/problemguide.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QLocale>
#include <QUndoStack>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype excerptLength = 60; ///< characters of a value in a message

QString dependentsLostText(qsizetype rows)
{
    if (rows == 1)
        return ProblemGuide::tr("A row of another table that belonged to it can't come back.");
    return ProblemGuide::tr("%1 rows of other tables that belonged to it can't come back.")
        .arg(QLocale().toString(rows));
}

/// What @p text says where it differs from @p other, in one line.
QString excerpt(const orm::StoredValue &value, const orm::StoredValue &other)
{
    if (value.isNull())
        return ProblemGuide::tr("(empty)");
    const QString text = value.toString();
    const QString otherText = other.toString();
    const auto difference
        = std::mismatch(text.begin(), text.end(), otherText.begin(), otherText.end());
    const qsizetype start = std::max<qsizetype>(0, difference.first - text.begin() - 15);
    QString piece = text.mid(start, excerptLength).simplified();
    if (start > 0)
        piece.prepend(u'…');
    if (start + excerptLength < text.size())
        piece.append(u'…');
    return ProblemGuide::tr("“%1”").arg(piece);
}

} // namespace

ProblemGuide::ProblemGuide(Workspace &workspace, RecordsPane &pane, MessageBar &messageBar,
                           QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_messageBar(messageBar)
{}

void ProblemGuide::show(const QList<orm::RowProblem> &problems)
{
    if (problems.isEmpty())
        return;
    const orm::RowProblem &problem = problems.first();

    // Whoever wants a row gone that is gone already has what they want.
    if (problem.kind == orm::RowProblem::Kind::DeletedOutside
        && m_workspace.edits().isDeleted(problem.key)) {
        giveUp(problem);
        return;
    }

    goTo(problem);
    QList<MessageBar::Choice> choices;
    switch (problem.kind) {
    case orm::RowProblem::Kind::ChangedOutside:
        choices = {{tr("&Keep mine"), [this, problem] { keepMine(problem); }},
                   {tr("&Use theirs"), [this, problem] { useTheirs(problem); }}};
        break;
    case orm::RowProblem::Kind::DeletedOutside:
    case orm::RowProblem::Kind::KeyTaken:
        choices = {{tr("&Keep it as a new %1").arg(m_workspace.table().singular),
                    [this, problem] { saveAsNew(problem); }},
                   {tr("Let it g&o"), [this, problem] { giveUp(problem); }}};
        break;
    case orm::RowProblem::Kind::Constraint:
    case orm::RowProblem::Kind::Invalid:
        break; // there is one way: another value
    }
    QString text = describe(problem);
    if (problems.size() > 1)
        text += u' ' + tr("(%n more after this)", nullptr, int(problems.size() - 1));
    m_messageBar.show(MessageBar::Tone::Problem, text, choices);
}

void ProblemGuide::goTo(const orm::RowProblem &problem)
{
    m_pane.select(problem.key);
    m_pane.follow();
    const orm::Table &table = m_workspace.table();
    int column = problem.columns.value(0, -1);
    if (!problem.conflicts.isEmpty())
        column = problem.conflicts.first().column;
    QWidget *field = column >= 0 && column < table.columns.size()
        ? m_pane.form().fieldWidget(column)
        : nullptr;
    if (field)
        field->setFocus(Qt::OtherFocusReason);
    else
        m_pane.view().setFocus(Qt::OtherFocusReason);
}

QString ProblemGuide::nameOf(const orm::Key &key) const
{
    const orm::Table &table = m_workspace.table();
    const int title = table.indexOf(orm::Role::Title);
    if (title >= 0) {
        if (const auto value = m_workspace.model().value(key, title)) {
            QString text = value->toString().simplified();
            if (text.size() > excerptLength)
                text = text.left(excerptLength) + u'…';
            if (!text.isEmpty())
                return tr("“%1”").arg(text);
        }
    }
    if (key.isTemporary())
        return tr("The new %1").arg(table.singular);
    //: "Post 499"
    return tr("%1 %2").arg(table.singular, key.toString());
}

QString ProblemGuide::describe(const orm::RowProblem &problem) const
{
    QString text = problemText(problem, m_workspace.table(), nameOf(problem.key));
    if (problem.kind == orm::RowProblem::Kind::KeyTaken) {
        const orm::ChangeSet row = m_workspace.edits().changeSet({problem.key});
        const qsizetype rows = row.rows.isEmpty() ? 0 : row.rows.constFirst().dependents.size();
        if (rows > 0)
            text += u' ' + dependentsLostText(rows);
    }
    if (problem.kind != orm::RowProblem::Kind::ChangedOutside)
        return text;
    if (m_workspace.edits().isDeleted(problem.key))
        text += u' ' + tr("You have marked it for deletion.");
    for (const orm::FieldConflict &conflict : problem.conflicts) {
        if (conflict.column < 0 || conflict.column >= m_workspace.table().columns.size())
            continue;
        const QString label = m_workspace.table().columns.at(conflict.column).text();
        if (m_workspace.edits().isDeleted(problem.key))
            text += u' '
                + tr("%1 was %2 and is now %3.")
                      .arg(label, excerpt(conflict.base, conflict.theirs),
                           excerpt(conflict.theirs, conflict.base));
        else
            text += u' '
                + tr("%1: yours is %2, theirs %3.")
                      .arg(label, excerpt(conflict.mine, conflict.theirs),
                           excerpt(conflict.theirs, conflict.mine));
    }
    return text;
}

// ------------------------------------------------------------------------------------- ways on

void ProblemGuide::keepMine(const orm::RowProblem &problem)
{
    EditHistory &history = m_workspace.history();
    history.endFieldEdit();
    history.undoStack().beginMacro(tr("keep mine"));
    if (m_workspace.edits().isDeleted(problem.key)) {
        // The deletion anew, of the row as it is now: the user has seen it.
        history.revertRows({problem.key});
        history.removeRows({problem.key}, {problem.theirs});
    } else {
        for (const orm::FieldConflict &conflict : problem.conflicts) {
            const auto mine = m_workspace.edits().value(problem.key, conflict.column);
            const auto base = m_workspace.edits().base(problem.key, conflict.column);
            if (!mine || !base)
                continue;
            // The edit anew, based on what is there now: the user has seen it.
            history.setValue(problem.key, conflict.column, *base, problem.theirs);
            history.endFieldEdit();
            history.setValue(problem.key, conflict.column, *mine, problem.theirs);
            history.endFieldEdit();
        }
    }
    history.undoStack().endMacro();
    emit solved();
}

void ProblemGuide::useTheirs(const orm::RowProblem &problem)
{
    EditHistory &history = m_workspace.history();
    history.endFieldEdit();
    if (m_workspace.edits().isDeleted(problem.key)) {
        history.revertRows({problem.key});
    } else {
        history.undoStack().beginMacro(tr("use theirs"));
        for (const orm::FieldConflict &conflict : problem.conflicts) {
            if (const auto base = m_workspace.edits().base(problem.key, conflict.column)) {
                history.setValue(problem.key, conflict.column, *base, problem.theirs);
                history.endFieldEdit();
            }
        }
        history.undoStack().endMacro();
    }
    m_workspace.model().refresh();
    emit solved();
}

void ProblemGuide::saveAsNew(const orm::RowProblem &problem)
{
    const orm::Table &table = m_workspace.table();
    const EditBuffer &edits = m_workspace.edits();
    const orm::Record before = edits.snapshot(problem.key);
    QHash<int, orm::StoredValue> values;
    QStringList cut; // gone before they were read whole
    for (int i = 0; i < table.columns.size(); ++i) {
        const orm::Column &column = table.columns.at(i);
        if (column.isPrimaryKey || column.isReadOnly || column.isVersion)
            continue;
        if (const auto mine = edits.value(problem.key, i))
            values.insert(i, *mine);
        else if (i < before.values.size() && !before.values.at(i).isNull())
            values.insert(i, before.values.at(i));
        if (before.isTruncated(i) && !edits.value(problem.key, i))
            cut << column.text();
    }
    EditHistory &history = m_workspace.history();
    history.endFieldEdit();
    history.undoStack().beginMacro(tr("keep as a new %1").arg(table.singular));
    history.revertRows({problem.key});
    const orm::Key key = history.insertRow(values);
    history.undoStack().endMacro();
    m_workspace.model().refresh();
    m_pane.select(key);
    if (cut.isEmpty())
        emit solved();
    else
        m_messageBar.show(
            MessageBar::Tone::Information,
            tr("Only the beginning of %1 was read before this %2 was deleted. Save it "
               "with Ctrl+S if that is worth keeping.")
                .arg(cut.join(u", "_s), table.singular));
}

void ProblemGuide::giveUp(const orm::RowProblem &problem)
{
    m_workspace.history().revertRows({problem.key});
    m_workspace.model().refresh();
    emit solved();
}

} // namespace ui
