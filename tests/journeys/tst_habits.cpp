// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "tests/support/habit.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QCheckBox>
#include <QComboBox>

using namespace Qt::StringLiterals;

/// Declare a struct, get the program: the fifteen lines of tests/support/habit.h in the whole window.
class TestHabits final : public QObject
{
    Q_OBJECT

private:
    static const orm::Table &table() { return orm::Mapper::of<Habit>().table(); }

    static QString schema()
    {
        return u"CREATE TABLE habits (name VARCHAR(40) NOT NULL, is_daily BOOLEAN NOT NULL, "
               "hours FLOAT NOT NULL, mood VARCHAR(4) NOT NULL, since DATE, PRIMARY KEY (name));"
               "INSERT INTO habits VALUES ('Draw', 0, 1.25, 'Good', NULL), "
               "('Run', 1, 0.1, 'Bad', '2020-02-29');"_s;
    }

    static void open(Journey &journey)
    {
        journey.startFor(table());
        QTRY_COMPARE(journey.focus(), u"habitsView"_s);
        QTRY_COMPARE(journey.counts(), u"2 habits"_s);
        QTRY_COMPARE(journey.currentRow(), 0);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.message(), QString());
    }

    static int rowOf(Journey &journey, const QString &name)
    {
        return journey.cell(0, u"name"_s) == name ? 0 : 1;
    }

    template<typename Widget>
    static Widget *field(Journey &journey, const QString &name)
    {
        return journey.window().findChild<Widget *>(name);
    }

