// SPDX-License-Identifier: MIT
#include "core/session/keyranges.h"
#include "core/session/parallel.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <limits>
#include <random>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr qint64 greatest = std::numeric_limits<qint64>::max();

} // namespace

class TestKeyRanges final : public QObject
{
    Q_OBJECT

private slots:
    void everyRowIsReadOnce_data()
    {
        QTest::addColumn<QList<qint64>>("keys");
        QTest::addColumn<double>("keysPerRow");
        std::mt19937_64 random(1);
        QList<qint64> dense;
        QList<qint64> gaps;
        QList<qint64> random64;
        for (qint64 i = 0; i < 200'000; ++i) {
            dense.append(i);
            gaps.append((i < 100'000 ? i : i + (Q_INT64_C(1) << 62)));
            random64.append(static_cast<qint64>(random()));
        }
        QTest::newRow("side by side") << dense << 1.0;
        QTest::newRow("side by side, thought far apart") << dense << 1e15;
        QTest::newRow("a large gap") << gaps << 1.0;
        QTest::newRow("anywhere") << random64 << 1.0;
        QTest::newRow("the edges")
            << QList<qint64>{least, least + 1, 0, greatest - 1, greatest} << 1.0;
        QTest::newRow("none") << QList<qint64>{} << 1.0;
    }
    void everyRowIsReadOnce()
    {
        QFETCH(QList<qint64>, keys);
        QFETCH(const double, keysPerRow);
        std::sort(keys.begin(), keys.end());
        KeyRanges ranges({}, keysPerRow);
        constexpr int threads = 4;
        std::vector<std::vector<qint64>> read(threads);
        std::atomic<int> takes = 0;
        runInParallel(threads, [&](int thread) {
            std::mt19937 random(static_cast<unsigned>(thread));
            while (const auto range = ranges.take()) {
                ++takes;
                const auto first = std::lower_bound(keys.begin(), keys.end(), range->first);
                const auto end = std::upper_bound(first, keys.end(), range->last);
                // One that is slow stops before the end
                const qint64 most = 1 + static_cast<qint64>(random() % 5000);
                const qint64 rows = std::min<qint64>(most, end - first);
                read.at(static_cast<size_t>(thread))
                    .insert(read.at(static_cast<size_t>(thread)).end(), first, first + rows);
                const bool isAll = rows == end - first;
                ranges.giveBack(*range, isAll ? std::nullopt : std::optional(*(first + rows - 1)),
                                rows);
            }
        });
        QVERIFY(ranges.isOver());
        QList<qint64> all;
        for (const std::vector<qint64> &some : read)
            all.append(QList<qint64>(some.begin(), some.end()));
        std::sort(all.begin(), all.end());
        QCOMPARE(all, keys);
        // And not key by key: gaps are passed in few steps
        QVERIFY2(takes < 100 + keys.size() / 500, qPrintable(QString::number(takes)));
    }

    void whoWaitsIsLetGo()
    {
        KeyRanges ranges({1, 10}, 1.0);
        std::atomic<bool> isTaken = false;
        std::optional<KeyRanges::Range> second;
        runInParallel(2, [&](int thread) {
            if (thread == 0) {
                QVERIFY(ranges.take());
                isTaken = true;
                ranges.stop();
            } else {
                while (!isTaken) {}
                second = ranges.take();
            }
        });
        QVERIFY(!second);
        ranges.giveBack({1, 10}, 4, 4); // too late
        QVERIFY(ranges.isOver());
        QVERIFY(!ranges.take());
    }
};

QTEST_APPLESS_MAIN(TestKeyRanges)
#include "tst_keyranges.moc"
