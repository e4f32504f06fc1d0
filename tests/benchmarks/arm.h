// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace bench {

/// The row of all benchmarks, as the Qt baseline and the ORM keep it: about 500 bytes in the database.
struct Post
{
    qint64 id = 0;
    std::optional<QString> title = {};
    std::optional<QString> content = {};
    std::optional<QDateTime> createdAt = {};
};

/// The same post for the same @p number, which counts from 1; its id is unset. One in ten has letters
/// beyond ASCII, in title and text.
Post makePost(qint64 number);

enum class Storage { Memory, Disk };

/// Time between start() and stop(), summed up: CPU time of the process for what is in memory, wall
/// time for what is on disk.
class Stopwatch
{
public:
    explicit Stopwatch(Storage storage)
        : m_storage(storage)
    {}

    void start() { m_begin = now(); }
    void stop() { m_elapsed += now() - m_begin; }
    std::chrono::nanoseconds elapsed() const { return m_elapsed; }

private:
    std::chrono::nanoseconds now() const;

    Storage m_storage;
    std::chrono::nanoseconds m_begin{};
    std::chrono::nanoseconds m_elapsed{};
};

/// From now on the heap gives nothing back to the system: else an arm would pay for getting anew what
/// the one before it has freed.
void keepHeap();

/// Bytes in use on the heap.
size_t heapBytes();

/// How the letters of many people are read.
enum class Along { SelectIn, Joined };

QString makeName(qint64 number); ///< of a person
QString makeLetter(qint64 number); ///< about 100 characters

/// One way to do the workloads. Each prepares what it needs before it starts the watch, and frees what
/// it kept after it stopped it. What a workload returns is made of all that it read or wrote, and must
/// be the same in all arms.
class Arm
{
public:
    Arm() = default;
    virtual ~Arm() = default;
    Q_DISABLE_COPY_MOVE(Arm)

    virtual QString name() const = 0;

    /// An empty database with the table: in memory, or in @p file, which doesn't exist yet.
    virtual void open(const QString &file) = 0;
    virtual void close() = 0;
    /// Empties the table and puts posts 1 to @p count into it.
    virtual void fill(qint64 count) = 0;

    /// Posts 1 to @p count into the empty table, in one commit, and their ids back.
    virtual qint64 insert(qint64 count, Stopwatch &watch) = 0;
    /// The same; C asks sqlite3_last_insert_rowid() for the ids, which it may where it knows the table.
    virtual qint64 insertByRowid(qint64 count, Stopwatch &watch) { return insert(count, watch); }
    /// All posts, kept; @p bytes is the memory that they take.
    virtual qint64 readKept(Stopwatch &watch, size_t &bytes) = 0;
    /// All posts, one after the other, none kept.
    virtual qint64 readStreamed(Stopwatch &watch) = 0;
    /// One post at a time by its key, none kept.
    virtual qint64 get(const std::vector<qint64> &ids, Stopwatch &watch) = 0;
    /// Posts 1 to @p count, in memory already, get another title, in one commit.
    virtual qint64 update(qint64 count, int round, Stopwatch &watch) = 0;
    /// Posts 1 to @p count, in memory already, are deleted, in one commit.
    virtual qint64 remove(qint64 count, Stopwatch &watch) = 0;
    /// Posts 1 to @p count into the empty table, a commit for each.
    virtual qint64 commitEach(qint64 count, Stopwatch &watch) = 0;

    /// People 1 to @p count with @p each letters into their empty tables.
    virtual void fillPeople(qint64 count, qint64 each) = 0;
    /// All people, each with its letters, kept.
    virtual qint64 readPeople(Along along, Stopwatch &watch) = 0;
    /// @p count new people with @p each new letters, in one commit, with all their keys back.
    virtual qint64 insertPeople(qint64 count, qint64 each, Stopwatch &watch) = 0;
};

/// Titles for update(), other ones in each @p round.
QString makeTitle(qint64 number, int round);

} // namespace bench
