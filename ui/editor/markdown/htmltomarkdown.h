// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace ui {

/// Characters of HTML that are read; more is pasted as the plain text that came with it.
inline constexpr qsizetype longestPastedHtml = 2'000'000;

/// What @p html, as browsers and office programs put it into the clipboard, says in Markdown: headings,
/// bold, italic, struck out, code, links, lists, quotes, tables, rules; of pictures of the web their
/// address. Nothing is loaded.
/// @returns nothing if it has no such form, so that the plain text that came with it is better
std::optional<QString> htmlToMarkdown(const QString &html);

} // namespace ui
