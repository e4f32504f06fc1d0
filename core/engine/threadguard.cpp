// SPDX-License-Identifier: MIT
#include "core/engine/threadguard.h"

#include <QThread>

#ifdef POSTDESK_GUARD_GUI_THREAD
#include <atomic>
#include <sqlite3.h>
#endif

namespace orm {

#ifdef POSTDESK_GUARD_GUI_THREAD

namespace {

std::atomic<QThread *> forbiddenThread = nullptr;

int checkStatement(unsigned, void *, void *, void *sql)
{
    checkDatabaseCallAllowed(static_cast<const char *>(sql));
    return 0;
}

/// Called by SQLite for each connection that is opened, whoever opens it.
int watchConnection(sqlite3 *database, char **, const struct sqlite3_api_routines *)
{
    checkDatabaseCallAllowed("(opening a database)");
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, checkStatement, nullptr);
}

} // namespace

void forbidDatabaseCallsOn(QThread *thread)
{
    forbiddenThread = thread;
    using EntryPoint = void (*)();
    sqlite3_auto_extension(
        reinterpret_cast<EntryPoint>(watchConnection)); // once is enough: it checks
}

void checkDatabaseCallAllowed(const char *sql)
{
    QThread *thread = forbiddenThread;
    if (thread && QThread::currentThread() == thread)
        qFatal("database call on the GUI thread, which must never wait for one: %s", sql);
}

#else

void forbidDatabaseCallsOn(QThread *) {}

void checkDatabaseCallAllowed(const char *) {}

#endif

} // namespace orm
