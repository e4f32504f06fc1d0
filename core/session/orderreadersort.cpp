// SPDX-License-Identifier: MIT
//
// Orders that no index gives.
#include "core/engine/inspector.h"
#include "core/engine/statementlease.h"
#include "core/session/filterof.h"
#include "core/session/keyranges.h"
#include "core/session/keysorter.h"
#include "core/session/orderreader.h"
#include "core/session/parallel.h"
#include "core/session/rowbuffer.h"
#include "core/session/rowreader.h"
#include "core/session/valuereader.h"

#include <QThread>

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

/// Threads that read and sort where there is much of it.
int threads()
{
    constexpr int most = 8; // more wait for each other
    return std::clamp(QThread::idealThreadCount(), 2, most);
}

/// What was allocated in small pieces and freed again is the program's still, until malloc() is told.
void giveBackMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/// How SQLite compares the texts of @p columns; nothing if it is a way that KeySorter doesn't know.
std::optional<QList<SortRule>> sortRules(Connection &connection, const Table &table,
                                         const QList<SortColumn> &columns)
{
    QList<SortRule> rules;
    for (const SortColumn &sorted : columns) {
        const QString name
            = collationOf(connection, table.name, table.columns.at(sorted.column).name);
        SortRule rule{Collation::Binary, sorted.order};
        if (name.compare(u"NOCASE"_s, Qt::CaseInsensitive) == 0)
            rule.collation = Collation::NoCase;
        else if (name.compare(u"RTRIM"_s, Qt::CaseInsensitive) == 0)
            rule.collation = Collation::RTrim;
        else if (name.compare(u"BINARY"_s, Qt::CaseInsensitive) != 0)
            return {};
        rules.append(rule);
    }
    return rules;
}

} // namespace

void OrderReader::sort(Connection &connection, const RowReader &reader, const RowQuery &query,
                       const Deliver &deliver)
{
    const Table &table = query.table;
    QList<SortColumn> sorted = totalOrder(query);
    // The key settles ties; so a key column behind the sort needs no bytes
    const Qt::SortOrder ties = sorted.last().order;
    sorted.removeIf([&query](const SortColumn &column) { return !query.sort.contains(column); });
    const auto rules = sortRules(connection, table, sorted);
    if (!rules)
        return sortByDatabase(connection, reader, query, deliver);

    const QList<int> key = table.primaryKey();
    QList<SortColumn> keyOrder;
    for (const int column : key)
        keyOrder.append({column, Qt::AscendingOrder});
    QList<int> columns;
    for (const SortColumn &column : sorted)
        columns.append(column.column);
    const bool hasRowid = table.hasIntegerKey()
        && connection.isRowid(table.name, table.columns.at(key.first()).name);
    const bool isShareable = hasRowid && !query.filter && !url().isMemory();

    std::optional<KeySorter> sorter;
    bool fits = true;
    qint64 rowsRead = 0;
    untilUnchanged(connection, [&](int pass) {
        sorter.emplace(*rules, hasRowid ? KeySorter::Ties::Number : KeySorter::Ties::Place, ties);
        KeyScan scan(connection, reader, keyOrder, columns + filterColumns(query));
        FilterOf filter(query, key.size() + columns.size(), [this] { return isStopRequested(); });
        QList<ValueView> values(columns.size());
        std::optional<qint64> first; // of the keys
        qint64 last = 0;
        const bool isAll = readAll(
            connection, scan,
            [&](const KeyBatch &batch) {
                rowsRead = batch.rowsRead;
                deliver(batch);
            },
            [&](const PreparedStatement &statement, KeyBatch &) {
                const Key rowKey = scan.keyOf(statement);
                last = rowKey.number();
                if (!first)
                    first = last;
                if (!filter.lets(rowKey, statement))
                    return;
                for (int i = 0; i < columns.size(); ++i)
                    values[i] = viewOf(statement, static_cast<int>(key.size()) + i);
                sorter->add(rowKey, values);
            },
            isShareable ? shareFrom : std::numeric_limits<qint64>::max());
        constexpr qint64 greatest = std::numeric_limits<qint64>::max();
        if (!isAll && last < greatest) {
            const double width = double(last) - double(*first);
            KeyRanges rest({last + 1, greatest}, width / double(rowsRead));
            rowsRead = readShared(connection, query, columns, rest, *sorter, rowsRead, deliver);
        }
        if (query.wantsPreview && pass == 1 && sorter->size() >= previewFrom) {
            KeyBatch preview;
            preview.keys = sorter->first(previewRows, query.kept);
            preview.isPreview = true;
            preview.rowsRead = rowsRead;
            deliver(std::move(preview));
        }
        sortWhatWasRead(*sorter, rowsRead, deliver);
        fits = settle(connection, table, columns, *sorter);
    });
    if (!fits)
        return sortByDatabase(connection, reader, query, deliver);
    deliverSorted(*sorter, rowsRead, deliver);
    sorter.reset();
    if (rowsRead >= shareFrom)
        giveBackMemory();
}

