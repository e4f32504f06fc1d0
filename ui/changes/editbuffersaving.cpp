// SPDX-License-Identifier: MIT
// What a save takes from the edits, and what becomes of them when it has got through.
#include "ui/changes/editbuffer.h"

#include <algorithm>

namespace ui {

namespace {

QList<orm::FieldChange> fieldsOf(const QHash<int, orm::StoredValue> &values)
{
    QList<orm::FieldChange> fields;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        fields.append({value.key(), {}, value.value()});
    return fields;
}

} // namespace

orm::ChangeSet EditBuffer::changeSet() const
{
    return changeSet(keys());
}

orm::ChangeSet EditBuffer::changeSet(const QList<orm::Key> &keys) const
{
    orm::ChangeSet changes;
    changes.table = m_table;
    changes.rows.reserve(keys.size());
    for (const orm::Key &key : keys) {
        if (const EditedRow *row = find(key))
            changes.rows.append(row->change(resolve(key)));
    }
    // Rows brought back before new ones, which else might get their keys.
    std::stable_partition(changes.rows.begin(), changes.rows.end(),
                          [](const orm::RowChange &change) { return !change.key.isTemporary(); });
    return changes;
}

void EditBuffer::markCommitted(const orm::ChangeSet &sent, const orm::CommitResult &result)
{
    if (!result.isCommitted())
        return;
    QHash<orm::Key, qsizetype> places;
    places.reserve(sent.rows.size());
    for (qsizetype i = 0; i < sent.rows.size(); ++i)
        places.insert(sent.rows.at(i).key, i);

    const Batch batch(*this);
    m_saved.beginSave();
    // A key that one row of this save left may have been given to another one of it at once.
    using Kind = orm::RowChange::Kind;
    for (const Kind kind : {Kind::Delete, Kind::Update, Kind::Insert}) {
        for (const orm::CommittedRow &row : result.rows) {
            const auto place = places.constFind(row.requested);
            if (row.kind == kind && place != places.cend())
                settle(sent.rows.at(*place), row);
        }
    }
    emit committed(result);
}

void EditBuffer::settle(const orm::RowChange &sent, const orm::CommittedRow &committed)
{
    switch (sent.kind) {
    case orm::RowChange::Kind::Insert:
        settleInsert(sent, committed);
        break;
    case orm::RowChange::Kind::Update:
        settleUpdate(sent, committed);
        break;
    case orm::RowChange::Kind::Delete:
        settleDelete(sent, committed);
        break;
    }
}

void EditBuffer::settleInsert(const orm::RowChange &sent, const orm::CommittedRow &committed)
{
    const orm::Key key = committed.key;
    const bool isThere = isNew(sent.key);
    EditedRow row = take(sent.key);
    if (key != sent.key)
        m_changed.append(sent.key);
    if (key != sent.key && m_rows.contains(key)) {
        if (!isThere) {
            supersede(key, sent.key, committed.row);
            return;
        }
        rename(key);
    }
    if (sent.key.isTemporary())
        m_saved.setIdentity(key, sent.key);
    m_saved.store(key, committed.row);
    for (const orm::FieldChange &field : sent.fields)
        m_saved.addConversion(key, field.column, field.value, valueOf(committed.row, field.column));

    if (!isThere) { // taken away while the save ran
        const auto gone = m_saved.buried(m_saved.identity(sent.key));
        row.isNew = true;
        for (const orm::FieldChange &field : gone ? fieldsOf(gone->edits) : sent.fields)
            row.set(m_table, field.column, {}, field.value);
    }
    row.settleInsert(m_table, sent, committed.row);
    row.isDeleted = !isThere;
    row.whole = row.isDeleted ? committed.row : orm::Record();
    put(key, std::move(row));
}

/// While a save stored @p identity as @p key, that was taken away again and a deleted row with this
/// key brought back: it takes the place of what was stored.
void EditBuffer::supersede(const orm::Key &key, const orm::Key &identity, const orm::Record &stored)
{
    const orm::Key other = m_saved.identity(key);
    m_saved.setIdentity(key, identity);
    m_saved.setIdentity(key, other);
    m_saved.bury(identity, {stored, {}, {}});
    m_saved.store(key, stored);
    EditedRow row = take(key);
    row.rebase(m_table, stored);
    put(key, std::move(row));
}

/// A row was brought back while a save deleted it and gave its key away at once: it is a new row.
void EditBuffer::rename(const orm::Key &key)
{
    EditedRow row = take(key);
    for (const int column : m_table.primaryKey())
        row.set(m_table, column, {}, std::nullopt);
    const orm::Key fresh = nextTemporaryKey();
    m_saved.move(m_saved.identity(key), fresh);
    put(fresh, std::move(row));
    m_inserted.removeOne(key);
    m_inserted.append(fresh);
}

void EditBuffer::settleUpdate(const orm::RowChange &sent, const orm::CommittedRow &committed)
{
    const orm::Key key = sent.key;
    m_saved.store(key, committed.row);
    EditedRow row = take(key);
    row.settleUpdate(m_table, sent, committed);
    for (const orm::FieldChange &field : sent.fields)
        m_saved.addConversion(key, field.column, field.value, valueOf(committed.row, field.column));
    put(key, std::move(row));
}

void EditBuffer::settleDelete(const orm::RowChange &sent, const orm::CommittedRow &committed)
{
    const orm::Key key = sent.key;
    const EditedRow row = take(key);
    const SavedRows::Deleted deleted{committed.row.values.isEmpty() ? sent.base : committed.row,
                                     row.values(), committed.dependents};
    m_saved.bury(m_saved.identity(key), deleted);
    m_saved.forget(key);
    m_changed.append(key);
    if (row.isDeleted)
        return;
    // Brought back while the save ran: it is to be stored again, as it was and with its edits.
    insertBuried(key, deleted);
}

void EditBuffer::markProblems(const QList<orm::RowProblem> &problems)
{
    const Batch batch(*this);
    for (const orm::RowProblem &problem : problems) {
        const orm::Key key = resolve(problem.key);
        if (!m_rows.contains(key))
            continue;
        const EditedRow &row = std::as_const(m_rows).find(key).value();
        --m_states.at(size_t(stateOf(key, row)));
        m_problems.insert(key, problem);
        ++m_states.at(size_t(stateOf(key, row)));
        m_changed.append(key);
    }
}

} // namespace ui
