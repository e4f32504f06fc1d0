// SPDX-License-Identifier: MIT
#include "core/session/applychanges.h"

#include "core/dialect/dialect.h"
#include "core/engine/statementlease.h"
#include "core/engine/transaction.h"
#include "core/session/changechecks.h"
#include "core/session/changestatements.h"
#include "core/session/constraintblame.h"
#include "core/session/dependents.h"
#include "core/session/rowreader.h"
#include "core/session/sortkey.h"

#include <QRandomGenerator>
#include <QSet>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// One statement to be sent.
struct Operation
{
    enum class Kind { Insert, Restore, Update, Delete };

    Kind kind = Kind::Update;
    size_t work = 0;
    qsizetype dependent = 0; ///< of Restore
    bool isUnlinked = false; ///< its unique values were set to NULL to break a cycle
};

struct Failure
{
    Operation operation;
    IntegrityError error{IntegrityError::Constraint::Other, {}};
};

QByteArray sortBytes(const Key &key)
{
    QByteArray bytes;
    const QList<StoredValue> values = key.toValues();
    for (const StoredValue &value : values) {
        const QByteArray valueBytes = value.bytes();
        appendSortKey(bytes, ValueView::of(value, valueBytes), {}, 0);
    }
    return bytes;
}

void bindAll(PreparedStatement &statement, const CompiledStatement &compiled)
{
    for (int i = 0; i < compiled.values.size(); ++i)
        statement.bind(i, compiled.values.at(i));
}

/// Values that are most unlikely to be in use, of the kind of @p wanted; one may please a check that
/// another one doesn't.
QList<StoredValue> unusedValues(const StoredValue &wanted)
{
    constexpr int attempts = 4;
    constexpr qint64 far = qint64(1) << 52;
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    QList<StoredValue> values;
    for (int i = 0; i < attempts; ++i) {
        const qint64 number = far + qint64(random.generate());
        const QByteArray text = QUuid::createUuid().toByteArray(QUuid::Id128);
        switch (wanted.storageClass()) {
        case StorageClass::Integer:
            values.append(StoredValue::integer(i % 2 == 0 ? number : -number));
            break;
        case StorageClass::Real:
            values.append(StoredValue::real(double(i % 2 == 0 ? number : -number) + 0.5));
            break;
        case StorageClass::Blob:
            values.append(StoredValue::blob(text));
            break;
        case StorageClass::Text:
        case StorageClass::Null:
            // Short and long, so that a length that is checked is met by one of them
            values.append(StoredValue::utf8(text.first(i % 2 == 0 ? text.size() : 6)));
            break;
        }
    }
    return values;
}

class ChangeWriter
{
public:
    ChangeWriter(Connection &connection, const ChangeSet &changes);

    CommitResult write(const BeforeCommit &beforeCommit);

private:
    void readRows();
    void findDependents();
    std::vector<Operation> plan() const;
    void flush(std::vector<Operation> operations);
    bool breakCycle(std::vector<Failure> &failures);
    bool unlink(ChangeWork &work, const QStringList &names);
    bool park(ChangeWork &work, const QStringList &names);
    bool set(ChangeWork &work, const QList<FieldChange> &values);
    void run(const Operation &operation);
    void insert(ChangeWork &work);
    void update(ChangeWork &work);
    void remove(const ChangeWork &work);
    void checkOne(qint64 rows) const;
    void readBack();

    CommitResult result() const;
    CommitResult problems() const;
    void addProblem(const ChangeWork &work, const IntegrityError &error);
    QList<StoredValue> wantedValues(const ChangeWork &work) const;
    void blameForCommit(const IntegrityError &error);

    const Table &table() const { return m_changes.table; }
    QString quoted(int column) const { return m_dialect.quote(table().columns.at(column).name); }

    Connection &m_connection;
    const Dialect &m_dialect;
    const ChangeSet &m_changes;
    const RowReader m_reader;
    ConstraintBlame m_blame;
    std::vector<ChangeWork> m_work;
    QHash<Key, Record> m_stored;
    QSet<Key> m_deleted; ///< by this ChangeSet
    QList<RowProblem> m_problems;
};

ChangeWriter::ChangeWriter(Connection &connection, const ChangeSet &changes)
    : m_connection(connection)
    , m_dialect(connection.dialect())
    , m_changes(changes)
    , m_reader(connection, changes.table)
    , m_blame(connection, changes.table)
{
    for (const RowChange &change : changes.rows) {
        ChangeWork work;
        work.change = &change;
        work.place = change.key;
        work.key = change.key;
        m_work.push_back(work);
        if (change.kind == RowChange::Kind::Delete)
            m_deleted.insert(change.key);
    }
}

