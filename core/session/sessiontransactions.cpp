// SPDX-License-Identifier: MIT

// The part of Session that is about transactions: flush, commit, rollback, savepoints.

#include "core/logging.h"
#include "core/mapping/links.h"
#include "core/session/session.h"
#include "core/session/unitofwork.h"
#include "core/session/walk.h"

#include <QScopeGuard>
#include <QSet>

using namespace Qt::StringLiterals;

namespace orm {

void Session::checkNotBusy(const char *what) const
{
    if (m_isFlushing || m_isCommitting)
        throw InvalidRequestError(u"The session is already %1; a hook can't call %2()"_s.arg(
            m_isFlushing ? u"flushing"_s : u"committing"_s, QLatin1String(what)));
}

SessionTransaction Session::begin()
{
    checkActive();
    if (m_isBegun)
        throw InvalidRequestError(u"A transaction is already begun on this session"_s);
    m_isBegun = true;
    return {*this, m_transactionNumber};
}

void Session::beginWriting()
{
    m_isBegun = true;
    Connection &connection = this->connection();
    if (m_log.depth() > 0) {
        if (!connection.inTransaction()) { // a trigger's RAISE(ROLLBACK), a full disk …
            m_needsRollback = true;
            checkActive();
        }
        return;
    }
    if (connection.inTransaction()) // of another session on a database in memory
        throw OperationalError(OperationalError::Reason::Busy,
                               u"Another transaction is begun on this connection"_s);
    connection.begin();
    m_log.open();
}

void Session::runHooks(const std::vector<Hook> &hooks)
{
    for (size_t i = 0; i < hooks.size(); ++i) { // a hook may add hooks
        const Hook hook = hooks[i];
        hook(*this);
    }
}

void Session::flush()
{
    checkActive();
    if (m_isFlushing)
        throw InvalidRequestError(u"The session is already flushing"_s);
    if (!hasPending())
        return;
    m_isFlushing = true;
    const auto end = qScopeGuard([this] { m_isFlushing = false; });
    runHooks(m_beforeFlush);
    if (!m_unitOfWork->prepare()) {
        const auto touched = std::exchange(m_touched, {});
        for (const InstancePointer &state : touched)
            state->dropSnapshot();
        const auto relinked = std::exchange(m_relinked, {});
        for (const InstancePointer &state : relinked)
            state->links()->settle();
        return;
    }
    beginWriting();
    try {
        m_unitOfWork->write();
        runHooks(m_afterFlush);
    } catch (...) {
        fail();
        throw;
    }
}

/// Takes back what is in the database, so that the lock goes at once; the objects follow with the
/// rollback() that must come.
void Session::fail() noexcept
{
    m_needsRollback = true;
    const size_t depth = m_log.depth();
    if (depth == 0 || !m_connection->inTransaction())
        return;
    try {
        if (depth > 1) {
            m_connection->execute(u"ROLLBACK TO SAVEPOINT "_s + m_log.savepointAt(depth - 1));
            return;
        }
    } catch (const Error &error) {
        qCWarning(lcSql).noquote() << "rollback failed:" << error.message();
    }
    m_connection->rollback();
}

void Session::flushAll()
{
    constexpr int mostRounds = 100; // hooks may make new changes, but not for ever
    for (int round = 0; round < mostRounds; ++round) {
        if (!hasPending())
            return;
        flush();
    }
    fail();
    throw FlushError(u"Over 100 subsequent flushes have occurred within commit(): does an "
                     "afterFlush hook always make new changes?"_s);
}

void Session::commit()
{
    checkActive();
    checkNotBusy("commit");
    m_isCommitting = true;
    const auto end = qScopeGuard([this] { m_isCommitting = false; });
    flushAll();
    if (!m_beforeCommit.empty()) {
        runHooks(m_beforeCommit);
        flushAll();
    }
    if (m_log.depth() > 0) {
        try {
            m_connection->commit();
        } catch (const OperationalError &error) {
            const bool canRetry
                = error.reason() == OperationalError::Reason::Busy && m_connection->inTransaction();
            if (!canRetry)
                fail();
            throw;
        } catch (...) {
            fail();
            throw;
        }
        detail::walk(m_log.take(0), [](TransactionLog::Entry &entry) {
            const InstancePointer state = std::move(entry.state);
            if (state->state != ObjectState::Deleted)
                return;
            state->session = nullptr;
            state->state = ObjectState::Detached;
            state->wasDeleted = true;
            state->epoch = 1;
        });
    }
    endTransaction();
    if (m_options.expireOnCommit)
        expireAll();
    runHooks(m_afterCommit);
}

void Session::endTransaction()
{
    m_isBegun = false;
    m_needsRollback = false;
    ++m_transactionNumber;
}

void Session::rollback()
{
    checkThread();
    checkNotBusy("rollback");
    if (m_log.depth() > 0 && m_connection->inTransaction())
        m_connection->rollback();
    undoObjects(0);
    endTransaction();
    runHooks(m_afterRollback);
}

std::vector<InstancePointer> Session::insertedSince(quint32 number) const
{
    std::vector<InstancePointer> inserted;
    m_identityMap.forEach([&](InstanceState &state) {
        if (state.insertedIn >= number)
            inserted.emplace_back(&state);
    });
    return inserted;
}

/// Objects follow the rollback of frame @p frame of the log and those inside.
void Session::undoObjects(size_t frame)
{
    const auto relinked = std::exchange(m_relinked, {});
    for (const InstancePointer &state : relinked)
        state->links()->isNoted = false; // what was changed goes with the epoch
    const auto news = std::exchange(m_new, {});
    for (const InstancePointer &state : news)
        leave(*state, ObjectState::Transient);
    for (const InstancePointer &state : m_deleted)
        state->isMarkedDeleted = false;
    m_deleted.clear();
    expireAll();
    if (frame >= m_log.depth())
        return;

    const quint32 number = m_log.numberAt(frame);
    for (const InstancePointer &state : insertedSince(number))
        leave(*state, ObjectState::Transient);

    // First all leave the map, as keys may have moved in a circle; the oldest entry of an object
    // has the key that it comes back to
    std::vector<TransactionLog::Entry> entries = m_log.take(frame);
    for (const TransactionLog::Entry &entry : entries) {
        if (entry.state->session == this)
            m_identityMap.remove(*entry.state);
    }
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->state->session == this && entry->kind == TransactionLog::Entry::Kind::KeyChanged)
            entry->state->setIdentity(entry->before);
    }
    QSet<InstanceState *> done;
    for (const TransactionLog::Entry &entry : entries) {
        InstanceState &state = *entry.state;
        if (state.session != this || done.contains(&state))
            continue;
        done.insert(&state);
        if (state.insertedIn >= number) { // inserted and deleted since
            leave(state, ObjectState::Transient);
            continue;
        }
        state.state = ObjectState::Persistent;
        state.epoch = 0; // expired
        enter(state);
    }
}

