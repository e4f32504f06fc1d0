// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/preparedstatement.h"
#include "core/error.h"
#include "core/mapping/enumnames.h"
#include "core/schema/columntype.h"
#include "core/schema/datetimecodec.h"
#include "core/schema/decimal.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>
#include <QUuid>

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>

namespace orm {

/// How a member's type is stored. Specialise it for a type of your own: columnType, accepts(),
/// toStored() and fromStored(); bind(), read() and readUnlessNull() (for a std::optional; false for
/// NULL, and the value is then dropped) may be added where speed counts.
///
/// Reading is by the member's type, never by what the value happens to be: '007' in a text column
/// stays '007'. A stored value that the type can't hold becomes an invalid date or time where it is
/// one, which is neither NULL nor ever written back; else it throws DataError, and only that object
/// can't be read (see Session::load).
template<typename T>
struct TypeTraits
{
    static_assert(sizeof(T) == 0,
                  "orm: a member of this type can't be stored: specialise orm::TypeTraits for it");
    // so that no more errors follow
    static constexpr ColumnType columnType{};
    static constexpr bool accepts(ColumnType::Kind) { return true; }
    static StoredValue toStored(const T &) { return {}; }
    static void fromStored(T &, const StoredValue &) {}
};

namespace detail {

[[noreturn]] void throwUnreadable(const StoredValue &value, const char *type);
[[noreturn]] void throwUnwritable(const QString &why);
/// False for broken UTF-16, which no database keeps.
bool isValidText(QStringView text);
/// Throws DataError for more than the type's code points or broken UTF-16.
void checkText(const QString &text, const ColumnType &type);
/// Throws DataError for more digits than the type has.
void checkDecimal(const Decimal &decimal, const ColumnType &type);

} // namespace detail

/// 0 is false and any other integer true.
template<>
struct TypeTraits<bool>
{
    static constexpr ColumnType columnType = Boolean;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::Boolean || kind == ColumnType::Kind::Integer;
    }
    static StoredValue toStored(bool value) { return StoredValue::integer(value ? 1 : 0); }
    static void fromStored(bool &member, const StoredValue &value)
    {
        if (value.storageClass() != StorageClass::Integer)
            detail::throwUnreadable(value, "a boolean");
        member = value.toInteger() != 0;
    }
};

template<std::integral T>
requires(!std::same_as<T, bool>) struct TypeTraits<T>
{
    static constexpr ColumnType columnType
        = sizeof(T) > 4 && !std::signed_integral<T> ? BigInteger : Integer;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::Integer || kind == ColumnType::Kind::BigInteger;
    }
    static qint64 toInteger(T value)
    {
        // beyond 2^63-1 SQLite would store a REAL and lose digits
        if (!std::in_range<qint64>(value))
            detail::throwUnwritable(QLatin1String("The number is larger than 2^63-1"));
        return static_cast<qint64>(value);
    }
    static T fromInteger(qint64 value)
    {
        if (!std::in_range<T>(value))
            detail::throwUnreadable(StoredValue::integer(value), "an integer of this size");
        return static_cast<T>(value);
    }
    static StoredValue toStored(T value) { return StoredValue::integer(toInteger(value)); }
    static void fromStored(T &member, const StoredValue &value)
    {
        if (value.storageClass() != StorageClass::Integer)
            detail::throwUnreadable(value, "an integer");
        member = fromInteger(value.toInteger());
    }
    static void bind(PreparedStatement &statement, int index, T value)
    {
        statement.bindInteger(index, toInteger(value));
    }
    static void read(const PreparedStatement &statement, int column, T &member)
    {
        if (!readUnlessNull(statement, column, member))
            detail::throwUnreadable({}, "an integer");
    }
    static bool readUnlessNull(const PreparedStatement &statement, int column, T &member)
    {
        qint64 value = 0;
        if (statement.readInteger(column, value)) {
            member = fromInteger(value);
            return true;
        }
        if (statement.columnClass(column) == StorageClass::Null)
            return false;
        detail::throwUnreadable(statement.columnValue(column), "an integer");
    }
};

