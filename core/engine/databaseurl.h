// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace orm {

/// Where a database is: sqlite:///posts.db (relative), sqlite:////var/posts.db (absolute),
/// postgresql://ann@host/blog. @see SQLAlchemy, Engine Configuration: Database URLs
struct DatabaseUrl
{
    QString scheme; ///< "sqlite", "postgresql", "mariadb"
    QString user;
    QString password; ///< never printed
    QString host;
    int port = 0;
    QString database; ///< file of SQLite (":memory:" or empty: in memory), else the name

    /// @returns nothing if @p text is no such URL
    static std::optional<DatabaseUrl> parse(const QString &text);
    static DatabaseUrl sqlite(const QString &file);

    bool isSqlite() const { return scheme == QLatin1String("sqlite"); }
    bool isMemory() const;
    QString toString() const; ///< without the password
    bool operator==(const DatabaseUrl &) const = default;
};

} // namespace orm
