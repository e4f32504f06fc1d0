// SPDX-License-Identifier: MIT
#include "tests/support/fulldisk.h"

#include <atomic>
#include <map>
#include <mutex>
#include <sqlite3.h>

namespace {

std::atomic_bool isFull = false;
sqlite3_vfs *below = nullptr;
std::mutex mutex;
/// The methods of each kind of file, with only the writing replaced. They live on, as files may.
std::map<const sqlite3_io_methods *, sqlite3_io_methods> replaced;
std::map<sqlite3_file *, const sqlite3_io_methods *> originals;

const sqlite3_io_methods *original(sqlite3_file *file)
{
    const std::lock_guard lock(mutex);
    return originals.at(file);
}

int write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    return isFull ? SQLITE_FULL : original(file)->xWrite(file, bytes, count, offset);
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
    const int result = below->xOpen(below, name, file, flags, outFlags);
    if (result == SQLITE_OK && file->pMethods) {
        const std::lock_guard lock(mutex);
        sqlite3_io_methods &methods = replaced[file->pMethods];
        originals[file] = file->pMethods;
        methods = *file->pMethods;
        methods.xWrite = write;
        methods.xClose = close;
        file->pMethods = &methods;
    }
    return result;
}

sqlite3_vfs above;

} // namespace

FullDisk::FullDisk()
{
    below = sqlite3_vfs_find(nullptr);
    above = *below;
    above.zName = "postdesk-fulldisk";
    above.xOpen = open;
    above.pNext = nullptr;
    sqlite3_vfs_register(&above, 1);
}

FullDisk::~FullDisk()
{
    isFull = false;
    sqlite3_vfs_unregister(&above);
    sqlite3_vfs_register(below, 1);
}

void FullDisk::setFull(bool full)
{
    isFull = full;
}
