// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace {

/// Three rows; the body of the newest has line ends of the web.
const auto threePosts
    = u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, "
      "created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
      "INSERT INTO posts VALUES (1, 'First', 'a cat', '2024-01-01 00:00:00');"
      "INSERT INTO posts VALUES (2, 'Second', 'no such animal', '2024-01-02 00:00:00');"
      "INSERT INTO posts VALUES (3, 'Third', 'Cat one' || char(13, 10) || 'cat two, cat three',"
      " '2024-01-03 00:00:00');"_s;

const auto bodyOfThree = u"SELECT content FROM posts WHERE id = 3"_s;

} // namespace

/// Finding and replacing in the text of a post, and F3 everywhere.
class TestTextFind final : public QObject
{
    Q_OBJECT

private:
    static QTextCursor caret(Journey &journey)
    {
        return journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s)->textCursor();
    }

    static QString status(Journey &journey)
    {
        return journey.window().findChild<QLabel *>(u"findStatus"_s)->text();
    }

    static void startInBody(Journey &journey)
    {
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

private slots:
    void theBarFindsInThePost()
    {
        Journey journey(threePosts);
        startInBody(journey);
        journey.press(u"Ctrl+F"_s);
        QCOMPARE(journey.focus(), u"findInput"_s);
        QVERIFY(journey.isShown(u"findBar"_s));
        journey.type(u"cat"_s);
        QCOMPARE(status(journey), u"1 of 3"_s);
        QCOMPARE(caret(journey).selectedText(), u"Cat"_s);
        journey.press(u"Return"_s);
        QCOMPARE(status(journey), u"2 of 3"_s);
        QCOMPARE(caret(journey).selectionStart(), 8);
        journey.press(u"Shift+Return, Shift+Return"_s); // round to the last one
        QCOMPARE(status(journey), u"3 of 3"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"findBar"_s));
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        // F3 goes on without the bar, and from where the caret is.
        journey.press(u"Ctrl+Home, F3"_s);
        QCOMPARE(caret(journey).selectionStart(), 0);
        journey.press(u"F3"_s);
        QCOMPARE(caret(journey).selectionStart(), 8);
        journey.press(u"Shift+F3"_s);
        QCOMPARE(caret(journey).selectionStart(), 0);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void theBarGoesAlongToAnotherPost()
    {
        Journey journey(threePosts);
        startInBody(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"cat"_s);
        journey.press(u"Esc, Alt+PgDown, Alt+PgDown"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"a cat"_s));
        journey.press(u"F3"_s);
        QCOMPARE(caret(journey).selectionStart(), 2);
        QCOMPARE(caret(journey).selectedText(), u"cat"_s);
    }

    void replacingGoesFromHitToHit()
    {
        Journey journey(threePosts);
        startInBody(journey);
        journey.press(u"Ctrl+H"_s);
        journey.type(u"cat"_s);
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"replaceInput"_s);
        journey.type(u"catfish"_s); // which has itself what is looked for
        journey.press(u"Return"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"catfish one\ncat two, cat three"_s);
        QCOMPARE(caret(journey).selectionStart(), 12);
        journey.press(u"Return"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"catfish one\ncatfish two, cat three"_s);
        journey.press(u"Esc, Ctrl+Z"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"catfish one\ncat two, cat three"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(bodyOfThree), u"catfish one\r\ncat two, cat three"_s);
    }

    void allMatchesAreOneStep()
    {
        Journey journey(threePosts);
        startInBody(journey);
        journey.press(u"Ctrl+End"_s);
        journey.type(u"!"_s);
        journey.press(u"Ctrl+H, Alt+X"_s); // a regular expression
        QTRY_VERIFY(journey.window().findChild<QCheckBox *>(u"findRegex"_s)->isChecked());
        journey.press(u"Shift+Tab, Shift+Tab, Shift+Tab"_s);
        QCOMPARE(journey.focus(), u"findInput"_s);
        journey.type(u"(c)at (\\w+)$"_s);
        QCOMPARE(status(journey), u"1 of 1"_s); // "three!" is no end of a line
        journey.press(u"Ctrl+A"_s);
        journey.type(u"(c)at (\\w+)"_s);
        QCOMPARE(status(journey).section(u' ', 2), u"3"_s);
        journey.press(u"Tab"_s);
        journey.type(u"$2 \\1ats"_s);
        journey.press(u"Alt+M"_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"one Cats\ntwo cats, three cats!"_s);
        QCOMPARE(journey.toast(), u"3 hits replaced"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Esc, Ctrl+Z"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"Cat one\ncat two, cat three!"_s);
        journey.press(u"Ctrl+Y"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"one Cats\ntwo cats, three cats!"_s);
        // From the list it is a step of its own, too: what was typed before stays.
        journey.press(u"Esc, Ctrl+Z"_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"Cat one\ncat two, cat three!"_s);
        journey.press(u"Ctrl+Y, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(bodyOfThree), u"one Cats\r\ntwo cats, three cats!"_s);
    }

    void inTheListF3GoesFromRowToRow()
    {
        Journey journey(threePosts);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F3"_s); // nothing to find yet
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.type(u"cat"_s);
        QTRY_COMPARE(journey.counts(), u"2 of 3 posts"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.currentId(), u"3"_s);
        journey.press(u"F3"_s);
        QCOMPARE(journey.currentId(), u"1"_s);
        journey.press(u"F3"_s);
        QCOMPARE(journey.currentId(), u"3"_s);
        journey.press(u"Shift+F3"_s);
        QCOMPARE(journey.currentId(), u"1"_s);
        // In its text F3 goes to what the list was searched for.
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), u"a cat"_s);
        journey.press(u"F3"_s);
        QCOMPARE(caret(journey).selectedText(), u"cat"_s);
    }

    /// The form scrolls, too, where the text is large and the window small.
    void theCaretIsSeenInASmallWindow()
    {
        const QFont usual = QApplication::font();
        const auto back = qScopeGuard([&usual] { QApplication::setFont(usual); });
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        QApplication::setFont(large);
        Journey journey(threePosts);
        journey.start();
        journey.window().resize(1024, 600);
        QTRY_START_STATE(journey);
        const auto *body = journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        const auto isSeen = [body] {
            const QPoint caret = body->cursorRect().center();
            return body->viewport()->visibleRegion().contains(caret);
        };
        journey.press(u"Ctrl+2, Ctrl+3"_s); // the title, and what is over it, shows
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_VERIFY(isSeen());
        journey.press(u"Ctrl+End"_s);
        for (int line = 0; line < 4; ++line) {
            journey.press(u"Return"_s);
            journey.type(u"dog %1"_s.arg(line));
            QVERIFY2(isSeen(), qPrintable(QString::number(line)));
        }
        journey.press(u"Ctrl+Home"_s);
        QVERIFY(isSeen());
        journey.press(u"Ctrl+H"_s);
        for (const QString &word : {u"dog 3"_s, u"Cat one"_s, u"dog 2"_s}) {
            journey.press(u"Ctrl+A"_s);
            journey.type(word);
            QCOMPARE(status(journey), u"1 of 1"_s);
            QTRY_VERIFY2(isSeen(), qPrintable(word));
        }
    }

    void whatIsOnlyReadIsNotReplaced()
    {
        Journey journey(threePosts);
        journey.start(journey.database().file(), app::Options::Access::ReadOnly);
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3, Ctrl+F"_s);
        journey.type(u"cat"_s);
        QTRY_COMPARE(status(journey), u"1 of 3"_s);
        QVERIFY(!journey.window().findChild<QLineEdit *>(u"replaceInput"_s)->isEnabled());
        journey.press(u"Alt+M"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"Cat one\ncat two, cat three"_s);
    }
};

QTEST_MAIN(TestTextFind)
#include "tst_textfind.moc"
