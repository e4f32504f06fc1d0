// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace orm {

/// An exact decimal number as its digits: "-12.50". It stores and compares; it does not compute.
///
/// On SQLite a column of at most 15 digits is a NUMERIC, which keeps so many exactly and compares as
/// numbers; one of more digits, or of any number of them, is a TEXT, exact but ordered as text.
class Decimal
{
public:
    Decimal() = default; ///< 0

    /// @returns nothing unless @p text is digits with an optional sign and point
    static std::optional<Decimal> fromString(const QString &text);

    /// The digits as they were given: 1.50 stays 1.50.
    QString toString() const { return m_digits; }
    int precision() const; ///< digits that count, of both sides of the point: 2 of 01.50
    int scale() const; ///< digits after the point that count: 1 of 01.50

    /// Same number: 1.5 equals 1.50.
    friend bool operator==(const Decimal &a, const Decimal &b);

private:
    QString m_digits = QStringLiteral("0");
};

} // namespace orm
