// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"
#include "core/session/keyscan.h"
#include "core/session/keysorter.h"
#include "core/session/rowquery.h"
#include "core/session/rowscore.h"
#include "core/session/searchindex.h"
#include "core/session/writerwatch.h"

#include <limits>

namespace orm {

class KeyRanges;
class RowReader;

/// The thread that finds out which rows there are and in which order.
///
/// A good neighbour: where readers keep writers out (SQLite without WAL) it reads without a lock. If
/// others write all the time it reads with one, in short pieces with pauses. @see OptimisticReader,
/// WriterWatch
class OrderReader final : public DatabaseThread
{
    Q_OBJECT

public:
    static constexpr int passes = 2; ///< at most, when others write meanwhile
    static constexpr qint64 batchKeys = 65'536; ///< of a sorted order
    static constexpr qint64 previewRows = 256; ///< of an order before all of it is sorted
    static constexpr qint64 previewFrom = 50'000; ///< fewer rows are sorted in a moment
    static constexpr std::chrono::milliseconds previewAfter{50}; ///< unless others write
    static constexpr qint64 shareFrom = 100'000; ///< rows: more are read by several threads
    /// What an order of long, nearly equal texts may take before SQLite sorts it on disk.
    static constexpr qint64 sortMemory = 64 * 1024 * 1024;

    /// Rows that an index of texts may name for an order other than the key's; of more, the first
    /// hits come sooner by walking that order. Where it can't be walked, much more.
    static constexpr qint64 fewCandidates = 5'000;
    static constexpr qint64 manyCandidates = 50'000;
    /// The same for words of one or two letters, which are in many rows or in very few.
    static constexpr qint64 shortWordCandidates = 2'000;

    explicit OrderReader(const DatabaseUrl &url, const ConnectionOptions &options = {},
                         QObject *parent = nullptr);
    ~OrderReader() override;

    /// All keys in view order that the query's filter lets through, a batch at a time. Where an
    /// index gives the order they come while they are read, else all after the sort; batches without
    /// keys tell how far it is. If others wrote meanwhile they are read once more; a batch that
    /// restarts then voids those before it.
    ///
    /// A filter that knows which texts it needs is asked only about rows that the table's SearchIndex
    /// names, where there is one that can be trusted; the answer is the same.
    QFuture<KeyBatch> keys(const RowQuery &query);
    QFuture<qint64> count(const Table &table);
    /// The @p limit rows with the highest score, nearest first; of equal ones those with the highest
    /// key. Comes several times, the last time from the whole table.
    QFuture<QList<ScoredRow>> nearest(const Table &table,
                                      const std::shared_ptr<const RowScore> &score, int limit);

    /// Looks at the SearchIndex of @p table, also whether it holds what it should.
    QFuture<SearchIndexReport> searchIndex(const Table &table);

signals:
    /// A search, or searchIndex(), has found it another way than before.
    void searchIndexChanged(const orm::SearchIndexReport &report);

private:
    using Deliver = std::function<void(KeyBatch)>;
    /// What a thread of a task reads by.
    struct Reader
    {
        Connection &locked;
        WriterWatch &writers;
        OptimisticReader &optimistic;
        /// Of a thread that only helps: whether nothing is left to read. It reads never with a lock while
        /// others write: one reader alone is in nobody's way.
        std::function<bool()> isOver;
    };

    /// Calls @p readAll, and once more if other programs wrote meanwhile.
    void untilUnchanged(Connection &connection, const std::function<void(int pass)> &readAll);
    /// When the piece has to end that begins now; pauses before it where others write. It is read by
    /// optimisticReader(), unless that says otherwise.
    WriterWatch::PieceEnd nextPiece(Connection &connection);
    /// Nothing where @p by isOver(), which is asked when it has to wait.
    std::optional<WriterWatch::PieceEnd> nextPiece(const Reader &by);
    /// Calls @p row for each row of @p scan, and @p deliver, if any, after each piece.
    /// @returns false if that were @p enough rows, and more are to be read
    bool readAll(Connection &connection, KeyScan &scan, const Deliver &deliver,
                 const std::function<void(const PreparedStatement &, KeyBatch &)> &row,
                 qint64 enough = std::numeric_limits<qint64>::max());
    SearchIndexReport lookAtIndex(Connection &connection, const Table &table);
    void report(const SearchIndexReport &report);
    /// What to ask the SearchIndex for @p query; nothing if it is no use, or not to be trusted.
    std::optional<KeyScan::Among> indexed(Connection &connection, const RowQuery &query);
    /// The same for words of one or two letters: what begins so in the SearchIndex.
    QStringList indexedBeginnings(Connection &connection, const RowQuery &query);
    bool searchShortWords(Connection &connection, const RowReader &reader, const RowQuery &query,
                          const Deliver &deliver);
    /// @returns false if the index is no use for @p query, and nothing was delivered
    bool search(Connection &connection, const RowReader &reader, const RowQuery &query,
                bool isOrderIndexed, const Deliver &deliver);
    /// Nothing if there are more than @p limit.
    std::optional<QList<Key>> candidates(Connection &connection, const RowReader &reader,
                                         const KeyScan::Among &among, qint64 limit);
    void stream(Connection &connection, const RowReader &reader, const RowQuery &query,
                const Deliver &deliver);
    static QList<StoredValue> orderValuesOf(Connection &connection, const RowReader &reader,
                                            const QList<SortColumn> &order, const Key &key);
    KeyList withKept(Connection &connection, const RowReader &reader, const RowQuery &query,
                     KeyList first);
    void streamAmong(Connection &connection, const RowReader &reader, const RowQuery &query,
                     const KeyScan::Among &among, const Deliver &deliver,
                     const std::function<void(const Key &, KeyBatch &)> &add);
    void sort(Connection &connection, const RowReader &reader, const RowQuery &query,
              const Deliver &deliver);
    /// Reads @p rest by several threads, each with a connection of its own. @returns rows in all
    qint64 readShared(Connection &connection, const RowQuery &query, const QList<int> &columns,
                      KeyRanges &rest, KeySorter &sorter, qint64 rowsBefore,
                      const Deliver &deliver);
    /// What a thread does of it. @p onPiece is told how many rows it has read each time.
    void readRanges(const Reader &by, const Table &table, const QList<int> &columns,
                    KeyRanges &rest, KeySorter::Part &part,
                    const std::function<void(qint64 rows)> &onPiece);
    /// The rows of @p keys that are there, in any order.
    RecordPage readWhole(Connection &connection, const Table &table, const QList<Key> &keys);
    void sortWhatWasRead(KeySorter &sorter, qint64 rowsRead, const Deliver &deliver);
    /// Reads nothing but those of @p candidates that are there.
    /// @returns false if their order can't be made here
    bool pick(Connection &connection, const RowReader &reader, const RowQuery &query,
              const std::function<QList<Key>()> &candidates, const Deliver &deliver);
    void deliverSorted(const KeySorter &sorter, qint64 rowsRead, const Deliver &deliver);
    /// @returns false if the rows that are left open are too large to be sorted in memory
    bool settle(Connection &connection, const Table &table, const QList<int> &columns,
                KeySorter &sorter);
    void sortByDatabase(Connection &connection, const RowReader &reader, const RowQuery &query,
                        const Deliver &deliver);

    WriterWatch m_writers; ///< of the thread alone
    SearchIndexReport m_index; ///< as it was found last
    std::optional<qint64> m_indexVersion; ///< the data_version by which its sample was right
};

} // namespace orm
