// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/palettes.h"

#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace ui {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// "system", "light", "dark" or "high-contrast", and back.
std::optional<ThemeChoice> themeChoice(QStringView name);
QString themeName(ThemeChoice choice);

/// Style and palette of the program. With ThemeChoice::System they follow the desktop portal's
/// colour scheme and its wish for contrast while the program runs; where there is no portal, the
/// lightness of the palette that the platform came with decides once.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// Whether it may ask the desktop portal over D-Bus; tests and screenshots don't.
    enum class Portal { Ask, Ignore };

    explicit Theme(Portal portal, QObject *parent = nullptr);

    void apply(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }
    bool isDark() const { return ui::isDark(palette()); }
    QPalette palette() const; ///< of the choice, and for System of the desktop

private slots:
    void onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void update();

    ThemeChoice m_choice = ThemeChoice::System;
    Portal m_portal;
    bool m_platformIsDark = false; ///< by the palette that the platform came with
    std::optional<bool> m_portalIsDark; ///< nothing while the portal has no wish
    bool m_portalHasContrast = false; ///< the portal wishes more
};

} // namespace ui
