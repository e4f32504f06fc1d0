// SPDX-License-Identifier: MIT
#include "core/session/graphflush.h"

#include "core/dialect/dialect.h"
#include "core/schema/reference.h"
#include "core/session/foreignkeys.h"
#include "core/session/relations.h"
#include "core/session/session.h"
#include "core/session/statementplans.h"
#include "core/session/walk.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

using Kind = RelationshipMapping::Kind;

constexpr auto bit = &StatementPlans::bit;

/// Whether the object is new and its row is not there yet.
bool isToCome(const InstanceState &state)
{
    return state.state == ObjectState::Pending
        && (!state.links() || state.links()->insertion != Links::Insertion::Done);
}

/// Whether the database is yet to give its key.
bool isWithoutKey(const InstanceState &state)
{
    return isToCome(state) && state.mapper().isKeyUnset(state.object());
}

/// Whether the foreign key gets a key that the database is yet to give.
bool isWaiting(const Links::Parent &parent)
{
    return parent.target && isWithoutKey(*parent.target);
}

[[noreturn]] void throwCircle(const QStringList &tables)
{
    QStringList names = tables;
    names.removeDuplicates();
    throw FlushError(u"Rows of %1 refer to each other in a circle, by foreign keys that can't be "
                     "NULL: there is no order in which they could be written"_s.arg(
                         u"'"_s + names.join(u"', '"_s) + u"'"_s));
}

QString quotedColumn(const Dialect &dialect, const Mapper &mapper, int column)
{
    return dialect.quote(mapper.table().columns.at(column).name);
}

QStringList quotedColumns(const Dialect &dialect, const Mapper &mapper, KeyColumns columns,
                          const QString &suffix)
{
    QStringList quoted;
    for (const int column : columns)
        quoted.append(quotedColumn(dialect, mapper, column) + suffix);
    return quoted;
}

/// The foreign keys of a table, each with the table that it refers to.
std::vector<std::pair<QString, KeyColumns>> foreignKeys(const Mapper &mapper)
{
    std::vector<std::pair<QString, KeyColumns>> keys;
    for (int column = 0; column < mapper.table().columns.size(); ++column) {
        const QString &references = mapper.table().columns.at(column).references;
        if (!references.isEmpty())
            keys.emplace_back(referenceOf(references).table, KeyColumns(column));
    }
    for (const ForeignKey &key : mapper.table().foreignKeys) {
        if (key.columns.size() > KeyColumns::most)
            continue; // of a table that nobody mapped
        KeyColumns columns;
        for (const QString &name : key.columns)
            columns.append(mapper.table().indexOf(name));
        keys.emplace_back(key.table, columns);
    }
    return keys;
}

} // namespace

GraphFlush::GraphFlush(Session &session)
    : m_session(session)
{}

void GraphFlush::resolve()
{
    m_late.clear();
    size_t done = 0;
    bool isMore = true;
    while (isMore) {
        isMore = look();
        isMore = cascadeDeletes(done) || isMore;
    }
    for (InstanceState *state : m_ready)
        syncForeignKeys(*state);
}

