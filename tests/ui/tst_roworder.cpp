// SPDX-License-Identifier: MIT
#include "ui/table/roworder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using orm::Key;
using ui::KeySequence;
using ui::OrderDiff;
using ui::RowOrder;

namespace {

QList<Key> numbered(std::initializer_list<qint64> numbers)
{
    QList<Key> keys;
    for (const qint64 number : numbers)
        keys.append(Key::integer(number));
    return keys;
}

QList<Key> countdown(qint64 from, qint64 to = 1)
{
    QList<Key> keys;
    for (qint64 number = from; number >= to; --number)
        keys.append(Key::integer(number));
    return keys;
}

orm::KeyList listOf(const QList<Key> &keys)
{
    orm::KeyList list;
    for (const Key &key : keys)
        list.append(key);
    return list;
}

enum class Last { No, Yes };

orm::KeyBatch batch(const QList<Key> &keys, Last last = Last::Yes)
{
    return {listOf(keys), last == Last::Yes, false};
}

orm::CommittedRow row(orm::RowChange::Kind kind, const Key &requested, const Key &key)
{
    orm::CommittedRow row;
    row.kind = kind;
    row.requested = requested;
    row.key = key;
    return row;
}

/// Checks every signal against the rows before and after it, as a model would have to.
class Host final : public RowOrder::Host
{
public:
    RowOrder order{*this};
    QSet<Key> pending;
    QStringList steps;

    QList<Key> rows() const
    {
        QList<Key> rows;
        for (qint64 i = 0; i < order.size(); ++i)
            rows.append(order.at(i));
        return rows;
    }

    void beginInsert(qint64 first, qint64 last) override { begin(u'+', first, last); }
    void endInsert() override
    {
        QCOMPARE(order.size(), m_before.size() + m_count);
        QList<Key> expected = rows();
        expected.remove(m_first, m_count);
        QCOMPARE(expected, m_before);
    }
    void beginRemove(qint64 first, qint64 last) override { begin(u'-', first, last); }
    void endRemove() override
    {
        m_before.remove(m_first, m_count);
        QCOMPARE(rows(), m_before);
    }
    QList<Key> keptKeys() const override { return {}; }
    void beginRelayout() override { steps.append(u"relayout"_s); }
    void endRelayout() override {}
    bool isPending(const Key &key) const override { return pending.contains(key); }
    QList<Key> pendingKeys() const override
    {
        QList<Key> keys = pending.values();
        keys.removeIf([](const Key &key) { return key.isTemporary(); });
        return keys;
    }

private:
    void begin(QChar sign, qint64 first, qint64 last)
    {
        steps.append(u"%1%2-%3"_s.arg(sign).arg(first).arg(last));
        m_before = rows();
        m_first = first;
        m_count = last - first + 1;
    }

    QList<Key> m_before;
    qint64 m_first = 0;
    qint64 m_count = 0;
};

/// A host that shows @p keys, read to the end.
struct Shown
{
    explicit Shown(const QList<Key> &keys, OrderDiff::Order order = OrderDiff::Order::ByKey)
    {
        host.order.reset(order, {});
        host.order.beginReading();
        host.order.addBatch(batch(keys));
        host.steps.clear();
    }
    void read(const QList<Key> &keys)
    {
        host.order.beginReading();
        host.order.addBatch(batch(keys));
    }

    Host host;
    RowOrder &order = host.order;
};

} // namespace

