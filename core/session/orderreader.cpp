// SPDX-License-Identifier: MIT
#include "core/session/orderreader.h"

#include "core/engine/dataversion.h"
#include "core/engine/statementlease.h"
#include "core/error.h"
#include "core/session/filterof.h"
#include "core/session/rowreader.h"
#include "core/session/searchexpression.h"
#include "core/session/valuereader.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace orm {

namespace {

using Clock = std::chrono::steady_clock;

} // namespace

OrderReader::OrderReader(const DatabaseUrl &url, const ConnectionOptions &options, QObject *parent)
    : DatabaseThread(u"OrderReader"_s, url, options, {}, parent)
{}

OrderReader::~OrderReader()
{
    stop(); // tasks use the members
}

QFuture<KeyBatch> OrderReader::keys(const RowQuery &query)
{
    return runStream<KeyBatch>([this, query](Connection &connection, QPromise<KeyBatch> &promise) {
        const Deliver deliver = [&promise](KeyBatch batch) { promise.addResult(std::move(batch)); };
        const RowReader reader(connection, query.table);
        const auto candidates
            = query.filter ? query.filter->candidates() : std::optional<QList<Key>>();
        if (candidates
            && pick(
                connection, reader, query, [&candidates] { return *candidates; }, deliver))
            return;
        const bool isOrderIndexed
            = isIndexed(connection, reader, totalOrder(query), filterColumns(query));
        if (search(connection, reader, query, isOrderIndexed, deliver))
            return;
        if (isOrderIndexed)
            stream(connection, reader, query, deliver);
        else
            sort(connection, reader, query, deliver);
    });
}

QFuture<qint64> OrderReader::count(const Table &table)
{
    return run([this, table](Connection &connection) {
        const RowReader reader(connection, table);
        qint64 count = 0;
        untilUnchanged(connection, [&](int) {
            count = 0;
            KeyScan scan(connection, reader, totalOrder({table, {}}));
            readAll(connection, scan, {},
                    [&count](const PreparedStatement &, KeyBatch &) { ++count; });
        });
        return count;
    });
}

QFuture<QList<ScoredRow>>
OrderReader::nearest(const Table &table, const std::shared_ptr<const RowScore> &score, int limit)
{
    return runStream<QList<ScoredRow>>(
        [this, table, score, limit](Connection &connection, QPromise<QList<ScoredRow>> &promise) {
            constexpr auto interval = 100ms; // between answers
            const RowReader reader(connection, table);
            const QList<SortColumn> order = totalOrder({table, {}});
            const QList<int> columns = score->columns();
            KeyScan scan(connection, reader, order, columns);
            QList<ScoredRow> found;
            bool isNews = true; // also nothing is an answer
            auto nextAnswer = Clock::now() + interval;
            QList<ValueView> values(columns.size());
            readAll(
                connection, scan,
                [&](const KeyBatch &) {
                    if (Clock::now() < nextAnswer || !isNews)
                        return;
                    promise.addResult(found);
                    isNews = false;
                    nextAnswer = Clock::now() + interval;
                },
                [&](const PreparedStatement &statement, KeyBatch &) {
                    const auto first = static_cast<int>(order.size());
                    for (int i = 0; i < values.size(); ++i)
                        values[i] = viewOf(statement, first + i);
                    const auto worth = score->score(values);
                    if (!worth || (found.size() == limit && *worth <= found.last().score))
                        return;
                    ScoredRow row{*worth, scan.keyOf(statement), {}};
                    for (int i = 0; i < values.size(); ++i)
                        row.values.append(statement.columnValue(first + i));
                    const auto place = std::upper_bound(
                        found.begin(), found.end(), row,
                        [](const ScoredRow &a, const ScoredRow &b) { return a.score > b.score; });
                    found.insert(place, std::move(row));
                    if (found.size() > limit)
                        found.removeLast();
                    isNews = true;
                });
            if (isNews)
                promise.addResult(found);
        });
}

QFuture<SearchIndexReport> OrderReader::searchIndex(const Table &table)
{
    return run([this, table](Connection &connection) {
        m_indexVersion.reset();
        return lookAtIndex(connection, table);
    });
}

SearchIndexReport OrderReader::lookAtIndex(Connection &connection, const Table &table)
{
    using State = SearchIndexReport::State;
    const SearchIndex index(connection, table);
    SearchIndexReport found = index.look();
    if (found.state == State::Ready) {
        // What others wrote may have gone past the triggers
        const qint64 version = dataVersion(connection);
        if (m_indexVersion != version) {
            m_indexVersion.reset();
            const bool holds = optimisticReader().read(connection, [&table](Connection &unlocked) {
                return SearchIndex(unlocked, table).holdsSample();
            });
            if (holds)
                m_indexVersion = version;
            else
                found = {State::Stale};
        }
    }
    report(found);
    return found;
}

