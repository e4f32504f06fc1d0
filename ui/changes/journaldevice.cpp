// SPDX-License-Identifier: MIT
#include "ui/changes/journaldevice.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ui {

namespace {

constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR; // drafts are nobody else's business

std::error_code lastError()
{
    return {errno, std::generic_category()};
}

std::error_code writeAll(int file, const QByteArray &bytes)
{
    const char *next = bytes.constData();
    auto left = static_cast<size_t>(bytes.size());
    while (left > 0) {
        const ssize_t written = ::write(file, next, left);
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return lastError();
        }
        next += written;
        left -= static_cast<size_t>(written);
    }
    return {};
}

std::error_code readAll(int file, QByteArray *bytes)
{
    struct stat about = {};
    if (::fstat(file, &about) == 0 && about.st_size > 0)
        bytes->reserve(about.st_size);
    constexpr qsizetype step = 1 << 20;
    while (true) {
        const qsizetype size = bytes->size();
        bytes->resize(size + step);
        const ssize_t count = ::read(file, bytes->data() + size, step);
        bytes->resize(size + std::max<ssize_t>(count, 0));
        if (count == 0)
            return {};
        if (count < 0 && errno != EINTR)
            return lastError();
    }
}

class PosixFile final : public JournalDevice::File
{
public:
    explicit PosixFile(int file)
        : m_file(file)
    {}
    ~PosixFile() override { ::close(m_file); }
    Q_DISABLE_COPY_MOVE(PosixFile)

    std::error_code append(const QByteArray &bytes) override { return writeAll(m_file, bytes); }
    std::error_code sync() override
    {
#if defined(_POSIX_SYNCHRONIZED_IO) && _POSIX_SYNCHRONIZED_IO > 0
        return ::fdatasync(m_file) == 0 ? std::error_code() : lastError();
#else
        return ::fsync(m_file) == 0 ? std::error_code() : lastError();
#endif
    }
    std::error_code truncate(qint64 size) override
    {
        return ::ftruncate(m_file, size) == 0 ? std::error_code() : lastError();
    }

private:
    int m_file;
};

} // namespace

PosixJournalDevice::~PosixJournalDevice()
{
    // The file stays: who removes a lock file can take it away under somebody who just locked it.
    for (const int lock : m_locks)
        ::close(lock);
}

std::error_code PosixJournalDevice::makeFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return {};
    const QString above = QFileInfo(QDir::cleanPath(folder)).path();
    if (above != folder) {
        if (const std::error_code error = makeFolder(above))
            return error;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) == 0 || errno == EEXIST)
        return {};
    return lastError();
}

std::error_code PosixJournalDevice::lock(const QString &path, qint64 *holder)
{
    const int file
        = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, ownerOnly);
    if (file < 0)
        return lastError();
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const std::error_code error = lastError();
        QByteArray text;
        if (error == std::errc::resource_unavailable_try_again
            || error == std::errc::operation_would_block) {
            if (!readAll(file, &text))
                *holder = text.trimmed().toLongLong();
            ::close(file);
            return std::make_error_code(std::errc::device_or_resource_busy);
        }
        ::close(file);
        return error;
    }
    // Only to tell who has it: without room for it the lock holds all the same.
    if (::ftruncate(file, 0) == 0)
        writeAll(file, QByteArray::number(static_cast<qint64>(::getpid())) + '\n');
    m_locks.push_back(file);
    return {};
}

std::error_code PosixJournalDevice::read(const QString &path, QByteArray *bytes)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return lastError();
    const std::error_code error = readAll(file, bytes);
    ::close(file);
    return error;
}

std::error_code PosixJournalDevice::open(const QString &path, Mode mode,
                                         std::unique_ptr<File> *file)
{
    const int how = mode == Mode::Append ? O_APPEND : O_APPEND | O_CREAT | O_TRUNC;
    const int opened
        = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CLOEXEC | how, ownerOnly);
    if (opened < 0)
        return lastError();
    *file = std::make_unique<PosixFile>(opened);
    return {};
}

std::error_code PosixJournalDevice::rename(const QString &from, const QString &to)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return lastError();
    const QByteArray folder = QFile::encodeName(QFileInfo(to).path());
    const int opened = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return lastError();
    // Some file systems know no sync of a folder, and keep its order without it.
    const std::error_code error
        = ::fsync(opened) == 0 || errno == EINVAL ? std::error_code() : lastError();
    ::close(opened);
    return error;
}

} // namespace ui
