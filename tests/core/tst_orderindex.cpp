// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/orderindex.h"
#include "core/session/rowreader.h"
#include "core/session/sessionworker.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;
using State = OrderIndexReport::State;

namespace {

const QString schema = u"SELECT group_concat(name || coalesce(sql, ''), char(10)) FROM (SELECT * "
                       "FROM sqlite_schema ORDER BY name)"_s;
const QString posts
    = u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE, \"a, b\" TEXT, n);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 3000) INSERT INTO "
      "posts "
      "SELECT i * 2, 'Title ' || (i * 7919 % 1009), hex(randomblob(9)), i % 13 FROM i;"_s;
constexpr auto up = Qt::AscendingOrder;
constexpr auto down = Qt::DescendingOrder;

struct Database
{
    explicit Database(const QString &sql = posts)
        : test(sql)
        , connection(Engine::create(test.url()).connect())
        , table(reflect(*connection, u"posts"_s).table)
    {}
    OrderIndex index(const QList<SortColumn> &sort) { return {*connection, table, sort}; }
    bool isUsed(const QList<SortColumn> &sort)
    {
        return isIndexed(*connection, RowReader(*connection, table), totalOrder({table, sort}));
    }

    TestDatabase test;
    std::shared_ptr<Connection> connection;
    Table table;
};

} // namespace

