// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"

namespace ui {

/// Whether two records found under one key are one row, edited in between or not. Keys are used again
/// after a delete, so nothing may attach to a row by its key alone (DESIGN.md, rule 9).
///
/// Where the table says when a row was created, that decides; a row whose other values are all the
/// same is the same all the same. Else most of its values must be. Values of which only the first
/// characters are known are not asked. With nothing to compare it is another row.
bool isSameRow(const orm::Table &table, const orm::Record &seen, const orm::Record &stored);

} // namespace ui
