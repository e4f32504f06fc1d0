// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/databasefile.h"
#include "core/error.h"
#include "core/session/changeset.h"
#include "ui/changes/journal.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace ui {

class EditController;
class MessageBar;
class Toast;
class Workspace;

/// Ctrl+S: ends what is being typed, hands pending edits to the worker as one short transaction, and
/// marks them committed or says what is in the way. Whatever happens, nothing typed is lost.
///
/// What another program changed in the same text is merged where the two don't touch, and the save is
/// tried again: it checks anew, so nothing is overwritten that was not in the merge.
///
/// A save of many rows is made, written and taken out of what is pending without keeping the window:
/// in the worker's thread, and here a moment's worth at a time. All that while isSaving().
///
/// The journal is told of each save before its COMMIT. Where nobody knows what became of a COMMIT the
/// database is asked before anything else is saved, so that nothing is saved twice.
class SaveController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    SaveController(Workspace &workspace, EditController &edits, MessageBar &messageBar,
                   Toast &toast, QObject *parent = nullptr);
    ~SaveController() override;

    /// How long a save of many rows may keep the window at a time.
    static constexpr std::chrono::milliseconds settlingSlice{3};
    /// Times that a save is tried again with what was merged, while others go on writing.
    static constexpr int maxMerges = 5;

    /// Saves, then runs @p then if it got through. While a save runs the next one waits.
    void save(const std::function<void()> &then = {});
    /// The same for these rows alone; the others stay pending.
    void saveOnly(const QList<orm::Key> &keys, const std::function<void()> &then = {});
    /// What becomes of the rows that nothing is wrong with where others can't be saved.
    enum class Rest {
        Waits, ///< all or nothing
        IsSaved, ///< in a transaction of its own
    };
    /// Of every save from now on.
    void setRest(Rest rest) { m_rest = rest; }
    /// Saves what can be saved, this once.
    void saveRest();
    bool isSaving() const { return m_isSaving; }
    /// Runs @p then when the save that runs got through; if it doesn't, the message bar says why.
    void whenSaved(const std::function<void()> &then) { m_then = then; }
    /// Gives up a save that is waiting; the edits stay. Too late once it is committed.
    void cancel();

signals:
    void savingChanged();
    /// These rows were not written, as they are in conflict or invalid; the EditBuffer knows. Nor were
    /// the others of that save, if it wasn't one that saves the rest.
    void refused(const QList<orm::RowProblem> &problems);
    /// Nothing was saved, as the database's file is another one by now, or gone.
    void fileMoved(orm::DatabaseFile state);

private:
    using Keys = std::optional<QList<orm::Key>>; ///< nothing: all that is pending

    void start(const Keys &keys, const std::function<void()> &then);
    void want(const Keys &keys);
    void wantNothing();
    void goOn();
    struct Refused
    {
        std::shared_ptr<const orm::ChangeSet> sent;
        QList<orm::RowProblem> problems;
        qsizetype met = 0; ///< so many of them are marked, and merged where that can be
        QList<orm::RowProblem> left; ///< for the user to decide or to correct
    };
    void meetSome(const std::shared_ptr<Refused> &refused);
    bool isMerged(const orm::RowProblem &problem);
    bool leaveOut(const orm::ChangeSet &sent, const QList<orm::RowProblem> &problems);
    void refuse(const QList<orm::RowProblem> &problems);
    void send(Journal::WhenUnwritable unwritable = Journal::WhenUnwritable::Refuse);
    void collect(Journal::WhenUnwritable unwritable);
    void endCollecting();
    void write(Journal::WhenUnwritable unwritable);
    struct Saved
    {
        qint64 rows = 0;
        bool isMerged = false; ///< with what another program had changed
    };
    void finish(const std::shared_ptr<const orm::ChangeSet> &sent, const orm::CommitResult &result);
    void settleSome(const Saved &saved);
    void sayDone(const Saved &saved);
    void sayCancelled();
    void later(const std::function<void()> &task);
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
    MessageBar &m_messageBar;
    Toast &m_toast;
    QFuture<orm::CommitResult> m_running;
    bool m_isSaving = false;
    bool m_isCollecting = false; ///< it waits for the journal to have what is sent
    QTimer m_timer;
    std::function<void()> m_next; ///< when that goes off
    Keys m_keys; ///< what the save that runs, or is sent next, takes
    std::optional<Keys> m_wanted; ///< another one, after the one that runs
    int m_merges = 0; ///< since the user asked for it
    Rest m_rest = Rest::Waits;
    bool m_wantsRest = false; ///< the save that is wanted saves the rest in any case
    bool m_savesRest = false; ///< the one that runs does
    QList<orm::RowProblem> m_leftOut; ///< of the save that runs: rows that it goes on without
    bool m_isJournalFailing = false;
    /// What the save that ran last met, said by its thread.
    struct Met
    {
        std::atomic_bool isRefusedByJournal = false;
        std::atomic<orm::DatabaseFile> file = orm::DatabaseFile::Same;
    };
    std::shared_ptr<Met> m_met;
    std::function<void()> m_ifNotSettled; ///< while the database is asked: what if it says no
    std::function<void()> m_then;
};

} // namespace ui
