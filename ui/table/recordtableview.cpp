// SPDX-License-Identifier: MIT
#include "ui/table/recordtableview.h"

#include "ui/table/recordtableaccessible.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Rows that a step out of a cell editor passes over in search of one that can be edited.
constexpr int longestStep = 1000;

bool isEditable(const QModelIndex &index)
{
    constexpr Qt::ItemFlags needed = Qt::ItemIsEditable | Qt::ItemIsEnabled;
    return index.isValid() && (index.flags() & needed) == needed;
}

bool isLoaded(const QModelIndex &index)
{
    const QVariant loaded = index.data(CellLoadedRole);
    return !loaded.isValid() || loaded.toBool();
}

} // namespace

RecordTableView::RecordTableView(QWidget *parent)
    : UniformTableView(parent)
    , m_delegate(new RecordDelegate(this))
{
    installRecordTableAccessible();
    setItemDelegate(m_delegate);
    connect(m_delegate, &RecordDelegate::stepRequested, this, &RecordTableView::stepFrom);
    connect(m_delegate, &RecordDelegate::typingDropped, this, [this](const QModelIndex &cell) {
        if (cell.isValid())
            model()->setData(cell, {}, TypingRole);
    });
    connect(m_delegate, &RecordDelegate::fillRequested, this,
            &RecordTableView::fillSelectionRequested);
    horizontalHeader()->setMinimumSectionSize(16); // a mark is narrow
}

RecordTableView::~RecordTableView() = default;

// ----------------------------------------------------------------------------- the model's changes

void RecordTableView::setModel(QAbstractItemModel *newModel)
{
    for (const QMetaObject::Connection &connection : std::exchange(m_recordConnections, {}))
        disconnect(connection);
    interruptTyping();
    UniformTableView::setModel(newModel);
    if (newModel) {
        m_recordConnections = {
            connect(newModel, &QAbstractItemModel::modelAboutToBeReset, this,
                    &RecordTableView::interruptTyping),
            connect(newModel, &QAbstractItemModel::rowsRemoved, this,
                    &RecordTableView::onRowsRemoved),
        };
    }
}

void RecordTableView::reset()
{
    UniformTableView::reset();
    if (std::exchange(m_hasCurrent, false))
        emit currentRowChanged({});
}

void RecordTableView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                                  const QList<int> &roles)
{
    if (QWidget *editor = cellEditor();
        editor && m_edited.row() >= topLeft.row() && m_edited.row() <= bottomRight.row())
        itemDelegateForIndex(m_edited)->setEditorData(editor, m_edited);
    UniformTableView::dataChanged(topLeft, bottomRight, roles);
}

void RecordTableView::onRowsRemoved()
{
    if (hasCellEditor())
        setState(EditingState); // the base class believes that no removal leaves an editor open
}

void RecordTableView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    if (m_edited.isValid() && m_edited.row() >= start && m_edited.row() <= end)
        interruptTyping();
    UniformTableView::rowsAboutToBeRemoved(parent, start, end);
}

// --------------------------------------------------------------------------- current and selection

void RecordTableView::setPreferredColumn(int column)
{
    m_preferredColumn = column;
}

QList<int> RecordTableView::restingColumns() const
{
    QList<int> columns = UniformTableView::restingColumns();
    if (columns.size() > 1)
        columns.removeOne(RecordDelegate::markColumn);
    return columns;
}

int RecordTableView::restingColumn(int column) const
{
    const QList<int> columns = restingColumns();
    if (columns.contains(column))
        return column;
    return columns.contains(m_preferredColumn) ? m_preferredColumn
                                               : UniformTableView::restingColumn(column);
}

void RecordTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    UniformTableView::currentChanged(current, previous);
    if (current.isValid() && QAccessible::isActive()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(RecordTableAccessible::childOf(current));
        QAccessible::updateAccessibility(&focus);
    }
    if (std::exchange(m_hasCurrent, current.isValid()) != current.isValid()
        || current.row() != previous.row())
        emit currentRowChanged(current);
}

