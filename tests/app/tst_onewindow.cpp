// SPDX-License-Identifier: MIT
#include "tests/support/runningprogram.h"
#include "tests/support/testdatabase.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <filesystem>

using namespace Qt::StringLiterals;

/// One window per database: two starts of the built program on the same one.
class TestOneWindow final : public QObject
{
    Q_OBJECT

private:
    static constexpr auto program = POSTDESK_PROGRAM;

    static QStringList arguments(const QTemporaryDir &config, const QString &database)
    {
        return {u"--config-dir"_s, config.path(), database};
    }

private slots:
    void theSecondRaisesTheFirst_data()
    {
        QTest::addColumn<QString>("path"); // %1 is the database, %2 a folder with links to it
        QTest::newRow("the same path") << u"%1"_s;
        QTest::newRow("a URL") << u"sqlite:///%1"_s;
        QTest::newRow("a symbolic link to it") << u"%2/symbolic.db"_s;
        QTest::newRow("a hard link to it") << u"%2/hard.db"_s;
        QTest::newRow("none: the last one") << QString();
    }

    void theSecondRaisesTheFirst()
    {
        QFETCH(QString, path);
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        const QTemporaryDir links;
        QVERIFY(QFile::link(database.file(), links.filePath(u"symbolic.db"_s)));
        std::filesystem::create_hard_link(database.file().toStdString(),
                                          links.filePath(u"hard.db"_s).toStdString());
        RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());

        QString named = path;
        named.replace(u"%1"_s, database.file()).replace(u"%2"_s, links.path());
        QStringList second{u"--config-dir"_s, config.path()};
        if (!named.isEmpty())
            second << named;
        RunningProgram other(QLatin1StringView(program), second);
        QVERIFY(other.waitForEnd());
        QCOMPARE(other.exitCode(), 0);
        QVERIFY2(other.state().isEmpty(), "it has shown no window");
        QVERIFY(first.isRunning());
    }

    /// Where the first can't be raised, the other may read by its other name, and write nothing.
    void aHardLinkIsNoWayAroundTheJournalsLock()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        const QTemporaryDir links;
        const QString hard = links.filePath(u"hard.db"_s);
        std::filesystem::create_hard_link(database.file().toStdString(), hard.toStdString());
        RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
        first.signal(SIGSTOP);
        RunningProgram second(QLatin1StringView(program), arguments(config, hard));
        QVERIFY2(second.waitFor(u"pending"_s, u"Read only"_s), second.text());
        first.signal(SIGCONT);
    }

    /// Also of the database that is in a folder.
    void theFirstBeginsANewPostForTheSecond_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::newRow("the file") << false;
        QTest::newRow("its folder") << true;
    }

    void theFirstBeginsANewPostForTheSecond()
    {
        QFETCH(bool, isFolder);
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
        const QString named
            = isFolder ? QFileInfo(database.file()).absolutePath() : database.file();
        RunningProgram other(QLatin1StringView(program),
                             {u"--config-dir"_s, config.path(), u"--new-post"_s, named});
        QVERIFY(other.waitForEnd());
        QCOMPARE(other.exitCode(), 0);
        QVERIFY2(first.waitFor(u"pending"_s, u"1 change"_s), first.text());
        QVERIFY2(first.waitFor(u"focus"_s, u"titleEdit"_s), first.text());
        QCOMPARE(first.state()[u"current"_s].toObject()[u"mark"_s].toString(), u"+"_s);
    }

    void anotherDatabaseIsAnotherWindow()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const TestDatabase another(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
        RunningProgram second(QLatin1StringView(program), arguments(config, another.file()));
        QVERIFY2(second.waitFor(u"counts"_s, u"500 posts"_s), second.text());
        QCOMPARE(second.state()[u"pending"_s].toString(), u"Saved"_s);
        QVERIFY(first.isRunning());
    }

    /// Who was killed answers nobody, and is in nobody's way.
    void afterAKillItOpensAsEver()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        {
            RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
            QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
            first.signal(SIGKILL);
        }
        RunningProgram second(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(second.waitFor(u"counts"_s, u"500 posts"_s), second.text());
        QCOMPARE(second.state()[u"pending"_s].toString(), u"Saved"_s);
        RunningProgram third(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY(third.waitForEnd()); // the second answers, in the place of the first
        QCOMPARE(third.exitCode(), 0);
    }

    void oneThatDoesNotAnswerLeavesItToBeRead()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        RunningProgram first(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(first.waitFor(u"counts"_s, u"500 posts"_s), first.text());
        first.signal(SIGSTOP);
        RunningProgram second(QLatin1StringView(program), arguments(config, database.file()));
        QVERIFY2(second.waitFor(u"pending"_s, u"Read only"_s), second.text());
        QVERIFY2(second.waitFor(u"counts"_s, u"500 posts"_s), second.text());
        QVERIFY2(second.waitFor([](const QJsonObject &state) {
            return state[u"message"_s].toString().contains(u"open in another window"_s);
        }),
                 second.text());
        first.signal(SIGCONT);
        QVERIFY(first.isRunning());
    }
};

QTEST_GUILESS_MAIN(TestOneWindow)
#include "tst_onewindow.moc"
