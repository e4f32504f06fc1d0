// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <functional>

namespace orm {

class Connection;

/// Copies a SQLite database to a new file while others go on reading and writing it.
///
/// In rollback mode the copy is made in pieces, with pauses in which others can write; when they do it
/// begins again, and after some times it holds the lock, so that it comes to an end. In WAL mode it is
/// of one moment. The file has its name only when it is whole.
class Backup
{
public:
    static constexpr std::chrono::milliseconds piece{5}; ///< the longest time that writers wait
    static constexpr std::chrono::milliseconds pause{2};
    static constexpr int maxRestarts = 5; ///< because of others' writes

    /// Called with 0 to 100 after each piece; returns false to give up.
    using Progress = std::function<bool(int percent)>;

    /// @throws InvalidRequestError @p path exists, or the database is not SQLite's
    /// @throws CancelledError @p progress gave up; nothing is left behind
    /// @throws OperationalError the file can't be written, or the database can't be read
    static void copy(Connection &from, const QString &path, const Progress &progress = {});
};

} // namespace orm
