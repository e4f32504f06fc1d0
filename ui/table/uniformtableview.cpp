// SPDX-License-Identifier: MIT
#include "ui/table/uniformtableview.h"

#include "ui/common/palettes.h"
#include "ui/table/frozenheader.h"

#include <QAccessible>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <utility>

using namespace std::chrono_literals;

namespace ui {

/// Keeps the current cell where it may be, whoever sets it.
class UniformTableView::SelectionModel final : public QItemSelectionModel
{
public:
    explicit SelectionModel(UniformTableView *view)
        : QItemSelectionModel(view->model(), view)
        , m_view(*view)
    {}

    void setCurrentIndex(const QModelIndex &index, SelectionFlags command) override
    {
        QItemSelectionModel::setCurrentIndex(
            index.siblingAtColumn(m_view.restingColumn(index.column())), command);
    }

private:
    const UniformTableView &m_view;
};

UniformTableView::UniformTableView(QWidget *parent)
    : QAbstractItemView(parent)
    , m_header(new FrozenHeader(this))
{
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);

    // The header must not know the selection: to paint a section as selected it would ask every
    // row. It has its own, empty one.
    m_header->setHighlightSections(false);
    m_header->setSectionsClickable(true);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setTextElideMode(Qt::ElideRight);
    connect(m_header, &QHeaderView::sectionCountChanged, this,
            &UniformTableView::onSectionsChanged);
    connect(m_header, &QHeaderView::sectionResized, this, &UniformTableView::onSectionsChanged);
    connect(m_header, &QHeaderView::sectionMoved, this, &UniformTableView::onSectionsChanged);
    connect(m_header, &FrozenHeader::frozenChanged, this, &UniformTableView::onSectionsChanged);
    connect(m_header, &QHeaderView::geometriesChanged, this, &UniformTableView::updateGeometries);
    connect(m_header, &QHeaderView::sectionHandleDoubleClicked, this,
            &UniformTableView::resizeColumnToFit);

    m_announceTimer.setSingleShot(true);
    m_announceTimer.setInterval(0ms);
    connect(&m_announceTimer, &QTimer::timeout, this, &UniformTableView::announceNow);
}

UniformTableView::~UniformTableView()
{
    // The header outlives this part of the object, and has something to say when its model goes.
    m_header->disconnect(this);
}

QHeaderView *UniformTableView::horizontalHeader() const
{
    return m_header;
}

void UniformTableView::setFrozenColumns(int columns)
{
    m_header->setFrozenSections(columns);
}

int UniformTableView::frozenColumns() const
{
    return m_header->frozenSections();
}

int UniformTableView::columnPosition(int column) const
{
    return m_header->positionOf(column);
}

// ---------------------------------------------------------------------------------------- geometry

int UniformTableView::rowCount() const
{
    return model() ? model()->rowCount() : 0;
}

qint64 UniformTableView::scrollOffset() const
{
    const QScrollBar *bar = verticalScrollBar();
    if (bar->maximum() > 0 && bar->value() == bar->maximum())
        return std::max<qint64>(0, qint64(rowCount()) * m_rowHeight - viewport()->height());
    return qint64(bar->value()) * m_rowHeight;
}

RowRange UniformTableView::visibleRows() const
{
    const qint64 offset = scrollOffset();
    const int height = viewport()->height();
    if (height <= 0)
        return {};
    const RowRange inViewport{int(offset / m_rowHeight), int((offset + height - 1) / m_rowHeight)};
    const RowRange rows = intersection(inViewport, {0, rowCount() - 1});
    return rows.isEmpty() ? RowRange{} : rows;
}

int UniformTableView::rowAt(int y) const
{
    const qint64 position = scrollOffset() + y;
    const qint64 row = position / m_rowHeight;
    return position >= 0 && row < rowCount() ? int(row) : -1;
}

int UniformTableView::horizontalOffset() const
{
    return m_header->offset();
}

int UniformTableView::verticalOffset() const
{
    return int(std::min<qint64>(scrollOffset(), std::numeric_limits<int>::max()));
}

bool UniformTableView::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

QRect UniformTableView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != model() || isIndexHidden(index))
        return {};
    constexpr qint64 farthest = std::numeric_limits<int>::max() / 2;
    const qint64 top = qint64(index.row()) * m_rowHeight - scrollOffset();
    return {m_header->positionOf(index.column()), int(std::clamp(top, -farthest, farthest)),
            m_header->sectionSize(index.column()), m_rowHeight};
}

