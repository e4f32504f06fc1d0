// SPDX-License-Identifier: MIT
#include "ui/table/rowcells.h"

#include "ui/changes/editbuffer.h"
#include "ui/common/problemtext.h"
#include "ui/table/celltext.h"
#include "ui/table/recordcache.h"

namespace ui {

RowCells::Cell RowCells::at(const orm::Key &key, int column) const
{
    Cell cell;
    if (const auto pending = m_edits.value(key, column)) {
        cell.value = *pending;
        cell.isLoaded = true;
        cell.isPending = true;
        return cell;
    }
    if (m_edits.isNew(key)) {
        cell.isLoaded = true;
        cell.isUntouched = true;
        return cell;
    }
    const orm::Record *record = m_cache.find(key);
    orm::Record snapshot;
    if ((!record || m_edits.isDeleted(key)) && m_edits.contains(key)) {
        snapshot = m_edits.snapshot(key);
        record = &snapshot;
    }
    const bool isBeginning = !record && (record = m_cache.beginning(key));
    if (!record || column >= record->values.size())
        return cell;
    cell.value = record->values.at(column);
    cell.isLoaded = true;
    cell.isTruncated = isBeginning || record->isTruncated(column);
    return cell;
}

QString RowCells::displayText(const Cell &cell, int column) const
{
    const orm::Column &about = m_table.columns.at(column);
    if (cell.isUntouched && about.isPrimaryKey && m_table.hasIntegerKey())
        return tr("new", "instead of a number");
    if (cell.isUntouched && about.role == orm::Role::Created
        && (about.clientDefault || about.serverDefault))
        return tr("just now");
    return celltext::display(about, cell.value);
}

QString RowCells::toolTip(const orm::Key &key, const Cell &cell, int column) const
{
    const orm::Column &about = m_table.columns.at(column);
    QStringList lines;
    if (const QString full = celltext::toolTip(about, cell.value); !full.isEmpty())
        lines.append(full);
    if (cell.isPending) {
        if (const auto base = m_edits.base(key, column))
            lines.append(tr("Was: %1").arg(celltext::spoken(about, *base)));
    }
    // As under the field in the form: what the last save found, else what is wrong with the value.
    const auto found = m_edits.problem(key);
    const QString text = found ? fieldProblemText(m_table, column, *found) : QString();
    const auto invalid
        = text.isEmpty() && cell.isPending ? orm::validate(about, cell.value) : std::nullopt;
    if (!text.isEmpty())
        lines.append(text);
    else if (invalid)
        lines.append(fieldProblemText(about, *invalid));
    return lines.join(u'\n');
}

} // namespace ui
