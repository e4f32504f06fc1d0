// SPDX-License-Identifier: MIT
#include "ui/common/palettes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

namespace {

/// The roles that Fusion paints with; the rest follows from them.
struct Colors
{
    QRgb window, base, alternate, text, dim, button, highlight, highlighted, link, tip, tipText;
    QRgb light, midlight, mid, dark, shadow;
};

QPalette makePalette(const Colors &colors)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb color) {
        palette.setColor(role, QColor(color));
    };
    set(QPalette::Window, colors.window);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Base, colors.base);
    set(QPalette::AlternateBase, colors.alternate);
    set(QPalette::Text, colors.text);
    set(QPalette::PlaceholderText, colors.dim);
    set(QPalette::Button, colors.button);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::BrightText, 0xffffff);
    set(QPalette::Highlight, colors.highlight);
    set(QPalette::HighlightedText, colors.highlighted);
    set(QPalette::Link, colors.link);
    set(QPalette::LinkVisited, colors.link);
    set(QPalette::ToolTipBase, colors.tip);
    set(QPalette::ToolTipText, colors.tipText);
    set(QPalette::Light, colors.light);
    set(QPalette::Midlight, colors.midlight);
    set(QPalette::Mid, colors.mid);
    set(QPalette::Dark, colors.dark);
    set(QPalette::Shadow, colors.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(colors.dim));
    // What is selected in a list that can't be used now is still to be read.
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.midlight));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor(colors.text));
    return palette;
}

/// The light of a colour's channel, which is 0 to 255.
double lightOf(int channel)
{
    static const std::array<double, 256> lights = [] { // a colour is made readable in many steps
        std::array<double, 256> all{};
        for (size_t i = 0; i < all.size(); ++i) {
            const double value = double(i) / 255;
            all.at(i) = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        }
        return all;
    }();
    return lights.at(static_cast<size_t>(channel));
}

/// Relative luminance. @see https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(const QColor &color)
{
    return 0.2126 * lightOf(color.red()) + 0.7152 * lightOf(color.green())
        + 0.0722 * lightOf(color.blue());
}

/// The value for the kind of @p palette.
template<typename Value>
Value byPalette(const QPalette &palette, const Value &light, const Value &dark,
                const Value &lightContrast, const Value &darkContrast)
{
    if (isHighContrast(palette))
        return isDark(palette) ? darkContrast : lightContrast;
    return isDark(palette) ? dark : light;
}

ToneColors tone(QRgb background, QRgb text)
{
    return {QColor(background), QColor(text)};
}

} // namespace

QPalette lightPalette()
{
    return makePalette({.window = 0xf3f4f6,
                        .base = 0xffffff,
                        .alternate = 0xf7f8fa,
                        .text = 0x1f2328,
                        .dim = 0x636b74,
                        .button = 0xf3f4f6,
                        .highlight = 0x1f63b5,
                        .highlighted = 0xffffff,
                        .link = 0x1a5fb4,
                        .tip = 0x2b3036,
                        .tipText = 0xf3f4f6,
                        .light = 0xffffff,
                        .midlight = 0xe6e8eb,
                        .mid = 0xc3c8ce,
                        .dark = 0x9aa1a9,
                        .shadow = 0x6b7178});
}

QPalette darkPalette()
{
    return makePalette({.window = 0x23272c,
                        .base = 0x1b1e22,
                        .alternate = 0x20242a,
                        .text = 0xe4e6ea,
                        .dim = 0x99a1ab,
                        .button = 0x2e3339,
                        .highlight = 0x3375c6,
                        .highlighted = 0xffffff,
                        .link = 0x78b0f2,
                        .tip = 0xe4e6ea,
                        .tipText = 0x1f2328,
                        .light = 0x3d434b,
                        .midlight = 0x343a41,
                        .mid = 0x4b525b,
                        .dark = 0x15181b,
                        .shadow = 0x0c0e10});
}

QPalette lightContrastPalette()
{
    return makePalette({.window = 0xffffff,
                        .base = 0xffffff,
                        .alternate = 0xf4f4f4,
                        .text = 0x000000,
                        .dim = 0x3a3a3a,
                        .button = 0xffffff,
                        .highlight = 0x00207f,
                        .highlighted = 0xffffff,
                        .link = 0x0000b0,
                        .tip = 0x000000,
                        .tipText = 0xffffff,
                        .light = 0xffffff,
                        .midlight = 0xe4e4e4,
                        .mid = 0x5a5a5a,
                        .dark = 0x3a3a3a,
                        .shadow = 0x000000});
}

QPalette darkContrastPalette()
{
    return makePalette({.window = 0x000000,
                        .base = 0x000000,
                        .alternate = 0x101010,
                        .text = 0xffffff,
                        .dim = 0xd0d0d0,
                        .button = 0x000000,
                        .highlight = 0xffe14d,
                        .highlighted = 0x000000,
                        .link = 0x8ecbff,
                        .tip = 0xffffff,
                        .tipText = 0x000000,
                        .light = 0x8a8a8a,
                        .midlight = 0x303030,
                        .mid = 0x9a9a9a,
                        .dark = 0x606060,
                        .shadow = 0x000000});
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window))
        < luminance(palette.color(QPalette::WindowText));
}

bool isHighContrast(const QPalette &palette)
{
    constexpr double blackOnWhite = 20.9; // 21, but for what computing leaves
    return contrast(palette.color(QPalette::Base), palette.color(QPalette::Text)) > blackOnWhite;
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

ToneColors toneColors(ToneKind kind, const QPalette &palette)
{
    switch (kind) {
    case ToneKind::Information:
        return byPalette(palette, tone(0xe3eefb, 0x15304f), tone(0x22384f, 0xe4eefb),
                         tone(0xd6e6ff, 0x000000), tone(0x002b80, 0xffffff));
    case ToneKind::Question:
        return byPalette(palette, tone(0xfdf3d3, 0x453500), tone(0x453a1c, 0xf8eed2),
                         tone(0xffe97a, 0x000000), tone(0x4a3c00, 0xffffff));
    case ToneKind::Problem:
        return byPalette(palette, tone(0xfde6e5, 0x5b1512), tone(0x4c2729, 0xfbe3e3),
                         tone(0xffd2d0, 0x000000), tone(0x7a0000, 0xffffff));
    }
    return {};
}

ToneColors hitColors(const QPalette &palette)
{
    const ToneColors amber = tone(0xffd54f, 0x1a1a1a);
    // Where a selection is yellow, a hit is not.
    return byPalette(palette, amber, amber, tone(0xffe14d, 0x000000), tone(0x00e5ff, 0x000000));
}

QColor foundColor(const QPalette &palette)
{
    return byPalette(palette, QColor(0xcfe0f5), QColor(0x22395a), QColor(0xffe14d),
                     QColor(0x00305a));
}

DiffColors diffColors(const QPalette &palette)
{
    const DiffColors light{0xfbdedd, 0x5b1512, 0xd9f1df, 0x0b3d1c};
    const DiffColors dark{0x552a2c, 0xfbe0e0, 0x1f4a2c, 0xd9f5e1};
    const DiffColors lightContrast{0xffd2d0, Qt::black, 0xc4f5cf, Qt::black};
    const DiffColors darkContrast{0x7a0000, 0xffffff, 0x004d1a, 0xffffff};
    return byPalette(palette, light, dark, lightContrast, darkContrast);
}

} // namespace ui
