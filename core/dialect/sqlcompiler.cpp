// SPDX-License-Identifier: MIT
#include "core/dialect/sqlcompiler.h"

#include "core/dialect/dialect.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// How tightly an expression holds together; what stands alone is never put in brackets.
int precedence(const Expression &expression)
{
    constexpr int alone = 10;
    switch (expression.kind()) {
    case Expression::Kind::Binary:
        break;
    case Expression::Kind::Not:
        return 3;
    case Expression::Kind::IsNull:
    case Expression::Kind::IsNotNull:
    case Expression::Kind::In:
        return 4;
    case Expression::Kind::Sql:
        return 0; // nobody knows what is in it
    case Expression::Kind::Column:
    case Expression::Kind::Value:
    case Expression::Kind::Function:
        return alone;
    }
    const QString &operation = expression.text();
    if (operation == u"OR"_s)
        return 1;
    if (operation == u"AND"_s)
        return 2;
    if (operation == u"+"_s || operation == u"-"_s)
        return 5;
    if (operation == u"*"_s || operation == u"/"_s)
        return 6;
    return 4;
}

QString joined(const QList<Expression> &expressions, const Dialect &dialect,
               QList<StoredValue> &values)
{
    QStringList texts;
    for (const Expression &expression : expressions)
        texts.append(compile(expression, dialect, values));
    return texts.join(u", "_s);
}

QString joined(const QStringList &names, const Dialect &dialect)
{
    QStringList texts;
    for (const QString &name : names)
        texts.append(dialect.quote(name));
    return texts.join(u", "_s);
}

QString inBrackets(const QString &text, bool areNeeded)
{
    return areNeeded ? u'(' + text + u')' : text;
}

QString operand(const Expression &expression, int around, const Dialect &dialect,
                QList<StoredValue> &values)
{
    return inBrackets(compile(expression, dialect, values), precedence(expression) <= around);
}

QString binary(const Expression &expression, const Dialect &dialect, QList<StoredValue> &values)
{
    const int around = precedence(expression);
    const bool isJunction = around <= 2; // a AND (b AND c) is a AND b AND c
    const bool isComparison = around == 4;
    const QString left
        = operand(expression.operands().at(0), isComparison ? around : around - 1, dialect, values);
    const QString right
        = operand(expression.operands().at(1), isJunction ? around - 1 : around, dialect, values);
    return left + u' ' + expression.text() + u' ' + right;
}

/// The values as one JSON array, if all of them are exactly the same in it.
std::optional<StoredValue> jsonArray(const QList<Expression> &values)
{
    QJsonArray array;
    for (const Expression &expression : values) {
        const StoredValue &value = expression.boundValue();
        const bool isInteger = value.storageClass() == StorageClass::Integer;
        const bool isText = value.storageClass() == StorageClass::Text && value.isValidText()
            && !value.bytes().contains('\0'); // where SQLite would end it
        if (!isInteger && !isText)
            return {};
        array.append(isInteger ? QJsonValue(value.toInteger()) : QJsonValue(value.toString()));
    }
    return StoredValue::utf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QString inList(const QList<Expression> &list, const Dialect &dialect, QList<StoredValue> &values)
{
    if (list.size() > dialect.mostBoundInList()) {
        if (const auto array = jsonArray(list)) {
            values.append(*array);
            return dialect.arrayItems();
        }
    }
    return joined(list, dialect, values);
}

QString whereClause(const Expression &where, const Dialect &dialect, QList<StoredValue> &values)
{
    return where.isNull() ? QString() : u" WHERE "_s + compile(where, dialect, values);
}

QString fromClause(const Select &select, const Dialect &dialect, QList<StoredValue> &values)
{
    const QString table = dialect.quote(select.table);
    if (select.source.isNull())
        return u" FROM "_s + table;
    return u" FROM ("_s + compile(select.source, dialect, values) + u") AS "_s + table;
}

QString groupClause(const Select &select, const Dialect &dialect, QList<StoredValue> &values)
{
    QString clause;
    if (!select.groupBy.isEmpty())
        clause += u" GROUP BY "_s + joined(select.groupBy, dialect, values);
    if (!select.having.isNull())
        clause += u" HAVING "_s + compile(select.having, dialect, values);
    return clause;
}

QString orderClause(const Select &select, const Dialect &dialect, QList<StoredValue> &values)
{
    QStringList terms;
    for (const OrderTerm &term : select.orderBy)
        terms.append(compile(term.expression, dialect, values)
                     + (term.order == Qt::DescendingOrder ? u" DESC"_s : QString()));
    return terms.isEmpty() ? QString() : u" ORDER BY "_s + terms.join(u", "_s);
}

QString returningClause(const QStringList &names, const Dialect &dialect)
{
    return names.isEmpty() ? QString() : u" RETURNING "_s + joined(names, dialect);
}

} // namespace

