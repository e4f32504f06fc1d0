// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/session/integerindex.h"

#include <QHash>

#include <unordered_map>

namespace orm {

/// One object per primary key, by InstanceState::identity(). Borrows the objects: they are counted
/// by their Refs and, while new, changed or deleted, by the session. Integer keys take a path
/// without Key.
/// @see Fowler, Patterns of Enterprise Application Architecture: Identity Map
class IdentityMap
{
public:
    InstanceState *find(const Mapper &mapper, const Key &key) const;
    InstanceState *find(const Mapper &mapper, qint64 id) const;
    /// The place of an integer key, null if nothing is there; until the next insertion.
    InstanceState *&slot(const Mapper &mapper, qint64 id)
    {
        return tableOf(mapper).integers.slot(id);
    }
    /// Makes room for @p count more objects at once.
    void reserve(const Mapper &mapper, size_t count);
    /// Puts @p state under its identity. @returns the other object that was there, or null
    InstanceState *insert(InstanceState &state);
    /// Takes out @p state if it is what stands under its identity.
    void remove(const InstanceState &state);
    bool contains(const Mapper &mapper) const; ///< whether there is any object of it
    qsizetype size() const;
    void clear();

    /// @p visit must not change the map.
    template<typename Visit>
    void forEach(const Visit &visit) const
    {
        for (const auto &[mapper, table] : m_tables) {
            table.integers.forEach(visit);
            for (InstanceState *state : table.others)
                visit(*state);
        }
    }

private:
    struct PerTable
    {
        IntegerIndex integers;
        QHash<Key, InstanceState *> others;
    };

    PerTable &tableOf(const Mapper &mapper)
    {
        return m_lastMapper == &mapper ? *m_lastTable : enter(mapper);
    }
    PerTable &enter(const Mapper &mapper);
    const PerTable *findTable(const Mapper &mapper) const;

    std::unordered_map<const Mapper *, PerTable> m_tables;
    const Mapper *m_lastMapper = nullptr; ///< of tableOf(): it is nearly always the same
    PerTable *m_lastTable = nullptr;
};

} // namespace orm
