// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"
#include "core/session/rowquery.h"

namespace orm {

class KeyScan;
class KeySorter;
class RowReader;

/// The thread that finds out which rows there are and in which order.
///
/// A good neighbour: it reads in pieces of at most pieceTime. Between them no lock is held, and
/// where readers keep writers out (SQLite without WAL) it also pauses.
class OrderReader final : public DatabaseThread
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds pieceTime{5};
    static constexpr std::chrono::milliseconds pauseTime{10};
    static constexpr int passes = 2; ///< at most, when others write meanwhile
    static constexpr qint64 batchKeys = 65'536; ///< of a sorted order
    /// What an order of long, nearly equal texts may take before SQLite sorts it on disk.
    static constexpr qint64 sortMemory = 64 * 1024 * 1024;

    explicit OrderReader(const DatabaseUrl &url, const ConnectionOptions &options = {},
                         QObject *parent = nullptr);

    /// All keys in view order, a batch at a time. Where an index gives the order they come while
    /// they are read, else all after the sort. If others wrote meanwhile they are read once more;
    /// a batch that restarts then voids those before it.
    QFuture<KeyBatch> keys(const RowQuery &query);
    QFuture<qint64> count(const Table &table);

private:
    using Deliver = std::function<void(KeyBatch)>;

    /// Calls @p readAll, and once more if other programs wrote meanwhile.
    void untilUnchanged(Connection &connection, const std::function<void(int pass)> &readAll);
    void readAll(Connection &connection, KeyScan &scan, const Deliver &deliver,
                 const std::function<void(const PreparedStatement &, KeyList &)> &row);
    void stream(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
                const Deliver &deliver);
    void sort(Connection &connection, const RowReader &reader, const RowQuery &query,
              const Deliver &deliver);
    /// @returns false if the rows that are left open are too large to be sorted in memory
    bool settle(Connection &connection, const RowReader &reader, const QList<int> &columns,
                KeySorter &sorter);
    void sortByDatabase(Connection &connection, const RowReader &reader,
                        const QList<SortColumn> &order, const Deliver &deliver);
};

} // namespace orm
