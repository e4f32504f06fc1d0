// SPDX-License-Identifier: MIT
#include "ui/changes/editbuffer.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ui {

// --------------------------------------------------------------------------------------- signals

EditBuffer::Batch::Batch(EditBuffer &edits)
    : m_edits(edits)
{
    ++m_edits.m_batches;
}

EditBuffer::Batch::~Batch()
{
    m_edits.endBatch();
}

void EditBuffer::endBatch()
{
    if (--m_batches > 0)
        return;
    const QList<orm::Key> removed = std::exchange(m_removed, {});
    const QList<orm::Key> inserted = std::exchange(m_inserted, {});
    QList<orm::Key> changed = std::exchange(m_changed, {});
    if (changed.size() > 1) {
        QSet<orm::Key> known;
        changed.removeIf([&known](const orm::Key &key) {
            const qsizetype before = known.size();
            known.insert(key);
            return known.size() == before;
        });
    }
    if (!removed.isEmpty())
        emit insertedRowsRemoved(removed);
    if (!inserted.isEmpty())
        emit rowsInserted(inserted);
    if (!changed.isEmpty())
        emit rowsChanged(changed);
    const auto mergedFields = std::exchange(m_merged, {});
    for (const auto &[key, column] : mergedFields)
        emit merged(key, column);
    if (!removed.isEmpty() || !inserted.isEmpty() || !changed.isEmpty())
        emit countsChanged();
}

// ------------------------------------------------------------------------------- what is pending

EditBuffer::EditBuffer(orm::Table table, QObject *parent)
    : QObject(parent)
    , m_table(std::move(table))
{}

bool EditBuffer::canTake(qint64 moreRows) const
{
    return m_rows.size() + moreRows <= maxPendingRows;
}

int EditBuffer::changeCount() const
{
    return static_cast<int>(m_rows.size());
}

int EditBuffer::problemCount() const
{
    return m_states.at(size_t(RowState::Invalid));
}

int EditBuffer::conflictCount() const
{
    return m_states.at(size_t(RowState::Conflict));
}

bool EditBuffer::contains(const orm::Key &key) const
{
    return m_rows.contains(resolve(key));
}

const EditedRow *EditBuffer::find(const orm::Key &key) const
{
    const auto found = m_rows.constFind(resolve(key));
    return found == m_rows.cend() ? nullptr : &*found;
}

const orm::FieldChange *EditBuffer::pendingField(const orm::Key &key, int column) const
{
    const EditedRow *row = find(key);
    return row && !row->isDeleted ? row->field(column) : nullptr;
}

RowState EditBuffer::state(const orm::Key &key) const
{
    const EditedRow *row = find(key);
    return row ? stateOf(resolve(key), *row) : RowState::Clean;
}

RowState EditBuffer::stateOf(const orm::Key &key, const EditedRow &row) const
{
    const auto problem = m_problems.constFind(key);
    if (problem != m_problems.cend()) {
        const bool isOwn = problem->kind == orm::RowProblem::Kind::Constraint
            || problem->kind == orm::RowProblem::Kind::Invalid;
        return isOwn ? RowState::Invalid : RowState::Conflict;
    }
    if (!row.isDeleted && !row.invalid.isEmpty())
        return RowState::Invalid;
    if (row.isDeleted)
        return RowState::Deleted;
    return row.isNew ? RowState::New : RowState::Modified;
}

bool EditBuffer::isNew(const orm::Key &key) const
{
    const EditedRow *row = find(key);
    return row && row->isNew;
}

bool EditBuffer::isDeleted(const orm::Key &key) const
{
    const EditedRow *row = find(key);
    return row && row->isDeleted;
}

std::optional<orm::StoredValue> EditBuffer::value(const orm::Key &key, int column) const
{
    const orm::FieldChange *field = pendingField(key, column);
    return field ? std::optional(field->value) : std::nullopt;
}

std::optional<orm::StoredValue> EditBuffer::base(const orm::Key &key, int column) const
{
    const orm::FieldChange *field = pendingField(key, column);
    return field && !isNew(key) ? std::optional(field->base) : std::nullopt;
}

