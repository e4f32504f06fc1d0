// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// While it lives, every SQLite connection that is opened stands on a disk that can be full: a VFS
/// over the system's own, and the default one.
class FullDisk
{
public:
    FullDisk();
    ~FullDisk();
    Q_DISABLE_COPY_MOVE(FullDisk)

    /// From now on no write succeeds (SQLITE_FULL), or all do again.
    void setFull(bool full);
};
