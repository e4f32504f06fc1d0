// SPDX-License-Identifier: MIT
#include "core/session/session.h"

#include "core/engine/statementlease.h"
#include "core/logging.h"
#include "core/session/applychanges.h"
#include "core/session/relations.h"
#include "core/session/statementplans.h"
#include "core/session/unitofwork.h"

#include <QScopeGuard>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

constexpr quint32 expired = 0; // an epoch that is never the session's

bool erase(std::vector<InstancePointer> &states, const InstanceState &state)
{
    const auto found
        = std::find_if(states.begin(), states.end(),
                       [&state](const InstancePointer &other) { return other.get() == &state; });
    if (found == states.end())
        return false;
    states.erase(found);
    return true;
}

} // namespace

Session::Session(const Engine &engine, const SessionOptions &options)
    : m_engine(engine)
    , m_options(options)
    , m_unitOfWork(std::make_unique<UnitOfWork>(*this))
    , m_thread(QThread::currentThreadId())
{}

Session::~Session()
{
    // Without the hooks: who is called by a destructor can't do much. Objects keep the values that
    // they have, so that they can still be read.
    const bool isAtHome = QThread::currentThreadId() == m_thread;
    if (!isAtHome)
        qCCritical(lcSql) << "a session died outside the thread that made it";
    if (m_log.depth() > 0) {
        if (isAtHome && m_connection->inTransaction())
            m_connection->rollback();
        for (const InstancePointer &state : insertedSince(m_log.numberAt(0)))
            leave(*state, ObjectState::Transient);
        for (const TransactionLog::Entry &entry : m_log.take(0)) {
            if (entry.state->state == ObjectState::Deleted)
                leave(*entry.state, ObjectState::Detached);
        }
    }
    detachAll();
}

Connection &Session::connection()
{
    checkThread();
    if (!m_connection) {
        m_connection = m_engine.connect();
        m_plans = std::make_unique<StatementPlans>(*m_connection);
    }
    return *m_connection;
}

void Session::checkThread() const
{
    if (QThread::currentThreadId() != m_thread)
        throw WrongThreadError(u"A session was used outside the thread that made it"_s);
}

void Session::checkActive() const
{
    checkThread();
    if (m_needsRollback)
        throw PendingRollbackError(u"This session's transaction has been rolled back by a failed "
                                   "flush; call rollback() first"_s);
}

// Objects

void Session::addInstance(InstanceState &state)
{
    addAlone(state);
    if (state.links())
        detail::cascadeAdd(state);
}

void Session::noteRelinked(InstanceState &state)
{
    if (state.state == ObjectState::Pending)
        return; // it is to be flushed anyway
    Links &links = state.makeLinks();
    if (links.isNoted)
        return;
    links.isNoted = true;
    m_relinked.emplace_back(&state);
}

void Session::addAlone(InstanceState &state)
{
    checkThread();
    if (state.session && state.session != this)
        throw InvalidRequestError(u"The object is already attached to another session"_s);
    switch (state.state) {
    case ObjectState::Pending:
        return;
    case ObjectState::Persistent:
        if (state.isMarkedDeleted && erase(m_deleted, state)) // takes remove() back
            state.isMarkedDeleted = false;
        return;
    case ObjectState::Transient:
        state.session = this;
        state.state = ObjectState::Pending;
        m_new.emplace_back(&state);
        return;
    case ObjectState::Deleted:
        throw InvalidRequestError(u"The object has been deleted"_s);
    case ObjectState::Detached:
        break;
    }
    if (state.wasDeleted)
        throw InvalidRequestError(u"The object has been deleted; makeTransient() makes a new one "
                                  "of it"_s);
    const Key key = state.identity();
    if (m_identityMap.find(state.mapper(), key))
        throw InvalidRequestError(u"Cannot attach the object: another instance with key %1 is "
                                  "already present in this session"_s.arg(key.toString()));
    state.session = this;
    state.state = ObjectState::Persistent;
    state.epoch = state.epoch == expired ? expired : m_epoch;
    state.insertedIn = 0;
    m_identityMap.insert(state);
    if (state.snapshot())
        m_touched.emplace_back(&state);
    if (Links *links = state.links()) {
        links->epoch = m_epoch;
        if (links->isChanged())
            noteRelinked(state);
    }
}

