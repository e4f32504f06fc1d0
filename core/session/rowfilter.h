// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/valueview.h"

#include <optional>

namespace orm {

/// Which rows of a table a view shows. Made once and never changed: it is asked in the reading
/// thread, while others hold it, too.
class RowFilter
{
public:
    virtual ~RowFilter() = default;

    /// The columns whose values matches() wants, whole; indexes into the table.
    virtual QList<int> columns() const = 0;
    /// @param values of columns(), as stored
    virtual bool matches(const Key &key, const QList<ValueView> &values) const = 0;
    /// The only keys that can match, where they are known without reading.
    virtual std::optional<QList<Key>> candidates() const { return {}; }
};

} // namespace orm