qint64 OrderReader::readShared(Connection &connection, const RowQuery &query,
                               const QList<int> &columns, KeyRanges &rest, KeySorter &sorter,
                               qint64 rowsBefore, const Deliver &deliver)
{
    std::vector<KeySorter::Part *> parts;
    parts.reserve(static_cast<size_t>(threads()));
    for (int thread = 0; thread < threads(); ++thread)
        parts.push_back(&sorter.addPart());
    const WriterWatch writers = m_writers; // each thread looks for itself
    std::atomic<qint64> rowsRead = rowsBefore;
    runInParallel(threads(), [&](int thread) {
        try {
            KeySorter::Part &part = *parts.at(static_cast<size_t>(thread));
            if (thread == 0) {
                readRanges({connection, m_writers, optimisticReader(), {}}, query.table, columns,
                           rest, part, [&](qint64 rows) {
                               KeyBatch batch;
                               batch.rowsRead = rowsRead += rows;
                               deliver(std::move(batch));
                           });
                return;
            }
            const std::shared_ptr<Connection> own = connectHelper();
            if (!own)
                return; // then the others read it all
            WriterWatch watch = writers;
            watch.follow(*own);
            OptimisticReader optimistic(
                [this] { return connectHelper(ConnectionOptions::Access::Unlocked); },
                [this](std::chrono::microseconds time) { pause(time); });
            readRanges({*own, watch, optimistic, [&rest] { return rest.isOver(); }}, query.table,
                       columns, rest, part, [&](qint64 rows) { rowsRead += rows; });
        } catch (...) {
            rest.stop();
            throw;
        }
    });
    return rowsRead;
}

void OrderReader::readRanges(const Reader &by, const Table &table, const QList<int> &columns,
                             KeyRanges &rest, KeySorter::Part &part,
                             const std::function<void(qint64 rows)> &onPiece)
{
    constexpr qint64 rowsPerLook = 4; // at the clock; values may be large
    const RowReader reader(by.locked, table);
    const QString key = reader.column(table.primaryKey().first());
    QStringList wanted{key};
    for (const int column : columns)
        wanted.append(reader.column(column));
    const QString select = u"SELECT %1 FROM %2 WHERE %3 BETWEEN ? AND ? ORDER BY %3"_s.arg(
        wanted.join(u", "_s), reader.tableName(), key);
    QList<ValueView> values(columns.size());
    RowBuffer found;
    while (true) {
        checkStop();
        auto end = nextPiece(by);
        if (!end)
            return;
        const auto range = rest.take();
        if (!range)
            return;
        std::optional<qint64> last = range->first - 1; // where the range wasn't read to its end
        qint64 rows = 0;
        Connection *unlocked = by.optimistic.connection();
        try {
            PreparedStatement &statement = (unlocked ? *unlocked : by.locked).cached(select);
            const StatementRun run(statement);
            statement.bindInteger(0, range->first);
            statement.bindInteger(1, range->last);
            for (bool isLate = false; last && !isLate;) {
                found.clear();
                const qsizetype most = by.optimistic.rowsAtOnce();
                while (!isLate && !found.isFull(most) && statement.step()) {
                    found.append(statement);
                    isLate = found.rows() % rowsPerLook == 0 && end->isReached();
                }
                if (!by.optimistic.isSettled())
                    break;
                found.forEach([&](const PreparedStatement &row) {
                    for (int i = 0; i < values.size(); ++i)
                        values[i] = viewOf(row, 1 + i);
                    part.add(Key::integer(row.columnInteger(0)), values);
                });
                rows += found.rows();
                if (isLate || found.isFull(most))
                    last = found.columnInteger(0);
                else
                    last.reset();
            }
        } catch (const Error &error) {
            if (!unlocked)
                throw;
            by.optimistic.giveUpAfter(error);
        }
        rest.giveBack(*range, last, rows);
        onPiece(rows);
    }
}

