// SPDX-License-Identifier: MIT
#include "core/session/keysorter.h"

#include "core/session/parallel.h"

#include <QSet>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace orm {

namespace {

constexpr size_t entriesOfBlock = 64 * 1024;
constexpr qint64 entriesOfBucket = 32 * 1024; ///< about as many as fit into a core's own cache
constexpr qint64 samplesOfBucket = 32;
constexpr std::ptrdiff_t fewEntries = 16; ///< are compared as a whole

// What is this large malloc() takes from the system and gives back at once; untouched it costs nothing
constexpr qsizetype largestBlock = 33 * 1024 * 1024;
constexpr qsizetype smallestBlock = 64 * 1024;

constexpr qsizetype headSize = sizeof(quint64);
constexpr quint32 cutMark = 1U << 31; ///< in the number of bytes

quint32 lengthOf(const char *bytes)
{
    quint32 length = 0;
    std::memcpy(&length, bytes, sizeof(length));
    return length;
}

} // namespace

// ------------------------------------------------------------------------------------------ adding

char *KeySorter::Part::room(qsizetype size)
{
    if (m_freeSize < size) {
        m_blockSize = std::max(size, std::clamp(4 * m_blockSize, smallestBlock, largestBlock));
        m_free = m_blocks
                     .emplace_back(
                         std::make_unique_for_overwrite<char[]>(static_cast<size_t>(m_blockSize)))
                     .get();
        m_freeSize = m_blockSize;
    }
    m_freeSize -= size;
    return std::exchange(m_free, m_free + size);
}

void KeySorter::Part::add(const Key &key, const QList<ValueView> &values)
{
    m_sortKey.resize(0);
    bool isWhole = true;
    // behind a value that was cut the others mean nothing
    for (qsizetype i = 0; i < values.size() && isWhole; ++i)
        isWhole = appendSortKey(m_sortKey, values.at(i), m_sorter.m_rules.at(i), prefix);

    const auto length = static_cast<quint32>(m_sortKey.size());
    const quint32 marked = isWhole ? length : length | cutMark;
    char *bytes = room(static_cast<qsizetype>(sizeof(marked)) + m_sortKey.size());
    std::memcpy(bytes, &marked, sizeof(marked));
    std::memcpy(bytes + sizeof(marked), m_sortKey.constData(), length);

    qint64 number = key.number();
    if (m_sorter.m_ties == Ties::Place) {
        number = m_sorter.m_keys.size();
        m_sorter.m_keys.append(key);
    }
    if (m_entries.empty() || m_entries.back().size() == entriesOfBlock) {
        const bool isFirst = m_entries.empty();
        m_entries.emplace_back();
        if (!isFirst)
            m_entries.back().reserve(entriesOfBlock);
    }
    m_entries.back().push_back({headOf(bytes, 0), number, bytes});
}

KeySorter::KeySorter(QList<SortRule> rules, Ties ties, Qt::SortOrder order)
    : m_rules(std::move(rules))
    , m_ties(ties)
    , m_order(order)
{
    addPart();
}

void KeySorter::add(const Key &key, const QList<ValueView> &values)
{
    m_parts.front().add(key, values);
}

qint64 KeySorter::size() const
{
    auto size = static_cast<size_t>(m_size);
    for (const Part &part : m_parts) {
        for (const Entries &entries : part.m_entries)
            size += entries.size();
    }
    return static_cast<qint64>(size);
}

// --------------------------------------------------------------------------------------- comparing

/// The eight bytes from @p depth on, as a number that compares as they do. Behind the end are zeros;
/// as no sort key is the beginning of another, they decide nothing.
quint64 KeySorter::headOf(const char *bytes, qsizetype depth)
{
    char head[headSize] = {};
    const qsizetype left = (lengthOf(bytes) & ~cutMark) - depth;
    if (left >= headSize)
        std::memcpy(head, bytes + sizeof(quint32) + depth, headSize);
    else if (left > 0)
        std::memcpy(head, bytes + sizeof(quint32) + depth, static_cast<size_t>(left));
    return qFromBigEndian<quint64>(head);
}

