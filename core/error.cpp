// SPDX-License-Identifier: MIT
#include "core/error.h"

using namespace Qt::StringLiterals;

namespace orm {

Error::Error(Kind kind, const QString &message)
    : m_kind(kind)
    , m_message(message)
    , m_what(message.toUtf8())
{}

void Error::setStatement(const QString &statement, int nativeCode)
{
    m_statement = statement;
    m_nativeCode = nativeCode;
    m_what = (m_message + u" ["_s + m_statement + u"]"_s).toUtf8();
}

OperationalError::OperationalError(Reason reason, const QString &message)
    : Error(Kind::Operational, message)
    , m_reason(reason)
{}

IntegrityError::IntegrityError(Constraint constraint, const QString &message)
    : Error(Kind::Integrity, message)
    , m_constraint(constraint)
{}

DataError::DataError(const QString &columnName, const QString &message)
    : Error(Kind::Data, message)
    , column(columnName)
{}

PendingRollbackError::PendingRollbackError(const QString &message)
    : Error(Kind::PendingRollback, message)
{}

NoResultFound::NoResultFound(const QString &message)
    : Error(Kind::NoResult, message)
{}

MultipleResultsFound::MultipleResultsFound(const QString &message)
    : Error(Kind::MultipleResults, message)
{}

ObjectDeletedError::ObjectDeletedError(const QString &message)
    : Error(Kind::ObjectDeleted, message)
{}

DetachedInstanceError::DetachedInstanceError(const QString &message)
    : Error(Kind::DetachedInstance, message)
{}

InvalidRequestError::InvalidRequestError(const QString &message)
    : Error(Kind::InvalidRequest, message)
{}

FlushError::FlushError(const QString &message)
    : Error(Kind::Flush, message)
{}

ProgrammingError::ProgrammingError(const QString &message)
    : Error(Kind::Programming, message)
{}

WrongThreadError::WrongThreadError(const QString &message)
    : Error(Kind::WrongThread, message)
{}

CancelledError::CancelledError()
    : Error(Kind::Cancelled, u"The task was cancelled"_s)
{}

} // namespace orm
