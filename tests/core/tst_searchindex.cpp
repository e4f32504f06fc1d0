// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/schema/casefold.h"
#include "core/session/searchexpression.h"
#include "core/session/searchindex.h"
#include "core/session/searchindexbuilder.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace orm;
using State = SearchIndexReport::State;
using Step = SearchIndexBuilder::Step;

namespace {

const QString f500 = TestDatabase::data(u"f500.sql"_s);

class Database
{
public:
    explicit Database(const QString &sql = f500,
                      TestDatabase::Journal journal = TestDatabase::Journal::Rollback)
        : test(sql, journal)
        , connection(Engine::create(test.url()).connect())
        , table(reflect(*connection, u"posts"_s).table)
    {}

    SearchIndexReport look() const { return SearchIndex(*connection, table).look(); }
    /// Steps that were needed.
    int build(int most = std::numeric_limits<int>::max())
    {
        SearchIndexBuilder builder(table);
        int steps = 1;
        while (steps < most && builder.build(*connection) == Step::More)
            ++steps;
        return steps;
    }
    void remove()
    {
        SearchIndexBuilder builder(table);
        while (builder.remove(*connection) == Step::More) {}
    }
    QString schema() const
    {
        return test
            .outsideScalar(u"SELECT group_concat(type || '|' || name || '|' || tbl_name || '|' || "
                           "coalesce(sql, ''), char(10)) FROM (SELECT * FROM sqlite_schema ORDER "
                           "BY type, name)"_s)
            .toString();
    }
    /// Keys that the index names for a word, as text.
    QString named(const QString &word) const
    {
        std::u32string folded = word.toStdU32String();
        std::ranges::transform(folded, folded.begin(), &caseFold);
        const auto expression
            = searchexpression::of({{{table.searchedColumns(), folded}}}, table.searchedColumns());
        return test
            .outsideScalar(
                u"SELECT coalesce(group_concat(rowid), '') FROM (SELECT rowid FROM "
                "postdesk_search_posts WHERE postdesk_search_posts MATCH '%1' ORDER BY rowid)"_s
                    .arg(expression.value()))
            .toString();
    }
    QString write(const QString &sql) const
    {
        return test.outside(sql, noPatience) == 0 ? QString()
                                                  : u"the neighbour's write failed: "_s + sql;
    }

    TestDatabase test;
    std::shared_ptr<Connection> connection;
    Table table;
};

} // namespace

#define WRITES(database, sql) QCOMPARE((database).write(sql), QString())