QByteArrayView KeySorter::bytesOf(const Entry &entry)
{
    return {entry.bytes + sizeof(quint32),
            static_cast<qsizetype>(lengthOf(entry.bytes) & ~cutMark)};
}

bool KeySorter::isCut(const Entry &entry)
{
    return lengthOf(entry.bytes) & cutMark;
}

bool KeySorter::isOpen(const Entry &a, const Entry &b)
{
    return isCut(a) && isCut(b) && bytesOf(a) == bytesOf(b);
}

bool KeySorter::isTieBefore(const Entry &a, const Entry &b) const
{
    return m_order == Qt::AscendingOrder ? a.number < b.number : a.number > b.number;
}

/// Where the heads are both of the same depth.
bool KeySorter::isBefore(const Entry &a, const Entry &b) const
{
    if (a.head != b.head)
        return a.head < b.head;
    const int order = bytesOf(a).compare(bytesOf(b));
    return order != 0 ? order < 0 : isTieBefore(a, b);
}

Key KeySorter::keyOf(const Entry &entry) const
{
    return m_ties == Ties::Place ? m_keys.at(entry.number) : Key::integer(entry.number);
}

Key KeySorter::at(qint64 row) const
{
    return keyOf(m_entries[static_cast<size_t>(row)]);
}

// ------------------------------------------------------------------------------------- first rows

KeyList KeySorter::first(qsizetype count, const QList<Key> &kept) const
{
    const auto isLess = [this](const Entry &a, const Entry &b) { return isBefore(a, b); };
    const auto most = static_cast<size_t>(count) + 1; // one more tells whether the last one is sure
    Entries top; // a heap, whose front is the last of the order
    for (const Part &part : m_parts) {
        for (const Entries &entries : part.m_entries) {
            for (const Entry &entry : entries) {
                if (top.size() == most) {
                    if (!isBefore(entry, top.front()))
                        continue;
                    std::pop_heap(top.begin(), top.end(), isLess);
                    top.pop_back();
                }
                top.push_back(entry);
                std::push_heap(top.begin(), top.end(), isLess);
            }
        }
    }
    std::sort_heap(top.begin(), top.end(), isLess);
    size_t sure = 0;
    while (sure + 1 < top.size() && !isOpen(top[sure], top[sure + 1]))
        ++sure;
    top.resize(sure);

    std::vector<qint64> wanted; // the entries' numbers
    const QSet<Key> keptKeys(kept.begin(), kept.end());
    for (qint64 place = 0; !keptKeys.isEmpty() && place < m_keys.size(); ++place) {
        if (keptKeys.contains(m_keys.at(place)))
            wanted.push_back(place);
    }
    for (const Key &key : keptKeys) {
        if (m_ties == Ties::Number && key.isInteger())
            wanted.push_back(key.number());
    }
    std::sort(wanted.begin(), wanted.end());
    Entries others;
    for (const Part &part : m_parts) {
        for (const Entries &entries : part.m_entries) {
            for (const Entry &entry : entries) {
                if (wanted.empty() || entry.number < wanted.front() || entry.number > wanted.back()
                    || !std::binary_search(wanted.begin(), wanted.end(), entry.number))
                    continue;
                if (top.empty() || isBefore(top.back(), entry))
                    others.push_back(entry);
            }
        }
    }
    std::sort(others.begin(), others.end(), isLess);
    KeyList keys;
    for (const auto &entries : {top, others}) {
        for (const Entry &entry : entries)
            keys.append(keyOf(entry));
    }
    return keys;
}

// ----------------------------------------------------------------------------------------- sorting

