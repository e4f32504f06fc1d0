// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowquery.h"

#include <QHash>

#include <functional>

namespace orm {

class BlobReader;
class Connection;
class Dialect;
class PreparedStatement;

/// Rows of one table as stored values: the SQL and the decoding that all readers share.
///
/// Names in a SELECT bear the table's name: SQLite takes a quoted name alone that is no column (any
/// more) for a text, and every row would read as that text.
class RowReader
{
public:
    enum class Cut {
        None,
        ForList, ///< large columns after listCharacters, other text after textCharacters
        /// The same, and a row ends behind a value that is huge: its record has fewer values than the
        /// table has columns. @see readKeys()
        Beginnings,
    };

    static constexpr int listCharacters = 300;
    static constexpr int textCharacters = 4096;
    static constexpr int maxKeysAtOnce = 256; ///< in one statement

    /// @throws InvalidRequestError the table has no primary key
    RowReader(Connection &connection, const Table &table);

    const Table &table() const { return m_table; }
    const QString &tableName() const { return m_tableName; } ///< quoted
    const QString &columns() const { return m_columns; } ///< "posts.id, posts.title"
    QString column(int index) const; ///< "posts.id"
    /// The same as rows are sorted by it and compared with; of a view as stored, byte by byte.
    QString sorted(int index) const;
    /// "id = ? AND …", without the table's name, as UPDATE and DELETE want it. A NULL in @p key,
    /// which SQLite allows in old tables, asks for NULL.
    QString keyCondition(const Key &key) const;
    /// Binds what keyCondition() asks for. @returns the next free index
    int bindKey(PreparedStatement &statement, int index, const Key &key) const;

    Key keyOf(const Record &record) const;
    /// The current row of a statement that selects columns() from its column @p first on.
    Record read(const PreparedStatement &statement, Cut cut, int first = 0) const;

    /// Calls @p row for each of @p keys that is there, in no order. Statements are few and kept. For a
    /// list no more is read of large columns than is shown; but what columns behind them hold has to be
    /// found by way of all their pages, as SQLite stores a row. Of a value of 50 MB these are twelve
    /// thousand, so that first rows do without: Cut::Beginnings.
    void readKeys(const QList<Key> &keys, Cut cut,
                  const std::function<void(const Key &, const Record &)> &row) const;

private:
    void readSome(const QList<Key> &keys, Cut cut,
                  const std::function<void(const Key &, const Record &)> &row) const;
    void readEqual(const QList<Key> &keys, Cut cut,
                   const std::function<void(const Key &, const Record &)> &row) const;
    void readOne(const Key &key, Cut cut,
                 const std::function<void(const Key &, const Record &)> &row) const;
    /// Which columns' texts and blobs a statement must not touch.
    enum class Apart {
        Large, ///< of a type that is large
        All, ///< where some value is large whose type isn't
    };

    void readCut(const QList<Key> &keys, Apart apart, Cut cut,
                 const std::function<void(const Key &, const Record &)> &row) const;
    /// Reads of @p beginnings the columns from @p first on, and adds them.
    void readEnds(QHash<Key, Record> beginnings, int first,
                  const std::function<void(const Key &, const Record &)> &row) const;
    /// How many columns there are up to the last large one, if some are behind it that can be read later;
    /// else all.
    int columnsOfBeginning() const;
    QString inClause(qsizetype size) const;
    bool isReadApart(int column, Apart apart) const;
    void appendValue(Record &record, int column, const PreparedStatement &statement, int index,
                     Cut cut) const;
    /// Appends the value of @p column: what is kept of its @p size bytes, which begin with @p bytes.
    void appendCut(Record &record, int column, StorageClass storage, QByteArrayView bytes,
                   qsizetype size) const;

    Connection &m_connection;
    const Dialect &m_dialect;
    const Table &m_table;
    QList<int> m_key;
    QString m_tableName;
    QString m_columns;
};

/// The order of @p query made total: the key's columns break ties, in the direction of the last
/// sort column, so that an index on that column alone gives the whole order. No sort at all is by
/// key, largest first. Columns after the whole key are left out.
QList<SortColumn> totalOrder(const RowQuery &query);

/// " ORDER BY posts.title, posts.id DESC"
QString orderClause(const RowReader &reader, const QList<SortColumn> &order);

/// Whether the database reads the table in @p order by an index, without sorting, also where the
/// columns of @p extra are wanted.
bool isIndexed(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
               const QList<int> &extra = {});

} // namespace orm
