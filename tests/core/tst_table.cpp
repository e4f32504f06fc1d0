// SPDX-License-Identifier: MIT
#include "core/schema/decimal.h"
#include "core/schema/table.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using orm::ColumnType;
using orm::Decimal;
using orm::StoredValue;
using Problem = orm::ValueProblem::Kind;

/// Tables as values, and what may be written into a column.
class TableTest final : public QObject
{
    Q_OBJECT

private slots:
    void validates_data();
    void validates();
    void namesMatchInAnyCase();
    void theKeyDecidesThePath();
    void labelsLoseTheirMnemonic();
    void decimals_data();
    void decimals();
    void decimalsAreNumbers();
};

namespace {

orm::Column column(const ColumnType &type, bool isNullable = true)
{
    orm::Column column;
    column.name = u"c"_s;
    column.type = type;
    column.isNullable = isNullable;
    return column;
}

} // namespace

void TableTest::validates_data()
{
    QTest::addColumn<orm::Column>("column");
    QTest::addColumn<StoredValue>("value");
    QTest::addColumn<int>("problem"); // -1: none

    constexpr int none = -1;
    const auto add = [](const char *name, const orm::Column &column, const StoredValue &value,
                        int problem) { QTest::newRow(name) << column << value << problem; };
    const auto bad = [](Problem problem) { return static_cast<int>(problem); };
    const auto text = [](const QString &value) { return StoredValue::text(value); };
    const double infinite = std::numeric_limits<double>::infinity();
    static const char *const names[] = {"Draft", "Ready", nullptr};
    const ColumnType choice{ColumnType::Kind::Enum, 0, 0, names};

    add("null", column(orm::Text), {}, none);
    add("null where there must be a value", column(orm::Text, false), {}, bad(Problem::Null));
    add("empty is not null", column(orm::Text, false), text(u""_s), none);
    add("as long as can be", column(orm::String{3}), text(u"a\U0001F600b"_s), none);
    add("too long", column(orm::String{3}), text(u"abcd"_s), bad(Problem::TooLong));
    add("no limit", column(orm::String{0}), text(QString(1000, u'x')), none);
    add("invalid text", column(orm::Text), StoredValue::utf8("\xFF"), bad(Problem::InvalidText));
    add("number in text", column(orm::Text), StoredValue::integer(1), bad(Problem::WrongType));
    add("integer", column(orm::Integer), StoredValue::integer(1), none);
    add("text in integer", column(orm::Integer), text(u"1"_s), bad(Problem::WrongType));
    add("real in integer", column(orm::Integer), StoredValue::real(1), bad(Problem::WrongType));
    add("boolean", column(orm::Boolean), StoredValue::integer(1), none);
    add("no boolean", column(orm::Boolean), StoredValue::integer(2), bad(Problem::WrongType));
    add("float", column(orm::Float), StoredValue::real(1.5), none);
    add("integer in float", column(orm::Float), StoredValue::integer(1), none);
    add("infinite", column(orm::Float), StoredValue::real(infinite), bad(Problem::WrongType));
    add("date", column(orm::Date), text(u"2023-10-26"_s), none);
    add("no date", column(orm::Date), text(u"2023-02-29"_s), bad(Problem::WrongType));
    add("time", column(orm::Time), text(u"10:11"_s), none);
    add("instant", column(orm::DateTime), text(u"2023-10-26 10:11:12.345678"_s), none);
    add("no instant", column(orm::DateTime), text(u"soon"_s), bad(Problem::WrongType));
    add("decimal", column(orm::Numeric{5, 2}), text(u"123.45"_s), none);
    add("decimal, too fine", column(orm::Numeric{5, 2}), text(u"1.234"_s), bad(Problem::WrongType));
    add("decimal, too large", column(orm::Numeric{5, 2}), text(u"1234"_s), bad(Problem::WrongType));
    add("no decimal", column(orm::Numeric{5, 2}), text(u"nan"_s), bad(Problem::WrongType));
    add("any decimal", column({ColumnType::Kind::Numeric}), text(u"12345678901234567890.5"_s),
        none);
    add("choice", column(choice), text(u"Ready"_s), none);
    add("no choice", column(choice), text(u"ready"_s), bad(Problem::WrongType));
    add("bytes", column(orm::LargeBinary), StoredValue::blob("\xFF"), none);
    add("text in bytes", column(orm::LargeBinary), text(u"x"_s), bad(Problem::WrongType));
    add("unknown takes all", column({}), StoredValue::blob("x"), none);
}

