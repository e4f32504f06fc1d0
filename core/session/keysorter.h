// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/session/sortkey.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace orm {

/// Sorts keys by the values of other columns, as SQLite's ORDER BY would, but in memory and
/// without holding the database. Several threads may add, each to a Part of its own, and sort.
class KeySorter
{
public:
    /// Bytes of a text that are kept; what they leave open is read once more. Of a million titles of
    /// some words 24 bytes leave 110 000 open, 32 leave 15 000, 48 leave 80.
    static constexpr qsizetype prefix = 48;

    /// What decides where all values are equal.
    enum class Ties {
        Number, ///< the key's number; each is an integer
        Place, ///< what was added first; by one Part
    };

private:
    struct Entry
    {
        quint64 head; ///< eight bytes of the sort key
        qint64 number; ///< the key, or its place in m_keys
        const char *bytes; ///< of the sort key, behind their number
    };
    using Entries = std::vector<Entry>;
    /// Frees so many entries bit by bit: while the system takes back some hundred megabytes in one go no
    /// other thread gets memory, a window's neither.
    struct FreeInSteps
    {
        size_t count;
        void operator()(Entry *entries) const;
    };

public:
    /// What one thread has added.
    class Part
    {
    public:
        explicit Part(KeySorter &sorter)
            : m_sorter(sorter)
        {}
        void add(const Key &key, const QList<ValueView> &values);

    private:
        friend class KeySorter;

        char *room(qsizetype size);

        KeySorter &m_sorter;
        std::vector<Entries> m_entries; ///< in blocks, which are given back one by one
        std::vector<std::unique_ptr<char[]>> m_blocks; ///< of bytes
        char *m_free = nullptr;
        qsizetype m_freeSize = 0;
        qsizetype m_blockSize = 0;
        QByteArray m_sortKey; ///< its memory is used again
    };

    /// For work of many threads. Both may throw, which ends the work.
    struct Watch
    {
        std::function<void()> check; ///< called now and then, in any of the threads
        std::function<void(double share)> progress; ///< in the thread that waits for the end
    };

    /// @param order of the ties
    KeySorter(QList<SortRule> rules, Ties ties, Qt::SortOrder order);

    /// Another part, which lives as long as this.
    Part &addPart() { return m_parts.emplace_back(*this); }
    /// Adds to the first part.
    void add(const Key &key, const QList<ValueView> &values);
    /// Sorts by what was added, with @p threads threads.
    void sort(int threads, const Watch &watch);

    /// The first @p count rows of the order, before sort(); fewer where prefixes leave it open. Behind
    /// them those of @p kept that are not among them.
    KeyList first(qsizetype count, const QList<Key> &kept) const;

    qint64 size() const;
    Key at(qint64 row) const; ///< after sort()

    /// Rows of equal prefixes that leave the order open.
    struct Run
    {
        qint64 first = 0;
        qint64 last = 0; ///< one behind
    };
    const std::vector<Run> &openRuns() const { return m_openRuns; } ///< after sort()
    /// Puts @p run into the order of its whole @p values, which are those of the keys at run.first
    /// and so on. Rows without values, gone meanwhile, come last in no order.
    void settle(Run run, const std::vector<QList<StoredValue>> &values);

private:
    static quint64 headOf(const char *bytes, qsizetype depth);
    static QByteArrayView bytesOf(const Entry &entry);
    static bool isCut(const Entry &entry);
    static bool isOpen(const Entry &a, const Entry &b);
    Key keyOf(const Entry &entry) const;
    bool isTieBefore(const Entry &a, const Entry &b) const;
    bool isBefore(const Entry &a, const Entry &b) const;
    void sortEntries(Entry *begin, Entry *end, qsizetype depth, std::vector<Run> &open) const;
    Entries splitters(qint64 count) const;
    void collectOpenRuns(const std::vector<std::vector<Run>> &ofBuckets,
                         const std::vector<qint64> &starts);

    const QList<SortRule> m_rules;
    const Ties m_ties;
    const Qt::SortOrder m_order;
    std::deque<Part> m_parts;
    KeyList m_keys; ///< with Ties::Place
    std::unique_ptr<Entry[], FreeInSteps> m_entries; ///< sorted
    qint64 m_size = 0; ///< of m_entries
    std::vector<Run> m_openRuns;
};

} // namespace orm
