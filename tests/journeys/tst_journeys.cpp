// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

const auto minus = u"−"_s;

} // namespace

/// The main job by keys alone: write, retitle, delete, duplicate, and change one's mind.
class TestJourneys final : public QObject
{
    Q_OBJECT

private slots:
    void startState()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(),
                 QFileInfo(journey.database().file()).fileName() + u" — Postdesk"_s);
        QCOMPARE(journey.id(0), u"500"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.selection(), QString());
        QCOMPARE(journey.pending(), u"Saved"_s);
        QVERIFY(journey.view().isRowSelected(0));
        QCOMPARE(journey.view().currentIndex().column(), 2); // Title
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        QCOMPARE(journey.message(), QString());
    }

    void j02WriteAPost()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+N"_s);
        QCOMPARE(journey.mark(0), u"+"_s);
        QCOMPARE(journey.id(0), u"new"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        QCOMPARE(journey.fieldText(u"titleEdit"_s), QString());
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.type(u"Keyboard"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Keyboard"_s);
        journey.type(u" first"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Keyboard first"_s);
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        journey.type(u"Hello *world*"_s);
        const auto *words = journey.window().findChild<QLabel *>(u"wordCount"_s);
        QVERIFY(words);
        QTRY_VERIFY2(words->text().startsWith(u"2 words"_s), qPrintable(words->text()));
        const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-2);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"501 posts"_s);
        QTRY_COMPARE(journey.id(0), u"501"_s);
        QCOMPARE(journey.mark(0), QString());
        QCOMPARE(journey.currentRow(), 0);
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        const auto *body = journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        QCOMPARE(body->textCursor().position(), 13);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 501"_s), u"Keyboard first"_s);
        QCOMPARE(journey.sql(u"SELECT content FROM posts WHERE id = 501"_s), u"Hello *world*"_s);
        const QString created = journey.sql(u"SELECT created_at FROM posts WHERE id = 501"_s);
        QDateTime time = QDateTime::fromString(created.left(19), u"yyyy-MM-dd HH:mm:ss"_s);
        time.setTimeSpec(Qt::UTC);
        QVERIFY2(time >= before && time <= QDateTime::currentDateTimeUtc().addSecs(2),
                 qPrintable(created));
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"501"_s);
    }

    void j04RetitleARun()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        QVERIFY(journey.view().hasCellEditor());
        journey.type(u"Five hundred"_s);
        journey.press(u"Down"_s);
        QCOMPARE(journey.mark(0), u"~"_s);
        QCOMPARE(journey.currentRow(), 1);
        QTRY_VERIFY(journey.view().hasCellEditor());
        journey.type(u"Four ninety-nine"_s);
        journey.press(u"Tab"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.cell(1, u"title"_s), u"Four ninety-nine"_s);
        QCOMPARE(journey.pending(), u"2 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Five hundred"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 499"_s), u"Four ninety-nine"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Post number ' || id"_s),
                 u"498"_s);
    }

    void j05DeleteThree()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Shift+Down, Shift+Down"_s);
        QCOMPARE(journey.selection(), u"3 selected"_s);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        for (int row = 0; row < 3; ++row)
            QCOMPARE(journey.mark(row), minus);
        QCOMPARE(journey.toast(), u"3 posts marked for deletion"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.mark(0), QString());
        QCOMPARE(journey.selection(), u"3 selected"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Y"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.mark(2), minus);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"497 posts"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.currentId(), u"497"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"497"_s);
        QCOMPARE(journey.sql(u"SELECT max(id) FROM posts"_s), u"497"_s);
    }

    void j06Duplicate()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+D"_s);
        QTRY_COMPARE(journey.mark(0), u"+"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500 (copy)"_s);
        QCOMPARE(journey.id(1), u"500"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        const auto *title = journey.window().findChild<QPlainTextEdit *>(u"titleEdit"_s);
        QVERIFY(title);
        QTRY_COMPARE(title->textCursor().selectedText(), u"Post number 500 (copy)"_s);
        journey.type(u"January report"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.id(0), u"501"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 501"_s), u"January report"_s);
        QCOMPARE(journey.sql(u"SELECT a.content = b.content FROM posts a, posts b "
                             "WHERE a.id = 500 AND b.id = 501"_s),
                 u"1"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
    }

    void nothingTouchesTheDatabaseBeforeTheSave()
    {
        Journey journey;
        const QByteArray before = journey.fileBytes();
        QVERIFY(!before.isEmpty());
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"New one"_s);
        journey.press(u"Esc, Down, F2"_s);
        journey.type(u"Another title"_s);
        journey.press(u"Return, Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.fileBytes(), before);
        // And nobody has to wait for us: another program writes at once, when nothing is being read.
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 3"_s), 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 3"_s), u"Web"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"500"_s);
    }

    void everyKindOfEditIsUndoneAndRedone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        // A cell
        journey.press(u"F2"_s);
        journey.type(u"Cell"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Cell"_s);
        journey.press(u"Ctrl+Z"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Cell"_s);
        journey.press(u"Ctrl+Z"_s);

        // A field: as text while in it, as one step from the list
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u" More."_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QVERIFY(!journey.fieldText(u"bodyEdit"_s).endsWith(u"More."_s));
        journey.press(u"Ctrl+Y"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).endsWith(u"More."_s));
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        // A new row, and a copy
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Draft"_s);
        journey.press(u"Esc, Ctrl+Z"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.id(0), u"500"_s);
        journey.press(u"Ctrl+Y, Ctrl+Y"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Draft"_s);
        journey.press(u"Ctrl+Z, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        // NULL
        journey.press(u"Ctrl+1"_s);
        QTRY_COMPARE(journey.currentRow(), 0);
    }

    void undoGoesPastASave()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QString row = journey.sql(u"SELECT id || title || content || created_at FROM posts "
                                        "WHERE id = 500"_s);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"499 posts"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.sql(u"SELECT id || title || content || created_at FROM posts "
                             "WHERE id = 500"_s),
                 row);
    }

    void aNewPostNeverTypedIntoVanishes()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ins"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"Esc, Down"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        journey.press(u"Ctrl+N, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.counts(), u"500 posts"_s);
        QVERIFY(journey.toast().contains(u"nothing to save"_s));
    }

    void escapeGoesBackStepByStep()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Shift+Down, Shift+Down, Esc"_s);
        QCOMPARE(journey.selection(), QString());
        QCOMPARE(journey.currentRow(), 2);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.type(u"x"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.pending(), u"1 change"_s); // typing stays
        journey.press(u"Esc, Esc"_s);
        QVERIFY(journey.window().isVisible());
        QCOMPARE(journey.pending(), u"1 change"_s);
    }

    void walkingOnKeepsTheField()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Alt+PgDown"_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"Hello 499"_s));
        journey.press(u"Alt+PgUp"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"Hello 500"_s));
        journey.press(u"Alt+PgUp"_s); // there is none above
        QCOMPARE(journey.currentId(), u"500"_s);
    }

    void everyPaneIsReachedByKeys()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F6"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"F6"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.press(u"F6"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Del"_s);
        QTRY_VERIFY(!journey.toast().isEmpty());
        journey.press(u"Shift+F6, Shift+F6"_s);
        QCOMPARE(journey.focus(), u"toast"_s);
        journey.press(u"Return"_s); // its undo
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"Shift+Tab"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void aToastsUndoIsForItsOwnStepAlone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del"_s);
        QTRY_VERIFY(!journey.toast().isEmpty());
        journey.press(u"Down, F2"_s);
        journey.type(u"Something else"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.toast(), QString());
    }

    void aFieldIsMadeEmpty()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Alt+E, E"_s); // Edit, Make the field empty
        journey.activate();
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title IS NULL FROM posts WHERE id = 500"_s), u"1"_s);
        journey.press(u"Ctrl+Z, Ctrl+S"_s);
        QTRY_COMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s),
                     u"Post number 500"_s);
    }

    void severalRowsAreCopiedAsATable()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Shift+Down, Ctrl+C"_s);
        QTRY_VERIFY(QApplication::clipboard()->text().startsWith(u"500\tPost number 500\t"_s));
        const QString text = QApplication::clipboard()->text();
        QVERIFY2(text.contains(u"\"Hello 500\n\nSecond paragraph of post 500.\""_s),
                 qPrintable(text));
        QVERIFY(text.contains(u"\n499\tPost number 499\t"_s));
    }

    void undoInADeletedRowIsAboutTheRow()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del, Ctrl+3"_s);
        QTRY_COMPARE(journey.mark(0), minus);
        QCOMPARE(journey.focus(), u"bodyEdit"_s); // where it says: Ctrl+Z brings it back
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.mark(0), QString());
        journey.type(u"x"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(
            u"Ctrl+Z, Ctrl+Z"_s); // in a text it is about the text, also when nothing is left
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.mark(0), QString());
    }

    void aForgottenRowIsNoStep()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Cell"_s);
        journey.press(u"Return, Ctrl+N, Esc"_s);
        journey.press(u"Down, F2"_s); // the empty one is forgotten; it was not the last step
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Esc, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
    }

    void whatIsTypedIntoACellIsSaved()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Straight to disk"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Straight to disk"_s);
    }

    void allRowsCanBeSelectedAndCopied()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+A"_s);
        QCOMPARE(journey.selection(), u"500 selected"_s);
        journey.press(u"Esc, Ctrl+C"_s);
        QTRY_COMPARE(QApplication::clipboard()->text(), u"Post number 500"_s);
    }
};

QTEST_MAIN(TestJourneys)
#include "tst_journeys.moc"
