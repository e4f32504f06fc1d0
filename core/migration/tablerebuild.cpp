// SPDX-License-Identifier: MIT
#include "core/migration/tablerebuild.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/createtable.h"
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/logging.h"

using namespace Qt::StringLiterals;

namespace orm {

namespace {

QStringList texts(Connection &connection, const QString &sql, const QList<StoredValue> &values)
{
    QStringList found;
    const auto rows = connection.prepare(sql);
    for (int i = 0; i < values.size(); ++i)
        rows->bind(i, values.at(i));
    while (rows->step())
        found.append(rows->columnText(0));
    return found;
}

/// "comments row 3 refers to posts", one for each row that refers to none.
QStringList brokenReferences(Connection &connection)
{
    return texts(connection,
                 u"SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' refers to ' || parent "
                 "FROM pragma_foreign_key_check ORDER BY 1"_s,
                 {});
}

bool compiles(Connection &connection, const QString &sql)
{
    try {
        connection.prepare(sql);
        return true;
    } catch (const ProgrammingError &) {
        return false;
    }
}

QStringList columnNames(Connection &connection, const QString &table)
{
    return texts(connection, u"SELECT name FROM pragma_table_xinfo(?, 'main') ORDER BY cid"_s,
                 {StoredValue::text(table)});
}

/// The name by which a row's number is to be had where no column is that number; empty without one.
QString numberName(Connection &connection, const QString &table)
{
    const QStringList columns = columnNames(connection, table);
    for (const QString &column : columns) {
        if (connection.isRowid(table, column))
            return {};
    }
    const QString from = u" FROM main."_s + connection.dialect().quote(table);
    for (const QString &name : {u"rowid"_s, u"_rowid_"_s, u"oid"_s}) {
        // Without quotes, as a quoted name that is no column would be taken for a text
        if (!columns.contains(name, Qt::CaseInsensitive))
            return compiles(connection, u"SELECT "_s + name + from) ? name : QString();
    }
    return {};
}

} // namespace

QStringList rebuildStatements(Connection &connection, const QString &table, CreateTable wanted,
                              const QStringList &columns)
{
    const Dialect &dialect = connection.dialect();
    QString temporary = table + u"_rebuilt"_s;
    const auto isTaken = [&connection](const QString &name) {
        return !connection
                    .scalar(u"SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE"_s,
                            {StoredValue::text(name)})
                    .isNull();
    };
    while (isTaken(temporary))
        temporary += u'_';
    QStringList quoted;
    for (const QString &column : columns)
        quoted.append(dialect.quote(column));
    if (const QString number = numberName(connection, table); !number.isEmpty())
        quoted.prepend(number);
    const QString list = quoted.join(u", "_s);
    // What depends on the table goes with it, and is made again as it was written
    const QStringList dependents = texts(
        connection,
        u"SELECT sql FROM sqlite_schema WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', "
        "'trigger') AND sql IS NOT NULL ORDER BY type, rowid"_s,
        {StoredValue::text(table)});
    // A CHECK that says posts.title would ask for another table under the temporary name, and the
    // renaming below leaves such names alone
    wanted.removeTableName(table);
    QStringList statements{wanted.sql(dialect.quote(temporary)),
                           u"INSERT INTO %1 (%2) SELECT %2 FROM %3"_s.arg(
                               dialect.quote(temporary), list, dialect.quote(table))};
    if (isTaken(u"sqlite_sequence"_s)
        && !connection
                .scalar(u"SELECT 1 FROM sqlite_sequence WHERE name = ? COLLATE NOCASE"_s,
                        {StoredValue::text(table)})
                .isNull()) {
        const QString made = dialect.literal(StoredValue::text(temporary));
        const QString old = dialect.literal(StoredValue::text(table));
        statements.append(u"DELETE FROM sqlite_sequence WHERE name = "_s + made);
        statements.append(u"INSERT INTO sqlite_sequence SELECT %1, seq FROM sqlite_sequence "
                          "WHERE name = %2 COLLATE NOCASE"_s.arg(made, old));
    }
    statements
        += {u"DROP TABLE "_s + dialect.quote(table),
            u"ALTER TABLE %1 RENAME TO %2"_s.arg(dialect.quote(temporary), dialect.quote(table))};
    return statements + dependents;
}

QList<ColumnTrigger> columnTriggers(Connection &connection)
{
    QList<ColumnTrigger> found;
    const auto rows = connection.prepare(
        u"SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"_s);
    while (rows->step()) {
        const ColumnTrigger trigger{rows->columnText(0), rows->columnText(1),
                                    triggerColumns(rows->columnText(2))};
        if (!trigger.columns.isEmpty())
            found.append(trigger);
    }
    return found;
}

SchemaUses::SchemaUses(Connection &connection)
    : m_connection(connection)
{
    const auto all = statements();
    for (auto use = all.begin(); use != all.end(); ++use) {
        if (compiles(connection, use.value()))
            m_working.append(use.key());
    }
}

/// By what they are for, which stays the same when columns go.
QMap<QString, QString> SchemaUses::statements() const
{
    const Dialect &dialect = m_connection.dialect();
    QMap<QString, QString> all;
    const QStringList names = tableNames(m_connection);
    for (const QString &name : names) {
        const QString table = dialect.quote(name);
        all.insert(u"Reading "_s + name, u"SELECT * FROM "_s + table);
        all.insert(u"A delete from "_s + name, u"DELETE FROM "_s + table);
        all.insert(u"An insert into "_s + name, u"INSERT INTO %1 DEFAULT VALUES"_s.arg(table));
        QStringList assignments;
        QStringList columns;
        try {
            columns = texts(m_connection,
                            u"SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0"_s,
                            {StoredValue::text(name)});
        } catch (const ProgrammingError &) { // a view of what is gone has no columns any more
        }
        for (const QString &column : columns)
            assignments.append(u"%1 = %1"_s.arg(dialect.quote(column)));
        all.insert(u"An update of "_s + name,
                   u"UPDATE %1 SET %2"_s.arg(table, assignments.join(u", "_s)));
    }
    const QList<ColumnTrigger> triggers = columnTriggers(m_connection);
    for (const ColumnTrigger &trigger : triggers) {
        const QString table = dialect.quote(trigger.table);
        for (const QString &column : trigger.columns) {
            // With its table, as a quoted name that is no column would be taken for a text
            all.insert(u"The trigger %1 for %2"_s.arg(trigger.name, column),
                       u"SELECT %1.%2 FROM %1"_s.arg(table, dialect.quote(column)));
        }
    }
    return all;
}

void SchemaUses::check() const
{
    const auto all = statements();
    for (const QString &use : m_working) {
        const auto sql = all.constFind(use);
        if (sql == all.constEnd())
            continue; // the table went, as was asked for
        try {
            m_connection.prepare(*sql);
        } catch (const ProgrammingError &error) {
            throw InvalidRequestError(
                u"%1 would not work any more: %2"_s.arg(use, error.message()));
        }
    }
}

AlteringScope::AlteringScope(Connection &connection)
    : m_connection(connection)
    , m_hadForeignKeys(connection.scalar(u"PRAGMA foreign_keys"_s).toInteger() != 0)
    , m_hadLegacyRename(connection.scalar(u"PRAGMA legacy_alter_table"_s).toInteger() != 0)
    , m_broken(brokenReferences(connection))
{
    if (connection.inTransaction())
        throw InvalidRequestError(u"A schema can't be altered inside a transaction"_s);
    connection.execute(u"PRAGMA foreign_keys = OFF"_s);
    connection.execute(u"PRAGMA legacy_alter_table = ON"_s);
}

AlteringScope::~AlteringScope()
{
    try {
        if (!m_hadLegacyRename)
            m_connection.execute(u"PRAGMA legacy_alter_table = OFF"_s);
        if (m_hadForeignKeys)
            m_connection.execute(u"PRAGMA foreign_keys = ON"_s);
    } catch (const Error &error) {
        qCCritical(lcSql).noquote() << "foreign keys stay off:" << error.message();
    }
}

void AlteringScope::checkForeignKeys() const
{
    QStringList broken = brokenReferences(m_connection);
    for (const QString &before : m_broken)
        broken.removeOne(before);
    if (broken.isEmpty())
        return;
    throw IntegrityError(IntegrityError::Constraint::ForeignKey,
                         u"A foreign key would refer to nothing: %1"_s.arg(broken.first()));
}

} // namespace orm
