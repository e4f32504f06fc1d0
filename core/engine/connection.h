// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/databaseurl.h"
#include "core/engine/preparedstatement.h"

#include <QList>
#include <QSqlDatabase>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

struct sqlite3;

namespace orm {

class Dialect;
class StatementLease;

/// How to open a Connection.
struct ConnectionOptions
{
    enum class Access {
        ReadWrite,
        ReadOnly,
        Unlocked, ///< read only, an SQLite file without a lock. @see unlockedAccess()
    };
    enum class Create { IfMissing, Never };
    enum class Statements { Native, Query };

    Access access = Access::ReadWrite;
    Create create = Create::IfMissing; ///< SQLite only: whether a missing file is made
    Statements statements = Statements::Native; ///< Query: QSqlQuery even where a native one exists
    /// How long a statement waits for another program's lock before OperationalError::Busy.
    std::chrono::milliseconds busyTimeout = std::chrono::seconds(5);
    /// In place of the one that the URL's scheme stands for; outlives the connection.
    const Dialect *dialect = nullptr;
    /// Called in the connection's thread while it waits for a lock, with the time waited so far;
    /// 50 times a second. Returns false to give up (OperationalError::Busy). SQLite only.
    std::function<bool(std::chrono::milliseconds)> onBusy = {};
};

/// One open database handle, bound to the thread that opened it: every call from another thread
/// but interrupt() throws WrongThreadError.
class Connection
{
public:
    using Trace = std::function<void(const QString &sql)>;

    /// @throws OperationalError the database can't be opened: a directory, no permission, no database
    Connection(const DatabaseUrl &url, const Dialect &dialect,
               const ConnectionOptions &options = {});
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    const Dialect &dialect() const { return m_dialect; }
    const DatabaseUrl &url() const { return m_url; }
    bool isReadOnly() const;

    /// A statement of its own. @throws ProgrammingError wrong SQL, or no such table or column
    std::unique_ptr<PreparedStatement> prepare(const QString &sql);
    /// The statement for @p sql, prepared once and kept; reset, ready to be bound. Not re-entrant:
    /// two runs of one text at the same time need lease(). For texts of which there are few.
    PreparedStatement &cached(const QString &sql);
    /// A statement from a small stock of those used last, with @p values bound; put back there by the
    /// lease's end.
    [[nodiscard]] StatementLease lease(const QString &sql, const QList<StoredValue> &values = {});
    /// Runs @p sql to its end. @returns rows written
    qint64 execute(const QString &sql, const QList<StoredValue> &values = {});
    /// First column of the first row; NULL if there is none.
    StoredValue scalar(const QString &sql, const QList<StoredValue> &values = {});

    /// BEGIN IMMEDIATE on SQLite (a write transaction at once, so that two programs can't deadlock),
    /// BEGIN elsewhere. @see Transaction, which rolls back by itself
    void begin();
    void commit();
    void rollback() noexcept;
    /// False, too, after an error with which the database has rolled back by itself.
    bool inTransaction() const;

    /// Makes the running statement fail with OperationalError::Interrupted. From any thread.
    void interrupt();

    /// Sees each statement's text as it is run; for tests and the log. @returns the one before
    Trace setTrace(Trace trace);
    /// Shows it @p sql, which another connection runs for this one.
    void trace(const QString &sql) const;

    /// Whether @p column, a table's integer key, is its rowid, so that PreparedStatement::lastInsertId()
    /// tells the key of a new row; false where that can't be found out, too.
    bool isRowid(const QString &table, const QString &column) const;

    /// The native handle; null where Qt's SQLite is not the one we link or for other databases.
    sqlite3 *sqlite() const { return m_sqlite; }
    QSqlDatabase database() const;

    /// @throws WrongThreadError
    void checkThread() const;
    /// Used by the statements: trace, thread and guard.
    void aboutToRun(const QString &sql) const;
    [[noreturn]] void throwLastError(const QString &sql) const;

private:
    friend class StatementLease;
    struct Busy;

    void openSqlite(const ConnectionOptions &options);
    void run(const QString &sql); ///< one of a few texts, kept prepared
    void takeBack(const QString &sql, std::unique_ptr<PreparedStatement> statement);

    DatabaseUrl m_url;
    const Dialect &m_dialect;
    QString m_name; ///< of the QSqlDatabase
    Qt::HANDLE m_thread;
    sqlite3 *m_sqlite = nullptr;
    bool m_useNative = false;
    bool m_inTransaction = false;
    std::unique_ptr<Busy> m_busy;
    std::unordered_map<QString, std::unique_ptr<PreparedStatement>> m_statements;
    /// Not leased at present; the one used last at the end.
    std::vector<std::pair<QString, std::unique_ptr<PreparedStatement>>> m_stock;
    Trace m_trace;
};

} // namespace orm
