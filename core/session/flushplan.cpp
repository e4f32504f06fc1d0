// SPDX-License-Identifier: MIT
#include "core/session/flushplan.h"

#include "core/error.h"
#include "core/schema/reference.h"
#include "core/session/graphflush.h"
#include "core/session/statementplans.h"
#include "core/session/walk.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

bool hasKeyTo(const Mapper &child, const Mapper &parent)
{
    const QList<Column> &columns = child.table().columns;
    const QList<ForeignKey> &keys = child.table().foreignKeys;
    return std::any_of(columns.begin(), columns.end(),
                       [&](const auto &c) {
                           return referenceOf(c.references).table == parent.table().name;
                       })
        || std::any_of(keys.begin(), keys.end(),
                       [&](const ForeignKey &key) { return key.table == parent.table().name; });
}

bool refersTo(const Mapper &child, const Mapper &parent)
{
    return &child != &parent && hasKeyTo(child, parent);
}

bool isLess(const StoredValue &a, const StoredValue &b)
{
    if (a.storageClass() != b.storageClass())
        return a.storageClass() < b.storageClass();
    if (a.storageClass() == StorageClass::Integer)
        return a.toInteger() < b.toInteger();
    if (a.storageClass() == StorageClass::Real)
        return a.toReal() < b.toReal();
    return a.bytes() < b.bytes();
}

/// The order of the pages that the rows lie in.
bool byKey(const InstanceState *a, const InstanceState *b)
{
    if (a->mapper().hasIntegerKey())
        return a->integerIdentity() < b->integerIdentity();
    const QList<StoredValue> first = a->identity().toValues();
    const QList<StoredValue> second = b->identity().toValues();
    return std::lexicographical_compare(first.begin(), first.end(), second.begin(), second.end(),
                                        isLess);
}

/// Sets of columns of which no two rows may have the same values.
QList<QList<int>> uniqueColumns(const Mapper &mapper)
{
    QList<QList<int>> all{QList<int>(mapper.primaryKey().begin(), mapper.primaryKey().end())};
    for (int i = 0; i < mapper.table().columns.size(); ++i) {
        if (mapper.table().columns.at(i).isUnique)
            all.append(QList<int>{i});
    }
    for (const Index &index : mapper.table().indexes) {
        if (!index.isUnique)
            continue;
        QList<int> columns;
        for (const QString &column : index.columns)
            columns.append(mapper.table().indexOf(column));
        if (!columns.isEmpty() && !columns.contains(-1)) // else one over an expression
            all.append(columns);
    }
    return all;
}

/// The values of @p columns; a null Key if one of them is NULL, which is never a duplicate.
Key valuesOf(const Mapper &mapper, const void *object, const QList<int> &columns)
{
    QList<StoredValue> values;
    for (const int column : columns) {
        const StoredValue value = mapper.value(object, column);
        if (value.isNull())
            return {};
        values.append(value);
    }
    return Key::values(std::move(values));
}

const void *loadedValues(const InstanceState &state)
{
    return state.snapshot() ? state.snapshot() : state.object();
}

quint64 bitsOf(const QList<int> &columns)
{
    quint64 bits = 0;
    for (const int column : columns)
        bits |= StatementPlans::bit(static_cast<size_t>(column));
    return bits;
}

[[noreturn]] void throwCircle(const Mapper &mapper, const InstanceState &a, const InstanceState &b,
                              const QList<int> &columns)
{
    IntegrityError error(
        IntegrityError::Constraint::Unique,
        u"The rows %1 and %2 of '%3' exchange a unique value, which no order of UPDATEs "
        "can write: flush another value of one of them first"_s.arg(
            a.identity().toString(), b.identity().toString(), mapper.table().name));
    error.table = mapper.table().name;
    for (const int column : columns)
        error.columns.append(mapper.table().columns.at(column).name);
    throw error;
}

} // namespace

quint64 FlushPlan::changedColumns(const InstanceState &state)
{
    const void *before = state.snapshot();
    if (!before)
        return 0;
    const void *now = state.object();
    const auto columns = state.mapper().columns();
    quint64 changed = 0;
    for (size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].operations->equal(columns[i].constMember(before),
                                          columns[i].constMember(now)))
            changed |= StatementPlans::bit(i);
    }
    return changed;
}

FlushPlan::FlushPlan(const std::vector<InstancePointer> &news,
                     const std::vector<InstancePointer> &touched,
                     const std::vector<InstancePointer> &deleted)
{
    detail::walk(news, [this](const InstancePointer &state) {
        workOf(state->mapper()).inserts.push_back(state.get());
    });
    detail::walk(touched, [this](const InstancePointer &state) {
        const quint64 changed = state->isMarkedDeleted
            ? 0
            : changedColumns(*state) | GraphFlush::deferredColumns(*state);
        if (!changed)
            return;
        TableWork &work = workOf(state->mapper());
        if (!work.updates.empty() && byKey(state.get(), work.updates.back().state))
            work.isSorted = false;
        work.updates.push_back({state.get(), changed});
    });
    detail::walk(deleted, [this](const InstancePointer &state) {
        TableWork &work = workOf(state->mapper());
        if (!work.deletes.empty() && byKey(state.get(), work.deletes.back()))
            work.isSorted = false;
        work.deletes.push_back(state.get());
    });

    sortTables();
    for (TableWork &work : m_tables) {
        if (!work.isSorted) { // objects are mostly changed in the order in which they were read
            std::sort(work.updates.begin(), work.updates.end(),
                      [](const Change &a, const Change &b) { return byKey(a.state, b.state); });
            std::sort(work.deletes.begin(), work.deletes.end(), byKey);
        }
        untangle(work);
    }
    deleteChildrenEarly();
}

