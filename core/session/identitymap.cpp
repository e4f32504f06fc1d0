// SPDX-License-Identifier: MIT
#include "core/session/identitymap.h"

#include "core/mapping/mapper.h"

#include <utility>

namespace orm {

/// The slow way of tableOf().
IdentityMap::PerTable &IdentityMap::enter(const Mapper &mapper)
{
    m_lastTable = &m_tables[&mapper];
    m_lastMapper = &mapper;
    return *m_lastTable;
}

const IdentityMap::PerTable *IdentityMap::findTable(const Mapper &mapper) const
{
    if (m_lastMapper == &mapper)
        return m_lastTable;
    const auto table = m_tables.find(&mapper);
    return table == m_tables.end() ? nullptr : &table->second;
}

InstanceState *IdentityMap::find(const Mapper &mapper, const Key &key) const
{
    if (mapper.hasIntegerKey())
        return key.isInteger() ? find(mapper, key.number()) : nullptr;
    const PerTable *table = findTable(mapper);
    return table ? table->others.value(key) : nullptr;
}

InstanceState *IdentityMap::find(const Mapper &mapper, qint64 id) const
{
    const PerTable *table = findTable(mapper);
    return table ? table->integers.find(id) : nullptr;
}

void IdentityMap::reserve(const Mapper &mapper, size_t count)
{
    if (mapper.hasIntegerKey())
        tableOf(mapper).integers.reserve(count);
}

InstanceState *IdentityMap::insert(InstanceState &state)
{
    InstanceState *&place = state.mapper().hasIntegerKey()
        ? slot(state.mapper(), state.integerIdentity())
        : tableOf(state.mapper()).others[state.identity()];
    InstanceState *before = std::exchange(place, &state);
    return before == &state ? nullptr : before;
}

void IdentityMap::remove(const InstanceState &state)
{
    PerTable &table = tableOf(state.mapper());
    if (state.mapper().hasIntegerKey()) {
        if (table.integers.find(state.integerIdentity()) == &state)
            table.integers.remove(state.integerIdentity());
        return;
    }
    const Key key = state.identity();
    if (table.others.value(key) == &state)
        table.others.remove(key);
}

void IdentityMap::clear()
{
    m_tables.clear();
    m_lastMapper = nullptr;
    m_lastTable = nullptr;
}

bool IdentityMap::contains(const Mapper &mapper) const
{
    const PerTable *table = findTable(mapper);
    return table && !(table->integers.isEmpty() && table->others.isEmpty());
}

qsizetype IdentityMap::size() const
{
    qsizetype size = 0;
    forEach([&size](const InstanceState &) { ++size; });
    return size;
}

} // namespace orm