void RecordTableView::selectionChanged(const QItemSelection &selected,
                                       const QItemSelection &deselected)
{
    UniformTableView::selectionChanged(selected, deselected);
    if (QAccessible::isActive()) {
        QAccessibleEvent within(this, QAccessible::SelectionWithin);
        QAccessible::updateAccessibility(&within);
        // The bridge of Qt 6.4 tells nobody of that one: the current row stands for all.
        if (const int child = RecordTableAccessible::childOf(currentIndex()); child >= 0) {
            const bool isIn = isRowSelected(currentIndex().row());
            QAccessibleEvent row(this,
                                 isIn ? QAccessible::SelectionAdd : QAccessible::SelectionRemove);
            row.setChild(child);
            QAccessible::updateAccessibility(&row);
        }
    }
}

// ---------------------------------------------------------------------------------- keys and mouse

bool RecordTableView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isSearching()) {
        // A blank inside the words that are being typed is no command.
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return UniformTableView::event(event);
}

void RecordTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() >= Qt::Key_Home && event->key() <= Qt::Key_PageDown)
        m_prefix.clear();
    if (event->key() != Qt::Key_Space) {
        UniformTableView::keyPressEvent(event);
        if (event->matches(QKeySequence::MoveToStartOfDocument))
            emit topRequested();
        else if (event->matches(QKeySequence::MoveToEndOfDocument))
            emit endRequested();
        return;
    }
    if (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier) && selectionModel())
        selectionModel()->select(currentIndex(), selectionCommand(currentIndex(), event));
    else if (event->modifiers() == Qt::NoModifier && isSearching())
        keyboardSearch(event->text());
    else
        event->ignore();
}

bool RecordTableView::isSearching() const
{
    return !m_prefix.isEmpty() && m_sinceLetter.isValid()
        && !m_sinceLetter.hasExpired(QApplication::keyboardInputInterval());
}

void RecordTableView::keyboardSearch(const QString &search)
{
    if (search.isEmpty() || !search.front().isPrint() || rowCount() == 0) {
        m_prefix.clear();
        return;
    }
    const bool goingOn = isSearching();
    m_prefix = goingOn ? m_prefix + search : search;
    m_sinceLetter.start();
    const bool sameLetter
        = m_prefix.count(m_prefix.front(), Qt::CaseInsensitive) == m_prefix.size();
    if (sameLetter)
        findLocally(m_prefix.left(1), Skip::Current);
    else
        findLocally(m_prefix, goingOn ? Skip::None : Skip::Current);
}

void RecordTableView::findLocally(const QString &prefix, Skip skip)
{
    const int rows = rowCount();
    const QModelIndex current = currentIndex();
    const int column = restingColumn(current.isValid() ? current.column() : m_preferredColumn);
    int row = current.isValid() ? current.row() + (skip == Skip::Current ? 1 : 0) : 0;
    for (int looked = 0; looked < std::min(rows, localSearchRows); ++looked, ++row) {
        if (row >= rows)
            row = 0;
        const QModelIndex index = model()->index(row, column);
        if (!isLoaded(index)) {
            emit findRequested(prefix, row);
            return;
        }
        if (index.data(SearchTextRole).toString().startsWith(prefix, Qt::CaseInsensitive)) {
            setCurrentIndex(index);
            return;
        }
    }
    if (rows > localSearchRows)
        emit findRequested(prefix, row < rows ? row : 0);
}

void RecordTableView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid()) {
        scrollTo(currentIndex());
        position = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    }
    event->accept();
    emit contextMenuRequested(position);
}

// ------------------------------------------------------------------------------------- cell editor

QWidget *RecordTableView::cellEditor() const
{
    return m_edited.isValid() ? indexWidget(m_edited) : nullptr;
}

bool RecordTableView::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    QModelIndex cell = index;
    if (trigger == EditKeyPressed && (editTriggers() & trigger) && !isEditable(index)) {
        const QModelIndex preferred = index.siblingAtColumn(restingColumn(m_preferredColumn));
        if (isEditable(preferred)) {
            cell = preferred;
            selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
        }
    }
    const bool done = UniformTableView::edit(cell, trigger, event);
    if (cell.isValid() && state() == EditingState && indexWidget(cell)) {
        m_edited = cell;
        if (const auto *line = qobject_cast<QLineEdit *>(indexWidget(cell)))
            connect(line, &QLineEdit::textEdited, this, &RecordTableView::cellTyped,
                    Qt::UniqueConnection);
    }
    return done;
}

