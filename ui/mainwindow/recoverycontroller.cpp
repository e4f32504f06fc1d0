// SPDX-License-Identifier: MIT
#include "ui/mainwindow/recoverycontroller.h"

#include "ui/common/counting.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/editor/recordeditorform.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

RecoveryController::RecoveryController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_journal(parts.workspace.journal())
    , m_isSettled(!m_journal)
{
    if (!m_journal)
        return;
    connect(m_journal, &Journal::recovered, this, &RecoveryController::onRecovered);
    connect(m_journal, &Journal::failed, this, &RecoveryController::onFailed);
    connect(m_journal, &Journal::written, this, &RecoveryController::onWritten);
    connect(m_journal, &Journal::opened, this, &RecoveryController::opened);
    connect(m_journal, &Journal::locked, this, [this] {
        m_isSettled = true;
        emit locked();
    });
    connect(m_journal, &Journal::aboutToWrite, this, &RecoveryController::giveTyping);
    watchTyping();
    // Whatever brings a row into the list.
    const RecordTableModel &model = parts.workspace.model();
    connect(&model, &RecordTableModel::rowsInserted, this, &RecoveryController::goToWanted);
    connect(&model, &RecordTableModel::layoutChanged, this, &RecoveryController::goToWanted);
    connect(&model, &RecordTableModel::modelReset, this, &RecoveryController::goToWanted);
}

void RecoveryController::start()
{
    if (!m_journal)
        return;
    m_journal->open();
    m_journal->recover(m_parts.workspace.worker());
}

bool RecoveryController::isSettled() const
{
    return m_isSettled;
}

// ----------------------------------------------------------------------------------------- typing

void RecoveryController::watchTyping()
{
    RecordEditorForm &form = m_parts.pane.form();
    connect(&form, &RecordEditorForm::heldBack, m_journal, &Journal::touch);
    connect(&m_parts.pane.view(), &RecordTableView::cellTyped, m_journal, &Journal::touch);
    for (int column = 0; column < m_parts.workspace.table().columns.size(); ++column) {
        if (QPlainTextEdit *text = textField(column))
            connect(text, &QPlainTextEdit::cursorPositionChanged, this,
                    &RecoveryController::onCaretMoved);
    }
}

/// Where one reads nothing is worth a word.
void RecoveryController::onCaretMoved()
{
    if (m_parts.workspace.edits().contains(m_parts.pane.form().currentKey()))
        m_journal->touch();
}

void RecoveryController::giveTyping()
{
    m_parts.pane.form().commitFields();
    m_parts.pane.view().keepTyping();
    const OpenField field = openField();
    if (m_parts.workspace.edits().contains(field.key))
        m_journal->setOpenField(field);
}

/// Where the caret is; nowhere, if it isn't in a text of the form.
OpenField RecoveryController::openField() const
{
    const QWidget *focus = QApplication::focusWidget();
    for (int column = 0; column < m_parts.workspace.table().columns.size(); ++column) {
        const QPlainTextEdit *text = textField(column);
        if (!text || text != focus)
            continue;
        const QTextCursor caret = text->textCursor();
        return {m_parts.pane.form().currentKey(), column, caret.position(), caret.anchor()};
    }
    return {};
}

QPlainTextEdit *RecoveryController::textField(int column) const
{
    return qobject_cast<QPlainTextEdit *>(m_parts.pane.form().fieldWidget(column));
}

void RecoveryController::flush()
{
    if (m_journal)
        m_journal->flush();
}

// ---------------------------------------------------------------------------------------- leaving

bool RecoveryController::isSafe()
{
    if (!m_parts.edits.isIdle() || m_parts.saves.isSaving())
        return false;
    m_parts.edits.finishTyping();
    if (!m_journal)
        return true;
    // What was brought back from the file is in it still.
    return m_journal->writeNow() || m_parts.workspace.edits().changeCount() == 0;
}

void RecoveryController::leave(const std::function<void()> &task)
{
    // Later, as the task may end who calls it.
    const auto again = [this, task] {
        QMetaObject::invokeMethod(
            this, [this, task] { leave(task); }, Qt::QueuedConnection);
    };
    if (!m_parts.edits.isIdle()) {
        m_parts.edits.whenIdle(again);
        return;
    }
    if (m_parts.saves.isSaving()) {
        m_parts.saves.whenSaved(again);
        return;
    }
    if (isSafe()) {
        task();
        return;
    }
    const int changes = m_parts.workspace.edits().changeCount();
    const QString reason
        = m_problemText.isEmpty() ? tr("The journal can't be written.") : m_problemText;
    m_parts.messageBar.show(
        MessageBar::Tone::Question,
        tr("%1 would be lost. %2").arg(tr("%Ln change(s)", nullptr, changes), reason),
        {{tr("&Save and go on"), [this, again] { m_parts.saves.save(again); }},
         {tr("Go on &without them"), task}},
        MessageBar::Focus::FirstButton);
}

// -------------------------------------------------------------------------------------- recovering

