// SPDX-License-Identifier: MIT
#pragma once

namespace orm {

class Connection;

/// Whether a connection still has the file that its database's path names.
enum class DatabaseFile {
    Same, ///< as far as can be told; also where the database is no file of SQLite's
    Gone, ///< moved, deleted or unmounted: nothing is there
    Replaced, ///< another file is there
};

/// Looks at the file's device and inode, and runs no SQL. What is written to a file that is gone or
/// was replaced nobody reads.
DatabaseFile databaseFile(const Connection &connection);

} // namespace orm
