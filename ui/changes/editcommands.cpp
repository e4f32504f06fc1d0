// SPDX-License-Identifier: MIT
#include "ui/changes/editcommands.h"

#include "ui/changes/conflict.h"

#include <utility>

namespace ui {

namespace {

QHash<int, orm::StoredValue> valuesOf(const QList<orm::FieldChange> &fields)
{
    QHash<int, orm::StoredValue> values;
    for (const orm::FieldChange &field : fields)
        values.insert(field.column, field.value);
    return values;
}

} // namespace

// ------------------------------------------------------------------------------ SetValuesCommand

SetValuesCommand::SetValuesCommand(EditBuffer &edits, QList<ValueEdit> values, int visit,
                                   QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_edits(edits)
    , m_values(std::move(values))
    , m_visit(visit)
{}

void SetValuesCommand::redo()
{
    apply(std::exchange(m_next, Way::Redo));
}

void SetValuesCommand::undo()
{
    apply(Way::Undo);
}

void SetValuesCommand::apply(Way way)
{
    const EditBuffer::Batch batch(m_edits);
    const SavedRows &saved = m_edits.saved();
    for (ValueEdit &edit : m_values) {
        const orm::Key key = saved.keyOf(edit.identity);
        if (way != Way::Do && applyMerged(edit, key, way)) {
            edit.seen = saved.count();
            continue;
        }
        const auto &before = way == Way::Undo ? edit.to : edit.from;
        const auto &after = way == Way::Undo ? edit.from : edit.to;
        // Where no edit is left, a save has taken it, and what it stored is the base now.
        orm::StoredValue base
            = saved.asStored(key, edit.column, before.value_or(orm::StoredValue()));
        const auto stored = saved.stored(key, edit.seen);
        if (stored)
            edit.snapshot = *stored; // also for the next time, when no save will have been between
        if (stored && edit.column < stored->values.size())
            base = stored->values.at(edit.column);
        if (!after)
            m_edits.unsetValue(key, edit.column, base, edit.snapshot);
        else if (way == Way::Do)
            m_edits.setValue(key, edit.column, base, *after, edit.snapshot);
        else
            m_edits.setValue(key, edit.column, base, saved.asStored(key, edit.column, *after),
                             stored.value_or(edit.snapshot));
        edit.seen = saved.count();
    }
}

/// Where another program's change was brought together with this one, that change stays: what is undone
/// or redone is brought together with what the field holds now. @returns false where none was
bool SetValuesCommand::applyMerged(const ValueEdit &edit, const orm::Key &key, Way way)
{
    const SavedRows &saved = m_edits.saved();
    const auto stored = saved.merged(key, edit.column);
    const auto &before = way == Way::Undo ? edit.to : edit.from;
    const auto &after = way == Way::Undo ? edit.from : edit.to;
    if (!stored || !before || !after || m_edits.isNew(key) || m_edits.isDeleted(key))
        return false;
    const orm::Record snapshot = saved.stored(key).value_or(edit.snapshot);
    const orm::StoredValue now = m_edits.value(key, edit.column).value_or(*stored);
    if (now == *before)
        return false;
    const auto both
        = mergeOf(m_edits.table().columns.at(edit.column), {edit.column, *before, *after, now});
    if (both && both->isClean)
        m_edits.setValue(key, edit.column, *stored, both->value, snapshot);
    else
        m_edits.setDisputed(key, edit.column, *before, *after, snapshot);
    return true;
}

bool SetValuesCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = dynamic_cast<const SetValuesCommand *>(other);
    if (next && next->m_joinsVisit) {
        m_values += next->m_values;
        m_visit = 0; // complete
        setText(next->text());
        return true;
    }
    if (!next || m_values.size() != 1 || next->m_values.size() != 1)
        return false;
    ValueEdit &mine = m_values.first();
    const ValueEdit &theirs = next->m_values.constFirst();
    if (mine.identity != theirs.identity || mine.column != theirs.column)
        return false;
    mine.to = theirs.to;
    mine.seen = theirs.seen;
    setObsolete(mine.from == mine.to);
    return true;
}

bool SetValuesCommand::isVisitTo(const orm::Key &identity, int column) const
{
    return m_visit > 0 && m_values.size() == 1 && m_values.constFirst().identity == identity
        && m_values.constFirst().column == column;
}

// ----------------------------------------------------------------------------- InsertRowsCommand

InsertRowsCommand::InsertRowsCommand(EditBuffer &edits, QList<NewRow> rows)
    : m_edits(edits)
    , m_rows(std::move(rows))
{}

void InsertRowsCommand::redo()
{
    const EditBuffer::Batch batch(m_edits);
    for (const NewRow &row : std::as_const(m_rows))
        m_edits.bringBack(row.identity, row.values);
}

void InsertRowsCommand::undo()
{
    const EditBuffer::Batch batch(m_edits);
    for (auto row = m_rows.crbegin(); row != m_rows.crend(); ++row)
        m_edits.takeAway(row->identity, {}, 0);
}

bool InsertRowsCommand::isOnly(const orm::Key &identity) const
{
    return m_rows.size() == 1 && m_rows.first().identity == identity;
}

// ----------------------------------------------------------------------------- RemoveRowsCommand

RemoveRowsCommand::RemoveRowsCommand(EditBuffer &edits, QList<Row> rows, QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_edits(edits)
    , m_rows(std::move(rows))
{}

void RemoveRowsCommand::redo()
{
    const EditBuffer::Batch batch(m_edits);
    for (Row &row : m_rows) {
        const orm::Key key = m_edits.saved().keyOf(row.identity);
        row.values
            = m_edits.isNew(key) ? valuesOf(m_edits.fields(key)) : QHash<int, orm::StoredValue>();
        m_edits.takeAway(row.identity, row.whole, row.seen);
    }
}

void RemoveRowsCommand::undo()
{
    const EditBuffer::Batch batch(m_edits);
    for (auto row = m_rows.crbegin(); row != m_rows.crend(); ++row)
        m_edits.bringBack(row->identity, row->values);
}

// ------------------------------------------------------------------------------- KeepRowsCommand

KeepRowsCommand::KeepRowsCommand(EditBuffer &edits, QList<RemoveRowsCommand::Row> rows,
                                 QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_remove(edits, std::move(rows))
{}

// ------------------------------------------------------------------------------ CompositeCommand

void CompositeCommand::redo()
{
    const EditBuffer::Batch batch(m_edits);
    QUndoCommand::redo();
}

void CompositeCommand::undo()
{
    const EditBuffer::Batch batch(m_edits);
    QUndoCommand::undo();
}

} // namespace ui
