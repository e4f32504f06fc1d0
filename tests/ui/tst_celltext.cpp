// SPDX-License-Identifier: MIT
#include "ui/table/celltext.h"

#include <QDate>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::StoredValue;
using Kind = orm::ColumnType::Kind;

namespace {

constexpr const char *moods[] = {"Calm", "Wild", nullptr};

orm::Column columnOf(Kind kind)
{
    orm::Column column;
    column.name = u"value"_s;
    column.type.kind = kind;
    if (kind == Kind::Enum)
        column.type.enumNames = moods;
    return column;
}

StoredValue text(const char *value)
{
    return StoredValue::utf8(value);
}

} // namespace

class CellTextTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("TZ", "UTC-2"); // two hours ahead
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    }

    void valuesAreShownOnOneLine_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<StoredValue>("value");
        QTest::addColumn<QString>("shown");
        const auto row
            = [](const char *name, Kind kind, const StoredValue &value, const QString &shown) {
                  QTest::newRow(name) << int(kind) << value << shown;
              };
        row("first line", Kind::Text, text("one\r\ntwo"), u"one"_s);
        row("a paragraph separator", Kind::Text, StoredValue::text(u"one\u2029two"), u"one"_s);
        row("NULL", Kind::Text, {}, {});
        row("yes", Kind::Boolean, StoredValue::integer(1), u"yes"_s);
        row("neither", Kind::Boolean, StoredValue::integer(7), u"7"_s);
        row("a number", Kind::Integer, StoredValue::integer(1234567), u"1234567"_s);
        row("a fraction", Kind::Float, StoredValue::real(1.5), u"1,5"_s);
        row("text in a number's place", Kind::Integer, text("abc"), u"abc"_s);
        row("a local time", Kind::DateTime, text("2024-01-21 23:30:00.678901"),
            u"22 Jan. 2024 01:30"_s);
        row("no time", Kind::DateTime, text("soon"), u"soon"_s);
        row("a day", Kind::Date, text("2024-01-21"), u"21 Jan. 2024"_s);
        row("a time of day", Kind::Time, text("08:05:00"), u"08:05"_s);
        row("a mood", Kind::Enum, text("Calm"), u"Calm"_s);
        row("bytes", Kind::LargeBinary, StoredValue::blob(QByteArray(3, '\0')),
            QLocale().formattedDataSize(3));
    }

    void valuesAreShownOnOneLine()
    {
        QFETCH(const int, kind);
        QFETCH(const StoredValue, value);
        QTEST(ui::celltext::display(columnOf(Kind(kind)), value), "shown");
    }

    void theYearIsLeftOutInItsOwn()
    {
        const QByteArray now = QByteArray::number(QDate::currentDate().year()) + "-06-15 10:00:00";
        QCOMPARE(ui::celltext::display(columnOf(Kind::DateTime), StoredValue::utf8(now)),
                 u"15 Juni 12:00"_s);
        QCOMPARE(ui::celltext::toolTip(columnOf(Kind::DateTime), StoredValue::utf8(now)),
                 QString::fromUtf8(now) + u" UTC"_s);
    }

    void whatIsTypedIsStoredAsTheColumnWants_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<StoredValue>("stored");
        const auto row
            = [](const char *name, Kind kind, const QString &typed, const StoredValue &stored) {
                  QTest::newRow(name) << int(kind) << typed << stored;
              };
        row("digits in a text", Kind::String, u"007"_s, text("007"));
        row("digits in a number", Kind::Integer, u" 007 "_s, StoredValue::integer(7));
        row("no number", Kind::Integer, u"seven"_s, text("seven"));
        row("a real", Kind::Float, u"7"_s, StoredValue::real(7));
        row("a local real", Kind::Float, u"1,5"_s, StoredValue::real(1.5));
        row("an exact decimal", Kind::Numeric, u"1.10"_s, text("1.10"));
        row("a local decimal", Kind::Numeric, u"1,10"_s, text("1.10"));
        row("no number, as it was typed", Kind::Integer, u" seven "_s, text(" seven "));
        row("a time to the microsecond", Kind::DateTime, u"2024-01-22 01:30:00.678901Z"_s,
            text("2024-01-22 01:30:00.678901"));
        row("yes", Kind::Boolean, u"Yes"_s, StoredValue::integer(1));
        row("no", Kind::Boolean, u"0"_s, StoredValue::integer(0));
        row("maybe", Kind::Boolean, u"maybe"_s, text("maybe"));
        row("a mood in any case", Kind::Enum, u"wild"_s, text("Wild"));
        row("no mood", Kind::Enum, u"blue"_s, text("blue"));
        row("a local time", Kind::DateTime, u"2024-01-22 01:30"_s,
            text("2024-01-21 23:30:00.000000"));
        row("a UTC time", Kind::DateTime, u"2024-01-22 01:30Z"_s,
            text("2024-01-22 01:30:00.000000"));
        row("a day", Kind::Date, u"2024-01-21"_s, text("2024-01-21"));
        row("nothing", Kind::Date, u""_s, {});
        row("an empty text", Kind::Text, u""_s, text(""));
    }

    void whatIsTypedIsStoredAsTheColumnWants()
    {
        QFETCH(const int, kind);
        QFETCH(const QString, typed);
        QFETCH(const StoredValue, stored);
        QCOMPARE(ui::celltext::parse(columnOf(Kind(kind)), typed), stored);
    }
};

QTEST_GUILESS_MAIN(CellTextTest)
#include "tst_celltext.moc"
