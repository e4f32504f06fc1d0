// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <functional>

namespace ui {
class MainWindow;
}

namespace app {

/// For drivers from outside (--test-mode): one line of JSON on standard output for each state in
/// which the window comes to rest.
///
/// title, focus (object name), counts, selection, task, pending (texts of the status bar), panel
/// (object name), message, recovered (the recover bar), toast, current {id, mark}, rows [{mark, id, title}] (the first 20 in
/// sight), caret (of the body, or null).
class WindowReporter final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{40};
    static constexpr int rowsReported = 20;

    /// Borrows @p window, which outlives this.
    explicit WindowReporter(ui::MainWindow &window, QObject *parent = nullptr);

    /// What the window shows now, in one line.
    static QByteArray describe(const ui::MainWindow &window);

private:
    void look();

    ui::MainWindow &m_window;
    QByteArray m_seen; ///< at the last look
    QByteArray m_reported;
};

} // namespace app
