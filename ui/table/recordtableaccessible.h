// SPDX-License-Identifier: MIT
#pragma once

#include <QAccessibleTableInterface>
#include <QAccessibleWidget>
#include <QHash>
#include <QList>
#include <QPersistentModelIndex>

namespace ui {

class RecordTableView;

/// What a screen reader sees of a RecordTableView.
///
/// A child is a number: the headers first, then the cells row by row. Interfaces are made for the
/// cells that are asked for and kept for the latest of them only; nothing walks the rows, and an
/// answer that would list ten million of them is cut (said at each).
///
/// Qt 6.4's own QAccessibleTable lists every selected index and crashes on invalid ones.
class RecordTableAccessible final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    static constexpr int longestList = 250; ///< entries in a list of selected cells or rows
    /// Children that are counted. Who lists them all gets a message that the bus can carry; the cells
    /// behind them have their numbers, too, and are found by row and column.
    static constexpr int mostChildren = 5000;
    static constexpr int keptCells = mostChildren; ///< interfaces of cells that live at a time

    explicit RecordTableAccessible(RecordTableView *view);
    ~RecordTableAccessible() override;

    /// The number of @p index among the children, for an event about it; -1 if it has none.
    static int childOf(const QModelIndex &index);

    // QAccessibleInterface
    int childCount() const override; ///< mostChildren at most
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    // QAccessibleTableInterface
    QAccessibleInterface *cellAt(int row, int column) const override;
    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QString columnDescription(int column) const override;
    QString rowDescription(int row) const override;
    int rowCount() const override;
    int columnCount() const override;
    int selectedCellCount() const override;
    int selectedColumnCount() const override;
    int selectedRowCount() const override;
    QList<QAccessibleInterface *> selectedCells() const override; ///< the first longestList
    QList<int> selectedColumns() const override;
    QList<int> selectedRows() const override; ///< the first longestList
    bool isColumnSelected(int column) const override;
    bool isRowSelected(int row) const override;
    bool selectRow(int row) override;
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override;
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *event) override;

    QAccessibleInterface *headerAt(int column) const;

private:
    RecordTableView *view() const;
    void forgetAll();
    void forgetRemoved();

    // Made on demand by questions, which are const.
    mutable QHash<QPersistentModelIndex, QAccessible::Id> m_cells;
    mutable QList<QPersistentModelIndex> m_latest; ///< keys of m_cells, oldest first
    mutable QHash<int, QAccessible::Id> m_headers;
};

/// Makes Qt answer screen readers about any RecordTableView by RecordTableAccessible. Calling it
/// again does nothing more.
void installRecordTableAccessible();

} // namespace ui
