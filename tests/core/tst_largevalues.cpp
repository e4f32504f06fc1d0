// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/largerow.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "tests/support/sqltrace.h"
#include "tests/support/testdatabase.h"

#include <QMutex>
#include <QSemaphore>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

/// Some posts among others are larger than what is read in one go, in any column that can hold it.
const QString mixed
    = u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, created_at "
      "DATETIME, size INTEGER GENERATED ALWAYS AS (length(title)) VIRTUAL); CREATE INDEX by_date "
      "ON "
      "posts (created_at);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 60) INSERT INTO posts "
      "(id, title, content, created_at) SELECT i * 2,"
      " CASE i % 20 WHEN 7 THEN replace(hex(zeroblob(300000)), '00', 'Title ' || i) WHEN 8 THEN "
      "NULL "
      "  ELSE 'title ' || i END,"
      " CASE i % 10 WHEN 3 THEN replace(hex(zeroblob(200000)), '00', 'some ä ' || i) "
      "  WHEN 5 THEN zeroblob(1500000 + i) WHEN 6 THEN i ELSE 'text ' || i END,"
      " '2024-01-' || (10 + i * 7 % 19) FROM i;"_s;

/// Keeps what it is asked about.
class Noting final : public RowFilter
{
public:
    QList<int> columns() const override { return {2, 1, 4}; }
    bool matches(const Key &key, const QList<ValueView> &values, const StopCheck &) const override
    {
        const QMutexLocker lock(&m_mutex);
        m_noted.insert(key, note(values));
        return key.number() % 3 == 0;
    }
    static QString note(const QList<ValueView> &values)
    {
        QString noted;
        for (const ValueView &value : values) {
            noted += u"%1 %2 %3 %4;"_s.arg(int(value.storage))
                         .arg(value.integer)
                         .arg(value.bytes.size())
                         .arg(qHash(value.bytes.toByteArray(), 1));
        }
        return noted;
    }
    QHash<Key, QString> noted() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_noted;
    }

private:
    mutable QMutex m_mutex;
    mutable QHash<Key, QString> m_noted;
};

/// Looks at a large value until it is told to stop.
class Endless final : public RowFilter
{
public:
    /// @param candidate the only row that may match; 0: any
    explicit Endless(qint64 candidate)
        : m_candidate(candidate)
    {}
    QList<int> columns() const override { return {2}; }
    std::optional<QList<Key>> candidates() const override
    {
        if (m_candidate == 0)
            return {};
        return QList<Key>{Key::integer(m_candidate), Key::integer(2)};
    }
    bool matches(const Key &, const QList<ValueView> &values,
                 const StopCheck &isStopped) const override
    {
        if (values.first().bytes.size() <= valuePart)
            return true;
        begun.release();
        constexpr int patience = 20'000; // ms, where nobody tells
        for (int i = 0; i < patience; ++i) {
            if (isStopped && isStopped()) {
                stopped.release();
                return true;
            }
            QTest::qSleep(1);
        }
        return true;
    }

    mutable QSemaphore begun;
    mutable QSemaphore stopped;

private:
    qint64 m_candidate;
};

Table reflected(DatabaseThread &thread)
{
    return thread.run([](Connection &connection) { return reflect(connection, u"posts"_s).table; })
        .result();
}

} // namespace

