// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace ui {

/// A piece of two texts: in both, or in one of them.
struct DiffSpan
{
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffSpan &) const = default;
};

/// From one text to another, word by word.
struct WordDiff
{
    /// Same and Removed together are the text before, Same and Added the one after, character by
    /// character. What was replaced is first Removed, then Added; no span is empty.
    QList<DiffSpan> spans;
    /// The texts are so large or so different that whole lines were compared, or long parts not at
    /// all: to be said beside it.
    bool isCoarse = false;

    bool isSame() const { return spans.isEmpty() || (spans.size() == 1 && isSpanSame(0)); }
    bool isSpanSame(qsizetype i) const { return spans.at(i).kind == DiffSpan::Kind::Same; }
};

/// Characters of both texts together up to which words are compared, beyond it lines: 1 MB takes
/// tens of milliseconds.
inline constexpr qsizetype largestWordDiff = 200'000;

/// Compares @p before with @p after. Time grows with their length, whatever they hold.
WordDiff diffWords(const QString &before, const QString &after);

/// What excerpt() does with line ends.
enum class Lines { Joined, Kept };

/// @p diff cut to what differs and @p context characters around it, as a list or a long text shows it:
/// "…the [old][new] word…". At most @p limit characters are left, and marks for what is left out; Joined
/// lines are one line, with a mark for each end.
QList<DiffSpan> excerpt(const WordDiff &diff, qsizetype context, qsizetype limit,
                        Lines lines = Lines::Joined);

} // namespace ui
