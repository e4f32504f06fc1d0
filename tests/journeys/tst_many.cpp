// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QMimeData>

using namespace Qt::StringLiterals;

/// Many posts at once: edited together, filled, replaced in, duplicated, copied and pasted.
class TestMany final : public QObject
{
    Q_OBJECT

private:
    /// So many posts; @p title and @p body are expressions of their number i.
    static QString postsSql(int count, const QString &title = u"'Post ' || i"_s,
                            const QString &body = u"'A cat'"_s)
    {
        return u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, "
               "created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
               "INSERT INTO posts SELECT i, %2, %3, '2024-01-01 00:00:00' FROM n;"_s.arg(
                   QString::number(count), title, body);
    }

    static QString label(Journey &journey, const QString &name)
    {
        const auto *found = journey.window().findChild<QLabel *>(name);
        return found ? found->text() : u"no label named %1"_s.arg(name);
    }

    static void start(Journey &journey)
    {
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
    }

    /// Of the three newest, which are selected.
    static void openBatch(Journey &journey)
    {
        start(journey);
        journey.press(u"Shift+Down, Shift+Down, Ctrl+E"_s);
        QTRY_VERIFY(journey.isShown(u"batchPanel"_s));
        QTRY_VERIFY(journey.window().isSettled());
    }

    /// The hits of "paragraph" in the 15 posts with a 49, listed.
    static void listHits(Journey &journey)
    {
        start(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Return, Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"paragraph"_s);
        journey.press(u"Tab"_s);
        journey.type(u"section"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(label(journey, u"replaceStatus"_s), u"15 hits in 15 posts"_s);
        QCOMPARE(journey.focus(), u"replaceList"_s);
    }

private slots:
    void j07ChangeManyTogether()
    {
        Journey journey;
        openBatch(journey);
        QCOMPARE(journey.focus(), u"batch_title"_s);
        const auto *title = journey.window().findChild<QLineEdit *>(u"batch_title"_s);
        QCOMPARE(title->placeholderText(), u"3 different values"_s);
        journey.type(u"{title} (old)"_s);
        const auto *preview = journey.window().findChild<QListWidget *>(u"batchPreview"_s);
        QTRY_COMPARE(preview->count(), 3);
        QCOMPARE(preview->item(0)->text(),
                 u"#500 Title: Post number 500 → Post number 500 (old)"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        for (int row = 0; row < 3; ++row)
            QCOMPARE(journey.mark(row), u"~"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QVERIFY(!journey.isShown(u"batchPanel"_s));
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Post number ' || id || "
                             "' (old)' AND id >= 498"_s),
                 u"3"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title LIKE '%(old)'"_s), u"3"_s);
    }

    void aBatchSaysWhatIsWrong()
    {
        Journey journey;
        openBatch(journey);
        journey.type(u"{titel}"_s);
        QTRY_VERIFY(label(journey, u"batchProblem"_s).contains(u"no {titel}"_s));
        journey.press(u"Ctrl+Return"_s);
        QVERIFY(journey.isShown(u"batchPanel"_s));
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"batchPanel"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.selection(), u"3 selected"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
    }

    void severalFieldsAreOneStep()
    {
        Journey journey;
        openBatch(journey);
        journey.type(u"Part {n}"_s);
        journey.press(u"Tab"_s);
        QCOMPARE(journey.focus(), u"batch_content"_s);
        journey.type(u"{title}: {content}"_s);
        journey.press(u"Tab"_s);
        journey.type(u"2024-02-29 12:00"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title || '|' || substr(content, 1, 26) || '|' || "
                             "substr(created_at, 1, 19) FROM posts WHERE id = 499"_s),
                 u"Part 2|Post number 499: Hello 499|2024-02-29 12:00:00"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Post number ' || id"_s),
                 u"500"_s);
    }

    void j08ReplaceInThePostsShown()
    {
        Journey journey;
        listHits(journey);
        const auto *list = journey.window().findChild<QAbstractItemView *>(u"replaceList"_s);
        QCOMPARE(list->currentIndex().row(), 0);
        const QString hit = list->currentIndex().data().toString();
        QVERIFY2(hit.startsWith(u"#499 · Body: "_s) && hit.contains(u"Second paragraph of"_s)
                     && hit.contains(u"→ Second section of"_s),
                 qPrintable(hit));
        for (int row = 0; row < 15; ++row)
            QCOMPARE(list->model()->index(row, 0).data(Qt::CheckStateRole), Qt::Checked);
        journey.press(u"Space"_s);
        QCOMPARE(label(journey, u"replaceStatus"_s), u"14 hits in 14 posts"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"14 changes"_s);
        QCOMPARE(journey.mark(0), QString());
        QCOMPARE(journey.mark(1), u"~"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"14 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE content LIKE '%section%'"_s),
                 u"14"_s);
        QCOMPARE(journey.sql(u"SELECT content LIKE '%paragraph%' FROM posts WHERE id = 499"_s),
                 u"1"_s);
    }

