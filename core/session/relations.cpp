// SPDX-License-Identifier: MIT
#include "core/session/relations.h"

#include "core/dialect/dialect.h"
#include "core/session/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace detail {

namespace {

using Kind = RelationshipMapping::Kind;

QString nameOf(const InstanceState &state, const RelationshipMapping &relationship)
{
    return state.mapper().table().name + u'.'
        + QString::fromUtf8(relationship.name.data(),
                            static_cast<qsizetype>(relationship.name.size()));
}

Session &loadingSession(InstanceState &state, const RelationshipMapping &relationship)
{
    if (state.session)
        return *state.session;
    throw DetachedInstanceError(
        u"%1 is not loaded, and the object is in no session that could load it"_s.arg(
            nameOf(state, relationship)));
}

void checkLazy(const InstanceState &state, const RelationshipMapping &relationship)
{
    if (state.session->options().lazyLoads == LazyLoads::Refuse)
        throw InvalidRequestError(
            u"%1 is not loaded, and the session refuses to load it for one object alone: let the "
            "query load it, by selectIn or joined"_s.arg(nameOf(state, relationship)));
}

/// Without the list that a key of several columns has.
Key keyOfValue(const StoredValue &value)
{
    return value.storageClass() == StorageClass::Integer ? Key::integer(value.toInteger())
                                                         : Key::values({value});
}

InstanceState *known(Session &session, const Mapper &mapper, const Key &key)
{
    return key.isNull() ? nullptr : session.findLoaded(mapper, key);
}

/// The other side of a ManyToMany, or null.
const RelationshipMapping *backOf(const RelationshipMapping &manyToMany)
{
    for (const RelationshipMapping &other : manyToMany.target().relationships()) {
        if (other.kind == Kind::ManyToMany && other.foreignKey == manyToMany.targetKey
            && other.targetKey == manyToMany.foreignKey)
            return &other;
    }
    return nullptr;
}

/// The other side of a OneToMany, or null.
const RelationshipMapping *parentOf(const RelationshipMapping &oneToMany)
{
    for (const RelationshipMapping &other : oneToMany.target().relationships()) {
        if (other.kind == Kind::ManyToOne && other.foreignKey == oneToMany.foreignKey)
            return &other;
    }
    return nullptr;
}

/// Whom the foreign key refers to, as far as that is known without SQL.
/// @param likely may be the one; where the child has left its session, nobody else knows it
InstanceState *knownParent(InstanceState &child, KeyColumns columns, const Mapper &target,
                           InstanceState *likely = nullptr)
{
    const std::optional<Links::Parent> parent = linkedParent(child, columns);
    if (parent && parent->isChanged)
        return parent->target;
    if (!hasRow(child))
        return nullptr;
    if (child.session)
        return known(*child.session, target, foreignKeyValue(child, columns));
    for (InstanceState *one : {parent ? parent->target : nullptr, likely}) {
        if (one && !one->session && hasRow(*one)
            && one->identity() == foreignKeyValue(child, columns))
            return one;
    }
    return nullptr;
}

void noteChange(InstanceState &state)
{
    if (state.session)
        state.session->noteRelinked(state);
}

/// @returns false if it was there already
bool addTo(InstanceState &state, const RelationshipMapping &relationship, InstanceState &item)
{
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(relationship);
    collection.isLoaded = collection.isLoaded || !hasRow(state);
    // A new one is in no collection: without a search a long one is filled in no time
    if (Links::isLinkedTo(item)
        && std::find(collection.items.begin(), collection.items.end(), &item)
            != collection.items.end())
        return false;
    links.addItem(collection, item);
    if (!links.takeRemoved(collection, item))
        collection.added.push_back(&item);
    noteChange(state);
    return true;
}

/// Adds a new object that nothing is linked to and that has no member for its parent, so that it
/// need not keep it. It comes into the session with it.
void addChild(InstanceState &state, const RelationshipMapping &oneToMany, InstanceState &child)
{
    const InstancePointer keep(&child);
    state.session->addInstance(child);
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(oneToMany);
    collection.isLoaded = collection.isLoaded || !hasRow(state);
    links.addChild(collection, child);
    noteChange(state);
}

/// @returns false if it is known not to have been there
bool takeFrom(InstanceState &state, const RelationshipMapping &relationship, InstanceState &item)
{
    const InstancePointer keep(&item);
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(relationship);
    collection.isLoaded = collection.isLoaded || !hasRow(state);
    const bool wasAdded = std::find(collection.added.begin(), collection.added.end(), &item)
        != collection.added.end();
    const bool wasThere = links.takeItem(collection, item);
    if (wasAdded)
        return true;
    if (!wasThere && collection.isLoaded)
        return false;
    links.addRemoved(collection, item);
    noteChange(state);
    return true;
}

void cascadeBetween(InstanceState &a, InstanceState &b)
{
    if (a.session && !b.session && b.state == ObjectState::Transient)
        a.session->addInstance(b);
    else if (b.session && !a.session && a.state == ObjectState::Transient)
        b.session->addInstance(a);
}

/// The one place where a foreign key gets another object.
/// @param likely see knownParent()
void setParent(InstanceState &child, KeyColumns columns, const Mapper &parents,
               const RelationshipMapping *collection, InstanceState *target,
               InstanceState *likely = nullptr)
{
    const InstancePointer keepChild(&child);
    InstancePointer before(knownParent(child, columns, parents, likely));
    if (before && before.get() == target) {
        if (collection)
            addTo(*target, *collection, child);
        return;
    }
    if (child.state == ObjectState::Persistent)
        writable(&child); // the flush compares
    Links::Parent &link = ownLinks(child).setParent(columns, target);
    link.isChanged = true;
    link.collection = collection;
    noteChange(child);
    if (collection && before)
        takeFrom(*before, *collection, child);
    if (!target)
        return;
    if (collection)
        addTo(*target, *collection, child);
    cascadeBetween(child, *target);
}

} // namespace

