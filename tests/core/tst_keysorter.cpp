// SPDX-License-Identifier: MIT
#include "core/session/keysorter.h"
#include "core/session/parallel.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <limits>
#include <random>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

struct Row
{
    qint64 id = 0;
    QByteArray text; ///< null is NULL
    qint64 number = 0;
};

/// Many equal, many that begin alike, some longer than what is kept of them, NULLs.
std::vector<Row> rowsOf(qint64 count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<Row> rows;
    for (qint64 id = 1; id <= count; ++id) {
        Row row{id * 3, {}, static_cast<qint64>(random() % 5)};
        switch (random() % 6) {
        case 0:
            break;
        case 1:
            row.text = "same";
            break;
        case 2:
            row.text = QByteArray("the same beginning, longer than a head: ")
                + QByteArray::number(random() % 50'000);
            break;
        case 3:
            row.text = QByteArray(60, 'x') + QByteArray::number(random() % 10);
            break;
        default:
            row.text = QByteArray::number(random() % 100'000);
        }
        rows.push_back(row);
    }
    return rows;
}

ValueView viewOf(const QByteArray &text)
{
    if (text.isNull())
        return {};
    return {StorageClass::Text, 0, 0, text};
}

ValueView viewOf(qint64 number)
{
    return {StorageClass::Integer, number, 0, {}};
}

void addTo(KeySorter::Part &part, const Row &row)
{
    part.add(Key::integer(row.id), {viewOf(row.text), viewOf(row.number)});
}

/// As the rows are ordered whose texts are whole.
bool isBefore(const Row &a, const Row &b, Qt::SortOrder ties)
{
    if (a.text.isNull() != b.text.isNull())
        return a.text.isNull();
    if (const int order = QByteArrayView(a.text).compare(b.text); order != 0)
        return order < 0;
    if (a.number != b.number)
        return a.number > b.number; // descending
    return ties == Qt::AscendingOrder ? a.id < b.id : a.id > b.id;
}

const QList<SortRule> rules{{Collation::Binary, Qt::AscendingOrder},
                            {Collation::Binary, Qt::DescendingOrder}};

/// Settles what the prefixes leave open, as OrderReader does.
void settle(KeySorter &sorter, const std::vector<Row> &rows)
{
    for (const KeySorter::Run &run : sorter.openRuns()) {
        std::vector<QList<StoredValue>> values;
        for (qint64 row = run.first; row < run.last; ++row) {
            const Row &read = rows.at(static_cast<size_t>(sorter.at(row).number() / 3 - 1));
            values.push_back({StoredValue::utf8(read.text), StoredValue::integer(read.number)});
        }
        sorter.settle(run, values);
    }
}

} // namespace

class TestKeySorter final : public QObject
{
    Q_OBJECT

private slots:
    void manyThreadsSortAsOneWould_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("threads");
        for (const int count : {0, 1, 2, 15, 500, 40'000, 120'000}) {
            for (const int threads : {1, 4})
                QTest::addRow("%d rows, %d threads", count, threads) << count << threads;
        }
    }
    void manyThreadsSortAsOneWould()
    {
        QFETCH(const int, count);
        QFETCH(const int, threads);
        for (const Qt::SortOrder ties : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            std::vector<Row> rows = rowsOf(count, 1);
            KeySorter sorter(rules, KeySorter::Ties::Number, ties);
            std::vector<KeySorter::Part *> parts;
            for (int thread = 0; thread < threads; ++thread)
                parts.push_back(&sorter.addPart());
            runInParallel(threads, [&](int thread) {
                // Backwards: what was added first is of no importance
                for (auto row = rows.size(); row-- > 0;) {
                    if (static_cast<int>(row / 777) % threads == thread)
                        addTo(*parts.at(static_cast<size_t>(thread)), rows[row]);
                }
            });
            QCOMPARE(sorter.size(), count);
            std::atomic<int> checks = 0;
            double share = 0;
            sorter.sort(threads,
                        {[&checks] { ++checks; },
                         [&share](double now) {
                             QVERIFY(now >= share && now <= 1);
                             share = now;
                         }});
            QVERIFY(count < 2 || share > 0);
            QCOMPARE(sorter.size(), count);
            settle(sorter, rows);
            std::sort(rows.begin(), rows.end(),
                      [ties](const Row &a, const Row &b) { return isBefore(a, b, ties); });
            for (qint64 row = 0; row < count; ++row)
                QCOMPARE(sorter.at(row).number(), rows.at(static_cast<size_t>(row)).id);
        }
    }

    /// They are more than a bucket: ties divide them, and what is open is all of them.
    void equalBeginningsAreOneOpenRun()
    {
        constexpr qint64 count = 200'000;
        KeySorter sorter({{}}, KeySorter::Ties::Number, Qt::AscendingOrder);
        const QByteArray text(2 * KeySorter::prefix, 'x');
        for (qint64 id = 0; id < count; ++id)
            sorter.add(Key::integer(id), {viewOf(id == 0 ? QByteArray("a") : text)});
        sorter.sort(4, {[] {}, {}});
        QCOMPARE(sorter.openRuns().size(), 1U);
        QCOMPARE(sorter.openRuns().front().first, 1);
        QCOMPARE(sorter.openRuns().front().last, count);
    }

    void keysThatAreNoNumbersKeepTheirPlaceInTies()
    {
        KeySorter sorter({{}}, KeySorter::Ties::Place, Qt::DescendingOrder);
        QStringList expected;
        for (int i = 0; i < 1000; ++i) {
            const Key key = Key::values({StoredValue::text(QString::number(i * 7919 % 1000))});
            expected.prepend(key.toString());
            sorter.add(key, {viewOf(QByteArray("same"))});
        }
        const KeyList first = sorter.first(3, {Key::values({StoredValue::text(u"0"_s)})});
        QCOMPARE(first.size(), 4);
        QCOMPARE(first.at(0).toString(), expected.at(0));
        QCOMPARE(first.at(3).toString(), u"0"_s);
        sorter.sort(2, {[] {}, {}});
        for (int row = 0; row < 1000; ++row)
            QCOMPARE(sorter.at(row).toString(), expected.at(row));
    }

    /// Shift+Esc while it sorts: what was begun is a small part of the whole, and no more is begun.
    void aSortIsGivenUpAtAnyStep()
    {
        const std::vector<Row> rows = rowsOf(250'000, 2);
        struct GivenUp
        {};
        const auto stepsOf = [&rows](int last) { // after how many it is given up
            KeySorter sorter(rules, KeySorter::Ties::Number, Qt::AscendingOrder);
            KeySorter::Part &part = sorter.addPart();
            for (const Row &row : rows)
                addTo(part, row);
            std::atomic<int> steps = 0;
            const auto check = [&] {
                if (++steps > last)
                    throw GivenUp();
            };
            bool isGivenUp = false;
            try {
                sorter.sort(2, {check, {}});
            } catch (const GivenUp &) {
                isGivenUp = true;
            }
            return std::pair(steps.load(), isGivenUp);
        };
        const auto [all, none] = stepsOf(std::numeric_limits<int>::max());
        QVERIFY(!none);
        QVERIFY2(all > 8, qPrintable(QString::number(all))); // of some ten thousand rows each
        for (const int last : {0, all / 4, all / 2, all - 1}) {
            const auto [steps, isGivenUp] = stepsOf(last);
            QVERIFY(isGivenUp);
            QVERIFY(steps <= last + 2); // one a thread
        }
    }
};

QTEST_APPLESS_MAIN(TestKeySorter)
#include "tst_keysorter.moc"
