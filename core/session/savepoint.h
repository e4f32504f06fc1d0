// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace orm {

class Session;

/// A session's transaction for a scope: rolled back when left without commit(). It may be committed
/// or rolled back by the session as well. The session outlives it. @see Session::begin
class SessionTransaction
{
public:
    SessionTransaction(Session &session, quint32 number)
        : m_session(&session)
        , m_number(number)
    {}
    SessionTransaction(SessionTransaction &&other) noexcept;
    ~SessionTransaction();
    SessionTransaction(const SessionTransaction &) = delete;
    SessionTransaction &operator=(const SessionTransaction &) = delete;
    SessionTransaction &operator=(SessionTransaction &&) = delete;

    bool isActive() const;
    /// @throws InvalidRequestError it is over already; and what Session::commit() throws
    void commit();
    void rollback();

private:
    void checkActive() const;

    Session *m_session;
    quint32 m_number;
};

/// A nested transaction for a scope: rolls back to where it began when left without commit(), and
/// what was flushed before stays. The session outlives it. @see Session::beginNested
class Savepoint
{
public:
    Savepoint(Session &session, quint32 number)
        : m_session(&session)
        , m_number(number)
    {}
    Savepoint(Savepoint &&other) noexcept;
    ~Savepoint();
    Savepoint(const Savepoint &) = delete;
    Savepoint &operator=(const Savepoint &) = delete;
    Savepoint &operator=(Savepoint &&) = delete;

    bool isActive() const;
    bool isInnermost() const; ///< whether it is the one that a failed flush would roll back to
    /// Flushes and keeps what was done, as part of the transaction around it.
    /// @throws InvalidRequestError it is over already; and what Session::flush() throws
    void commit();
    void rollback();

private:
    void checkActive() const;

    Session *m_session;
    quint32 m_number; ///< of its frame in the TransactionLog
};

} // namespace orm
