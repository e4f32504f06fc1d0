// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QHash>

#include <optional>

namespace ui {

/// The edits of one row: what an EditBuffer holds of it, and what a save leaves of that.
struct EditedRow
{
    quint64 sequence = 0; ///< when its first edit began
    bool isNew = false; ///< also a deleted row brought back
    bool isDeleted = false; ///< the edits underneath stay
    QList<orm::FieldChange> fields; ///< by column, ascending
    QList<int> invalid; ///< columns whose pending value can't be written, ascending
    orm::Record snapshot; ///< as it was when its first edit began; of a row brought back as it was
    orm::Record whole; ///< of a row marked for deletion
    QList<orm::DependentRow> dependents; ///< of a row brought back

    bool isEmpty() const { return !isNew && !isDeleted && fields.isEmpty(); }
    const orm::FieldChange *field(int column) const;
    QHash<int, orm::StoredValue> values() const; ///< the pending ones
    /// What a save has to do.
    orm::RowChange change(const orm::Key &key) const;

    /// @param base what the user sees; kept only if the field has no edit yet
    /// @param value nothing takes the edit back, as does, for a stored row, the field's base
    void set(const orm::Table &table, int column, const orm::StoredValue &base,
             const std::optional<orm::StoredValue> &value);
    /// The snapshot gets the values that it has only the beginnings of, where @p read still begins
    /// with them. @returns whether it changed
    bool complete(const orm::Record &read);
    /// As an edit of @p stored, which the row is by now, whatever it was the edit of before.
    void rebase(const orm::Table &table, const orm::Record &stored);
    /// A save wrote what @p sent held: what was edited or taken back since is left.
    void settleInsert(const orm::Table &table, const orm::RowChange &sent,
                      const orm::Record &stored);
    void settleUpdate(const orm::Table &table, const orm::RowChange &sent,
                      const orm::CommittedRow &committed);

private:
    void check(const orm::Table &table, int column);
};

/// NULL where @p record doesn't have so many columns.
orm::StoredValue valueOf(const orm::Record &record, int column);
/// The change of @p column; nullptr if there is none.
const orm::FieldChange *findField(const QList<orm::FieldChange> &fields, int column);

} // namespace ui
