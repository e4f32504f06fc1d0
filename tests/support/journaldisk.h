// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/journaldevice.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <mutex>
#include <optional>

namespace test {

/// A disk in memory for journals, whose calls are counted and fail when the test says so, and whose
/// power can be cut. For any number of devices, in any thread; they share it and may outlive it.
class JournalDisk
{
public:
    JournalDisk();
    ~JournalDisk();
    Q_DISABLE_COPY_MOVE(JournalDisk)

    std::unique_ptr<ui::JournalDevice> device();

    /// As a program would read it now; empty if it isn't there.
    QByteArray file(const QString &path) const;
    bool contains(const QString &path) const;
    void setFile(const QString &path, const QByteArray &bytes);
    QStringList files() const;

    /// What was not synced is gone, locks too; devices of before find nothing but errors.
    void cutPower();
    /// From the call with this number on, @p count calls fail. An append that fails has written half; a
    /// rename that fails with an I/O error has been done, as it may be on a real disk.
    void failAt(int call, std::errc error, int count = 1);
    void failNothing();
    /// While it is full nothing can be appended, and all else can be done.
    void setFull(bool isFull);
    int calls() const; ///< made so far
    qint64 bytesWritten() const;

    struct State; ///< what the devices share

private:
    std::shared_ptr<State> m_state;
};

} // namespace test
