// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/preparedstatement.h"

#include <memory>
#include <vector>

struct sqlite3_stmt;

namespace orm {

class Connection;

/// A PreparedStatement on the native handle.
class SqliteStatement final : public PreparedStatement
{
public:
    SqliteStatement(const Connection &connection, const QString &sql);
    ~SqliteStatement() override;

    void bindNull(int index) override;
    void bindInteger(int index, qint64 value) override;
    void bindReal(int index, double value) override;
    void bindText(int index, QStringView value) override;
    void bindUtf8(int index, QByteArrayView bytes) override;
    void bindBlob(int index, QByteArrayView bytes) override;

    bool step() override;
    void reset() override;

    int columnCount() const override;
    QString columnName(int column) const override;
    StorageClass columnClass(int column) const override;
    qint64 columnInteger(int column) const override;
    bool readInteger(int column, qint64 &value) const override;
    double columnReal(int column) const override;
    QString columnText(int column) const override;
    bool readText(int column, QString &text) const override;
    QByteArrayView columnBytes(int column) const override;
    qint64 rowsAffected() const override;
    qint64 lastInsertId() const override;

private:
    /// A text that is bound, while it is small; used again for the next one.
    struct Buffer
    {
        std::unique_ptr<char[]> bytes;
        qsizetype size = 0;
    };
    static constexpr qsizetype smallSize = 4096;

    bool isParameter(int index) const
    {
        return index >= 0 && static_cast<size_t>(index) < m_buffers.size();
    }
    char *buffer(int index, qsizetype size);
    void check(int code) const;

    const Connection &m_connection;
    QString m_sql;
    sqlite3_stmt *m_statement = nullptr;
    std::vector<Buffer> m_buffers; ///< one a parameter
    bool m_isRunning = false;
    bool m_holdsLarge = false; ///< something is bound that reset() is to free
    qint64 m_rowsAffected = 0;
};

} // namespace orm
