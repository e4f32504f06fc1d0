// SPDX-License-Identifier: MIT
#pragma once

namespace orm {

/// A column's type, as a value. @see SQLAlchemy, sqlalchemy.types
struct ColumnType
{
    enum class Kind {
        Boolean,
        Integer, ///< 32 bits and less
        BigInteger, ///< 64 bits
        Float,
        Numeric, ///< exact decimal, as text or NUMERIC
        String, ///< text of at most length code points
        Text, ///< text of any length; may be left out of lists
        LargeBinary,
        Date,
        Time,
        DateTime, ///< an instant; UTC in the database
        Uuid,
        Enum, ///< by name
        Json,
        Unknown, ///< a live column whose declared type says nothing; shown and kept as stored
    };

    Kind kind = Kind::Unknown;
    int length = 0; ///< code points of a String, 0 = no limit; digits of a Numeric
    int scale = 0; ///< digits after the point of a Numeric
    const char *const *enumNames = nullptr; ///< names of an Enum, ended by nullptr; static storage

    constexpr bool operator==(const ColumnType &) const = default;

    /// Whether a list reads only the first characters of such a value.
    constexpr bool isLarge() const
    {
        return kind == Kind::Text || kind == Kind::LargeBinary || kind == Kind::Json
            || kind == Kind::Unknown;
    }
    constexpr bool isText() const
    {
        return kind == Kind::String || kind == Kind::Text || kind == Kind::Enum
            || kind == Kind::Json;
    }
};

inline constexpr ColumnType Boolean{ColumnType::Kind::Boolean};
inline constexpr ColumnType Integer{ColumnType::Kind::Integer};
inline constexpr ColumnType BigInteger{ColumnType::Kind::BigInteger};
inline constexpr ColumnType Float{ColumnType::Kind::Float};
inline constexpr ColumnType Text{ColumnType::Kind::Text};
inline constexpr ColumnType LargeBinary{ColumnType::Kind::LargeBinary};
inline constexpr ColumnType Date{ColumnType::Kind::Date};
inline constexpr ColumnType Time{ColumnType::Kind::Time};
inline constexpr ColumnType DateTime{ColumnType::Kind::DateTime};
inline constexpr ColumnType Uuid{ColumnType::Kind::Uuid};
inline constexpr ColumnType Json{ColumnType::Kind::Json};

/// Text of at most @p length code points.
struct String
{
    int length = 0;
    constexpr operator ColumnType() const { return {ColumnType::Kind::String, length}; }
};

/// An exact decimal of @p precision digits, @p scale of them after the point.
struct Numeric
{
    int precision = 0;
    int scale = 0;
    constexpr operator ColumnType() const { return {ColumnType::Kind::Numeric, precision, scale}; }
};

} // namespace orm
