// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/membercolumn.h"
#include "core/session/rowtuple.h"

#include <functional>
#include <optional>

namespace orm {

class Session;

namespace detail {

template<typename T>
OrderTerm orderTerm(const Order<T> &order)
{
    return order.term;
}
template<typename T>
OrderTerm orderTerm(const OrderTerm &term)
{
    return term;
}
template<typename T, ColumnLike C>
OrderTerm orderTerm(const C &column)
{
    static_assert(std::same_as<T, typename C::Class>, "orm: the column is of another table");
    return {column.expression(), Qt::AscendingOrder};
}

void fetchColumns(Session &session, const Select &select, size_t columns,
                  const std::function<void(const PreparedStatement &)> &row);

} // namespace detail

/// A query for some columns of T's rows, or values computed from them; rows are tuples.
/// @see SQLAlchemy, Query.with_entities
template<typename T, typename... Values>
class ColumnQuery
{
public:
    using Row = std::tuple<Values...>;

    ColumnQuery(Session &session, Select select)
        : m_session(session)
        , m_select(std::move(select))
    {}

    ColumnQuery &where(const Condition<T> &condition)
    {
        m_select.where = m_select.where && condition.expression();
        return *this;
    }
    template<typename... Columns>
    ColumnQuery &groupBy(const Columns &...columns)
    {
        m_select.groupBy += QList<Expression>{columns.expression()...};
        return *this;
    }
    ColumnQuery &having(const Condition<T> &condition)
    {
        m_select.having = m_select.having && condition.expression();
        return *this;
    }
    template<typename... Orders>
    ColumnQuery &orderBy(const Orders &...orders)
    {
        (m_select.orderBy.append(detail::orderTerm<T>(orders)), ...);
        return *this;
    }
    ColumnQuery &distinct()
    {
        m_select.isDistinct = true;
        return *this;
    }
    ColumnQuery &limit(qint64 count)
    {
        m_select.limit = count;
        return *this;
    }
    ColumnQuery &offset(qint64 count)
    {
        m_select.offset = count;
        return *this;
    }

    QList<Row> all()
    {
        QList<Row> rows;
        detail::fetchColumns(m_session, m_select, sizeof...(Values),
                             [&rows](const PreparedStatement &row) {
                                 rows.append(detail::readTuple<Values...>(row));
                             });
        return rows;
    }
    std::optional<Row> first()
    {
        Select one = m_select;
        if (one.limit != 0)
            one.limit = 1;
        const QList<Row> rows = ColumnQuery(m_session, one).all();
        return rows.isEmpty() ? std::nullopt : std::optional<Row>(rows.first());
    }
    /// @throws NoResultFound, MultipleResultsFound
    Row one()
    {
        const QList<Row> rows = all();
        if (rows.isEmpty())
            detail::throwNone();
        if (rows.size() > 1)
            detail::throwMultiple();
        return rows.first();
    }
    /// The first column of the one row; nothing if there is none, or NULL.
    /// @throws MultipleResultsFound
    auto scalar()
    {
        using First = typename detail::IsOptional<std::tuple_element_t<0, Row>>::Inner;
        const QList<Row> rows = all();
        if (rows.size() > 1)
            detail::throwMultiple();
        return rows.isEmpty() ? std::optional<First>()
                              : std::optional<First>(std::get<0>(rows.first()));
    }

private:
    Session &m_session;
    Select m_select;
};

} // namespace orm
