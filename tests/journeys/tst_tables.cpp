// SPDX-License-Identifier: MIT
#include "app/anytable.h"
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

using namespace Qt::StringLiterals;

/// Any table of a database in the same window, by --table NAME: what no struct was declared for.
class TestTables final : public QObject
{
    Q_OBJECT

private:
    static QString schema()
    {
        return u"CREATE TABLE settings (key VARCHAR(40) NOT NULL PRIMARY KEY, value TEXT, "
               "n INTEGER NOT NULL DEFAULT 3, twice INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL);"
               "INSERT INTO settings (key, value) VALUES ('color', 'red'), ('size', '10'), "
               "('zoom', NULL);"
               "CREATE TABLE votes (user_id INTEGER NOT NULL, post_id INTEGER NOT NULL, "
               "value INTEGER, PRIMARY KEY (user_id, post_id)) WITHOUT ROWID;"
               "INSERT INTO votes VALUES (1, 2, 5), (1, 3, -1), (2, 2, 4);"
               "CREATE TABLE log (at TEXT, what TEXT);"
               "INSERT INTO log VALUES ('a', 'x'), ('a', 'x'), (NULL, NULL);"
               "CREATE VIEW loud AS SELECT upper(key) AS name, value FROM settings;"
               "CREATE TABLE \"it's \"\"odd\" (\"my \"\"key\" TEXT PRIMARY KEY, \"x & y\" INT);"
               "INSERT INTO \"it's \"\"odd\" VALUES ('k', 1);"
               "CREATE TABLE codes (code INT PRIMARY KEY, name TEXT);"
               "INSERT INTO codes VALUES (7, 'seven');"_s;
    }

    static void open(Journey &journey, const QString &table, const QString &count)
    {
        journey.startWithTable(table);
        QTRY_COMPARE(journey.focus(), table.toLower() + u"View"_s);
        QTRY_COMPARE(journey.counts(), count);
        QTRY_COMPARE(journey.currentRow(), 0);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static int rowOf(Journey &journey, const QString &column, const QString &text)
    {
        for (int row = 0; row < journey.window().workspace()->model().rowCount(); ++row) {
            if (journey.cell(row, column) == text)
                return row;
        }
        return -1;
    }

    /// Focuses the field of @p column and selects its text.
    static void enter(Journey &journey, const QString &column)
    {
        auto *widget = journey.window().findChild<QWidget *>(column + u"Edit"_s);
        QVERIFY2(widget, qPrintable(column));
        widget->setFocus(Qt::TabFocusReason);
        journey.press(u"Ctrl+A"_s);
    }

    static void write(Journey &journey, const QString &column, const QString &text)
    {
        enter(journey, column);
        journey.type(text);
    }

    static void save(Journey &journey)
    {
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

private slots:
    void aTextKeyIsEditedInsertedAndDeleted()
    {
        Journey journey(schema());
        open(journey, u"SETTINGS"_s, u"3 rows"_s);
        QCOMPARE(journey.message(), QString());
        QVERIFY2(journey.title().contains(u"settings"_s), qPrintable(journey.title()));
        const int size = rowOf(journey, u"key"_s, u"size"_s);
        QCOMPARE(journey.cell(size, u"twice"_s), u"6"_s);
        journey.view().selectRow(size);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        write(journey, u"value"_s, u"12"_s);
        write(journey, u"n"_s, u"4"_s);
        QCOMPARE(journey.mark(size), u"~"_s);

        // Another program writes meanwhile: another row of the table, and another column of this one.
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"UPDATE settings SET value = 'blue' WHERE key = 'color'"_s), 0);
        QTRY_COMPARE(journey.cell(rowOf(journey, u"key"_s, u"color"_s), u"value"_s), u"blue"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value || typeof(n) || n || twice FROM settings "
                             "WHERE key = 'size'"_s),
                 u"12integer48"_s);
        QTRY_COMPARE(journey.cell(size, u"twice"_s), u"8"_s);

        journey.press(u"Ctrl+N"_s);
        write(journey, u"title"_s, u"font"_s);
        journey.press(u"Tab"_s);
        save(journey);
        QTRY_COMPARE(journey.counts(), u"4 rows"_s);
        QCOMPARE(journey.sql(u"SELECT n || ifnull(value, 'null') FROM settings "
                             "WHERE key = 'font'"_s),
                 u"3null"_s);