CommitResult ChangeWriter::write(const BeforeCommit &beforeCommit)
{
    checkForm(m_changes);
    const auto add = [this](std::optional<RowProblem> problem) {
        if (problem)
            m_problems.append(std::move(*problem));
    };
    for (const RowChange &change : m_changes.rows)
        add(validateRow(table(), change));
    if (!m_problems.isEmpty())
        return problems();

    Transaction transaction(m_connection);
    readRows();
    for (ChangeWork &work : m_work)
        add(checkRow(table(), work, m_deleted.contains(work.change->key)));
    if (!m_problems.isEmpty())
        return problems();
    findDependents();
    flush(plan());
    if (!m_problems.isEmpty())
        return problems();
    readBack();

    CommitResult done = result();
    if (beforeCommit)
        beforeCommit(done);
    try {
        transaction.commit();
    } catch (const IntegrityError &error) { // of a deferred constraint
        blameForCommit(error);
        return problems();
    }
    return done;
}

void ChangeWriter::readRows()
{
    QList<Key> keys;
    for (const ChangeWork &work : m_work) {
        if (!work.change->key.isTemporary())
            keys.append(work.change->key);
    }
    m_reader.readKeys(keys, RowReader::Cut::None, [this](const Key &key, const Record &record) {
        m_stored.insert(key, record);
    });
    for (ChangeWork &work : m_work) {
        // Brought back under another key than its own: whether that is taken the database says.
        if (work.change->kind == RowChange::Kind::Insert
            && wantedKey(table(), *work.change) != work.change->key)
            continue;
        const auto found = m_stored.constFind(work.change->key);
        if (found != m_stored.constEnd())
            work.stored = *found;
    }
}

void ChangeWriter::findDependents()
{
    QList<Record> rows;
    QList<size_t> works;
    for (size_t i = 0; i < m_work.size(); ++i) {
        if (m_work[i].change->kind == RowChange::Kind::Delete && !m_work[i].isDone) {
            rows.append(*m_work[i].stored);
            works.append(i);
        }
    }
    const QHash<int, QList<DependentRow>> dependents
        = collectDependents(m_connection, table(), rows);
    for (auto found = dependents.begin(); found != dependents.end(); ++found)
        m_work[works.at(found.key())].dependents = found.value();
}

std::vector<Operation> ChangeWriter::plan() const
{
    std::vector<Operation> inserts;
    std::vector<Operation> updates;
    std::vector<Operation> removals;
    for (size_t i = 0; i < m_work.size(); ++i) {
        const ChangeWork &work = m_work[i];
        switch (work.change->kind) {
        case RowChange::Kind::Insert:
            if (!work.isDone)
                inserts.push_back({Operation::Kind::Insert, i});
            for (qsizetype j = 0; j < work.change->dependents.size(); ++j)
                inserts.push_back({Operation::Kind::Restore, i, j});
            break;
        case RowChange::Kind::Update:
            if (!work.isDone)
                updates.push_back({Operation::Kind::Update, i});
            break;
        case RowChange::Kind::Delete:
            if (!work.isDone)
                removals.push_back({Operation::Kind::Delete, i});
            break;
        }
    }
    // In the order of the table, which is the order of its pages
    std::vector<QByteArray> order(m_work.size());
    for (size_t i = 0; i < m_work.size(); ++i)
        order[i] = sortBytes(m_work[i].change->key);
    const auto byKey = [&order](const Operation &a, const Operation &b) {
        return QByteArrayView(order[a.work]).compare(order[b.work]) < 0;
    };
    std::stable_sort(updates.begin(), updates.end(), byKey);
    std::stable_sort(removals.begin(), removals.end(), byKey);

    // Inserts before deletes: without AUTOINCREMENT a new row would get the id of a deleted one
    std::vector<Operation> all = std::move(inserts);
    all.insert(all.end(), updates.begin(), updates.end());
    all.insert(all.end(), removals.begin(), removals.end());
    return all;
}

void ChangeWriter::flush(std::vector<Operation> operations)
{
    while (!operations.empty()) {
        std::vector<Failure> failures;
        for (const Operation &operation : operations) {
            try {
                run(operation);
            } catch (const IntegrityError &error) {
                failures.push_back({operation, error});
                if (m_blame.isTransactionLost()) {
                    addProblem(m_work[operation.work], error);
                    return;
                }
            }
        }
        if (failures.size() == operations.size() && !breakCycle(failures)) {
            for (const Failure &failure : failures)
                addProblem(m_work[failure.operation.work], failure.error);
            return;
        }
        // What stood in the way may be gone now: a unique value moved, a parent was inserted.
        // Backwards, as values often move along the keys (1 → 2, 2 → 3, …)
        operations.clear();
        for (auto failure = failures.rbegin(); failure != failures.rend(); ++failure)
            operations.push_back(failure->operation);
    }
}

