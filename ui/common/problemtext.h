// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
struct Column;
struct RowProblem;
struct Table;
struct ValueProblem;
} // namespace orm

namespace ui {

/// Why the value in the field of @p column can't be saved, and what to do about it, for the line under
/// the field and the cell's tooltip: "The title has 260 characters; 255 is the most that fits. Shorten
/// it to save."
QString fieldProblemText(const orm::Column &column, const orm::ValueProblem &problem);

/// The same for what the last save found; empty if it doesn't concern the column @p index of @p table.
QString fieldProblemText(const orm::Table &table, int index, const orm::RowProblem &problem);

/// Why a row can't be saved, for a message about all of it. @p row is what the user calls it: its
/// title, or its key.
QString problemText(const orm::RowProblem &problem, const orm::Table &table, const QString &row);

} // namespace ui
