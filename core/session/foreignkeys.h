// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/mapping/keycolumns.h"

namespace orm::detail {

// What a flush makes of the members that are a foreign key

/// Whether the foreign key can refer to nothing: one of its columns may be NULL.
bool isNullable(const Mapper &mapper, KeyColumns columns);
/// The key that the row of @p state has once its table is written; null while the database is to give it.
Key keyValue(const InstanceState &state);
/// Gives the foreign key the key of @p target; does nothing while that has none.
/// @throws InvalidRequestError the key has another number of columns
void followKey(InstanceState &state, KeyColumns columns, const InstanceState &target);
/// What may be NULL of it becomes NULL: a column that belongs to other keys, too, stays.
void clearForeignKey(InstanceState &state, KeyColumns columns);

} // namespace orm::detail
