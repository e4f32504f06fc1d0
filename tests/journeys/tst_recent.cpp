// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QListView>

using namespace Qt::StringLiterals;

/// Databases: those that were open before, and a copy of the one that is open.
class TestRecent final : public QObject
{
    Q_OBJECT

private:
    static QStringList recent(Journey &journey)
    {
        const auto *list = journey.window().findChild<QListView *>(u"recentList"_s);
        QStringList texts;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            texts << list->model()->index(row, 0).data().toString();
        return texts;
    }

    static QString nameOf(const QString &file) { return QFileInfo(file).fileName(); }

private slots:
    void theLastOnesAreFoundAndOpened()
    {
        const TestDatabase other(TestDatabase::data(u"f500.sql"_s)
                                 + u"DELETE FROM posts WHERE id > 400;"_s);
        Journey journey;
        journey.start({});
        QTRY_COMPARE(journey.focus(), u"openSampleButton"_s);
        const QAction *action = journey.window().actions().action("file.recent"_L1);
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->toolTip(), u"No database was open before"_s);
        journey.start(other.file());
        QTRY_COMPARE(journey.counts(), u"400 posts"_s);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);

        journey.press(u"Ctrl+Shift+O"_s);
        QTRY_COMPARE(journey.focus(), u"recentInput"_s);
        QCOMPARE(recent(journey).size(), 2); // the last one first, each once
        QVERIFY(recent(journey).at(0).startsWith(nameOf(journey.database().file())));
        QVERIFY(recent(journey).at(1).contains(QFileInfo(other.file()).absolutePath()));
        journey.press(u"Down, Return"_s);
        QTRY_COMPARE(journey.counts(), u"400 posts"_s);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+Shift+O"_s);
        QVERIFY(recent(journey).at(0).contains(QFileInfo(other.file()).absolutePath()));
        journey.type(QFileInfo(journey.database().file()).absolutePath().right(6));
        QCOMPARE(recent(journey).size(), 1);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void aCopyIsSavedWhileChangesWait()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        const QString copy = journey.folder() + u"/copy.db"_s;
        journey.press(u"Ctrl+Shift+S"_s);
        journey.choose(copy);
        QTRY_COMPARE(journey.toast(),
                     u"The copy copy.db is written. What is not saved yet is not in it."_s);
        QCOMPARE(journey.task(), QString());
        QCOMPARE(journey.pending(), u"1 change"_s); // nothing else happened
        QCOMPARE(journey.window().workspace()->url().database, journey.database().file());
        const TestDatabase written = TestDatabase::at(copy);
        QCOMPARE(written.outsideScalar(u"SELECT count(*) FROM posts"_s).toInteger(), 500);
        QCOMPARE(written.outsideScalar(u"SELECT title FROM posts WHERE id = 500"_s).toString(),
                 u"Post number 500"_s);
        QCOMPARE(written.outsideScalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    }

    void aFileThatIsThereIsNotOverwritten()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QString there = journey.folder() + u"/there.db"_s;
        QFile file(there);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("precious");
        file.close();
        journey.press(u"Ctrl+Shift+S"_s);
        journey.choose(there);
        QTRY_COMPARE(journey.message(),
                     u"There is a file there.db already, and it stays as it is."_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "precious"_ba);
    }

    void aLongCopyIsCancelled()
    {
        Journey journey(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255) NOT NULL, "
                        "content TEXT NOT NULL, created_at DATETIME);"
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                        "20000) INSERT INTO posts SELECT i, 'Post ' || i, "
                        "hex(randomblob(2000)), '2024-01-01 10:00:00' FROM n;"_s);
        journey.start();
        QTRY_START_STATE(journey);
        const QString copy = journey.folder() + u"/copy.db"_s;
        journey.press(u"Ctrl+Shift+S"_s);
        journey.choose(copy);
        QTRY_VERIFY(journey.task().startsWith(u"Copying…"_s)
                    && journey.task().endsWith(u"% (Shift+Esc cancels)"_s));
        journey.press(u"Down"_s); // the window goes on
        QCOMPARE(journey.currentRow(), 1);
        journey.press(u"Shift+Esc"_s);
        QCOMPARE(journey.toast(), u"Nothing was copied."_s);
        QCOMPARE(journey.task(), QString());
        QTRY_COMPARE(QDir(journey.folder()).entryList({u"copy*"_s}), QStringList());
    }
};

QTEST_MAIN(TestRecent)
#include "tst_recent.moc"