QModelIndex UniformTableView::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y());
    const int column = m_header->sectionAt(point.x());
    return row >= 0 && column >= 0 ? model()->index(row, column) : QModelIndex();
}

int UniformTableView::sizeHintForRow(int row) const
{
    return row >= 0 && row < rowCount() ? m_rowHeight : -1;
}

int UniformTableView::sizeHintForColumn(int column) const
{
    if (!model() || column < 0 || column >= model()->columnCount())
        return -1;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    int width = 0;
    const RowRange rows = visibleRows();
    for (int row = rows.first; row <= rows.last; ++row) {
        const QModelIndex index = model()->index(row, column);
        width = std::max(width, itemDelegateForIndex(index)->sizeHint(option, index).width());
    }
    return width;
}

void UniformTableView::resizeColumnToFit(int column)
{
    const int width = std::max(sizeHintForColumn(column), m_header->sectionSizeHint(column));
    m_header->resizeSection(column, std::min(width, viewport()->width()));
}

void UniformTableView::setLinesPerRow(int lines)
{
    m_linesPerRow = lines;
    updateGeometries();
}

void UniformTableView::updateGeometries()
{
    if (m_updatingGeometries)
        return;
    const QScopedValueRollback guard(m_updatingGeometries, true);

    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold, this);
    const int lineHeight = std::max(fontMetrics().height(), metrics.height());
    m_rowHeight = m_linesPerRow * lineHeight + 2 * std::max(5, lineHeight / 3) + 1;

    const int height = m_header->isHidden() ? 0 : m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - height, area.width(), height);
    updateScrollBars();
    QAbstractItemView::updateGeometries();
    announceVisibleRows(Announce::IfOthers);
}

void UniformTableView::updateScrollBars()
{
    const int rows = rowCount();
    QSize size = viewport()->size();
    const QSize most = maximumViewportSize();
    if (most.width() >= m_header->length() && most.height() >= qint64(rows) * m_rowHeight)
        size = most;

    QScrollBar *across = horizontalScrollBar();
    across->setPageStep(size.width());
    across->setSingleStep(std::max(20, size.width() / 10));
    across->setRange(0, std::max(0, m_header->length() - size.width()));

    QScrollBar *down = verticalScrollBar();
    const int fitting = std::max(1, size.height() / m_rowHeight);
    down->setPageStep(fitting);
    down->setSingleStep(1);
    down->setRange(0, std::max(0, rows - fitting));

    if (const qint64 offset = scrollOffset(); offset != m_shownOffset) {
        m_shownOffset = offset;
        viewport()->update();
    }
}

void UniformTableView::scrollContentsBy(int, int)
{
    const int across = horizontalScrollBar()->value() - m_header->offset();
    m_header->setOffset(horizontalScrollBar()->value());
    const qint64 down = scrollOffset() - std::exchange(m_shownOffset, scrollOffset());
    const QSize size = viewport()->size();
    const bool isFrozen = across != 0 && m_header->frozenSections() > 0;
    if (isFrozen)
        m_header->viewport()->update();
    if (m_keepingTopRow || isFrozen || std::abs(down) >= size.height()
        || std::abs(across) >= size.width()) {
        viewport()->update();
        updateEditorGeometries();
    } else if (down != 0 || across != 0) {
        const int dx = isRightToLeft() ? across : -across;
        scrollDirtyRegion(dx, int(-down));
        viewport()->scroll(dx, int(-down));
    }
    announceVisibleRows(Announce::IfOthers);
}

void UniformTableView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || index.model() != model() || isIndexHidden(index))
        return;

    if (!m_header->isStaying(index.column()))
        scrollAcross(index.column(), hint);
    const QSize size = viewport()->size();
    const qint64 top = qint64(index.row()) * m_rowHeight - scrollOffset();
    if (hint == EnsureVisible && (top < 0 || m_rowHeight > size.height()))
        hint = PositionAtTop;
    else if (hint == EnsureVisible && top + m_rowHeight > size.height())
        hint = PositionAtBottom;
    const int room = hint == PositionAtCenter ? size.height() / 2 : size.height();
    const int fitting = std::max(1, room / m_rowHeight);
    if (hint == PositionAtTop)
        verticalScrollBar()->setValue(index.row());
    else if (hint == PositionAtBottom || hint == PositionAtCenter)
        verticalScrollBar()->setValue(index.row() - fitting + 1);
    update(index);
}

