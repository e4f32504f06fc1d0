// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/createtable.h"
#include "core/schema/table.h"

#include <QStringList>

namespace orm {

class Connection;

/// An index of a live table; a primary key has one, too, unless it is the rowid.
struct LiveIndex
{
    QString name;
    QStringList columns; ///< an empty name stands for an expression
    QList<Qt::SortOrder> orders;
    QStringList collations;
    bool isUnique = false;
    bool isPartial = false; ///< has a WHERE
    bool operator==(const LiveIndex &) const = default;
};

/// A foreign key of a live table.
struct LiveForeignKey
{
    using Action = ForeignKeyAction;

    QString table; ///< the one that refers
    QStringList columns;
    QString parentTable;
    QStringList parentColumns;
    Action onDelete = Action::NoAction;
    Action onUpdate = Action::NoAction;
    bool operator==(const LiveForeignKey &) const = default;
};

/// A table as it is in the database, beside what a mapping expects of it.
struct LiveTable
{
    bool exists = false;
    bool isView = false; ///< all its columns are read-only
    bool isWithoutRowid = false;
    bool hasTriggers = false; ///< a row may be stored otherwise than it was written
    /// Whether the database itself keeps two rows from having one key. Without it a row can't be
    /// told from another, and all columns are read-only.
    bool hasUniqueKey = false;
    /// The mapped columns that exist, in the mapping's order, then the others (isMapped is false).
    /// Name, key, nullability, uniqueness and server default are the database's; the rest is the
    /// mapping's, but for a column in different, which has its live type. A mapped key named rowid
    /// is there in any table that has row numbers, and read-only where no column has that name.
    Table table;
    /// By reflect() alone: whether rows have NULL in the key, which SQLite takes for none in old-style
    /// tables, so that several may.
    bool hasNullKey = false;
    QStringList missing; ///< mapped columns that the database lacks
    QStringList extra; ///< columns that the mapping doesn't know
    QStringList different; ///< columns whose declared type is another than the mapping's
    QStringList generated; ///< columns that the database computes
    QList<LiveIndex> indexes;
    QList<LiveForeignKey> foreignKeys;
    /// Constraints with their names, as CREATE TABLE has them; of a view none.
    QList<CreateTable::Part> constraints;
};

/// Names of the tables and views of a database, but for SQLite's own.
QStringList tableNames(Connection &connection);

/// What the database has under @p mapped's name; names match in any case.
LiveTable inspect(Connection &connection, const Table &mapped);

/// All columns and indexes of a table that no mapping knows; without columns if there is no such table.
LiveTable reflect(Connection &connection, const QString &table);

/// Foreign keys of all tables that refer to @p table.
QList<LiveForeignKey> foreignKeysTo(Connection &connection, const QString &table);

/// The type that a declared name stands for. @see SQLAlchemy, dialects.sqlite: Type Reflection
ColumnType typeOf(const QString &declaredName);

/// How texts of a column compare: BINARY, NOCASE …; empty if that can't be found out.
QString collationOf(Connection &connection, const QString &table, const QString &column);

} // namespace orm