QList<orm::FieldChange> EditBuffer::fields(const orm::Key &key) const
{
    const EditedRow *row = find(key);
    return row ? row->fields : QList<orm::FieldChange>();
}

std::optional<orm::RowProblem> EditBuffer::problem(const orm::Key &key) const
{
    const orm::Key stored = resolve(key);
    const auto found = m_problems.constFind(stored);
    if (found != m_problems.cend())
        return *found;
    const EditedRow *row = find(stored);
    if (!row || row->isDeleted || row->invalid.isEmpty())
        return {};
    orm::RowProblem problem;
    problem.key = stored;
    problem.kind = orm::RowProblem::Kind::Invalid;
    problem.columns = row->invalid;
    const int column = row->invalid.first();
    problem.invalid = orm::validate(m_table.columns.at(column), row->field(column)->value);
    return problem;
}

QList<orm::Key> EditBuffer::keys() const
{
    std::vector<std::pair<quint64, const orm::Key *>> rows;
    rows.reserve(size_t(m_rows.size()));
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        rows.emplace_back(row->sequence, &row.key());
    std::sort(rows.begin(), rows.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<orm::Key> keys;
    keys.reserve(m_rows.size());
    for (const auto &row : rows)
        keys.append(*row.second);
    return keys;
}

QList<orm::Key> EditBuffer::insertedKeys() const
{
    QList<orm::Key> keys = this->keys();
    keys.removeIf([this](const orm::Key &key) { return !isNew(key); });
    std::reverse(keys.begin(), keys.end());
    // A row that went and came back stands where it stood: temporary keys count up.
    std::stable_sort(keys.begin(), keys.end(), [](const orm::Key &a, const orm::Key &b) {
        if (a.isTemporary() && b.isTemporary())
            return a.number() > b.number();
        return a.isTemporary() && !b.isTemporary();
    });
    return keys;
}

QList<orm::Key> EditBuffer::untouchedKeys() const
{
    return m_untouched.values();
}

orm::Record EditBuffer::snapshot(const orm::Key &key) const
{
    const EditedRow *row = find(key);
    if (!row)
        return {};
    return row->isDeleted ? row->whole : row->snapshot;
}

// ----------------------------------------------------------------------------------------- edits

/// Takes a row out, to be changed and put() back; an empty one if there is none.
EditedRow EditBuffer::take(const orm::Key &key)
{
    const auto found = m_rows.find(key);
    if (found == m_rows.end()) {
        EditedRow row;
        row.sequence = ++m_lastSequence;
        return row;
    }
    --m_states.at(size_t(stateOf(key, *found)));
    m_problems.remove(key);
    m_untouched.remove(key);
    EditedRow row = std::move(*found);
    m_rows.erase(found);
    return row;
}

void EditBuffer::put(const orm::Key &key, EditedRow row)
{
    m_changed.append(key);
    if (row.isEmpty())
        return;
    ++m_states.at(size_t(stateOf(key, row)));
    if (row.isNew && row.fields.isEmpty() && key.isTemporary())
        m_untouched.insert(key);
    m_rows.emplace(key, std::move(row));
}

orm::Key EditBuffer::nextTemporaryKey()
{
    return orm::Key::temporary(++m_lastTemporary);
}

void EditBuffer::setValue(const orm::Key &key, int column, const orm::StoredValue &base,
                          const orm::StoredValue &value, const orm::Record &snapshot)
{
    const Batch batch(*this);
    const orm::Key stored = resolve(key);
    EditedRow row = take(stored);
    if (row.isEmpty())
        row.snapshot = snapshot;
    row.set(m_table, column, base, value);
    put(stored, std::move(row));
}

void EditBuffer::merge(const orm::Key &key, int column, const orm::StoredValue &value,
                       const orm::Record &theirs)
{
    const orm::Key stored = resolve(key);
    if (!pendingField(stored, column))
        return;
    const Batch batch(*this);
    EditedRow row = take(stored);
    row.set(m_table, column, {}, orm::StoredValue(row.field(column)->base)); // takes it out
    row.snapshot = theirs;
    row.set(m_table, column, valueOf(theirs, column), value);
    m_saved.setMerged(stored, column, valueOf(theirs, column));
    put(stored, std::move(row));
    m_merged.append({stored, column});
}

void EditBuffer::setDisputed(const orm::Key &key, int column, const orm::StoredValue &base,
                             const orm::StoredValue &value, const orm::Record &snapshot)
{
    const Batch batch(*this);
    const orm::Key stored = resolve(key);
    EditedRow row = take(stored);
    if (row.isEmpty())
        row.snapshot = snapshot;
    if (const orm::FieldChange *pending = row.field(column))
        row.set(m_table, column, {}, orm::StoredValue(pending->base));
    row.set(m_table, column, base, value);
    put(stored, std::move(row));
}

void EditBuffer::completeSnapshot(const orm::Key &key, const orm::Record &read)
{
    const auto row = m_rows.find(resolve(key));
    if (row == m_rows.end() || !row->complete(read))
        return;
    const Batch batch(*this);
    m_changed.append(row.key());
}

void EditBuffer::unsetValue(const orm::Key &key, int column, const orm::StoredValue &base,
                            const orm::Record &snapshot)
{
    const Batch batch(*this);
    const orm::Key stored = resolve(key);
    EditedRow row = take(stored);
    if (row.isEmpty())
        row.snapshot = snapshot;
    if (row.isNew)
        row.set(m_table, column, base, std::nullopt);
    else
        row.set(m_table, column, base, orm::StoredValue());
    put(stored, std::move(row));
}

void EditBuffer::insert(const orm::Key &key, const QHash<int, orm::StoredValue> &values,
                        const QList<orm::DependentRow> &dependents)
{
    const Batch batch(*this);
    const orm::Key stored = resolve(key);
    EditedRow row = take(stored);
    row = EditedRow{row.sequence, true, false, {}, {}, {}, {}, dependents};
    if (!stored.isTemporary()) {
        row.snapshot.values.resize(m_table.columns.size());
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            row.snapshot.values[value.key()] = value.value();
    }
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        row.set(m_table, value.key(), {}, value.value());
    put(stored, std::move(row));
    m_inserted.append(stored);
}

void EditBuffer::remember(const orm::Key &identity, const SavedRows::Deleted &deleted)
{
    if (!m_saved.buried(identity))
        m_saved.bury(identity, deleted);
}

void EditBuffer::removeInserted(const orm::Key &key)
{
    const orm::Key stored = resolve(key);
    if (!isNew(stored))
        return;
    const Batch batch(*this);
    const EditedRow row = take(stored);
    m_removed.append(stored);
    // It may come back, or be stored by a save that is running: as it is now.
    m_saved.bury(m_saved.identity(stored), {row.snapshot, row.values(), row.dependents});
}

void EditBuffer::markDeleted(const orm::Key &key, const orm::Record &whole)
{
    const Batch batch(*this);
    const orm::Key stored = resolve(key);
    EditedRow row = take(stored);
    if (row.isEmpty())
        row.snapshot = whole;
    row.isDeleted = true;
    row.whole = whole;
    put(stored, std::move(row));
}

void EditBuffer::unmarkDeleted(const orm::Key &key)
{
    const orm::Key stored = resolve(key);
    if (!isDeleted(stored))
        return;
    const Batch batch(*this);
    EditedRow row = take(stored);
    row.isDeleted = false;
    row.whole = {};
    put(stored, std::move(row));
}

void EditBuffer::takeAway(const orm::Key &identity, const orm::Record &whole, int seen)
{
    const orm::Key key = m_saved.keyOf(identity);
    if (isNew(key))
        removeInserted(key);
    else
        markDeleted(key, m_saved.stored(key, seen).value_or(whole));
}

void EditBuffer::bringBack(const orm::Key &identity, const QHash<int, orm::StoredValue> &values)
{
    const Batch batch(*this);
    const orm::Key key = m_saved.keyOf(identity);
    const bool isAnothers = m_saved.identity(key) != identity;
    if (!isDeleted(key) && isAnothers && (m_saved.stored(key) || m_rows.contains(key))) {
        insertAnew(identity, values);
        return;
    }
    if (!isDeleted(key)) {
        const auto buried = m_saved.buried(identity);
        if (!buried || key.isTemporary()) {
            insert(key, values);
            return;
        }
        m_saved.setIdentity(key, identity);
        insertBuried(key, *buried);
        overlay(key, values);
        return;
    }
    if (isAnothers)
        replace(key, identity);
    else
        unmarkDeleted(key);
    if (values.isEmpty())
        return;
    // Was new when it went, so these are all its values; some may have been stored since.
    EditedRow row = take(key);
    const orm::Record stored = m_saved.stored(key).value_or(row.snapshot);
    row.snapshot = stored;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        row.set(m_table, value.key(), valueOf(stored, value.key()), value.value());
    put(key, std::move(row));
}

/// Stages a row that a save deleted as a new one, exactly as it was, edits included.
void EditBuffer::insertBuried(const orm::Key &key, const SavedRows::Deleted &buried)
{
    QHash<int, orm::StoredValue> values;
    for (int column = 0; column < buried.row.values.size(); ++column) {
        if (!m_table.columns.at(column).isReadOnly)
            values.insert(column, buried.row.values.at(column));
    }
    insert(key, values, buried.dependents);
    overlay(key, buried.edits);
}

/// The stored key of @p identity was given to another row, which stays: it comes back as a new row.
void EditBuffer::insertAnew(const orm::Key &identity, const QHash<int, orm::StoredValue> &values)
{
    SavedRows::Deleted buried = m_saved.buried(identity).value_or(SavedRows::Deleted());
    buried.dependents.clear(); // they belong to the old key
    const orm::Key fresh = nextTemporaryKey();
    m_saved.move(identity, fresh);
    insertBuried(fresh, buried);
    overlay(fresh, values);
    EditedRow row = take(fresh);
    forgetNumber(row);
    put(fresh, std::move(row));
}

/// Another row has the key: the database is to give another number. A key that is typed stays, as
/// whoever has it may be about to give it away.
void EditBuffer::forgetNumber(EditedRow &row) const
{
    if (m_table.hasIntegerKey())
        row.set(m_table, m_table.primaryKey().first(), {}, std::nullopt);
}

/// Sets fields of a new row.
void EditBuffer::overlay(const orm::Key &key, const QHash<int, orm::StoredValue> &values)
{
    if (values.isEmpty())
        return;
    EditedRow row = take(key);
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        row.set(m_table, value.key(), {}, value.value());
    put(key, std::move(row));
}

/// The stored key of @p identity was given to another row, which is marked for deletion now: the
/// one becomes the other, as no save can both delete and insert a key.
void EditBuffer::replace(const orm::Key &key, const orm::Key &identity)
{
    EditedRow row = take(key);
    const orm::Record whole = std::exchange(row.whole, {});
    row.isDeleted = false;
    const orm::Key other = m_saved.identity(key);
    if (const auto known = m_saved.buried(other); !known || known->row.values.isEmpty()) {
        m_saved.bury(other, {whole, row.values(), {}});
    }
    row.fields.clear();
    row.invalid.clear();
    if (const auto buried = m_saved.buried(identity)) {
        for (int column = 0; column < buried->row.values.size(); ++column) {
            const orm::Column &about = m_table.columns.at(column);
            const bool isNumber = about.isPrimaryKey && m_table.hasIntegerKey();
            if (!isNumber && !about.isReadOnly)
                row.set(m_table, column, valueOf(whole, column),
                        buried->edits.value(column, buried->row.values.at(column)));
        }
    }
    m_saved.setIdentity(key, identity);
    put(key, std::move(row));
}

} // namespace ui