void UniformTableView::scrollAcross(int column, ScrollHint hint)
{
    const int staying = m_header->stayingWidth();
    const int room = viewport()->width() - staying;
    const int position = m_header->sectionPosition(column) - staying;
    const int width = m_header->sectionSize(column);
    QScrollBar *across = horizontalScrollBar();
    if (hint == PositionAtCenter)
        across->setValue(position - (room - width) / 2);
    else if (position < m_header->offset() || width > room)
        across->setValue(position);
    else if (position - m_header->offset() + width > room)
        across->setValue(position - room + width);
}

void UniformTableView::announceVisibleRows(Announce which)
{
    m_announceAlways = m_announceAlways || which == Announce::Always;
    if (!m_announceTimer.isActive())
        m_announceTimer.start();
}

void UniformTableView::announceNow()
{
    const RowRange rows = visibleRows();
    const bool same = rows == std::exchange(m_announced, rows);
    if (!same || std::exchange(m_announceAlways, false))
        emit visibleRowsChanged(rows.first, rows.last);
    m_announceAlways = false;
}

// ----------------------------------------------------------------------------- the model's changes

void UniformTableView::setModel(QAbstractItemModel *newModel)
{
    for (const QMetaObject::Connection &connection : std::exchange(m_modelConnections, {}))
        disconnect(connection);
    QAbstractItemView::setModel(newModel);
    if (newModel) {
        const QItemSelectionModel *plain = selectionModel();
        setSelectionModel(new SelectionModel(this));
        delete plain;
        m_modelConnections = {
            connect(newModel, &QAbstractItemModel::rowsRemoved, this,
                    &UniformTableView::onRowsRemoved),
            connect(newModel, &QAbstractItemModel::layoutChanged, this,
                    &UniformTableView::onLayoutChanged),
            connect(newModel, &QAbstractItemModel::rowsMoved, this,
                    &UniformTableView::onLayoutChanged),
        };
    }
    m_header->setModel(newModel);
    onSectionsChanged();
    announceVisibleRows(Announce::Always);
}

void UniformTableView::reset()
{
    QAbstractItemView::reset();
    updateGeometries();
    viewport()->update();
    announceVisibleRows(Announce::Always);
}

void UniformTableView::onLayoutChanged()
{
    updateScrollBars();
    viewport()->update();
    announceVisibleRows(Announce::Always);
}

void UniformTableView::onSectionsChanged()
{
    updateGeometries();
    viewport()->update();
}

void UniformTableView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                                   const QList<int> &)
{
    // The base class would visit every row of a large range.
    const RowRange rows = topLeft.isValid()
        ? intersection({topLeft.row(), bottomRight.row()}, visibleRows())
        : visibleRows();
    if (rows.isEmpty())
        return;
    viewport()->update(0, int(qint64(rows.first) * m_rowHeight - scrollOffset()),
                       viewport()->width(), (rows.last - rows.first + 1) * m_rowHeight);
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent change(this,
                                                QAccessibleTableModelChangeEvent::DataChanged);
        change.setFirstRow(rows.first);
        change.setLastRow(rows.last);
        change.setFirstColumn(topLeft.column());
        change.setLastColumn(bottomRight.column());
        QAccessible::updateAccessibility(&change);
    }
}

void UniformTableView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    // At the very top new rows come into view; anywhere else what is being read stays in place.
    const int top = verticalScrollBar()->value();
    keepTopRow(start < top || (start == top && top > 0) ? top + end - start + 1 : top);
}

void UniformTableView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    // Another row is going to be current: no reason to leave what is being read, unless that was
    // the current row.
    const RowRange gone{start, end};
    const int current = currentIndex().row();
    m_autoScrollLater = hasAutoScroll();
    if (!visibleRows().contains(current))
        setAutoScroll(false);
    const int heir = end + 1 < rowCount() ? end + 1 : start - 1;
    if (!gone.contains(current) || heir < 0)
        return;
    const QList<RowRange> selected = selectedRowRanges();
    const bool alone = std::all_of(selected.cbegin(), selected.cend(), [gone](RowRange rows) {
        return gone.contains(rows.first) && gone.contains(rows.last);
    });
    selectionModel()->setCurrentIndex(model()->index(heir, currentIndex().column()),
                                      alone
                                          ? QItemSelectionModel::Select | QItemSelectionModel::Rows
                                          : QItemSelectionModel::NoUpdate);
}

void UniformTableView::onRowsRemoved(const QModelIndex &, int start, int end)
{
    setAutoScroll(m_autoScrollLater);
    const int top = verticalScrollBar()->value();
    keepTopRow(top - std::max(0, std::min(end, top - 1) - start + 1));
}

