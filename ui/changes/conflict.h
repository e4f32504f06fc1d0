// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <optional>

namespace ui {

class EditBuffer;
class EditHistory;

/// A pending row that another program changed, too, as the user has to decide on it.
struct RowConflict
{
    enum class Kind {
        Fields, ///< both changed the same fields: each is decided on
        Deletion, ///< marked for deletion here, changed outside: it goes all the same, or stays
        Gone, ///< changed here, deleted outside: it is kept as a new row, or let go
        Replaced, ///< the same, and another row has its key by now
    };

    Kind kind = Kind::Fields;
    orm::Key key;
    QList<orm::FieldConflict> fields; ///< of Fields; of Deletion what changed, mine being NULL
    orm::Record theirs; ///< the row as stored now; empty of Gone
    /// Columns of which only the beginning was read before it was gone; of Gone, Replaced.
    QList<int> cut;
    /// Rows of other tables that can't come back with it, as they belonged to its number; of Replaced.
    qsizetype dependents = 0;
};

/// What the last save found out about @p key; nothing if that is no conflict, or forgotten since.
std::optional<RowConflict> conflictOf(const EditBuffer &edits, const orm::Key &key);

/// Both edits of one field together, as a text.
struct FieldMerge
{
    orm::StoredValue value;
    bool isClean = false; ///< they don't touch
};
/// Nothing where @p column doesn't hold texts, or one of the values is none.
std::optional<FieldMerge> mergeOf(const orm::Column &column, const orm::FieldConflict &conflict);

/// Brings the edits of @p conflict together with the outside change where they don't touch, based on
/// what is stored now, so that the next save checks against that. No step of its own: undoing what was
/// typed leaves the outside change where it is.
/// @returns false, with nothing done, if the user has to decide
bool mergeSilently(EditHistory &history, const RowConflict &conflict);

/// The user has seen theirs and decided: each of the conflict's fields gets its value in @p decided (by
/// column), based on what is stored now. Value equal to theirs: the edit goes. One undoable step.
void decideFields(EditHistory &history, const RowConflict &conflict,
                  const QHash<int, orm::StoredValue> &decided);
/// The row goes, as it is stored now. Of Deletion.
void deleteAllTheSame(EditHistory &history, const RowConflict &conflict);
/// What is left of the row here becomes a new row. Of Gone and Replaced. @returns its key
orm::Key keepAsNew(EditHistory &history, const RowConflict &conflict);

} // namespace ui
