// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

#include <optional>

namespace orm {
struct LiveTable;
}

namespace app {

/// A table of a database that was named on the command line, as the window is to show it.
struct AnyTable
{
    std::optional<orm::Table> table;
    QString refusal; ///< without a table: a sentence for standard error that says why

    /// Looks for @p name in @p database, a path or URL; that of the posts is shown as ever. Before there
    /// is a window, as it asks the database in this thread.
    static AnyTable find(const QString &database, const QString &name);
};

/// What the window needs to know of a table that no mapping describes: nouns, a title, a key.
///
/// A table without a key is shown by SQLite's numbers of its rows, and a view by all of its columns;
/// both can only be read.
orm::Table described(const orm::LiveTable &live);

} // namespace app
