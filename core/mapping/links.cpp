// SPDX-License-Identifier: MIT
#include "core/mapping/links.h"

#include <algorithm>
#include <utility>

namespace orm {

/// Objects that are or were linked with each other.
struct Links::Family
{
    std::vector<Links *> members;
    size_t referred = 0; ///< members with a Ref
};

Links::Links(InstanceState &owner)
    : m_owner(owner)
{}

void Links::enter(Family &family)
{
    m_family = &family;
    m_place = static_cast<quint32>(family.members.size());
    family.members.push_back(this);
    family.referred += m_owner.isReferred() ? 1 : 0;
}

Links::~Links()
{
    leaveFamily();
}

void Links::leaveFamily()
{
    if (!m_family)
        return;
    std::vector<Links *> &members = m_family->members;
    members[m_place] = members.back();
    members[m_place]->m_place = m_place;
    members.pop_back();
    if (m_owner.isReferred())
        --m_family->referred;
    if (members.empty())
        delete m_family;
    m_family = nullptr;
}

void Links::join(Links &a, Links &b)
{
    if (!a.m_family)
        a.enter(*new Family);
    if (!b.m_family)
        b.enter(*a.m_family);
    Family *large = a.m_family;
    Family *small = b.m_family;
    if (large == small)
        return;
    if (large->members.size() < small->members.size())
        std::swap(large, small); // so that an object moves a few times at most
    for (Links *member : small->members) {
        member->m_family = large;
        member->m_place = static_cast<quint32>(large->members.size());
        large->members.push_back(member);
    }
    large->referred += small->referred;
    delete small;
}

void Links::link(InstanceState &from, InstanceState &to)
{
    Links &target = to.makeLinks();
    ++target.m_incoming;
    join(from.makeLinks(), target);
}

void Links::unlink(InstanceState &to)
{
    Links &target = *to.links();
    if (--target.m_incoming == 0 && !to.isReferred())
        letGo(to);
}

/// Nobody refers to @p state, and nothing is linked to it: it goes, and with it those that only it
/// was linked to, one after the other, as a chain of them may be long.
void Links::letGo(InstanceState &state)
{
    std::vector<InstanceState *> gone{&state};
    while (!gone.empty()) {
        InstanceState *next = gone.back();
        gone.pop_back();
        std::vector<InstanceState *> targets;
        for (const Parent &parent : next->links()->m_parents) {
            if (parent.target)
                targets.push_back(parent.target);
        }
        for (Collection &collection : next->links()->m_collections)
            targets.insert(targets.end(), collection.items.begin(), collection.items.end());
        next->links()->m_parents.clear();
        next->links()->m_collections.clear();
        for (InstanceState *target : targets) {
            if (target != next && --target->links()->m_incoming == 0 && !target->isReferred())
                gone.push_back(target);
        }
        next->dropLinks();
        next->discard();
    }
}

void Links::rejoin()
{
    if (m_family)
        ++m_family->referred;
}

void Links::leave()
{
    if (m_family)
        --m_family->referred;
}

/// The last Ref to the object has gone.
void Links::abandon()
{
    Family *family = m_family;
    if (!family || --family->referred > 0) {
        if (m_incoming == 0)
            letGo(m_owner);
        return;
    }
    // Nobody can reach any of them any more
    const std::vector<Links *> members = std::move(family->members);
    delete family;
    std::vector<InstanceState *> states;
    states.reserve(members.size());
    for (Links *member : members) {
        member->m_family = nullptr;
        states.push_back(&member->m_owner);
    }
    for (InstanceState *state : states)
        state->dropLinks();
    for (InstanceState *state : states)
        state->discard();
}

Links::Parent *Links::findParent(KeyColumns columns)
{
    const auto found
        = std::find_if(m_parents.begin(), m_parents.end(),
                       [columns](const Parent &parent) { return parent.columns == columns; });
    return found == m_parents.end() ? nullptr : &*found;
}

Links::Collection *Links::findCollection(const RelationshipMapping &relationship)
{
    const auto found = std::find_if(
        m_collections.begin(), m_collections.end(),
        [&](const Collection &collection) { return collection.relationship == &relationship; });
    return found == m_collections.end() ? nullptr : &*found;
}

Links::Collection &Links::collection(const RelationshipMapping &relationship)
{
    if (Collection *known = findCollection(relationship))
        return *known;
    m_collections.emplace_back().relationship = &relationship;
    return m_collections.back();
}

Links::Parent &Links::setParent(KeyColumns columns, InstanceState *target)
{
    Parent *parent = findParent(columns);
    if (!parent) {
        m_parents.emplace_back().columns = columns;
        parent = &m_parents.back();
    }
    InstanceState *before = std::exchange(parent->target, target);
    if (target)
        link(m_owner, *target);
    if (before)
        unlink(*before);
    return *parent;
}

void Links::forgetParent(KeyColumns columns)
{
    setParent(columns, nullptr);
    std::erase_if(m_parents, [columns](const Parent &parent) { return parent.columns == columns; });
}

void Links::addItem(Collection &collection, InstanceState &item)
{
    collection.items.push_back(&item);
    link(m_owner, item);
}

bool Links::takeItem(Collection &collection, const InstanceState &item)
{
    // The one that was added last is the one that is taken out most often
    const auto found = std::find(collection.items.rbegin(), collection.items.rend(), &item);
    if (found == collection.items.rend())
        return false;
    InstanceState *taken = *found;
    collection.items.erase(std::next(found).base());
    std::erase(collection.added, taken);
    unlink(*taken);
    return true;
}

void Links::clear()
{
    const InstancePointer keep(&m_owner);
    const std::vector<Parent> parents = std::exchange(m_parents, {});
    const std::vector<Collection> collections = std::exchange(m_collections, {});
    for (const Parent &parent : parents) {
        if (parent.target)
            unlink(*parent.target);
    }
    for (const Collection &collection : collections) {
        for (InstanceState *item : collection.items)
            unlink(*item);
    }
}

void Links::settle()
{
    insertion = Insertion::None;
    isNoted = false;
    for (Parent &parent : m_parents) {
        parent.isChanged = false;
        parent.isLate = false;
    }
    for (Collection &collection : m_collections) {
        collection.added.clear();
        collection.removed.clear();
    }
}

void Links::unsettle()
{
    insertion = Insertion::None;
    isNoted = false;
    for (Parent &parent : m_parents) {
        parent.isChanged = parent.isChanged || parent.target;
        parent.isLate = false;
    }
    for (Collection &collection : m_collections) {
        collection.isLoaded = true;
        collection.added = collection.items;
        collection.removed.clear();
    }
}

bool Links::isChanged() const
{
    return std::any_of(m_parents.begin(), m_parents.end(),
                       [](const Parent &parent) { return parent.isChanged; })
        || std::any_of(m_collections.begin(), m_collections.end(),
                       [](const Collection &collection) { return collection.isChanged(); });
}

} // namespace orm
