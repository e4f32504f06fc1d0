// SPDX-License-Identifier: MIT
#include "core/mapping/typetraits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm::detail {

void throwUnreadable(const StoredValue &value, const char *type)
{
    constexpr qsizetype longest = 40;
    throw DataError(QString(),
                    u"The stored value '%1' is not %2"_s.arg(value.toString().left(longest),
                                                             QLatin1String(type)));
}

void throwUnwritable(const QString &why)
{
    throw DataError(QString(), why);
}

bool isValidText(QStringView text)
{
    // All surrogates have these bits. Where not even all letters together have them, as in Latin,
    // Cyrillic and Greek, there is none: the compiler can ask that of many letters at once.
    constexpr char16_t ofSurrogates = 0xd800;
    const char16_t *units = text.utf16();
    char16_t together = 0;
    for (qsizetype i = 0; i < text.size(); ++i)
        together |= units[i];
    return (together & ofSurrogates) != ofSurrogates || text.isValidUtf16();
}

void checkText(const QString &text, const ColumnType &type)
{
    if (!isValidText(text))
        throwUnwritable(u"The text has an unpaired surrogate"_s);
    const int length = type.kind == ColumnType::Kind::String ? type.length : 0;
    if (length <= 0 || text.size() <= length) // code units are never fewer than code points
        return;
    const auto lows
        = std::count_if(text.begin(), text.end(), [](QChar unit) { return unit.isLowSurrogate(); });
    if (text.size() - lows > length)
        throwUnwritable(u"The text is %1 code points long; %2 is the most"_s.arg(text.size() - lows)
                            .arg(length));
}

void checkDecimal(const Decimal &decimal, const ColumnType &type)
{
    if (type.length == 0)
        return;
    const int scale = decimal.scale();
    if (scale > type.scale)
        throwUnwritable(
            u"The number has %1 digits after the point; %2 are the most"_s.arg(scale).arg(
                type.scale));
    const int whole = decimal.precision() - scale;
    if (whole > type.length - type.scale)
        throwUnwritable(
            u"The number has %1 digits before the point; %2 are the most"_s.arg(whole).arg(
                type.length - type.scale));
}

} // namespace orm::detail
