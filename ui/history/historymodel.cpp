// SPDX-License-Identifier: MIT
#include "ui/history/historymodel.h"

#include "ui/table/celltext.h"
#include "ui/table/rowtext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype longestTitle = 80;

/// Local, as the list shows times.
QString timeText(const QDateTime &time)
{
    if (!time.isValid())
        return HistoryModel::tr("before");
    orm::Column column;
    column.type = orm::DateTime;
    return celltext::display(
        column, orm::StoredValue::text(time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s)));
}

QString changedFields(const orm::Table &table, const RowVersion &version)
{
    QStringList names;
    for (int column = 0; column < table.columns.size(); ++column) {
        if (version.before.values.value(column) != version.after.values.value(column))
            names << table.columns.at(column).text();
    }
    return names.join(u", "_s);
}

} // namespace

QList<HistoryEntry> versionEntries(const orm::Table &table, const QList<RowVersion> &versions)
{
    QList<HistoryEntry> entries;
    for (auto version = versions.crbegin(); version != versions.crend(); ++version) {
        if (version->after.values.isEmpty())
            continue; // it went, and came back as it was
        const QString what = version->kind == orm::RowChange::Kind::Insert
            ? HistoryModel::tr("New")
            : HistoryModel::tr("Changed: %1").arg(changedFields(table, *version));
        entries.append({version->time, what, version->key, version->after, {}});
    }
    if (!versions.isEmpty() && !versions.first().before.values.isEmpty())
        entries.append({{},
                        HistoryModel::tr("As it was before that"),
                        versions.first().key,
                        versions.first().before,
                        {}});
    return entries;
}

QList<HistoryEntry> deletedEntries(const orm::Table &table, const QList<RowVersion> &deleted)
{
    QList<HistoryEntry> entries;
    const int title = titleColumn(table);
    for (const RowVersion &version : deleted) {
        QString what
            = version.before.values.value(title).toString().left(4 * longestTitle).simplified();
        if (what.size() > longestTitle)
            what = what.left(longestTitle) + u'…';
        if (what.isEmpty())
            what = HistoryModel::tr("Without a title");
        //: A deleted row: its number and its title
        entries.append({version.time, HistoryModel::tr("#%1  %2").arg(version.key.toString(), what),
                        version.key, version.before, version.dependents});
    }
    return entries;
}

HistoryModel::HistoryModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void HistoryModel::setEntries(const QList<HistoryEntry> &entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const HistoryEntry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == TimeColumn ? timeText(entry.time) : entry.what;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(timeText(entry.time), entry.what);
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == TimeColumn ? tr("When") : tr("What");
}

} // namespace ui
