// SPDX-License-Identifier: MIT
#include "core/session/writerwatch.h"

#include "core/engine/connection.h"

#include <sqlite3.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace orm {

void WriterWatch::begin(Connection &connection)
{
    m_file.clear();
    m_isFirst = true;
    sqlite3 *handle = connection.sqlite();
    // In WAL mode, and on servers, a reader keeps nobody from writing.
    if (!handle || connection.scalar(u"PRAGMA journal_mode"_s).toString() == u"wal"_s)
        return;
    if (const char *file = sqlite3_db_filename(handle, "main"); file && *file)
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
    // The folder's time changes when a journal comes or goes.
    return {std::filesystem::last_write_time(m_file, none),
            std::filesystem::last_write_time(journal, none),
            std::filesystem::last_write_time(m_file.parent_path(), none)};
}

WriterWatch::Pace WriterWatch::look()
{
    if (m_file.empty())
        return freely;
    if (const Times now = times(); now != m_times) {
        m_times = now;
        m_lastWrite = Clock::now();
    }
    Pace pace = Clock::now() - m_lastWrite < memory ? considerately : freely;
    if (std::exchange(m_isFirst, false))
        pace.pause = pace.pause.zero(); // nothing was read yet
    return pace;
}

} // namespace orm