/// Looks at all changed relationships: what of them is to be written, and which objects are orphans
/// by them, which go.
/// @returns whether there were any
bool GraphFlush::look()
{
    m_ready.clear();
    m_associated.clear();
    std::vector<InstancePointer> orphans;
    const auto lookAt = [&](const InstancePointer &state) {
        if (!state->isLinked() || state->isMarkedDeleted)
            return;
        const InstanceState *holder = Links::holderOf(*state);
        if (holder && state->state == ObjectState::Pending) { // all that is known of it
            if (!isWithoutKey(*holder))
                m_ready.push_back(state.get());
            return;
        }
        bool isReady = false;
        for (const Links::Parent &parent : Links::parentsOf(*state)) {
            if (!parent.isChanged)
                continue;
            if (!parent.target && parent.collection
                && parent.collection->hasCascade(Cascade::DeleteOrphan)) {
                orphans.push_back(state);
                return;
            }
            isReady = isReady || !isWaiting(parent);
        }
        if (isReady)
            m_ready.push_back(state.get());
        const auto isAssociation = [](const Links::Collection &collection) {
            return collection.relationship->kind == Kind::ManyToMany && collection.isChanged();
        };
        Links *links = state->links();
        if (!links)
            return;
        const auto collections = links->collections();
        if (std::any_of(collections.begin(), collections.end(), isAssociation))
            m_associated.push_back(state.get());
    };
    detail::walk(m_session.m_new, lookAt);
    detail::walk(m_session.m_relinked, lookAt);
    for (const InstancePointer &orphan : orphans) {
        if (orphan->state == ObjectState::Pending)
            m_session.expungeAlone(*orphan);
        else if (orphan->state == ObjectState::Persistent)
            m_session.removeInstance(*orphan);
    }
    return !orphans.empty();
}

/// @returns whether anything has come of it
bool GraphFlush::cascadeDeletes(size_t &done)
{
    bool isMore = false;
    while (done < m_session.m_deleted.size()) {
        // Those of one class are looked at together, as what they are related to is read together
        const Mapper &mapper = m_session.m_deleted[done]->mapper();
        const size_t first = done;
        while (done < m_session.m_deleted.size() && &m_session.m_deleted[done]->mapper() == &mapper)
            ++done;
        if (mapper.relationships().empty())
            continue;
        const std::vector<InstancePointer> states(m_session.m_deleted.begin() + first,
                                                  m_session.m_deleted.begin() + done);
        for (const RelationshipMapping &relationship : mapper.relationships()) {
            const bool isDeleting = relationship.hasCascade(Cascade::Delete);
            if (relationship.kind != Kind::OneToMany && !isDeleting)
                continue;
            detail::loadRelated(m_session, states, relationship);
            for (const InstancePointer &state : states) {
                std::vector<InstancePointer> related;
                if (relationship.kind == Kind::ManyToOne) {
                    related.push_back(detail::relatedOne(*state, relationship));
                } else {
                    for (InstanceState *item : detail::loadCollection(*state, relationship).items)
                        related.emplace_back(item);
                }
                for (const InstancePointer &item : related) {
                    if (!item || item->isMarkedDeleted || item->session != &m_session)
                        continue;
                    isMore = true;
                    if (!isDeleting)
                        detail::removeRelated(*state, relationship, *item);
                    else if (item->state == ObjectState::Pending)
                        m_session.expungeAlone(*item);
                    else
                        m_session.removeInstance(*item);
                }
            }
        }
    }
    return isMore;
}

quint64 GraphFlush::deferredColumns(const InstanceState &state)
{
    quint64 columns = 0;
    for (const Links::Parent &parent : Links::parentsOf(state)) {
        if (parent.isChanged && isWaiting(parent)) {
            for (const int column : parent.columns)
                columns |= bit(static_cast<size_t>(column));
        }
    }
    return columns;
}

void GraphFlush::syncForeignKeys(InstanceState &state)
{
    if (state.isMarkedDeleted)
        return;
    const Mapper &mapper = state.mapper();
    for (const Links::Parent &parent : Links::parentsOf(state)) {
        if (!parent.isChanged)
            continue;
        if (!parent.target || parent.isLate) {
            if (!detail::isNullable(mapper, parent.columns)) {
                const QString &column = mapper.table().columns.at(parent.columns.first()).name;
                IntegrityError error(
                    IntegrityError::Constraint::NotNull,
                    u"%1.%2 must have a value, but the object refers to nothing any more"_s.arg(
                        mapper.table().name, column));
                error.table = mapper.table().name;
                error.columns = {column};
                throw error;
            }
            detail::clearForeignKey(state, parent.columns);
            continue;
        }
        if (!parent.target->session && parent.target->state == ObjectState::Transient)
            throw FlushError(
                u"A row of '%1' refers to an object of '%2' that is in no session"_s.arg(
                    mapper.table().name, parent.target->mapper().table().name));
        detail::followKey(state, parent.columns, *parent.target);
    }
}

