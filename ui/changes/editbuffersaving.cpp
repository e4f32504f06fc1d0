// SPDX-License-Identifier: MIT
// What a save takes from the edits, and what becomes of them when it has got through.
#include "ui/changes/editbuffer.h"
#include "ui/common/letgo.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ui {

namespace {

QList<orm::FieldChange> fieldsOf(const QHash<int, orm::StoredValue> &values)
{
    QList<orm::FieldChange> fields;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        fields.append({value.key(), {}, value.value()});
    return fields;
}

/// Rows brought back before new ones, which else might get their keys.
void storedFirst(orm::ChangeSet &changes)
{
    std::stable_partition(changes.rows.begin(), changes.rows.end(),
                          [](const orm::RowChange &change) { return !change.key.isTemporary(); });
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
    storedFirst(changes);
    return changes;
}

std::function<orm::ChangeSet()>
EditBuffer::changesOfNow(const std::optional<QList<orm::Key>> &keys) const
{
    std::optional<QList<orm::Key>> stored;
    if (keys) {
        stored.emplace();
        for (const orm::Key &key : *keys)
            stored->append(resolve(key));
    }
    // The rows are shared, not copied, until one of them is changed here.
    return [table = m_table, rows = m_rows, stored] {
        std::vector<std::pair<orm::Key, const EditedRow *>> wanted;
        if (stored) {
            for (const orm::Key &key : *stored) {
                if (const auto row = rows.constFind(key); row != rows.cend())
                    wanted.emplace_back(key, &*row);
            }
        } else {
            wanted.reserve(size_t(rows.size()));
            for (auto row = rows.cbegin(); row != rows.cend(); ++row)
                wanted.emplace_back(row.key(), &*row);
            std::sort(wanted.begin(), wanted.end(), [](const auto &a, const auto &b) {
                return a.second->sequence < b.second->sequence;
            });
        }
        orm::ChangeSet changes;
        changes.table = table;
        changes.rows.reserve(qsizetype(wanted.size()));
        for (const auto &[key, row] : wanted) {
            orm::RowChange change = row->change(key);
            if (change.kind == orm::RowChange::Kind::Update)
                change.base = row->snapshot;
            changes.rows.append(std::move(change));
        }
        storedFirst(changes);
        return changes;
    };
}

// ---------------------------------------------------------------------------------------- settling

/// A committed save, and how far its rows are settled.
struct EditBuffer::Settling
{
    std::shared_ptr<const orm::ChangeSet> sent;
    orm::CommitResult result;
    /// By the key that was sent; empty where the answer has its rows in the order of the change set.
    QHash<orm::Key, qsizetype> places;
    /// Of kinds: a key that one row of a save left may be given to another one of it.
    size_t kind = 0;
    qsizetype next = 0; ///< of the result's rows
    qsizetype seen = 0; ///< rows looked at, each once for each kind

    static constexpr std::array kinds{orm::RowChange::Kind::Delete, orm::RowChange::Kind::Update,
                                      orm::RowChange::Kind::Insert};