template<std::floating_point T>
struct TypeTraits<T>
{
    static constexpr ColumnType columnType = Float;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::Float || kind == ColumnType::Kind::Numeric;
    }
    static StoredValue toStored(T value)
    {
        if (std::isnan(value)) // would become NULL
            detail::throwUnwritable(QLatin1String("The number is not a number (NaN)"));
        return StoredValue::real(static_cast<double>(value));
    }
    static void fromStored(T &member, const StoredValue &value)
    {
        if (value.storageClass() != StorageClass::Real
            && value.storageClass() != StorageClass::Integer)
            detail::throwUnreadable(value, "a number");
        member = static_cast<T>(value.toReal());
    }
};

template<>
struct TypeTraits<QString>
{
    static constexpr ColumnType columnType = Text;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::String || kind == ColumnType::Kind::Text;
    }
    static StoredValue toStored(const QString &value)
    {
        if (!detail::isValidText(value))
            detail::throwUnwritable(QLatin1String("The text has an unpaired surrogate"));
        return StoredValue::text(value);
    }
    static void fromStored(QString &member, const StoredValue &value) { member = value.toString(); }
    /// A null QString is '': only std::optional means NULL.
    static void bind(PreparedStatement &statement, int index, const QString &value)
    {
        statement.bindText(index, value);
    }
    /// NULL, which a member without std::optional should never meet, reads as a null QString.
    static void read(const PreparedStatement &statement, int column, QString &member)
    {
        if (!statement.readText(column, member))
            member = QString();
    }
    static bool readUnlessNull(const PreparedStatement &statement, int column, QString &member)
    {
        return statement.readText(column, member);
    }
};

template<>
struct TypeTraits<QByteArray>
{
    static constexpr ColumnType columnType = LargeBinary;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::LargeBinary;
    }
    static StoredValue toStored(const QByteArray &value) { return StoredValue::blob(value); }
    static void fromStored(QByteArray &member, const StoredValue &value) { member = value.bytes(); }
};

template<>
struct TypeTraits<QDateTime>
{
    static constexpr ColumnType columnType = DateTime;
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::DateTime;
    }
    static bool isValid(const QDateTime &value) { return datetimecodec::isStorable(value); }
    static datetimecodec::DateTimeText encode(const QDateTime &value)
    {
        if (!isValid(value))
            detail::throwUnwritable(QLatin1String("The date and time is not valid"));
        return datetimecodec::encode(value);
    }
    static StoredValue toStored(const QDateTime &value)
    {
        return StoredValue::utf8(QByteArrayView(encode(value)).toByteArray());
    }
    static void fromStored(QDateTime &member, const StoredValue &value)
    {
        member = datetimecodec::parseDateTime(value.bytes());
    }
    static void bind(PreparedStatement &statement, int index, const QDateTime &value)
    {
        statement.bindUtf8(index, encode(value));
    }
    static void read(const PreparedStatement &statement, int column, QDateTime &member)
    {
        member = datetimecodec::parseDateTime(statement.columnBytes(column));
    }
    static bool readUnlessNull(const PreparedStatement &statement, int column, QDateTime &member)
    {
        const QByteArrayView text = statement.columnBytes(column);
        if (!text.isNull())
            member = datetimecodec::parseDateTime(text);
        return !text.isNull();
    }
};

template<>
struct TypeTraits<QDate>
{
    static constexpr ColumnType columnType = Date;
    static constexpr bool accepts(ColumnType::Kind kind) { return kind == ColumnType::Kind::Date; }
    static bool isValid(QDate value) { return datetimecodec::isStorable(value); }
    static StoredValue toStored(QDate value)
    {
        if (!isValid(value))
            detail::throwUnwritable(QLatin1String("The date is not valid"));
        return StoredValue::utf8(datetimecodec::formatDate(value));
    }
    static void fromStored(QDate &member, const StoredValue &value)
    {
        member = datetimecodec::parseDate(value.bytes());
    }
};

