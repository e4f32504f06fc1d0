// SPDX-License-Identifier: MIT
#include "core/engine/databasefile.h"

#include "core/engine/connection.h"

#include <QFileInfo>

#include <sqlite3.h>

namespace orm {

DatabaseFile databaseFile(const Connection &connection)
{
    connection.checkThread();
    if (!connection.sqlite() || connection.url().isMemory())
        return DatabaseFile::Same;
    int hasMoved = 0;
    const int result
        = sqlite3_file_control(connection.sqlite(), "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved);
    if (result != SQLITE_OK || !hasMoved)
        return DatabaseFile::Same;
    return QFileInfo::exists(connection.url().database) ? DatabaseFile::Replaced
                                                        : DatabaseFile::Gone;
}

} // namespace orm
