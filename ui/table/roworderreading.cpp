// SPDX-License-Identifier: MIT
//
// How what is read becomes the order that is shown.
#include "ui/table/roworder.h"

#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

namespace ui {

namespace {

constexpr qint64 largeSequence = 500'000; ///< rows

/// Giving back a hundred megabytes takes longer than painting: not in this thread.
void dispose(KeySequence rows)
{
    if (rows.size() > largeSequence)
        QThreadPool::globalInstance()->start(
            [rows = std::make_shared<KeySequence>(std::move(rows))] {});
}

} // namespace

void RowOrder::reset(OrderDiff::Order order, const QList<orm::Key> &newKeys)
{
    m_order = order;
    m_nextOrder = order;
    m_top.clear();
    for (const orm::Key &key : newKeys) {
        if (key.isTemporary())
            m_top.append(key);
    }
    m_rows.clear();
    m_outside.clear();
    m_found.clear();
    m_isCounted = false;
    m_edge = Edge::Top;
    m_ahead.clear();
    m_before.reset();
    m_aside.reset();
    stopReading();
}

void RowOrder::beginReadingAnew(OrderDiff::Order order, const std::optional<Name> &keepAs)
{
    // What is shown is still what was when the reading before began, unless that has settled.
    const bool isStillShown = m_isReading && m_reading == Reading::Anew && !m_isSettled;
    beginReading();
    m_edge = Edge::Top;
    m_ahead.clear();
    m_reading = Reading::Anew;
    m_nextOrder = order;
    if (!isStillShown)
        m_keepAs = keepAs;
}

bool RowOrder::showAside(const Name &name, const std::optional<Name> &keepAs)
{
    if (!m_aside || m_aside->name != name)
        return false;
    stopReading();
    m_host.beginRelayout();
    Whole shown = *std::exchange(m_aside, {});
    std::swap(m_rows, shown.rows);
    std::swap(m_order, shown.order);
    std::swap(m_outside, shown.outside);
    m_found.clear();
    m_isCounted = true;
    m_host.endRelayout();
    m_keepAs = keepAs;
    putAside(std::move(shown.rows), shown.order, shown.outside);
    return true;
}

/// An order that isn't shown any more; it is kept if it has a name.
void RowOrder::putAside(KeySequence rows, OrderDiff::Order order, const QSet<orm::Key> &outside)
{
    if (const auto name = std::exchange(m_keepAs, {})) {
        for (const orm::Key &key : outside) { // it is here only while it has edits
            if (const qint64 row = rows.indexOf(key); row >= 0)
                rows.remove(row, 1);
        }
        m_aside = Whole{std::move(rows), order, {}, *name};
        return;
    }
    dispose(std::move(rows));
}

/// The first rows of the order that is being read.
void RowOrder::showPreview(const orm::KeyList &keys)
{
    if (m_reading != Reading::Anew || m_isSettled)
        return;
    m_host.beginRelayout();
    if (!m_before) { // else the preview of yet another order goes
        m_before = Whole{std::exchange(m_rows, {}), m_order, std::exchange(m_outside, {}), {}};
        m_wasCounted = std::exchange(m_isCounted, false);
    }
    m_rows.clear();
    m_rows.append(keys);
    m_order = OrderDiff::Order::Any;
    m_found.clear();
    m_host.endRelayout();
}

void RowOrder::beginReading()
{
    m_reading = Reading::Again;
    m_nextOrder = m_order;
    m_isReading = true;
    m_isSettled = false;
    m_incoming.clear();
    m_diff.emplace(m_order);
    const QList<orm::Key> pending = m_host.pendingKeys();
    m_watched = QSet<orm::Key>(pending.cbegin(), pending.cend());
    m_seen.clear();
}

void RowOrder::stopReading()
{
    if (m_before) { // a preview alone is no order
        m_host.beginRelayout();
        m_rows = std::move(m_before->rows);
        m_order = m_before->order;
        m_outside = m_before->outside;
        m_before.reset();
        m_found.clear();
        m_isCounted = m_wasCounted;
        m_host.endRelayout();
    }
    m_keepAs.reset();
    m_isReading = false;
    m_isSettled = true;
    m_incoming.clear();
    m_diff.reset();
    m_watched.clear();
    m_seen.clear();
}

void RowOrder::showFirst(const orm::KeyList &keys, qint64 limit)
{
    if (!m_isReading || !m_rows.isEmpty() || !m_incoming.isEmpty() || m_isSettled)
        return;
    if (!keys.isEmpty()) {
        m_host.beginInsert(size(), size() + keys.size() - 1);
        m_rows.append(keys);
        m_host.endInsert();
        rowsChanged();
    }
    m_isCounted = keys.size() < limit;
}

void RowOrder::addBatch(const orm::KeyBatch &batch)
{
    if (!m_isReading)
        return;
    if (batch.restarts) {
        if (m_reading == Reading::Anew)
            beginReadingAnew(m_nextOrder, m_keepAs);
        else
            beginReading();
    }
    if (batch.isPreview)
        return showPreview(batch.keys);
    for (qint64 i = 0; !m_watched.isEmpty() && i < batch.keys.size(); ++i) {
        if (const orm::Key key = batch.keys.at(i); m_watched.contains(key))
            m_seen.insert(key);
    }
    if (m_edge == Edge::End && m_reading == Reading::Again) {
        addFromEnd(batch.keys, batch.isLast);
    } else if (!m_isSettled) {
        m_incoming.append(batch.keys);
        if (m_reading == Reading::Again)
            m_diff->advance(m_rows, m_incoming, OrderDiff::More::Comes);
        // A few rows more than there were may be a few new ones before the rest of the old.
        if (batch.isLast)
            settle(OrderDiff::More::No);
        else if (m_reading == Reading::Again && m_incoming.size() >= 2 * m_rows.size())
            settle(OrderDiff::More::Comes);
    } else if (!batch.keys.isEmpty()) {
        appendRead(batch.keys);
    }
    if (!batch.isLast)
        return;
    const QSet<orm::Key> missing = missingKeys();
    stopReading();
    m_isCounted = true;
    m_edge = Edge::Top;
    m_ahead.clear();
    insertMissing(missing);
}

/// Rows behind those that are shown. Pending ones that stand at the end, or stood in for themselves,
/// make room.
void RowOrder::appendRead(const orm::KeyList &keys)
{
    QList<orm::Key> moving;
    QSet<orm::Key> known = m_outside;
    for (qint64 i = 0; !known.isEmpty() && i < keys.size(); ++i) {
        if (const orm::Key key = keys.at(i); known.remove(key))
            moving.append(key);
    }
    m_outside.subtract(QSet<orm::Key>(moving.cbegin(), moving.cend()));
    qint64 end = m_rows.size();
    while (end > 0 && m_outside.contains(m_rows.at(end - 1)))
        --end;
    if (moving.isEmpty() && (end == m_rows.size() || !isByKey())) {
        m_host.beginInsert(size(), size() + keys.size() - 1);
        m_rows.append(keys);
        m_host.endInsert();
        return;
    }
    m_host.beginRelayout();
    QList<orm::Key> later;
    for (qint64 row = end; isByKey() && row < m_rows.size(); ++row)
        later.append(m_rows.at(row));
    if (!later.isEmpty())
        m_rows.remove(end, later.size());
    for (const orm::Key &key : std::as_const(moving)) {
        if (const qint64 row = m_rows.indexOf(key); row >= 0)
            m_rows.remove(row, 1);
    }
    m_rows.append(keys);
    for (const orm::Key &key : std::as_const(later)) {
        if (m_outside.contains(key))
            m_rows.insert(placeOf(key), key);
    }
    m_found.clear();
    m_host.endRelayout();
}

void RowOrder::beginReadingAt(Edge edge, const orm::KeyList &keys)
{
    stopReading();
    m_host.beginRelayout();
    m_edge = edge;
    m_ahead.clear();
    m_isCounted = false;
    m_rows.clear();
    m_rows.append(keys);
    m_outside.clear();
    m_found.clear();
    for (const orm::Key &key : m_host.pendingKeys()) {
        if (databaseRowOf(key) >= 0)
            continue;
        m_rows.insert(placeOf(key), key);
        m_outside.insert(key);
    }
    m_host.endRelayout();
    beginReading();
}

/// Keys come from the last row up: they are gathered until they reach as far as what is shown.
void RowOrder::addFromEnd(const orm::KeyList &keys, bool isLast)
{
    orm::KeyList inOrder;
    inOrder.reserve(keys.size());
    for (qint64 i = keys.size() - 1; i >= 0; --i)
        inOrder.append(keys.at(i));
    KeySequence read;
    read.append(inOrder);
    if (m_isSettled)
        return prependRead(read);
    m_incoming.insert(0, read, 0, read.size());
    const qint64 shown = databaseCount() - m_ahead.size();
    if (m_incoming.size() < shown && !isLast)
        return;
    m_isSettled = true;
    const qint64 more = m_incoming.size() - shown;
    bool isSame = more >= 0 && m_outside.isEmpty() && m_ahead.isEmpty();
    for (qint64 row = 0; isSame && row < shown; ++row)
        isSame = m_rows.at(row) == m_incoming.at(more + row);
    if (isSame) {
        KeySequence above;
        above.insert(0, m_incoming, 0, more);
        prependRead(above);
        return;
    }
    QSet<orm::Key> staying = m_outside + m_ahead;
    for (const orm::Key &key : m_host.pendingKeys()) {
        if (databaseRowOf(key) >= 0)
            staying.insert(key);
    }
    const auto found = m_incoming.indexesOf(staying);
    for (auto row = found.cbegin(); row != found.cend(); ++row)
        staying.remove(row.key());
    replaceAll(staying);
    m_outside.subtract(m_ahead);
    m_ahead.intersect(staying);
}

/// Rows above those that are shown, and below the few that stand there out of turn.
void RowOrder::prependRead(const KeySequence &keys)
{
    if (keys.isEmpty())
        return;
    const QSet<orm::Key> outOfTurn = m_outside + m_ahead;
    if (outOfTurn.isEmpty()) {
        m_host.beginInsert(m_top.size(), m_top.size() + keys.size() - 1);
        m_rows.insert(0, keys, 0, keys.size());
        m_host.endInsert();
        m_found.clear();
        return;
    }
    m_host.beginRelayout();
    for (const orm::Key &key : outOfTurn)
        m_rows.remove(databaseRowOf(key), 1);
    m_rows.insert(0, keys, 0, keys.size());
    m_found.clear();
    const auto found = keys.indexesOf(outOfTurn);
    for (const orm::Key &key : outOfTurn) {
        if (!found.contains(key)) {
            m_rows.insert(placeOf(key), key);
            continue;
        }
        m_outside.remove(key);
        m_ahead.remove(key);
    }
    m_found.clear();
    m_host.endRelayout();
}

/// Pending rows that this reading, which is complete, has not found.
QSet<orm::Key> RowOrder::missingKeys() const
{
    QSet<orm::Key> missing;
    QSet<orm::Key> unsure; // pending only since the reading began
    for (const orm::Key &key : m_host.pendingKeys()) {
        if (m_seen.contains(key))
            continue;
        missing.insert(key);
        if (!m_watched.contains(key))
            unsure.insert(key);
    }
    const KeySequence &read = m_isSettled ? m_rows : m_incoming;
    const auto found = read.indexesOf(unsure);
    for (auto row = found.cbegin(); row != found.cend(); ++row) {
        if (!m_outside.contains(row.key()))
            missing.remove(row.key());
    }
    return missing;
}

void RowOrder::insertMissing(const QSet<orm::Key> &missing)
{
    m_outside.intersect(missing);
    for (const orm::Key &key : missing) {
        if (databaseRowOf(key) < 0)
            insertRow(key);
        m_outside.insert(key);
    }
}

void RowOrder::settleNow()
{
    if (m_isReading && !m_isSettled && !m_before)
        settle(OrderDiff::More::Comes);
}

/// Makes what was read so far the order shown.
void RowOrder::settle(OrderDiff::More more)
{
    const bool isAnew = m_reading == Reading::Anew;
    const OrderDiff::Order orderBefore = m_before ? m_before->order : m_order;
    const QSet<orm::Key> outsideBefore = m_before ? m_before->outside : m_outside;
    if (!isAnew)
        m_diff->advance(m_rows, m_incoming, OrderDiff::More::No);
    // Of other rows, or another order, pending ones that were not read yet stay in sight until they are.
    const QSet<orm::Key> missing
        = isAnew || more == OrderDiff::More::No ? missingKeys() : QSet<orm::Key>();
    const QHash<orm::Key, qint64> staying = rowsOf(missing);
    for (auto row = staying.cbegin(); row != staying.cend(); ++row)
        m_outside.insert(row.key());
    if (isAnew || m_diff->isTooDifferent())
        replaceAll(missing);
    else
        applySteps(missing);
    if (isAnew) {
        KeySequence &old = m_before ? m_before->rows : m_incoming;
        putAside(std::move(old), orderBefore, outsideBefore);
        m_before.reset();
    }
    m_isSettled = true;
    m_isCounted = more == OrderDiff::More::No;
    dispose(std::exchange(m_incoming, {}));
    m_diff.reset();
}

void RowOrder::applySteps(const QSet<orm::Key> &missing)
{
    QSet<orm::Key> removed;
    qint64 inserted = 0;
    for (const OrderDiff::Step &step : m_diff->steps()) {
        if (step.kind == OrderDiff::Step::Kind::Insert) {
            inserted += step.count;
            continue;
        }
        for (qint64 row = step.before; row < step.before + step.count; ++row)
            removed.insert(m_rows.at(row));
    }
    if (!removed.isEmpty() && inserted > 0) {
        for (const OrderDiff::Step &step : m_diff->steps()) {
            for (qint64 i = 0; step.kind == OrderDiff::Step::Kind::Insert && i < step.count; ++i) {
                if (removed.contains(m_incoming.at(step.after + i))) {
                    replaceAll(missing); // a row moved: who has selected it must not lose it
                    return;
                }
            }
        }
    }
    const QList<OrderDiff::Step> steps = m_diff->steps();
    const qint64 top = m_top.size();
    for (auto step = steps.crbegin(); step != steps.crend(); ++step) {
        if (step->kind == OrderDiff::Step::Kind::Insert) {
            m_host.beginInsert(top + step->before, top + step->before + step->count - 1);
            m_rows.insert(step->before, m_incoming, step->after, step->count);
            m_host.endInsert();
            continue;
        }
        // From the end, leaving out the rows that stay.
        qint64 end = step->before + step->count;
        while (end > step->before) {
            if (missing.contains(m_rows.at(end - 1))) {
                --end;
                continue;
            }
            qint64 first = end - 1;
            while (first > step->before && !missing.contains(m_rows.at(first - 1)))
                --first;
            m_host.beginRemove(top + first, top + end - 1);
            drop(top + first, end - first);
            m_host.endRemove();
            end = first;
        }
    }
}

/// Rows that are @p missing in what was read stay, as they are pending.
void RowOrder::replaceAll(const QSet<orm::Key> &missing)
{
    m_host.beginRelayout();
    std::swap(m_rows, m_incoming);
    m_order = m_nextOrder;
    m_outside.clear();
    m_found.clear();
    for (const orm::Key &key : missing) {
        m_rows.insert(placeOf(key), key);
        m_outside.insert(key);
    }
    m_host.endRelayout();
}

} // namespace ui
