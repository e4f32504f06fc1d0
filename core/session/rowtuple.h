// SPDX-License-Identifier: MIT
#pragma once

#include "core/dialect/sqlcompiler.h"
#include "core/mapping/typetraits.h"

#include <tuple>
#include <utility>

namespace orm {

/// Values for the `?` of a statement, each stored as a member of its type would be.
template<typename... Values>
QList<StoredValue> bound(const Values &...values)
{
    return {TypeTraits<Values>::toStored(values)...};
}

namespace detail {

/// The first columns of a row.
template<typename... Values>
std::tuple<Values...> readTuple(const PreparedStatement &row)
{
    std::tuple<Values...> values;
    [&]<size_t... column>(std::index_sequence<column...>)
    {
        (readMember(row, static_cast<int>(column), std::get<column>(values)), ...);
    }
    (std::index_sequence_for<Values...>());
    return values;
}

[[noreturn]] void throwNone();
[[noreturn]] void throwMultiple();

} // namespace detail

} // namespace orm