        journey.press(u"Esc"_s);
        journey.view().selectRow(rowOf(journey, u"key"_s, u"zoom"_s));
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Z"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(key) FROM (SELECT key FROM settings "
                             "ORDER BY key)"_s),
                 u"color,font,size"_s);
        // Undo goes past the save.
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT ifnull(value, 'null') FROM settings WHERE key = 'zoom'"_s),
                 u"null"_s);
    }

    void aCompositeKeyIsEditedInsertedAndDeleted()
    {
        Journey journey(schema());
        open(journey, u"votes"_s, u"3 rows"_s);
        journey.view().selectRow(rowOf(journey, u"value"_s, u"-1"_s));
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"-1"_s);
        write(journey, u"value"_s, u"1"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(value) FROM votes"_s), u"5,1,4"_s);

        journey.press(u"Ctrl+N"_s);
        write(journey, u"user_id"_s, u"9"_s);
        write(journey, u"post_id"_s, u"8"_s);
        write(journey, u"value"_s, u"7"_s);
        save(journey);
        QTRY_COMPARE(journey.counts(), u"4 rows"_s);
        QCOMPARE(journey.sql(u"SELECT typeof(user_id) || user_id || post_id || value FROM votes "
                             "ORDER BY user_id DESC LIMIT 1"_s),
                 u"integer987"_s);

        journey.press(u"Esc"_s);
        journey.view().selectRow(rowOf(journey, u"value"_s, u"5"_s));
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(value) FROM votes"_s), u"1,4,7"_s);
        // Another program has it now.
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"UPDATE votes SET value = 6 WHERE user_id = 2 AND post_id = 2"_s), 0);
        QTRY_VERIFY(rowOf(journey, u"value"_s, u"6"_s) >= 0);
    }

    void aConflictIsFoundByATextKey()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        journey.view().selectRow(rowOf(journey, u"key"_s, u"color"_s));
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"red"_s);
        write(journey, u"value"_s, u"mine"_s);
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"UPDATE settings SET value = 'theirs' WHERE key = 'color'"_s), 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'color'"_s), u"theirs"_s);
    }

    void aKeyThatTheDatabaseDoesNotCountUpIsTyped()
    {
        Journey journey(schema());
        open(journey, u"codes"_s, u"1 row"_s);
        journey.press(u"Ctrl+N"_s);
        write(journey, u"code"_s, u"8"_s);
        write(journey, u"title"_s, u"eight"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT typeof(code) || code || name FROM codes WHERE code = 8"_s),
                 u"integer8eight"_s);
    }

    void oddNamesAreQuoted()
    {
        Journey journey(schema());
        open(journey, u"it's \"odd"_s, u"1 row"_s);
        journey.press(u"Right, F2"_s);
        journey.type(u"2"_s);
        journey.press(u"Return"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT \"x & y\" FROM \"it's \"\"odd\""_s), u"2"_s);
    }

    void whatHasNoKeyIsOnlyRead_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("table") << u"log"_s << u"can't be told apart by a key"_s;
        QTest::newRow("view") << u"loud"_s << u"loud is a view, so its rows can only be read."_s;
    }

    void whatHasNoKeyIsOnlyRead()
    {
        QFETCH(QString, table);
        QFETCH(QString, sentence);
        Journey journey(schema());
        const QByteArray before = journey.fileBytes();
        open(journey, table, u"3 rows"_s);
        QVERIFY2(journey.message().contains(sentence), qPrintable(journey.message()));
        QCOMPARE(journey.window().workspace()->model().rowCount(), 3);
        journey.press(u"Ctrl+N"_s);
        journey.press(u"Del"_s);
        journey.press(u"F2"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.pending(), u"Read only"_s);
        QCOMPARE(journey.window().workspace()->model().rowCount(), 3);
        QCOMPARE(journey.fileBytes(), before);
    }

    void whatIsPendingAndRememberedIsOfOneTable()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        journey.view().selectRow(rowOf(journey, u"key"_s, u"size"_s));
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        write(journey, u"value"_s, u"12"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"i"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 3 rows"_s);
        journey.press(u"Ctrl+Q"_s);

        open(journey, u"votes"_s, u"3 rows"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), QString());
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Q"_s);

        journey.startWithTable(u"settings"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 3 rows"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), u"i"_s);
    }

    void orderAndSearchTakeAnyKey()
    {
        Journey journey(schema());
        open(journey, u"votes"_s, u"3 rows"_s);
        ui::RecordTableModel &model = journey.window().workspace()->model();
        model.setSort({{2, Qt::AscendingOrder}});
        QTRY_COMPARE(journey.cell(0, u"value"_s), u"-1"_s);
        QTRY_COMPARE(journey.cell(2, u"value"_s), u"5"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"value:4"_s);
        QTRY_COMPARE(journey.counts(), u"1 of 3 rows"_s);
        QCOMPARE(journey.cell(0, u"user_id"_s), u"2"_s);
    }

    void aNameThatIsNotThereIsRefusedWithThoseThatAre()
    {
        Journey journey(schema());
        const app::AnyTable found = app::AnyTable::find(journey.database().file(), u"settigns"_s);
        QVERIFY(!found.table);
        QVERIFY2(
            found.refusal.contains(u"has no table 'settigns'. It has 'codes', "_s)
                && found.refusal.contains(u"'it's \"odd', 'log', 'loud', 'settings', 'votes'"_s),
            qPrintable(found.refusal));
        QVERIFY(!app::AnyTable::find(u"/nowhere/blog.db"_s, u"votes"_s).table);
    }
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
