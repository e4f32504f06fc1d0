// SPDX-License-Identifier: MIT
#include "ui/table/recordcache.h"

#include <QTest>

using orm::Key;
using orm::StoredValue;
using ui::RecordCache;

namespace {

QList<Key> keys(std::initializer_list<qint64> numbers)
{
    QList<Key> keys;
    for (const qint64 number : numbers)
        keys.append(Key::integer(number));
    return keys;
}

orm::Record record(const char *text)
{
    return {{StoredValue::utf8(text)}, {}};
}

orm::RecordPage page(const QList<Key> &keys, const char *text)
{
    orm::RecordPage page;
    for (const Key &key : keys) {
        page.keys.append(key);
        page.records.append(record(text));
    }
    return page;
}

} // namespace

class RecordCacheTest final : public QObject
{
    Q_OBJECT

private slots:
    void aRowIsWantedUntilItIsOnItsWayOrHere()
    {
        RecordCache cache;
        const Key key = Key::integer(1);
        QVERIFY(cache.isWanted(key));
        const auto request = cache.begin({key});
        QVERIFY(cache.isLoading(key));
        QVERIFY(!cache.isWanted(key));
        QVERIFY(!cache.find(key));
        QVERIFY(cache.finish(request, page({key}, "a")).gone.isEmpty());
        QVERIFY(!cache.isLoading(key));
        QVERIFY(cache.isFresh(key));
        QCOMPARE(*cache.find(key), record("a"));
    }

    void whatIsGoneIsToldOnce()
    {
        RecordCache cache;
        const auto request = cache.begin(keys({1, 2, 3}));
        QCOMPARE(cache.finish(request, page(keys({1, 3}), "a")).gone, keys({2}));
        QVERIFY(!cache.isWanted(Key::integer(2)));
        cache.markStale();
        QVERIFY(cache.isWanted(Key::integer(2)));
    }

    void whatFailedIsNotAskedForUntilRefreshed()
    {
        RecordCache cache;
        cache.fail(cache.begin(keys({1})));
        QVERIFY(!cache.isWanted(Key::integer(1)));
        cache.markStale();
        QVERIFY(cache.isWanted(Key::integer(1)));
    }

    void aCancelledRequestIsAsIfNeverMade()
    {
        RecordCache cache;
        const auto request = cache.begin(keys({1}));
        cache.cancel(request);
        QVERIFY(cache.isWanted(Key::integer(1)));
        QVERIFY(cache.finish(request, page(keys({1}), "late")).gone.isEmpty());
        QVERIFY(!cache.find(Key::integer(1)));
    }

    void staleRowsAreShownUntilTheNewOnesAreHere()
    {
        RecordCache cache;
        const Key key = Key::integer(1);
        cache.insert(key, record("old"));
        cache.markStale();
        QCOMPARE(*cache.find(key), record("old"));
        QVERIFY(!cache.isFresh(key));
        QVERIFY(cache.isWanted(key));
        cache.finish(cache.begin({key}), page({key}, "new"));
        QCOMPARE(*cache.find(key), record("new"));
        QVERIFY(cache.isFresh(key));
    }

    void aReplyAskedForBeforeIsStaleAtOnce()
    {
        RecordCache cache;
        const Key key = Key::integer(1);
        const auto request = cache.begin({key});
        cache.markStale();
        QVERIFY(cache.isWanted(key));
        const auto again = cache.begin({key});
        cache.finish(request, page({key}, "old"));
        QCOMPARE(*cache.find(key), record("old")); // better than nothing
        QVERIFY(!cache.isFresh(key));
        QVERIFY(cache.isLoading(key)); // by the second
        cache.finish(again, page({key}, "new"));
        QVERIFY(cache.isFresh(key));
    }

    void aLateReplyIsNoNewerThanASave()
    {
        RecordCache cache;
        const auto request = cache.begin(keys({1, 2}));
        cache.insert(Key::integer(1), record("saved"));
        cache.insert(Key::integer(2), record("saved"));
        const QList<Key> gone = cache.finish(request, page(keys({1}), "read before")).gone;
        QCOMPARE(*cache.find(Key::integer(1)), record("saved"));
        QVERIFY(gone.isEmpty()); // there was no 2 when this was read, but there is now
    }

    void theRowsUsedLeastRecentlyGo()
    {
        RecordCache cache(3);
        for (qint64 i = 1; i <= 3; ++i)
            cache.insert(Key::integer(i), record("a"));
        QVERIFY(cache.find(Key::integer(1)));
        cache.insert(Key::integer(4), record("a"));
        QVERIFY(cache.find(Key::integer(1)));
        QVERIFY(!cache.find(Key::integer(2)));
        QVERIFY(cache.isWanted(Key::integer(2)));
    }

    void aLargeRowCountsAsMany()
    {
        RecordCache cache(100);
        for (qint64 i = 1; i <= 50; ++i)
            cache.insert(Key::integer(i), record("a"));
        cache.insert(Key::integer(51), {{StoredValue::utf8(QByteArray(90 * 4096, 'x'))}, {}});
        QVERIFY(cache.find(Key::integer(51)));
        QVERIFY(!cache.find(Key::integer(1)));
        QVERIFY(cache.find(Key::integer(50)));
    }
};

QTEST_APPLESS_MAIN(RecordCacheTest)
#include "tst_recordcache.moc"
