// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

namespace orm {

class Connection;

/// Writes @p changes in one short transaction, or nothing: what Session::apply() does.
///
/// Values are validated before any SQL. Then, inside BEGIN IMMEDIATE, so that nobody can write
/// between the check and the writing, the rows are read and compared raw with the bases of the
/// changes: a column that has its base or already the new value may be written, another one is a
/// conflict. What others did to other columns stays. Of an Update that brings its whole base along,
/// such changes set CommittedRow::isMerged. A Delete needs its whole base, columns unknown to the
/// mapping included; a row that is gone already counts as deleted.
///
/// Then the least SQL: inserts, updates sorted by key, deletes. A statement that a constraint
/// refuses is tried again after the others, so that a unique value, or a foreign key, may move
/// between rows of one ChangeSet. An Insert with a temporary key sends the columns' client
/// defaults where it has no value; one with its own key brings a deleted row back with exactly its
/// values, unvalidated, and with its dependents.
///
/// @returns all rows as stored now, or the problems
/// @throws OperationalError, and whatever @p beforeCommit throws: nothing was written
/// @throws InvalidRequestError @p changes are not well formed, or a transaction is begun
CommitResult applyChanges(Connection &connection, const ChangeSet &changes,
                          const BeforeCommit &beforeCommit = {});

/// Says, after a crash or a lost answer, whether a commit that beforeCommit was told of is in the
/// database, so that it is not done twice.
///
/// A commit is there whole or not at all, so one sure sign decides: an inserted row that is there
/// with the prepared values, or with most of them, as somebody may have edited it since. Without
/// one every row must be as prepared, and deleted ones gone. In doubt the answer is no: then the
/// changes stay pending, and saving them again is harmless but for inserts, as a value that is
/// there already, or a row that is gone, counts as done.
/// @returns @p prepared, the acknowledgement that was lost; nothing if it was not committed
std::optional<CommitResult> settle(Connection &connection, const Table &table,
                                   const CommitResult &prepared);

} // namespace orm
