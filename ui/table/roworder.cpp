// SPDX-License-Identifier: MIT
#include "ui/table/roworder.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr qsizetype maxFound = 1024;

} // namespace

// --------------------------------------------------------------------------------- which is where

orm::Key RowOrder::at(qint64 row) const
{
    if (row < 0 || row >= size())
        return {};
    return row < m_top.size() ? m_top.at(row) : m_rows.at(row - m_top.size());
}

qint64 RowOrder::placeInTop(qint64 number) const
{
    const auto place
        = std::partition_point(m_top.cbegin(), m_top.cend(),
                               [number](const orm::Key &key) { return key.number() > number; });
    return place - m_top.cbegin();
}

qint64 RowOrder::topRowOf(const orm::Key &key) const
{
    const qint64 place = placeInTop(key.number());
    return place < m_top.size() && m_top.at(place) == key ? place : -1;
}

/// Row in m_rows or -1.
qint64 RowOrder::databaseRowOf(const orm::Key &key) const
{
    if (isByKey()) {
        if (!key.isInteger())
            return -1;
        const qint64 row = m_rows.lowerBound(key.number());
        return row < m_rows.size() && m_rows.at(row) == key ? row : -1;
    }
    if (isFound(key))
        return m_found.value(key);
    const qint64 row = m_rows.indexOf(key);
    if (row >= 0)
        remember(key, row);
    return row;
}

/// Whether it is known where @p key is, and it is still there.
bool RowOrder::isFound(const orm::Key &key) const
{
    const auto found = m_found.constFind(key);
    return found != m_found.cend() && *found < m_rows.size() && m_rows.at(*found) == key;
}

void RowOrder::remember(const orm::Key &key, qint64 row) const
{
    if (m_found.size() >= maxFound)
        m_found.clear();
    m_found.insert(key, row);
}

qint64 RowOrder::rowOf(const orm::Key &key) const
{
    if (key.isNull())
        return -1;
    if (key.isTemporary())
        return topRowOf(key);
    const qint64 row = databaseRowOf(key);
    return row < 0 ? -1 : m_top.size() + row;
}

QHash<orm::Key, qint64> RowOrder::rowsOf(const QSet<orm::Key> &keys) const
{
    QHash<orm::Key, qint64> rows;
    QSet<orm::Key> others;
    for (const orm::Key &key : keys) {
        if (isByKey() || key.isNull() || key.isTemporary() || isFound(key)) {
            if (const qint64 row = rowOf(key); row >= 0)
                rows.insert(key, row);
        } else {
            others.insert(key);
        }
    }
    // One walk for all of them
    const QHash<orm::Key, qint64> found = m_rows.indexesOf(others);
    for (auto row = found.cbegin(); row != found.cend(); ++row) {
        remember(row.key(), row.value());
        rows.insert(row.key(), row.value() + m_top.size());
    }
    return rows;
}

/// Where in m_rows a row belongs that is not there.
qint64 RowOrder::placeOf(const orm::Key &key) const
{
    return isByKey() && key.isInteger() ? m_rows.lowerBound(key.number()) : 0;
}

// ----------------------------------------------------------------------------------- single steps

/// m_rows has changed other than by the reading itself, which has to compare again.
void RowOrder::rowsChanged()
{
    if (m_isReading && !m_isSettled)
        m_diff.emplace(m_order);
}

void RowOrder::insertRow(const orm::Key &key)
{
    const qint64 place = placeOf(key);
    m_host.beginInsert(m_top.size() + place, m_top.size() + place);
    m_rows.insert(place, key);
    m_host.endInsert();
    rowsChanged();
}

/// Takes view rows out of m_top or m_rows.
void RowOrder::drop(qint64 first, qint64 count)
{
    for (qint64 row = first; !m_outside.isEmpty() && row < first + count; ++row)
        m_outside.remove(at(row));
    for (qint64 row = first; !m_ahead.isEmpty() && row < first + count; ++row)
        m_ahead.remove(at(row));
    const qint64 ofTop = std::clamp<qint64>(m_top.size() - first, 0, count);
    if (ofTop < count)
        m_rows.remove(std::max<qint64>(first, m_top.size()) - m_top.size(), count - ofTop);
    if (ofTop > 0)
        m_top.remove(first, ofTop);
}

void RowOrder::removeRows(QList<qint64> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QList<std::pair<qint64, qint64>> ranges; // first, count
    for (const qint64 row : std::as_const(rows)) {
        if (!ranges.isEmpty() && ranges.last().first + ranges.last().second == row)
            ++ranges.last().second;
        else
            ranges.append({row, 1});
    }
    if (ranges.isEmpty())
        return;
    const bool isRelayout = ranges.size() > maxSteps;
    if (isRelayout)
        m_host.beginRelayout();
    for (auto range = ranges.crbegin(); range != ranges.crend(); ++range) {
        if (!isRelayout)
            m_host.beginRemove(range->first, range->first + range->second - 1);
        drop(range->first, range->second);
        if (!isRelayout)
            m_host.endRemove();
    }
    rowsChanged();
    if (isRelayout)
        m_host.endRelayout();
}