void TableTest::validates()
{
    QFETCH(const orm::Column, column);
    QFETCH(const StoredValue, value);
    const auto problem = orm::validate(column, value);
    QTEST(problem ? static_cast<int>(problem->kind) : -1, "problem");
    if (problem && problem->kind == Problem::TooLong) {
        QCOMPARE(problem->length, 4);
        QCOMPARE(problem->limit, 3);
    }
}

void TableTest::namesMatchInAnyCase()
{
    orm::Table table;
    table.columns = {column(orm::Integer), column(orm::Text)};
    table.columns[1].name = u"Title"_s;
    table.columns[1].role = orm::Role::Title;
    QCOMPARE(table.indexOf(u"tITLE"_s), 1);
    QCOMPARE(table.indexOf(u"body"_s), -1);
    QCOMPARE(table.indexOf(orm::Role::Title), 1);
    QCOMPARE(table.indexOf(orm::Role::Body), -1);
}

void TableTest::theKeyDecidesThePath()
{
    orm::Table table;
    table.columns = {column(orm::Integer), column(orm::Text), column(orm::BigInteger)};
    QVERIFY(!table.hasIntegerKey());
    table.columns[0].isPrimaryKey = true;
    QVERIFY(table.hasIntegerKey());
    table.columns[1].isPrimaryKey = true;
    QVERIFY(!table.hasIntegerKey());
    QCOMPARE(table.primaryKey(), QList<int>({0, 1}));
}

void TableTest::labelsLoseTheirMnemonic()
{
    orm::Column titled = column(orm::Text);
    QCOMPARE(titled.text(), u"c"_s);
    titled.label = u"T&itle"_s;
    QCOMPARE(titled.text(), u"Title"_s);
}

void TableTest::decimals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isDecimal");
    QTest::addColumn<int>("precision");
    QTest::addColumn<int>("scale");

    QTest::newRow("integer") << u"120"_s << true << 3 << 0;
    QTest::newRow("fraction") << u"12.50"_s << true << 3 << 1;
    QTest::newRow("negative") << u"-0.05"_s << true << 2 << 2;
    QTest::newRow("leading zeros") << u"+0012.5"_s << true << 3 << 1;
    QTest::newRow("zero") << u"0.00"_s << true << 1 << 0;
    QTest::newRow("no integer part") << u".5"_s << true << 1 << 1;
    QTest::newRow("empty") << u""_s << false << 0 << 0;
    QTest::newRow("sign only") << u"-"_s << false << 0 << 0;
    QTest::newRow("two points") << u"1.2.3"_s << false << 0 << 0;
    QTest::newRow("exponent") << u"1e5"_s << false << 0 << 0;
    QTest::newRow("word") << u"nan"_s << false << 0 << 0;
}

void TableTest::decimals()
{
    QFETCH(const QString, text);
    const auto decimal = Decimal::fromString(text);
    QTEST(decimal.has_value(), "isDecimal");
    if (!decimal)
        return;
    QCOMPARE(decimal->toString(), text);
    QTEST(decimal->precision(), "precision");
    QTEST(decimal->scale(), "scale");
}

void TableTest::decimalsAreNumbers()
{
    const auto of = [](const QString &text) { return *Decimal::fromString(text); };
    QVERIFY(of(u"1.50"_s) == of(u"1.5"_s));
    QVERIFY(of(u"-0"_s) == Decimal());
    QVERIFY(of(u"007"_s) == of(u"7.000"_s));
    QVERIFY(of(u"1.5"_s) != of(u"-1.5"_s));
    QVERIFY(of(u"12345678901234567890.1"_s) != of(u"12345678901234567890.2"_s));
}

QTEST_APPLESS_MAIN(TableTest)
#include "tst_table.moc"