std::optional<Links::Parent> linkedParent(InstanceState &state, KeyColumns columns)
{
    currentLinks(state);
    const Links::Parents parents = Links::parentsOf(state);
    const Links::Parent *const parent = parents.find(columns);
    return parent ? std::optional(*parent) : std::nullopt;
}

Links *currentLinks(InstanceState &state)
{
    Links *links = state.links();
    if (!links || !state.session || state.state != ObjectState::Persistent)
        return links;
    const quint32 epoch = state.session->epoch();
    if (links->epoch != epoch) {
        if (links->epoch != 0)
            links->clear();
        links->epoch = epoch;
    }
    return links;
}

Links &ownLinks(InstanceState &state)
{
    Links *links = currentLinks(state);
    if (!links) {
        links = &state.makeLinks();
        currentLinks(state);
    }
    return *links;
}

bool hasRow(const InstanceState &state)
{
    return state.state == ObjectState::Persistent || state.state == ObjectState::Deleted
        || state.state == ObjectState::Detached;
}

KeyColumns keyColumns(const Mapper &mapper, int count)
{
    if (static_cast<int>(mapper.primaryKey().size()) != count)
        throw InvalidRequestError(
            u"The key of '%1' has %2 columns, the foreign key of a relationship %3"_s.arg(
                mapper.table().name, QString::number(mapper.primaryKey().size()),
                QString::number(count)));
    KeyColumns columns;
    for (const int column : mapper.primaryKey())
        columns.append(column);
    return columns;
}

Key foreignKeyValue(InstanceState &state, KeyColumns columns)
{
    return keyIn(state.mapper(), readable(&state), columns);
}

Key keyIn(const Mapper &mapper, const void *object, KeyColumns columns)
{
    if (columns.size() == 1) {
        const StoredValue value = mapper.value(object, columns.first());
        return value.isNull() ? Key() : keyOfValue(value);
    }
    QList<StoredValue> values;
    values.reserve(columns.size());
    for (const int column : columns) {
        values.append(mapper.value(object, column));
        if (values.last().isNull())
            return {};
    }
    return Key::values(std::move(values));
}

const RelationshipMapping *collectionOf(const RelationshipMapping &manyToOne)
{
    for (const RelationshipMapping &other : manyToOne.target().relationships()) {
        if (other.kind == Kind::OneToMany && other.foreignKey == manyToOne.foreignKey)
            return &other;
    }
    return nullptr;
}

InstancePointer relatedOne(InstanceState &state, const RelationshipMapping &relationship)
{
    readable(&state);
    const KeyColumns columns = state.mapper().foreignKey(relationship.foreignKey);
    const Mapper &target = relationship.target();
    const std::optional<Links::Parent> link = linkedParent(state, columns);
    if (link && (link->isChanged || !hasRow(state)))
        return InstancePointer(link->target);
    const Key key = foreignKeyValue(state, columns);
    if (key.isNull() || (!state.session && !hasRow(state)))
        return {};
    if (link && link->target && link->target->identity() == key
        && link->target->state != ObjectState::Deleted)
        return InstancePointer(link->target);
    Session &session = loadingSession(state, relationship);
    const InstancePointer keep(&state);
    InstancePointer found(session.findLoaded(target, key));
    if (!found || session.isExpired(*found)) {
        keyColumns(target, columns.size()); // checks
        if (!found)
            checkLazy(state, relationship);
        found = session.getInstance(target, key, Load::KeepLoaded);
    }
    if (found)
        ownLinks(state).setParent(columns, found.get());
    return found;
}

