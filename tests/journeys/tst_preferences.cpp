// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/help/helpwindow.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/preferencesdialog.h"
#include "ui/mainwindow/whatsthis.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QSpinBox>

#include <cstdlib>

using namespace Qt::StringLiterals;

/// What can be set, the keys of vi in the list, and "What's this?".
class TestPreferences final : public QObject
{
    Q_OBJECT

private:
    static ui::PreferencesDialog *preferences(Journey &journey)
    {
        journey.press(u"Ctrl+,"_s);
        auto *dialog = journey.window().findChild<ui::PreferencesDialog *>();
        if (!dialog || !QTest::qWaitForWindowActive(dialog) || !QTest::qWaitFor([dialog] {
                return dialog->isAncestorOf(QApplication::focusWidget());
            }))
            qFatal("no settings");
        return dialog;
    }

    static void turnOnSingleKeys(Journey &journey)
    {
        auto *dialog = preferences(journey);
        journey.press(u"Alt+N"_s);
        QTRY_VERIFY(dialog->findChild<QCheckBox *>(u"preferencesSingleKeys"_s)->isChecked());
        journey.press(u"Esc"_s);
        QVERIFY(!dialog->isVisible());
        journey.activate();
    }

private slots:
    void settingsHoldAtOnceAndStay()
    {
        const double before = QApplication::font().pointSizeF();
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const auto *dialog = preferences(journey);
        QVERIFY(!dialog->isModal());
        const auto *size = dialog->findChild<QSpinBox *>(u"preferencesTextSize"_s);
        QCOMPARE(size->value(), 100);
        journey.press(u"Alt+T, Up"_s);
        QCOMPARE(size->value(), 110);
        QCOMPARE(QApplication::font().pointSizeF(), before * 1.1);
        journey.press(u"Alt+N"_s);
        QTRY_VERIFY(dialog->findChild<QCheckBox *>(u"preferencesSingleKeys"_s)->isChecked());
        journey.press(u"Esc"_s);
        QVERIFY(!dialog->isVisible());
        journey.stop();
        journey.start();
        QTRY_START_STATE(journey);
        const auto *again = preferences(journey);
        QCOMPARE(again->findChild<QSpinBox *>(u"preferencesTextSize"_s)->value(), 110);
        QVERIFY(again->findChild<QCheckBox *>(u"preferencesSingleKeys"_s)->isChecked());
        journey.press(u"Alt+T, Down"_s);
        QCOMPARE(again->findChild<QSpinBox *>(u"preferencesTextSize"_s)->value(), 100);
        QFont font = QApplication::font(); // the program's, which this one goes on in
        font.setPointSizeF(before);
        QApplication::setFont(font);
    }

    void withoutThemLettersFindTitles()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.type(u"dd"_s);
        QCOMPARE(journey.mark(0), QString());
    }

    void theKeysOfViWorkInTheList()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.type(u"jjj"_s);
        QCOMPARE(journey.currentRow(), 3);
        journey.type(u"k"_s);
        QCOMPARE(journey.currentRow(), 2);
        journey.type(u"G"_s);
        QTRY_COMPARE(journey.currentRow(), 499);
        journey.type(u"gg"_s);
        QCOMPARE(journey.currentRow(), 0);
        journey.type(u"qP5"_s); // mean nothing, and find nothing
        QCOMPARE(journey.currentRow(), 0);
        journey.type(u"dd"_s);
        QTRY_COMPARE(journey.mark(0), u"−"_s);
        journey.type(u"u"_s);
        QTRY_COMPARE(journey.mark(0), QString());
        QCOMPARE(journey.currentRow(), 0);
        journey.type(u"dj"_s); // not dd: nothing
        QCOMPARE(journey.currentRow(), 0);
        journey.type(u"d"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Esc"_s); // the first d is forgotten
        journey.type(u"d"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Esc"_s);
        journey.type(u"ggx"_s);
        QVERIFY(!journey.view().isRowSelected(0));
        journey.type(u"x"_s);
        QVERIFY(journey.view().isRowSelected(0));
        journey.type(u"yyp"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.type(u"u"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.type(u":"_s);
        QCOMPARE(journey.focus(), u"paletteInput"_s);
        journey.press(u"Esc"_s);
        journey.type(u"/"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.type(u"djk49"_s); // a text stays plain
        QCOMPARE(journey.fieldText(u"searchEdit"_s), u"djk49"_s);
        journey.press(u"Esc"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.type(u"i"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.type(u"dd"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).contains(u"dd"_s));
        journey.press(u"Esc"_s);
        journey.type(u"o"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
    }

    void theRowIsCentred()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.view().selectRow(100); // at the lower edge
        journey.type(u"zz"_s);
        const ui::RowRange shown = journey.view().visibleRows();
        QVERIFY(std::abs((shown.first + shown.last) / 2 - 100) <= 2);
    }

    void aFirstLetterIsForgottenElsewhere()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.type(u"d"_s);
        journey.view().clearFocus(); // no key tells of it
        journey.view().setFocus();
        journey.type(u"dj"_s); // means nothing, so the row is still the first one
        QCOMPARE(journey.currentRow(), 0);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.type(u"dd"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
    }

    void hitsAreGoneThrough()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.type(u"/49"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
        journey.type(u"n"_s);
        QTRY_COMPARE(journey.currentId(), u"498"_s);
        journey.type(u"N"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
    }

    void saveAndQuit()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.press(u"F2"_s);
        journey.type(u"ZZ top"_s); // in a cell they are letters
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.type(u"ZZ"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"ZZ top"_s);
    }

    void whatCannotBeSavedKeepsTheWindowOpen()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s),
                 0);
        journey.type(u"ZZ"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QVERIFY(journey.window().isVisible());
    }

    void thePageOfKeysHasThem()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        turnOnSingleKeys(journey);
        journey.press(u"F1"_s);
        QTRY_VERIFY(journey.window().findChild<ui::HelpWindow *>());
        QVERIFY(journey.window().findChild<ui::HelpWindow *>()->text().contains(u"gg"_s));
    }

    void everyPlaceSaysWhatItIs_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("says");
        QTest::newRow("list") << u"Ctrl+1"_s << u"The list of posts."_s;
        QTest::newRow("search") << u"Ctrl+F"_s << u"narrows the list"_s;
        QTest::newRow("title") << u"Ctrl+2"_s << u"“Title”. At most 255 characters can be saved."_s;
        QTest::newRow("body") << u"Ctrl+3"_s << u"The field “Body”."_s;
        QTest::newRow("find bar") << u"Ctrl+3, Ctrl+F"_s << u"Finds and replaces"_s;
        QTest::newRow("palette") << u"Ctrl+3, Esc, F4"_s << u"F1 opens the manual"_s;
    }

    void everyPlaceSaysWhatItIs()
    {
        QFETCH(QString, keys);
        QFETCH(QString, says);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(keys);
        const QString focus = journey.focus();
        journey.press(u"Shift+F1"_s);
        QWidget *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QCOMPARE(popup->metaObject()->className(), "QWhatsThat");
        const QString text = ui::whatsThisText(*QApplication::focusWidget());
        QVERIFY2(text.contains(says), qPrintable(text));
        QTest::keyClick(popup, Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        QCOMPARE(journey.focus(), focus);
    }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
