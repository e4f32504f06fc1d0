// SPDX-License-Identifier: MIT
#include "core/session/optimisticreader.h"

#include "core/engine/connection.h"

#include <algorithm>
#include <utility>

namespace orm {

OptimisticReader::OptimisticReader(Open open, Pause pause)
    : m_open(std::move(open))
    , m_pause(std::move(pause))
{}

OptimisticReader::~OptimisticReader() = default;

OptimisticReader::Start OptimisticReader::begin()
{
    end();
    if (m_losses >= mostLosses) {
        m_losses = mostLosses / 2; // it is tried again, after one with a lock
        return Start::Locked;
    }
    Start start = Start::Later;
    if (!m_connection) {
        start = open();
    } else if ((m_state = stateBeforeReading(*m_connection))) {
        // Before another commit SQLite forgets by itself what it has read of a write, but for the tables
        const bool isForgotten
            = !m_lost || (m_lost->changes != m_state->changes && m_lost->schema == m_state->schema);
        start = isForgotten ? Start::Unlocked : open();
    }
    m_isReading = start == Start::Unlocked;
    if (m_isReading)
        m_lost.reset();
    if (start == Start::Later)
        ++m_losses;
    return start;
}

/// What SQLite learns then of the tables has to be of a committed state, too.
OptimisticReader::Start OptimisticReader::open()
{
    constexpr std::chrono::seconds rest{1};
    m_connection.reset();
    if (Clock::now() < m_nextOpening)
        return Start::Locked;
    m_connection = m_open();
    if (!m_connection) {
        m_nextOpening = Clock::now() + rest;
        return Start::Locked;
    }
    m_state = stateWhenOpened(*m_connection);
    if (m_state && isUnchanged(*m_connection, *m_state))
        return Start::Unlocked;
    m_connection.reset();
    return Start::Later;
}

bool OptimisticReader::isSettled()
{
    if (!m_isReading)
        return true; // by a lock
    if (isUnchanged(*m_connection, *m_state)) {
        m_losses = 0;
        m_rowsAtOnce = std::min(2 * m_rowsAtOnce, mostRows);
        return true;
    }
    giveUp();
    return false;
}

void OptimisticReader::giveUp()
{
    end();
    ++m_losses;
    m_rowsAtOnce = std::max(m_rowsAtOnce / 2, fewestRows);
    if (!m_lost)
        m_lost = m_state;
}

void OptimisticReader::giveUpAfter(const Error &error)
{
    giveUp();
    const auto *operational = dynamic_cast<const OperationalError *>(&error);
    if (error.kind() == Error::Kind::Cancelled
        || (operational && operational->reason() == OperationalError::Reason::Interrupted))
        throw;
}

} // namespace orm
