// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/heldrow.h"

#include <functional>
#include <vector>

namespace orm {

/// Rows that a statement has come to, kept to be looked at later, one after the other, as if it came to them
/// then.
class RowBuffer final : public HeldRow
{
public:
    /// More is better passed on first: in bytes of texts and blobs.
    static constexpr qsizetype enoughBytes = 256 * 1024;

    /// Appends the current row of @p statement, all columns of it.
    void append(const PreparedStatement &statement);
    qsizetype rows() const { return m_rows; }
    bool isEmpty() const { return m_rows == 0; }
    /// Whether that is so, or there are @p rows.
    bool isFull(qsizetype rows) const { return m_bytes.size() >= enoughBytes || m_rows >= rows; }
    void clear();
    /// Calls @p row for each; the last one is the current row afterwards.
    void forEach(const std::function<void(const PreparedStatement &)> &row);

    int columnCount() const override { return m_columns; }
    QString columnName(int) const override { return {}; }
    StorageClass columnClass(int column) const override { return cell(column).storage; }
    qint64 columnInteger(int column) const override;
    double columnReal(int column) const override;
    QString columnText(int column) const override;
    QByteArrayView columnBytes(int column) const override;

private:
    struct Cell
    {
        StorageClass storage = StorageClass::Null;
        qint64 number = 0; ///< or where its bytes begin
        qint64 size = 0;
        double real = 0;
    };

    const Cell &cell(int column) const { return m_cells[size_t(m_row * m_columns + column)]; }

    int m_columns = 0;
    qsizetype m_rows = 0;
    qsizetype m_row = 0;
    std::vector<Cell> m_cells;
    QByteArray m_bytes;
};

} // namespace orm