// ------------------------------------------------------------------------------------------ edits

void RowOrder::insertNew(const QList<orm::Key> &keys)
{
    QList<orm::Key> added;
    for (const orm::Key &key : keys) {
        if (key.isTemporary()) {
            if (topRowOf(key) < 0)
                added.append(key);
            continue;
        }
        // While keys still come, the open end of those that are here is no place: the end of
        // reading finds that the row is missing.
        const qint64 open = m_edge == Edge::End ? 0 : m_rows.size();
        const bool isLater = m_isReading && placeOf(key) == open;
        if (!isLater && databaseRowOf(key) < 0) {
            m_outside.insert(key);
            insertRow(key);
        }
    }
    std::sort(added.begin(), added.end(),
              [](const orm::Key &a, const orm::Key &b) { return a.number() > b.number(); });
    for (qsizetype first = 0; first < added.size();) {
        const qint64 place = placeInTop(added.at(first).number());
        qsizetype end = first + 1;
        while (end < added.size() && placeInTop(added.at(end).number()) == place)
            ++end;
        m_host.beginInsert(place, place + (end - first) - 1);
        if (place == 0) {
            for (qsizetype i = end; i > first; --i)
                m_top.prepend(added.at(i - 1)); // with room before the first
        } else {
            m_top = m_top.first(place) + added.mid(first, end - first) + m_top.sliced(place);
        }
        m_host.endInsert();
        first = end;
    }
}

void RowOrder::removeNew(const QList<orm::Key> &keys)
{
    QList<qint64> rows;
    QSet<orm::Key> outside;
    for (const orm::Key &key : keys) {
        if (!key.isTemporary())
            outside.insert(key);
        else if (const qint64 row = topRowOf(key); row >= 0)
            rows.append(row);
    }
    rows.append(rowsOf(outside).values());
    removeRows(std::move(rows));
}

void RowOrder::removeGone(const QList<orm::Key> &keys)
{
    QSet<orm::Key> gone;
    for (const orm::Key &key : keys) {
        if (!m_host.isPending(key))
            gone.insert(key);
        else if (databaseRowOf(key) >= 0)
            m_outside.insert(key);
    }
    removeRows(rowsOf(gone).values());
}

void RowOrder::update(const QList<orm::Key> &keys)
{
    if (m_isReading && m_outside.isEmpty())
        return; // a row that isn't here may still come
    // Rows of a page that was just read are mostly neither: to look for them would be a walk through
    // all keys where these are in no order.
    QSet<orm::Key> asked;
    for (const orm::Key &key : keys) {
        if (!key.isTemporary() && (m_outside.contains(key) || m_host.isPending(key)))
            asked.insert(key);
    }
    if (asked.isEmpty())
        return;
    const QHash<orm::Key, qint64> rows = rowsOf(asked);
    QList<qint64> removed;
    QList<orm::Key> added;
    for (const orm::Key &key : std::as_const(asked)) {
        const auto row = rows.constFind(key);
        const bool isPending = m_host.isPending(key);
        if (row == rows.cend() && isPending && !m_isReading)
            added.append(key);
        else if (row != rows.cend() && !isPending && m_outside.contains(key))
            removed.append(*row);
    }
    removeRows(std::move(removed));
    for (const orm::Key &key : std::as_const(added)) {
        m_outside.insert(key);
        insertRow(key);
    }
}

// ----------------------------------------------------------------------------------------- saving

/// What isn't shown stays true to our own saves; what others wrote is read when it is shown again.
void RowOrder::updateHidden(Whole &hidden, const orm::CommitResult &result)
{
    KeySequence &rows = hidden.rows;
    const auto placeOf = [&](const orm::Key &key) {
        const bool isByKey = hidden.order == OrderDiff::Order::ByKey && key.isInteger();
        return isByKey ? rows.lowerBound(key.number()) : rows.indexOf(key);
    };
    const auto isAt = [&rows](qint64 place, const orm::Key &key) {
        return place >= 0 && place < rows.size() && rows.at(place) == key;
    };
    for (const orm::CommittedRow &row : result.rows) {
        hidden.outside.remove(row.requested);
        if (row.kind != orm::RowChange::Kind::Delete)
            continue;
        if (const qint64 place = placeOf(row.key); isAt(place, row.key))
            rows.remove(place, 1);
    }
    rename(result.renamedKeys(), rows, hidden.outside);
    for (const orm::CommittedRow &row : result.rows) {
        if (row.kind != orm::RowChange::Kind::Insert)
            continue;
        hidden.outside.remove(row.key);
        if (const qint64 place = placeOf(row.key); !isAt(place, row.key))
            rows.insert(std::max<qint64>(place, 0), row.key);
    }
}