bool RecordTableView::editCurrentCell()
{
    const QModelIndex current = currentIndex();
    const QModelIndex preferred = current.siblingAtColumn(restingColumn(m_preferredColumn));
    const QModelIndex cell = isEditable(current) ? current : preferred;
    if (hasCellEditor() || !isEditable(cell))
        return hasCellEditor();
    selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    edit(cell, AllEditTriggers, nullptr);
    return hasCellEditor();
}

bool RecordTableView::commitCellEditor()
{
    QWidget *editor = cellEditor();
    if (!editor)
        return false;
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
    return true;
}

void RecordTableView::keepTyping()
{
    if (QWidget *editor = cellEditor())
        m_delegate->keepTyping(editor, model(), m_edited);
}

void RecordTableView::interruptTyping()
{
    QWidget *editor = cellEditor();
    if (!editor)
        return;
    if (const auto *line = qobject_cast<QLineEdit *>(editor); line && line->isModified())
        emit typingInterrupted(m_edited, line->text());
    // The row goes: losing the focus must not write to it, and the list shall have the focus.
    editor->removeEventFilter(itemDelegateForIndex(m_edited));
    if (window()->focusWidget() == editor)
        setFocus();
}

void RecordTableView::stepFrom(const QModelIndex &cell, CellStep step)
{
    const QPersistentModelIndex target = stepTarget(cell, step);
    if (!target.isValid())
        return;
    // Along the row a selection of several stays, so that Ctrl+Enter can fill it.
    if (target.row() == cell.row() && isRowSelected(target.row()))
        selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
    else
        setCurrentIndex(target);
    if (isEditable(target))
        edit(target, AllEditTriggers, nullptr);
}

QModelIndex RecordTableView::stepTarget(const QModelIndex &cell, CellStep step) const
{
    const bool forward = step == CellStep::Next || step == CellStep::Below;
    const bool sideways = step == CellStep::Next || step == CellStep::Previous;
    const int rows = rowCount();
    const QList<int> columns = restingColumns();
    const qsizetype end = forward ? columns.size() : -1;
    int row = cell.row();
    qsizetype place = columns.indexOf(cell.column());
    for (int passed = 0; passed < longestStep; ++passed) {
        if (sideways) {
            for (place += forward ? 1 : -1; place != end; place += forward ? 1 : -1) {
                const QModelIndex next = model()->index(row, columns.at(place));
                if (isEditable(next))
                    return next;
            }
            place = forward ? -1 : columns.size();
        }
        row += forward ? 1 : -1;
        if (row < 0 || row >= rows)
            return {};
        const QModelIndex next = model()->index(row, cell.column());
        // Nobody knows yet what stands in a row that is not here: go there and wait.
        if (!isLoaded(next) || (!sideways && isEditable(next)))
            return next;
    }
    return {};
}

// ---------------------------------------------------------------------------------------- painting

void RecordTableView::setPlaceholderText(const QString &text)
{
    m_placeholderText = text;
    viewport()->update();
}

void RecordTableView::updateGeometries()
{
    if (horizontalHeader()->count() > 0) {
        QFont bold = font();
        bold.setBold(true);
        // A minus with the dot of a pinned row is the widest mark.
        const int mark = QFontMetrics(bold, this).horizontalAdvance(u"\u2212."_s) + 12;
        horizontalHeader()->setSectionResizeMode(RecordDelegate::markColumn, QHeaderView::Fixed);
        horizontalHeader()->resizeSection(RecordDelegate::markColumn, mark);
    }
    UniformTableView::updateGeometries();
}

int RecordTableView::sizeHintForColumn(int column) const
{
    return column == RecordDelegate::markColumn ? horizontalHeader()->sectionSize(column)
                                                : UniformTableView::sizeHintForColumn(column);
}

void RecordTableView::paintEmpty(QPainter *painter)
{
    painter->setPen(
        RecordDelegate::dimmed(palette().color(QPalette::Text), palette().color(QPalette::Base)));
    painter->drawText(viewport()->rect().adjusted(24, 24, -24, -24),
                      Qt::AlignCenter | Qt::TextWordWrap, m_placeholderText);
}

} // namespace ui
