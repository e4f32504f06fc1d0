// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QStringList>

#include <optional>

namespace orm {

class Connection;
class MetaData;

/// One step from what a database has to what the mapping wants.
struct SchemaChange
{
    enum class Kind {
        CreateTable,
        AddColumn,
        AddUnique,
        AddForeignKey,
        ChangeType,
        AddNotNull, ///< what others write is narrowed by it: only if it was asked for by name
        ChangeDefault,
        ChangeForeignKey, ///< what happens to a row when the one that it refers to is deleted
        CreateIndex,
        DropColumn, ///< only if it was asked for by name, as the two below
        DropIndex,
        DropTable,
    };

    Kind kind = Kind::CreateTable;
    QString table;
    QString name; ///< of the column or index; empty for a table
    QString from; ///< of the three Changes: as declared now
    QString to; ///< of the same: as the mapping wants it
    /// Whether the table is made anew under another name, filled and renamed, as SQLite can't alter
    /// it in place. All such changes of one table are one rebuild.
    bool isRebuild = false;
    /// Why it can't be done, in a sentence that names the column; empty if it can.
    QString refusal;
    QStringList sql; ///< what is sent for this change alone, to be read
    bool operator==(const SchemaChange &) const = default;
};

/// What may be lost, by name. Nothing else is.
struct SchemaPermissions
{
    /// "posts.subtitle" is a column, "posts" a table, "ix_posts_title" an index.
    QStringList drop = {};
    /// Columns whose values may not fit the new type, or be NULL where that is no more: "posts.title".
    QStringList narrow = {};
};

/// How a database differs from a mapping: a value to look at before anything happens.
/// @see Alembic, autogenerate
struct SchemaDiff
{
    QList<SchemaChange> changes;

    bool isEmpty() const { return changes.isEmpty(); }
    bool isRefused() const; ///< whether a change can't be done
    QStringList sql() const; ///< of all changes, in order
    bool operator==(const SchemaDiff &) const = default;
};

/// What @p connection's database lacks of @p meta. Tables, columns and indexes that the mapping does
/// not know are none of it, unless @p permissions names them. Nor is what the mapping leaves open: a
/// default or an action of a foreign key where it gives none, a NOT NULL where it takes NULL, checks,
/// collations, the order of columns.
SchemaDiff diff(const MetaData &meta, Connection &connection,
                const SchemaPermissions &permissions = {});

/// Makes the changes of diff(), all of them or none: in one transaction, so that a program that is
/// killed leaves the database as it was. Foreign keys are off meanwhile, and checked before COMMIT;
/// rows with their numbers, indexes, triggers, views and whatever the mapping does not know are kept.
/// @param backup a copy of the whole database is made there first; empty: none
/// @throws InvalidRequestError a change is refused (nothing was sent), a view or a trigger would no
/// longer work, or a transaction is begun
/// @throws IntegrityError a row doesn't meet a new constraint, and nothing has changed
void upgrade(const MetaData &meta, Connection &connection,
             const SchemaPermissions &permissions = {}, const QString &backup = {});

} // namespace orm
