// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"
#include "core/session/rowquery.h"
#include "core/session/rowscore.h"
#include "core/session/writerwatch.h"

namespace orm {

class KeyScan;
class KeySorter;
class RowReader;

/// The thread that finds out which rows there are and in which order.
///
/// A good neighbour: it reads in short pieces, between which no lock is held. Where readers keep
/// writers out (SQLite without WAL) and others write, it pauses, too. @see WriterWatch
class OrderReader final : public DatabaseThread
{
    Q_OBJECT

public:
    static constexpr int passes = 2; ///< at most, when others write meanwhile
    static constexpr qint64 batchKeys = 65'536; ///< of a sorted order
    /// What an order of long, nearly equal texts may take before SQLite sorts it on disk.
    static constexpr qint64 sortMemory = 64 * 1024 * 1024;

    explicit OrderReader(const DatabaseUrl &url, const ConnectionOptions &options = {},
                         QObject *parent = nullptr);
    ~OrderReader() override;

    /// All keys in view order that the query's filter lets through, a batch at a time. Where an
    /// index gives the order they come while they are read, else all after the sort; batches without
    /// keys tell how far it is. If others wrote meanwhile they are read once more; a batch that
    /// restarts then voids those before it.
    QFuture<KeyBatch> keys(const RowQuery &query);
    QFuture<qint64> count(const Table &table);
    /// The @p limit rows with the highest score, nearest first; of equal ones those with the highest
    /// key. Comes several times, the last time from the whole table.
    QFuture<QList<ScoredRow>> nearest(const Table &table,
                                      const std::shared_ptr<const RowScore> &score, int limit);

private:
    using Deliver = std::function<void(KeyBatch)>;

    /// Calls @p readAll, and once more if other programs wrote meanwhile.
    void untilUnchanged(Connection &connection, const std::function<void(int pass)> &readAll);
    /// When the piece has to end that begins now; pauses before it where others write.
    std::chrono::steady_clock::time_point nextPiece();
    /// Calls @p row for each row of @p scan, and @p deliver, if any, after each piece.
    void readAll(Connection &connection, KeyScan &scan, const Deliver &deliver,
                 const std::function<void(const PreparedStatement &, KeyBatch &)> &row);
    void stream(Connection &connection, const RowReader &reader, const RowQuery &query,
                const Deliver &deliver);
    void sort(Connection &connection, const RowReader &reader, const RowQuery &query,
              const Deliver &deliver);
    /// Reads nothing but those of @p candidates that are there.
    /// @returns false if their order can't be made here
    bool pick(Connection &connection, const RowReader &reader, const RowQuery &query,
              const QList<Key> &candidates, const Deliver &deliver);
    void deliverSorted(const KeySorter &sorter, qint64 rowsRead, const Deliver &deliver);
    /// @returns false if the rows that are left open are too large to be sorted in memory
    bool settle(Connection &connection, const Table &table, const QList<int> &columns,
                KeySorter &sorter);
    void sortByDatabase(Connection &connection, const RowReader &reader, const RowQuery &query,
                        const Deliver &deliver);

    WriterWatch m_writers; ///< of the thread alone
};

} // namespace orm
