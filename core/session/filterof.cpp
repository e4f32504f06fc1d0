// SPDX-License-Identifier: MIT
#include "core/session/filterof.h"

#include "core/engine/preparedstatement.h"

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

FilterOf::FilterOf(const RowQuery &query, qsizetype first)
    : m_filter(query.filter.get())
    , m_first(static_cast<int>(first))
    , m_values(filterColumns(query).size())
{}

bool FilterOf::lets(const Key &key, const PreparedStatement &statement)
{
    if (!m_filter)
        return true;
    for (int i = 0; i < m_values.size(); ++i)
        m_values[i] = viewOf(statement, m_first + i);
    return m_filter->matches(key, m_values);
}

} // namespace orm