void OrderReader::report(const SearchIndexReport &report)
{
    if (m_index == report)
        return;
    m_index = report;
    emit searchIndexChanged(report);
}

std::optional<KeyScan::Among> OrderReader::indexed(Connection &connection, const RowQuery &query)
{
    const QList<QList<NeededText>> needed
        = query.filter ? query.filter->neededTexts() : QList<QList<NeededText>>();
    if (needed.isEmpty())
        return {};
    const auto expression = searchexpression::of(needed, query.table.searchedColumns());
    if (!expression
        || lookAtIndex(connection, query.table).state != SearchIndexReport::State::Ready)
        return {};
    return KeyScan::Among{SearchIndex(connection, query.table).index(), *expression};
}

QStringList OrderReader::indexedBeginnings(Connection &connection, const RowQuery &query)
{
    if (!query.filter)
        return {};
    QStringList beginnings
        = searchexpression::beginnings(query.filter->neededTexts(), query.table.searchedColumns());
    if (beginnings.isEmpty()
        || lookAtIndex(connection, query.table).state != SearchIndexReport::State::Ready)
        return {};
    return beginnings;
}

bool OrderReader::searchShortWords(Connection &connection, const RowReader &reader,
                                   const RowQuery &query, const Deliver &deliver)
{
    const auto ask = [&](qint64 limit) -> std::optional<QList<Key>> {
        const QStringList beginnings = indexedBeginnings(connection, query);
        if (beginnings.isEmpty())
            return {};
        const auto rows = optimisticReader().read(connection, [&](Connection &unlocked) {
            return SearchIndex(unlocked, query.table).rowsWith(beginnings, limit);
        });
        if (!rows)
            return {};
        QList<Key> keys;
        for (const qint64 row : *rows)
            keys.append(Key::integer(row));
        return keys;
    };
    auto found = ask(shortWordCandidates);
    if (!found)
        return false;
    struct Gone
    {};
    try {
        return pick(
            connection, reader, query,
            [&] {
                if (found)
                    return *std::exchange(found, {});
                auto again = ask(std::numeric_limits<qint64>::max()); // others wrote meanwhile
                if (!again)
                    throw Gone();
                return *again;
            },
            deliver);
    } catch (const Gone &) {
        return false;
    }
}

bool OrderReader::search(Connection &connection, const RowReader &reader, const RowQuery &query,
                         bool isOrderIndexed, const Deliver &deliver)
{
    auto among = indexed(connection, query);
    const bool isByKey = totalOrder(query).size() == 1;
    bool isDelivered = false;
    struct Gone
    {};
    try {
        if (!among)
            return searchShortWords(connection, reader, query, deliver);
        if (isByKey) {
            stream(connection, reader, query, [&](KeyBatch batch) {
                isDelivered = isDelivered || !batch.keys.isEmpty();
                deliver(std::move(batch));
            });
            return true;
        }
        auto found = candidates(connection, reader, *among,
                                isOrderIndexed ? fewCandidates : manyCandidates);
        if (!found)
            return false;
        return pick(
            connection, reader, query,
            [&] {
                if (found)
                    return *std::exchange(found, {});
                // Others wrote meanwhile, maybe to the index itself
                among = indexed(connection, query);
                if (!among)
                    throw Gone();
                return candidates(connection, reader, *among, std::numeric_limits<qint64>::max())
                    .value();
            },
            deliver);
    } catch (const Gone &) {
        return false;
    } catch (const OperationalError &error) {
        if (error.reason() != OperationalError::Reason::Corrupt)
            throw;
    } catch (const ProgrammingError &) { // it was removed just now
    }
    lookAtIndex(connection, query.table);
    if (m_index.state == SearchIndexReport::State::Ready)
        report({SearchIndexReport::State::Stale});
    if (isDelivered)
        deliver({{}, false, true});
    return false;
}

std::optional<QList<Key>> OrderReader::candidates(Connection &connection, const RowReader &reader,
                                                  const KeyScan::Among &among, qint64 limit)
{
    KeyScan scan(connection, reader, {{reader.table().primaryKey().first(), Qt::DescendingOrder}},
                 {}, among);
    QList<Key> keys;
    struct TooMany
    {};
    try {
        readAll(connection, scan, {}, [&](const PreparedStatement &statement, KeyBatch &) {
            if (keys.size() == limit)
                throw TooMany();
            keys.append(scan.keyOf(statement));
        });
    } catch (const TooMany &) {
        return {};
    }
    return keys;
}

