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
class RowJobs;
class Toast;
class Workspace;
struct SeenRow;

/// New, duplicate, delete, undo, redo and the clipboard of one open database: what the keys do to
/// its pending edits. Nothing here touches the database but to read rows whole.
class EditController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    EditController(Workspace &workspace, RecordsPane &pane, RowJobs &jobs, MessageBar &messageBar,
                   Toast &toast, QObject *parent = nullptr);

    void createRow();
    /// The current row, to be retitled; of several all.
    void duplicateRows();
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
    bool copyText(QWidget *focus); ///< @returns false if that is no text
    bool pasteText(QWidget *focus); ///< the same
    void selectAll(QWidget *focus);

    using Rows = std::function<void(const QList<orm::Key> &, const QList<orm::Record> &)>;
    /// Reads the rows with every value whole, as the list shows them, and hands those that are there to
    /// @p then; until that is done nothing is idle.
    void fetchWhole(const QList<orm::Key> &keys, const Rows &then);
    QList<orm::Key> selectedKeys() const; ///< or the current one
    /// Selects the rows from @p first, which becomes current, to @p last, and goes there.
    void selectRows(const orm::Key &first, const orm::Key &last);
    /// Whether so many more can't be pending; says so.
    bool refuseIfTooMany(qint64 rows);
    /// The same of the selected rows, of which some may be pending already.
    bool refuseIfTooManySelected();

    /// Runs @p task when all rows that were asked for are here: at once, if none are awaited.
    void whenIdle(const std::function<void()> &task);
    bool isIdle() const { return m_awaited == 0; }
    /// Nothing is idle until release().
    void hold() { ++m_awaited; }
    void release() { fetchDone(); }
    /// Ends what is being typed, in a cell or a field, and takes away new rows that stayed empty.
    void finishTyping();

signals:
    /// undoText() or redoText() may have changed.
    void undoChanged();

private:
    void fetchDone();
    template<typename Part>
    void readMany(const QString &label, const QList<orm::Key> &keys,
                  const std::function<Part(const SeenRow &)> &make,
                  const std::function<void(const QList<Part> &)> &take,
                  const std::function<void()> &then);
    /// The row with every value whole, as the list shows it where it does. Empty if it is gone.
    orm::Record asSeen(const orm::Key &key, const QHash<orm::Key, orm::Record> &read) const;
    QList<orm::Key> selectedPendingKeys() const; ///< those with edits, of selectedKeys()
    void revert(const QList<orm::Key> &keys, const QString &done);
    using Copies = QList<QHash<int, orm::StoredValue>>;
    void insertCopies(Copies rows);
    void markDeleted(const QList<orm::Key> &keys, const QList<orm::Record> &whole);
    void sayDependents(const QList<orm::Key> &keys, qint64 rows);
    QString fieldOf(const QWidget *focus) const; ///< the label of the form's field
    bool isEmptyNewRow(const orm::Key &key) const;
    void onCurrentKeyChanged(const orm::Key &key);
    void forget(const orm::Key &key);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    RowJobs &m_jobs;
    MessageBar &m_messageBar;
    Toast &m_toast;
    int m_awaited = 0; ///< reads under way
    QList<std::function<void()>> m_tasks; ///< waiting for them
    orm::Key m_currentKey;
};

} // namespace ui