class LargeValuesTest final : public QObject
{
    Q_OBJECT

private slots:
    void aFilterIsAskedAboutLargeValuesAsAboutOthers_data()
    {
        QTest::addColumn<bool>("isNative");
        QTest::addColumn<QList<int>>("order"); // columns, from 1; below 0 descending
        for (const bool isNative : {true, false}) {
            const QByteArray kind = isNative ? ", native" : ", query";
            QTest::addRow("newest first%s", kind.constData()) << isNative << QList<int>{};
            QTest::addRow("by id%s", kind.constData()) << isNative << QList<int>{1};
            QTest::addRow("by an index%s", kind.constData()) << isNative << QList<int>{4};
            QTest::addRow("by it, descending%s", kind.constData()) << isNative << QList<int>{-4};
            QTest::addRow("by title%s", kind.constData()) << isNative << QList<int>{2};
        }
    }
    void aFilterIsAskedAboutLargeValuesAsAboutOthers()
    {
        QFETCH(const bool, isNative);
        QFETCH(const QList<int>, order);
        const TestDatabase database(mixed);
        ConnectionOptions options;
        options.statements = isNative ? ConnectionOptions::Statements::Native
                                      : ConnectionOptions::Statements::Query;
        OrderReader reader(database.url(), options);
        const auto filter = std::make_shared<Noting>();
        RowQuery query{reflected(reader), {}, filter};
        for (const int column : order)
            query.sort.append(
                {qAbs(column) - 1, column < 0 ? Qt::DescendingOrder : Qt::AscendingOrder});
        auto stream = reader.keys(query);
        stream.waitForFinished();
        QSet<Key> found;
        const QList<KeyBatch> batches = stream.results();
        for (const KeyBatch &batch : batches) {
            for (qint64 i = 0; i < batch.keys.size(); ++i)
                found.insert(batch.keys.at(i));
        }

        const auto expected = reader
                                  .run([](Connection &connection) {
                                      QHash<Key, QString> all;
                                      for (int id = 2; id <= 120; id += 2) {
                                          QList<QByteArray> bytes;
                                          QList<ValueView> values;
                                          for (const auto *column : {"content", "title", "size"}) {
                                              const StoredValue value = connection.scalar(
                                                  u"SELECT %1 FROM posts WHERE id = %2"_s
                                                      .arg(QLatin1StringView(column))
                                                      .arg(id));
                                              bytes.append(value.bytes());
                                              values.append(ValueView::of(value, bytes.last()));
                                          }
                                          all.insert(Key::integer(id), Noting::note(values));
                                      }
                                      return all;
                                  })
                                  .result();
        QCOMPARE(expected.size(), 60);
        QCOMPARE(filter->noted(), expected);
        QCOMPARE(found.size(), 20);
    }

    void aLargeValueIsReadInParts()
    {
        const TestDatabase database(mixed);
        OrderReader reader(database.url());
        const Table table = reflected(reader);
        const auto looks = [&](int allowed) {
            return reader
                .run([&](Connection &connection) {
                    const RowReader rows(connection, table);
                    KeyScan scan(connection, rows, {{0, Qt::AscendingOrder}}, {2});
                    int count = 0;
                    scan.setCheck([&] {
                        if (++count == allowed)
                            throw CancelledError();
                    });
                    try {
                        while (scan.read({}, [](const PreparedStatement &statement) {
                            (void)statement.columnBytes(1);
                        }) == KeyScan::Piece::More) {}
                    } catch (const CancelledError &) {
                        return -count;
                    }
                    return count;
                })
                .result();
        };
        QVERIFY(looks(0) > 50);
        QCOMPARE(looks(2), -2);
    }

    void aSearchIsGivenUpWithinALargeValue_data()
    {
        QTest::addColumn<qint64>("candidate");
        QTest::addColumn<int>("sort");
        QTest::newRow("all rows") << qint64(0) << -1;
        QTest::newRow("all rows, to be sorted") << qint64(0) << 1;
        QTest::newRow("rows that are named") << qint64(6) << -1;
    }
    void aSearchIsGivenUpWithinALargeValue()
    {
        QFETCH(const qint64, candidate);
        QFETCH(const int, sort);
        const TestDatabase database(mixed);
        OrderReader reader(database.url());
        const auto filter = std::make_shared<Endless>(candidate);
        RowQuery query{reflected(reader), {}, filter};
        if (sort >= 0)
            query.sort.append({sort, Qt::AscendingOrder});
        auto stream = reader.keys(query);
        filter->begun.acquire();
        stream.cancel();
        reader.open().waitForFinished(); // behind it
        QVERIFY(filter->stopped.tryAcquire());
        QVERIFY(!filter->begun.tryAcquire()); // and looks at no other row
    }

    void theLimitIsNobodyElses()
    {
        const TestDatabase database(mixed);
        OrderReader reader(database.url());
        const Table table = reflected(reader);
        auto stream = reader.keys({table, {}, std::make_shared<Noting>()});
        stream.waitForFinished();
        const auto size
            = reader
                  .run([](Connection &connection) {
                      return connection.scalar(u"SELECT content FROM posts WHERE id = 6"_s)
                          .bytes()
                          .size();
                  })
                  .result();
        QVERIFY(size > LargeRow::largest);
    }
};

QTEST_GUILESS_MAIN(LargeValuesTest)
#include "tst_largevalues.moc"
