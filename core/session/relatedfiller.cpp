// SPDX-License-Identifier: MIT
#include "core/session/relatedfiller.h"

#include "core/mapping/mapper.h"
#include "core/session/relations.h"

namespace orm::detail {

namespace {

using Kind = RelationshipMapping::Kind;

/// Whether a child was given another parent since its row was read or written.
bool hasMoved(InstanceState &child, const RelationshipMapping &oneToMany, const InstanceState &from)
{
    if (!child.isLinked()) // as most that are loaded
        return false;
    const auto parent = linkedParent(child, child.mapper().foreignKey(oneToMany.foreignKey));
    return parent && parent->isChanged && parent->target != &from;
}

} // namespace

RelatedFiller::RelatedFiller(const RelationshipMapping &relationship)
    : m_relationship(relationship)
{}

RelatedFiller::~RelatedFiller()
{
    if (m_relationship.kind == Kind::ManyToOne)
        return;
    for (Open &open : m_open) {
        if (!open.state)
            continue;
        Links::Collection &collection = collectionOf(open);
        while (!collection.items.empty())
            open.state->links()->takeItem(collection, *collection.items.back());
        collection.items = std::move(open.before);
    }
}

Links::Collection &RelatedFiller::collectionOf(const Open &open)
{
    return open.state->links()->collections()[open.collection];
}

void RelatedFiller::begin(InstanceState &state)
{
    Open &open = m_open.emplace_back();
    if (m_relationship.kind == Kind::ManyToOne) {
        open.state = &state;
        return;
    }
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(m_relationship);
    if (collection.isLoaded)
        return;
    open.state = &state;
    open.collection = static_cast<size_t>(&collection - links.collections().data());
    for (const InstanceState *gone : collection.removed)
        open.without.insert(gone);
    open.before = std::exchange(collection.items, {});
    for (const InstanceState *item : open.before)
        open.without.insert(item);
}

void RelatedFiller::add(size_t place, InstanceState &item)
{
    Open &open = m_open[place];
    if (!open.state)
        return;
    InstanceState &state = *open.state;
    if (m_relationship.kind == Kind::ManyToOne) {
        const KeyColumns columns = state.mapper().foreignKey(m_relationship.foreignKey);
        const auto link = linkedParent(state, columns);
        if (!(link && link->isChanged))
            ownLinks(state).setParent(columns, &item);
        return;
    }
    const bool isThere = !open.without.isEmpty() && open.without.contains(&item);
    const bool isDirect = m_relationship.kind == Kind::OneToMany;
    if (!isThere && !(isDirect && hasMoved(item, m_relationship, state)))
        state.links()->addItem(collectionOf(open), item);
}

void RelatedFiller::end()
{
    for (const Open &open : m_open) {
        if (!open.state || m_relationship.kind == Kind::ManyToOne)
            continue;
        Links::Collection &collection = collectionOf(open);
        collection.items.insert(collection.items.end(), open.before.begin(), open.before.end());
        collection.isLoaded = true;
    }
    m_open.clear();
}

} // namespace orm::detail
