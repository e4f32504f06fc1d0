// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QTextEdit>

using namespace Qt::StringLiterals;

/// What is pending: walked through, reviewed, saved in parts, taken back and brought back.
class TestReview final : public QObject
{
    Q_OBJECT

private:
    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
    }

    static QString titleOf(Journey &journey, int id)
    {
        return journey.sql(u"SELECT title FROM posts WHERE id = %1"_s.arg(id));
    }

    /// #500, #498 and #496 get titles, #497 is marked for deletion.
    static void changeSome(Journey &journey)
    {
        changeTitle(journey, u"A"_s);
        journey.press(u"Down, Down"_s);
        changeTitle(journey, u"B"_s);
        journey.press(u"Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Down"_s);
        changeTitle(journey, u"C"_s);
        QTRY_COMPARE(journey.pending(), u"4 changes"_s);
    }

    static QAction *action(Journey &journey, QLatin1StringView id)
    {
        return journey.window().actions().action(id);
    }

private slots:
    void changesAreWalkedInTheOrderOfTheList()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QVERIFY(!action(journey, "post.nextPending"_L1)->isEnabled());
        QCOMPARE(action(journey, "post.nextPending"_L1)->toolTip(), u"Everything is saved"_s);
        changeSome(journey);
        journey.press(u"Ctrl+End"_s); // pages away
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        QStringList visited;
        for (int i = 0; i < 5; ++i) {
            journey.press(u"F8"_s);
            visited << journey.currentId();
        }
        QCOMPARE(visited, (QStringList{u"500"_s, u"498"_s, u"497"_s, u"496"_s, u"500"_s}));
        visited.clear();
        for (int i = 0; i < 4; ++i) {
            journey.press(u"Shift+F8"_s);
            visited << journey.currentId();
        }
        QCOMPARE(visited, (QStringList{u"496"_s, u"497"_s, u"498"_s, u"500"_s}));
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void whatCannotBeSavedIsWalkedFirst()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeSome(journey);
        journey.press(u"Down"_s);
        changeTitle(journey, u"x"_s.repeated(256));
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        journey.press(u"Ctrl+Home, F8"_s);
        QCOMPARE(journey.currentId(), u"495"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        QVERIFY(journey.message().contains(u"can't be saved"_s));
        journey.press(u"F8"_s); // the only one
        QCOMPARE(journey.currentId(), u"495"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"Short"_s);
        QTRY_COMPARE(journey.pending(), u"5 changes"_s);
        journey.press(u"F8"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
    }

    void selectedPostsAreReverted()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QVERIFY(!action(journey, "post.revert"_L1)->isEnabled());
        QCOMPARE(action(journey, "post.revert"_L1)->toolTip(), u"Nothing is changed here"_s);
        changeSome(journey);
        journey.press(u"Ctrl+Home, Shift+Down, Shift+Down, Shift+Down"_s);
        QTRY_COMPARE(journey.selection(), u"4 selected"_s);
        journey.press(u"Ctrl+F5"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.toast(), u"3 posts reverted to what is saved"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        QCOMPARE(journey.mark(3), QString());
        journey.press(u"Ctrl+Z"_s); // one step
        QCOMPARE(journey.pending(), u"4 changes"_s);
        QCOMPARE(journey.mark(3), u"−"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
    }

    void everythingIsDiscardedAndComesBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeSome(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"New"_s);
        QTRY_COMPARE(journey.pending(), u"5 changes"_s);
        journey.press(u"Ctrl+Shift+F5"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.id(0), u"500"_s);
        journey.press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"5 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"New"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"A"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"500"_s);
        QCOMPARE(titleOf(journey, 500), u"A"_s);
    }

    void theReviewSaysWhatIsSent()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QVERIFY(!action(journey, "file.review"_L1)->isEnabled());
        changeTitle(journey, u"It's mine"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Shift+R"_s);
        QTRY_COMPARE(journey.focus(), u"reviewList"_s);
        QVERIFY(journey.isShown(u"reviewPanel"_s));
        QCOMPARE(journey.fieldText(u"reviewSql"_s),
                 u"UPDATE posts SET title = 'It''s mine' WHERE id = 500;"_s);
        QCOMPARE(journey.window().findChild<QTextEdit *>(u"reviewDiff"_s)->toPlainText(),
                 u"Title\nPost number 500 It's mine"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"reviewPanel"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        // The button in the status bar, too.
        journey.window().findChild<QAbstractButton *>(u"pendingButton"_s)->click();
        QTRY_VERIFY(journey.isShown(u"reviewPanel"_s));
        journey.press(u"Return"_s);
        QVERIFY(!journey.isShown(u"reviewPanel"_s));
        QCOMPARE(journey.currentId(), u"500"_s);
    }

    void onlyWhatIsTickedIsSaved()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeSome(journey);
        journey.press(u"Ctrl+Home, Ctrl+Shift+R"_s);
        QTRY_COMPARE(journey.focus(), u"reviewList"_s);
        journey.press(u"Space, Down, Down, Space"_s); // not #500, not the deletion of #497
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(titleOf(journey, 500), u"Post number 500"_s);
        QCOMPARE(titleOf(journey, 498), u"B"_s);
        QCOMPARE(titleOf(journey, 497), u"Post number 497"_s);
        QCOMPARE(titleOf(journey, 496), u"C"_s);
        QVERIFY(journey.isShown(u"reviewPanel"_s)); // what is left is to be seen
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+S"_s); // nothing is ticked
        QTRY_VERIFY2(journey.toast().contains(u"nothing is ticked"_s), qPrintable(journey.toast()));
        QCOMPARE(journey.pending(), u"2 changes"_s);
        journey.press(u"Ctrl+A, Space, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(titleOf(journey, 500), u"A"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts"_s), u"499"_s);
        QTRY_VERIFY(!journey.isShown(u"reviewPanel"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void aChangeIsTakenBackInTheReview()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeSome(journey);
        journey.press(u"Ctrl+Home, Ctrl+Shift+R"_s);
        QTRY_COMPARE(journey.focus(), u"reviewList"_s);
        journey.press(u"Del"_s);
        QCOMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+Z"_s);
        QCOMPARE(journey.pending(), u"4 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"A"_s);
    }

    /// J3: this post alone, and back to the list.
    void onePostIsSavedFromTheEditor()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Stays pending"_s);
        journey.press(u"Down, Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u" Fixed."_s);
        QTRY_COMPARE(journey.mark(1), u"~"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        QCOMPARE(journey.mark(1), QString());
        QCOMPARE(journey.pending(), u"1 change"_s);
        QVERIFY(journey.sql(u"SELECT content FROM posts WHERE id = 499"_s)
                    .endsWith(u"of post 499. Fixed."_s));
        QCOMPARE(titleOf(journey, 500), u"Post number 500"_s);
        // Nothing to save: back all the same.
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
    }
};

QTEST_MAIN(TestReview)
#include "tst_review.moc"
