// SPDX-License-Identifier: MIT
#pragma once

class QThread;

namespace orm {

/// From now on a database call in @p thread aborts the program with a message that names the SQL:
/// the window must never wait for the database. Every SQLite connection of the process is watched,
/// also those that don't go through Connection. Null lifts the ban.
///
/// Does nothing unless built with POSTDESK_GUARD_GUI_THREAD, as the builds for tests are.
void forbidDatabaseCallsOn(QThread *thread);

/// Aborts if the current thread is the forbidden one. @p sql is for the message.
void checkDatabaseCallAllowed(const char *sql);

} // namespace orm
