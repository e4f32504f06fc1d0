// SPDX-License-Identifier: MIT
#include "core/mapping/links.h"

#include "core/mapping/mapper.h"

#include <algorithm>
#include <utility>

namespace orm {

namespace {

void append(PoolVector<InstanceState *> &items, InstanceState &item)
{
    constexpr size_t few = 8;
    if (items.capacity() == 0)
        items.reserve(few); // not one, two, four
    items.push_back(&item);
}

} // namespace

/// Objects that are or were linked with each other, as a list that runs through them.
struct Links::Family : Pooled
{
    Links *first = nullptr;
    size_t count = 0;
    size_t referred = 0; ///< members with a Ref

    void add(Links &member)
    {
        member.m_family = this;
        member.m_previous = nullptr;
        member.m_next = first;
        if (first)
            first->m_previous = &member;
        first = &member;
        ++count;
    }
    void remove(Links &member)
    {
        (member.m_previous ? member.m_previous->m_next : first) = member.m_next;
        if (member.m_next)
            member.m_next->m_previous = member.m_previous;
        member.m_family = nullptr;
        --count;
    }
};

Links::Links(InstanceState &owner, Links *holder)
    : m_owner(owner)
{
    if (!holder)
        return;
    m_incoming = 1;
    enter(holder->family());
}

void Links::enter(Family &family)
{
    family.add(*this);
    family.referred += m_owner.isReferred() ? 1 : 0;
}

Links::~Links()
{
    leaveFamily();
}

void Links::leaveFamily()
{
    Family *family = m_family;
    if (!family)
        return;
    family->remove(*this);
    if (m_owner.isReferred())
        --family->referred;
    if (family->count == 0)
        delete family;
}

void Links::join(Family &a, Family &b)
{
    Family *large = &a;
    Family *small = &b;
    if (large->count < small->count)
        std::swap(large, small); // so that an object moves a few times at most
    while (Links *member = small->first) {
        small->remove(*member);
        large->add(*member);
    }
    large->referred += small->referred;
    delete small;
}

Links::Family &Links::family()
{
    if (!m_family)
        enter(*new Family);
    return *m_family;
}

std::vector<InstanceState *> Links::targets() const
{
    std::vector<InstanceState *> targets;
    for (const Parent &parent : m_parents) {
        if (parent.target)
            targets.push_back(parent.target);
    }
    for (const Collection &collection : m_collections) {
        targets.insert(targets.end(), collection.items.begin(), collection.items.end());
        targets.insert(targets.end(), collection.removed.begin(), collection.removed.end());
    }
    return targets;
}

void Links::link(InstanceState &to)
{
    if (!to.isLinked()) {
        to.m_links = this;
        to.m_isHeld = true;
        return;
    }
    Links &target = to.makeLinks();
    ++target.m_incoming;
    Family &own = family();
    if (!target.m_family)
        target.enter(own);
    else if (target.m_family != &own)
        join(own, *target.m_family);
}

bool Links::isLinkedTo(const InstanceState &state)
{
    return state.m_isHeld || (state.links() && state.links()->m_incoming > 0);
}

bool Links::endHold(InstanceState &state)
{
    if (!state.m_isHeld)
        return false;
    state.m_links = nullptr;
    state.m_isHeld = false;
    state.m_heldAs = nullptr;
    return true;
}

void Links::unlink(InstanceState &to)
{
    if (endHold(to)) {
        if (!to.isReferred())
            to.discard();
        return;
    }
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
        const std::vector<InstanceState *> targets = next->links()->targets();
        next->links()->m_parents.clear();
        next->links()->m_collections.clear();
        for (InstanceState *target : targets) {
            if (endHold(*target)) {
                if (!target->isReferred())
                    target->discard();
            } else if (target != next && --target->links()->m_incoming == 0
                       && !target->isReferred())
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
    std::vector<InstanceState *> states;
    states.reserve(family->count);
    while (Links *member = family->first) {
        states.push_back(&member->m_owner);
        family->remove(*member);
        for (InstanceState *target : member->targets()) {
            if (endHold(*target) && !target->isReferred())
                states.push_back(target);
        }
    }
    delete family;
    for (InstanceState *state : states)
        state->dropLinks();
    for (InstanceState *state : states)
        state->discard();
}

const Links::Parent *Links::Parents::find(KeyColumns columns) const
{
    const auto *const found = std::find_if(
        begin(), end(), [columns](const Parent &parent) { return parent.columns == columns; });
    return found == end() ? nullptr : found;
}

Links::Parents Links::parentsOf(const InstanceState &state)
{
    Parents parents;
    if (Links *own = state.links()) {
        parents.m_own = own->parents();
    } else if (state.m_heldAs) {
        Parent &held = parents.m_held.emplace();
        held.columns = state.mapper().foreignKey(state.m_heldAs->foreignKey);
        held.isChanged
            = state.state == ObjectState::Pending || state.state == ObjectState::Transient;
        held.target = &state.m_links->m_owner;
        held.collection = state.m_heldAs;
    }
    return parents;
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
        parent = &m_parents.emplace_back();
        parent->columns = columns;
    }
    InstanceState *before = std::exchange(parent->target, target);
    if (target)
        link(*target);
    if (before)
        unlink(*before);
    return *parent;
}

void Links::forgetParent(KeyColumns columns)
{
    setParent(columns, nullptr);
    m_parents.removeIf([columns](const Parent &parent) { return parent.columns == columns; });
}

void Links::addItem(Collection &collection, InstanceState &item)
{
    append(collection.items, item);
    link(item);
}

void Links::addChild(Collection &collection, InstanceState &item)
{
    addItem(collection, item);
    append(collection.added, item);
    item.m_heldAs = collection.relationship;
}

void Links::releaseChildren()
{
    for (const Collection &collection : m_collections) {
        for (InstanceState *item : collection.items) {
            if (item->m_heldAs)
                item->makeLinks();
        }
    }
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

void Links::addRemoved(Collection &collection, InstanceState &item)
{
    collection.removed.push_back(&item);
    link(item);
}

bool Links::takeRemoved(Collection &collection, InstanceState &item)
{
    if (std::erase(collection.removed, &item) == 0)
        return false;
    unlink(item);
    return true;
}

void Links::forgetRemoved(Collection &collection)
{
    const PoolVector<InstanceState *> removed = std::exchange(collection.removed, {});
    std::for_each(removed.begin(), removed.end(), [](InstanceState *item) { unlink(*item); });
}

void Links::clear()
{
    const InstancePointer keep(&m_owner);
    releaseChildren();
    const auto parents = std::exchange(m_parents, {});
    const PoolVector<Collection> collections = std::exchange(m_collections, {});
    for (const Parent &parent : parents) {
        if (parent.target)
            unlink(*parent.target);
    }
    for (const Collection &collection : collections) {
        for (InstanceState *item : collection.items)
            unlink(*item);
        for (InstanceState *item : collection.removed)
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
        forgetRemoved(collection);
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
        forgetRemoved(collection);
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