class RowOrderTest final : public QObject
{
    Q_OBJECT

private slots:
    void sequenceIsAList_data()
    {
        QTest::addColumn<bool>("isText");
        QTest::addColumn<qint64>("step"); // from a number to the next
        QTest::addColumn<qint64>("base");
        constexpr qint64 narrow = 1;
        constexpr qint64 middle = 1000;
        constexpr qint64 wide = Q_INT64_C(1) << 45;
        QTest::newRow("integers side by side") << false << narrow << Q_INT64_C(0);
        QTest::newRow("integers from -100 000 on") << false << narrow << Q_INT64_C(-100'000);
        QTest::newRow("integers some way off") << false << middle << Q_INT64_C(1'000'000'000'000);
        QTest::newRow("integers far from each other")
            << false << wide << std::numeric_limits<qint64>::min();
        QTest::newRow("other keys") << true << narrow << Q_INT64_C(0);
    }

    void sequenceIsAList()
    {
        QFETCH(const bool, isText);
        QFETCH(const qint64, step);
        QFETCH(const qint64, base);
        const auto keyOf = [=](qint64 number) {
            return isText ? Key::values({orm::StoredValue::text(QString::number(number))})
                          : Key::integer(base + (number + 1) * step); // -1 is the smallest
        };
        QRandomGenerator random(1);
        KeySequence sequence;
        QList<Key> expected;
        qint64 next = 0;
        for (int round = 0; round < 80; ++round) {
            const qint64 at = random.bounded(int(expected.size()) + 1);
            const qint64 count = random.bounded(round % 10 == 0 ? 30'000 : 100);
            switch (random.bounded(4)) {
            case 0: {
                orm::KeyList added;
                for (qint64 i = 0; i < count; ++i)
                    added.append(keyOf(++next));
                for (qint64 i = 0; i < count; ++i)
                    expected.append(added.at(i));
                sequence.append(added);
                break;
            }
            case 1:
                sequence.insert(at, keyOf(++next));
                expected.insert(at, keyOf(next));
                break;
            case 2: {
                KeySequence other;
                orm::KeyList added;
                for (qint64 i = 0; i < count + 5; ++i)
                    added.append(keyOf(++next));
                other.append(added);
                sequence.insert(at, other, 3, count);
                QList<Key> part;
                for (qint64 i = 3; i < 3 + count; ++i)
                    part.append(added.at(i));
                expected = expected.first(at) + part + expected.sliced(at);
                break;
            }
            default: {
                const qint64 removed = std::min<qint64>(count, expected.size() - at);
                sequence.remove(at, removed);
                expected.remove(at, removed);
                break;
            }
            }
            QCOMPARE(sequence.size(), expected.size());
            for (int look = 0; look < 20 && !expected.isEmpty(); ++look) {
                const qint64 place = random.bounded(int(expected.size()));
                QCOMPARE(sequence.at(place), expected.at(place));
            }
        }
        for (qint64 i = 0; i < expected.size(); ++i)
            QCOMPARE(sequence.at(i), expected.at(i));
        const qint64 some = expected.size() / 3;
        QCOMPARE(sequence.indexOf(expected.at(some)), some);
        QCOMPARE(sequence.indexOf(keyOf(-1)), -1);
        const auto found = sequence.indexesOf({expected.at(some), expected.first(), keyOf(-1)});
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.value(expected.at(some)), some);
    }

    /// Keys that stand side by side are packed; one among them that is far away takes no other's bytes.
    void aKeyFarFromItsNeighboursIsKept_data()
    {
        QTest::addColumn<qint64>("step"); // from a number to the next
        QTest::addColumn<qint64>("odd");
        constexpr qint64 least = std::numeric_limits<qint64>::min();
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        for (const qint64 step : {1, 1000}) {
            for (const qint64 odd :
                 {Q_INT64_C(66'001), Q_INT64_C(1) << 33, most, Q_INT64_C(-1), least})
                QTest::addRow("%lld among steps of %lld", odd, step) << step << odd;
        }
    }
    void aKeyFarFromItsNeighboursIsKept()
    {
        QFETCH(const qint64, step);
        QFETCH(const qint64, odd);
        constexpr qint64 rows = 2 * KeySequence::chunkSize;
        orm::KeyList keys;
        for (qint64 row = 0; row < rows; ++row)
            keys.append(Key::integer(row * step));
        KeySequence sequence;
        sequence.append(keys);
        QVERIFY(sequence.bytes() < rows * 5);
        sequence.insert(17, Key::integer(odd));
        QCOMPARE(sequence.size(), rows + 1);
        QCOMPARE(sequence.at(17), Key::integer(odd));
        for (qint64 row = 0; row < rows; ++row)
            QCOMPARE(sequence.at(row < 17 ? row : row + 1), keys.at(row));
        QCOMPARE(sequence.indexesOf({Key::integer(odd)}).value(Key::integer(odd), -1), 17);
        sequence.replace(rows, Key::integer(odd));
        QCOMPARE(sequence.at(rows), Key::integer(odd));
        QCOMPARE(sequence.at(rows - 1), keys.at(rows - 2));
    }

    /// A table of ten million rows keeps its keys, and those of the order that it had before.
    void keysTakeFewBytes()
    {
        constexpr qint64 rows = 1'000'000;
        constexpr int piece = 3'331; // keys come in pieces of any size
        QRandomGenerator random(3);
        QList<qint64> numbers; // ids with gaps
        for (qint64 id = 0; numbers.size() < rows;)
            numbers.append(id += 1 + random.bounded(3));
        std::reverse(numbers.begin(), numbers.end());
        const auto sequenceOf = [&numbers] {
            KeySequence sequence;
            for (qint64 first = 0; first < numbers.size(); first += piece) {
                orm::KeyList keys;
                for (const qint64 number : numbers.mid(first, piece))
                    keys.append(Key::integer(number));
                sequence.append(keys);
            }
            return sequence;
        };
        const KeySequence byKey = sequenceOf();
        QVERIFY2(byKey.bytes() < rows * 22 / 10, qPrintable(QString::number(byKey.bytes())));
        std::shuffle(numbers.begin(), numbers.end(), random);
        KeySequence byTitle = sequenceOf();
        QVERIFY2(byTitle.bytes() < rows * 42 / 10, qPrintable(QString::number(byTitle.bytes())));
        // Also when it was read from its end, and has changed here and there
        KeySequence fromEnd;
        for (qint64 last = rows; last > 0; last -= piece)
            fromEnd.insert(0, byTitle, std::max<qint64>(0, last - piece),
                           std::min<qint64>(last, piece));
        for (int i = 0; i < 1000; ++i) {
            const qint64 row = random.bounded(int(rows));
            const Key moved = fromEnd.at(row);
            fromEnd.remove(row, 1);
            fromEnd.insert(random.bounded(int(rows)), moved);
        }
        QCOMPARE(fromEnd.size(), rows);
        QVERIFY2(fromEnd.bytes() < rows * 5, qPrintable(QString::number(fromEnd.bytes())));
    }

    void keysAreFoundByHalving()
    {
        KeySequence sequence;
        QCOMPARE(sequence.lowerBound(5), 0);
        for (qint64 first = 100'000; first > 0; first -= 10'000) {
            orm::KeyList keys;
            for (qint64 number = first; number > first - 10'000; number -= 2)
                keys.append(Key::integer(number));
            sequence.append(keys);
        }
        QCOMPARE(sequence.lowerBound(100'001), 0);
        QCOMPARE(sequence.lowerBound(100'000), 0);
        QCOMPARE(sequence.lowerBound(99'999), 1);
        QCOMPARE(sequence.lowerBound(50'000), 25'000);
        QCOMPARE(sequence.lowerBound(1), sequence.size());
    }

    void theStreamOvertakesTheFirstPageSilently()
    {
        Host host;
        host.order.reset(OrderDiff::Order::ByKey, {});
        host.order.beginReading();
        host.order.showFirst(listOf(countdown(1000, 745)), 256);
        QVERIFY(!host.order.isCounted());
        QCOMPARE(host.order.size(), 256);
        host.order.addBatch(batch(countdown(1000, 401), Last::No));
        host.order.addBatch(batch(countdown(400, 101), Last::No));
        host.order.addBatch(batch(countdown(100)));
        QCOMPARE(host.steps,
                 (QStringList{u"+0-255"_s, u"+256-599"_s, u"+600-899"_s, u"+900-999"_s}));
        QCOMPARE(host.rows(), countdown(1000));
        QVERIFY(host.order.isCounted());
        QCOMPARE(host.order.databaseCount(), 1000);
    }

    void aStreamOfSmallBatchesDoesTheSame()
    {
        Host host;
        host.order.reset(OrderDiff::Order::Any, {});
        host.order.beginReading();
        host.order.showFirst(listOf(countdown(1000, 745)), 256);
        for (qint64 first = 1000; first > 0; first -= 50)
            host.order.addBatch(
                batch(countdown(first, first - 49), first == 50 ? Last::Yes : Last::No));
        QCOMPARE(host.rows(), countdown(1000));
        QVERIFY(!host.steps.contains(u"relayout"_s));
        QVERIFY(!host.steps.join(u' ').contains(u'-' + u"0"_s));
    }

    void aShortFirstPageIsAll()
    {
        Host host;
        host.order.reset(OrderDiff::Order::ByKey, {});
        host.order.beginReading();
        host.order.showFirst(listOf(countdown(12)), 256);
        QVERIFY(host.order.isCounted());
        host.order.addBatch(batch(countdown(12)));
        QCOMPARE(host.steps, QStringList{u"+0-11"_s});
    }

    void aFirstPageInKeyOrderGivesWayToTheSortedOrder()
    {
        Host host;
        host.order.reset(OrderDiff::Order::Any, {});
        host.order.beginReading();
        host.order.showFirst(listOf(countdown(1000, 745)), 256);
        QList<Key> sorted = countdown(1000);
        std::reverse(sorted.begin(), sorted.end());
        host.order.addBatch(batch(sorted));
        QCOMPARE(host.rows(), sorted);
        QCOMPARE(host.steps, (QStringList{u"+0-255"_s, u"relayout"_s}));
    }

    void aLateFirstPageIsIgnored()
    {
        Host host;
        host.order.reset(OrderDiff::Order::ByKey, {});
        host.order.beginReading();
        host.order.addBatch(batch(countdown(300)));
        host.order.showFirst(listOf(countdown(256)), 256);
        QCOMPARE(host.rows(), countdown(300));
    }

    void refreshingTheSameRowsChangesNothing()
    {
        Shown shown(countdown(1000));
        shown.read(countdown(1000));
        QVERIFY(shown.host.steps.isEmpty());
    }

    void refreshTakesTheFewestSteps_data()
    {
        QTest::addColumn<bool>("isByKey");
        QTest::newRow("key order") << true;
        QTest::newRow("another order") << false;
    }

    void refreshTakesTheFewestSteps()
    {
        QFETCH(const bool, isByKey);
        QList<Key> keys = countdown(1000);
        Shown shown(keys, isByKey ? OrderDiff::Order::ByKey : OrderDiff::Order::Any);
        keys.remove(500, 10);
        keys.removeAt(2);
        keys = numbered({1002, 1001}) + keys;
        shown.order.beginReading();
        shown.order.addBatch(batch(keys.first(300), Last::No));
        QVERIFY(shown.host.steps.isEmpty()); // the old rows stay until the new ones are here
        QVERIFY(shown.order.isCounted());
        shown.order.addBatch(batch(keys.sliced(300)));
        QCOMPARE(shown.host.rows(), keys);
        QCOMPARE(shown.host.steps, (QStringList{u"-500-509"_s, u"-2-2"_s, u"+0-1"_s}));
    }

    void aRowThatMovedKeepsItsPersistentIndex()
    {
        QList<Key> keys = countdown(1000);
        Shown shown(keys, OrderDiff::Order::Any);
        keys.move(700, 5);
        shown.read(keys);
        QCOMPARE(shown.host.rows(), keys);
        QCOMPARE(shown.host.steps, QStringList{u"relayout"_s}); // where the model maps by key
    }

    void aRestartedStreamVoidsWhatCameBefore()
    {
        Shown shown(countdown(100));
        shown.order.beginReading();
        shown.order.addBatch(batch(countdown(50, 20), Last::No));
        orm::KeyBatch again = batch(countdown(101));
        again.restarts = true;
        shown.order.addBatch(again);
        QCOMPARE(shown.host.steps, QStringList{u"+0-0"_s});
        QCOMPARE(shown.host.rows(), countdown(101));
    }

    void aStreamThatFailsChangesNothing()
    {
        Shown shown(countdown(100));
        shown.order.beginReading();
        shown.order.addBatch(batch(countdown(50, 20), Last::No));
        shown.order.stopReading();
        QCOMPARE(shown.host.rows(), countdown(100));
        shown.order.addBatch(batch(countdown(20)));
        QCOMPARE(shown.host.rows(), countdown(100));
    }

    void newRowsStandOnTopNewestFirst()
    {
        Shown shown(countdown(3));
        shown.order.insertNew({Key::temporary(1)});
        shown.order.insertNew({Key::temporary(2), Key::temporary(3)});
        QCOMPARE(shown.host.steps, (QStringList{u"+0-0"_s, u"+0-1"_s}));
        shown.order.removeNew({Key::temporary(2)});
        shown.order.insertNew({Key::temporary(2)}); // undone: its place, not the top
        QCOMPARE(shown.host.rows(),
                 (QList<Key>{Key::temporary(3), Key::temporary(2), Key::temporary(1)})
                     + countdown(3));
        QCOMPARE(shown.order.rowOf(Key::temporary(1)), 2);
        QCOMPARE(shown.order.rowOf(Key::integer(2)), 4);
        QCOMPARE(shown.order.rowOf(Key::temporary(9)), -1);
        QCOMPARE(shown.order.databaseCount(), 3);
    }

    void manyNewRowsAreOneStep()
    {
        Shown shown(countdown(3));
        QList<Key> added;
        for (qint64 number = 1; number <= 100'000; ++number)
            added.append(Key::temporary(number));
        shown.order.insertNew(added);
        shown.order.removeNew(added);
        QCOMPARE(shown.host.steps, (QStringList{u"+0-99999"_s, u"-0-99999"_s}));
    }

    void aSavedNewRowStaysWhereItIs()
    {
        Shown shown(countdown(500));
        const Key added = Key::temporary(1);
        shown.order.insertNew({added, Key::temporary(2)});
        shown.host.steps.clear();
        using Kind = orm::RowChange::Kind;
        orm::CommitResult result;
        result.rows = {row(Kind::Insert, added, Key::integer(501)),
                       row(Kind::Insert, Key::temporary(2), Key::integer(502))};
        shown.order.commit(result);
        QVERIFY(shown.host.steps.isEmpty());
        QCOMPARE(shown.host.rows(), countdown(502));
        QCOMPARE(shown.order.databaseCount(), 502);
    }

    void aSavedNewRowGoesToItsPlaceInKeyOrder()
    {
        Shown shown(numbered({900, 800, 10}));
        shown.order.insertNew({Key::temporary(1), Key::temporary(2)});
        orm::CommitResult result;
        result.rows = {row(orm::RowChange::Kind::Insert, Key::temporary(2), Key::integer(850))};
        shown.order.commit(result);
        QCOMPARE(shown.host.rows(), QList<Key>{Key::temporary(1)} + numbered({900, 850, 800, 10}));
        QCOMPARE(shown.host.steps.last(), u"relayout"_s);
    }

    void aSavedNewRowThatWasReadMeanwhileIsThereOnce()
    {
        Shown shown(countdown(500));
        shown.order.insertNew({Key::temporary(1)});
        shown.read(countdown(501)); // read after the save, told before it
        orm::CommitResult result;
        result.rows = {row(orm::RowChange::Kind::Insert, Key::temporary(1), Key::integer(501))};
        shown.order.commit(result);
        QCOMPARE(shown.host.rows(), countdown(501));
    }

    void savedDeletesAreOneStepARange()
    {
        Shown shown(countdown(500));
        orm::CommitResult result;
        for (const qint64 number : {500, 498, 499, 10})
            result.rows.append(
                row(orm::RowChange::Kind::Delete, Key::integer(number), Key::integer(number)));
        shown.order.commit(result);
        QCOMPARE(shown.host.steps, (QStringList{u"-490-490"_s, u"-0-2"_s}));
        QCOMPARE(shown.order.databaseCount(), 496);
    }

    void manyScatteredDeletesAreOneRelayout()
    {
        Shown shown(countdown(4000), OrderDiff::Order::Any);
        orm::CommitResult result;
        QList<Key> left;
        for (const Key &key : countdown(4000)) {
            if (key.number() % 2)
                left.append(key);
            else
                result.rows.append(row(orm::RowChange::Kind::Delete, key, key));
        }
        shown.order.commit(result);
        QCOMPARE(shown.host.steps, QStringList{u"relayout"_s});
        QCOMPARE(shown.host.rows(), left);
    }

    void aPendingRowStaysThoughTheDatabaseHasItNoMore()
    {
        Shown shown(countdown(100));
        shown.host.pending = {Key::integer(50)};
        QList<Key> rest = countdown(100);
        rest.removeAll(Key::integer(50));
        rest.removeAll(Key::integer(49));
        shown.read(rest);
        QCOMPARE(shown.host.steps, QStringList{u"-51-51"_s});
        QCOMPARE(shown.order.rowOf(Key::integer(50)), 50);
        QVERIFY(shown.order.isOutside(Key::integer(50)));
        QCOMPARE(shown.order.databaseCount(), 98);
        shown.read(rest); // and stays
        QCOMPARE(shown.order.rowOf(Key::integer(50)), 50);
        shown.host.pending.clear(); // reverted
        shown.order.update({Key::integer(50)});
        QCOMPARE(shown.host.rows(), rest);
        shown.host.pending = {Key::integer(50)}; // and not
        shown.order.update({Key::integer(50)});
        QCOMPARE(shown.order.rowOf(Key::integer(50)), 50);
        QVERIFY(shown.order.isOutside(Key::integer(50)));
    }

    void aPendingRowIsPinnedInANewOrder()
    {
        Shown shown(countdown(100));
        shown.host.pending = {Key::integer(50), Key::integer(60), Key::temporary(1)};
        shown.order.reset(OrderDiff::Order::Any, {Key::temporary(1)});
        QList<Key> sorted = countdown(100);
        std::reverse(sorted.begin(), sorted.end());
        sorted.removeAll(Key::integer(50)); // no longer matches
        shown.read(sorted);
        QCOMPARE(shown.host.rows(), (QList<Key>{Key::temporary(1), Key::integer(50)}) + sorted);
        QCOMPARE(shown.order.databaseCount(), 99);
        QVERIFY(!shown.order.isOutside(Key::integer(60)));
    }

    void aRowThatIsGoneLeavesUnlessItIsPending()
    {
        Shown shown(countdown(10));
        shown.host.pending = {Key::integer(7)};
        shown.order.removeGone(numbered({8, 7}));
        QCOMPARE(shown.host.steps, QStringList{u"-2-2"_s});
        QVERIFY(shown.order.isOutside(Key::integer(7)));
    }

    void aDeletedRowComesBackToItsPlace()
    {
        Shown shown(numbered({5, 4, 2, 1}));
        shown.host.pending = {Key::integer(3)};
        shown.order.insertNew({Key::integer(3)});
        QCOMPARE(shown.host.rows(), countdown(5));
        QCOMPARE(shown.order.databaseCount(), 4);
        orm::CommitResult result;
        result.rows = {row(orm::RowChange::Kind::Insert, Key::integer(3), Key::integer(3))};
        shown.host.pending.clear();
        shown.order.commit(result);
        QCOMPARE(shown.host.rows(), countdown(5));
        QCOMPARE(shown.order.databaseCount(), 5);
    }

    void aRowBroughtBackWhileItsDeleteWasSavedStays()
    {
        Shown shown(countdown(5));
        shown.host.pending = {Key::integer(3)};
        orm::CommitResult result;
        result.rows = {row(orm::RowChange::Kind::Delete, Key::integer(3), Key::integer(3))};
        shown.order.commit(result);
        QCOMPARE(shown.host.rows(), countdown(5));
        QVERIFY(shown.order.isOutside(Key::integer(3)));
    }

    void aNewRowTakenAwayWhileItWasSavedComesBackToBeDeleted()
    {
        Shown shown(countdown(5));
        shown.host.pending = {Key::integer(6)};
        orm::CommitResult result;
        result.rows = {row(orm::RowChange::Kind::Insert, Key::temporary(1), Key::integer(6))};
        shown.order.commit(result);
        QCOMPARE(shown.host.rows(), countdown(6));
        QCOMPARE(shown.order.databaseCount(), 6);
    }

    void millionsOfRowsAreFoundAndChangedWithoutWalkingThem()
    {
        // Counted in signals, not in time.
        orm::KeyList keys;
        constexpr qint64 rows = 1'000'000;
        keys.reserve(rows);
        for (qint64 number = rows; number >= 1; --number)
            keys.append(Key::integer(2 * number));
        struct Quiet final : RowOrder::Host
        {
            QStringList steps;
            void beginInsert(qint64 first, qint64 last) override
            {
                steps.append(u"+%1-%2"_s.arg(first).arg(last));
            }
            void endInsert() override {}
            void beginRemove(qint64 first, qint64 last) override
            {
                steps.append(u"-%1-%2"_s.arg(first).arg(last));
            }
            void endRemove() override {}
            void beginRelayout() override {}
            void endRelayout() override {}
            bool isPending(const Key &) const override { return false; }
            QList<Key> pendingKeys() const override { return {}; }
            QList<Key> keptKeys() const override { return {}; }
        } quiet;
        RowOrder order(quiet);
        order.reset(OrderDiff::Order::ByKey, {});
        order.beginReading();
        order.addBatch({keys, true, false});
        QCOMPARE(order.rowOf(Key::integer(2)), rows - 1);
        QCOMPARE(order.rowOf(Key::integer(rows)), rows / 2);
        QCOMPARE(order.rowOf(Key::integer(3)), -1);
        order.insertNew({Key::temporary(1)});
        order.removeGone({Key::integer(rows)});
        QCOMPARE(order.rowOf(Key::integer(2)), rows - 1);
        QCOMPARE(quiet.steps, (QStringList{u"+0-999999"_s, u"+0-0"_s, u"-500001-500001"_s}));
    }

    void anyOrderBecomesAnyOther_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("%u", seed) << seed;
    }

    /// Each step is checked by the host, and the end by the rows.
    void anyOrderBecomesAnyOther()
    {
        QFETCH(const quint32, seed);
        QRandomGenerator random(seed);
        const bool isByKey = seed % 2;
        QList<Key> keys = countdown(1 + random.bounded(900));
        Shown shown(keys, isByKey ? OrderDiff::Order::ByKey : OrderDiff::Order::Any);
        qint64 next = 5000;
        for (int round = 0; round < 10; ++round) {
            const int changes = random.bounded(round == 9 ? 2000 : 20);
            for (int change = 0; change < changes; ++change) {
                const qsizetype at = random.bounded(int(keys.size()) + 1);
                if (random.bounded(2) && at < keys.size())
                    keys.removeAt(at);
                else if (isByKey)
                    keys.prepend(Key::integer(++next));
                else if (random.bounded(3) || at == keys.size())
                    keys.insert(at, Key::integer(++next));
                else
                    keys.move(at, random.bounded(int(keys.size())));
            }
            shown.order.beginReading();
            const int size = 1 + random.bounded(700);
            for (qsizetype first = 0; first == 0 || first < keys.size(); first += size)
                shown.order.addBatch(batch(keys.mid(first, size),
                                           first + size >= keys.size() ? Last::Yes : Last::No));
            QCOMPARE(shown.host.rows(), keys);
            for (qsizetype i = 0; i < keys.size(); i += 37)
                QCOMPARE(shown.order.rowOf(keys.at(i)), i);
        }
    }

    void anotherOrderIsShownWhenItIsWhole()
    {
        Shown shown(countdown(6));
        shown.order.beginReadingAnew(OrderDiff::Order::Any);
        shown.order.addBatch(batch(numbered({3, 1}), Last::No));
        shown.order.addBatch(batch(numbered({6, 2, 4}), Last::No));
        QCOMPARE(shown.host.rows(), countdown(6));
        QVERIFY(!shown.order.isSettled());
        QVERIFY(shown.order.isCounted());
        QCOMPARE(shown.order.rowOf(Key::integer(2)), 4);
        shown.order.addBatch(batch(numbered({5})));
        QCOMPARE(shown.host.rows(), numbered({3, 1, 6, 2, 4, 5}));
        QCOMPARE(shown.host.steps, QStringList{u"relayout"_s});
        QCOMPARE(shown.order.rowOf(Key::integer(2)), 3);
        // And back, where a row's place is found by halving again.
        shown.order.beginReadingAnew(OrderDiff::Order::ByKey);
        QCOMPARE(shown.order.rowOf(Key::integer(5)), 5);
        shown.order.addBatch(batch(countdown(6)));
        QCOMPARE(shown.order.rowOf(Key::integer(5)), 1);
        QCOMPARE(shown.host.rows(), countdown(6));
    }

    void otherRowsAreShownWhenTheyAreWanted()
    {
        Shown shown(countdown(9));
        shown.order.beginReadingAnew(OrderDiff::Order::ByKey);
        shown.order.addBatch(batch(numbered({7, 6}), Last::No));
        QVERIFY(shown.order.hasIncoming());
        shown.order.settleNow();
        QCOMPARE(shown.host.rows(), numbered({7, 6}));
        QVERIFY(!shown.order.isCounted());
        shown.order.addBatch(batch(numbered({2}), Last::No));
        QCOMPARE(shown.host.rows(), numbered({7, 6, 2}));
        shown.order.addBatch({{}, false, true}); // others wrote
        shown.order.addBatch(batch(numbered({7, 2})));
        QCOMPARE(shown.host.rows(), numbered({7, 2}));
        QVERIFY(shown.order.isCounted());
    }

    void pendingRowsStayAmongOtherRows()
    {
        Shown shown(countdown(9));
        shown.host.pending = {Key::integer(8), Key::integer(5)};
        shown.order.beginReadingAnew(OrderDiff::Order::ByKey);
        shown.order.addBatch(batch(numbered({7, 5, 2})));
        QCOMPARE(shown.host.rows(), numbered({8, 7, 5, 2}));
        QVERIFY(shown.order.isOutside(Key::integer(8)));
        QVERIFY(!shown.order.isOutside(Key::integer(5)));
        QCOMPARE(shown.order.databaseCount(), 3);
        QCOMPARE(shown.host.steps, QStringList{u"relayout"_s});
    }

    /// From the first hits to the last: a row that was in sight all the time is selected still.
    void pendingRowsStayWhileOtherRowsAreRead()
    {
        Shown shown(countdown(9));
        shown.host.pending = {Key::integer(8), Key::integer(5), Key::integer(1)};
        shown.order.beginReadingAnew(OrderDiff::Order::ByKey);
        shown.order.addBatch(batch(numbered({9, 7}), Last::No));
        shown.order.settleNow();
        QCOMPARE(shown.host.rows(), numbered({9, 8, 7, 5, 1}));
        QVERIFY(shown.order.isOutside(Key::integer(5)));
        QCOMPARE(shown.order.databaseCount(), 2);
        shown.order.addBatch(batch(numbered({6, 5, 4}), Last::No)); // 5 is a hit after all
        QCOMPARE(shown.host.rows(), numbered({9, 8, 7, 6, 5, 4, 1}));
        QVERIFY(!shown.order.isOutside(Key::integer(5)));
        QVERIFY(shown.order.isOutside(Key::integer(1)));
        shown.order.addBatch(batch(numbered({2}), Last::No));
        QCOMPARE(shown.host.rows(), numbered({9, 8, 7, 6, 5, 4, 2, 1}));
        shown.order.addBatch(batch({}));
        QCOMPARE(shown.host.rows(), numbered({9, 8, 7, 6, 5, 4, 2, 1}));
        QCOMPARE(shown.order.databaseCount(), 6);
        for (qint64 row = 0; row < shown.order.size(); ++row)
            QCOMPARE(shown.order.rowOf(shown.order.at(row)), row);
        QVERIFY(shown.order.isCounted());
    }

    void pendingRowsStayWhileAnyOrderIsRead()
    {
        Shown shown(countdown(9));
        shown.host.pending = {Key::integer(8), Key::integer(5)};
        shown.order.beginReadingAnew(OrderDiff::Order::Any);
        shown.order.addBatch(batch(numbered({3, 7}), Last::No));
        shown.order.settleNow();
        QList<Key> rows = shown.host.rows();
        QCOMPARE(QSet<Key>(rows.begin(), rows.end()),
                 (QSet<Key>{Key::integer(3), Key::integer(7), Key::integer(8), Key::integer(5)}));
        shown.order.addBatch(batch(numbered({5, 4})));
        rows = shown.host.rows();
        QCOMPARE(rows.size(), 5);
        QCOMPARE(rows.mid(1), numbered({3, 7, 5, 4}));
        QCOMPARE(rows.first(), Key::integer(8));
    }
};

QTEST_APPLESS_MAIN(RowOrderTest)
#include "tst_roworder.moc"
