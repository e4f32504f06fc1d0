// SPDX-License-Identifier: MIT
#include "core/engine/preparedstatement.h"

namespace orm {

void PreparedStatement::bind(int index, const StoredValue &value)
{
    switch (value.storageClass()) {
    case StorageClass::Null:
        return bindNull(index);
    case StorageClass::Integer:
        return bindInteger(index, value.toInteger());
    case StorageClass::Real:
        return bindReal(index, value.toReal());
    case StorageClass::Text:
        return bindUtf8(index, value.bytes());
    case StorageClass::Blob:
        return bindBlob(index, value.bytes());
    }
}

bool PreparedStatement::readInteger(int column, qint64 &value) const
{
    const bool isInteger = columnClass(column) == StorageClass::Integer;
    if (isInteger)
        value = columnInteger(column);
    return isInteger;
}

StoredValue PreparedStatement::columnValue(int column) const
{
    switch (columnClass(column)) {
    case StorageClass::Null:
        return {};
    case StorageClass::Integer:
        return StoredValue::integer(columnInteger(column));
    case StorageClass::Real:
        return StoredValue::real(columnReal(column));
    case StorageClass::Text:
        return StoredValue::utf8(columnBytes(column).toByteArray());
    case StorageClass::Blob:
        return StoredValue::blob(columnBytes(column).toByteArray());
    }
    Q_UNREACHABLE();
}

} // namespace orm
