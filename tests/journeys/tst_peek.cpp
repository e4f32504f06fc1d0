// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"

#include <QLabel>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

/// What shows of a post, and where: the quick look, its details, and the three layouts.
class TestPeek final : public QObject
{
    Q_OBJECT

private:
    static QString title(Journey &journey)
    {
        return journey.window().findChild<QLabel *>(u"peekTitle"_s)->text();
    }

private slots:
    void spaceShowsAPostAndArrowsWalk()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Space"_s);
        QTRY_VERIFY(journey.isShown(u"peekPopup"_s));
        QTRY_COMPARE(title(journey), u"Post number 500"_s);
        QVERIFY(journey.fieldText(u"peekText"_s).startsWith(u"Hello 500"_s));
        journey.press(u"Down, Down"_s);
        QTRY_COMPARE(title(journey), u"Post number 498"_s);
        QCOMPARE(journey.currentId(), u"498"_s);
        journey.press(u"Space"_s);
        QVERIFY(!journey.isShown(u"peekPopup"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.selection(), QString());
        journey.press(u"Space, Esc"_s);
        QVERIFY(!journey.isShown(u"peekPopup"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Space, Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QVERIFY(!journey.isShown(u"peekPopup"_s));
        QCOMPARE(journey.pending(), u"Saved"_s);
    }

    void theLookShowsWhatIsTyped()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return, Space"_s);
        QTRY_COMPARE(title(journey), u"Mine"_s);
        journey.press(u"Esc, Alt+Return"_s);
        QTRY_VERIFY2(journey.fieldText(u"peekText"_s).contains(u"changed, not saved"_s),
                     qPrintable(journey.fieldText(u"peekText"_s)));
    }

    void theLayoutGoesRoundAndIsKept()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QVERIFY(journey.isShown(u"bodyEdit"_s));
        journey.press(u"Shift+F9, Shift+F9"_s);
        QTRY_VERIFY(!journey.isShown(u"bodyEdit"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Return"_s); // shows while one is in it
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QVERIFY(journey.isShown(u"bodyEdit"_s));
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"bodyEdit"_s));
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        journey.start(QString());
        QTRY_START_STATE(journey);
        QVERIFY(!journey.isShown(u"bodyEdit"_s));
        journey.press(u"Shift+F9"_s);
        QTRY_VERIFY(journey.isShown(u"bodyEdit"_s));
    }

    void theCaretIsWhereItWas()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Down, Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Right"_s);
        const auto position = [&journey] {
            return journey.window()
                .findChild<QPlainTextEdit *>(u"bodyEdit"_s)
                ->textCursor()
                .position();
        };
        QCOMPARE(position(), 6);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        journey.start(QString());
        QTRY_COMPARE(journey.currentId(), u"499"_s);
        QTRY_COMPARE(position(), 6);
    }
};

QTEST_MAIN(TestPeek)
#include "tst_peek.moc"
