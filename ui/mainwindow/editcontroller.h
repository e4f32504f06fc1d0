// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

namespace ui {

class MessageBar;
class RecordsPane;
class Toast;
class Workspace;

/// New, duplicate, delete, undo, redo and the clipboard of one open database: what the keys do to
/// its pending edits. Nothing here touches the database but to read rows whole.
class EditController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    EditController(Workspace &workspace, RecordsPane &pane, MessageBar &messageBar, Toast &toast,
                   QObject *parent = nullptr);

    void createRow();
    void duplicateRow();
    void deleteRows();
    /// Opens the current cell of the list, or the field in the editor if its text is too long there.
    void editCell();
    /// All edits of the selected rows are taken back; new ones go.
    void revertSelected();
    void revertAll();
    bool canRevertSelected() const;
    /// No value in the current cell of the list, or in the field that @p focus is in.
    void setNull(QWidget *focus);

    // By focus: in a text it is about typing, elsewhere about rows.
    void undo(QWidget *focus);
    void redo(QWidget *focus);
    QString undoText(QWidget *focus) const; ///< "Undo typing in Body"; empty if there is nothing
    QString redoText(QWidget *focus) const;
    void undoRows();
    void cut(QWidget *focus);
    void copy(QWidget *focus);
    void paste(QWidget *focus);
    void selectAll(QWidget *focus);

    using Rows = std::function<void(const QList<orm::Key> &, const QList<orm::Record> &)>;
    /// Reads the rows with every value whole, as the list shows them, and hands those that are there to
    /// @p then; until that is done nothing is idle.
    void fetchWhole(const QList<orm::Key> &keys, const Rows &then);
    /// Runs @p task when all rows that were asked for are here: at once, if none are awaited.
    void whenIdle(const std::function<void()> &task);
    bool isIdle() const { return m_awaited == 0; }
    /// Ends what is being typed, in a cell or a field, and takes away new rows that stayed empty.
    void finishTyping();

signals:
    /// undoText() or redoText() may have changed.
    void undoChanged();

private:
    void fetchDone();
    /// The row with every value whole, as the list shows it where it does. Empty if it is gone.
    orm::Record asSeen(const orm::Key &key, const QHash<orm::Key, orm::Record> &read) const;
    void revert(const QList<orm::Key> &keys, const QString &done);
    void insertCopy(const orm::Key &of, const orm::Record &whole);
    void markDeleted(const QList<orm::Key> &keys, const QList<orm::Record> &whole);
    void sayDependents(const QList<orm::Key> &keys);
    QList<orm::Key> selectedKeys() const;
    QString fieldOf(const QWidget *focus) const; ///< the label of the form's field
    bool isEmptyNewRow(const orm::Key &key) const;
    void onCurrentKeyChanged(const orm::Key &key);
    void onFillSelection(const QModelIndex &cell, const QVariant &value);
    void forget(const orm::Key &key);
    bool refuseIfTooMany(qint64 rows);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    MessageBar &m_messageBar;
    Toast &m_toast;
    int m_awaited = 0; ///< reads under way
    QList<std::function<void()>> m_tasks; ///< waiting for them
    orm::Key m_currentKey;
};

} // namespace ui
