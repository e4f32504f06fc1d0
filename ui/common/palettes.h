// SPDX-License-Identifier: MIT
#pragma once

#include <QPalette>

namespace ui {

/// The palettes of our own, on Fusion. Text has at least 4.5:1 on what it stands on, in those of high
/// contrast 7:1. What else is coloured takes its colours from here, by the palette it is painted with.
QPalette lightPalette();
QPalette darkPalette();
QPalette lightContrastPalette(); ///< black on white
QPalette darkContrastPalette(); ///< white on black

bool isDark(const QPalette &palette);
bool isHighContrast(const QPalette &palette);

/// WCAG's contrast of two opaque colours, 1 to 21. @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double contrast(const QColor &a, const QColor &b);

/// A text, and the ground of its own that it stands on.
struct ToneColors
{
    QColor background;
    QColor text;
};

/// Colours of a message by what it says.
enum class ToneKind { Information, Question, Problem };
ToneColors toneColors(ToneKind tone, const QPalette &palette);

/// Of what a search has found, in a cell: neither a selection nor a state.
ToneColors hitColors(const QPalette &palette);
/// The ground of what was found in a text, but for the current hit, which is a selection. The text on
/// it is QPalette::Text.
QColor foundColor(const QPalette &palette);

/// Of a text that was taken out, and of one that was put in.
struct DiffColors
{
    QColor removedBackground;
    QColor removedText;
    QColor addedBackground;
    QColor addedText;
};
DiffColors diffColors(const QPalette &palette);

} // namespace ui
