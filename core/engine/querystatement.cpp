// SPDX-License-Identifier: MIT
#include "core/engine/querystatement.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"

#include <QSqlError>
#include <QSqlRecord>

using namespace Qt::StringLiterals;

namespace orm {

QueryStatement::QueryStatement(const Connection &connection, const QString &sql)
    : m_connection(connection)
    , m_sql(sql)
    , m_query(connection.database())
{
    m_query.setForwardOnly(true);
    m_query.setNumericalPrecisionPolicy(QSql::HighPrecision);
    if (!m_query.prepare(sql))
        connection.dialect().throwError(m_query.lastError(), sql);
}

void QueryStatement::bindNull(int index)
{
    m_query.bindValue(index, QVariant(QMetaType::fromType<QString>()));
}

void QueryStatement::bindInteger(int index, qint64 value)
{
    m_query.bindValue(index, value);
}

void QueryStatement::bindReal(int index, double value)
{
    m_query.bindValue(index, value);
}

void QueryStatement::bindText(int index, QStringView value)
{
    if (!value.isValidUtf16())
        throw DataError(QString(), u"The text has an unpaired surrogate"_s);
    m_query.bindValue(index, value.isEmpty() ? u""_s : value.toString()); // a null QString is NULL
}

void QueryStatement::bindUtf8(int index, QByteArrayView bytes)
{
    m_query.bindValue(index, decodeUtf8(bytes));
}

void QueryStatement::bindBlob(int index, QByteArrayView bytes)
{
    m_query.bindValue(index, bytes.isEmpty() ? QByteArray("") : bytes.toByteArray());
}

bool QueryStatement::step()
{
    if (!m_isRunning) {
        m_connection.aboutToRun(m_sql);
        if (!m_query.exec())
            m_connection.dialect().throwError(m_query.lastError(), m_sql);
        m_isRunning = true;
        m_rowsAffected = m_query.isSelect() ? 0 : m_query.numRowsAffected();
        m_lastInsertId = m_query.isSelect() ? 0 : m_query.lastInsertId().toLongLong();
    }
    m_bytes.clear();
    if (m_query.isSelect() && m_query.next())
        return true;
    const QSqlError error = m_query.lastError();
    m_isRunning = false;
    m_query.finish();
    if (error.isValid())
        m_connection.dialect().throwError(error, m_sql);
    return false;
}

void QueryStatement::reset()
{
    m_isRunning = false;
    m_bytes.clear();
    m_query.finish();
}

int QueryStatement::columnCount() const
{
    return m_query.record().count();
}

QString QueryStatement::columnName(int column) const
{
    return m_query.record().fieldName(column);
}

StorageClass QueryStatement::columnClass(int column) const
{
    const QVariant value = m_query.value(column);
    if (value.isNull() && value.metaType() != QMetaType::fromType<QByteArray>())
        return m_query.isNull(column) ? StorageClass::Null : StorageClass::Text;
    switch (value.typeId()) {
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return StorageClass::Integer;
    case QMetaType::Double:
        return StorageClass::Real;
    case QMetaType::QByteArray:
        return m_query.isNull(column) ? StorageClass::Null : StorageClass::Blob;
    default:
        return StorageClass::Text;
    }
}

qint64 QueryStatement::columnInteger(int column) const
{
    return m_query.value(column).toLongLong();
}

double QueryStatement::columnReal(int column) const
{
    return m_query.value(column).toDouble();
}

QString QueryStatement::columnText(int column) const
{
    const QVariant value = m_query.value(column);
    if (value.typeId() == QMetaType::QByteArray)
        return decodeUtf8(value.toByteArray());
    const QString text = value.toString();
    return text.isEmpty() ? u""_s : text;
}

bool QueryStatement::readText(int column, QString &text) const
{
    if (m_query.isNull(column))
        return false;
    text = columnText(column);
    return true;
}

QByteArrayView QueryStatement::columnBytes(int column) const
{
    if (m_query.isNull(column))
        return {};
    const QVariant value = m_query.value(column);
    QByteArray &bytes = m_bytes[column];
    bytes
        = value.typeId() == QMetaType::QByteArray ? value.toByteArray() : value.toString().toUtf8();
    return bytes;
}

qint64 QueryStatement::rowsAffected() const
{
    return m_rowsAffected;
}

qint64 QueryStatement::lastInsertId() const
{
    return m_lastInsertId;
}

} // namespace orm
