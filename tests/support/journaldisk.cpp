// SPDX-License-Identifier: MIT
#include "tests/support/journaldisk.h"

#include <limits>

namespace test {

namespace {

struct Content
{
    QByteArray bytes;
    QByteArray synced;
};

} // namespace

struct JournalDisk::State
{
    std::mutex mutex;
    QHash<QString, std::shared_ptr<Content>> files;
    QHash<QString, const void *> locks;
    int generation = 0; ///< counts power cuts
    int calls = 0;
    int failFrom = std::numeric_limits<int>::max();
    int failCount = 0;
    std::errc error = std::errc::io_error;
    bool isFull = false;
    qint64 written = 0;

    /// To be called with the mutex held, by each call.
    std::error_code check(int since)
    {
        const int call = calls++;
        if (since != generation)
            return std::make_error_code(std::errc::io_error);
        if (call >= failFrom && call - failFrom < failCount)
            return std::make_error_code(error);
        return {};
    }
};

namespace {

class DiskFile final : public ui::JournalDevice::File
{
public:
    DiskFile(std::shared_ptr<JournalDisk::State> disk, std::shared_ptr<Content> content)
        : m_disk(std::move(disk))
        , m_content(std::move(content))
        , m_since(m_disk->generation)
    {}

    std::error_code append(const QByteArray &bytes) override
    {
        const std::lock_guard lock(m_disk->mutex);
        std::error_code error = m_disk->check(m_since);
        if (!error && m_disk->isFull)
            error = std::make_error_code(std::errc::no_space_on_device);
        if (m_since == m_disk->generation) {
            const QByteArray part = error ? bytes.first(bytes.size() / 2) : bytes;
            m_content->bytes += part;
            m_disk->written += part.size();
        }
        return error;
    }
    std::error_code sync() override
    {
        const std::lock_guard lock(m_disk->mutex);
        const std::error_code error = m_disk->check(m_since);
        if (!error)
            m_content->synced = m_content->bytes;
        return error;
    }
    std::error_code truncate(qint64 size) override
    {
        const std::lock_guard lock(m_disk->mutex);
        const std::error_code error = m_disk->check(m_since);
        if (!error)
            m_content->bytes.truncate(size);
        return error;
    }

private:
    std::shared_ptr<JournalDisk::State> m_disk;
    std::shared_ptr<Content> m_content;
    int m_since;
};

class DiskDevice final : public ui::JournalDevice
{
public:
    explicit DiskDevice(std::shared_ptr<JournalDisk::State> disk)
        : m_disk(std::move(disk))
        , m_since(m_disk->generation)
    {}
    ~DiskDevice() override
    {
        const std::lock_guard lock(m_disk->mutex);
        m_disk->locks.removeIf([this](const auto &held) { return held.value() == this; });
    }
    Q_DISABLE_COPY_MOVE(DiskDevice)

    std::error_code makeFolder(const QString &) override
    {
        const std::lock_guard lock(m_disk->mutex);
        return m_disk->check(m_since);
    }
    std::error_code lock(const QString &path, qint64 *holder) override
    {
        const std::lock_guard lock(m_disk->mutex);
        if (const std::error_code error = m_disk->check(m_since))
            return error;
        if (m_disk->locks.contains(path)) {
            *holder = 4711;
            return std::make_error_code(std::errc::device_or_resource_busy);
        }
        m_disk->locks.insert(path, this);
        return {};
    }
    std::error_code read(const QString &path, QByteArray *bytes) override
    {
        const std::lock_guard lock(m_disk->mutex);
        if (const std::error_code error = m_disk->check(m_since))
            return error;
        if (!m_disk->files.contains(path))
            return std::make_error_code(std::errc::no_such_file_or_directory);
        *bytes = m_disk->files.value(path)->bytes;
        return {};
    }
    std::error_code open(const QString &path, Mode mode, std::unique_ptr<File> *file) override
    {
        const std::lock_guard lock(m_disk->mutex);
        if (const std::error_code error = m_disk->check(m_since))
            return error;
        if (mode == Mode::Append && !m_disk->files.contains(path))
            return std::make_error_code(std::errc::no_such_file_or_directory);
        if (mode == Mode::Replace)
            m_disk->files.insert(path, std::make_shared<Content>());
        *file = std::make_unique<DiskFile>(m_disk, m_disk->files.value(path));
        return {};
    }
    std::error_code rename(const QString &from, const QString &to) override
    {
        const std::lock_guard lock(m_disk->mutex);
        const std::error_code error = m_disk->check(m_since);
        if (error && (error != std::errc::io_error || m_since != m_disk->generation))
            return error;
        if (!m_disk->files.contains(from))
            return std::make_error_code(std::errc::no_such_file_or_directory);
        m_disk->files.insert(to, m_disk->files.take(from));
        return error;
    }

private:
    std::shared_ptr<JournalDisk::State> m_disk;
    int m_since;
};

} // namespace

JournalDisk::JournalDisk()
    : m_state(std::make_shared<State>())
{}

JournalDisk::~JournalDisk() = default;

std::unique_ptr<ui::JournalDevice> JournalDisk::device()
{
    const std::lock_guard lock(m_state->mutex);
    return std::make_unique<DiskDevice>(m_state);
}

QByteArray JournalDisk::file(const QString &path) const
{
    const std::lock_guard lock(m_state->mutex);
    const auto content = m_state->files.value(path);
    return content ? content->bytes : QByteArray();
}

bool JournalDisk::contains(const QString &path) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->files.contains(path);
}

void JournalDisk::setFile(const QString &path, const QByteArray &bytes)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->files.insert(path, std::make_shared<Content>(Content{bytes, bytes}));
}

QStringList JournalDisk::files() const
{
    const std::lock_guard lock(m_state->mutex);
    QStringList files = m_state->files.keys();
    files.sort();
    return files;
}

void JournalDisk::cutPower()
{
    const std::lock_guard lock(m_state->mutex);
    ++m_state->generation;
    m_state->locks.clear();
    // Whoever has a file open still has the old content, which is nobody's now.
    for (auto &content : m_state->files)
        content = std::make_shared<Content>(Content{content->synced, content->synced});
}

void JournalDisk::failAt(int call, std::errc error, int count)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->failFrom = call;
    m_state->failCount = count;
    m_state->error = error;
}

void JournalDisk::failNothing()
{
    failAt(std::numeric_limits<int>::max(), std::errc::io_error, 0);
}

void JournalDisk::setFull(bool isFull)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->isFull = isFull;
}

int JournalDisk::calls() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->calls;
}

qint64 JournalDisk::bytesWritten() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->written;
}

} // namespace test