void GraphFlush::insertParents(InstanceState &state, const Insert &insert)
{
    for (const Links::Parent &parent : state.links()->parents()) {
        if (parent.isChanged && parent.target && isToCome(*parent.target))
            insertInOrder(*parent.target, insert);
    }
    syncForeignKeys(state);
}

Links::Parent *GraphFlush::nextParent(const InstanceState &state) const
{
    for (Links::Parent &parent : state.links()->parents()) {
        if (!parent.isLate && parent.target && isToCome(*parent.target)
            && parent.target->session == &m_session)
            return &parent;
    }
    return nullptr;
}

void GraphFlush::insertNow(InstanceState &state, const Insert &insert)
{
    Links &links = *state.links();
    for (const Links::Parent &parent : links.parents()) {
        if (parent.isLate)
            m_late.push_back({&state, parent.columns});
    }
    syncForeignKeys(state);
    insert(state);
    links.insertion = Links::Insertion::Done;
}

void GraphFlush::insertInOrder(InstanceState &state, const Insert &insert)
{
    if (!state.isLinked()) {
        insert(state);
        return;
    }
    if (const InstanceState *holder = Links::holderOf(state); holder && !isToCome(*holder)) {
        syncForeignKeys(state); // nobody but its parent is linked to it, and that is there
        insert(state);
        return;
    }
    state.makeLinks(); // who is linked to it asks them whether it is there
    if (isToCome(state) && !nextParent(state)) { // most are: their parents are there
        insertNow(state, insert);
        return;
    }
    struct Step
    {
        InstanceState *state;
        Links::Parent *waitsFor = nullptr; // the one above it in the stack
    };
    // A stack of our own: a chain of parents may be longer than the thread's
    std::vector<Step> stack{{&state}};
    while (!stack.empty()) {
        Step &step = stack.back();
        InstanceState &present = *step.state;
        if (!isToCome(present)) {
            stack.pop_back();
            continue;
        }
        step.waitsFor = nextParent(present);
        if (!step.waitsFor) {
            insertNow(present, insert);
            stack.pop_back();
            continue;
        }
        InstanceState *next = step.waitsFor->target;
        present.links()->insertion = Links::Insertion::Running;
        if (next->makeLinks().insertion != Links::Insertion::Running) {
            stack.push_back({next});
            continue;
        }
        // A circle: one of its foreign keys must wait until both rows are there
        const auto begin = std::find_if(stack.begin(), stack.end(),
                                        [next](const Step &other) { return other.state == next; });
        const auto loose = std::find_if(begin, stack.end(), [](const Step &other) {
            return detail::isNullable(other.state->mapper(), other.waitsFor->columns);
        });
        if (loose == stack.end()) {
            QStringList tables;
            for (auto member = begin; member != stack.end(); ++member)
                tables.append(member->state->mapper().table().name);
            throwCircle(tables);
        }
        loose->waitsFor->isLate = true;
        for (auto above = std::next(loose); above != stack.end(); ++above)
            above->state->links()->insertion = Links::Insertion::None;
        stack.erase(std::next(loose), stack.end());
    }
}

