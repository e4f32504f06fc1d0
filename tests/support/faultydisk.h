// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// While it lives, every SQLite connection that is opened stands on a disk that fails when the test
/// says so: a VFS over the system's own, and the default one. From any thread.
class FaultyDisk
{
public:
    /// How a call fails: as the system says ENOSPC, EIO or EACCES.
    enum class Fault { NoSpace, InputOutput, NoPermission };
    /// The deletion of a rollback journal is what commits.
    enum class Moment { BeforeCommit, AfterCommit };

    FaultyDisk();
    ~FaultyDisk();
    Q_DISABLE_COPY_MOVE(FaultyDisk)

    /// From now on no write succeeds, or all do again.
    void setFull(bool full);
    /// Of the calls that change something (write, sync, truncate, delete, a file made) the one after
    /// the next @p calls fails, and @p count in all.
    void failAfter(int calls, Fault fault, int count = 1);
    void failNothing();
    int calls() const; ///< made so far
    /// The next commit in this process kills it (SIGKILL).
    void killAt(Moment moment);
};
