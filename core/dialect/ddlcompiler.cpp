// SPDX-License-Identifier: MIT
#include "core/dialect/ddlcompiler.h"

#include "core/dialect/dialect.h"
#include "core/schema/reference.h"

using namespace Qt::StringLiterals;

namespace orm {

QString actionName(ForeignKeyAction action)
{
    switch (action) {
    case ForeignKeyAction::NoAction:
        break;
    case ForeignKeyAction::Restrict:
        return u"RESTRICT"_s;
    case ForeignKeyAction::Cascade:
        return u"CASCADE"_s;
    case ForeignKeyAction::SetNull:
        return u"SET NULL"_s;
    case ForeignKeyAction::SetDefault:
        return u"SET DEFAULT"_s;
    }
    return {};
}

QString columnDefinition(const Column &column, const Dialect &dialect)
{
    return columnDefinition(column, dialect, dialect.typeName(column.type));
}

QString columnDefinition(const Column &column, const Dialect &dialect, const QString &type)
{
    QString clause = dialect.quote(column.name) + u' ' + type;
    if (column.serverDefault.kind == Default::Kind::Sql)
        clause += u" DEFAULT ("_s + column.serverDefault.sql + u')';
    else if (column.serverDefault.kind == Default::Kind::Value)
        clause += u" DEFAULT "_s + dialect.literal(column.serverDefault.value);
    if (!column.isNullable)
        clause += u" NOT NULL"_s;
    if (column.isAutoincrement)
        clause += u' ' + dialect.autoincrementKey();
    return clause;
}

QString compileReference(const Column &column, const Dialect &dialect)
{
    const Reference target = referenceOf(column.references);
    const QString action = actionName(column.onDelete);
    return u"REFERENCES %1 (%2)"_s.arg(dialect.quote(target.table), dialect.quote(target.column))
        + (action.isEmpty() ? QString() : u" ON DELETE "_s + action);
}

QString compileForeignKey(const ForeignKey &key, const Dialect &dialect)
{
    const auto quoted = [&dialect](const QStringList &names) {
        QStringList all;
        for (const QString &name : names)
            all.append(dialect.quote(name));
        return all.join(u", "_s);
    };
    const QString action = actionName(key.onDelete);
    return u"FOREIGN KEY(%1) REFERENCES %2 (%3)"_s.arg(
               quoted(key.columns), dialect.quote(key.table), quoted(key.keyColumns))
        + (action.isEmpty() ? QString() : u" ON DELETE "_s + action);
}

QString compileUnique(const Index &constraint, const Dialect &dialect)
{
    QStringList columns;
    for (const QString &column : constraint.columns)
        columns.append(dialect.quote(column));
    return u"UNIQUE (%1)"_s.arg(columns.join(u", "_s));
}

QString compileCreateIndex(const Table &table, const Index &index, const Dialect &dialect)
{
    QStringList columns;
    for (const QString &column : index.columns)
        columns.append(dialect.quote(column));
    return u"CREATE %1INDEX %2 ON %3 (%4)"_s.arg(index.isUnique ? u"UNIQUE "_s : QString(),
                                                 dialect.quote(index.name),
                                                 dialect.quote(table.name), columns.join(u", "_s));
}

QString compileCreateTable(const Table &table, const Dialect &dialect)
{
    QStringList clauses;
    for (const Column &column : table.columns)
        clauses.append(columnDefinition(column, dialect));
    QStringList key;
    bool isKeySaid = false;
    for (const int column : table.primaryKey()) {
        key.append(dialect.quote(table.columns.at(column).name));
        isKeySaid = isKeySaid || table.columns.at(column).isAutoincrement;
    }
    if (!isKeySaid)
        clauses.append(u"PRIMARY KEY ("_s + key.join(u", "_s) + u')');
    for (const Column &column : table.columns) {
        if (column.isUnique)
            clauses.append(u"UNIQUE ("_s + dialect.quote(column.name) + u')');
    }
    for (const Index &index : table.indexes) {
        if (index.name.isEmpty())
            clauses.append(compileUnique(index, dialect));
    }
    for (const Column &column : table.columns) {
        if (!column.references.isEmpty())
            clauses.append(u"FOREIGN KEY(%1) %2"_s.arg(dialect.quote(column.name),
                                                       compileReference(column, dialect)));
    }
    for (const ForeignKey &several : table.foreignKeys)
        clauses.append(compileForeignKey(several, dialect));
    return u"CREATE TABLE "_s + dialect.quote(table.name) + u" (\n\t"_s + clauses.join(u", \n\t"_s)
        + u"\n)"_s;
}

QString compileDropTable(const Table &table, const Dialect &dialect)
{
    return u"DROP TABLE "_s + dialect.quote(table.name);
}

} // namespace orm