bool FlushPlan::isEmpty() const
{
    return m_tables.empty();
}

FlushPlan::TableWork &FlushPlan::workOf(const Mapper &mapper)
{
    const auto found = std::find_if(m_tables.begin(), m_tables.end(),
                                    [&](const TableWork &work) { return work.mapper == &mapper; });
    if (found != m_tables.end())
        return *found;
    m_tables.emplace_back().mapper = &mapper;
    return m_tables.back();
}

void FlushPlan::sortTables()
{
    std::vector<TableWork> sorted;
    while (!m_tables.empty()) {
        auto next = std::find_if(m_tables.begin(), m_tables.end(), [&](const TableWork &work) {
            return std::none_of(m_tables.begin(), m_tables.end(), [&](const TableWork &other) {
                return refersTo(*work.mapper, *other.mapper);
            });
        });
        if (next == m_tables.end()) { // a circle of foreign keys
            next = m_tables.begin();
            m_hasCircles = true;
        }
        m_hasCircles
            = m_hasCircles || (next->deletes.size() > 1 && hasKeyTo(*next->mapper, *next->mapper));
        sorted.push_back(std::move(*next));
        m_tables.erase(next);
    }
    m_tables = std::move(sorted);
}

/// Finds the unique values that move from one row to another.
void FlushPlan::untangle(TableWork &work)
{
    const Mapper &mapper = *work.mapper;
    const bool canMove = !work.deletes.empty() || !work.updates.empty();
    if (!canMove || work.inserts.size() + work.updates.size() < 1)
        return;
    QSet<InstanceState *> early;
    QSet<InstanceState *> late;
    const QList<QList<int>> sets = uniqueColumns(mapper);
    for (const QList<int> &columns : sets) {
        const quint64 bits = bitsOf(columns);
        QHash<Key, InstanceState *> deleted; // who gives which value away
        QHash<Key, size_t> changed;
        for (InstanceState *state : work.deletes)
            deleted.insert(valuesOf(mapper, loadedValues(*state), columns), state);
        for (size_t i = 0; i < work.updates.size(); ++i) {
            if (work.updates[i].columns & bits)
                changed.insert(valuesOf(mapper, work.updates[i].state->snapshot(), columns), i);
        }
        deleted.remove(Key());
        changed.remove(Key());
        if (deleted.isEmpty() && changed.isEmpty())
            continue;

        std::vector<std::pair<size_t, size_t>> after; // update, and the one to be done before it
        const auto wanted
            = [&](const InstanceState &state) { return valuesOf(mapper, state.object(), columns); };
        for (InstanceState *state : work.inserts) {
            const Key key = wanted(*state);
            if (InstanceState *giver = deleted.value(key))
                early.insert(giver);
            else if (changed.contains(key))
                late.insert(state);
        }
        for (size_t i = 0; i < work.updates.size(); ++i) {
            if (!(work.updates[i].columns & bits))
                continue;
            const Key key = wanted(*work.updates[i].state);
            if (InstanceState *giver = deleted.value(key))
                early.insert(giver);
            else if (const auto giving = changed.constFind(key);
                     giving != changed.constEnd() && *giving != i)
                after.emplace_back(i, *giving);
        }
        if (!after.empty())
            orderUpdates(work, after, columns);
    }
    const auto move = [](std::vector<InstanceState *> &from, std::vector<InstanceState *> &to,
                         const QSet<InstanceState *> &those) {
        if (those.isEmpty())
            return;
        std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                     [&those](InstanceState *state) { return those.contains(state); });
        std::erase_if(from, [&those](InstanceState *state) { return those.contains(state); });
    };
    move(work.deletes, work.earlyDeletes, early);
    move(work.inserts, work.lateInserts, late);
}

/// Each update after the one that frees its value, else as they are.
void FlushPlan::orderUpdates(TableWork &work, const std::vector<std::pair<size_t, size_t>> &after,
                             const QList<int> &columns)
{
    QHash<size_t, size_t> before;
    for (const auto &[update, giver] : after)
        before.insert(update, giver);
    std::vector<Change> ordered;
    std::vector<bool> isDone(work.updates.size());
    for (size_t i = 0; i < work.updates.size(); ++i) {
        std::vector<size_t> chain; // from i back to the one that waits for nobody
        for (size_t next = i; !isDone[next];) {
            chain.push_back(next);
            const auto giver = before.constFind(next);
            if (giver == before.constEnd())
                break;
            if (std::find(chain.begin(), chain.end(), *giver) != chain.end())
                throwCircle(*work.mapper, *work.updates[*giver].state, *work.updates[next].state,
                            columns);
            next = *giver;
        }
        for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
            isDone[*step] = true;
            ordered.push_back(work.updates[*step]);
        }
    }
    work.updates = std::move(ordered);
}

/// A row that goes before everything else takes those along that refer to its table.
void FlushPlan::deleteChildrenEarly()
{
    std::vector<const Mapper *> parents;
    for (TableWork &work : m_tables) {
        const bool isChild
            = std::any_of(parents.begin(), parents.end(), [&work](const Mapper *parent) {
                  return refersTo(*work.mapper, *parent);
              });
        if (isChild) {
            work.earlyDeletes.insert(work.earlyDeletes.end(), work.deletes.begin(),
                                     work.deletes.end());
            work.deletes.clear();
        }
        if (!work.earlyDeletes.empty())
            parents.push_back(work.mapper);
    }
}

} // namespace orm
