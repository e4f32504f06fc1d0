// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/table/recordtableview.h"

#include <QScrollBar>

using namespace Qt::StringLiterals;

/// Where other programs' changes, a search, an order or "Go to" lead, by keys alone.
class TestFinding final : public QObject
{
    Q_OBJECT

private slots:
    void j09TheWebAppWritesWhileIEdit()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 400"_s), 0);
        // Row 100 is not in sight, but its page is here.
        QTRY_COMPARE(journey.task(), u"1 post changed outside"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        QCOMPARE(journey.view().verticalScrollBar()->value(), 0);
        QCOMPARE(journey.pending(), u"1 change"_s);
        QVERIFY(journey.window().pane()->select(orm::Key::integer(400)));
        QTRY_COMPARE(journey.currentId(), u"400"_s);
        QCOMPARE(journey.cell(journey.currentRow(), u"title"_s), u"Web"_s);
        QCOMPARE(journey.mark(journey.currentRow()), u"»"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Mine"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 400"_s), u"Web"_s);
        journey.press(u"Down"_s);
        QCOMPARE(journey.mark(journey.currentRow() - 1), QString());
        QTRY_COMPARE(journey.task(), QString());
    }

    void refreshDoesTheSameAtOnce()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 498"_s), 0);
        journey.press(u"F5"_s);
        QTRY_COMPARE(journey.cell(2, u"title"_s), u"Web"_s);
        QCOMPARE(journey.mark(2), u"»"_s);
    }

    void theFieldOfARowChangedOutsideFollows()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 500"_s), 0);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Web"_s);
        QCOMPARE(journey.mark(0), u"»"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        QCOMPARE(journey.mark(0), QString());
    }

    void anEditOfARowChangedOutsideIsMarked()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 500"_s), 0);
        QTRY_COMPARE(journey.mark(0), u"!"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
    }
};

QTEST_MAIN(TestFinding)
#include "tst_finding.moc"
