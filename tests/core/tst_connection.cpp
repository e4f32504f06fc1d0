// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/statementlease.h"
#include "core/engine/transaction.h"
#include "tests/support/testdatabase.h"
#include "tests/support/thrown.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using orm::ConnectionOptions;
using Reason = orm::OperationalError::Reason;

namespace {

std::shared_ptr<orm::Connection> open(const QString &file, const ConnectionOptions &options = {})
{
    return orm::Engine::create(orm::DatabaseUrl::sqlite(file), options).connect();
}

std::optional<Reason> refusal(const QString &file, const ConnectionOptions &options = {})
{
    const auto error = thrown<orm::OperationalError>([&] { open(file, options); });
    return error ? std::optional(error->reason()) : std::nullopt;
}

/// Somebody who is not root, as root may read everything.
class Somebody
{
public:
    Somebody()
        : m_before(geteuid())
    {
        m_isOther = m_before != 0 || seteuid(65'534) == 0;
    }
    ~Somebody()
    {
        if (seteuid(m_before) != 0)
            qFatal("cannot become who we were");
    }
    Q_DISABLE_COPY_MOVE(Somebody)
    bool isOther() const { return m_isOther; }

private:
    uid_t m_before;
    bool m_isOther = false;
};

} // namespace

/// How databases are opened, what is set on them, and waiting for other programs.
class ConnectionTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();

    void pragmas();
    void aFileThatWeMakeIsInWalMode();
    void theModeOfAnExistingFileIsItsOwners();
    void anEmptyFileIsNotOurs();
    void openingWritesNothing();
    void whatCannotBeOpened();
    void aFileWithoutPermission();
    void aWriteProtectedFileIsReadOnly();
    void readOnlyOnRequest();
    void aMissingFileIsMadeOnlyOnRequest();
    void otherThreadsAreRefused();
    void interruptFromAnotherThread();
    void aBusyDatabaseIsWaitedFor();
    void waitingIsGivenUpByTheHandler();
    void waitingEndsWithTheTimeout();
    void aDatabaseThatIsLockedWhileItIsOpened();
    void transactionsRollBackByThemselves();
    void aTransactionInATransactionIsRefused();
    void rollbackAfterTheDatabaseHasDoneIt();
    void theTraceSeesEveryStatement();
    void copiesOfNothingAreLeft();

private:
    ConnectionOptions options() const
    {
        QFETCH_GLOBAL(const ConnectionOptions::Statements, statements);
        return {.statements = statements};
    }
};

void ConnectionTest::initTestCase_data()
{
    QTest::addColumn<ConnectionOptions::Statements>("statements");

    QTest::newRow("native") << ConnectionOptions::Statements::Native;
    QTest::newRow("QSqlQuery") << ConnectionOptions::Statements::Query;
}

void ConnectionTest::pragmas()
{
    const TestDatabase database;
    const auto connection = open(database.file(), options());
    QCOMPARE(connection->scalar(u"PRAGMA foreign_keys"_s).toInteger(), 1);
    QCOMPARE(connection->scalar(u"PRAGMA synchronous"_s).toInteger(), 2); // FULL
    QCOMPARE(connection->scalar(u"PRAGMA temp_store"_s).toInteger(), 1); // FILE
    QVERIFY(!connection->isReadOnly());
    QVERIFY(connection->sqlite());
}

