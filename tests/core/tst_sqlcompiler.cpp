// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/dialect/sqlcompiler.h"
#include "core/expression/operators.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::Expression;
using orm::StoredValue;

namespace {

const orm::Dialect &dialect()
{
    return orm::Dialect::of(u"sqlite"_s);
}

Expression is(const QString &column, int value)
{
    return Expression::binary(Expression::column(column), u"="_s,
                              Expression::value(StoredValue::integer(value)));
}

QString textOf(const Expression &expression)
{
    QList<StoredValue> values;
    return compile(expression, dialect(), values);
}

} // namespace

/// Statements as values become text with placeholders; no database is needed.
class SqlCompilerTest final : public QObject
{
    Q_OBJECT

private slots:
    void expressions_data();
    void expressions();
    void valuesComeInTheOrderOfTheirPlaceholders();
    void nothingIsNoCondition();
    void selects();
    void inserts();
    void updates();
    void deletes();
    void countsAndExists();
};

void SqlCompilerTest::expressions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    const Expression a = is(u"a"_s, 1);
    const Expression b = is(u"b"_s, 2);
    const Expression c = is(u"c"_s, 3);
    const Expression n = Expression::column(u"n"_s);
    const Expression m = Expression::column(u"m"_s);
    const auto binary = [](const Expression &left, const char *operation, const Expression &right) {
        return Expression::binary(left, QString::fromLatin1(operation), right);
    };
    const auto add = [](const char *name, const Expression &expression, const char *expected) {
        QTest::newRow(name) << textOf(expression) << QString::fromLatin1(expected);
    };
    add("and", a && b && c, "a = ? AND b = ? AND c = ?");
    add("and, from the right", a && (b && c), "a = ? AND b = ? AND c = ?");
    add("or in and", a && (b || c), "a = ? AND (b = ? OR c = ?)");
    add("and in or", (a && b) || c, "a = ? AND b = ? OR c = ?");
    add("not", !(a || b) && c, "NOT (a = ? OR b = ?) AND c = ?");
    add("null", Expression::unary(Expression::Kind::IsNull, n), "n IS NULL");
    add("null of a sum", Expression::unary(Expression::Kind::IsNotNull, binary(n, "+", m)),
        "n + m IS NOT NULL");
    add("null of a condition", Expression::unary(Expression::Kind::IsNull, a), "(a = ?) IS NULL");
    add("in", Expression::in(n, {StoredValue::integer(1), StoredValue()}), "n IN (?, ?)");
    add("in nothing", Expression::in(n, {}), "1 = 0");
    add("function", Expression::function(u"lower"_s, {n}), "lower(n)");
    add("sum times", binary(binary(n, "+", m), "*", m), "(n + m) * m");
    add("times plus", binary(binary(n, "*", m), "+", m), "n * m + m");
    add("minus a difference", binary(n, "-", binary(m, "-", n)), "n - (m - n)");
    add("comparisons don't chain", binary(binary(n, "<", m), "=", n), "(n < m) = n");
    add("names are quoted", Expression::column(u"select"_s), "\"select\"");
    add("SQL stays in brackets", Expression::sql(u"x OR y"_s) && a, "(x OR y) AND a = ?");
}

void SqlCompilerTest::expressions()
{
    QFETCH(const QString, text);
    QTEST(text, "expected");
}

void SqlCompilerTest::valuesComeInTheOrderOfTheirPlaceholders()
{
    orm::Select select;
    select.table = u"t"_s;
    select.columns = {Expression::sql(u"? AS x"_s, {StoredValue::integer(1)})};
    select.where = is(u"a"_s, 2) && Expression::sql(u"b = ?"_s, {StoredValue::integer(3)});
    select.groupBy = {Expression::column(u"a"_s)};
    select.having = is(u"c"_s, 4);
    select.orderBy = {{Expression::sql(u"?"_s, {StoredValue::integer(5)}), Qt::AscendingOrder}};
    QList<qint64> values;
    for (const StoredValue &value : compile(select, dialect()).values)
        values.append(value.toInteger());
    QCOMPARE(values, QList<qint64>({1, 2, 3, 4, 5}));
}

void SqlCompilerTest::nothingIsNoCondition()
{
    QVERIFY((Expression() && Expression()).isNull());
    QCOMPARE(textOf(Expression() && is(u"a"_s, 1)), u"a = ?"_s);
    QCOMPARE(textOf(is(u"a"_s, 1) || Expression()), u"a = ?"_s);
    QVERIFY((!Expression()).isNull());
}

