// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/quitsignals.h"
#include "app/settings.h"
#include "ui/mainwindow/workspace.h"

#include <QObject>

#include <memory>

namespace orm {
struct Table;
}
namespace ui {
class DatabaseLook;
class MainWindow;
} // namespace ui

namespace app {

/// Builds the parts, wires them and opens what is to be opened first. Needs a QApplication.
class Application final : public QObject
{
    Q_OBJECT

public:
    /// The window shows @p table of any database.
    Application(const Options &options, const orm::Table &table);
    ~Application() override;

    /// Shows the window and opens the given database, else the last one, else the welcome page. Where
    /// another window has that database open it comes to the front, and the program ends.
    void start();

    ui::MainWindow &window() { return *m_window; }

private:
    void connectThemes();
    QString firstDatabase() const;
    ui::Workspace::Access access() const;
    std::unique_ptr<ui::DatabaseLook> headStart(const orm::Table &table);
    void openFirst();
    void showSoon();
    void show();
    void endSession();

    Options m_options;
    Settings m_settings;
    std::unique_ptr<ui::DatabaseLook> m_headStart;
    ui::Theme m_theme;
    QuitSignals m_quitSignals;
    std::unique_ptr<ui::MainWindow> m_window;
    bool m_isShown = false;
};

} // namespace app
