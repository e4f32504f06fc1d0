// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QHeaderView>
#include <QListWidget>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

constexpr int titleSection = 2; ///< mark, id, title
constexpr int createdSection = 4; ///< beside it, as the body is placed last

QModelIndex cell(Journey &journey, int section)
{
    return journey.view().model()->index(0, section);
}

QStringList list(Journey &journey)
{
    QStringList texts;
    const auto *items = journey.window().findChild<QListWidget *>(u"columnsList"_s);
    for (int row = 0; items && row < items->count(); ++row)
        texts.append(items->item(row)->text());
    return texts;
}

/// Makes the title stay and the next column wide, all by keys; the list can then be scrolled sideways.
void freezeTitle(Journey &journey)
{
    journey.press(u"F4"_s);
    QTRY_VERIFY(journey.isShown(u"columnsPopup"_s));
    journey.press(u"Down, F, Down"_s);
    for (int i = 0; i < 60; ++i)
        journey.press(u"Right"_s);
    journey.press(u"Escape"_s);
    QTRY_COMPARE(journey.focus(), u"postsView"_s);
    QTRY_VERIFY(journey.view().horizontalScrollBar()->maximum() > 300);
}

QImage part(Journey &journey, QWidget *widget)
{
    const QRect title = journey.view().visualRect(cell(journey, titleSection));
    // Without the line at its end, and the frame of the current cell
    return widget->grab(QRect(0, 0, title.right() - 2, widget->height())).toImage();
}

} // namespace

/// Columns that stay, move, hide and get wider, and are so again next time.
class TestColumns final : public QObject
{
    Q_OBJECT

private slots:
    void frozenColumnsStayWhileTheOthersScroll()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        freezeTitle(journey);
        ui::RecordTableView &view = journey.view();
        view.selectRow(30); // so that no frame of the current cell is in the pictures
        view.verticalScrollBar()->setValue(0);
        QTRY_VERIFY(journey.window().isSettled());
        const QRect title = view.visualRect(cell(journey, titleSection));
        const QRect created = view.visualRect(cell(journey, createdSection));
        const QImage rows = part(journey, view.viewport());
        const QImage header = part(journey, view.horizontalHeader());
        view.horizontalScrollBar()->setValue(200);
        QCOMPARE(view.visualRect(cell(journey, titleSection)), title);
        QVERIFY(view.visualRect(cell(journey, createdSection)) != created);
        QCOMPARE(part(journey, view.viewport()), rows);
        QCOMPARE(part(journey, view.horizontalHeader()), header);
        // What is seen there is what the mouse means.
        QCOMPARE(view.indexAt(title.center()), cell(journey, titleSection));
        const QPoint place(title.center().x(), view.horizontalHeader()->height() / 2);
        QTest::mouseClick(view.horizontalHeader()->viewport(), Qt::LeftButton, {}, place);
        QTRY_COMPARE(journey.id(0), u"1"_s);
    }

    void theCurrentCellComesOutFromUnderThem()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        freezeTitle(journey);
        ui::RecordTableView &view = journey.view();
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
        const int edge = view.visualRect(cell(journey, titleSection)).right();
        QVERIFY(view.visualRect(cell(journey, createdSection)).left() < edge);
        journey.press(u"Right"_s); // from the title into the next column
        QCOMPARE(view.currentIndex().column(), view.horizontalHeader()->logicalIndex(3));
        QCOMPARE(view.visualRect(view.currentIndex()).left(), edge + 1);
    }

    void whatWasChosenIsThereNextTime()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        // Created behind the key, the key hidden, the title wider, two columns frozen
        journey.press(u"F4"_s);
        QTRY_VERIFY(journey.isShown(u"columnsPopup"_s));
        journey.press(u"Space, Down, Right, Right, Down, Alt+Up, F"_s);
        const QStringList before = list(journey);
        QVERIFY2(before.at(1).startsWith(u"Created"_s) && before.at(1).endsWith(u", stays"_s),
                 qPrintable(before.join(u"; "_s)));
        QVERIFY(before.at(0).endsWith(u", stays"_s) && !before.at(2).contains(u"stays"_s));
        QVERIFY(!before.at(0).contains(u"px"_s)); // hidden
        journey.press(u"Escape, Ctrl+Q"_s);
        journey.stop();
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.view().frozenColumns(), 3); // the mark among them
        journey.press(u"F4"_s);
        QTRY_COMPARE(list(journey), before);
        journey.press(u"Down, F"_s); // no longer
        QCOMPARE(journey.view().frozenColumns(), 0);
        journey.press(u"F, R"_s);
        QCOMPARE(journey.view().frozenColumns(), 0);
        QVERIFY(list(journey).at(0).contains(u"px"_s));
    }
};

QTEST_MAIN(TestColumns)
#include "tst_columns.moc"
