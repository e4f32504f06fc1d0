// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace ui {

/// How well a few typed letters name a text.
struct FuzzyMatch
{
    int score = 0; ///< higher is better; of one pattern's matches only
    QList<int> positions; ///< of the letters in the text, ascending
};

/// Finds the letters of @p pattern in @p text, in their order, in any case, with anything between.
/// Letters at the starts of words, and side by side, count most; blanks in the pattern only part its
/// words. An empty pattern is in every text.
/// @returns nothing if a letter is missing
std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text);

} // namespace ui
