// SPDX-License-Identifier: MIT
#include "ui/editor/documentcache.h"

#include <algorithm>
#include <numeric>

namespace ui {

void DocumentCache::put(const orm::Key &key, Entry entry)
{
    remove(key);
    m_visited.push_back({key, std::move(entry)});
    const auto characters = [this] {
        return std::accumulate(m_visited.begin(), m_visited.end(), qint64(0),
                               [](qint64 sum, const Visited &visited) {
                                   return sum + visited.entry.document->characterCount();
                               });
    };
    while (m_visited.size() > maxDocuments || (!m_visited.empty() && characters() > maxCharacters))
        m_visited.erase(m_visited.begin());
}

bool DocumentCache::contains(const orm::Key &key) const
{
    return std::any_of(m_visited.begin(), m_visited.end(),
                       [&key](const Visited &visited) { return visited.key == key; });
}

std::optional<DocumentCache::Entry> DocumentCache::take(const orm::Key &key)
{
    const auto found = find(key);
    if (found == m_visited.end())
        return std::nullopt;
    Entry entry = std::move(found->entry);
    m_visited.erase(found);
    return entry;
}

void DocumentCache::rename(const orm::Key &from, const orm::Key &to)
{
    const auto found = find(from);
    if (found == m_visited.end())
        return;
    Entry entry = std::move(found->entry);
    m_visited.erase(found);
    put(to, std::move(entry));
}

void DocumentCache::remove(const orm::Key &key)
{
    const auto found = find(key);
    if (found != m_visited.end())
        m_visited.erase(found);
}

std::vector<DocumentCache::Visited>::iterator DocumentCache::find(const orm::Key &key)
{
    return std::find_if(m_visited.begin(), m_visited.end(),
                        [&key](const Visited &visited) { return visited.key == key; });
}

} // namespace ui
