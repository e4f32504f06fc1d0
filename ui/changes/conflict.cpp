// SPDX-License-Identifier: MIT
#include "ui/changes/conflict.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/rowidentity.h"
#include "ui/common/textmerge.h"

#include <QCoreApplication>
#include <QUndoStack>

#include <algorithm>

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::Conflict)
};

using Kind = RowConflict::Kind;

bool isText(const orm::StoredValue &value)
{
    return value.storageClass() == orm::StorageClass::Text && value.isValidText();
}

/// A column that a new row may be given: a key only where the database doesn't count it up.
bool isGiven(const orm::Table &table, int index)
{
    const orm::Column &column = table.columns.at(index);
    return !(column.isPrimaryKey && table.hasIntegerKey()) && !column.isReadOnly
        && !column.isVersion;
}

/// Several steps that are one for the user.
class Step
{
public:
    Step(EditHistory &history, const QString &text)
        : m_history(history)
        , m_batch(history.edits())
    {
        m_history.endFieldEdit();
        m_history.undoStack().beginMacro(text);
    }
    ~Step()
    {
        m_history.endFieldEdit();
        m_history.undoStack().endMacro();
    }
    Q_DISABLE_COPY_MOVE(Step)

private:
    EditHistory &m_history;
    EditBuffer::Batch m_batch;
};

/// The value typed anew, over what is stored now: a base moves in no other way.
void rebase(EditHistory &history, const RowConflict &conflict, int column,
            const orm::StoredValue &value)
{
    const auto base = history.edits().base(conflict.key, column);
    if (!base)
        return;
    history.setValue(conflict.key, column, *base, conflict.theirs);
    history.endFieldEdit();
    history.setValue(conflict.key, column, value, conflict.theirs);
    history.endFieldEdit();
}

} // namespace

std::optional<RowConflict> conflictOf(const EditBuffer &edits, const orm::Key &key)
{
    const auto problem = edits.problem(key);
    if (!problem)
        return {};
    RowConflict conflict;
    conflict.key = problem->key;
    // What was typed or taken back since the save was sent counts.
    for (orm::FieldConflict field : problem->conflicts) {
        const auto mine = edits.value(key, field.column);
        if (!edits.isDeleted(key) && (!mine || *mine == field.theirs))
            continue;
        field.mine = mine.value_or(orm::StoredValue());
        conflict.fields.append(field);
    }
    conflict.theirs = problem->theirs;
    const orm::Record seen = edits.snapshot(key);
    const int created = edits.table().indexOf(orm::Role::Created);
    // Without a time of creation rows can't be told apart for sure: then it is the same one.
    const bool isDated = created >= 0 && !seen.values.value(created).isNull()
        && !problem->theirs.values.value(created).isNull();
    switch (problem->kind) {
    case orm::RowProblem::Kind::ChangedOutside:
        if (isDated && !isSameRow(edits.table(), seen, problem->theirs))
            conflict.kind = Kind::Replaced;
        else
            conflict.kind = edits.isDeleted(key) ? Kind::Deletion : Kind::Fields;
        break;
    case orm::RowProblem::Kind::DeletedOutside:
        conflict.kind = Kind::Gone;
        break;
    case orm::RowProblem::Kind::KeyTaken:
        conflict.kind = Kind::Replaced;
        if (const QList<orm::RowChange> rows = edits.changeSet({key}).rows; !rows.isEmpty())
            conflict.dependents = rows.first().dependents.size();
        break;
    case orm::RowProblem::Kind::Constraint:
    case orm::RowProblem::Kind::Invalid:
        return {};
    }
    if (conflict.kind == Kind::Fields && conflict.fields.isEmpty())
        return {};
    if (conflict.kind != Kind::Gone && conflict.kind != Kind::Replaced)
        return conflict;
    for (int column = 0; column < edits.table().columns.size(); ++column) {
        if (isGiven(edits.table(), column) && seen.isTruncated(column) && !edits.value(key, column))
            conflict.cut.append(column);
    }
    return conflict;
}

std::optional<FieldMerge> mergeOf(const orm::Column &column, const orm::FieldConflict &conflict)
{
    if (!column.type.isText() || !isText(conflict.base) || !isText(conflict.mine)
        || !isText(conflict.theirs))
        return {};
    const TextMerge merged = mergeTexts(conflict.base.toString(), conflict.mine.toString(),
                                        conflict.theirs.toString());
    return FieldMerge{orm::StoredValue::text(merged.text), merged.isClean()};
}

bool mergeSilently(EditHistory &history, const RowConflict &conflict)
{
    if (conflict.kind != Kind::Fields)
        return false;
    QHash<int, orm::StoredValue> merged;
    for (const orm::FieldConflict &field : conflict.fields) {
        const orm::Column &column = history.edits().table().columns.at(field.column);
        const auto both = mergeOf(column, field);
        if (!both || !both->isClean || orm::validate(column, both->value))
            return false;
        merged.insert(field.column, both->value);
    }
    history.endFieldEdit();
    for (auto value = merged.cbegin(); value != merged.cend(); ++value)
        history.edits().merge(conflict.key, value.key(), value.value(), conflict.theirs);
    return true;
}

void decideFields(EditHistory &history, const RowConflict &conflict,
                  const QHash<int, orm::StoredValue> &decided)
{
    const Step step(history, Text::tr("decide a conflict"));
    for (auto value = decided.cbegin(); value != decided.cend(); ++value)
        rebase(history, conflict, value.key(), value.value());
}

void deleteAllTheSame(EditHistory &history, const RowConflict &conflict)
{
    const Step step(history, Text::tr("decide a conflict"));
    history.revertRows({conflict.key});
    history.removeRows({conflict.key}, {conflict.theirs});
}

orm::Key keepAsNew(EditHistory &history, const RowConflict &conflict)
{
    const EditBuffer &edits = history.edits();
    const orm::Table &table = edits.table();
    const orm::Record before = edits.snapshot(conflict.key);
    QHash<int, orm::StoredValue> values;
    for (int column = 0; column < table.columns.size(); ++column) {
        if (!isGiven(table, column))
            continue;
        if (const auto mine = edits.value(conflict.key, column))
            values.insert(column, *mine);
        else if (column < before.values.size() && !before.values.at(column).isNull())
            values.insert(column, before.values.at(column));
    }
    const Step step(
        history,
        QCoreApplication::translate("ui::Conflict", "keep as a new %1").arg(table.singular));
    history.revertRows({conflict.key});
    return history.insertRow(values);
}

} // namespace ui
