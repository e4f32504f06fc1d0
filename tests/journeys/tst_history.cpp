// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractItemView>
#include <QDirIterator>
#include <QLabel>
#include <QTextEdit>

using namespace Qt::StringLiterals;

/// Earlier versions of a post, and deleted posts, are found again and brought back.
class TestHistory final : public QObject
{
    Q_OBJECT

private:
    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
    }

    static void save(Journey &journey)
    {
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static void restart(Journey &journey)
    {
        journey.stop();
        journey.start();
        QTRY_START_STATE(journey);
    }

    static void openTrash(Journey &journey)
    {
        journey.window().actions().action("post.trash"_L1)->trigger();
        QTRY_VERIFY(journey.isShown(u"historyPanel"_s));
    }

    /// What the list of the panel says; nothing if it isn't there.
    static QStringList entries(Journey &journey)
    {
        const auto *list = journey.window().findChild<QAbstractItemView *>(u"historyList"_s);
        QStringList texts;
        for (int row = 0; list && row < list->model()->rowCount(); ++row)
            texts << list->model()->index(row, 1).data().toString();
        return texts;
    }

    static QString diff(Journey &journey)
    {
        const auto *view = journey.window().findChild<QTextEdit *>(u"historyDiff"_s);
        return view ? view->toPlainText() : u"not there"_s;
    }

    static QString row500(Journey &journey)
    {
        return journey.sql(u"SELECT quote(title) || quote(content) || quote(created_at)"
                           " FROM posts WHERE id = 500"_s);
    }

private slots:
    void anEarlierVersionIsComparedAndBroughtBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = row500(journey);
        changeTitle(journey, u"Five hundred"_s);
        save(journey);
        journey.press(u"Ctrl+3, Ctrl+Home"_s);
        journey.type(u"More. "_s);
        save(journey);
        const QString after = row500(journey);
        restart(journey);

        journey.press(u"F12"_s);
        QTRY_COMPARE(
            entries(journey),
            (QStringList{u"Changed: Body"_s, u"Changed: Title"_s, u"As it was before that"_s}));
        QCOMPARE(journey.focus(), u"historyList"_s);
        QTRY_COMPARE(diff(journey), u"This is how it is now."_s);
        journey.press(u"Down"_s);
        QTRY_VERIFY2(diff(journey).contains(u"More."_s) && !diff(journey).contains(u"Title"_s),
                     qPrintable(diff(journey)));
        journey.press(u"Down"_s);
        QTRY_VERIFY2(diff(journey).contains(u"Five hundred"_s)
                         && diff(journey).contains(u"Post number 500"_s),
                     qPrintable(diff(journey)));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        QCOMPARE(row500(journey), after); // staged, not written

        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"historyPanel"_s));
        journey.press(u"Ctrl+Z"_s); // one step for both fields
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(row500(journey), before);
    }

    void itFollowsTheCurrentPost()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"A"_s);
        save(journey);
        journey.press(u"F12"_s);
        QTRY_COMPARE(entries(journey).size(), 2);
        journey.press(u"Ctrl+1, Down"_s);
        QTRY_COMPARE(entries(journey).size(), 0);
        QTRY_VERIFY2(diff(journey).startsWith(u"No save of it is known yet."_s),
                     qPrintable(diff(journey)));
        journey.press(u"Up"_s);
        QTRY_COMPARE(entries(journey).size(), 2);
        journey.press(u"F12"_s); // as it came
        QVERIFY(!journey.isShown(u"historyPanel"_s));
    }

    /// Only a save makes a version: the journal is not read again for what is typed meanwhile.
    void typingReadsNoJournal()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"A"_s);
        save(journey);
        journey.press(u"F12"_s);
        QTRY_COMPARE(entries(journey).size(), 2);
        QDirIterator files(journey.folder(), {u"*.journal"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        QVERIFY(files.hasNext());
        const QString file = files.next();
        QVERIFY(QFile::rename(file, file + u".away"_s)); // it can be written, and not be read
        journey.press(u"Ctrl+1"_s);
        changeTitle(journey, u"B"_s);
        QTRY_VERIFY2(diff(journey).contains(u"Title"_s), qPrintable(diff(journey)));
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(entries(journey).size(), 2);
        QVERIFY(QFile::rename(file + u".away"_s, file));
        save(journey);
        QTRY_COMPARE(entries(journey).size(), 3);
    }

    void aDeletedPostComesBackAsItWas()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = row500(journey);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(row500(journey), QString());
        restart(journey);

        openTrash(journey);
        QTRY_COMPARE(entries(journey), QStringList{u"#500  Post number 500"_s});
        QTRY_VERIFY(diff(journey).contains(u"Second paragraph of post 500."_s));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_COMPARE(entries(journey).size(), 0);
        QCOMPARE(journey.currentId(), u"500"_s);
        QCOMPARE(journey.mark(journey.currentRow()), u"+"_s);
        journey.press(u"Esc, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        openTrash(journey);
        QTRY_COMPARE(entries(journey).size(), 1);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(row500(journey), before);
        QTRY_COMPARE(entries(journey).size(), 0);
    }

    /// With what the database had deleted along with it.
    void whatWentAlongComesBackToo()
    {
        Journey journey(
            u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT,"
            " created_at DATETIME, PRIMARY KEY (id));"
            "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL"
            " REFERENCES posts (id) ON DELETE CASCADE, text TEXT);"
            "INSERT INTO posts VALUES (1, 'First', 'a', NULL);"
            "INSERT INTO comments VALUES (7, 1, 'x');"_s);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM comments"_s), u"0"_s);
        journey.stop();
        journey.start();
        QTRY_VERIFY(journey.window().isSettled());
        openTrash(journey);
        QTRY_COMPARE(entries(journey).size(), 1);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT id || post_id || text FROM comments"_s), u"71x"_s);
    }

    /// Another post has its number by now: nothing of that is touched.
    void aNumberThatIsTakenIsLeftToItsPost()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(
            journey.database().outside(
                u"INSERT INTO posts VALUES (500, 'Web', 'Of the web', '2026-01-01 00:00:00')"_s),
            0);
        restart(journey);
        openTrash(journey);
        QTRY_COMPARE(entries(journey).size(), 1);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Web"_s);
        QCOMPARE(journey.sql(u"SELECT created_at FROM posts WHERE title = 'Post number 500'"_s),
                 u"2024-01-21 20:00:00.000000"_s);
    }
};

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
