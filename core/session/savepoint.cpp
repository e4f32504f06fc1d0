// SPDX-License-Identifier: MIT
#include "core/session/savepoint.h"

#include "core/logging.h"
#include "core/session/session.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// Ends a scope that was left without commit(); by an error, mostly, so a second one is only told.
template<typename Scope>
void end(Scope &scope) noexcept
{
    try {
        if (scope.isActive())
            scope.rollback();
    } catch (const std::exception &error) {
        qCWarning(lcSql).noquote() << "rollback failed:" << error.what();
    }
}

} // namespace

SessionTransaction::SessionTransaction(SessionTransaction &&other) noexcept
    : m_session(std::exchange(other.m_session, nullptr))
    , m_number(other.m_number)
{}

SessionTransaction::~SessionTransaction()
{
    end(*this);
}

bool SessionTransaction::isActive() const
{
    return m_session && m_session->m_isBegun && m_session->m_transactionNumber == m_number;
}

void SessionTransaction::checkActive() const
{
    if (!isActive())
        throw InvalidRequestError(u"The transaction is no longer active"_s);
}

void SessionTransaction::commit()
{
    checkActive();
    m_session->commit();
}

void SessionTransaction::rollback()
{
    checkActive();
    m_session->rollback();
}

Savepoint::Savepoint(Savepoint &&other) noexcept
    : m_session(std::exchange(other.m_session, nullptr))
    , m_number(other.m_number)
{}

Savepoint::~Savepoint()
{
    end(*this);
}

bool Savepoint::isActive() const
{
    return m_session && m_session->m_log.indexOf(m_number) < m_session->m_log.depth();
}

bool Savepoint::isInnermost() const
{
    return isActive() && m_session->m_log.number() == m_number;
}

void Savepoint::checkActive() const
{
    if (!isActive())
        throw InvalidRequestError(u"The savepoint is no longer active"_s);
}

void Savepoint::commit()
{
    checkActive();
    m_session->releaseSavepoint(m_number);
}

void Savepoint::rollback()
{
    checkActive();
    m_session->rollbackSavepoint(m_number);
}

} // namespace orm
