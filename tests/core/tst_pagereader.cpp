// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/pagereader.h"
#include "tests/support/sqltrace.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

QList<qint64> numbers(const KeyList &keys)
{
    QList<qint64> found;
    for (qint64 row = 0; row < keys.size(); ++row)
        found.append(keys.at(row).number());
    return found;
}

QList<Key> integerKeys(const QList<qint64> &numbers)
{
    QList<Key> keys;
    for (const qint64 number : numbers)
        keys.append(Key::integer(number));
    return keys;
}

/// Ten rows of two columns of text, the second of four megabytes, and one that is short.
QString hugeRows(const QString &behind = {})
{
    return u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, content TEXT%1);"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10) "
           "INSERT INTO posts(title, content) SELECT 'Post ' || i, "
           "replace(hex(zeroblob(1000000)), '00', 'lore') FROM n;"
           "INSERT INTO posts(title, content) VALUES ('Short', 'text')"_s.arg(behind);
}
constexpr int hugeSize = 4'000'000;

/// SQLite's largest allocation since the last call, in bytes.
qint64 largestAllocation()
{
    sqlite3_int64 now = 0;
    sqlite3_int64 highest = 0;
    sqlite3_status64(SQLITE_STATUS_MALLOC_SIZE, &now, &highest, 1);
    return highest;
}

} // namespace

class PageReaderTest final : public QObject
{
    Q_OBJECT

private:
    static ConnectionOptions options()
    {
        ConnectionOptions made;
        if (QTest::currentDataTag() == "query"_ba)
            made.statements = ConnectionOptions::Statements::Query;
        return made;
    }
    static void bothStatements()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("native") << 0;
        QTest::newRow("query") << 1;
    }
    /// The live table, as the program gets it before it reads.
    static Table table(PageReader &reader, const QString &name = u"posts"_s)
    {
        return reader
            .run([name](Connection &connection) { return reflect(connection, name).table; })
            .result();
    }

