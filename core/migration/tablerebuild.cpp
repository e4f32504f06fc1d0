// SPDX-License-Identifier: MIT
#include "core/migration/tablerebuild.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/createtable.h"
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

} // namespace

QStringList rebuildStatements(Connection &connection, const QString &table,
                              const CreateTable &wanted, const QStringList &columns)
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
    const QString list = quoted.join(u", "_s);
    // What depends on the table goes with it, and is made again as it was written
    const QStringList dependents = texts(
        connection,
        u"SELECT sql FROM sqlite_schema WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', "
        "'trigger') AND sql IS NOT NULL ORDER BY type, rowid"_s,
        {StoredValue::text(table)});
    QStringList statements{
        wanted.sql(dialect.quote(temporary)),
        u"INSERT INTO %1 (%2) SELECT %2 FROM %3"_s.arg(dialect.quote(temporary), list,
                                                       dialect.quote(table)),
        u"DROP TABLE "_s + dialect.quote(table),
        u"ALTER TABLE %1 RENAME TO %2"_s.arg(dialect.quote(temporary), dialect.quote(table))};
    return statements + dependents;
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