template<>
struct TypeTraits<QTime>
{
    static constexpr ColumnType columnType = Time;
    static constexpr bool accepts(ColumnType::Kind kind) { return kind == ColumnType::Kind::Time; }
    static bool isValid(QTime value) { return value.isValid(); }
    static StoredValue toStored(QTime value)
    {
        if (!isValid(value))
            detail::throwUnwritable(QLatin1String("The time is not valid"));
        return StoredValue::utf8(datetimecodec::formatTime(value));
    }
    static void fromStored(QTime &member, const StoredValue &value)
    {
        member = datetimecodec::parseTime(value.bytes());
    }
};

/// 32 hexadecimal digits, as SQLAlchemy's Uuid stores it on databases without a type for it.
template<>
struct TypeTraits<QUuid>
{
    static constexpr ColumnType columnType = Uuid;
    static constexpr bool accepts(ColumnType::Kind kind) { return kind == ColumnType::Kind::Uuid; }
    static StoredValue toStored(const QUuid &value)
    {
        return StoredValue::utf8(value.toByteArray(QUuid::Id128));
    }
    static void fromStored(QUuid &member, const StoredValue &value)
    {
        QByteArray digits = value.bytes();
        digits.replace('-', QByteArray());
        const QByteArray bytes = QByteArray::fromHex(digits);
        member = QUuid::fromRfc4122(bytes);
        if (digits.size() != 32 || bytes.size() != 16)
            detail::throwUnreadable(value, "a UUID");
    }
};

template<>
struct TypeTraits<QJsonDocument>
{
    static constexpr ColumnType columnType = Json;
    static constexpr bool accepts(ColumnType::Kind kind) { return kind == ColumnType::Kind::Json; }
    static StoredValue toStored(const QJsonDocument &value)
    {
        return StoredValue::utf8(value.isNull() ? QByteArray("null")
                                                : value.toJson(QJsonDocument::Compact));
    }
    static void fromStored(QJsonDocument &member, const StoredValue &value)
    {
        QJsonParseError error;
        member = QJsonDocument::fromJson(value.bytes(), &error);
        if (error.error != QJsonParseError::NoError && value.bytes() != "null")
            detail::throwUnreadable(value, "JSON");
    }
};

/// An exact decimal, sent as text so that no digit is lost on the way.
template<>
struct TypeTraits<Decimal>
{
    static constexpr ColumnType columnType{ColumnType::Kind::Numeric};
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::Numeric;
    }
    static StoredValue toStored(const Decimal &value)
    {
        return StoredValue::text(value.toString());
    }
    static void fromStored(Decimal &member, const StoredValue &value)
    {
        // a REAL's shortest digits, written out: 1e+20 is no decimal
        const auto decimal = Decimal::fromString(
            value.storageClass() == StorageClass::Real
                ? QString::number(value.toReal(), 'f', QLocale::FloatingPointShortest)
                : value.toString());
        if (!decimal || value.storageClass() == StorageClass::Blob)
            detail::throwUnreadable(value, "a decimal");
        member = *decimal;
    }
};

/// By name, so that reordering the enumerators breaks no database.
template<typename T>
requires std::is_enum_v<T>
struct TypeTraits<T>
{
    static constexpr ColumnType columnType{ColumnType::Kind::Enum, 0, 0, EnumNames<T>::list.data()};
    static constexpr bool accepts(ColumnType::Kind kind) { return kind == ColumnType::Kind::Enum; }
    static StoredValue toStored(T value)
    {
        const char *name = enumName(value);
        if (!name)
            detail::throwUnwritable(QLatin1String("The enumerator has no name"));
        return StoredValue::utf8(name);
    }
    static void fromStored(T &member, const StoredValue &value)
    {
        const auto found = enumFromName<T>(value.bytes());
        if (!found)
            detail::throwUnreadable(value, "a name of the enumeration");
        member = *found;
    }
};

