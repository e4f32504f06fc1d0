// SPDX-License-Identifier: MIT
#include "core/session/unitofwork.h"

#include "core/logging.h"
#include "core/session/session.h"
#include "core/session/staledataerror.h"
#include "core/session/statementplans.h"
#include "core/session/walk.h"

#include <QScopeGuard>

#include <algorithm>
#include <bit>
#include <span>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

constexpr auto bit = &StatementPlans::bit;

/// Calls @p visit with each column of a set.
template<typename Visit>
void forEachBit(quint64 columns, const Visit &visit)
{
    for (; columns != 0; columns &= columns - 1)
        visit(static_cast<size_t>(std::countr_zero(columns)));
}

const void *loadedValues(const InstanceState &state)
{
    return state.snapshot() ? state.snapshot() : state.object();
}

bool differs(const ColumnMapping &column, const void *a, const void *b)
{
    return !column.operations->equal(column.constMember(a), column.constMember(b));
}

/// Runs a statement of one table; an error that doesn't name the table learns it.
void stepToEnd(PreparedStatement &statement, const Mapper &mapper)
{
    try {
        while (statement.step()) {}
    } catch (IntegrityError &error) {
        if (error.table.isEmpty())
            error.table = mapper.table().name;
        throw;
    }
}

/// A trigger has said RAISE(IGNORE): there is no row, so the object must not be taken for one.
[[noreturn]] void throwIgnored(const Mapper &mapper)
{
    IntegrityError error(
        IntegrityError::Constraint::Other,
        u"INSERT statement on table '%1' inserted no row"_s.arg(mapper.table().name));
    error.table = mapper.table().name;
    throw error;
}

/// What was deleted is in no collection any more.
void leaveCollections(InstanceState &state)
{
    for (const Links::Parent &parent : Links::parentsOf(state)) {
        Links *links = parent.target ? parent.target->links() : nullptr;
        Links::Collection *collection
            = links && parent.collection ? links->findCollection(*parent.collection) : nullptr;
        if (collection)
            links->takeItem(*collection, state);
    }
}

StoredValue storedValue(const Mapper &mapper, const void *object, int column)
{
    try {
        return mapper.value(object, column);
    } catch (const DataError &) {
        return {}; // an invalid date: there was a value, but not one of ours
    }
}

} // namespace

UnitOfWork::UnitOfWork(Session &session)
    : m_session(session)
    , m_graph(session)
{}

bool UnitOfWork::prepare()
{
    m_graph.resolve();
    m_plan.emplace(m_session.m_new, m_session.m_touched, m_session.m_deleted);
    for (const FlushPlan::TableWork &work : m_plan->tables())
        validate(work);
    return !m_plan->isEmpty() || m_graph.hasAssociations();
}

void UnitOfWork::validate(const FlushPlan::TableWork &work) const
{
    const Mapper &mapper = *work.mapper;
    const auto validateNew = [&](const InstanceState &state) {
        std::optional<quint64> filled; // looked for where a value is missing
        forEachBit(mapper.checkedBits(), [&](size_t i) {
            const ColumnMapping &column = mapper.columns()[i];
            if (column.operations->isUnset(column.constMember(state.object()))) {
                if (!filled)
                    filled = mapper.filledBits() | GraphFlush::deferredColumns(state);
                if (*filled & bit(i))
                    return;
            }
            mapper.validate(state.object(), static_cast<int>(i));
        });
    };
    detail::walk(work.inserts, [&](const InstanceState *state) { validateNew(*state); });
    detail::walk(work.updates, [&](const FlushPlan::Change &change) {
        // What another program stored is not ours to refuse
        const quint64 changed = change.columns & ~GraphFlush::deferredColumns(*change.state);
        forEachBit(changed & mapper.checkedBits(),
                   [&](size_t i) { mapper.validate(change.state->object(), static_cast<int>(i)); });
    });
}

void UnitOfWork::write()
{
    const std::vector<FlushPlan::TableWork> &tables = m_plan->tables();
    m_updated.assign(tables.size(), 0);
    const GraphFlush::Insert insertOne = [this](InstanceState &state) { insertInTurn(state); };
    const auto insertState
        = [&](InstanceState *state) { m_graph.insertInOrder(*state, insertOne); };
    const auto removeState = [this](InstanceState *state) { remove(*state); };
    for (auto work = tables.rbegin(); work != tables.rend(); ++work)
        detail::walk(work->earlyDeletes, removeState);
    for (const FlushPlan::TableWork &work : tables) {
        detail::walk(work.inserts, insertState);
        update(work, work.updates.size());
    }
    m_graph.writeRest();
    removeAll();

    // All is written: only now the objects follow, so that a failure leaves them as they were
    followDeletes();
    followUpdates();
    followInserts();
    m_graph.settle();
    m_plan.reset();
}

