// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

namespace orm {

// What applyChanges() asks of a ChangeSet before it writes anything; no SQL is sent here.

/// One row of the ChangeSet on its way into the database.
struct ChangeWork
{
    const RowChange *change = nullptr;
    std::optional<Record> stored; ///< as it is before
    QList<FieldChange> writes; ///< what differs from it
    bool isMerged = false;
    bool isDone = false; ///< nothing to write: it is as wanted already
    Key place; ///< where it is in the database by now
    Key key; ///< as it is after
    Record row;
    QList<DependentRow> dependents;
};

/// The key that @p change asks for; its own where it changes none.
Key wantedKey(const Table &table, const RowChange &change);
/// The change of @p column, or null.
const FieldChange *fieldOf(const QList<FieldChange> &fields, int column);

/// @throws InvalidRequestError @p changes can't be meant: two changes of a row, an unknown column, a
/// delete without the whole row
void checkForm(const ChangeSet &changes);
/// Type, length and NULL of what is to be written. A row that is brought back was stored before: it is
/// not asked.
std::optional<RowProblem> validateRow(const Table &table, const RowChange &change);
/// Compares ChangeWork::stored with the bases of the change; sets what is to be written.
/// @param isKeyFreed a delete of the same ChangeSet takes the row away that has the key
std::optional<RowProblem> checkRow(const Table &table, ChangeWork &work, bool isKeyFreed);

} // namespace orm
