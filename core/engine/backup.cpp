// SPDX-License-Identifier: MIT
#include "core/engine/backup.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/error.h"

#include <QFile>

#include <algorithm>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int pagesAtFirst = 64;

/// A file that goes with this object unless it was kept.
class PartialFile
{
public:
    explicit PartialFile(const QString &path)
        : m_path(path)
    {}
    ~PartialFile()
    {
        if (m_path.isEmpty())
            return;
        for (const auto *suffix : {"", "-journal", "-wal", "-shm"})
            QFile::remove(m_path + QLatin1StringView(suffix));
    }
    Q_DISABLE_COPY_MOVE(PartialFile)

    const QString &path() const { return m_path; }
    void keepAs(const QString &path)
    {
        if (!QFile::rename(m_path, path))
            throw OperationalError(OperationalError::Reason::CannotOpen,
                                   u"'%1' can't be written"_s.arg(path));
        m_path.clear();
    }

private:
    QString m_path;
};

/// A transaction that only reads: what it sees stays, and where there is no WAL, writers wait.
class ReadTransaction
{
public:
    explicit ReadTransaction(Connection &connection)
        : m_connection(connection)
    {
        m_connection.execute(u"BEGIN"_s);
        m_connection.scalar(u"SELECT count(*) FROM sqlite_schema"_s);
    }
    ~ReadTransaction() { m_connection.rollback(); }
    Q_DISABLE_COPY_MOVE(ReadTransaction)

private:
    Connection &m_connection;
};

struct BackupEnd
{
    void operator()(sqlite3_backup *backup) const { sqlite3_backup_finish(backup); }
};

void copyPages(Connection &from, Connection &to, const Backup::Progress &progress)
{
    const auto fail = [&to](int code) {
        to.dialect().throwError(code, QString::fromUtf8(sqlite3_errmsg(to.sqlite())),
                                u"(backup)"_s);
    };
    std::optional<ReadTransaction> moment;
    if (from.scalar(u"PRAGMA journal_mode"_s).toString() == u"wal"_s)
        moment.emplace(from);
    const std::unique_ptr<sqlite3_backup, BackupEnd> backup(
        sqlite3_backup_init(to.sqlite(), "main", from.sqlite(), "main"));
    if (!backup)
        fail(sqlite3_extended_errcode(to.sqlite()));
    int pages = pagesAtFirst;
    int restarts = 0;
    int copied = 0;
    while (true) {
        const auto begin = Clock::now();
        const int code = sqlite3_backup_step(backup.get(), pages);
        const auto time = Clock::now() - begin;
        if (code == SQLITE_DONE)
            return;
        if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED)
            fail(code);
        const int now = sqlite3_backup_remaining(backup.get());
        const int all = sqlite3_backup_pagecount(backup.get());
        const bool isFromTheStart = code == SQLITE_OK && all - now < copied + pages;
        if (isFromTheStart && ++restarts == Backup::maxRestarts && !moment)
            moment.emplace(from);
        copied = all - now;
        if (progress && !progress(all > 0 ? 100 - int(qint64(now) * 100 / all) : 0))
            throw CancelledError();
        if (time > Backup::piece)
            pages = std::max(1, pages / 2);
        else if (time < Backup::piece / 4)
            pages = std::min(pages * 2, 65536);
        std::this_thread::sleep_for(Backup::pause);
    }
}

} // namespace

void Backup::copy(Connection &from, const QString &path, const Progress &progress)
{
    if (!from.url().isSqlite())
        throw InvalidRequestError(u"only databases of SQLite are copied as files"_s);
    if (QFile::exists(path))
        throw InvalidRequestError(u"there is a file '%1' already"_s.arg(path));
    PartialFile file(path + u".part"_s);
    QFile::remove(file.path()); // of a copy that was killed
    if (from.sqlite()) {
        Connection to(DatabaseUrl::sqlite(file.path()), from.dialect());
        copyPages(from, to, progress);
    } else {
        // Without the native handle there are no pieces.
        from.execute(u"VACUUM INTO ?"_s, {StoredValue::text(file.path())});
    }
    file.keepAs(path);
    if (progress)
        progress(100);
}

} // namespace orm