QString compile(const Expression &expression, const Dialect &dialect, QList<StoredValue> &values)
{
    const QList<Expression> &operands = expression.operands();
    switch (expression.kind()) {
    case Expression::Kind::Column:
        return dialect.quote(expression.text());
    case Expression::Kind::Value:
        values.append(expression.boundValue());
        return u"?"_s;
    case Expression::Kind::Binary:
        return binary(expression, dialect, values);
    case Expression::Kind::Not:
        return u"NOT ("_s + compile(operands.at(0), dialect, values) + u')';
    case Expression::Kind::IsNull:
        return operand(operands.at(0), 4, dialect, values) + u" IS NULL"_s;
    case Expression::Kind::IsNotNull:
        return operand(operands.at(0), 4, dialect, values) + u" IS NOT NULL"_s;
    case Expression::Kind::In: {
        if (operands.size() == 1)
            return u"1 = 0"_s;
        const QString left = operand(operands.at(0), 4, dialect, values);
        return left + u" IN ("_s + inList(operands.mid(1), dialect, values) + u')';
    }
    case Expression::Kind::Function:
        return expression.text() + u'(' + joined(operands, dialect, values) + u')';
    case Expression::Kind::Sql:
        for (const Expression &value : operands)
            values.append(value.boundValue());
        return expression.text();
    }
    Q_UNREACHABLE();
}

CompiledStatement compile(const Select &select, const Dialect &dialect)
{
    CompiledStatement compiled;
    compiled.sql = u"SELECT "_s + (select.isDistinct ? u"DISTINCT "_s : QString());
    compiled.sql += joined(select.columns, dialect, compiled.values);
    compiled.sql += fromClause(select, dialect, compiled.values);
    compiled.sql += whereClause(select.where, dialect, compiled.values);
    compiled.sql += groupClause(select, dialect, compiled.values);
    compiled.sql += orderClause(select, dialect, compiled.values);
    compiled.sql += dialect.limitClause(select.limit, select.offset);
    return compiled;
}

CompiledStatement compile(const Insert &insert, const Dialect &dialect)
{
    CompiledStatement compiled;
    compiled.sql = u"INSERT INTO "_s + dialect.quote(insert.table);
    QStringList names;
    QList<Expression> values;
    for (const ColumnValue &value : insert.values) {
        names.append(value.column);
        values.append(value.value);
    }
    if (names.isEmpty())
        compiled.sql += u" DEFAULT VALUES"_s;
    else
        compiled.sql += u" ("_s + joined(names, dialect) + u") VALUES ("_s
            + joined(values, dialect, compiled.values) + u')';
    if (!insert.conflict.isEmpty()) {
        compiled.sql += u" ON CONFLICT ("_s + joined(insert.conflict, dialect) + u") DO "_s;
        QStringList assignments;
        for (const QString &name : insert.update)
            assignments.append(u"%1=excluded.%1"_s.arg(dialect.quote(name)));
        compiled.sql
            += assignments.isEmpty() ? u"NOTHING"_s : u"UPDATE SET "_s + assignments.join(u", "_s);
    }
    compiled.sql += returningClause(insert.returning, dialect);
    return compiled;
}

CompiledStatement compile(const Update &update, const Dialect &dialect)
{
    CompiledStatement compiled;
    QStringList assignments;
    for (const ColumnValue &value : update.values)
        assignments.append(dialect.quote(value.column) + u'='
                           + compile(value.value, dialect, compiled.values));
    compiled.sql
        = u"UPDATE "_s + dialect.quote(update.table) + u" SET "_s + assignments.join(u", "_s);
    compiled.sql += whereClause(update.where, dialect, compiled.values);
    compiled.sql += returningClause(update.returning, dialect);
    return compiled;
}

CompiledStatement compile(const Delete &remove, const Dialect &dialect)
{
    CompiledStatement compiled;
    compiled.sql = u"DELETE FROM "_s + dialect.quote(remove.table);
    compiled.sql += whereClause(remove.where, dialect, compiled.values);
    compiled.sql += returningClause(remove.returning, dialect);
    return compiled;
}

CompiledStatement compileCount(const Select &select, const Dialect &dialect)
{
    CompiledStatement compiled;
    const bool isWhole = select.limit < 0 && select.offset == 0 && select.groupBy.isEmpty()
        && select.having.isNull() && !select.isDistinct;
    if (isWhole) {
        compiled.sql = u"SELECT count(*)"_s + fromClause(select, dialect, compiled.values);
        compiled.sql += whereClause(select.where, dialect, compiled.values);
        return compiled;
    }
    compiled = compile(select, dialect);
    compiled.sql = u"SELECT count(*) FROM ("_s + compiled.sql + u')';
    return compiled;
}

CompiledStatement compileExists(const Select &select, const Dialect &dialect)
{
    Select one = select;
    one.orderBy.clear();
    if (one.groupBy.isEmpty() && !one.isDistinct)
        one.columns = {Expression::sql(u"1"_s)};
    CompiledStatement compiled = compile(one, dialect);
    compiled.sql = u"SELECT EXISTS ("_s + compiled.sql + u')';
    return compiled;
}

} // namespace orm
