// SPDX-License-Identifier: MIT

// The members of a mapped struct that refer to other objects: of an object they ask its session, of a
// struct that is none yet they keep what they were given.

#include "core/session/relations.h"
#include "core/session/session.h"

#include <algorithm>

namespace orm {

namespace detail {

RelationMember::RelationMember() = default;

RelationMember::RelationMember(const RelationMember &other)
{
    if (other.m_given)
        m_given = std::make_unique<std::vector<InstancePointer>>(*other.m_given);
}

RelationMember::~RelationMember() = default;

void RelationMember::bind(InstanceState &owner, const RelationshipMapping &relationship)
{
    m_owner = &owner;
    m_relationship = &relationship;
    const std::vector<InstancePointer> given = takeGiven();
    for (const InstancePointer &item : given) {
        if (relationship.kind == RelationshipMapping::Kind::ManyToOne)
            setOne(item.get());
        else
            append(*item);
    }
}

std::vector<InstancePointer> RelationMember::takeGiven()
{
    std::vector<InstancePointer> given;
    if (m_given)
        given = std::move(*m_given);
    m_given.reset();
    m_items.clear();
    return given;
}

InstancePointer RelationMember::one() const
{
    if (m_owner)
        return relatedOne(*m_owner, *m_relationship);
    return m_given && !m_given->empty() ? m_given->front() : InstancePointer();
}

void RelationMember::setOne(InstanceState *target)
{
    if (m_owner) {
        Q_ASSERT(m_relationship); // both are set by bind()
        setRelatedOne(*m_owner, *m_relationship, target);
        return;
    }
    m_given.reset();
    if (target)
        m_given = std::make_unique<std::vector<InstancePointer>>(1, InstancePointer(target));
}

std::span<InstanceState *const> RelationMember::many() const
{
    if (m_owner) {
        Q_ASSERT(m_relationship); // both are set by bind()
        return relatedMany(*m_owner, *m_relationship);
    }
    m_items.clear();
    if (m_given) {
        for (const InstancePointer &item : *m_given)
            m_items.push_back(item.get());
    }
    return m_items;
}

bool RelationMember::contains(const InstanceState *item) const
{
    const auto items = many();
    return std::find(items.begin(), items.end(), item) != items.end();
}

void RelationMember::append(InstanceState &item)
{
    if (m_owner) {
        appendRelated(*m_owner, *m_relationship, item);
        return;
    }
    if (!m_given)
        m_given = std::make_unique<std::vector<InstancePointer>>();
    if (!contains(&item))
        m_given->emplace_back(&item);
}

void RelationMember::remove(InstanceState &item)
{
    if (m_owner)
        removeRelated(*m_owner, *m_relationship, item);
    else if (m_given)
        std::erase(*m_given, InstancePointer(&item));
}

void RelationMember::clear()
{
    const auto items = many();
    const std::vector<InstanceState *> all(items.begin(), items.end());
    for (InstanceState *item : all)
        remove(*item);
}

void RelationMember::assign(const RelationMember &other)
{
    if (&other == this || (!other.m_owner && !other.m_given))
        return; // the copy of an object's member says nothing
    const bool isOne = m_relationship
        ? m_relationship->kind == RelationshipMapping::Kind::ManyToOne
        : (other.m_relationship
           && other.m_relationship->kind == RelationshipMapping::Kind::ManyToOne);
    if (isOne) {
        setOne(other.one().get());
        return;
    }
    std::vector<InstancePointer> wanted;
    for (InstanceState *item : other.many())
        wanted.emplace_back(item);
    clear();
    for (const InstancePointer &item : wanted)
        append(*item);
}

} // namespace detail

} // namespace orm
