// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QDateTime>

#include <optional>

namespace ui {

/// One row of the EditBuffer as a value: all that it needs to be there again.
struct PendingRow
{
    quint64 order = 0; ///< rows that began to be edited earlier have less
    bool isNew = false; ///< also a deleted row brought back, under its own key
    bool isDeleted = false;
    QList<orm::FieldChange> fields; ///< by column, ascending
    orm::Record snapshot; ///< as it was when its first edit began; of a new row as it was inserted
    orm::Record whole; ///< of a row marked for deletion
    QList<orm::DependentRow> dependents; ///< of a row brought back
};

/// Where the user was writing.
struct OpenField
{
    orm::Key key; ///< null: nowhere
    int column = -1;
    int position = 0; ///< of the caret, as QTextCursor counts
    int anchor = 0; ///< the other end of the selection
    bool operator==(const OpenField &) const = default;
};

/// A save between its flush and its acknowledgement: what was sent, and what COMMIT makes true.
struct PreparedCommit
{
    quint64 id = 0;
    QDateTime time; ///< UTC
    orm::ChangeSet sent; ///< without its table
    orm::CommitResult result;
};

/// What one save did to one row.
struct RowVersion
{
    QDateTime time; ///< UTC, when it was saved
    orm::RowChange::Kind kind = orm::RowChange::Kind::Update;
    orm::Key key;
    orm::Record before; ///< empty of an Insert
    orm::Record after; ///< empty of a Delete
    QList<orm::DependentRow> dependents; ///< of a Delete: what went along
};

} // namespace ui
