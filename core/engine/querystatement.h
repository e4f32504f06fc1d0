// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/preparedstatement.h"

#include <QHash>
#include <QSqlQuery>
#include <QVariant>

namespace orm {

class Connection;

/// A PreparedStatement on QSqlQuery: for every database that Qt has a driver for.
class QueryStatement final : public PreparedStatement
{
public:
    QueryStatement(const Connection &connection, const QString &sql);

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
    double columnReal(int column) const override;
    QString columnText(int column) const override;
    bool readText(int column, QString &text) const override;
    QByteArrayView columnBytes(int column) const override;
    qint64 rowsAffected() const override;
    qint64 lastInsertId() const override;

private:
    const Connection &m_connection;
    QString m_sql;
    QSqlQuery m_query;
    mutable QHash<int, QByteArray> m_bytes; ///< what columnBytes() handed out for this row
    bool m_isRunning = false;
    qint64 m_rowsAffected = 0;
    qint64 m_lastInsertId = 0;
};

} // namespace orm
