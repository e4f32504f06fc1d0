// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/keysorter.h"
#include "core/session/orderreader.h"
#include "tests/support/sqltrace.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <random>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace orm;

namespace {

/// What a view has once the stream has ended.
QStringList collect(QFuture<KeyBatch> stream)
{
    stream.waitForFinished();
    QStringList keys;
    const QList<KeyBatch> batches = stream.results();
    for (const KeyBatch &batch : batches) {
        if (batch.restarts)
            keys.clear();
        for (qint64 row = 0; row < batch.keys.size(); ++row)
            keys.append(batch.keys.at(row).toString());
    }
    Q_ASSERT(!batches.isEmpty() && batches.last().isLast);
    return keys;
}

/// Text keys, numbers and values of every class, with ties, NULLs and near misses.
const QString mixed
    = u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, n NUMERIC, v, c TEXT COLLATE "
      u"NOCASE,"
      " r TEXT COLLATE RTRIM);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 3000) "
      "INSERT INTO posts SELECT i * 3,"
      " CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'Ä' || (i % 50)"
      "  WHEN 3 THEN replace(hex(zeroblob(20)), '00', 'long') || (i % 40)"
      "  WHEN 4 THEN 'a' || char(0) || (i % 9) ELSE 'title ' || (i * 7919 % 1009) END,"
      " CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i % 30 WHEN 2 THEN (i % 30) + 0.5 WHEN 3 THEN 'x' "
      "|| i % 4"
      "  ELSE -i END,"
      " CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN x'00ff' WHEN 2 THEN 9007199254740992 + i % 4"
      "  WHEN 3 THEN 9007199254740992.0 + i % 3 WHEN 4 THEN '5' ELSE zeroblob(i % 40) END,"
      " CASE i % 4 WHEN 0 THEN 'abc' WHEN 1 THEN 'ABC' WHEN 2 THEN 'aBd' || i % 5 ELSE 'É' END,"
      " CASE i % 3 WHEN 0 THEN 'x  ' WHEN 1 THEN 'x' ELSE 'x y' END"
      " FROM i;"_s;

} // namespace

class OrderReaderTest final : public QObject
{
    Q_OBJECT

private:
    static ConnectionOptions options()
    {
        ConnectionOptions made;
        if (QByteArray(QTest::currentDataTag()).endsWith("query"))
            made.statements = ConnectionOptions::Statements::Query;
        return made;
    }
    static void bothStatements()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("native") << 0;
        QTest::newRow("query") << 1;
    }
    static Table table(DatabaseThread &thread, const QString &name = u"posts"_s)
    {
        return thread
            .run([name](Connection &connection) { return reflect(connection, name).table; })
            .result();
    }
    /// The keys in the order of a plain SELECT by another program.
    static QStringList expected(const TestDatabase &database, const QString &select)
    {
        return database.outsideScalar(u"SELECT group_concat(k, '|') FROM (%1)"_s.arg(select))
            .toString()
            .split(u'|', Qt::SkipEmptyParts);
    }

    /// Counts what it is asked.
    class Every final : public RowFilter
    {
    public:
        explicit Every(int nth)
            : m_nth(nth)
        {}
        QList<int> columns() const override { return {0}; }
        bool matches(const Key &key, const QList<ValueView> &, const StopCheck &) const override
        {
            ++asked;
            return key.number() % m_nth == 0;
        }
        mutable std::atomic_int asked = 0;

    private:
        int m_nth;
    };

