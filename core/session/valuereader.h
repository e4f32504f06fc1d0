// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowreader.h"

namespace orm {

class OptimisticReader;
class RowBuffer;

/// Some columns of those rows of a table that are wanted, by their keys, which are rowids. A large value is
/// read part by part. @see LargeRow
class ValueReader
{
public:
    static constexpr qsizetype keysAtOnce = 32;

    /// Borrows @p connection, @p reader, and @p optimistic, by which is read what isn't large. @p check is called between parts of a large value, and may
    /// throw.
    ValueReader(Connection &connection, OptimisticReader &optimistic, const RowReader &reader,
                const QList<int> &columns, Qt::SortOrder order, const std::function<void()> &check);

    /// Calls @p row for each of @p keys that is there, by the key; it has the key, and then the columns.
    /// @param keys in that order, keysAtOnce at most
    void read(QList<qint64> keys, const std::function<void(const PreparedStatement &)> &row) const;

private:
    /// @returns false if the next one has a large value
    bool readSome(Connection &connection, const QList<qint64> &keys, RowBuffer &rows) const;
    bool readLarge(qint64 key, const std::function<void(const PreparedStatement &)> &row) const;

    Connection &m_connection;
    OptimisticReader &m_optimistic;
    const RowReader &m_reader;
    const QList<int> m_columns;
    const std::function<void()> m_check;
    const bool m_readsApart;
    QString m_select;
    QString m_selectLarge;
};

} // namespace orm
