// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QListWidget>
#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// Posts with what some blogs have besides: an address, tags, a state.
const auto blog
    = u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT, "
      "created_at DATETIME DEFAULT CURRENT_TIMESTAMP, slug TEXT, tags TEXT, status TEXT);"
      "INSERT INTO posts VALUES (1, 'Red apple', 'first text', '2024-01-31 23:30:00',"
      " 'red-apple', 'fruit, red', 'published');"
      "INSERT INTO posts VALUES (2, 'Green apple', 'second words and more words here',"
      " '2024-02-15 12:00:00', 'green', 'fruit', 'draft');"
      "INSERT INTO posts VALUES (3, 'Blue sky', 'An apple a day', '2024-03-01 00:00:00',"
      " 'sky', 'weather', 'draft');"_s;

} // namespace

/// The search's language in the window, and the ways to it, out of it and on from it.
class TestSearching final : public QObject
{
    Q_OBJECT

private:
    static QString shown(Journey &journey)
    {
        QStringList ids;
        for (int row = 0; row < journey.view().model()->rowCount(); ++row)
            ids << journey.id(row);
        return ids.join(u' ');
    }

    static void search(Journey &journey, const QString &text)
    {
        journey.press(u"Ctrl+Shift+F, Ctrl+A"_s);
        journey.type(text);
    }

private slots:
    void theBarSpeaksItsLanguage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *text, const char *found) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(found);
        };
        row("apple", "3 2 1");
        row("APPLE red", "1"); // both, in any case
        row("\"an apple\"", "3");
        row("apple -red", "3 2");
        row("sky|green", "3 2");
        row("title:apple", "2 1");
        row("body:apple", "3");
        row("id:2", "2");
        row("slug:green", "2");
        row("tag:red", "1");
        row("before:2024-02", "1");
        row("after:2024-02", "3");
        row("on:2024-02", "2");
        row("is:draft", "3 2");
        row("/^(green|blue)/", "3 2");
        row("words:>5", "2");
        row("title:apple -tag:red is:draft", "2");
    }

    void theBarSpeaksItsLanguage()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, found);
        Journey journey(blog);
        journey.start();
        QTRY_START_STATE(journey);
        search(journey, text);
        QTRY_COMPARE(shown(journey), found);
        QVERIFY(!journey.isShown(u"searchProblem"_s));
    }

    /// Each state of a row can be asked for, and what is asked follows what is done.
    void statesAreAskedFor()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Down"_s); // 500 is modified
        journey.type(QString(260, u'x'));
        journey.press(u"Return, Down, Del"_s); // 499 is too long, 498 is deleted
        QTRY_COMPARE(journey.pending(), u"1 problem"_s);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Fresh"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Fresh"_s);
        journey.press(u"Ctrl+1"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 496"_s), 0);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 500"_s), 0);
        QTRY_COMPARE(journey.mark(1), u"!"_s);
        const auto rowsMarked = [&](const QString &mark) {
            QStringList ids;
            for (int row = 0; row < journey.view().model()->rowCount(); ++row) {
                if (journey.mark(row) == mark)
                    ids << journey.id(row);
            }
            return ids.join(u' ');
        };
        const std::tuple<QString, QString, QString> asked[] = {
            {u"is:conflict"_s, u"!"_s, u"500"_s}, {u"is:invalid"_s, u"?"_s, u"499"_s},
            {u"is:deleted"_s, u"−"_s, u"498"_s},  {u"is:new"_s, u"+"_s, u"new"_s},
            {u"is:outside"_s, u"»"_s, u"496"_s},
        };
        for (const auto &[text, mark, id] : asked) {
            search(journey, text);
            const QString counts
                = id == u"new"_s ? u"0 of 500 posts"_s : u"1 of 500 posts"_s; // not in there yet
            QTRY_COMPARE(journey.counts(), counts);
            QTRY_COMPARE(rowsMarked(mark), id);
            // All others that show are pinned, as they are pending.
            for (int row = 0; row < journey.view().model()->rowCount(); ++row)
                QVERIFY2(journey.id(row) == id || !journey.mark(row).isEmpty(), qPrintable(text));
        }
    }

    void whatCanBeAskedIsListedAndPutIn()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"number"_s);
        QStringList listed;
        QTimer::singleShot(0, this, [&listed] { // the menu may wait for its end
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!menu)
                return;
            for (const QAction *action : menu->actions())
                listed << action->text().section(u'\t', 0, 0);
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        journey.press(u"Alt+Down"_s);
        QTRY_VERIFY(!listed.isEmpty() && !QApplication::activePopupWidget());
        journey.activate();
        for (const QString &word : {u"\"a phrase\""_s, u"-word"_s, u"this|that"_s, u"title:word"_s,
                                    u"before:2024-02"_s, u"is:modified"_s, u"words:>500"_s})
            QVERIFY2(listed.contains(word), qPrintable(word));
        QTRY_COMPARE(journey.fieldText(u"searchEdit"_s), u"number -"_s);
        QTRY_COMPARE(journey.focus(), u"searchEdit"_s);
    }

    void theSearchIsReachedFromAnywhere_data()
    {
        QTest::addColumn<QString>("keys");
        for (const char *keys : {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+3, Ctrl+F", "Ctrl+L", "F4",
                                 "Ctrl+Shift+H", "Ctrl+Shift+L", "Del, Ctrl+Shift+R"})
            QTest::newRow(keys) << QString::fromLatin1(keys);
    }

    void theSearchIsReachedFromAnywhere()
    {
        QFETCH(const QString, keys);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(keys);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Shift+F"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
    }

    void findIsAboutThePlace()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        for (const QString &place : {u"Ctrl+2"_s, u"Ctrl+3"_s}) {
            journey.press(place);
            QTRY_VERIFY(journey.window().isSettled());
            journey.press(u"Ctrl+F"_s);
            QCOMPARE(journey.focus(), u"findInput"_s);
            journey.press(u"Esc"_s);
            QVERIFY(!journey.isShown(u"findBar"_s));
        }
    }

    /// F3 goes from hit to hit of what was looked for, wherever the focus is.
    void theNextHitIsOneKeyAway()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
        journey.press(u"F3"_s); // still in the line
        QTRY_COMPARE(journey.currentId(), u"498"_s);
        journey.press(u"Shift+F3"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
        journey.press(u"Ctrl+1, F3"_s);
        QTRY_COMPARE(journey.currentId(), u"498"_s);
        journey.press(u"Ctrl+G"_s); // this platform's other key
        QTRY_COMPARE(journey.currentId(), u"497"_s);
        journey.press(u"Ctrl+Shift+G"_s);
        QTRY_COMPARE(journey.currentId(), u"498"_s);
    }

    void escOfAPopupLeadsBackWhereOneWas_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("input");
        QTest::newRow("palette") << u"Ctrl+Shift+P"_s << QString() << u"paletteInput"_s;
        QTest::newRow("go to") << u"Ctrl+L"_s << QString() << u"goToInput"_s;
        QTest::newRow("columns") << u"F4"_s << QString() << u"columnsList"_s;
        QTest::newRow("filter") << u"Ctrl+Shift+L"_s << QString() << u"filterInput"_s;
        QTest::newRow("views") << QString() << u"filter.saveView"_s << u"viewNameInput"_s;
        QTest::newRow("recent") << u"Ctrl+Shift+O"_s << QString() << u"recentInput"_s;
    }

    void escOfAPopupLeadsBackWhereOneWas()
    {
        QFETCH(const QString, keys);
        QFETCH(const QString, action);
        QFETCH(const QString, input);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        for (const QString &place : {u"searchEdit"_s, u"titleEdit"_s, u"bodyEdit"_s}) {
            journey.press(place == u"searchEdit"_s      ? u"Ctrl+Shift+F"_s
                              : place == u"titleEdit"_s ? u"Ctrl+2"_s
                                                        : u"Ctrl+3"_s);
            QTRY_COMPARE(journey.focus(), place);
            QTRY_VERIFY(journey.window().isSettled());
            if (keys.isEmpty())
                journey.window().actions().action(QLatin1StringView(action.toLatin1()))->trigger();
            else
                journey.press(keys);
            QTRY_COMPARE(journey.focus(), input);
            journey.press(u"Esc"_s);
            QCOMPARE(journey.focus(), place);
        }
    }

    void goToTakesTheOrderAndPages()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"sort title"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.id(0), u"1"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+L"_s);
        journey.type(u"#2"_s); // of the order that shows: 1, 10, 100
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.currentId(), u"10"_s);

        journey.press(u"Ctrl+L"_s);
        journey.type(u"post"_s);
        const auto *list = journey.window().findChild<QListWidget *>(u"goToList"_s);
        QTRY_VERIFY(list->count() > 10);
        QCOMPARE(list->currentRow(), 0);
        journey.press(u"PgDown"_s);
        QVERIFY(list->currentRow() > 1);
        journey.press(u"PgUp, Down"_s);
        QCOMPARE(list->currentRow(), 1);
        const QString second = list->item(1)->text();
        journey.press(u"Return"_s);
        QTRY_VERIFY2(second.contains(journey.currentId()), qPrintable(second));
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    /// Nothing is before the first day and after the last one.
    void aDayWithoutPostsIsTheNextOne()
    {
        Journey journey(blog);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+L"_s);
        journey.type(u"2024-02-01"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.currentId(), u"2"_s);
        journey.press(u"Ctrl+L"_s);
        journey.type(u"2025-01-01"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"goToInput"_s);
        QCOMPARE(journey.currentId(), u"2"_s);
    }

    /// From its body, too; then it is the title that is filtered.
    void aColumnIsFilteredFromTheEditor()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Shift+L"_s);
        QTRY_COMPARE(journey.focus(), u"filterInput"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), u"title:49"_s);
    }

    void nineViewsHaveTheirKeys()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        for (int number = 1; number <= 9; ++number) {
            search(journey, u"title:%1"_s.arg(number));
            journey.press(u"Return"_s);
            QTRY_VERIFY(journey.window().isSettled());
            journey.window().actions().action("filter.saveView"_L1)->trigger();
            QTRY_COMPARE(journey.focus(), u"viewNameInput"_s);
            const auto *list = journey.window().findChild<QListWidget *>(u"viewsList"_s);
            while (list->currentRow() < number - 1)
                journey.press(u"Down"_s);
            journey.press(u"Return"_s);
            QTRY_COMPARE(journey.focus(), u"postsView"_s);
        }
        for (int number = 1; number <= 9; ++number) {
            journey.press(u"Alt+0"_s);
            QTRY_COMPARE(journey.fieldText(u"searchEdit"_s), QString());
            journey.press(u"Alt+%1"_s.arg(number));
            QTRY_COMPARE(journey.fieldText(u"searchEdit"_s), u"title:%1"_s.arg(number));
        }
    }

    /// It is there to be read: no key changes anything through it.
    void theQuickLookChangesNothing()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Space"_s);
        QTRY_VERIFY(journey.isShown(u"peekPopup"_s));
        journey.type(u"xyz"_s);
        journey.press(u"Backspace, Ctrl+X, Ctrl+V"_s);
        QCOMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!journey.isShown(u"peekPopup"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    /// The visits are those of posts: a key to one that is gone leads to none.
    void backKeepsToWhatIsThere()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        QVERIFY(!journey.window().actions().action("view.back"_L1)->isEnabled());
        QVERIFY(!journey.window().actions().action("view.forward"_L1)->isEnabled());
        journey.press(u"Down"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 499"_s);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Alt+Left"_s);
        QTRY_COMPARE(journey.currentId(), u"500"_s);
        QTRY_VERIFY(journey.window().actions().action("view.forward"_L1)->isEnabled());
        journey.press(u"Backspace"_s); // no key for going back
        QTRY_COMPARE(journey.currentId(), u"500"_s);
        journey.press(u"Alt+Right"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
    }
};

QTEST_MAIN(TestSearching)
#include "tst_searching.moc"
