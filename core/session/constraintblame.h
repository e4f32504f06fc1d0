// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/schema/table.h"

#include <QList>

namespace orm {

class Connection;

/// Finds out, inside a transaction, what a violated constraint is about where the database does
/// not say it: SQLite names neither row nor column for a foreign key.
class ConstraintBlame
{
public:
    /// Borrows both.
    ConstraintBlame(Connection &connection, const Table &table);

    /// Columns to blame for @p error; @p wanted are the values of the row that was to be written,
    /// none for a deleted one. Empty where nothing is known.
    QList<int> columns(const IntegrityError &error, const QList<StoredValue> &wanted);
    /// Columns that the check @p error tells of looks at.
    QList<int> checkedColumns(const IntegrityError &error);
    /// Columns of a row with @p values that refer to a row that is not there.
    QList<int> missingParents(const QList<StoredValue> &values);
    /// Whether rows still refer to the one that had @p values, although it is gone.
    bool isReferredTo(const QList<StoredValue> &values);
    /// Whether the error ended the transaction (ON CONFLICT ROLLBACK, RAISE(ROLLBACK), any error on
    /// a server): what is sent then would be committed at once, or be refused.
    bool isTransactionLost();

private:
    Connection &m_connection;
    const Table &m_table;
};

} // namespace orm
