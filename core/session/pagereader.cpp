// SPDX-License-Identifier: MIT
#include "core/session/pagereader.h"

#include "core/dialect/dialect.h"
#include "core/engine/statementlease.h"
#include "core/session/keyscan.h"
#include "core/session/rowreader.h"

#include <QHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

RecordPage readPage(Connection &connection, const Table &table, const QList<Key> &keys,
                    RowReader::Cut cut)
{
    const RowReader reader(connection, table);
    QHash<Key, Record> found;
    reader.readKeys(keys, cut,
                    [&found](const Key &key, const Record &record) { found.insert(key, record); });
    RecordPage page;
    page.keys.reserve(keys.size());
    for (const Key &key : keys) {
        const auto record = found.constFind(key);
        if (record == found.constEnd())
            continue;
        page.keys.append(key);
        page.records.append(*record);
    }
    return page;
}

QList<Key> readFirst(Connection &connection, const RowQuery &query, int limit)
{
    const RowReader reader(connection, query.table);
    const KeyScan scan(connection, reader, totalOrder(query));
    PreparedStatement &statement
        = connection.cached(scan.selectAll() + connection.dialect().limitClause(limit, 0));
    const StatementRun run(statement);
    QList<Key> keys;
    while (statement.step())
        keys.append(scan.keyOf(statement));
    return keys;
}

bool isIndexed(Connection &connection, const RowQuery &query)
{
    return isIndexed(connection, RowReader(connection, query.table), totalOrder(query));
}

} // namespace

std::optional<RecordPage> firstIndexedRows(Connection &connection, const RowQuery &query, int limit)
{
    if (!isIndexed(connection, query))
        return {};
    return readPage(connection, query.table, readFirst(connection, query, limit),
                    RowReader::Cut::Beginnings);
}

PageReader::PageReader(const DatabaseUrl &url, const ConnectionOptions &options, QObject *parent)
    : DatabaseThread(u"PageReader"_s, url, options, {}, parent)
{}

QFuture<RecordPage> PageReader::firstPage(const RowQuery &query, int limit)
{
    return run([this, query, limit](Connection &connection) {
        return readParts(connection, query.table, firstKeys(connection, query, limit),
                         RowReader::Cut::Beginnings);
    });
}

QFuture<RecordPage> PageReader::page(const Table &table, const QList<Key> &keys)
{
    return run([this, table, keys](Connection &connection) {
        return readParts(connection, table, keys, RowReader::Cut::ForList);
    });
}

RecordPage PageReader::readParts(Connection &connection, const Table &table, const QList<Key> &keys,
                                 RowReader::Cut cut)
{
    OptimisticReader &optimistic = optimisticReader();
    RecordPage page;
    for (qsizetype next = 0; next < keys.size();) {
        QList<Key> some;
        const RecordPage part = optimistic.read(connection, [&](Connection &by) {
            some = keys.mid(next, optimistic.rowsAtOnce());
            return readPage(by, table, some, cut);
        });
        next += some.size();
        for (qint64 i = 0; i < part.keys.size(); ++i)
            page.keys.append(part.keys.at(i));
        page.records += part.records;
    }
    return page;
}

QFuture<Record> PageReader::whole(const Table &table, const Key &key)
{
    return run([this, table, key](Connection &connection) {
        return optimisticReader().read(connection, [&](Connection &by) {
            Record found;
            RowReader(by, table).readKeys(
                {key}, RowReader::Cut::None,
                [&found](const Key &, const Record &record) { found = record; });
            return found;
        });
    });
}

QList<Key> PageReader::firstKeys(Connection &connection, const RowQuery &query, int limit)
{
    RowQuery wanted = query;
    if (!isIndexed(connection, query)) {
        // Some ten thousand rows are sorted in a moment; more take too long
        constexpr Budget shortRead{200, 20ms};
        QList<Key> keys;
        const auto isSorted = optimisticReader().readOnce(connection, [&](Connection &by) {
            return runWithin(shortRead, [&] { keys = readFirst(by, query, limit); });
        });
        if (isSorted.value_or(false))
            return keys;
        wanted.sort.clear();
    }
    return optimisticReader().read(connection,
                                   [&](Connection &by) { return readFirst(by, wanted, limit); });
}

} // namespace orm
