// SPDX-License-Identifier: MIT
#include "core/schema/table.h"

#include "core/schema/datetimecodec.h"
#include "core/schema/decimal.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orm {

namespace {

bool fits(const Decimal &decimal, const ColumnType &type)
{
    return type.length == 0
        || (decimal.scale() <= type.scale
            && decimal.precision() - decimal.scale() <= type.length - type.scale);
}

bool fitsType(const Column &column, const StoredValue &value)
{
    const StorageClass storage = value.storageClass();
    switch (column.type.kind) {
    case ColumnType::Kind::Boolean:
        return storage == StorageClass::Integer
            && (value.toInteger() == 0 || value.toInteger() == 1);
    case ColumnType::Kind::Integer:
    case ColumnType::Kind::BigInteger:
        return storage == StorageClass::Integer;
    case ColumnType::Kind::Float:
        return storage == StorageClass::Integer
            || (storage == StorageClass::Real && std::isfinite(value.toReal()));
    case ColumnType::Kind::Numeric: {
        if (storage == StorageClass::Real)
            return std::isfinite(value.toReal());
        const auto decimal = Decimal::fromString(value.toString());
        return storage != StorageClass::Blob && decimal && fits(*decimal, column.type);
    }
    case ColumnType::Kind::Date:
        return storage == StorageClass::Text && datetimecodec::parseDate(value.bytes()).isValid();
    case ColumnType::Kind::Time:
        return storage == StorageClass::Text && datetimecodec::parseTime(value.bytes()).isValid();
    case ColumnType::Kind::DateTime:
        return storage == StorageClass::Text
            && datetimecodec::parseDateTime(value.bytes()).isValid();
    case ColumnType::Kind::Enum: {
        if (storage != StorageClass::Text)
            return false;
        for (const char *const *name = column.type.enumNames; name && *name; ++name) {
            if (value.bytes() == *name)
                return true;
        }
        return !column.type.enumNames;
    }
    case ColumnType::Kind::LargeBinary:
        return storage == StorageClass::Blob;
    case ColumnType::Kind::String:
    case ColumnType::Kind::Text:
    case ColumnType::Kind::Uuid:
    case ColumnType::Kind::Json:
        return storage == StorageClass::Text;
    case ColumnType::Kind::Unknown:
        break;
    }
    return true;
}

} // namespace

QString Column::text() const
{
    if (label.isEmpty())
        return name;
    QString plain = label;
    return plain.remove(u'&');
}

int Table::indexOf(const QString &column) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&column](const Column &other) {
        return other.name.compare(column, Qt::CaseInsensitive) == 0;
    });
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

int Table::indexOf(Role role) const
{
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [role](const Column &other) { return other.role == role; });
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

QList<int> Table::primaryKey() const
{
    QList<int> key;
    for (int i = 0; i < columns.size(); ++i) {
        if (columns.at(i).isPrimaryKey)
            key.append(i);
    }
    return key;
}

QList<int> Table::searchedColumns() const
{
    QList<int> searched;
    for (const auto role : {Role::Title, Role::Body}) {
        if (const int column = indexOf(role); column >= 0)
            searched.append(column);
    }
    if (!searched.isEmpty())
        return searched;
    for (int i = 0; i < columns.size(); ++i) {
        if (columns.at(i).type.isText())
            searched.append(i);
    }
    return searched;
}

bool Table::isMapped() const
{
    return std::any_of(columns.begin(), columns.end(),
                       [](const Column &column) { return column.isMapped; });
}

bool Table::isKeyless() const
{
    return !columns.isEmpty()
        && std::all_of(columns.begin(), columns.end(), [](const Column &column) {
               return column.isPrimaryKey && column.isReadOnly;
           });
}

bool Table::hasIntegerKey() const
{
    const QList<int> key = primaryKey();
    if (key.size() != 1)
        return false;
    const ColumnType::Kind kind = columns.at(key.first()).type.kind;
    return kind == ColumnType::Kind::Integer || kind == ColumnType::Kind::BigInteger;
}

std::optional<ValueProblem> validate(const Column &column, const StoredValue &value)
{
    if (value.isNull()) {
        if (column.isNullable)
            return {};
        return ValueProblem{ValueProblem::Kind::Null};
    }
    if (!value.isValidText())
        return ValueProblem{ValueProblem::Kind::InvalidText};
    if (!fitsType(column, value))
        return ValueProblem{ValueProblem::Kind::WrongType};
    if (column.type.kind == ColumnType::Kind::String && column.type.length > 0) {
        const qint64 length = codePoints(value.bytes());
        if (length > column.type.length)
            return ValueProblem{ValueProblem::Kind::TooLong, length, column.type.length};
    }
    return {};
}

qint64 codePoints(const QByteArray &bytes)
{
    // Every byte but a continuation byte (10xxxxxx) begins a code point.
    return std::count_if(bytes.begin(), bytes.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    });
}

} // namespace orm
