// SPDX-License-Identifier: MIT
#include "ui/changes/steprunner.h"

#include "ui/changes/editbuffer.h"
#include "ui/changes/editcommands.h"
#include "ui/common/letgo.h"

#include <QElapsedTimer>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype rowsAtOnce = 32; // between two looks at the clock
constexpr std::chrono::milliseconds unlimited{-1};

} // namespace

StepRunner::StepRunner(EditBuffer &edits, QObject *parent)
    : QObject(parent)
    , m_edits(edits)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        run(slice);
        if (isRunning())
            emit progressed();
    });
}

void StepRunner::start(Step step)
{
    finish();
    m_step = std::move(step);
    m_phase = Phase::Preparing;
    m_at = 0;
    m_command = nullptr;
    if (m_step.rows == 0)
        prepareSome([] { return false; });
    const qsizetype rows = std::max(m_step.rows, m_command ? m_command->count() : 0);
    if (rows <= manyRows) {
        run(unlimited);
        return;
    }
    m_timer.start(0);
    if (!std::exchange(m_isAnnounced, true))
        emit runningChanged();
}

void StepRunner::finish()
{
    if (isRunning())
        run(unlimited);
}

bool StepRunner::cancel()
{
    if (!isRunning())
        return false;
    if (m_phase == Phase::Preparing) {
        end({});
        emit gaveUp();
    } else {
        m_phase = Phase::TakingBack;
    }
    return true;
}

bool StepRunner::touches(const orm::Key &key) const
{
    return isRunning() && (!m_step.touches || m_step.touches(key));
}

int StepRunner::percent() const
{
    // Both phases take about as long.
    const qsizetype all = m_step.rows + (m_command ? m_command->count() : m_step.rows);
    const qsizetype through = m_phase == Phase::Preparing ? m_at : m_step.rows + m_at;
    return all == 0 ? 0 : int(100 * through / all);
}

void StepRunner::run(std::chrono::milliseconds time)
{
    QElapsedTimer timer;
    timer.start();
    const auto isLate = [&] { return time != unlimited && timer.elapsed() >= time.count(); };
    if (m_phase == Phase::Preparing)
        prepareSome(isLate);
    if (m_phase == Phase::Applying || m_phase == Phase::TakingBack)
        applySome(isLate);
    if (isRunning())
        m_timer.start(0);
}

void StepRunner::prepareSome(const std::function<bool()> &isLate)
{
    while (m_at < m_step.rows) {
        if (m_at % rowsAtOnce == 0 && isLate())
            return;
        m_step.prepare(m_at++);
    }
    m_command = m_step.command();
    m_at = 0;
    if (m_command) {
        m_phase = Phase::Applying;
        return;
    }
    end(std::exchange(m_step.nothing, {}));
}

void StepRunner::applySome(const std::function<bool()> &isLate)
{
    const qsizetype count = m_command->count();
    {
        const EditBuffer::Batch batch(m_edits); // the list hears of the rows of one go at once
        while (!isLate()) {
            const bool isBack = m_phase == Phase::TakingBack;
            const qsizetype rows = std::min(rowsAtOnce, isBack ? m_at : count - m_at);
            if (rows == 0)
                break;
            if (isBack)
                m_at -= rows;
            // Backwards from the last row to the first, so it is the first m_at from the end.
            if (m_step.direction == Direction::Forward && !isBack)
                m_command->forward(m_at, rows);
            else if (m_step.direction == Direction::Forward)
                m_command->backward(m_at, rows);
            else if (!isBack)
                m_command->backward(count - m_at - rows, rows);
            else
                m_command->forward(count - m_at - rows, rows);
            if (!isBack)
                m_at += rows;
        }
    }
    if (m_phase == Phase::Applying && m_at == count) {
        m_command->setRun();
        end(std::exchange(m_step.done, {}));
    } else if (m_phase == Phase::TakingBack && m_at == 0) {
        end({});
        emit gaveUp();
    }
}

/// @param then ends the step, or begins another one: whoever waits comes after that
void StepRunner::end(std::function<void()> then)
{
    m_timer.stop();
    m_phase = Phase::Idle;
    const bool isOfMany = m_step.rows > manyRows || (m_command && m_command->count() > manyRows);
    m_command = nullptr;
    Step step = std::exchange(m_step, {});
    if (then)
        then();
    if (isOfMany) {
        letGo(std::move(step));
        letGo(std::move(then));
    }
    if (!isRunning() && std::exchange(m_isAnnounced, false))
        emit runningChanged();
}

} // namespace ui
