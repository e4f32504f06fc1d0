// SPDX-License-Identifier: MIT
#include "core/session/relations.h"

#include "core/dialect/dialect.h"
#include "core/session/session.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace detail {

namespace {

using Kind = RelationshipMapping::Kind;

/// Rows by a Select that was made here.
class Fetch : public QueryBase
{
public:
    using QueryBase::fetch;
    using QueryBase::QueryBase;

    Select &select() { return m_select; }
};

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

/// Whether the object has a row whose relationships could be asked for.
bool hasRow(const InstanceState &state)
{
    return state.state == ObjectState::Persistent || state.state == ObjectState::Deleted
        || state.state == ObjectState::Detached;
}

/// The columns of @p mapper's key that a foreign key of @p count columns refers to.
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

/// Without the list that a key of several columns has.
Key keyOfValue(const StoredValue &value)
{
    return value.storageClass() == StorageClass::Integer ? Key::integer(value.toInteger())
                                                         : Key::values({value});
}

Key foreignKeyValue(InstanceState &state, KeyColumns columns)
{
    return keyIn(state.mapper(), readable(&state), columns);
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

/// Whom the foreign key refers to, as far as that is known without SQL.
InstanceState *knownParent(InstanceState &child, KeyColumns columns, const Mapper &target)
{
    if (Links *links = currentLinks(child)) {
        if (const Links::Parent *parent = links->findParent(columns); parent && parent->isChanged)
            return parent->target;
    }
    if (!child.session || !hasRow(child))
        return nullptr;
    return known(*child.session, target, foreignKeyValue(child, columns));
}

/// Its links, to be changed.
Links &ownLinks(InstanceState &state)
{
    Links *links = currentLinks(state);
    if (!links) {
        links = &state.makeLinks();
        currentLinks(state);
    }
    return *links;
}

void noteChange(InstanceState &state)
{
    if (state.session)
        state.session->noteRelinked(state);
}

void addTo(InstanceState &state, const RelationshipMapping &relationship, InstanceState &item)
{
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(relationship);
    collection.isLoaded = collection.isLoaded || !hasRow(state);
    if (std::find(collection.items.begin(), collection.items.end(), &item)
        != collection.items.end())
        return;
    links.addItem(collection, item);
    const auto wasRemoved
        = std::find_if(collection.removed.begin(), collection.removed.end(),
                       [&item](const InstancePointer &other) { return other.get() == &item; });
    if (wasRemoved != collection.removed.end())
        collection.removed.erase(wasRemoved);
    else
        collection.added.push_back(&item);
    noteChange(state);
}

void takeFrom(InstanceState &state, const RelationshipMapping &relationship, InstanceState &item)
{
    const InstancePointer keep(&item);
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(relationship);
    collection.isLoaded = collection.isLoaded || !hasRow(state);
    const bool wasAdded = std::find(collection.added.begin(), collection.added.end(), &item)
        != collection.added.end();
    const bool wasThere = links.takeItem(collection, item);
    if (wasAdded || (!wasThere && collection.isLoaded))
        return;
    collection.removed.emplace_back(&item);
    noteChange(state);
}

void cascadeBetween(InstanceState &a, InstanceState &b)
{
    if (a.session && !b.session && b.state == ObjectState::Transient)
        a.session->addInstance(b);
    else if (b.session && !a.session && a.state == ObjectState::Transient)
        b.session->addInstance(a);
}

/// The one place where a foreign key gets another object.
void setParent(InstanceState &child, KeyColumns columns, const Mapper &parents,
               const RelationshipMapping *collection, InstanceState *target)
{
    const InstancePointer keepChild(&child);
    InstancePointer before(knownParent(child, columns, parents));
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

/// How many keys one statement asks for: OR does not go as deep as IN is long.
int keysAtOnce(Session &session, int columns)
{
    constexpr int ofSeveral = 100;
    const int most = session.connection().dialect().maxInList();
    return columns == 1 ? most : std::min(most, ofSeveral);
}

QList<Expression> expressionsOf(const Mapper &mapper, KeyColumns columns, const QString &table = {})
{
    QList<Expression> expressions;
    for (const int column : columns) {
        const QString &name = mapper.table().columns.at(column).name;
        expressions.append(table.isEmpty() ? Expression::column(name)
                                           : Expression::column(name, table));
    }
    return expressions;
}

/// Rows whose @p columns are one of @p keys.
Expression isOneOf(const QList<Expression> &columns, const QList<Key> &keys)
{
    if (columns.size() == 1 && keys.size() > 1) {
        QList<StoredValue> values;
        for (const Key &key : keys)
            values.append(key.toValues().first());
        return Expression::in(columns.first(), values);
    }
    Expression any;
    for (const Key &key : keys) {
        const QList<StoredValue> values = key.toValues();
        Expression all;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const Expression one
                = Expression::binary(columns.at(i), u"="_s, Expression::value(values.at(i)));
            all = all.isNull() ? one : Expression::binary(all, u"AND"_s, one);
        }
        any = any.isNull() ? all : Expression::binary(any, u"OR"_s, all);
    }
    return any;
}

Select selectBy(Fetch &fetch, const Mapper &mapper, KeyColumns columns, const QList<Key> &keys)
{
    Select select = fetch.select();
    select.where = isOneOf(expressionsOf(mapper, columns), keys);
    return select;
}

/// The rows of a ManyToMany for @p keys of its owners: the target's columns, and behind them the
/// owner's key.
std::vector<std::pair<Key, InstancePointer>>
readAssociated(Session &session, const RelationshipMapping &relationship, const QList<Key> &keys)
{
    const Mapper &target = relationship.target();
    const Mapper &association = relationship.association();
    const QString &between = association.table().name;
    const QList<Expression> owner
        = expressionsOf(association, foreignKeyOf(association, relationship.foreignKey), between);
    const QList<Expression> other
        = expressionsOf(association, foreignKeyOf(association, relationship.targetKey), between);
    const QList<Expression> targetKey = expressionsOf(
        target, keyColumns(target, static_cast<int>(other.size())), target.table().name);
    Select select;
    select.table = target.table().name;
    for (const Column &column : target.table().columns)
        select.columns.append(Expression::column(column.name, target.table().name));
    select.columns += owner;
    Expression tie;
    for (qsizetype i = 0; i < other.size(); ++i) {
        const Expression one = Expression::binary(other.at(i), u"="_s, targetKey.at(i));
        tie = tie.isNull() ? one : Expression::binary(tie, u"AND"_s, one);
    }
    select.joins.append({between, {}, Join::Kind::Inner, tie});
    select.where = isOneOf(owner, keys);
    std::vector<std::pair<Key, InstancePointer>> rows;
    const auto last = static_cast<int>(target.table().columns.size());
    session.readRows(compile(select, session.connection().dialect()), 0,
                     [&](const PreparedStatement &row) {
                         QList<StoredValue> key;
                         for (int i = 0; i < owner.size(); ++i)
                             key.append(row.columnValue(last + i));
                         rows.emplace_back(Key::values(std::move(key)), session.load(target, row));
                     });
    return rows;
}

/// Puts what was read into a collection, with what was changed meanwhile.
void fill(InstanceState &state, const RelationshipMapping &relationship,
          const std::vector<InstancePointer> &found)
{
    Links &links = ownLinks(state);
    Links::Collection &collection = links.collection(relationship);
    if (collection.isLoaded)
        return;
    QSet<const InstanceState *> without;
    for (const InstancePointer &gone : collection.removed)
        without.insert(gone.get());
    const std::vector<InstanceState *> added = collection.items;
    std::vector<InstanceState *> before = std::exchange(collection.items, {});
    for (const InstanceState *item : before)
        without.insert(item);
    for (const InstancePointer &item : found) {
        if (item && !without.contains(item.get()))
            links.addItem(collection, *item);
    }
    collection.items.insert(collection.items.end(), before.begin(), before.end());
    collection.isLoaded = true;
}

/// Loads @p states' objects into the collections of a OneToMany or ManyToMany.
std::vector<InstancePointer> loadCollections(Session &session,
                                             const std::vector<InstancePointer> &states,
                                             const RelationshipMapping &relationship)
{
    std::vector<InstancePointer> wanted;
    QHash<Key, size_t> places;
    QList<Key> keys;
    for (const InstancePointer &state : states) {
        Links *links = currentLinks(*state);
        const Links::Collection *collection = links ? links->findCollection(relationship) : nullptr;
        if (!hasRow(*state) || (collection && collection->isLoaded))
            continue;
        const Key key = state->identity();
        if (places.contains(key))
            continue;
        places.insert(key, wanted.size());
        wanted.push_back(state);
        keys.append(key);
    }
    std::vector<std::vector<InstancePointer>> found(wanted.size());
    const bool isDirect = relationship.kind == Kind::OneToMany;
    const Mapper &target = relationship.target();
    const KeyColumns columns
        = foreignKeyOf(isDirect ? target : relationship.association(), relationship.foreignKey);
    if (!wanted.empty())
        keyColumns(wanted.front()->mapper(), columns.size()); // checks
    const int chunk = keysAtOnce(session, columns.size());
    for (qsizetype i = 0; i < keys.size(); i += chunk) {
        const QList<Key> some = keys.mid(i, chunk);
        if (!isDirect) {
            for (auto &[owner, item] : readAssociated(session, relationship, some)) {
                const auto place = places.constFind(owner);
                if (place != places.constEnd())
                    found[*place].push_back(std::move(item));
            }
            continue;
        }
        Fetch fetch(session, target);
        const Select select = selectBy(fetch, target, columns, some);
        if (some.size() == 1) { // whatever an object's own unflushed foreign key says
            found[static_cast<size_t>(*places.constFind(some.first()))] = fetch.fetch(select);
            continue;
        }
        for (InstancePointer &item : fetch.fetch(select)) {
            const auto place = places.constFind(keyIn(target, readable(item.get()), columns));
            if (place != places.constEnd())
                found[*place].push_back(std::move(item));
        }
    }
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (isDirect) { // those that have moved meanwhile
            std::erase_if(found[i], [&](const InstancePointer &item) {
                Links *links = currentLinks(*item);
                const Links::Parent *parent = links ? links->findParent(columns) : nullptr;
                return parent && parent->isChanged && parent->target != wanted[i].get();
            });
        }
        fill(*wanted[i], relationship, found[i]);
    }
    std::vector<InstancePointer> all;
    for (const InstancePointer &state : states) {
        Links *links = currentLinks(*state);
        if (const Links::Collection *collection
            = links ? links->findCollection(relationship) : nullptr) {
            for (InstanceState *item : collection->items)
                all.emplace_back(item);
        }
    }
    return all;
}

std::vector<InstancePointer> loadParents(Session &session,
                                         const std::vector<InstancePointer> &states,
                                         const RelationshipMapping &relationship)
{
    const Mapper &target = relationship.target();
    std::vector<InstancePointer> all;
    if (states.empty())
        return all;
    const KeyColumns foreignKey = foreignKeyOf(states.front()->mapper(), relationship.foreignKey);
    const KeyColumns columns = keyColumns(target, foreignKey.size());
    QSet<Key> asked;
    QList<Key> keys;
    QHash<Key, InstancePointer> parents;
    for (const InstancePointer &state : states) {
        const Key key = foreignKeyValue(*state, foreignKey);
        if (key.isNull() || asked.contains(key))
            continue;
        asked.insert(key);
        if (InstanceState *loaded = session.findLoaded(target, key);
            loaded && !session.isExpired(*loaded))
            parents.insert(key, InstancePointer(loaded));
        else
            keys.append(key);
    }
    const int chunk = keysAtOnce(session, columns.size());
    for (qsizetype i = 0; i < keys.size(); i += chunk) {
        Fetch fetch(session, target);
        for (InstancePointer &parent :
             fetch.fetch(selectBy(fetch, target, columns, keys.mid(i, chunk))))
            parents.insert(parent->identity(), parent);
    }
    for (const InstancePointer &state : states) {
        currentLinks(*state);
        const Links::Parent *link
            = state->links() ? state->links()->findParent(foreignKey) : nullptr;
        InstancePointer parent;
        if (link && link->isChanged)
            parent = InstancePointer(link->target);
        else
            parent = parents.value(foreignKeyValue(*state, foreignKey));
        if (!parent)
            continue;
        if (!link || link->target != parent.get())
            ownLinks(*state).setParent(foreignKey, parent.get());
        all.push_back(parent);
    }
    return all;
}

} // namespace

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

