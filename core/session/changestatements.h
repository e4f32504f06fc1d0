// SPDX-License-Identifier: MIT
#pragma once

#include "core/dialect/sqlcompiler.h"
#include "core/session/changeset.h"

namespace orm {

class Dialect;
struct DatabaseUrl;

// What a ChangeSet becomes in SQL: applyChanges() sends these, and a review shows them beforehand.

/// Every value that is given; of a new row the columns' client defaults, too. RETURNING all columns
/// where the dialect can.
CompiledStatement insertStatement(const Dialect &dialect, const Table &table,
                                  const RowChange &change);
/// @p writes, the version counted up, and what is set with each update.
CompiledStatement updateStatement(const Dialect &dialect, const Table &table, const Key &key,
                                  const QList<FieldChange> &writes);
CompiledStatement deleteStatement(const Dialect &dialect, const Table &table, const Key &key);

/// "id = ? AND …", without the table's name, as UPDATE and DELETE want it; values are appended to
/// @p values. A NULL in @p key, which SQLite allows in old tables, asks for NULL.
/// @throws InvalidRequestError @p key has not as many values as the table's
QString keyCondition(const Dialect &dialect, const Table &table, const Key &key,
                     QList<StoredValue> &values);

/// @p statement with its values written in, to be read.
QString literalSql(const CompiledStatement &statement, const Dialect &dialect);

/// The statements that writing @p changes takes, with their values written in and a semicolon, in the
/// order of the ChangeSet: as applyChanges() sends them where nobody else has changed the rows.
QStringList literalSql(const ChangeSet &changes, const DatabaseUrl &url);

} // namespace orm