void UniformTableView::keepTopRow(int row)
{
    {
        const QScopedValueRollback keeping(m_keepingTopRow, true);
        updateScrollBars();
        verticalScrollBar()->setValue(row);
    }
    m_shownOffset = scrollOffset();
    updateEditorGeometries();
    viewport()->update();
    announceVisibleRows(Announce::Always);
}

// ---------------------------------------------------------------------------------------- painting

void UniformTableView::paintEmpty(QPainter *) {}

void UniformTableView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const RowRange visible = visibleRows();
    if (visible.isEmpty() || m_header->count() == 0) {
        paintEmpty(&painter);
        return;
    }
    QList<RowRange> selected = selectedRowRanges();
    selected.removeIf(
        [visible](const RowRange &rows) { return intersection(rows, visible).isEmpty(); });
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.showDecorationSelected = true;

    const int staying = m_header->stayingSections();
    const QRect stays = m_header->stayingArea(viewport()->height());
    for (const QRect &dirty : event->region()) {
        if (const QRect part = dirty & stays; !part.isEmpty())
            paintRows(&painter, part, {0, staying - 1}, option, selected);
        for (const QRect &part : QRegion(dirty) - stays) {
            int left = m_header->visualIndexAt(part.left());
            int right = m_header->visualIndexAt(part.right());
            if (isRightToLeft())
                std::swap(left, right);
            const RowRange columns{std::max(0, left), right < 0 ? m_header->count() - 1 : right};
            paintRows(&painter, part, intersection(columns, {staying, m_header->count() - 1}),
                      option, selected);
        }
    }
    if (staying > 0 && !stays.isEmpty()) { // where what scrolls goes under
        QColor line = option.palette.color(QPalette::Text);
        line.setAlphaF(0.45F);
        painter.setClipping(false);
        painter.fillRect(isRightToLeft() ? stays.left() : stays.right(), 0, 1, stays.height(),
                         line);
    }
}

void UniformTableView::paintRows(QPainter *painter, const QRect &dirty, RowRange visualColumns,
                                 const QStyleOptionViewItem &option,
                                 const QList<RowRange> &selected)
{
    const RowRange visible = visibleRows();
    const int top = rowAt(std::max(0, dirty.top()));
    const int bottom = rowAt(dirty.bottom());
    const RowRange rows = intersection(
        {top < 0 ? visible.last + 1 : top, bottom < 0 ? visible.last : bottom}, visible);
    painter->setClipRect(dirty); // or text in two rectangles would be painted twice
    for (int row = rows.first; row <= rows.last; ++row)
        paintRow(painter, row, visualColumns, option, selected);
}

void UniformTableView::paintRow(QPainter *painter, int row, RowRange visualColumns,
                                QStyleOptionViewItem option, const QList<RowRange> &selected)
{
    const int top = int(qint64(row) * m_rowHeight - scrollOffset());
    const QRect whole(0, top, viewport()->width(), m_rowHeight);
    if (alternatingRowColors() && row % 2 == 1) {
        option.features |= QStyleOptionViewItem::Alternate;
        painter->fillRect(whole, option.palette.brush(QPalette::AlternateBase));
    }
    if (std::any_of(selected.cbegin(), selected.cend(),
                    [row](const RowRange &rows) { return rows.contains(row); }))
        option.state |= QStyle::State_Selected;
    const QModelIndex current = currentIndex();
    const QStyle::State rowState = option.state;
    for (int visual = visualColumns.first; visual <= visualColumns.last; ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (m_header->isSectionHidden(column))
            continue;
        const QModelIndex index = model()->index(row, column);
        option.index = index;
        option.rect = QRect(m_header->positionOf(column), top, m_header->sectionSize(column),
                            m_rowHeight - 1);
        option.state = rowState;
        const bool isCurrent = index == current;
        if (isCurrent && hasFocus())
            option.state |= QStyle::State_HasFocus;
        itemDelegateForIndex(index)->paint(painter, option, index);
        if (isCurrent && !hasFocus()) {
            // Where the keys will go again is to be seen from elsewhere, too.
            QColor frame = option.palette.color(
                rowState & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text);
            frame.setAlphaF(0.6F);
            painter->setPen(frame);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
    }
    QColor line = option.palette.color(QPalette::Text);
    line.setAlphaF(isHighContrast(option.palette) ? 0.45F : 0.1F);
    painter->fillRect(0, whole.bottom(), whole.width(), 1, line);
}

} // namespace ui
