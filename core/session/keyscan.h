// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/largerow.h"
#include "core/session/rowreader.h"
#include "core/session/writerwatch.h"

#include <functional>
#include <optional>

namespace orm {

class Connection;
class OptimisticReader;
class PreparedStatement;
class RowBuffer;

/// Goes through a table in a total order, in pieces: between two of them no statement is open and
/// other programs can write. It goes on behind the last row's values (keyset), so it costs the
/// same at any depth, and a row that others insert or delete shifts none.
class KeyScan
{
public:
    enum class Piece { More, End };

    /// Rows of a piece at most.
    static constexpr int pieceRows = 20'000;

    /// Rows that an index of texts names, in the order of the key, which is its rowid.
    struct Among
    {
        QString index; ///< quoted
        QString expression; ///< what it is asked
    };

    /// Borrows both. @p order is total, see totalOrder(). The statement selects the columns of the
    /// order, then those of @p extra. @p among, if any, wants an order by the key alone.
    KeyScan(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
            const QList<int> &extra = {}, const std::optional<Among> &among = {});

    /// Leaves out the rows up to the one with @p values of the order, which is read no more.
    void beginBehind(const QList<StoredValue> &values) { m_stages = stagesBehind(values); }
    /// Rows are read by @p reader, where it has begun a reading, and handed out when they are settled.
    void setOptimistic(OptimisticReader &reader) { m_optimistic = &reader; }
    /// Called between parts of large values of @p extra; may throw.
    void setCheck(const std::function<void()> &check) { m_check = check; }
    /// Reads on until @p end at the latest, but some rows in any case. What a row has of @p extra that is
    /// large is not read before it is asked for.
    Piece read(WriterWatch::PieceEnd end,
               const std::function<void(const PreparedStatement &)> &row);
    /// The key of the current row of the statement that read() hands out.
    Key keyOf(const PreparedStatement &statement) const;
    /// "SELECT posts.title, posts.id FROM posts ORDER BY posts.title, posts.id"
    QString selectAll() const;

private:
    /// Rows behind the last one that a single range of an index holds. `(a, b) > (?, ?)` would be
    /// shorter, but knows neither NULL nor directions that differ.
    struct Stage
    {
        QString condition; ///< empty: all rows
        QList<StoredValue> values;
        qint64 skipped = 0; ///< rows that were read
    };

    enum class Step { Row, End, TooLarge };

    Step step(Connection &connection, PreparedStatement &statement) const;
    int rowsPerLook() const; ///< at the clock
    Piece readUnlocked(Connection &connection, WriterWatch::PieceEnd &end,
                       const std::function<void(const PreparedStatement &)> &row);
    void handOut(RowBuffer &rows, const std::function<void(const PreparedStatement &)> &row);
    QString selectFrom(const Stage &stage, const QString &select) const;
    void bind(PreparedStatement &statement, const Stage &stage) const;
    QList<StoredValue> orderValuesOf(const PreparedStatement &statement) const;
    Piece readLarge(const std::function<void(const PreparedStatement &)> &row);
    QString column(int index) const; ///< of the table, as it is compared and sorted by
    void countEqual(const PreparedStatement &statement);
    QList<Stage> stagesBehind(const QList<StoredValue> &last) const;

    Connection &m_connection;
    const RowReader &m_reader;
    const QList<SortColumn> m_order;
    const std::optional<Among> m_among;
    QList<int> m_key; ///< where the key's columns are in m_order
    QString m_select;
    QString m_orderClause;
    const QList<int> m_extra;
    const bool m_readsApart; ///< where a value is large
    std::function<void()> m_check;
    OptimisticReader *m_optimistic = nullptr;
    bool m_isLargeNext = false; ///< which is read with a lock
    QList<Stage> m_stages; ///< still to be read
    QList<StoredValue> m_last; ///< of the order, where rows may be equal
    qint64 m_equal = 0; ///< rows read that are equal to that
};

} // namespace orm
