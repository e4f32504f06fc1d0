// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/quitsignals.h"
#include "app/settings.h"

#include <QObject>

#include <memory>

namespace orm {
struct Table;
}
namespace ui {
class MainWindow;
}

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
    void openFirst();
    void show();
    void endSession();

    Options m_options;
    Settings m_settings;
    ui::Theme m_theme;
    QuitSignals m_quitSignals;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace app
