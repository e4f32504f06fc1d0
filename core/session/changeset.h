// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/mapping/record.h"
#include "core/schema/table.h"

#include <QHash>

#include <functional>

namespace orm {

/// A row of another table that the database deletes or changes along with a deleted row
/// (ON DELETE CASCADE, SET NULL, SET DEFAULT), as it was before.
struct DependentRow
{
    enum class Effect { Deleted, Changed };

    QString table;
    Effect effect = Effect::Deleted;
    QStringList columns; ///< of values; all columns of the table that can be written
    QList<StoredValue> values;
    QStringList keyColumns; ///< how to find a Changed row again
};

/// One edited column of one row.
struct FieldChange
{
    int column = 0; ///< index into ChangeSet::table
    StoredValue base; ///< what the user saw when the edit of this field began; unused for Insert
    StoredValue value;
    bool operator==(const FieldChange &) const = default;
};

/// What is to happen to one row.
struct RowChange
{
    enum class Kind { Insert, Update, Delete };

    Kind kind = Kind::Update;
    /// Update, Delete: the row, by the key that it has. Insert: a temporary key, or, to bring a deleted
    /// row back, its own. A field of the key column gives it another one.
    Key key;
    QList<FieldChange> fields; ///< Insert, Update: the columns to write
    Record base; ///< Delete: the whole row as the user saw it
    QList<DependentRow> dependents; ///< Insert: rows of other tables to bring back along with it
};

/// Edits as values: what the window hands to Session::apply. May cross threads.
struct ChangeSet
{
    Table table;
    QList<RowChange> rows;

    bool isEmpty() const { return rows.isEmpty(); }
};

/// A field that somebody else changed, too.
struct FieldConflict
{
    int column = 0;
    StoredValue base;
    StoredValue mine;
    StoredValue theirs;
};

/// Why one row could not be written.
struct RowProblem
{
    enum class Kind {
        ChangedOutside, ///< conflicts says which fields
        DeletedOutside, ///< an Update or Delete found no such row
        KeyTaken, ///< an Insert with its own key found a row there
        Constraint, ///< the database refused it: not null, unique, foreign key, check, trigger
        Invalid, ///< refused before any SQL
    };

    Key key;
    Kind kind = Kind::ChangedOutside;
    QList<FieldConflict> conflicts; ///< of ChangedOutside
    QList<int> columns; ///< those to blame, of Constraint and Invalid; may be empty
    std::optional<ValueProblem> invalid; ///< of Invalid
    IntegrityError::Constraint constraint = IntegrityError::Constraint::Other; ///< of Constraint
    QString message; ///< the database's own words, of Constraint
    Record theirs; ///< the whole row as stored now, of ChangedOutside and KeyTaken
};

/// What became of one row.
struct CommittedRow
{
    RowChange::Kind kind = RowChange::Kind::Update;
    Key requested; ///< as in the ChangeSet
    Key key; ///< the stored key; differs from requested for a new row, and where the key was changed
    Record row; ///< the whole row as stored now; for a Delete, as it was
    bool isMerged = false; ///< somebody else had changed other columns of it
    QList<DependentRow> dependents; ///< of a Delete: what went along
};

/// The answer to a ChangeSet: all of it was committed, or nothing and why.
struct CommitResult
{
    QList<CommittedRow> rows; ///< in the order of the ChangeSet; empty if there are problems
    QList<RowProblem> problems;

    bool isCommitted() const { return problems.isEmpty(); }
    /// Stored rows that have another key now, by the one that they had.
    QHash<Key, Key> renamedKeys() const;
};

/// Called after the flush and before COMMIT with what COMMIT will make true; whoever must not save
/// twice after a crash writes it down, synced. Throwing rolls back.
using BeforeCommit = std::function<void(const CommitResult &)>;

} // namespace orm

Q_DECLARE_METATYPE(orm::ChangeSet)
Q_DECLARE_METATYPE(orm::CommitResult)
