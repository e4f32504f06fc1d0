// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

#include <functional>

namespace ui {

/// Words of the Markdown text @p text. Marks are none, nor is the address of a link; an apostrophe, and
/// a point or comma between digits, join; of scripts that don't part words each ideograph is one.
/// A fast scan in the spirit of the standard: ten million characters take some 30 ms.
/// @see https://www.unicode.org/reports/tr29/#Word_Boundaries
/// @param isStopped asked now and then in a long text: once it says so the number is any
qint64 countWords(QStringView text, const std::function<bool()> &isStopped = {});

/// "3 of 7 words, 1 min": of a selection, and the minutes to read that.
QString selectedWordCountText(qint64 selected, qint64 words);

/// "7 words, 1 min": @p words, and the minutes to read them at 200 a minute.
QString wordCountText(qint64 words);

} // namespace ui
