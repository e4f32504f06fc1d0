// SPDX-License-Identifier: MIT
#include "core/error.h"
#include "core/session/databasethread.h"
#include "core/session/deliver.h"
#include "tests/support/testdatabase.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace orm;

namespace {

/// Runs until it is interrupted.
const QString endless
    = u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"_s;

/// The kind of Error that @p future failed with.
template<typename Result>
std::optional<Error::Kind> failureOf(QFuture<Result> future)
{
    try {
        future.waitForFinished();
    } catch (const Error &error) {
        return error.kind();
    }
    return {};
}

class Thread final : public DatabaseThread
{
public:
    using DatabaseThread::Budget;
    using DatabaseThread::checkStop;
    using DatabaseThread::DatabaseThread;
    using DatabaseThread::isStopRequested;
    using DatabaseThread::pause;
    using DatabaseThread::runWithin;

    ~Thread() override { stop(); }
};

} // namespace

class DatabaseThreadTest final : public QObject
{
    Q_OBJECT

private slots:
    void tasksRunInOrderInTheThreadOfTheName()
    {
        TestDatabase database;
        DatabaseThread thread(u"PageReader"_s, database.url());
        QStringList names;
        std::vector<int> order;
        QFuture<void> last;
        for (int i = 0; i < 100; ++i) {
            last = thread.run([&order, &names, i](Connection &) {
                order.push_back(i);
                names.append(QThread::currentThread()->objectName());
            });
        }
        last.waitForFinished();
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(order.size(), 100U);
        QCOMPARE(names.removeDuplicates(), 99);
        QCOMPARE(names.first(), u"PageReader"_s);
    }

    void aTaskAnswersWithItsResult()
    {
        TestDatabase database(u"CREATE TABLE t (a); INSERT INTO t VALUES (7)"_s);
        DatabaseThread thread(u"t"_s, database.url());
        const auto answer = thread.run([](Connection &connection) {
            return connection.scalar(u"SELECT a FROM t"_s).toInteger();
        });
        QCOMPARE(answer.result(), 7);
    }

