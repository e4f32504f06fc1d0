// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/engine/statementlease.h"
#include "core/session/optimisticreader.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "core/session/rowfilter.h"
#include "tests/support/testdatabase.h"
#include "tests/support/thrown.h"

#include <QProcess>
#include <QTest>

#include <atomic>
#include <cstdio>
#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace orm;
using Start = OptimisticReader::Start;

namespace {

/// Each post on a page of its own.
const QString posts = u"PRAGMA page_size = 512; CREATE TABLE posts (id INTEGER PRIMARY KEY, title "
                      u"TEXT, content TEXT);"
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
                      "INSERT INTO posts SELECT i, 'v0', hex(zeroblob(200)) FROM n"_s;
const QString summary = u"SELECT count(*), min(title), max(title) FROM posts"_s;
constexpr int busy = 5; // SQLITE_BUSY

std::shared_ptr<Connection> connectUnlocked(const TestDatabase &database)
{
    ConnectionOptions options;
    options.access = ConnectionOptions::Access::Unlocked;
    return Engine::create(database.url(), options).connect();
}

OptimisticReader readerOf(const TestDatabase &database)
{
    return {[&database] { return connectUnlocked(database); },
            [](std::chrono::microseconds time) { std::this_thread::sleep_for(time); }};
}

/// The time of a file may be as coarse as that.
void letTimePass()
{
    std::this_thread::sleep_for(20ms);
}

/// Rows whose title was written and never committed.
class Spilled final : public RowFilter
{
public:
    QList<int> columns() const override { return {1}; }
    bool matches(const Key &, const QList<ValueView> &values, const StopCheck &) const override
    {
        return values.first().bytes == "spilled";
    }
};

const auto writeOption = u"--write"_s;

/// A process of its own: another program in this one shares what it knows of locks with it.
int writeOnce(const QString &file)
{
    sqlite3 *database = nullptr;
    sqlite3_open(file.toUtf8().constData(), &database);
    const int result = sqlite3_exec(database, "UPDATE posts SET title = 'theirs' WHERE id = 1",
                                    nullptr, nullptr, nullptr);
    sqlite3_close(database);
    std::printf("%d\n", result);
    return 0;
}

int fromAnotherProcess(const TestDatabase &database)
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {writeOption, database.file()});
    if (!process.waitForFinished())
        return -1;
    return process.readAllStandardOutput().trimmed().toInt();
}

} // namespace

/// Reading without a lock.
class TestOptimisticReader final : public QObject
{
    Q_OBJECT

private slots:
    void aCursorKeepsNobodyFromWriting()
    {
        const TestDatabase database(posts);
        const QString update = u"UPDATE posts SET title = 'theirs' WHERE id = 1"_s;
        const auto locked = Engine::create(database.url()).connect();
        {
            PreparedStatement &cursor = locked->cached(u"SELECT * FROM posts"_s);
            const StatementRun run(cursor);
            QVERIFY(cursor.step());
            QCOMPARE(database.outside(update, noPatience), busy);
        }
        OptimisticReader reader = readerOf(database);
        QCOMPARE(reader.begin(), Start::Unlocked);
        PreparedStatement &cursor = reader.connection()->cached(u"SELECT * FROM posts"_s);
        const StatementRun run(cursor);
        QVERIFY(cursor.step());
        QVERIFY(reader.isSettled());
        QCOMPARE(database.outside(update, noPatience), 0);
        QVERIFY(!reader.isSettled());
        QVERIFY(!reader.connection());
    }

    void whoOnlyReadsChangesNothing()
    {
        const TestDatabase database(posts);
        OptimisticReader reader = readerOf(database);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(database.outside(summary), 0);
        QVERIFY(reader.isSettled());
    }

    void aWriteThatHasBegunIsWaitedFor()
    {
        const TestDatabase database(posts);
        OptimisticReader reader = readerOf(database);
        OtherProgram other(database);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        QVERIFY(!reader.isSettled());
        QCOMPARE(reader.begin(), Start::Later);
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QVERIFY(reader.isSettled());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        QCOMPARE(reader.begin(), Start::Later);
    }

    void aCommitIsNoticedWhateverTheTimeOfTheFile()
    {
        const TestDatabase database(posts);
        OptimisticReader reader = readerOf(database);
        const std::filesystem::path file(database.file().toStdU16String());
        const auto time = std::filesystem::last_write_time(file);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(database.outside(u"UPDATE posts SET title = 'theirs' WHERE id = 1"_s), 0);
        std::filesystem::last_write_time(file, time);
        QVERIFY(!reader.isSettled());
    }

