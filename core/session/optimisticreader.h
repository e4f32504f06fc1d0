// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/dataversion.h"
#include "core/engine/unlockedfile.h"
#include "core/error.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace orm {

class Connection;

/// Reads a database in rollback mode without the lock that would keep others from writing. What it has read
/// holds if nobody wrote meanwhile; else it is read again, as often as somebody does, and in the end with a
/// lock. (A seqlock, of which the writer knows nothing.) @see read(), which is all of that
///
/// No statement of connection() may be open at begin().
class OptimisticReader
{
public:
    /// Makes a connection with ConnectionOptions::Access::Unlocked; null if it can't.
    using Open = std::function<std::shared_ptr<Connection>()>;

    /// Readings that may be lost one after the other before one is done with a lock.
    static constexpr int mostLosses = 50;
    static constexpr qsizetype fewestRows = 16;
    static constexpr qsizetype mostRows = 512;
    /// Between tries while another program writes.
    static constexpr std::chrono::microseconds glance{500};

    /// Lets others write for a while; may throw.
    using Pause = std::function<void(std::chrono::microseconds)>;

    OptimisticReader(Open open, Pause pause);
    ~OptimisticReader();

    enum class Start {
        Unlocked, ///< by connection()
        Later, ///< a write has begun; try again
        Locked, ///< it is to be done with a lock
    };
    /// A reading begins. To be asked only where readers keep writers out.
    Start begin();
    /// What to read by; null where begin() said something else. It may be another one after each begin().
    Connection *connection() const { return m_isReading ? m_connection.get() : nullptr; }
    /// Whether all that was read since begin() is of one committed state, and so is what is read by a lock.
    /// If not, it is over, and nothing of that must be used.
    bool isSettled();
    /// So many are best read before isSettled() is asked: fewer after each loss, and more again.
    qsizetype rowsAtOnce() const { return m_rowsAtOnce; }
    /// It is over, whatever was read.
    void end() { m_isReading = false; }

    /// What @p read, `Result read(Connection &)`, has read in one committed state, or by @p locked in the
    /// end.
    template<typename Read>
    auto read(Connection &locked, Read read) -> std::invoke_result_t<Read &, Connection &>
    {
        Start start = Start::Locked;
        while (doReadersKeepWritersOut(locked) && (start = begin()) != Start::Locked) {
            if (start == Start::Later) {
                m_pause(glance);
                continue;
            }
            if (auto result = attempt(read))
                return *std::move(result);
        }
        return read(locked);
    }
    /// The same, but once and never in a writer's way: nothing if one writes.
    template<typename Read>
    auto readOnce(Connection &locked, Read read)
        -> std::optional<std::invoke_result_t<Read &, Connection &>>
    {
        if (!doReadersKeepWritersOut(locked))
            return read(locked);
        if (begin() != Start::Unlocked)
            return {};
        return attempt(read);
    }
    /// In a catch block: reading has failed, maybe for what was half written.
    /// @throws what was caught, where it says that the reading is not wanted any more
    void giveUpAfter(const Error &error);
    /// Closes the connection, in the thread that has used it.
    void close() { m_connection.reset(); }

private:
    using Clock = std::chrono::steady_clock;

    void giveUp();
    Start open();
    template<typename Read>
    auto attempt(Read &read) -> std::optional<std::invoke_result_t<Read &, Connection &>>
    {
        try {
            auto result = read(*m_connection);
            if (isSettled())
                return result;
        } catch (const Error &error) {
            giveUpAfter(error);
        }
        return {};
    }

    const Open m_open;
    const Pause m_pause;
    std::shared_ptr<Connection> m_connection;
    std::optional<FileState> m_state; ///< when it began
    std::optional<FileState> m_lost; ///< the same of a lost one that SQLite may know of
    Clock::time_point m_nextOpening; ///< after one that failed
    int m_losses = 0;
    qsizetype m_rowsAtOnce = mostRows;
    bool m_isReading = false;
};

} // namespace orm
