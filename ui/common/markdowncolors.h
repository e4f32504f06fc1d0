// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

class QPalette;

namespace ui {

/// Colours of Markdown, in the editor and in its preview.
struct MarkdownColors
{
    QColor heading;
    QColor emphasis; ///< of bold and italic
    QColor code;
    QColor codeGround; ///< behind code
    QColor link;
    QColor list; ///< bullets and numbers
    QColor quote;
    QColor mark; ///< stars, hashes and brackets: what is no text
    QColor misspelt; ///< the line under a word; as a line it needs 3:1

    /// All that are text, for those who check them.
    QList<QColor> textColors() const { return {heading, emphasis, code, link, list, quote, mark}; }
};

/// Those that go with @p palette, whatever it is: each has 4.5:1 at least on Base and on codeGround.
MarkdownColors markdownColors(const QPalette &palette);

} // namespace ui