    /// What is written before the commit, as much of it doesn't fit into memory, and taken back.
    void aWriteThatIsTakenBackIsNoticed()
    {
        const TestDatabase database(posts);
        OptimisticReader reader = readerOf(database);
        OtherProgram other(database);
        letTimePass();
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(other.run(u"PRAGMA cache_size = 10; BEGIN; UPDATE posts SET title = 'spilled'"_s),
                 0);
        // it reads what was never committed
        QCOMPARE(reader.connection()->scalar(u"SELECT min(title) FROM posts"_s).toString(),
                 u"spilled"_s);
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        QVERIFY(!reader.isSettled());
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(reader.connection()->scalar(u"SELECT min(title) FROM posts"_s).toString(),
                 u"v0"_s);
        QVERIFY(reader.isSettled());
    }

    void aNewColumnIsSeen()
    {
        const TestDatabase database(posts);
        OptimisticReader reader = readerOf(database);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QVERIFY(reader.isSettled());
        QCOMPARE(database.outside(u"ALTER TABLE posts ADD COLUMN more DEFAULT 'new'"_s), 0);
        QCOMPARE(reader.begin(), Start::Unlocked);
        QCOMPARE(reader.connection()->scalar(u"SELECT max(more) FROM posts"_s).toString(),
                 u"new"_s);
        QVERIFY(reader.isSettled());
    }

    void inWalModeItIsNoUse()
    {
        const TestDatabase database(posts, TestDatabase::Journal::Wal);
        const auto locked = Engine::create(database.url()).connect();
        QVERIFY(!doReadersKeepWritersOut(*locked));
        QVERIFY(thrown<OperationalError>([&] { connectUnlocked(database); }));
        OptimisticReader reader = readerOf(database);
        QCOMPARE(reader.read(*locked, [&](Connection &by) { return &by == locked.get(); }), true);
    }

