// SPDX-License-Identifier: MIT
#include "core/session/valuereader.h"

#include "core/engine/connection.h"
#include "core/engine/statementlease.h"
#include "core/session/largerow.h"
#include "core/session/optimisticreader.h"
#include "core/session/rowbuffer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

ValueReader::ValueReader(Connection &connection, OptimisticReader &optimistic,
                         const RowReader &reader, const QList<int> &columns, Qt::SortOrder order,
                         const std::function<void()> &check)
    : m_connection(connection)
    , m_optimistic(optimistic)
    , m_reader(reader)
    , m_columns(columns)
    , m_check(check)
    , m_readsApart(LargeRow::canRead(connection, reader.table()))
{
    const QString key = reader.column(reader.table().primaryKey().first());
    QStringList names{key};
    for (const int column : columns)
        names.append(reader.column(column));
    const QString ordered = u"SELECT %1 FROM %2 WHERE %3 IN (?%4) ORDER BY %3"_s;
    m_select = ordered.arg(names.join(u", "_s), reader.tableName(), key,
                           u", ?"_s.repeated(keysAtOnce - 1));
    if (order == Qt::DescendingOrder)
        m_select += u" DESC"_s;
    const QStringList large = QStringList{key} + LargeRow::selected(reader, columns);
    m_selectLarge
        = u"SELECT %1 FROM %2 WHERE %3 = ?"_s.arg(large.join(u", "_s), reader.tableName(), key);
}

void ValueReader::read(QList<qint64> keys,
                       const std::function<void(const PreparedStatement &)> &row) const
{
    RowBuffer rows;
    while (!keys.isEmpty()) {
        const bool isAll = m_optimistic.read(m_connection, [&](Connection &connection) {
            rows.clear();
            return readSome(connection, keys, rows);
        });
        rows.forEach(row);
        if (isAll)
            return;
        if (!rows.isEmpty())
            keys.remove(0, keys.indexOf(rows.columnInteger(0)) + 1);
        // The next one that is there has the large value
        while (!keys.isEmpty() && !readLarge(keys.takeFirst(), row)) {}
    }
}

bool ValueReader::readSome(Connection &connection, const QList<qint64> &keys, RowBuffer &rows) const
{
    PreparedStatement &statement = connection.cached(m_select);
    const StatementRun run(statement);
    for (qsizetype i = 0; i < keysAtOnce; ++i) // the last fills the places that are left
        statement.bindInteger(int(i), keys.at(std::min(i, keys.size() - 1)));
    while (true) {
        const auto next = m_readsApart ? LargeRow::stepUnlessLarge(connection, statement)
                                       : std::optional(statement.step());
        if (!next || !*next)
            return next.has_value();
        rows.append(statement);
    }
}

bool ValueReader::readLarge(qint64 key,
                            const std::function<void(const PreparedStatement &)> &row) const
{
    PreparedStatement &statement = m_connection.cached(m_selectLarge);
    const StatementRun run(statement);
    statement.bindInteger(0, key);
    if (!statement.step())
        return false;
    row(LargeRow(m_connection, m_reader.table(), statement, key, m_columns, 1, m_check));
    return true;
}

} // namespace orm
