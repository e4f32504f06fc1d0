// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QScopeGuard>

#include <cstdio>
#include <sqlite3.h>
#include <sys/mount.h>

using namespace Qt::StringLiterals;

namespace {

const auto hammerOption = u"--hammer"_s;

/// A web app with no patience at all: writes for @p time and says how often, and how often not.
int hammer(const QString &file, int time)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(file.toUtf8().constData(), &database) != SQLITE_OK)
        return 1;
    sqlite3_busy_timeout(database, 0);
    int writes = 0;
    int failures = 0;
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < time; ++writes) {
        if (sqlite3_exec(database, "UPDATE posts SET content = content || 'x' WHERE id = 7",
                         nullptr, nullptr, nullptr)
            != SQLITE_OK)
            ++failures;
    }
    sqlite3_close(database);
    std::printf("%d %d\n", writes, failures);
    return 0;
}

} // namespace

/// The database is not ours alone: others write it, move it, delete it.
class TestNeighbours final : public QObject
{
    Q_OBJECT

private:
    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static bool moveAway(Journey &journey)
    {
        return QFile::rename(journey.database().file(), journey.database().file() + u".away"_s);
    }

private slots:
    void theWebAppWritesWhileEditsArePending_data()
    {
        QTest::addColumn<TestDatabase::Journal>("mode");
        QTest::newRow("rollback") << TestDatabase::Journal::Rollback;
        QTest::newRow("WAL") << TestDatabase::Journal::Wal;
    }

    void theWebAppWritesWhileEditsArePending()
    {
        QFETCH(TestDatabase::Journal, mode);
        Journey journey;
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s), mode);
        journey.start(database.file());
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Mine"_s);
        QTest::qWait(500); // what the edit set going is over
        QProcess webApp;
        webApp.start(QCoreApplication::applicationFilePath(),
                     {hammerOption, database.file(), u"1500"_s});
        QTRY_COMPARE_WITH_TIMEOUT(webApp.state(), QProcess::NotRunning, 30'000);
        const QList<QByteArray> said = webApp.readAllStandardOutput().trimmed().split(' ');
        QCOMPARE(said.size(), 2);
        QVERIFY2(said.first().toInt() > 20, said.first());
        QCOMPARE(said.last().toInt(), 0);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(database.outsideScalar(u"SELECT title FROM posts WHERE id = 500"_s).toString(),
                 u"Mine"_s);
    }

    void aDeletedDatabaseIsNoticedAndSavedElsewhere()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Mine"_s);
        QVERIFY(QFile::remove(journey.database().file()));
        QTRY_VERIFY2(journey.message().contains(u"no longer there"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.message().startsWith(u"Nothing was saved"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QVERIFY(!QFile::exists(journey.database().file()));
        QTRY_VERIFY(journey.window().isSettled());

        const QString copy = QDir(journey.folder()).filePath(u"copy.db"_s);
        journey.press(u"Alt+Y"_s);
        journey.choose(copy);
        QTRY_COMPARE(journey.title(), u"copy.db — Postdesk"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
        QCOMPARE(journey.message(), QString());
    }

    void aMovedDatabaseThatComesBackIsFineAgain()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Mine"_s);
        QVERIFY(moveAway(journey));
        QTRY_VERIFY2(journey.message().contains(u"no longer there"_s),
                     qPrintable(journey.message()));
        QVERIFY(QFile::rename(journey.database().file() + u".away"_s, journey.database().file()));
        QTRY_COMPARE(journey.message(), QString());
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Mine"_s);
    }

    /// A stick that is pulled out, a share that goes away; and that comes back.
    void anUnmountedDatabaseIsNoticed()
    {
        Journey journey;
        const QTemporaryDir point;
        const QByteArray at = QFile::encodeName(point.path());
        const auto mount = [&] {
            const QString from = QFileInfo(journey.database().file()).absolutePath();
            return ::mount(QFile::encodeName(from).constData(), at.constData(), nullptr, MS_BIND,
                           nullptr)
                == 0;
        };
        if (!mount())
            QSKIP("Only root may mount");
        const auto unmount = qScopeGuard([&] { ::umount2(at.constData(), MNT_DETACH); });
        journey.start(point.filePath(QFileInfo(journey.database().file()).fileName()));
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Mine"_s);
        QCOMPARE(::umount2(at.constData(), MNT_DETACH), 0);
        QTRY_VERIFY2(journey.message().contains(u"no longer there"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.message().startsWith(u"Nothing was saved"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
        QVERIFY(mount());
        QTRY_COMPARE(journey.message(), QString());
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Mine"_s);
        journey.stop();
    }

    void aReplacedDatabaseIsNeverWrittenUnseen()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Mine"_s);
        const TestDatabase another(TestDatabase::data(u"f500.sql"_s));
        QCOMPARE(another.outside(u"UPDATE posts SET content = 'Another' WHERE id = 500"_s), 0);
        QVERIFY(moveAway(journey));
        QVERIFY(QFile::copy(another.file(), journey.database().file()));
        journey.press(u"Ctrl+S"_s); // at once, before anybody has looked
        QTRY_VERIFY2(journey.message().startsWith(u"Nothing was saved"_s),
                     qPrintable(journey.message()));
        QVERIFY(journey.message().contains(u"taken the place"_s));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
        QTRY_VERIFY(journey.window().isSettled());

        journey.press(u"Alt+W"_s); // Open the new one
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"Another"_s));
        QTRY_COMPARE(journey.pending(), u"1 change"_s); // it came along
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title || content FROM posts WHERE id = 500"_s),
                 u"MineAnother"_s);
    }
};

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == hammerOption)
        return hammer(arguments.value(2), arguments.value(3).toInt());
    TestNeighbours test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_neighbours.moc"
