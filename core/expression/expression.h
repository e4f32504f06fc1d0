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
    enum class Kind { Column, Value, Binary, Not, IsNull, IsNotNull, In, Function, Exists, Sql };

    Expression() = default;
    static Expression column(const QString &name);
    /// With the table's name, or alias, before it.
    static Expression column(const QString &name, const QString &table);
    /// With the table's name before it where the statement has several tables.
    static Expression ownColumn(const QString &name, const QString &table);
    static Expression value(const StoredValue &value);
    /// @p operation: AND, OR, =, !=, <, <=, >, >=, LIKE, +, -, *, /
    static Expression binary(const Expression &left, const QString &operation,
                             const Expression &right);
    static Expression unary(Kind kind, const Expression &operand);
    /// @p operand IN (values); an empty list is never true
    static Expression in(const Expression &operand, const QList<StoredValue> &values);
    static Expression function(const QString &name, const QList<Expression> &arguments);
    /// EXISTS (SELECT 1 FROM @p table AS @p alias WHERE @p condition); no alias if that is empty.
    static Expression exists(const QString &table, const QString &alias,
                             const Expression &condition);
    /// SQL as it stands, with a `?` for each of @p values; never text that a user gave.
    static Expression sql(const QString &text, const QList<StoredValue> &values = {});

    bool isNull() const { return !m_node; }
    Kind kind() const;
    const QString &text() const; ///< column name, operator, function name, table or SQL
    const QString &table() const; ///< of a Column; of Exists the alias
    bool isQualified() const; ///< of a Column: whether the table is always named
    const StoredValue &boundValue() const; ///< of Kind::Value
    const QList<Expression> &operands() const;

    /// The same, where columns of @p table are those of @p other.
    Expression requalified(const QString &table, const QString &other) const;
    /// How deep Exists lies in Exists; 0 without one.
    int depth() const;

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
    QString table = {};
    bool isQualified = false;
};

} // namespace orm
