// SPDX-License-Identifier: MIT
#include "core/engine/dataversion.h"
#include "core/engine/engine.h"
#include "core/session/writerwatch.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using orm::WriterWatch;

/// How a long reading gets out of a writer's way.
class TestWriterWatch final : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<orm::Connection> connect(const TestDatabase &database)
    {
        return orm::Engine::create(database.url()).connect();
    }
    static bool isConsiderate(const WriterWatch::Pace &pace)
    {
        return pace.piece == WriterWatch::considerately.piece;
    }

private slots:
    void aWriteThatHasBegunIsSeen()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const auto connection = connect(database);
        OtherProgram other(database);
        QVERIFY(!orm::isWriteBegun(*connection));
        QCOMPARE(other.run(u"BEGIN"_s), 0);
        QCOMPARE(other.run(u"UPDATE posts SET title = 'Theirs' WHERE id = 1"_s), 0);
        QVERIFY(orm::isWriteBegun(*connection));
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QVERIFY(!orm::isWriteBegun(*connection));
    }

    void inWalModeNobodyIsInTheWay()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s), TestDatabase::Journal::Wal);
        const auto connection = connect(database);
        OtherProgram other(database);
        WriterWatch watch;
        watch.begin(*connection);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        const WriterWatch::Pace pace = watch.look();
        QCOMPARE(pace.piece, WriterWatch::freely.piece);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
    }

    void aPieceIsOverWhenAWriteBegins()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const auto connection = connect(database);
        OtherProgram other(database);
        WriterWatch watch;
        watch.begin(*connection);
        WriterWatch::PieceEnd end = watch.endOf({1h, 0us});
        QVERIFY(!end.isReached());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        QTest::qSleep(1); // it looks each 10 µs
        QVERIFY(end.isReached());
        QCOMPARE(watch.look().piece, 0us); // and the next one has to wait
        QVERIFY(watch.look().pause > 0us);
        QCOMPARE(other.run(u"UPDATE posts SET title = 'Theirs' WHERE id = 1"_s), 0);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QCOMPARE(watch.look().piece, WriterWatch::freely.piece);
        QTest::qWait(150);
        QVERIFY(!isConsiderate(watch.look())); // who was not in the way goes on as before
    }

    /// What a writer without patience leaves behind who met a read.
    void afterAWriteThatFailedReadsAreRare()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const auto connection = connect(database);
        OtherProgram other(database);
        WriterWatch watch;
        watch.begin(*connection);
        QVERIFY(!isConsiderate(watch.look()));
        QTest::qWait(20); // the file system's clock is a coarse one
        QCOMPARE(other.run(u"BEGIN"_s), 0);
        QCOMPARE(other.run(u"UPDATE posts SET title = 'Theirs' WHERE id = 1"_s), 0);
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        watch.look();
        QTest::qWait(150);
        QVERIFY(isConsiderate(watch.look()));
    }

    void whoWritesForLongIsNotWaitedFor()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const auto connection = connect(database);
        OtherProgram other(database);
        WriterWatch watch;
        watch.begin(*connection);
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        QCOMPARE(watch.look().piece, 0us);
        QTRY_VERIFY(isConsiderate(watch.look()));
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
    }
};

QTEST_GUILESS_MAIN(TestWriterWatch)
#include "tst_writerwatch.moc"
