// SPDX-License-Identifier: MIT
#include "ui/table/keysequence.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// What indexesOf() looks at together.
constexpr size_t block = 512;
/// So many numbers are compared one by one.
constexpr size_t fewNumbers = 8;

void appendPart(orm::KeyList &to, const orm::KeyList &from, qint64 first, qint64 count)
{
    if (first == 0 && count == from.size()) {
        to.append(from);
        return;
    }
    to.append(from, first, count);
}

} // namespace

size_t KeySequence::chunkOf(qint64 row) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), row);
    return size_t(after - m_starts.begin()) - 1;
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
    // Chunks are filled to the brim: room that is never used would be paid for at every row.
    const size_t first = m_chunks.empty() ? 0 : m_chunks.size() - 1;
    for (qint64 row = 0; row < keys.size();) {
        if (m_chunks.empty() || m_chunks.back().size() >= chunkSize) {
            m_chunks.emplace_back();
            if (keys.size() - row >= chunkSize)
                m_chunks.back().reserve(chunkSize);
        }
        orm::KeyList &chunk = m_chunks.back();
        const qint64 part = std::min(keys.size() - row, chunkSize - chunk.size());
        appendPart(chunk, keys, row, part);
        row += part;
    }
    recount(first);
}

/// Makes the key at @p at of @p chunk the first of a chunk of its own.
void KeySequence::split(size_t chunk, qint64 at)
{
    orm::KeyList head;
    orm::KeyList tail;
    appendPart(head, m_chunks[chunk], 0, at);
    appendPart(tail, m_chunks[chunk], at, m_chunks[chunk].size() - at);
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
    }
    std::vector<orm::KeyList> added;
    for (size_t from = other.chunkOf(first); count > 0; ++from) {
        const qint64 start = first - other.m_starts[from];
        const qint64 part = std::min(count, other.m_chunks[from].size() - start);
        if (added.empty() || added.back().size() + part > chunkSize) {
            added.emplace_back();
            added.back().reserve(part);
        }
        appendPart(added.back(), other.m_chunks[from], start, part);
        first += part;
        count -= part;
    }
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
    while (count > 0) {
        orm::KeyList &keys = m_chunks[chunk];
        const qint64 part = std::min(count, keys.size() - at);
        if (part == keys.size()) {
            m_chunks.erase(m_chunks.begin() + qint64(chunk));
        } else {
            if (part == 1) {
                keys.removeAt(at);
            } else {
                orm::KeyList rest;
                rest.reserve(keys.size() - part);
                appendPart(rest, keys, 0, at);
                appendPart(rest, keys, at + part, keys.size() - at - part);
                keys = std::move(rest);
            }
            ++chunk;
        }
        count -= part;
        at = 0;
    }
    recount(first);
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
    const bool isFew = numbers.size() <= fewNumbers;
    const quint64 low = numbers.empty() ? 0 : static_cast<quint64>(numbers.front());
    const quint64 width = numbers.empty() ? 0 : static_cast<quint64>(numbers.back()) - low;
    // Most rows are none of those: a block at a time, and without a branch in it, a walk costs
    // little more than reading the memory.
    for (size_t i = 0; i < m_chunks.size(); ++i) {
        const std::span<const qint64> integers = m_chunks[i].integers();
        for (size_t begin = 0; !numbers.empty() && begin < integers.size(); begin += block) {
            const std::span<const qint64> part
                = integers.subspan(begin, std::min(block, integers.size() - begin));
            quint64 inside = 0;
            for (size_t n = 0; isFew && n < numbers.size(); ++n) {
                for (const qint64 number : part)
                    inside |= static_cast<quint64>(number == numbers[n]);
            }
            for (size_t at = 0; !isFew && at < part.size(); ++at)
                inside |= static_cast<quint64>(static_cast<quint64>(part[at]) - low <= width);
            if (inside == 0)
                continue;
            for (size_t at = begin; at < begin + part.size(); ++at) {
                if (std::binary_search(numbers.begin(), numbers.end(), integers[at]))
                    rows.insert(orm::Key::integer(integers[at]), m_starts[i] + qint64(at));
            }
            if (rows.size() == keys.size())
                return rows; // each key is there once
        }
        if (!integers.empty())
            continue;
        for (qint64 at = 0; at < m_chunks[i].size(); ++at) {
            if (const orm::Key key = m_chunks[i].at(at); keys.contains(key))
                rows.insert(key, m_starts[i] + at);
        }
    }
    return rows;
}

qint64 KeySequence::lowerBound(qint64 number) const
{
    // The first chunk whose last key isn't larger.
    const auto chunk = std::partition_point(
        m_chunks.begin(), m_chunks.end(),
        [number](const orm::KeyList &keys) { return keys.at(keys.size() - 1).number() > number; });
    if (chunk == m_chunks.end())
        return m_size;
    const std::span<const qint64> integers = chunk->integers();
    const auto place = std::partition_point(integers.begin(), integers.end(),
                                            [number](qint64 other) { return other > number; });
    return m_starts[size_t(chunk - m_chunks.begin())] + (place - integers.begin());
}

} // namespace ui
