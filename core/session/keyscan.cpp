// SPDX-License-Identifier: MIT
#include "core/session/keyscan.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/statementlease.h"
#include "core/session/optimisticreader.h"
#include "core/session/rowbuffer.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// As SQL compares, by IS and without a collation: 1 is 1.0.
bool isEqual(const StoredValue &a, const StoredValue &b)
{
    const auto isNumber = [](const StoredValue &value) {
        return value.storageClass() == StorageClass::Integer
            || value.storageClass() == StorageClass::Real;
    };
    const auto number = [](const StoredValue &value) {
        return value.storageClass() == StorageClass::Integer ? double(value.toInteger())
                                                             : value.toReal();
    };
    if (isNumber(a) && isNumber(b) && a.storageClass() != b.storageClass())
        return number(a) == number(b);
    return a == b;
}

} // namespace

KeyScan::KeyScan(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
                 const QList<int> &extra, const std::optional<Among> &among)
    : m_connection(connection)
    , m_reader(reader)
    , m_order(order)
    , m_among(among)
    , m_orderClause(
          among ? u" ORDER BY %1.rowid%2"_s.arg(
              among->index, order.first().order == Qt::DescendingOrder ? u" DESC"_s : QString())
                : orderClause(reader, order))
    , m_extra(extra)
    , m_readsApart(!extra.isEmpty() && !among && LargeRow::canRead(connection, reader.table()))
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
        columns.append(column(sorted.column));
    for (const int column : extra)
        columns.append(reader.column(column));
    QString from = reader.tableName();
    if (among) {
        from = among->index;
        if (!m_extra.isEmpty()) // in this order: first what the index names
            from += u" CROSS JOIN %1 ON %2 = %3.rowid"_s.arg(
                reader.tableName(), reader.column(order.first().column), among->index);
    }
    m_select = u"SELECT %1 FROM %2"_s.arg(columns.join(u", "_s), from);
}

