// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <system_error>
#include <vector>

namespace ui {

/// All that a journal asks of the file system, so that a test can make each call fail in turn. Used
/// in one thread; nothing throws, each call returns the system's error or none.
class JournalDevice
{
public:
    enum class Mode {
        Append, ///< to a file that is there
        Replace, ///< a new file, or an old one emptied
    };

    class File
    {
    public:
        virtual ~File() = default;
        /// After an error some of @p bytes may be in the file.
        virtual std::error_code append(const QByteArray &bytes) = 0;
        /// Returns when all that was appended would survive a power cut.
        virtual std::error_code sync() = 0;
        virtual std::error_code truncate(qint64 size) = 0;
    };

    virtual ~JournalDevice() = default;

    /// Makes a folder that only its owner can read, and those above it.
    virtual std::error_code makeFolder(const QString &folder) = 0;
    /// Keeps the file @p path locked until the device dies, whatever way the program ends.
    /// @returns std::errc::device_or_resource_busy if another program, *@p holder, or device has it
    virtual std::error_code lock(const QString &path, qint64 *holder) = 0;
    /// @returns std::errc::no_such_file_or_directory if it isn't there
    virtual std::error_code read(const QString &path, QByteArray *bytes) = 0;
    virtual std::error_code open(const QString &path, Mode mode, std::unique_ptr<File> *file) = 0;
    /// At once and for good: survives a power cut. After an error either may be the case.
    virtual std::error_code rename(const QString &from, const QString &to) = 0;
};

/// The computer's own file system.
class PosixJournalDevice final : public JournalDevice
{
public:
    PosixJournalDevice() = default;
    ~PosixJournalDevice() override;
    Q_DISABLE_COPY_MOVE(PosixJournalDevice)

    std::error_code makeFolder(const QString &folder) override;
    std::error_code lock(const QString &path, qint64 *holder) override;
    std::error_code read(const QString &path, QByteArray *bytes) override;
    std::error_code open(const QString &path, Mode mode, std::unique_ptr<File> *file) override;
    std::error_code rename(const QString &from, const QString &to) override;

private:
    std::vector<int> m_locks; ///< file descriptors
};

} // namespace ui
