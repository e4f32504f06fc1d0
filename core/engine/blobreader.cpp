// SPDX-License-Identifier: MIT
#include "core/engine/blobreader.h"

#include "core/engine/connection.h"

#include <algorithm>
#include <sqlite3.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace orm {

bool BlobReader::canRead(Connection &connection, const QString &table, const QString &key)
{
    // In UTF-16 the bytes are others than a statement gives
    return connection.sqlite() && connection.isRowid(table, key)
        && connection.scalar(u"PRAGMA encoding"_s).toString() == u"UTF-8";
}

BlobReader::BlobReader(Connection &connection, const QString &table, const QString &column)
    : m_connection(connection)
    , m_table(table.toUtf8())
    , m_column(column.toUtf8())
{}

BlobReader::~BlobReader()
{
    sqlite3_blob_close(m_blob);
}

qsizetype BlobReader::seek(qint64 rowid)
{
    m_connection.checkThread();
    const int code = m_blob ? sqlite3_blob_reopen(m_blob, rowid)
                            : sqlite3_blob_open(m_connection.sqlite(), "main", m_table.constData(),
                                                m_column.constData(), rowid, 0, &m_blob);
    if (code != SQLITE_OK)
        fail();
    return sqlite3_blob_bytes(m_blob);
}

QByteArrayView BlobReader::read(qsizetype size)
{
    const int wanted = std::min(static_cast<int>(size), sqlite3_blob_bytes(m_blob));
    m_bytes.resize(static_cast<size_t>(wanted));
    if (wanted > 0 && sqlite3_blob_read(m_blob, m_bytes.data(), wanted, 0) != SQLITE_OK)
        fail();
    return {m_bytes.data(), wanted};
}

QByteArrayView BlobReader::readWhole(const std::function<void()> &check)
{
    constexpr int part = 256 * 1024;
    const int size = sqlite3_blob_bytes(m_blob);
    m_bytes.clear();
    m_bytes.reserve(static_cast<size_t>(size));
    for (int at = 0; at < size;) {
        const int wanted = std::min(part, size - at);
        m_bytes.resize(static_cast<size_t>(at) + static_cast<size_t>(wanted));
        if (sqlite3_blob_read(m_blob, m_bytes.data() + at, wanted, at) != SQLITE_OK)
            fail();
        at += wanted;
        if (at < size)
            check();
    }
    return {m_bytes.data(), size};
}

void BlobReader::fail()
{
    try {
        m_connection.throwLastError(u"sqlite3_blob of %1.%2"_s.arg(QString::fromUtf8(m_table),
                                                                   QString::fromUtf8(m_column)));
    } catch (...) {
        sqlite3_blob_close(std::exchange(m_blob, nullptr)); // of no use any more
        throw;
    }
}

} // namespace orm