void OrderReader::untilUnchanged(Connection &connection, const std::function<void(int)> &readOnce)
{
    for (int pass = 1;; ++pass) {
        const qint64 before = dataVersion(connection);
        readOnce(pass);
        if (pass == passes || dataVersion(connection) == before)
            return;
    }
}

bool OrderReader::readAll(Connection &connection, KeyScan &scan, const Deliver &deliver,
                          const std::function<void(const PreparedStatement &, KeyBatch &)> &row,
                          qint64 enough)
{
    m_writers.begin(connection);
    scan.setCheck([this] { checkStop(); });
    scan.setOptimistic(optimisticReader());
    qint64 rowsRead = 0;
    while (true) {
        checkStop();
        KeyBatch batch;
        const KeyScan::Piece piece
            = scan.read(nextPiece(connection), [&](const PreparedStatement &statement) {
                  ++rowsRead;
                  row(statement, batch);
              });
        batch.rowsRead = rowsRead;
        if (deliver)
            deliver(std::move(batch));
        if (piece == KeyScan::Piece::End)
            return true;
        if (rowsRead >= enough)
            return false;
    }
}

WriterWatch::PieceEnd OrderReader::nextPiece(Connection &connection)
{
    return *nextPiece({connection, m_writers, optimisticReader(), {}});
}

std::optional<WriterWatch::PieceEnd> OrderReader::nextPiece(const Reader &by)
{
    by.optimistic.end();
    while (true) {
        WriterWatch::Pace pace = by.writers.look();
        if (pace.piece > 0us && by.writers.areKeptOut()) {
            const auto start = by.optimistic.begin();
            if (start == OptimisticReader::Start::Unlocked)
                return by.writers.endOf(WriterWatch::freely);
            if (start == OptimisticReader::Start::Later)
                pace = {0us, OptimisticReader::glance};
        }
        if (pace.pause > 0us) {
            pause(pace.pause);
            if (by.isOver && by.isOver())
                return {};
        }
        if (pace.piece > 0us && !(by.isOver && pace.pause > 0us))
            return by.writers.endOf(pace);
    }
}

void OrderReader::stream(Connection &connection, const RowReader &reader, const RowQuery &query,
                         const Deliver &deliver)
{
    // Most of what others write leaves the keys and their order alone. So the second pass is kept
    // back until it is known whether it differs from what the view has already.
    QList<KeyBatch> again;
    std::array<size_t, passes + 1> hashes{};
    int lastPass = 0;
    qint64 rowsRead = 0;
    const QList<SortColumn> order = totalOrder(query);
    // The first rows are known at once, and all are not for a while.
    KeyList first;
    bool wantsPreview = query.wantsPreview && !query.filter;
    const auto previewAt = Clock::now() + previewAfter;
    const auto showFirst = [&] {
        if (!wantsPreview || first.size() < previewRows
            || (rowsRead < previewFrom && Clock::now() < previewAt))
            return;
        wantsPreview = false;
        KeyBatch preview;
        preview.keys = withKept(connection, reader, query, first);
        preview.rowsRead = rowsRead;
        preview.isPreview = true;
        deliver(std::move(preview));
    };
    untilUnchanged(connection, [&](int pass) {
        lastPass = pass;
        again.clear();
        const auto among = order.size() == 1 ? indexed(connection, query) : std::nullopt;
        size_t &hash = hashes.at(static_cast<size_t>(pass));
        const auto take = [&](KeyBatch batch) {
            if (among)
                batch.rowsRead = 0; // nobody knows of how many
            rowsRead = batch.rowsRead;
            batch.isAsRead = true;
            if (pass == 1) {
                for (qint64 i = 0; i < batch.keys.size() && first.size() < previewRows; ++i)
                    first.append(batch.keys.at(i));
                deliver(std::move(batch));
                showFirst();
            } else if (!batch.keys.isEmpty())
                again.append(std::move(batch));
        };
        const auto add = [&hash](const Key &key, KeyBatch &batch) {
            hash = qHash(key, hash + 1); // key 0 and seed 0 would make 0
            batch.keys.append(key);
        };
        if (among) {
            streamAmong(connection, reader, query, *among, take, add);
            return;
        }
        KeyScan scan(connection, reader, order, filterColumns(query));
        FilterOf filter(query, order.size(), [this] { return isStopRequested(); });
        const auto look = [&](const PreparedStatement &statement, KeyBatch &batch) {
            Key key = scan.keyOf(statement);
            if (filter.lets(key, statement))
                add(key, batch);
            return key;
        };
        const QList<StoredValue> behind = orderValuesOf(connection, reader, order, query.behind);
        if (!behind.isEmpty())
            scan.beginBehind(behind);
        readAll(connection, scan, take, look);
        if (behind.isEmpty())
            return;
        KeyScan fromTop(connection, reader, order, filterColumns(query));
        struct Round
        {};
        bool isRound = false; // the row itself was the last
        try {
            readAll(
                connection, fromTop,
                [&](KeyBatch batch) {
                    take(std::move(batch));
                    if (isRound)
                        throw Round();
                },
                [&](const PreparedStatement &statement, KeyBatch &batch) {
                    isRound = isRound || look(statement, batch) == query.behind;
                });
        } catch (const Round &) {}
    });
    if (lastPass > 1 && hashes.at(static_cast<size_t>(lastPass)) != hashes.at(1)) {
        deliver({{}, false, true});
        for (KeyBatch &batch : again)
            deliver(std::move(batch));
    }
    deliver({{}, true, false, rowsRead});
}

