// SPDX-License-Identifier: MIT
#include "ui/transfer/pastedrows.h"

#include <QMimeData>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::StoredValue;

namespace {

/// A column of this name.
orm::Column column(const QString &name, const orm::ColumnType &type = {},
                   orm::Role role = orm::Role::None)
{
    orm::Column made;
    made.name = name;
    made.type = type;
    made.role = role;
    made.isPrimaryKey = name == "id"_L1;
    return made;
}

orm::Table posts()
{
    using Kind = orm::ColumnType::Kind;
    orm::Table table;
    table.name = u"posts"_s;
    table.columns = {column(u"id"_s, orm::Integer),
                     column(u"title"_s, {.kind = Kind::String}, orm::Role::Title),
                     column(u"content"_s, orm::Text, orm::Role::Body),
                     column(u"created_at"_s, orm::DateTime, orm::Role::Created),
                     column(u"words"_s, orm::Integer)};
    return table;
}

QString described(const QList<ui::pastedrows::Values> &rows)
{
    QStringList texts;
    for (const auto &row : rows) {
        QStringList fields;
        for (int i = 0; i < posts().columns.size(); ++i) {
            if (row.contains(i))
                fields << posts().columns.at(i).name + u'=' + row.value(i).toString();
        }
        texts << fields.join(u';');
    }
    return texts.join(u" / "_s);
}

} // namespace

class TestPastedRows final : public QObject
{
    Q_OBJECT

private slots:
    void textIsRows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rows");
        QTest::newRow("titles") << u"One\nTwo, and more\n\nThree\n"_s
                                << u"title=One / title=Two, and more / title=Three"_s;
        QTest::newRow("title and body") << u"One\tBody one\nTwo\tBody two"_s
                                        << u"title=One;content=Body one / "
                                           "title=Two;content=Body two"_s;
        QTest::newRow("the whole table, with new keys")
            << u"7\tOne\t\"a\nb\"\t2024-01-05 10:00:00.5\t3\n"_s
            << u"title=One;content=a\nb;created_at=2024-01-05 10:00:00.5;words=3"_s;
        QTest::newRow("a heading") << u"Words\tTitle\tother\n5\tOne\tx"_s << u"title=One;words=5"_s;
        QTest::newRow("commas") << u"title,content\r\n\"One, two\",b"_s
                                << u"title=One, two;content=b"_s;
        QTest::newRow("JSON") << u"[{\"title\": \"a\\u0000\\tb\", \"words\": 3, \"id\": 9}, "
                                 "{\"content\": null, \"title\": \"c\"}]"_s
                              << u"title=a"_s + QChar(0) + u"\tb;words=3 / title=c"_s;
        QTest::newRow("no JSON") << u"[draft] One"_s << u"title=[draft] One"_s;
        QTest::newRow("nothing") << QString() << QString();
    }

    void textIsRows()
    {
        QFETCH(QString, text);
        QFETCH(QString, rows);
        QMimeData data;
        data.setText(text);
        QCOMPARE(described(ui::pastedrows::take(data, posts())), rows);
    }

    void ourOwnRowsComeExactly()
    {
        const QList<StoredValue> row{StoredValue::integer(4), StoredValue::utf8("\xff\x00x"_ba),
                                     StoredValue::blob("\x00'\n"_ba), StoredValue(),
                                     StoredValue::real(0.1)};
        QMimeData data;
        data.setText(u"something else"_s);
        ui::pastedrows::put(data, posts(), {row, row});
        const auto taken = ui::pastedrows::take(data, posts());
        QCOMPARE(taken.size(), 2);
        QVERIFY(!taken.first().contains(0)); // the key is another one
        QVERIFY(!taken.first().contains(3));
        for (const int place : {1, 2, 4})
            QVERIFY(taken.last().value(place) == row.at(place));
    }
};

QTEST_GUILESS_MAIN(TestPastedRows)
#include "tst_pastedrows.moc"
