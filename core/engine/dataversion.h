// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace orm {

class Connection;

/// A number that changes exactly when another connection commits to the database; what
/// @p connection itself writes leaves it as it is. 0 always where the database has none.
/// @see https://www.sqlite.org/pragma.html#pragma_data_version
qint64 dataVersion(Connection &connection);

/// Whether somebody has written to the database within the last @p time, and a read could make his next
/// write fail: false in WAL mode and on servers. Asks the file system alone, so it is in nobody's way.
bool isBeingWritten(Connection &connection, std::chrono::milliseconds time);

/// Whether a connection of any program has begun to write and will want all readers out: it holds
/// SQLite's RESERVED lock, or a stronger one. False in WAL mode and on servers, where readers are in
/// nobody's way. Looks at the lock without taking one, in less than a microsecond.
/// @see https://www.sqlite.org/c3ref/io_methods.html xCheckReservedLock
bool isWriteBegun(Connection &connection);

/// Whether a read of the database keeps others from writing meanwhile, as in an SQLite file unless it is in
/// WAL mode.
bool doReadersKeepWritersOut(Connection &connection);

} // namespace orm
