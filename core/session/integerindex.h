// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace orm {

class InstanceState;

/// Objects by an integer key: a table with open addressing, 16 bytes an entry, one to two entries in
/// three free. Borrows the objects.
///
/// 64 keys in a row lie side by side, a kilobyte that the processor fetches ahead, as rows are mostly read
/// in the order of their keys. Such groups are scattered by Fibonacci hashing and each is turned round by
/// it, so that no regular pattern of keys makes them collide. A key that finds its place taken goes to the
/// same place in the next group, not to the next place: there it would stand in the way of a whole group.
/// @see Knuth, The Art of Computer Programming 3, 6.4: algorithms L and R
class IntegerIndex
{
public:
    /// The object, or null.
    InstanceState *find(qint64 id) const
    {
        if (m_entries.empty())
            return nullptr;
        const Entry &entry = m_entries[positionOf(id)];
        return entry.state; // null where the search ended
    }
    /// The place of a key, null if nothing is there; until the next call. What stays null is free.
    InstanceState *&slot(qint64 id);
    void remove(qint64 id);
    /// Makes room for @p count more at once.
    void reserve(size_t count);
    bool isEmpty() const { return m_count == 0; }

    /// @p visit must not change the index.
    template<typename Visit>
    void forEach(const Visit &visit) const
    {
        for (const Entry &entry : m_entries) {
            if (entry.state)
                visit(*entry.state);
        }
    }

private:
    struct Entry
    {
        qint64 id = 0;
        InstanceState *state = nullptr;
    };

    static constexpr int groupBits = 6;
    static constexpr size_t groupSize = 1 << groupBits;

    /// Where the search for a key begins.
    size_t homeOf(qint64 id) const
    {
        const quint64 group = static_cast<quint64>(id) / groupSize;
        const quint64 hash = group * 0x9E37'79B9'7F4A'7C15;
        const quint64 turned = static_cast<quint64>(id) + (hash >> (m_shift - groupBits));
        return (hash >> m_shift) * groupSize + turned % groupSize;
    }
    /// Where a key is, or the free entry where the search for it ends.
    size_t positionOf(qint64 id) const
    {
        size_t position = homeOf(id);
        while (m_entries[position].state && m_entries[position].id != id)
            position = next(position);
        return position;
    }
    /// The same place in the next group; behind the last, the next place in the first.
    size_t next(size_t position) const
    {
        const size_t below = position + groupSize;
        return below < m_entries.size() ? below : (below + 1) % groupSize;
    }
    /// How many times next() leads from one place to the other.
    size_t distance(size_t from, size_t to) const
    {
        return (stepsTo(to) - stepsTo(from)) & (m_entries.size() - 1);
    }
    size_t stepsTo(size_t position) const
    {
        return position % groupSize * (m_entries.size() / groupSize) + position / groupSize;
    }
    bool isRoomFor(size_t count) const { return (m_count + count) * 4 <= m_entries.size() * 3; }
    void resize(size_t size);

    std::vector<Entry> m_entries; ///< a power of two of them, or none
    size_t m_count = 0; ///< entries in use, at most
    int m_shift = 0; ///< 64 less the bits that number the groups
};

} // namespace orm
