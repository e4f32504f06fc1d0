// SPDX-License-Identifier: MIT
#include "core/session/integerindex.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace orm {

InstanceState *&IntegerIndex::slot(qint64 id)
{
    if (!isRoomFor(1))
        reserve(1);
    Entry &entry = m_entries[positionOf(id)];
    if (!entry.state) {
        entry.id = id;
        ++m_count;
    }
    return entry.state;
}

void IntegerIndex::remove(qint64 id)
{
    if (m_entries.empty())
        return;
    size_t hole = positionOf(id);
    if (!m_entries[hole].state)
        return;
    --m_count;
    // Entries behind it, up to a free one, that a search would no longer reach move up
    for (size_t i = next(hole); m_entries[i].state; i = next(i)) {
        if (distance(homeOf(m_entries[i].id), i) >= distance(hole, i))
            m_entries[std::exchange(hole, i)] = m_entries[i];
    }
    m_entries[hole].state = nullptr;
}

void IntegerIndex::reserve(size_t count)
{
    constexpr size_t smallest = 4 * groupSize;
    const size_t wanted = (m_count + count) * 4 / 3 + 1;
    if (!isRoomFor(count))
        resize(std::max(smallest, std::bit_ceil(wanted)));
}

void IntegerIndex::resize(size_t size)
{
    const std::vector<Entry> before = std::move(m_entries);
    m_entries = std::vector<Entry>(size);
    m_shift = 64 + groupBits;
    for (size_t bits = size; bits > 1; bits /= 2)
        --m_shift;
    m_count = 0;
    for (const Entry &entry : before) {
        if (!entry.state)
            continue;
        m_entries[positionOf(entry.id)] = entry;
        ++m_count;
    }
}

} // namespace orm
