// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/orderindex.h"
#include "core/session/rowreader.h"
#include "core/session/sessionworker.h"
#include "tests/support/testdatabase.h"

#include <QFile>
#include <QHash>
#include <QSemaphore>
#include <QTest>

#include <cstdlib>
#include <sqlite3.h>

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

/// Counts what SQLite asks for while it reads and sorts, by functions of its own that are replaced
/// here, and holds it at one of these steps.
class HeldSteps
{
public:
    /// In the connection's thread.
    void watch(Connection &connection)
    {
        sqlite3_create_function(
            connection.sqlite(), "abs", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
            this,
            [](sqlite3_context *context, int, sqlite3_value **values) {
                static_cast<HeldSteps *>(sqlite3_user_data(context))->step(u"read"_s);
                sqlite3_result_int64(context, std::abs(sqlite3_value_int64(values[0])));
            },
            nullptr, nullptr);
        sqlite3_create_collation(
            connection.sqlite(), "NOCASE", SQLITE_UTF8, this,
            [](void *self, int size, const void *a, int otherSize, const void *b) {
                static_cast<HeldSteps *>(self)->step(u"compared"_s);
                return QByteArrayView(static_cast<const char *>(a), size)
                    .compare({static_cast<const char *>(b), otherSize});
            });
    }
    qint64 calls(const QString &name) const { return m_calls.value(name); }
    /// The next time, at call @p number of @p name.
    void holdAt(const QString &name, qint64 number)
    {
        m_calls.clear();
        m_held = name;
        m_number = number;
    }
    void waitUntilHeld() { m_isHeld.acquire(); }
    void release() { m_goesOn.release(); }

private:
    void step(const QString &name)
    {
        if (++m_calls[name] != m_number || name != m_held)
            return;
        m_isHeld.release();
        m_goesOn.acquire();
    }

    QHash<QString, qint64> m_calls; ///< looked at by others only where nothing runs
    QString m_held;
    qint64 m_number = 0;
    QSemaphore m_isHeld;
    QSemaphore m_goesOn;
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

    /// Old files know no descending columns: what SQLite made of them would help nobody.
    void anIndexThatIsNoUseIsNotLeft()
    {
        const TestDatabase database(posts);
        const QString before = database.outsideScalar(schema).toString();
        {
            QFile file(database.file());
            QVERIFY(file.open(QIODevice::ReadWrite));
            constexpr qint64 schemaFormat = 44; // a big-endian number of four bytes in the header
            QVERIFY(file.seek(schemaFormat));
            QCOMPARE(file.write(QByteArray("\0\0\0\1", 4)), 4);
        }
        const auto connection = Engine::create(database.url()).connect();
        const Table table = reflect(*connection, u"posts"_s).table;
        OrderIndex index(*connection, table, {{1, up}, {3, down}});
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError, index.build());
        QCOMPARE(database.outsideScalar(schema).toString(), before);
        QCOMPARE(database.outside(u"UPDATE posts SET n = 1 WHERE id = 2"_s), 0);
    }

    void interruptedItLeavesNothing_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<double>("share"); // of the calls of that step
        QTest::newRow("the first row is read") << u"read"_s << 0.0;
        QTest::newRow("half of them are read") << u"read"_s << 0.5;
        QTest::newRow("sorting begins") << u"compared"_s << 0.0;
        QTest::newRow("half of it is sorted") << u"compared"_s << 0.5;
        QTest::newRow("all is sorted, and to be written") << u"compared"_s << 1.0;
    }
    void interruptedItLeavesNothing()
    {
        QFETCH(const QString, step);
        QFETCH(const double, share);
        const TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, n,"
            " title TEXT COLLATE NOCASE AS ('Title ' || abs(n)));"
            "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 20000) INSERT "
            "INTO posts SELECT i, i * 7919 % 10007 FROM i;"_s);
        SessionWorker worker(database.url());
        const auto build = [&worker] {
            return worker.run([](Session &session) {
                const Table table = reflect(session.connection(), u"posts"_s).table;
                OrderIndex(session.connection(), table, {{table.indexOf(u"title"_s), up}}).build();
            });
        };
        HeldSteps steps;
        worker.run([&steps](Session &session) { steps.watch(session.connection()); })
            .waitForFinished();
        build().waitForFinished();
        const qint64 calls = steps.calls(step);
        QVERIFY(calls >= 20'000);
        worker
            .run([](Session &session) {
                const Table table = reflect(session.connection(), u"posts"_s).table;
                OrderIndex(session.connection(), table, {{table.indexOf(u"title"_s), up}}).remove();
            })
            .waitForFinished();

        steps.holdAt(step, 1 + static_cast<qint64>(share * double(calls - 1)));
        const auto building = build();
        steps.waitUntilHeld();
        QVERIFY(worker.interrupt(building));
        steps.release();
        QVERIFY_THROWS_EXCEPTION(CancelledError, QFuture(building).waitForFinished());
        QCOMPARE(
            database.outsideScalar(u"SELECT count(*) FROM sqlite_schema WHERE type = 'index'"_s),
            StoredValue::integer(0));
        // and nobody is kept from writing
        QCOMPARE(database.outside(u"UPDATE posts SET n = 1 WHERE id = 1"_s), 0);
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
