// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/valueview.h"

#include <functional>
#include <optional>
#include <string>

namespace orm {

/// A text that any of some columns has to hold, in any case.
struct NeededText
{
    QList<int> columns; ///< indexes into the table
    std::u32string folded; ///< by caseFold()
};

/// Whether nobody wants the answer any more. Asked between parts of a large value; may be empty.
using StopCheck = std::function<bool()>;

/// Values up to this size, in bytes, are looked at in one go.
constexpr qsizetype valuePart = 64 * 1024;

/// Which rows of a table a view shows. Made once and never changed: it is asked in the reading
/// thread, while others hold it, too.
class RowFilter
{
public:
    virtual ~RowFilter() = default;

    /// The columns whose values matches() wants, whole; indexes into the table.
    virtual QList<int> columns() const = 0;
    /// @param values of columns(), as stored
    /// @returns anything once @p isStopped said so
    virtual bool matches(const Key &key, const QList<ValueView> &values,
                         const StopCheck &isStopped) const = 0;
    bool matches(const Key &key, const QList<ValueView> &values) const
    {
        return matches(key, values, {});
    }
    /// The only keys that can match, where they are known without reading.
    virtual std::optional<QList<Key>> candidates() const { return {}; }
    /// What a row can't match without: of each group at least one. An index may find it; matches()
    /// is asked all the same.
    virtual QList<QList<NeededText>> neededTexts() const { return {}; }
};

} // namespace orm
