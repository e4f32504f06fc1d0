// SPDX-License-Identifier: MIT
#include "ui/common/markdowncolors.h"

#include "ui/common/theme.h"

#include <QPalette>

#include <algorithm>

namespace ui {

namespace {

constexpr double leastContrast = 4.5;

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](int from, int to) { return qRound(from + (to - from) * share); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

/// @p wished, as far towards @p text as it takes to be read on all of @p grounds.
QColor readable(const QColor &wished, const QColor &text, const QList<QColor> &grounds)
{
    for (int step = 0; step <= 20; ++step) {
        const QColor color = mixed(wished, text, step / 20.0);
        const bool isEnough = std::ranges::all_of(grounds, [&](const QColor &ground) {
            return contrast(color, ground) >= leastContrast;
        });
        if (isEnough)
            return color;
    }
    return text;
}

} // namespace

MarkdownColors markdownColors(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const bool isDark = base.lightness() < text.lightness();
    MarkdownColors colors;
    // So near to the ground that the text keeps its contrast.
    colors.codeGround = mixed(base, text, 0.07);
    const QList<QColor> grounds{base, colors.codeGround};
    const auto pick = [&](QRgb light, QRgb dark) {
        return readable(QColor(isDark ? dark : light), text, grounds);
    };
    colors.heading = pick(0x174a86, 0x9cc5f5);
    colors.emphasis = text;
    colors.code = pick(0x8a3b12, 0xe8b48c);
    colors.link = readable(palette.color(QPalette::Link), text, grounds);
    colors.list = pick(0x7a3e8e, 0xd3a6e6);
    colors.quote = pick(0x2f6b3f, 0x93cfa2);
    colors.mark = readable(palette.color(QPalette::PlaceholderText), text, grounds);
    colors.misspelt = pick(0xc01c28, 0xff8a80);
    return colors;
}

} // namespace ui
