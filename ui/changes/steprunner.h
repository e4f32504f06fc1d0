// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace ui {

class EditBuffer;
class RowsCommand;

/// Runs one step of many rows a few milliseconds at a time, so that the window goes on turning
/// meanwhile. Given up half way, what was done is taken back in the same manner: the step was made
/// whole or not at all.
class StepRunner final : public QObject
{
    Q_OBJECT

public:
    enum class Direction { Forward, Backward };

    /// Steps of no more rows are run at once.
    static constexpr qsizetype manyRows = 500;
    /// How long the rows of one go may take; that the list and the journal see them comes on top.
    static constexpr std::chrono::milliseconds slice{4};

    struct Step
    {
        QString label; ///< what goes on, "Changing…"
        qsizetype rows = 0; ///< to prepare
        std::function<void(qsizetype row)> prepare = {};
        /// After the last row was prepared. @returns null if there is nothing to do
        std::function<RowsCommand *()> command;
        /// Whether a row is one of its own.
        std::function<bool(const orm::Key &)> touches = {};
        Direction direction = Direction::Forward;
        std::function<void()> done;
        std::function<void()> nothing = {}; ///< instead of done(), if there was nothing to do
    };

    /// Borrows @p edits, which outlives this.
    explicit StepRunner(EditBuffer &edits, QObject *parent = nullptr);

    /// Runs @p step, at once if it is of few rows. What ran before is finished first.
    void start(Step step);
    bool isRunning() const { return m_phase != Phase::Idle; }
    /// Runs what is left of it now.
    void finish();
    /// Takes back what was done of it. @returns false if nothing runs
    bool cancel();
    bool touches(const orm::Key &key) const;

    QString label() const { return m_step.label; }
    int percent() const;

signals:
    void runningChanged();
    void progressed();
    void gaveUp();

private:
    enum class Phase { Idle, Preparing, Applying, TakingBack };

    void run(std::chrono::milliseconds time);
    void prepareSome(const std::function<bool()> &isLate);
    void applySome(const std::function<bool()> &isLate);
    void end(std::function<void()> then);

    EditBuffer &m_edits;
    Step m_step;
    Phase m_phase = Phase::Idle;
    RowsCommand *m_command = nullptr;
    qsizetype m_at = 0; ///< rows of the phase that are through
    bool m_isAnnounced = false;
    QTimer m_timer;
};

} // namespace ui