/// Entries whose first @p depth bytes are equal, and whose heads are the eight behind: by these, and
/// those that are equal by the next eight. So each entry's bytes, which lie all over the memory, are
/// looked at once for eight of them and not at each comparison.
void KeySorter::sortEntries(Entry *begin, Entry *end, qsizetype depth, std::vector<Run> &open) const
{
    const auto addOpen = [&](const Entry *first, const Entry *last) {
        if (last - first > 1)
            open.push_back({first - m_entries.get(), last - m_entries.get()});
    };
    const auto byHead = [](const Entry &a, const Entry &b) { return a.head < b.head; };
    while (end - begin > fewEntries) {
        const bool isSame = std::all_of(
            begin, end, [begin](const Entry &entry) { return entry.head == begin->head; });
        if (!isSame) {
            std::sort(begin, end, byHead);
            for (Entry *first = begin; first != end;) {
                Entry *last = first + 1;
                while (last != end && last->head == first->head)
                    ++last;
                if (last - first > 1)
                    sortEntries(first, last, depth, open);
                first = last;
            }
            return;
        }
        depth += headSize;
        if (depth >= bytesOf(*begin).size()) { // equal to the end
            std::sort(begin, end,
                      [this](const Entry &a, const Entry &b) { return isTieBefore(a, b); });
            if (isCut(*begin))
                addOpen(begin, end);
            return;
        }
        for (Entry *entry = begin; entry != end; ++entry)
            entry->head = headOf(entry->bytes, depth);
    }
    std::sort(begin, end, [this](const Entry &a, const Entry &b) { return isBefore(a, b); });
    for (Entry *first = begin; first < end;) {
        Entry *last = first + 1;
        while (last < end && isOpen(*first, *last))
            ++last;
        addOpen(first, last);
        first = last;
    }
}

/// Entries that divide all into @p count buckets of about the same size.
KeySorter::Entries KeySorter::splitters(qint64 count) const
{
    const qint64 wanted = count * samplesOfBucket;
    const qint64 stride = std::max<qint64>(1, size() / wanted);
    Entries samples;
    qint64 at = 0; // the next sample, counted from the block's beginning
    for (const Part &part : m_parts) {
        for (const Entries &entries : part.m_entries) {
            for (; at < static_cast<qint64>(entries.size()); at += stride)
                samples.push_back(entries[static_cast<size_t>(at)]);
            at -= static_cast<qint64>(entries.size());
        }
    }
    std::sort(samples.begin(), samples.end(),
              [this](const Entry &a, const Entry &b) { return isBefore(a, b); });
    Entries chosen;
    for (qint64 bucket = 1; bucket < count; ++bucket)
        chosen.push_back(
            samples[samples.size() * static_cast<size_t>(bucket) / static_cast<size_t>(count)]);
    return chosen;
}

void KeySorter::FreeInSteps::operator()(Entry *entries) const
{
#ifdef __linux__
    constexpr quintptr step = 2 * 1024 * 1024; // bytes; aligned to it, as pages may be as large
    const auto begin = reinterpret_cast<quintptr>(entries);
    const quintptr end = (begin + count * sizeof(Entry)) / step * step;
    for (quintptr at = (begin + step - 1) / step * step; at < end; at += step)
        madvise(reinterpret_cast<char *>(entries) + (at - begin), step, MADV_DONTNEED);
#endif
    delete[] entries;
}

