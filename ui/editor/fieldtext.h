// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QString>

namespace ui {

/// @p value as a line or page of text to edit. A DateTime is local, to the second.
QString fieldText(const orm::Column &column, const orm::StoredValue &value);

/// @p value in a comparison with another one: a text as it is, all else as in its field.
QString comparedText(const orm::Column &column, const orm::StoredValue &value);

/// What @p text, typed into a field of @p column, means. Text that can't be such a value stays text, so
/// that it is kept and validate() refuses it.
/// @param base decides between NULL and '' for an empty text, and the type where the column has none;
/// it comes back itself, microseconds and all, where @p text is how it is shown
orm::StoredValue fieldValue(const orm::Column &column, const QString &text,
                            const orm::StoredValue &base);

/// Why @p value, which another program stored, can't be edited as what the column is: a sentence to
/// show in its place. Empty if it can.
QString keptText(const orm::Column &column, const orm::StoredValue &value);

} // namespace ui
