// SPDX-License-Identifier: MIT
#include "ui/changes/editcommands.h"

#include "ui/changes/conflict.h"
#include "ui/common/letgo.h"

#include <algorithm>
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

// ----------------------------------------------------------------------------------- RowsCommand

void RowsCommand::redo()
{
    if (!std::exchange(m_isRun, false)) {
        const EditBuffer::Batch batch(m_edits);
        forward(0, count());
    }
    setDone();
}

void RowsCommand::undo()
{
    if (!std::exchange(m_isRun, false)) {
        const EditBuffer::Batch batch(m_edits);
        backward(0, count());
    }
}

// ------------------------------------------------------------------------------ SetValuesCommand

SetValuesCommand::SetValuesCommand(EditBuffer &edits, QList<ValueEdit> values, int visit)
    : RowsCommand(edits)
    , m_values(std::move(values))
    , m_visit(visit)
{}

SetValuesCommand::~SetValuesCommand()
{
    letGoOfMany(m_values);
}

void SetValuesCommand::forward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first; i < first + count; ++i)
        apply(m_values[i], wasDone() ? Way::Redo : Way::Do);
}

void SetValuesCommand::backward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first; i < first + count; ++i)
        apply(m_values[i], Way::Undo);
}

void SetValuesCommand::apply(ValueEdit &edit, Way way)
{
    const SavedRows &saved = m_edits.saved();
    const orm::Key key = saved.keyOf(edit.identity);
    if (way != Way::Do && applyMerged(edit, key, way)) {
        edit.seen = saved.count();
        return;
    }
    const auto &before = way == Way::Undo ? edit.to : edit.from;
    const auto &after = way == Way::Undo ? edit.from : edit.to;
    // Where no edit is left, a save has taken it, and what it stored is the base now.
    orm::StoredValue base = saved.asStored(key, edit.column, before.value_or(orm::StoredValue()));
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
    : RowsCommand(edits)
    , m_rows(std::move(rows))
{}

InsertRowsCommand::~InsertRowsCommand()
{
    letGoOfMany(m_rows);
}

void InsertRowsCommand::forward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first; i < first + count; ++i)
        m_edits.bringBack(m_rows.at(i).identity, m_rows.at(i).values);
}

void InsertRowsCommand::backward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first + count - 1; i >= first; --i)
        m_edits.takeAway(m_rows.at(i).identity, {}, 0);
}

bool InsertRowsCommand::isOnly(const orm::Key &identity) const
{
    return m_rows.size() == 1 && m_rows.first().identity == identity;
}

// ----------------------------------------------------------------------------- RemoveRowsCommand

RemoveRowsCommand::RemoveRowsCommand(EditBuffer &edits, QList<Row> rows)
    : RowsCommand(edits)
    , m_rows(std::move(rows))
{}

RemoveRowsCommand::~RemoveRowsCommand()
{
    letGoOfMany(m_rows);
}

void RemoveRowsCommand::forward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first; i < first + count; ++i) {
        Row &row = m_rows[i];
        const orm::Key key = m_edits.saved().keyOf(row.identity);
        row.values
            = m_edits.isNew(key) ? valuesOf(m_edits.fields(key)) : QHash<int, orm::StoredValue>();
        m_edits.takeAway(row.identity, row.whole, row.seen);
    }
}

void RemoveRowsCommand::backward(qsizetype first, qsizetype count)
{
    for (qsizetype i = first + count - 1; i >= first; --i)
        m_edits.bringBack(m_rows.at(i).identity, m_rows.at(i).values);
}

// ------------------------------------------------------------------------------- KeepRowsCommand

KeepRowsCommand::KeepRowsCommand(EditBuffer &edits, QList<RemoveRowsCommand::Row> rows)
    : RowsCommand(edits)
    , m_remove(edits, std::move(rows))
{}

// What is undone of the one comes from its end.
void KeepRowsCommand::forward(qsizetype first, qsizetype count)
{
    m_remove.backward(m_remove.count() - first - count, count);
}

void KeepRowsCommand::backward(qsizetype first, qsizetype count)
{
    m_remove.forward(m_remove.count() - first - count, count);
}

// ------------------------------------------------------------------------------ CompositeCommand

void CompositeCommand::add(std::unique_ptr<RowsCommand> part)
{
    m_parts.push_back(std::move(part));
}

void CompositeCommand::setDone()
{
    RowsCommand::setDone();
    for (const auto &part : m_parts)
        part->setDone();
}

qsizetype CompositeCommand::count() const
{
    qsizetype count = 0;
    for (const auto &part : m_parts)
        count += part->count();
    return count;
}

void CompositeCommand::forward(qsizetype first, qsizetype count)
{
    qsizetype begin = 0;
    for (const auto &part : m_parts) {
        const qsizetype from = std::max(first, begin);
        const qsizetype to = std::min(first + count, begin + part->count());
        if (from < to)
            part->forward(from - begin, to - from);
        begin += part->count();
    }
}

void CompositeCommand::backward(qsizetype first, qsizetype count)
{
    qsizetype end = this->count();
    for (auto part = m_parts.rbegin(); part != m_parts.rend(); ++part) {
        const qsizetype begin = end - (*part)->count();
        const qsizetype from = std::max(first, begin);
        const qsizetype to = std::min(first + count, end);
        if (from < to)
            (*part)->backward(from - begin, to - from);
        end = begin;
    }
}

} // namespace ui
