// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace {

/// Far more rows than are loaded at a time.
const QString many
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL, content "
      "TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 20000) INSERT INTO "
      "posts (id, title, content) SELECT i, CASE i WHEN 50 THEN 'Ähre one' WHEN 15000 THEN 'ähre "
      "two' WHEN 9000 THEN 'no Ähre' ELSE 'Post ' || i END, CASE WHEN i > 14000 THEN 'high' ELSE "
      "'low' END FROM i;"_s;

} // namespace

/// Letters typed in the list lead to the next title that begins with them, wherever it is.
class TestTypeAhead final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setKeyboardInputInterval(100); }

    void lettersAreLookedForInAllRowsAndFromTheTopAgain()
    {
        Journey journey(many);
        journey.start();
        QTRY_START_STATE(journey);
        journey.type(u"ä"_s);
        QTRY_COMPARE(journey.currentId(), u"15000"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QTest::qWait(150); // the user's pause: other letters begin another word
        journey.type(u"ä"_s);
        QTRY_COMPARE(journey.currentId(), u"50"_s);
        QTest::qWait(150);
        journey.type(u"ä"_s); // from the top again
        QTRY_COMPARE(journey.currentId(), u"15000"_s);
        QTest::qWait(150);
        journey.type(u"ähre o"_s);
        QTRY_COMPARE(journey.currentId(), u"50"_s);
        QTest::qWait(150);
        journey.type(u"xyz"_s); // nothing begins so
        QTest::qWait(50);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.currentId(), u"50"_s);
        QCOMPARE(journey.pending(), u"Saved"_s); // letters change nothing
    }

    void lettersAreLookedForInTheOrderAndTheRowsThatAreShown()
    {
        Journey journey(many);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"high"_s);
        QTRY_COMPARE(journey.counts(), u"6,000 of 20,000 posts"_s);
        journey.press(u"Return"_s);
        journey.type(u"ä"_s);
        QTRY_COMPARE(journey.currentId(), u"15000"_s);
        QTest::qWait(150);
        journey.type(u"ähre o"_s); // which is not among them
        QTest::qWait(50);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.currentId(), u"15000"_s);
        journey.press(u"Escape"_s);
        QTRY_COMPARE(journey.counts(), u"20,000 posts"_s);

        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"sort by title"_s);
        journey.press(u"Return"_s); // Post …, Ähre one, ähre two by bytes
        QTRY_COMPARE(journey.id(0), u"1"_s);
        journey.press(u"Ctrl+Home"_s);
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        QTest::qWait(150);
        journey.type(u"ä"_s);
        QTRY_COMPARE(journey.currentId(), u"50"_s);
    }

    void aSearchForStatesFollowsThem()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"is:modified"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        QCOMPARE(journey.id(0), u"500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
        QTRY_COMPARE(journey.view().model()->rowCount(), 0);

        journey.press(u"Ctrl+A"_s);
        journey.type(u"is:outside"_s);
        QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 499"_s), 0);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        QCOMPARE(journey.id(0), u"499"_s);
    }
};

QTEST_MAIN(TestTypeAhead)
#include "tst_typeahead.moc"
