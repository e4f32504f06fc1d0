// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/session/changeset.h"
#include "ui/changes/journal.h"

#include <QFuture>
#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace ui {

class EditController;
class MessageBar;
class ProblemGuide;
class Toast;
class Workspace;

/// Ctrl+S: ends what is being typed, hands all pending edits to the worker as one short transaction,
/// and marks them committed or says what is in the way. Whatever happens, nothing typed is lost.
///
/// The journal is told of each save before its COMMIT. Where nobody knows what became of a COMMIT the
/// database is asked before anything else is saved, so that nothing is saved twice.
class SaveController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    SaveController(Workspace &workspace, EditController &edits, ProblemGuide &guide,
                   MessageBar &messageBar, Toast &toast, QObject *parent = nullptr);

    /// Saves, then runs @p then if it got through. While a save runs the next one waits.
    void save(const std::function<void()> &then = {});
    bool isSaving() const { return m_isSaving; }
    /// Runs @p then when the save that runs got through; if it doesn't, the message bar says why.
    void whenSaved(const std::function<void()> &then) { m_then = then; }
    /// Gives up a save that is waiting; the edits stay. Too late once it is committed.
    void cancel();

signals:
    void savingChanged();

private:
    void send(Journal::WhenUnwritable unwritable = Journal::WhenUnwritable::Refuse);
    void finish(const orm::ChangeSet &sent, const orm::CommitResult &result);
    void succeed();
    void fail(const orm::Error &error);
    void settle(const std::function<void()> &ifNot);
    void onSettled(bool wasCommitted);
    void onJournalAnswered();
    std::function<void()> reason(const orm::Error &error);
    void offerSavingAnyway(orm::OperationalError::Reason reason);
    void end();

    Workspace &m_workspace;
    EditController &m_edits;
    ProblemGuide &m_guide;
    MessageBar &m_messageBar;
    Toast &m_toast;
    QFuture<orm::CommitResult> m_running;
    bool m_isSaving = false;
    bool m_isWanted = false; ///< again, after the one that runs
    bool m_isJournalFailing = false;
    std::shared_ptr<std::atomic_bool> m_isRefusedByJournal; ///< the save that ran last
    std::function<void()> m_ifNotSettled; ///< while the database is asked: what if it says no
    std::function<void()> m_then;
};

} // namespace ui
