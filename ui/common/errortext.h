// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
class Error;
struct RowProblem;
struct Table;
} // namespace orm

namespace ui {

/// What failed and what to do about it, in a calm sentence. @p database is its name for the user.
QString errorText(const orm::Error &error, const QString &database);

/// Why a row can't be saved. @see fieldProblemText, for one field of it. @p row is what the user calls it: its title, or its key.
QString problemText(const orm::RowProblem &problem, const orm::Table &table, const QString &row);

} // namespace ui
