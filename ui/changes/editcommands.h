// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/changes/editbuffer.h"

#include <QUndoCommand>

#include <optional>

namespace ui {

/// One value of one row becomes another.
struct ValueEdit
{
    orm::Key identity; ///< see EditBuffer::identity()
    int column = 0;
    std::optional<orm::StoredValue> from; ///< as it was shown; nothing: a new row's untouched field
    std::optional<orm::StoredValue> to; ///< nothing: as if never touched
    orm::Record snapshot; ///< of the row, before its edits; empty for a new row
    int seen = 0; ///< saves there had been when the edit was done or undone last
};

/// Sets fields, of one row or of many.
class SetValuesCommand final : public QUndoCommand
{
public:
    /// @param visit commands of one visit to one field merge into one; 0: never
    SetValuesCommand(EditBuffer &edits, QList<ValueEdit> values, int visit = 0,
                     QUndoCommand *parent = nullptr);

    void redo() override;
    void undo() override;
    int id() const override { return m_visit > 0 ? m_visit : -1; }
    bool mergeWith(const QUndoCommand *other) override;
    /// Whether it is one visit to this field, and nothing more.
    bool isVisitTo(const orm::Key &identity, int column) const;
    /// Other fields follow from a visit, with the same @p visit: the two are one step when this is
    /// pushed upon it.
    void joinVisit() { m_joinsVisit = true; }

private:
    enum class Way { Do, Undo, Redo };
    void apply(Way way);
    bool applyMerged(const ValueEdit &edit, const orm::Key &key, Way way);

    EditBuffer &m_edits;
    QList<ValueEdit> m_values;
    int m_visit;
    bool m_joinsVisit = false;
    Way m_next = Way::Do;
};

/// Adds new rows.
class InsertRowsCommand final : public QUndoCommand
{
public:
    struct NewRow
    {
        orm::Key identity;
        QHash<int, orm::StoredValue> values;
    };

    InsertRowsCommand(EditBuffer &edits, QList<NewRow> rows);

    void redo() override;
    void undo() override;
    /// Whether @p identity is the only row it adds.
    bool isOnly(const orm::Key &identity) const;

private:
    EditBuffer &m_edits;
    QList<NewRow> m_rows;
};

/// Takes rows away: new ones go, stored ones are marked for deletion.
class RemoveRowsCommand final : public QUndoCommand
{
public:
    struct Row
    {
        orm::Key identity;
        orm::Record whole; ///< of a stored row
        QHash<int, orm::StoredValue> values; ///< of a new row, those that were set
        int seen = 0; ///< saves there had been when whole was read
    };

    RemoveRowsCommand(EditBuffer &edits, QList<Row> rows, QUndoCommand *parent = nullptr);

    void redo() override;
    void undo() override;

private:
    EditBuffer &m_edits;
    QList<Row> m_rows;
};

/// Takes marks for deletion away.
class KeepRowsCommand final : public QUndoCommand
{
public:
    KeepRowsCommand(EditBuffer &edits, QList<RemoveRowsCommand::Row> rows,
                    QUndoCommand *parent = nullptr);

    void redo() override { m_remove.undo(); }
    void undo() override { m_remove.redo(); }

private:
    RemoveRowsCommand m_remove; ///< the other way round
};

/// Several commands that are one step; they are its children.
class CompositeCommand final : public QUndoCommand
{
public:
    explicit CompositeCommand(EditBuffer &edits)
        : m_edits(edits)
    {}

    void redo() override;
    void undo() override;

private:
    EditBuffer &m_edits;
};

} // namespace ui