/// NULL and only NULL is std::nullopt.
template<typename T>
struct TypeTraits<std::optional<T>>
{
    static constexpr ColumnType columnType = TypeTraits<T>::columnType;
    static constexpr bool accepts(ColumnType::Kind kind) { return TypeTraits<T>::accepts(kind); }
    static StoredValue toStored(const std::optional<T> &value)
    {
        return value ? TypeTraits<T>::toStored(*value) : StoredValue();
    }
    static void fromStored(std::optional<T> &member, const StoredValue &value)
    {
        if (value.isNull())
            member.reset();
        else
            TypeTraits<T>::fromStored(member.emplace(), value);
    }
};

namespace detail {

template<typename T>
struct IsOptional : std::false_type
{
    using Inner = T;
};
template<typename T>
struct IsOptional<std::optional<T>> : std::true_type
{
    using Inner = T;
};

template<typename T>
void bindMember(PreparedStatement &statement, int index, const T &member)
{
    if constexpr (IsOptional<T>::value) {
        if (member)
            bindMember(statement, index, *member);
        else
            statement.bindNull(index);
    } else if constexpr (requires { TypeTraits<T>::bind(statement, index, member); }) {
        TypeTraits<T>::bind(statement, index, member);
    } else {
        statement.bind(index, TypeTraits<T>::toStored(member));
    }
}

template<typename T>
void readMember(const PreparedStatement &statement, int column, T &member)
{
    if constexpr (IsOptional<T>::value) {
        using Traits = TypeTraits<typename IsOptional<T>::Inner>;
        if constexpr (requires { Traits::readUnlessNull(statement, column, *member); }) {
            if (!member)
                member.emplace();
            if (!Traits::readUnlessNull(statement, column, *member))
                member.reset();
        } else if (statement.columnClass(column) == StorageClass::Null) {
            member.reset();
        } else {
            readMember(statement, column, member.emplace());
        }
    } else if constexpr (requires { TypeTraits<T>::read(statement, column, member); }) {
        TypeTraits<T>::read(statement, column, member);
    } else {
        TypeTraits<T>::fromStored(member, statement.columnValue(column));
    }
}

/// Whether the flush has nothing to write. Texts that share their data, as those of an object and
/// its snapshot do, are not looked at.
template<typename T>
bool isEqual(const T &a, const T &b)
{
    if constexpr (IsOptional<T>::value)
        return a && b ? isEqual(*a, *b) : a.has_value() == b.has_value();
    else if constexpr (requires { a.constData() == b.constData() && a.size() == b.size(); })
        return (a.constData() == b.constData() && a.size() == b.size()) || a == b;
    else
        return a == b;
}

/// Whether checkMember() refuses any value of the type.
template<typename T>
consteval bool hasCheck()
{
    using Value = typename IsOptional<T>::Inner;
    return !std::signed_integral<
               Value> && !std::same_as<Value, bool> && !std::same_as<Value, QByteArray>;
}

/// Refuses what can't be written, as cheaply as the type allows: it runs for each value of each
/// flush, before any SQL. What it lets through, toStored() and bind() still look at.
template<typename T>
void checkMember(const T &member, const ColumnType &type)
{
    if constexpr (IsOptional<T>::value) {
        if (member)
            checkMember(*member, type);
    } else if constexpr (std::same_as<T, QString>) {
        checkText(member, type);
    } else if constexpr (std::same_as<T, Decimal>) {
        checkDecimal(member, type);
    } else if constexpr (requires { TypeTraits<T>::isValid(member); }) {
        if (!TypeTraits<T>::isValid(member))
            throwUnwritable(QLatin1String("The date or time is not valid"));
    } else {
        static_cast<void>(TypeTraits<T>::toStored(member));
    }
}

/// Whether INSERT leaves the column to its default: an empty optional, a null text or date. A
/// number or bool is never unset: one that has a default wants to be optional.
template<typename T>
bool isUnset(const T &member)
{
    if constexpr (IsOptional<T>::value)
        return !member;
    else if constexpr (requires {
                           {
                               member.isNull()
                               } -> std::convertible_to<bool>;
                       })
        return member.isNull();
    else
        return false;
}

} // namespace detail

} // namespace orm