KeyColumns foreignKeyOf(const Mapper &mapper, const KeyTags &tags)
{
    KeyColumns columns;
    for (const quint64 tag : tags) {
        if (!tag)
            break;
        const int column = mapper.columnOf(tag);
        if (column < 0)
            throw InvalidRequestError(
                u"The foreign key of a relationship is no column of '%1'"_s.arg(
                    mapper.table().name));
        columns.append(column);
    }
    return columns;
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
    const KeyColumns columns = foreignKeyOf(state.mapper(), relationship.foreignKey);
    const Mapper &target = relationship.target();
    Links *links = currentLinks(state);
    const Links::Parent *link = links ? links->findParent(columns) : nullptr;
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
    setParent(state, foreignKeyOf(state.mapper(), relationship.foreignKey), relationship.target(),
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
        loadCollections(session, {InstancePointer(&state)}, relationship);
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
        setParent(item, foreignKeyOf(item.mapper(), relationship.foreignKey), state.mapper(),
                  &relationship, &state);
        return;
    }
    addTo(state, relationship, item);
    if (const RelationshipMapping *back = backOf(relationship))
        addTo(item, *back, state);
    cascadeBetween(state, item);
}

void removeRelated(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState &item)
{
    const InstancePointer keep(&state);
    if (relationship.kind == Kind::OneToMany) {
        const KeyColumns columns = foreignKeyOf(item.mapper(), relationship.foreignKey);
        if (knownParent(item, columns, state.mapper()) == &state)
            setParent(item, columns, state.mapper(), &relationship, nullptr);
        return;
    }
    takeFrom(state, relationship, item);
    if (const RelationshipMapping *back = backOf(relationship))
        takeFrom(item, *back, state);
}

