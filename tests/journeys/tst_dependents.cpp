// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QLabel>

using namespace Qt::StringLiterals;

/// A delete knows the whole row, and what the database takes along from other tables.
class TestDependents final : public QObject
{
    Q_OBJECT

private:
    static QString blog()
    {
        return u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT, "
               "created_at DATETIME, mood TEXT, PRIMARY KEY (id));"
               "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL "
               "REFERENCES posts (id) ON DELETE CASCADE, text TEXT);"
               "CREATE TABLE notes (id INTEGER PRIMARY KEY, post_id INTEGER "
               "REFERENCES posts (id) ON DELETE SET NULL, text TEXT);"
               "INSERT INTO posts VALUES (1, 'First', 'a', NULL, 'calm'), (2, 'Second', 'b', "
               "'2024-01-02 03:04:05.678901', 'glad'), (3, 'Third', 'c', NULL, NULL);"
               "INSERT INTO comments VALUES (1, 2, 'x'), (2, 2, 'y'), (3, 1, 'z');"
               "INSERT INTO notes VALUES (1, 2, 'n'), (2, 3, 'm');"_s;
    }

    /// All of the database, to the last byte of each value.
    static QString everything(Journey &journey)
    {
        return journey.sql(
            u"SELECT (SELECT group_concat(quote(id) || quote(title) || quote(content) || "
            "quote(created_at) || quote(mood)) FROM (SELECT * FROM posts ORDER BY id)) || '|' || "
            "(SELECT group_concat(quote(id) || quote(post_id) || quote(text)) FROM "
            "(SELECT * FROM comments ORDER BY id)) || '|' || (SELECT group_concat(quote(id) || "
            "quote(post_id) || quote(text)) FROM (SELECT * FROM notes ORDER BY id))"_s);
    }

    static void open(Journey &journey)
    {
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Esc"_s); // that there is a further column
        QTRY_COMPARE(journey.counts(), u"3 posts"_s);
    }

private slots:
    void theToastCountsThem()
    {
        Journey journey(blog());
        open(journey);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.toast(),
                     u"1 post marked for deletion; also deleted: 2 of comments; "
                     "unlinked: 1 of notes"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.toast(), QString());
        journey.press(u"Ctrl+A, Del"_s);
        QTRY_COMPARE(journey.toast(),
                     u"3 posts marked for deletion; also deleted: 3 of comments; "
                     "unlinked: 2 of notes"_s);
    }

    /// Before it is saved; and how they come back.
    void theReviewSaysThem()
    {
        Journey journey(blog());
        open(journey);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        const auto text = [&journey](const QString &name) {
            const auto *label = journey.window().findChild<QLabel *>(name);
            return label && label->isVisible() ? label->text() : QString();
        };
        journey.press(u"Ctrl+Shift+R"_s);
        QTRY_COMPARE(text(u"reviewDependents"_s),
                     u"also deleted: 2 of comments; unlinked: 1 of notes"_s);
        journey.press(u"Esc, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Shift+R"_s);
        QTRY_VERIFY(journey.isShown(u"reviewPanel"_s));
        QTRY_VERIFY2(journey.fieldText(u"reviewSql"_s).contains(u"VALUES (1, 2, 'x');\n"_s),
                     qPrintable(journey.fieldText(u"reviewSql"_s)));
        QVERIFY2(journey.fieldText(u"reviewSql"_s)
                     .contains(u"\nUPDATE notes SET post_id = 2 WHERE id = 1 AND "_s),
                 qPrintable(journey.fieldText(u"reviewSql"_s)));
        QCOMPARE(text(u"reviewDependents"_s), QString());
    }

    void oneWithoutAnyIsJustDeleted()
    {
        Journey journey(blog() + u"DELETE FROM comments WHERE post_id = 1; DELETE FROM notes;"_s);
        open(journey);
        journey.press(u"Down, Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.toast(), u"1 post marked for deletion"_s);
    }

    void undoAfterTheSaveBringsAllBack()
    {
        Journey journey(blog());
        const QString before = everything(journey);
        open(journey);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"2 posts"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM comments"_s), u"1"_s);
        QCOMPARE(journey.sql(u"SELECT post_id IS NULL FROM notes WHERE id = 1"_s), u"1"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"3 posts"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(everything(journey), before);
    }

    void aRowThatLostItsNumberSaysWhatCannotComeBack()
    {
        Journey journey(blog());
        open(journey);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"2 posts"_s);
        QCOMPARE(journey.database().outside(u"INSERT INTO posts (id, title) VALUES (2, 'Web')"_s),
                 0);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        const auto *sentence = journey.window().findChild<QLabel *>(u"conflictSentence"_s);
        QVERIFY2(sentence->text().contains(u"3 rows of other tables that belonged to it "
                                           "can't come back"_s),
                 qPrintable(sentence->text()));
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 2"_s), u"Web"_s);
        journey.press(u"M, Return"_s); // Keep it as a new post
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title || content || created_at || mood FROM posts "
                             "WHERE id = 4"_s),
                 u"Secondb2024-01-02 03:04:05.678901glad"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 2"_s), u"Web"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM comments WHERE post_id = 2"_s), u"0"_s);
    }
};

QTEST_MAIN(TestDependents)
#include "tst_dependents.moc"
