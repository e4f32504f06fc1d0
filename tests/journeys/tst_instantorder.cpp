// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace {

const QString schema = u"SELECT group_concat(type || name || tbl_name || coalesce(sql, ''), "
                       "char(10)) FROM (SELECT * FROM sqlite_schema ORDER BY name)"_s;
const QString indexes = u"SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema "
                        "WHERE type = 'index' ORDER BY name)"_s;

QString text(Journey &journey, const QString &label)
{
    const auto *found = journey.window().findChild<QLabel *>(label);
    return found ? found->text() : QString();
}

void command(Journey &journey, const QString &words)
{
    journey.press(u"Ctrl+Shift+P"_s);
    journey.type(words);
    journey.press(u"Return"_s);
}

void openPanel(Journey &journey)
{
    command(journey, u"make this order instant"_s);
    QTRY_VERIFY(journey.isShown(u"orderIndexPanel"_s));
}

QString count(Journey &journey)
{
    return journey.sql(u"SELECT count(*) FROM sqlite_schema WHERE name LIKE 'postdesk%'"_s);
}

} // namespace

/// The index that a user may have made for an order.
class TestInstantOrder final : public QObject
{
    Q_OBJECT

private slots:
    void itIsMadeAndRemovedByKeys()
    {
        Journey journey;
        const QString before = journey.sql(schema);
        journey.start();
        QTRY_START_STATE(journey);
        command(journey, u"sort title"_s);
        QTRY_COMPARE(journey.id(0), u"1"_s);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"orderIndexBuild"_s);
        QTRY_COMPARE(text(journey, u"orderIndexState"_s), u"Make this order instant: Title ▲"_s);
        const auto offer = [&] { return text(journey, u"orderIndexText"_s); };
        QTRY_VERIFY2(offer().contains(u"kB"_s), qPrintable(offer()));
        QVERIFY2(offer().contains(u"about 1 second "_s), qPrintable(offer()));
        QVERIFY(offer().contains(u"nobody else write"_s));
        QVERIFY(offer().contains(u"a little longer"_s));
        QCOMPARE(journey.sql(schema), before); // asking changes nothing
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.toast(), u"The order by Title ▲ is instant now"_s);
        QTRY_VERIFY(!journey.isShown(u"orderIndexPanel"_s));
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.sql(indexes),
                 u"CREATE INDEX postdesk_order_posts_title ON posts (title)"_s);
        QCOMPARE(journey.id(0), u"1"_s);

        command(journey, u"sort title"_s); // downwards, by the same index
        QTRY_COMPARE(journey.id(0), u"99"_s);
        openPanel(journey);
        QTRY_COMPARE(text(journey, u"orderIndexState"_s), u"This order is instant: Title ▼"_s);
        QTRY_COMPARE(journey.focus(), u"orderIndexRemove"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.toast(), u"The index of the order was removed"_s);
        QCOMPARE(journey.sql(schema), before);
        QCOMPARE(journey.message(), QString()); // that was no other program
    }

    void severalColumnsAreOneIndex()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        // F4: title downwards, then created upwards
        journey.press(u"F4, Down, S, S, Down, S, Escape"_s);
        openPanel(journey);
        QTRY_VERIFY2(text(journey, u"orderIndexState"_s).contains(u"Title ▼, "_s),
                     qPrintable(text(journey, u"orderIndexState"_s)));
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.toast().contains(u"is instant now"_s));
        QCOMPARE(journey.sql(indexes),
                 u"CREATE INDEX postdesk_order_posts_title_desc_created_at ON posts (title DESC, "
                 "created_at)"_s);
    }

    void theOrderByKeyNeedsNone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        openPanel(journey);
        QTRY_COMPARE(text(journey, u"orderIndexState"_s), u"This order is instant: newest first"_s);
        QVERIFY(!journey.isShown(u"orderIndexBuild"_s));
        QVERIFY(!journey.isShown(u"orderIndexRemove"_s));
    }

    void anIndexThatAnotherProgramDropsIsNoticed()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        command(journey, u"sort title"_s);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"orderIndexBuild"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.toast().contains(u"is instant now"_s));
        QTRY_VERIFY(!journey.isShown(u"orderIndexPanel"_s));
        QCOMPARE(journey.message(), QString());
        QCOMPARE(journey.database().outside(u"DROP INDEX postdesk_order_posts_title"_s), 0);
        journey.press(u"F5"_s);
        QTRY_VERIFY2(journey.message().contains(u"removed the index"_s),
                     qPrintable(journey.message()));
        QVERIFY(journey.message().contains(u"the order by title,"_s));
        QCOMPARE(journey.id(0), u"1"_s);
    }

    void anIndexThatWentWhileTheProgramWasClosedIsNoticed()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        command(journey, u"sort title"_s);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"orderIndexBuild"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.toast().contains(u"is instant now"_s));
        QTRY_COMPARE(count(journey), u"1"_s);
        journey.press(u"F5"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Q"_s);
        journey.stop();
        QCOMPARE(journey.database().outside(u"DROP INDEX postdesk_order_posts_title"_s), 0);
        journey.start();
        QTRY_VERIFY2(journey.message().contains(u"removed the index"_s),
                     qPrintable(journey.message()));
    }

    void shiftEscStopsItAndLeavesNothing()
    {
        Journey journey;
        const QString before = journey.sql(schema);
        journey.start();
        QTRY_START_STATE(journey);
        command(journey, u"sort title"_s);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"orderIndexBuild"_s);
        OtherProgram neighbour(journey.database()); // which makes it wait
        QCOMPARE(neighbour.run(u"BEGIN IMMEDIATE"_s), 0);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.task(), u"Making this order instant… 0 % (Shift+Esc stops)"_s);
        QVERIFY(text(journey, u"orderIndexProgress"_s).startsWith(u"Making"_s));
        journey.press(u"Shift+Escape"_s);
        QVERIFY(!journey.task().startsWith(u"Making"_s));
        QVERIFY(journey.isShown(u"orderIndexBuild"_s));
        QCOMPARE(neighbour.run(u"ROLLBACK"_s), 0);
        QCOMPARE(neighbour.run(u"UPDATE posts SET title = 'x' WHERE id = 7"_s), 0);
        journey.press(u"F5"_s);
        QTRY_COMPARE(journey.sql(schema), before);
        QVERIFY(journey.message().isEmpty());
    }
};

QTEST_MAIN(TestInstantOrder)
#include "tst_instantorder.moc"
