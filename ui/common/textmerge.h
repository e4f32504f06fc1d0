// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace ui {

/// What became of one text that two have changed.
struct TextMerge
{
    /// Both changes; where they touch, mine and then theirs.
    QString text;
    int conflicts = 0; ///< places where they touch; symmetric, as is text where there are none

    bool isClean() const { return conflicts == 0; }
};

/// Brings two edits of @p base together, paragraph by paragraph (blank lines part them). An edit of
/// one paragraph and an edit of another don't touch; nor does a new paragraph beside one that was only
/// rewritten. What both did the same counts once; paragraphs nobody touched stay as they are,
/// character by character.
///
/// Line ends: where all of a text's lines end alike, only the text is compared, and the result's lines
/// end as those of the side that changed them, else as before.
TextMerge mergeTexts(const QString &base, const QString &mine, const QString &theirs);

} // namespace ui