    void nothingCanBeWritten()
    {
        const TestDatabase database(posts);
        const auto unlocked = connectUnlocked(database);
        QVERIFY(thrown<OperationalError>([&] { unlocked->execute(u"DELETE FROM posts"_s); }));
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s).toInteger(), 2000);
    }

    /// The system drops all locks of a process on a file when the process closes it anywhere.
    void closingItLeavesTheLocksOfASave()
    {
        const TestDatabase database(posts);
        const auto saving = Engine::create(database.url()).connect();
        auto unlocked = connectUnlocked(database);
        saving->execute(u"BEGIN IMMEDIATE"_s);
        QCOMPARE(fromAnotherProcess(database), busy);
        unlocked.reset();
        QCOMPARE(fromAnotherProcess(database), busy);
        saving->execute(u"COMMIT"_s);
        QCOMPARE(fromAnotherProcess(database), 0);
    }

    void whoWritesWithoutEndIsReadWithALock()
    {
        const TestDatabase database(posts);
        const auto locked = Engine::create(database.url()).connect();
        OptimisticReader reader = readerOf(database);
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        const auto itself = [](Connection &by) { return &by; };
        QCOMPARE(reader.read(*locked, itself), locked.get());
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QVERIFY(reader.read(*locked, itself) != locked.get());
    }

    /// A journal that a program has left behind that died: only with a lock can it be rolled back.
    void whatADeadProgramHasBegunIsNotRead()
    {
        const TestDatabase database(posts);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"posts.db"_s);
        {
            OtherProgram other(database);
            QCOMPARE(
                other.run(u"PRAGMA cache_size = 10; BEGIN; UPDATE posts SET title = 'spilled'"_s),
                0);
            QVERIFY(QFile::copy(database.file(), file));
            QVERIFY(QFile::copy(database.file() + u"-journal"_s, file + u"-journal"_s));
        }
        const TestDatabase left = TestDatabase::at(file);
        OptimisticReader reader = readerOf(left);
        QVERIFY(thrown<Error>([&] { connectUnlocked(left); }));
        const auto locked = Engine::create(left.url()).connect();
        QCOMPARE(reader.read(*locked,
                             [](Connection &by) {
                                 return by.scalar(u"SELECT max(title) FROM posts"_s).toString();
                             }),
                 u"v0"_s);
    }

    void whatFailsIsSaidWithALock()
    {
        const TestDatabase database(posts);
        const auto locked = Engine::create(database.url()).connect();
        OptimisticReader reader = readerOf(database);
        QVERIFY(thrown<ProgrammingError>([&] {
            reader.read(*locked, [](Connection &by) { return by.scalar(u"SELECT nothing"_s); });
        }));
    }

    void nothingUncommittedIsRead_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"search", "page", "whole", "sort", "sort of many"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    /// In the moment in which a reading begins another program writes to the file what it then takes back.
    void nothingUncommittedIsRead()
    {
        QFETCH(const QString, what);
        TestDatabase database(posts);
        if (what == u"sort of many")
            QCOMPARE(
                database.outside(
                    u"WITH RECURSIVE n(i) AS (SELECT 2001 UNION ALL SELECT i + 1 FROM n "
                    "LIMIT 118000) INSERT INTO posts SELECT i, 'v0', hex(zeroblob(200)) FROM n"_s),
                0);
        PageReader pages(database.url());
        OrderReader orders(database.url());
        const Table table
            = pages.run([](Connection &by) { return reflect(by, u"posts"_s).table; }).result();
        OtherProgram other(database);
        std::jthread later;
        const auto spill = [&](const QString &sql) {
            const bool isReading = sql.startsWith(u"SELECT"_s)
                && sql.contains(what == u"sort of many" ? u"BETWEEN"_s : u"FROM posts"_s);
            if (!isReading || later.joinable())
                return;
            QCOMPARE(other.run(u"PRAGMA cache_size = 10; BEGIN;"
                               "UPDATE posts SET title = 'spilled' WHERE id % 2 = 0;"
                               // what is in its memory only goes to the file, too
                               "UPDATE posts SET title = 'other' WHERE id BETWEEN 900 AND 950"_s),
                     0);
            later = std::jthread([&other] {
                letTimePass();
                other.run(u"ROLLBACK"_s);
            });
        };
        for (DatabaseThread *thread : std::initializer_list<DatabaseThread *>{&pages, &orders})
            thread->run([&](Connection &by) { by.setTrace(spill); }).waitForFinished();
        const auto keysOf = [&](const RowQuery &query) {
            QFuture<KeyBatch> stream = orders.keys(query);
            stream.waitForFinished();
            QList<qint64> keys;
            for (const KeyBatch &batch : stream.results()) {
                if (batch.restarts)
                    keys.clear();
                for (qint64 i = 0; i < batch.keys.size() && !batch.isPreview; ++i)
                    keys.append(batch.keys.at(i).number());
            }
            return keys;
        };
        if (what == u"search") {
            QCOMPARE(keysOf({table, {}, std::make_shared<Spilled>()}), QList<qint64>());
        } else if (what == u"page") {
            const RecordPage page = pages.page(table, {Key::integer(2), Key::integer(4)}).result();
            QCOMPARE(page.records.size(), 2);
            QCOMPARE(page.records.first().values.at(1).toString(), u"v0"_s);
        } else if (what == u"whole") {
            const Record record = pages.whole(table, Key::integer(2)).result();
            QCOMPARE(record.values.at(1).toString(), u"v0"_s);
        } else {
            const QList<qint64> keys = keysOf({table, {{1, Qt::AscendingOrder}}});
            QCOMPARE(keys.size(), what == u"sort" ? 2000 : 120'000);
            for (qsizetype row = 0; row < keys.size(); ++row) {
                if (keys.at(row) != row + 1)
                    QFAIL(qPrintable(u"row %1 is %2"_s.arg(row).arg(keys.at(row))));
            }
        }
        QVERIFY(later.joinable());
    }

    /// Each transaction gives all posts another title, and writes most pages before it commits.
    void whatIsReadIsOfOneState()
    {
        const TestDatabase database(posts);
        PageReader pages(database.url());
        OrderReader orders(database.url());
        const Table table
            = pages.run([](Connection &by) { return reflect(by, u"posts"_s).table; }).result();
        QList<Key> keys;
        for (qint64 i = 0; i < OptimisticReader::fewestRows; ++i)
            keys.append(Key::integer(100 + i * 110)); // each on another page
        std::atomic_bool isOver = false;
        std::atomic_int writes = 0;
        std::thread webApp([&] {
            sqlite3 *handle = nullptr;
            sqlite3_open(database.file().toUtf8().constData(), &handle);
            sqlite3_busy_timeout(handle, 20'000);
            sqlite3_exec(handle, "PRAGMA cache_size = 20; PRAGMA synchronous = OFF", nullptr,
                         nullptr, nullptr);
            for (int i = 1; !isOver; ++i) {
                const QByteArray end = i % 3 == 0 ? "ROLLBACK" : "COMMIT";
                const QByteArray sql
                    = "BEGIN; UPDATE posts SET title = 'v" + QByteArray::number(i) + "';" + end;
                if (sqlite3_exec(handle, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK)
                    ++writes;
                std::this_thread::sleep_for(std::chrono::milliseconds(i % 7));
            }
            sqlite3_close(handle);
        });
        QStringList wrong;
        QSet<QString> titles;
        for (int i = 0; i < 100; ++i) {
            const RecordPage page = pages.page(table, keys).result();
            if (page.records.size() != keys.size()) {
                wrong.append(u"%1 posts"_s.arg(page.records.size()));
                continue;
            }
            const QString first = page.records.first().values.at(1).toString();
            titles.insert(first);
            for (const Record &record : page.records) {
                if (record.values.at(1).toString() != first)
                    wrong.append(record.values.at(1).toString());
            }
            if (i % 10 == 0 && orders.count(table).result() != 2000)
                wrong.append(u"counted"_s);
        }
        isOver = true;
        webApp.join();
        QCOMPARE(wrong, QStringList());
        QVERIFY2(titles.size() > 3, qPrintable(QString::number(titles.size())));
        QVERIFY(writes > 3);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == writeOption)
        return writeOnce(arguments.value(2));
    TestOptimisticReader test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_optimisticreader.moc"
