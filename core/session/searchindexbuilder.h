// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <chrono>

namespace orm {

class Connection;
class SearchIndex;

/// Makes a table's SearchIndex, or takes it away, in many short transactions: while one runs nobody
/// else can write, and between two of them everybody can.
///
/// Used in the connection's thread, one call after the other. Where it is stopped, or killed, it can be
/// gone on with, by another one, too.
class SearchIndexBuilder
{
public:
    enum class Step { More, Done };

    /// A transaction may last so long; a single text or a slow disk may make it longer.
    static constexpr std::chrono::milliseconds longestStep{50};

    explicit SearchIndexBuilder(const Table &table)
        : m_table(table)
    {}

    /// One transaction: the tables and triggers, then some rows each time. One that is Stale has to be
    /// removed first. @throws OperationalError e.g. the disk is full
    Step build(Connection &connection);
    /// One transaction; at the end sqlite_schema is as it was before there was an index.
    Step remove(Connection &connection);

    using Clock = std::chrono::steady_clock;
    /// How long the last step kept others from writing, from the lock to the end of the commit.
    Clock::duration lockTime() const { return m_lockTime; }
    /// How long the next one may work before it commits.
    Clock::duration workTime() const;
    /// A commit took so long; the next one may take as long.
    void learnCommit(Clock::duration took);

private:
    class Locked;

    void create(Connection &connection, const SearchIndex &index);
    Step addRows(Connection &connection, const SearchIndex &index);
    Step mergeSegments(Connection &connection, const SearchIndex &index);

    Table m_table;
    Clock::duration m_commitTime{}; ///< the longest of late
    Clock::duration m_lockTime{};
    double m_pages = 32; ///< of one merge
    int m_batches = 0; ///< since the last merge
    bool m_isMerging = false;
    bool m_isLastMerge = false; ///< all into one
    bool m_isMerged = false;
};

} // namespace orm
