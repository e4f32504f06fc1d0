// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/changes/editbuffer.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/savecontroller.h"
#include "ui/mainwindow/workspace.h"

#include <QApplication>
#include <QTextEdit>

#include <memory>

using namespace Qt::StringLiterals;

/// Another program changes what is being edited: nothing is overwritten unseen, and there is a way on.
class TestConflicts final : public QObject
{
    Q_OBJECT

private:
    void changeTitle(const QString &title)
    {
        m_journey->press(u"F2"_s);
        m_journey->type(title);
        m_journey->press(u"Return"_s);
    }

    /// Types @p text before the body of the current post.
    void writeIntoTheBody(const QString &text)
    {
        m_journey->press(u"Ctrl+3"_s);
        QTRY_COMPARE(m_journey->focus(), u"bodyEdit"_s);
        m_journey->press(u"Ctrl+Home"_s);
        m_journey->type(text);
    }

    void outside(const QString &sql) { QCOMPARE(m_journey->database().outside(sql), 0); }

    QString stored(int id, const QString &column)
    {
        return m_journey->sql(u"SELECT %1 FROM posts WHERE id = %2"_s.arg(column).arg(id));
    }

    QString shown(const QString &name)
    {
        const auto *view = m_journey->window().findChild<QTextEdit *>(name);
        return view ? view->toPlainText() : u"not there"_s;
    }

    /// Saves what another program's @p sql stands in the way of, up to the panel.
    void meet(const QString &sql)
    {
        QTRY_VERIFY(m_journey->pending().endsWith(u"changes"_s)
                    || m_journey->pending() == u"1 change"_s);
        outside(sql);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->focus(), u"conflictPanel"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
    }

    /// J10 up to the panel.
    void meetOverTheTitle()
    {
        changeTitle(u"Mine"_s);
        meet(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s);
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
    }

    /// In the panel, and what it comes to.
    void decide(const QString &keys)
    {
        m_journey->press(keys);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
    }

    /// Where nothing stands in the way.
    void save()
    {
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
    }

    void changeFour()
    {
        for (const QString &title : {u"One"_s, u"Two"_s, u"Three"_s, u"Four"_s}) {
            changeTitle(title);
            m_journey->press(u"Down"_s);
        }
        QTRY_COMPARE(m_journey->pending(), u"4 changes"_s);
    }

    /// As they are stored of those four.
    QString titles()
    {
        return m_journey->sql(u"SELECT group_concat(title, '|') FROM"
                              " (SELECT title FROM posts WHERE id > 496 ORDER BY id DESC)"_s);
    }

    static QString accessible()
    {
        return QApplication::focusWidget()->accessibleName() + u" / "_s
            + QApplication::focusWidget()->accessibleDescription();
    }

