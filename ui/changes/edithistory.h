// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"
#include "ui/changes/savedrows.h"
#include "ui/changes/steprunner.h"

#include <QHash>
#include <QObject>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>

namespace ui {

class EditBuffer;
class RowsCommand;

/// A new value for one field of one row.
struct RowEdit
{
    orm::Key key;
    int column = 0;
    orm::StoredValue value;
    orm::Record shown; ///< as setValue() wants it
};

/// Every edit a user makes goes through here: each call is one command on the undo stack, keyed by
/// identity, which changes the EditBuffer and nothing else. Save does not clear the stack: undoing
/// past a save stages the inverse as pending changes.
///
/// A call that would leave more than EditBuffer::maxPendingRows rows pending changes nothing and
/// says refused().
///
/// What is about more than StepRunner::manyRows rows is begun by the call and goes on in the event
/// loop, as do its undo and redo: see runner(). Given up, it leaves no step and no edit behind. An edit
/// that would meet one of its rows meanwhile, and every other step, has it finished first.
class EditHistory final : public QObject
{
    Q_OBJECT

public:
    /// Borrows @p edits, which outlives this.
    explicit EditHistory(EditBuffer &edits, QObject *parent = nullptr);

    QUndoStack &undoStack() { return m_stack; }
    EditBuffer &edits() { return m_edits; }
    /// What takes long: how far it is, and how to give it up.
    StepRunner &runner() { return m_runner; }

    /// One field of one row. Calls for one field in one go (between two endFieldEdit()) are one step.
    /// @param shown the row as the user sees it, before pending edits; its value of @p column is the
    /// base of a first edit and must be whole. Not asked of a new row.
    void setValue(const orm::Key &key, int column, const orm::StoredValue &value,
                  const orm::Record &shown);
    /// A field of a new row that was never stored is as if never touched, so that the column's
    /// default applies; in any other row it becomes NULL. One step with typing before it, as
    /// setValue() is.
    void clearValue(const orm::Key &key, int column, const orm::Record &shown);
    /// The visit to a field ended: the next setValue() begins a new step. A save, an undo and a redo
    /// end it, too.
    void endFieldEdit();
    /// Takes the visit's edit of a field back as if it had never been, leaving no step behind. Does
    /// nothing where the visit has ended, or has changed nothing.
    void dropFieldEdit();
    /// The same column of many rows, as one step. @p shown is parallel to @p keys.
    void setValues(const QList<orm::Key> &keys, int column, const QList<orm::StoredValue> &values,
                   const QList<orm::Record> &shown);
    using Changed = std::function<void(qint64 rows)>;
    /// Fields of many rows, of a row one after the other, as one step that @p text names.
    /// @param then after that, with the rows changed; those where nothing would be another value are not
    /// @param visited a visit to a field that this follows from, key and column: if it was the last step,
    /// the two are one
    void editRows(const QList<RowEdit> &rows, const QString &text, const Changed &then = {},
                  const std::optional<std::pair<orm::Key, int>> &visited = {});
    /// A new row. @returns its temporary key; a null key if it was refused
    orm::Key insertRow(const QHash<int, orm::StoredValue> &values);
    /// New rows with @p rows' values, as one step. @p text names the step.
    /// @param then when all are there
    QList<orm::Key> insertRows(const QList<QHash<int, orm::StoredValue>> &rows, const QString &text,
                               const std::function<void(const QList<orm::Key> &)> &then = {});
    /// Marks rows for deletion as one step; new rows simply go. @p whole is parallel to @p keys:
    /// every column of each, also those the mapping doesn't know (ignored for new rows). Rows whose
    /// record is empty are gone already and left out. @param then after that, with the rows removed
    void removeRows(const QList<orm::Key> &keys, const QList<orm::Record> &whole,
                    const Changed &then = {});
    /// The row becomes what it was as @p version, in one step. @param shown as in setValue()
    /// @returns false if it is that already, or can't be changed
    bool setRow(const orm::Key &key, const orm::Record &version, const orm::Record &shown);
    /// A row that a save deleted comes back: under its own key @p key, unless that is taken, then as a new
    /// one. @returns its key; a null one if there are too many edits
    orm::Key restoreRow(const orm::Key &key, const SavedRows::Deleted &row);
    /// Takes all edits of these rows back, as one step: changed and deleted rows are as they were,
    /// new ones go.
    void revertRows(const QList<orm::Key> &keys, const Changed &then = {});
    /// Takes a new row that was never typed into away again, leaving no step behind. Does nothing
    /// if the row has a value.
    void forgetEmptyRow(const orm::Key &key);

    /// One step back, or again; does nothing if there is none.
    void undo();
    void redo();

signals:
    /// An edit of @p rows more rows was not made: at most @p limit can be pending.
    void refused(qint64 rows, int limit);

private:
    bool take(qint64 moreRows);
    void edit(const orm::Key &key, int column, const std::optional<orm::StoredValue> &to,
              const orm::Record &shown);
    void dropForgotten();
    void push(QUndoCommand *command);
    void finishBefore(const orm::Key &key);
    struct Making;
    void make(const std::shared_ptr<Making> &making, StepRunner::Step step,
              const std::function<std::unique_ptr<RowsCommand>()> &command,
              const std::function<void()> &then);
    RowsCommand *manyAt(int index) const;
    QString nameOf(const orm::Key &key) const;
    QString nameOf(const QList<orm::Key> &keys) const;
    std::optional<orm::StoredValue> seen(const orm::Key &key, int column,
                                         const orm::Record &shown) const;

    EditBuffer &m_edits;
    QUndoStack m_stack;
    StepRunner m_runner;
    qint64 m_reserved = 0; ///< rows that are pending when the running step ends; 0: none makes any
    int m_visit = 0; ///< number of the current visit to a field
    int m_visitIndex = -1; ///< the stack's index after its last step
};

} // namespace ui
