// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/recorddelegate.h"
#include "ui/table/uniformtableview.h"

#include <QElapsedTimer>
#include <QPersistentModelIndex>

namespace ui {

/// The list of records: a UniformTableView that finds by typed letters and edits in its cells.
///
/// Column 0 shows the row's mark: it is narrow, and the current cell is never in it while another
/// column is visible. Which column it is in first says setPreferredColumn().
///
/// Keys that actions of the window take are left alone: Esc, Return, Space, Del, Tab. In a cell
/// editor Enter keeps what was typed, Tab and Shift+Tab keep it and edit the next or the previous
/// cell, Down and Up the one below or above, Esc drops it.
class RecordTableView final : public UniformTableView
{
    Q_OBJECT

public:
    /// Rows that a search by typed letters looks at before it asks for help.
    static constexpr int localSearchRows = 2000;

    explicit RecordTableView(QWidget *parent = nullptr);
    ~RecordTableView() override;

    /// The column that is current where nothing else says which: the title's.
    void setPreferredColumn(int column);
    int preferredColumn() const { return m_preferredColumn; }

    /// The sentence shown in the middle while there are no rows.
    void setPlaceholderText(const QString &text);
    QString placeholderText() const { return m_placeholderText; }

    /// Opens the editor of the current cell, or of the preferred column's if that can't be edited.
    /// @returns whether a cell is being edited now
    bool editCurrentCell();
    bool hasCellEditor() const { return cellEditor() != nullptr; }
    /// Keeps what was typed into an open cell editor and closes it.
    /// @returns whether one was open
    bool commitCellEditor();
    /// Gives the model what stands in an open cell editor by now, which stays open; Esc in it still
    /// takes back all that was typed.
    void keepTyping();
    using UniformTableView::edit;

    // QAbstractItemView
    void setModel(QAbstractItemModel *model) override;
    /// Jumps to the next row whose SearchTextRole starts with what was typed, in any case; the
    /// same letter again goes to the next. Looks at loaded rows near the current one only.
    void keyboardSearch(const QString &search) override;
    int sizeHintForColumn(int column) const override;
    void reset() override;

signals:
    /// Another record is current; an invalid index if none is. Not sent when the current record
    /// only moved up or down because others came or went.
    void currentRowChanged(const QModelIndex &current);
    /// Ctrl+Home or Ctrl+End: the very first or last row is meant, also if it isn't in the model yet.
    void topRequested();
    void endRequested();
    /// Something was typed into a cell editor; keepTyping() would take it over.
    void cellTyped();
    /// Letters were typed, and no row between the current one and @p fromRow starts with
    /// @p prefix: who can search the rows from @p fromRow on is asked to.
    void findRequested(const QString &prefix, int fromRow);
    /// Ctrl+Enter in a cell editor: @p value, already kept in @p cell, is meant for that column of
    /// every selected row. An invalid value is NULL; @p isTyped just now, not only handed on.
    void fillSelectionRequested(const QModelIndex &cell, const QVariant &value, bool isTyped);
    /// The model is about to take away the row of an open cell editor, or to reset, and with it
    /// what was typed: the last chance to keep it. The model must not be changed from here.
    void typingInterrupted(const QModelIndex &cell, const QString &text);
    /// By mouse, or by key for the current cell.
    void contextMenuRequested(const QPoint &globalPosition);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void updateGeometries() override;
    void paintEmpty(QPainter *painter) override;
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    QList<int> restingColumns() const override;
    int restingColumn(int column) const override;

    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    enum class Skip { None, Current };

    QWidget *cellEditor() const;
    void onRowsRemoved();
    void interruptTyping();
    void stepFrom(const QModelIndex &cell, CellStep step);
    QModelIndex stepTarget(const QModelIndex &cell, CellStep step) const;
    bool isSearching() const;
    void findLocally(const QString &prefix, Skip skip);

    RecordDelegate *m_delegate;
    std::vector<QMetaObject::Connection> m_recordConnections;
    QPersistentModelIndex m_edited; ///< the cell that got the last editor
    QElapsedTimer m_sinceLetter;
    QString m_prefix;
    QString m_placeholderText;
    int m_preferredColumn = 1;
    bool m_hasCurrent = false; ///< whether the last currentRowChanged named a row
};

} // namespace ui