/// Writes the members of a foreign key as they are, or, to @p clear it, NULL where that may be.
void GraphFlush::writeForeignKey(InstanceState &state, KeyColumns columns, bool clear)
{
    const Mapper &mapper = state.mapper();
    const Dialect &dialect = m_session.connection().dialect();
    QStringList assignments;
    QList<StoredValue> values;
    for (const int column : columns) {
        const bool isNotNull = mapper.columns()[static_cast<size_t>(column)].isNotNull;
        if (clear && isNotNull)
            continue;
        assignments.append(quotedColumn(dialect, mapper, column) + u"=?"_s);
        values.append(clear ? StoredValue() : mapper.value(state.object(), column));
    }
    QStringList condition;
    for (const int key : mapper.primaryKey())
        condition.append(quotedColumn(dialect, mapper, key) + u"=?"_s);
    PreparedStatement &statement = m_session.connection().cached(u"UPDATE %1 SET %2 WHERE %3"_s.arg(
        dialect.quote(mapper.table().name), assignments.join(u", "_s), condition.join(u" AND "_s)));
    const bool isNew = state.state == ObjectState::Pending;
    values += (isNew ? mapper.keyOf(state.object()) : state.identity()).toValues();
    for (int i = 0; i < values.size(); ++i)
        statement.bind(i, values.at(i));
    while (statement.step()) {}
}

void GraphFlush::writeRest()
{
    for (const LateKey &late : m_late) {
        Links::Parent *parent = late.state->links()->findParent(late.columns);
        parent->isLate = false;
        detail::followKey(*late.state, late.columns, *parent->target);
        writeForeignKey(*late.state, late.columns, false);
    }
    m_late.clear();
    writeAssociations();
}

void GraphFlush::writeAssociations()
{
    const Dialect &dialect = m_session.connection().dialect();
    const auto send = [this](const QString &sql, const QList<StoredValue> &values) {
        PreparedStatement &statement = m_session.connection().cached(sql);
        for (int i = 0; i < values.size(); ++i)
            statement.bind(i, values.at(i));
        while (statement.step()) {}
    };
    for (const InstancePointer &state : m_session.m_deleted) {
        for (const RelationshipMapping &relationship : state->mapper().relationships()) {
            if (relationship.kind != Kind::ManyToMany)
                continue;
            const Mapper &association = relationship.association();
            const KeyColumns own = association.foreignKey(relationship.foreignKey);
            send(u"DELETE FROM %1 WHERE %2"_s.arg(
                     dialect.quote(association.table().name),
                     quotedColumns(dialect, association, own, u"=?"_s).join(u" AND "_s)),
                 detail::keyValue(*state).toValues());
        }
    }
    // A pair that both sides know of is written once
    struct Row
    {
        const RelationshipMapping *relationship;
        InstanceState *owner;
        InstanceState *item;
    };
    std::vector<Row> removed;
    std::vector<Row> added;
    QSet<std::pair<InstanceState *, InstanceState *>> seen;
    const auto collect = [&](std::vector<Row> &rows, const Links::Collection &collection,
                             InstanceState *owner, InstanceState *item) {
        const RelationshipMapping &relationship = *collection.relationship;
        const bool isFirst = relationship.foreignKey < relationship.targetKey;
        const auto pair = isFirst ? std::pair(owner, item) : std::pair(item, owner);
        if (owner->isMarkedDeleted || item->isMarkedDeleted || seen.contains(pair))
            return;
        seen.insert(pair);
        rows.push_back({&relationship, owner, item});
    };
    for (InstanceState *state : m_associated) {
        for (const Links::Collection &collection : state->links()->collections()) {
            if (collection.relationship->kind != Kind::ManyToMany)
                continue;
            for (InstanceState *item : collection.removed)
                collect(removed, collection, state, item);
            for (InstanceState *item : collection.added)
                collect(added, collection, state, item);
        }
    }
    const auto keyOf = [](const InstanceState &state) {
        return (state.state == ObjectState::Pending ? state.mapper().keyOf(state.object())
                                                    : detail::keyValue(state))
            .toValues();
    };
    const auto columnsOf = [&](const Row &row, const QString &suffix) {
        const Mapper &association = row.relationship->association();
        const auto of = [&](const KeyTags &tags) {
            return quotedColumns(dialect, association, association.foreignKey(tags), suffix);
        };
        return of(row.relationship->foreignKey) + of(row.relationship->targetKey);
    };
    const auto tableOf = [&dialect](const Row &row) {
        return dialect.quote(row.relationship->association().table().name);
    };
    for (const Row &row : removed)
        send(u"DELETE FROM %1 WHERE %2"_s.arg(tableOf(row),
                                              columnsOf(row, u"=?"_s).join(u" AND "_s)),
             keyOf(*row.owner) + keyOf(*row.item));
    for (const Row &row : added) {
        const QStringList columns = columnsOf(row, {});
        send(u"INSERT INTO %1 (%2) VALUES (?%3)"_s.arg(tableOf(row), columns.join(u", "_s),
                                                       u", ?"_s.repeated(columns.size() - 1)),
             keyOf(*row.owner) + keyOf(*row.item));
    }
}

