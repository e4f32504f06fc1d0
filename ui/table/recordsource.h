// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/session/rowquery.h"
#include "core/session/rowscore.h"

#include <QFuture>
#include <QObject>

namespace ui {

/// Where the table model gets committed rows from, always later and never on the GUI thread:
/// DatabaseRecordSource asks the reading threads, tests have a fake one.
///
/// All futures can be cancelled, and fail with orm::Error (see orm::deliver).
class RecordSource
{
public:
    virtual ~RecordSource() = default;

    /// The first @p limit rows at once, by keyset and never by counting.
    virtual QFuture<orm::RecordPage> firstPage(const orm::RowQuery &query, int limit) = 0;
    /// All keys in view order, as a stream of batches; the last one says so.
    virtual QFuture<orm::KeyBatch> keys(const orm::RowQuery &query) = 0;
    /// All rows there are.
    virtual QFuture<qint64> count(const orm::Table &table) = 0;
    /// The rows nearest to what @p score looks for, in the whole table; comes several times.
    virtual QFuture<QList<orm::ScoredRow>>
    nearest(const orm::Table &table, const std::shared_ptr<const orm::RowScore> &score, int limit)
        = 0;
    /// The rows of @p keys, large columns cut; a row that is gone is left out.
    virtual QFuture<orm::RecordPage> page(const orm::Table &table, const QList<orm::Key> &keys) = 0;
    /// One row with every value whole; an empty Record if it is gone.
    virtual QFuture<orm::Record> whole(const orm::Table &table, const orm::Key &key) = 0;
};

} // namespace ui
