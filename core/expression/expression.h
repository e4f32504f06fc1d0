// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/storedvalue.h"

#include <QList>
#include <QString>

#include <memory>

namespace orm {

/// A SQL expression as a value: a tree of columns, bound values and operators. Null is "none".
///
/// operators.h joins them at run time, mapping/membercolumn.h makes them from mapped members.
/// @see SQLAlchemy, sql.expression
class Expression
{
public:
    enum class Kind { Column, Value, Binary, Not, IsNull, IsNotNull, In, Function, Sql };

    Expression() = default;
    static Expression column(const QString &name);
    static Expression value(const StoredValue &value);
    /// @p operation: AND, OR, =, !=, <, <=, >, >=, LIKE, +, -, *, /
    static Expression binary(const Expression &left, const QString &operation,
                             const Expression &right);
    static Expression unary(Kind kind, const Expression &operand);
    /// @p operand IN (values); an empty list is never true
    static Expression in(const Expression &operand, const QList<StoredValue> &values);
    static Expression function(const QString &name, const QList<Expression> &arguments);
    /// SQL as it stands, with a `?` for each of @p values; never text that a user gave.
    static Expression sql(const QString &text, const QList<StoredValue> &values = {});

    bool isNull() const { return !m_node; }
    Kind kind() const;
    const QString &text() const; ///< column name, operator, function name or SQL
    const StoredValue &boundValue() const; ///< of Kind::Value
    const QList<Expression> &operands() const;

private:
    struct Node;

    std::shared_ptr<const Node> m_node;
};

struct Expression::Node
{
    Kind kind = Kind::Value;
    QString text;
    StoredValue value;
    QList<Expression> operands;
};

} // namespace orm
