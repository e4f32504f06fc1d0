// SPDX-License-Identifier: MIT
#include "core/session/bulk.h"

#include "core/dialect/dialect.h"
#include "core/dialect/sqlcompiler.h"
#include "core/engine/statementlease.h"
#include "core/session/session.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace orm::detail {

namespace {

QStringList keyNames(const Mapper &mapper)
{
    QStringList names;
    for (const int column : mapper.primaryKey())
        names.append(mapper.table().columns.at(column).name);
    return names;
}

Key keyOf(const PreparedStatement &row, const Mapper &mapper)
{
    QList<StoredValue> values;
    for (int i = 0; i < static_cast<int>(mapper.primaryKey().size()); ++i)
        values.append(row.columnValue(i));
    return Key::values(std::move(values));
}

StatementLease bound(Session &session, const CompiledStatement &compiled)
{
    return session.connection().lease(compiled.sql, compiled.values);
}

/// The keys of the rows that meet @p where, for a database that doesn't return those it has written.
/// The transaction is begun, so nobody can write in between.
std::vector<Key> selectKeys(Session &session, const Mapper &mapper, const Expression &where)
{
    Select select;
    select.table = mapper.table().name;
    select.where = where;
    for (const QString &name : keyNames(mapper))
        select.columns.append(Expression::column(name));
    const StatementLease statement
        = bound(session, compile(select, session.connection().dialect()));
    std::vector<Key> keys;
    while (statement->step())
        keys.push_back(keyOf(*statement, mapper));
    return keys;
}

/// Runs an Update or a Delete and calls @p row for each row that it has written, if any object of the
/// class is loaded. @returns how many rows it has written
template<typename Statement>
qint64 run(Session &session, Statement &&change, const Mapper &mapper,
           void (Session::*row)(const Mapper &, const Key &))
{
    const Dialect &dialect = session.connection().dialect();
    const bool wantsKeys = session.knows(mapper);
    std::vector<Key> keys;
    qint64 count = 0;
    try {
        if (wantsKeys && dialect.supportsReturning())
            change.returning = keyNames(mapper);
        else if (wantsKeys)
            keys = selectKeys(session, mapper, change.where);
        const StatementLease statement = bound(session, compile(change, dialect));
        while (statement->step())
            keys.push_back(keyOf(*statement, mapper));
        count = change.returning.isEmpty() ? statement->rowsAffected()
                                           : static_cast<qint64>(keys.size());
    } catch (const Error &) {
        session.noteFailedWrite();
        throw;
    }
    for (const Key &key : keys)
        (session.*row)(mapper, key);
    return count;
}

/// The row that an upsert has written, by the columns that it is known by.
InstancePointer readBack(Session &session, const Mapper &mapper, const Insert &insert,
                         const QStringList &columns)
{
    Select select;
    select.table = insert.table;
    for (const QString &name : columns)
        select.columns.append(Expression::column(name));
    for (const QString &name : insert.conflict) {
        const auto given
            = std::find_if(insert.values.begin(), insert.values.end(),
                           [&name](const ColumnValue &value) { return value.column == name; });
        if (given == insert.values.end()) { // then there was nothing to be in conflict with
            select.where = Expression::sql(u"rowid = last_insert_rowid()"_s);
            break;
        }
        select.where
            = select.where && Expression::binary(Expression::column(name), u"="_s, given->value);
    }
    const StatementLease statement
        = bound(session, compile(select, session.connection().dialect()));
    return statement->step() ? session.load(mapper, *statement, Load::PopulateExisting)
                             : InstancePointer();
}

/// What an UPDATE sends beside what was asked for.
QList<ColumnValue> withUpdateDefaults(const Table &table, QList<ColumnValue> values)
{
    for (const Column &column : table.columns) {
        const bool isSet = std::any_of(values.begin(), values.end(), [&](const auto &value) {
            return value.column == column.name;
        });
        if (isSet)
            continue;
        if (column.isVersion)
            values.append({column.name,
                           Expression::binary(Expression::column(column.name), u"+"_s,
                                              Expression::value(StoredValue::integer(1)))});
        else if (column.onUpdate.kind == Default::Kind::Value)
            values.append({column.name, Expression::value(column.onUpdate.value)});
        else if (column.onUpdate.kind == Default::Kind::Sql)
            values.append({column.name, Expression::sql(column.onUpdate.sql)});
    }
    return values;
}

} // namespace

qint64 updateRows(Session &session, const Mapper &mapper, const QList<ColumnValue> &values,
                  const Expression &where)
{
    const Table &table = mapper.table();
    if (values.isEmpty())
        return 0;
    for (const ColumnValue &value : values) {
        const Column &column = table.columns.at(table.indexOf(value.column));
        if (column.isPrimaryKey)
            throw InvalidRequestError(
                u"A bulk UPDATE can't change the key of '%1'"_s.arg(table.name));
        const bool isValue = value.value.kind() == Expression::Kind::Value;
        if (isValue && orm::validate(column, value.value.boundValue())) {
            DataError error(column.name,
                            u"%1.%2: The value can't be stored"_s.arg(table.name, column.name));
            error.table = table.name;
            throw error;
        }
    }
    session.aboutToWrite();
    return run(session, Update{table.name, withUpdateDefaults(table, values), where, {}}, mapper,
               &Session::rowWasChanged);
}

qint64 deleteRows(Session &session, const Mapper &mapper, const Expression &where)
{
    session.aboutToWrite();
    return run(session, Delete{mapper.table().name, where, {}}, mapper, &Session::rowWasDeleted);
}

InstancePointer upsert(Session &session, const Mapper &mapper, const void *object,
                       const QList<int> &conflict)
{
    const Table &table = mapper.table();
    Insert insert;
    insert.table = table.name;
    if (conflict.isEmpty())
        insert.conflict = keyNames(mapper);
    for (const int column : conflict)
        insert.conflict.append(table.columns.at(column).name);
    for (int i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns.at(i);
        const ColumnMapping &mapping = mapper.columns()[static_cast<size_t>(i)];
        insert.returning.append(column.name);
        if (column.isPrimaryKey && mapper.isKeyUnset(object))
            continue;
        if (column.isVersion) {
            insert.values.append({column.name, Expression::value(StoredValue::integer(1))});
            insert.counted.append(column.name);
            continue;
        }
        if (mapping.operations->isUnset(mapping.constMember(object))) {
            if (column.clientDefault.kind == Default::Kind::Sql)
                insert.values.append({column.name, Expression::sql(column.clientDefault.sql)});
            else if (column.clientDefault.kind == Default::Kind::Value)
                insert.values.append({column.name, Expression::value(column.clientDefault.value)});
            if (column.clientDefault || column.serverDefault || column.isNullable)
                continue;
        }
        mapper.validate(object, i);
        insert.values.append({column.name, Expression::value(mapper.value(object, i))});
        if (!column.isPrimaryKey && !insert.conflict.contains(column.name))
            insert.update.append(column.name);
    }
    if (insert.update.isEmpty()) // DO NOTHING would return no row
        insert.update = insert.conflict;
    session.aboutToWrite();
    const Dialect &dialect = session.connection().dialect();
    QStringList columns;
    if (!dialect.supportsReturning())
        columns = std::exchange(insert.returning, {});
    try {
        const StatementLease statement = bound(session, compile(insert, dialect));
        if (statement->step())
            return session.load(mapper, *statement, Load::PopulateExisting);
        if (!dialect.supportsReturning())
            return readBack(session, mapper, insert, columns);
    } catch (const Error &) {
        session.noteFailedWrite();
        throw;
    }
    return {};
}

} // namespace orm::detail
