// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/table/recordroles.h"
#include "ui/table/recordtableview.h"

#include <QAction>
#include <QHeaderView>
#include <QScrollBar>

using namespace Qt::StringLiterals;

/// Where other programs' changes, a search, an order or "Go to" lead, by keys alone.
class TestFinding final : public QObject
{
    Q_OBJECT

private:
    static QString manyPosts()
    {
        return u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT, "
               "created_at DATETIME, PRIMARY KEY (id));"
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 150000)"
               " INSERT INTO posts SELECT i * 2, 'Post ' || i, 'Text', NULL FROM n"_s;
    }

private slots:
    void theEndIsReachedWhileRowsAreCounted()
    {
        Journey journey(manyPosts());
        journey.start();
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+End"_s);
        QTRY_COMPARE(journey.currentId(), u"2"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post 1"_s);
        journey.press(u"Up"_s);
        QTRY_COMPARE(journey.currentId(), u"4"_s);
        QTRY_COMPARE(journey.counts(), u"150,000 posts"_s);
        QCOMPARE(journey.currentId(), u"4"_s);
        QCOMPARE(journey.currentRow(), 149'998);
        journey.press(u"Ctrl+Home"_s);
        QCOMPARE(journey.currentId(), u"300000"_s);
    }

    void aRowIsGoneToWhileRowsAreCounted_data()
    {
        QTest::addColumn<QString>("before");
        QTest::newRow("from the top") << u"Down"_s;
        QTest::newRow("from the end") << u"Ctrl+End"_s;
    }
    void aRowIsGoneToWhileRowsAreCounted()
    {
        QFETCH(const QString, before);
        Journey journey(manyPosts());
        journey.start();
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        journey.press(before);
        journey.press(u"Ctrl+L"_s);
        journey.type(u"#149990"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.currentId(), u"22"_s);
        QTRY_COMPARE(journey.counts(), u"150,000 posts"_s);
        QTRY_COMPARE(journey.currentRow(), 149'989);
    }

    void j09TheWebAppWritesWhileIEdit()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 400"_s), 0);
        // Row 100 is not in sight, but its page is here.
        QTRY_COMPARE(journey.task(), u"1 post changed outside"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        QCOMPARE(journey.view().verticalScrollBar()->value(), 0);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+L"_s);
        QCOMPARE(journey.focus(), u"goToInput"_s);
        journey.type(u"400"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.currentId(), u"400"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.cell(journey.currentRow(), u"title"_s), u"Web"_s);
        QCOMPARE(journey.mark(journey.currentRow()), u"»"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Mine"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 400"_s), u"Web"_s);
        journey.press(u"Down"_s);
        QCOMPARE(journey.mark(journey.currentRow() - 1), QString());
        QTRY_COMPARE(journey.task(), QString());
    }

    void refreshDoesTheSameAtOnce()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 498"_s), 0);
        journey.press(u"F5"_s);
        QTRY_COMPARE(journey.cell(2, u"title"_s), u"Web"_s);
        QCOMPARE(journey.mark(2), u"»"_s);
    }

    void theFieldOfARowChangedOutsideFollows()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 500"_s), 0);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Web"_s);
        QCOMPARE(journey.mark(0), u"»"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s);
        QCOMPARE(journey.mark(0), QString());
    }

    void anEditOfARowChangedOutsideIsMarked()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Web' WHERE id = 500"_s), 0);
        QTRY_COMPARE(journey.mark(0), u"!"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine"_s);
    }

    void j03FindFixBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        QCOMPARE(journey.focus(), u"searchEdit"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(journey.id(0), u"499"_s);
        const auto hits = journey.view().model()->index(0, 2).data(ui::MatchesRole);
        QCOMPARE((hits.value<QList<QPair<int, int>>>()), (QList<QPair<int, int>>{{12, 2}}));
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u" Fixed."_s);
        QTRY_COMPARE(journey.mark(0), u"~"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Return"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        QCOMPARE(journey.counts(), u"15 of 500 posts"_s);
        QVERIFY(journey.sql(u"SELECT content FROM posts WHERE id = 499"_s)
                    .endsWith(u"of post 499. Fixed."_s));
        QCOMPARE(journey.mark(0), QString());
        journey.press(u"Esc"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), QString());
        QCOMPARE(journey.currentId(), u"499"_s);
        QVERIFY(journey.view().visibleRows().contains(journey.currentRow()));
    }

    void escapeLeavesASearchStepByStep()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Shift+F"_s);
        journey.press(u"Esc"_s); // an empty line
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Esc"_s); // clears, and goes to the list
        QCOMPARE(journey.focus(), u"postsView"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"Ctrl+F"_s);
        journey.press(u"Up"_s); // the search before
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Down"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Shift+Down"_s);
        QCOMPARE(journey.selection(), u"2 selected"_s);
        journey.press(u"Esc"_s); // the search goes first
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.selection(), u"2 selected"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.selection(), QString());
    }

    void aBadPatternKeepsTheLastGoodList()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"/49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QVERIFY(!journey.isShown(u"searchProblem"_s));
        journey.type(u"("_s);
        QVERIFY(journey.isShown(u"searchProblem"_s));
        QCOMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.type(u"9)?/"_s);
        QVERIFY(!journey.isShown(u"searchProblem"_s));
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.press(u"Esc"_s);
    }

    void anEditedRowStaysInASearch()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return, Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(journey.id(0), u"500"_s);
        QVERIFY(journey.view().model()->index(0, 0).data(ui::PinnedRole).toBool());
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.id(0), u"499"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"is:modified"_s);
        QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
    }

    void j13SortByTitle()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        auto *sort = journey.window().findChild<QAction *>(u"view.sort.title"_s);
        QVERIFY(sort);
        QCOMPARE(sort->text(), u"Sort by title"_s);
        sort->trigger();
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 1"_s);
        QCOMPARE(journey.view().model()->headerData(2, Qt::Horizontal).toString(), u"Title ▲1"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        QTRY_VERIFY(journey.view().visibleRows().contains(journey.currentRow()));
        sort->trigger();
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 99"_s);
        QCOMPARE(journey.view().model()->headerData(2, Qt::Horizontal).toString(), u"Title ▼1"_s);
    }

    void goToFindsRowsDaysAndTitles()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const auto go = [&journey](const QString &text) {
            journey.press(u"Ctrl+L"_s);
            journey.type(text);
            journey.press(u"Return"_s);
        };
        go(u"#12"_s);
        QTRY_COMPARE(journey.currentId(), u"489"_s);
        go(u"2024-01-05"_s);
        QTRY_COMPARE(journey.currentId(),
                     journey.sql(u"SELECT id FROM posts WHERE created_at >= '2024-01-05' "
                                 "ORDER BY created_at LIMIT 1"_s));
        go(u"nmbr 123"_s); // some of its letters
        QTRY_COMPARE(journey.currentId(), u"123"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        // Hidden by a search, which ends.
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        go(u"77"_s);
        QTRY_COMPARE(journey.currentId(), u"77"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        journey.press(u"Ctrl+L"_s);
        journey.type(u"9999"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"goToInput"_s); // there is none
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.currentId(), u"77"_s);
    }

    void backAndForwardLeadThroughWhatWasVisited()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        const auto go = [&journey](const QString &id) {
            journey.press(u"Ctrl+L"_s);
            journey.type(id);
            journey.press(u"Return"_s);
            QTRY_COMPARE(journey.currentId(), id);
            QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number "_s + id);
        };
        go(u"400"_s);
        go(u"300"_s);
        journey.press(u"Alt+Left"_s);
        QTRY_COMPARE(journey.currentId(), u"400"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 400"_s);
        journey.press(u"Alt+Left"_s);
        QTRY_COMPARE(journey.currentId(), u"500"_s);
        journey.press(u"Alt+Right, Alt+Right"_s);
        QTRY_COMPARE(journey.currentId(), u"300"_s);
    }

    void nothingFoundIsSaid()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"nowhere"_s);
        QTRY_COMPARE(journey.counts(), u"0 of 500 posts"_s);
        QVERIFY(journey.view().placeholderText().startsWith(u"Nothing found"_s));
        QTRY_VERIFY(!journey.isShown(u"titleEdit"_s)); // no post is left in the editor
        journey.press(u"Esc"_s);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QTRY_COMPARE(journey.currentRow(), 0);
        QTRY_VERIFY(journey.isShown(u"titleEdit"_s));
    }

    void j15ComeBackTomorrow()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.currentId(), u"499"_s);
        journey.press(u"Down, Down"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.start(QString());
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), u"49"_s);
        QTRY_COMPARE(journey.currentId(), u"497"_s);
    }

    /// A click sorts by that column alone, with Shift also by it.
    void theHeadingIsClicked()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QHeaderView *header = journey.view().horizontalHeader();
        const auto click = [&](int section, Qt::KeyboardModifiers modifiers) {
            const QPoint place(header->sectionViewportPosition(section) + 20, header->height() / 2);
            QTest::mouseClick(journey.window().windowHandle(), Qt::LeftButton, modifiers,
                              header->viewport()->mapTo(&journey.window(), place));
        };
        const auto title = [&journey](int section) {
            return journey.view().model()->headerData(section, Qt::Horizontal).toString();
        };
        click(2, Qt::NoModifier);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 1"_s);
        click(4, Qt::ShiftModifier);
        QTRY_COMPARE(title(4), u"Created ▲2"_s);
        QCOMPARE(title(2), u"Title ▲1"_s);
        click(4, Qt::NoModifier);
        QTRY_VERIFY(!title(2).contains(u'▲'));
    }

    void columnsAreSetFromTheKeyboardAndRemembered()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QHeaderView *header = journey.view().horizontalHeader();
        journey.press(u"F4"_s);
        QCOMPARE(journey.focus(), u"columnsList"_s);
        journey.press(u"Down, Alt+Up"_s); // the title before the number
        QCOMPARE(header->visualIndex(2), 1);
        const int width = header->sectionSize(2);
        journey.press(u"Right, Right"_s);
        QVERIFY(header->sectionSize(2) > width);
        journey.press(u"S"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 1"_s);
        journey.press(u"Down, Space"_s); // the number goes
        QVERIFY(header->isSectionHidden(1));
        journey.press(u"Down, S, S"_s); // and then by date, downwards
        const auto title = [&journey](int section) {
            return journey.view().model()->headerData(section, Qt::Horizontal).toString();
        };
        QCOMPARE(title(2), u"Title ▲1"_s);
        QCOMPARE(title(4), u"Created ▼2"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Q"_s);
        journey.start(QString());
        QTRY_VERIFY(journey.window().pane());
        QTRY_VERIFY(journey.window().isSettled());
        header = journey.view().horizontalHeader();
        QCOMPARE(header->visualIndex(2), 1);
        QVERIFY(header->isSectionHidden(1));
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 1"_s);
        QCOMPARE(title(4), u"Created ▼2"_s);
        // Neither the last column goes nor the last of its width.
        journey.press(u"F4"_s);
        for (int i = 0; i < 100; ++i)
            journey.press(u"Left"_s);
        QCOMPARE(header->sectionSize(2), header->minimumSectionSize());
        journey.press(u"Down, Down, Space, Down, Space"_s);
        QVERIFY(header->isSectionHidden(3) && header->isSectionHidden(4));
        journey.press(u"Home, Space"_s);
        QVERIFY(!header->isSectionHidden(2));
        journey.press(u"R, Esc"_s);
        QVERIFY(!header->isSectionHidden(1));
        QCOMPARE(header->visualIndex(1), 1);
        QTRY_COMPARE(journey.id(0), u"500"_s);
        QCOMPARE(title(2), u"Title"_s);
    }
};

QTEST_MAIN(TestFinding)
#include "tst_finding.moc"
