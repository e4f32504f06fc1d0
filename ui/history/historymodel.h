// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"
#include "ui/changes/pendingrow.h"

#include <QAbstractTableModel>

namespace ui {

/// A row as it was once, which can be brought back.
struct HistoryEntry
{
    QDateTime time; ///< UTC, when it was saved or deleted; invalid: before all that is known
    QString what; ///< what the save did to it
    orm::Key key;
    orm::Record row;
    QList<orm::DependentRow> dependents; ///< of a deleted row
};

/// The states that saves have left a row in, latest first, and the one before the first of them.
QList<HistoryEntry> versionEntries(const orm::Table &table, const QList<RowVersion> &versions);
/// Deleted rows under their titles, in the order of @p deleted.
QList<HistoryEntry> deletedEntries(const orm::Table &table, const QList<RowVersion> &deleted);

/// Earlier versions of a row, or deleted rows, one a line.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, WhatColumn, ColumnCount };

    explicit HistoryModel(QObject *parent = nullptr);

    void setEntries(const QList<HistoryEntry> &entries);
    const HistoryEntry &entry(int row) const { return m_entries.at(row); }

    // QAbstractTableModel
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<HistoryEntry> m_entries;
};

} // namespace ui
