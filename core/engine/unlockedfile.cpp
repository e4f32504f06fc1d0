// SPDX-License-Identifier: MIT
#include "core/engine/unlockedfile.h"

#include "core/engine/connection.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <sqlite3.h>

namespace orm {

namespace {

/// As SQLite allocates it: this, and behind it the file of the access below.
struct UnlockedFile
{
    sqlite3_file base; ///< first, as SQLite knows only this
    std::optional<FileState> opened;
    std::filesystem::path path;
    std::unique_ptr<char[]> ahead; ///< what was read beyond what was asked for
    sqlite3_int64 aheadAt = 0;
    sqlite3_int64 aheadSize = 0;
    sqlite3_int64 last = 0; ///< place that was asked for

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
    std::optional<FileState> state();
    bool isBeingWritten();
};

UnlockedFile *unlocked(sqlite3_file *file)
{
    return reinterpret_cast<UnlockedFile *>(file);
}

sqlite3_file *real(sqlite3_file *file)
{
    return unlocked(file)->real();
}

std::optional<FileState> UnlockedFile::state()
{
    constexpr size_t first = 24; // in the file's header
    constexpr size_t schema = 40;
    std::array<uchar, schema + sizeof(quint32) - first> header{};
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    if (error
        || real()->pMethods->xRead(real(), header.data(), int(header.size()), first) != SQLITE_OK)
        return {};
    const auto number
        = [&header](size_t at) { return qFromBigEndian<quint32>(&header.at(at - first)); };
    return FileState{number(first), number(schema), written};
}

bool UnlockedFile::isBeingWritten()
{
    int isReserved = 0;
    return real()->pMethods->xCheckReservedLock(real(), &isReserved) != SQLITE_OK || isReserved;
}

/// The look at the lock is the last: who begins behind it makes this another state, whenever he ends.
std::optional<FileState> stateBefore(UnlockedFile &file)
{
    const auto state = file.state();
    return file.isBeingWritten() ? std::nullopt : state;
}

int close(sqlite3_file *file)
{
    const int result = real(file)->pMethods->xClose(real(file));
    std::destroy_at(unlocked(file));
    return result;
}

/// SQLite asks for each page by itself. Who goes through a table has the next ones at hand: that saves most
/// calls of the system, a sixth of the time.
int read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    constexpr int aheadBytes = 128 * 1024;
    UnlockedFile &self = *unlocked(file);
    const bool goesOn = offset > self.last && offset - self.last < aheadBytes;
    self.last = offset;
    const auto isAhead
        = [&] { return offset >= self.aheadAt && offset + size <= self.aheadAt + self.aheadSize; };
    if (goesOn && !isAhead()) {
        if (!self.ahead)
            self.ahead = std::make_unique<char[]>(aheadBytes);
        self.aheadAt = offset;
        const int result
            = real(file)->pMethods->xRead(real(file), self.ahead.get(), aheadBytes, offset);
        self.aheadSize = result == SQLITE_OK ? aheadBytes : 0; // at the end there is less
    }
    if (!isAhead())
        return real(file)->pMethods->xRead(real(file), bytes, size, offset);
    std::copy_n(self.ahead.get() + (offset - self.aheadAt), size, static_cast<char *>(bytes));
    return SQLITE_OK;
}

int write(sqlite3_file *, const void *, int, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int truncate(sqlite3_file *, sqlite3_int64)
{
    return SQLITE_READONLY;
}

int sync(sqlite3_file *, int)
{
    return SQLITE_OK;
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock(sqlite3_file *file, int)
{
    unlocked(file)->aheadSize = 0; // of a state before
    return SQLITE_OK;
}

int unlock(sqlite3_file *, int)
{
    return SQLITE_OK;
}

/// Else a journal that is being written would look like one that was left behind.
int checkReservedLock(sqlite3_file *file, int *isReserved)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), isReserved);
}

int fileControl(sqlite3_file *file, int operation, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sectorSize(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

int deviceCharacteristics(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

const sqlite3_io_methods &methods()
{
    static const sqlite3_io_methods made = [] {
        sqlite3_io_methods methods{};
        methods.iVersion = 1; // neither WAL nor pages that are mapped, which change under a reader
        methods.xClose = close;
        methods.xRead = read;
        methods.xWrite = write;
        methods.xTruncate = truncate;
        methods.xSync = sync;
        methods.xFileSize = fileSize;
        methods.xLock = lock;
        methods.xUnlock = unlock;
        methods.xCheckReservedLock = checkReservedLock;
        methods.xFileControl = fileControl;
        methods.xSectorSize = sectorSize;
        methods.xDeviceCharacteristics = deviceCharacteristics;
        return methods;
    }();
    return made;
}

int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    sqlite3_vfs *below = sqlite3_vfs_find(nullptr);
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return below->xOpen(below, name, file, flags, outFlags);
    auto *made = new (file) UnlockedFile;
    made->base.pMethods = nullptr;
    const int result = below->xOpen(below, name, made->real(), flags, outFlags);
    if (result != SQLITE_OK) {
        std::destroy_at(made);
        file->pMethods = nullptr; // nothing is to be closed
        return result;
    }
    made->base.pMethods = &methods();
    made->path = std::filesystem::path(reinterpret_cast<const char8_t *>(name));
    made->opened = stateBefore(*made);
    return SQLITE_OK;
}

UnlockedFile *fileOf(Connection &connection)
{
    connection.checkThread();
    sqlite3_file *file = nullptr;
    const bool isThere = connection.sqlite()
        && sqlite3_file_control(connection.sqlite(), "main", SQLITE_FCNTL_FILE_POINTER, &file)
            == SQLITE_OK
        && file && file->pMethods == &methods();
    return isThere ? unlocked(file) : nullptr;
}

} // namespace

const char *unlockedAccess()
{
    static sqlite3_vfs access = [] {
        sqlite3_vfs made = *sqlite3_vfs_find(nullptr);
        made.zName = "postdesk-unlocked";
        made.szOsFile += int(sizeof(UnlockedFile));
        made.xOpen = open;
        made.pNext = nullptr;
        return made;
    }();
    static const int registered = sqlite3_vfs_register(&access, 0);
    Q_UNUSED(registered)
    return access.zName;
}

std::optional<FileState> stateBeforeReading(Connection &connection)
{
    UnlockedFile *file = fileOf(connection);
    return file ? stateBefore(*file) : std::nullopt;
}

bool isUnchanged(Connection &connection, const FileState &state)
{
    // The look at the lock is the first: who has ended before it has made this another state
    UnlockedFile *file = fileOf(connection);
    return file && !file->isBeingWritten() && file->state() == state;
}

std::optional<FileState> stateWhenOpened(Connection &connection)
{
    UnlockedFile *file = fileOf(connection);
    return file ? file->opened : std::nullopt;
}

} // namespace orm
