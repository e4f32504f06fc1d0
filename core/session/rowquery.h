// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"
#include "core/session/rowfilter.h"

#include <memory>

namespace orm {

/// One column of an order.
struct SortColumn
{
    int column = 0; ///< index into the table's columns
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const SortColumn &) const = default;
};

/// Which rows, in which order, a view shows. Ties are always broken by the key, so that each order
/// is total; an empty sort is by key, newest (largest) first.
struct RowQuery
{
    Table table;
    QList<SortColumn> sort;
    std::shared_ptr<const RowFilter> filter = {}; ///< null: all rows
    /// Whether the first rows of an order that takes its time are wanted before all is read.
    bool wantsPreview = false;
    /// Rows that such a preview must not leave out: the current one, those with edits.
    QList<Key> kept = {};

    /// The row behind which the keys begin; they come round to it from the top. Only where they come as
    /// they are read (KeyBatch::isAsRead), and the row is there.
    Key behind = {};

    bool isKeyOrder() const { return sort.isEmpty(); }
};

/// Rows with their keys, in order.
struct RecordPage
{
    KeyList keys;
    QList<Record>
        records; ///< as many as keys; of first rows some may have fewer values than columns
};

/// A piece of the keys in view order, as they are being streamed.
struct KeyBatch
{
    KeyList keys;
    bool isLast = false;
    bool restarts = false; ///< the batches before are void: others wrote while they were read
    /// Rows of the table that were looked at so far, also those that the filter left out; 0 where
    /// the keys were known without looking at all.
    qint64 rowsRead = 0;
    /// As if so many of them were sorted: where the order is made after all were read.
    qint64 rowsSorted = 0;
    /// The first rows of an order that isn't sorted out yet, and behind them the query's kept ones:
    /// all keys follow.
    bool isPreview = false;
    /// The keys are in view order as they are read: nothing has to be sorted.
    bool isAsRead = false;
};

} // namespace orm
