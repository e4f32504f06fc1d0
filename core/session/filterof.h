// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowquery.h"

namespace orm {

class PreparedStatement;

/// A value of the current row, where the statement has it: until its next step.
ValueView viewOf(const PreparedStatement &statement, int column);

/// The columns that @p query's filter looks at.
QList<int> filterColumns(const RowQuery &query);

/// Asks a query's filter about rows of a statement that has the filter's columns from @p first on.
class FilterOf
{
public:
    /// @param isStopped asked between parts of a large value
    FilterOf(const RowQuery &query, qsizetype first, StopCheck isStopped = {});

    /// @throws CancelledError it is stopped
    bool lets(const Key &key, const PreparedStatement &statement);

private:
    const RowFilter *m_filter;
    const int m_first;
    QList<ValueView> m_values;
    const StopCheck m_isStopped;
};

} // namespace orm
