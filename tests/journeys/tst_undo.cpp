// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"
#include "ui/table/recordtableview.h"

#include <QUndoStack>

#include <algorithm>

using namespace Qt::StringLiterals;

/// Undo and redo of everything, by identity: across sort and refresh, and through saves.
class TestUndo final : public QObject
{
    Q_OBJECT

private:
    /// The 500 posts; some values are such that a careless way there and back would change them.
    static QString oddPosts()
    {
        return TestDatabase::data(u"f500.sql"_s)
            + u"UPDATE posts SET created_at = '2024-01-21 20:00:00.678901' WHERE id = 500;"
              "UPDATE posts SET created_at = '2024-01-21 19:00:00' WHERE id = 499;"
              "UPDATE posts SET content = 'a' || char(13, 10) || 'b' || char(160) || char(8232) "
              "WHERE"
              " id = 498;"
              "UPDATE posts SET content = x'00ff41', created_at = NULL WHERE id = 497;"
              "UPDATE posts SET title = '', content = NULL WHERE id = 496;"_s;
    }

    /// Every value with its storage class, to the last byte.
    static QString dump(Journey &journey)
    {
        return journey.sql(u"SELECT group_concat(id || '|' || typeof(title) || hex(title) || '|' ||"
                           " typeof(content) || hex(content) || '|' || typeof(created_at) ||"
                           " hex(created_at), char(10)) FROM (SELECT * FROM posts ORDER BY id)"_s);
    }

