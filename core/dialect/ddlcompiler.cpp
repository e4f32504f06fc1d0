// SPDX-License-Identifier: MIT
#include "core/dialect/ddlcompiler.h"

#include "core/dialect/dialect.h"

using namespace Qt::StringLiterals;

namespace orm {

namespace {

QString columnClause(const Column &column, const Dialect &dialect)
{
    QString clause = dialect.quote(column.name) + u' ' + dialect.typeName(column.type);
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

QString foreignKeyClause(const Column &column, const Dialect &dialect)
{
    const qsizetype open = column.references.indexOf(u'(');
    const QString table = column.references.left(open);
    const QString target = column.references.mid(open + 1).chopped(1);
    return u"FOREIGN KEY(%1) REFERENCES %2 (%3)"_s.arg(dialect.quote(column.name),
                                                       dialect.quote(table), dialect.quote(target));
}

} // namespace

QString compileCreateTable(const Table &table, const Dialect &dialect)
{
    QStringList clauses;
    for (const Column &column : table.columns)
        clauses.append(columnClause(column, dialect));
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
    for (const Column &column : table.columns) {
        if (!column.references.isEmpty())
            clauses.append(foreignKeyClause(column, dialect));
    }
    return u"CREATE TABLE "_s + dialect.quote(table.name) + u" (\n\t"_s + clauses.join(u", \n\t"_s)
        + u"\n)"_s;
}

QString compileDropTable(const Table &table, const Dialect &dialect)
{
    return u"DROP TABLE "_s + dialect.quote(table.name);
}

} // namespace orm
