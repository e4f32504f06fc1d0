// SPDX-License-Identifier: MIT
#include "core/session/writerwatch.h"

#include "core/engine/connection.h"
#include "core/engine/dataversion.h"

#include <sqlite3.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace orm {

void WriterWatch::begin(Connection &connection)
{
    m_connection = &connection;
    m_file.clear();
    m_isFirst = true;
    m_isSuspect = false;
    m_waits = false;
    if (!doReadersKeepWritersOut(connection))
        return;
    const char *file = sqlite3_db_filename(connection.sqlite(), "main");
    m_file = std::filesystem::path(reinterpret_cast<const char8_t *>(file));
    m_times = times();
}

WriterWatch::Times WriterWatch::times() const
{
    if (m_file.empty())
        return {};
    std::error_code none; // what isn't there was not written
    std::filesystem::path journal = m_file;
    journal += "-journal";
    return {std::filesystem::last_write_time(m_file, none),
            std::filesystem::last_write_time(journal, none),
            std::filesystem::last_write_time(m_file.parent_path(), none)};
}

/// A write with a journal on the disk changes the times of both. Where that of the file alone has changed,
/// or for a good while that of the journal alone, it was one that left no time or that failed.
void WriterWatch::lookForHastyOnes()
{
    constexpr std::chrono::milliseconds goodWhile{100};
    const Times now = times();
    const bool isWritten = now[0] != m_times[0];
    const bool isJournalled = now[1] != m_times[1] || now[2] != m_times[2];
    m_times = now;
    if (isWritten && !isJournalled && !m_isSuspect)
        m_lastHastyWrite = Clock::now();
    if (isWritten)
        m_isSuspect = false;
    else if (isJournalled && !std::exchange(m_isSuspect, true))
        m_suspectSince = Clock::now();
    if (m_isSuspect && Clock::now() - m_suspectSince >= goodWhile) {
        m_isSuspect = false;
        m_lastHastyWrite = Clock::now();
    }
}

WriterWatch::Pace WriterWatch::look()
{
    if (m_file.empty())
        return freely;
    if (isWriteBegun(*m_connection)) {
        if (!std::exchange(m_waits, true))
            m_waitsSince = Clock::now();
        if (Clock::now() - m_waitsSince < longestWrite)
            return {std::chrono::microseconds(0), glance};
        m_suspectSince = Clock::now(); // its journal stays for a while
    } else {
        m_waits = false;
    }
    lookForHastyOnes();
    Pace pace = m_waits || Clock::now() - m_lastHastyWrite < memory ? considerately : freely;
    if (std::exchange(m_isFirst, false))
        pace.pause = pace.pause.zero(); // nothing was read yet
    return pace;
}

WriterWatch::PieceEnd WriterWatch::endOf(const Pace &pace) const
{
    PieceEnd end;
    end.m_time = Clock::now() + pace.piece;
    if (!m_file.empty() && !m_waits) // else he has begun already
        end.m_watched = m_connection;
    return end;
}

bool WriterWatch::PieceEnd::isReached()
{
    const auto now = Clock::now();
    if (now >= m_time)
        return true;
    if (!m_watched || now < m_nextLook)
        return false;
    m_nextLook = now + vigilance;
    return isWriteBegun(*m_watched);
}

} // namespace orm
