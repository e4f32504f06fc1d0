// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <exception>

namespace orm {

/// Root of everything the core throws. Names are SQLAlchemy's; the kinds are told apart by what
/// the caller can do next. Copyable, so that it can cross threads.
///
/// message() is English and for the log; a user reads the sentence that ui/common/errortext makes.
class Error : public std::exception
{
public:
    enum class Kind {
        Operational, ///< retry, or repair the environment: busy, disk, connection
        Integrity, ///< correct the value: not null, unique, foreign key, check
        Data, ///< correct the value: refused before any SQL (type, length, null)
        StaleData, ///< merge: the row moved since it was read; session/staledataerror.h
        PendingRollback, ///< roll back first
        NoResult,
        MultipleResults,
        ObjectDeleted,
        DetachedInstance,
        InvalidRequest, ///< fix our code
        Flush,
        Programming, ///< the SQL is wrong, or a table or column is missing
        WrongThread,
        Cancelled, ///< the task was cancelled by its user; nothing was done
    };

    Error(Kind kind, const QString &message);

    Kind kind() const { return m_kind; }
    const QString &message() const { return m_message; }
    /// The SQL that failed, with placeholders and never with values; empty if none was sent.
    const QString &statement() const { return m_statement; }
    /// The database's own code, e.g. 2067 for SQLITE_CONSTRAINT_UNIQUE; 0 if there is none.
    int nativeCode() const { return m_nativeCode; }
    void setStatement(const QString &statement, int nativeCode);

    const char *what() const noexcept override { return m_what.constData(); }

private:
    Kind m_kind;
    QString m_message;
    QString m_statement;
    int m_nativeCode = 0;
    QByteArray m_what;
};

/// The database could not do it now.
class OperationalError final : public Error
{
public:
    enum class Reason {
        Busy, ///< another program holds the lock
        Interrupted, ///< cancelled by interrupt()
        DiskFull,
        ReadOnly,
        CannotOpen, ///< no such file, a directory, or no permission
        NotADatabase,
        Corrupt,
        InputOutput,
        ConnectionLost,
        Other,
    };

    OperationalError(Reason reason, const QString &message);
    Reason reason() const { return m_reason; }

private:
    Reason m_reason;
};

/// A constraint of the database refused a value.
class IntegrityError final : public Error
{
public:
    enum class Constraint { NotNull, Unique, PrimaryKey, ForeignKey, Check, Other };

    IntegrityError(Constraint constraint, const QString &message);
    Constraint constraint() const { return m_constraint; }

    QString table; ///< empty where the database doesn't say
    QStringList columns; ///< empty where the database doesn't say
    QString name; ///< of the constraint; empty where the database doesn't say

private:
    Constraint m_constraint;
};

/// A value was refused before any SQL (wrong type, too long, NULL where there must be a value), or a
/// stored one can't be held by the member it is for.
class DataError final : public Error
{
public:
    DataError(const QString &columnName, const QString &message);

    QString table; ///< empty where it isn't known
    QString column; ///< empty where it isn't known
};

/// The session's transaction was rolled back by a failed flush; call rollback() first.
/// @see SQLAlchemy, exc.PendingRollbackError
class PendingRollbackError final : public Error
{
public:
    explicit PendingRollbackError(const QString &message);
};

/// There is no row where there must be one.
class NoResultFound final : public Error
{
public:
    explicit NoResultFound(const QString &message);
};

/// There are several rows where there may be one.
class MultipleResultsFound final : public Error
{
public:
    explicit MultipleResultsFound(const QString &message);
};

/// The row of an expired object is gone.
class ObjectDeletedError final : public Error
{
public:
    explicit ObjectDeletedError(const QString &message);
};

/// An expired object without a session was read.
class DetachedInstanceError final : public Error
{
public:
    explicit DetachedInstanceError(const QString &message);
};

/// Our own code asked for something that makes no sense: adding what belongs to another session …
class InvalidRequestError final : public Error
{
public:
    explicit InvalidRequestError(const QString &message);
};

/// A flush can't come to an end, e.g. because hooks make new changes for ever.
class FlushError final : public Error
{
public:
    explicit FlushError(const QString &message);
};

/// The SQL is wrong, or names a table or column that isn't there.
class ProgrammingError final : public Error
{
public:
    explicit ProgrammingError(const QString &message);
};

/// A Session, Ref or Connection was used outside the thread that made it.
class WrongThreadError final : public Error
{
public:
    explicit WrongThreadError(const QString &message);
};

/// The task was cancelled before it began or by its user; nothing was written.
class CancelledError final : public Error
{
public:
    CancelledError();
};

} // namespace orm
