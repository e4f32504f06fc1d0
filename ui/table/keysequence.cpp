// SPDX-License-Identifier: MIT
#include "ui/table/keysequence.h"

#include <algorithm>
#include <utility>

namespace ui {

size_t KeySequence::chunkOf(qint64 row) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), row);
    return size_t(after - m_starts.begin()) - 1;
}

qint64 KeySequence::bytes() const
{
    qint64 bytes = 0;
    for (const KeyChunk &chunk : m_chunks)
        bytes += chunk.bytes() + static_cast<qint64>(sizeof(qint64));
    return bytes;
}

orm::Key KeySequence::at(qint64 row) const
{
    const size_t chunk = chunkOf(row);
    return m_chunks[chunk].at(row - m_starts[chunk]);
}

void KeySequence::recount(size_t from)
{
    m_starts.resize(m_chunks.size());
    qint64 start = from == 0 ? 0 : m_starts[from - 1] + m_chunks[from - 1].size();
    for (size_t i = from; i < m_chunks.size(); ++i) {
        m_starts[i] = start;
        start += m_chunks[i].size();
    }
    m_size = start;
}

void KeySequence::append(const orm::KeyList &keys)
{
    if (keys.isEmpty())
        return;
    const size_t first = m_chunks.empty() ? 0 : m_chunks.size() - 1;
    for (qint64 row = 0; row < keys.size();) {
        if (m_chunks.empty() || m_chunks.back().size() >= chunkSize)
            m_chunks.emplace_back();
        KeyChunk &chunk = m_chunks.back();
        const qint64 part = std::min(keys.size() - row, chunkSize - chunk.size());
        chunk.append(keys, row, part);
        if (chunk.size() == chunkSize)
            chunk.pack(); // room that is never used would be paid for at every row
        row += part;
    }
    recount(first);
}

/// Makes the key at @p at of @p chunk the first of a chunk of its own.
void KeySequence::split(size_t chunk, qint64 at)
{
    KeyChunk head;
    KeyChunk tail;
    head.append(m_chunks[chunk], 0, at);
    tail.append(m_chunks[chunk], at, m_chunks[chunk].size() - at);
    head.pack();
    tail.pack();
    m_chunks[chunk] = std::move(head);
    m_chunks.insert(m_chunks.begin() + qint64(chunk) + 1, std::move(tail));
}

void KeySequence::insert(qint64 row, const orm::Key &key)
{
    if (m_chunks.empty())
        m_chunks.emplace_back();
    const size_t chunk = m_size == 0 ? 0 : chunkOf(std::min(row, m_size - 1));
    const qint64 place = m_size == 0 ? 0 : row - m_starts[chunk];
    m_chunks[chunk].insert(place, key);
    if (m_chunks[chunk].size() > 2 * chunkSize)
        split(chunk, m_chunks[chunk].size() / 2);
    recount(chunk);
}

void KeySequence::insert(qint64 row, const KeySequence &other, qint64 first, qint64 count)
{
    if (count <= 0)
        return;
    if (count == 1) {
        insert(row, other.at(first));
        return;
    }
    // New chunks between two old ones; where the row is inside a chunk, that is split there.
    size_t chunk = m_chunks.size();
    if (row < m_size) {
        chunk = chunkOf(row);
        if (const qint64 at = row - m_starts[chunk]; at > 0)
            split(chunk++, at);
    } else if (!m_chunks.empty()) {
        m_chunks.back().pack();
    }
    std::vector<KeyChunk> added;
    const auto end = [&added] {
        if (!added.empty())
            added.back().pack();
    };
    for (size_t from = other.chunkOf(first); count > 0; ++from) {
        const qint64 start = first - other.m_starts[from];
        const qint64 part = std::min(count, other.m_chunks[from].size() - start);
        if (added.empty() || added.back().size() + part > chunkSize) {
            end();
            added.emplace_back();
        }
        added.back().append(other.m_chunks[from], start, part);
        first += part;
        count -= part;
    }
    end();
    m_chunks.insert(m_chunks.begin() + qint64(chunk), std::make_move_iterator(added.begin()),
                    std::make_move_iterator(added.end()));
    recount(0);
}

void KeySequence::remove(qint64 row, qint64 count)
{
    if (count <= 0)
        return;
    const size_t first = chunkOf(row);
    size_t chunk = first;
    qint64 at = row - m_starts[chunk];
    size_t end = chunk; // of the chunks of which nothing is left
    while (count > 0) {
        const qint64 part = std::min(count, m_chunks[end].size() - at);
        if (part < m_chunks[end].size()) {
            m_chunks[end].remove(at, part);
            if (at > 0) // what goes begins in the middle of it
                chunk = end + 1;
            else
                --end;
        }
        ++end;
        count -= part;
        at = 0;
    }
    if (end > chunk)
        m_chunks.erase(m_chunks.begin() + qint64(chunk), m_chunks.begin() + qint64(end));
    recount(first);
}

void KeySequence::replace(qint64 row, const orm::Key &key)
{
    const size_t chunk = chunkOf(row);
    const qint64 place = row - m_starts[chunk];
    m_chunks[chunk].insert(place, key);
    m_chunks[chunk].remove(place + 1, 1);
}

void KeySequence::clear()
{
    m_chunks.clear();
    m_starts.clear();
    m_size = 0;
}

qint64 KeySequence::indexOf(const orm::Key &key) const
{
    for (size_t i = 0; i < m_chunks.size(); ++i) {
        const qint64 at = m_chunks[i].indexOf(key);
        if (at >= 0)
            return m_starts[i] + at;
    }
    return -1;
}

QHash<orm::Key, qint64> KeySequence::indexesOf(const QSet<orm::Key> &keys) const
{
    QHash<orm::Key, qint64> rows;
    if (keys.isEmpty())
        return rows;
    std::vector<qint64> numbers;
    for (const orm::Key &key : keys) {
        if (key.isInteger())
            numbers.push_back(key.number());
    }
    std::sort(numbers.begin(), numbers.end());
    for (size_t i = 0; i < m_chunks.size() && rows.size() < keys.size(); ++i) // each is there once
        m_chunks[i].findAll(keys, numbers, m_starts[i], rows);
    return rows;
}

qint64 KeySequence::lowerBound(qint64 number) const
{
    // The first chunk whose last key isn't larger.
    const auto chunk
        = std::partition_point(m_chunks.begin(), m_chunks.end(), [number](const KeyChunk &keys) {
              return keys.at(keys.size() - 1).number() > number;
          });
    if (chunk == m_chunks.end())
        return m_size;
    return m_starts[size_t(chunk - m_chunks.begin())] + chunk->lowerBound(number);
}

} // namespace ui
