// SPDX-License-Identifier: MIT
#include "tests/support/faultydisk.h"

#include <atomic>
#include <csignal>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <sqlite3.h>
#include <unistd.h>

namespace {

sqlite3_vfs *below = nullptr;
sqlite3_vfs above;

std::mutex mutex; // of all that follows
bool isFull = false;
int calls = 0;
int firstFailing = 0;
int endOfFailing = 0;
FaultyDisk::Fault fault;
std::optional<FaultyDisk::Moment> killing;
/// The methods of each kind of file, with those that change something replaced. They live on, as files
/// may.
std::map<const sqlite3_io_methods *, sqlite3_io_methods> replaced;
std::map<sqlite3_file *, const sqlite3_io_methods *> originals;

const sqlite3_io_methods *original(sqlite3_file *file)
{
    const std::lock_guard lock(mutex);
    return originals.at(file);
}

enum class Call { Write, Sync, Truncate, Delete, Open };

/// Counts a call. @returns SQLITE_OK, or what it is to fail with
int count(Call call)
{
    const std::lock_guard lock(mutex);
    const int number = calls++;
    if (isFull && call == Call::Write)
        return SQLITE_FULL;
    if (number < firstFailing || number >= endOfFailing)
        return SQLITE_OK;
    switch (call) {
    case Call::Write:
        return fault == FaultyDisk::Fault::NoSpace ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    case Call::Sync:
        return SQLITE_IOERR_FSYNC;
    case Call::Truncate:
        return SQLITE_IOERR_TRUNCATE;
    case Call::Delete:
        return SQLITE_IOERR_DELETE;
    case Call::Open:
        return SQLITE_CANTOPEN;
    }
    return SQLITE_IOERR;
}

int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    if (const int failure = count(Call::Write))
        return failure;
    return original(file)->xWrite(file, bytes, size, offset);
}

int sync(sqlite3_file *file, int flags)
{
    if (const int failure = count(Call::Sync))
        return failure;
    return original(file)->xSync(file, flags);
}

int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (const int failure = count(Call::Truncate))
        return failure;
    return original(file)->xTruncate(file, size);
}

int close(sqlite3_file *file)
{
    const sqlite3_io_methods *methods = original(file);
    {
        const std::lock_guard lock(mutex);
        originals.erase(file);
    }
    return methods->xClose(file);
}

int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const bool isMade = (flags & SQLITE_OPEN_CREATE) && name && ::access(name, F_OK) != 0;
    if (const int failure = isMade ? count(Call::Open) : SQLITE_OK) {
        file->pMethods = nullptr;
        return failure;
    }
    const int result = below->xOpen(below, name, file, flags, outFlags);
    if (result == SQLITE_OK && file->pMethods) {
        const std::lock_guard lock(mutex);
        sqlite3_io_methods &methods = replaced[file->pMethods];
        originals[file] = file->pMethods;
        methods = *file->pMethods;
        methods.xWrite = write;
        methods.xSync = sync;
        methods.xTruncate = truncate;
        methods.xClose = close;
        file->pMethods = &methods;
    }
    return result;
}

bool isRollbackJournal(const char *name)
{
    constexpr char ending[] = "-journal";
    const size_t length = std::strlen(name);
    return length > sizeof ending && std::strcmp(name + length - sizeof ending + 1, ending) == 0;
}

void killIf(FaultyDisk::Moment moment, const char *name)
{
    const std::lock_guard lock(mutex);
    if (killing == moment && isRollbackJournal(name))
        ::kill(::getpid(), SIGKILL);
}

int remove(sqlite3_vfs *, const char *name, int syncFolder)
{
    if (const int failure = count(Call::Delete))
        return failure;
    killIf(FaultyDisk::Moment::BeforeCommit, name);
    const int result = below->xDelete(below, name, syncFolder);
    killIf(FaultyDisk::Moment::AfterCommit, name);
    return result;
}

} // namespace

FaultyDisk::FaultyDisk()
{
    below = sqlite3_vfs_find(nullptr);
    above = *below;
    above.zName = "postdesk-faultydisk";
    above.xOpen = open;
    above.xDelete = remove;
    above.pNext = nullptr;
    sqlite3_vfs_register(&above, 1);
}

FaultyDisk::~FaultyDisk()
{
    setFull(false);
    failNothing();
    sqlite3_vfs_unregister(&above);
    sqlite3_vfs_register(below, 1);
}

void FaultyDisk::setFull(bool full)
{
    const std::lock_guard lock(mutex);
    isFull = full;
}

void FaultyDisk::failAfter(int afterCalls, Fault how, int number)
{
    const std::lock_guard lock(mutex);
    firstFailing = ::calls + afterCalls;
    endOfFailing = firstFailing + number;
    fault = how;
}

void FaultyDisk::failNothing()
{
    const std::lock_guard lock(mutex);
    endOfFailing = firstFailing = 0;
}

int FaultyDisk::calls() const
{
    const std::lock_guard lock(mutex);
    return ::calls;
}

void FaultyDisk::killAt(Moment moment)
{
    const std::lock_guard lock(mutex);
    killing = moment;
}
