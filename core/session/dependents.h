// SPDX-License-Identifier: MIT
#pragma once

#include "core/dialect/sqlcompiler.h"
#include "core/session/changeset.h"

#include <QHash>

namespace orm {

class Connection;
class Dialect;

/// Rows of one table, this one or another, that go or change along with a deleted row.
struct DependentCount
{
    QString table;
    qint64 deleted = 0;
    qint64 changed = 0;
    bool operator==(const DependentCount &) const = default;
};

/// What the database will delete or change along with @p rows of @p table (ON DELETE CASCADE, SET
/// NULL, SET DEFAULT, through any number of tables), by the index of the row; parents before their
/// children. Of a changed row the columns are those of its key and of the foreign key. Empty where
/// foreign keys are not enforced. Rows that triggers touch are not known.
QHash<int, QList<DependentRow>> collectDependents(Connection &connection, const Table &table,
                                                  const QList<Record> &rows);

/// How many rows a deletion of @p keys takes along, for each table, in the order in which they are
/// reached.
QList<DependentCount> dependentCounts(Connection &connection, const Table &table,
                                      const QList<Key> &keys);
/// The sum of dependentCounts().
qint64 dependentCount(Connection &connection, const Table &table, const QList<Key> &keys);

/// What restoreDependent() sends. @param live the table of @p row, where a default that a deletion may have
/// set is to be known
CompiledStatement restoreStatement(const Dialect &dialect, const DependentRow &row,
                                   const Table *live = nullptr);

/// Inserts a deleted dependent row again, or sets the foreign key of a changed one back, unless
/// somebody else has given it a value since. A row that is there already, as it was, is fine.
/// @throws IntegrityError another row has taken its place
void restoreDependent(Connection &connection, const DependentRow &row);

} // namespace orm
