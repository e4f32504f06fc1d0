// SPDX-License-Identifier: MIT
#include "ui/table/orderloader.h"

#include "core/session/deliver.h"
#include "core/session/rowreader.h"
#include "ui/table/recordsource.h"

#include <algorithm>
#include <utility>

namespace ui {

OrderLoader::OrderLoader(RecordSource &source, RowOrder &order, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_order(order)
{
    m_keysLater.setSingleShot(true);
    m_keysLater.setInterval(afterFirstRows);
    connect(&m_keysLater, &QTimer::timeout, this, &OrderLoader::askForKeys);
    m_firstHits.setSingleShot(true);
    m_firstHits.setInterval(firstHits);
    connect(&m_firstHits, &QTimer::timeout, this, [this] {
        m_showsHits = true;
        if (m_order.hasIncoming()) {
            m_order.settleNow();
            emit progressed();
        }
    });
    m_lastRest.setSingleShot(true);
    m_lastRest.setInterval(lastRest);
    connect(&m_lastRest, &QTimer::timeout, this, [this] {
        m_order.settleNow();
        emit progressed();
    });
}

OrderLoader::~OrderLoader()
{
    m_firstPage.cancel();
    m_keys.cancel();
    m_count.cancel();
}

bool OrderLoader::isByKey() const
{
    return m_query.isKeyOrder() && m_query.table.hasIntegerKey();
}

bool OrderLoader::isReading() const
{
    return m_order.isReading();
}

void OrderLoader::begin(const orm::RowQuery &query, const std::optional<orm::RecordPage> &first)
{
    m_before.reset();
    m_total.reset();
    m_query = query;
    read(Kind::First, {}, first && !m_query.filter ? Keys::Later : Keys::Now);
    emit queryChanged();
    if (m_query.filter)
        return; // which rows are the first the filter has to say
    const auto show = [this](const orm::RecordPage &page) {
        emit firstPageRead(page);
        m_order.showFirst(page.keys, firstRows);
        emit progressed();
    };
    if (first) {
        show(*first);
        return;
    }
    const int generation = m_generation;
    m_firstPage = m_source.firstPage(m_query, firstRows);
    orm::deliver(
        m_firstPage, this,
        [this, generation, show](const orm::RecordPage &page) {
            if (generation == m_generation)
                show(page);
        },
        [this, generation](const orm::Error &error) {
            if (generation == m_generation)
                emit failed(error);
        });
}

/// The same order, or it upside down.
orm::RowQuery OrderLoader::queryFrom(RowOrder::Edge edge) const
{
    orm::RowQuery query = m_query;
    if (edge == RowOrder::Edge::Top)
        return query;
    query.sort = orm::totalOrder(m_query);
    for (orm::SortColumn &sorted : query.sort) {
        sorted.order
            = sorted.order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    }
    return query;
}

void OrderLoader::readFrom(RowOrder::Edge edge)
{
    const bool isStreamed = m_query.isKeyOrder() || m_isStreamed;
    if (m_order.isCounted() || m_before || m_query.filter || !isStreamed || edge == m_order.edge())
        return;
    const int generation = m_generation;
    m_firstPage.cancel();
    m_firstPage = m_source.firstPage(queryFrom(edge), firstRows);
    orm::deliver(
        m_firstPage, this,
        [this, generation, edge](const orm::RecordPage &page) {
            if (generation != m_generation || m_order.isCounted())
                return; // another reading has begun, or has come to its end
            emit firstPageRead(page);
            orm::KeyList keys;
            const qint64 last = page.keys.size() - 1;
            for (qint64 i = 0; i <= last; ++i)
                keys.append(page.keys.at(edge == RowOrder::Edge::End ? last - i : i));
            m_order.beginReadingAt(edge, keys);
            emit turned(edge);
            read(Kind::First);
            emit progressed();
        },
        [this, generation](const orm::Error &error) {
            if (generation == m_generation)
                emit failed(error);
        });
}

void OrderLoader::readAgain()
{
    read(m_kind != Kind::Again && isReading() ? m_kind : Kind::Again);
}

bool OrderLoader::isPreview() const
{
    return m_order.isPreview();
}

void OrderLoader::change(const orm::RowQuery &query)
{
    // What is shown is worth keeping if it is an order of all rows, and whole.
    std::optional<QList<orm::SortColumn>> keepAs;
    if (!m_before && !m_query.filter && m_order.isCounted())
        keepAs = m_query.sort;
    if (!query.filter && m_order.showAside(query.sort, keepAs)) {
        m_before.reset();
        m_query = query;
        read(Kind::Again); // others may have written meanwhile
        emit queryChanged();
        emit progressed();
        return;
    }
    const bool isStillThere = m_before && (m_order.isPreview() || !m_order.isSettled());
    if (isStillThere && !query.filter && !m_before->filter && query.sort == m_before->sort) {
        m_order.stopReading();
        m_query = *std::exchange(m_before, {});
        read(m_order.isCounted() ? Kind::Again : Kind::First);
        emit queryChanged();
        emit progressed();
        return;
    }
    if (!m_before)
        m_before = m_query;
    m_query = query;
    read(Kind::Changed, keepAs);
    emit queryChanged();
    emit progressed();
}

/// Reads the order, from its beginning.
void OrderLoader::read(Kind kind, const std::optional<QList<orm::SortColumn>> &keepAs, Keys keys)
{
    m_keysLater.stop();
    m_firstPage.cancel();
    m_keys.cancel();
    m_count.cancel();
    m_firstHits.stop();
    m_lastRest.stop();
    m_showsHits = false;
    m_rowsRead = 0;
    m_rowsSorted = 0;
    m_kind = kind;
    if (kind == Kind::Changed)
        m_isStreamed = false; // until a batch says so
    ++m_generation;
    if (kind == Kind::Changed)
        m_order.beginReadingAnew(isByKey() ? OrderDiff::Order::ByKey : OrderDiff::Order::Any,
                                 keepAs);
    else
        m_order.beginReading();
    if (m_before && m_before->filter != m_query.filter) {
        m_firstHits.start();
        m_lastRest.start();
    }
    if (keys == Keys::Later)
        m_keysLater.start();
    else
        askForKeys();
}

void OrderLoader::askForKeys()
{
    const int generation = m_generation;
    orm::RowQuery query = queryFrom(m_order.edge());
    query.wantsPreview = m_kind == Kind::Changed;
    if (query.wantsPreview)
        query.kept = m_order.keptKeys();
    m_keys = m_source.keys(query);
    orm::deliverEach(
        m_keys, this,
        [this, generation](const orm::KeyBatch &batch) {
            if (generation == m_generation)
                takeBatch(batch);
        },
        [this, generation] {
            if (generation == m_generation && m_order.isReading()) {
                m_order.stopReading();
                end();
            }
        },
        [this, generation](const orm::Error &error) {
            if (generation == m_generation)
                fail(error);
        });
}

void OrderLoader::takeBatch(const orm::KeyBatch &batch)
{
    m_rowsRead = batch.rowsRead;
    m_rowsSorted = batch.rowsSorted;
    m_isStreamed = m_isStreamed || batch.isAsRead;
    const bool isNews = !batch.keys.isEmpty() || batch.isLast || batch.restarts || batch.isPreview;
    if (isNews) {
        if (batch.isLast)
            m_before.reset();
        m_order.addBatch(batch);
        const bool isSearch = m_firstHits.isActive() || m_showsHits;
        if (isSearch && m_order.incomingCount() >= screenful)
            m_showsHits = true;
        if (m_showsHits && m_order.hasIncoming())
            m_order.settleNow();
        if (batch.isLast) {
            if (!m_query.filter)
                m_total = m_order.databaseCount();
            else if (m_rowsRead > 0)
                m_total = m_rowsRead;
            else if (!m_total)
                countAll();
        }
    }
    emit progressed();
    if (batch.isLast)
        end();
}

/// Hits that were found without reading all rows don't tell of how many.
void OrderLoader::countAll()
{
    const int generation = m_generation;
    m_count = m_source.count(m_query.table);
    orm::deliver(
        m_count, this,
        [this, generation](qint64 rows) {
            if (generation != m_generation)
                return;
            m_total = rows;
            emit totalCounted();
        },
        [](const orm::Error &) {}); // then it says how many were found
}

void OrderLoader::stop()
{
    if (!isReading())
        return;
    m_keysLater.stop();
    m_firstPage.cancel();
    m_keys.cancel();
    ++m_generation;
    fail(orm::CancelledError());
}

void OrderLoader::fail(const orm::Error &error)
{
    // Hits that were found are shown; an order that isn't whole is none.
    if (m_before && m_before->filter != m_query.filter)
        m_order.settleNow();
    const bool isBack = m_before && (m_order.isPreview() || !m_order.isSettled());
    m_order.stopReading();
    if (isBack)
        m_query = *m_before;
    m_before.reset();
    if (isBack)
        emit queryChanged();
    if (error.kind() != orm::Error::Kind::Cancelled)
        emit failed(error);
    emit progressed();
    end();
}

void OrderLoader::end()
{
    m_kind = Kind::Again;
    m_firstHits.stop();
    m_lastRest.stop();
    emit ended();
}

OrderLoader::Activity OrderLoader::activity() const
{
    if (!isReading() || m_kind == Kind::Again)
        return Activity::None;
    if (m_query.filter)
        return Activity::Searching;
    return m_query.sort.isEmpty() ? Activity::Counting : Activity::Sorting;
}

std::optional<int> OrderLoader::percent() const
{
    if (!m_total || *m_total <= 0 || m_rowsRead <= 0)
        return {};
    qint64 done = m_rowsRead;
    if (activity() == Activity::Sorting && !m_isStreamed) { // reading is most of it
        constexpr qint64 readingParts = 3;
        done = (readingParts * m_rowsRead + m_rowsSorted) / (readingParts + 1);
    }
    return static_cast<int>(std::clamp<qint64>(done * 100 / *m_total, 0, 99));
}

void OrderLoader::addToTotal(qint64 rows)
{
    if (m_total)
        *m_total += rows;
}

} // namespace ui
