// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/error.h"
#include "core/session/deliver.h"
#include "core/session/pagereader.h"
#include "core/session/sessionworker.h"
#include "tests/support/testdatabase.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace orm;

namespace {

ChangeSet titleChange(const Table &table, qint64 id, const QString &from, const QString &to)
{
    RowChange change;
    change.key = Key::integer(id);
    change.fields = {{1, StoredValue::text(from), StoredValue::text(to)}};
    return {table, {change}};
}

Table liveTable(SessionWorker &worker)
{
    return worker
        .run([](Session &session) { return reflect(session.connection(), u"posts"_s).table; })
        .result();
}

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

} // namespace

class SessionWorkerTest final : public QObject
{
    Q_OBJECT

private:
    static ConnectionOptions options()
    {
        ConnectionOptions made;
        if (QTest::currentDataTag() == "query"_ba)
            made.statements = ConnectionOptions::Statements::Query;
        return made;
    }
    static void bothStatements()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("native") << 0;
        QTest::newRow("query") << 1;
    }

private slots:
    void allTasksHaveOneSessionInTheThreadOfTheName()
    {
        TestDatabase database;
        SessionWorker worker(database.url());
        const auto ask = [](Session &session) {
            return std::pair(&session, QThread::currentThread()->objectName());
        };
        const auto first = worker.run(ask).result();
        const auto second = worker.run(ask).result();
        QCOMPARE(first.first, second.first);
        QCOMPARE(first.second, u"SessionWorker"_s);
    }

    void aSaveIsDurable()
    {
        TestDatabase database;
        SessionWorker worker(database.url());
        const auto pragma = [&](const QString &name) {
            return worker
                .run([name](Session &session) {
                    return session.connection().scalar(u"PRAGMA "_s + name).toInteger();
                })
                .result();
        };
        QCOMPARE(pragma(u"synchronous"_s), 2); // FULL
        QCOMPARE(pragma(u"foreign_keys"_s), 1);
    }

    void aSaveReachesTheDatabaseAndAnswers_data() { bothStatements(); }
    void aSaveReachesTheDatabaseAndAnswers()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url(), options());
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"Seven"_s);
        const auto result
            = worker.run([changes](Session &session) { return session.apply(changes); }).result();
        QVERIFY(result.isCommitted());
        QCOMPARE(result.rows.first().row.values.at(1), StoredValue::text(u"Seven"));
        QCOMPARE(database.outsideScalar(u"SELECT title FROM posts WHERE id = 7"_s),
                 StoredValue::text(u"Seven"));
    }

    void aSaveThatWaitsForALockSaysSoAndGoesOnByItself()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        QSignalSpy waiting(&worker, &DatabaseThread::waiting);
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"x"_s);
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE; UPDATE posts SET content = 'c' WHERE id = 7"_s), 0);
        auto save = worker.run([changes](Session &session) { return session.apply(changes); });
        QTRY_VERIFY(!waiting.isEmpty());
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QVERIFY(save.result().isCommitted());
        QCOMPARE(database.outsideScalar(u"SELECT title || content FROM posts WHERE id = 7"_s),
                 StoredValue::text(u"xc"));
    }

    void aSaveThatWaitsForALockCanBeCancelledAndTriedAgain_data() { bothStatements(); }
    void aSaveThatWaitsForALockCanBeCancelledAndTriedAgain()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        ConnectionOptions patient = options();
        patient.busyTimeout = 1h;
        SessionWorker worker(database.url(), patient);
        QSignalSpy waiting(&worker, &DatabaseThread::waiting);
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"x"_s);
        const auto save = [changes](Session &session) { return session.apply(changes); };
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        auto first = worker.run(save);
        QTRY_VERIFY(!waiting.isEmpty());
        QVERIFY(worker.interrupt(first));
        QCOMPARE(failureOf(first), Error::Kind::Cancelled);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QCOMPARE(database.outsideScalar(u"SELECT title FROM posts WHERE id = 7"_s),
                 StoredValue::text(u"Post number 7"));
        QVERIFY(worker.run(save).result().isCommitted());
    }

    void anInterruptThatComesTooLateDoesNotDenyTheSave()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"x"_s);
        QSemaphore isCommitted;
        QSemaphore gate;
        auto save = worker.run([&](Session &session) {
            CommitResult result = session.apply(changes);
            isCommitted.release();
            gate.acquire();
            return result;
        });
        isCommitted.acquire();
        worker.interrupt();
        gate.release();
        QVERIFY(save.result().isCommitted());
    }

    void aSaveThatIsInterruptedBeforeCommitLeavesNothing()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"x"_s);
        QSemaphore isFlushed;
        auto save = worker.run([&](Session &session) {
            return session.apply(changes, [&](const CommitResult &) {
                isFlushed.release();
                // long enough to be hit
                session.connection().scalar(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                            "SELECT i + 1 FROM n) SELECT max(i) FROM n"_s);
            });
        });
        isFlushed.acquire();
        worker.interrupt();
        QCOMPARE(failureOf(save), Error::Kind::Cancelled);
        QCOMPARE(database.outsideScalar(u"SELECT title FROM posts WHERE id = 7"_s),
                 StoredValue::text(u"Post number 7"));
        QCOMPARE(database.outside(u"UPDATE posts SET title = 'free' WHERE id = 7"_s), 0);
    }

    void pagesAreReadWhileASaveIsOnItsWay()
    {
        // in rollback mode, too: until COMMIT readers go on
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        PageReader reader(database.url());
        const Table table = liveTable(worker);
        const ChangeSet changes = titleChange(table, 500, u"Post number 500"_s, u"x"_s);
        QString seen;
        const auto result = worker
                                .run([&](Session &session) {
                                    return session.apply(changes, [&](const CommitResult &) {
                                        seen = reader.firstPage({table, {}}, 1)
                                                   .result()
                                                   .records.first()
                                                   .values.at(1)
                                                   .toString();
                                    });
                                })
                                .result();
        QVERIFY(result.isCommitted());
        QCOMPARE(seen, u"Post number 500"_s);
    }

    void ourOwnSavesAreNoChangeFromOutside()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        const auto version = [&] {
            return worker
                .run([](Session &session) {
                    return session.connection().scalar(u"PRAGMA data_version"_s).toInteger();
                })
                .result();
        };
        const ChangeSet changes = titleChange(liveTable(worker), 7, u"Post number 7"_s, u"x"_s);
        const qint64 before = version();
        worker.run([changes](Session &session) { return session.apply(changes); })
            .waitForFinished();
        QCOMPARE(version(), before);
        database.outside(u"DELETE FROM posts WHERE id = 1"_s);
        QVERIFY(version() != before);
    }

    void whoWritesIsLetAloneForAWhile()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        QTRY_VERIFY(worker.dataVersion().result());
        database.outside(u"UPDATE posts SET title = 'Web' WHERE id = 7"_s);
        QVERIFY(!worker.dataVersion().result());
        QTRY_VERIFY(worker.dataVersion().result()); // he has paused

        // One that never pauses is followed all the same.
        bool isFollowed = false;
        const QDeadlineTimer deadline(30'000);
        while (!isFollowed && !deadline.hasExpired()) {
            database.outside(u"UPDATE posts SET title = title || '.' WHERE id = 7"_s, noPatience);
            isFollowed = worker.dataVersion().result().has_value();
        }
        QVERIFY(isFollowed);

        // In WAL mode nobody is in anybody's way.
        TestDatabase wal(TestDatabase::data(u"f500.sql"_s), TestDatabase::Journal::Wal);
        SessionWorker other(wal.url());
        wal.outside(u"UPDATE posts SET title = 'Web' WHERE id = 7"_s);
        QVERIFY(other.dataVersion().result());
    }

    void theVersionIsNotWaitedFor()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        std::optional<qint64> version;
        QTRY_VERIFY((version = worker.dataVersion().result()));
        const QSignalSpy waiting(&worker, &DatabaseThread::waiting);
        OtherProgram other(database);
        QCOMPARE(other.run(u"BEGIN EXCLUSIVE"_s), 0);
        QVERIFY(!worker.dataVersion().result());
        QCOMPARE(other.run(u"UPDATE posts SET title = 'Web' WHERE id = 7; COMMIT"_s), 0);
        std::optional<qint64> later;
        QTRY_VERIFY((later = worker.dataVersion().result()));
        QVERIFY(*later != *version);
        QCoreApplication::processEvents();
        QCOMPARE(waiting.size(), 0);
        // Waiting is given up for this one question only.
        QCOMPARE(other.run(u"BEGIN EXCLUSIVE"_s), 0);
        auto reading = worker.run([](Session &session) {
            return session.connection()
                .scalar(u"SELECT title FROM posts WHERE id = 7"_s)
                .toString();
        });
        QTRY_VERIFY(waiting.size() > 0);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QCOMPARE(reading.result(), u"Web"_s);
    }

    void noTaskLeavesALock()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        const Table table = liveTable(worker);
        const QString write = u"UPDATE posts SET content = 'c' WHERE id = 1"_s;
        QCOMPARE(database.outside(write), 0);
        const ChangeSet good = titleChange(table, 7, u"Post number 7"_s, u"x"_s);
        worker.run([good](Session &session) { return session.apply(good); }).waitForFinished();
        QCOMPARE(database.outside(write), 0);
        const ChangeSet stale = titleChange(table, 7, u"Post number 7"_s, u"y"_s);
        QVERIFY(!worker.run([stale](Session &session) { return session.apply(stale); })
                     .result()
                     .isCommitted());
        QCOMPARE(database.outside(write), 0);
    }

    void whatIsNotCommittedIsRolledBackAtTheEnd()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        {
            SessionWorker worker(database.url());
            worker
                .run([](Session &session) {
                    session.connection().begin();
                    session.connection().execute(u"DELETE FROM posts"_s);
                })
                .waitForFinished();
        }
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s),
                 StoredValue::integer(500));
    }

    void theAnswerIsDeliveredToWhoeverStillLives()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        SessionWorker worker(database.url());
        auto receiver = std::make_unique<QObject>();
        QObject other;
        int answers = 0;
        const auto count = [](Session &session) {
            return session.connection().scalar(u"SELECT count(*) FROM posts"_s).toInteger();
        };
        const auto add = [&answers](qint64 found) { answers += found == 500 ? 1 : 100; };
        const auto fail = [](const Error &error) { QFAIL(error.what()); };
        deliver(worker.run(count), receiver.get(), add, fail);
        deliver(worker.run(count), &other, add, fail);
        receiver.reset();
        QTRY_COMPARE(answers, 1);
    }
};

QTEST_GUILESS_MAIN(SessionWorkerTest)
#include "tst_sessionworker.moc"
