// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>

#include <chrono>

namespace ui {
class MainWindow;
}

namespace app {

/// Paints the window into a file once everything in it has come to rest, and ends the program: with
/// 0, or with 1 and a sentence on standard error.
class Screenshot final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{30};
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(30);

    /// Borrows @p window, which outlives this.
    Screenshot(ui::MainWindow &window, const QString &file, QObject *parent = nullptr);

private:
    void look();
    void take();

    ui::MainWindow &m_window;
    QString m_file;
    std::chrono::milliseconds m_waited{0};
    int m_calm = 0; ///< looks in a row at which all was at rest
};

} // namespace app
