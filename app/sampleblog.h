// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
class Session;
}

namespace app {

/// The blog to try the program on: short posts from resources/sample that are also a tour of it.
struct SampleBlog
{
    static constexpr int postCount = 12;

    /// Where it is kept, in the program's @p dataFolder.
    static QString fileIn(const QString &dataFolder);
    static QString title(); ///< "Sample blog"

    /// Makes the table and the posts in an empty database; does nothing where there is a table.
    /// Runs in the session's thread.
    static void create(orm::Session &session);
};

} // namespace app
