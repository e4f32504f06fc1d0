// SPDX-License-Identifier: MIT
#include "ui/review/reviewmodel.h"

#include "ui/changes/editbuffer.h"
#include "ui/common/problemtext.h"
#include "ui/common/scripts.h"
#include "ui/review/rowname.h"
#include "ui/table/celltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

ReviewModel::ReviewModel(const EditBuffer &edits, QObject *parent)
    : QAbstractTableModel(parent)
    , m_edits(edits)
    , m_keys(edits.keys())
{
    number();
    connect(&m_edits, &EditBuffer::rowsChanged, this, &ReviewModel::onRowsChanged);
}

void ReviewModel::number()
{
    m_rows.clear();
    m_rows.reserve(m_keys.size());
    for (qsizetype row = 0; row < m_keys.size(); ++row)
        m_rows.insert(m_keys.at(row), int(row));
}

void ReviewModel::reset()
{
    beginResetModel();
    m_keys = m_edits.keys();
    number();
    m_unticked.removeIf([this](const orm::Key &key) { return !m_rows.contains(key); });
    endResetModel();
    emit countsChanged();
}

void ReviewModel::onRowsChanged(const QList<orm::Key> &keys)
{
    QList<int> gone;
    QList<orm::Key> come;
    for (const orm::Key &key : keys) {
        const bool isKnown = m_rows.contains(key);
        // Asked by the key itself: a stored row is no longer its temporary key.
        const bool isPending = m_edits.resolve(key) == key && m_edits.contains(key);
        if (isKnown && !isPending)
            gone.append(m_rows.value(key));
        else if (!isKnown && isPending)
            come.append(key);
    }
    if (gone.size() + come.size() > maxSteps) {
        reset();
        return;
    }
    std::sort(gone.begin(), gone.end(), std::greater<>());
    for (const int row : std::as_const(gone)) {
        beginRemoveRows({}, row, row);
        m_unticked.remove(m_keys.at(row));
        m_keys.removeAt(row);
        endRemoveRows();
    }
    if (!come.isEmpty()) {
        const int first = int(m_keys.size());
        beginInsertRows({}, first, first + int(come.size()) - 1);
        m_keys.append(come);
        endInsertRows();
    }
    if (!gone.isEmpty() || !come.isEmpty())
        number();
    if (keys.size() > maxSteps && !m_keys.isEmpty()) {
        emit dataChanged(index(0, 0), index(int(m_keys.size()) - 1, ColumnCount - 1));
    } else {
        for (const orm::Key &key : keys) {
            if (const int row = rowOf(key); row >= 0)
                emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (!gone.isEmpty() || !come.isEmpty())
        emit countsChanged();
}

int ReviewModel::rowOf(const orm::Key &key) const
{
    return m_rows.value(m_edits.resolve(key), -1);
}

void ReviewModel::setTicked(const QList<int> &rows, bool ticked)
{
    for (const int row : rows) {
        if (ticked)
            m_unticked.remove(keyAt(row));
        else
            m_unticked.insert(keyAt(row));
    }
    if (rows.isEmpty())
        return;
    const auto [first, last] = std::minmax_element(rows.begin(), rows.end());
    emit dataChanged(index(*first, MarkColumn), index(*last, ChangeColumn),
                     {Qt::CheckStateRole, Qt::AccessibleTextRole});
    emit countsChanged();
}

QList<orm::Key> ReviewModel::tickedKeys() const
{
    QList<orm::Key> keys = m_keys;
    keys.removeIf([this](const orm::Key &key) { return m_unticked.contains(key); });
    return keys;
}

// ------------------------------------------------------------------------------------------- texts

QString ReviewModel::keyText(const orm::Key &key) const
{
    return key.isTemporary() ? tr("new", "instead of a number") : key.toString();
}

QString ReviewModel::valueText(const orm::Column &column, const orm::StoredValue &value) const
{
    constexpr qsizetype longest = 80;
    if (value.isNull())
        return tr("(empty)");
    const QString text = celltext::display(column, value);
    return text.size() > longest ? text.left(longest) + u'…' : text;
}

QString ReviewModel::fieldsText(const orm::Key &key) const
{
    QStringList parts;
    const QList<orm::FieldChange> fields = m_edits.fields(key);
    for (const orm::FieldChange &field : fields) {
        const orm::Column &column = m_edits.table().columns.at(field.column);
        if (column.type.isLarge())
            parts << column.text(); // the difference is shown below
        else
            //: A field, what it held and what it will hold
            parts << tr("%1: %2 → %3")
                         .arg(column.text(), isolated(valueText(column, field.base)),
                              isolated(valueText(column, field.value)));
    }
    return parts.join(u"; "_s);
}

QString ReviewModel::changeText(const orm::Key &key) const
{
    switch (m_edits.state(key)) {
    case RowState::Conflict:
        return tr("%1: changed outside, too").arg(rowName(m_edits, key));
    case RowState::Invalid:
        if (const auto problem = m_edits.problem(key))
            return problemText(*problem, m_edits.table(), rowName(m_edits, key));
        break;
    case RowState::Deleted:
        return tr("Delete %1").arg(rowName(m_edits, key));
    case RowState::New:
        return rowName(m_edits, key);
    default:
        break;
    }
    return fieldsText(key);
}

// ---------------------------------------------------------------------------- QAbstractTableModel

int ReviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

int ReviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ReviewModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const orm::Key &key = keyAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == MarkColumn)
            return role == Qt::DisplayRole ? QString::fromUtf16(rowMark(m_edits.state(key)))
                                           : QVariant();
        return index.column() == KeyColumn ? keyText(key) : changeText(key);
    case Qt::CheckStateRole:
        if (index.column() == MarkColumn)
            return int(isTicked(index.row()) ? Qt::Checked : Qt::Unchecked);
        return {};
    case Qt::AccessibleTextRole:
        return isTicked(index.row())
            ? tr("%1, %2, in this save").arg(keyText(key), changeText(key))
            : tr("%1, %2, not in this save").arg(keyText(key), changeText(key));
    case Qt::TextAlignmentRole:
        if (index.column() == KeyColumn)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    default:
        return {};
    }
}

bool ReviewModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid)
        || index.column() != MarkColumn)
        return false;
    setTicked({index.row()}, value.toInt() == Qt::Checked);
    return true;
}

QVariant ReviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MarkColumn:
        return tr("In this save");
    case KeyColumn:
        return tr("Number");
    case ChangeColumn:
        return tr("Change");
    default:
        return {};
    }
}

Qt::ItemFlags ReviewModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    flags |= Qt::ItemNeverHasChildren;
    return index.column() == MarkColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace ui