/// Stored keys became others, which may have gone round; each row stays where it is.
void RowOrder::rename(const QHash<orm::Key, orm::Key> &keys, KeySequence &rows,
                      QSet<orm::Key> &outside)
{
    if (keys.isEmpty())
        return;
    const QSet<orm::Key> old(keys.keyBegin(), keys.keyEnd());
    const QHash<orm::Key, qint64> found = rows.indexesOf(old);
    for (auto row = found.cbegin(); row != found.cend(); ++row)
        rows.replace(row.value(), keys.value(row.key()));
    const QSet<orm::Key> outsideBefore = outside;
    outside.subtract(old);
    for (const orm::Key &key : old) {
        if (outsideBefore.contains(key))
            outside.insert(keys.value(key));
    }
}

void RowOrder::commit(const orm::CommitResult &result)
{
    if (m_aside)
        updateHidden(*m_aside, result);
    if (m_before)
        updateHidden(*m_before, result);
    QList<orm::CommittedRow> inserted;
    QSet<orm::Key> gone;
    QSet<orm::Key> twice; // read by the stream after the save, and still on top
    for (const orm::CommittedRow &row : result.rows) {
        switch (row.kind) {
        case orm::RowChange::Kind::Insert:
            inserted.append(row);
            if (row.requested.isTemporary() && topRowOf(row.requested) >= 0)
                twice.insert(row.key);
            break;
        case orm::RowChange::Kind::Update:
            if (!m_outside.isEmpty() && m_outside.contains(row.requested)
                && !m_host.isPending(row.key))
                gone.insert(row.requested);
            break;
        case orm::RowChange::Kind::Delete:
            gone.insert(row.key);
            break;
        }
    }
    const QHash<orm::Key, orm::Key> renamed = result.renamedKeys();
    const QSet<orm::Key> taken(renamed.cbegin(), renamed.cend());
    QList<qint64> removed;
    const QHash<orm::Key, qint64> rows = rowsOf(gone);
    for (auto row = rows.cbegin(); row != rows.cend(); ++row) {
        const bool isAnothers = twice.contains(row.key()) || taken.contains(row.key());
        if (m_host.isPending(row.key()) && !isAnothers)
            m_outside.insert(row.key()); // brought back while the save ran
        else
            removed.append(row.value());
    }
    twice.subtract(gone);
    // A key that a row of the same save gave up: what has it here is that row
    twice.subtract(QSet<orm::Key>(renamed.keyBegin(), renamed.keyEnd()));
    removed.append(rowsOf(twice).values());
    removeRows(std::move(removed));
    if (!renamed.isEmpty()) {
        rename(renamed, m_rows, m_outside);
        m_found.clear();
        rowsChanged();
    }
    commitNew(inserted);
}

void RowOrder::commitNew(const QList<orm::CommittedRow> &rows)
{
    QList<orm::Key> stored; // in the order of the view, from the bottom of m_top up
    QHash<orm::Key, orm::Key> keys;
    for (const orm::CommittedRow &row : rows) {
        if (row.requested.isTemporary() && topRowOf(row.requested) >= 0) {
            keys.insert(row.requested, row.key);
        } else if (databaseRowOf(row.key) >= 0) {
            m_outside.remove(row.key); // brought back, and stored again
        } else {
            insertRow(row.key); // taken away while the save ran: to be deleted again
        }
    }
    if (keys.isEmpty())
        return;

    // Mostly all new rows are saved and are the newest: then each row stays where it is.
    bool stays = true;
    orm::Key below = m_rows.isEmpty() ? orm::Key() : m_rows.at(0);
    for (qint64 row = m_top.size() - 1; row >= m_top.size() - keys.size(); --row) {
        const auto key = keys.constFind(m_top.at(row));
        if (key == keys.cend()
            || (isByKey() && !below.isNull() && key->number() <= below.number())) {
            stays = false;
            break;
        }
        below = *key;
    }
    if (!stays)
        m_host.beginRelayout();
    for (qint64 row = m_top.size() - 1; row >= 0; --row) {
        const auto key = keys.constFind(m_top.at(row));
        if (key != keys.cend())
            stored.append(*key);
    }
    if (stays)
        m_top.resize(m_top.size() - keys.size());
    else
        m_top.removeIf([&keys](const orm::Key &key) { return keys.contains(key); });
    for (const orm::Key &key : std::as_const(stored)) {
        m_rows.insert(stays ? 0 : placeOf(key), key);
        if (m_edge == Edge::End)
            m_ahead.insert(key);
    }
    rowsChanged();
    if (!stays)
        m_host.endRelayout();
}

} // namespace ui
