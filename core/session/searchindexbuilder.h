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

private:
    /// How much work of one kind fits into a transaction; learnt while it goes.
    struct Amount
    {
        double value;
        double least;
        double most;
        void adapt(std::chrono::steady_clock::duration took);
    };

    void create(Connection &connection, const SearchIndex &index);
    Step addRows(Connection &connection, const SearchIndex &index);
    Step mergeSegments(Connection &connection, const SearchIndex &index);

    Table m_table;
    Amount m_insertTime{5, 1, 30}; ///< milliseconds
    Amount m_pages{16, 1, 500}; ///< of one merge
    int m_batches = 0; ///< since the last merge
    bool m_isMerging = false;
    bool m_isLastMerge = false; ///< all into one
    bool m_isMerged = false;
};

} // namespace orm
