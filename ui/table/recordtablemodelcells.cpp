// SPDX-License-Identifier: MIT
//
// What cells and headers say.
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/problemtext.h"
#include "ui/table/celltext.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/rowtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const orm::Key key = keyAt(index.row());
    const int column = tableColumn(index.column());
    if (!m_edits.isNew(key) && !m_cache.isFresh(key))
        want(index.row());
    switch (role) {
    case RowStateRole:
        return static_cast<int>(state(key));
    case PinnedRole:
        return isPinned(key);
    case SearchTextRole:
        if (const RowCells::Cell title = m_cells.at(key, m_titleColumn); title.isLoaded)
            return title.value.toString();
        return {};
    default:
        return column < 0 ? markData(key, role) : cellData(key, column, role);
    }
}

QVariant RecordTableModel::markData(const orm::Key &key, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromUtf16(rowMark(state(key)));
    case Qt::ToolTipRole:
        return stateText(m_edits, key, state(key));
    case Qt::AccessibleTextRole:
        return accessibleText(key);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignCenter));
    case CellLoadedRole:
        return m_cells.at(key, m_titleColumn).isLoaded;
    case CellChangedRole:
    case CellNullRole:
        return false;
    default:
        return {};
    }
}

QVariant RecordTableModel::cellData(const orm::Key &key, int column, int role) const
{
    const orm::Column &about = m_table.columns.at(column);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
    case CellLoadedRole:
    case CellChangedRole:
    case CellNullRole:
        break;
    case MatchesRole:
        if (!m_search)
            return {};
        break;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(celltext::alignment(about));
    default:
        return {};
    }
    const RowCells::Cell shown = m_cells.at(key, column);
    switch (role) {
    case CellLoadedRole:
        return shown.isLoaded;
    case CellChangedRole:
        return shown.isPending && !m_edits.isNew(key);
    case CellNullRole:
        return shown.isLoaded && shown.value.isNull()
            && m_cells.displayText(shown, column).isEmpty();
    default:
        break;
    }
    if (!shown.isLoaded)
        return {};
    switch (role) {
    case Qt::EditRole:
        return shown.isTruncated ? QVariant() : celltext::edit(about, shown.value);
    case Qt::ToolTipRole:
        return m_cells.toolTip(key, shown, column);
    case Qt::AccessibleTextRole:
        if (column == m_titleColumn)
            return accessibleText(key);
        return tr("%1: %2").arg(about.text(), celltext::spoken(about, shown.value));
    case MatchesRole:
        return QVariant::fromValue(m_search->hits(column, m_cells.displayText(shown, column)));
    default:
        return m_cells.displayText(shown, column);
    }
}

QString RecordTableModel::accessibleText(const orm::Key &key) const
{
    QString text = rowText(m_edits, key, state(key), [this, &key](int column) {
        const RowCells::Cell shown = m_cells.at(key, column);
        return shown.isLoaded ? std::optional(shown.value) : std::nullopt;
    });
    if (isPinned(key))
        text = tr("%1, no longer matches the search").arg(text);
    return text;
}

/// Whether the row is here only because it has edits, as it is not, or no longer, what is looked for.
bool RecordTableModel::isPinned(const orm::Key &key) const
{
    const bool isOutside = m_order.isOutside(key) && !m_edits.isNew(key);
    if (!m_search || !m_edits.contains(key))
        return isOutside;
    QList<QByteArray> bytes; // what the views look at
    QList<orm::ValueView> values;
    for (const int column : m_search->columns()) {
        const RowCells::Cell shown = m_cells.at(key, column);
        if (!shown.isLoaded || shown.isTruncated)
            return isOutside; // by what is stored, then
        bytes.append(shown.value.bytes());
        values.append(orm::ValueView::of(shown.value, bytes.last()));
    }
    return !m_search->matches(key, values);
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int column = tableColumn(section);
    if (column < 0) {
        switch (role) {
        case Qt::DisplayRole:
            return QString();
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return tr("State");
        default:
            return {};
        }
    }
    const orm::Column &about = m_table.columns.at(column);
    switch (role) {
    case Qt::DisplayRole:
        return about.text() + sortMark(column);
    case Qt::AccessibleTextRole:
        return about.text();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(celltext::alignment(about));
    default:
        return {};
    }
}

/// " ▲1" of the first column that the rows are sorted by.
QString RecordTableModel::sortMark(int column) const
{
    const QList<orm::SortColumn> &sort = query().sort;
    for (qsizetype i = 0; i < sort.size(); ++i) {
        if (sort.at(i).column == column)
            return (sort.at(i).order == Qt::AscendingOrder ? u" ▲"_s : u" ▼"_s)
                + QString::number(i + 1);
    }
    return {};
}

/// Whether one line in the cell is enough to edit it, and the row may be edited at all.

} // namespace ui
