// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/journal.h"

#include <QObject>

#include <functional>
#include <optional>

class QPlainTextEdit;

namespace ui {

class EditController;
class MessageBar;
class RecordsPane;
class SaveController;
class Toast;
class Workspace;

/// Keeps the journal of one open database: has it brought back and says so in the recover bar, gives
/// it what is being typed and where, and lets nobody leave before all that is pending is on the disk.
class RecoveryController final : public QObject
{
    Q_OBJECT

public:
    /// What the journal needs to be told by, and where to say what it did.
    struct Parts
    {
        Workspace &workspace;
        RecordsPane &pane;
        EditController &edits;
        SaveController &saves;
        MessageBar &recoverBar; ///< of its own: recovered work is no passing message
        MessageBar &messageBar;
        Toast &toast;
    };

    /// Borrows all @p parts, which outlive this.
    explicit RecoveryController(const Parts &parts, QObject *parent = nullptr);

    /// Opens the journal; what was pending when the program ended last comes back.
    void start();
    /// Whether that is over: all is back, or the journal can't be used now.
    bool isSettled() const;

    /// Hands what was typed last to the disk, without waiting for it.
    void flush();
    /// Ends what is being typed. @returns whether nothing is on its way and all that is pending is on
    /// the disk, for which this waits
    bool isSafe();
    /// Runs @p task when isSafe(); if it can't be, the message bar says why and what can be done.
    void leave(const std::function<void()> &task);

signals:
    /// The journal is this window's alone.
    void opened();
    /// Another window has the database open: nothing typed here would be kept.
    void locked();

private:
    void watchTyping();
    void giveTyping();
    void onCaretMoved();
    OpenField openField() const;
    QPlainTextEdit *textField(int column) const;

    void onRecovered(const JournalRecovery &recovery);
    QString describe(const JournalRecovery &recovery) const;
    void goOn(const OpenField &place);
    void goToWanted();
    void placeCaret(const OpenField &place);
    void discard(const QList<orm::Key> &keys);
    void onFailed(const JournalProblem &problem);
    void onWritten();

    Parts m_parts;
    Journal *m_journal; ///< null: the database can only be read
    bool m_isSettled = false;
    QString m_problemText; ///< what the message bar says of the journal
    std::optional<OpenField> m_wanted; ///< where to go on as soon as the list has the row
};

} // namespace ui
