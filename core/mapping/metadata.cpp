// SPDX-License-Identifier: MIT
#include "core/mapping/metadata.h"

#include "core/dialect/ddlcompiler.h"
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/engine/transaction.h"
#include "core/schema/reference.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

bool exists(Connection &connection, const Table &table)
{
    return !connection
                .scalar(u"SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') "
                        "AND name = ? COLLATE NOCASE"_s,
                        {StoredValue::text(table.name)})
                .isNull();
}

/// In a transaction of its own, or in the one that is begun.
template<typename Work>
void inTransaction(Connection &connection, const Work &work)
{
    if (connection.inTransaction()) {
        work();
        return;
    }
    Transaction transaction(connection);
    work();
    transaction.commit();
}

} // namespace

void MetaData::add(const Table &table)
{
    const auto known = std::find_if(m_tables.begin(), m_tables.end(), [&table](const Table &other) {
        return other.name.compare(table.name, Qt::CaseInsensitive) == 0;
    });
    if (known == m_tables.end())
        m_tables.append(table);
    else if (*known != table)
        throw InvalidRequestError(
            u"Table '%1' is already defined, as another one"_s.arg(table.name));
}

void MetaData::reflect(Connection &connection)
{
    const QStringList names = tableNames(connection);
    for (const QString &name : names) {
        const bool isKnown
            = std::any_of(m_tables.begin(), m_tables.end(), [&name](const Table &table) {
                  return table.name.compare(name, Qt::CaseInsensitive) == 0;
              });
        if (isKnown)
            continue;
        LiveTable live = orm::reflect(connection, name);
        if (live.isView || !live.hasUniqueKey)
            continue;
        for (Column &column : live.table.columns)
            column.isMapped = true; // this is its mapping
        m_tables.append(live.table);
    }
}

const Table &MetaData::table(const QString &name) const
{
    const auto found = std::find_if(m_tables.begin(), m_tables.end(), [&name](const Table &table) {
        return table.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (found == m_tables.end())
        throw InvalidRequestError(u"There is no table '%1'"_s.arg(name));
    return *found;
}

QList<Table> MetaData::sortedTables() const
{
    QList<Table> sorted;
    QList<Table> remaining = m_tables;
    const auto refersTo = [](const Table &child, const Table &parent) {
        return std::any_of(child.columns.begin(), child.columns.end(),
                           [&](const Column &column) {
                               return referenceOf(column.references).table == parent.name;
                           })
            || std::any_of(child.foreignKeys.begin(), child.foreignKeys.end(),
                           [&](const ForeignKey &key) { return key.table == parent.name; });
    };
    while (!remaining.isEmpty()) {
        auto next = std::find_if(remaining.begin(), remaining.end(), [&](const Table &table) {
            return std::none_of(remaining.begin(), remaining.end(), [&](const Table &other) {
                return other.name != table.name && refersTo(table, other);
            });
        });
        if (next == remaining.end()) // a cycle: SQLite takes foreign keys to tables that come later
            next = remaining.begin();
        sorted.append(*next);
        remaining.erase(next);
    }
    return sorted;
}

void MetaData::createAll(const Engine &engine) const
{
    createAll(*engine.connect());
}

void MetaData::createAll(Connection &connection) const
{
    QList<Table> missing;
    for (const Table &table : sortedTables()) {
        if (!exists(connection, table))
            missing.append(table);
    }
    if (missing.isEmpty())
        return;
    inTransaction(connection, [&] {
        for (const Table &table : missing) {
            if (exists(connection, table)) // somebody else may just have made it
                continue;
            connection.execute(compileCreateTable(table, connection.dialect()));
            for (const Index &index : table.indexes) {
                if (!index.name.isEmpty()) // else it is part of the table
                    connection.execute(compileCreateIndex(table, index, connection.dialect()));
            }
        }
    });
}

void MetaData::dropAll(const Engine &engine) const
{
    dropAll(*engine.connect());
}

void MetaData::dropAll(Connection &connection) const
{
    QList<Table> tables = sortedTables();
    std::reverse(tables.begin(), tables.end());
    tables.removeIf([&](const Table &table) { return !exists(connection, table); });
    if (tables.isEmpty())
        return;
    inTransaction(connection, [&] {
        for (const Table &table : tables)
            connection.execute(compileDropTable(table, connection.dialect()));
    });
}

} // namespace orm
