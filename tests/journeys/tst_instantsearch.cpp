// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/session/searchindexbuilder.h"
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QLabel>

#include <limits>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

const QString schema = u"SELECT group_concat(type || name || tbl_name || coalesce(sql, ''), "
                       "char(10)) FROM (SELECT * FROM sqlite_schema ORDER BY name)"_s;
const QString many
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL, content "
      "TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 60000) INSERT INTO "
      "posts (id, title, content) SELECT i, 'Post ' || i, 'Body ' || hex(randomblob(60)) FROM i;"_s;

/// As another copy of this program, which is ended after @p steps.
void buildElsewhere(const TestDatabase &database, int steps = std::numeric_limits<int>::max())
{
    std::thread([&] {
        const auto connection = orm::Engine::create(database.url()).connect();
        orm::Table table = orm::reflect(*connection, u"posts"_s).table;
        table.columns[table.indexOf(u"title"_s)].role = orm::Role::Title;
        table.columns[table.indexOf(u"content"_s)].role = orm::Role::Body;
        orm::SearchIndexBuilder builder(table);
        while (steps-- > 0 && builder.build(*connection) == orm::SearchIndexBuilder::Step::More) {}
    }).join();
}

QString text(Journey &journey, const QString &label)
{
    const auto *found = journey.window().findChild<QLabel *>(label);
    return found ? found->text() : QString();
}

void openPanel(Journey &journey)
{
    journey.press(u"Ctrl+Shift+P"_s);
    journey.type(u"make search instant"_s);
    journey.press(u"Return"_s);
    QTRY_VERIFY(journey.isShown(u"searchIndexPanel"_s));
}

/// Presses the button of the message bar that says @p text.
void answer(Journey &journey, const QString &text)
{
    const auto buttons = journey.window().findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (button->isVisible() && button->text().remove(u'&') == text) {
            button->click();
            return;
        }
    }
    QFAIL(qPrintable(u"no button says "_s + text));
}

void search(Journey &journey, const QString &words)
{
    journey.press(u"Ctrl+F"_s);
    journey.type(words);
}

} // namespace

/// The index that a user may have made for searching.
class TestInstantSearch final : public QObject
{
    Q_OBJECT

private slots:
    void itIsMadeUsedAndRemovedByKeys()
    {
        Journey journey;
        const QString before = journey.sql(schema);
        journey.start();
        QTRY_START_STATE(journey);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"searchIndexBuild"_s);
        QCOMPARE(journey.sql(schema), before); // asking changes nothing
        QTRY_VERIFY(text(journey, u"searchIndexText"_s).contains(u"kB"_s)); // what it costs
        QVERIFY(text(journey, u"searchIndexText"_s).contains(u"FTS5"_s)); // and risks
        QVERIFY(text(journey, u"searchIndexText"_s).contains(u"migration"_s));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.toast(), u"Search is instant now"_s);
        QVERIFY(!journey.isShown(u"searchIndexPanel"_s));
        QTRY_COMPARE(journey.focus(), u"postsView"_s);

        search(journey, u"NUMBER 49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Escape, Escape, F2"_s);
        journey.type(u"Ein Maßkrug"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.database().outside(
                     u"UPDATE posts SET content = 'zwei MASSKRÜGE' WHERE id = 250"_s),
                 0);
        search(journey, u"maßkrug"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        QCOMPARE(journey.id(0), u"499"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"masskrüge"_s);
        QTRY_COMPARE(journey.id(0), u"250"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        journey.press(u"Escape, Escape"_s);

        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"searchIndexRemove"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.toast(), u"The search index was removed"_s);
        QCOMPARE(journey.sql(schema), before);
    }

    void theNumberOfAllIsSaidAlsoWhereOnlyTheIndexWasRead()
    {
        Journey journey;
        buildElsewhere(journey.database());
        journey.start();
        QTRY_START_STATE(journey);
        search(journey, u"number 499"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.start(QString()); // with the search of last time, so that all were never counted
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
    }

    void halfAnIndexIsNoticedAndGoneOnWith()
    {
        Journey journey;
        buildElsewhere(journey.database(), 1);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_VERIFY2(journey.message().contains(u"only built to 0 %"_s),
                     qPrintable(journey.message()));
        search(journey, u"number 49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s); // it isn't used
        answer(journey, u"Go on"_s);
        QTRY_COMPARE(journey.toast(), u"Search is instant now"_s);
        QCOMPARE(journey.message(), QString());
        QVERIFY(journey.sql(u"SELECT reached FROM postdesk_search_posts_state"_s).toLongLong()
                > 500);
    }

    void halfAnIndexIsRemoved()
    {
        Journey journey;
        const QString before = journey.sql(schema);
        buildElsewhere(journey.database(), 1);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_VERIFY(journey.message().contains(u"only built"_s));
        answer(journey, u"Remove it"_s);
        QTRY_COMPARE(journey.toast(), u"The search index was removed"_s);
        QCOMPARE(journey.sql(schema), before);
    }

    void anIndexThatLostItsTriggersIsNoticed()
    {
        Journey journey;
        buildElsewhere(journey.database());
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.message(), QString());
        QCOMPARE(journey.database().outside(u"DROP TRIGGER postdesk_search_posts_update; "
                                            "UPDATE posts SET title = 'Unseen' WHERE id = 3"_s),
                 0);
        search(journey, u"unseen"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        QTRY_VERIFY2(journey.message().contains(u"out of date"_s), qPrintable(journey.message()));
        answer(journey, u"Build it again"_s);
        QTRY_COMPARE(journey.toast(), u"Search is instant now"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"unseen"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM sqlite_schema WHERE name LIKE "
                             "'postdesk_search_posts_%' AND type = 'trigger'"_s),
                 u"3"_s);
    }

    void othersWriteWhileItIsBuiltAndShiftEscStopsIt()
    {
        Journey journey(many);
        journey.start();
        QTRY_START_STATE(journey);
        openPanel(journey);
        QTRY_COMPARE(journey.focus(), u"searchIndexBuild"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY2(journey.task().startsWith(u"Making search instant…"_s),
                     qPrintable(journey.task()));
        QVERIFY(journey.task().contains(u"Shift+Esc"_s));
        OtherProgram neighbour(journey.database());
        for (int id = 1; id <= 20; ++id) {
            QCOMPARE(neighbour.run(
                         u"UPDATE posts SET title = 'Neighbour %1' WHERE id = %2"_s.arg(id).arg(
                             id * 2999)),
                     0);
            QCoreApplication::processEvents();
        }
        QVERIFY(journey.task().startsWith(u"Making search instant…"_s));
        journey.press(u"Shift+Escape"_s);
        QCOMPARE(journey.task(), QString());
        QTRY_VERIFY2(journey.message().contains(u"only built"_s), qPrintable(journey.message()));
        const QString reached = journey.sql(u"SELECT reached FROM postdesk_search_posts_state"_s);
        QVERIFY(reached.toLongLong() < 60'000);
        search(journey, u"neighbour"_s);
        QTRY_COMPARE(journey.counts(), u"20 of 60,000 posts"_s);
        QCOMPARE(journey.sql(u"SELECT reached FROM postdesk_search_posts_state"_s), reached);
    }
};

QTEST_MAIN(TestInstantSearch)
#include "tst_instantsearch.moc"
