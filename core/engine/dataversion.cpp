// SPDX-License-Identifier: MIT
#include "core/engine/dataversion.h"

#include "core/engine/connection.h"
#include "core/engine/statementlease.h"

#include <algorithm>
#include <filesystem>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

qint64 dataVersion(Connection &connection)
{
    if (!connection.url().isSqlite())
        return 0;
    return connection.scalar(u"PRAGMA data_version"_s).toInteger();
}

bool isBeingWritten(Connection &connection, std::chrono::milliseconds time)
{
    namespace fs = std::filesystem;
    sqlite3 *handle = connection.sqlite();
    const char *name = handle ? sqlite3_db_filename(handle, "main") : nullptr;
    if (!name || !*name)
        return false;
    const fs::path file(reinterpret_cast<const char8_t *>(name));
    const auto beside = [&file](const char *suffix) { return fs::path(file) += suffix; };
    std::error_code none; // what isn't there was not written
    if (fs::exists(beside("-wal"), none))
        return false;
    const auto newest
        = std::max(fs::last_write_time(file, none), fs::last_write_time(beside("-journal"), none));
    return fs::file_time_type::clock::now() - newest < time;
}

bool isWriteBegun(Connection &connection)
{
    sqlite3 *handle = connection.sqlite();
    sqlite3_file *file = nullptr;
    int isReserved = 0;
    if (handle
        && sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK
        && file && file->pMethods)
        file->pMethods->xCheckReservedLock(file, &isReserved);
    return isReserved != 0;
}

bool doReadersKeepWritersOut(Connection &connection)
{
    const char *file
        = connection.sqlite() ? sqlite3_db_filename(connection.sqlite(), "main") : nullptr;
    if (!file || !*file)
        return false;
    PreparedStatement &mode = connection.cached(u"PRAGMA journal_mode"_s);
    const StatementRun run(mode);
    return mode.step() && mode.columnText(0) != u"wal"_s;
}

} // namespace orm
