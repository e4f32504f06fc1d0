// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

namespace app {

/// A post of the site: the tutorial's model, column by column.
/// Its labels and names are shown in the user's language, see translated().
/// @see Flask-SQLAlchemy's `Post(db.Model)`; all columns but the key may be NULL there
struct Post
{
    qint64 id = 0;
    std::optional<QString> title = {};
    std::optional<QString> content = {};
    std::optional<QDateTime> createdAt = {};
};

} // namespace app

template<>
struct orm::Mapping<app::Post>
{
    static constexpr auto table = orm::table<app::Post>(
        "posts",
        {column<&app::Post::id>("id", primaryKey, label(QT_TRANSLATE_NOOP("app::Post", "Id"))),
         column<&app::Post::title>("title", String{255},
                                   label(QT_TRANSLATE_NOOP("app::Post", "T&itle")), Role::Title),
         column<&app::Post::content>("content", Text,
                                     label(QT_TRANSLATE_NOOP("app::Post", "&Body")), Role::Body),
         column<&app::Post::createdAt>("created_at", defaultTo(currentTimestamp()),
                                       label(QT_TRANSLATE_NOOP("app::Post", "C&reated")),
                                       Role::Created)},
        names(QT_TRANSLATE_NOOP("app::Post", "post"), QT_TRANSLATE_NOOP("app::Post", "posts")));
};
