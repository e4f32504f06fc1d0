// SPDX-License-Identifier: MIT
#include "core/session/keysorter.h"

#include <QSet>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace orm {

namespace {

// A class's first byte; 0xFF stays free for what is behind all
constexpr char nullTag = 0x01;
constexpr char numberTag = 0x02;
constexpr char textTag = 0x03;
constexpr char blobTag = 0x04;

template<typename T>
void appendBigEndian(QByteArray &out, T value)
{
    char bytes[sizeof(T)];
    qToBigEndian(value, bytes);
    out.append(bytes, sizeof(T));
}

/// Integers and reals in one order, exactly: the nearest double, then what an integer is off it.
void appendNumber(QByteArray &out, double nearest, qint64 rest)
{
    if (nearest == 0)
        nearest = 0; // -0.0 equals 0.0
    quint64 bits = 0;
    std::memcpy(&bits, &nearest, sizeof(bits));
    constexpr quint64 sign = Q_UINT64_C(1) << 63;
    appendBigEndian<quint64>(out, bits & sign ? ~bits : bits | sign);
    appendBigEndian<quint16>(out, static_cast<quint16>(rest + 0x8000));
}

qint64 offFrom(double nearest, qint64 value)
{
    constexpr double limit = 9223372036854775808.0; // 2^63 fits no qint64
    const quint64 whole = nearest >= limit ? Q_UINT64_C(1) << 63
                                           : static_cast<quint64>(static_cast<qint64>(nearest));
    return static_cast<qint64>(static_cast<quint64>(value) - whole);
}

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// @returns false if @p bytes were longer than @p prefix
bool appendBytes(QByteArray &out, QByteArrayView bytes, Collation collation, qsizetype prefix)
{
    const qsizetype length = bytes.size();
    if (collation == Collation::RTrim) {
        while (!bytes.isEmpty() && bytes.back() == ' ')
            bytes.chop(1);
    } else if (collation == Collation::NoCase) {
        const qsizetype nul = bytes.indexOf('\0');
        if (nul >= 0)
            bytes.truncate(nul); // SQLite's NOCASE looks no further, but at the length
    }
    const bool isCut = prefix > 0 && bytes.size() > prefix;
    if (isCut)
        bytes.truncate(prefix);
    const qsizetype begin = out.size();
    if (bytes.contains('\0')) {
        for (const char c : bytes)
            out.append(c == '\0' ? QByteArrayView("\0\xff", 2) : QByteArrayView(&c, 1));
    } else {
        out.append(bytes);
    }
    if (collation == Collation::NoCase)
        std::transform(out.begin() + begin, out.end(), out.begin() + begin, folded);
    // 00 00 ends a text before any that goes on; 00 01 says that this one goes on
    out.append('\0').append(isCut ? '\x01' : '\0');
    if (collation == Collation::NoCase && !isCut)
        appendBigEndian<quint64>(out, static_cast<quint64>(length));
    return !isCut;
}

} // namespace

bool appendSortKey(QByteArray &out, const ValueView &value, SortRule rule, qsizetype prefix)
{
    const qsizetype begin = out.size();
    bool isWhole = true;
    switch (value.storage) {
    case StorageClass::Null:
        out.append(nullTag);
        break;
    case StorageClass::Integer: {
        const auto nearest = static_cast<double>(value.integer);
        out.append(numberTag);
        appendNumber(out, nearest, offFrom(nearest, value.integer));
        break;
    }
    case StorageClass::Real:
        out.append(numberTag);
        appendNumber(out, value.real, 0);
        break;
    case StorageClass::Text:
        out.append(textTag);
        isWhole = appendBytes(out, value.bytes, rule.collation, prefix);
        break;
    case StorageClass::Blob:
        out.append(blobTag);
        isWhole = appendBytes(out, value.bytes, Collation::Binary, prefix);
        break;
    }
    if (rule.order == Qt::DescendingOrder) {
        std::transform(out.begin() + begin, out.end(), out.begin() + begin,
                       [](char c) { return static_cast<char>(~c); });
    }
    return isWhole;
}

KeySorter::KeySorter(QList<SortRule> rules, Qt::SortOrder ties)
    : m_rules(std::move(rules))
    , m_ties(ties)
{}

