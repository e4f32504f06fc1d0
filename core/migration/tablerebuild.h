// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QStringList>

namespace orm {

class Connection;
class CreateTable;

/// SQLite's way to alter what ALTER TABLE can't: a new table, filled from the old one, takes its name.
/// @see https://www.sqlite.org/lang_altertable.html#otheralter

/// The statements that turn @p table into @p wanted; @p columns are those whose values move, in both.
/// Rows keep their numbers, an AUTOINCREMENT goes on counting where it was, indexes and triggers are
/// made again.
QStringList rebuildStatements(Connection &connection, const QString &table, CreateTable wanted,
                              const QStringList &columns);

/// A trigger that runs only where some columns are updated. SQLite does not mind if there are none of
/// their names, and never runs it.
struct ColumnTrigger
{
    QString name;
    QString table; ///< or view
    QStringList columns;
};

/// All of the database.
QList<ColumnTrigger> columnTriggers(Connection &connection);

/// What a database can be asked and told to do, through its views and past its triggers.
class SchemaUses
{
public:
    explicit SchemaUses(Connection &connection);

    /// @throws InvalidRequestError something that worked at the beginning doesn't any more
    void check() const;

private:
    QMap<QString, QString> statements() const;

    Connection &m_connection;
    QStringList m_working;
};

/// For its scope foreign keys are off, and renaming a table leaves what refers to its name alone.
/// Not inside a transaction, where SQLite would ignore it.
class AlteringScope
{
public:
    explicit AlteringScope(Connection &connection);
    ~AlteringScope();
    AlteringScope(const AlteringScope &) = delete;
    AlteringScope &operator=(const AlteringScope &) = delete;

    /// @throws IntegrityError rows refer to rows that aren't there, which did not at the beginning
    void checkForeignKeys() const;

private:
    Connection &m_connection;
    bool m_hadForeignKeys;
    bool m_hadLegacyRename;
    QStringList m_broken; ///< at the beginning
};

} // namespace orm