private slots:
    void itsDatabaseIsMadeAndTheFirstIsWritten()
    {
        Journey journey{QString()};
        journey.startFor(table());
        QTRY_VERIFY2(journey.message().contains(u"create the habits table"_s),
                     qPrintable(journey.message()));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"0 habits"_s);
        QCOMPARE(journey.focus(), u"habitsView"_s);

        journey.press(u"Ctrl+N"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s); // the name: a key that is typed
        journey.type(u"Read"_s);
        QCOMPARE(journey.cell(0, u"name"_s), u"Read"_s);
        journey.press(u"Tab, Space, Tab"_s);
        QCOMPARE(journey.focus(), u"hoursEdit"_s);
        journey.type(u"lots"_s);
        QCOMPARE(journey.pending(), u"1 problem"_s);
        QCOMPARE(journey.mark(0), u"?"_s);
        QVERIFY2(journey.problemText().contains(u"This is not a number. Correct it to save."_s),
                 qPrintable(journey.problemText()));
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.message().contains(u"can't be saved yet"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.sql(u"SELECT count(*) FROM habits"_s), u"0"_s);
        QCOMPARE(journey.focus(), u"hoursEdit"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"0.5"_s);
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"moodEdit"_s);
        journey.type(u"F"_s); // the choice that starts with it
        journey.press(u"Tab"_s);
        journey.type(u"2024-01-21"_s);
        QCOMPARE(journey.problemText(), QString());
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"1 habit"_s);
        QCOMPARE(journey.sql(u"SELECT name || is_daily || hours || mood || since FROM habits"_s),
                 u"Read10.5Fair2024-01-21"_s);
        QCOMPARE(journey.mark(0), QString());
    }

    void itIsListedAndEditedInTheList()
    {
        Journey journey(schema());
        open(journey);
        const int run = rowOf(journey, u"Run"_s);
        QCOMPARE(journey.cell(run, u"is_daily"_s), u"yes"_s);
        QCOMPARE(journey.cell(run, u"hours"_s), u"0.1"_s);
        QCOMPARE(journey.cell(run, u"mood"_s), u"Bad"_s);
        QCOMPARE(journey.cell(run, u"since"_s), u"29 Feb 2020"_s);
        QCOMPARE(journey.cell(1 - run, u"is_daily"_s), u"no"_s);

        journey.view().selectRow(run);
        journey.press(u"Right, F2"_s); // from the name, which stays
        QVERIFY(journey.view().hasCellEditor());
        journey.type(u"no"_s);
        journey.press(u"Tab"_s);
        journey.type(u"2.75"_s);
        journey.press(u"Tab"_s);
        journey.type(u"good"_s);
        journey.press(u"Tab"_s);
        journey.type(u"2021-03-04"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.mark(run), u"~"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        QVERIFY(!field<QCheckBox>(journey, u"is_dailyEdit"_s)->isChecked()); // the form, too
        QCOMPARE(field<QComboBox>(journey, u"moodEdit"_s)->currentText(), u"Good"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT is_daily || typeof(hours) || hours || mood || since "
                             "FROM habits WHERE name = 'Run'"_s),
                 u"0real2.75Good2021-03-04"_s);
        QCOMPARE(journey.sql(u"SELECT is_daily || hours || mood || ifnull(since, 'null') "
                             "FROM habits WHERE name = 'Draw'"_s),
                 u"01.25Goodnull"_s);

        // Undo goes past the save here, too.
        for (int i = 0; i < 4; ++i)
            journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT is_daily || hours || mood || since FROM habits "
                             "WHERE name = 'Run'"_s),
                 u"10.1Bad2020-02-29"_s);
    }

    void itIsEditedInTheFormAndDeleted()
    {
        Journey journey(schema());
        open(journey);
        const int draw = rowOf(journey, u"Draw"_s);
        journey.view().selectRow(draw);
        journey.press(u"Return"_s); // no body: the first field
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.type(u"Paint"_s); // its key
        QCOMPARE(journey.cell(draw, u"name"_s), u"Paint"_s);
        journey.press(u"Tab, Space, Tab"_s);
        QCOMPARE(journey.focus(), u"hoursEdit"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"3"_s);
        journey.press(u"Tab, Down, Tab"_s); // the next mood
        journey.type(u"tomorrow"_s);
        QTRY_VERIFY2(journey.problemText().contains(u"not a date such as 2024-01-21"_s),
                     qPrintable(journey.problemText()));
        journey.press(u"Ctrl+A, Backspace, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT is_daily || typeof(hours) || hours || mood || "
                             "ifnull(since, 'null') FROM habits WHERE name = 'Paint'"_s),
                 u"1real3.0Fairnull"_s);

        journey.press(u"Esc, Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"1 habit"_s);
        QCOMPARE(journey.sql(u"SELECT name FROM habits"_s), u"Run"_s);
        journey.press(u"Ctrl+Z, Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"2 habits"_s);
        QCOMPARE(journey.sql(u"SELECT typeof(hours) || hours FROM habits WHERE name = 'Paint'"_s),
                 u"real3.0"_s);
    }

    void whatCannotBeSavedSaysSoUnderItsField()
    {
        Journey journey(schema());
        open(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Run"_s);
        journey.press(u"Tab, Space, Tab"_s);
        journey.type(u"1"_s);
        journey.press(u"Tab"_s);
        journey.type(u"G"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.problemText().contains(u"name is taken"_s),
                     qPrintable(journey.problemText()));
        QCOMPARE(journey.sql(u"SELECT count(*) FROM habits"_s), u"2"_s);
        journey.press(u"Ctrl+2, Ctrl+A"_s);
        journey.type(QString(41, u'n'));
        QTRY_VERIFY2(journey.problemText().contains(u"has 41 characters; 40 is the most"_s),
                     qPrintable(journey.problemText()));
        journey.press(u"Backspace, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM habits WHERE length(name) = 40"_s), u"1"_s);
    }

    void oneLeftOutIsAskedFor()
    {
        Journey journey(schema());
        open(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Swim"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.problemText().contains(u"must not be empty"_s),
                     qPrintable(journey.problemText()));
        QCOMPARE(journey.sql(u"SELECT count(*) FROM habits"_s), u"2"_s);
    }
};

QTEST_MAIN(TestHabits)
#include "tst_habits.moc"
