// SPDX-License-Identifier: MIT
#include "core/session/bulk.h"

#include "core/dialect/sqlcompiler.h"
#include "core/engine/statementlease.h"
#include "core/session/session.h"

#include <algorithm>

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

/// Runs a statement that returns the keys of the rows it has written, if they are asked for.
/// @returns how many rows it has written
qint64 run(Session &session, const CompiledStatement &compiled, const Mapper &mapper,
           bool wantsKeys, const std::function<void(const Key &)> &row)
{
    std::vector<Key> keys;
    qint64 count = 0;
    try {
        const StatementLease statement = session.connection().lease(compiled.sql);
        for (int i = 0; i < compiled.values.size(); ++i)
            statement->bind(i, compiled.values.at(i));
        while (statement->step())
            keys.push_back(keyOf(*statement, mapper));
        count = wantsKeys ? static_cast<qint64>(keys.size()) : statement->rowsAffected();
    } catch (const Error &) {
        session.noteFailedWrite();
        throw;
    }
    for (const Key &key : keys)
        row(key);
    return count;
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
    Update update{table.name, withUpdateDefaults(table, values), where, {}};
    const bool wantsKeys = session.knows(mapper);
    if (wantsKeys)
        update.returning = keyNames(mapper);
    return run(session, compile(update, session.connection().dialect()), mapper, wantsKeys,
               [&](const Key &key) { session.rowWasChanged(mapper, key); });
}

qint64 deleteRows(Session &session, const Mapper &mapper, const Expression &where)
{
    session.aboutToWrite();
    Delete remove{mapper.table().name, where, {}};
    const bool wantsKeys = session.knows(mapper);
    if (wantsKeys)
        remove.returning = keyNames(mapper);
    return run(session, compile(remove, session.connection().dialect()), mapper, wantsKeys,
               [&](const Key &key) { session.rowWasDeleted(mapper, key); });
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
    const CompiledStatement compiled = compile(insert, session.connection().dialect());
    try {
        const StatementLease statement = session.connection().lease(compiled.sql);
        for (int i = 0; i < compiled.values.size(); ++i)
            statement->bind(i, compiled.values.at(i));
        if (statement->step())
            return session.load(mapper, *statement, Load::PopulateExisting);
    } catch (const Error &) {
        session.noteFailedWrite();
        throw;
    }
    return {};
}

} // namespace orm::detail
