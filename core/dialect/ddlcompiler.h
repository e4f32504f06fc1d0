// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

namespace orm {

class Dialect;

/// CREATE TABLE exactly as SQLAlchemy writes it, blanks and line breaks included, so that a
/// database made here is byte for byte the one that create_all would have made.
QString compileCreateTable(const Table &table, const Dialect &dialect);
/// "title VARCHAR(255) NOT NULL", as CREATE TABLE and ADD COLUMN want it.
QString columnDefinition(const Column &column, const Dialect &dialect);
/// The same with a type as the table calls it.
QString columnDefinition(const Column &column, const Dialect &dialect, const QString &type);
/// "REFERENCES users (id) ON DELETE CASCADE" of a column with a foreign key.
QString compileReference(const Column &column, const Dialect &dialect);
/// "SET NULL"; empty where nothing is to happen.
QString actionName(ForeignKeyAction action);
/// "FOREIGN KEY(region, number) REFERENCES orders (region, number)" of a key of several columns.
QString compileForeignKey(const ForeignKey &key, const Dialect &dialect);
/// "UNIQUE (line, seat)" of an Index that is a constraint.
QString compileUnique(const Index &constraint, const Dialect &dialect);
QString compileCreateIndex(const Table &table, const Index &index, const Dialect &dialect);
QString compileDropTable(const Table &table, const Dialect &dialect);

} // namespace orm
