// SPDX-License-Identifier: MIT
#include "core/session/keyscan.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/statementlease.h"

using namespace Qt::StringLiterals;

namespace orm {

KeyScan::KeyScan(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
                 const QList<int> &extra)
    : m_connection(connection)
    , m_reader(reader)
    , m_order(order)
    , m_orderClause(orderClause(reader, order))
    , m_hasExtra(!extra.isEmpty())
    , m_stages({Stage{}})
{
    const QList<int> key = reader.table().primaryKey();
    for (const int column : key) {
        for (int i = 0; i < order.size(); ++i) {
            if (order.at(i).column == column)
                m_key.append(i);
        }
    }
    QStringList columns;
    for (const SortColumn &sorted : order)
        columns.append(reader.column(sorted.column));
    for (const int column : extra)
        columns.append(reader.column(column));
    m_select = u"SELECT %1 FROM %2"_s.arg(columns.join(u", "_s), reader.tableName());
}

QString KeyScan::selectAll() const
{
    return m_select + m_orderClause;
}

Key KeyScan::keyOf(const PreparedStatement &statement) const
{
    if (m_key.size() == 1 && statement.columnClass(m_key.first()) == StorageClass::Integer)
        return Key::integer(statement.columnInteger(m_key.first()));
    QList<StoredValue> values;
    for (const int column : m_key)
        values.append(statement.columnValue(column));
    return Key::values(std::move(values));
}

KeyScan::Piece KeyScan::read(std::chrono::steady_clock::time_point until,
                             const std::function<void(const PreparedStatement &)> &row)
{
    const int rowsPerLook = m_hasExtra ? 4 : 64; // at the clock; values may be large
    int count = 0;
    while (!m_stages.isEmpty()) {
        const Stage stage = m_stages.first();
        const QString where
            = stage.condition.isEmpty() ? QString() : u" WHERE "_s + stage.condition;
        PreparedStatement &statement = m_connection.cached(
            m_select + where + m_orderClause + m_connection.dialect().limitClause(pieceRows, 0));
        const StatementRun run(statement);
        for (int i = 0; i < stage.values.size(); ++i)
            statement.bind(i, stage.values.at(i));
        for (int stageCount = 1; statement.step(); ++stageCount) {
            row(statement);
            const bool isLate
                = ++count % rowsPerLook == 0 && std::chrono::steady_clock::now() >= until;
            if (!isLate && stageCount < pieceRows)
                continue;
            QList<StoredValue> last;
            for (int i = 0; i < m_order.size(); ++i)
                last.append(statement.columnValue(i));
            m_stages = stagesBehind(last);
            return m_stages.isEmpty() ? Piece::End : Piece::More;
        }
        m_stages.removeFirst();
        if (!m_stages.isEmpty() && std::chrono::steady_clock::now() >= until)
            return Piece::More;
    }
    return Piece::End;
}

QList<KeyScan::Stage> KeyScan::stagesBehind(const QList<StoredValue> &last) const
{
    QList<Stage> stages;
    for (int i = static_cast<int>(m_order.size()) - 1; i >= 0; --i) {
        // equal up to column i, and behind there; the longest equality holds the nearest rows
        QStringList equalities;
        QList<StoredValue> values;
        for (int j = 0; j < i; ++j) {
            const QString name = m_reader.column(m_order.at(j).column);
            equalities.append(name + (last.at(j).isNull() ? u" IS NULL"_s : u" = ?"_s));
            if (!last.at(j).isNull())
                values.append(last.at(j));
        }
        const auto add = [&](const QString &behind, const QList<StoredValue> &more) {
            stages.append({(equalities + QStringList{behind}).join(u" AND "_s), values + more});
        };
        const QString name = m_reader.column(m_order.at(i).column);
        const bool isDescending = m_order.at(i).order == Qt::DescendingOrder;
        if (last.at(i).isNull()) { // NULL is the smallest
            // "> NULL" is never true, and IS NOT NULL walks through all NULLs of an index again
            if (!isDescending)
                add(i == 0 ? u"%1 >= (SELECT min(%1) FROM %2)"_s.arg(name, m_reader.tableName())
                           : name + u" IS NOT NULL"_s,
                    {});
            continue;
        }
        add(name + (isDescending ? u" < ?"_s : u" > ?"_s), {last.at(i)});
        const Column &column = m_reader.table().columns.at(m_order.at(i).column);
        const bool isNeverNull = column.isPrimaryKey && m_reader.table().hasIntegerKey();
        if (isDescending && !isNeverNull)
            add(name + u" IS NULL"_s, {});
    }
    return stages;
}

} // namespace orm
