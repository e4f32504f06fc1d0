// SPDX-License-Identifier: MIT
#include "core/session/filterof.h"

#include "core/engine/preparedstatement.h"
#include "core/error.h"

#include <utility>

namespace orm {

ValueView viewOf(const PreparedStatement &statement, int column)
{
    ValueView view;
    view.storage = statement.columnClass(column);
    if (view.storage == StorageClass::Integer)
        view.integer = statement.columnInteger(column);
    else if (view.storage == StorageClass::Real)
        view.real = statement.columnReal(column);
    else if (view.storage != StorageClass::Null)
        view.bytes = statement.columnBytes(column);
    return view;
}

QList<int> filterColumns(const RowQuery &query)
{
    return query.filter ? query.filter->columns() : QList<int>();
}

FilterOf::FilterOf(const RowQuery &query, qsizetype first, StopCheck isStopped)
    : m_filter(query.filter.get())
    , m_first(static_cast<int>(first))
    , m_values(filterColumns(query).size())
    , m_isStopped(std::move(isStopped))
{}

bool FilterOf::lets(const Key &key, const PreparedStatement &statement)
{
    if (!m_filter)
        return true;
    qsizetype bytes = 0;
    for (int i = 0; i < m_values.size(); ++i) {
        m_values[i] = viewOf(statement, m_first + i);
        bytes += m_values.at(i).bytes.size();
    }
    const bool isLet = m_filter->matches(key, m_values, m_isStopped);
    if (bytes > valuePart && m_isStopped && m_isStopped())
        throw CancelledError(); // then it isn't known
    return isLet;
}

} // namespace orm