void Session::removeInstance(InstanceState &state)
{
    checkThread();
    if (state.session == this && (state.state == ObjectState::Deleted || state.isMarkedDeleted))
        return;
    if (state.state != ObjectState::Persistent && state.state != ObjectState::Detached)
        throw InvalidRequestError(u"The object is not persisted"_s);
    const InstancePointer keep(&state);
    addInstance(state);
    if (isExpired(state) && state.mapper().versionColumn() >= 0)
        reload(state); // the DELETE asks for the version that was seen last
    state.isMarkedDeleted = true;
    m_deleted.emplace_back(&state);
}

InstancePointer Session::getInstance(const Mapper &mapper, const Key &key, Load load)
{
    checkActive();
    const size_t columns = key.isInteger() ? 1 : static_cast<size_t>(key.toValues().size());
    if (columns != mapper.primaryKey().size())
        throw InvalidRequestError(
            u"The key of '%1' has %2 columns, not %3"_s.arg(mapper.table().name)
                .arg(mapper.primaryKey().size())
                .arg(columns));
    if (InstanceState *known = m_identityMap.find(mapper, key); known && load == Load::KeepLoaded) {
        InstancePointer state(known);
        if (!isExpired(*known) || reload(*known))
            return state;
        leave(*known, ObjectState::Detached);
        return {};
    }
    aboutToRead();
    connection();
    PreparedStatement &statement = m_plans->select(mapper);
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    if (key.isInteger()) {
        statement.bindInteger(0, key.number());
    } else {
        const QList<StoredValue> values = key.toValues();
        for (int i = 0; i < values.size(); ++i)
            statement.bind(i, values.at(i));
    }
    return statement.step() ? this->load(mapper, statement, load) : InstancePointer();
}

InstancePointer Session::load(const Mapper &mapper, const PreparedStatement &statement, Load load,
                              RowPart part)
{
    InstancePointer state;
    InstanceState *known = nullptr;
    if (mapper.hasIntegerKey()) {
        const int column = mapper.primaryKey().front();
        qint64 &id = part.key.value;
        if (part.key.column < 0) {
            if (statement.readInteger(part.first + column, id))
                part.key.column = column;
            else
                id = statement.columnInteger(part.first
                                             + column); // read() says what is wrong with it
        }
        InstanceState *&place = m_identityMap.slot(mapper, id); // null if newInstance() throws
        known = place;
        if (!known) {
            state = newInstance(mapper);
            state->setIdentity(id);
            place = state.get();
        }
    } else {
        QList<StoredValue> values;
        for (const int column : mapper.primaryKey())
            values.append(statement.columnValue(part.first + column));
        const Key identity = Key::values(std::move(values));
        known = m_identityMap.find(mapper, identity);
        if (!known) {
            state = newInstance(mapper);
            state->setIdentity(identity);
            m_identityMap.insert(*state);
        }
    }
    if (known) {
        state = InstancePointer(known);
        // An object's own values win over what a query finds, unless they had expired
        if (load == Load::KeepLoaded && (!isExpired(*known) || known->snapshot()))
            return state;
        discardChanges(*known);
        if (known->links() && load == Load::PopulateExisting)
            known->links()->clear();
    } else {
        state->session = this;
        state->state = ObjectState::Persistent;
    }
    state->epoch = m_epoch;
    try {
        mapper.read(statement, state->object(), part);
    } catch (const DataError &error) {
        state->epoch = expired; // whoever reads this object is told; the others can be read
        qCWarning(lcSql).noquote() << error.message();
    }
    return state;
}

bool Session::reload(InstanceState &state)
{
    checkActive();
    m_isBegun = true;
    connection();
    const InstancePointer keep(&state);
    PreparedStatement &statement = m_plans->select(state.mapper());
    const auto end = qScopeGuard([&statement] { statement.reset(); });
    StatementPlans::bindIdentity(statement, 0, state);
    if (!statement.step())
        return false;
    discardChanges(state);
    state.epoch = expired;
    state.mapper().read(statement, state.object());
    state.epoch = m_epoch;
    return true;
}

void Session::discardChanges(InstanceState &state)
{
    if (!state.snapshot())
        return;
    state.restoreSnapshot();
    erase(m_touched, state);
}

bool Session::containsInstance(const InstanceState &state) const
{
    checkThread();
    return state.session == this && state.state != ObjectState::Deleted;
}

bool Session::isModifiedInstance(const InstanceState &state) const
{
    checkThread();
    return FlushPlan::changedColumns(state) != 0;
}

void Session::touch(InstanceState &state)
{
    if (state.snapshot())
        return;
    state.takeSnapshot();
    m_touched.emplace_back(&state);
}

