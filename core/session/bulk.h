// SPDX-License-Identifier: MIT
#pragma once

#include "core/expression/statement.h"
#include "core/mapping/instancestate.h"

/// Statements that write many rows at once, beside the unit of work; loaded objects are kept in
/// step. @see SQLAlchemy, ORM-Enabled INSERT, UPDATE, and DELETE statements
namespace orm::detail {

/// UPDATE of all rows that meet @p where. Versions count up, onUpdate() values are sent; loaded
/// objects read their new values on the next access, unless they have unflushed changes.
/// @returns rows changed
qint64 updateRows(Session &session, const Mapper &mapper, const QList<ColumnValue> &values,
                  const Expression &where);
/// DELETE of all rows that meet @p where; loaded objects leave the session and come back with a
/// rollback. @returns rows deleted
qint64 deleteRows(Session &session, const Mapper &mapper, const Expression &where);
/// @see Session::upsert
InstancePointer upsert(Session &session, const Mapper &mapper, const void *object,
                       const QList<int> &conflict);

} // namespace orm::detail
