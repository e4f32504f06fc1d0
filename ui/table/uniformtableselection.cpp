// SPDX-License-Identifier: MIT
//
// Of UniformTableView: which cell is current, and which rows are selected.
#include "ui/table/frozenheader.h"
#include "ui/table/uniformtableview.h"

#include <algorithm>

namespace ui {

QList<int> UniformTableView::restingColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int logical = m_header->logicalIndex(visual);
        if (!m_header->isSectionHidden(logical))
            columns.append(logical);
    }
    return columns;
}

int UniformTableView::restingColumn(int column) const
{
    const QList<int> columns = restingColumns();
    return columns.isEmpty() || columns.contains(column) ? column : columns.first();
}

QModelIndex UniformTableView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QList<int> columns = restingColumns();
    const int last = rowCount() - 1;
    if (columns.isEmpty() || last < 0)
        return {};
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return model()->index(0, restingColumn(-1));

    int row = std::min(current.row(), last);
    qsizetype place = std::max<qsizetype>(0, columns.indexOf(current.column()));
    if (isRightToLeft() && (action == MoveLeft || action == MoveRight))
        action = action == MoveLeft ? MoveRight : MoveLeft;
    switch (action) {
    case MoveUp:
        row = std::max(0, row - 1);
        break;
    case MoveDown:
        row = std::min(last, row + 1);
        break;
    case MoveLeft:
        place = std::max<qsizetype>(0, place - 1);
        break;
    case MoveRight:
        place = std::min(columns.size() - 1, place + 1);
        break;
    case MoveHome:
        place = 0;
        if (modifiers & Qt::ControlModifier)
            row = 0;
        break;
    case MoveEnd:
        place = columns.size() - 1;
        if (modifiers & Qt::ControlModifier)
            row = last;
        break;
    case MovePageUp: {
        const int above = rowAt(visualRect(current).bottom() - viewport()->height());
        row = above == -1 ? 0 : above;
        break;
    }
    case MovePageDown: {
        const int below = rowAt(visualRect(current).top() + viewport()->height());
        row = below == -1 ? last : below;
        break;
    }
    case MoveNext:
        if (place + 1 < columns.size())
            ++place;
        else if (row < last) {
            place = 0;
            ++row;
        }
        break;
    case MovePrevious:
        if (place > 0)
            --place;
        else if (row > 0) {
            place = columns.size() - 1;
            --row;
        }
        break;
    }
    return model()->index(row, columns.at(place));
}

QItemSelectionModel::SelectionFlags UniformTableView::selectionCommand(const QModelIndex &index,
                                                                       const QEvent *event) const
{
    // What the program does must not depend on the keys that happen to be down: the action that
    // calls it may be on Shift+F8.
    if (!event)
        return QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
    return QAbstractItemView::selectionCommand(index, event);
}

void UniformTableView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const int first = rowAt(std::min(rect.top(), rect.bottom()));
    const int last = rowAt(std::max(rect.top(), rect.bottom()));
    if (first < 0 || last < 0 || !selectionModel())
        return;
    const QItemSelection rows(model()->index(first, 0),
                              model()->index(last, model()->columnCount() - 1));
    selectionModel()->select(rows, command);
}

QRegion UniformTableView::visualRegionForSelection(const QItemSelection &selection) const
{
    const RowRange visible = visibleRows();
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        const RowRange rows = intersection({range.top(), range.bottom()}, visible);
        if (range.isValid() && !rows.isEmpty()) {
            const int top = int(qint64(rows.first) * m_rowHeight - scrollOffset());
            region
                += QRect(0, top, viewport()->width(), (rows.last - rows.first + 1) * m_rowHeight);
        }
    }
    return region & viewport()->rect();
}

QList<RowRange> UniformTableView::selectedRowRanges() const
{
    return selectionModel() ? rowRanges(selectionModel()->selection()) : QList<RowRange>();
}

qint64 UniformTableView::selectedRowCount() const
{
    qint64 count = 0;
    for (const RowRange &range : selectedRowRanges())
        count += range.size();
    return count;
}

bool UniformTableView::isRowSelected(int row) const
{
    return model() && selectionModel() && row >= 0
        && selectionModel()->isSelected(model()->index(row, restingColumn(-1)));
}

void UniformTableView::selectRow(int row)
{
    if (row >= 0 && row < rowCount())
        setCurrentIndex(model()->index(row, restingColumn(currentIndex().column())));
}

} // namespace ui
