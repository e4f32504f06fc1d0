// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"
#include "ui/search/searchquery.h"

#include <QTimeZone>

namespace ui {

/// What a text in the search bar means, or what is wrong with it.
struct ParsedSearch
{
    std::optional<SearchQuery> query; ///< nothing if there is a problem
    QString problem; ///< a sentence for the user
};

/// Reads the search language: words are substrings of title and body in any case, all of which must
/// be there; `"a phrase"` (see QuotedText), `-not`, `this|that`, `title:` `body:` and any other column's name, `id:7`
/// and `id:7-9`, `before:` `after:` `on:` a day, month or year of @p zone, `is:` a state,
/// `words:>500`, and a `/regular expression/`.
///
/// Everything else is a word: `http://example.org` is one. A table without a title or body has its
/// texts searched.
ParsedSearch parseSearch(const QString &text, const orm::Table &table,
                         const QTimeZone &zone = QTimeZone::systemTimeZone());

/// A day `2024-02-28`, a month `2024-02` or a year `2024`: its first day and the one after its last.
std::optional<QPair<QDate, QDate>> parsePeriod(const QString &text);

} // namespace ui
