// SPDX-License-Identifier: MIT
#include "app/anytable.h"
#include "tests/journeys/journey.h"
#include "ui/changes/edithistory.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>

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

    static void undoAll(Journey &journey)
    {
        ui::EditHistory &history = journey.window().workspace()->history();
        while (history.undoStack().canUndo())
            history.undo();
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

    void aStoredKeyIsChangedInTheList()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        const int row = rowOf(journey, u"key"_s, u"size"_s);
        journey.view().selectRow(row);
        journey.press(u"Home, F2"_s);
        QTRY_VERIFY(journey.view().hasCellEditor());
        journey.press(u"Ctrl+A"_s);
        journey.type(u"width"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.mark(row), u"~"_s);
        QCOMPARE(journey.cell(row, u"key"_s), u"width"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(key || coalesce(value, '-')) FROM "
                             "(SELECT * FROM settings ORDER BY key)"_s),
                 u"colorred,width10,zoom-"_s);
        QCOMPARE(journey.currentRow(), row);
        QCOMPARE(journey.counts(), u"3 rows"_s);

        // The row is known by its new key: in the form, to the next save, to what others write.
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        write(journey, u"value"_s, u"11"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'width'"_s), u"11"_s);
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"UPDATE settings SET n = 8 WHERE key = 'width'"_s), 0);
        QTRY_COMPARE(journey.fieldText(u"nEdit"_s), u"8"_s);
        QCOMPARE(journey.counts(), u"3 rows"_s);

        undoAll(journey);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value || n FROM settings WHERE key = 'size'"_s), u"108"_s);
    }

    void aStoredKeyIsChangedInTheForm()
    {
        Journey journey(schema());
        open(journey, u"votes"_s, u"3 rows"_s);
        const int row = rowOf(journey, u"value"_s, u"-1"_s);
        journey.view().selectRow(row);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"-1"_s);
        write(journey, u"post_id"_s, u"7"_s);
        write(journey, u"value"_s, u"1"_s);
        QCOMPARE(journey.mark(row), u"~"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(user_id || '-' || post_id || '-' || value) "
                             "FROM votes"_s),
                 u"1-2-5,1-7-1,2-2-4"_s);
        QCOMPARE(journey.fieldText(u"post_idEdit"_s), u"7"_s);
        write(journey, u"value"_s, u"2"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value FROM votes WHERE post_id = 7"_s), u"2"_s);
        undoAll(journey);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(user_id || '-' || post_id || '-' || value) "
                             "FROM votes"_s),
                 u"1-2-5,1-3--1,2-2-4"_s);
    }

    void keysAreSwapped()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        const int color = rowOf(journey, u"key"_s, u"color"_s);
        const int size = rowOf(journey, u"key"_s, u"size"_s);
        journey.view().selectRow(size);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        write(journey, u"title"_s, u"color"_s);
        journey.view().selectRow(color);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"red"_s);
        write(journey, u"title"_s, u"size"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(key || coalesce(value, '-')) FROM "
                             "(SELECT * FROM settings ORDER BY key)"_s),
                 u"color10,sizered,zoom-"_s);
        QCOMPARE(journey.fieldText(u"valueEdit"_s), u"red"_s);
        QCOMPARE(journey.cell(color, u"value"_s), u"red"_s);
        QCOMPARE(journey.cell(size, u"value"_s), u"10"_s);
        // The other row has now the key that this one had.
        journey.view().selectRow(size);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        QCOMPARE(journey.fieldText(u"titleEdit"_s), u"color"_s);
        write(journey, u"value"_s, u"blue"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'color'"_s), u"blue"_s);
    }

    void aKeyThatIsTakenIsSaidAndChosenAnew()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        const int row = rowOf(journey, u"key"_s, u"size"_s);
        journey.view().selectRow(row);
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"INSERT INTO settings (key) VALUES ('font')"_s), 0);
        QTRY_COMPARE(journey.counts(), u"4 rows"_s);
        write(journey, u"title"_s, u"font"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        QVERIFY2(journey.problemText().contains(u"is taken"_s), qPrintable(journey.problemText()));
        QCOMPARE(journey.mark(rowOf(journey, u"value"_s, u"10"_s)), u"?"_s);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'size'"_s), u"10"_s);
        write(journey, u"title"_s, u"fonts"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'fonts'"_s), u"10"_s);
    }

    void aKeyThatOthersReferToChangesOnlyWithThem()
    {
        Journey journey(
            u"CREATE TABLE words (word TEXT PRIMARY KEY, n INT);"
            "INSERT INTO words VALUES ('a', 1), ('b', 2);"
            "CREATE TABLE uses (id INTEGER PRIMARY KEY, word TEXT REFERENCES words (word));"
            "CREATE TABLE follows (id INTEGER PRIMARY KEY, "
            "word TEXT REFERENCES words (word) ON UPDATE CASCADE);"
            "INSERT INTO uses VALUES (1, 'a'); INSERT INTO follows VALUES (1, 'b');"_s);
        open(journey, u"words"_s, u"2 rows"_s);
        journey.view().selectRow(rowOf(journey, u"n"_s, u"1"_s));
        QTRY_COMPARE(journey.fieldText(u"nEdit"_s), u"1"_s);
        write(journey, u"word"_s, u"c"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        QVERIFY2(journey.message().contains(u"something else still refers to it"_s),
                 qPrintable(journey.message()));
        QCOMPARE(journey.sql(u"SELECT group_concat(word) FROM words"_s), u"a,b"_s);
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"DELETE FROM uses"_s), 0);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT word FROM words WHERE n = 1"_s), u"c"_s);

        journey.view().selectRow(rowOf(journey, u"n"_s, u"2"_s));
        QTRY_COMPARE(journey.fieldText(u"nEdit"_s), u"2"_s);
        write(journey, u"word"_s, u"d"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT word FROM words WHERE n = 2"_s), u"d"_s);
        QCOMPARE(journey.sql(u"SELECT word FROM follows"_s), u"d"_s);
    }

    /// A pending change of a key survives the program's end, and its row is found again.
    void aChangedKeyIsKeptUntilTheNextTime()
    {
        Journey journey(schema());
        open(journey, u"votes"_s, u"3 rows"_s);
        journey.view().selectRow(rowOf(journey, u"value"_s, u"5"_s));
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"5"_s);
        write(journey, u"user_id"_s, u"8"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.startWithTable(u"votes"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_COMPARE(journey.counts(), u"3 rows"_s);
        QTRY_VERIFY(rowOf(journey, u"value"_s, u"5"_s) >= 0);
        QCOMPARE(journey.mark(rowOf(journey, u"value"_s, u"5"_s)), u"~"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(user_id || post_id) FROM votes"_s),
                 u"13,22,82"_s);
        QTRY_COMPARE(journey.counts(), u"3 rows"_s);
    }

    void earlierVersionsAreFoundUnderTheNewKey()
    {
        Journey journey(schema());
        open(journey, u"settings"_s, u"3 rows"_s);
        journey.view().selectRow(rowOf(journey, u"key"_s, u"size"_s));
        QTRY_COMPARE(journey.fieldText(u"valueEdit"_s), u"10"_s);
        write(journey, u"value"_s, u"11"_s);
        save(journey);
        write(journey, u"title"_s, u"width"_s);
        save(journey);
        journey.press(u"F12"_s);
        const auto entries = [&journey] {
            const auto *list = journey.window().findChild<QAbstractItemView *>(u"historyList"_s);
            QStringList texts;
            for (int row = 0; list && row < list->model()->rowCount(); ++row)
                texts << list->model()->index(row, 1).data().toString();
            return texts;
        };
        QTRY_COMPARE(
            entries(),
            (QStringList{u"Changed: key"_s, u"Changed: value"_s, u"As it was before that"_s}));
        journey.press(u"End, Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Esc"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT value FROM settings WHERE key = 'width'"_s), u"10"_s);
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

    void rowsOfAViewMayBeEqual()
    {
        Journey journey(
            u"CREATE TABLE marks (n, word TEXT COLLATE NOCASE);"
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3000) "
            "INSERT INTO marks SELECT 7, 'same' FROM c;"
            "INSERT INTO marks VALUES (1, 'a'), (1.0, 'a'), (1, 'A'), ('1', 'a'), (NULL, 'a'), "
            "(NULL, 'a'), (x'31', NULL), (9, 'z');"
            "CREATE VIEW seen AS SELECT n, word FROM marks;"_s);
        open(journey, u"seen"_s, u"3,008 rows"_s);
        ui::RecordTableModel &model = journey.window().workspace()->model();
        QCOMPARE(model.rowCount(), 3'008);
        QMap<QString, int> found;
        const auto look = [&](int first, int last) {
            model.prefetch(first, last);
            for (int row = first; row <= last; ++row) {
                QTRY_VERIFY(model.index(row, 1).data(ui::CellLoadedRole).toBool());
                const orm::Key key = model.keyAt(row);
                const orm::StoredValue n = model.value(key, 0).value_or(orm::StoredValue());
                const orm::StoredValue word = model.value(key, 1).value_or(orm::StoredValue());
                static const QStringList classes{u"null"_s, u"integer"_s, u"real"_s, u"text"_s,
                                                 u"blob"_s};
                ++found[classes.at(int(n.storageClass())) + u' ' + word.toString()];
            }
        };
        look(0, 20);
        look(2'990, 3'007);
        const QMap<QString, int> wanted{{u"blob "_s, 1},     {u"text a"_s, 1},
                                        {u"integer z"_s, 1}, {u"integer same"_s, 39 - 8},
                                        {u"integer a"_s, 1}, {u"integer A"_s, 1},
                                        {u"real a"_s, 1},    {u"null a"_s, 2}};
        QCOMPARE(found, wanted);

        // One goes, and the others stay.
        OtherProgram web(journey.database());
        QCOMPARE(web.run(u"DELETE FROM marks WHERE rowid = 100 OR n = 9"_s), 0);
        QTRY_COMPARE(journey.counts(), u"3,006 rows"_s);
        QCOMPARE(model.rowCount(), 3'006);
    }

    void tablesOfAnyMake_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("sql"); ///< has the row 'a', with a value 'x' that becomes 'y'
        QTest::addColumn<QString>("keyField");
        QTest::newRow("a word of SQL") << u"order"_s
                                       << u"CREATE TABLE \"order\" (\"group\" TEXT PRIMARY KEY, "
                                          "v TEXT, \"select\" INT) WITHOUT ROWID;"
                                          "INSERT INTO \"order\" VALUES ('a', 'x', 1);"_s
                                       << u"groupEdit"_s;
        QTest::newRow("umlauts and blanks")
            << u"Schöne Wörter"_s
            << u"CREATE TABLE \"Schöne Wörter\" (\"Schlüssel ß\" TEXT PRIMARY KEY, v TEXT);"
               "INSERT INTO \"Schöne Wörter\" VALUES ('a', 'x');"_s
            << u"Schlüssel ßEdit"_s;
        QTest::newRow("quotes") << u"it's [a] `odd` \"one\""_s
                                << u"CREATE TABLE \"it's [a] `odd` \"\"one\"\"\" (\"k'\"\"]\" TEXT "
                                   "PRIMARY KEY, v TEXT);"
                                   "INSERT INTO \"it's [a] `odd` \"\"one\"\"\" VALUES ('a', 'x');"_s
                                << u"k'\"]Edit"_s;
        QTest::newRow("strict") << u"t"_s
                                << u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT, b BLOB, n INT, "
                                   "r REAL, a ANY) STRICT;"
                                   "INSERT INTO t VALUES ('a', 'x', x'00ff', 1, 1.5, 'any');"_s
                                << u"kEdit"_s;
        QTest::newRow("any case") << u"t"_s
                                  << u"CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v TEXT);"
                                     "INSERT INTO t VALUES ('a', 'x'), ('C', 'X');"_s
                                  << u"kEdit"_s;
        QTest::newRow("blobs") << u"t"_s
                               << u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT, b BLOB);"
                                  "INSERT INTO t VALUES ('a', 'x', x'00ff00'), "
                                  "('c', 'z', zeroblob(100000));"_s
                               << u"kEdit"_s;
        QTest::newRow("generated columns")
            << u"t"_s
            << u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT, u TEXT AS (upper(v)) STORED, "
               "w TEXT AS (k || v)) WITHOUT ROWID;"
               "INSERT INTO t (k, v) VALUES ('a', 'x');"_s
            << u"kEdit"_s;
        QTest::newRow("a key of its own and a number")
            << u"t"_s
            << u"CREATE TABLE t (rowid TEXT PRIMARY KEY, v TEXT); INSERT INTO t VALUES ('a', 'x');"_s
            << u"rowidEdit"_s;
        QTest::newRow("nothing but a key and a blob without type")
            << u"t"_s << u"CREATE TABLE t (k PRIMARY KEY, v); INSERT INTO t VALUES ('a', 'x');"_s
            << u"kEdit"_s;
    }

    /// Shown, a value and the key of a row edited, a row added and one deleted.
    void tablesOfAnyMake()
    {
        QFETCH(QString, name);
        QFETCH(QString, sql);
        QFETCH(QString, keyField);
        Journey journey(sql);
        journey.startWithTable(name);
        QTRY_VERIFY(journey.counts().endsWith(u" row"_s) || journey.counts().endsWith(u" rows"_s));
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.message(), QString());
        const QString quoted = u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
        const auto stored = [&] {
            return journey.sql(
                u"SELECT group_concat(v || k, ' ') FROM (SELECT v, \"%1\" AS k FROM %2 "
                "ORDER BY v)"_s.arg(keyField.chopped(4).replace(u'"', u"\"\""_s), quoted));
        };
        const int count = journey.window().workspace()->model().rowCount();
        int row = -1;
        QTRY_VERIFY((row = rowOf(journey, u"v"_s, u"x"_s)) >= 0);
        journey.view().selectRow(row);
        const QString valueField
            = journey.window().findChild<QWidget *>(u"vEdit"_s) ? u"v"_s : u"title"_s;
        const QString keyName
            = journey.window().findChild<QWidget *>(keyField) ? keyField.chopped(4) : u"title"_s;
        QTRY_COMPARE(journey.fieldText(valueField + u"Edit"_s), u"x"_s);
        write(journey, valueField, u"y"_s);
        save(journey);
        QVERIFY2(stored().contains(u"ya"_s), qPrintable(stored()));
        write(journey, keyName, u"b"_s);
        save(journey);
        QVERIFY2(stored().contains(u"yb"_s), qPrintable(stored()));

        journey.press(u"Ctrl+N"_s);
        write(journey, keyName, u"n"_s);
        write(journey, valueField, u"w"_s);
        save(journey);
        QVERIFY2(stored().contains(u"wn"_s), qPrintable(stored()));
        journey.press(u"Esc"_s);
        QTRY_VERIFY((row = rowOf(journey, u"v"_s, u"y"_s)) >= 0);
        journey.view().selectRow(row);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QVERIFY2(!stored().contains(u"yb"_s), qPrintable(stored()));
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        save(journey);
        QVERIFY2(stored().contains(u"yb"_s), qPrintable(stored()));
        QCOMPARE(journey.window().workspace()->model().rowCount(), count + 1);
    }

    void keysInAnyCaseAreOne()
    {
        Journey journey(u"CREATE TABLE t (k VARCHAR(9) COLLATE NOCASE PRIMARY KEY, v TEXT);"
                        "INSERT INTO t VALUES ('a', 'x'), ('B', 'y');"_s);
        open(journey, u"t"_s, u"2 rows"_s);
        journey.view().selectRow(rowOf(journey, u"k"_s, u"a"_s));
        QTRY_COMPARE(journey.fieldText(u"vEdit"_s), u"x"_s);
        write(journey, u"title"_s, u"b"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        write(journey, u"title"_s, u"A"_s); // the same key, written otherwise
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(k || v) FROM t"_s), u"Ax,By"_s);
        write(journey, u"v"_s, u"z"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT v FROM t WHERE k = 'a'"_s), u"z"_s);
    }

    /// SQLite takes NULL for no key, so that more than one row may have it.
    void rowsWithoutAKeyAreOnlyRead()
    {
        Journey journey(u"CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT);"
                        "INSERT INTO t VALUES (NULL, 'x'), (NULL, 'y'), ('a', 'z');"_s);
        open(journey, u"t"_s, u"3 rows"_s);
        QVERIFY2(journey.message().contains(u"can't be told apart by a key"_s),
                 qPrintable(journey.message()));
        QStringList values;
        for (int row = 0; row < 3; ++row)
            values << journey.cell(row, u"v"_s);
        values.sort();
        QCOMPARE(values, (QStringList{u"x"_s, u"y"_s, u"z"_s}));
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