void GraphFlush::settle()
{
    const auto relinked = std::exchange(m_session.m_relinked, {});
    for (const InstancePointer &state : relinked)
        state->links()->settle();
}

std::vector<GraphFlush::DeleteStep>
GraphFlush::orderDeletes(const std::vector<InstanceState *> &states)
{
    struct Edge
    {
        size_t child;
        size_t parent;
        KeyColumns columns; ///< none once it is cleared
    };
    QHash<QString, QHash<Key, size_t>> places; // by table and key
    for (size_t i = 0; i < states.size(); ++i)
        places[states[i]->mapper().table().name].insert(states[i]->identity(), i);
    std::vector<Edge> edges;
    std::vector<std::vector<size_t>> parents(states.size()); // edges of a child
    std::vector<size_t> waiting(states.size()); // children not deleted yet
    for (size_t i = 0; i < states.size(); ++i) {
        const Mapper &mapper = states[i]->mapper();
        const void *stored = states[i]->snapshot() ? states[i]->snapshot() : states[i]->object();
        for (const auto &[name, columns] : foreignKeys(mapper)) {
            const auto table = places.constFind(name);
            if (table == places.constEnd())
                continue;
            const Key key = detail::keyIn(mapper, stored, columns);
            const auto parent = table->constFind(key);
            if (key.isNull() || parent == table->constEnd() || *parent == i)
                continue;
            parents[i].push_back(edges.size());
            edges.push_back({i, *parent, columns});
            ++waiting[*parent];
        }
    }
    std::vector<DeleteStep> steps;
    std::vector<bool> isDone(states.size());
    const auto finish = [&](size_t first) {
        std::vector<size_t> ready{first};
        while (!ready.empty()) {
            const size_t next = ready.back();
            ready.pop_back();
            isDone[next] = true;
            steps.push_back({states[next]});
            for (const size_t edge : parents[next]) {
                if (edges[edge].columns.size() > 0 && --waiting[edges[edge].parent] == 0
                    && !isDone[edges[edge].parent])
                    ready.push_back(edges[edge].parent);
            }
        }
    };
    for (size_t i = 0; i < states.size(); ++i) {
        if (!isDone[i] && waiting[i] == 0)
            finish(i);
    }
    // What is left refers to each other in circles: foreign keys that may be NULL open them
    for (Edge &edge : edges) {
        if (isDone[edge.child] || isDone[edge.parent]
            || !detail::isNullable(states[edge.child]->mapper(), edge.columns))
            continue;
        steps.push_back({states[edge.child], edge.columns});
        edge.columns = {};
        if (--waiting[edge.parent] == 0)
            finish(edge.parent);
    }
    if (std::find(isDone.begin(), isDone.end(), false) != isDone.end()) {
        QStringList tables;
        for (size_t i = 0; i < states.size(); ++i) {
            if (!isDone[i])
                tables.append(states[i]->mapper().table().name);
        }
        throwCircle(tables);
    }
    return steps;
}

void GraphFlush::unlink(const DeleteStep &step)
{
    writeForeignKey(*step.state, step.unlinked, true);
}

} // namespace orm