void UnitOfWork::removeAll()
{
    const std::vector<FlushPlan::TableWork> &tables = m_plan->tables();
    if (!m_plan->hasCircles()) {
        for (auto work = tables.rbegin(); work != tables.rend(); ++work)
            detail::walk(work->deletes, [this](InstanceState *state) { remove(*state); });
        return;
    }
    std::vector<InstanceState *> states;
    for (auto work = tables.rbegin(); work != tables.rend(); ++work)
        states.insert(states.end(), work->deletes.begin(), work->deletes.end());
    const std::vector<GraphFlush::DeleteStep> steps = GraphFlush::orderDeletes(states);
    for (const GraphFlush::DeleteStep &step : steps) {
        if (step.unlinked.size() == 0)
            remove(*step.state);
        else
            m_graph.unlink(step);
    }
}

/// Inserts it behind the updates that free what it takes.
void UnitOfWork::insertInTurn(InstanceState &state)
{
    if (m_plan->hasWaiting()) {
        for (const FlushPlan::TableWork &work : m_plan->tables())
            update(work, work.updatesBefore.value(&state));
        if (state.links() && state.links()->insertion == Links::Insertion::Done)
            return; // an update among these has needed it
    }
    insert(state);
}

/// Sends the first @p count updates of a table, as far as they were not sent before.
void UnitOfWork::update(const FlushPlan::TableWork &work, size_t count)
{
    size_t &done = m_updated[static_cast<size_t>(&work - m_plan->tables().data())];
    detail::walk(std::span(work.updates).first(count), [&](const FlushPlan::Change &change) {
        const auto place = static_cast<size_t>(&change - work.updates.data());
        if (place < done)
            return;
        done = place + 1; // before it is sent: it may need a row that waits for others of them
        update(change);
    });
}

void UnitOfWork::insert(InstanceState &state)
{
    const Mapper &mapper = state.mapper();
    const auto columns = mapper.columns();
    const bool isKeyUnset = mapper.isKeyUnset(state.object());
    const quint64 unsent = isKeyUnset ? mapper.keyBits() : 0;
    quint64 sent = mapper.plainBits() & ~unsent;
    quint64 expressions = 0;
    forEachBit(mapper.filledBits() & ~unsent, [&](size_t i) {
        const ColumnMapping &column = columns[i];
        void *member = column.member(state.object());
        if (column.isVersion)
            column.operations->fromStored(member, StoredValue::integer(1));
        const bool isUnset = column.operations->isUnset(member);
        if (isUnset && column.clientDefault.kind == DefaultSpec::Kind::Sql) {
            expressions |= bit(i);
            return;
        }
        const bool hasDefault = column.clientDefault.kind != DefaultSpec::Kind::None;
        if (isUnset && hasDefault) {
            const Column &description = mapper.table().columns.at(static_cast<qsizetype>(i));
            column.operations->fromStored(member, description.clientDefault.value);
        }
        if (!isUnset || hasDefault || column.serverDefault.kind == DefaultSpec::Kind::None)
            sent |= bit(i);
    });
    StatementPlans::Insert &plan = m_session.m_plans->insert(mapper, sent, expressions);
    PreparedStatement &statement = *plan.statement;
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    int index = 0;
    forEachBit(sent, [&](size_t i) {
        columns[i].operations->bind(statement, index++, columns[i].constMember(state.object()));
    });
    bool hasRow = false;
    try {
        hasRow = statement.step();
    } catch (IntegrityError &error) {
        if (error.table.isEmpty())
            error.table = mapper.table().name;
        throw;
    }
    if (plan.returned.empty())
        return;
    state.hasGeneratedKey = isKeyUnset;
    if (plan.returnsRowid || plan.readBack ? statement.rowsAffected() != 1 : !hasRow)
        throwIgnored(mapper);
    if (plan.returnsRowid) {
        const ColumnMapping &key = columns[plan.returned.front()];
        key.operations->setInteger(key.member(state.object()), statement.lastInsertId());
        return;
    }
    if (!plan.readBack) {
        readReturned(plan, statement, state);
        return;
    }
    const auto endOfRead = qScopeGuard([&plan] { plan.readBack->reset(); });
    if (plan.isFoundByRowid) {
        plan.readBack->bindInteger(0, statement.lastInsertId());
    } else {
        int parameter = 0;
        for (const int key : mapper.primaryKey())
            columns[static_cast<size_t>(key)].operations->bind(
                *plan.readBack, parameter++,
                columns[static_cast<size_t>(key)].constMember(state.object()));
    }
    if (!plan.readBack->step())
        throwIgnored(mapper); // a trigger took it away again
    readReturned(plan, *plan.readBack, state);
}

