// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/theme.h"

#include <QSettings>

namespace app {

/// What the program remembers between two runs, each with its type.
class Settings final
{
public:
    /// @param folder where the file is; empty: the user's own place for settings
    explicit Settings(const QString &folder);

    /// Where data of the program goes: the sample blog, journals. Made when it is asked for.
    QString dataFolder() const;

    /// Of the journals, in the data folder; they make it.
    QString journalFolder() const;

    QString lastDatabase() const; ///< a URL; empty if none was opened before
    void setLastDatabase(const QString &url);
    ui::ThemeChoice theme() const;
    void setTheme(ui::ThemeChoice theme);

    /// For ui::WindowState, which keeps the layout in it.
    QSettings &layout() { return m_settings; }

private:
    QString m_folder;
    QSettings m_settings;
};

} // namespace app
