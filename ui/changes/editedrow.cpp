// SPDX-License-Identifier: MIT
#include "ui/changes/editedrow.h"

#include <algorithm>
#include <utility>

namespace ui {

orm::StoredValue valueOf(const orm::Record &record, int column)
{
    return column < record.values.size() ? record.values.at(column) : orm::StoredValue();
}

const orm::FieldChange *findField(const QList<orm::FieldChange> &fields, int column)
{
    const auto found
        = std::find_if(fields.cbegin(), fields.cend(),
                       [column](const orm::FieldChange &field) { return field.column == column; });
    return found == fields.cend() ? nullptr : &*found;
}

const orm::FieldChange *EditedRow::field(int column) const
{
    return findField(fields, column);
}

QHash<int, orm::StoredValue> EditedRow::values() const
{
    QHash<int, orm::StoredValue> values;
    for (const orm::FieldChange &change : fields)
        values.insert(change.column, change.value);
    return values;
}

orm::RowChange EditedRow::change(const orm::Key &key) const
{
    orm::RowChange change;
    change.key = key;
    if (isDeleted) {
        change.kind = orm::RowChange::Kind::Delete;
        change.base = whole;
        return change;
    }
    change.kind = isNew ? orm::RowChange::Kind::Insert : orm::RowChange::Kind::Update;
    change.fields = fields;
    change.dependents = dependents;
    return change;
}

void EditedRow::check(const orm::Table &table, int column)
{
    invalid.removeOne(column);
    const orm::FieldChange *pending = field(column);
    if (!pending || column >= table.columns.size())
        return;
    // A row that is brought back may hold what another program stored: that is not asked.
    if (isNew && column < snapshot.values.size() && snapshot.values.at(column) == pending->value)
        return;
    if (orm::validate(table.columns.at(column), pending->value)) {
        invalid.append(column);
        std::sort(invalid.begin(), invalid.end());
    }
}

void EditedRow::set(const orm::Table &table, int column, const orm::StoredValue &base,
                    const std::optional<orm::StoredValue> &value)
{
    const auto place = std::lower_bound(
        fields.begin(), fields.end(), column,
        [](const orm::FieldChange &change, int other) { return change.column < other; });
    const bool isThere = place != fields.end() && place->column == column;
    const orm::StoredValue &against = isThere ? place->base : base;
    if (!value || (!isNew && *value == against)) {
        if (isThere)
            fields.erase(place);
    } else if (isThere) {
        place->value = *value;
    } else {
        fields.insert(place, {column, isNew ? orm::StoredValue() : base, *value});
    }
    check(table, column);
}

bool EditedRow::complete(const orm::Record &read)
{
    bool isChanged = false;
    for (int i = 0; i < snapshot.values.size() && i < read.values.size(); ++i) {
        const orm::StoredValue &start = snapshot.values.at(i);
        const orm::StoredValue &value = read.values.at(i);
        if (!snapshot.isTruncated(i) || read.isTruncated(i)
            || start.storageClass() != value.storageClass()
            || !value.bytes().startsWith(start.bytes()))
            continue;
        snapshot.values[i] = value;
        snapshot.truncated.clearBit(i);
        isChanged = true;
    }
    if (snapshot.truncated.count(true) == 0)
        snapshot.truncated.clear();
    if (isChanged)
        snapshot.cutHash = 0; // was of these, too
    return isChanged;
}

void EditedRow::rebase(const orm::Table &table, const orm::Record &stored)
{
    const QList<orm::FieldChange> wanted = std::exchange(fields, {});
    invalid.clear();
    isNew = false;
    snapshot = stored;
    dependents.clear();
    for (const orm::FieldChange &change : wanted) {
        if (!table.columns.at(change.column).isPrimaryKey)
            set(table, change.column, valueOf(stored, change.column), change.value);
    }
}

void EditedRow::settleInsert(const orm::Table &table, const orm::RowChange &sent,
                             const orm::Record &stored)
{
    const QList<orm::FieldChange> edits = std::exchange(fields, {});
    invalid.clear();
    isNew = false;
    snapshot = stored;
    dependents.clear();
    for (int column = 0; column < stored.values.size(); ++column) {
        const orm::FieldChange *now = findField(edits, column);
        const orm::FieldChange *then = findField(sent.fields, column);
        if ((!now && !then) || (now && then && now->value == then->value))
            continue;
        set(table, column, stored.values.at(column), now ? now->value : orm::StoredValue());
    }
}

void EditedRow::settleUpdate(const orm::Table &table, const orm::RowChange &sent,
                             const orm::CommittedRow &committed)
{
    snapshot = committed.row;
    for (const orm::FieldChange &change : sent.fields) {
        const orm::StoredValue stored = valueOf(committed.row, change.column);
        const orm::FieldChange *now = field(change.column);
        // An edit that is gone was taken back while the save ran.
        const orm::StoredValue wanted = now ? now->value : change.base;
        const bool isSettled = now && now->value == change.value;
        set(table, change.column, stored, std::nullopt);
        if (!isSettled)
            set(table, change.column, stored, wanted);
    }
    if (!isDeleted)
        return;
    // Own writes are no conflict; what somebody else changed in other columns was not seen.
    for (int column = 0; column < committed.row.values.size(); ++column) {
        const orm::Column &about = table.columns.at(column);
        const bool isOwn = !committed.isMerged || findField(sent.fields, column) || about.isVersion
            || about.isReadOnly || about.onUpdate;
        if (isOwn && column < whole.values.size())
            whole.values[column] = committed.row.values.at(column);
    }
}

} // namespace ui
