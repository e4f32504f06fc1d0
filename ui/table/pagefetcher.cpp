// SPDX-License-Identifier: MIT
#include "ui/table/pagefetcher.h"

#include "core/session/deliver.h"
#include "ui/table/recordsource.h"

#include <algorithm>
#include <utility>

namespace ui {

PageFetcher::PageFetcher(RecordSource &source, RecordCache &cache, KeysOf keysOf, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_cache(cache)
    , m_keysOf(std::move(keysOf))
{}

PageFetcher::~PageFetcher()
{
    for (OpenPage &open : m_open)
        open.future.cancel();
}

void PageFetcher::setTable(const orm::Table &table)
{
    cancelAll();
    m_table = table;
}

void PageFetcher::want(qint64 page)
{
    if (!m_wanted.isEmpty() && m_wanted.last() == page)
        return;
    m_wanted.removeOne(page);
    m_wanted.append(page);
    if (m_wanted.size() > maxWanted)
        m_wanted.removeFirst();
    schedule();
}

void PageFetcher::keepOnly(qint64 first, qint64 last)
{
    const auto isPassed
        = [first, last](qint64 page) { return page != noPage && (page < first || page > last); };
    m_wanted.removeIf(isPassed);
    for (qsizetype i = m_open.size() - 1; i >= 0; --i) {
        if (!isPassed(m_open.at(i).page))
            continue;
        OpenPage passed = m_open.takeAt(i);
        m_cache.cancel(passed.request);
        passed.future.cancel();
        schedule();
    }
}

void PageFetcher::cancelAll()
{
    m_wanted.clear();
    m_reread.clear();
    m_isRereading = false;
    for (OpenPage &open : std::exchange(m_open, {})) {
        m_cache.cancel(open.request);
        open.future.cancel();
    }
}

void PageFetcher::reread(const QList<orm::Key> &keys)
{
    m_reread = keys;
    m_isRereading = true;
    schedule();
}

bool PageFetcher::isRereading() const
{
    return m_isRereading;
}

void PageFetcher::schedule()
{
    // A view asks for its cells one by one; in the next turn of the loop it is known what it wants.
    if (!std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(this, qOverload<>(&PageFetcher::ask), Qt::QueuedConnection);
}

void PageFetcher::ask()
{
    m_isScheduled = false;
    while (!m_wanted.isEmpty() && m_open.size() < maxRequests) {
        const qint64 page = m_wanted.takeLast();
        QList<orm::Key> keys = m_keysOf(page);
        keys.removeIf(
            [this](const orm::Key &key) { return key.isTemporary() || !m_cache.isWanted(key); });
        if (!keys.isEmpty())
            ask(page, keys);
    }
    if (m_isRereading && m_open.isEmpty())
        askAgain();
}

void PageFetcher::askAgain()
{
    QList<orm::Key> keys;
    while (!m_reread.isEmpty() && keys.size() < rereadRows) {
        const orm::Key key = m_reread.takeLast();
        if (!key.isTemporary() && m_cache.isWanted(key))
            keys.append(key);
    }
    if (!keys.isEmpty()) {
        ask(noPage, keys);
        return;
    }
    m_isRereading = false;
    emit rereadEnded();
}

void PageFetcher::ask(qint64 page, const QList<orm::Key> &keys)
{
    const RecordCache::Request request = m_cache.begin(keys);
    const QFuture<orm::RecordPage> future = m_source.page(m_table, keys);
    m_open.append({request, page, future});
    orm::deliver(
        future, this,
        [this, request](const orm::RecordPage &fetched) { onFetched(request, fetched); },
        [this, request](const orm::Error &error) { onFailed(request, error); });
}

void PageFetcher::close(RecordCache::Request request)
{
    m_open.removeIf([request](const OpenPage &open) { return open.request == request; });
    if (!m_wanted.isEmpty() || m_isRereading)
        schedule();
}

void PageFetcher::onFetched(RecordCache::Request request, const orm::RecordPage &page)
{
    if (!m_cache.isOpen(request))
        return; // cancelled, or of an earlier query
    const RecordCache::Found found = m_cache.finish(request, page);
    close(request);
    QList<orm::Key> keys;
    keys.reserve(page.keys.size());
    for (qint64 i = 0; i < page.keys.size(); ++i)
        keys.append(page.keys.at(i));
    emit fetched(keys);
    if (!found.changed.isEmpty())
        emit changed(found.changed);
    if (!found.gone.isEmpty())
        emit gone(found.gone);
}

void PageFetcher::onFailed(RecordCache::Request request, const orm::Error &error)
{
    if (!m_cache.isOpen(request))
        return;
    m_cache.fail(request);
    close(request);
    emit failed(error);
}

} // namespace ui
