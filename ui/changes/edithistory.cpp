// SPDX-License-Identifier: MIT
#include "ui/changes/edithistory.h"

#include "ui/changes/editcommands.h"
#include "ui/common/counting.h"

#include <memory>

namespace ui {

namespace {

/// A step's name for a list of steps and, in lower case, for "Undo …".
QString stepText(const QString &text, const QString &afterUndo)
{
    return text + u'\n' + afterUndo;
}

} // namespace

EditHistory::EditHistory(EditBuffer &edits, QObject *parent)
    : QObject(parent)
    , m_edits(edits)
{
    connect(&m_edits, &EditBuffer::committed, this, &EditHistory::endFieldEdit);
}

void EditHistory::endFieldEdit()
{
    m_visitIndex = -1;
}

void EditHistory::dropFieldEdit()
{
    const int index = m_stack.index();
    if (index > 0 && m_visitIndex == index && m_stack.command(index - 1)->id() == m_visit) {
        // As in forgetEmptyRow(): the stack drops an obsolete command without running it.
        auto *command = const_cast<QUndoCommand *>(m_stack.command(index - 1));
        command->undo();
        command->setObsolete(true);
        m_stack.undo();
    }
    endFieldEdit();
}

bool EditHistory::take(qint64 moreRows)
{
    if (m_edits.canTake(moreRows))
        return true;
    emit refused(moreRows, EditBuffer::maxPendingRows);
    return false;
}

void EditHistory::push(QUndoCommand *command)
{
    endFieldEdit();
    m_stack.push(command);
}

QString EditHistory::nameOf(const orm::Key &key) const
{
    const orm::Key stored = m_edits.resolve(key);
    if (stored.isTemporary())
        return tr("new %1").arg(m_edits.table().singular);
    return tr("#%1").arg(stored.toString());
}

QString EditHistory::nameOf(const QList<orm::Key> &keys) const
{
    return keys.size() == 1 ? nameOf(keys.first()) : counted(keys.size(), m_edits.table());
}

/// What the user sees in the field; nothing where that is not known, or untouched in a new row.
std::optional<orm::StoredValue> EditHistory::seen(const orm::Key &key, int column,
                                                  const orm::Record &shown) const
{
    if (auto pending = m_edits.value(key, column))
        return pending;
    if (m_edits.isNew(key) || column >= shown.values.size() || shown.isTruncated(column))
        return {};
    return shown.values.at(column);
}

void EditHistory::setValue(const orm::Key &key, int column, const orm::StoredValue &value,
                           const orm::Record &shown)
{
    edit(key, column, value, shown);
}

void EditHistory::clearValue(const orm::Key &key, int column, const orm::Record &shown)
{
    const bool hasDefaults = m_edits.isNew(key) && m_edits.resolve(key).isTemporary();
    edit(key, column, hasDefaults ? std::nullopt : std::optional(orm::StoredValue()), shown);
}

/// @param to nothing: as if never touched, in a new row
void EditHistory::edit(const orm::Key &key, int column, const std::optional<orm::StoredValue> &to,
                       const orm::Record &shown)
{
    const auto from = seen(key, column, shown);
    if (from == to || m_edits.isDeleted(key) || (!from && !m_edits.isNew(key)))
        return;
    if (!m_edits.contains(key) && !take(1))
        return;
    if (m_visitIndex != m_stack.index())
        ++m_visit;
    auto *command = new SetValuesCommand(
        m_edits, {{m_edits.identity(key), column, from, to, shown, m_edits.saved().count()}},
        m_visit);
    const QString field = m_edits.table().columns.at(column).text();
    const QString row = nameOf(key);
    command->setText(stepText(tr("Edit %1 of %2").arg(field, row),
                              //: After "Undo" and "Redo"
                              tr("edit %1 of %2").arg(field, row)));
    m_stack.push(command);
    m_visitIndex = m_stack.index();
}

void EditHistory::setValues(const QList<orm::Key> &keys, int column,
                            const QList<orm::StoredValue> &values, const QList<orm::Record> &shown)
{
    Q_ASSERT(keys.size() == values.size() && keys.size() == shown.size());
    QList<ValueEdit> edits;
    QList<orm::Key> changed;
    qint64 more = 0;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const orm::Key &key = keys.at(i);
        const auto from = seen(key, column, shown.at(i));
        if (from == values.at(i) || m_edits.isDeleted(key) || (!from && !m_edits.isNew(key)))
            continue;
        more += m_edits.contains(key) ? 0 : 1;
        changed.append(key);
        edits.append({m_edits.identity(key), column, from, values.at(i), shown.at(i),
                      m_edits.saved().count()});
    }
    if (edits.isEmpty() || !take(more))
        return;
    auto *command = new SetValuesCommand(m_edits, std::move(edits));
    const QString field = m_edits.table().columns.at(column).text();
    const QString rows = nameOf(changed);
    command->setText(
        stepText(tr("Edit %1 of %2").arg(field, rows), tr("edit %1 of %2").arg(field, rows)));
    push(command);
}

