// SPDX-License-Identifier: MIT
#include "core/session/orderreader.h"

#include "core/engine/dataversion.h"
#include "core/engine/inspector.h"
#include "core/engine/statementlease.h"
#include "core/error.h"
#include "core/session/keyscan.h"
#include "core/session/keysorter.h"
#include "core/session/rowreader.h"

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

using Clock = std::chrono::steady_clock;

/// In WAL mode, and on servers, a reader keeps nobody from writing.
bool readersBlockWriters(Connection &connection)
{
    if (!connection.url().isSqlite())
        return false;
    return connection.scalar(u"PRAGMA journal_mode"_s).toString() != u"wal"_s;
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

ValueView viewOf(const PreparedStatement &statement, int column)
{
    ValueView view;
    view.storage = statement.columnClass(column);
    if (view.storage == StorageClass::Integer)
        view.integer = statement.columnInteger(column);
    else if (view.storage == StorageClass::Real)
        view.real = statement.columnReal(column);
    else if (view.storage != StorageClass::Null)
        view.bytes = statement.columnBytes(column);
    return view;
}

} // namespace

OrderReader::OrderReader(const DatabaseUrl &url, const ConnectionOptions &options, QObject *parent)
    : DatabaseThread(u"OrderReader"_s, url, options, {}, parent)
{}

QFuture<KeyBatch> OrderReader::keys(const RowQuery &query)
{
    return runStream<KeyBatch>([this, query](Connection &connection, QPromise<KeyBatch> &promise) {
        const Deliver deliver = [&promise](KeyBatch batch) { promise.addResult(std::move(batch)); };
        const RowReader reader(connection, query.table);
        const QList<SortColumn> order = totalOrder(query);
        if (isIndexed(connection, reader, order))
            stream(connection, reader, order, deliver);
        else if (sortRules(connection, query.table, query.sort))
            sort(connection, reader, query, deliver);
        else
            sortByDatabase(connection, reader, order, deliver);
    });
}

QFuture<qint64> OrderReader::count(const Table &table)
{
    return run([this, table](Connection &connection) {
        const RowReader reader(connection, table);
        qint64 count = 0;
        untilUnchanged(connection, [&](int) {
            count = 0;
            KeyScan scan(connection, reader, totalOrder({table, {}}));
            readAll(connection, scan, {},
                    [&count](const PreparedStatement &, KeyList &) { ++count; });
        });
        return count;
    });
}

void OrderReader::untilUnchanged(Connection &connection, const std::function<void(int)> &readOnce)
{
    for (int pass = 1;; ++pass) {
        const qint64 before = dataVersion(connection);
        readOnce(pass);
        if (pass == passes || dataVersion(connection) == before)
            return;
    }
}

void OrderReader::readAll(Connection &connection, KeyScan &scan, const Deliver &deliver,
                          const std::function<void(const PreparedStatement &, KeyList &)> &row)
{
    const bool isNeighbourly = readersBlockWriters(connection);
    while (true) {
        checkStop();
        KeyBatch batch;
        const KeyScan::Piece piece
            = scan.read(Clock::now() + pieceTime,
                        [&](const PreparedStatement &statement) { row(statement, batch.keys); });
        if (deliver && !batch.keys.isEmpty())
            deliver(std::move(batch));
        if (piece == KeyScan::Piece::End)
            return;
        if (isNeighbourly)
            pause(pauseTime);
    }
}

void OrderReader::stream(Connection &connection, const RowReader &reader,
                         const QList<SortColumn> &order, const Deliver &deliver)
{
    // Most of what others write leaves the keys and their order alone. So the second pass is kept
    // back until it is known whether it differs from what the view has already.
    QList<KeyBatch> again;
    std::array<size_t, passes + 1> hashes{};
    int lastPass = 0;
    untilUnchanged(connection, [&](int pass) {
        lastPass = pass;
        again.clear();
        KeyScan scan(connection, reader, order);
        readAll(
            connection, scan,
            [&](KeyBatch batch) {
                if (pass == 1)
                    deliver(std::move(batch));
                else
                    again.append(std::move(batch));
            },
            [&, &hash = hashes.at(static_cast<size_t>(pass))](const PreparedStatement &statement,
                                                              KeyList &keys) {
                const Key key = scan.keyOf(statement);
                hash = qHash(key, hash + 1); // key 0 and seed 0 would make 0
                keys.append(key);
            });
    });
    if (lastPass > 1 && hashes.at(static_cast<size_t>(lastPass)) != hashes.at(1)) {
        deliver({{}, false, true});
        for (KeyBatch &batch : again)
            deliver(std::move(batch));
    }
    deliver({{}, true});
}

