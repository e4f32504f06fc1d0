// SPDX-License-Identifier: MIT
#include "core/expression/expression.h"

#include <algorithm>

namespace orm {

Expression Expression::column(const QString &name)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Column, name, {}, {}});
    return expression;
}

Expression Expression::column(const QString &name, const QString &table)
{
    Expression expression;
    expression.m_node
        = std::make_shared<Node>(Node{Kind::Column, name, {}, {}, table, !table.isEmpty()});
    return expression;
}

Expression Expression::ownColumn(const QString &name, const QString &table)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Column, name, {}, {}, table, false});
    return expression;
}

Expression Expression::exists(const QString &table, const QString &alias,
                              const Expression &condition)
{
    Expression expression;
    expression.m_node
        = std::make_shared<Node>(Node{Kind::Exists, table, {}, {condition}, alias, false});
    return expression;
}

Expression Expression::value(const StoredValue &value)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Value, {}, value, {}});
    return expression;
}

Expression Expression::binary(const Expression &left, const QString &operation,
                              const Expression &right)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Binary, operation, {}, {left, right}});
    return expression;
}

Expression Expression::unary(Kind kind, const Expression &operand)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{kind, {}, {}, {operand}});
    return expression;
}

Expression Expression::in(const Expression &operand, const QList<StoredValue> &values)
{
    QList<Expression> operands{operand};
    for (const StoredValue &value : values)
        operands.append(Expression::value(value));
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::In, {}, {}, operands});
    return expression;
}

Expression Expression::function(const QString &name, const QList<Expression> &arguments)
{
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Function, name, {}, arguments});
    return expression;
}

Expression Expression::sql(const QString &text, const QList<StoredValue> &values)
{
    QList<Expression> operands;
    for (const StoredValue &value : values)
        operands.append(Expression::value(value));
    Expression expression;
    expression.m_node = std::make_shared<Node>(Node{Kind::Sql, text, {}, operands});
    return expression;
}

Expression::Kind Expression::kind() const
{
    return m_node->kind;
}

const QString &Expression::text() const
{
    return m_node->text;
}

const QString &Expression::table() const
{
    return m_node->table;
}

bool Expression::isQualified() const
{
    return m_node->isQualified;
}

Expression Expression::requalified(const QString &table, const QString &other) const
{
    if (isNull())
        return *this;
    auto node = std::make_shared<Node>(*m_node);
    if (kind() == Kind::Column && isQualified() && node->table == table)
        node->table = other;
    for (Expression &operand : node->operands)
        operand = operand.requalified(table, other);
    Expression expression;
    expression.m_node = std::move(node);
    return expression;
}

int Expression::depth() const
{
    if (isNull())
        return 0;
    int most = 0;
    for (const Expression &operand : operands())
        most = std::max(most, operand.depth());
    return most + (kind() == Kind::Exists ? 1 : 0);
}

const StoredValue &Expression::boundValue() const
{
    return m_node->value;
}

const QList<Expression> &Expression::operands() const
{
    return m_node->operands;
}

} // namespace orm
