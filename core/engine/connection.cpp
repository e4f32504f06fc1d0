// SPDX-License-Identifier: MIT
#include "core/engine/connection.h"

#include "core/dialect/dialect.h"
#include "core/engine/querystatement.h"
#include "core/engine/sqlitestatement.h"
#include "core/engine/statementlease.h"
#include "core/engine/threadguard.h"
#include "core/engine/unlockedfile.h"
#include "core/error.h"
#include "core/logging.h"

#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <QUrl>
#include <QVariant>

#include <algorithm>
#include <atomic>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

QString nextConnectionName()
{
    static std::atomic<int> count = 0;
    return u"orm-%1"_s.arg(++count);
}

sqlite3 *nativeHandle(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

/// Waits for another program's lock in small steps, so that it can be told and stopped.
struct Connection::Busy
{
    static constexpr std::chrono::milliseconds step{20};

    std::chrono::milliseconds timeout;
    std::function<bool(std::chrono::milliseconds)> onBusy;
    std::chrono::steady_clock::time_point since;

    static int handle(void *self, int count)
    {
        auto *busy = static_cast<Busy *>(self);
        const auto now = std::chrono::steady_clock::now();
        if (count == 0)
            busy->since = now;
        const auto waited
            = std::chrono::duration_cast<std::chrono::milliseconds>(now - busy->since);
        if (waited >= busy->timeout || (busy->onBusy && !busy->onBusy(waited)))
            return 0;
        // short at first: most locks are over in a moment
        QThread::usleep(count < 10 ? 1000 : static_cast<unsigned long>(step.count()) * 1000);
        return 1;
    }
};

Connection::Connection(const DatabaseUrl &url, const Dialect &dialect,
                       const ConnectionOptions &options)
    : m_url(url)
    , m_dialect(dialect)
    , m_name(nextConnectionName())
    , m_thread(QThread::currentThreadId())
{
    checkDatabaseCallAllowed("(opening a database)");
    QSqlDatabase::addDatabase(dialect.driver(), m_name);
    try {
        openSqlite(options);
    } catch (...) {
        database().close();
        QSqlDatabase::removeDatabase(m_name);
        throw;
    }
}

Connection::~Connection()
{
    if (m_inTransaction)
        rollback();
    m_statements.clear();
    m_stock.clear();
    {
        QSqlDatabase handle = database();
        handle.close();
    }
    QSqlDatabase::removeDatabase(m_name);
}

void Connection::openSqlite(const ConnectionOptions &options)
{
    const bool isUnlocked = options.access == ConnectionOptions::Access::Unlocked;
    const bool isReadOnly = isUnlocked || options.access == ConnectionOptions::Access::ReadOnly;
    const bool isNewFile = !m_url.isMemory() && !QFileInfo::exists(m_url.database);
    if (!m_url.isMemory()) {
        // SQLite says "unable to open" for all of these, and makes a missing file only on the first
        // write; the reader wants to know now
        const QFileInfo file(m_url.database);
        if (file.isDir())
            throw OperationalError(OperationalError::Reason::CannotOpen,
                                   u"'%1' is a directory"_s.arg(m_url.database));
        if (!file.exists() && (isReadOnly || options.create == ConnectionOptions::Create::Never))
            throw OperationalError(OperationalError::Reason::CannotOpen,
                                   u"There is no file '%1'"_s.arg(m_url.database));
    }

    QSqlDatabase handle = database();
    handle.setDatabaseName(m_url.isMemory() ? u":memory:"_s : m_url.database);
    QStringList settings{u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(options.busyTimeout.count())};
    if (isReadOnly)
        settings.append(u"QSQLITE_OPEN_READONLY"_s);
    if (isUnlocked) {
        QUrl file = QUrl::fromLocalFile(QFileInfo(m_url.database).absoluteFilePath());
        file.setQuery(u"mode=ro&vfs="_s + QLatin1String(unlockedAccess()));
        handle.setDatabaseName(QString::fromLatin1(file.toEncoded()));
        settings.append(u"QSQLITE_OPEN_URI"_s);
    }
    handle.setConnectOptions(settings.join(u';'));
    if (!handle.open())
        m_dialect.throwError(handle.lastError(), QString());

    // A Qt with an SQLite of its own would have two libraries work on one handle: ask by Qt's
    // before ours touches it
    sqlite3 *native = nativeHandle(handle);
    const bool isSameLibrary = native
        && scalar(u"SELECT sqlite_source_id()"_s).toString() == QLatin1String(sqlite3_sourceid());
    if (isSameLibrary) {
        m_sqlite = native;
        m_useNative = options.statements == ConnectionOptions::Statements::Native;
        sqlite3_extended_result_codes(m_sqlite, 1);
        m_busy = std::make_unique<Busy>();
        m_busy->timeout = options.busyTimeout;
        m_busy->onBusy = options.onBusy;
        sqlite3_busy_handler(m_sqlite, Busy::handle, m_busy.get());
    }

    if (isNewFile) // an existing file's journal mode is its owner's
        scalar(u"PRAGMA journal_mode = WAL"_s);
    execute(u"PRAGMA foreign_keys = ON"_s);
    execute(u"PRAGMA synchronous = FULL"_s); // a user's save is durable
    execute(u"PRAGMA temp_store = FILE"_s); // MEMORY took 2 GB to sort 10 million rows
    scalar(u"SELECT count(*) FROM sqlite_schema"_s); // only now a file that is no database is found
}

bool Connection::isReadOnly() const
{
    return m_sqlite && sqlite3_db_readonly(m_sqlite, "main") == 1;
}

std::unique_ptr<PreparedStatement> Connection::prepare(const QString &sql)
{
    checkThread();
    if (m_useNative)
        return std::make_unique<SqliteStatement>(*this, sql);
    return std::make_unique<QueryStatement>(*this, sql);
}

PreparedStatement &Connection::cached(const QString &sql)
{
    checkThread();
    auto found = m_statements.find(sql);
    if (found == m_statements.end())
        found = m_statements.emplace(sql, prepare(sql)).first;
    else
        found->second->reset();
    return *found->second;
}

StatementLease Connection::lease(const QString &sql, const QList<StoredValue> &values)
{
    checkThread();
    std::unique_ptr<PreparedStatement> statement;
    const auto found = std::find_if(m_stock.rbegin(), m_stock.rend(),
                                    [&sql](const auto &idle) { return idle.first == sql; });
    if (found == m_stock.rend()) {
        statement = prepare(sql);
    } else {
        statement = std::move(found->second);
        m_stock.erase(std::next(found).base());
    }
    for (int i = 0; i < values.size(); ++i)
        statement->bind(i, values.at(i));
    return {*this, sql, std::move(statement)};
}

void Connection::takeBack(const QString &sql, std::unique_ptr<PreparedStatement> statement)
{
    constexpr size_t most = 32;
    statement->reset();
    if (m_stock.size() >= most)
        m_stock.erase(m_stock.begin());
    m_stock.emplace_back(sql, std::move(statement));
}

qint64 Connection::execute(const QString &sql, const QList<StoredValue> &values)
{
    const auto statement = prepare(sql);
    for (int i = 0; i < values.size(); ++i)
        statement->bind(i, values.at(i));
    while (statement->step()) {}
    return statement->rowsAffected();
}

StoredValue Connection::scalar(const QString &sql, const QList<StoredValue> &values)
{
    const auto statement = prepare(sql);
    for (int i = 0; i < values.size(); ++i)
        statement->bind(i, values.at(i));
    StoredValue value;
    if (statement->step())
        value = statement->columnValue(0);
    statement->reset();
    return value;
}

void Connection::run(const QString &sql)
{
    PreparedStatement &statement = cached(sql);
    while (statement.step()) {}
}

void Connection::begin()
{
    checkThread();
    if (inTransaction())
        throw InvalidRequestError(u"A transaction is already begun"_s);
    run(m_dialect.beginStatement());
    m_inTransaction = true;
}

void Connection::commit()
{
    run(u"COMMIT"_s);
    m_inTransaction = false;
}

void Connection::rollback() noexcept
{
    m_inTransaction = false;
    // SQLite may have rolled back by itself (disk full, I/O error): then there is nothing left to do
    if (m_sqlite && sqlite3_get_autocommit(m_sqlite))
        return;
    try {
        run(u"ROLLBACK"_s);
    } catch (const Error &error) {
        qCWarning(lcSql).noquote() << "rollback failed:" << error.message();
    }
}

bool Connection::inTransaction() const
{
    checkThread();
    return m_inTransaction && !(m_sqlite && sqlite3_get_autocommit(m_sqlite));
}

void Connection::interrupt()
{
    if (m_sqlite)
        sqlite3_interrupt(m_sqlite);
}

Connection::Trace Connection::setTrace(Trace trace)
{
    checkThread();
    return std::exchange(m_trace, std::move(trace));
}

void Connection::trace(const QString &sql) const
{
    if (m_trace)
        m_trace(sql);
}

bool Connection::isRowid(const QString &table, const QString &column) const
{
    checkThread();
    if (!m_sqlite)
        return false;
    const QByteArray tableName = table.toUtf8();
    const char *type = nullptr;
    int isKey = 0;
    if (sqlite3_table_column_metadata(m_sqlite, nullptr, tableName.constData(),
                                      column.toUtf8().constData(), &type, nullptr, nullptr, &isKey,
                                      nullptr)
            != SQLITE_OK
        || !isKey || qstricmp(type, "INTEGER") != 0)
        return false;
    // A key that is no rowid (INTEGER PRIMARY KEY DESC, WITHOUT ROWID, two columns) has an index
    sqlite3_stmt *index = nullptr;
    if (sqlite3_prepare_v2(m_sqlite, "SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'", -1,
                           &index, nullptr)
        != SQLITE_OK)
        return false;
    sqlite3_bind_text(index, 1, tableName.constData(), -1, SQLITE_STATIC);
    const bool hasNoIndex = sqlite3_step(index) == SQLITE_DONE;
    sqlite3_finalize(index);
    return hasNoIndex;
}

QSqlDatabase Connection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

void Connection::checkThread() const
{
    if (QThread::currentThreadId() != m_thread)
        throw WrongThreadError(u"A connection was used outside the thread that opened it"_s);
}

void Connection::aboutToRun(const QString &sql) const
{
    checkThread();
#ifdef POSTDESK_GUARD_GUI_THREAD
    checkDatabaseCallAllowed(qUtf8Printable(sql));
#endif
    trace(sql);
    qCDebug(lcSql).noquote() << sql;
}

void Connection::throwLastError(const QString &sql) const
{
    m_dialect.throwError(sqlite3_extended_errcode(m_sqlite),
                         QString::fromUtf8(sqlite3_errmsg(m_sqlite)), sql);
    Q_UNREACHABLE(); // GCC 12 forgets [[noreturn]] on virtual calls
}

} // namespace orm