qint64 EditHistory::editRows(const QList<RowEdit> &rows, const QString &text,
                             const std::optional<std::pair<orm::Key, int>> &visited)
{
    QList<ValueEdit> edits;
    edits.reserve(rows.size());
    qint64 changed = 0;
    qint64 more = 0;
    orm::Key lastKey;
    for (const RowEdit &row : rows) {
        const auto from = seen(row.key, row.column, row.shown);
        if (from == row.value || m_edits.isDeleted(row.key) || (!from && !m_edits.isNew(row.key)))
            continue;
        if (row.key != lastKey) {
            lastKey = row.key;
            ++changed;
            more += m_edits.contains(row.key) ? 0 : 1;
        }
        edits.append({m_edits.identity(row.key), row.column, from, row.value, row.shown,
                      m_edits.saved().count()});
    }
    if (edits.isEmpty() || !take(more))
        return 0;
    const auto *last = dynamic_cast<const SetValuesCommand *>(
        m_stack.index() > 0 ? m_stack.command(m_stack.index() - 1) : nullptr);
    const bool joins
        = visited && last && last->isVisitTo(m_edits.identity(visited->first), visited->second);
    auto *command = new SetValuesCommand(m_edits, std::move(edits), joins ? last->id() : 0);
    if (joins)
        command->joinVisit();
    command->setText(text);
    push(command);
    return changed;
}

orm::Key EditHistory::insertRow(const QHash<int, orm::StoredValue> &values)
{
    const QString &row = m_edits.table().singular;
    const QList<orm::Key> keys
        = insertRows({values}, stepText(tr("New %1").arg(row), tr("new %1").arg(row)));
    return keys.isEmpty() ? orm::Key() : keys.first();
}

QList<orm::Key> EditHistory::insertRows(const QList<QHash<int, orm::StoredValue>> &rows,
                                        const QString &text)
{
    if (rows.isEmpty() || !take(rows.size()))
        return {};
    QList<InsertRowsCommand::NewRow> added;
    QList<orm::Key> keys;
    for (const QHash<int, orm::StoredValue> &values : rows) {
        keys.append(m_edits.nextTemporaryKey());
        added.append({keys.last(), values});
    }
    auto *command = new InsertRowsCommand(m_edits, std::move(added));
    command->setText(text);
    push(command);
    return keys;
}

void EditHistory::removeRows(const QList<orm::Key> &keys, const QList<orm::Record> &whole)
{
    Q_ASSERT(keys.size() == whole.size());
    QList<RemoveRowsCommand::Row> rows;
    QList<orm::Key> removed;
    qint64 more = 0;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const orm::Key &key = keys.at(i);
        const bool isNew = m_edits.isNew(key);
        if (m_edits.isDeleted(key) || (!isNew && whole.at(i).values.isEmpty()))
            continue;
        more += m_edits.contains(key) ? 0 : 1;
        removed.append(key);
        rows.append({m_edits.identity(key),
                     isNew ? orm::Record() : whole.at(i),
                     {},
                     m_edits.saved().count()});
    }
    if (rows.isEmpty() || !take(more))
        return;
    auto *command = new RemoveRowsCommand(m_edits, std::move(rows));
    const QString name = nameOf(removed);
    command->setText(stepText(tr("Delete %1").arg(name), tr("delete %1").arg(name)));
    push(command);
}

