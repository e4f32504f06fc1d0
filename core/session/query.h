// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/membercolumn.h"
#include "core/mapping/relationcondition.h"
#include "core/session/columnquery.h"
#include "core/session/session.h"
#include "core/session/stream.h"

namespace orm {

namespace detail {
/// All rows of a mapper's table.
Select selectOf(const Mapper &mapper);
} // namespace detail

/// What all queries are, without their type.
class QueryBase
{
public:
    QueryBase(Session &session, const Mapper &mapper);

protected:
    /// At most @p most rows; all of them if it is negative.
    std::vector<InstancePointer> fetch(const Select &select, qint64 most = -1) const;
    void join(const RelationshipMapping &relationship, const Mapper &from, Join::Kind kind,
              const Expression &condition);
    void checkStream() const;
    std::vector<InstancePointer> fetchFirst() const;
    std::vector<InstancePointer> fetchOne(bool mustBe) const;
    qint64 fetchCount() const;
    bool fetchExists() const;
    qint64 updateAll(const QList<ColumnValue> &values) const;
    qint64 removeAll() const;
    void slice(qint64 from, qint64 to);
    void checkBulk() const;

    Session &m_session;
    const Mapper &m_mapper;
    Select m_select;
    Load m_load = Load::KeepLoaded;
    QList<LoadAlong> m_along;

private:
    std::vector<InstancePointer> fetchPlain(const Select &select, qint64 most) const;
    std::vector<InstancePointer> fetchJoined(const Select &select, qint64 most) const;
};

/// A query over T's rows. The methods that describe it return the query, so they chain; the others
/// run it.
/// @see SQLAlchemy, orm.Query
template<typename T>
class Query : private QueryBase
{
public:
    explicit Query(Session &session)
        : Query(session, Mapper::of<T>())
    {}
    Query(Session &session, const Mapper &mapper)
        : QueryBase(session, mapper)
    {}

    /// Several conditions are ANDed; one that is none changes nothing.
    Query &where(const Condition<T> &condition)
    {
        m_select.where = m_select.where && condition.expression();
        return *this;
    }
    Query &filter(const Condition<T> &condition) { return where(condition); }
    /// A condition made at run time, e.g. Expression::sql(u"length(name) > ?"_s, bound(5)).
    Query &where(const Expression &condition)
    {
        m_select.where = m_select.where && condition;
        return *this;
    }
    /// Only rows that @p member leads to another from that meets @p condition; a row for each such.
    /// Columns of both can then be selected, e.g. by select(). @see SQLAlchemy, Query.join
    template<auto member>
    Query &join(const Condition<detail::TargetClass<member>> &condition = {})
    {
        QueryBase::join(detail::relationshipOf<member>(),
                        Mapper::of<decltype(detail::classOf(member))>(), Join::Kind::Inner,
                        condition.expression());
        return *this;
    }
    /// The same by the relationship's name. @throws InvalidRequestError there is none
    Query &join(const QString &relationship, const Expression &condition = {})
    {
        QueryBase::join(m_mapper.relationship(relationship), m_mapper, Join::Kind::Inner,
                        condition);
        return *this;
    }
    /// The same, but rows that @p member leads nowhere from are there, too, once, with NULLs.
    template<auto member>
    Query &outerJoin()
    {
        QueryBase::join(detail::relationshipOf<member>(),
                        Mapper::of<decltype(detail::classOf(member))>(), Join::Kind::LeftOuter, {});
        return *this;
    }
    Query &outerJoin(const QString &relationship)
    {
        QueryBase::join(m_mapper.relationship(relationship), m_mapper, Join::Kind::LeftOuter, {});
        return *this;
    }
    /// Reads relationships along with the objects: load(selectIn<&Person::notes>()).
    Query &load(const LoadAlong &along)
    {
        m_along.append(along);
        return *this;
    }
    /// By columns, col<…>.desc() or, at run time, OrderTerms; in addition to what was there before.
    template<typename... Orders>
    Query &orderBy(const Orders &...orders)
    {
        (m_select.orderBy.append(detail::orderTerm<T>(orders)), ...);
        return *this;
    }
    Query &limit(qint64 count)
    {
        m_select.limit = count;
        return *this;
    }
    Query &offset(qint64 count)
    {
        m_select.offset = count;
        return *this;
    }
    /// Rows @p from to @p to - 1 of the result, counted from 0.
    Query &slice(qint64 from, qint64 to)
    {
        QueryBase::slice(from, to);
        return *this;
    }
    /// Objects that are loaded already get the database's values; unflushed changes are lost.
    Query &populateExisting()
    {
        m_load = Load::PopulateExisting;
        return *this;
    }
    /// Rows of this SQL, which must return the mapped columns by their names, instead of the table's.
    Query &fromSql(const QString &sql, const QList<StoredValue> &values = {})
    {
        m_select.source = Expression::sql(sql, values);
        return *this;
    }

    QList<Ref<T>> all() { return toRefs(fetch(m_select)); }
    Ref<T> first() { return toRef(fetchFirst()); }
    /// @throws MultipleResultsFound
    Ref<T> oneOrNone() { return toRef(fetchOne(false)); }
    /// @throws NoResultFound, MultipleResultsFound
    Ref<T> one() { return toRef(fetchOne(true)); }
    template<typename... Parts>
    Ref<T> get(const Parts &...key)
    {
        return m_session.get<T>(detail::makeKey<T>(key...), m_load);
    }
    qint64 count() { return fetchCount(); }
    bool exists() { return fetchExists(); }
    /// The rows one after the other, @p batch of them read at a time, so that not all are in memory.
    Stream<T> yieldPer(int batch)
    {
        checkStream();
        return Stream<T>(StreamBase(m_session, m_mapper, m_select, m_load, batch));
    }

    /// Some columns, or values computed from them, instead of objects.
    template<typename... Columns>
    ColumnQuery<T, typename Columns::Member...> select(const Columns &...columns)
    {
        Select select = m_select;
        select.columns = {columns.expression()...};
        return ColumnQuery<T, typename Columns::Member...>(m_session, select);
    }

    /// Changes all rows that meet the condition: update(col<&Vote::value>.set(col<&Vote::value> - 10)).
    /// Objects that are loaded follow. @returns rows changed
    template<typename... Assignments>
    qint64 update(const Assignments &...assignments)
    {
        const QList<Assignment<T>> all{assignments...};
        QList<ColumnValue> values;
        for (const Assignment<T> &assignment : all)
            values.append(assignment.value);
        return updateAll(values);
    }
    /// Deletes all rows that meet the condition. Objects that are loaded follow. @returns rows deleted
    qint64 remove() { return removeAll(); }

private:
    static QList<Ref<T>> toRefs(std::vector<InstancePointer> states)
    {
        QList<Ref<T>> refs;
        refs.reserve(static_cast<qsizetype>(states.size()));
        for (InstancePointer &state : states)
            refs.append(Ref<T>(std::move(state)));
        return refs;
    }
    static Ref<T> toRef(std::vector<InstancePointer> states)
    {
        return states.empty() ? Ref<T>() : Ref<T>(std::move(states.front()));
    }
};

inline Query<AnyObject> Session::query(const Mapper &mapper)
{
    return {*this, mapper};
}

} // namespace orm
