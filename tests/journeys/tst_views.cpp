// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

/// What the list shows, kept under a name and a key; and the filter of one column.
class TestViews final : public QObject
{
    Q_OBJECT

private:
    static QString box(Journey &journey)
    {
        return journey.window().findChild<QComboBox *>(u"viewCombo"_s)->currentText();
    }

    static QString saveText(Journey &journey, int row)
    {
        return journey.window().findChild<QListWidget *>(u"viewsList"_s)->item(row)->text();
    }

    static void trigger(Journey &journey, const char *id)
    {
        journey.window().actions().action(QLatin1StringView(id))->trigger();
    }

    static QString search(Journey &journey) { return journey.fieldText(u"searchEdit"_s); }

    static void sortByTitle(Journey &journey)
    {
        for (QAction *sort : journey.window().actions().sortActions()) {
            if (sort->data() == u"title"_s)
                sort->trigger();
        }
    }

    /// The posts with 49 in their titles, by title, without the column of dates.
    static void arrangeAndSave(Journey &journey, const QString &name)
    {
        journey.press(u"Ctrl+F"_s);
        journey.type(u"title:49"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        sortByTitle(journey);
        journey.view().horizontalHeader()->setSectionHidden(4, true);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.id(0), u"149"_s);
        trigger(journey, "filter.saveView");
        QTRY_COMPARE(journey.focus(), u"viewNameInput"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(name);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
    }

private slots:
    void orderSearchAndColumnsComeBackByKey()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(box(journey), u"All posts"_s);
        arrangeAndSave(journey, u"Forty-nines"_s);
        QCOMPARE(box(journey), u"Forty-nines"_s);
        QCOMPARE(journey.toast(), u"The view “Forty-nines” is saved. Alt+1 shows it."_s);
        QCOMPARE(journey.window().actions().action("filter.view1"_L1)->text(),
                 u"View &1: Forty-nines"_s);

        journey.press(u"Alt+0"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(search(journey), QString());
        QCOMPARE(box(journey), u"All posts"_s);

        journey.window().pane()->resetColumns();
        journey.press(u"Alt+1"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.id(0), u"149"_s);
        QCOMPARE(search(journey), u"title:49"_s);
        QVERIFY(journey.view().horizontalHeader()->isSectionHidden(4));
        QCOMPARE(box(journey), u"Forty-nines"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void allRowsComeBackAsTheyWereLeft()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        arrangeAndSave(journey, u"A"_s);
        journey.press(u"Alt+0"_s);
        // The order is that in which all rows were left, and now it is another one.
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"F4, R, Esc"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(journey.id(0), u"500"_s);
        journey.press(u"Alt+1"_s);
        QTRY_COMPARE(journey.id(0), u"149"_s);
        journey.press(u"Alt+0"_s);
        QTRY_COMPARE(journey.id(0), u"500"_s);
        QVERIFY(!journey.view().horizontalHeader()->isSectionHidden(4));
    }

    void theyAreRememberedForEachDatabase()
    {
        const TestDatabase other(TestDatabase::data(u"f500.sql"_s));
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        arrangeAndSave(journey, u"Forty & nine"_s);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());

        journey.start(other.file());
        QTRY_START_STATE(journey);
        QVERIFY(!journey.window().actions().action("filter.view1"_L1)->isEnabled());
        QCOMPARE(journey.window().actions().action("filter.view1"_L1)->toolTip(),
                 u"No view is saved under this key yet"_s);
        journey.press(u"Alt+1"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());

        journey.start(journey.database().file());
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(box(journey), u"Forty & nine"_s);
        QCOMPARE(journey.window().actions().action("filter.view1"_L1)->text(),
                 u"View &1: Forty && nine"_s);
        journey.press(u"Alt+0"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"Alt+1"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.id(0), u"149"_s);
    }

    void oneIsOverwrittenAndDeletedByKeyAndComesBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        arrangeAndSave(journey, u"A"_s);
        journey.press(u"Ctrl+F, Ctrl+A"_s);
        journey.type(u"title:48"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(box(journey), u"A (changed)"_s);
        trigger(journey, "filter.saveView"); // its key is chosen, and its name stands there
        QCOMPARE(journey.fieldText(u"viewNameInput"_s), u"A"_s);
        QVERIFY2(saveText(journey, 0).startsWith(u"Alt+1   A: title:49, Title ▲"_s),
                 qPrintable(saveText(journey, 0)));
        journey.press(u"Return"_s);
        QTRY_COMPARE(box(journey), u"A"_s);
        journey.press(u"Alt+0, Alt+1"_s);
        QTRY_COMPARE(search(journey), u"title:48"_s);
        // The toast takes the overwriting back.
        trigger(journey, "filter.saveView");
        journey.press(u"Return, F6, F6"_s);
        QCOMPARE(journey.focus(), u"toast"_s);
        journey.press(u"Return"_s);
        QCOMPARE(box(journey), u"A"_s);

        trigger(journey, "filter.saveView");
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"viewsList"_s);
        journey.press(u"Delete"_s);
        QCOMPARE(saveText(journey, 0), u"Alt+1   (free)"_s);
        QCOMPARE(journey.toast(), u"The view “A” is deleted."_s);
        QCOMPARE(box(journey), u"All posts"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QVERIFY(!journey.window().actions().action("filter.view1"_L1)->isEnabled());
        QVERIFY(!search(journey).isEmpty()); // what is shown stays
        journey.press(u"F6, F6"_s);
        QCOMPARE(journey.focus(), u"toast"_s);
        journey.press(u"Return"_s);
        QVERIFY(journey.window().actions().action("filter.view1"_L1)->isEnabled());
    }

    void aNameThatIsThereReplacesThatView()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        arrangeAndSave(journey, u"Mine"_s);
        journey.press(u"Alt+0, Ctrl+F"_s);
        journey.type(u"title:48"_s);
        journey.press(u"Return"_s);
        const auto hint
            = [&journey] { return journey.window().findChild<QLabel *>(u"viewsHint"_s)->text(); };
        trigger(journey, "filter.saveView"); // the second key, which is free
        QVERIFY2(hint().contains(u"Enter saves"_s), qPrintable(hint()));
        journey.press(u"Ctrl+A"_s);
        journey.type(u"mine"_s);
        QVERIFY2(hint().startsWith(u"Enter replaces “Mine”"_s), qPrintable(hint()));
        journey.press(u"Return"_s);
        QTRY_COMPARE(box(journey), u"mine"_s);
        QVERIFY(!journey.window().actions().action("filter.view2"_L1)->isEnabled());
        journey.press(u"Alt+0, Alt+1"_s);
        QTRY_COMPARE(search(journey), u"title:48"_s);
    }

