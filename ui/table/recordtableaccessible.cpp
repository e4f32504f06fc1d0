// SPDX-License-Identifier: MIT
#include "ui/table/recordtableaccessible.h"

#include "ui/table/recordtableview.h"

#include <QAccessibleTableCellInterface>
#include <QHeaderView>
#include <QPointer>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// What cells and headers have in common: a place in a view that may go away before they do.
class Part : public QAccessibleInterface
{
public:
    explicit Part(RecordTableView *view)
        : m_view(view)
    {}

    virtual int column() const = 0;
    virtual int childNumber() const = 0;

    bool isValid() const override { return m_view && m_view->model(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }

protected:
    RecordTableView *view() const { return m_view; }

private:
    QPointer<RecordTableView> m_view;
};

class Header final : public Part
{
public:
    Header(RecordTableView *view, int column)
        : Part(view)
        , m_column(column)
    {}

    int column() const override { return m_column; }
    int childNumber() const override { return m_column; }
    bool isValid() const override
    {
        return Part::isValid() && m_column < view()->model()->columnCount();
    }
    QAccessible::Role role() const override { return QAccessible::ColumnHeader; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invisible = !isValid() || view()->horizontalHeader()->isSectionHidden(m_column);
        return state;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name || !isValid())
            return {};
        const auto title = [this](int role) {
            return view()->model()->headerData(m_column, Qt::Horizontal, role).toString();
        };
        const QString spoken = title(Qt::AccessibleTextRole);
        return spoken.isEmpty() ? title(Qt::DisplayRole) : spoken;
    }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QHeaderView *header = view()->horizontalHeader();
        return {header->mapToGlobal(QPoint(view()->columnPosition(m_column), 0)),
                QSize(header->sectionSize(m_column), header->height())};
    }

private:
    int m_column;
};

class Cell final : public Part, public QAccessibleTableCellInterface
{
public:
    Cell(RecordTableView *view, const QModelIndex &index)
        : Part(view)
        , m_index(index)
    {}

    int column() const override { return m_index.column(); }
    int childNumber() const override { return RecordTableAccessible::childOf(m_index); }
    bool isValid() const override { return Part::isValid() && m_index.isValid(); }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool current = m_index == view()->currentIndex();
        const Qt::ItemFlags flags = m_index.flags();
        state.selectable = true;
        state.multiSelectable = true;
        state.extSelectable = true;
        state.focusable = true;
        state.selected = isSelected();
        state.active = current;
        state.focused = current && view()->hasFocus();
        state.editable = bool(flags & Qt::ItemIsEditable);
        state.readOnly = !state.editable;
        const QRect area = view()->visualRect(m_index);
        state.invisible = area.isEmpty();
        state.offscreen = !view()->viewport()->rect().intersects(area);
        return state;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        if (kind == QAccessible::Description)
            return m_index.data(Qt::AccessibleDescriptionRole).toString();
        if (kind != QAccessible::Name)
            return {};
        const QString spoken = m_index.data(Qt::AccessibleTextRole).toString();
        return spoken.isEmpty() ? m_index.data(Qt::DisplayRole).toString() : spoken;
    }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect area = view()->visualRect(m_index);
        return {view()->viewport()->mapToGlobal(area.topLeft()), area.size()};
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface
            ? static_cast<QAccessibleTableCellInterface *>(this)
            : nullptr;
    }

    bool isSelected() const override { return isValid() && view()->isRowSelected(m_index.row()); }
    QList<QAccessibleInterface *> columnHeaderCells() const override
    {
        const auto *whole = dynamic_cast<RecordTableAccessible *>(parent());
        if (!isValid() || !whole)
            return {};
        return {whole->headerAt(m_index.column())};
    }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_index.column(); }
    int rowIndex() const override { return m_index.row(); }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    QPersistentModelIndex m_index;
};

QAccessibleInterface *makeTable(const QString &className, QObject *object)
{
    if (className != QLatin1StringView(RecordTableView::staticMetaObject.className()))
        return nullptr;
    auto *view = qobject_cast<RecordTableView *>(object);
    return view ? new RecordTableAccessible(view) : nullptr;
}

int bounded(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

RecordTableAccessible::RecordTableAccessible(RecordTableView *view)
    : QAccessibleWidget(view, QAccessible::Table)
{}

RecordTableAccessible::~RecordTableAccessible()
{
    forgetAll();
}

RecordTableView *RecordTableAccessible::view() const
{
    return qobject_cast<RecordTableView *>(object());
}

int RecordTableAccessible::childOf(const QModelIndex &index)
{
    if (!index.isValid())
        return -1;
    const qint64 number = (qint64(index.row()) + 1) * index.model()->columnCount() + index.column();
    return number < std::numeric_limits<int>::max() ? int(number) : -1;
}

int RecordTableAccessible::childCount() const
{
    return int(std::min<qint64>((qint64(rowCount()) + 1) * columnCount(), mostChildren));
}

QAccessibleInterface *RecordTableAccessible::child(int index) const
{
    const int columns = columnCount();
    if (index < 0 || columns == 0)
        return nullptr;
    return index < columns ? headerAt(index) : cellAt(index / columns - 1, index % columns);
}

int RecordTableAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *part = dynamic_cast<const Part *>(child);
    return part && part->isValid() ? part->childNumber() : -1;
}