    static void save(Journey &journey)
    {
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static void sortByTitle(Journey &journey)
    {
        for (QAction *sort : journey.window().actions().sortActions()) {
            if (sort->data() == u"title"_s)
                sort->trigger();
        }
        QVERIFY(!journey.window().workspace()->model().query().sort.isEmpty());
        QTRY_VERIFY(journey.window().isSettled());
    }

    static QUndoStack &stack(Journey &journey)
    {
        return journey.window().workspace()->history().undoStack();
    }

    /// Those in the list, with their marks: the changed one, the one to be deleted, the new one.
    static QStringList pendingRows(Journey &journey)
    {
        QStringList rows;
        for (int row = 0; row < journey.view().model()->rowCount(); ++row) {
            if (journey.mark(row).isEmpty())
                continue;
            const bool isHit = !journey.view()
                                    .model()
                                    ->index(row, 0)
                                    .data(Qt::AccessibleTextRole)
                                    .toString()
                                    .endsWith(u"no longer matches the search"_s);
            rows << journey.mark(row) + u' ' + journey.id(row) + (isHit ? u""_s : u", not a hit"_s);
        }
        std::sort(rows.begin(), rows.end(), [](const QString &a, const QString &b) {
            const QString order = u"~−+"_s;
            return order.indexOf(a.at(0)) < order.indexOf(b.at(0));
        });
        return rows;
    }

    static void undoAll(Journey &journey)
    {
        journey.press(u"Ctrl+1"_s);
        while (stack(journey).canUndo())
            journey.press(u"Ctrl+Z"_s);
    }

private slots:
    void everythingComesBackExactlyAsItWas()
    {
        Journey journey(oddPosts());
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = dump(journey);
        // Five posts deleted, a title changed, a post made.
        journey.press(u"Shift+Down, Shift+Down, Shift+Down, Shift+Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"5 changes"_s);
        save(journey);
        QTRY_COMPARE(journey.currentId(), u"495"_s);
        journey.press(u"F2"_s);
        journey.type(u"Changed"_s);
        journey.press(u"Return, Ctrl+N"_s);
        journey.type(u"New"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        save(journey);
        const QString after = dump(journey);
        QVERIFY(after != before);

        // Elsewhere in the list, in another order, read anew.
        sortByTitle(journey);
        journey.press(u"Ctrl+1, Ctrl+End, F5"_s);
        QTRY_VERIFY(journey.window().isSettled());
        undoAll(journey);
        // Staged, not written: the new post had got the number of a deleted one, whose row it becomes.
        QTRY_COMPARE(journey.pending(), u"6 changes"_s);
        QCOMPARE(dump(journey), after);
        save(journey);
        QCOMPARE(dump(journey), before);

        while (stack(journey).canRedo())
            journey.press(u"Ctrl+Shift+Z"_s);
        save(journey);
        // A post that comes anew gets a time anew; all the rest is the same.
        QCOMPARE(dump(journey).section(u'\n', 0, 494), after.section(u'\n', 0, 494));
    }

    /// What is pending stays in sight, whatever the list is asked for, and undo finds it.
    void whatIsPendingStaysInSight()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Changed"_s);
        journey.press(u"Return, Down, Down, Del"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"New"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);

        journey.press(u"Ctrl+Shift+F"_s);
        journey.type(u"42"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        const QStringList pinned{u"~ 500, not a hit"_s, u"− 498, not a hit"_s,
                                 u"+ new, not a hit"_s};
        QTRY_COMPARE(pendingRows(journey), pinned);
        sortByTitle(journey);
        QTRY_COMPARE(pendingRows(journey), pinned);
        journey.press(u"F5"_s);
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(pendingRows(journey), pinned);
        QCOMPARE(journey.counts(), u"15 of 500 posts"_s);
        QCOMPARE(journey.pending(), u"3 changes"_s);

        undoAll(journey);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(pendingRows(journey), QStringList());
        QCOMPARE(journey.counts(), u"15 of 500 posts"_s);
        while (stack(journey).canRedo())
            journey.press(u"Ctrl+Shift+Z"_s);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        QTRY_COMPARE(pendingRows(journey), pinned);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT group_concat(title) FROM posts WHERE id > 497"_s),
                 u"Post number 499,Changed,New"_s);
    }

    /// However many posts it touched.
    void oneActionIsOneStepThroughASave()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QString before = dump(journey);
        journey.press(u"Shift+Down, Shift+Down, F2"_s);
        journey.type(u"Same"_s);
        journey.press(u"Ctrl+Return"_s); // fills what is selected
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE title = 'Same'"_s), u"3"_s);
        const int steps = stack(journey).index();
        while (stack(journey).index() > 0)
            journey.press(u"Ctrl+Z"_s);
        QCOMPARE(steps, 1);
        QTRY_COMPARE(journey.pending(), u"3 changes"_s);
        save(journey);
        QCOMPARE(dump(journey), before);
    }

    void typingIsUndoneAfterWalkingAndSaving()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"One. "_s);
        journey.press(u"Alt+PgDown"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"Hello 499"_s));
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"Two. "_s);
        save(journey);
        journey.press(u"F5"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Alt+PgUp"_s);
        QTRY_VERIFY(journey.fieldText(u"bodyEdit"_s).startsWith(u"One. Hello 500"_s));
        journey.press(u"Ctrl+Z"_s); // the text's own
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s),
                     u"Hello 500\n\nSecond paragraph of post 500."_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.sql(u"SELECT content LIKE 'One.%' FROM posts WHERE id = 500"_s), u"1"_s);
        journey.press(u"Alt+PgDown, Ctrl+Z"_s);
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s),
                     u"Hello 499\n\nSecond paragraph of post 499."_s);
        save(journey);
        QCOMPARE(journey.sql(u"SELECT count(*) FROM posts WHERE content LIKE 'Hello%'"_s),
                 u"500"_s);
    }

    /// What another program wrote since is not undone with it: that is a conflict, or theirs.
    void undoPastASaveOverwritesNobody()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Mine"_s);
        journey.press(u"Return"_s);
        save(journey);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET title = 'Theirs' WHERE id = 500"_s),
                 0);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"1 conflict"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Theirs"_s);
    }

    /// Nor is what was merged at the save, a paragraph of the same text.
    void undoPastAMergeLeavesTheirs()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Home"_s);
        journey.type(u"Mine! "_s);
        QCOMPARE(journey.database().outside(u"UPDATE posts SET content = 'Hello 500' || char(10) ||"
                                            " char(10) || 'Theirs.' WHERE id = 500"_s),
                 0);
        save(journey);
        const auto stored
            = [&journey] { return journey.sql(u"SELECT content FROM posts WHERE id = 500"_s); };
        QCOMPARE(stored(), u"Mine! Hello 500\n\nTheirs."_s);
        journey.press(u"Ctrl+Z"_s); // the text's own has nothing that it could take back
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"Mine! Hello 500\n\nTheirs."_s);
        journey.press(u"Ctrl+1, Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"Hello 500\n\nTheirs."_s);
        save(journey);
        QCOMPARE(stored(), u"Hello 500\n\nTheirs."_s);
        journey.press(u"Ctrl+Shift+Z"_s);
        save(journey);
        QCOMPARE(stored(), u"Mine! Hello 500\n\nTheirs."_s);
    }
};

QTEST_MAIN(TestUndo)
#include "tst_undo.moc"