void ConnectionTest::aFileThatWeMakeIsInWalMode()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"new.db"_s);
    const auto connection = open(file, options());
    QCOMPARE(connection->scalar(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
    QVERIFY(QFile::exists(file));
}

void ConnectionTest::theModeOfAnExistingFileIsItsOwners()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    {
        const auto connection = open(database.file(), options());
        QCOMPARE(connection->scalar(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
        connection->execute(u"INSERT INTO t VALUES (1)"_s);
    }
    QCOMPARE(database.outsideScalar(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
    const TestDatabase wal({}, TestDatabase::Journal::Wal);
    const auto connection = open(wal.file(), options());
    QCOMPARE(connection->scalar(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
}

void ConnectionTest::anEmptyFileIsNotOurs()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"empty.db"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto connection = open(name, options());
    QCOMPARE(connection->scalar(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
    QCOMPARE(QFileInfo(name).size(), 0);
}

void ConnectionTest::openingWritesNothing()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER); INSERT INTO t VALUES (1)"_s);
    const auto content = [&] {
        QFile file(database.file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = content();
    {
        const auto connection = open(database.file(), options());
        connection->scalar(u"SELECT * FROM t"_s);
    }
    QVERIFY(!before.isEmpty());
    QCOMPARE(content(), before);
}

void ConnectionTest::whatCannotBeOpened()
{
    QTemporaryDir folder;
    QCOMPARE(refusal(folder.path(), options()), Reason::CannotOpen);
    QCOMPARE(refusal(folder.filePath(u"no/such/folder.db"_s), options()), Reason::CannotOpen);
    const QString text = folder.filePath(u"text.db"_s);
    QFile file(text);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("This is no database. ").repeated(100));
    file.close();
    QCOMPARE(refusal(text, options()), Reason::NotADatabase);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("This is no database."));
}

void ConnectionTest::aFileWithoutPermission()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    const QString file = database.file();
    QVERIFY(chmod(qPrintable(QFileInfo(file).path()), 0755) == 0);
    QVERIFY(chmod(qPrintable(file), 0) == 0);
    const Somebody somebody;
    if (!somebody.isOther())
        QSKIP("cannot become another user");
    QCOMPARE(refusal(file, options()), Reason::CannotOpen);
}

void ConnectionTest::aWriteProtectedFileIsReadOnly()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    const QString file = database.file();
    QVERIFY(chmod(qPrintable(QFileInfo(file).path()), 0755) == 0);
    QVERIFY(chmod(qPrintable(file), 0444) == 0);
    const Somebody somebody;
    if (!somebody.isOther())
        QSKIP("cannot become another user");
    const auto connection = open(file, options());
    QVERIFY(connection->isReadOnly());
    QCOMPARE(connection->scalar(u"SELECT count(*) FROM t"_s).toInteger(), 0);
    const auto error = thrown<orm::OperationalError>(
        [&] { connection->execute(u"INSERT INTO t VALUES (1)"_s); });
    QVERIFY(error);
    QCOMPARE(error->reason(), Reason::ReadOnly);
}

void ConnectionTest::readOnlyOnRequest()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    ConnectionOptions readOnly = options();
    readOnly.access = ConnectionOptions::Access::ReadOnly;
    const auto connection = open(database.file(), readOnly);
    QVERIFY(connection->isReadOnly());
    const auto error = thrown<orm::OperationalError>(
        [&] { connection->execute(u"INSERT INTO t VALUES (1)"_s); });
    QVERIFY(error);
    QCOMPARE(error->reason(), Reason::ReadOnly);
    QTemporaryDir folder;
    QCOMPARE(refusal(folder.filePath(u"missing.db"_s), readOnly), Reason::CannotOpen);
    QVERIFY(!QFile::exists(folder.filePath(u"missing.db"_s)));
}

void ConnectionTest::aMissingFileIsMadeOnlyOnRequest()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"missing.db"_s);
    ConnectionOptions never = options();
    never.create = ConnectionOptions::Create::Never;
    QCOMPARE(refusal(file, never), Reason::CannotOpen);
    QVERIFY(!QFile::exists(file));
    open(file, options());
    QVERIFY(QFile::exists(file));
    open(file, never);
}

void ConnectionTest::otherThreadsAreRefused()
{
    const TestDatabase database;
    const auto connection = open(database.file(), options());
    const auto statement = connection->prepare(u"SELECT 1"_s);
    int refused = 0;
    std::thread([&] {
        const auto tryIt = [&](const auto &call) {
            try {
                call();
            } catch (const orm::WrongThreadError &) {
                ++refused;
            }
        };
        tryIt([&] { connection->prepare(u"SELECT 1"_s); });
        tryIt([&] { connection->cached(u"SELECT 1"_s); });
        tryIt([&] { connection->execute(u"SELECT 1"_s); });
        tryIt([&] { connection->begin(); });
        tryIt([&] { connection->commit(); });
        tryIt([&] { connection->inTransaction(); });
        tryIt([&] { connection->scalar(u"SELECT 1"_s); });
        tryIt([&] { static_cast<void>(connection->lease(u"SELECT 1"_s)); });
        tryIt([&] { connection->setTrace({}); });
        tryIt([&] { connection->isRowid(u"x"_s, u"id"_s); });
        tryIt([&] { statement->step(); });
    }).join();
    QCOMPARE(refused, 11);
    QVERIFY(statement->step());
}

void ConnectionTest::interruptFromAnotherThread()
{
    const TestDatabase database;
    const auto connection = open(database.file(), options());
    std::atomic<bool> isOver = false;
    std::thread other([&] {
        while (!isOver) { // until it hits: the statement may not have begun
            connection->interrupt();
            std::this_thread::yield();
        }
    });
    const auto error = thrown<orm::OperationalError>([&] {
        connection->scalar(
            u"WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"_s);
    });
    isOver = true;
    other.join();
    QVERIFY(error);
    QCOMPARE(error->reason(), Reason::Interrupted);
    QCOMPARE(connection->scalar(u"SELECT 7"_s).toInteger(), 7);
}

