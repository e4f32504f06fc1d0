// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/changes/editbuffer.h"

#include <QUndoCommand>

#include <memory>
#include <optional>
#include <vector>

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

/// A step that can be run some rows at a time; see StepRunner.
class RowsCommand : public QUndoCommand
{
public:
    /// Of what it does one after the other.
    virtual qsizetype count() const = 0;
    virtual void forward(qsizetype first, qsizetype count) = 0;
    virtual void backward(qsizetype first, qsizetype count) = 0;

    /// All of it was run already: the stack's next redo() or undo() is for the stack alone.
    void setRun() { m_isRun = true; }
    /// What it does from now on is done again.
    virtual void setDone() { m_wasDone = true; }
    void redo() final;
    void undo() final;

protected:
    explicit RowsCommand(EditBuffer &edits)
        : m_edits(edits)
    {}
    bool wasDone() const { return m_wasDone; } ///< once before, from the first to the last

    EditBuffer &m_edits;

private:
    bool m_isRun = false;
    bool m_wasDone = false;
};

/// Sets fields, of one row or of many.
class SetValuesCommand final : public RowsCommand
{
public:
    /// @param visit commands of one visit to one field merge into one; 0: never
    SetValuesCommand(EditBuffer &edits, QList<ValueEdit> values, int visit = 0);
    ~SetValuesCommand() override;
    Q_DISABLE_COPY_MOVE(SetValuesCommand)

    qsizetype count() const override { return m_values.size(); }
    void forward(qsizetype first, qsizetype count) override;
    void backward(qsizetype first, qsizetype count) override;
    int id() const override { return m_visit > 0 ? m_visit : -1; }
    bool mergeWith(const QUndoCommand *other) override;
    /// Whether it is one visit to this field, and nothing more.
    bool isVisitTo(const orm::Key &identity, int column) const;
    /// Other fields follow from a visit, with the same @p visit: the two are one step when this is
    /// pushed upon it.
    void joinVisit() { m_joinsVisit = true; }

private:
    enum class Way { Do, Undo, Redo };
    void apply(ValueEdit &edit, Way way);
    bool applyMerged(const ValueEdit &edit, const orm::Key &key, Way way);

    QList<ValueEdit> m_values;
    int m_visit;
    bool m_joinsVisit = false;
};

/// Adds new rows.
class InsertRowsCommand final : public RowsCommand
{
public:
    struct NewRow
    {
        orm::Key identity;
        QHash<int, orm::StoredValue> values;
    };

    InsertRowsCommand(EditBuffer &edits, QList<NewRow> rows);
    ~InsertRowsCommand() override;
    Q_DISABLE_COPY_MOVE(InsertRowsCommand)

    qsizetype count() const override { return m_rows.size(); }
    void forward(qsizetype first, qsizetype count) override;
    void backward(qsizetype first, qsizetype count) override;
    /// Whether @p identity is the only row it adds.
    bool isOnly(const orm::Key &identity) const;

private:
    QList<NewRow> m_rows;
};

/// Takes rows away: new ones go, stored ones are marked for deletion.
class RemoveRowsCommand final : public RowsCommand
{
public:
    struct Row
    {
        orm::Key identity;
        orm::Record whole; ///< of a stored row
        QHash<int, orm::StoredValue> values; ///< of a new row, those that were set
        int seen = 0; ///< saves there had been when whole was read
    };

    RemoveRowsCommand(EditBuffer &edits, QList<Row> rows);
    ~RemoveRowsCommand() override;
    Q_DISABLE_COPY_MOVE(RemoveRowsCommand)

    qsizetype count() const override { return m_rows.size(); }
    void forward(qsizetype first, qsizetype count) override;
    void backward(qsizetype first, qsizetype count) override;

private:
    QList<Row> m_rows;
};

/// Takes marks for deletion away.
class KeepRowsCommand final : public RowsCommand
{
public:
    KeepRowsCommand(EditBuffer &edits, QList<RemoveRowsCommand::Row> rows);

    qsizetype count() const override { return m_remove.count(); }
    void forward(qsizetype first, qsizetype count) override;
    void backward(qsizetype first, qsizetype count) override;

private:
    RemoveRowsCommand m_remove; ///< the other way round
};

/// Several commands that are one step, run in their order.
class CompositeCommand final : public RowsCommand
{
public:
    explicit CompositeCommand(EditBuffer &edits)
        : RowsCommand(edits)
    {}

    void add(std::unique_ptr<RowsCommand> part);
    void setDone() override;
    qsizetype count() const override;
    void forward(qsizetype first, qsizetype count) override;
    void backward(qsizetype first, qsizetype count) override;

private:
    std::vector<std::unique_ptr<RowsCommand>> m_parts;
};

} // namespace ui
