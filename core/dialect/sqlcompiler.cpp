// SPDX-License-Identifier: MIT
#include "core/dialect/sqlcompiler.h"

#include "core/dialect/dialect.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// Where what is compiled goes.
struct Scope
{
    const Dialect &dialect;
    QList<StoredValue> &values;
    bool isQualified = false; ///< columns are written with their tables
};

QString compile(const Expression &expression, const Scope &scope);

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
    case Expression::Kind::Exists:
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

QString joined(const QList<Expression> &expressions, const Scope &scope)
{
    QStringList texts;
    for (const Expression &expression : expressions)
        texts.append(compile(expression, scope));
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

QString operand(const Expression &expression, int around, const Scope &scope)
{
    return inBrackets(compile(expression, scope), precedence(expression) <= around);
}

QString binary(const Expression &expression, const Scope &scope)
{
    const int around = precedence(expression);
    const bool isJunction = around <= 2; // a AND (b AND c) is a AND b AND c
    const bool isComparison = around == 4;
    const QString left
        = operand(expression.operands().at(0), isComparison ? around : around - 1, scope);
    const QString right
        = operand(expression.operands().at(1), isJunction ? around - 1 : around, scope);
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

QString inList(const QList<Expression> &list, const Scope &scope)
{
    if (list.size() > scope.dialect.mostBoundInList()) {
        if (const auto array = jsonArray(list)) {
            scope.values.append(*array);
            return scope.dialect.arrayItems();
        }
    }
    return joined(list, scope);
}

QString whereClause(const Expression &where, const Scope &scope)
{
    return where.isNull() ? QString() : u" WHERE "_s + compile(where, scope);
}

QString fromClause(const Select &select, const Scope &scope)
{
    const QString table = scope.dialect.quote(select.table);
    QString clause = u" FROM "_s
        + (select.source.isNull() ? table
                                  : u'(' + compile(select.source, scope) + u") AS "_s + table);
    for (const Join &join : select.joins) {
        clause += join.kind == Join::Kind::LeftOuter ? u" LEFT OUTER JOIN "_s : u" JOIN "_s;
        clause += scope.dialect.quote(join.table);
        if (!join.alias.isEmpty())
            clause += u" AS "_s + scope.dialect.quote(join.alias);
        clause += u" ON "_s + compile(join.on, scope);
    }
    return clause;
}

QString groupClause(const Select &select, const Scope &scope)
{
    QString clause;
    if (!select.groupBy.isEmpty())
        clause += u" GROUP BY "_s + joined(select.groupBy, scope);
    if (!select.having.isNull())
        clause += u" HAVING "_s + compile(select.having, scope);
    return clause;
}

QString orderClause(const Select &select, const Scope &scope)
{
    QStringList terms;
    for (const OrderTerm &term : select.orderBy)
        terms.append(compile(term.expression, scope)
                     + (term.order == Qt::DescendingOrder ? u" DESC"_s : QString()));
    return terms.isEmpty() ? QString() : u" ORDER BY "_s + terms.join(u", "_s);
}

QString returningClause(const QStringList &names, const Dialect &dialect)
{
    return names.isEmpty() ? QString() : u" RETURNING "_s + joined(names, dialect);
}

QString columnName(const Expression &column, const Scope &scope)
{
    const bool isQualified
        = column.isQualified() || (scope.isQualified && !column.table().isEmpty());
    const QString name = scope.dialect.quote(column.text());
    return isQualified ? scope.dialect.quote(column.table()) + u'.' + name : name;
}

/// Columns in it are those of its own table, unless they bear another's name.
QString existsClause(const Expression &expression, const Scope &scope)
{
    QString sql = u"EXISTS (SELECT 1 FROM "_s + scope.dialect.quote(expression.text());
    if (!expression.table().isEmpty())
        sql += u" AS "_s + scope.dialect.quote(expression.table());
    return sql + whereClause(expression.operands().first(), Scope{scope.dialect, scope.values})
        + u')';
}

QString compile(const Expression &expression, const Scope &scope)
{
    const QList<Expression> &operands = expression.operands();
    switch (expression.kind()) {
    case Expression::Kind::Column:
        return columnName(expression, scope);
    case Expression::Kind::Value:
        scope.values.append(expression.boundValue());
        return u"?"_s;
    case Expression::Kind::Binary:
        return binary(expression, scope);
    case Expression::Kind::Not:
        return u"NOT ("_s + compile(operands.at(0), scope) + u')';
    case Expression::Kind::IsNull:
        return operand(operands.at(0), 4, scope) + u" IS NULL"_s;
    case Expression::Kind::IsNotNull:
        return operand(operands.at(0), 4, scope) + u" IS NOT NULL"_s;
    case Expression::Kind::In: {
        if (operands.size() == 1)
            return u"1 = 0"_s;
        const QString left = operand(operands.at(0), 4, scope);
        return left + u" IN ("_s + inList(operands.mid(1), scope) + u')';
    }
    case Expression::Kind::Function:
        return expression.text() + u'(' + joined(operands, scope) + u')';
    case Expression::Kind::Exists:
        return existsClause(expression, scope);
    case Expression::Kind::Sql:
        for (const Expression &value : operands)
            scope.values.append(value.boundValue());
        return expression.text();
    }
    Q_UNREACHABLE();
}

} // namespace

QString compile(const Expression &expression, const Dialect &dialect, QList<StoredValue> &values)
{
    return compile(expression, Scope{dialect, values});
}

CompiledStatement compile(const Select &select, const Dialect &dialect)
{
    CompiledStatement compiled;
    const Scope scope{dialect, compiled.values, !select.joins.isEmpty()};
    compiled.sql = u"SELECT "_s + (select.isDistinct ? u"DISTINCT "_s : QString());
    compiled.sql += joined(select.columns, scope);
    compiled.sql += fromClause(select, scope);
    compiled.sql += whereClause(select.where, scope);
    compiled.sql += groupClause(select, scope);
    compiled.sql += orderClause(select, scope);
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
            + joined(values, Scope{dialect, compiled.values}) + u')';
    if (!insert.conflict.isEmpty()) {
        compiled.sql += u" ON CONFLICT ("_s + joined(insert.conflict, dialect) + u") DO "_s;
        QStringList assignments;
        for (const QString &name : insert.update)
            assignments.append(u"%1=excluded.%1"_s.arg(dialect.quote(name)));
        for (const QString &name : insert.counted) // the table says that the present row's is meant
            assignments.append(
                u"%1=%2.%1 + 1"_s.arg(dialect.quote(name), dialect.quote(insert.table)));
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
    compiled.sql += whereClause(update.where, Scope{dialect, compiled.values});
    compiled.sql += returningClause(update.returning, dialect);
    return compiled;
}

CompiledStatement compile(const Delete &remove, const Dialect &dialect)
{
    CompiledStatement compiled;
    compiled.sql = u"DELETE FROM "_s + dialect.quote(remove.table);
    compiled.sql += whereClause(remove.where, Scope{dialect, compiled.values});
    compiled.sql += returningClause(remove.returning, dialect);
    return compiled;
}

CompiledStatement compileCount(const Select &select, const Dialect &dialect)
{
    CompiledStatement compiled;
    const bool isWhole = select.limit < 0 && select.offset == 0 && select.groupBy.isEmpty()
        && select.having.isNull() && !select.isDistinct;
    if (isWhole) {
        const Scope scope{dialect, compiled.values, !select.joins.isEmpty()};
        compiled.sql = u"SELECT count(*)"_s + fromClause(select, scope);
        compiled.sql += whereClause(select.where, scope);
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
