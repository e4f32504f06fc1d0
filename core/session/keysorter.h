// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/valueview.h"

#include <QByteArray>

#include <functional>

namespace orm {

/// How texts compare. @see https://www.sqlite.org/datatype3.html#collation
enum class Collation { Binary, NoCase, RTrim };

/// How a KeySorter compares one column.
struct SortRule
{
    Collation collation = Collation::Binary;
    Qt::SortOrder order = Qt::AscendingOrder;
};

/// Appends bytes to @p out that compare, by memcmp, as SQLite compares the values: NULL, numbers,
/// text, blobs. Of text and blobs the first @p prefix bytes are taken; 0 is all.
/// @returns false if the value was longer: equal bytes then say nothing about equal values
bool appendSortKey(QByteArray &out, const ValueView &value, SortRule rule, qsizetype prefix);

/// Sorts keys by the values of other columns, as SQLite's ORDER BY would, but in memory and
/// without holding the database. Keys are added in ascending key order.
class KeySorter
{
public:
    /// Bytes of a text that are kept; what they leave open is read once more. Of a million titles of
    /// some words 24 bytes leave 110 000 open, 32 leave 15 000, 48 leave 80.
    static constexpr qsizetype prefix = 48;

    /// @param ties order of the keys of equal values
    KeySorter(QList<SortRule> rules, Qt::SortOrder ties);

    void add(const Key &key, const QList<ValueView> &values);
    /// Sorts by what was added. @p check is called now and then and may throw.
    void sort(const std::function<void()> &check);

    /// The first @p count rows of the order, before sort(); fewer where prefixes leave it open. Behind
    /// them those of @p kept that are not among them.
    KeyList first(qsizetype count, const QList<Key> &kept) const;

    qint64 size() const { return static_cast<qint64>(m_entries.size()); }
    Key at(qint64 row) const; ///< after sort()

    /// Rows of a run of equal prefixes that leave the order open, from @p row on; first = last: none.
    struct Run
    {
        qint64 first = 0;
        qint64 last = 0; ///< one behind
    };
    Run nextOpenRun(qint64 row) const;
    /// Puts @p run into the order of its whole @p values, which are those of the keys at run.first
    /// and so on. Rows without values, gone meanwhile, come last in no order.
    void settle(Run run, const std::vector<QList<StoredValue>> &values);

private:
    struct Entry
    {
        quint64 head = 0; ///< first eight bytes of the sort key
        quint64 index = 0; ///< in the order of add()
    };

    QByteArrayView bytesOf(quint64 index) const;
    bool isBefore(const Entry &a, const Entry &b) const;
    bool isOpen(const Entry &a, const Entry &b) const;

    const QList<SortRule> m_rules;
    const Qt::SortOrder m_ties;
    KeyList m_keys;
    std::vector<Entry> m_entries;
    std::vector<quint64> m_ends; ///< of each key's bytes in m_bytes
    std::vector<bool> m_isCut;
    QByteArray m_bytes;
};

} // namespace orm