void OrderReader::sortWhatWasRead(KeySorter &sorter, qint64 rowsRead, const Deliver &deliver)
{
    KeySorter::Watch watch;
    watch.check = [this] { checkStop(); };
    watch.progress = [&](double share) {
        KeyBatch batch;
        batch.rowsRead = rowsRead;
        batch.rowsSorted = static_cast<qint64>(share * double(rowsRead));
        deliver(std::move(batch));
    };
    sorter.sort(threads(), watch);
}

void OrderReader::deliverSorted(const KeySorter &sorter, qint64 rowsRead, const Deliver &deliver)
{
    for (qint64 row = 0; row < sorter.size();) {
        KeyBatch batch;
        batch.rowsRead = rowsRead;
        for (; row < sorter.size() && batch.keys.size() < batchKeys; ++row)
            batch.keys.append(sorter.at(row));
        deliver(std::move(batch));
        checkStop();
    }
    deliver({{}, true, false, rowsRead});
}

bool OrderReader::pick(Connection &connection, const RowReader &reader, const RowQuery &query,
                       const std::function<QList<Key>()> &ask, const Deliver &deliver)
{
    constexpr qsizetype keysPerLook = 16; // at the clock
    const QList<SortColumn> order = totalOrder(query);
    const auto rules = sortRules(connection, query.table, order);
    if (!rules)
        return false;
    QList<int> columns;
    for (const SortColumn &sorted : order)
        columns.append(sorted.column);
    const QList<int> wanted = filterColumns(query);
    const auto viewsOf = [](const Record &record, const QList<int> &of, QList<QByteArray> &bytes) {
        QList<ValueView> views;
        for (const int column : of) {
            bytes.append(record.values.at(column).bytes()); // keeps what the view looks at
            views.append(ValueView::of(record.values.at(column), bytes.last()));
        }
        return views;
    };

    std::optional<ValueReader> rows;
    if (query.table.hasIntegerKey())
        rows.emplace(connection, optimisticReader(), reader, wanted + columns, Qt::AscendingOrder,
                     [this] { checkStop(); });
    FilterOf filter(query, 1, [this] { return isStopRequested(); });

    m_writers.begin(connection);
    std::optional<KeySorter> sorter;
    bool fits = true;
    const auto addNumbered = [&](const QList<Key> &keys) {
        QList<qint64> numbers;
        for (const Key &key : keys)
            numbers.append(key.number());
        std::sort(numbers.begin(), numbers.end());
        rows->read(numbers, [&](const PreparedStatement &row) {
            const Key key = Key::integer(row.columnInteger(0));
            if (!filter.lets(key, row))
                return;
            QList<ValueView> values;
            for (qsizetype i = 0; i < columns.size(); ++i)
                values.append(viewOf(row, static_cast<int>(1 + wanted.size() + i)));
            sorter->add(key, values);
        });
    };
    untilUnchanged(connection, [&](int) {
        sorter.emplace(*rules, KeySorter::Ties::Place, Qt::AscendingOrder);
        const QList<Key> candidates = ask();
        auto end = nextPiece(connection);
        for (qsizetype first = 0; first < candidates.size(); first += keysPerLook) {
            const QList<Key> some = candidates.mid(first, keysPerLook);
            if (rows) {
                addNumbered(some);
            } else {
                const RecordPage page = readWhole(connection, query.table, some);
                for (qsizetype i = 0; i < page.records.size(); ++i) {
                    QList<QByteArray> bytes;
                    const Record &record = page.records.at(i);
                    if (query.filter->matches(page.keys.at(i), viewsOf(record, wanted, bytes)))
                        sorter->add(page.keys.at(i), viewsOf(record, columns, bytes));
                }
            }
            if (!end.isReached())
                continue;
            checkStop();
            end = nextPiece(connection);
        }
        sorter->sort(1, {[this] { checkStop(); }, {}});
        fits = settle(connection, query.table, columns, *sorter);
    });
    if (fits)
        deliverSorted(*sorter, 0, deliver);
    return fits;
}

