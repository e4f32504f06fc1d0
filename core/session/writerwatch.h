// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <filesystem>

namespace orm {

class Connection;

/// How a long reading goes on without being in other programs' way.
///
/// Where a reader keeps writers out (SQLite without WAL) a write without patience fails if it meets a
/// read, and one with patience has its turn when the piece is over. So pieces are short; and while
/// others write, or have just tried to, the pauses are so long that hardly a write meets one. A write
/// that was tried and failed leaves its trace, too: its journal came and went.
class WriterWatch
{
public:
    using Clock = std::chrono::steady_clock;

    struct Pace
    {
        std::chrono::microseconds piece{0}; ///< how long to read at most
        std::chrono::microseconds pause{0}; ///< and then to let others write
    };

    static constexpr Pace freely{std::chrono::milliseconds(5), std::chrono::microseconds(0)};
    /// Reads during 0.6 % of the time.
    static constexpr Pace considerately{std::chrono::microseconds(300),
                                        std::chrono::milliseconds(50)};
    /// So long after a write others count as writing.
    static constexpr std::chrono::seconds memory{3};

    /// A reading begins; what was written before it is no sign, but that others wrote during the
    /// last one is remembered.
    void begin(Connection &connection);
    /// Looks for signs of writes since the last look. @returns how to go on; the first pause is none
    Pace look();

private:
    using Times = std::array<std::filesystem::file_time_type, 3>;

    Times times() const;

    std::filesystem::path m_file; ///< empty where readers keep nobody from writing
    Times m_times{};
    Clock::time_point m_lastWrite = Clock::now() - memory;
    bool m_isFirst = true;
};

} // namespace orm
