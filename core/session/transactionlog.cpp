// SPDX-License-Identifier: MIT
#include "core/session/transactionlog.h"

#include <algorithm>
#include <iterator>

namespace orm {

quint32 TransactionLog::open(const QString &savepoint)
{
    m_frames.push_back({++m_lastNumber, savepoint, {}});
    return m_lastNumber;
}

size_t TransactionLog::indexOf(quint32 number) const
{
    const auto found = std::find_if(m_frames.begin(), m_frames.end(), [number](const Frame &frame) {
        return frame.number == number;
    });
    return static_cast<size_t>(found - m_frames.begin());
}

void TransactionLog::reserve(size_t entries)
{
    if (m_frames.empty() || entries == 0)
        return;
    std::vector<Entry> &last = m_frames.back().entries;
    if (last.empty())
        last.reserve(entries); // else as the vector thinks best, or many flushes would be quadratic
}

void TransactionLog::release(size_t frame)
{
    std::vector<Entry> entries = take(frame);
    std::vector<Entry> &outer = m_frames.back().entries;
    std::move(entries.begin(), entries.end(), std::back_inserter(outer));
}

std::vector<TransactionLog::Entry> TransactionLog::take(size_t frame)
{
    const auto first = m_frames.begin() + static_cast<std::ptrdiff_t>(frame);
    std::vector<Entry> entries = std::move(first->entries);
    for (auto taken = std::next(first); taken != m_frames.end(); ++taken)
        std::move(taken->entries.begin(), taken->entries.end(), std::back_inserter(entries));
    m_frames.erase(first, m_frames.end());
    return entries;
}

} // namespace orm
