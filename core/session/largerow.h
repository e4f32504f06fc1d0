// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/heldrow.h"

#include <QList>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace orm {

class BlobReader;
class Connection;
class RowReader;
struct Table;

/// A row whose values may take long to read: a statement has the row without its texts and blobs, and these
/// are read here, each when it is asked for, part by part, so that it can be given up meanwhile.
///
/// SQLite reads a value in one go and heeds no interrupt before it is done, which takes 50 MB some 100 ms,
/// or a second from a disk. Which row has one it says itself, at the cost of nothing: it refuses values
/// beyond a limit.
/// @see https://www.sqlite.org/limits.html: SQLITE_LIMIT_LENGTH
class LargeRow final : public HeldRow
{
public:
    /// Larger values are read in parts, in bytes.
    static constexpr int largest = 1024 * 1024;

    /// Whether this works for @p table. @see BlobReader::canRead()
    static bool canRead(Connection &connection, const Table &table);
    /// Steps @p statement; nothing if the row has a larger value, and the statement is then reset.
    static std::optional<bool> stepUnlessLarge(Connection &connection,
                                               PreparedStatement &statement);
    /// What a statement has to select for @p columns of the table.
    static QStringList selected(const RowReader &reader, const QList<int> &columns);

    /// Borrows all of them. @p statement has selected(columns) from its column @p first on, of the row
    /// @p rowid. @p check is called between two parts and may throw.
    LargeRow(Connection &connection, const Table &table, const PreparedStatement &statement,
             qint64 rowid, const QList<int> &columns, int first,
             const std::function<void()> &check);
    ~LargeRow() override;

    int columnCount() const override;
    QString columnName(int column) const override;
    StorageClass columnClass(int column) const override;
    qint64 columnInteger(int column) const override;
    double columnReal(int column) const override;
    QString columnText(int column) const override;
    QByteArrayView columnBytes(int column) const override;

private:
    struct Value
    {
        std::unique_ptr<BlobReader> reader;
        QByteArrayView bytes;
    };

    /// What was read apart, or is now; null if the statement itself has it.
    const Value *apart(int column) const;

    Connection &m_connection;
    const Table &m_table;
    const PreparedStatement &m_statement;
    const qint64 m_rowid;
    const QList<int> &m_columns;
    const int m_first;
    const std::function<void()> &m_check;
    mutable std::map<int, Value> m_values;
};

} // namespace orm