/// Two rows that swap a unique value, or their keys: one gives it up first.
bool ChangeWriter::breakCycle(std::vector<Failure> &failures)
{
    using Constraint = IntegrityError::Constraint;
    for (Failure &failure : failures) {
        Operation &operation = failure.operation;
        const Constraint constraint = failure.error.constraint();
        if (operation.kind != Operation::Kind::Update || operation.isUnlinked
            || (constraint != Constraint::Unique && constraint != Constraint::PrimaryKey))
            continue;
        ChangeWork &work = m_work[operation.work];
        operation.isUnlinked
            = unlink(work, failure.error.columns) || park(work, failure.error.columns);
        if (operation.isUnlinked)
            return true;
        if (m_blame.isTransactionLost())
            return false;
    }
    return false;
}

bool ChangeWriter::unlink(ChangeWork &work, const QStringList &names)
{
    QList<FieldChange> values;
    for (const QString &name : names) {
        const int column = table().indexOf(name);
        if (column >= 0 && table().columns.at(column).isNullable
            && !table().columns.at(column).isPrimaryKey && fieldOf(work.writes, column))
            values.append({column, {}, {}});
    }
    return !values.isEmpty() && set(work, values);
}

/// What can't be NULL waits as a value that no row has, a key among them.
bool ChangeWriter::park(ChangeWork &work, const QStringList &names)
{
    for (const QString &name : names) {
        const int column = table().indexOf(name);
        const FieldChange *wanted = column < 0 ? nullptr : fieldOf(work.writes, column);
        if (!wanted)
            continue;
        for (const StoredValue &value : unusedValues(wanted->value)) {
            if (set(work, {{column, {}, value}}))
                return true;
            if (m_blame.isTransactionLost())
                return false;
        }
    }
    return false;
}

/// @returns false if a constraint refuses it, a check, say
bool ChangeWriter::set(ChangeWork &work, const QList<FieldChange> &values)
{
    CompiledStatement compiled;
    QStringList assignments;
    for (const FieldChange &field : values) {
        assignments.append(quoted(field.column) + u" = ?"_s);
        compiled.values.append(field.value);
    }
    compiled.sql
        = u"UPDATE %1 SET %2 WHERE "_s.arg(m_reader.tableName(), assignments.join(u", "_s));
    compiled.sql += keyCondition(m_dialect, table(), work.place, compiled.values);
    const auto statement = m_connection.prepare(compiled.sql);
    bindAll(*statement, compiled);
    try {
        while (statement->step()) {}
    } catch (const IntegrityError &) {
        return false;
    }
    RowChange moved;
    moved.key = work.place;
    moved.fields = values;
    work.place = wantedKey(table(), moved);
    return true;
}

void ChangeWriter::run(const Operation &operation)
{
    ChangeWork &work = m_work[operation.work];
    switch (operation.kind) {
    case Operation::Kind::Insert:
        return insert(work);
    case Operation::Kind::Restore:
        return restoreDependent(m_connection, work.change->dependents.at(operation.dependent));
    case Operation::Kind::Update:
        return update(work);
    case Operation::Kind::Delete:
        return remove(work);
    }
}

void ChangeWriter::insert(ChangeWork &work)
{
    const bool isNew = work.change->key.isTemporary();
    const bool returns = m_dialect.supportsReturning();
    const CompiledStatement compiled = insertStatement(m_dialect, table(), *work.change);
    PreparedStatement &statement = m_connection.cached(compiled.sql);
    const StatementRun run(statement);
    bindAll(statement, compiled);
    bool isInserted = !returns;
    while (statement.step()) {
        work.row = m_reader.read(statement, RowReader::Cut::None);
        work.key = m_reader.keyOf(work.row);
        isInserted = true;
    }
    if (!isInserted) // ON CONFLICT IGNORE in the table, or a trigger
        throw IntegrityError(IntegrityError::Constraint::Other,
                             u"The database ignored the new row"_s);
    if (returns)
        return;
    if (!isNew) {
        work.key = wantedKey(table(), *work.change);
        return;
    }
    QList<StoredValue> key;
    for (const int column : table().primaryKey()) {
        const FieldChange *field = fieldOf(work.change->fields, column);
        key.append(table().hasIntegerKey() && (!field || field->value.isNull())
                       ? m_connection.scalar(u"SELECT last_insert_rowid()"_s)
                       : field ? field->value
                               : StoredValue());
    }
    work.key = Key::values(key);
}

