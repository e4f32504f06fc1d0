// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"
#include "ui/changes/rowstate.h"

#include <QString>

#include <functional>
#include <optional>

namespace orm {
class Key;
}

namespace ui {

class EditBuffer;

/// The column that names a row: its title, else its first text, else its key.
int titleColumn(const orm::Table &table);

/// A row for those who hear it: "Post number 499, 21 January 2024, modified: title, was Post number
/// 500". @p value gives what is shown in a column, if it is here.
QString rowText(const EditBuffer &edits, const orm::Key &key, RowState state,
                const std::function<std::optional<orm::StoredValue>(int column)> &value);

/// What @p state says of the row, in words: "new, not saved"; empty for a clean one.
QString stateText(const EditBuffer &edits, const orm::Key &key, RowState state);

} // namespace ui
