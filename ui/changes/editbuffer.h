// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"
#include "ui/changes/editedrow.h"
#include "ui/changes/rowstate.h"
#include "ui/changes/savedrows.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <array>
#include <functional>
#include <memory>
#include <optional>

namespace ui {

/// The edits that are not yet committed: the only place where they live.
///
/// Rows are known by key, never by number. Undo commands (editcommands) change it, table and form
/// show it, changeSet() is what a save sends. It holds no SQL, no lock and no database handle, and
/// nothing in it can fail. The base of a field is what the user saw when its edit began; neither a
/// re-read nor a page that comes late moves it.
///
/// A row keeps its identity through saves: whoever holds the temporary key of a row that was new
/// may go on using it (see resolve()). A stored key that was edited is its row's until the save;
/// committed() says which one it is then.
class EditBuffer final : public QObject
{
    Q_OBJECT

public:
    /// Pending rows it takes; beyond that canTake() says no.
    static constexpr int maxPendingRows = 100'000;

    /// Makes one signal of each kind out of all that happens while it lives.
    class Batch
    {
    public:
        explicit Batch(EditBuffer &edits);
        ~Batch();
        Q_DISABLE_COPY_MOVE(Batch)

    private:
        EditBuffer &m_edits;
    };

    explicit EditBuffer(orm::Table table, QObject *parent = nullptr);

    const orm::Table &table() const { return m_table; }
    bool canTake(qint64 moreRows) const;

    // What is pending
    int changeCount() const; ///< rows with edits
    int problemCount() const; ///< rows that can't be saved as they are, conflicts not counted
    int conflictCount() const; ///< rows that somebody else changed, too
    bool contains(const orm::Key &key) const;
    RowState state(const orm::Key &key) const; ///< Clean for a row without edits
    bool isNew(const orm::Key &key) const; ///< also a deleted row brought back
    bool isDeleted(const orm::Key &key) const;
    /// The pending value; nothing where the field has no edit or the row is marked for deletion:
    /// what goes then is the stored row, and the edits underneath wait for the mark to go.
    std::optional<orm::StoredValue> value(const orm::Key &key, int column) const;
    /// What the user saw when the edit began; nothing where value() is nothing or the row is new.
    std::optional<orm::StoredValue> base(const orm::Key &key, int column) const;
    /// The edits of all fields, by column, also those under a mark for deletion.
    QList<orm::FieldChange> fields(const orm::Key &key) const;
    /// Why @p key can't be saved, by the last save, else by validate() of its pending values.
    std::optional<orm::RowProblem> problem(const orm::Key &key) const;
    QList<orm::Key> keys() const; ///< all rows with edits, in the order in which they began
    QList<orm::Key> insertedKeys() const; ///< new rows, newest first
    QList<orm::Key> untouchedKeys() const; ///< new rows that never were stored, without any value
    /// The row as it was when its first edit began, for showing a pinned row whose page is gone; of
    /// a row marked for deletion the whole row. Empty for a new row.
    orm::Record snapshot(const orm::Key &key) const;

    // Edits: called by the commands of EditHistory alone
    /// A temporary key that was never used before.
    orm::Key nextTemporaryKey();
    /// @param base what the user sees now; kept only if the field has no edit yet.
    /// A value equal to the base takes the edit of the field back.
    void setValue(const orm::Key &key, int column, const orm::StoredValue &base,
                  const orm::StoredValue &value, const orm::Record &snapshot);
    /// The field of a new row is as if never touched, so that defaults apply. Where a save has been
    /// since, it becomes NULL, with @p base and @p snapshot as setValue() has them.
    void unsetValue(const orm::Key &key, int column, const orm::StoredValue &base,
                    const orm::Record &snapshot = {});
    /// The edit of a field becomes @p value, which brings it together with what another program wrote:
    /// that, in @p theirs, is its base from now on. No step of the user's: what is undone and redone
    /// from here on is brought together with it, too.
    void merge(const orm::Key &key, int column, const orm::StoredValue &value,
               const orm::Record &theirs);
    /// What another program did to the field stays, whatever is undone: an edit that can't be brought
    /// together with it gets the base that it had, so that the save finds the conflict.
    void setDisputed(const orm::Key &key, int column, const orm::StoredValue &base,
                     const orm::StoredValue &value, const orm::Record &snapshot);
    /// The list edits rows of which it has only the beginnings of long texts: @p read, the row whole,
    /// completes the snapshot, so that it is all there if the row is deleted outside.
    void completeSnapshot(const orm::Key &key, const orm::Record &read);
    /// A new row with @p values (by column index); with a key of its own it is a deleted row brought
    /// back, together with @p dependents.
    void insert(const orm::Key &key, const QHash<int, orm::StoredValue> &values,
                const QList<orm::DependentRow> &dependents = {});
    /// What is known of a row that a save deleted before this session, for bringBack().
    void remember(const orm::Key &identity, const SavedRows::Deleted &deleted);
    void removeInserted(const orm::Key &key);
    void markDeleted(const orm::Key &key, const orm::Record &whole);
    void unmarkDeleted(const orm::Key &key);
    /// Makes the row go, whatever it is by now: a new one is taken out, a stored one marked for
    /// deletion as the last save left it, if that was after the @p seen th, else as @p whole.
    void takeAway(const orm::Key &identity, const orm::Record &whole, int seen);
    /// Makes the row be there again, whatever became of it: the mark for deletion goes; a row that a
    /// save deleted is inserted again exactly as it was; one that never was stored gets @p values.
    void bringBack(const orm::Key &identity, const QHash<int, orm::StoredValue> &values);

