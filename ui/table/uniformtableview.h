// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/rowrange.h"

#include <QAbstractItemView>
#include <QList>
#include <QTimer>

#include <vector>

class QHeaderView;

namespace ui {

class FrozenHeader;

/// A table of rows of one height under a header, with QTableView's keys, mouse and selection of
/// whole rows, at any number of rows.
///
/// Nothing is kept for a row and nothing walks the rows: where a row stands is arithmetic, a
/// selection is its ranges, painting and painting's questions to the model are about what is
/// visible. That holds up to 2^31 pixels of rows, some 80 million of them.
///
/// Rows that come or go above the viewport leave what is in it where it is. When the current row
/// goes, the one below becomes current (above, if there is none), and selected if no other is.
///
/// Takes any table model. QTableView itself keeps eight bytes a row and walks them.
class UniformTableView : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit UniformTableView(QWidget *parent = nullptr);
    ~UniformTableView() override;

    QHeaderView *horizontalHeader() const;
    /// The first @p columns, as they are placed, stay while the others scroll sideways; 0: none do.
    void setFrozenColumns(int columns);
    int frozenColumns() const;
    /// Where @p column is seen in the viewport, whether it stays or scrolls.
    int columnPosition(int column) const;
    int rowHeight() const { return m_rowHeight; } ///< from the font, in pixels
    /// Lines of text that a row has room for; 1 to begin with.
    void setLinesPerRow(int lines);
    /// The rows of which at least a part is in the viewport; empty if there are none.
    RowRange visibleRows() const;
    /// The row at this height of the viewport, or -1.
    int rowAt(int y) const;

    /// Counted from ranges: as fast for all of ten million rows as for one.
    qint64 selectedRowCount() const;
    /// From top to bottom, without overlaps, neighbours joined.
    QList<RowRange> selectedRowRanges() const;
    bool isRowSelected(int row) const;
    /// Makes @p row current, in the column that was, and the only one selected, whichever modifier
    /// keys are down. Does nothing if there is no such row.
    void selectRow(int row);
    /// As wide as its visible cells and its title ask for, but no wider than the viewport.
    void resizeColumnToFit(int column);

    // QAbstractItemView
    void setModel(QAbstractItemModel *model) override;
    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    int sizeHintForRow(int row) const override;
    int sizeHintForColumn(int column) const override; ///< from the visible rows
    void reset() override;

signals:
    /// Other rows are in the viewport, or the same with other contents: 0, -1 if there are none.
    void visibleRowsChanged(int first, int last);

protected:
    int rowCount() const;
    /// The columns that the current cell may be in, in the order shown: the visible ones.
    virtual QList<int> restingColumns() const;
    /// @p column if the current cell may be in it, else the one that takes its place.
    virtual int restingColumn(int column) const;
    /// Paints the viewport while there is nothing else to paint.
    virtual void paintEmpty(QPainter *painter);

    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;

    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event) const override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    class SelectionModel;
    enum class Announce { IfOthers, Always };

    qint64 scrollOffset() const;
    void onRowsRemoved(const QModelIndex &parent, int start, int end);
    void onLayoutChanged();
    void onSectionsChanged();
    void updateScrollBars();
    void scrollAcross(int column, ScrollHint hint);
    void keepTopRow(int row);
    void announceVisibleRows(Announce which);
    void announceNow();
    void paintRows(QPainter *painter, const QRect &dirty, RowRange visualColumns,
                   const QStyleOptionViewItem &option, const QList<RowRange> &selected);
    void paintRow(QPainter *painter, int row, RowRange visualColumns, QStyleOptionViewItem option,
                  const QList<RowRange> &selected);

    FrozenHeader *m_header;
    std::vector<QMetaObject::Connection> m_modelConnections;
    QTimer m_announceTimer;
    RowRange m_announced;
    qint64 m_shownOffset = 0; ///< what the pixels in the viewport were painted for
    int m_rowHeight = 1;
    int m_linesPerRow = 1;
    bool m_announceAlways = false;
    bool m_autoScrollLater = true; ///< after the removal of rows that is under way
    bool m_keepingTopRow = false;
    bool m_updatingGeometries = false;
};

} // namespace ui
