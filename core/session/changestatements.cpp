// SPDX-License-Identifier: MIT
#include "core/session/changestatements.h"

#include "core/dialect/dialect.h"
#include "core/engine/databaseurl.h"
#include "core/session/dependents.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

const FieldChange *fieldOf(const QList<FieldChange> &fields, int column)
{
    const auto found
        = std::find_if(fields.begin(), fields.end(),
                       [column](const FieldChange &field) { return field.column == column; });
    return found == fields.end() ? nullptr : &*found;
}

/// Where the quoted name or text that begins at @p begin ends.
qsizetype endOfQuoted(const QString &sql, qsizetype begin)
{
    const QChar end = sql.at(begin) == u'[' ? u']' : sql.at(begin);
    const qsizetype found = sql.indexOf(end, begin + 1);
    return found < 0 ? sql.size() : found + 1; // a doubled quote begins another one
}

} // namespace

CompiledStatement insertStatement(const Dialect &dialect, const Table &table,
                                  const RowChange &change)
{
    const bool isNew = change.key.isTemporary();
    const QList<StoredValue> ownKey = change.key.toValues();
    const QList<int> keyColumns = table.primaryKey();
    QStringList names;
    QStringList places;
    CompiledStatement statement;
    for (int i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns.at(i);
        if (column.isReadOnly)
            continue;
        const FieldChange *field = fieldOf(change.fields, i);
        const auto inKey = keyColumns.indexOf(i);
        const bool isNumbered = inKey >= 0 && table.hasIntegerKey();
        std::optional<StoredValue> value;
        if (!isNew && inKey >= 0)
            value = field && !field->value.isNull() ? field->value : ownKey.at(inKey);
        else if (field && !(isNumbered && field->value.isNull()))
            value = field->value;
        else if (isNew && column.clientDefault.kind == Default::Kind::Value)
            value = column.clientDefault.value;
        if (value) {
            names.append(dialect.quote(column.name));
            places.append(u"?"_s);
            statement.values.append(*value);
        } else if (isNew && column.clientDefault.kind == Default::Kind::Sql) {
            names.append(dialect.quote(column.name));
            places.append(column.clientDefault.sql);
        }
    }
    statement.sql = u"INSERT INTO "_s + dialect.quote(table.name)
        + (names.isEmpty() ? u" DEFAULT VALUES"_s
                           : u" (%1) VALUES (%2)"_s.arg(names.join(u", "_s), places.join(u", "_s)));
    if (dialect.supportsReturning()) {
        QStringList all;
        for (const Column &column : table.columns)
            all.append(dialect.quote(column.name));
        statement.sql += u" RETURNING "_s + all.join(u", "_s);
    }
    return statement;
}

CompiledStatement updateStatement(const Dialect &dialect, const Table &table, const Key &key,
                                  const QList<FieldChange> &writes)
{
    QStringList assignments;
    CompiledStatement statement;
    for (int i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns.at(i);
        const QString name = dialect.quote(column.name);
        if (const FieldChange *field = fieldOf(writes, i)) {
            assignments.append(name + u" = ?"_s);
            statement.values.append(field->value);
        } else if (column.isVersion) {
            assignments.append(u"%1 = %1 + 1"_s.arg(name));
        } else if (column.onUpdate.kind == Default::Kind::Value) {
            assignments.append(name + u" = ?"_s);
            statement.values.append(column.onUpdate.value);
        } else if (column.onUpdate.kind == Default::Kind::Sql) {
            assignments.append(name + u" = "_s + column.onUpdate.sql);
        }
    }
    statement.sql
        = u"UPDATE %1 SET %2 WHERE "_s.arg(dialect.quote(table.name), assignments.join(u", "_s));
    statement.sql += keyCondition(dialect, table, key, statement.values);
    return statement;
}

CompiledStatement deleteStatement(const Dialect &dialect, const Table &table, const Key &key)
{
    CompiledStatement statement;
    statement.sql = u"DELETE FROM "_s + dialect.quote(table.name) + u" WHERE "_s;
    statement.sql += keyCondition(dialect, table, key, statement.values);
    return statement;
}

QString keyCondition(const Dialect &dialect, const Table &table, const Key &key,
                     QList<StoredValue> &values)
{
    const QList<int> columns = table.primaryKey();
    const QList<StoredValue> own = key.toValues();
    if (own.size() != columns.size())
        throw InvalidRequestError(
            u"The key %1 does not fit table '%2'"_s.arg(key.toString(), table.name));
    QStringList parts;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const bool isNull = own.at(i).isNull();
        parts.append(dialect.quote(table.columns.at(columns.at(i)).name)
                     + (isNull ? u" IS NULL"_s : u" = ?"_s));
        if (!isNull)
            values.append(own.at(i));
    }
    return parts.join(u" AND "_s);
}

QString literalSql(const CompiledStatement &statement, const Dialect &dialect)
{
    QString text;
    qsizetype next = 0;
    for (qsizetype i = 0; i < statement.sql.size();) {
        const QChar c = statement.sql.at(i);
        if (c == u'\'' || c == u'"' || c == u'`' || c == u'[') {
            const qsizetype end = endOfQuoted(statement.sql, i);
            text += QStringView(statement.sql).sliced(i, end - i);
            i = end;
            continue;
        }
        if (c == u'?' && next < statement.values.size())
            text += dialect.literal(statement.values.at(next++));
        else
            text += c;
        ++i;
    }
    return text;
}

QStringList literalSql(const ChangeSet &changes, const DatabaseUrl &url)
{
    const Dialect &dialect = Dialect::of(url.scheme);
    QStringList statements;
    for (const RowChange &change : changes.rows) {
        CompiledStatement statement;
        switch (change.kind) {
        case RowChange::Kind::Insert:
            statement = insertStatement(dialect, changes.table, change);
            break;
        case RowChange::Kind::Update:
            statement = updateStatement(dialect, changes.table, change.key, change.fields);
            break;
        case RowChange::Kind::Delete:
            statement = deleteStatement(dialect, changes.table, change.key);
            break;
        }
        statements.append(literalSql(statement, dialect) + u';');
        for (const DependentRow &row : change.dependents)
            statements.append(literalSql(restoreStatement(dialect, row), dialect) + u';');
    }
    return statements;
}

} // namespace orm