std::vector<InstancePointer> loadRelated(Session &session,
                                         const std::vector<InstancePointer> &states,
                                         const RelationshipMapping &relationship)
{
    return relationship.kind == Kind::ManyToOne ? loadParents(session, states, relationship)
                                                : loadCollections(session, states, relationship);
}

void fillRelated(const std::vector<Pair> &pairs, const RelationshipMapping &relationship)
{
    if (relationship.kind == Kind::ManyToOne) {
        for (const Pair &pair : pairs) {
            const KeyColumns columns = foreignKeyOf(pair.state->mapper(), relationship.foreignKey);
            Links &links = ownLinks(*pair.state);
            const Links::Parent *link = links.findParent(columns);
            if (pair.related && !(link && link->isChanged))
                links.setParent(columns, pair.related.get());
        }
        return;
    }
    std::vector<InstancePointer> states;
    QHash<InstanceState *, std::vector<InstancePointer>> found;
    for (const Pair &pair : pairs) {
        std::vector<InstancePointer> &items = found[pair.state.get()];
        if (items.empty())
            states.push_back(pair.state);
        const bool isThere = std::find(items.begin(), items.end(), pair.related) != items.end();
        if (!isThere) // another join makes a row of it for each of its own
            items.push_back(pair.related);
    }
    for (const InstancePointer &state : states)
        fill(*state, relationship, found[state.get()]);
}

