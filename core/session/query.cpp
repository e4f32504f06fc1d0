// SPDX-License-Identifier: MIT
#include "core/session/query.h"

#include "core/dialect/sqlcompiler.h"
#include "core/engine/statementlease.h"
#include "core/session/bulk.h"

using namespace Qt::StringLiterals;

namespace orm {

namespace {

StatementLease run(Session &session, const CompiledStatement &compiled)
{
    session.aboutToRead();
    StatementLease statement = session.connection().lease(compiled.sql);
    for (int i = 0; i < compiled.values.size(); ++i)
        statement->bind(i, compiled.values.at(i));
    return statement;
}

} // namespace

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

} // namespace detail

QueryBase::QueryBase(Session &session, const Mapper &mapper)
    : m_session(session)
    , m_mapper(mapper)
{
    m_select.table = mapper.table().name;
    m_select.columns.reserve(mapper.table().columns.size());
    for (const Column &column : mapper.table().columns)
        m_select.columns.append(Expression::column(column.name));
}

std::vector<InstancePointer> QueryBase::fetch(const Select &select, qint64 most) const
{
    std::vector<InstancePointer> states;
    if (select.limit == 0)
        return states;
    const StatementLease statement
        = run(m_session, compile(select, m_session.connection().dialect()));
    while (static_cast<qint64>(states.size()) != most && statement->step())
        states.push_back(m_session.load(m_mapper, *statement, m_load));
    return states;
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
        = run(m_session, compileCount(m_select, m_session.connection().dialect()));
    return statement->step() ? statement->columnInteger(0) : 0;
}

bool QueryBase::fetchExists() const
{
    if (m_select.limit == 0)
        return false;
    const StatementLease statement
        = run(m_session, compileExists(m_select, m_session.connection().dialect()));
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
        || !m_select.source.isNull())
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
