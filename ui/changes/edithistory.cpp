// SPDX-License-Identifier: MIT
#include "ui/changes/edithistory.h"

#include "ui/changes/editcommands.h"
#include "ui/common/counting.h"

#include <algorithm>
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
    , m_runner(edits)
{
    connect(&m_edits, &EditBuffer::committed, this, &EditHistory::endFieldEdit);
    connect(&m_runner, &StepRunner::gaveUp, this, [this] { m_reserved = 0; });
}

void EditHistory::endFieldEdit()
{
    m_visitIndex = -1;
}

void EditHistory::dropFieldEdit()
{
    if (m_visitIndex < 0)
        return;
    m_runner.finish();
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
    // A step that runs will have its rows, too.
    const qint64 later = m_reserved > 0 ? m_reserved - m_edits.changeCount() : 0;
    if (m_edits.canTake(moreRows + later)) {
        if (m_reserved > 0)
            m_reserved += moreRows;
        return true;
    }
    emit refused(moreRows, EditBuffer::maxPendingRows);
    return false;
}

void EditHistory::push(QUndoCommand *command)
{
    endFieldEdit();
    m_stack.push(command);
}

/// A field may be typed in while a step of many rows runs: it is a step before that one, as long as the
/// two don't meet.
void EditHistory::finishBefore(const orm::Key &key)
{
    if (m_runner.touches(key))
        m_runner.finish();
}

/// A step in the making.
struct EditHistory::Making
{
    QString text;
    QList<orm::Key> keys; ///< of the rows that it is to be about
    QList<orm::Key> changed; ///< those that it is about
    qint64 more = 0; ///< rows that are not pending yet
    QList<ValueEdit> values;
    QList<RemoveRowsCommand::Row> added;
    QList<RemoveRowsCommand::Row> removed;
    std::unique_ptr<RowsCommand> command;
};