void KeySorter::add(const Key &key, const QList<ValueView> &values)
{
    const qsizetype begin = m_bytes.size();
    bool isWhole = true;
    // behind a value that was cut the others mean nothing
    for (qsizetype i = 0; i < values.size() && isWhole; ++i)
        isWhole = appendSortKey(m_bytes, values.at(i), m_rules.at(i), prefix);

    char head[sizeof(quint64)] = {};
    std::memcpy(head, m_bytes.constData() + begin,
                static_cast<size_t>(std::min<qsizetype>(sizeof(head), m_bytes.size() - begin)));
    m_entries.push_back({qFromBigEndian<quint64>(head), m_entries.size()});
    m_ends.push_back(static_cast<quint64>(m_bytes.size()));
    m_isCut.push_back(!isWhole);
    m_keys.append(key);
}

QByteArrayView KeySorter::bytesOf(quint64 index) const
{
    const quint64 begin = index == 0 ? 0 : m_ends[index - 1];
    return QByteArrayView(m_bytes).sliced(static_cast<qsizetype>(begin),
                                          static_cast<qsizetype>(m_ends[index] - begin));
}

void KeySorter::sort(const std::function<void()> &check)
{
    constexpr quint64 comparisonsPerCheck = 1 << 16;
    quint64 count = 0;
    std::sort(m_entries.begin(), m_entries.end(), [&](const Entry &a, const Entry &b) {
        if (++count % comparisonsPerCheck == 0)
            check();
        return isBefore(a, b);
    });
}

bool KeySorter::isBefore(const Entry &a, const Entry &b) const
{
    if (a.head != b.head)
        return a.head < b.head;
    const int order = bytesOf(a.index).compare(bytesOf(b.index));
    if (order != 0)
        return order < 0;
    return m_ties == Qt::AscendingOrder ? a.index < b.index : a.index > b.index;
}

KeyList KeySorter::first(qsizetype count, const QList<Key> &kept) const
{
    const auto isLess = [this](const Entry &a, const Entry &b) { return isBefore(a, b); };
    // One more tells whether the last one is sure.
    std::vector<Entry> top(std::min(static_cast<size_t>(count) + 1, m_entries.size()));
    std::partial_sort_copy(m_entries.begin(), m_entries.end(), top.begin(), top.end(), isLess);
    size_t sure = 0;
    while (sure + 1 < top.size() && !isOpen(top[sure], top[sure + 1]))
        ++sure;
    top.resize(sure);

    std::vector<Entry> others;
    const QSet<Key> wanted(kept.begin(), kept.end());
    for (size_t i = 0; !wanted.isEmpty() && i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        const bool isOnTop = !top.empty() && !isBefore(top.back(), entry);
        if (!isOnTop && wanted.contains(m_keys.at(static_cast<qint64>(entry.index))))
            others.push_back(entry);
    }
    std::sort(others.begin(), others.end(), isLess);
    KeyList keys;
    for (const auto &entries : {top, others}) {
        for (const Entry &entry : entries)
            keys.append(m_keys.at(static_cast<qint64>(entry.index)));
    }
    return keys;
}

Key KeySorter::at(qint64 row) const
{
    return m_keys.at(static_cast<qint64>(m_entries[static_cast<size_t>(row)].index));
}

bool KeySorter::isOpen(const Entry &a, const Entry &b) const
{
    return m_isCut[a.index] && m_isCut[b.index] && a.head == b.head
        && bytesOf(a.index) == bytesOf(b.index);
}

KeySorter::Run KeySorter::nextOpenRun(qint64 row) const
{
    const qint64 end = size();
    const auto entry
        = [this](qint64 at) -> const Entry & { return m_entries[static_cast<size_t>(at)]; };
    for (; row + 1 < end; ++row) {
        if (!isOpen(entry(row), entry(row + 1)))
            continue;
        qint64 last = row + 2;
        while (last < end && isOpen(entry(row), entry(last)))
            ++last;
        return {row, last};
    }
    return {end, end};
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
        if (order != 0)
            return order < 0;
        return m_ties == Qt::AscendingOrder ? a.entry.index < b.entry.index
                                            : a.entry.index > b.entry.index;
    });
    for (size_t i = 0; i < wholes.size(); ++i)
        m_entries[static_cast<size_t>(run.first) + i] = wholes[i].entry;
}

} // namespace orm
