// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/preparedstatement.h"

namespace orm {

/// A row that was read, or is read elsewhere, as whoever takes rows from a statement wants it. It is only
/// looked at: nothing is bound or run.
class HeldRow : public PreparedStatement
{
public:
    void bindNull(int) final {}
    void bindInteger(int, qint64) final {}
    void bindReal(int, double) final {}
    void bindText(int, QStringView) final {}
    void bindUtf8(int, QByteArrayView) final {}
    void bindBlob(int, QByteArrayView) final {}
    bool step() final { return false; }
    void reset() final {}
    qint64 rowsAffected() const final { return 0; }
    qint64 lastInsertId() const final { return 0; }

    bool readText(int column, QString &text) const final
    {
        if (columnClass(column) == StorageClass::Null)
            return false;
        text = columnText(column);
        return true;
    }
};

} // namespace orm
