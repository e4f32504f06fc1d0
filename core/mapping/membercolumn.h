// SPDX-License-Identifier: MIT
#pragma once

#include "core/expression/operators.h"
#include "core/expression/statement.h"
#include "core/mapping/mapper.h"

/// Mapped members in expressions: col<&Note::title> == u"x"_s && col<&Note::stars> + 1 > 3.
namespace orm {

/// A condition over the columns of T: typed leaves, a run-time tree. One made of nothing is no
/// condition.
template<typename T>
class Condition
{
public:
    Condition() = default;
    explicit Condition(Expression expression)
        : m_expression(std::move(expression))
    {}
    const Expression &expression() const { return m_expression; }

    friend Condition operator&&(const Condition &a, const Condition &b)
    {
        return Condition(a.m_expression && b.m_expression);
    }
    friend Condition operator||(const Condition &a, const Condition &b)
    {
        return Condition(a.m_expression || b.m_expression);
    }
    Condition operator!() const { return Condition(!m_expression); }

private:
    Expression m_expression;
};

/// One column of an order over T's rows.
template<typename T>
struct Order
{
    OrderTerm term;
};

/// One column = value of a bulk UPDATE over T's rows.
template<typename T>
struct Assignment
{
    ColumnValue value;
};

/// What has a column of a mapped class in it: MemberColumn or Computed.
template<typename C>
concept ColumnLike = requires(const C &column)
{
    typename C::Class;
    typename C::Value;
    typename C::Member;
    column.expression();
};

namespace detail {

/// Compares with an instant. Texts of one instant differ where other programs write no fraction,
/// so the bound that is the right one for all of them is taken.
Expression compareInstant(const Expression &column, const char *operation,
                          const QDateTime &instant);
Expression columnOf(const Mapper &mapper, quint64 tag);

template<typename Value, typename V>
consteval bool isComparable()
{
    if constexpr (std::integral<V> || std::floating_point<V>)
        return std::floating_point<
                   Value> || (std::integral<Value> && std::integral<V> && std::same_as<V, bool> == std::same_as<Value, bool>);
    else if constexpr (std::same_as<Value, QString>) // also u"…"
        return std::convertible_to<V, QStringView>;
    else
        return std::convertible_to<V, Value>;
}

/// The other side of a comparison with, or the new value of, a column of type Value.
template<typename Value, typename V>
Expression operandOf(const V &value)
{
    if constexpr (ColumnLike<V>) {
        static_assert(isComparable<Value, typename V::Value>(),
                      "orm: the column is compared with a column of another type");
        return value.expression();
    } else {
        static_assert(isComparable<Value, V>(),
                      "orm: the column is compared with a value of another type");
        if constexpr (std::integral<V>) // as it is: not cut to the size of the member
            return Expression::value(TypeTraits<V>::toStored(value));
        else if constexpr (std::same_as<Value, QString> && std::convertible_to<V, QStringView>)
            return Expression::value(TypeTraits<QString>::toStored(QStringView(value).toString()));
        else if constexpr (isComparable<Value, V>())
            return Expression::value(TypeTraits<Value>::toStored(Value(value)));
        else
            return {};
    }
}

template<ColumnLike C, typename V>
Condition<typename C::Class> compare(const C &column, const char *operation, const V &value)
{
    if constexpr (IsOptional<V>::value) {
        return compare(column, operation, *value);
    } else if constexpr (std::same_as<typename C::Value,
                                      QDateTime> && std::convertible_to<V, QDateTime>) {
        return Condition<typename C::Class>(compareInstant(column.expression(), operation, value));
    } else {
        return Condition<typename C::Class>(
            Expression::binary(column.expression(), QString::fromLatin1(operation),
                               operandOf<typename C::Value>(value)));
    }
}

template<ColumnLike C>
Condition<typename C::Class> nullCheck(const C &column, Expression::Kind kind)
{
    return Condition<typename C::Class>(Expression::unary(kind, column.expression()));
}

} // namespace detail

template<typename T, typename V>
class Computed;

/// What columns and computed values have in common; Derived is one of them.
template<typename Derived, typename T, typename M>
class ColumnOperations
{
public:
    using Class = T;
    using Member = M; ///< what a row has for it
    using Value = typename detail::IsOptional<M>::Inner;

