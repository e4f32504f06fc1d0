// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/valueview.h"

#include <QByteArray>

namespace orm {

/// How texts compare. @see https://www.sqlite.org/datatype3.html#collation
enum class Collation { Binary, NoCase, RTrim };

/// How a KeySorter compares one column.
struct SortRule
{
    Collation collation = Collation::Binary;
    Qt::SortOrder order = Qt::AscendingOrder;
};

/// Appends bytes to @p out that compare, by memcmp, as SQLite compares the values: NULL, numbers,
/// text, blobs. Of text and blobs the first @p prefix bytes are taken; 0 is all. No value's bytes are
/// the beginning of another's.
/// @returns false if the value was longer: equal bytes then say nothing about equal values
bool appendSortKey(QByteArray &out, const ValueView &value, SortRule rule, qsizetype prefix);

} // namespace orm
