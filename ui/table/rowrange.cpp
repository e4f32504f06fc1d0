// SPDX-License-Identifier: MIT
#include "ui/table/rowrange.h"

#include <QItemSelection>

#include <algorithm>
#include <utility>

namespace ui {

RowRange intersection(RowRange a, RowRange b)
{
    return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

QList<RowRange> rowRanges(const QItemSelection &selection)
{
    QList<RowRange> ranges;
    ranges.reserve(selection.size());
    for (const QItemSelectionRange &range : selection) {
        if (range.isValid())
            ranges.append({range.top(), range.bottom()});
    }
    std::sort(ranges.begin(), ranges.end(),
              [](const RowRange &a, const RowRange &b) { return a.first < b.first; });
    QList<RowRange> joined;
    for (const RowRange &range : std::as_const(ranges)) {
        if (!joined.isEmpty() && range.first <= joined.constLast().last + 1)
            joined.last().last = std::max(joined.constLast().last, range.last);
        else
            joined.append(range);
    }
    return joined;
}

} // namespace ui
