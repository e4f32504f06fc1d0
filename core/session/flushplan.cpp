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
#include <numeric>

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
    std::vector<std::pair<InstanceState *, size_t>> waiting; // for an update
    Takings takings; // empty while nobody takes anything
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

        const auto wanted
            = [&](const InstanceState &state) { return valuesOf(mapper, state.object(), columns); };
        for (InstanceState *state : work.inserts) {
            const Key key = wanted(*state);
            if (InstanceState *giver = deleted.value(key))
                early.insert(giver);
            else if (const auto giving = changed.constFind(key); giving != changed.constEnd())
                waiting.emplace_back(state, *giving);
        }
        for (size_t i = 0; i < work.updates.size(); ++i) {
            if (!(work.updates[i].columns & bits))
                continue;
            const Key key = wanted(*work.updates[i].state);
            if (InstanceState *giver = deleted.value(key)) {
                early.insert(giver);
            } else if (const auto giving = changed.constFind(key);
                       giving != changed.constEnd() && *giving != i) {
                takings.resize(work.updates.size());
                takings[i].push_back({*giving, columns});
            }
        }
    }
    if (!early.isEmpty()) {
        const auto isEarly = [&early](InstanceState *state) { return early.contains(state); };
        std::copy_if(work.deletes.begin(), work.deletes.end(),
                     std::back_inserter(work.earlyDeletes), isEarly);
        std::erase_if(work.deletes, isEarly);
    }
    std::vector<size_t> places(work.updates.size()); // of the updates as they were
    std::iota(places.begin(), places.end(), 0);
    if (!takings.empty()) {
        const std::vector<Change> updates = work.updates;
        const std::vector<size_t> order = orderOf(work, takings);
        for (size_t place = 0; place < order.size(); ++place) {
            work.updates[place] = updates[order[place]];
            places[order[place]] = place;
        }
    }
    for (const auto &[state, giver] : waiting) {
        size_t &count = work.updatesBefore[state];
        count = std::max(count, places[giver] + 1);
    }
    m_hasWaiting = m_hasWaiting || !waiting.empty();
}

/// @returns the updates, each behind those that it takes a value from, else as they are
std::vector<size_t> FlushPlan::orderOf(const TableWork &work, const Takings &takings)
{
    enum class Visit : quint8 { None, Running, Done };
    struct Step
    {
        size_t update = 0;
        size_t looked = 0; ///< at so many of its givers
    };
    std::vector<Visit> visits(takings.size(), Visit::None);
    std::vector<size_t> order;
    std::vector<Step> stack; // of our own: a chain may be longer than the thread's
    const auto enter = [&](size_t update) {
        visits[update] = Visit::Running;
        stack.push_back({update});
    };
    for (size_t i = 0; i < takings.size(); ++i) {
        if (visits[i] == Visit::None)
            enter(i);
        while (!stack.empty()) {
            Step &step = stack.back();
            if (step.looked == takings[step.update].size()) {
                visits[step.update] = Visit::Done;
                order.push_back(step.update);
                stack.pop_back();
                continue;
            }
            const Taking &taking = takings[step.update][step.looked++];
            if (visits[taking.giver] == Visit::Running)
                throwCircle(*work.mapper, *work.updates[taking.giver].state,
                            *work.updates[step.update].state, taking.columns);
            if (visits[taking.giver] == Visit::None)
                enter(taking.giver);
        }
    }
    return order;
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