    void aTaskMayBeMovedOnly()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        auto owned = std::make_unique<int>(5);
        const auto answer = thread.run([owned = std::move(owned)](Connection &) { return *owned; });
        QCOMPARE(answer.result(), 5);
    }

    void aStreamDeliversEachResultAndThenEnds()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        auto stream = thread.runStream<int>([](Connection &, QPromise<int> &promise) {
            for (int i = 0; i < 5; ++i)
                promise.addResult(i);
        });
        QObject receiver;
        QList<int> received;
        bool isOver = false;
        deliverEach(
            stream, &receiver, [&](int value) { received.append(value); }, [&] { isOver = true; },
            [](const Error &error) { QFAIL(error.what()); });
        QTRY_VERIFY(isOver);
        QCOMPARE(received, (QList<int>{0, 1, 2, 3, 4}));
    }

    /// Whoever keeps the future does not keep ten million keys twice with it.
    void whatAStreamHasDeliveredItKeepsNoMore()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        auto stream
            = thread.runStream<QStringList>([](Connection &, QPromise<QStringList> &promise) {
                  for (int i = 0; i < 5; ++i)
                      promise.addResult(QStringList{QString::number(i)});
              });
        QObject receiver;
        QStringList received;
        bool isOver = false;
        deliverEach(
            stream, &receiver, [&](const QStringList &value) { received += value; },
            [&] { isOver = true; }, [](const Error &error) { QFAIL(error.what()); });
        QTRY_VERIFY(isOver);
        QCOMPARE(received, (QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
        for (const QStringList &kept : stream.results())
            QVERIFY(kept.isEmpty());
    }

    void anErrorReachesTheFutureAsWhatItIs()
    {
        TestDatabase database(u"CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)"_s);
        DatabaseThread thread(u"t"_s, database.url());
        auto future = thread.run(
            [](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); });
        try {
            future.waitForFinished();
            QFAIL("it must throw");
        } catch (const IntegrityError &error) {
            QCOMPARE(error.constraint(), IntegrityError::Constraint::Unique);
            QCOMPARE(error.columns, QStringList{u"a"_s});
        }
    }

    void anErrorIsDeliveredInTheThreadOfTheReceiver()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QObject receiver;
        std::optional<Error::Kind> kind;
        deliver(
            thread.run([](Connection &connection) { connection.execute(u"SELECT nothing"_s); }),
            &receiver, [] {},
            [&](const Error &error) {
                QCOMPARE(QThread::currentThread(), qApp->thread());
                kind = error.kind();
            });
        QTRY_VERIFY(kind);
        QCOMPARE(*kind, Error::Kind::Programming);
    }

    void anyExceptionIsAnErrorForTheReceiver()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        auto future = thread.run([](Connection &) { throw std::bad_alloc(); });
        QCOMPARE(failureOf(future), Error::Kind::Operational);
        QVERIFY(!failureOf(thread.open()));
    }

    void aDatabaseThatCannotBeOpenedFailsItsTasksAndIsTriedAgain()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"later.db"_s);
        ConnectionOptions options;
        options.create = ConnectionOptions::Create::Never;
        DatabaseThread thread(u"t"_s, DatabaseUrl::sqlite(file), options);
        auto first = thread.open();
        try {
            first.waitForFinished();
            QFAIL("there is no such file");
        } catch (const OperationalError &error) {
            QCOMPARE(error.reason(), OperationalError::Reason::CannotOpen);
        }
        Engine::create(DatabaseUrl::sqlite(file)).connect();
        QVERIFY(!failureOf(thread.open()));
    }

    void aCancelledTaskThatHasNotBegunIsSkipped()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QSemaphore gate;
        bool isRun = false;
        auto first = thread.run([&](Connection &) { gate.acquire(); });
        auto second = thread.run([&](Connection &) { isRun = true; });
        auto third = thread.run([](Connection &) { return 3; });
        second.cancel();
        gate.release();
        QCOMPARE(third.result(), 3);
        QVERIFY(!isRun);
        QVERIFY(second.isCanceled());
        second.waitForFinished();
        QVERIFY(second.isFinished());
        first.waitForFinished();
    }

    void cancellingARunningTaskEndsIt()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QSemaphore isRunning;
        auto future = thread.run([&](Connection &connection) {
            isRunning.release();
            return connection.scalar(endless).toInteger();
        });
        isRunning.acquire();
        future.cancel();
        future.waitForFinished();
        QCOMPARE(future.resultCount(), 0);
        QCOMPARE(thread.run([](Connection &) { return 1; }).result(), 1);
    }

    void interruptEndsTheRunningTaskWithCancelledError()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QSemaphore isRunning;
        auto future = thread.run([&](Connection &connection) {
            isRunning.release();
            connection.scalar(endless);
        });
        isRunning.acquire();
        thread.interrupt();
        QCOMPARE(failureOf(future), Error::Kind::Cancelled);
    }

    void interruptReachesTheTaskBetweenItsStatements()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QSemaphore isRunning;
        QSemaphore gate;
        auto future = thread.run([&](Connection &connection) {
            connection.scalar(u"SELECT 1"_s);
            isRunning.release();
            gate.acquire(); // no statement runs: sqlite3_interrupt() would be lost here
            connection.scalar(endless);
        });
        isRunning.acquire();
        thread.interrupt();
        gate.release();
        QCOMPARE(failureOf(future), Error::Kind::Cancelled);
    }

    void interruptOfAnIdleThreadDoesNothing()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        thread.open().waitForFinished();
        thread.interrupt();
        QCOMPARE(thread
                     .run([](Connection &connection) {
                         return connection.scalar(u"SELECT 5"_s).toInteger();
                     })
                     .result(),
                 5);
    }

    void anInterruptForOneTaskNeverHitsTheNext()
    {
        // N ends in the very moment when it is interrupted, again and again; N + 1 works so long
        // that it would not survive a late interrupt
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        const QString work = u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                             "LIMIT 5000) SELECT max(i) FROM n"_s;
        int hits = 0;
        for (int round = 0; round < 300; ++round) {
            auto first = thread.run(
                [&](Connection &connection) { return connection.scalar(work).toInteger(); });
            auto second = thread.run(
                [&](Connection &connection) { return connection.scalar(work).toInteger(); });
            // queued, running, or over: from round to round at another moment
            for (int i = 0; i < round && !first.isFinished(); ++i)
                QThread::yieldCurrentThread();
            const bool isAimed = thread.interrupt(first);
            const bool isHit = failureOf(first).has_value();
            QVERIFY(isAimed || !isHit);
            hits += isHit ? 1 : 0;
            QCOMPARE(second.result(), 5000);
        }
        qInfo("%d of 300 were hit", hits);
    }

    void interruptOfAQueuedTaskTakesItOut()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        QSemaphore gate;
        bool isRun = false;
        auto first = thread.run([&](Connection &) {
            gate.acquire();
            return 1;
        });
        auto second = thread.run([&](Connection &) { isRun = true; });
        QVERIFY(thread.interrupt(second));
        QCOMPARE(failureOf(second), Error::Kind::Cancelled); // at once, the first still runs
        gate.release();
        QCOMPARE(first.result(), 1);
        thread.open().waitForFinished();
        QVERIFY(!isRun);
        QVERIFY(!thread.interrupt(second));
        QVERIFY(!thread.interrupt(first));
    }

    void aWaitForALockIsToldAndEndsWithTheLock()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        DatabaseThread thread(u"t"_s, database.url());
        QSignalSpy waiting(&thread, &DatabaseThread::waiting);
        QSignalSpy ended(&thread, &DatabaseThread::waitingEnded);
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        auto future = thread.run(
            [](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); });
        QTRY_VERIFY(waiting.size() >= 2);
        QVERIFY(waiting.first().first().value<std::chrono::milliseconds>()
                >= DatabaseThread::quietWait);
        QVERIFY(ended.isEmpty());
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QVERIFY(!failureOf(future));
        QTRY_COMPARE(ended.size(), 1);
    }

    void aShortWaitIsNotTold()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        DatabaseThread thread(u"t"_s, database.url());
        QSignalSpy waiting(&thread, &DatabaseThread::waiting);
        QSignalSpy ended(&thread, &DatabaseThread::waitingEnded);
        thread
            .run([](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); })
            .waitForFinished();
        QCoreApplication::processEvents();
        QVERIFY(waiting.isEmpty());
        QVERIFY(ended.isEmpty());
    }

    void aLockedDatabaseIsWaitedForNoLongerThanTheTimeout()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        ConnectionOptions options;
        options.busyTimeout = 50ms;
        DatabaseThread thread(u"t"_s, database.url(), options);
        thread.open().waitForFinished();
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        auto future = thread.run(
            [](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); });
        try {
            future.waitForFinished();
            QFAIL("it is locked");
        } catch (const OperationalError &error) {
            QCOMPARE(error.reason(), OperationalError::Reason::Busy);
        }
    }

    void interruptEndsTheWaitForALock()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        ConnectionOptions options;
        options.busyTimeout = 1h;
        DatabaseThread thread(u"t"_s, database.url(), options);
        QSignalSpy waiting(&thread, &DatabaseThread::waiting);
        QSignalSpy ended(&thread, &DatabaseThread::waitingEnded);
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        auto future = thread.run(
            [](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); });
        QTRY_VERIFY(!waiting.isEmpty());
        thread.interrupt();
        QCOMPARE(failureOf(future), Error::Kind::Cancelled);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM t"_s), StoredValue::integer(0));
    }

    void theEndInterruptsWhatRunsAndDropsWhatWaits()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        QFuture<void> running;
        QFuture<void> queued;
        {
            DatabaseThread thread(u"t"_s, database.url());
            QSemaphore isRunning;
            running = thread.run([&](Connection &connection) {
                isRunning.release();
                connection.scalar(endless);
            });
            queued = thread.run(
                [](Connection &connection) { connection.execute(u"INSERT INTO t VALUES (1)"_s); });
            isRunning.acquire();
        }
        QCOMPARE(failureOf(running), Error::Kind::Cancelled);
        QVERIFY(queued.isCanceled());
        QVERIFY(queued.isFinished());
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM t"_s), StoredValue::integer(0));
    }

    void theEndRollsBackAndClosesInTheThread()
    {
        TestDatabase database(u"CREATE TABLE t (a)"_s);
        {
            DatabaseThread thread(u"t"_s, database.url());
            thread
                .run([](Connection &connection) {
                    connection.begin();
                    connection.execute(u"INSERT INTO t VALUES (1)"_s);
                })
                .waitForFinished();
            QCOMPARE(database.outside(u"INSERT INTO t VALUES (2)"_s, noPatience), 5);
        }
        QCOMPARE(database.outside(u"INSERT INTO t VALUES (3)"_s), 0);
        QCOMPARE(database.outsideScalar(u"SELECT sum(a) FROM t"_s), StoredValue::integer(3));
    }

    void aStatementLeftOpenByATaskHoldsNoLockAfterIt()
    {
        TestDatabase database(u"CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)"_s);
        DatabaseThread thread(u"t"_s, database.url());
        thread.run([](Connection &connection) { connection.cached(u"SELECT a FROM t"_s).step(); })
            .waitForFinished();
        QCOMPARE(database.outside(u"INSERT INTO t VALUES (3)"_s), 0);
        const auto count = thread.run([](Connection &connection) {
            PreparedStatement &statement = connection.cached(u"SELECT a FROM t"_s);
            int rows = 0;
            while (statement.step())
                ++rows;
            return rows;
        });
        QCOMPARE(count.result(), 3);
    }

    void aBudgetEndsAStatementAndNotTheTask()
    {
        TestDatabase database;
        Thread thread(u"t"_s, database.url());
        const auto answer = thread.run([&](Connection &connection) {
            const bool isDone = thread.runWithin({10, 1h}, [&] { connection.scalar(endless); });
            return isDone ? -1 : connection.scalar(u"SELECT 8"_s).toInteger();
        });
        QCOMPARE(answer.result(), 8);
    }

    void interruptEndsAPause()
    {
        TestDatabase database;
        Thread thread(u"t"_s, database.url());
        QSemaphore isRunning;
        auto future = thread.run([&](Connection &) {
            isRunning.release();
            thread.pause(1h);
        });
        isRunning.acquire();
        thread.interrupt();
        QCOMPARE(failureOf(future), Error::Kind::Cancelled);
    }

    void manyThreadsMayAskAtOnce()
    {
        TestDatabase database;
        DatabaseThread thread(u"t"_s, database.url());
        std::atomic_int sum = 0;
        std::vector<std::unique_ptr<QThread>> askers;
        for (int i = 0; i < 4; ++i) {
            askers.emplace_back(QThread::create([&] {
                for (int j = 0; j < 200; ++j) {
                    auto future = thread.run([&](Connection &) { ++sum; });
                    if (j % 10 == 0)
                        thread.interrupt();
                    try {
                        future.waitForFinished();
                    } catch (const CancelledError &) {}
                }
            }));
            askers.back()->start();
        }
        for (const auto &asker : askers)
            asker->wait();
        QCOMPARE(sum.load(), 800);
    }
};

QTEST_GUILESS_MAIN(DatabaseThreadTest)
#include "tst_databasethread.moc"
