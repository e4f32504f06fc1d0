// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

namespace orm {

class Dialect;

/// CREATE TABLE exactly as SQLAlchemy writes it, blanks and line breaks included, so that a
/// database made here is byte for byte the one that create_all would have made.
QString compileCreateTable(const Table &table, const Dialect &dialect);
QString compileDropTable(const Table &table, const Dialect &dialect);

} // namespace orm