private slots:
    void keysBeginBehindARowAndComeRound_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("isDescending");
        for (const int column : {0, 1, 3, 4}) { // id, title, v, c
            for (const bool isDescending : {false, true})
                QTest::addRow("%d %s", column, isDescending ? "descending" : "ascending")
                    << column << isDescending;
        }
    }
    void keysBeginBehindARowAndComeRound()
    {
        QFETCH(const int, column);
        QFETCH(const bool, isDescending);
        const TestDatabase database(
            mixed
            + u"CREATE INDEX by_title ON posts (title);CREATE INDEX by_v ON "
              "posts (v);CREATE INDEX by_c ON posts (c);"_s);
        OrderReader reader(database.url());
        RowQuery query{table(reader),
                       {{column, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder}}};
        const auto filter = std::make_shared<Every>(5);
        query.filter = filter;
        const QStringList plain = collect(reader.keys(query));
        QCOMPARE(plain.size(), 600);
        for (const int row : {0, 1, 299, 598, 599}) {
            query.behind = Key::integer(plain.at(row).toLongLong());
            filter->asked = 0;
            const QStringList rotated = collect(reader.keys(query));
            QCOMPARE(rotated, plain.mid(row + 1) + plain.first(row + 1));
            QVERIFY(filter->asked >= 3000 && filter->asked < 3010); // none twice
        }
        query.behind = Key::integer(1); // isn't there
        QCOMPARE(collect(reader.keys(query)), plain);
    }

    void everyOrderIsThatOfAPlainSelect_data()
    {
        QTest::addColumn<QString>("index");
        QTest::addColumn<QString>("sort");
        const QStringList sorts{
            u"id"_s,
            u"id DESC"_s,
            u"title"_s,
            u"title DESC"_s,
            u"n"_s,
            u"n DESC"_s,
            u"v"_s,
            u"v DESC"_s,
            u"c"_s,
            u"c DESC"_s,
            u"r"_s,
            u"n, title"_s,
            u"n, title DESC"_s,
            u"c DESC, v, title DESC"_s,
            u"title, id DESC"_s,
        };
        for (const QString &sort : sorts) {
            for (const char *statements : {"native", "query"}) {
                QTest::addRow("%s, sorted here, %s", qUtf8Printable(sort), statements)
                    << QString() << sort;
                QTest::addRow("%s, by an index, %s", qUtf8Printable(sort), statements)
                    << u"CREATE INDEX i ON posts (%1)"_s.arg(sort) << sort;
            }
        }
    }
    void everyOrderIsThatOfAPlainSelect()
    {
        QFETCH(QString, index);
        QFETCH(QString, sort);
        TestDatabase database(mixed + index);
        OrderReader reader(database.url(), options());
        RowQuery query{table(reader), {}};
        const QStringList parts = sort.split(u", "_s);
        for (const QString &part : parts) {
            query.sort.append(
                {query.table.indexOf(part.section(u' ', 0, 0)),
                 part.endsWith(u"DESC"_s) ? Qt::DescendingOrder : Qt::AscendingOrder});
        }
        const QString ties = sort.contains(u"id"_s)
            ? QString()
            : u", id"_s + (sort.endsWith(u"DESC"_s) ? u" DESC"_s : QString());
        const QStringList wanted
            = expected(database, u"SELECT id AS k FROM posts ORDER BY %1%2"_s.arg(sort, ties));
        QCOMPARE(wanted.size(), 3000);
        QCOMPARE(collect(reader.keys(query)), wanted);
    }

    void noSortIsByKeyNewestFirst_data() { bothStatements(); }
    void noSortIsByKeyNewestFirst()
    {
        TestDatabase database(mixed);
        OrderReader reader(database.url(), options());
        QCOMPARE(collect(reader.keys({table(reader), {}})),
                 expected(database, u"SELECT id AS k FROM posts ORDER BY id DESC"_s));
    }

    void manyNullsAreNoObstacle()
    {
        // more than a piece holds, on both ends of the order
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "CREATE INDEX i ON posts (title);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000) "
            "INSERT INTO posts SELECT i, CASE WHEN i % 2 = 0 THEN 't' || i % 100 END FROM n"_s);
        OrderReader reader(database.url());
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            const QString direction = order == Qt::AscendingOrder ? u""_s : u" DESC"_s;
            QCOMPARE(
                collect(reader.keys({table(reader), {{1, order}}})),
                expected(database,
                         u"SELECT id AS k FROM posts ORDER BY title%1, id%1"_s.arg(direction)));
        }
    }

    void keysOfAnyTypeWork_data() { bothStatements(); }
    void keysOfAnyTypeWork()
    {
        TestDatabase database(
            u"CREATE TABLE votes (post INTEGER, user TEXT, value, PRIMARY KEY (post, user))"
            " WITHOUT ROWID;"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
            "INSERT INTO votes SELECT i % 40, 'user ' || i, i % 3 FROM n"_s);
        OrderReader reader(database.url(), options());
        const Table votes = table(reader, u"votes"_s);
        const QString key = u"SELECT post || ', ' || user AS k FROM votes ORDER BY "_s;
        QCOMPARE(collect(reader.keys({votes, {}})),
                 expected(database, key + u"post DESC, user DESC"_s));
        QCOMPARE(collect(reader.keys({votes, {{2, Qt::AscendingOrder}}})),
                 expected(database, key + u"value, post, user"_s));
        QCOMPARE(collect(reader.keys({votes, {{1, Qt::DescendingOrder}}})),
                 expected(database, key + u"user DESC, post DESC"_s));
    }

    void anOrderOfACollationThatWeDoNotKnowIsSqlites()
    {
        // "lower" collates in no SQLite but this connection's; elsewhere the order can't be asked for
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "INSERT INTO posts VALUES (1, 'b'), (2, 'a');"
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
            " 'CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE odd)'"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 reader.keys({posts, {{1, Qt::AscendingOrder}}}).waitForFinished());
        QCOMPARE(collect(reader.keys({posts, {}})), (QStringList{u"2"_s, u"1"_s}));
    }

    void longTextsThatDifferLateAreSorted()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, content TEXT, n INTEGER);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) "
            "INSERT INTO posts SELECT i, replace(hex(zeroblob(1000)), '00', 'same ')"
            " || CASE WHEN i % 3 THEN i * 7 % 101 ELSE '' END, -i FROM n"_s);
        OrderReader reader(database.url());
        QCOMPARE(collect(reader.keys(
                     {table(reader), {{1, Qt::DescendingOrder}, {2, Qt::AscendingOrder}}})),
                 expected(database, u"SELECT id AS k FROM posts ORDER BY content DESC, n, id"_s));
    }

    void anEmptyTableHasNoKeysAndSaysSo()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)"_s);
        OrderReader reader(database.url());
        QCOMPARE(collect(reader.keys({table(reader), {}})), QStringList());
        QCOMPARE(collect(reader.keys({table(reader), {{1, Qt::AscendingOrder}}})), QStringList());
        QCOMPARE(reader.count(table(reader)).result(), 0);
    }

    void countCounts_data() { bothStatements(); }
    void countCounts()
    {
        TestDatabase database(mixed);
        OrderReader reader(database.url(), options());
        QCOMPARE(reader.count(table(reader)).result(), 3000);
    }

    void othersMayWriteBetweenThePieces()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
            "INSERT INTO posts SELECT i, 'title ' || i * 7919 % 1009 FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        for (const QList<SortColumn> &sort :
             {QList<SortColumn>{}, QList<SortColumn>{{1, Qt::AscendingOrder}}}) {
            // each statement is one piece: before it begins the one before has left no lock
            QStringList failed;
            int pieces = 0;
            std::unique_ptr<SqlTrace> unused;
            reader
                .run([&](Connection &connection) {
                    connection.setTrace([&](const QString &sql) {
                        if (!sql.startsWith(u"SELECT"_s))
                            return;
                        ++pieces;
                        if (database.outside(u"UPDATE posts SET title = title WHERE id = 1"_s,
                                             noPatience)
                            != 0)
                            failed.append(sql);
                    });
                })
                .waitForFinished();
            const QStringList keys = collect(reader.keys({posts, sort}));
            reader.run([](Connection &connection) { connection.setTrace({}); }).waitForFinished();
            QCOMPARE(keys.size(), 100000);
            QCOMPARE(failed, QStringList());
            QVERIFY(pieces >= 5); // of KeyScan::pieceRows at most
        }
    }

    void rowsThatOthersWriteMeanwhileAreThereAtTheEnd_data()
    {
        QTest::addColumn<bool>("isIndexed");
        QTest::newRow("streamed") << true;
        QTest::newRow("sorted") << false;
    }
    void rowsThatOthersWriteMeanwhileAreThereAtTheEnd()
    {
        QFETCH(bool, isIndexed);
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000) "
            "INSERT INTO posts SELECT i, 'title ' || i FROM n;"_s
            + (isIndexed ? u"CREATE INDEX i ON posts (title)"_s : QString()));
        OrderReader reader(database.url());
        const Table posts = table(reader);
        bool isWritten = false;
        reader
            .run([&](Connection &connection) {
                connection.setTrace([&](const QString &sql) {
                    // behind the first piece, a row that belongs before it and one that goes
                    if (!sql.startsWith(u"SELECT"_s) || !sql.contains(u"WHERE"_s) || isWritten)
                        return;
                    isWritten = true;
                    QCOMPARE(
                        database.outside(
                            u"INSERT INTO posts VALUES (0, 'a'); DELETE FROM posts WHERE id = 3"_s,
                            noPatience),
                        0);
                });
            })
            .waitForFinished();
        const QStringList keys = collect(reader.keys({posts, {{1, Qt::AscendingOrder}}}));
        QVERIFY(isWritten);
        QCOMPARE(keys, expected(database, u"SELECT id AS k FROM posts ORDER BY title, id"_s));
    }

    void whatLeavesTheOrderAloneRestartsNothing()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE other (x);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000) "
            "INSERT INTO posts SELECT i, i FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        bool isWritten = false;
        reader
            .run([&](Connection &connection) {
                connection.setTrace([&](const QString &sql) {
                    if (sql.startsWith(u"SELECT"_s) && !std::exchange(isWritten, true))
                        database.outside(u"INSERT INTO other VALUES (1)"_s, noPatience);
                });
            })
            .waitForFinished();
        auto stream = reader.keys({posts, {}});
        QCOMPARE(collect(stream).size(), 60000);
        QVERIFY(isWritten);
        const QList<KeyBatch> batches = stream.results();
        QVERIFY(std::none_of(batches.begin(), batches.end(),
                             [](const KeyBatch &batch) { return batch.restarts; }));
    }

    void aWriterThatNeverRestsDoesNotKeepTheOrderFromComing()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
            "INSERT INTO posts SELECT i, i FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        reader
            .run([&](Connection &connection) {
                connection.setTrace([&](const QString &) {
                    database.outside(u"INSERT INTO posts (title) VALUES ('x')"_s, noPatience);
                });
            })
            .waitForFinished();
        QVERIFY(collect(reader.keys({posts, {}})).size() >= 2000);
    }

    void theFirstRowsOfALongSortComeFirst()
    {
        // Titles of which some are longer than what is kept of them, and equal up to there.
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000) "
            "INSERT INTO posts SELECT i, printf('%05d', i * 7919 % 60013) FROM n;"
            "INSERT INTO posts SELECT 70000 + id, printf('00100%.60c%d', 'x', 9 - id)"
            " FROM posts WHERE id < 9"_s);
        OrderReader reader(database.url());
        RowQuery query{table(reader), {{1, Qt::AscendingOrder}}};
        query.wantsPreview = true;
        query.kept = {Key::integer(40'000), Key::integer(30'000), Key::integer(5)};
        KeyList preview;
        QStringList all;
        for (const KeyBatch &batch : reader.keys(query).results()) {
            if (batch.isPreview) {
                QVERIFY(all.isEmpty());
                preview = batch.keys;
                continue;
            }
            for (qint64 i = 0; i < batch.keys.size(); ++i)
                all.append(batch.keys.at(i).toString());
        }
        QCOMPARE(all, expected(database, u"SELECT id AS k FROM posts ORDER BY title, id"_s));
        QVERIFY(preview.size() > 90 + query.kept.size() && preview.size() < 256);
        for (qint64 row = 0; row < preview.size() - query.kept.size(); ++row)
            QCOMPARE(preview.at(row).toString(), all.at(row));
        // The kept ones behind them, in their order.
        qsizetype last = preview.size() - query.kept.size() - 1;
        for (qint64 row = last + 1; row < preview.size(); ++row) {
            QVERIFY(query.kept.contains(preview.at(row)));
            const qsizetype place = all.indexOf(preview.at(row).toString());
            QVERIFY(place > last);
            last = place;
        }
    }

    void theFirstRowsOfALongIndexComeFirst()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
            "INSERT INTO posts SELECT i, printf('%06d', i * 7919 % 100003) FROM n;"
            "CREATE INDEX byTitle ON posts (title)"_s);
        OrderReader reader(database.url());
        const QStringList all
            = expected(database, u"SELECT id AS k FROM posts ORDER BY title DESC, id DESC"_s);
        RowQuery query{table(reader), {{1, Qt::DescendingOrder}}};
        query.wantsPreview = true;
        const Key late = Key::integer(all.at(50'000).toLongLong());
        const Key later = Key::integer(all.at(59'000).toLongLong());
        query.kept = {later, late, Key::integer(all.at(5).toLongLong()), Key::integer(170'000)};
        int previews = 0;
        QStringList rows;
        for (const KeyBatch &batch : reader.keys(query).results()) {
            QStringList keys;
            for (qint64 i = 0; i < batch.keys.size(); ++i)
                keys.append(batch.keys.at(i).toString());
            if (!batch.isPreview) {
                rows += keys;
                continue;
            }
            ++previews;
            QVERIFY(rows.size() < all.size());
            QCOMPARE(keys,
                     all.mid(0, OrderReader::previewRows)
                         + QStringList({late.toString(), later.toString()}));
        }
        QCOMPARE(previews, 1);
        QCOMPARE(rows, all);
    }

    void aCancelledStreamEnds()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
            "INSERT INTO posts SELECT i, i * 7919 % 1009 FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        for (const QList<SortColumn> &sort :
             {QList<SortColumn>{}, QList<SortColumn>{{1, Qt::AscendingOrder}}}) {
            auto stream = reader.keys({posts, sort});
            stream.cancel();
            stream.waitForFinished();
            QVERIFY(stream.isCanceled());
            auto other = reader.keys({posts, sort});
            reader.interrupt(other);
            QVERIFY_THROWS_EXCEPTION(CancelledError, other.waitForFinished());
            QCOMPARE(collect(reader.keys({posts, sort})).size(), 100000);
        }
    }

    /// So many that several threads read them: no row is left out, and none is there twice.
    void manyRowsAreReadByManyThreads_data()
    {
        QTest::addColumn<QString>("sort");
        QTest::addColumn<bool>("isWritten");
        for (const char *sort : {"title", "c DESC", "v, title DESC"}) {
            QTest::addRow("%s", sort) << QString::fromLatin1(sort) << false;
            QTest::addRow("%s, while others write", sort) << QString::fromLatin1(sort) << true;
        }
    }
    void manyRowsAreReadByManyThreads()
    {
        QFETCH(QString, sort);
        QFETCH(const bool, isWritten);
        // Ids side by side, far apart, and again side by side; NULLs, equal values, all classes
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, c TEXT COLLATE NOCASE, v);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 180000) "
            "INSERT INTO posts SELECT CASE WHEN i < 120000 THEN i - 20 WHEN i < 121000 THEN i << 40"
            " ELSE (1 << 60) + i * 3 END,"
            " CASE WHEN i % 17 = 0 THEN NULL ELSE 'Title ' || (i * 7919 % 5003) END,"
            " CASE i % 4 WHEN 0 THEN 'abc' WHEN 1 THEN 'ABC' WHEN 2 THEN 'aBd' || i % 500 END,"
            " CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN x'00ff' WHEN 2 THEN i % 40 WHEN 3 THEN"
            " i % 40 + 0.5 ELSE i % 40 || '' END FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        QList<SortColumn> order;
        for (const QString &part : sort.split(u", "_s))
            order.append({posts.indexOf(part.section(u' ', 0, 0)),
                          part.endsWith(u"DESC"_s) ? Qt::DescendingOrder : Qt::AscendingOrder});
        int shared = 0;
        int written = 0;
        reader
            .run([&](Connection &connection) {
                connection.setTrace([&](const QString &sql) {
                    if (!sql.contains(u"BETWEEN"_s) || shared++ > 0 || !isWritten)
                        return;
                    // Once: the second reading is the last, whatever is written then
                    written += database.outside(
                                   u"DELETE FROM posts WHERE id % 1000 = 7;"
                                   "INSERT INTO posts VALUES (-700, 'a', 'b', 1), (1 << 50, 'a',"
                                   " 'b', 1), ((1 << 61), NULL, NULL, NULL);"
                                   "UPDATE posts SET title = 'A', c = 'aaa', v = -1"
                                   " WHERE id % 999 = 5"_s,
                                   5s) // the other threads read
                        == 0;
                });
            })
            .waitForFinished();
        const QStringList keys = collect(reader.keys({posts, order}));
        reader.run([](Connection &connection) { connection.setTrace({}); }).waitForFinished();
        QVERIFY(shared > 0);
        QCOMPARE(written, isWritten ? 1 : 0);
        const QString ties = sort.endsWith(u"DESC"_s) ? u"id DESC"_s : u"id"_s;
        const QStringList wanted
            = expected(database, u"SELECT id AS k FROM posts ORDER BY %1, %2"_s.arg(sort, ties));
        QCOMPARE(keys.size(), wanted.size());
        for (qsizetype row = 0; row < keys.size(); ++row) {
            if (keys.at(row) != wanted.at(row))
                QFAIL(qPrintable(
                    u"row %1 is %2 instead of %3"_s.arg(row).arg(keys.at(row), wanted.at(row))));
        }
    }

    /// Shift+Esc when all is read and it sorts: no key comes any more.
    void aSortIsGivenUpAlsoWhenAllIsRead()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 250000) "
            "INSERT INTO posts SELECT i, i * 7919 % 300007 FROM n"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        constexpr int rounds = 20; // this thread may come too late to see it sort
        int givenUp = 0;
        for (int round = 0; round < rounds && givenUp == 0; ++round) {
            auto stream = reader.keys({posts, {{1, Qt::AscendingOrder}}});
            int seen = 0;
            bool sorts = false;
            while (!stream.isFinished() && !sorts) {
                for (; seen < stream.resultCount(); ++seen)
                    sorts = sorts || stream.resultAt(seen).rowsSorted > 0;
            }
            reader.interrupt(stream);
            bool isCancelled = false;
            try {
                stream.waitForFinished();
            } catch (const CancelledError &) {
                isCancelled = true;
            }
            bool hasKeys = false;
            for (int i = 0; i < QFuture(stream).resultCount() && !isCancelled; ++i)
                hasKeys = hasKeys || !stream.resultAt(i).keys.isEmpty();
            QVERIFY(isCancelled || hasKeys);
            givenUp += sorts && isCancelled ? 1 : 0;
        }
        QVERIFY(givenUp > 0);
        QCOMPARE(collect(reader.keys({posts, {{1, Qt::AscendingOrder}}})).size(), 250'000);
    }

    void noReadLeavesALock_data() { bothStatements(); }
    void noReadLeavesALock()
    {
        TestDatabase database(mixed);
        OrderReader reader(database.url(), options());
        const Table posts = table(reader);
        const QString write = u"UPDATE posts SET n = 1 WHERE id = 3"_s;
        collect(reader.keys({posts, {}}));
        QCOMPARE(database.outside(write), 0);
        collect(reader.keys({posts, {{1, Qt::AscendingOrder}}}));
        QCOMPARE(database.outside(write), 0);
        reader.count(posts).waitForFinished();
        QCOMPARE(database.outside(write), 0);
    }

    void nothingIsReadByOffset()
    {
        TestDatabase database(mixed + u"CREATE INDEX i ON posts (title)"_s);
        OrderReader reader(database.url());
        const Table posts = table(reader);
        QStringList statements;
        reader
            .run([&](Connection &connection) {
                connection.setTrace([&](const QString &sql) { statements.append(sql); });
            })
            .waitForFinished();
        collect(reader.keys({posts, {{1, Qt::AscendingOrder}}}));
        collect(reader.keys({posts, {{2, Qt::AscendingOrder}}}));
        reader.run([](Connection &connection) { connection.setTrace({}); }).waitForFinished();
        QVERIFY(!statements.isEmpty());
        QVERIFY(statements.filter(u"OFFSET"_s).isEmpty());
    }

    void sortKeysCompareAsSqliteDoes()
    {
        // every pair of awkward values, asked from SQLite itself
        TestDatabase database;
        const auto connection = Engine::create(database.url()).connect();
        const QList<StoredValue> values{
            StoredValue(),
            StoredValue::integer(std::numeric_limits<qint64>::min()),
            StoredValue::integer(-1),
            StoredValue::integer(0),
            StoredValue::integer(1),
            StoredValue::integer(9007199254740992),
            StoredValue::integer(9007199254740993),
            StoredValue::integer(std::numeric_limits<qint64>::max() - 1),
            StoredValue::integer(std::numeric_limits<qint64>::max()),
            StoredValue::real(-1e300),
            StoredValue::real(-0.5),
            StoredValue::real(-0.0),
            StoredValue::real(0.5),
            StoredValue::real(9007199254740992.0),
            StoredValue::real(9223372036854775808.0),
            StoredValue::real(1e300),
            StoredValue::text(u""),
            StoredValue::text(u" "),
            StoredValue::text(u"a"),
            StoredValue::text(u"A"),
            StoredValue::text(u"a "),
            StoredValue::text(u"ab"),
            StoredValue::text(u"AB"),
            StoredValue::utf8(QByteArray("\0", 1)),
            StoredValue::utf8(QByteArray("a\0", 2)),
            StoredValue::utf8(QByteArray("a\0b", 3)),
            StoredValue::utf8(QByteArray("a\0\0", 3)),
            StoredValue::utf8(QByteArray("a\1", 2)),
            StoredValue::text(u"ä"),
            StoredValue::text(u"Ä"),
            StoredValue::text(u"🎉"),
            StoredValue::utf8("\xff"),
            StoredValue::blob({}),
            StoredValue::blob("a"),
            StoredValue::blob(QByteArray("\0", 1)),
        };
        const QList<std::pair<Collation, QString>> collations{
            {Collation::Binary, u"BINARY"_s},
            {Collation::NoCase, u"NOCASE"_s},
            {Collation::RTrim, u"RTRIM"_s},
        };
        const auto bytes = [](const StoredValue &value, SortRule rule) {
            QByteArray out;
            const QByteArray text = value.bytes();
            appendSortKey(out, ValueView::of(value, text), rule, 0);
            return out;
        };
        const auto sign = [](auto number) { return (number > 0) - (number < 0); };
        for (const auto &[collation, name] : collations) {
            for (const StoredValue &a : values) {
                for (const StoredValue &b : values) {
                    // ORDER BY's comparison, in which NULL is a value, too
                    const QString sql
                        = u"SELECT CASE WHEN a IS b THEN 0 WHEN a IS NULL THEN -1 "
                          "WHEN b IS NULL THEN 1 WHEN a < b THEN -1 ELSE 1 END "
                          "FROM (SELECT ? COLLATE %1 AS a, ? COLLATE %1 AS b)"_s.arg(name);
                    const qint64 wanted = connection->scalar(sql, {a, b}).toInteger();
                    const SortRule up{collation, Qt::AscendingOrder};
                    const SortRule down{collation, Qt::DescendingOrder};
                    QCOMPARE(sign(QByteArrayView(bytes(a, up)).compare(bytes(b, up))), wanted);
                    QCOMPARE(sign(QByteArrayView(bytes(a, down)).compare(bytes(b, down))), -wanted);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(OrderReaderTest)
#include "tst_orderreader.moc"