void OrderReader::sort(Connection &connection, const RowReader &reader, const RowQuery &query,
                       const Deliver &deliver)
{
    const Table &table = query.table;
    QList<SortColumn> sorted = totalOrder(query);
    // Rows are added in key order, which settles ties; so a key column behind the sort needs no bytes
    const Qt::SortOrder ties = sorted.last().order;
    sorted.removeIf([&query](const SortColumn &column) { return !query.sort.contains(column); });
    const QList<SortRule> rules = sortRules(connection, table, sorted).value();

    const QList<int> key = table.primaryKey();
    QList<SortColumn> keyOrder;
    for (const int column : key)
        keyOrder.append({column, Qt::AscendingOrder});
    QList<int> columns;
    for (const SortColumn &column : sorted)
        columns.append(column.column);

    std::optional<KeySorter> sorter;
    bool fits = true;
    untilUnchanged(connection, [&](int) {
        sorter.emplace(rules, ties);
        KeyScan scan(connection, reader, keyOrder, columns);
        QList<ValueView> values(columns.size());
        readAll(connection, scan, {}, [&](const PreparedStatement &statement, KeyList &) {
            for (int i = 0; i < columns.size(); ++i)
                values[i] = viewOf(statement, static_cast<int>(key.size()) + i);
            sorter->add(scan.keyOf(statement), values);
        });
        sorter->sort([this] { checkStop(); });
        fits = settle(connection, reader, columns, *sorter);
    });
    if (!fits)
        return sortByDatabase(connection, reader, totalOrder(query), deliver);

    for (qint64 row = 0; row < sorter->size();) {
        KeyBatch batch;
        for (; row < sorter->size() && batch.keys.size() < batchKeys; ++row)
            batch.keys.append(sorter->at(row));
        deliver(std::move(batch));
        checkStop();
    }
    deliver({{}, true});
}

bool OrderReader::settle(Connection &connection, const RowReader &reader, const QList<int> &columns,
                         KeySorter &sorter)
{
    const bool isNeighbourly = readersBlockWriters(connection);
    auto until = Clock::now() + pieceTime;
    for (auto run = sorter.nextOpenRun(0); run.first < run.last;
         run = sorter.nextOpenRun(run.last)) {
        std::vector<QList<StoredValue>> values(static_cast<size_t>(run.last - run.first));
        qint64 bytes = 0;
        for (qint64 row = run.first; row < run.last; ++row) {
            const auto at = static_cast<size_t>(row - run.first);
            reader.readKeys({sorter.at(row)}, RowReader::Cut::None,
                            [&](const Key &, const Record &record) {
                                for (const int column : columns) {
                                    values[at].append(record.values.at(column));
                                    bytes += record.values.at(column).bytes().size();
                                }
                            });
            if (bytes > sortMemory)
                return false;
            if (Clock::now() < until)
                continue;
            checkStop();
            if (isNeighbourly)
                pause(pauseTime);
            until = Clock::now() + pieceTime;
        }
        sorter.settle(run, values);
    }
    return true;
}

void OrderReader::sortByDatabase(Connection &connection, const RowReader &reader,
                                 const QList<SortColumn> &order, const Deliver &deliver)
{
    // One long read: there is no other way to have SQLite compare by a collation of its own
    const KeyScan scan(connection, reader, order);
    PreparedStatement &statement = connection.cached(scan.selectAll());
    const StatementRun run(statement);
    KeyBatch batch;
    while (statement.step()) {
        batch.keys.append(scan.keyOf(statement));
        if (batch.keys.size() < batchKeys)
            continue;
        checkStop();
        deliver(std::exchange(batch, {}));
    }
    batch.isLast = true;
    deliver(std::move(batch));
}

} // namespace orm