void ChangeWriter::update(ChangeWork &work)
{
    const CompiledStatement compiled = updateStatement(m_dialect, table(), work.place, work.writes);
    PreparedStatement &statement = m_connection.cached(compiled.sql);
    const StatementRun run(statement);
    bindAll(statement, compiled);
    while (statement.step()) {}
    checkOne(statement.rowsAffected());
    if (statement.rowsAffected() == 0)
        throw IntegrityError(IntegrityError::Constraint::Other,
                             u"The database ignored the change"_s);
    work.key = wantedKey(table(), *work.change);
    work.place = work.key;
}

void ChangeWriter::remove(const ChangeWork &work)
{
    const CompiledStatement compiled = deleteStatement(m_dialect, table(), work.change->key);
    PreparedStatement &statement = m_connection.cached(compiled.sql);
    const StatementRun run(statement);
    bindAll(statement, compiled);
    while (statement.step()) {} // no row: it went along with another one of them
    checkOne(statement.rowsAffected());
}

/// A key of NULLs may be that of several rows, of which the user has seen one.
void ChangeWriter::checkOne(qint64 rows) const
{
    if (rows > 1)
        throw InvalidRequestError(
            u"%1 rows of table '%2' have one key: nothing was changed"_s.arg(rows).arg(
                table().name));
}

void ChangeWriter::readBack()
{
    // RETURNING knows nothing of what triggers do afterwards
    const bool isInsertKnown = m_dialect.supportsReturning()
        && m_connection.scalar(u"SELECT 1 FROM sqlite_schema WHERE type = 'trigger' LIMIT 1"_s)
               .isNull();
    QList<Key> keys;
    for (const ChangeWork &work : m_work) {
        const RowChange::Kind kind = work.change->kind;
        const bool isKnown = kind == RowChange::Kind::Delete
            || (kind == RowChange::Kind::Insert && isInsertKnown && !work.isDone);
        if (!isKnown)
            keys.append(work.key);
    }
    QHash<Key, Record> rows;
    m_reader.readKeys(keys, RowReader::Cut::None,
                      [&rows](const Key &key, const Record &record) { rows.insert(key, record); });
    const QSet<Key> asked(keys.begin(), keys.end());
    for (ChangeWork &work : m_work) {
        if (work.change->kind == RowChange::Kind::Delete || !asked.contains(work.key))
            continue;
        work.row = rows.value(work.key); // empty if a trigger deleted it
        if (!work.row.values.isEmpty()) {
            work.key = m_reader.keyOf(work.row);
            continue;
        }
        // a new key may be stored otherwise than it was sent ('5' in an INTEGER column)
        m_reader.readKeys({work.key}, RowReader::Cut::None,
                          [&work, this](const Key &, const Record &record) {
                              work.key = m_reader.keyOf(record);
                              work.row = record;
                          });
    }
}

CommitResult ChangeWriter::result() const
{
    CommitResult done;
    for (const ChangeWork &work : m_work) {
        done.rows.append({work.change->kind, work.change->key, work.key, work.row, work.isMerged,
                          work.dependents});
    }
    return done;
}

CommitResult ChangeWriter::problems() const
{
    CommitResult refused;
    refused.problems = m_problems;
    return refused;
}

void ChangeWriter::addProblem(const ChangeWork &work, const IntegrityError &error)
{
    const bool isKnown
        = std::any_of(m_problems.begin(), m_problems.end(), [&work](const RowProblem &problem) {
              return problem.key == work.change->key;
          });
    if (isKnown)
        return;
    RowProblem problem;
    problem.key = work.change->key;
    problem.kind = RowProblem::Kind::Constraint;
    problem.constraint = error.constraint();
    problem.message = error.message();
    problem.columns = m_blame.columns(error, wantedValues(work));
    m_problems.append(problem);
}

/// The row as it is to be, as far as we know; empty for a delete.
QList<StoredValue> ChangeWriter::wantedValues(const ChangeWork &work) const
{
    if (work.change->kind == RowChange::Kind::Delete)
        return {};
    QList<StoredValue> values
        = work.stored ? work.stored->values : QList<StoredValue>(table().columns.size());
    for (const FieldChange &field : work.change->fields)
        values[field.column] = field.value;
    return values;
}

/// COMMIT says only that a deferred constraint does not hold; the transaction is still open.
void ChangeWriter::blameForCommit(const IntegrityError &error)
{
    for (const ChangeWork &work : m_work) {
        if (!m_blame.missingParents(wantedValues(work)).isEmpty()
            || (work.stored && m_blame.isReferredTo(work.stored->values)))
            addProblem(work, error);
    }
    if (m_problems.isEmpty())
        addProblem(m_work.front(), error);
}

} // namespace

CommitResult applyChanges(Connection &connection, const ChangeSet &changes,
                          const BeforeCommit &beforeCommit)
{
    if (changes.isEmpty())
        return {};
    return ChangeWriter(connection, changes).write(beforeCommit);
}

} // namespace orm
