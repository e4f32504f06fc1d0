// SPDX-License-Identifier: MIT
#pragma once

#include "core/expression/expression.h"

/// Conditions joined at run time. A null Expression is no condition at all, so that a filter can be
/// built from nothing.
namespace orm {

inline Expression operator&&(const Expression &a, const Expression &b)
{
    if (a.isNull() || b.isNull())
        return a.isNull() ? b : a;
    return Expression::binary(a, QStringLiteral("AND"), b);
}

inline Expression operator||(const Expression &a, const Expression &b)
{
    if (a.isNull() || b.isNull())
        return a.isNull() ? b : a;
    return Expression::binary(a, QStringLiteral("OR"), b);
}

inline Expression operator!(const Expression &a)
{
    return a.isNull() ? a : Expression::unary(Expression::Kind::Not, a);
}

} // namespace orm
