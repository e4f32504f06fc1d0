// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QPalette>

#include <optional>

namespace ui {

enum class ThemeChoice { System, Light, Dark };

/// "system", "light" or "dark".
std::optional<ThemeChoice> themeChoice(QStringView name);

/// The palettes of our own, on Fusion. Text has at least 4.5:1 on what it stands on.
QPalette lightPalette();
QPalette darkPalette();

/// Colours of a message by what it says.
enum class ToneKind { Information, Question, Problem };
struct ToneColors
{
    QColor background;
    QColor text;
};
ToneColors toneColors(ToneKind tone, const QPalette &palette);

/// WCAG's contrast of two opaque colours, 1 to 21. @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double contrast(const QColor &a, const QColor &b);

/// Style and palette of the program. With ThemeChoice::System they follow the desktop portal's
/// colour-scheme while the program runs; where there is no portal, the lightness of the palette that
/// the platform came with decides once.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// Whether it may ask the desktop portal over D-Bus; tests and screenshots don't.
    enum class Portal { Ask, Ignore };

    explicit Theme(Portal portal, QObject *parent = nullptr);

    void apply(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }
    bool isDark() const;

private slots:
    void onPortalSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void update();

    ThemeChoice m_choice = ThemeChoice::System;
    Portal m_portal;
    bool m_platformIsDark = false; ///< by the palette that the platform came with
    std::optional<bool> m_portalIsDark; ///< nothing while the portal has no wish
};

} // namespace ui