class SearchIndexTest final : public QObject
{
    Q_OBJECT

private slots:
    void isMadeAndRemovedWithoutATrace_data()
    {
        QTest::addColumn<bool>("isWal");
        QTest::newRow("rollback") << false;
        QTest::newRow("wal") << true;
    }
    void isMadeAndRemovedWithoutATrace()
    {
        QFETCH(const bool, isWal);
        Database database(f500
                              + u"CREATE INDEX by_date ON posts (created_at);"
                                "CREATE TRIGGER own AFTER DELETE ON posts BEGIN SELECT 1; END;"_s,
                          isWal ? TestDatabase::Journal::Wal : TestDatabase::Journal::Rollback);
        const QString before = database.schema();
        QCOMPARE(database.look().state, State::Absent);
        QCOMPARE(SearchIndex(*database.connection, database.table).obstacle(),
                 SearchIndex::Obstacle::None);
        QCOMPARE(database.schema(), before);
        database.build();
        QCOMPARE(database.look().state, State::Ready);
        QVERIFY(SearchIndex(*database.connection, database.table).holdsSample());
        QVERIFY(database.schema() != before);
        QCOMPARE(database.named(u"number 499"_s), u"499"_s);
        QCOMPARE(database.named(u"GRÜSSE"_s), QString());
        database.remove();
        QCOMPARE(database.look().state, State::Absent);
        QCOMPARE(database.schema(), before);
        QCOMPARE(database.test.outsideScalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
        database.build(); // and again
        QCOMPARE(database.look().state, State::Ready);
    }

    void halfAnIndexIsRemovedWithoutATrace()
    {
        Database database;
        const QString before = database.schema();
        for (const int steps : {2, 3}) {
            database.build(steps);
            QCOMPARE(database.look().state, State::Partial);
            database.remove();
            QCOMPARE(database.schema(), before);
        }
    }

    void neighboursWritesKeepItTrue()
    {
        Database database;
        database.build();
        WRITES(database, u"INSERT INTO posts (title, content) VALUES ('Neuer Gast', 'x')"_s);
        QCOMPARE(database.named(u"gast"_s), u"501"_s);
        WRITES(database, u"UPDATE posts SET title = 'Alter Hut' WHERE id = 501"_s);
        QCOMPARE(database.named(u"gast"_s), QString());
        QCOMPARE(database.named(u"alter hut"_s), u"501"_s);
        WRITES(database, u"UPDATE posts SET id = 900 WHERE id = 501"_s);
        QCOMPARE(database.named(u"alter hut"_s), u"900"_s);
        WRITES(database,
               u"INSERT INTO posts (id, title, content) VALUES (900, 'Dritter', 'y') "
               "ON CONFLICT (id) DO UPDATE SET title = 'Vierter'"_s);
        QCOMPARE(database.named(u"vierter"_s), u"900"_s);
        QCOMPARE(database.named(u"alter hut"_s), QString());
        WRITES(database, u"DELETE FROM posts WHERE id = 900"_s);
        QCOMPARE(database.named(u"vierter"_s), QString());
        WRITES(database, u"DELETE FROM posts"_s);
        QCOMPARE(database.named(u"post"_s), QString());
        QCOMPARE(database.look().state, State::Ready);
    }

    /// INSERT OR REPLACE runs no delete trigger, and hands its REPLACE on to what triggers insert.
    void replacingIsNeitherRefusedNorMissed()
    {
        Database database;
        database.build();
        WRITES(database,
               u"INSERT OR REPLACE INTO posts (id, title, content) VALUES "
               "(7, 'Ersatz', 'z'), (901, 'Neuling', 'z')"_s);
        QCOMPARE(database.named(u"ersatz"_s), u"7"_s);
        QCOMPARE(database.named(u"neuling"_s), u"901"_s);
        WRITES(database, u"UPDATE posts SET title = 'Drittes' WHERE id = 7"_s);
        QCOMPARE(database.named(u"drittes"_s), u"7"_s);
        // On an empty index FTS5 takes a row that it doesn't know for damage.
        WRITES(database, u"DELETE FROM posts"_s);
        Database empty(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, content TEXT)"_s);
        empty.build();
        WRITES(
            empty,
            u"INSERT OR REPLACE INTO posts VALUES (1, 'Erstes', '%1')"_s.arg(QString(5000, u'x')));
        WRITES(empty, u"REPLACE INTO posts VALUES (1, 'Zweites', '')"_s);
        QCOMPARE(empty.named(u"zweites"_s), u"1"_s);
        WRITES(empty, u"DELETE FROM posts"_s);
    }

    void itIsTrueWhateverIsWrittenWhileItIsBuilt()
    {
        QString sql = f500;
        sql += u"WITH RECURSIVE i(i) AS (SELECT 501 UNION ALL SELECT i + 1 FROM i LIMIT 5000) "
               "INSERT INTO posts (id, title, content) SELECT i * 2, 'Post ' || i, "
               "'Lorem ipsum ' || hex(randomblob(100)) FROM i;"_s;
        Database database(sql);
        SearchIndexBuilder builder(database.table);
        int step = 0;
        while (builder.build(*database.connection) == Step::More) {
            if (step == 0)
                QCOMPARE(database.look().state, State::Partial);
            ++step;
            // Each of these may hit a row that is in the index already, or one that isn't.
            for (int i = 0; i < 3; ++i) {
                const int id = (step * 7919 + i * 3331) % 11'000;
                WRITES(database, u"UPDATE posts SET title = 'Changed %1' WHERE id = %1"_s.arg(id));
                WRITES(database, u"DELETE FROM posts WHERE id = %1"_s.arg(id + 1));
                WRITES(database,
                       u"INSERT OR REPLACE INTO posts (id, title, content) VALUES (%1, "
                       "'Inserted %1', 'during')"_s.arg(id + 2));
            }
        }
        QVERIFY2(step > 3, "it was built at once");
        QCOMPARE(database.look().state, State::Ready);
        for (const QString &word : {u"Changed"_s, u"Inserted"_s, u"during"_s, u"number 4"_s}) {
            const QString rows
                = database.test
                      .outsideScalar(
                          u"SELECT group_concat(id) FROM (SELECT id FROM posts WHERE "
                          "instr(title, '%1') OR instr(content, '%1') ORDER BY id)"_s.arg(word))
                      .toString();
            const QStringList named = database.named(word).split(u',');
            for (const QString &row : rows.split(u','))
                QVERIFY2(named.contains(row), qPrintable(word + u' ' + row));
        }
        QVERIFY(SearchIndex(*database.connection, database.table).holdsSample());
        QCOMPARE(database.test.outsideScalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    }

    /// The row that the building has come to is in the index, and the next isn't yet.
    void whatIsWrittenWhereTheBuildingStandsIsThereOnce()
    {
        QString sql = f500;
        sql += u"WITH RECURSIVE i(i) AS (SELECT 501 UNION ALL SELECT i + 1 FROM i LIMIT 20000) "
               "INSERT INTO posts (id, title, content) SELECT i, 'Post ' || i, "
               "'Lorem ipsum ' || hex(randomblob(200)) FROM i;"_s;
        Database database(sql);
        SearchIndexBuilder builder(database.table);
        qint64 reached = 0;
        while (reached <= 0 && builder.build(*database.connection) == Step::More)
            reached
                = database.test.outsideScalar(u"SELECT reached FROM postdesk_search_posts_state"_s)
                      .toInteger();
        QVERIFY(reached > 0 && reached < 20'000);
        for (const qint64 id : {reached, reached + 1}) {
            WRITES(database, u"DELETE FROM posts WHERE id = %1"_s.arg(id));
            WRITES(
                database,
                u"INSERT INTO posts (id, title, content) VALUES (%1, 'Another', 'edge')"_s.arg(id));
        }
        QCOMPARE(database.named(u"edge"_s), QString::number(reached));
        while (builder.build(*database.connection) == Step::More) {}
        QCOMPARE(database.named(u"edge"_s), u"%1,%2"_s.arg(reached).arg(reached + 1));
        WRITES(database, u"DELETE FROM posts WHERE content = 'edge'"_s);
        QCOMPARE(database.named(u"edge"_s), QString());
    }

    /// What a commit took lately is kept free, and a slow one isn't forgotten at once.
    void stepsLeaveTheCommitItsTime()
    {
        using namespace std::chrono_literals;
        SearchIndexBuilder builder(Database().table);
        const auto idle = builder.workTime();
        QVERIFY(idle < SearchIndexBuilder::longestStep);
        builder.learnCommit(25ms);
        QVERIFY(builder.workTime() + 25ms < SearchIndexBuilder::longestStep);
        QVERIFY(builder.workTime() < idle);
        builder.learnCommit(1ms);
        QVERIFY(builder.workTime() + 20ms < SearchIndexBuilder::longestStep);
        builder.learnCommit(400ms);
        QVERIFY(builder.workTime() > 0ms); // it goes on all the same
        for (int i = 0; i < 200; ++i)
            builder.learnCommit(1ms);
        QCOMPARE(builder.workTime(), idle);

        Database database;
        QCOMPARE(builder.build(*database.connection), Step::More);
        QVERIFY(builder.lockTime() > 0ms);
    }

    void halfAnIndexIsGoneOnWith()
    {
        Database database;
        database.build(2); // its tables and triggers, nothing in it
        QCOMPARE(database.look().state, State::Partial);
        WRITES(database, u"UPDATE posts SET title = 'Hut' WHERE id = 3"_s);
        WRITES(database, u"DELETE FROM posts WHERE id = 4"_s);
        database.build(); // another builder, as after a crash
        QCOMPARE(database.look().state, State::Ready);
        QCOMPARE(database.named(u"hut"_s), u"3"_s);
    }

    void whatIsMissingMakesItStale_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("a trigger") << u"DROP TRIGGER postdesk_search_posts_update"_s;
        QTest::newRow("another trigger")
            << u"DROP TRIGGER postdesk_search_posts_update; CREATE TRIGGER "
               "postdesk_search_posts_update AFTER UPDATE ON posts BEGIN SELECT 1; END"_s;
        QTest::newRow("the table was rebuilt")
            << u"CREATE TABLE _alembic_tmp_posts (id INTEGER PRIMARY KEY, title TEXT, content "
               "TEXT, created_at TEXT); INSERT INTO _alembic_tmp_posts SELECT * FROM posts; DROP "
               "TABLE posts; ALTER TABLE _alembic_tmp_posts RENAME TO posts"_s;
        QTest::newRow("a column has another name")
            << u"ALTER TABLE posts RENAME COLUMN title TO heading"_s;
        QTest::newRow("its state") << u"DELETE FROM postdesk_search_posts_state"_s;
        QTest::newRow("all of it") << u"DROP TABLE postdesk_search_posts"_s;
    }
    void whatIsMissingMakesItStale()
    {
        QFETCH(const QString, sql);
        Database database;
        const QString before = database.schema();
        database.build();
        WRITES(database, sql);
        QCOMPARE(database.look().state, State::Stale);
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, database.build());
        database.remove();
        QCOMPARE(database.look().state, State::Absent);
        QVERIFY(!database.schema().contains(u"postdesk"_s));
        database.table = reflect(*database.connection, u"posts"_s).table;
        database.build();
        QCOMPARE(database.look().state, State::Ready);
    }

    void rowsThatWentPastTheTriggersAreNoticed()
    {
        Database database;
        database.build();
        const SearchIndex index(*database.connection, database.table);
        QVERIFY(index.holdsSample());
        const QString sql
            = index.objects().at(4).sql + u';'; // the trigger comes back as if it had been there
        QCOMPARE(index.objects().at(4).name, u"postdesk_search_posts_update"_s);
        WRITES(database,
               u"DROP TRIGGER postdesk_search_posts_update; UPDATE posts SET title = "
               "'Unseen' WHERE id > 450;"_s
                   + sql);
        QCOMPARE(database.look().state, State::Ready);
        QVERIFY(!index.holdsSample());
    }

    void tablesThatCanHaveNone()
    {
        const auto obstacle = [](const QString &sql) {
            const Database database(sql);
            return SearchIndex(*database.connection, database.table).obstacle();
        };
        using Obstacle = SearchIndex::Obstacle;
        QCOMPARE(obstacle(u"CREATE TABLE posts (id TEXT PRIMARY KEY, title TEXT)"_s),
                 Obstacle::NoRowid);
        QCOMPARE(obstacle(u"CREATE TABLE posts (id INT PRIMARY KEY, title TEXT) WITHOUT ROWID"_s),
                 Obstacle::NoRowid);
        QCOMPARE(obstacle(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, n INTEGER)"_s),
                 Obstacle::NoText);
        QCOMPARE(obstacle(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)"_s),
                 Obstacle::None);
    }

    /// Where our tables of case and FTS5's are taken to agree, they do.
    void caseIsFoldedAsHere()
    {
        Database database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, content TEXT);"
            "WITH RECURSIVE i(i) AS (SELECT 33 UNION ALL SELECT i + 1 FROM i LIMIT 125280) "
            "INSERT INTO posts SELECT i, char(i) || char(i) || char(i), NULL FROM i "
            "WHERE i NOT BETWEEN 55296 AND 57343"_s);
        database.build();
        int asked = 0;
        for (char32_t character = 33; character < 0x1E990; ++character) {
            const QList<char32_t> variants = caseVariants(character);
            if (variants.isEmpty() || caseFold(character) != character)
                continue;
            const QStringList named
                = database.named(QString::fromStdU32String(std::u32string(3, character)))
                      .split(u',');
            for (const char32_t wanted : QList<char32_t>{character} + variants) {
                ++asked;
                QVERIFY2(named.contains(QString::number(wanted)),
                         qPrintable(QString::number(wanted, 16)));
            }
        }
        QVERIFY(asked > 2000);
    }
};

QTEST_GUILESS_MAIN(SearchIndexTest)
#include "tst_searchindex.moc"
