// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QTextEdit>

#include <memory>

using namespace Qt::StringLiterals;

/// Another program changes what is being edited: nothing is overwritten unseen, and there is a way on.
class TestConflicts final : public QObject
{
    Q_OBJECT

private:
    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
    }

    static void outside(Journey &journey, const QString &sql)
    {
        QCOMPARE(journey.database().outside(sql, std::chrono::seconds(10)), 0);
    }

    static QString stored(Journey &journey, int id, const QString &column)
    {
        return journey.sql(u"SELECT %1 FROM posts WHERE id = %2"_s.arg(column).arg(id));
    }

    static QString shown(Journey &journey, const QString &name)
    {
        const auto *view = journey.window().findChild<QTextEdit *>(name);
        return view ? view->toPlainText() : u"not there"_s;
    }

    /// J10 up to the panel.
    static void meet(Journey &journey)
    {
        changeTitle(journey, u"Mine"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        outside(journey, u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static QString accessible()
    {
        return QApplication::focusWidget()->accessibleName() + u" / "_s
            + QApplication::focusWidget()->accessibleDescription();
    }

    std::unique_ptr<Journey> m_journey; ///< begun anew for each test

private slots:
    void init()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->start();
        QTRY_START_STATE(*m_journey);
    }
    void cleanup() { m_journey.reset(); }

    void j10TheirsIsTaken()
    {
        Journey &journey = *m_journey;
        meet(journey);
        QCOMPARE(journey.mark(0), u"!"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Theirs"_s);
        QCOMPARE(shown(journey, u"conflictBase"_s), u"Post number 500"_s);
        QVERIFY(shown(journey, u"conflictMine"_s).contains(u"Mine"_s));
        QVERIFY(shown(journey, u"conflictTheirs"_s).contains(u"Theirs"_s));
        QVERIFY2(accessible().contains(u"Title: not decided"_s)
                     && accessible().contains(u"Theirs"_s),
                 qPrintable(accessible()));
        journey.press(u"T, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Theirs"_s);
        QCOMPARE(journey.mark(0), QString());
        QCOMPARE(journey.focus(), u"postsView"_s);
        QVERIFY(!journey.isShown(u"conflictPanel"_s));
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Theirs"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Theirs"_s);
    }

    void j10MineIsKept()
    {
        Journey &journey = *m_journey;
        meet(journey);
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Mine"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        // Past it: what was typed is taken back, over what is stored now.
        journey.press(u"Ctrl+Z, Ctrl+Z"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Post number 500"_s);
    }

    void j10AnotherColumnIsMerged()
    {
        Journey &journey = *m_journey;
        changeTitle(journey, u"Mine"_s);
        outside(journey, u"UPDATE posts SET content = 'Theirs' WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QVERIFY(!journey.isShown(u"conflictPanel"_s));
        QCOMPARE(journey.toast(), u"Merged with an outside change."_s);
        QCOMPARE(stored(journey, 500, u"title || content"_s), u"MineTheirs"_s);
    }

    void ownSavesAreNoConflict()
    {
        Journey &journey = *m_journey;
        for (const QString &title : {u"One"_s, u"Two"_s, u"Three"_s}) {
            changeTitle(journey, title);
            journey.press(u"Ctrl+S"_s);
            QTRY_COMPARE(journey.pending(), u"Saved"_s);
            QTRY_COMPARE(stored(journey, 500, u"title"_s), title);
        }
        QCOMPARE(journey.toast(), QString()); // merged with nothing
        QVERIFY(!journey.isShown(u"conflictPanel"_s));
    }

    void bothIsEdited()
    {
        Journey &journey = *m_journey;
        meet(journey);
        journey.press(u"B"_s);
        QTRY_VERIFY(journey.isShown(u"conflictBoth"_s));
        QCOMPARE(journey.fieldText(u"conflictBoth"_s), u"Mine / Theirs"_s);
        journey.window().findChild<QWidget *>(u"conflictBoth"_s)->setFocus();
        journey.press(u"Ctrl+A"_s);
        journey.type(u"Mine and theirs"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Mine and theirs"_s);
    }

    void aConflictIsLeftForLater()
    {
        Journey &journey = *m_journey;
        meet(journey);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QVERIFY(!journey.isShown(u"conflictPanel"_s));
        QCOMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
        QCOMPARE(journey.mark(0), u"!"_s);
        journey.press(u"Down, Down, F8"_s);
        QCOMPARE(journey.focus(), u"conflictPanel"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        // Enter without a decision decides nothing.
        journey.press(u"Return"_s);
        QCOMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Theirs"_s);
        // Nor does saving again.
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Theirs"_s);
        QCOMPARE(journey.focus(), u"conflictPanel"_s);
    }

    /// What was decided on is checked against what is there when it is written.
    void theyChangeItAgain()
    {
        Journey &journey = *m_journey;
        meet(journey);
        outside(journey, u"UPDATE posts SET title = 'Theirs again' WHERE id = 500"_s);
        journey.press(u"M, Return"_s);
        QTRY_VERIFY2(shown(journey, u"conflictTheirs"_s).contains(u"again"_s),
                     qPrintable(shown(journey, u"conflictTheirs"_s)));
        QCOMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(shown(journey, u"conflictBase"_s), u"Theirs"_s); // which the user has seen
        QCOMPARE(stored(journey, 500, u"title"_s), u"Theirs again"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Mine"_s);
    }

    void bodiesThatDontTouchAreMerged()
    {
        Journey &journey = *m_journey;
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"Mine! "_s);
        outside(journey,
                u"UPDATE posts SET content = 'Hello 500' || char(10) || char(10) || 'Theirs.'"
                " WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"content"_s), u"Mine! Hello 500\n\nTheirs."_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"Mine! Hello 500\n\nTheirs."_s);
        QCOMPARE(journey.toast(), u"Merged with an outside change."_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s); // one writes on
        journey.type(u"More. "_s);
        QVERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"Mine! More. Hello"_s));
    }

    /// The web form sends the whole text back, with CRLF.
    void aWebFormsLineEndsAreNoConflict()
    {
        Journey &journey = *m_journey;
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"Mine! "_s);
        outside(journey,
                u"UPDATE posts SET content = 'Hello 500' || char(13, 10, 13, 10) || 'Theirs.'"
                " WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"content"_s), u"Mine! Hello 500\r\n\r\nTheirs."_s);
    }

    void bodiesThatTouchAreDecidedOn()
    {
        Journey &journey = *m_journey;
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"Mine! "_s);
        outside(journey, u"UPDATE posts SET content = 'Theirs' WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QCOMPARE(stored(journey, 500, u"content"_s), u"Theirs"_s);
        journey.press(u"B, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        const QString both = stored(journey, 500, u"content"_s);
        QVERIFY2(both.contains(u"Mine! Hello 500"_s) && both.contains(u"Theirs"_s),
                 qPrintable(both));
    }

    void aRowDeletedOutsideIsKeptAsANewOne()
    {
        Journey &journey = *m_journey;
        changeTitle(journey, u"Mine"_s);
        outside(journey, u"DELETE FROM posts WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"499"_s);
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QVERIFY(journey.sql(u"SELECT content FROM posts WHERE title = 'Mine'"_s)
                    .startsWith(u"Hello 500"_s));
        QCOMPARE(journey.sql(u"SELECT created_at FROM posts WHERE title = 'Mine'"_s),
                 u"2024-01-21 20:00:00.000000"_s);
    }

    void aRowDeletedOutsideIsLetGo()
    {
        Journey &journey = *m_journey;
        changeTitle(journey, u"Mine"_s);
        outside(journey, u"DELETE FROM posts WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        journey.press(u"T, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"499 posts"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Mine'"_s), u"0"_s);
    }

    /// Undone past a save, #500 is to come back, and another post has its number.
    void aRowInsertedOutsideWithTheSameNumber()
    {
        Journey &journey = *m_journey;
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"499 posts"_s);
        outside(journey,
                u"INSERT INTO posts VALUES (500, 'Web', 'Of the web', '2026-01-01 00:00:00')"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Z, Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QVERIFY(shown(journey, u"conflictTheirs"_s).contains(u"Of the web"_s));
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Web"_s);
        QCOMPARE(stored(journey, 501, u"title"_s), u"Post number 500"_s);
        QCOMPARE(stored(journey, 501, u"created_at"_s), u"2024-01-21 20:00:00.000000"_s);
    }

    /// Deleted and the number given again: it isn't the post that was edited.
    void anotherRowWithTheNumberIsNotTheOneEdited()
    {
        Journey &journey = *m_journey;
        changeTitle(journey, u"Mine"_s);
        outside(journey,
                u"DELETE FROM posts WHERE id = 500; INSERT INTO posts"
                " VALUES (500, 'Web', 'Of the web', '2026-01-01 00:00:00')"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"title || content"_s), u"WebOf the web"_s);
        QCOMPARE(stored(journey, 501, u"title"_s), u"Mine"_s);
    }

    void aDeletionOfWhatWasChangedIsDecidedOn_data()
    {
        QTest::addColumn<QString>("decision");
        QTest::addColumn<QString>("left");
        QTest::newRow("it goes") << u"M"_s << u"499"_s;
        QTest::newRow("it stays") << u"T"_s << u"500"_s;
    }

    void aDeletionOfWhatWasChangedIsDecidedOn()
    {
        QFETCH(const QString, decision);
        QFETCH(const QString, left);
        Journey &journey = *m_journey;
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        outside(journey, u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QVERIFY(shown(journey, u"conflictTheirs"_s).contains(u"Theirs"_s));
        journey.press(decision);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), left);
        if (decision == u"T"_s)
            QTRY_COMPARE(journey.cell(0, u"title"_s), u"Theirs"_s);
    }

    /// All or nothing: with one in conflict none of the others is written.
    void aConflictAmongMany()
    {
        Journey &journey = *m_journey;
        for (const QString &title : {u"One"_s, u"Two"_s, u"Three"_s, u"Four"_s}) {
            changeTitle(journey, title);
            journey.press(u"Down"_s);
        }
        QTRY_COMPARE(journey.pending(), u"4 changes"_s);
        outside(journey, u"UPDATE posts SET title = 'Theirs ' || id WHERE id IN (499, 497)"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        QCOMPARE(journey.pending(), u"2 conflicts"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Post number 500"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"T, Return"_s); // the first is done, nothing is saved yet
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QTRY_COMPARE(journey.currentId(), u"497"_s);
        QCOMPARE(journey.focus(), u"conflictPanel"_s);
        QCOMPARE(stored(journey, 500, u"title"_s), u"Post number 500"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT group_concat(title, '|') FROM"
                             " (SELECT title FROM posts WHERE id > 496 ORDER BY id DESC)"_s),
                 u"One|Theirs 499|Three|Four"_s);
    }

    /// What is typed while the save runs belongs to mine.
    void whatIsTypedDuringTheSaveIsMerged()
    {
        Journey &journey = *m_journey;
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"One "_s);
        Neighbour other(journey.database());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE; UPDATE posts SET content = 'Hello 500' || char(10) ||"
                           " char(10) || 'Theirs.' WHERE id = 500"_s),
                 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        journey.type(u"two "_s);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(stored(journey, 500, u"content"_s), u"One two Hello 500\n\nTheirs."_s);
    }
};

QTEST_MAIN(TestConflicts)
#include "tst_conflicts.moc"