void UnitOfWork::readReturned(const StatementPlans::Insert &plan, const PreparedStatement &row,
                              InstanceState &state)
{
    const auto columns = state.mapper().columns();
    int place = 0;
    for (const size_t column : plan.returned)
        columns[column].operations->read(row, place++, columns[column].member(state.object()));
}

void UnitOfWork::update(const FlushPlan::Change &change)
{
    InstanceState &state = *change.state;
    const Mapper &mapper = state.mapper();
    const auto columns = mapper.columns();
    if (state.links())
        m_graph.insertParents(state, [this](InstanceState &next) { insertInTurn(next); });
    const void *before = state.snapshot();
    checkUnchanged(state, change.columns);
    quint64 changed = change.columns;
    for (size_t i = 0; i < columns.size(); ++i) {
        const ColumnMapping &column = columns[i];
        void *member = column.member(state.object());
        if (column.isVersion) {
            const qint64 version
                = column.operations->toStored(column.constMember(before)).toInteger();
            column.operations->fromStored(member, StoredValue::integer(version + 1));
            changed |= bit(i);
        } else if (column.onUpdate.kind != DefaultSpec::Kind::None
                   && column.onUpdate.kind != DefaultSpec::Kind::Sql && !(changed & bit(i))) {
            const Column &description = mapper.table().columns.at(static_cast<qsizetype>(i));
            column.operations->fromStored(member, description.onUpdate.value);
            changed |= bit(i); // sent even where it is already so, as SQLAlchemy does
        }
    }
    StatementPlans::Update &plan = m_session.m_plans->update(mapper, changed);
    PreparedStatement &statement = *plan.statement;
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    int index = 0;
    forEachBit(changed, [&](size_t i) {
        columns[i].operations->bind(statement, index++, columns[i].constMember(state.object()));
    });
    index = StatementPlans::bindIdentity(statement, index, state);
    if (mapper.versionColumn() >= 0) {
        const ColumnMapping &version = columns[static_cast<size_t>(mapper.versionColumn())];
        version.operations->bind(statement, index, version.constMember(before));
    }
    stepToEnd(statement, mapper);
    if (statement.rowsAffected() != 1)
        throwStale(state,
                   u"UPDATE statement on table '%1' expected to update 1 row(s); %2 were matched."_s
                       .arg(mapper.table().name)
                       .arg(statement.rowsAffected()));
    if (plan.isReadBack)
        state.epoch = 0; // the database computed a value: read it on the next access
}

void UnitOfWork::remove(InstanceState &state)
{
    const Mapper &mapper = state.mapper();
    if (!m_session.isExpired(state))
        checkUnchanged(state, ~quint64(0));
    PreparedStatement &statement = m_session.m_plans->remove(mapper);
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    const int index = StatementPlans::bindIdentity(statement, 0, state);
    if (mapper.versionColumn() >= 0) {
        const auto column = static_cast<size_t>(mapper.versionColumn());
        const ColumnMapping &version = mapper.columns()[column];
        version.operations->bind(statement, index, version.constMember(loadedValues(state)));
    }
    stepToEnd(statement, mapper);
    if (statement.rowsAffected() == 1)
        return;
    const QString message
        = u"DELETE statement on table '%1' expected to delete 1 row(s); %2 were matched."_s
              .arg(mapper.table().name)
              .arg(statement.rowsAffected());
    if (mapper.versionColumn() >= 0)
        throwStale(state, message);
    qCWarning(lcSql).noquote() << message; // it is as it was to be
}

