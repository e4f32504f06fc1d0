// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <QString>
#include <QVariant>

/// A stored value as a cell shows it, and what was typed into a cell as a stored value.
///
/// Views only: a value that nobody changed is never made from its text again.
namespace ui::celltext {

/// On one line: the first line of a text; a time as local "21 Jan 20:00", with its year when that
/// isn't this one; a number as digits; NULL as nothing (the view says "(empty)").
QString display(const orm::Column &column, const orm::StoredValue &value);
/// What display() leaves out, e.g. a time in UTC with all its digits; empty if nothing.
QString toolTip(const orm::Column &column, const orm::StoredValue &value);
/// As one says it: "21 January 2024".
QString spoken(const orm::Column &column, const orm::StoredValue &value);
/// Numbers stand on the right.
Qt::Alignment alignment(const orm::Column &column);

/// The value for an editor of one line: a QString, times as local "2024-01-21 20:00:00"; nothing for
/// NULL.
QVariant edit(const orm::Column &column, const orm::StoredValue &value);
/// What was typed, in the storage class that the column wants. What can't be understood stays as
/// TEXT, which orm::validate() then objects to. Nothing (an invalid QVariant) is NULL, and so is an
/// empty text where the column isn't one of text. A StoredValue is itself.
orm::StoredValue parse(const orm::Column &column, const QVariant &typed);

} // namespace ui::celltext
