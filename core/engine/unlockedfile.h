// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <filesystem>
#include <optional>

namespace orm {

class Connection;

/// The name of SQLite's access to files as ever, but without a lock: who reads by it keeps nobody from
/// writing, and has to find out by FileState whether somebody did. Nothing can be written by it, and a
/// database in WAL mode not be opened. Registers it, the first time.
///
/// Not SQLite's nolock=1: where a file that it has opened is closed, the system drops all locks of the
/// process on that file, those of a save, too.
/// @see https://www.sqlite.org/vfs.html; https://www.sqlite.org/lockingv3.html, "closing a file"
const char *unlockedAccess();

/// What can be seen of a database file without a lock. All that was read between the two looks below is of
/// one committed state: who writes to the file has the RESERVED lock first, and changes the counter before he
/// lets go of it, or the time where he takes all back.
/// @see https://www.sqlite.org/fileformat.html, "file change counter"
struct FileState
{
    quint32 changes = 0; ///< commits to it, as SQLite counts them
    quint32 schema = 0; ///< the same of those that change tables
    std::filesystem::file_time_type written;

    bool operator==(const FileState &) const = default;
};

/// The state of the file of @p connection, which was opened by unlockedAccess(). Nothing while a write has
/// begun, or where there is nothing in the file.
std::optional<FileState> stateBeforeReading(Connection &connection);
/// Whether it is in that state still, and no write has begun.
bool isUnchanged(Connection &connection, const FileState &state);

/// The same when the file was opened.
std::optional<FileState> stateWhenOpened(Connection &connection);

} // namespace orm
