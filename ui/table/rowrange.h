// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QItemSelection;

namespace ui {

/// Rows from first to last, both included.
struct RowRange
{
    int first = 0;
    int last = -1;

    bool isEmpty() const { return last < first; }
    bool contains(int row) const { return first <= row && row <= last; }
    qint64 size() const { return isEmpty() ? 0 : qint64(last) - first + 1; }
    bool operator==(const RowRange &) const = default;
};

/// The rows that are in both; empty if there are none.
RowRange intersection(RowRange a, RowRange b);
/// The rows in which anything is selected, from top to bottom, without overlaps, neighbours joined.
/// Takes as long as there are ranges, however many rows they have.
QList<RowRange> rowRanges(const QItemSelection &selection);

} // namespace ui
