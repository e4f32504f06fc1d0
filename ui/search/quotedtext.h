// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace ui {

/// What stands between quotes in the search language, or between the slashes of a pattern.
///
/// A backslash is itself, as in paths, but directly before a quote: there two of them are one backslash,
/// and one more makes the quote a part of the text. So each text can be quoted, also one that ends in a
/// backslash. A pattern keeps the two, which mean one to it.
struct QuotedText
{
    QString text;
    qsizetype end = 0; ///< behind the closing quote, or of all that there is: one is still typing
};

/// @param at the opening quote, or slash
QuotedText readQuoted(QStringView text, qsizetype at);
/// @p text in quotes, such that readQuoted() gives it back.
QString quoted(QStringView text);

} // namespace ui
