// SPDX-License-Identifier: MIT
#include "core/session/rowbuffer.h"

namespace orm {

void RowBuffer::append(const PreparedStatement &statement)
{
    m_columns = statement.columnCount();
    for (int column = 0; column < m_columns; ++column) {
        Cell cell{.storage = statement.columnClass(column)};
        if (cell.storage == StorageClass::Integer) {
            cell.number = statement.columnInteger(column);
        } else if (cell.storage == StorageClass::Real) {
            cell.real = statement.columnReal(column);
        } else if (cell.storage != StorageClass::Null) {
            const QByteArrayView bytes = statement.columnBytes(column);
            cell.number = m_bytes.size();
            cell.size = bytes.size();
            m_bytes.append(bytes);
        }
        m_cells.push_back(cell);
    }
    ++m_rows;
}

void RowBuffer::clear()
{
    m_cells.clear();
    m_bytes.truncate(0);
    m_rows = 0;
}

void RowBuffer::forEach(const std::function<void(const PreparedStatement &)> &row)
{
    for (m_row = 0; m_row < m_rows; ++m_row)
        row(*this);
    m_row = m_rows - 1;
}

qint64 RowBuffer::columnInteger(int column) const
{
    const Cell &at = cell(column);
    return at.storage == StorageClass::Integer ? at.number : qint64(at.real);
}

double RowBuffer::columnReal(int column) const
{
    const Cell &at = cell(column);
    return at.storage == StorageClass::Integer ? double(at.number) : at.real;
}

QString RowBuffer::columnText(int column) const
{
    switch (cell(column).storage) {
    case StorageClass::Null:
        break;
    case StorageClass::Integer:
        return QString::number(cell(column).number);
    case StorageClass::Real:
        return QString::number(cell(column).real, 'g', 15); // as SQLite does
    case StorageClass::Text:
    case StorageClass::Blob:
        return decodeUtf8(columnBytes(column));
    }
    return {};
}

QByteArrayView RowBuffer::columnBytes(int column) const
{
    const Cell &at = cell(column);
    if (at.storage != StorageClass::Text && at.storage != StorageClass::Blob)
        return {};
    return QByteArrayView(m_bytes.constData() + at.number, at.size);
}

} // namespace orm
