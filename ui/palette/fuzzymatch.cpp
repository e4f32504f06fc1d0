// SPDX-License-Identifier: MIT
#include "ui/palette/fuzzymatch.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace ui {

namespace {

constexpr int ofLetter = 1;
constexpr int ofWordStart = 8;
constexpr int ofTextStart = 4; ///< on top of a word's
constexpr int ofNeighbour = 10; ///< right after the letter before; more than a word's start is
constexpr int costOfGap = 1; ///< however wide
constexpr int none = std::numeric_limits<int>::min() / 2;
constexpr qsizetype longestText = 300; ///< more is no name of anything

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber()
        || (text.at(at).isUpper() && text.at(at - 1).isLower());
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text)
{
    QString letters = pattern;
    letters.removeIf([](QChar letter) { return letter.isSpace(); });
    const QString folded = letters.toCaseFolded();
    const qsizetype length = std::min(text.size(), longestText);
    const qsizetype rows = folded.size();
    if (rows == 0)
        return FuzzyMatch{};
    if (rows > length)
        return {};

    // best[i][j]: of the letters up to i, the last of them at j of the text
    const auto size = size_t(rows * length);
    std::vector<int> best(size, none);
    std::vector<int> from(size, -1);
    const auto at = [length](qsizetype i, qsizetype j) { return size_t(i * length + j); };
    for (qsizetype i = 0; i < rows; ++i) {
        int before = none; // the best of the row above, anywhere before the neighbour
        int beforeAt = -1;
        for (qsizetype j = i; j < length; ++j) {
            if (i > 0 && j >= 2 && best[at(i - 1, j - 2)] > before) {
                before = best[at(i - 1, j - 2)];
                beforeAt = int(j - 2);
            }
            if (text.at(j).toCaseFolded() != folded.at(i))
                continue;
            int score = ofLetter;
            if (startsWord(text, j))
                score += ofWordStart + (j == 0 ? ofTextStart : 0);
            if (i == 0) {
                best[at(i, j)] = score;
                continue;
            }
            const int neighbour = j > 0 ? best[at(i - 1, j - 1)] : none;
            const bool isBeside = neighbour > none && neighbour + ofNeighbour >= before - costOfGap;
            const int most = isBeside ? neighbour + ofNeighbour : before - costOfGap;
            if (most <= none / 2)
                continue;
            best[at(i, j)] = most + score;
            from[at(i, j)] = isBeside ? int(j - 1) : beforeAt;
        }
    }

    qsizetype end = -1;
    for (qsizetype j = rows - 1; j < length; ++j) {
        if (best[at(rows - 1, j)] > none
            && (end < 0 || best[at(rows - 1, j)] > best[at(rows - 1, end)]))
            end = j;
    }
    if (end < 0)
        return {};
    FuzzyMatch match;
    match.score = best[at(rows - 1, end)];
    for (qsizetype i = rows - 1, j = end; i >= 0; --i) {
        match.positions.prepend(int(j));
        j = from[at(i, j)];
    }
    return match;
}

} // namespace ui