void KeySorter::sort(int threads, const Watch &watch)
{
    std::vector<Entries *> blocks;
    for (Part &part : m_parts) {
        for (Entries &entries : part.m_entries)
            blocks.push_back(&entries);
    }
    const qint64 count = size();
    const qint64 buckets
        = std::clamp<qint64>(count / entriesOfBucket, 1, std::numeric_limits<quint16>::max());
    const Entries ends = splitters(buckets); // where the next bucket begins
    std::vector<quint64> heads;
    for (const Entry &end : ends)
        heads.push_back(end.head);
    const auto bucketOf = [&](const Entry &entry) {
        const auto [first, last] = std::equal_range(heads.begin(), heads.end(), entry.head);
        const auto bucket = std::upper_bound(
            ends.begin() + (first - heads.begin()), ends.begin() + (last - heads.begin()), entry,
            [this](const Entry &a, const Entry &b) { return isBefore(a, b); });
        return static_cast<quint16>(bucket - ends.begin());
    };
    const auto inParallel = [&](size_t tasks, double from, double share, const auto &task) {
        forEachInParallel(
            threads, tasks,
            [&](size_t index) {
                watch.check();
                task(index);
            },
            [&](size_t through) {
                if (watch.progress)
                    watch.progress(from + share * double(through) / double(tasks));
            });
    };
    constexpr double dividing = 0.3; // of the time
    constexpr double moving = 0.2;

    // Which entry belongs to which bucket; so many of each block
    std::vector<std::vector<quint16>> bucketsOf(blocks.size());
    std::vector<std::vector<qint64>> counts(blocks.size());
    inParallel(blocks.size(), 0, dividing, [&](size_t block) {
        counts[block].resize(static_cast<size_t>(buckets));
        bucketsOf[block].reserve(blocks[block]->size());
        for (const Entry &entry : *blocks[block])
            ++counts[block][bucketsOf[block].emplace_back(bucketOf(entry))];
    });
    std::vector<qint64> starts{0}; // of the buckets
    for (size_t bucket = 0; bucket < static_cast<size_t>(buckets); ++bucket) {
        qint64 place = starts.back();
        for (std::vector<qint64> &places : counts) // which from here on say where to go on
            place += std::exchange(places[bucket], place);
        starts.push_back(place);
    }
    m_entries = {new Entry[static_cast<size_t>(count)], FreeInSteps{static_cast<size_t>(count)}};
    inParallel(blocks.size(), dividing, moving, [&](size_t block) {
        const Entries entries = std::exchange(*blocks[block], {});
        for (size_t i = 0; i < entries.size(); ++i) {
            qint64 &place = counts[block][bucketsOf[block][i]];
            m_entries[static_cast<size_t>(place++)] = entries[i];
        }
        bucketsOf[block] = {};
    });
    m_size = count;

    std::vector<std::vector<Run>> open(static_cast<size_t>(buckets));
    inParallel(open.size(), dividing + moving, 1 - dividing - moving, [&](size_t bucket) {
        sortEntries(m_entries.get() + starts[bucket], m_entries.get() + starts[bucket + 1], 0,
                    open[bucket]);
    });
    collectOpenRuns(open, starts);
}

void KeySorter::collectOpenRuns(const std::vector<std::vector<Run>> &ofBuckets,
                                const std::vector<qint64> &starts)
{
    std::vector<Run> runs;
    for (const std::vector<Run> &some : ofBuckets)
        runs.insert(runs.end(), some.begin(), some.end());
    // Ties decide, too, what goes into which bucket: equal prefixes may be in two
    for (const qint64 start : starts) {
        if (start > 0 && start < m_size
            && isOpen(m_entries[static_cast<size_t>(start - 1)],
                      m_entries[static_cast<size_t>(start)]))
            runs.push_back({start - 1, start + 1});
    }
    std::sort(runs.begin(), runs.end(),
              [](const Run &a, const Run &b) { return a.first < b.first; });
    m_openRuns.clear();
    for (const Run &run : runs) {
        if (!m_openRuns.empty() && run.first < m_openRuns.back().last)
            m_openRuns.back().last = std::max(m_openRuns.back().last, run.last);
        else
            m_openRuns.push_back(run);
    }
}

void KeySorter::settle(Run run, const std::vector<QList<StoredValue>> &values)
{
    struct Whole
    {
        QByteArray bytes;
        Entry entry;
    };
    std::vector<Whole> wholes;
    for (qint64 row = run.first; row < run.last; ++row) {
        Whole whole{{}, m_entries[static_cast<size_t>(row)]};
        const auto &rowValues = values[static_cast<size_t>(row - run.first)];
        for (qsizetype i = 0; i < rowValues.size(); ++i) {
            const QByteArray bytes = rowValues.at(i).bytes();
            appendSortKey(whole.bytes, ValueView::of(rowValues.at(i), bytes), m_rules.at(i), 0);
        }
        if (rowValues.isEmpty())
            whole.bytes.append('\xff');
        wholes.push_back(std::move(whole));
    }
    std::sort(wholes.begin(), wholes.end(), [this](const Whole &a, const Whole &b) {
        const int order = QByteArrayView(a.bytes).compare(b.bytes);
        return order != 0 ? order < 0 : isTieBefore(a.entry, b.entry);
    });
    for (size_t i = 0; i < wholes.size(); ++i)
        m_entries[static_cast<size_t>(run.first) + i] = wholes[i].entry;
}

} // namespace orm
