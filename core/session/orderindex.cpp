// SPDX-License-Identifier: MIT
#include "core/session/orderindex.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/inspector.h"
#include "core/engine/transaction.h"
#include "core/error.h"
#include "core/session/rowreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

const auto prefix = u"postdesk_order_"_s;

} // namespace

OrderIndex::OrderIndex(Connection &connection, const Table &table, const QList<SortColumn> &sort)
    : m_connection(connection)
    , m_table(table)
    , m_order(totalOrder({table, sort}))
{
    // A rowid stands at the end of each index, ascending: so the last column of the order has to.
    const bool isReversed = !m_order.isEmpty() && m_order.last().order == Qt::DescendingOrder;
    for (const SortColumn &sorted : std::as_const(m_order))
        m_parts.append({table.columns.at(sorted.column).name,
                        (sorted.order == Qt::DescendingOrder) != isReversed});
    const bool isRowidLast = !m_order.isEmpty() && connection.url().isSqlite()
        && connection.isRowid(table.name, m_parts.last().column);
    if (isRowidLast && m_parts.size() > 1)
        m_parts.removeLast();
}

QList<OrderIndex::Found> OrderIndex::made() const
{
    QList<Found> found;
    const auto names = m_connection.prepare(
        u"SELECT name FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ? COLLATE NOCASE "
        "AND substr(name, 1, %1) = '%2' ORDER BY name"_s.arg(prefix.size())
            .arg(prefix));
    names->bindText(0, m_table.name);
    while (names->step())
        found.append({names->columnText(0), {}});
    const auto parts = m_connection.prepare(
        u"SELECT name, \"desc\" FROM pragma_index_xinfo(?, 'main') WHERE key = 1 ORDER BY seqno"_s);
    for (Found &index : found) {
        parts->bindText(0, index.name);
        while (parts->step())
            index.parts.append({parts->columnText(0), parts->columnInteger(1) != 0});
        parts->reset();
    }
    return found;
}

QString OrderIndex::nameOfMade() const
{
    const QList<Found> all = made();
    const auto own = std::ranges::find(all, m_parts, &Found::parts);
    return own == all.end() ? QString() : own->name;
}

bool OrderIndex::isUsed() const
{
    return isIndexed(m_connection, RowReader(m_connection, m_table), m_order);
}

OrderIndexReport OrderIndex::look() const
{
    using State = OrderIndexReport::State;
    using Obstacle = OrderIndexReport::Obstacle;
    if (!m_connection.url().isSqlite())
        return {State::Given, Obstacle::OtherDatabase, {}};
    const QString type
        = m_connection
              .scalar(u"SELECT type FROM main.sqlite_schema WHERE name = ? COLLATE NOCASE "
                      "AND type IN ('table', 'view')"_s,
                      {StoredValue::text(m_table.name)})
              .toString();
    if (type != u"table")
        return {State::Given, Obstacle::View, {}};
    OrderIndexReport report;
    const QList<Found> all = made();
    for (const Found &index : all) {
        QStringList columns;
        for (const Part &part : index.parts)
            columns.append(part.column + (part.isDescending ? u" DESC"_s : QString()));
        report.made.append(columns.join(u", "_s));
    }
    report.made.sort();
    const bool isOwn = std::ranges::find(all, m_parts, &Found::parts) != all.end();
    report.state = isOwn ? State::Made : isUsed() ? State::Given : State::Absent;
    return report;
}

std::optional<qint64> OrderIndex::mostRows() const
{
    if (!m_table.hasIntegerKey())
        return {};
    const RowReader reader(m_connection, m_table);
    const QString key = reader.column(m_table.primaryKey().first());
    const auto edge = [&](const QString &function) { // each by itself is one look into the tree
        return m_connection
            .scalar(u"SELECT %1(%2) FROM %3"_s.arg(function, key, reader.tableName()))
            .toInteger();
    };
    return std::max<qint64>(0, edge(u"max"_s) - edge(u"min"_s) + 1);
}

OrderIndex::Price OrderIndex::price(qint64 rows) const
{
    // Of an entry beside its values: header, rowid, the cell's place; pages are filled up.
    const auto entryBytes = double(8 + m_parts.size());
    constexpr double fill = 1.02;
    constexpr qint64 leastBytes = 4096;
    // Reading a row, taking its values and sorting them, as measured with a file in memory
    constexpr double rowMicroseconds = 1.0;
    constexpr double byteMicroseconds = 0.02;
    const Dialect &dialect = m_connection.dialect();
    QStringList lengths;
    for (const Part &part : m_parts)
        lengths.append(
            u"CASE typeof(%1) WHEN 'integer' THEN 3 WHEN 'real' THEN 8 WHEN 'null' THEN 0 "
            "ELSE length(CAST(%1 AS BLOB)) END"_s.arg(dialect.quote(part.column)));
    const RowReader reader(m_connection, m_table);
    const double values
        = m_connection
              .scalar(u"SELECT CAST(avg(n) * 1000 AS INTEGER) FROM (SELECT %1 AS n FROM %2%3 "
                      "LIMIT 500)"_s.arg(lengths.join(u" + "_s), reader.tableName(),
                                         orderClause(reader, totalOrder({m_table, {}}))))
              .toInteger()
        / 1000.0;
    const double bytes = double(rows) * (values + entryBytes) * fill;
    const double microseconds = double(rows) * (rowMicroseconds + values * byteMicroseconds);
    return {std::max(leastBytes, qint64(bytes)),
            std::chrono::milliseconds(qint64(microseconds / 1000))};
}

int OrderIndex::stepsPerRow() const
{
    constexpr int beside = 8; // taking each column: as counted, with SQLite 3.40
    return int(m_parts.size()) + beside;
}

QString OrderIndex::freeName() const
{
    QString name = prefix + m_table.name;
    for (const Part &part : m_parts)
        name += u'_' + part.column + (part.isDescending ? u"_desc"_s : QString());
    // "a_b" and "c" are called like "a" and "b_c".
    for (int number = 1;; ++number) {
        QString tried = number == 1 ? name : name + u'_' + QString::number(number);
        if (m_connection
                .scalar(u"SELECT 1 FROM main.sqlite_schema WHERE name = ? COLLATE NOCASE"_s,
                        {StoredValue::text(tried)})
                .isNull())
            return tried;
    }
}

QString OrderIndex::sql() const
{
    const Dialect &dialect = m_connection.dialect();
    QStringList columns;
    for (const Part &part : m_parts)
        columns.append(dialect.quote(part.column) + (part.isDescending ? u" DESC"_s : QString()));
    return u"CREATE INDEX %1 ON %2 (%3)"_s.arg(dialect.quote(freeName()),
                                               dialect.quote(m_table.name), columns.join(u", "_s));
}

void OrderIndex::build()
{
    Transaction transaction(m_connection);
    if (!nameOfMade().isEmpty())
        return;
    m_connection.execute(sql());
    if (!isUsed())
        throw InvalidRequestError(
            u"SQLite does not use an index for this order of '%1'"_s.arg(m_table.name));
    transaction.commit();
}

void OrderIndex::remove()
{
    Transaction transaction(m_connection);
    const QString name = nameOfMade();
    if (name.isEmpty())
        return;
    m_connection.execute(u"DROP INDEX "_s + m_connection.dialect().quote(name));
    transaction.commit();
}

} // namespace orm