QString KeyScan::column(int index) const
{
    return m_among ? m_among->index + u".rowid"_s : m_reader.sorted(index);
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

QString KeyScan::selectFrom(const Stage &stage, const QString &select) const
{
    QStringList conditions;
    if (m_among)
        conditions.append(m_among->index + u" MATCH ?"_s);
    if (!stage.condition.isEmpty())
        conditions.append(stage.condition);
    return select + (conditions.isEmpty() ? QString() : u" WHERE "_s + conditions.join(u" AND "_s))
        + m_orderClause;
}

void KeyScan::bind(PreparedStatement &statement, const Stage &stage) const
{
    int parameter = 0;
    if (m_among)
        statement.bindText(parameter++, m_among->expression);
    for (const StoredValue &value : stage.values)
        statement.bind(parameter++, value);
}

QList<StoredValue> KeyScan::orderValuesOf(const PreparedStatement &statement) const
{
    QList<StoredValue> values;
    for (int i = 0; i < m_order.size(); ++i)
        values.append(statement.columnValue(i));
    return values;
}

KeyScan::Step KeyScan::step(Connection &connection, PreparedStatement &statement) const
{
    if (!m_readsApart)
        return statement.step() ? Step::Row : Step::End;
    const auto row = LargeRow::stepUnlessLarge(connection, statement);
    if (!row)
        return Step::TooLarge;
    return *row ? Step::Row : Step::End;
}

int KeyScan::rowsPerLook() const
{
    return m_extra.isEmpty() ? 8 : 1; // values may be large
}

KeyScan::Piece KeyScan::read(WriterWatch::PieceEnd end,
                             const std::function<void(const PreparedStatement &)> &row)
{
    if (Connection *unlocked = m_optimistic ? m_optimistic->connection() : nullptr)
        return std::exchange(m_isLargeNext, false) ? readLarge(row)
                                                   : readUnlocked(*unlocked, end, row);
    int count = 0;
    while (!m_stages.isEmpty()) {
        const Stage stage = m_stages.first();
        PreparedStatement &statement
            = m_connection.cached(selectFrom(stage, m_select)
                                  + m_connection.dialect().limitClause(pieceRows, stage.skipped));
        const StatementRun run(statement);
        bind(statement, stage);
        QList<StoredValue> last; // where a large row may follow
        Step next = Step::End;
        for (int stageCount = 1; (next = step(m_connection, statement)) == Step::Row;
             ++stageCount) {
            row(statement);
            if (m_readsApart)
                last = orderValuesOf(statement);
            if (m_reader.table().isKeyless())
                countEqual(statement);
            const bool isLate = ++count % rowsPerLook() == 0 && end.isReached();
            if (!isLate && stageCount < pieceRows)
                continue;
            m_stages = stagesBehind(orderValuesOf(statement));
            return m_stages.isEmpty() ? Piece::End : Piece::More;
        }
        if (next == Step::TooLarge) {
            if (!last.isEmpty())
                m_stages = stagesBehind(last);
            return readLarge(row);
        }
        m_stages.removeFirst();
        if (!m_stages.isEmpty() && end.isReached())
            return Piece::More;
    }
    return Piece::End;
}

/// As read(), but hands rows out only when they are known to be of a committed state.
KeyScan::Piece KeyScan::readUnlocked(Connection &connection, WriterWatch::PieceEnd &end,
                                     const std::function<void(const PreparedStatement &)> &row)
{
    RowBuffer rows;
    int count = 0;
    while (!m_stages.isEmpty()) {
        const Stage stage = m_stages.first();
        std::optional<StatementRun> run;
        PreparedStatement *statement = nullptr;
        Step next = Step::Row;
        bool hasRows = false;
        for (int stageCount = 0; next == Step::Row;) {
            bool isLate = false;
            rows.clear();
            try {
                if (!statement) {
                    statement = &connection.cached(
                        selectFrom(stage, m_select)
                        + m_connection.dialect().limitClause(pieceRows, stage.skipped));
                    run.emplace(*statement);
                    bind(*statement, stage);
                }
                while (!isLate && !rows.isFull(m_optimistic->rowsAtOnce())
                       && (next = step(connection, *statement)) == Step::Row) {
                    rows.append(*statement);
                    isLate = ++stageCount == pieceRows
                        || (++count % rowsPerLook() == 0 && end.isReached());
                }
            } catch (const Error &error) {
                m_optimistic->giveUpAfter(error);
                return Piece::More;
            }
            if (!m_optimistic->isSettled())
                return Piece::More;
            hasRows = hasRows || !rows.isEmpty();
            handOut(rows, row);
            m_isLargeNext = next == Step::TooLarge;
            if (m_isLargeNext || isLate)
                return m_stages.isEmpty() ? Piece::End : Piece::More;
        }
        if (!hasRows)
            m_stages.removeFirst();
    }
    return Piece::End;
}

/// To go on behind them.
void KeyScan::handOut(RowBuffer &rows, const std::function<void(const PreparedStatement &)> &row)
{
    rows.forEach([&](const PreparedStatement &statement) {
        row(statement);
        if (m_reader.table().isKeyless())
            countEqual(statement);
    });
    if (!rows.isEmpty())
        m_stages = stagesBehind(orderValuesOf(rows));
}

/// Reads a single row, without its large values.
KeyScan::Piece KeyScan::readLarge(const std::function<void(const PreparedStatement &)> &row)
{
    QStringList columns;
    for (const SortColumn &sorted : m_order)
        columns.append(column(sorted.column));
    columns += LargeRow::selected(m_reader, m_extra);
    const QString select = u"SELECT %1 FROM %2"_s.arg(columns.join(u", "_s), m_reader.tableName());
    while (!m_stages.isEmpty()) {
        const Stage stage = m_stages.first();
        PreparedStatement &statement = m_connection.cached(
            selectFrom(stage, select) + m_connection.dialect().limitClause(1, 0));
        const StatementRun run(statement);
        bind(statement, stage);
        if (!statement.step()) {
            m_stages.removeFirst();
            continue;
        }
        const LargeRow large(m_connection, m_reader.table(), statement,
                             statement.columnInteger(m_key.first()), m_extra,
                             static_cast<int>(m_order.size()), m_check);
        row(large);
        m_stages = stagesBehind(orderValuesOf(statement));
        break;
    }
    return m_stages.isEmpty() ? Piece::End : Piece::More;
}

void KeyScan::countEqual(const PreparedStatement &statement)
{
    QList<StoredValue> values = orderValuesOf(statement);
    const bool isSame
        = std::equal(values.begin(), values.end(), m_last.begin(), m_last.end(), isEqual);
    m_equal = isSame ? m_equal + 1 : 1;
    m_last = std::move(values);
}

QList<KeyScan::Stage> KeyScan::stagesBehind(const QList<StoredValue> &last) const
{
    QList<Stage> stages;
    if (m_reader.table().isKeyless()) { // more that are equal, all in one run
        QStringList equalities;
        for (const SortColumn &sorted : m_order)
            equalities.append(column(sorted.column) + u" IS ?"_s);
        stages.append({equalities.join(u" AND "_s), last, m_equal});
    }
    for (int i = static_cast<int>(m_order.size()) - 1; i >= 0; --i) {
        // equal up to column i, and behind there; the longest equality holds the nearest rows
        QStringList equalities;
        QList<StoredValue> values;
        for (int j = 0; j < i; ++j) {
            const QString name = column(m_order.at(j).column);
            equalities.append(name + (last.at(j).isNull() ? u" IS NULL"_s : u" = ?"_s));
            if (!last.at(j).isNull())
                values.append(last.at(j));
        }
        const auto add = [&](const QString &behind, const QList<StoredValue> &more) {
            stages.append({(equalities + QStringList{behind}).join(u" AND "_s), values + more});
        };
        const QString name = column(m_order.at(i).column);
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
        const Column &about = m_reader.table().columns.at(m_order.at(i).column);
        const bool isNeverNull = about.isPrimaryKey && m_reader.table().hasIntegerKey();
        if (isDescending && !isNeverNull)
            add(name + u" IS NULL"_s, {});
    }
    return stages;
}

} // namespace orm
