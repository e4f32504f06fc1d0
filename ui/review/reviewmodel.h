// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

namespace ui {

class EditBuffer;

/// All pending rows in the order in which their edits began, each with what is to happen to it and
/// whether it goes into this save. Texts are made when they are asked for, so thousands cost nothing.
class ReviewModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { MarkColumn, KeyColumn, ChangeColumn, ColumnCount };
    /// More rows than this that come or go at once are a reset.
    static constexpr qsizetype maxSteps = 64;

    /// Borrows @p edits, which outlives this.
    explicit ReviewModel(const EditBuffer &edits, QObject *parent = nullptr);

    const orm::Key &keyAt(int row) const { return m_keys.at(row); }
    int rowOf(const orm::Key &key) const; ///< -1 if it isn't pending
    bool isTicked(int row) const { return !m_unticked.contains(keyAt(row)); }
    void setTicked(const QList<int> &rows, bool ticked);
    QList<orm::Key> tickedKeys() const;
    int tickedCount() const { return int(m_keys.size() - m_unticked.size()); }

    // QAbstractTableModel
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    /// Rows came or went, or were ticked.
    void countsChanged();

private:
    void onRowsChanged(const QList<orm::Key> &keys);
    void reset();
    void number();
    QString keyText(const orm::Key &key) const;
    QString changeText(const orm::Key &key) const;
    QString fieldsText(const orm::Key &key) const;
    QString valueText(const orm::Column &column, const orm::StoredValue &value) const;

    const EditBuffer &m_edits;
    QList<orm::Key> m_keys;
    QHash<orm::Key, int> m_rows; ///< and back
    QSet<orm::Key> m_unticked;
};

} // namespace ui
