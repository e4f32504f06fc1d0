// SPDX-License-Identifier: MIT
#include "ui/mainwindow/filtercontroller.h"

#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/search/columnfilter.h"
#include "ui/search/filterpopup.h"
#include "ui/search/searchbar.h"
#include "ui/table/recordroles.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QDateTime>
#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace ui {

FilterController::FilterController(RecordsPane &pane, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_pane(pane)
    , m_popup(new FilterPopup(&pane))
{
    connect(actions.action("filter.column"_L1), &QAction::triggered, this, &FilterController::open);
    connect(m_popup, &FilterPopup::filterChanged, this, [this](const QString &filter) {
        SearchBar &bar = m_pane.searchBar();
        bar.setText(
            columnfilter::withFilter(bar.text(), m_pane.workspace().table(), m_column, filter));
    });
    connect(m_popup, &FilterPopup::closed, this,
            [this] { m_pane.view().setFocus(Qt::OtherFocusReason); });
}

void FilterController::open()
{
    const orm::Table &table = m_pane.workspace().table();
    RecordTableView &view = m_pane.view();
    view.commitCellEditor();
    int section = view.currentIndex().column();
    m_column = RecordTableModel::tableColumn(section);
    if (m_column < 0 || !columnfilter::canFilter(table, m_column)) {
        section = view.preferredColumn();
        m_column = RecordTableModel::tableColumn(section);
    }
    if (m_column < 0 || !columnfilter::canFilter(table, m_column))
        return; // a table whose names are no words
    const orm::Column &column = table.columns.at(m_column);
    const bool isDay = column.role == orm::Role::Created;
    const bool isId = column.isPrimaryKey && table.hasIntegerKey();
    const QPoint below(view.columnPosition(section), view.horizontalHeader()->height());
    m_popup->open(
        {.title = tr("Filter: %1").arg(column.text()),
         .filter = columnfilter::filterOf(m_pane.searchBar().text(), table, m_column),
         .values = values(m_column),
         .hint = isDay
             ? tr("2024-02-28, 2024-02 or 2024; <2024 is before, >2024 after. Empty: all.")
             : isId ? tr("400, or 400-420. Empty: all.")
                    : tr("A part of it; a|b is one of two, -a without it. Empty: all.")},
        view.mapTo(&m_pane, below));
}

/// What the rows in sight have, the current one's first: nothing is read for it.
QStringList FilterController::values(int column) const
{
    const RecordTableModel &model = m_pane.workspace().model();
    const bool isDay = m_pane.workspace().table().columns.at(column).role == orm::Role::Created;
    QStringList values;
    const auto add = [&](int row) {
        const QModelIndex index = model.index(row, RecordTableModel::modelColumn(column));
        if (!index.data(CellLoadedRole).toBool() || index.data(CellNullRole).toBool())
            return;
        const QVariant value = index.data(Qt::EditRole);
        const QString text = isDay && value.canConvert<QDateTime>()
            ? value.toDateTime().toLocalTime().date().toString(Qt::ISODate)
            : index.data().toString();
        if (!text.isEmpty() && text.size() <= longestValue && !text.contains(u'\n')
            && !values.contains(text) && values.size() < maxValues)
            values << text;
    };
    add(m_pane.view().currentIndex().row());
    const RowRange rows = m_pane.view().visibleRows();
    for (int row = rows.first; row <= rows.last && row >= 0; ++row)
        add(row);
    return values;
}

} // namespace ui
