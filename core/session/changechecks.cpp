// SPDX-License-Identifier: MIT
#include "core/session/changechecks.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

RowProblem problemOf(const Key &key, RowProblem::Kind kind)
{
    RowProblem problem;
    problem.key = key;
    problem.kind = kind;
    return problem;
}

std::optional<RowProblem> checkUpdate(const Table &table, ChangeWork &work)
{
    const RowChange &change = *work.change;
    if (!work.stored)
        return problemOf(change.key, RowProblem::Kind::DeletedOutside);
    RowProblem problem = problemOf(change.key, RowProblem::Kind::ChangedOutside);
    for (const FieldChange &field : change.fields) {
        const StoredValue &stored = work.stored->values.at(field.column);
        if (stored == field.value)
            continue; // as wanted already, whoever did it
        if (stored == field.base)
            work.writes.append(field);
        else
            problem.conflicts.append({field.column, field.base, field.value, stored});
    }
    if (!problem.conflicts.isEmpty()) {
        problem.theirs = *work.stored;
        return problem;
    }
    work.isDone = work.writes.isEmpty();
    if (change.base.values.size() != table.columns.size())
        return {}; // it cannot be known
    for (int i = 0; i < table.columns.size() && !work.isMerged; ++i) {
        work.isMerged = !fieldOf(change.fields, i) && !change.base.isTruncated(i)
            && change.base.values.at(i) != work.stored->values.at(i);
    }
    return {};
}

std::optional<RowProblem> checkDelete(const Table &table, ChangeWork &work)
{
    work.isDone = !work.stored;
    work.row = work.change->base;
    if (!work.stored)
        return {};
    RowProblem problem = problemOf(work.change->key, RowProblem::Kind::ChangedOutside);
    for (int i = 0; i < table.columns.size(); ++i) {
        const StoredValue &base = work.change->base.values.at(i);
        const StoredValue &stored = work.stored->values.at(i);
        if (base != stored)
            problem.conflicts.append({i, base, {}, stored});
    }
    if (problem.conflicts.isEmpty())
        return {};
    problem.theirs = *work.stored;
    return problem;
}

std::optional<RowProblem> checkInsert(ChangeWork &work, bool isKeyFreed)
{
    const RowChange &change = *work.change;
    if (!work.stored || isKeyFreed)
        return {};
    work.isDone = std::all_of(change.fields.begin(), change.fields.end(),
                              [&work](const FieldChange &field) {
                                  return work.stored->values.at(field.column) == field.value;
                              });
    if (work.isDone)
        return {};
    RowProblem problem = problemOf(change.key, RowProblem::Kind::KeyTaken);
    problem.theirs = *work.stored;
    return problem;
}

} // namespace

const FieldChange *fieldOf(const QList<FieldChange> &fields, int column)
{
    const auto found
        = std::find_if(fields.begin(), fields.end(),
                       [column](const FieldChange &field) { return field.column == column; });
    return found == fields.end() ? nullptr : &*found;
}

Key wantedKey(const Table &table, const RowChange &change)
{
    const QList<int> columns = table.primaryKey();
    QList<StoredValue> values = change.key.toValues();
    if (values.size() != columns.size())
        return change.key;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const FieldChange *field = fieldOf(change.fields, columns.at(i));
        if (field && !(field->value.isNull() && change.kind == RowChange::Kind::Insert))
            values[i] = field->value;
    }
    return Key::values(std::move(values));
}

void checkForm(const ChangeSet &changes)
{
    QSet<Key> changed;
    QSet<Key> inserted;
    for (const RowChange &change : changes.rows) {
        const bool isInsert = change.kind == RowChange::Kind::Insert;
        if (change.key.isNull() || (change.key.isTemporary() && !isInsert))
            throw InvalidRequestError(u"A change of a row that is not stored"_s);
        QSet<Key> &keys = isInsert ? inserted : changed;
        if (keys.contains(change.key))
            throw InvalidRequestError(u"Two changes of one row: %1"_s.arg(change.key.toString()));
        keys.insert(change.key);
        for (const FieldChange &field : change.fields) {
            if (field.column < 0 || field.column >= changes.table.columns.size())
                throw InvalidRequestError(u"A change of a column that does not exist"_s);
        }
        // Else a delete could take away what nobody has seen
        if (change.kind == RowChange::Kind::Delete
            && (!change.base.isWhole()
                || change.base.values.size() != changes.table.columns.size()))
            throw InvalidRequestError(u"A delete needs the whole row as it was seen"_s);
    }
}

std::optional<RowProblem> validateRow(const Table &table, const RowChange &change)
{
    if (change.kind == RowChange::Kind::Delete)
        return {};
    const bool isInsert = change.kind == RowChange::Kind::Insert;
    if (isInsert && !change.key.isTemporary())
        return {}; // a row brought back was stored before: it is not asked
    RowProblem problem = problemOf(change.key, RowProblem::Kind::Invalid);
    const auto blame = [&problem](int column, const ValueProblem &invalid) {
        problem.columns.append(column);
        if (!problem.invalid)
            problem.invalid = invalid;
    };
    for (int i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns.at(i);
        const FieldChange *field = fieldOf(change.fields, i);
        const bool isNumbered = isInsert && column.isPrimaryKey && table.hasIntegerKey();
        if (field && column.isReadOnly)
            blame(i, {ValueProblem::Kind::WrongType});
        else if (isNumbered && (!field || field->value.isNull()))
            continue; // the database gives the number
        else if (field) {
            if (const auto invalid = validate(column, field->value))
                blame(i, *invalid);
        } else if (isInsert && !column.isNullable && !column.isReadOnly && !column.clientDefault
                   && !column.serverDefault) {
            blame(i, {ValueProblem::Kind::Null});
        }
    }
    if (problem.columns.isEmpty())
        return {};
    return problem;
}

std::optional<RowProblem> checkRow(const Table &table, ChangeWork &work, bool isKeyFreed)
{
    switch (work.change->kind) {
    case RowChange::Kind::Insert:
        return checkInsert(work, isKeyFreed);
    case RowChange::Kind::Update:
        return checkUpdate(table, work);
    case RowChange::Kind::Delete:
        break;
    }
    return checkDelete(table, work);
}

} // namespace orm
