// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
struct Table;
}

namespace ui {

/// "1 post", "500 posts", "10,000,000 posts": the number as the user's locale writes it.
QString counted(qint64 number, const orm::Table &table);

/// "Post" for a table of posts: @p word at the start of a sentence or a menu.
QString capitalized(const QString &word);

} // namespace ui
