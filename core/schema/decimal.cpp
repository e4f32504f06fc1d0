// SPDX-License-Identifier: MIT
#include "core/schema/decimal.h"

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// Without leading zeros, trailing zeros of the fraction and a plus, so that equal numbers are
/// equal texts.
QString normalized(const QString &digits)
{
    QString sign;
    QString rest = digits;
    if (rest.startsWith(u'-') || rest.startsWith(u'+')) {
        if (rest.startsWith(u'-'))
            sign = u"-"_s;
        rest.remove(0, 1);
    }
    if (rest.contains(u'.')) {
        while (rest.endsWith(u'0'))
            rest.chop(1);
        if (rest.endsWith(u'.'))
            rest.chop(1);
    }
    while (rest.size() > 1 && rest.startsWith(u'0') && rest.at(1) != u'.')
        rest.remove(0, 1);
    if (rest.isEmpty() || rest == u"0"_s)
        return u"0"_s;
    return sign + (rest.startsWith(u'.') ? u'0' + rest : rest);
}

} // namespace

std::optional<Decimal> Decimal::fromString(const QString &text)
{
    const QString trimmed = text.trimmed();
    bool hasDigit = false;
    bool hasPoint = false;
    for (qsizetype i = 0; i < trimmed.size(); ++i) {
        const QChar c = trimmed.at(i);
        if (c >= u'0' && c <= u'9')
            hasDigit = true;
        else if (c == u'.' && !hasPoint)
            hasPoint = true;
        else if (i != 0 || (c != u'-' && c != u'+'))
            return {};
    }
    if (!hasDigit)
        return {};
    Decimal decimal;
    decimal.m_digits = trimmed;
    return decimal;
}

int Decimal::precision() const
{
    QString digits = normalized(m_digits);
    digits.remove(u'-');
    if (digits.startsWith(u"0."_s)) // 0.05 needs two places, as 1.05 needs three
        digits.remove(0, 2);
    digits.remove(u'.');
    return static_cast<int>(digits.size());
}

int Decimal::scale() const
{
    const QString digits = normalized(m_digits);
    const qsizetype point = digits.indexOf(u'.');
    return point < 0 ? 0 : static_cast<int>(digits.size() - point - 1);
}

bool operator==(const Decimal &a, const Decimal &b)
{
    return normalized(a.m_digits) == normalized(b.m_digits);
}

} // namespace orm
