// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"
#include "core/session/rowreader.h"

#include <optional>

namespace orm {

/// The thread that reads the rows a view shows, so that they never wait behind a save or a sort.
///
/// Values come as stored. Each task is a short read of committed rows, which keeps nobody from
/// writing; none leaves a cursor open. Tables are those of the inspector: each of their columns
/// exists. @see OptimisticReader
class PageReader final : public DatabaseThread
{
    Q_OBJECT

public:
    explicit PageReader(const DatabaseUrl &url, const ConnectionOptions &options = {},
                        QObject *parent = nullptr);

    /// The first @p limit rows at once, large values cut, and rows with huge ones not to their end: these
    /// have fewer values, and page() has the rest. Where the order has no index and sorting takes
    /// longer than a short read may, or another program writes, these are the first rows in key
    /// order instead, until OrderReader::keys() has the real one.
    QFuture<RecordPage> firstPage(const RowQuery &query, int limit);
    /// The rows of @p keys in their order, large values cut; a row that is gone is left out.
    QFuture<RecordPage> page(const Table &table, const QList<Key> &keys);
    /// One row with every value whole; an empty Record if it is gone.
    QFuture<Record> whole(const Table &table, const Key &key);

private:
    QList<Key> firstKeys(Connection &connection, const RowQuery &query, int limit);
    /// The rows of @p keys, so many at once as are likely to be read before somebody writes.
    RecordPage readParts(Connection &connection, const Table &table, const QList<Key> &keys,
                         RowReader::Cut cut);
};

/// The same as firstPage(), read by @p connection; nothing where no index has the order.
std::optional<RecordPage> firstIndexedRows(Connection &connection, const RowQuery &query,
                                           int limit);

} // namespace orm
