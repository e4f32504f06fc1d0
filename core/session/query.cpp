// SPDX-License-Identifier: MIT
#include "core/session/query.h"

#include "core/dialect/sqlcompiler.h"
#include "core/engine/statementlease.h"
#include "core/session/bulk.h"
#include "core/session/relatedfiller.h"
#include "core/session/relations.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <list>

using namespace Qt::StringLiterals;

namespace orm {

namespace detail {

void throwNone()
{
    throw NoResultFound(u"No row was found when one was required"_s);
}

void throwMultiple()
{
    throw MultipleResultsFound(u"Multiple rows were found when one or none was required"_s);
}

void fetchColumns(Session &session, const Select &select, size_t columns,
                  const std::function<void(const PreparedStatement &)> &row)
{
    if (select.limit != 0)
        session.readRows(compile(select, session.connection().dialect()), columns, row);
}

Select selectOf(const Mapper &mapper)
{
    Select select;
    select.table = mapper.table().name;
    select.columns.reserve(mapper.table().columns.size());
    for (const Column &column : mapper.table().columns)
        select.columns.append(Expression::ownColumn(column.name, mapper.table().name));
    return select;
}

} // namespace detail

namespace {

/// Whether the row is sure to be that of @p state.
bool isRowOf(const PreparedStatement &row, const InstanceState &state)
{
    qint64 id = 0;
    return state.mapper().hasIntegerKey()
        && row.readInteger(state.mapper().primaryKey().front(), id)
        && id == state.integerIdentity();
}

} // namespace

QueryBase::QueryBase(Session &session, const Mapper &mapper)
    : m_session(session)
    , m_mapper(mapper)
    , m_select(detail::selectOf(mapper))
{}

std::vector<InstancePointer> QueryBase::fetchPlain(const Select &select, qint64 most) const
{
    std::vector<InstancePointer> states;
    const StatementLease statement
        = m_session.run(compile(select, m_session.connection().dialect()));
    while (static_cast<qint64>(states.size()) != most && statement->step())
        states.push_back(m_session.load(m_mapper, *statement, m_load));
    return states;
}

std::vector<InstancePointer> QueryBase::fetch(const Select &select, qint64 most) const
{
    if (select.limit == 0)
        return {};
    const bool isJoined = std::any_of(m_along.begin(), m_along.end(), [](const LoadAlong &along) {
        return along.how == LoadAlong::How::Joined;
    });
    std::vector<InstancePointer> states
        = isJoined ? fetchJoined(select, most) : fetchPlain(select, most);
    for (const LoadAlong &along : m_along) {
        if (along.how != LoadAlong::How::SelectIn)
            continue;
        std::vector<InstancePointer> level = states;
        for (qsizetype step = 0; step < along.path.size(); ++step) {
            const RelationshipMapping &relationship = *along.path.at(step);
            detail::loadRelated(m_session, level, relationship);
            if (step + 1 == along.path.size())
                break; // nobody asks for those at the end
            std::vector<InstancePointer> next; // one may come twice
            for (const InstancePointer &state : level)
                detail::appendTargets(*state, relationship, next);
            level = std::move(next);
        }
    }
    return states;
}

/// One statement: a row for each pair of an object and one that a relationship leads to.
std::vector<InstancePointer> QueryBase::fetchJoined(const Select &select, qint64 most) const
{
    const Dialect &dialect = m_session.connection().dialect();
    Select whole = select;
    if (select.limit >= 0 || select.offset > 0 || !select.joins.isEmpty() || select.isDistinct) {
        // The limit counts objects, so it is inside
        const CompiledStatement inner = compile(select, dialect);
        whole = Select();
        whole.table = select.table;
        whole.columns = select.columns;
        whole.source = Expression::sql(inner.sql, inner.values);
        whole.orderBy = select.orderBy;
    }
    struct Part
    {
        Part(const RelationshipMapping &joined, qsizetype column)
            : target(joined.target())
            , first(static_cast<int>(column))
            , filler(joined)
        {}

        const Mapper &target;
        int first; // of its columns in the row
        detail::RelatedFiller filler;
        QSet<std::pair<size_t, InstanceState *>> seen = {}; // with the places of the objects
        std::vector<std::pair<size_t, InstancePointer>> later = {}; // to be given to the filler
    };
    std::list<Part> parts;
    int number = 0;
    for (const LoadAlong &along : m_along) {
        if (along.how != LoadAlong::How::Joined)
            continue;
        const RelationshipMapping &relationship = *along.path.first();
        const Mapper &target = relationship.target();
        const QString alias = u"%1_%2"_s.arg(target.table().name).arg(++number);
        whole.joins
            += detail::aliasedJoins(m_mapper, relationship, Join::Kind::LeftOuter, alias, number);
        parts.emplace_back(relationship, whole.columns.size());
        for (const Column &column : target.table().columns)
            whole.columns.append(Expression::column(column.name, alias));
    }
    const StatementLease statement = m_session.run(compile(whole, dialect));
    // Another join makes a row of a pair for each of its own
    const bool mayRepeat = parts.size() > 1 || !select.joins.isEmpty() || !select.source.isNull();
    std::vector<InstancePointer> states;
    QHash<InstanceState *, size_t> places;
    size_t place = 0; // of the row before: those of an object mostly follow each other
    // One that is read anew forgets its links, also where it comes a second time
    const bool isLater = m_load == Load::PopulateExisting;
    while (statement->step()) {
        const bool isSame = !states.empty() && isRowOf(*statement, *states[place]);
        if (!isSame) {
            InstancePointer state = m_session.load(m_mapper, *statement, m_load);
            const auto known = places.constFind(state.get());
            place = known == places.constEnd() ? states.size() : *known;
            if (place == states.size()) {
                if (static_cast<qint64>(states.size()) == most)
                    break;
                places.insert(state.get(), place);
                for (Part &part : parts) {
                    if (!isLater)
                        part.filler.begin(*state);
                }
                states.push_back(std::move(state));
            }
        }
        for (Part &part : parts) {
            RowPart row{.first = part.first};
            const int key = part.target.primaryKey().front();
            if (part.target.hasIntegerKey()
                && statement->readInteger(part.first + key, row.key.value))
                row.key.column = key;
            else if (statement->columnClass(part.first + key) == StorageClass::Null)
                continue;
            InstancePointer item = m_session.load(part.target, *statement, m_load, row);
            if (mayRepeat) {
                const qsizetype before = part.seen.size();
                part.seen.insert({place, item.get()});
                if (part.seen.size() == before)
                    continue;
            }
            if (isLater)
                part.later.emplace_back(place, std::move(item));
            else
                part.filler.add(place, *item);
        }
    }
    for (Part &part : parts) {
        for (const InstancePointer &state : states) {
            if (isLater)
                part.filler.begin(*state);
        }
        for (const auto &[at, item] : part.later)
            part.filler.add(at, *item);
        part.filler.end();
    }
    return states;
}

void QueryBase::join(const RelationshipMapping &relationship, const Mapper &from, Join::Kind kind,
                     const Expression &condition)
{
    m_select.joins += detail::joins(from, relationship, kind);
    m_select.where = m_select.where && condition;
}

void QueryBase::checkStream() const
{
    if (!m_along.isEmpty())
        throw InvalidRequestError(u"A stream can't load relationships along: it has not all of its "
                                  "objects at once"_s);
}

std::vector<InstancePointer> QueryBase::fetchFirst() const
{
    Select select = m_select;
    if (select.limit != 0)
        select.limit = 1;
    return fetch(select);
}

std::vector<InstancePointer> QueryBase::fetchOne(bool mustBe) const
{
    std::vector<InstancePointer> states = fetch(m_select, 2); // two are enough to know
    if (states.size() > 1)
        detail::throwMultiple();
    if (states.empty() && mustBe)
        detail::throwNone();
    return states;
}

qint64 QueryBase::fetchCount() const
{
    if (m_select.limit == 0)
        return 0;
    const StatementLease statement
        = m_session.run(compileCount(m_select, m_session.connection().dialect()));
    return statement->step() ? statement->columnInteger(0) : 0;
}

bool QueryBase::fetchExists() const
{
    if (m_select.limit == 0)
        return false;
    const StatementLease statement
        = m_session.run(compileExists(m_select, m_session.connection().dialect()));
    return statement->step() && statement->columnInteger(0) != 0;
}

void QueryBase::slice(qint64 from, qint64 to)
{
    if (from < 0 || to < 0)
        throw InvalidRequestError(u"A slice counts from the beginning"_s);
    m_select.offset = from;
    m_select.limit = std::max<qint64>(to - from, 0);
}

void QueryBase::checkBulk() const
{
    if (m_select.limit >= 0 || m_select.offset > 0 || !m_select.orderBy.isEmpty()
        || !m_select.source.isNull() || !m_select.joins.isEmpty())
        throw InvalidRequestError(u"A bulk UPDATE or DELETE takes a condition only: no order, "
                                  "limit or SQL"_s);
}

qint64 QueryBase::updateAll(const QList<ColumnValue> &values) const
{
    checkBulk();
    return detail::updateRows(m_session, m_mapper, values, m_select.where);
}

qint64 QueryBase::removeAll() const
{
    checkBulk();
    return detail::deleteRows(m_session, m_mapper, m_select.where);
}

} // namespace orm