    // Saving
    orm::ChangeSet changeSet() const;
    orm::ChangeSet changeSet(const QList<orm::Key> &keys) const;
    /// What makes, in any thread, the change set of this moment: of @p keys, or of all. What is changed
    /// after this call isn't in it. Rows to be updated have their snapshot as their base, so that the
    /// database can tell what else changed.
    std::function<orm::ChangeSet()> changesOfNow(const std::optional<QList<orm::Key>> &keys) const;
    /// Takes out what @p sent held and no more: what was typed or undone meanwhile stays, with the
    /// committed values as its base. New rows get their stored keys, see resolve().
    void markCommitted(const orm::ChangeSet &sent, const orm::CommitResult &result);
    /// The same, a moment's worth of rows with each settleSome(): those that have not had their turn
    /// are as if the save still ran, so that anything but another save may happen in between.
    void beginSettling(const std::shared_ptr<const orm::ChangeSet> &sent,
                       const orm::CommitResult &result);
    /// Goes on until @p isLate, which is asked before each row, or to the end.
    void settleSome(const std::function<bool()> &isLate);
    void finishSettling(); ///< does nothing where there is nothing to settle
    bool isSettling() const { return m_settling != nullptr; }
    int settledPercent() const;
    /// Keeps everything and remembers why; an edit of the row forgets its problem.
    void markProblems(const QList<orm::RowProblem> &problems);
    /// The stored key of a row that was new; @p key itself where nothing is known, and where it is a
    /// stored one.
    orm::Key resolve(const orm::Key &key) const { return m_saved.resolve(key); }
    /// What the row that is stored as @p key now was first known by in this session: the temporary key
    /// of one that was new, else the stored key before the first time that it was changed. Commands
    /// hold this, as stored keys are used again.
    orm::Key identity(const orm::Key &key) const { return m_saved.identity(key); }
    /// What the saves so far did.
    const SavedRows &saved() const { return m_saved; }

signals:
    /// merge() was done; rowsChanged() has told what is shown.
    void merged(const orm::Key &key, int column);
    /// Values or states of these rows changed.
    void rowsChanged(const QList<orm::Key> &keys);
    /// New rows, in the order in which they came.
    void rowsInserted(const QList<orm::Key> &keys);
    void insertedRowsRemoved(const QList<orm::Key> &keys);
    /// Rows of a save that was committed were settled; @p result has them as stored. Other signals
    /// follow. While isSettling() others of the same save are still to come.
    void committed(const orm::CommitResult &result);
    /// After all other signals: isSettling() is another.
    void settlingChanged();
    /// One of the counts may have changed.
    void countsChanged();

private:
    const EditedRow *find(const orm::Key &key) const;
    const orm::FieldChange *pendingField(const orm::Key &key, int column) const;
    EditedRow take(const orm::Key &key);
    void put(const orm::Key &key, EditedRow row);
    RowState stateOf(const orm::Key &key, const EditedRow &row) const;
    void insertBuried(const orm::Key &key, const SavedRows::Deleted &buried);
    void insertAnew(const orm::Key &identity, const QHash<int, orm::StoredValue> &values);
    void overlay(const orm::Key &key, const QHash<int, orm::StoredValue> &values);
    void forgetNumber(EditedRow &row) const;
    void replace(const orm::Key &key, const orm::Key &identity);
    void rename(const orm::Key &key);
    void supersede(const orm::Key &key, const orm::Key &identity, const orm::Record &stored);
    struct Settling;
    struct Settled
    {
        const orm::RowChange &sent;
        const orm::CommittedRow &committed;
    };
    QList<orm::CommittedRow> settleRenamed();
    void settle(const Settled &row);
    void giveWay(const orm::Key &key);
    void insertElsewhere(const orm::Key &key);
    void settleInsert(const orm::RowChange &sent, const orm::CommittedRow &committed);
    void settleInserted(const Settled &insert, EditedRow row, bool isThere);
    void settleStored(const QList<Settled> &changes);
    void settleDelete(const orm::RowChange &sent, const orm::CommittedRow &committed);
    void endBatch();

    orm::Table m_table;
    QHash<orm::Key, EditedRow> m_rows;
    QHash<orm::Key, orm::RowProblem> m_problems; ///< by the last save
    SavedRows m_saved;
    std::array<int, 7> m_states{}; ///< rows by RowState
    quint64 m_lastSequence = 0;
    qint64 m_lastTemporary = 0;
    QSet<orm::Key> m_untouched; ///< new rows that never were stored, without any value
    std::shared_ptr<Settling> m_settling; ///< the save whose rows are being settled

    int m_batches = 0;
    QList<orm::Key> m_changed;
    QList<std::pair<orm::Key, int>> m_merged; ///< fields
    QList<orm::Key> m_inserted;
    QList<orm::Key> m_removed;
};

} // namespace ui
