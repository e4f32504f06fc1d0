// SPDX-License-Identifier: MIT
#pragma once

#include <QStatusBar>
#include <QTimer>

#include <chrono>

class QLabel;
class QToolButton;

namespace ui {

class ElidedLabel;

/// How many rows, how many selected, what is running, and what is not saved yet.
class StatusBar final : public QStatusBar
{
    Q_OBJECT

public:
    enum class Pending { Nothing, Changes, Problems };
    enum class Task { CanBeCancelled, CannotBeCancelled };

    /// How long a count stands: a number that changes with each frame can't be read, and a screen
    /// reader is told of every change.
    static constexpr std::chrono::milliseconds countsPause{100};

    explicit StatusBar(QWidget *parent = nullptr);

    /// The first of many is shown at once, and the last.
    void setCounts(const QString &text);
    void setSelection(const QString &text);
    /// What is running or waited for; an empty text when nothing is.
    void setTask(const QString &text, Task task = Task::CannotBeCancelled);
    QString task() const;
    /// What the Tab key does; an empty text where that is no question.
    void setTabMode(const QString &text);
    /// "Saved", "4 changes", "1 problem"; an empty text where there is nothing to save into.
    void setPending(const QString &text, Pending what);

signals:
    void cancelRequested();
    void pendingPressed();

private:
    QLabel *m_counts;
    QLabel *m_selection;
    ElidedLabel *m_task;
    QLabel *m_tabMode;
    QToolButton *m_cancel;
    QToolButton *m_pending;
    QString m_nextCounts;
    QTimer m_countsTimer; ///< runs while a count stands
};

} // namespace ui
