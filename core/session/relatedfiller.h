// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/links.h"

#include <QSet>

#include <vector>

namespace orm::detail {

/// Links objects by one relationship with those that a statement's rows say, while they are read.
///
/// What was changed meanwhile counts more: it is behind what the rows say of a collection, and the parent
/// that a foreign key was given stays. Not ended, it leaves collections as they were.
class RelatedFiller
{
public:
    explicit RelatedFiller(const RelationshipMapping &relationship);
    ~RelatedFiller();
    Q_DISABLE_COPY_MOVE(RelatedFiller)

    void reserve(size_t count) { m_open.reserve(count); }
    /// The next object. It has the place that counts those before it; a collection of it that is loaded
    /// already is not touched.
    void begin(InstanceState &state);
    /// A row says that @p item is related to the object at @p place.
    void add(size_t place, InstanceState &item);
    void end();

private:
    /// An object whose links are filled.
    struct Open
    {
        InstanceState *state = nullptr; ///< null: its collection was loaded before
        size_t collection = 0; ///< place among those of its links, which may grow
        PoolVector<InstanceState *> before; ///< added since
        QSet<const InstanceState *> without; ///< those, and what was taken out
    };

    static Links::Collection &collectionOf(const Open &open);

    const RelationshipMapping &m_relationship;
    std::vector<Open> m_open;
};

} // namespace orm::detail