bool Session::evict(InstanceState &state)
{
    if (QThread::currentThreadId() != m_thread) {
        qCCritical(lcSql) << "the last Ref to an object was dropped outside its session's thread";
        return false;
    }
    m_identityMap.remove(state);
    if (m_spares.size() >= m_mostSpares || !state.mapper().canReuse())
        return true;
    state.reuse();
    m_spares.emplace_back(&state);
    return false;
}

void Session::setMostSpares(size_t most)
{
    m_mostSpares = most;
    if (m_spares.size() > most)
        m_spares.resize(most);
}

InstancePointer Session::newInstance(const Mapper &mapper)
{
    if (m_spares.empty() || &m_spares.back()->mapper() != &mapper)
        return mapper.newInstance();
    InstancePointer state(m_spares.back().release());
    m_spares.pop_back();
    return state;
}

void Session::expireInstance(InstanceState &state)
{
    checkThread();
    if (state.session != this || state.state != ObjectState::Persistent)
        throw InvalidRequestError(u"The object is not persistent within this session"_s);
    const InstancePointer keep(&state);
    discardChanges(state);
    if (Links *links = state.links()) {
        const bool isNoted = links->isNoted;
        links->clear();
        if (isNoted && erase(m_relinked, state))
            links->isNoted = false;
    }
    state.epoch = expired;
}

void Session::refreshInstance(InstanceState &state)
{
    expireInstance(state);
    aboutToRead();
    if (!reload(state))
        throw InvalidRequestError(u"Could not refresh the object: its row is gone"_s);
}

void Session::expireAll()
{
    checkThread();
    ++m_epoch;
    const auto touched = std::exchange(m_touched, {});
    for (const InstancePointer &state : touched)
        state->restoreSnapshot();
    const auto relinked = std::exchange(m_relinked, {});
    for (const InstancePointer &state : relinked) {
        if (Links *links = detail::currentLinks(*state)) // forgets what was changed
            links->isNoted = false;
    }
}

/// Into the identity map. Whatever stands there has no row any more: its key was given anew.
void Session::enter(InstanceState &state)
{
    if (InstanceState *before = m_identityMap.insert(state)) {
        const InstancePointer keep(before);
        leave(*before, ObjectState::Detached);
    }
}

void Session::leave(InstanceState &state, ObjectState as)
{
    const InstancePointer keep(&state);
    const bool wasExpired = state.state == ObjectState::Persistent && isExpired(state);
    // A row that never was leaves its object as it is; else the links hold as long as they did here
    Links *links = as == ObjectState::Transient ? state.links() : detail::currentLinks(state);
    if (links) {
        links->releaseChildren();
        if (links->isNoted)
            erase(m_relinked, state);
        links->isNoted = false;
        if (wasExpired && as != ObjectState::Transient)
            links->clear();
        links->epoch = 0;
    }
    if (state.state == ObjectState::Persistent)
        m_identityMap.remove(state);
    if (state.state == ObjectState::Pending)
        erase(m_new, state);
    if (state.snapshot())
        erase(m_touched, state);
    if (state.isMarkedDeleted)
        erase(m_deleted, state);
    state.session = nullptr;
    state.state = as;
    state.isMarkedDeleted = false;
    state.insertedIn = 0;
    state.epoch = wasExpired ? expired : 1;
    if (as == ObjectState::Transient) {
        state.dropSnapshot();
        if (state.hasGeneratedKey)
            state.mapper().unsetKey(state.object());
        state.hasGeneratedKey = false;
        if (state.links())
            state.links()->unsettle();
    }
}

void Session::expungeInstance(InstanceState &state)
{
    checkThread();
    if (state.session != this)
        throw InvalidRequestError(u"The object is not in this session"_s);
    std::vector<InstancePointer> open{InstancePointer(&state)};
    while (!open.empty()) {
        const InstancePointer next = std::move(open.back());
        open.pop_back();
        if (next->session != this)
            continue;
        for (InstancePointer &target : detail::cascadeTargets(*next, Cascade::Expunge))
            open.push_back(std::move(target));
        expungeAlone(*next);
    }
}

void Session::expungeAlone(InstanceState &state)
{
    leave(state,
          state.state == ObjectState::Pending ? ObjectState::Transient : ObjectState::Detached);
}

void Session::expungeAll()
{
    checkThread();
    detachAll();
}