/// What the row @p key is sorted by; empty if it isn't there.
QList<StoredValue> OrderReader::orderValuesOf(Connection &connection, const RowReader &reader,
                                              const QList<SortColumn> &order, const Key &key)
{
    QList<StoredValue> values;
    if (key.isNull() || key.isTemporary())
        return values;
    QStringList columns;
    for (const SortColumn &sorted : order)
        columns.append(reader.column(sorted.column));
    PreparedStatement &statement = connection.cached(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
        columns.join(u", "_s), reader.tableName(), reader.keyCondition(key)));
    const StatementRun run(statement);
    reader.bindKey(statement, 0, key);
    if (statement.step()) {
        for (int i = 0; i < columns.size(); ++i)
            values.append(statement.columnValue(i));
    }
    return values;
}

/// @p first, and behind them those of the rows to be kept that are not among them.
KeyList OrderReader::withKept(Connection &connection, const RowReader &reader,
                              const RowQuery &query, KeyList first)
{
    constexpr qsizetype most = 500; // more parameters than that are not allowed everywhere
    QSet<Key> kept;
    for (const Key &key : query.kept.mid(0, most)) {
        if (key.isInteger())
            kept.insert(key);
    }
    for (qint64 i = 0; i < first.size() && !kept.isEmpty(); ++i)
        kept.remove(first.at(i));
    if (kept.isEmpty() || !query.table.hasIntegerKey())
        return first;
    const QString key = reader.column(query.table.primaryKey().first());
    const QString select = u"SELECT %1 FROM %2 WHERE %1 IN (?%3)"_s.arg(
                               key, reader.tableName(), u", ?"_s.repeated(kept.size() - 1))
        + orderClause(reader, totalOrder(query));
    const auto found = optimisticReader().read(connection, [&](Connection &unlocked) {
        const auto rows = unlocked.prepare(select);
        int parameter = 0;
        for (const Key &wanted : std::as_const(kept))
            rows->bindInteger(parameter++, wanted.number());
        QList<qint64> numbers;
        while (rows->step())
            numbers.append(rows->columnInteger(0));
        return numbers;
    });
    for (const qint64 number : found)
        first.append(Key::integer(number));
    return first;
}

/// The index is asked for many rows at a time, as each question takes it a moment to find its place.
void OrderReader::streamAmong(Connection &connection, const RowReader &reader,
                              const RowQuery &query, const KeyScan::Among &among,
                              const Deliver &deliver,
                              const std::function<void(const Key &, KeyBatch &)> &add)
{
    const QList<SortColumn> order = totalOrder(query);
    const ValueReader rows(connection, optimisticReader(), reader, filterColumns(query),
                           order.first().order, [this] { checkStop(); });
    FilterOf filter(query, order.size(), [this] { return isStopRequested(); });
    KeyScan scan(connection, reader, order, {}, among);
    readAll(
        connection, scan,
        [&](const KeyBatch &candidates) {
            KeyBatch batch;
            auto end = nextPiece(connection);
            const auto keys = candidates.keys.integers();
            for (size_t first = 0; first < keys.size(); first += ValueReader::keysAtOnce) {
                const auto some = keys.subspan(
                    first, std::min<size_t>(ValueReader::keysAtOnce, keys.size() - first));
                rows.read(QList<qint64>(some.begin(), some.end()),
                          [&](const PreparedStatement &row) {
                              const Key key = Key::integer(row.columnInteger(0));
                              if (filter.lets(key, row))
                                  add(key, batch);
                          });
                if (!end.isReached())
                    continue;
                deliver(std::exchange(batch, {}));
                checkStop();
                end = nextPiece(connection);
            }
            deliver(std::move(batch));
        },
        [&scan](const PreparedStatement &statement, KeyBatch &batch) {
            batch.keys.append(scan.keyOf(statement));
        });
}

} // namespace orm
