// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/journaldevice.h"
#include "ui/changes/journalfile.h"
#include "ui/changes/journalmirror.h"

#include <QFuture>
#include <QPromise>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace ui {

/// Where a journal's files are, and of what it is.
struct JournalPlace
{
    QString folder;
    QString name; ///< of the file, without its ending
    /// What the database's file is by whatever name, as one file may have several (hard links); empty:
    /// it isn't there, or is a server's.
    QString fileId;
    JournalSubject subject;

    QString file() const { return folder + u'/' + name + QLatin1String(".journal"); }
    QString newFile() const { return file() + QLatin1String(".new"); } ///< while it is written
    /// What two windows of one database share, whatever way each came to it: of the journal, and of the
    /// database's file. The second is empty where there is no such file.
    QString lockFile() const { return folder + u'/' + name + QLatin1String(".lock"); }
    QString databaseLockFile() const
    {
        return fileId.isEmpty() ? QString() : folder + u'/' + fileId + QLatin1String(".lock");
    }
};

/// What became of opening a journal.
struct JournalOpening
{
    enum class Outcome {
        Ready, ///< contents is what was in the file
        Locked, ///< another window has it; nothing was read, and nothing will be written
    };

    Outcome outcome = Outcome::Ready;
    qint64 holder = 0; ///< of Locked: the other program's process id, 0 if it didn't say
    JournalContents contents;
    /// Where what could not be read, or is of a later format, is now: it is not thrown away.
    QString keptAside;
};

/// The facts for a sentence: what the journal could not do.
struct JournalProblem
{
    enum class Step { Open, Read, Write };
    enum class Kind { DiskFull, NoPermission, InputOutput };

    Step step = Step::Write;
    Kind kind = Kind::InputOutput;
    QString file;
    QString message; ///< the system's own words
};

/// What is new, to be appended as one: it counts whole or not at all.
struct JournalUpdate
{
    quint64 number = 0; ///< counts up
    QList<std::pair<orm::Key, std::optional<PendingRow>>> rows; ///< nothing: no longer pending
    std::optional<OpenField> openField;
    quint64 committed = 0; ///< id of a save that got through
    QList<orm::Key> committedKeys; ///< the rows that it took out; those of rows come after that
    quint64 abandoned = 0; ///< id of a save that was rolled back
};

/// The thread that writes a journal and waits for the disk, so that nobody else has to.
///
/// After a failure it goes on trying, with what came meanwhile; what was synced before stays as it is.
/// A failed sync may have lost what it was asked for, so then the whole file is written anew. Damage
/// that is found is healed in the same way, and the damaged file kept aside.
class JournalWriter final
{
public:
    /// Called in the writer's thread.
    struct Listener
    {
        std::function<void(const JournalOpening &)> opened;
        std::function<void(quint64)> written; ///< the update of this number, and all before it
        std::function<void(const JournalProblem &)> failed; ///< not again while it stays so
    };

    static constexpr std::chrono::milliseconds retryInterval{1000};
    static constexpr int maxReads = 3; ///< then the file is put aside, and a new one begun
    /// A file is written anew when it is twice what it was then, and so much more.
    static constexpr qint64 compactAfter = 1 << 20;
    static constexpr qint64 maxVersionBytes = 64 << 20; ///< the oldest go first
    static constexpr std::chrono::hours trashTime{30 * 24};

    JournalWriter(std::unique_ptr<JournalDevice> device, const JournalPlace &place,
                  Listener listener);
    ~JournalWriter(); ///< stop()
    Q_DISABLE_COPY_MOVE(JournalWriter)

    // From any thread
    void open();
    void write(const JournalUpdate &update);
    /// Returns when @p commit, and all that came before it, would survive a power cut, or why not;
    /// it is then written with what comes next, if that can be.
    std::error_code prepare(const PreparedCommit &commit);
    /// The save that prepare() was told of and that is neither committed nor abandoned.
    std::optional<PreparedCommit> prepared() const;
    /// Returns when all that came before is on the disk, or why it is not.
    std::error_code waitUntilWritten();
    /// What saves did to the row @p key that is @p now, oldest first.
    QFuture<QList<RowVersion>> versions(const orm::Key &key, const orm::Record &now,
                                        const orm::Table &table);
    /// Rows that were deleted within trashTime and are not back, latest first.
    QFuture<QList<RowVersion>> deletedRows(const orm::Table &table);
    /// Writes what is waiting, if that can be, and ends the thread. What comes then is dropped.
    void stop();

private:
    using Job = std::function<void()>;

    // In the thread
    void loop();
    bool tryOpen();
    std::error_code lock(qint64 *holder);
    void append(const QByteArrayList &entries);
    void appendEach(const QByteArrayList &entries);
    void take(const JournalUpdate &update);
    std::error_code writeOut();
    std::error_code fail(JournalProblem::Step step, const std::error_code &error);
    void succeed();
    std::error_code rewrite();
    QByteArray newFile(JournalContents &contents, JournalMirror &mirror) const;
    bool needsCompacting() const;
    QString keepAside(const QString &ending, const QByteArray &bytes);
    void moveAside(const QString &ending, JournalOpening *opening);
    JournalContents readAll(JournalReader::Versions versions);
    void emptyInNeed();

    void enqueue(Job job);

    std::unique_ptr<JournalDevice> m_device;
    const JournalPlace m_place;
    const Listener m_listener;

    // Of the thread alone
    enum class State {
        Closed,
        Opening,
        Open,
        Locked,
        GivenUp, ///< what is there can neither be read nor moved away: it is left alone
    };
    State m_state = State::Closed;
    std::unique_ptr<JournalDevice::File> m_file;
    JournalMirror m_mirror;
    OpenField m_openField;
    QByteArray m_unwritten; ///< frames
    quint32 m_salt = 0;
    qint64 m_size = 0; ///< of the file, as far as it is known to be good
    qint64 m_compactAt = 0;
    QStringList m_locks; ///< files that are locked
    int m_failedReads = 0;
    bool m_mustRewrite = false;
    bool m_hasUnwrittenCommit = false;
    quint64 m_takenNumber = 0;
    quint64 m_writtenNumber = 0;
    std::optional<JournalProblem> m_problem;
    std::vector<std::promise<std::error_code>> m_waiting;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    bool m_isStopping = false;
    std::optional<PreparedCommit> m_prepared;

    std::thread m_thread; ///< last: it uses all others
};

} // namespace ui