    const orm::RowChange *sentOf(const orm::CommittedRow &row, qsizetype index) const
    {
        if (places.isEmpty())
            return &sent->rows.at(index);
        const auto place = places.constFind(row.requested);
        return place == places.cend() ? nullptr : &sent->rows.at(*place);
    }
    /// A stored row got another key.
    static bool isRenamed(const orm::CommittedRow &row)
    {
        return row.kind != orm::RowChange::Kind::Delete && !row.requested.isTemporary()
            && row.key != row.requested;
    }
    bool isAtUpdates() const { return !isDone() && kinds.at(kind) == orm::RowChange::Kind::Update; }
    bool isDone() const { return kind == kinds.size(); }
};

void EditBuffer::markCommitted(const orm::ChangeSet &sent, const orm::CommitResult &result)
{
    beginSettling(std::make_shared<const orm::ChangeSet>(sent), result);
    finishSettling();
}

void EditBuffer::beginSettling(const std::shared_ptr<const orm::ChangeSet> &sent,
                               const orm::CommitResult &result)
{
    finishSettling();
    if (!result.isCommitted())
        return;
    m_settling = std::make_shared<Settling>();
    m_settling->sent = sent;
    m_settling->result = result;
    const bool isInOrder = std::equal(
        result.rows.cbegin(), result.rows.cend(), sent->rows.cbegin(), sent->rows.cend(),
        [](const orm::CommittedRow &row, const orm::RowChange &change) {
            return row.requested == change.key;
        });
    for (qsizetype i = 0; !isInOrder && i < sent->rows.size(); ++i)
        m_settling->places.insert(sent->rows.at(i).key, i);
    emit settlingChanged();
}

void EditBuffer::settleSome(const std::function<bool()> &isLate)
{
    if (!m_settling)
        return;
    bool isDone = false;
    {
        const Batch batch(*this);
        Settling &settling = *m_settling;
        // What is edited between two goes has seen the rows of the one and not those of the other.
        m_saved.beginSave();
        orm::CommitResult part;
        while (!settling.isDone() && !isLate()) {
            if (settling.next == settling.result.rows.size()) {
                ++settling.kind;
                settling.next = 0;
                if (settling.isAtUpdates())
                    part.rows.append(settleRenamed());
                continue;
            }
            const orm::CommittedRow &row = settling.result.rows.at(settling.next);
            if (row.kind == Settling::kinds.at(settling.kind) && !Settling::isRenamed(row)) {
                if (const orm::RowChange *sent = settling.sentOf(row, settling.next))
                    settle({*sent, row});
                part.rows.append(row);
            }
            ++settling.next;
            ++settling.seen;
        }
        isDone = settling.isDone();
        if (isDone) {
            // To let go of so many rows takes a while, too.
            letGo(std::exchange(m_settling, {}));
        }
        emit committed(part);
    }
    if (isDone)
        emit settlingChanged();
}

void EditBuffer::finishSettling()
{
    settleSome([] { return false; });
}

int EditBuffer::settledPercent() const
{
    if (!m_settling || m_settling->result.rows.isEmpty())
        return 100;
    return int(100 * m_settling->seen
               / (m_settling->result.rows.size() * qsizetype(Settling::kinds.size())));
}

/// Rows of the save that have other keys now, in one go: none of them can leave its key to another
/// one before that one is settled, too.
QList<orm::CommittedRow> EditBuffer::settleRenamed()
{
    QList<Settled> changes;
    QList<orm::CommittedRow> rows;
    for (qsizetype i = 0; i < m_settling->result.rows.size(); ++i) {
        const orm::CommittedRow &row = m_settling->result.rows.at(i);
        if (!Settling::isRenamed(row))
            continue;
        if (const orm::RowChange *sent = m_settling->sentOf(row, i))
            changes.append({*sent, row});
        rows.append(row);
    }
    settleStored(changes);
    return rows;
}

void EditBuffer::settle(const Settled &row)
{
    switch (row.sent.kind) {
    case orm::RowChange::Kind::Insert:
        settleInsert(row.sent, row.committed);
        break;
    case orm::RowChange::Kind::Update:
        settleStored({row});
        break;
    case orm::RowChange::Kind::Delete:
        settleDelete(row.sent, row.committed);
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
    settleInserted({sent, committed}, std::move(row), isThere);
}

/// @param isThere it was not taken away while the save ran
void EditBuffer::settleInserted(const Settled &insert, EditedRow row, bool isThere)
{
    const auto &[sent, committed] = insert;
    const orm::Key key = committed.key;
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
    forgetNumber(row);
    const orm::Key fresh = nextTemporaryKey();
    m_saved.move(m_saved.identity(key), fresh);
    put(fresh, std::move(row));
    m_inserted.removeOne(key);
    m_inserted.append(fresh);
}

/// Rows that have keys of their own: changed ones, and those brought back under another key.
void EditBuffer::settleStored(const QList<Settled> &changes)
{
    // Keys may have gone round: all rows leave theirs before the first one takes another's.
    struct Left
    {
        EditedRow row;
        bool isNew = false;
    };
    std::vector<Left> left;
    left.reserve(static_cast<size_t>(changes.size()));
    QHash<orm::Key, orm::Key> renamed;
    for (const auto &[sent, committed] : changes) {
        const bool wasNew = isNew(sent.key);
        left.push_back({take(sent.key), wasNew});
        if (committed.key != sent.key)
            renamed.insert(sent.key, committed.key);
    }
    for (const orm::Key &key : std::as_const(renamed))
        giveWay(key);
    if (!renamed.isEmpty())
        m_saved.rename(renamed, [this] { return nextTemporaryKey(); });
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const auto &[sent, committed] = changes.at(i);
        auto &[row, wasNew] = left[static_cast<size_t>(i)];
        const orm::Key key = committed.key;
        if (key != sent.key)
            m_changed.append(sent.key);
        if (sent.kind == orm::RowChange::Kind::Insert) {
            settleInserted(changes.at(i), std::move(row), wasNew);
            continue;
        }
        m_saved.store(key, committed.row);
        row.settleUpdate(m_table, sent, committed);
        for (const orm::FieldChange &field : sent.fields)
            m_saved.addConversion(key, field.column, field.value,
                                  valueOf(committed.row, field.column));
        put(key, std::move(row));
    }
}

/// Another row was stored as @p key: what is pending there was for one that is gone.
void EditBuffer::giveWay(const orm::Key &key)
{
    const EditedRow *row = find(key);
    if (!row)
        return;
    if (row->isNew)
        rename(key);
    else if (row->isDeleted)
        take(key);
    else
        insertElsewhere(key);
    m_changed.append(key);
}

/// The row @p key is gone, and the edits of it become a new one.
void EditBuffer::insertElsewhere(const orm::Key &key)
{
    const EditedRow row = take(key);
    QHash<int, orm::StoredValue> values;
    for (int column = 0; column < row.snapshot.values.size(); ++column) {
        const orm::Column &about = m_table.columns.at(column);
        const bool isNumber = about.isPrimaryKey && m_table.hasIntegerKey();
        if (!isNumber && !about.isReadOnly && !row.snapshot.isTruncated(column))
            values.insert(column, row.snapshot.values.at(column));
    }
    for (const orm::FieldChange &field : row.fields)
        values.insert(field.column, field.value);
    const orm::Key fresh = nextTemporaryKey();
    m_saved.move(m_saved.identity(key), fresh);
    insert(fresh, values);
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
