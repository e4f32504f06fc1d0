// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <filesystem>

namespace orm {

class Connection;

/// How a long reading goes on without being in other programs' way.
///
/// Where a reader keeps writers out (SQLite without WAL) one fails that has no patience and meets a read
/// at the end of its transaction, and one with patience has its turn when the piece is over. But a writer
/// takes its RESERVED lock first, makes a journal and writes it, and mostly goes back to its program before
/// that commits and the readers have to be out. So a piece of reading is over as soon as that lock is seen,
/// and the next one waits until it is gone: then hardly a write meets a read, however much is read.
///
/// Some leave no such time: those with a journal in memory, and who meets a read that waits for the disk.
/// Their writes leave a trace in the times of the files, a failed one, too, as its journal came and went.
/// While there are any, reads are short and the pauses so long that seldom a write meets one.
class WriterWatch
{
public:
    using Clock = std::chrono::steady_clock;

    struct Pace
    {
        std::chrono::microseconds piece{0}; ///< how long to read at most; 0: not now, look again
        std::chrono::microseconds pause{0}; ///< and then to let others write
    };

    static constexpr Pace freely{std::chrono::milliseconds(5), std::chrono::microseconds(0)};
    /// Reads during 0.6 % of the time.
    static constexpr Pace considerately{std::chrono::microseconds(300),
                                        std::chrono::milliseconds(50)};
    /// So long after a write that left no time others count as writing like that.
    static constexpr std::chrono::seconds memory{20};
    /// Between looks whether one has begun. He wants the readers out some 50 µs later.
    static constexpr std::chrono::microseconds vigilance{10};
    /// Between looks whether a writer has ended.
    static constexpr std::chrono::microseconds glance{500};
    /// One who writes longer than that is let alone no more; only at its end a read is in the way.
    static constexpr std::chrono::milliseconds longestWrite{500};

    /// A reading begins; what was written before it is no sign, but that others wrote without leaving
    /// time is remembered. Borrows @p connection until the next one.
    void begin(Connection &connection);
    /// The same reading, by another connection of it.
    void follow(Connection &connection) { m_connection = &connection; }
    /// Whether a reading keeps writers out at all.
    bool areKeptOut() const { return !m_file.empty(); }
    /// Looks for signs of writes since the last look. @returns how to go on: first the pause, then the piece
    Pace look();
    /// When a piece that is begun now is over.
    class PieceEnd
    {
    public:
        /// To be asked every few rows.
        bool isReached();

    private:
        friend class WriterWatch;

        Clock::time_point m_time;
        Clock::time_point m_nextLook;
        Connection *m_watched = nullptr; ///< whether somebody begins to write; null: nobody looks
    };
    PieceEnd endOf(const Pace &pace) const;

private:
    /// Of the file, its journal and the folder, whose time changes when a journal comes or goes.
    using Times = std::array<std::filesystem::file_time_type, 3>;

    Times times() const;
    void lookForHastyOnes();

    Connection *m_connection = nullptr;
    std::filesystem::path m_file; ///< empty where readers keep nobody from writing
    Times m_times{};
    Clock::time_point m_suspectSince; ///< a journal came or went
    bool m_isSuspect = false;
    Clock::time_point m_lastHastyWrite = Clock::now() - memory;
    Clock::time_point m_waitsSince;
    bool m_waits = false; ///< for the end of a write
    bool m_isFirst = true;
};

} // namespace orm
