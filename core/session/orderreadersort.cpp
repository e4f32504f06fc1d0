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
                readRanges(connection, m_writers, query.table, columns, rest, part,
                           [&](qint64 rows) {
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
            readRanges(
                *own, watch, query.table, columns, rest, part,
                [&](qint64 rows) { rowsRead += rows; }, Patience::WhileOthersWrite);
        } catch (...) {
            rest.stop();
            throw;
        }
    });
    return rowsRead;
}

void OrderReader::readRanges(Connection &connection, WriterWatch &writers, const Table &table,
                             const QList<int> &columns, KeyRanges &rest, KeySorter::Part &part,
                             const std::function<void(qint64 rows)> &onPiece, Patience patience)
{
    constexpr qint64 rowsPerLook = 4; // at the clock; values may be large
    const RowReader reader(connection, table);
    const QString key = reader.column(table.primaryKey().first());
    QStringList wanted{key};
    for (const int column : columns)
        wanted.append(reader.column(column));
    PreparedStatement &statement
        = connection.cached(u"SELECT %1 FROM %2 WHERE %3 BETWEEN ? AND ? ORDER BY %3"_s.arg(
            wanted.join(u", "_s), reader.tableName(), key));
    QList<ValueView> values(columns.size());
    while (true) {
        checkStop();
        const WriterWatch::Pace pace = writers.look();
        if (pace.pause > 0us) {
            pause(pace.pause);
            // One reader alone is in nobody's way
            if (patience == Patience::WhileOthersWrite) {
                if (rest.isOver())
                    return;
                continue;
            }
        }
        if (pace.piece == 0us)
            continue;
        const auto range = rest.take();
        if (!range)
            return;
        auto end = writers.endOf(pace);
        std::optional<qint64> last; // where the range wasn't read to its end
        qint64 rows = 0;
        {
            const StatementRun run(statement);
            statement.bindInteger(0, range->first);
            statement.bindInteger(1, range->last);
            while (statement.step()) {
                const qint64 number = statement.columnInteger(0);
                for (int i = 0; i < columns.size(); ++i)
                    values[i] = viewOf(statement, 1 + i);
                part.add(Key::integer(number), values);
                if (++rows % rowsPerLook == 0 && end.isReached()) {
                    last = number;
                    break;
                }
            }
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
        rows.emplace(connection, reader, wanted + columns, Qt::AscendingOrder,
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
        auto end = nextPiece();
        for (qsizetype first = 0; first < candidates.size(); first += keysPerLook) {
            const QList<Key> some = candidates.mid(first, keysPerLook);
            if (rows) {
                addNumbered(some);
            } else {
                reader.readKeys(some, RowReader::Cut::None,
                                [&](const Key &key, const Record &record) {
                                    QList<QByteArray> bytes;
                                    if (query.filter->matches(key, viewsOf(record, wanted, bytes)))
                                        sorter->add(key, viewsOf(record, columns, bytes));
                                });
            }
            if (!end.isReached())
                continue;
            checkStop();
            end = nextPiece();
        }
        sorter->sort(1, {[this] { checkStop(); }, {}});
        fits = settle(connection, query.table, columns, *sorter);
    });
    if (fits)
        deliverSorted(*sorter, 0, deliver);
    return fits;
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
    const RowReader reader(connection, narrow);
    m_writers.begin(connection);
    auto end = nextPiece();
    for (const KeySorter::Run &run : sorter.openRuns()) {
        std::vector<QList<StoredValue>> values(static_cast<size_t>(run.last - run.first));
        qint64 bytes = 0;
        for (qint64 row = run.first; row < run.last; ++row) {
            const auto at = static_cast<size_t>(row - run.first);
            reader.readKeys({sorter.at(row)}, RowReader::Cut::None,
                            [&](const Key &, const Record &record) {
                                for (const int column : places) {
                                    values[at].append(record.values.at(column));
                                    bytes += record.values.at(column).bytes().size();
                                }
                            });
            if (bytes > sortMemory)
                return false;
            if (!end.isReached())
                continue;
            checkStop();
            end = nextPiece();
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