    /// `%` is any text, `_` any character; SQLite's LIKE doesn't tell a from A.
    Condition<T> like(const QString &pattern) const
    {
        static_assert(std::same_as<Value, QString>, "orm: like() is for columns of text");
        return Condition<T>(Expression::binary(self().expression(), QStringLiteral("LIKE"),
                                               Expression::value(StoredValue::text(pattern))));
    }
    /// Any number of integers or texts; of other values some 32 000 at most.
    Condition<T> in(const QList<Value> &values) const
    {
        QList<StoredValue> stored;
        for (const Value &value : values)
            stored.append(TypeTraits<Value>::toStored(value));
        return Condition<T>(Expression::in(self().expression(), stored));
    }
    Condition<T> isNull() const { return detail::nullCheck(self(), Expression::Kind::IsNull); }
    Condition<T> isNotNull() const
    {
        return detail::nullCheck(self(), Expression::Kind::IsNotNull);
    }
    Order<T> asc() const { return {{self().expression(), Qt::AscendingOrder}}; }
    Order<T> desc() const { return {{self().expression(), Qt::DescendingOrder}}; }

private:
    const Derived &self() const { return static_cast<const Derived &>(*this); }
};

/// A value computed in the database from T's columns: a sum, a function.
template<typename T, typename M>
class Computed : public ColumnOperations<Computed<T, M>, T, M>
{
public:
    explicit Computed(Expression expression)
        : m_expression(std::move(expression))
    {}
    const Expression &expression() const { return m_expression; }

private:
    Expression m_expression;
};

/// A mapped member. Values are compared as the member would be stored.
template<auto pointer>
class MemberColumn
    : public ColumnOperations<MemberColumn<pointer>, decltype(detail::classOf(pointer)),
                              decltype(detail::memberOf(pointer))>
{
public:
    using Class = decltype(detail::classOf(pointer));
    using Value = typename detail::IsOptional<decltype(detail::memberOf(pointer))>::Inner;

    Expression expression() const
    {
        return detail::columnOf(Mapper::of<Class>(), detail::memberTag<pointer>);
    }
    /// For a bulk UPDATE: col<&Vote::value>.set(col<&Vote::value> - 10)
    template<typename V>
    Assignment<Class> set(const V &value) const
    {
        if constexpr (std::same_as<V, std::nullopt_t>)
            return {{expression().text(), Expression::value({})}};
        else
            return {{expression().text(), detail::operandOf<Value>(value)}};
    }
};

/// The column of a mapped member.
template<auto pointer>
inline constexpr MemberColumn<pointer> col;

// Comparing with std::nullopt, or an optional that is empty, is IS NULL. Any other comparison with
// NULL is neither true nor false in SQL: != u"x"_s doesn't find the rows without a value.

template<ColumnLike C, typename V>
Condition<typename C::Class> operator==(const C &column, const V &value)
{
    if constexpr (std::same_as<V, std::nullopt_t>)
        return column.isNull();
    else if constexpr (detail::IsOptional<V>::value)
        return value ? detail::compare(column, "=", *value) : column.isNull();
    else
        return detail::compare(column, "=", value);
}

template<ColumnLike C, typename V>
Condition<typename C::Class> operator!=(const C &column, const V &value)
{
    if constexpr (std::same_as<V, std::nullopt_t>)
        return column.isNotNull();
    else if constexpr (detail::IsOptional<V>::value)
        return value ? detail::compare(column, "!=", *value) : column.isNotNull();
    else
        return detail::compare(column, "!=", value);
}

template<ColumnLike C, typename V>
Condition<typename C::Class> operator<(const C &column, const V &value)
{
    return detail::compare(column, "<", value);
}

template<ColumnLike C, typename V>
Condition<typename C::Class> operator<=(const C &column, const V &value)
{
    return detail::compare(column, "<=", value);
}

template<ColumnLike C, typename V>
Condition<typename C::Class> operator>(const C &column, const V &value)
{
    return detail::compare(column, ">", value);
}

template<ColumnLike C, typename V>
Condition<typename C::Class> operator>=(const C &column, const V &value)
{
    return detail::compare(column, ">=", value);
}

namespace detail {

template<ColumnLike C, typename V>
auto compute(const C &column, const char *operation, const V &value)
{
    static_assert(std::is_arithmetic_v<typename C::Value>,
                  "orm: only numbers can be computed with");
    return Computed<typename C::Class, typename C::Member>(Expression::binary(
        column.expression(), QString::fromLatin1(operation), operandOf<typename C::Value>(value)));
}

template<typename M, ColumnLike C>
Computed<typename C::Class, M> call(const char *function, const C &column)
{
    return Computed<typename C::Class, M>(
        Expression::function(QString::fromLatin1(function), {column.expression()}));
}

template<typename V>
using SumOf = std::optional<std::conditional_t<std::integral<V>, qint64, double>>;

} // namespace detail

template<ColumnLike C, typename V>
auto operator+(const C &column, const V &value)
{
    return detail::compute(column, "+", value);
}

template<ColumnLike C, typename V>
auto operator-(const C &column, const V &value)
{
    return detail::compute(column, "-", value);
}

template<ColumnLike C, typename V>
auto operator*(const C &column, const V &value)
{
    return detail::compute(column, "*", value);
}

template<ColumnLike C, typename V>
auto operator/(const C &column, const V &value)
{
    return detail::compute(column, "/", value);
}

/// Rows: count(*).
template<typename T>
Computed<T, qint64> count()
{
    return Computed<T, qint64>(
        Expression::function(QStringLiteral("count"), {Expression::sql(QStringLiteral("*"))}));
}
/// Rows with a value in the column.
template<ColumnLike C>
Computed<typename C::Class, qint64> count(const C &column)
{
    return detail::call<qint64>("count", column);
}
/// Nothing for no rows.
template<ColumnLike C>
auto sum(const C &column)
{
    static_assert(std::is_arithmetic_v<typename C::Value>, "orm: only numbers have a sum");
    return detail::call<detail::SumOf<typename C::Value>>("sum", column);
}
template<ColumnLike C>
auto avg(const C &column)
{
    static_assert(std::is_arithmetic_v<typename C::Value>, "orm: only numbers have a mean");
    return detail::call<std::optional<double>>("avg", column);
}
template<ColumnLike C>
auto min(const C &column)
{
    return detail::call<std::optional<typename C::Value>>("min", column);
}
template<ColumnLike C>
auto max(const C &column)
{
    return detail::call<std::optional<typename C::Value>>("max", column);
}

} // namespace orm
