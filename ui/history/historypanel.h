// SPDX-License-Identifier: MIT
#pragma once

#include "ui/history/historymodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTreeView;

namespace ui {

class DiffView;

/// What can be brought back: the earlier versions of one row, compared word by word with what it is
/// now, or the deleted rows. Enter brings the current one back, as an edit that is not saved yet.
class HistoryPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPanel(const orm::Table &table, QWidget *parent = nullptr);

    /// Versions of the row called @p name, which is @p now, edits included.
    void showVersions(const QString &name, const QList<HistoryEntry> &entries,
                      const orm::Record &now);
    void showDeleted(const QList<HistoryEntry> &entries);

    HistoryModel &model() { return m_model; }

signals:
    /// Enter on an earlier version, or on a deleted row.
    void entryRequested(const ui::HistoryEntry &entry);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void setEntries(const QString &heading, const QList<HistoryEntry> &entries);
    void showCurrent();
    void request();

    orm::Table m_table;
    HistoryModel m_model;
    orm::Record m_now;
    bool m_isTrash = false;
    QString m_note;
    QTimer m_showTimer; ///< arrowing through large texts stays fluent
    QLabel *m_heading;
    QLabel *m_hint;
    QTreeView *m_list;
    DiffView *m_diff;
};

} // namespace ui
