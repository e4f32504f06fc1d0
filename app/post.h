// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapper.h"

namespace app {

/// A post of the site: the tutorial's model, column by column.
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
        {column<&app::Post::id>("id", primaryKey, label("Id")),
         column<&app::Post::title>("title", String{255}, label("T&itle"), Role::Title),
         column<&app::Post::content>("content", Text, label("&Body"), Role::Body),
         column<&app::Post::createdAt>("created_at", defaultTo(currentTimestamp()),
                                       label("C&reated"), Role::Created)},
        names("post", "posts"));
};