void ConnectionTest::aBusyDatabaseIsWaitedFor()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    OtherProgram other(database);
    QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), SQLITE_OK);
    ConnectionOptions patient = options();
    int calls = 0;
    patient.onBusy = [&](std::chrono::milliseconds) {
        if (++calls == 3)
            other.run(u"COMMIT"_s);
        return true;
    };
    const auto connection = open(database.file(), patient);
    connection->execute(u"INSERT INTO t VALUES (1)"_s);
    QCOMPARE(calls, 3);
    other.run(u"BEGIN IMMEDIATE"_s);
    calls = 0;
    connection->begin(); // BEGIN IMMEDIATE waits, too
    QCOMPARE(calls, 3);
    connection->commit();
}

void ConnectionTest::waitingIsGivenUpByTheHandler()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    OtherProgram other(database);
    other.run(u"BEGIN IMMEDIATE"_s);
    ConnectionOptions impatient = options();
    std::chrono::milliseconds last{-1};
    int calls = 0;
    impatient.onBusy = [&](std::chrono::milliseconds waited) {
        last = waited;
        return ++calls < 5;
    };
    const auto connection = open(database.file(), impatient);
    const auto error = thrown<orm::OperationalError>([&] { connection->begin(); });
    QVERIFY(error);
    QCOMPARE(error->reason(), Reason::Busy);
    QCOMPARE(calls, 5);
    QVERIFY(last >= 0ms);
    QVERIFY(!connection->inTransaction());
}

void ConnectionTest::waitingEndsWithTheTimeout()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    OtherProgram other(database);
    other.run(u"BEGIN IMMEDIATE"_s);
    ConnectionOptions quick = options();
    quick.busyTimeout = 0ms;
    const auto connection = open(database.file(), quick);
    const auto error = thrown<orm::OperationalError>(
        [&] { connection->execute(u"INSERT INTO t VALUES (1)"_s); });
    QVERIFY(error);
    QCOMPARE(error->reason(), Reason::Busy);
}

void ConnectionTest::aDatabaseThatIsLockedWhileItIsOpened()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    OtherProgram other(database);
    other.run(u"BEGIN EXCLUSIVE"_s);
    ConnectionOptions quick = options();
    quick.busyTimeout = 0ms;
    QCOMPARE(refusal(database.file(), quick), Reason::Busy);
    other.run(u"COMMIT"_s);
    open(database.file(), quick);
}

void ConnectionTest::transactionsRollBackByThemselves()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    const auto connection = open(database.file(), options());
    {
        const orm::Transaction transaction(*connection);
        connection->execute(u"INSERT INTO t VALUES (1)"_s);
        QVERIFY(connection->inTransaction());
    }
    QVERIFY(!connection->inTransaction());
    {
        orm::Transaction transaction(*connection);
        connection->execute(u"INSERT INTO t VALUES (2)"_s);
        transaction.commit();
    }
    {
        const auto dying = open(database.file(), options());
        dying->begin();
        dying->execute(u"INSERT INTO t VALUES (3)"_s);
    }
    QCOMPARE(database.outsideScalar(u"SELECT group_concat(id) FROM t"_s).toString(), u"2"_s);
}

void ConnectionTest::aTransactionInATransactionIsRefused()
{
    const TestDatabase database;
    const auto connection = open(database.file(), options());
    const orm::Transaction transaction(*connection);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, connection->begin());
}

void ConnectionTest::rollbackAfterTheDatabaseHasDoneIt()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER UNIQUE ON CONFLICT ROLLBACK)"_s);
    const auto connection = open(database.file(), options());
    connection->begin();
    connection->execute(u"INSERT INTO t VALUES (1)"_s);
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection->execute(u"INSERT INTO t VALUES (1)"_s));
    QVERIFY(!connection->inTransaction());
    connection->rollback(); // nothing is left to do, and nothing is said
    connection->begin();
    connection->commit();
}

void ConnectionTest::theTraceSeesEveryStatement()
{
    const TestDatabase database(u"CREATE TABLE t (id INTEGER)"_s);
    const auto connection = open(database.file(), options());
    QStringList seen;
    connection->setTrace([&seen](const QString &sql) { seen.append(sql); });
    {
        orm::Transaction transaction(*connection);
        connection->execute(u"INSERT INTO t VALUES (?)"_s, {orm::StoredValue::text(u"secret")});
        transaction.commit();
    }
    QCOMPARE(seen, QStringList({u"BEGIN IMMEDIATE"_s, u"INSERT INTO t VALUES (?)"_s, u"COMMIT"_s}));
}

void ConnectionTest::copiesOfNothingAreLeft()
{
    const QStringList before = QSqlDatabase::connectionNames();
    const TestDatabase database;
    {
        const auto connection = open(database.file(), options());
        const auto other = open(database.file(), options());
        QVERIFY(QSqlDatabase::connectionNames().size() == before.size() + 2);
    }
    refusal(QDir::rootPath(), options());
    QCOMPARE(QSqlDatabase::connectionNames(), before);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_connection.moc"