private slots:
    void theFirstRowsOfAnIndexAreThereWithoutAThread()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s)
                              + u"CREATE INDEX by_title ON posts (title);"_s);
        const auto connection = Engine::create(database.url()).connect();
        const Table posts = reflect(*connection, u"posts"_s).table;
        const int title = posts.indexOf(u"title"_s);
        const auto byKey = firstIndexedRows(*connection, {posts, {}}, 3);
        QVERIFY(byKey);
        QCOMPARE(numbers(byKey->keys), (QList<qint64>{500, 499, 498}));
        const auto byTitle
            = firstIndexedRows(*connection, {posts, {{title, Qt::AscendingOrder}}}, 3);
        QVERIFY(byTitle);
        QCOMPARE(numbers(byTitle->keys), (QList<qint64>{1, 10, 100}));
        QCOMPARE(byTitle->records.at(2).values.at(title).toString(), u"Post number 100"_s);
        const int content = posts.indexOf(u"content"_s);
        QVERIFY(!firstIndexedRows(*connection, {posts, {{content, Qt::AscendingOrder}}}, 3));
    }

    void theFirstPageIsNewestFirst_data() { bothStatements(); }
    void theFirstPageIsNewestFirst()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        PageReader reader(database.url(), options());
        const RecordPage page = reader.firstPage({table(reader), {}}, 3).result();
        QCOMPARE(numbers(page.keys), (QList<qint64>{500, 499, 498}));
        QCOMPARE(page.records.size(), 3);
        QCOMPARE(page.records.first().values.at(1), StoredValue::text(u"Post number 500"_s));
        QVERIFY(page.records.first().isWhole());
    }

    void theFirstPageFollowsTheOrder_data() { bothStatements(); }
    void theFirstPageFollowsTheOrder()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, n INTEGER);"
            "INSERT INTO posts VALUES (1, 'b', 1), (2, NULL, 1), (3, 'a', 2), (4, 'b', 3)"_s);
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const auto first = [&](const QList<SortColumn> &sort) {
            return numbers(reader.firstPage({posts, sort}, 10).result().keys);
        };
        QCOMPARE(first({{1, Qt::AscendingOrder}}), (QList<qint64>{2, 3, 1, 4}));
        QCOMPARE(first({{1, Qt::DescendingOrder}}), (QList<qint64>{4, 1, 3, 2}));
        QCOMPARE(first({{0, Qt::AscendingOrder}}), (QList<qint64>{1, 2, 3, 4}));
        QCOMPARE(first({{2, Qt::AscendingOrder}, {1, Qt::DescendingOrder}}),
                 (QList<qint64>{1, 2, 3, 4}));
    }

    void aTableTooLargeToSortInAMomentBeginsInKeyOrder()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
            "INSERT INTO posts SELECT i, i * 7919 % 100003 FROM n"_s);
        PageReader reader(database.url());
        const RowQuery query{table(reader), {{1, Qt::AscendingOrder}}};
        QCOMPARE(numbers(reader.firstPage(query, 2).result().keys), (QList<qint64>{100000, 99999}));
        QCOMPARE(database.outside(u"CREATE INDEX by_title ON posts (title)"_s), 0);
        QCOMPARE(numbers(reader.firstPage(query, 1).result().keys),
                 QList<qint64>{
                     database.outsideScalar(u"SELECT id FROM posts ORDER BY title"_s).toInteger()});
    }

    void aPageHasTheOrderOfTheKeysWithoutThoseThatAreGone_data() { bothStatements(); }
    void aPageHasTheOrderOfTheKeysWithoutThoseThatAreGone()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        PageReader reader(database.url(), options());
        const RecordPage page
            = reader.page(table(reader), integerKeys({7, 600, 499, 1, -3, 250})).result();
        QCOMPARE(numbers(page.keys), (QList<qint64>{7, 499, 1, 250}));
        for (qint64 row = 0; row < page.keys.size(); ++row)
            QCOMPARE(page.records.at(row).values.first().toInteger(), page.keys.at(row).number());
    }

    void pagesOfAnySizeShareFewStatements_data() { bothStatements(); }
    void pagesOfAnySizeShareFewStatements()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        std::unique_ptr<SqlTrace> trace;
        reader.run([&](Connection &connection) { trace = std::make_unique<SqlTrace>(connection); })
            .waitForFinished();
        QList<qint64> ids;
        for (qint64 id = 1; id <= 500; ++id) {
            ids.append(id);
            if (id % 50 == 0 || id < 20)
                QCOMPARE(numbers(reader.page(posts, integerKeys(ids)).result().keys), ids);
        }
        QVERIFY(reader.page(posts, {}).result().keys.isEmpty());
        QStringList texts;
        reader
            .run([&](Connection &) {
                texts = trace->statements();
                trace.reset();
            })
            .waitForFinished();
        texts.removeDuplicates();
        QVERIFY(texts.size() <= 9); // 1, 2, 4 … 256
        QCOMPARE(texts.filter(u"OFFSET"_s).size(), 0);
    }

    void valuesComeAsStored_data() { bothStatements(); }
    void valuesComeAsStored()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT,"
            " created_at DATETIME);"
            "INSERT INTO posts VALUES"
            " (1, '', NULL, '2024-01-01 10:00:00.678901'),"
            " (2, 5, x'00ff10', '2024-01-01 10:00:00'),"
            " (3, 'a' || char(0) || 'b', 1.5, 1700000000),"
            " (4, x'', 'Ärger 🎉' || char(13, 10, 8232, 160), '0001-01-01 00:00:00.000001'),"
            " (5, '007', 9007199254740993, NULL)"_s);
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const RecordPage page = reader.page(posts, integerKeys({1, 2, 3, 4, 5})).result();
        const auto value
            = [&page](int row, int column) { return page.records.at(row - 1).values.at(column); };
        QCOMPARE(value(1, 1), StoredValue::text(u""));
        QCOMPARE(value(1, 2), StoredValue());
        QCOMPARE(value(1, 3), StoredValue::text(u"2024-01-01 10:00:00.678901"));
        QCOMPARE(value(2, 1), StoredValue::text(u"5")); // TEXT affinity made it that
        QCOMPARE(value(2, 2), StoredValue::blob(QByteArray("\0\xff\x10", 3)));
        QCOMPARE(value(2, 3), StoredValue::text(u"2024-01-01 10:00:00"));
        QCOMPARE(value(3, 1), StoredValue::utf8(QByteArray("a\0b", 3)));
        QCOMPARE(value(3, 2), StoredValue::text(u"1.5"));
        QCOMPARE(value(3, 3), StoredValue::integer(1700000000));
        QCOMPARE(value(4, 1), StoredValue::blob({}));
        QCOMPARE(value(4, 2), StoredValue::text(u"Ärger 🎉\r\n\u2028\u00a0"));
        QCOMPARE(value(5, 1), StoredValue::text(u"007"));
        QCOMPARE(value(5, 2), StoredValue::text(u"9007199254740993"));
        for (int row = 1; row <= 5; ++row)
            QCOMPARE(reader.whole(posts, Key::integer(row)).result(), page.records.at(row - 1));
    }

    void storageClassesSurviveInAColumnWithoutType_data() { bothStatements(); }
    void storageClassesSurviveInAColumnWithoutType()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, v);"
                              "INSERT INTO posts VALUES (1, 5), (2, '5'), (3, 5.0), (4, x'35'),"
                              " (5, NULL), (6, 9007199254740993), (7, 1e300)"_s);
        PageReader reader(database.url(), options());
        const RecordPage page
            = reader.page(table(reader), integerKeys({1, 2, 3, 4, 5, 6, 7})).result();
        const QList<StoredValue> expected{
            StoredValue::integer(5),
            StoredValue::text(u"5"),
            StoredValue::real(5),
            StoredValue::blob("5"_ba),
            StoredValue(),
            StoredValue::integer(9007199254740993),
            StoredValue::real(1e300),
        };
        for (int row = 0; row < expected.size(); ++row)
            QCOMPARE(page.records.at(row).values.at(1), expected.at(row));
    }

    void longValuesAreCutInPagesAndWholeWhenAskedFor_data() { bothStatements(); }
    void longValuesAreCutInPagesAndWholeWhenAskedFor()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT,"
            " picture BLOB);"
            "INSERT INTO posts VALUES (1, replace(hex(zeroblob(5000)), '00', 'ä'),"
            " replace(hex(zeroblob(1000)), '00', '🎉'), zeroblob(1000)),"
            " (2, replace(hex(zeroblob(4096)), '00', 'ä'),"
            " replace(hex(zeroblob(300)), '00', '🎉'), zeroblob(300)),"
            " (3, 'x', char(0) || replace(hex(zeroblob(500)), '00', 'n'), NULL)"_s);
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const RecordPage page = reader.page(posts, integerKeys({1, 2, 3})).result();
        const Record &cut = page.records.at(0);
        QVERIFY(!cut.isWhole());
        QVERIFY(cut.isTruncated(1) && cut.isTruncated(2) && cut.isTruncated(3));
        QVERIFY(!cut.isTruncated(0));
        QCOMPARE(cut.values.at(1).toString(), u"ä"_s.repeated(4096));
        QCOMPARE(cut.values.at(2).toString(), u"🎉"_s.repeated(300));
        QCOMPARE(cut.values.at(3), StoredValue::blob(QByteArray(300, '\0')));
        QVERIFY(page.records.at(1).isWhole());
        const Record &nul = page.records.at(2);
        QVERIFY(nul.isTruncated(2));
        QCOMPARE(nul.values.at(2).bytes(), QByteArray(1, '\0') + QByteArray(299, 'n'));

        const Record whole = reader.whole(posts, Key::integer(1)).result();
        QVERIFY(whole.isWhole());
        QCOMPARE(whole.values.at(1).toString(), u"ä"_s.repeated(5000));
        QCOMPARE(whole.values.at(2).toString(), u"🎉"_s.repeated(1000));
        QCOMPARE(whole.values.at(3).bytes().size(), 1000);
        QCOMPARE(reader.whole(posts, Key::integer(3)).result().values.at(2).bytes(),
                 QByteArray(1, '\0') + QByteArray(500, 'n'));
    }

    void aListReadsNoMorePagesOfHugeValuesThanItShows()
    {
        TestDatabase database(hugeRows());
        PageReader reader(database.url());
        const Table posts = table(reader);
        const auto pagesRead = [&reader] {
            return reader
                .run([](Connection &connection) {
                    int now = 0;
                    int highest = 0;
                    sqlite3_db_status(connection.sqlite(), SQLITE_DBSTATUS_CACHE_MISS, &now,
                                      &highest, 1);
                    return now;
                })
                .result();
        };
        constexpr int beginnings = 10 * (2 + hashedBeginning / 4096);
        pagesRead();
        const RecordPage first = reader.firstPage({posts, {}}, 100).result();
        QVERIFY2(pagesRead() <= beginnings + 10, "more was read than the beginnings");
        QCOMPARE(first.records.size(), 11);
        QCOMPARE(first.records.at(0).values.at(2), StoredValue::text(u"text"_s));
        QVERIFY(first.records.at(0).isWhole());
        QVERIFY(first.records.at(1).isTruncated(2));
        QCOMPARE(first.records.at(1).values.at(2).toString(), u"lore"_s.repeated(75));
        reader.page(posts, integerKeys({11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1})).result();
        QVERIFY2(pagesRead() <= beginnings, "more was read than the beginnings");
        QCOMPARE(reader.whole(posts, Key::integer(3)).result().values.at(2).bytes().size(),
                 hugeSize);
    }

    void aListKeepsNoHugeValueInMemory()
    {
        // As the tutorial's table has it: a column behind the body is reached through all its pages
        TestDatabase database(hugeRows(u", created_at DATETIME DEFAULT CURRENT_TIMESTAMP"_s));
        PageReader reader(database.url());
        const Table posts = table(reader);
        largestAllocation();
        const RecordPage first = reader.firstPage({posts, {}}, 100).result();
        QVERIFY2(largestAllocation() < hugeSize, "a huge value was read whole");
        QCOMPARE(first.records.size(), 11);
        const RecordPage page = reader.page(posts, integerKeys({10, 9, 8})).result();
        QVERIFY2(largestAllocation() < hugeSize, "a huge value was read whole");
        QCOMPARE(page.records.size(), 3);
        for (const Record &record : page.records)
            QCOMPARE(record.values.at(3).bytes().size(), 19);
    }

    /// The first rows wait for nothing that stands behind a huge value: of these rows the rest is empty, of
    /// all others it is there.
    void firstRowsEndBehindAHugeValue_data()
    {
        QTest::addColumn<QString>("behind");
        QTest::addColumn<int>("values"); // that a row with a huge one has
        QTest::newRow("a date behind it") << u", created_at DATETIME DEFAULT '2024-01-01'"_s << 3;
        QTest::newRow("and a number")
            << u", created_at DATETIME DEFAULT '2024-01-01', n INTEGER DEFAULT 7"_s << 3;
        QTest::newRow("nothing") << QString() << 3;
    }
    void firstRowsEndBehindAHugeValue()
    {
        QFETCH(const QString, behind);
        QFETCH(const int, values);
        TestDatabase database(hugeRows(behind)
                              + u";INSERT INTO posts(title, content) VALUES ('None', NULL), "
                                "(NULL, 42), ('Bytes', x'00ff')"_s);
        PageReader reader(database.url());
        const Table posts = table(reader);
        const auto pagesRead = [&reader] {
            return reader
                .run([](Connection &connection) {
                    int now = 0;
                    int highest = 0;
                    sqlite3_db_status(connection.sqlite(), SQLITE_DBSTATUS_CACHE_MISS, &now,
                                      &highest, 1);
                    return now;
                })
                .result();
        };
        constexpr int beginnings = 10 * (2 + hashedBeginning / 4096);
        pagesRead();
        const RecordPage first = reader.firstPage({posts, {}}, 100).result();
        QVERIFY2(pagesRead() <= beginnings + 20, "more was read than the beginnings");
        QCOMPARE(first.records.size(), 14);
        const RecordPage all
            = reader.page(posts, integerKeys({14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}))
                  .result();
        for (qsizetype i = 0; i < 14; ++i) {
            QCOMPARE(first.keys.at(i), all.keys.at(i));
            const Record &record = first.records.at(i);
            const Record &whole = all.records.at(i);
            QCOMPARE(whole.values.size(), posts.columns.size());
            const bool isHuge = first.keys.at(i).number() <= 10;
            QCOMPARE(record.values.size(), isHuge ? values : posts.columns.size());
            QCOMPARE(record.values, whole.values.first(record.values.size()));
            QCOMPARE(record.isTruncated(2), whole.isTruncated(2));
        }
    }

    /// SQLite keeps to no type: a title may be as large as a body, and so may a date.
    void aListReadsNoHugeValueOfASmallType()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), created_at DATETIME, "
            "content TEXT, half INTEGER AS (id / 2));"
            "INSERT INTO posts VALUES (1, 'One', '2024-01-01', 'text'), "
            "(2, replace(hex(zeroblob(1000000)), '00', 'lore'), '2024-01-02', 'text'), "
            "(3, 'Three', zeroblob(4000000), replace(hex(zeroblob(1000)), '00', 'lore')), "
            "(4, 4, NULL, 'text')"_s);
        PageReader reader(database.url());
        const Table posts = table(reader);
        largestAllocation();
        const RecordPage first = reader.firstPage({posts, {}}, 100).result();
        QVERIFY2(largestAllocation() < hugeSize, "a huge value was read whole");
        QCOMPARE(first.keys.size(), 4);
        const auto values = [&first](qint64 row) { return first.records.at(row).values; };
        QCOMPARE(values(0).at(1), StoredValue::text(u"4"_s));
        QVERIFY(values(0).at(2).isNull());
        QCOMPARE(values(1).at(1), StoredValue::text(u"Three"_s));
        QCOMPARE(values(1).at(2).storageClass(), StorageClass::Blob);
        QVERIFY(first.records.at(1).isTruncated(2));
        QVERIFY(first.records.at(1).isTruncated(3));
        QCOMPARE(values(1).at(3).toString(), u"lore"_s.repeated(75));
        QCOMPARE(values(2).at(1).toString(), u"lore"_s.repeated(1024));
        QVERIFY(first.records.at(2).isTruncated(1));
        QCOMPARE(values(2).at(2), StoredValue::text(u"2024-01-02"_s));
        QCOMPARE(values(2).at(4), StoredValue::integer(1));
        QVERIFY(first.records.at(3).isWhole());
        QCOMPARE(reader.whole(posts, Key::integer(2)).result().values.at(1).bytes().size(),
                 hugeSize);
    }

    void aHugeValueOfAnotherSizeOrBeginningIsAChange()
    {
        TestDatabase database(hugeRows());
        PageReader reader(database.url());
        const Table posts = table(reader);
        const auto read
            = [&] { return reader.page(posts, integerKeys({4})).result().records.first(); };
        const Record before = read();
        const Record whole = reader.whole(posts, Key::integer(4)).result();
        QVERIFY(isSameRow(before, read()));
        QVERIFY(isSameRow(before, whole));
        QCOMPARE(database.outside(u"UPDATE posts SET content = content || '.' WHERE id = 4"_s), 0);
        QVERIFY(!isSameRow(before, read()));
        QVERIFY(!isSameRow(read(), whole));
        QCOMPARE(database.outside(u"UPDATE posts SET content = substr(content, 1, 9999) || 'X' || "
                                  "substr(content, 10001, 3990000) WHERE id = 4"_s),
                 0);
        QCOMPARE(read().values, before.values);
        QVERIFY(!isSameRow(before, read()));
    }

    void whateverALargeColumnHoldsIsReadAsItIs_data() { bothStatements(); }
    void whateverALargeColumnHoldsIsReadAsItIs()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, \"a \"\" b\" TEXT, c BLOB, d, "
            "e TEXT AS (d || '!'));"
            "INSERT INTO posts(\"a \"\" b\", c, d) VALUES (NULL, 1, 2.5), ('', x'', ''), "
            "(x'01', 'text', x'02'), ('one', x'00ff', 7)"_s);
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const RecordPage page = reader.page(posts, integerKeys({1, 2, 3, 4})).result();
        QCOMPARE(page.records.size(), 4);
        for (qint64 row = 0; row < page.keys.size(); ++row) {
            const Record &cut = page.records.at(row);
            QVERIFY(cut.isWhole());
            QCOMPARE(cut, reader.whole(posts, page.keys.at(row)).result());
        }
        QCOMPARE(page.records.at(2).values.at(1), StoredValue::blob("\1"_ba));
        QCOMPARE(page.records.at(0).values.at(2), StoredValue::integer(1));
        QCOMPARE(page.records.at(3).values.at(4), StoredValue::text(u"7!"_s));
    }

    void textsOfAFileInUtf16AreRead()
    {
        TestDatabase database(u"PRAGMA encoding = 'UTF-16'; CREATE TABLE posts "
                              "(id INTEGER PRIMARY KEY, content TEXT); "
                              "INSERT INTO posts VALUES (1, 'Grüße')"_s);
        PageReader reader(database.url());
        const RecordPage page = reader.page(table(reader), integerKeys({1})).result();
        QCOMPARE(page.records.first().values.at(1), StoredValue::text(u"Grüße"_s));
    }

    void aRowThatIsGoneIsAnEmptyRecord()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        PageReader reader(database.url());
        QVERIFY(reader.whole(table(reader), Key::integer(501)).result().values.isEmpty());
    }

    void keysOfAnyTypeWork_data() { bothStatements(); }
    void keysOfAnyTypeWork()
    {
        TestDatabase database(
            u"CREATE TABLE settings (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
            "INSERT INTO settings VALUES ('b', 1), ('a''c', 2), ('', 3);"
            "CREATE TABLE votes (post INTEGER, user TEXT, value, PRIMARY KEY (post, user));"
            "INSERT INTO votes VALUES (1, 'x', 10), (1, 'y', 20), (2, 'x', 30), (3, NULL, 40);"_s);
        PageReader reader(database.url(), options());
        const Table settings = table(reader, u"settings"_s);
        const RecordPage first = reader.firstPage({settings, {}}, 10).result();
        QCOMPARE(first.keys.size(), 3);
        QCOMPARE(first.keys.at(0), Key::values({StoredValue::text(u"b")}));
        QCOMPARE(first.keys.at(2), Key::values({StoredValue::text(u"")}));
        const RecordPage again
            = reader.page(settings, {first.keys.at(1), first.keys.at(0)}).result();
        QCOMPARE(again.keys.at(0), first.keys.at(1));
        QCOMPARE(again.records.at(0).values.at(1), StoredValue::integer(2));

        const Table votes = table(reader, u"votes"_s);
        const RecordPage all = reader.firstPage({votes, {}}, 10).result();
        QCOMPARE(all.records.size(), 4);
        QCOMPARE(all.keys.at(1), Key::values({StoredValue::integer(2), StoredValue::text(u"x")}));
        QCOMPARE(all.keys.at(0), Key::values({StoredValue::integer(3), StoredValue()}));
        const auto one = Key::values({StoredValue::integer(1), StoredValue::text(u"y")});
        QCOMPARE(reader.whole(votes, one).result().values.at(2), StoredValue::integer(20));
    }

    void namesThatNeedQuotesWork_data() { bothStatements(); }
    void namesThatNeedQuotesWork()
    {
        TestDatabase database(u"CREATE TABLE \"My \"\"Posts\" (\"Id\" INTEGER PRIMARY KEY,"
                              " \"order\" TEXT, \"a.b\" TEXT);"
                              "INSERT INTO \"My \"\"Posts\" VALUES (1, 'x', 'y')"_s);
        PageReader reader(database.url(), options());
        const Table odd = table(reader, u"My \"Posts"_s);
        const RecordPage page = reader.firstPage({odd, {{1, Qt::AscendingOrder}}}, 5).result();
        QCOMPARE(page.records.first().values.at(1), StoredValue::text(u"x"));
        QCOMPARE(page.records.first().values.at(2), StoredValue::text(u"y"));
    }

    void aColumnThatIsDroppedMeanwhileIsAnErrorAndNotAText()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, \"Body Text\" TEXT);"
                              "INSERT INTO posts VALUES (1, 'x')"_s);
        PageReader reader(database.url());
        const Table posts = table(reader);
        QCOMPARE(database.outside(u"ALTER TABLE posts DROP COLUMN \"Body Text\""_s), 0);
        QVERIFY_THROWS_EXCEPTION(ProgrammingError,
                                 reader.whole(posts, Key::integer(1)).waitForFinished());
    }

    void aTableWithoutKeyIsRefused()
    {
        TestDatabase database(u"CREATE TABLE posts (title TEXT)"_s);
        PageReader reader(database.url());
        QVERIFY_THROWS_EXCEPTION(InvalidRequestError,
                                 reader.firstPage({table(reader), {}}, 5).waitForFinished());
    }

    void noReadLeavesALock_data() { bothStatements(); }
    void noReadLeavesALock()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const QString write = u"UPDATE posts SET title = 'x' WHERE id = 1"_s;
        reader.firstPage({posts, {}}, 100).waitForFinished();
        QCOMPARE(database.outside(write), 0);
        reader.firstPage({posts, {{1, Qt::AscendingOrder}}}, 100).waitForFinished();
        QCOMPARE(database.outside(write), 0);
        reader.page(posts, integerKeys({1, 2, 3})).waitForFinished();
        QCOMPARE(database.outside(write), 0);
        reader.whole(posts, Key::integer(3)).waitForFinished();
        QCOMPARE(database.outside(write), 0);
    }

    void aReadOnlyConnectionReads()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        ConnectionOptions readOnly;
        readOnly.access = ConnectionOptions::Access::ReadOnly;
        PageReader reader(database.url(), readOnly);
        QCOMPARE(reader.firstPage({table(reader), {}}, 5).result().keys.size(), 5);
    }

    void aChangeBehindTheFirstCharactersIsAChange_data() { bothStatements(); }
    void aChangeBehindTheFirstCharactersIsAChange()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QString write = u"UPDATE posts SET content = '%1%2' WHERE id = 7"_s;
        const QString begin(1000, u'a');
        QCOMPARE(database.outside(write.arg(begin, u"x"_s)), 0);
        PageReader reader(database.url(), options());
        const Table posts = table(reader);
        const auto read
            = [&] { return reader.page(posts, integerKeys({7})).result().records.first(); };
        const Record before = read();
        const Record whole = reader.whole(posts, Key::integer(7)).result();
        QVERIFY(!before.isWhole());
        QVERIFY(isSameRow(before, read()));
        QVERIFY(isSameRow(before, whole));
        QVERIFY(isSameRow(whole, before));
        QCOMPARE(database.outside(write.arg(begin, u"y"_s)), 0);
        const Record after = read();
        QCOMPARE(after.values, before.values);
        QVERIFY(!isSameRow(before, after));
        QVERIFY(!isSameRow(whole, after));
        QCOMPARE(database.outside(write.arg(u"a"_s, u"y"_s)), 0);
        QVERIFY(!isSameRow(whole, read()));
        QVERIFY(!isSameRow(read(), before));
    }
};

QTEST_GUILESS_MAIN(PageReaderTest)
#include "tst_pagereader.moc"