void RecoveryController::onRecovered(const JournalRecovery &recovery)
{
    m_isSettled = true;
    if (!recovery.keys.isEmpty()) {
        OpenField place = recovery.openField;
        if (!recovery.keys.contains(place.key))
            place = {recovery.keys.first()};
        // Nobody who has begun to write is interrupted. The window may not be there yet.
        const QWidget *focus = QApplication::focusWidget();
        const bool isWriting = focus && focus != &m_parts.pane.view();
        m_parts.recoverBar.show(MessageBar::Tone::Information, describe(recovery),
                                {{tr("Go t&here"), [this, place] { goOn(place); }},
                                 {tr("&Discard"), [this, keys = recovery.keys] { discard(keys); }}},
                                isWriting ? MessageBar::Focus::Keep
                                          : MessageBar::Focus::FirstButton);
    } else if (recovery.damages > 0) {
        m_parts.messageBar.show(MessageBar::Tone::Information, describe(recovery));
    } else if (recovery.wasSaved) {
        m_parts.toast.show(tr("The last save had got through."));
    }
}

QString RecoveryController::describe(const JournalRecovery &recovery) const
{
    const orm::Table &table = m_parts.workspace.table();
    QStringList sentences;
    if (!recovery.keys.isEmpty())
        //: What a crash did not take: "3 unsaved posts"
        sentences << tr("%Ln unsaved %1 recovered", nullptr, int(recovery.keys.size()))
                         .arg(recovery.keys.size() == 1 ? table.singular : table.plural);
    if (!recovery.insertedAsNew.isEmpty())
        sentences << tr("%1 came back as new, because another program has used the id since.")
                         .arg(counted(recovery.insertedAsNew.size(), table));
    if (!recovery.deletedOutside.isEmpty())
        sentences << tr("%1 deleted by another program meanwhile.")
                         .arg(counted(recovery.deletedOutside.size(), table));
    if (!recovery.lostColumns.isEmpty())
        sentences << tr("What was typed into %1 is left out, as that is no longer in the table.")
                         .arg(recovery.lostColumns.join(u", "_s));
    if (recovery.damages > 0)
        sentences << (recovery.keptAside.isEmpty()
                          ? tr("A part of the journal could not be read.")
                          : tr("A part of the journal could not be read; a copy is kept as %1.")
                                .arg(recovery.keptAside));
    return sentences.size() == 1 ? sentences.first()
                                 : sentences.join(u". "_s).replace(u".. "_s, u". "_s);
}

void RecoveryController::goOn(const OpenField &place)
{
    m_wanted = place;
    goToWanted();
    if (m_wanted)
        m_parts.pane.view().setFocus(Qt::OtherFocusReason);
}

/// Rows come when their keys are there.
void RecoveryController::goToWanted()
{
    if (!m_wanted || !m_parts.pane.select(m_wanted->key))
        return;
    const OpenField place = *std::exchange(m_wanted, std::nullopt);
    RecordEditorForm &form = m_parts.pane.form();
    m_parts.pane.follow();
    if (form.isLoading())
        connect(
            &form, &RecordEditorForm::loaded, this, [this, place] { placeCaret(place); },
            Qt::SingleShotConnection);
    placeCaret(place);
}

void RecoveryController::placeCaret(const OpenField &place)
{
    const EditBuffer &edits = m_parts.workspace.edits();
    const orm::Key key = edits.resolve(place.key);
    if (m_parts.pane.form().currentKey() != key || edits.isDeleted(key)) {
        m_parts.pane.view().setFocus(Qt::OtherFocusReason);
        return;
    }
    int column = place.column;
    if (const auto fields = edits.fields(key); column < 0 && !fields.isEmpty())
        column = fields.first().column;
    QWidget *field = m_parts.pane.form().fieldWidget(column);
    if (!field) {
        m_parts.pane.view().setFocus(Qt::OtherFocusReason);
        return;
    }
    field->setFocus(Qt::OtherFocusReason);
    QPlainTextEdit *text = textField(column);
    if (!text || place.column < 0)
        return;
    const int end = text->document()->characterCount() - 1;
    QTextCursor caret = text->textCursor();
    caret.setPosition(std::clamp(place.anchor, 0, end));
    caret.setPosition(std::clamp(place.position, 0, end), QTextCursor::KeepAnchor);
    text->setTextCursor(caret);
    text->ensureCursorVisible();
}

void RecoveryController::discard(const QList<orm::Key> &keys)
{
    QList<orm::Key> pending;
    for (const orm::Key &key : keys) {
        if (const orm::Key now = m_parts.workspace.edits().resolve(key);
            m_parts.workspace.edits().contains(now))
            pending << now;
    }
    m_parts.workspace.history().revertRows(pending);
    if (!pending.isEmpty())
        m_parts.toast.show(
            tr("%1 discarded").arg(counted(pending.size(), m_parts.workspace.table())),
            Toast::Offer::Undo);
    m_parts.pane.view().setFocus(Qt::OtherFocusReason);
}

// --------------------------------------------------------------------------------------- the disk

void RecoveryController::onFailed(const JournalProblem &problem)
{
    m_isSettled = true; // it goes on trying
    m_problemText = Journal::text(problem);
    m_parts.messageBar.show(MessageBar::Tone::Problem, m_problemText);
}

void RecoveryController::onWritten()
{
    if (!m_problemText.isEmpty() && m_parts.messageBar.text() == m_problemText)
        m_parts.messageBar.close();
    m_problemText.clear();
}

} // namespace ui