void UnitOfWork::checkUnchanged(InstanceState &state, quint64 columns)
{
    const Mapper &mapper = state.mapper();
    if (m_session.m_options.staleCheck != StaleCheck::OldValues || mapper.versionColumn() >= 0)
        return;
    // Read and decoded like the values that are compared with, as encoding them again would not
    // give the stored text where another program has written microseconds. Nobody can write before
    // we do: the transaction is begun.
    PreparedStatement &statement = m_session.m_plans->select(mapper);
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    StatementPlans::bindIdentity(statement, 0, state);
    bool isSame = statement.step();
    if (isSame) {
        const InstancePointer stored = mapper.newInstance();
        mapper.read(statement, stored->object());
        for (size_t i = 0; i < mapper.columns().size() && isSame; ++i)
            isSame = !(columns & bit(i))
                || !differs(mapper.columns()[i], stored->object(), loadedValues(state));
    }
    statement.reset();
    if (!isSame)
        throwStale(state, u"A row of table '%1' is not as it was read"_s.arg(mapper.table().name));
}

void UnitOfWork::throwStale(InstanceState &state, const QString &message)
{
    const Mapper &mapper = state.mapper();
    StaleDataError error(message);
    error.table = mapper.table().name;
    error.key = state.identity();
    PreparedStatement &statement = m_session.m_plans->select(mapper);
    StatementPlans::bindIdentity(statement, 0, state);
    error.isRowGone = !statement.step();
    // Decoded, as texts of one instant may differ; what can't be decoded has changed for sure
    const InstancePointer stored = mapper.newInstance();
    bool isReadable = !error.isRowGone;
    try {
        if (isReadable)
            mapper.read(statement, stored->object());
    } catch (const DataError &) {
        isReadable = false;
    }
    const void *loaded = loadedValues(state);
    for (int i = 0; i < mapper.table().columns.size(); ++i) {
        const ColumnMapping &column = mapper.columns()[static_cast<size_t>(i)];
        const bool isMine = !state.isMarkedDeleted && differs(column, loaded, state.object());
        const bool isTheirs
            = !error.isRowGone && (!isReadable || differs(column, loaded, stored->object()));
        if (isMine || isTheirs)
            error.columns.append(
                {mapper.table().columns.at(i).name, storedValue(mapper, loaded, i),
                 state.isMarkedDeleted ? StoredValue() : storedValue(mapper, state.object(), i),
                 error.isRowGone ? StoredValue() : statement.columnValue(i)});
    }
    statement.reset();
    throw error;
}

void UnitOfWork::followDeletes()
{
    m_session.m_log.reserve(m_session.m_deleted.size());
    detail::walk(m_session.m_deleted, [this](InstancePointer &state) {
        m_session.m_identityMap.remove(*state);
        state->state = ObjectState::Deleted;
        state->isMarkedDeleted = false;
        state->dropSnapshot();
        leaveCollections(*state);
        m_session.m_log.append({TransactionLog::Entry::Kind::Deleted, std::move(state), {}});
    });
    m_session.m_deleted.clear();
}

void UnitOfWork::followUpdates()
{
    std::vector<std::pair<InstanceState *, Key>> moved;
    for (const FlushPlan::TableWork &work : m_plan->tables()) {
        for (const FlushPlan::Change &change : work.updates) {
            if (change.columns & work.mapper->keyBits())
                moved.emplace_back(change.state, work.mapper->keyOf(change.state->object()));
        }
    }
    for (const auto &[state, key] : moved) {
        m_session.m_identityMap.remove(*state);
        m_session.m_log.append(
            {TransactionLog::Entry::Kind::KeyChanged, InstancePointer(state), state->identity()});
    }
    for (const auto &[state, key] : moved) {
        state->setIdentity(key);
        m_session.enter(*state);
    }
    auto touched = std::exchange(m_session.m_touched, {});
    detail::walk(touched, [](InstancePointer &state) {
        state->dropSnapshot();
        state = {};
    });
}

void UnitOfWork::followInserts()
{
    for (const FlushPlan::TableWork &work : m_plan->tables())
        m_session.m_identityMap.reserve(*work.mapper, work.inserts.size());
    auto news = std::exchange(m_session.m_new, {});
    detail::walk(news, [this](InstancePointer &state) {
        state->state = ObjectState::Persistent;
        state->epoch = m_session.m_epoch;
        state->insertedIn = m_session.m_log.number();
        if (state->mapper().hasIntegerKey())
            state->setIdentity(state->mapper().integerKeyOf(state->object()));
        else
            state->setIdentity(state->mapper().keyOf(state->object()));
        m_session.enter(*state);
        if (Links *links = state->links()) {
            links->epoch = m_session.m_epoch;
            links->settle();
        }
        state = {};
    });
}

} // namespace orm