class TestOrderIndex final : public QObject
{
    Q_OBJECT

private slots:
    void sqliteUsesItForwardsAndBackwards_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QList<int>>("sort"); // column + 1, negative: descending
        QTest::addColumn<QString>("columns");
        const QString key = u"INTEGER PRIMARY KEY"_s;
        QTest::newRow("one") << posts << QList<int>{2} << u"(title)"_s;
        QTest::newRow("downwards") << posts << QList<int>{-2} << u"(title)"_s;
        QTest::newRow("two") << posts << QList<int>{2, 4} << u"(title, n)"_s;
        QTest::newRow("two, the first downwards")
            << posts << QList<int>{-2, 4} << u"(title DESC, n)"_s;
        QTest::newRow("two, the second downwards")
            << posts << QList<int>{2, -4} << u"(title DESC, n)"_s;
        QTest::newRow("the key among them")
            << posts << QList<int>{-4, 2, -1} << u"(n, title DESC)"_s;
        QTest::newRow("a name to be quoted") << posts << QList<int>{3} << u"(\"a, b\")"_s;
        QTest::newRow("a key that is text")
            << u"CREATE TABLE posts (id TEXT PRIMARY KEY, title TEXT, x, y);"_s << QList<int>{-2}
            << u"(title, id)"_s;
        QTest::newRow("no rowid")
            << u"CREATE TABLE posts (id TEXT PRIMARY KEY, title TEXT, x, y) WITHOUT ROWID;"_s
            << QList<int>{2} << u"(title, id)"_s;
    }
    void sqliteUsesItForwardsAndBackwards()
    {
        QFETCH(const QString, sql);
        QFETCH(const QList<int>, sort);
        QFETCH(const QString, columns);
        Database database(sql);
        QList<SortColumn> order;
        QList<SortColumn> reverse;
        for (const int column : sort) {
            order.append({qAbs(column) - 1, column > 0 ? up : down});
            reverse.append({qAbs(column) - 1, column > 0 ? down : up});
        }
        const QString before = database.connection->scalar(schema).toString();
        OrderIndex index = database.index(order);
        QCOMPARE(index.look().state, State::Absent);
        QVERIFY(!database.isUsed(order));
        QVERIFY2(index.sql().remove(u'"').endsWith(QString(columns).remove(u'"')),
                 qPrintable(index.sql()));
        QVERIFY(index.sql().contains(u"postdesk_order_posts_"_s));
        index.build();
        QCOMPARE(index.look().state, State::Made);
        QCOMPARE(database.index(reverse).look().state, State::Made);
        QVERIFY(database.isUsed(order));
        QVERIFY(database.isUsed(reverse));
        index.build(); // is there
        database.index(reverse).remove();
        QCOMPARE(index.look().state, State::Absent);
        QCOMPARE(database.connection->scalar(schema).toString(), before);
        index.remove(); // isn't there
    }

    void whatIsInstantAlreadyNeedsNone()
    {
        Database database(posts + u"CREATE INDEX theirs ON posts (n)"_s);
        QCOMPARE(database.index({}).look().state, State::Given);
        QCOMPARE(database.index({{0, up}}).look().state, State::Given);
        QCOMPARE(database.index({{3, down}}).look().state, State::Given);
        QCOMPARE(database.index({{3, down}, {1, up}}).look().state, State::Absent);
        QCOMPARE(database.index({{3, down}}).look().made, QStringList());
        database.index({{3, down}}).remove(); // not ours
        QVERIFY(database.isUsed({{3, up}}));
    }

    void itKnowsItsOwn()
    {
        Database database;
        database.index({{1, up}}).build();
        database.index({{1, up}, {3, down}}).build();
        QCOMPARE(database.index({{2, up}}).look().made,
                 QStringList({u"title"_s, u"title DESC, n"_s}));
        database.test.outside(u"DROP INDEX postdesk_order_posts_title"_s);
        QCOMPARE(database.index({{1, down}}).look().state, State::Absent);
        QCOMPARE(database.index({{2, up}}).look().made, QStringList{u"title DESC, n"_s});
    }

    void aNameThatIsTakenIsLeftAlone()
    {
        Database database(posts + u"CREATE INDEX postdesk_order_posts_title ON posts (n, title)"_s);
        OrderIndex index = database.index({{1, up}});
        index.build();
        QCOMPARE(index.look().state, State::Made);
        index.remove();
        QCOMPARE(index.look().made, QStringList{u"n, title"_s});
    }

    void itSaysItsPrice()
    {
        Database database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, x, n);"
                          "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT "
                          "40000) INSERT INTO "
                          "posts SELECT i, 'Title ' || hex(randomblob(i % 20)), NULL, i FROM i;"_s);
        const auto pages = [&] {
            return double(database.connection->scalar(u"PRAGMA page_count"_s).toInteger());
        };
        for (const QList<SortColumn> &sort :
             {QList<SortColumn>{{1, up}}, {{1, down}, {3, up}}, {{3, up}}}) {
            OrderIndex index = database.index(sort);
            const OrderIndex::Price price = index.price(40'000);
            const double before = pages();
            index.build();
            const double bytes = (pages() - before) * 4096;
            QVERIFY2(double(price.bytes) > 0.7 * bytes && double(price.bytes) < 1.4 * bytes,
                     qPrintable(u"%1 of %2"_s.arg(price.bytes).arg(bytes)));
            QVERIFY(price.time.count() > 0);
            QVERIFY(database.index(sort).price(400'000).time > 5 * price.time);
        }
    }

    void itKnowsHowManyRowsThereMayBe()
    {
        Database database;
        QCOMPARE(database.index({{1, up}}).mostRows(), std::optional<qint64>(5999));
        Database text(u"CREATE TABLE posts (id TEXT PRIMARY KEY, title TEXT, x, y);"_s);
        QCOMPARE(text.index({{1, up}}).mostRows(), std::nullopt);
    }

    void aViewCanHaveNone()
    {
        Database database(posts
                          + u"ALTER TABLE posts RENAME TO others;"
                            "CREATE VIEW posts AS SELECT * FROM others"_s);
        QCOMPARE(database.index({{1, up}}).look().obstacle, OrderIndexReport::Obstacle::View);
    }

    void interruptedItLeavesNothing()
    {
        const TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 300000) INSERT "
            "INTO posts SELECT i, 'Title ' || (i * 7919 % 100003) FROM i;"_s);
        SessionWorker worker(database.url());
        const auto table
            = worker.run([](Session &session) { return reflect(session.connection(), u"posts"_s); })
                  .result()
                  .table;
        for (const qint64 until : {20, 1000, 1800}) { // thousand steps of 2700
            const auto building = worker.run([table](Session &session) {
                OrderIndex(session.connection(), table, {{1, up}}).build();
            });
            QTRY_VERIFY(worker.thousandSteps() >= until);
            QVERIFY(worker.interrupt(building));
            QVERIFY_THROWS_EXCEPTION(CancelledError, QFuture(building).waitForFinished());
            QCOMPARE(database.outsideScalar(
                         u"SELECT count(*) FROM sqlite_schema WHERE type = 'index'"_s),
                     StoredValue::integer(0));
            // and nobody is kept from writing
            QCOMPARE(database.outside(u"UPDATE posts SET title = 'x' WHERE id = 1"_s), 0);
        }
    }

    void itsStepsTellHowFarItIs()
    {
        const TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, n);"
            "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 100000) INSERT "
            "INTO posts SELECT i, 'Title ' || (i * 7919 % 100003), i % 7 FROM i;"_s);
        SessionWorker worker(database.url());
        struct Steps
        {
            qint64 done = 0;
            int perRow = 0;
        };
        const Steps steps
            = worker
                  .run([&worker](Session &session) {
                      const Table table = reflect(session.connection(), u"posts"_s).table;
                      OrderIndex index(session.connection(), table, {{1, up}, {2, down}});
                      index.build();
                      return Steps{worker.thousandSteps(), index.stepsPerRow()};
                  })
                  .result();
        const qint64 expected = 100'000 * steps.perRow / 1000;
        QVERIFY2(steps.done > expected * 7 / 10 && steps.done < expected * 13 / 10,
                 qPrintable(u"%1 of %2"_s.arg(steps.done).arg(expected)));
    }
};

QTEST_GUILESS_MAIN(TestOrderIndex)
#include "tst_orderindex.moc"