Savepoint Session::beginNested()
{
    checkNotBusy("beginNested");
    flush();
    checkActive();
    beginWriting();
    const QString name = u"sp_%1"_s.arg(m_log.number() + 1);
    connection().execute(u"SAVEPOINT "_s + name);
    return {*this, m_log.open(name)};
}

void Session::releaseSavepoint(quint32 number)
{
    checkNotBusy("commit");
    flush();
    const size_t frame = m_log.indexOf(number);
    connection().execute(u"RELEASE SAVEPOINT "_s + m_log.savepointAt(frame));
    m_log.release(frame);
}

void Session::rollbackSavepoint(quint32 number)
{
    checkThread();
    checkNotBusy("rollback");
    const size_t frame = m_log.indexOf(number);
    if (m_connection->inTransaction()) {
        m_connection->execute(u"ROLLBACK TO SAVEPOINT "_s + m_log.savepointAt(frame));
        m_connection->execute(u"RELEASE SAVEPOINT "_s + m_log.savepointAt(frame));
        m_needsRollback = false;
    } else {
        m_needsRollback = true; // the database has given up more than that: rollback() must follow
    }
    undoObjects(frame);
}

NoAutoflush Session::noAutoflush()
{
    return NoAutoflush(*this);
}

} // namespace orm