    /// Edits @p field of 3,000 posts, all in one.
    void changeMany(const QString &field, const QString &formula)
    {
        m_journey.reset();
        m_journey = std::make_unique<Journey>(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, "
            "created_at DATETIME);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO posts SELECT i, 'Post ' || i, 'One' || char(10, 10) || 'Two', "
            "'2024-01-01 00:00:00' FROM n;"_s);
        m_journey->start();
        QTRY_START_STATE((*m_journey));
        m_journey->press(u"Ctrl+A, Ctrl+E"_s);
        QTRY_VERIFY(m_journey->isShown(u"batchPanel"_s));
        QTRY_VERIFY(m_journey->window().isSettled());
        m_journey->window().findChild<QWidget *>(field)->setFocus();
        m_journey->press(u"Ctrl+A"_s); // where all have the same it stands there
        m_journey->type(formula);
        m_journey->press(u"Ctrl+Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"3,000 changes"_s);
    }

    std::unique_ptr<Journey> m_journey; ///< begun anew for each test

private slots:
    /// More than are marked at once.
    void manyConflictsOfOneSave()
    {
        changeMany(u"batch_title"_s, u"{title} mine"_s);
        if (QTest::currentTestFailed())
            return;
        outside(u"UPDATE posts SET title = title || ' theirs' WHERE id % 2"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"1,500 conflicts"_s);
        QTRY_COMPARE(m_journey->focus(), u"conflictPanel"_s);
        QCOMPARE(m_journey->sql(u"SELECT count(*) FROM posts WHERE title LIKE '%mine'"_s), u"0"_s);
        m_journey->press(u"Esc"_s);
        m_journey->press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
    }

    /// All of them are merged, a moment's worth at a time, and one save stores them.
    void manyAreMergedInOneSave()
    {
        changeMany(u"batch_content"_s, u"Mine {content}"_s);
        if (QTest::currentTestFailed())
            return;
        outside(u"UPDATE posts SET content = replace(content, 'Two', 'Theirs')"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QCOMPARE(m_journey->sql(u"SELECT count(*) FROM posts WHERE content = "
                                "'Mine One' || char(10, 10) || 'Theirs'"_s),
                 u"3000"_s);
    }

    void init()
    {
        m_journey = std::make_unique<Journey>();
        m_journey->start();
        QTRY_START_STATE(*m_journey);
    }
    void cleanup() { m_journey.reset(); }

    void j10TheirsIsTaken()
    {
        meetOverTheTitle();
        QCOMPARE(m_journey->mark(0), u"!"_s);
        QCOMPARE(stored(500, u"title"_s), u"Theirs"_s);
        QCOMPARE(shown(u"conflictBase"_s), u"Post number 500"_s);
        QVERIFY(shown(u"conflictMine"_s).contains(u"Mine"_s));
        QVERIFY(shown(u"conflictTheirs"_s).contains(u"Theirs"_s));
        QVERIFY2(accessible().contains(u"Title: not decided"_s)
                     && accessible().contains(u"Theirs"_s),
                 qPrintable(accessible()));
        decide(u"T, Return"_s);
        QTRY_COMPARE(m_journey->cell(0, u"title"_s), u"Theirs"_s);
        QCOMPARE(m_journey->mark(0), QString());
        QCOMPARE(m_journey->focus(), u"postsView"_s);
        QVERIFY(!m_journey->isShown(u"conflictPanel"_s));
        QTRY_COMPARE(m_journey->fieldText(u"titleEdit"_s), u"Theirs"_s);
        QCOMPARE(stored(500, u"title"_s), u"Theirs"_s);
    }

    void j10MineIsKept()
    {
        meetOverTheTitle();
        decide(u"M, Return"_s);
        QCOMPARE(stored(500, u"title"_s), u"Mine"_s);
        QCOMPARE(m_journey->cell(0, u"title"_s), u"Mine"_s);
        QCOMPARE(m_journey->focus(), u"postsView"_s);
        // Past it: what was typed is taken back, over what is stored now.
        m_journey->press(u"Ctrl+Z, Ctrl+Z"_s);
        QTRY_COMPARE(m_journey->cell(0, u"title"_s), u"Post number 500"_s);
        save();
        QCOMPARE(stored(500, u"title"_s), u"Post number 500"_s);
    }

    void j10AnotherColumnIsMerged()
    {
        changeTitle(u"Mine"_s);
        outside(u"UPDATE posts SET content = 'Theirs' WHERE id = 500"_s);
        save();
        QVERIFY(!m_journey->isShown(u"conflictPanel"_s));
        QCOMPARE(m_journey->toast(), u"Merged with an outside change."_s);
        QCOMPARE(stored(500, u"title || content"_s), u"MineTheirs"_s);
    }

    void ownSavesAreNoConflict()
    {
        for (const QString &title : {u"One"_s, u"Two"_s, u"Three"_s}) {
            changeTitle(title);
            m_journey->press(u"Ctrl+S"_s);
            QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
            QTRY_COMPARE(stored(500, u"title"_s), title);
        }
        QCOMPARE(m_journey->toast(), QString()); // merged with nothing
        QVERIFY(!m_journey->isShown(u"conflictPanel"_s));
    }

    void bothIsEdited()
    {
        meetOverTheTitle();
        m_journey->press(u"B"_s);
        QTRY_VERIFY(m_journey->isShown(u"conflictBoth"_s));
        QCOMPARE(m_journey->fieldText(u"conflictBoth"_s), u"Mine / Theirs"_s);
        m_journey->window().findChild<QWidget *>(u"conflictBoth"_s)->setFocus();
        m_journey->press(u"Ctrl+A"_s);
        m_journey->type(u"Mine and theirs"_s);
        m_journey->press(u"Ctrl+Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QCOMPARE(stored(500, u"title"_s), u"Mine and theirs"_s);
    }

    void aConflictIsLeftForLater()
    {
        meetOverTheTitle();
        m_journey->press(u"Esc"_s);
        QCOMPARE(m_journey->focus(), u"postsView"_s);
        QVERIFY(!m_journey->isShown(u"conflictPanel"_s));
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(m_journey->cell(0, u"title"_s), u"Mine"_s);
        QCOMPARE(m_journey->mark(0), u"!"_s);
        m_journey->press(u"Down, Down, F8"_s);
        QCOMPARE(m_journey->focus(), u"conflictPanel"_s);
        QCOMPARE(m_journey->currentId(), u"500"_s);
        // Enter without a decision decides nothing.
        m_journey->press(u"Return"_s);
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(stored(500, u"title"_s), u"Theirs"_s);
        // Nor does saving again.
        m_journey->press(u"Ctrl+S"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        QTRY_COMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(stored(500, u"title"_s), u"Theirs"_s);
        QCOMPARE(m_journey->focus(), u"conflictPanel"_s);
    }

    /// What was decided on is checked against what is there when it is written.
    void theyChangeItAgain()
    {
        meetOverTheTitle();
        outside(u"UPDATE posts SET title = 'Theirs again' WHERE id = 500"_s);
        m_journey->press(u"M, Return"_s);
        QTRY_VERIFY2(shown(u"conflictTheirs"_s).contains(u"again"_s),
                     qPrintable(shown(u"conflictTheirs"_s)));
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(shown(u"conflictBase"_s), u"Theirs"_s); // which the user has seen
        QCOMPARE(stored(500, u"title"_s), u"Theirs again"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        decide(u"M, Return"_s);
        QCOMPARE(stored(500, u"title"_s), u"Mine"_s);
    }

    void bodiesThatDontTouchAreMerged()
    {
        writeIntoTheBody(u"Mine! "_s);
        outside(u"UPDATE posts SET content = 'Hello 500' || char(10) || char(10) || 'Theirs.'"
                " WHERE id = 500"_s);
        save();
        QCOMPARE(stored(500, u"content"_s), u"Mine! Hello 500\n\nTheirs."_s);
        QTRY_COMPARE(m_journey->fieldText(u"bodyEdit"_s), u"Mine! Hello 500\n\nTheirs."_s);
        QCOMPARE(m_journey->toast(), u"Merged with an outside change."_s);
        QCOMPARE(m_journey->focus(), u"bodyEdit"_s); // one writes on
        m_journey->type(u"More. "_s);
        QVERIFY(m_journey->fieldText(u"bodyEdit"_s).startsWith(u"Mine! More. Hello"_s));
    }

    /// The web form sends the whole text back, with CRLF.
    void aWebFormsLineEndsAreNoConflict()
    {
        writeIntoTheBody(u"Mine! "_s);
        outside(u"UPDATE posts SET content = 'Hello 500' || char(13, 10, 13, 10) || 'Theirs.'"
                " WHERE id = 500"_s);
        save();
        QCOMPARE(stored(500, u"content"_s), u"Mine! Hello 500\r\n\r\nTheirs."_s);
    }

    void bodiesThatTouchAreDecidedOn()
    {
        writeIntoTheBody(u"Mine! "_s);
        meet(u"UPDATE posts SET content = 'Theirs' WHERE id = 500"_s);
        QCOMPARE(stored(500, u"content"_s), u"Theirs"_s);
        decide(u"B, Return"_s);
        const QString both = stored(500, u"content"_s);
        QVERIFY2(both.contains(u"Mine! Hello 500"_s) && both.contains(u"Theirs"_s),
                 qPrintable(both));
    }

    void aRowDeletedOutsideIsKeptAsANewOne()
    {
        changeTitle(u"Mine"_s);
        meet(u"DELETE FROM posts WHERE id = 500"_s);
        QCOMPARE(m_journey->sql(u"SELECT count(*) FROM posts"_s), u"499"_s);
        decide(u"M, Return"_s);
        QTRY_COMPARE(m_journey->counts(), u"500 posts"_s);
        QVERIFY(m_journey->sql(u"SELECT content FROM posts WHERE title = 'Mine'"_s)
                    .startsWith(u"Hello 500"_s));
        QCOMPARE(m_journey->sql(u"SELECT created_at FROM posts WHERE title = 'Mine'"_s),
                 u"2024-01-21 20:00:00.000000"_s);
    }

    void aRowDeletedOutsideIsLetGo()
    {
        changeTitle(u"Mine"_s);
        meet(u"DELETE FROM posts WHERE id = 500"_s);
        decide(u"T, Return"_s);
        QTRY_COMPARE(m_journey->counts(), u"499 posts"_s);
        QCOMPARE(m_journey->sql(u"SELECT count(*) FROM posts WHERE title = 'Mine'"_s), u"0"_s);
    }

    /// Undone past a save, #500 is to come back, and another post has its number.
    void aRowInsertedOutsideWithTheSameNumber()
    {
        m_journey->press(u"Del"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 change"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->counts(), u"499 posts"_s);
        outside(u"INSERT INTO posts VALUES (500, 'Web', 'Of the web', '2026-01-01 00:00:00')"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        m_journey->press(u"Ctrl+Z, Ctrl+S"_s);
        QTRY_COMPARE(m_journey->focus(), u"conflictPanel"_s);
        QVERIFY(shown(u"conflictTheirs"_s).contains(u"Of the web"_s));
        decide(u"M, Return"_s);
        QCOMPARE(stored(500, u"title"_s), u"Web"_s);
        QCOMPARE(stored(501, u"title"_s), u"Post number 500"_s);
        QCOMPARE(stored(501, u"created_at"_s), u"2024-01-21 20:00:00.000000"_s);
    }

    /// Deleted and the number given again: it isn't the post that was edited.
    void anotherRowWithTheNumberIsNotTheOneEdited()
    {
        changeTitle(u"Mine"_s);
        outside(u"DELETE FROM posts WHERE id = 500; INSERT INTO posts"
                " VALUES (500, 'Web', 'Of the web', '2026-01-01 00:00:00')"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->focus(), u"conflictPanel"_s);
        decide(u"M, Return"_s);
        QCOMPARE(stored(500, u"title || content"_s), u"WebOf the web"_s);
        QCOMPARE(stored(501, u"title"_s), u"Mine"_s);
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
        m_journey->press(u"Del"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 change"_s);
        meet(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s);
        QVERIFY(shown(u"conflictTheirs"_s).contains(u"Theirs"_s));
        m_journey->press(decision);
        m_journey->press(u"Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QCOMPARE(m_journey->sql(u"SELECT count(*) FROM posts"_s), left);
        if (decision == u"T"_s)
            QTRY_COMPARE(m_journey->cell(0, u"title"_s), u"Theirs"_s);
    }

    /// All or nothing: with one in conflict none of the others is written.
    void aConflictAmongMany()
    {
        changeFour();
        meet(u"UPDATE posts SET title = 'Theirs ' || id WHERE id IN (499, 497)"_s);
        QCOMPARE(m_journey->pending(), u"2 conflicts"_s);
        QCOMPARE(stored(500, u"title"_s), u"Post number 500"_s);
        QCOMPARE(m_journey->currentId(), u"499"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        m_journey->press(u"T, Return"_s); // the first is done, nothing is saved yet
        QTRY_COMPARE(m_journey->pending(), u"1 conflict"_s);
        QTRY_COMPARE(m_journey->currentId(), u"497"_s);
        QCOMPARE(m_journey->focus(), u"conflictPanel"_s);
        QCOMPARE(stored(500, u"title"_s), u"Post number 500"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        decide(u"M, Return"_s);
        QCOMPARE(titles(), u"One|Theirs 499|Three|Four"_s);
    }

    /// One who writes faster than one's edits can be put on top of it: nothing is saved over theirs, and
    /// the next save finds out anew.
    void mergingIsGivenUpAfterAWhile()
    {
        writeIntoTheBody(u"Mine! "_s);
        const auto theirs = [](int number) {
            return u"UPDATE posts SET content = 'Hello 500' || char(10, 10) || 'Theirs %1.'"
                   " WHERE id = 500"_s.arg(number);
        };
        OtherProgram other(m_journey->database());
        int written = 1;
        int merges = 0;
        QCOMPARE(other.run(theirs(written)), 0);
        const auto connection = connect(
            &m_journey->window().workspace()->edits(), &ui::EditBuffer::merged, this, [&] {
                ++merges;
                QCOMPARE(other.run(theirs(++written)), 0); // before it is sent again
            });
        m_journey->press(u"Ctrl+S"_s);
        QTRY_VERIFY(!m_journey->message().isEmpty());
        QTRY_VERIFY(m_journey->window().isSettled());
        QCOMPARE(merges, ui::SaveController::maxMerges + 1);
        QCOMPARE(stored(500, u"content"_s), u"Hello 500\n\nTheirs %1."_s.arg(written));
        QVERIFY2(m_journey->message().contains(u"changed"_s), qPrintable(m_journey->message()));
        QVERIFY(m_journey->fieldText(u"bodyEdit"_s).startsWith(u"Mine! Hello 500"_s));
        QVERIFY(m_journey->pending() != u"Saved"_s);
        disconnect(connection);
        save();
        QCOMPARE(stored(500, u"content"_s), u"Mine! Hello 500\n\nTheirs %1."_s.arg(written));
    }

    /// All or nothing is the rule; R in the panel saves what no conflict holds up.
    void theRestIsSavedOnDemand()
    {
        changeFour();
        meet(u"UPDATE posts SET title = 'Theirs ' || id WHERE id IN (499, 497)"_s);
        QCOMPARE(titles(), u"Post number 500|Theirs 499|Post number 498|Theirs 497"_s);
        m_journey->press(u"R"_s);
        QTRY_COMPARE(titles(), u"One|Theirs 499|Three|Theirs 497"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        QCOMPARE(m_journey->pending(), u"2 conflicts"_s);
        QCOMPARE(m_journey->toast(), u"2 changes saved, the others not yet."_s);
        QCOMPARE(m_journey->focus(), u"conflictPanel"_s);
        QCOMPARE(m_journey->currentId(), u"499"_s);
        QVERIFY(!accessible().contains(u"R saves"_s)); // there is no rest by now
        m_journey->press(u"M, Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 conflict"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        decide(u"T, Return"_s);
        QCOMPARE(titles(), u"One|Two|Three|Theirs 497"_s);
    }

    void theRestIsSavedWhereTheSettingSaysSo()
    {
        QAction *always = m_journey->window().actions().action("file.alwaysSaveRest"_L1);
        QVERIFY(!always->isChecked());
        always->trigger();
        m_journey->start(); // it is remembered
        QTRY_START_STATE(*m_journey);
        QVERIFY(m_journey->window().actions().action("file.alwaysSaveRest"_L1)->isChecked());
        changeFour();
        meet(u"UPDATE posts SET title = 'Theirs ' || id WHERE id IN (499, 497)"_s);
        QCOMPARE(titles(), u"One|Theirs 499|Three|Theirs 497"_s);
        QCOMPARE(m_journey->pending(), u"2 conflicts"_s);
        // Nothing but conflicts: nothing to save, and no end of trying.
        m_journey->press(u"Ctrl+S"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        QCOMPARE(m_journey->pending(), u"2 conflicts"_s);
        QCOMPARE(titles(), u"One|Theirs 499|Three|Theirs 497"_s);
    }

    /// What is typed while the save runs belongs to mine.
    void whatIsTypedDuringTheSaveIsMerged()
    {
        writeIntoTheBody(u"One "_s);
        OtherProgram other(m_journey->database());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE; UPDATE posts SET content = 'Hello 500' || char(10) ||"
                           " char(10) || 'Theirs.' WHERE id = 500"_s),
                 0);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_VERIFY(m_journey->task().startsWith(u"Waiting"_s));
        m_journey->type(u"two "_s);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QCOMPARE(stored(500, u"content"_s), u"One two Hello 500\n\nTheirs."_s);
    }
};

QTEST_MAIN(TestConflicts)
#include "tst_conflicts.moc"
