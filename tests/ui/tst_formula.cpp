// SPDX-License-Identifier: MIT
#include "ui/batch/formula.h"

#include <QTest>

using namespace Qt::StringLiterals;

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
    orm::Table table;
    table.columns = {column(u"id"_s), column(u"title"_s)};
    return table;
}

} // namespace

class TestFormula final : public QObject
{
    Q_OBJECT

private slots:
    void expands_data()
    {
        QTest::addColumn<QString>("formula");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"Same for all"_s << u"Same for all"_s;
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("its own") << u"{title} (old)"_s << u"A {id} title (old)"_s;
        QTest::newRow("two") << u"{id}: {TITLE}"_s << u"5: A {id} title"_s;
        QTest::newRow("counted") << u"Part { n }"_s << u"Part 3"_s;
        QTest::newRow("braces") << u"{{title}} {"_s << u"{title} {"_s;
        QTest::newRow("a set") << u"f(x) = }"_s << u"f(x) = }"_s;
    }

    void expands()
    {
        QFETCH(QString, formula);
        QFETCH(QString, text);
        const ui::Formula parsed(formula, posts());
        QCOMPARE(parsed.problem(), QString());
        QCOMPARE(
            parsed.expand([](int place) { return place == 0 ? u"5"_s : u"A {id} title"_s; }, 3),
            text);
    }

    void aColumnAloneIsKnown()
    {
        QCOMPARE(ui::Formula(u"{Title}"_s, posts()).onlyColumn(), std::optional(1));
        QCOMPARE(ui::Formula(u"{title} "_s, posts()).onlyColumn(), std::optional<int>());
        QCOMPARE(ui::Formula(u"{n}"_s, posts()).onlyColumn(), std::optional<int>());
        QCOMPARE(ui::Formula(u"{{title}}"_s, posts()).onlyColumn(), std::optional<int>());
    }

    void anUnknownNameIsSaid()
    {
        const ui::Formula wrong(u"{titel} x"_s, posts());
        QVERIFY2(wrong.problem().startsWith(u"There is no {titel}. There are {id}, {title}"_s),
                 qPrintable(wrong.problem()));
    }
};

QTEST_GUILESS_MAIN(TestFormula)
#include "tst_formula.moc"
