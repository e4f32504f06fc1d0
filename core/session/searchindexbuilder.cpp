// SPDX-License-Identifier: MIT
#include "core/session/searchindexbuilder.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/statementlease.h"
#include "core/engine/transaction.h"
#include "core/error.h"
#include "core/session/searchindex.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

/// Segments of one size that are merged into one: each transaction writes one.
constexpr int segmentsAtOnce = 16;
/// Before so many FTS5 merges by itself, all at once and as long as it takes.
constexpr int patience = 1000;
constexpr qint64 before = std::numeric_limits<qint64>::min();
constexpr qint64 behind = std::numeric_limits<qint64>::max();
/// Of FTS5's own rows these say how the others are to be read.
constexpr int lastOwnRow = 10;

void setOption(Connection &connection, const SearchIndex &index, const QString &option, int value)
{
    connection.execute(u"INSERT INTO %1(%1, rank) VALUES(?, ?)"_s.arg(index.index()),
                       {StoredValue::text(option), StoredValue::integer(value)});
}

} // namespace

/// A transaction that keeps others from writing, and how long.
class SearchIndexBuilder::Locked
{
public:
    Locked(SearchIndexBuilder &builder, Connection &connection)
        : m_builder(builder)
        , m_transaction(connection)
    {}

    Clock::time_point start() const { return m_start; }
    void commit()
    {
        const auto worked = Clock::now();
        m_transaction.commit();
        const auto end = Clock::now();
        m_builder.learnCommit(end - worked);
        m_builder.m_lockTime = end - m_start;
    }

private:
    SearchIndexBuilder &m_builder;
    Transaction m_transaction; // waits until others have written
    const Clock::time_point m_start = Clock::now();
};

SearchIndexBuilder::Clock::duration SearchIndexBuilder::workTime() const
{
    // A commit waits for the disk, however little it has to write; but where that takes nearly all the time
    // there is, small steps would be nothing but waits.
    constexpr Clock::duration least = 8ms;
    constexpr Clock::duration most = 30ms;
    return std::clamp<Clock::duration>(longestStep * 4 / 5 - m_commitTime, least, most);
}

void SearchIndexBuilder::learnCommit(Clock::duration took)
{
    // A disk that was slow once may be so again soon; a mean would be below half of what comes
    m_commitTime = std::max(took, m_commitTime - m_commitTime / 16);
}

SearchIndexBuilder::Step SearchIndexBuilder::build(Connection &connection)
{
    using State = SearchIndexReport::State;
    const SearchIndex index(connection, m_table);
    switch (index.look().state) {
    case State::Ready:
        return Step::Done;
    case State::Stale:
        throw InvalidRequestError(u"The index of '%1' is stale: remove it"_s.arg(m_table.name));
    case State::Absent:
        create(connection, index);
        return Step::More;
    case State::Partial:
        break;
    }
    return m_isMerging ? mergeSegments(connection, index) : addRows(connection, index);
}

void SearchIndexBuilder::create(Connection &connection, const SearchIndex &index)
{
    Locked transaction(*this, connection);
    for (const SearchIndex::Object &object : index.objects())
        connection.execute(object.sql);
    connection.execute(u"INSERT INTO %1 VALUES(?)"_s.arg(index.state()),
                       {StoredValue::integer(before)});
    setOption(connection, index, u"automerge"_s, 0);
    setOption(connection, index, u"usermerge"_s, segmentsAtOnce);
    setOption(connection, index, u"crisismerge"_s, patience);
    transaction.commit();
}

