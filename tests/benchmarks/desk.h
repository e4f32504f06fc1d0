// SPDX-License-Identifier: MIT
#pragma once

#include "app/application.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace ui {
class RecordsPane;
class RecordTableModel;
class RecordTableView;
class Workspace;
} // namespace ui

/// Milliseconds, with what is behind the point.
double milliseconds(const QElapsedTimer &timer);
/// Megabytes that this process has in memory.
double residentMegabytes();
/// A signal has told the program to end, which otherwise only its event loop would hear.
struct ToldToEnd
{};
/// Turns the event loop until @p condition, or for ten minutes. @returns false after these
/// @throws ToldToEnd
bool waitFor(const std::function<bool()> &condition);

/// Notices how long the event loop did not turn: on the clock, and of that the time that this thread
/// had a processor, which is what is left on a machine with nothing else to do.
class Watchdog final : public QObject
{
public:
    Watchdog();
    /// Milliseconds, since the last forget().
    double longest() const { return m_longest; }
    double longestBusy() const { return m_longestBusy; }
    double median() const; ///< of all the turns, those that were short included
    void forget();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QElapsedTimer m_since;
    double m_longest = 0;
    double m_busySince = 0;
    double m_longestBusy = 0;
    std::vector<double> m_turns;
};

/// The window on one database, and what a user would wait for.
class Desk final : public QObject
{
public:
    /// What the window shows that has no database.
    enum class Empty {
        Welcome, ///< its page
        Parts, ///< what it would have: search, list and form, without a row
    };

    /// An empty @p database is none.
    Desk(const QString &configFolder, const QString &database, Empty empty = Empty::Welcome);
    ~Desk() override;

    ui::MainWindow &window() { return m_application->window(); }
    ui::RecordTableView &view();
    ui::RecordTableModel &model();

    /// Whether each row in sight is here.
    bool hasRows();
    /// Waits until the window was painted; one on a database with its rows, in whatever order.
    /// @returns how long after @p since that paint was over
    double waitForFirstPaint(const QElapsedTimer &since);
    /// Time until the rows in sight are painted after @p act, all of them and of the order asked for.
    double painted(const std::function<void()> &act);
    double press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// As the user closes it: what belongs to the database is remembered.
    void close();

    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showParts();

    const bool m_isEmpty;
    std::unique_ptr<app::Application> m_application;
    std::unique_ptr<ui::Workspace> m_noDatabase; ///< of the parts without one
    std::unique_ptr<ui::RecordsPane> m_parts;
    bool m_isClosing = false; ///< as the benchmark wants it
    bool m_isWindowPainted = false;
    bool m_areRowsPainted = false;
    std::function<void()> m_onPaint;
    std::function<void()> m_onNext; ///< event, once that paint is over
    bool m_isOrderPainted = false; ///< rows, and in the order asked for
};