RecordPage OrderReader::readWhole(Connection &connection, const Table &table,
                                  const QList<Key> &keys)
{
    return optimisticReader().read(connection, [&](Connection &unlocked) {
        RecordPage page;
        RowReader(unlocked, table)
            .readKeys(keys, RowReader::Cut::None, [&page](const Key &key, const Record &record) {
                page.keys.append(key);
                page.records.append(record);
            });
        return page;
    });
}

bool OrderReader::settle(Connection &connection, const Table &table, const QList<int> &columns,
                         KeySorter &sorter)
{
    // Nothing but the key and what is sorted by: another column may be large
    Table narrow = table;
    narrow.columns.clear();
    QList<int> places;
    for (int i = 0; i < table.columns.size(); ++i) {
        if (columns.contains(i) || table.columns.at(i).isPrimaryKey)
            narrow.columns.append(table.columns.at(i));
    }
    for (const int column : columns)
        places.append(narrow.indexOf(table.columns.at(column).name));
    for (const KeySorter::Run &run : sorter.openRuns()) {
        std::vector<QList<StoredValue>> values(static_cast<size_t>(run.last - run.first));
        qint64 bytes = 0;
        for (qint64 row = run.first; row < run.last; ++row) {
            checkStop();
            QList<StoredValue> &of = values[static_cast<size_t>(row - run.first)];
            for (const Record &record : readWhole(connection, narrow, {sorter.at(row)}).records) {
                for (const int column : places) {
                    of.append(record.values.at(column));
                    bytes += record.values.at(column).bytes().size();
                }
            }
            if (bytes > sortMemory)
                return false;
        }
        sorter.settle(run, values);
    }
    return true;
}

void OrderReader::sortByDatabase(Connection &connection, const RowReader &reader,
                                 const RowQuery &query, const Deliver &deliver)
{
    // One long read: there is no other way to have SQLite compare by a collation of its own
    const QList<SortColumn> order = totalOrder(query);
    const KeyScan scan(connection, reader, order, filterColumns(query));
    FilterOf filter(query, order.size(), [this] { return isStopRequested(); });
    PreparedStatement &statement = connection.cached(scan.selectAll());
    const StatementRun run(statement);
    constexpr qint64 rowsPerLook = 1024; // whether it is still wanted
    KeyBatch batch;
    for (qint64 rowsRead = 1; statement.step(); ++rowsRead) {
        if (rowsRead % rowsPerLook == 0)
            checkStop();
        batch.rowsRead = rowsRead;
        const Key key = scan.keyOf(statement);
        if (!filter.lets(key, statement))
            continue;
        batch.keys.append(key);
        if (batch.keys.size() < batchKeys)
            continue;
        deliver(std::exchange(batch, {}));
        batch.rowsRead = rowsRead;
    }
    batch.isLast = true;
    deliver(std::move(batch));
}

} // namespace orm
