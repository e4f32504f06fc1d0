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

} // namespace orm
