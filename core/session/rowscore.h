// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/valueview.h"

#include <optional>

namespace orm {

/// How near a row is to what is looked for. Made once and never changed, as it is asked in the
/// reading thread.
class RowScore
{
public:
    virtual ~RowScore() = default;

    /// The columns whose values score() wants, whole; indexes into the table.
    virtual QList<int> columns() const = 0;
    /// The higher the nearer; nothing if it isn't what is looked for at all.
    /// @param values of columns(), as stored
    virtual std::optional<qint64> score(const QList<ValueView> &values) const = 0;
};

/// A row that was found, with the values that it was judged by.
struct ScoredRow
{
    qint64 score = 0;
    Key key;
    QList<StoredValue> values;
};

} // namespace orm
