// SPDX-License-Identifier: MIT
#include "ui/table/orderdiff.h"

#include <QHash>

#include <algorithm>

namespace ui {

void OrderDiff::advance(const KeySequence &before, const KeySequence &after, More more)
{
    if (m_isTooDifferent)
        return;
    if (m_order == Order::ByKey)
        advanceByKey(before, after);
    else
        advanceAny(before, after, more);
    if (more == More::Comes || m_isTooDifferent)
        return;
    remove(before.size() - m_before);
    insert(after.size() - m_after);
}

void OrderDiff::remove(qint64 count)
{
    if (count <= 0)
        return;
    if (!m_steps.isEmpty() && m_steps.last().kind == Step::Kind::Remove
        && m_steps.last().before + m_steps.last().count == m_before)
        m_steps.last().count += count;
    else
        m_steps.append({Step::Kind::Remove, m_before, m_after, count});
    m_before += count;
    m_isTooDifferent = m_steps.size() > maxSteps;
}

void OrderDiff::insert(qint64 count)
{
    if (count <= 0)
        return;
    if (!m_steps.isEmpty() && m_steps.last().kind == Step::Kind::Insert
        && m_steps.last().before == m_before)
        m_steps.last().count += count;
    else
        m_steps.append({Step::Kind::Insert, m_before, m_after, count});
    m_after += count;
    m_isTooDifferent = m_steps.size() > maxSteps;
}

void OrderDiff::advanceByKey(const KeySequence &before, const KeySequence &after)
{
    while (m_before < before.size() && m_after < after.size() && !m_isTooDifferent) {
        const qint64 mine = before.at(m_before).number();
        const qint64 theirs = after.at(m_after).number();
        if (mine == theirs) {
            ++m_before;
            ++m_after;
        } else if (mine > theirs) {
            remove(1);
        } else {
            insert(1);
        }
    }
}

void OrderDiff::advanceAny(const KeySequence &before, const KeySequence &after, More more)
{
    while (m_before < before.size() && m_after < after.size() && !m_isTooDifferent) {
        if (before.at(m_before) == after.at(m_after)) {
            ++m_before;
            ++m_after;
            continue;
        }
        if (more == More::Comes && after.size() - m_after < window)
            return;
        if (findAgreement(before, after))
            continue;
        m_isTooDifferent = before.size() - m_before > window || after.size() - m_after > window;
        return; // where little is left, that goes and comes
    }
}

/// Skips to the nearest rows that agree, within the window.
bool OrderDiff::findAgreement(const KeySequence &before, const KeySequence &after)
{
    const qint64 mine = std::min(window, before.size() - m_before);
    const qint64 theirs = std::min(window, after.size() - m_after);
    QHash<orm::Key, qint64> places;
    places.reserve(mine);
    for (qint64 i = 0; i < mine; ++i)
        places.insert(before.at(m_before + i), i);
    qint64 removed = 0;
    qint64 inserted = 0;
    qint64 nearest = 2 * window;
    for (qint64 i = 0; i < theirs && i < nearest; ++i) {
        const qint64 place = places.value(after.at(m_after + i), -1);
        if (place >= 0 && place + i < nearest) {
            nearest = place + i;
            removed = place;
            inserted = i;
        }
    }
    if (nearest == 2 * window)
        return false;
    remove(removed);
    insert(inserted);
    return true;
}

} // namespace ui
