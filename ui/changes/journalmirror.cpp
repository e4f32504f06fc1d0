// SPDX-License-Identifier: MIT
#include "ui/changes/journalmirror.h"

#include "ui/changes/journalcodec.h"

#include <algorithm>

namespace ui {

namespace {

QByteArray fieldsBetween(const PendingRow &anchor, const PendingRow &row)
{
    ByteWriter out;
    putFields(out, anchor, row);
    return out.take();
}

QByteArray ifSmall(const QByteArray &entry)
{
    return entry.size() <= JournalMirror::largeEntry ? entry : QByteArray();
}

} // namespace

QByteArrayList JournalMirror::entries(const orm::Key &key, const std::optional<PendingRow> &row)
{
    const auto found = m_rows.find(key);
    if (!row) {
        if (found == m_rows.end())
            return {};
        m_rows.erase(found);
        ByteWriter out;
        out.key(key);
        out.number(++m_lastVersion);
        return {journalEntry(JournalEntry::Gone, out.take())};
    }
    if (found == m_rows.end() || found->anchorVersion == 0
        || !differsInFieldsOnly(found->anchor, *row)) {
        if (found != m_rows.end() && differsInFieldsOnly(found->last, *row)
            && fieldsBetween(found->last, *row).isEmpty())
            return {};
        Row &known = found == m_rows.end() ? m_rows[key] : *found;
        known.last = *row;
        return {rowEntry(key, known)};
    }

    Row &known = *found;
    if (fieldsBetween(known.last, *row).isEmpty())
        return {};
    QByteArrayList entries;
    QByteArray fields = fieldsBetween(known.anchor, *row);
    if (fields.size() > longChange && known.lastVersion != known.anchorVersion) {
        QByteArray shorter = fieldsBetween(known.last, *row);
        if (shorter.size() < fields.size() / 2) {
            known.anchor = known.last;
            known.anchorVersion = known.lastVersion;
            known.anchorEntry = known.lastEntry;
            fields = std::move(shorter);
        }
    }
    if (const QByteArray again = std::exchange(known.anchorEntry, {}); !again.isEmpty())
        entries.append(again);
    known.last = *row;
    known.lastVersion = ++m_lastVersion;
    const QByteArray entry = fieldsEntry(key, known, fields);
    known.lastEntry = ifSmall(entry);
    entries.append(entry);
    return entries;
}

QByteArray JournalMirror::rowEntry(const orm::Key &key, Row &row)
{
    row.anchor = row.last;
    row.anchorVersion = row.lastVersion = ++m_lastVersion;
    ByteWriter out;
    out.key(key);
    out.number(row.anchorVersion);
    putPendingRow(out, row.anchor);
    QByteArray entry = journalEntry(JournalEntry::Row, out.take());
    row.anchorEntry = row.lastEntry = ifSmall(entry);
    return entry;
}

QByteArray JournalMirror::fieldsEntry(const orm::Key &key, const Row &row, const QByteArray &fields)
{
    ByteWriter out;
    out.key(key);
    out.number(row.lastVersion);
    out.number(row.anchorVersion);
    out.bytes(fields);
    return journalEntry(JournalEntry::Fields, out.take());
}

QByteArrayList JournalMirror::allEntries()
{
    QList<std::pair<quint64, orm::Key>> order;
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        order.append({row->last.order, row.key()});
    std::sort(order.begin(), order.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    QByteArrayList entries;
    for (const auto &place : std::as_const(order))
        entries.append(rowEntry(place.second, m_rows[place.second]));
    return entries;
}

void JournalMirror::set(const JournalContents &contents)
{
    m_rows.clear();
    m_lastVersion = contents.lastVersion;
    for (const auto &[key, row] : contents.rows) {
        Row known;
        known.last = row;
        m_rows.insert(key, known);
    }
}

void JournalMirror::forget(const QList<orm::Key> &keys)
{
    for (const orm::Key &key : keys)
        m_rows.remove(key);
}

} // namespace ui
