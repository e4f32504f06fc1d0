// SPDX-License-Identifier: MIT
#include "ui/changes/rowidentity.h"

#include <algorithm>

namespace ui {

bool isSameRow(const orm::Table &table, const orm::Record &seen, const orm::Record &stored)
{
    const int created = table.indexOf(orm::Role::Created);
    const auto columns = std::min({seen.values.size(), stored.values.size(), table.columns.size()});
    int same = 0;
    int empty = 0; // NULL then and now
    int different = 0;
    for (int column = 0; column < columns; ++column) {
        const orm::StoredValue &before = seen.values.at(column);
        const orm::StoredValue &now = stored.values.at(column);
        if (table.columns.at(column).isPrimaryKey || seen.isTruncated(column)
            || stored.isTruncated(column))
            continue;
        if (column == created && !before.isNull() && before == now)
            return true;
        if (before.isNull() && now.isNull())
            ++empty;
        else if (column != created)
            ++(before == now ? same : different);
    }
    const bool isDated = created >= 0 && created < columns && !seen.values.at(created).isNull();
    if (isDated)
        return same > 0 && different == 0;
    // Of a row that is empty but for its key nothing more can be known.
    return same > different || (empty > 0 && different == 0);
}

} // namespace ui
