// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/recordsource.h"

namespace orm {
class OrderReader;
class PageReader;
} // namespace orm

namespace ui {

/// The committed rows as the two reading threads give them.
class DatabaseRecordSource final : public RecordSource
{
public:
    /// Borrows both, which outlive it.
    DatabaseRecordSource(orm::PageReader &pages, orm::OrderReader &orders);

    QFuture<orm::RecordPage> firstPage(const orm::RowQuery &query, int limit) override;
    QFuture<orm::KeyBatch> keys(const orm::RowQuery &query) override;
    QFuture<qint64> count(const orm::Table &table) override;
    QFuture<QList<orm::ScoredRow>> nearest(const orm::Table &table,
                                           const std::shared_ptr<const orm::RowScore> &score,
                                           int limit) override;
    QFuture<orm::RecordPage> page(const orm::Table &table, const QList<orm::Key> &keys) override;
    QFuture<orm::Record> whole(const orm::Table &table, const orm::Key &key) override;

private:
    orm::PageReader &m_pages;
    orm::OrderReader &m_orders;
};

} // namespace ui