    void nothingIsReplacedUnseen()
    {
        Journey journey;
        listHits(journey);
        journey.press(u"Ctrl+Shift+H"_s); // back to its first line
        QCOMPARE(journey.focus(), u"replaceFind"_s);
        journey.press(u"Tab"_s);
        journey.type(u"other"_s);
        journey.press(u"Ctrl+Return"_s); // lists what it would be now
        QTRY_COMPARE(journey.focus(), u"replaceList"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Ctrl+A, Space"_s); // all of them, none is left
        QCOMPARE(label(journey, u"replaceStatus"_s), u"0 hits in 0 posts"_s);
        journey.press(u"Ctrl+Return"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"replacePanel"_s));
        QCOMPARE(journey.counts(), u"15 of 500 posts"_s); // the search stays
    }

    void whatIsTypedMeanwhileIsNotTouched()
    {
        Journey journey;
        listHits(journey);
        journey.press(u"Ctrl+1, F2"_s);
        journey.type(u"Other title"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Shift+H, Shift+Tab, Shift+Tab"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.window().findChild<QAbstractItemView *>(u"replaceList"_s)->setFocus();
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"15 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Other title"_s);
    }

    /// More than one could look through: so many are listed, and what is to be done is said.
    void hitsWithoutEndAreCut()
    {
        Journey journey(postsSql(300, u"'Post'"_s, u"replace(printf('%.4000c', 'x'), 'x', 'y')"_s));
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"y"_s);
        journey.press(u"Tab"_s);
        journey.type(u"z"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_VERIFY2(label(journey, u"replaceStatus"_s)
                         .startsWith(u"1,024,000 hits in 256 posts, and there are more"_s),
                     qPrintable(label(journey, u"replaceStatus"_s)));
        // All at once, and one again: counted as fast as it is said.
        journey.press(u"Ctrl+A, Space, Down, Space"_s);
        QVERIFY2(label(journey, u"replaceStatus"_s).startsWith(u"1 hit in 1 post,"_s),
                 qPrintable(label(journey, u"replaceStatus"_s)));
        journey.press(u"Ctrl+A, Space, Space, Ctrl+Return"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.pending(), u"256 changes"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        // Two letters in a row at most: fewer hits than the limit, of all posts.
        journey.press(u"Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"yy"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(label(journey, u"replaceStatus"_s), u"600,000 hits in 300 posts"_s);
    }

    /// Also those that the search has not come to yet.
    void allThatAreFoundAreListed()
    {
        Journey journey(postsSql(30'000));
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"cat"_s);
        journey.press(u"Ctrl+F"_s);
        const ui::RecordTableModel &model = journey.window().workspace()->model();
        auto *find = journey.window().findChild<QLineEdit *>(u"replaceFind"_s);
        int known = -1;
        connect(&model.loader(), &ui::OrderLoader::queryChanged, find, [&known, &model, find] {
            known = int(model.isSettled());
            QTest::keyClick(find, Qt::Key_Return);
        });
        journey.type(u"99"_s);
        QTRY_VERIFY(known >= 0);
        QVERIFY2(known == 0, "the search is done already");
        QTRY_VERIFY(journey.window().isSettled());
        const QString found = journey.sql(u"SELECT count(*) FROM posts WHERE title LIKE '%99%'"_s);
        QCOMPARE(label(journey, u"replaceStatus"_s),
                 u"%1 hits in %1 posts"_s.arg(QLocale(u"en"_s).toString(found.toInt())));
    }

    void onlyTheSelectedAreReplacedIn()
    {
        Journey journey;
        start(journey);
        journey.press(u"Shift+Down, Ctrl+H"_s); // from the list
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        journey.type(u"number"_s);
        journey.press(u"Tab"_s);
        journey.type(u"no."_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(label(journey, u"replaceStatus"_s), u"2 hits in 2 posts"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"Post no. 499"_s);
        QCOMPARE(journey.cell(2, u"title"_s), u"Post number 498"_s);
    }

    /// All that are selected are those shown: the panel says so, and goes on saying how many.
    void allSelectedAreThoseShown()
    {
        Journey journey;
        start(journey);
        journey.press(u"Ctrl+A, Ctrl+Shift+H"_s);
        QTRY_VERIFY(journey.isShown(u"replacePanel"_s));
        const auto *scope = journey.window().findChild<QComboBox *>(u"replaceScope"_s);
        QCOMPARE(scope->count(), 1);
        QCOMPARE(scope->currentText(), u"500 posts shown"_s);
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"DELETE FROM posts WHERE id > 490"_s), 0);
        QTRY_COMPARE_WITH_TIMEOUT(scope->currentText(), u"490 posts shown"_s, 20'000);
    }

    void aCellFillsTheSelected()
    {
        Journey journey;
        start(journey);
        journey.press(u"Shift+Down, Shift+Down, F2"_s);
        journey.type(u"Same"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Same"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"Same"_s);
        // The typing and the filling are one action.
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(journey.cell(2, u"title"_s), u"Same"_s);
        journey.press(u"Ctrl+Z"_s);

        // What was typed before, and is only handed on now, is a step of its own.
        journey.press(u"F2"_s);
        journey.type(u"Earlier"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Down, Shift+Up, F2, Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
    }

    void severalAreDuplicated()
    {
        Journey journey;
        start(journey);
        journey.press(u"Shift+Down, Ctrl+D"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500 (copy)"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"Post number 499 (copy)"_s);
        QCOMPARE(journey.id(2), u"500"_s);
        QCOMPARE(journey.selection(), u"2 selected"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
    }

    void rowsArePastedAsNewPosts()
    {
        Journey journey;
        start(journey);
        QCOMPARE(journey.database().outside(
                     u"UPDATE posts SET content = 'tab' || char(9) || char(13, 10) || '\"q\" ' "
                     "|| char(0) || '🎉', title = NULL WHERE id = 499"_s),
                 0);
        QTRY_COMPARE(journey.task(), u"1 post changed outside"_s);
        QApplication::clipboard()->setText(u"something else"_s);
        journey.press(u"Shift+Down, Ctrl+C"_s);
        QTRY_VERIFY(QApplication::clipboard()->mimeData()->hasHtml());
        journey.press(u"Ctrl+V"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        QCOMPARE(journey.selection(), u"2 selected"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts a JOIN posts b ON b.id = a.id + 2 AND "
                             "a.title IS b.title AND CAST(a.content AS BLOB) = "
                             "CAST(b.content AS BLOB) AND a.created_at = b.created_at "
                             "WHERE a.id IN (499, 500)"_s),
                 u"2"_s);
        // Text of another program: a title and a body each.
        QApplication::clipboard()->setText(u"One\t\"First\nline\"\nTwo\tSecond\n"_s);
        journey.press(u"Ctrl+V"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"One"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"Two"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
    }

    void rowsAreCopiedAsOtherFormats_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("begin");
        QTest::newRow("Markdown") << u"Return"_s << u"| id | title |"_s;
        QTest::newRow("CSV") << u"C"_s << u"id,title,content,created_at\r\n500,"_s;
        QTest::newRow("JSON") << u"J"_s << u"[\n  {\n    \"id\": 500,\n"_s;
        QTest::newRow("SQL") << u"S"_s << u"INSERT INTO posts (id, title,"_s;
    }

    void rowsAreCopiedAsOtherFormats()
    {
        QFETCH(QString, key);
        QFETCH(QString, begin);
        Journey journey;
        start(journey);
        QApplication::clipboard()->setText(u"something else"_s);
        journey.press(u"Shift+Down, Ctrl+Shift+C"_s);
        QTRY_VERIFY(QApplication::activePopupWidget());
        journey.press(key);
        QTRY_COMPARE(journey.toast(), u"2 posts copied"_s);
        const QString text = QApplication::clipboard()->text().remove(u'"');
        QVERIFY2(text.startsWith(QString(begin).remove(u'"')), qPrintable(text.left(200)));
        QVERIFY(text.contains(u"Hello 499"_s));
    }

    void differentValuesAreEmptied()
    {
        Journey journey;
        openBatch(journey);
        const auto *title = journey.window().findChild<QLineEdit *>(u"batch_title"_s);
        QTRY_COMPARE(title->placeholderText(), u"3 different values"_s);
        journey.press(u"Del"_s);
        QCOMPARE(title->placeholderText(), u"nothing, in all of them"_s);
        journey.press(u"Backspace"_s); // they stay after all
        QCOMPARE(title->placeholderText(), u"3 different values"_s);
        journey.press(u"Ctrl+Return"_s);
        QVERIFY(journey.isShown(u"batchPanel"_s));
        journey.press(u"Del, Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = ''"_s), u"3"_s);
    }

    void differentValuesBecomeNull()
    {
        Journey journey;
        openBatch(journey);
        const auto *title = journey.window().findChild<QLineEdit *>(u"batch_title"_s);
        QTRY_COMPARE(title->placeholderText(), u"3 different values"_s);
        journey.window().findChild<QAction *>(u"edit.setNull"_s)->trigger();
        QCOMPARE(title->placeholderText(), u"(empty), in all of them"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title IS NULL"_s), u"3"_s);
    }

    /// What is asked for while many rows are read has its turn, and the status bar says so.
    void aSecondJobWaits()
    {
        Journey journey(postsSql(3000));
        journey.start();
        QTRY_START_STATE(journey);
        QApplication::clipboard()->setText(u"something else"_s);
        journey.press(u"Ctrl+A, Ctrl+D, Ctrl+C, Del"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.pending(), u"Saved"_s); // the copies are what is selected, and go
        QCOMPARE(QApplication::clipboard()->text().count(u"A cat"_s), 3000);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3,000 changes"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        // An undo is of what was asked for before it, not of what was done before that.
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+A, Ctrl+D, Ctrl+Z"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        // Given up, the first leaves nothing and the second comes.
        journey.press(u"Ctrl+A, Ctrl+D, Ctrl+C, Shift+Esc"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.toast(), u"Cancelled. Everything is as it was before."_s);
    }

    /// A save of many is settled bit by bit: what is typed or undone meanwhile comes after it.
    void aSaveOfManyIsWholeWhateverIsPressed()
    {
        Journey journey(postsSql(3000));
        journey.start();
        QTRY_START_STATE(journey);
        const auto changeAll = [&journey](const QString &formula, const QString &before) {
            journey.press(u"Ctrl+A, Ctrl+E"_s);
            QTRY_VERIFY(journey.isShown(u"batchPanel"_s));
            QTRY_VERIFY(journey.window().isSettled());
            journey.type(formula);
            journey.press(u"Ctrl+Return"_s);
            QTRY_COMPARE(journey.pending(), u"3,000 changes"_s);
            QCOMPARE(journey.cell(2999, u"title"_s), before);
        };
        const auto saved = [&journey](const QString &title) {
            return journey.sql(u"SELECT count(*) FROM posts WHERE title = '%1' || id"_s.arg(title));
        };
        // Given up at once nothing is saved, or all is, and nothing is lost either way.
        changeAll(u"A{id}"_s, u"A1"_s);
        if (QTest::currentTestFailed())
            return;
        journey.press(u"Ctrl+S, Shift+Esc"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QVERIFY(journey.pending() == u"Saved"
                    ? saved(u"A"_s) == u"3000"
                    : journey.pending() == u"3,000 changes" && saved(u"A"_s) == u"0");
        // Undone while it runs: saved first, then pending the other way round, and one step.
        journey.press(u"Ctrl+S, Ctrl+Z"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(journey.pending(), u"3,000 changes"_s);
        QCOMPARE(saved(u"A"_s), u"3000"_s);
        QCOMPARE(journey.cell(2999, u"title"_s), u"Post 1"_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        // Typed in while its rows are settled, one stays pending upon what was saved; a second save
        // takes it.
        changeAll(u"B{id}"_s, u"B1"_s);
        if (QTest::currentTestFailed())
            return;
        bool isTyped = false;
        ui::EditBuffer &edits = journey.window().workspace()->edits();
        connect(&edits, &ui::EditBuffer::committed, &edits, [&] {
            if (!edits.isSettling() || std::exchange(isTyped, true))
                return;
            ui::EditHistory &history = journey.window().workspace()->history();
            for (const qint64 id : {1, 1500, 3000}) {
                const auto key = orm::Key::integer(id);
                history.setValue(key, 1, orm::StoredValue::text(u"typed"_s),
                                 journey.window().workspace()->model().committed(key).value());
            }
            history.endFieldEdit();
        });
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QVERIFY(isTyped);
        QCOMPARE(journey.pending(), u"3 changes"_s);
        QCOMPARE(saved(u"B"_s), u"3000"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT group_concat(id) FROM posts WHERE title = 'typed'"_s),
                 u"1,1500,3000"_s);
    }

    /// The one that was filled from is among the selected, and pending already: there is room for it.
    void asManyAsCanBePendingAreFilled()
    {
        Journey journey(postsSql(100'000, u"'Post ' || i"_s, u"''"_s));
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"100,000 posts"_s);
        journey.press(u"Ctrl+A, F2"_s);
        journey.type(u"Same"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE_WITH_TIMEOUT(journey.pending(), u"100,000 changes"_s, 60'000);
        QCOMPARE(journey.message(), QString());
        journey.press(u"Ctrl+N"_s); // there is no room for one more
        QTRY_VERIFY(journey.message().startsWith(u"At most 100,000 posts"_s));
        journey.press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE_WITH_TIMEOUT(journey.pending(), u"Saved"_s, 60'000);
    }

    /// Formulas with values that are missing, that are no text, and that become too long.
    void aBatchOfOddValues()
    {
        Journey journey(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, "
            "created_at DATETIME);"
            "INSERT INTO posts VALUES (1, NULL, NULL, NULL), (2, 'Two', '', NULL), "
            "(3, printf('%.250c', 'x'), 'Three', '2024-01-01 00:00:00.678901');"_s);
        journey.start();
        QTRY_START_STATE(journey);
        const auto run = [&journey](const QString &formula, const QString &keys) {
            journey.press(u"Ctrl+1, Ctrl+A, Ctrl+E"_s);
            QTRY_VERIFY(journey.isShown(u"batchPanel"_s));
            QTRY_VERIFY(journey.window().isSettled());
            if (!keys.isEmpty())
                journey.press(keys);
            journey.type(formula);
            journey.press(u"Ctrl+Return"_s);
            QTRY_VERIFY(!journey.isShown(u"batchPanel"_s));
            QTRY_VERIFY(journey.window().isSettled());
        };
        // The body of each becomes its title; where there is none, there is none.
        run(u"{title}"_s, u"Tab"_s);
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(journey.pending(), u"2 changes"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT group_concat(quote(content)) FROM posts WHERE id < 3"_s),
                 u"NULL,'Two'"_s);
        // Too long: kept and marked, and nothing is saved until that is mended, by one step here.
        run(u"{title} (old)"_s, {});
        if (QTest::currentTestFailed())
            return;
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        QCOMPARE(journey.cell(0, u"title"_s), QString(250, u'x') + u" (old)"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 2"_s), u"Two"_s);
        journey.press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
    }

    /// What was just copied can be pasted, also where the clipboard was empty before.
    void whatIsCopiedCanBePasted()
    {
        QApplication::clipboard()->clear();
        Journey journey;
        start(journey);
        journey.press(u"Shift+Down, Ctrl+C"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+V"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
    }

    /// More than are read at once; given up half way nothing is changed.
    void manyAreOneStepAndCanBeGivenUp()
    {
        Journey journey(postsSql(3000));
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+A, Ctrl+E"_s);
        QTRY_VERIFY(journey.isShown(u"batchPanel"_s));
        const auto *title = journey.window().findChild<QLineEdit *>(u"batch_title"_s);
        QTRY_COMPARE(title->placeholderText(), u"more than 1,000 different values"_s);
        journey.type(u"{id}"_s);
        journey.press(u"Ctrl+Return, Shift+Esc"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QCOMPARE(journey.pending(), u"Saved"_s);
        QVERIFY(journey.isShown(u"batchPanel"_s)); // what was typed is still there
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"3,000 changes"_s);
        QCOMPARE(journey.cell(2999, u"title"_s), u"1"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
    }
};

QTEST_MAIN(TestMany)
#include "tst_many.moc"
