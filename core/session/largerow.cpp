// SPDX-License-Identifier: MIT
#include "core/session/largerow.h"

#include "core/engine/blobreader.h"
#include "core/engine/connection.h"
#include "core/error.h"
#include "core/session/rowreader.h"

#include <QScopeGuard>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

constexpr char isText = '\1';

} // namespace

bool LargeRow::canRead(Connection &connection, const Table &table)
{
    return table.hasIntegerKey()
        && BlobReader::canRead(connection, table.name,
                               table.columns.at(table.primaryKey().first()).name);
}

std::optional<bool> LargeRow::stepUnlessLarge(Connection &connection, PreparedStatement &statement)
{
    sqlite3 *handle = connection.sqlite();
    const int before = sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, largest);
    const auto end = qScopeGuard([=] { sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, before); });
    try {
        return statement.step();
    } catch (const DataError &error) {
        if ((error.nativeCode() & 0xFF) != SQLITE_TOOBIG)
            throw;
    }
    return {};
}

QStringList LargeRow::selected(const RowReader &reader, const QList<int> &columns)
{
    // The type of a value stands at the beginning of its row
    QStringList selected;
    for (const int column : columns) {
        const QString name = reader.column(column);
        selected.append(reader.table().columns.at(column).isReadOnly
                            ? name
                            : u"CASE typeof(%1) WHEN 'text' THEN x'01' WHEN 'blob' THEN x'02' "
                              "ELSE %1 END"_s.arg(name));
    }
    return selected;
}

LargeRow::LargeRow(Connection &connection, const Table &table, const PreparedStatement &statement,
                   qint64 rowid, const QList<int> &columns, int first,
                   const std::function<void()> &check)
    : m_connection(connection)
    , m_table(table)
    , m_statement(statement)
    , m_rowid(rowid)
    , m_columns(columns)
    , m_first(first)
    , m_check(check)
{}

LargeRow::~LargeRow() = default;

const LargeRow::Value *LargeRow::apart(int column) const
{
    if (column < m_first || column >= m_first + m_columns.size())
        return nullptr;
    const Column &about = m_table.columns.at(m_columns.at(column - m_first));
    if (about.isReadOnly || m_statement.columnClass(column) != StorageClass::Blob)
        return nullptr;
    const auto [place, isNew] = m_values.try_emplace(column);
    Value &value = place->second;
    if (isNew) {
        value.reader = std::make_unique<BlobReader>(m_connection, m_table.name, about.name);
        value.reader->seek(m_rowid);
        value.bytes = value.reader->readWhole([this] {
            if (m_check)
                m_check();
        });
    }
    return &value;
}

int LargeRow::columnCount() const
{
    return m_statement.columnCount();
}

QString LargeRow::columnName(int column) const
{
    return m_statement.columnName(column);
}

StorageClass LargeRow::columnClass(int column) const
{
    if (!apart(column))
        return m_statement.columnClass(column);
    return m_statement.columnBytes(column).front() == isText ? StorageClass::Text
                                                             : StorageClass::Blob;
}

qint64 LargeRow::columnInteger(int column) const
{
    return m_statement.columnInteger(column);
}

double LargeRow::columnReal(int column) const
{
    return m_statement.columnReal(column);
}

QString LargeRow::columnText(int column) const
{
    const Value *value = apart(column);
    return value ? decodeUtf8(value->bytes) : m_statement.columnText(column);
}

QByteArrayView LargeRow::columnBytes(int column) const
{
    const Value *value = apart(column);
    return value ? value->bytes : m_statement.columnBytes(column);
}

} // namespace orm
