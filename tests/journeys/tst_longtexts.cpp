// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QClipboard>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

const auto createPosts = u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), "
                         "content TEXT, created_at DATETIME, PRIMARY KEY (id));"_s;

/// Ten megabytes of lines, as SQL: written by the database itself.
const auto tenMegabytes = u"substr(replace(hex(zeroblob(320000)), '00', "
                          "'A line of thirty-two characters' || char(10)), 1, 10000000)"_s;

constexpr int patience = 60'000; ///< milliseconds; a sanitizer makes a large text slow

} // namespace

/// Texts that are larger or odder than most: shown as far as it goes, and never changed unasked.
class TestLongTexts final : public QObject
{
    Q_OBJECT

private:
    static QString contentHash(Journey &journey)
    {
        // of any size: length and pieces of it, read by SQLite itself
        return journey.sql(u"SELECT length(content) || substr(content, 1, 50) || "
                           "substr(content, 5000000, 50) || substr(content, -50) || "
                           "(length(content) - length(replace(content, char(10), ''))) "
                           "FROM posts WHERE id = 1"_s);
    }

    static QPlainTextEdit *body(Journey &journey)
    {
        return journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s);
    }

private slots:
    void tenMegabytesStayWhenAnotherFieldIsEdited()
    {
        Journey journey(
            createPosts
            + u"INSERT INTO posts (title, content) VALUES ('Large', %1)"_s.arg(tenMegabytes));
        const QString before = contentHash(journey);
        const QString hash = journey.sql(u"SELECT hex(substr(content, 9999000)) FROM posts"_s);
        journey.start();
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QTRY_COMPARE(journey.counts(), u"1 post"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.window().isSettled(), patience);
        QCOMPARE(body(journey)->document()->characterCount(), 10'000'001);
        journey.press(u"F2"_s);
        journey.type(u"Still large"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE_WITH_TIMEOUT(journey.pending(), u"Saved"_s, patience);
        QCOMPARE(journey.sql(u"SELECT title FROM posts"_s), u"Still large"_s);
        QCOMPARE(contentHash(journey), before);
        QCOMPARE(journey.sql(u"SELECT hex(substr(content, 9999000)) FROM posts"_s), hash);
    }

    void tenMegabytesAreTypedInto()
    {
        Journey journey(
            createPosts
            + u"INSERT INTO posts (title, content) VALUES ('Large', %1)"_s.arg(tenMegabytes));
        journey.start();
        QTRY_COMPARE(journey.counts(), u"1 post"_s);
        QTRY_VERIFY_WITH_TIMEOUT(journey.window().isSettled(), patience);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u"The end."_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE_WITH_TIMEOUT(journey.pending(), u"Saved"_s, patience);
        QCOMPARE(journey.sql(u"SELECT length(content) FROM posts"_s), u"10000008"_s);
        QCOMPARE(journey.sql(u"SELECT substr(content, -8) FROM posts"_s), u"The end."_s);
    }

    void aLongTitleIsEditedInTheEditor()
    {
        // Longer than what the list reads of a text.
        Journey journey(createPosts
                        + u"INSERT INTO posts (title, content) VALUES "
                          "(replace(hex(zeroblob(3000)), '0', 'x'), 'text')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        QVERIFY2(journey.toast().contains(u"too long for the list"_s), qPrintable(journey.toast()));
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s).size(), 6000);
        journey.press(u"Ctrl+1, Ctrl+D"_s); // nothing was changed by looking
        QTRY_COMPARE(journey.pending(), u"1 problem"_s); // the copy is as long
        QCOMPARE(journey.sql(u"SELECT length(title) FROM posts WHERE id = 1"_s), u"6000"_s);
    }

    void aTextLongerThanACellTakesIsKept()
    {
        // Typed into the list, where no page says how much there is.
        Journey journey(createPosts + u"INSERT INTO posts (title) VALUES ('Short')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        QApplication::clipboard()->setText(QString(150'000, u'y'));
        journey.press(u"Ctrl+V, Return"_s);
        QCOMPARE(journey.mark(0), u"?"_s);
        const ui::EditBuffer &edits = journey.window().workspace()->edits();
        const orm::Key key = edits.keys().first();
        QCOMPARE(edits.value(key, 1)->bytes().size(), 150'000); // all of it
        journey.press(u"F2"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        journey.press(u"End"_s);
        journey.type(u"z"_s);
        QCOMPARE(edits.value(key, 1)->bytes(), QByteArray(150'000, 'y') + 'z');
    }

    void aRowDeletedOutsideKeepsItsLongBody()
    {
        // Edited in the list, which has read but the beginning of the body.
        Journey journey(createPosts
                        + u"INSERT INTO posts (title, content) VALUES ('One', "
                          "replace(hex(zeroblob(5000)), '0', 'b')), ('Two', 'short')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        auto &model = journey.window().workspace()->model();
        const int title = ui::RecordTableModel::modelColumn(1);
        QVERIFY(model.setData(model.index(1, title), u"Mine"_s, Qt::EditRole));
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.window().workspace()->edits().snapshot(model.keyAt(1)).isWhole());
        QCOMPARE(journey.database().outside(u"DELETE FROM posts WHERE id = 1"_s), 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        journey.press(u"M, Return"_s); // Keep it as a new post
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title || length(content) FROM posts WHERE title = 'Mine'"_s),
                 u"Mine10000"_s);
    }

    void oddTextsStayInTheListToo()
    {
        // NUL, emoji, right-to-left, CRLF, a lone CR, U+2028, a no-break space: in a title
        const auto odd = u"char(97,0,98,13,10,99,13,100,8232,101,160,102,128512,1513,1500)"_s;
        Journey journey(createPosts
                        + u"INSERT INTO posts (title, content) VALUES (%1, 'text')"_s.arg(odd));
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = journey.sql(u"SELECT hex(title) FROM posts"_s);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u"!"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT hex(title) FROM posts"_s), before);

        // Opened and kept in the cell, then typed into: in the cell, and in the form.
        journey.press(u"Ctrl+1, F2, Return"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"F2, End"_s);
        journey.type(u"?"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT hex(title) FROM posts"_s), before + u"3F"_s);
        journey.press(u"Ctrl+2, End"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.type(u"+"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT hex(title) FROM posts"_s), before + u"3F2B"_s);
    }

    void whatIsTypedIntoARowThatGoesIsKept()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Nearly done"_s);
        QCOMPARE(journey.database().outside(u"DELETE FROM posts WHERE id = 500"_s),
                 0); // a page may just be read
        journey.window().workspace()->model().refresh();
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.focus(), u"conflictPanel"_s);
        journey.press(u"M, Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT content LIKE 'Hello 500%' FROM posts "
                             "WHERE title = 'Nearly done'"_s),
                 u"1"_s);
    }
};

QTEST_MAIN(TestLongTexts)
#include "tst_longtexts.moc"
