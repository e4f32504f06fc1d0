// SPDX-License-Identifier: MIT
#pragma once

#include <QStatusBar>

class QLabel;
class QToolButton;

namespace ui {

/// How many rows, how many selected, what is running, and what is not saved yet.
class StatusBar final : public QStatusBar
{
    Q_OBJECT

public:
    enum class Pending { Nothing, Changes, Problems };
    enum class Task { CanBeCancelled, CannotBeCancelled };

    explicit StatusBar(QWidget *parent = nullptr);

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
    QLabel *m_task;
    QLabel *m_tabMode;
    QToolButton *m_cancel;
    QToolButton *m_pending;
};

} // namespace ui
