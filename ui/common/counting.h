// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace orm {
struct DependentCount;
struct Table;
} // namespace orm

namespace ui {

/// "1 post", "500 posts", "10,000,000 posts": the number as the user's locale writes it.
QString counted(qint64 number, const orm::Table &table);

/// What a deletion takes along: "also deleted: 3 of comments; unlinked: 1 of notes".
QString dependentsText(const QList<orm::DependentCount> &counts);

/// "Post" for a table of posts: @p word at the start of a sentence or a menu.
QString capitalized(const QString &word);

/// "title" for a column labelled Title, as a sentence has it; abbreviations stay, and all nouns of a
/// language that begins them with a capital.
QString inSentence(const QString &name);

} // namespace ui
