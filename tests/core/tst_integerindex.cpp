// SPDX-License-Identifier: MIT
#include "core/session/integerindex.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <vector>

using orm::InstanceState;
using orm::IntegerIndex;

namespace {

/// The index only keeps the pointers. Never null.
InstanceState *stateOf(qint64 id)
{
    return reinterpret_cast<InstanceState *>(static_cast<quintptr>(id) * 64 + 32);
}

void add(IntegerIndex &index, qint64 id)
{
    index.slot(id) = stateOf(id);
}

std::vector<qint64> dense(qint64 first, qint64 count)
{
    std::vector<qint64> ids;
    for (qint64 id = first; id < first + count; ++id)
        ids.push_back(id);
    return ids;
}

std::vector<qint64> spread(qint64 step, qint64 count)
{
    std::vector<qint64> ids;
    for (qint64 i = 0; i < count; ++i)
        ids.push_back(i * step);
    return ids;
}

std::vector<qint64> random(size_t count, quint64 seed = 1)
{
    std::mt19937_64 engine(seed);
    std::vector<qint64> ids;
    while (ids.size() < count)
        ids.push_back(static_cast<qint64>(engine()));
    return ids;
}

} // namespace

class IntegerIndexTest final : public QObject
{
    Q_OBJECT

private slots:
    void everyKeyIsFoundUntilItIsRemoved_data();
    void everyKeyIsFoundUntilItIsRemoved();
    void whatIsRemovedCanComeAgain();
    void aPlaceThatWasNotTakenIsFree();
    void anEmptyIndexHasNothing();
    void eachIsVisitedOnce();
};

void IntegerIndexTest::everyKeyIsFoundUntilItIsRemoved_data()
{
    QTest::addColumn<std::vector<qint64>>("ids");
    QTest::newRow("in a row") << dense(1, 3000);
    QTest::newRow("round zero") << dense(-1500, 3000);
    QTest::newRow("the largest") << dense(std::numeric_limits<qint64>::max() - 99, 99);
    QTest::newRow("the smallest") << dense(std::numeric_limits<qint64>::min(), 99);
    QTest::newRow("each second") << spread(2, 3000);
    QTest::newRow("as long as a group") << spread(64, 3000);
    QTest::newRow("as long as a table") << spread(4096, 3000);
    QTest::newRow("by high bits") << spread(qint64(1) << 48, 3000);
    QTest::newRow("anyhow") << random(3000);
    QTest::newRow("nearly full") << random(4096 * 3 / 4);
    for (quint64 seed = 1; seed <= 20; ++seed)
        QTest::addRow("few, nearly full, %d", int(seed)) << random(256 * 3 / 4, seed);
}

void IntegerIndexTest::everyKeyIsFoundUntilItIsRemoved()
{
    QFETCH(const std::vector<qint64>, ids);
    IntegerIndex index;
    for (const qint64 id : ids) {
        QVERIFY(!index.find(id));
        add(index, id);
    }
    std::vector<qint64> left = ids;
    std::shuffle(left.begin(), left.end(), std::mt19937(1));
    while (!left.empty()) {
        if (left.size() % 100 == 0 || left.size() < 10) {
            for (const qint64 id : left)
                QCOMPARE(index.find(id), stateOf(id));
        }
        const qint64 gone = left.back();
        left.pop_back();
        index.remove(gone);
        QVERIFY(!index.find(gone));
        index.remove(gone); // does nothing
    }
    QVERIFY(index.isEmpty());
}

void IntegerIndexTest::whatIsRemovedCanComeAgain()
{
    IntegerIndex index;
    std::map<qint64, InstanceState *> expected;
    std::mt19937 engine(2);
    for (int step = 0; step < 20'000; ++step) {
        const qint64 id = static_cast<qint64>(engine() % 700);
        if (engine() % 2) {
            add(index, id);
            expected[id] = stateOf(id);
        } else {
            index.remove(id);
            expected.erase(id);
        }
    }
    for (qint64 id = 0; id < 700; ++id)
        QCOMPARE(index.find(id), expected.contains(id) ? stateOf(id) : nullptr);
}

void IntegerIndexTest::aPlaceThatWasNotTakenIsFree()
{
    IntegerIndex index;
    add(index, 1);
    QVERIFY(!index.slot(2));
    QVERIFY(!index.find(2));
    QCOMPARE(index.find(1), stateOf(1));
}

void IntegerIndexTest::anEmptyIndexHasNothing()
{
    IntegerIndex index;
    QVERIFY(index.isEmpty());
    QVERIFY(!index.find(0));
    index.remove(0);
    index.reserve(1000);
    QVERIFY(index.isEmpty());
    QVERIFY(!index.find(0));
}

void IntegerIndexTest::eachIsVisitedOnce()
{
    IntegerIndex index;
    for (const qint64 id : dense(1, 500))
        add(index, id);
    for (qint64 id = 1; id <= 500; id += 2)
        index.remove(id);
    std::multiset<const InstanceState *> visited;
    index.forEach([&visited](const InstanceState &state) { visited.insert(&state); });
    std::multiset<const InstanceState *> expected;
    for (qint64 id = 2; id <= 500; id += 2)
        expected.insert(stateOf(id));
    QVERIFY(visited == expected);
}

QTEST_GUILESS_MAIN(IntegerIndexTest)
#include "tst_integerindex.moc"
