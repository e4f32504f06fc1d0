// SPDX-License-Identifier: MIT
#include "core/session/keyranges.h"

#include <algorithm>

namespace orm {

namespace {

/// From @p first to @p last, both included.
double keysBetween(qint64 first, qint64 last)
{
    return double(static_cast<quint64>(last) - static_cast<quint64>(first)) + 1;
}

} // namespace

KeyRanges::KeyRanges(Range all, double keysPerRow)
    : m_left{all}
    , m_width(std::max(1.0, keysPerRow * rowsAtOnce))
{}

std::optional<KeyRanges::Range> KeyRanges::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isStopped || !m_left.empty() || m_taken == 0; });
    if (m_isStopped || m_left.empty())
        return {};
    Range &next = m_left.back();
    Range taken = next;
    if (keysBetween(next.first, next.last) > 2 * m_width) {
        // 2 * m_width is less than 2^64 here, and so m_width fits
        taken.last = static_cast<qint64>(static_cast<quint64>(next.first)
                                         + static_cast<quint64>(m_width) - 1);
        next.first = taken.last + 1;
    } else {
        m_left.pop_back();
    }
    ++m_taken;
    return taken;
}

void KeyRanges::giveBack(Range taken, std::optional<qint64> last, qint64 rows)
{
    constexpr double growth = 8; // where there were no rows at all
    {
        const std::lock_guard lock(m_mutex);
        --m_taken;
        const double keys = keysBetween(taken.first, last.value_or(taken.last));
        m_width = rows == 0 ? std::max(m_width, keys * growth)
                            : std::max(1.0, keys / double(rows) * rowsAtOnce);
        if (last && *last < taken.last && !m_isStopped)
            m_left.push_back({*last + 1, taken.last});
    }
    m_changed.notify_all();
}

void KeyRanges::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_left.clear();
    }
    m_changed.notify_all();
}

bool KeyRanges::isOver() const
{
    const std::lock_guard lock(m_mutex);
    return m_isStopped || (m_left.empty() && m_taken == 0);
}

} // namespace orm