void Session::detachAll()
{
    const auto news = std::exchange(m_new, {});
    for (const InstancePointer &state : news)
        leave(*state, ObjectState::Transient);
    std::vector<InstanceState *> abandoned; // see evict()
    std::vector<Links *> linked;
    m_identityMap.forEach([&](InstanceState &state) {
        if (Links *links = state.links()) {
            if (links->epoch != m_epoch && links->epoch != 0)
                linked.push_back(links);
            links->isNoted = false;
            links->epoch = 0;
        }
        state.epoch = isExpired(state) ? expired : 1;
        state.session = nullptr;
        state.state = ObjectState::Detached;
        state.isMarkedDeleted = false;
        state.insertedIn = 0;
        if (!state.isReferred() && !state.isLinked())
            abandoned.push_back(&state);
    });
    m_identityMap.clear();
    std::vector<InstancePointer> kept; // until none of these is walked over any more
    kept.reserve(linked.size());
    for (Links *links : linked)
        kept.emplace_back(&links->owner());
    for (Links *links : linked)
        links->clear();
    m_touched.clear();
    m_deleted.clear();
    m_relinked.clear();
    qDeleteAll(abandoned);
}

void Session::makeTransientInstance(InstanceState &state)
{
    const InstancePointer keep(&state);
    if (state.session) {
        detail::readable(&state); // an expired one gets its values first
        if (state.state == ObjectState::Deleted)
            throw InvalidRequestError(u"The object's deletion is not committed yet"_s);
        state.session->expungeInstance(state);
    } else if (state.state == ObjectState::Detached) {
        detail::readable(&state);
    }
    state.dropSnapshot();
    if (Links::holderOf(state))
        state.makeLinks(); // a collection says nothing of its foreign key any more
    state.state = ObjectState::Transient;
    state.wasDeleted = false;
    state.hasGeneratedKey = false;
}

// Reading and writing beside the flush

void Session::aboutToRead()
{
    checkActive();
    if (m_options.autoflush && m_noAutoflush == 0 && !m_isFlushing)
        flush();
    m_isBegun = true;
}

void Session::aboutToWrite()
{
    aboutToRead();
    beginWriting();
}

void Session::noteFailedWrite()
{
    if (m_log.depth() > 0 && !m_connection->inTransaction())
        m_needsRollback = true;
}

void Session::rowWasChanged(const Mapper &mapper, const Key &key)
{
    InstanceState *state = m_identityMap.find(mapper, key);
    if (state && !isModifiedInstance(*state))
        expireInstance(*state);
}

void Session::rowWasDeleted(const Mapper &mapper, const Key &key)
{
    InstanceState *known = m_identityMap.find(mapper, key);
    if (!known)
        return;
    const InstancePointer state(known);
    discardChanges(*state);
    if (state->isMarkedDeleted)
        erase(m_deleted, *state);
    state->isMarkedDeleted = false;
    m_identityMap.remove(*state);
    state->state = ObjectState::Deleted;
    m_log.append({TransactionLog::Entry::Kind::Deleted, state, {}});
}

qint64 Session::execute(const QString &sql, const QList<StoredValue> &values)
{
    aboutToWrite();
    try {
        const StatementLease statement = connection().lease(sql, values);
        while (statement->step()) {}
        return statement->rowsAffected();
    } catch (const Error &) {
        noteFailedWrite();
        throw;
    }
}

StatementLease Session::run(const CompiledStatement &compiled)
{
    aboutToRead();
    return connection().lease(compiled.sql, compiled.values);
}

void Session::readRows(const CompiledStatement &compiled, size_t columns,
                       const std::function<void(const PreparedStatement &)> &row)
{
    const StatementLease statement = run(compiled);
    while (statement->step()) {
        if (static_cast<size_t>(statement->columnCount()) < columns)
            throw InvalidRequestError(
                u"The statement returns %1 columns; %2 are wanted"_s.arg(statement->columnCount())
                    .arg(columns));
        row(*statement);
    }
}

CommitResult Session::apply(const ChangeSet &changes, const BeforeCommit &beforeCommit)
{
    checkActive();
    const bool isDirty
        = std::any_of(m_touched.begin(), m_touched.end(),
                      [this](const InstancePointer &state) { return isModifiedInstance(*state); });
    if (m_isBegun || !m_new.empty() || !m_deleted.empty() || !m_relinked.empty() || isDirty)
        throw InvalidRequestError(u"apply() needs a session without pending changes"_s);
    CommitResult result = applyChanges(connection(), changes, beforeCommit);
    expireAll();
    return result;
}

} // namespace orm