bool EditHistory::setRow(const orm::Key &key, const orm::Record &version, const orm::Record &shown)
{
    if (m_edits.isDeleted(key) || (!m_edits.contains(key) && !take(1)))
        return false;
    QList<ValueEdit> edits;
    for (int column = 0; column < version.values.size(); ++column) {
        const orm::Column &about = m_edits.table().columns.at(column);
        const auto from = seen(key, column, shown);
        const orm::StoredValue &to = version.values.at(column);
        if (about.isPrimaryKey || about.isReadOnly || about.isVersion || version.isTruncated(column)
            || from == to || (!from && !m_edits.isNew(key)))
            continue;
        edits.append({m_edits.identity(key), column, from, to, shown, m_edits.saved().count()});
    }
    if (edits.isEmpty())
        return false;
    auto *command = new SetValuesCommand(m_edits, std::move(edits));
    const QString row = nameOf(key);
    command->setText(stepText(tr("Earlier version of %1").arg(row),
                              //: After "Undo" and "Redo"
                              tr("earlier version of %1").arg(row)));
    push(command);
    return true;
}

orm::Key EditHistory::restoreRow(const orm::Key &key, const SavedRows::Deleted &row)
{
    const QString text
        = stepText(tr("Bring back %1").arg(nameOf(key)), tr("bring back %1").arg(nameOf(key)));
    if (m_edits.contains(key) || m_edits.saved().stored(key)) { // another row has the key
        QHash<int, orm::StoredValue> values;
        for (int column = 0; column < row.row.values.size(); ++column) {
            const orm::Column &about = m_edits.table().columns.at(column);
            if (!about.isPrimaryKey && !about.isReadOnly && !about.isVersion)
                values.insert(column, row.row.values.at(column));
        }
        const QList<orm::Key> keys = insertRows({values}, text);
        return keys.isEmpty() ? orm::Key() : keys.first();
    }
    if (!take(1))
        return {};
    const orm::Key identity = m_edits.identity(key);
    m_edits.remember(identity, row);
    auto *command = new InsertRowsCommand(m_edits, {{identity, {}}});
    command->setText(text);
    push(command);
    return key;
}

void EditHistory::revertRows(const QList<orm::Key> &keys)
{
    QList<RemoveRowsCommand::Row> added;
    QList<RemoveRowsCommand::Row> removed;
    QList<ValueEdit> values;
    QList<orm::Key> reverted;
    const int seen = m_edits.saved().count();
    for (const orm::Key &key : keys) {
        if (!m_edits.contains(key))
            continue;
        reverted.append(key);
        const orm::Key identity = m_edits.identity(key);
        if (m_edits.isNew(key)) {
            added.append({identity, {}, {}, seen});
            continue;
        }
        const orm::Record snapshot = m_edits.snapshot(key);
        if (m_edits.isDeleted(key))
            removed.append({identity, snapshot, {}, seen});
        for (const orm::FieldChange &field : m_edits.fields(key))
            values.append({identity, field.column, field.value, field.base, snapshot, seen});
    }
    if (reverted.isEmpty())
        return;
    auto command = std::make_unique<CompositeCommand>(m_edits);
    // The children belong to their parent. New rows go first: one may have got a deleted one's key.
    if (!added.isEmpty())
        new RemoveRowsCommand(m_edits, std::move(added), command.get());
    if (!removed.isEmpty())
        new KeepRowsCommand(m_edits, std::move(removed), command.get());
    if (!values.isEmpty())
        new SetValuesCommand(m_edits, std::move(values), 0, command.get());
    const QString name = nameOf(reverted);
    command->setText(stepText(tr("Revert %1").arg(name), tr("revert %1").arg(name)));
    push(command.release());
}

void EditHistory::forgetEmptyRow(const orm::Key &key)
{
    if (!m_edits.isNew(key) || !m_edits.resolve(key).isTemporary())
        return;
    for (const orm::FieldChange &field : m_edits.fields(key)) {
        if (!field.value.isNull())
            return;
    }
    for (int i = m_stack.index() - 1; i >= 0; --i) {
        const auto *command = dynamic_cast<const InsertRowsCommand *>(m_stack.command(i));
        if (!command || !command->isOnly(key))
            continue;
        m_edits.removeInserted(key);
        // An obsolete command is dropped by the next undo without being run. The stack hands out
        // its commands as const, but they are ours.
        const_cast<InsertRowsCommand *>(command)->setObsolete(true);
        dropForgotten();
        endFieldEdit();
        return;
    }
}

/// Steps whose rows were forgotten are not to be met: undoing one would do nothing that shows.
void EditHistory::dropForgotten()
{
    while (m_stack.index() > 0 && m_stack.command(m_stack.index() - 1)->isObsolete())
        m_stack.undo(); // drops it without running it
}

void EditHistory::undo()
{
    dropForgotten();
    m_stack.undo();
    dropForgotten();
}

void EditHistory::redo()
{
    m_stack.redo();
}

} // namespace ui