void setRelatedOne(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState *target)
{
    setParent(state, state.mapper().foreignKey(relationship.foreignKey), relationship.target(),
              collectionOf(relationship), target);
}

Links::Collection &loadCollection(InstanceState &state, const RelationshipMapping &relationship)
{
    Links *links = currentLinks(state);
    Links::Collection *collection = links ? links->findCollection(relationship) : nullptr;
    if (collection && collection->isLoaded)
        return *collection;
    if (hasRow(state)) {
        Session &session = loadingSession(state, relationship);
        const InstancePointer one(&state);
        loadRelated(session, {&one, 1}, relationship);
    }
    Links::Collection &loaded = ownLinks(state).collection(relationship);
    loaded.isLoaded = true;
    return loaded;
}

std::span<InstanceState *const> relatedMany(InstanceState &state,
                                            const RelationshipMapping &relationship)
{
    readable(&state);
    Links *links = currentLinks(state);
    const Links::Collection *collection = links ? links->findCollection(relationship) : nullptr;
    if (!collection || !collection->isLoaded) {
        if (hasRow(state)) {
            loadingSession(state, relationship);
            checkLazy(state, relationship);
        }
        collection = &loadCollection(state, relationship);
    }
    return collection->items;
}

void appendRelated(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState &item)
{
    const InstancePointer keep(&state);
    if (relationship.kind == Kind::OneToMany) {
        const bool isFresh = !item.isLinked() && item.state == ObjectState::Transient;
        if (isFresh && state.session && !parentOf(relationship))
            return addChild(state, relationship, item);
        setParent(item, item.mapper().foreignKey(relationship.foreignKey), state.mapper(),
                  &relationship, &state);
        return;
    }
    // Else the other side, which may never have been read, would have it stored once more
    if (!addTo(state, relationship, item))
        return;
    if (const RelationshipMapping *back = backOf(relationship))
        addTo(item, *back, state);
    cascadeBetween(state, item);
}

void removeRelated(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState &item)
{
    const InstancePointer keep(&state);
    if (relationship.kind == Kind::OneToMany) {
        const KeyColumns columns = item.mapper().foreignKey(relationship.foreignKey);
        if (knownParent(item, columns, state.mapper(), &state) == &state)
            setParent(item, columns, state.mapper(), &relationship, nullptr, &state);
        return;
    }
    if (!takeFrom(state, relationship, item))
        return;
    if (const RelationshipMapping *back = backOf(relationship))
        takeFrom(item, *back, state);
}

void cascadeAdd(InstanceState &state)
{
    std::vector<InstancePointer> open; // added, but not yet what they are linked to
    const auto add = [&](InstanceState *target) {
        if (!target || target->session == state.session || target->wasDeleted)
            return;
        state.session->addAlone(*target);
        open.emplace_back(target);
    };
    const auto addTargets = [&](InstanceState &from) {
        Links *links = currentLinks(from);
        if (!links)
            return;
        for (const Links::Parent &parent : links->parents())
            add(parent.target);
        for (const Links::Collection &collection : links->collections())
            std::for_each(collection.items.begin(), collection.items.end(), add);
    };
    addTargets(state);
    while (!open.empty()) {
        const InstancePointer next = std::move(open.back());
        open.pop_back();
        addTargets(*next);
    }
}

void appendTargets(InstanceState &state, const RelationshipMapping &relationship,
                   std::vector<InstancePointer> &targets)
{
    if (relationship.kind == Kind::ManyToOne) {
        const auto parent = linkedParent(state, state.mapper().foreignKey(relationship.foreignKey));
        if (parent && parent->target)
            targets.emplace_back(parent->target);
        return;
    }
    Links *links = currentLinks(state);
    if (const Links::Collection *collection
        = links ? links->findCollection(relationship) : nullptr) {
        for (InstanceState *item : collection->items)
            targets.emplace_back(item);
    }
}

std::vector<InstancePointer> cascadeTargets(InstanceState &state, Cascade cascade)
{
    std::vector<InstancePointer> targets;
    for (const RelationshipMapping &relationship : state.mapper().relationships()) {
        if (relationship.hasCascade(cascade))
            appendTargets(state, relationship, targets);
    }
    return targets;
}

void bindRelationships(InstanceState &state)
{
    state.acquire(); // nobody has it yet, and being linked must not be its end
    for (const RelationshipMapping &relationship : state.mapper().relationships())
        relationship.locate(state.object())->bind(state, relationship);
    state.releaseKept();
}

} // namespace detail

} // namespace orm
