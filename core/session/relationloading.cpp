// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/dialect/sqlcompiler.h"
#include "core/engine/statementlease.h"
#include "core/session/relatedfiller.h"
#include "core/session/relations.h"
#include "core/session/session.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>
#include <span>

using namespace Qt::StringLiterals;

namespace orm {

namespace detail {

namespace {

using Kind = RelationshipMapping::Kind;

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

/// The rows of a ManyToMany's target: its columns, and behind them the @p owner's key.
Select selectAssociated(const RelationshipMapping &relationship, const QList<Expression> &owner)
{
    const Mapper &target = relationship.target();
    const Mapper &association = relationship.association();
    const QString &between = association.table().name;
    const QList<Expression> other
        = expressionsOf(association, association.foreignKey(relationship.targetKey), between);
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
    return select;
}

/// A SELECT of the rows that have one of some keys. Its text depends on their number alone, so it is made
/// once for all full chunks.
class SelectByKeys
{
public:
    SelectByKeys(Session &session, Select select, QList<Expression> columns)
        : m_session(session)
        , m_select(std::move(select))
        , m_columns(std::move(columns))
    {}

    StatementLease run(const QList<Key> &keys)
    {
        if (m_count != keys.size()) {
            m_select.where = isOneOf(m_columns, keys);
            m_sql = compile(m_select, m_session.connection().dialect()).sql;
            m_count = keys.size();
        }
        StatementLease statement = m_session.run({m_sql, {}});
        int index = 0;
        for (const Key &key : keys) {
            if (key.isInteger()) {
                statement->bindInteger(index++, key.number());
                continue;
            }
            const QList<StoredValue> values = key.toValues();
            for (const StoredValue &value : values)
                statement->bind(index++, value);
        }
        return statement;
    }

private:
    Session &m_session;
    Select m_select;
    QList<Expression> m_columns;
    QString m_sql;
    qsizetype m_count = 0; ///< keys that it is compiled for
};

Key keyIn(const PreparedStatement &row, std::span<const int> columns)
{
    QList<StoredValue> values;
    for (const int column : columns)
        values.append(row.columnValue(column));
    return Key::values(std::move(values));
}

/// The objects whose collections one statement reads, found by their keys.
class Owners
{
public:
    explicit Owners(const Mapper &mapper)
        : m_hasIntegerKey(mapper.hasIntegerKey())
    {}
    /// Does nothing with one that is there.
    void add(const InstancePointer &state)
    {
        const Key key = state->identity();
        if (m_places.contains(key))
            return;
        m_places.insert(key, m_states.size());
        m_keys.append(key);
        m_states.push_back(state);
    }
    void clear()
    {
        m_states.clear();
        m_keys.clear();
        m_places.clear();
        m_last.reset();
    }
    const std::vector<InstancePointer> &states() const { return m_states; }
    const QList<Key> &keys() const { return m_keys; }
    /// @returns a place among states()
    std::optional<size_t> find(const Key &key) const
    {
        const auto found = m_places.constFind(key);
        return found == m_places.constEnd() ? std::nullopt : std::optional(*found);
    }
    /// The same of the key in @p columns of a row.
    /// @param read becomes the key if that is one integer
    std::optional<size_t> find(const PreparedStatement &row, std::span<const int> columns,
                               RowPart::Known &read)
    {
        if (!m_hasIntegerKey)
            return find(keyIn(row, columns));
        qint64 &id = read.value;
        if (row.readInteger(columns.front(), id))
            read.column = columns.front();
        else // they were asked for by integers, so all of them are numbers
            id = row.columnInteger(columns.front());
        if (m_last && m_lastId == id) // rows mostly come owner by owner
            return m_last;
        m_last = find(Key::integer(id));
        m_lastId = id;
        return m_last;
    }

private:
    const bool m_hasIntegerKey;
    std::vector<InstancePointer> m_states;
    QList<Key> m_keys; ///< of the states
    QHash<Key, size_t> m_places;
    std::optional<size_t> m_last; ///< found
    qint64 m_lastId = 0; ///< its key
};

/// Loads the collections of a OneToMany or ManyToMany.
void loadCollections(Session &session, std::span<const InstancePointer> states,
                     const RelationshipMapping &relationship)
{
    const bool isDirect = relationship.kind == Kind::OneToMany;
    const Mapper &target = relationship.target();
    const Mapper &referring = isDirect ? target : relationship.association();
    const KeyColumns columns = referring.foreignKey(relationship.foreignKey);
    keyColumns(states.front()->mapper(), columns.size()); // checks
    const QList<Expression> owner
        = expressionsOf(referring, columns, isDirect ? QString() : referring.table().name);
    SelectByKeys select(session,
                        isDirect ? selectOf(target) : selectAssociated(relationship, owner), owner);
    std::vector<int> ownerInRow; // columns
    ownerInRow.reserve(KeyColumns::most);
    for (int i = 0; i < columns.size(); ++i)
        ownerInRow.push_back(isDirect ? columns.at(i)
                                      : static_cast<int>(target.table().columns.size()) + i);

    Owners owners(states.front()->mapper());
    const auto readThese = [&] {
        const StatementLease row = select.run(owners.keys()); // may flush before it reads
        RelatedFiller filler(relationship);
        filler.reserve(owners.states().size());
        for (const InstancePointer &state : owners.states())
            filler.begin(*state);
        while (row->step()) {
            RowPart part; // behind the target's columns stands what is no member of it
            const std::optional<size_t> place
                = owners.keys().size() == 1 ? 0 : owners.find(*row, ownerInRow, part.other);
            const InstancePointer item = session.load(target, *row, Load::KeepLoaded, part);
            if (place)
                filler.add(*place, *item);
        }
        filler.end();
        owners.clear();
    };
    const int chunk = keysAtOnce(session, columns.size());
    for (const InstancePointer &state : states) {
        Links *links = currentLinks(*state);
        const Links::Collection *collection = links ? links->findCollection(relationship) : nullptr;
        if (!hasRow(*state) || (collection && collection->isLoaded))
            continue;
        owners.add(state);
        if (owners.keys().size() == chunk)
            readThese();
    }
    if (!owners.keys().isEmpty())
        readThese();
}

void loadParents(Session &session, std::span<const InstancePointer> states,
                 const RelationshipMapping &relationship)
{
    const Mapper &target = relationship.target();
    const KeyColumns foreignKey = states.front()->mapper().foreignKey(relationship.foreignKey);
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
    SelectByKeys select(session, selectOf(target), expressionsOf(target, columns));
    const int chunk = keysAtOnce(session, columns.size());
    for (qsizetype i = 0; i < keys.size(); i += chunk) {
        const StatementLease row = select.run(keys.mid(i, chunk));
        while (row->step()) {
            const InstancePointer parent = session.load(target, *row);
            parents.insert(parent->identity(), parent);
        }
    }
    for (const InstancePointer &state : states) {
        const std::optional<Links::Parent> link = linkedParent(*state, foreignKey);
        if (link && link->isChanged)
            continue;
        const InstancePointer parent = parents.value(foreignKeyValue(*state, foreignKey));
        if (parent && !(link && link->target == parent.get()))
            ownLinks(*state).setParent(foreignKey, parent.get());
    }
}

} // namespace

void loadRelated(Session &session, std::span<const InstancePointer> states,
                 const RelationshipMapping &relationship)
{
    if (states.empty())
        return;
    if (relationship.kind == Kind::ManyToOne)
        loadParents(session, states, relationship);
    else
        loadCollections(session, states, relationship);
}

} // namespace detail

} // namespace orm
