// SPDX-License-Identifier: MIT
#include "ui/table/recordcache.h"

#include <algorithm>
#include <utility>

namespace ui {

int RecordCache::cost(const orm::Record &record)
{
    constexpr qsizetype ordinary = 4096; // bytes
    qsizetype size = 0;
    for (const orm::StoredValue &value : record.values)
        size += value.bytes().size();
    return int(std::min<qsizetype>(1 + size / ordinary, defaultCapacity));
}

const orm::Record *RecordCache::find(const orm::Key &key) const
{
    const Row *row = m_rows.object(key);
    return row ? &row->record : nullptr;
}

bool RecordCache::isFresh(const orm::Key &key) const
{
    const Row *row = m_rows.object(key);
    return row && row->time >= m_staleTime;
}

bool RecordCache::isWanted(const orm::Key &key) const
{
    return !isFresh(key) && !m_loading.contains(key) && !m_unavailable.contains(key);
}

void RecordCache::insert(const orm::Key &key, const orm::Record &row)
{
    m_beginnings.remove(key);
    m_rows.insert(key, new Row{row, ++m_time}, cost(row));
}

void RecordCache::insertBeginning(const orm::Key &key, const orm::Record &beginning)
{
    if (!m_rows.contains(key))
        m_beginnings.insert(key, beginning);
}

const orm::Record *RecordCache::beginning(const orm::Key &key) const
{
    const auto found = m_beginnings.constFind(key);
    return found == m_beginnings.cend() ? nullptr : &*found;
}

void RecordCache::remove(const orm::Key &key)
{
    m_beginnings.remove(key);
    m_rows.remove(key);
}

void RecordCache::markStale()
{
    m_staleTime = ++m_time;
    m_unavailable.clear();
    // What is on its way may be older than what was heard of; it is asked for again.
    m_loading.clear();
}

void RecordCache::clear()
{
    m_rows.clear();
    m_beginnings.clear();
    m_requests.clear();
    m_loading.clear();
    m_unavailable.clear();
}

RecordCache::Request RecordCache::begin(const QList<orm::Key> &keys)
{
    const Request request = ++m_time;
    m_requests.insert(request, {keys, request});
    for (const orm::Key &key : keys)
        m_loading.insert(key, request);
    return request;
}

RecordCache::OpenRequest RecordCache::close(Request request)
{
    OpenRequest open = m_requests.take(request);
    for (const orm::Key &key : std::as_const(open.keys)) {
        const auto loading = m_loading.constFind(key);
        if (loading != m_loading.cend() && *loading == request)
            m_loading.erase(loading);
    }
    return open;
}

RecordCache::Found RecordCache::finish(Request request, const orm::RecordPage &page)
{
    if (!isOpen(request))
        return {};
    const OpenRequest open = close(request);
    Found result;
    QSet<orm::Key> found;
    for (qint64 i = 0; i < page.keys.size(); ++i) {
        const orm::Key key = page.keys.at(i);
        const orm::Record &record = page.records.at(i);
        found.insert(key);
        m_beginnings.remove(key);
        const Row *known = m_rows.object(key);
        if (known && known->time >= open.time)
            continue;
        if (known && !orm::isSameRow(known->record, record))
            result.changed.append(key);
        m_rows.insert(key, new Row{record, open.time}, cost(record));
    }
    for (const orm::Key &key : open.keys) {
        const Row *known = m_rows.object(key);
        if (!found.contains(key) && (!known || known->time < open.time)) {
            remove(key);
            m_unavailable.insert(key);
            result.gone.append(key);
        }
    }
    return result;
}

void RecordCache::fail(Request request)
{
    for (const orm::Key &key : close(request).keys)
        m_unavailable.insert(key);
}

void RecordCache::cancel(Request request)
{
    close(request);
}

} // namespace ui
