// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/databaseurl.h"
#include "core/schema/storedvalue.h"

#include <QTemporaryDir>

#include <chrono>
#include <optional>

/// How long another program waits for a lock: a web app's five seconds, and what a machine that does much
/// else adds to them.
constexpr std::chrono::seconds usualPatience(20);
/// Another program that fails at the first lock it meets.
constexpr std::chrono::seconds noPatience(0);

/// A database in a folder of its own, and "another program" that reads and writes it: SQLite's C
/// interface on a connection and a thread of its own, with nothing of ours between.
class TestDatabase
{
public:
    /// SQLite's rollback journal, as the tutorial's database has it, or WAL.
    enum class Journal { Rollback, Wal };

    /// Runs @p sql, any number of statements, on a new database.
    explicit TestDatabase(const QString &sql = {}, Journal journal = Journal::Rollback);
    /// One that somebody else has made, where it is.
    static TestDatabase at(const QString &file);
    /// The text of tests/data/@p name: TestDatabase(TestDatabase::data(u"f500.sql"_s)).
    static QString data(const QString &name);

    QString file() const;
    orm::DatabaseUrl url() const;

    /// Another program runs @p sql, which waits for locks for @p timeout. @returns SQLite's result
    /// code: 0 (SQLITE_OK), 5 (SQLITE_BUSY) …
    int outside(const QString &sql, std::chrono::milliseconds timeout = usualPatience) const;
    /// The first value of @p sql's first row, read by another program; NULL if there is none.
    orm::StoredValue outsideScalar(const QString &sql) const;

private:
    struct Elsewhere
    {
        QString file;
    };
    explicit TestDatabase(const Elsewhere &there);

    std::optional<QTemporaryDir> m_folder; ///< nothing for one that is elsewhere
    QString m_file;
};

/// Another program that keeps its connection, and with it its transaction, open: it holds locks. It
/// works in threads of its own, as the window's may not touch a database, and waits for locks as a web
/// app does.
class OtherProgram
{
public:
    explicit OtherProgram(const TestDatabase &database);
    ~OtherProgram();
    Q_DISABLE_COPY_MOVE(OtherProgram)

    /// @returns SQLite's result code
    int run(const QString &sql);

private:
    void *m_handle = nullptr;
};
