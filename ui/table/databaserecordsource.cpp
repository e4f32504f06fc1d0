// SPDX-License-Identifier: MIT
#include "ui/table/databaserecordsource.h"

#include "core/session/orderreader.h"
#include "core/session/pagereader.h"

namespace ui {

DatabaseRecordSource::DatabaseRecordSource(orm::PageReader &pages, orm::OrderReader &orders)
    : m_pages(pages)
    , m_orders(orders)
{}

QFuture<orm::RecordPage> DatabaseRecordSource::firstPage(const orm::RowQuery &query, int limit)
{
    return m_pages.firstPage(query, limit);
}

QFuture<orm::KeyBatch> DatabaseRecordSource::keys(const orm::RowQuery &query)
{
    return m_orders.keys(query);
}

QFuture<qint64> DatabaseRecordSource::count(const orm::Table &table)
{
    return m_orders.count(table);
}

QFuture<QList<orm::ScoredRow>>
DatabaseRecordSource::nearest(const orm::Table &table,
                              const std::shared_ptr<const orm::RowScore> &score, int limit)
{
    return m_orders.nearest(table, score, limit);
}

QFuture<orm::RecordPage> DatabaseRecordSource::page(const orm::Table &table,
                                                    const QList<orm::Key> &keys)
{
    return m_pages.page(table, keys);
}

QFuture<orm::Record> DatabaseRecordSource::whole(const orm::Table &table, const orm::Key &key)
{
    return m_pages.whole(table, key);
}

} // namespace ui