void cascadeAdd(InstanceState &state)
{
    std::vector<InstancePointer> open{InstancePointer(&state)};
    while (!open.empty()) {
        const InstancePointer next = std::move(open.back());
        open.pop_back();
        Links *links = currentLinks(*next);
        if (!links)
            continue;
        std::vector<InstancePointer> targets;
        for (const Links::Parent &parent : links->parents())
            targets.emplace_back(parent.target);
        for (const Links::Collection &collection : links->collections()) {
            for (InstanceState *item : collection.items)
                targets.emplace_back(item);
        }
        for (const InstancePointer &target : targets) {
            if (!target || target->session == state.session || target->wasDeleted)
                continue;
            state.session->addAlone(*target);
            open.push_back(target);
        }
    }
}

std::vector<InstancePointer> cascadeTargets(InstanceState &state, Cascade cascade)
{
    std::vector<InstancePointer> targets;
    Links *links = currentLinks(state);
    if (!links)
        return targets;
    for (const RelationshipMapping &relationship : state.mapper().relationships()) {
        if (!relationship.hasCascade(cascade))
            continue;
        if (relationship.kind == Kind::ManyToOne) {
            const Links::Parent *parent
                = links->findParent(foreignKeyOf(state.mapper(), relationship.foreignKey));
            if (parent && parent->target)
                targets.emplace_back(parent->target);
        } else if (const Links::Collection *collection = links->findCollection(relationship)) {
            for (InstanceState *item : collection->items)
                targets.emplace_back(item);
        }
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