QAccessibleInterface *RecordTableAccessible::childAt(int x, int y) const
{
    if (!view() || !view()->model())
        return nullptr;
    const QHeaderView *header = view()->horizontalHeader();
    const QPoint inHeader = header->mapFromGlobal(QPoint(x, y));
    if (header->isVisible() && header->rect().contains(inHeader))
        return headerAt(header->logicalIndexAt(inHeader));
    const QModelIndex index = view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y)));
    return index.isValid() ? cellAt(index.row(), index.column()) : nullptr;
}

QAccessibleInterface *RecordTableAccessible::focusChild() const
{
    if (!view() || !view()->hasFocus())
        return QAccessibleWidget::focusChild();
    const QModelIndex current = view()->currentIndex();
    return current.isValid() ? cellAt(current.row(), current.column()) : nullptr;
}

void *RecordTableAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QAccessibleInterface *RecordTableAccessible::cellAt(int row, int column) const
{
    if (!view() || !view()->model() || !view()->model()->hasIndex(row, column))
        return nullptr;
    const QPersistentModelIndex key = view()->model()->index(row, column);
    if (const auto found = m_cells.constFind(key); found != m_cells.constEnd()) {
        m_latest.removeOne(key);
        m_latest.append(key);
        return QAccessible::accessibleInterface(*found);
    }
    while (m_latest.size() >= keptCells)
        QAccessible::deleteAccessibleInterface(m_cells.take(m_latest.takeFirst()));
    auto *cell = new Cell(view(), key);
    m_cells.insert(key, QAccessible::registerAccessibleInterface(cell));
    m_latest.append(key);
    return cell;
}

QAccessibleInterface *RecordTableAccessible::headerAt(int column) const
{
    if (column < 0 || column >= columnCount())
        return nullptr;
    if (const auto found = m_headers.constFind(column); found != m_headers.constEnd())
        return QAccessible::accessibleInterface(*found);
    auto *header = new Header(view(), column);
    m_headers.insert(column, QAccessible::registerAccessibleInterface(header));
    return header;
}

QString RecordTableAccessible::columnDescription(int column) const
{
    const QAccessibleInterface *header = headerAt(column);
    return header ? header->text(QAccessible::Name) : QString();
}

QString RecordTableAccessible::rowDescription(int) const
{
    return {};
}

int RecordTableAccessible::rowCount() const
{
    return view() && view()->model() ? view()->model()->rowCount() : 0;
}

int RecordTableAccessible::columnCount() const
{
    return view() && view()->model() ? view()->model()->columnCount() : 0;
}

int RecordTableAccessible::selectedCellCount() const
{
    return view() ? bounded(view()->selectedRowCount() * columnCount()) : 0;
}

int RecordTableAccessible::selectedColumnCount() const
{
    return int(selectedColumns().size());
}

int RecordTableAccessible::selectedRowCount() const
{
    return view() ? bounded(view()->selectedRowCount()) : 0;
}

QList<QAccessibleInterface *> RecordTableAccessible::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    for (const int row : selectedRows()) {
        for (int column = 0; column < columnCount() && cells.size() < longestList; ++column)
            cells.append(cellAt(row, column));
    }
    return cells;
}

QList<int> RecordTableAccessible::selectedColumns() const
{
    // Rows are selected, so a column is when all of them are.
    QList<int> columns;
    if (rowCount() > 0 && selectedRowCount() == rowCount()) {
        for (int column = 0; column < columnCount(); ++column)
            columns.append(column);
    }
    return columns;
}

QList<int> RecordTableAccessible::selectedRows() const
{
    QList<int> rows;
    if (!view())
        return rows;
    for (const RowRange &range : view()->selectedRowRanges()) {
        for (int row = range.first; row <= range.last && rows.size() < longestList; ++row)
            rows.append(row);
    }
    return rows;
}

bool RecordTableAccessible::isColumnSelected(int column) const
{
    return selectedColumns().contains(column);
}

bool RecordTableAccessible::isRowSelected(int row) const
{
    return view() && row < rowCount() && view()->isRowSelected(row);
}

bool RecordTableAccessible::selectRow(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    view()->selectionModel()->select(view()->model()->index(row, 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    return true;
}

bool RecordTableAccessible::unselectRow(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    view()->selectionModel()->select(view()->model()->index(row, 0),
                                     QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    return true;
}

void RecordTableAccessible::modelChange(QAccessibleTableModelChangeEvent *event)
{
    switch (event->modelChangeType()) {
    case QAccessibleTableModelChangeEvent::DataChanged:
    case QAccessibleTableModelChangeEvent::RowsInserted:
        break; // a cell's interface moves with its row
    case QAccessibleTableModelChangeEvent::RowsRemoved:
        forgetRemoved();
        break;
    default:
        forgetAll();
        break;
    }
}

void RecordTableAccessible::forgetAll()
{
    for (const QAccessible::Id id : std::exchange(m_cells, {}))
        QAccessible::deleteAccessibleInterface(id);
    for (const QAccessible::Id id : std::exchange(m_headers, {}))
        QAccessible::deleteAccessibleInterface(id);
    m_latest.clear();
}

void RecordTableAccessible::forgetRemoved()
{
    for (auto cell = m_cells.begin(); cell != m_cells.end();) {
        if (cell.key().isValid()) {
            ++cell;
        } else {
            QAccessible::deleteAccessibleInterface(cell.value());
            cell = m_cells.erase(cell);
        }
    }
    m_latest.removeIf([](const QPersistentModelIndex &index) { return !index.isValid(); });
}

void installRecordTableAccessible()
{
    QAccessible::installFactory(makeTable);
}

} // namespace ui
