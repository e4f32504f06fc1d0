// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/changes/edithistory.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QLabel>
#include <QTextEdit>

#include <memory>

using namespace Qt::StringLiterals;

/// Keys that are texts or several columns are typed anew in the window, beside other edits and while
/// another program writes to the same rows: nothing is lost, and what stands in the way is said.
class TestKeyChanges final : public QObject
{
    Q_OBJECT

private:
    void open(const QString &table)
    {
        m_journey->startWithTable(table);
        QTRY_COMPARE(m_journey->focus(), table + u"View"_s);
        QTRY_COMPARE(m_journey->counts(), u"4 rows"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
    }

    /// Selects the row that has @p value, which no other one has, and waits for its form.
    void select(const QString &value)
    {
        ui::RecordTableModel &model = m_journey->window().workspace()->model();
        int found = -1;
        for (int row = 0; row < model.rowCount() && found < 0; ++row) {
            if (m_journey->cell(row, u"value"_s) == value)
                found = row;
        }
        QVERIFY2(found >= 0, qPrintable(value));
        m_journey->view().setFocus();
        m_journey->view().selectRow(found);
        QTRY_COMPARE(m_journey->fieldText(u"valueEdit"_s), value);
    }

    void write(const QString &column, const QString &text)
    {
        auto *widget = m_journey->window().findChild<QWidget *>(column + u"Edit"_s);
        QVERIFY2(widget, qPrintable(column));
        widget->setFocus(Qt::TabFocusReason);
        m_journey->press(u"Ctrl+A"_s);
        m_journey->type(text);
    }

    void save()
    {
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
    }

    /// Saves what another program stands in the way of, up to the panel.
    void meet()
    {
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->focus(), u"conflictPanel"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
    }

    void decide(const QString &keys)
    {
        m_journey->press(keys);
        QTRY_COMPARE(m_journey->pending(), u"Saved"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
    }

    void undoAll()
    {
        ui::EditHistory &history = m_journey->window().workspace()->history();
        while (history.undoStack().canUndo())
            history.undo();
    }

    void outside(const QString &sql) { QCOMPARE(m_journey->database().outside(sql), 0); }

    QString settings()
    {
        return m_journey->sql(u"SELECT group_concat(key || '=' || value || n, ' ') FROM "
                              "(SELECT * FROM settings ORDER BY key)"_s);
    }

    QString votes()
    {
        return m_journey->sql(u"SELECT group_concat(user || '-' || post_id || '=' || value, ' ') "
                              "FROM (SELECT * FROM votes ORDER BY user, post_id)"_s);
    }

    QString shown(const QString &name)
    {
        const auto *view = m_journey->window().findChild<QTextEdit *>(name);
        return view ? view->toPlainText() : u"not there"_s;
    }

    QString sentence()
    {
        const auto *label = m_journey->window().findChild<QLabel *>(u"conflictSentence"_s);
        return label ? label->text() : u"not there"_s;
    }

    std::unique_ptr<Journey> m_journey; ///< begun anew for each test

private slots:
    void init()
    {
        m_journey = std::make_unique<Journey>(
            u"CREATE TABLE settings (key VARCHAR(40) NOT NULL PRIMARY KEY, value TEXT, "
            "n INTEGER NOT NULL DEFAULT 3);"
            "INSERT INTO settings VALUES ('color', 'red', 1), ('font', 'serif', 2), "
            "('size', '10', 3), ('zoom', 'no', 4);"
            "CREATE TABLE votes (user VARCHAR(20) NOT NULL, post_id INTEGER NOT NULL, "
            "value INTEGER, PRIMARY KEY (user, post_id)) WITHOUT ROWID;"
            "INSERT INTO votes VALUES ('ann', 1, 11), ('ann', 2, 12), ('ben', 1, 21), "
            "('ben', 2, 22);"_s);
    }
    void cleanup() { m_journey.reset(); }

    /// Keys that others of the same save give up are taken at once, by new rows, too.
    void aTextKeyChangesBesideOtherEdits()
    {
        open(u"settings"_s);
        select(u"10"_s);
        write(u"title"_s, u"width"_s);
        write(u"value"_s, u"11"_s);
        select(u"no"_s);
        write(u"title"_s, u"color"_s);
        write(u"n"_s, u"40"_s);
        select(u"serif"_s);
        write(u"value"_s, u"mono"_s);
        select(u"red"_s);
        m_journey->view().setFocus();
        m_journey->press(u"Del"_s);
        m_journey->press(u"Ctrl+N"_s);
        write(u"title"_s, u"size"_s);
        write(u"value"_s, u"new"_s);
        QTRY_COMPARE(m_journey->pending(), u"5 changes"_s);
        save();
        QCOMPARE(settings(), u"color=no40 font=mono2 size=new3 width=113"_s);
        QTRY_COMPARE(m_journey->counts(), u"4 rows"_s);
        select(u"11"_s); // each row is known by the key that it has now
        QCOMPARE(m_journey->fieldText(u"titleEdit"_s), u"width"_s);
        write(u"value"_s, u"12"_s);
        save();
        QCOMPARE(settings(), u"color=no40 font=mono2 size=new3 width=123"_s);
        undoAll();
        save();
        QCOMPARE(settings(), u"color=red1 font=serif2 size=103 zoom=no4"_s);
    }

    void aKeyOfSeveralColumnsChangesBesideOtherEdits()
    {
        open(u"votes"_s);
        select(u"11"_s); // goes round with the next two
        write(u"post_id"_s, u"2"_s);
        write(u"value"_s, u"110"_s);
        select(u"12"_s);
        write(u"title"_s, u"ben"_s);
        select(u"22"_s);
        write(u"title"_s, u"ann"_s);
        write(u"post_id"_s, u"1"_s);
        write(u"value"_s, u"220"_s);
        select(u"21"_s);
        m_journey->view().setFocus();
        m_journey->press(u"Del"_s);
        QTRY_COMPARE(m_journey->pending(), u"4 changes"_s);
        save();
        QCOMPARE(votes(), u"ann-1=220 ann-2=110 ben-2=12"_s);
        QTRY_COMPARE(m_journey->counts(), u"3 rows"_s);
        select(u"12"_s);
        write(u"value"_s, u"120"_s);
        save();
        QCOMPARE(votes(), u"ann-1=220 ann-2=110 ben-2=120"_s);
        undoAll();
        save();
        QCOMPARE(votes(), u"ann-1=11 ann-2=12 ben-1=21 ben-2=22"_s);
    }

    void keysOfSeveralColumnsAreSwapped()
    {
        open(u"votes"_s);
        select(u"11"_s);
        write(u"title"_s, u"ben"_s);
        write(u"post_id"_s, u"2"_s);
        select(u"22"_s);
        write(u"title"_s, u"ann"_s);
        write(u"post_id"_s, u"1"_s);
        write(u"value"_s, u"23"_s);
        save();
        QCOMPARE(votes(), u"ann-1=23 ann-2=12 ben-1=21 ben-2=11"_s);
        select(u"11"_s);
        QCOMPARE(m_journey->fieldText(u"titleEdit"_s), u"ben"_s);
        write(u"value"_s, u"24"_s);
        save();
        QCOMPARE(votes(), u"ann-1=23 ann-2=12 ben-1=21 ben-2=24"_s);
    }

    void aTextKeyThatWasJustTaken()
    {
        open(u"settings"_s);
        select(u"10"_s);
        write(u"title"_s, u"width"_s);
        write(u"value"_s, u"11"_s);
        select(u"red"_s);
        write(u"value"_s, u"blue"_s);
        outside(u"INSERT INTO settings VALUES ('width', 'theirs', 9)"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 problem"_s);
        QTRY_COMPARE(m_journey->fieldText(u"valueEdit"_s), u"11"_s); // what is to be corrected
        QCOMPARE(m_journey->problemText(), u"This key is taken. Choose another one to save."_s);
        QCOMPARE(settings(), u"color=red1 font=serif2 size=103 width=theirs9 zoom=no4"_s);
        write(u"title"_s, u"breadth"_s);
        save();
        QCOMPARE(settings(), u"breadth=113 color=blue1 font=serif2 width=theirs9 zoom=no4"_s);
    }

    void aKeyOfSeveralColumnsThatWasJustTaken()
    {
        open(u"votes"_s);
        select(u"11"_s);
        write(u"post_id"_s, u"7"_s);
        write(u"value"_s, u"110"_s);
        outside(u"INSERT INTO votes VALUES ('ann', 7, 99)"_s);
        m_journey->press(u"Ctrl+S"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 problem"_s);
        QCOMPARE(m_journey->problemText(),
                 u"Another row has the same user, post_id. Change one of them to save.\n"
                 "Another row has the same user, post_id. Change one of them to save."_s);
        QCOMPARE(votes(), u"ann-1=11 ann-2=12 ann-7=99 ben-1=21 ben-2=22"_s);
        write(u"post_id"_s, u"8"_s);
        save();
        QCOMPARE(votes(), u"ann-2=12 ann-7=99 ann-8=110 ben-1=21 ben-2=22"_s);
    }

    void aRowThatIsGoneIsKeptUnderItsNewKey_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("deleted") << u"DELETE FROM settings WHERE key = 'size'"_s;
        QTest::newRow("renamed, too") << u"UPDATE settings SET key = 'z' WHERE key = 'size'"_s;
    }

    void aRowThatIsGoneIsKeptUnderItsNewKey()
    {
        QFETCH(const QString, sql);
        open(u"settings"_s);
        select(u"10"_s);
        write(u"title"_s, u"width"_s);
        write(u"value"_s, u"11"_s);
        outside(sql);
        const QString before = settings();
        meet();
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(sentence(), u"“size” was deleted by another program while you were editing it."_s);
        QVERIFY2(shown(u"conflictMine"_s).contains(u"width"_s)
                     && shown(u"conflictMine"_s).contains(u"11"_s),
                 qPrintable(shown(u"conflictMine"_s)));
        QCOMPARE(settings(), before);
        decide(u"M, Return"_s);
        QCOMPARE(m_journey->sql(u"SELECT value || n FROM settings WHERE key = 'width'"_s),
                 u"113"_s);
    }

    void aRowThatIsGoneIsLetGo()
    {
        open(u"votes"_s);
        select(u"11"_s);
        write(u"post_id"_s, u"7"_s);
        write(u"value"_s, u"110"_s);
        select(u"22"_s);
        write(u"title"_s, u"ann"_s);
        write(u"post_id"_s, u"1"_s); // which the row that goes gives up
        outside(u"DELETE FROM votes WHERE user = 'ann' AND post_id = 1"_s);
        meet();
        QCOMPARE(m_journey->pending(), u"1 conflict"_s);
        QCOMPARE(votes(), u"ann-2=12 ben-1=21 ben-2=22"_s);
        decide(u"T, Return"_s);
        QCOMPARE(votes(), u"ann-1=22 ann-2=12 ben-1=21"_s);
        QTRY_COMPARE(m_journey->counts(), u"3 rows"_s);
    }

    void aRowThatIsGoneIsKeptUnderAKeyOfSeveralColumns()
    {
        open(u"votes"_s);
        select(u"11"_s);
        write(u"post_id"_s, u"7"_s);
        write(u"value"_s, u"110"_s);
        outside(u"DELETE FROM votes WHERE user = 'ann' AND post_id = 1"_s);
        meet();
        QCOMPARE(shown(u"conflictBase"_s), u"user: ann\npost_id: 1\nvalue: 11"_s);
        QCOMPARE(shown(u"conflictMine"_s), u"user: ann\npost_id: 1 7\nvalue: 11 110"_s);
        decide(u"M, Return"_s);
        QCOMPARE(votes(), u"ann-2=12 ann-7=110 ben-1=21 ben-2=22"_s);
    }

    /// Kept, and its new key is taken: that is said, and another one chosen.
    void whatWasRenamedAlikeIsNotWrittenOver()
    {
        open(u"settings"_s);
        select(u"10"_s);
        write(u"title"_s, u"width"_s);
        write(u"value"_s, u"11"_s);
        outside(u"UPDATE settings SET key = 'width', value = 'theirs' WHERE key = 'size'"_s);
        meet();
        m_journey->press(u"M, Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 problem"_s);
        QCOMPARE(m_journey->problemText(), u"This key is taken. Choose another one to save."_s);
        QCOMPARE(settings(), u"color=red1 font=serif2 width=theirs3 zoom=no4"_s);
        write(u"title"_s, u"breadth"_s);
        save();
        QCOMPARE(settings(), u"breadth=113 color=red1 font=serif2 width=theirs3 zoom=no4"_s);
    }

    /// Deleted and brought back, and another program has given its key away.
    void aRowWhoseKeyIsTakenComesBackUnderAnother_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("value"); // of the row
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("left");
        QTest::newRow("a text")
            << u"settings"_s << u"10"_s << u"INSERT INTO settings VALUES ('size', 'theirs', 9)"_s
            << u"“size” is gone from the database, and another row has its key size now."_s
            << u"This key is taken. Choose another one to save."_s
            << u"color=red1 font=serif2 mine=103 size=theirs9 zoom=no4"_s;
        QTest::newRow("several columns")
            << u"votes"_s << u"12"_s << u"INSERT INTO votes VALUES ('ann', 2, 99)"_s
            << u"“ann, 2” is gone from the database, and another row has its key ann, 2 now."_s
            << u"Another row has the same user, post_id. Change one of them to save."_s
            << u"ann-1=11 ann-2=99 ben-1=21 ben-2=22 mine-2=12"_s;
    }

    void aRowWhoseKeyIsTakenComesBackUnderAnother()
    {
        QFETCH(const QString, table);
        QFETCH(const QString, value);
        QFETCH(const QString, sql);
        open(table);
        select(value);
        m_journey->view().setFocus();
        m_journey->press(u"Del"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 change"_s);
        save();
        outside(sql);
        QTRY_COMPARE(m_journey->counts(), u"4 rows"_s);
        QTRY_VERIFY(m_journey->window().isSettled());
        m_journey->press(u"Ctrl+Z"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 change"_s);
        meet();
        QTEST(sentence(), "sentence");
        m_journey->press(u"M, Return"_s);
        QTRY_COMPARE(m_journey->pending(), u"1 problem"_s);
        QTRY_COMPARE(m_journey->fieldText(u"valueEdit"_s), value);
        QFETCH(const QString, problem);
        QVERIFY2(m_journey->problemText().startsWith(problem),
                 qPrintable(m_journey->problemText()));
        write(u"title"_s, u"mine"_s);
        save();
        QTEST(table == u"votes"_s ? votes() : settings(), "left");
    }

    void whatOthersChangeBesideANewKeyIsMerged()
    {
        open(u"votes"_s);
        select(u"11"_s);
        write(u"post_id"_s, u"7"_s);
        outside(u"UPDATE votes SET value = 5 WHERE user = 'ann' AND post_id = 1"_s);
        save();
        QCOMPARE(votes(), u"ann-2=12 ann-7=5 ben-1=21 ben-2=22"_s);
        QTRY_COMPARE(m_journey->fieldText(u"valueEdit"_s), u"5"_s);
    }

    void aConflictBesideANewKeyIsDecidedOn_data()
    {
        QTest::addColumn<QString>("decision");
        QTest::addColumn<QString>("left");
        QTest::newRow("mine") << u"M"_s << u"111"_s;
        QTest::newRow("theirs") << u"T"_s << u"5"_s;
    }

    void aConflictBesideANewKeyIsDecidedOn()
    {
        QFETCH(const QString, decision);
        QFETCH(const QString, left);
        open(u"votes"_s);
        select(u"11"_s);
        write(u"post_id"_s, u"7"_s);
        write(u"value"_s, u"111"_s);
        outside(u"UPDATE votes SET value = 5 WHERE user = 'ann' AND post_id = 1"_s);
        meet();
        QCOMPARE(sentence(),
                 u"“ann, 1” was changed by another program while you were editing it."_s);
        QCOMPARE(votes(), u"ann-1=5 ann-2=12 ben-1=21 ben-2=22"_s);
        decide(decision + u", Return"_s);
        QCOMPARE(votes(), u"ann-2=12 ann-7=%1 ben-1=21 ben-2=22"_s.arg(left));
    }
};

QTEST_MAIN(TestKeyChanges)
#include "tst_keychanges.moc"