    void aColumnIsFiltered()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+L"_s); // the current cell is in the title
        QTRY_COMPARE(journey.focus(), u"filterInput"_s);
        journey.type(u"number 49"_s);
        QTRY_COMPARE(journey.counts(), u"11 of 500 posts"_s);
        QCOMPARE(search(journey), u"title:\"number 49\""_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.counts(), u"11 of 500 posts"_s);

        journey.press(u"Right, Ctrl+Shift+L"_s);
        if (journey.fieldText(u"filterInput"_s).isEmpty())
            journey.type(u"2024-01-21"_s);
        QTRY_COMPARE(search(journey), u"title:\"number 49\" on:2024-01-21"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.window().isSettled());
        const QString both = journey.counts();
        QVERIFY(both != u"11 of 500 posts"_s);

        // Again: what is asked stands there, and an empty line asks for nothing.
        journey.press(u"Left, Ctrl+Shift+L"_s);
        QCOMPARE(journey.fieldText(u"filterInput"_s), u"number 49"_s);
        journey.press(u"Delete, Return"_s);
        QCOMPARE(search(journey), u"on:2024-01-21"_s);
        journey.press(u"Esc"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
    }

    void escPutsBackTheFilterThatWas()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"title:49 paragraph"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Ctrl+Shift+L"_s);
        journey.type(u"nothing at all"_s);
        QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
        journey.press(u"Esc"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void aValueIsChosenFromThoseInSight()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Down, Ctrl+Shift+L, Down"_s); // the current row's comes first
        QCOMPARE(journey.fieldText(u"filterInput"_s), u"Post number 499"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 500 posts"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
    }
};

QTEST_MAIN(TestViews)
#include "tst_views.moc"
