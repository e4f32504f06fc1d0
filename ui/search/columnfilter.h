// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

namespace ui {

/// What is looked for in one column, as a part of a text of the search language: the search line says
/// it, and so do saved views.
///
/// In the popup one writes only the value: `hello` for `title:hello`, `a|b` for either, `-a` for not,
/// `/a+/` for a pattern; for the day of creation a day, month or year, `<` and `>` for before and after.
namespace columnfilter {

/// Whether the search language can ask for @p column: its name is one word.
bool canFilter(const orm::Table &table, int column);
/// What is asked of @p column in @p search, as one writes it in the popup; empty if nothing.
QString filterOf(const QString &search, const orm::Table &table, int column);
/// @p search with @p filter instead of what was asked of @p column; what else it asks for stays.
QString withFilter(const QString &search, const orm::Table &table, int column,
                   const QString &filter);

} // namespace columnfilter
} // namespace ui