void SqlCompilerTest::selects()
{
    orm::Select select;
    select.table = u"order"_s;
    select.columns = {Expression::column(u"id"_s), Expression::column(u"Name"_s)};
    QCOMPARE(compile(select, dialect()).sql, u"SELECT id, \"Name\" FROM \"order\""_s);
    select.isDistinct = true;
    select.where = is(u"id"_s, 1);
    select.orderBy = {{Expression::column(u"id"_s), Qt::DescendingOrder},
                      {Expression::column(u"Name"_s), Qt::AscendingOrder}};
    select.limit = 5;
    select.offset = 10;
    QCOMPARE(
        compile(select, dialect()).sql,
        u"SELECT DISTINCT id, \"Name\" FROM \"order\" WHERE id = ? ORDER BY id DESC, \"Name\" LIMIT 5 OFFSET 10"_s);
    select = {};
    select.table = u"t"_s;
    select.columns = {Expression::column(u"id"_s)};
    select.offset = 3;
    QCOMPARE(compile(select, dialect()).sql, u"SELECT id FROM t LIMIT -1 OFFSET 3"_s);
    select.offset = 0;
    select.source = Expression::sql(u"SELECT 1 AS id"_s);
    QCOMPARE(compile(select, dialect()).sql, u"SELECT id FROM (SELECT 1 AS id) AS t"_s);
}

void SqlCompilerTest::inserts()
{
    orm::Insert insert;
    insert.table = u"t"_s;
    QCOMPARE(compile(insert, dialect()).sql, u"INSERT INTO t DEFAULT VALUES"_s);
    insert.values = {{u"a"_s, Expression::value(StoredValue::integer(1))},
                     {u"b"_s, Expression::sql(u"CURRENT_TIMESTAMP"_s)}};
    insert.returning = {u"id"_s};
    QCOMPARE(compile(insert, dialect()).sql,
             u"INSERT INTO t (a, b) VALUES (?, CURRENT_TIMESTAMP) RETURNING id"_s);
    insert.conflict = {u"a"_s};
    insert.returning.clear();
    QCOMPARE(compile(insert, dialect()).sql,
             u"INSERT INTO t (a, b) VALUES (?, CURRENT_TIMESTAMP) ON CONFLICT (a) DO NOTHING"_s);
    insert.update = {u"b"_s};
    QVERIFY(
        compile(insert, dialect()).sql.endsWith(u" ON CONFLICT (a) DO UPDATE SET b=excluded.b"_s));
}

void SqlCompilerTest::updates()
{
    orm::Update update{
        u"t"_s, {{u"a"_s, Expression::value(StoredValue::integer(1))}}, is(u"id"_s, 7), {u"id"_s}};
    const orm::CompiledStatement compiled = compile(update, dialect());
    QCOMPARE(compiled.sql, u"UPDATE t SET a=? WHERE id = ? RETURNING id"_s);
    QCOMPARE(compiled.values, QList({StoredValue::integer(1), StoredValue::integer(7)}));
}

void SqlCompilerTest::deletes()
{
    QCOMPARE(compile(orm::Delete{u"t"_s, {}, {}}, dialect()).sql, u"DELETE FROM t"_s);
    QCOMPARE(compile(orm::Delete{u"t"_s, is(u"a"_s, 1), {u"id"_s}}, dialect()).sql,
             u"DELETE FROM t WHERE a = ? RETURNING id"_s);
}

void SqlCompilerTest::countsAndExists()
{
    orm::Select select;
    select.table = u"t"_s;
    select.columns = {Expression::column(u"id"_s)};
    select.where = is(u"a"_s, 1);
    select.orderBy = {{Expression::column(u"id"_s), Qt::AscendingOrder}};
    QCOMPARE(compileCount(select, dialect()).sql, u"SELECT count(*) FROM t WHERE a = ?"_s);
    QCOMPARE(compileExists(select, dialect()).sql,
             u"SELECT EXISTS (SELECT 1 FROM t WHERE a = ?)"_s);
    select.limit = 2;
    QCOMPARE(compileCount(select, dialect()).sql,
             u"SELECT count(*) FROM (SELECT id FROM t WHERE a = ? ORDER BY id LIMIT 2)"_s);
}

QTEST_APPLESS_MAIN(SqlCompilerTest)
#include "tst_sqlcompiler.moc"
