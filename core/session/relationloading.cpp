// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/session/relations.h"
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

} // namespace detail

} // namespace orm