/// Prepares the rows of @p step, makes the @p command of them, runs it and puts it on the stack.
void EditHistory::make(const std::shared_ptr<Making> &making, StepRunner::Step step,
                       const std::function<std::unique_ptr<RowsCommand>()> &command,
                       const std::function<void()> &then)
{
    step.label = tr("Changing…");
    step.command = [this, making, command]() -> RowsCommand * {
        making->command = command();
        if (making->command)
            m_reserved = m_edits.changeCount() + making->more;
        return making->command.get();
    };
    step.touches = [this, making](const orm::Key &key) {
        const orm::Key identity = m_edits.identity(key);
        return std::any_of(making->keys.cbegin(), making->keys.cend(),
                           [&](const orm::Key &own) { return own == key || own == identity; });
    };
    step.done = [this, making, then] {
        m_reserved = 0;
        making->command->setText(making->text);
        push(making->command.release());
        if (then)
            then();
    };
    m_runner.start(std::move(step));
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
    finishBefore(key);
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
    m_runner.finish();
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

void EditHistory::editRows(const QList<RowEdit> &rows, const QString &text, const Changed &then,
                           const std::optional<std::pair<orm::Key, int>> &visited)
{
    const auto making = std::make_shared<Making>();
    making->text = text;
    making->keys.reserve(rows.size());
    making->values.reserve(rows.size());
    const auto changed = std::make_shared<qint64>(0);
    const auto prepare = [this, making, rows, changed](qsizetype i) {
        const RowEdit &row = rows.at(i);
        making->keys.append(row.key);
        const auto from = seen(row.key, row.column, row.shown);
        if (from == row.value || m_edits.isDeleted(row.key) || (!from && !m_edits.isNew(row.key)))
            return;
        if (making->changed.isEmpty() || row.key != making->changed.first()) {
            making->changed = {row.key};
            ++*changed;
            making->more += m_edits.contains(row.key) ? 0 : 1;
        }
        making->values.append({m_edits.identity(row.key), row.column, from, row.value, row.shown,
                               m_edits.saved().count()});
    };
    const auto end = [then](qint64 count) {
        if (then)
            then(count);
    };
    m_runner.finish();
    make(
        making,
        {.label = {},
         .rows = rows.size(),
         .prepare = prepare,
         .command = {},
         .done = {},
         .nothing = [end] { end(0); }},
        [this, making, visited]() -> std::unique_ptr<RowsCommand> {
            if (making->values.isEmpty() || !take(making->more))
                return nullptr;
            const auto *last = dynamic_cast<const SetValuesCommand *>(
                m_stack.index() > 0 ? m_stack.command(m_stack.index() - 1) : nullptr);
            const bool joins = visited && last
                && last->isVisitTo(m_edits.identity(visited->first), visited->second);
            auto command = std::make_unique<SetValuesCommand>(m_edits, std::move(making->values),
                                                              joins ? last->id() : 0);
            if (joins)
                command->joinVisit();
            return command;
        },
        [end, changed] { end(*changed); });
}

orm::Key EditHistory::insertRow(const QHash<int, orm::StoredValue> &values)
{
    const QString &row = m_edits.table().singular;
    const QList<orm::Key> keys
        = insertRows({values}, stepText(tr("New %1").arg(row), tr("new %1").arg(row)));
    return keys.isEmpty() ? orm::Key() : keys.first();
}

QList<orm::Key> EditHistory::insertRows(const QList<QHash<int, orm::StoredValue>> &rows,
                                        const QString &text,
                                        const std::function<void(const QList<orm::Key> &)> &then)
{
    m_runner.finish();
    if (rows.isEmpty() || !take(rows.size()))
        return {};
    const auto making = std::make_shared<Making>();
    making->text = text;
    making->more = rows.size();
    QList<InsertRowsCommand::NewRow> added;
    added.reserve(rows.size());
    making->keys.reserve(rows.size());
    for (const QHash<int, orm::StoredValue> &values : rows) {
        making->keys.append(m_edits.nextTemporaryKey());
        added.append({making->keys.last(), values});
    }
    QList<orm::Key> keys = making->keys;
    make(
        making, {}, [this, added] { return std::make_unique<InsertRowsCommand>(m_edits, added); },
        [then, keys] {
            if (then)
                then(keys);
        });
    return keys;
}

void EditHistory::removeRows(const QList<orm::Key> &keys, const QList<orm::Record> &whole,
                             const Changed &then)
{
    Q_ASSERT(keys.size() == whole.size());
    m_runner.finish();
    const auto making = std::make_shared<Making>();
    making->keys = keys;
    making->removed.reserve(keys.size());
    const auto prepare = [this, making, whole](qsizetype i) {
        const orm::Key &key = making->keys.at(i);
        const bool isNew = m_edits.isNew(key);
        if (m_edits.isDeleted(key) || (!isNew && whole.at(i).values.isEmpty()))
            return;
        making->more += m_edits.contains(key) ? 0 : 1;
        making->changed.append(key);
        making->removed.append({m_edits.identity(key),
                                isNew ? orm::Record() : whole.at(i),
                                {},
                                m_edits.saved().count()});
    };
    make(
        making, {.label = {}, .rows = keys.size(), .prepare = prepare, .command = {}, .done = {}},
        [this, making]() -> std::unique_ptr<RowsCommand> {
            if (making->removed.isEmpty() || !take(making->more))
                return nullptr;
            const QString name = nameOf(making->changed);
            making->text = stepText(tr("Delete %1").arg(name), tr("delete %1").arg(name));
            return std::make_unique<RemoveRowsCommand>(m_edits, std::move(making->removed));
        },
        [then, making] {
            if (then)
                then(making->changed.size());
        });
}

bool EditHistory::setRow(const orm::Key &key, const orm::Record &version, const orm::Record &shown)
{
    m_runner.finish();
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
    m_runner.finish();
    const QString text
        = stepText(tr("Bring back %1").arg(nameOf(key)), tr("bring back %1").arg(nameOf(key)));
    if (m_edits.contains(key) || m_edits.saved().stored(key)) { // another row has the key
        QHash<int, orm::StoredValue> values;
        for (int column = 0; column < row.row.values.size(); ++column) {
            const orm::Column &about = m_edits.table().columns.at(column);
            const bool isNumber = about.isPrimaryKey && m_edits.table().hasIntegerKey();
            if (!isNumber && !about.isReadOnly && !about.isVersion)
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

void EditHistory::revertRows(const QList<orm::Key> &keys, const Changed &then)
{
    m_runner.finish();
    const auto making = std::make_shared<Making>();
    making->keys = keys;
    const auto prepare = [this, making](qsizetype i) {
        const orm::Key &key = making->keys.at(i);
        if (!m_edits.contains(key))
            return;
        making->changed.append(key);
        const int seen = m_edits.saved().count();
        const orm::Key identity = m_edits.identity(key);
        if (m_edits.isNew(key)) {
            making->added.append({identity, {}, {}, seen});
            return;
        }
        const orm::Record snapshot = m_edits.snapshot(key);
        if (m_edits.isDeleted(key))
            making->removed.append({identity, snapshot, {}, seen});
        for (const orm::FieldChange &field : m_edits.fields(key))
            making->values.append(
                {identity, field.column, field.value, field.base, snapshot, seen});
    };
    make(
        making, {.label = {}, .rows = keys.size(), .prepare = prepare, .command = {}, .done = {}},
        [this, making]() -> std::unique_ptr<RowsCommand> {
            if (making->changed.isEmpty())
                return nullptr;
            auto command = std::make_unique<CompositeCommand>(m_edits);
            // New rows go first: one may have got a deleted one's key.
            if (!making->added.isEmpty())
                command->add(
                    std::make_unique<RemoveRowsCommand>(m_edits, std::move(making->added)));
            if (!making->removed.isEmpty())
                command->add(
                    std::make_unique<KeepRowsCommand>(m_edits, std::move(making->removed)));
            if (!making->values.isEmpty())
                command->add(
                    std::make_unique<SetValuesCommand>(m_edits, std::move(making->values)));
            const QString name = nameOf(making->changed);
            making->text = stepText(tr("Revert %1").arg(name), tr("revert %1").arg(name));
            return command;
        },
        [then, making] {
            if (then)
                then(making->changed.size());
        });
}

void EditHistory::forgetEmptyRow(const orm::Key &key)
{
    if (!m_edits.isNew(key) || !m_edits.resolve(key).isTemporary())
        return;
    for (const orm::FieldChange &field : m_edits.fields(key)) {
        if (!field.value.isNull())
            return;
    }
    finishBefore(key);
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

/// The step at @p index of the stack, if it is one of many rows.
RowsCommand *EditHistory::manyAt(int index) const
{
    // The stack hands out its commands as const, but they are ours.
    auto *command
        = const_cast<RowsCommand *>(dynamic_cast<const RowsCommand *>(m_stack.command(index)));
    return command && command->count() > StepRunner::manyRows ? command : nullptr;
}

void EditHistory::undo()
{
    m_runner.finish();
    dropForgotten();
    const auto undoOne = [this] {
        m_stack.undo();
        dropForgotten();
    };
    RowsCommand *many = manyAt(m_stack.index() - 1);
    if (!many) {
        undoOne();
        return;
    }
    m_runner.start({.label = tr("Undoing…"),
                    .command = [many] { return many; },
                    .direction = StepRunner::Direction::Backward,
                    .done = undoOne});
}

void EditHistory::redo()
{
    m_runner.finish();
    RowsCommand *many = manyAt(m_stack.index());
    if (!many) {
        m_stack.redo();
        return;
    }
    m_runner.start({.label = tr("Redoing…"),
                    .command = [many] { return many; },
                    .done = [this] { m_stack.redo(); }});
}

} // namespace ui
