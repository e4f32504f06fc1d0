// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <functional>
#include <vector>

struct sqlite3_blob;

namespace orm {

class Connection;

/// The first bytes of one column's texts and blobs: only the pages that have them are read.
///
/// A statement reads a value whole before anything else is done with it, be it for substr() or
/// length(). Used while a statement of the same connection stands on the row, so that both see one
/// state of the database; keeps a read open as long as it lives.
/// @see https://www.sqlite.org/c3ref/blob_open.html
class BlobReader
{
public:
    /// Whether this works for @p table, whose integer key is @p key: it needs SQLite's own handle,
    /// rowids, and UTF-8 in the file.
    static bool canRead(Connection &connection, const QString &table, const QString &key);

    /// Borrows @p connection. @p column holds stored values: is no generated one
    BlobReader(Connection &connection, const QString &table, const QString &column);
    ~BlobReader();
    Q_DISABLE_COPY_MOVE(BlobReader)

    /// Goes to the row @p rowid, whose value is a text or a blob. @returns its size in bytes
    qsizetype seek(qint64 rowid);
    /// The value's first @p size bytes at most; until the next call.
    QByteArrayView read(qsizetype size);
    /// The whole value, part by part; until the next call. @p check is called between two parts and may
    /// throw.
    QByteArrayView readWhole(const std::function<void()> &check);

private:
    [[noreturn]] void fail();

    Connection &m_connection;
    const QByteArray m_table;
    const QByteArray m_column;
    sqlite3_blob *m_blob = nullptr;
    std::vector<char> m_bytes;
};

} // namespace orm