SearchIndexBuilder::Step SearchIndexBuilder::addRows(Connection &connection,
                                                     const SearchIndex &index)
{
    const QStringList names = index.columnNames();
    QStringList values;
    for (const QString &name : names)
        values.append(SearchIndex::indexed(name));
    const QString select = u"SELECT %1, %2 FROM %3 WHERE %1 > ? ORDER BY %1"_s.arg(
        index.key(), values.join(u", "_s), index.table());
    const QString insert = u"INSERT INTO %1(rowid, %2) VALUES(?%3)"_s.arg(
        index.index(), names.join(u", "_s), u", ?"_s.repeated(names.size()));

    Locked transaction(*this, connection);
    // Asked in here, as another one may be building, too
    qint64 reached = connection.scalar(u"SELECT reached FROM "_s + index.state()).toInteger();
    const auto until = transaction.start() + workTime();
    bool isEnd = true;
    {
        PreparedStatement &rows = connection.cached(select);
        const StatementRun rowsRun(rows);
        PreparedStatement &adding = connection.cached(insert);
        const StatementRun addingRun(adding);
        rows.bindInteger(0, reached);
        while (rows.step()) {
            reached = rows.columnInteger(0);
            adding.bindInteger(0, reached);
            for (int i = 1; i <= names.size(); ++i) {
                if (rows.columnClass(i) == StorageClass::Null)
                    adding.bindNull(i);
                else
                    adding.bindUtf8(i, rows.columnBytes(i));
            }
            adding.step();
            adding.reset();
            if (Clock::now() >= until) {
                isEnd = false;
                break;
            }
        }
    }
    const bool isDone = isEnd && m_isMerged;
    if (isDone) {
        // From now on it grows by the web app's small writes, for which FTS5's own ways are good.
        setOption(connection, index, u"automerge"_s, 4);
        setOption(connection, index, u"usermerge"_s, 4);
        setOption(connection, index, u"crisismerge"_s, 16);
        reached = behind;
    }
    connection.execute(u"UPDATE %1 SET reached = ?"_s.arg(index.state()),
                       {StoredValue::integer(reached)});
    transaction.commit();
    ++m_batches;
    m_isLastMerge = isEnd;
    m_isMerging = isEnd || m_batches >= segmentsAtOnce;
    return isDone ? Step::Done : Step::More;
}

SearchIndexBuilder::Step SearchIndexBuilder::mergeSegments(Connection &connection,
                                                           const SearchIndex &index)
{
    const auto changes
        = [&connection] { return connection.scalar(u"SELECT total_changes()"_s).toInteger(); };
    const bool isFirst = m_batches > 0;
    m_batches = 0;
    const auto pages = int(m_pages);
    const qint64 changesBefore = changes();
    Locked transaction(*this, connection);
    // A negative number: all there is into one
    setOption(connection, index, u"merge"_s, m_isLastMerge && isFirst ? -pages : pages);
    const auto worked = Clock::now();
    const double wanted = std::chrono::duration<double>(workTime()).count();
    transaction.commit();
    // Towards the time there is, a little below it, as what varies is to stay below, too
    constexpr double leastPages = 16;
    constexpr double mostPages = 400; // as many as SQLite keeps in memory
    const double took
        = std::max(std::chrono::duration<double>(worked - transaction.start()).count(), 1e-4);
    m_pages
        = std::clamp(m_pages * std::clamp(wanted * 0.8 / took, 0.3, 1.2), leastPages, mostPages);
    constexpr int nothingDone = 2; // changes, by FTS5's documentation
    if (changes() - changesBefore < nothingDone) {
        m_isMerging = false;
        m_isMerged = m_isLastMerge;
    }
    return Step::More;
}

SearchIndexBuilder::Step SearchIndexBuilder::remove(Connection &connection)
{
    const SearchIndex index(connection, m_table);
    const QList<SearchIndex::Object> objects = index.objects();
    const auto exists = [&connection](const QString &name) {
        return !connection
                    .scalar(u"SELECT 1 FROM main.sqlite_schema WHERE name = ?"_s,
                            {StoredValue::text(name)})
                    .isNull();
    };
    const auto drop = [&connection](const SearchIndex::Object &object) {
        connection.execute(u"DROP %1 IF EXISTS %2"_s.arg(object.type.toUpper(),
                                                         connection.dialect().quote(object.name)));
    };
    if (std::ranges::any_of(objects, [&](const SearchIndex::Object &object) {
            return object.type == u"trigger" && exists(object.name);
        })) {
        // First of all nobody writes to it, or looks into it, any more
        Locked transaction(*this, connection);
        for (const SearchIndex::Object &object : objects) {
            if (object.type == u"trigger")
                drop(object);
        }
        transaction.commit();
        return Step::More;
    }
    // Dropped as a whole a large one would keep everybody waiting
    const bool hasSegments = exists(objects.at(1).name + u"_data"_s)
        && !connection
                .scalar(u"SELECT 1 FROM %1 WHERE id > %2"_s.arg(index.segments()).arg(lastOwnRow))
                .isNull();
    Locked transaction(*this, connection);
    const auto until
        = transaction.start() + std::min<Clock::duration>(workTime(), longestStep * 2 / 5);
    if (hasSegments) {
        const QString remove
            = u"DELETE FROM %1 WHERE id IN (SELECT id FROM %1 WHERE id > %2 LIMIT 16)"_s
                  .arg(index.segments())
                  .arg(lastOwnRow);
        while (connection.execute(remove) > 0 && Clock::now() < until) {}
        transaction.commit();
        return Step::More;
    }
    for (const SearchIndex::Object &object : objects) {
        if (object.type != u"trigger")
            drop(object);
    }
    transaction.commit();
    return Step::Done;
}

} // namespace orm
