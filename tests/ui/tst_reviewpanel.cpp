// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/review/reviewpanel.h"

#include <QAbstractItemModelTester>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextEdit>
#include <QTreeView>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::EditHistory;
using ui::ReviewModel;
using ui::ReviewPanel;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;

using TesterMode = QAbstractItemModelTester::FailureReportingMode;

struct Desk
{
    Desk()
        : edits(test::postsTable())
        , history(edits)
    {}

    static orm::Record shown(qint64 id)
    {
        return {.values = test::postValues(id), .truncated = {}};
    }
    void edit(qint64 id, int column, const QString &value)
    {
        history.setValue(Key::integer(id), column, StoredValue::text(value), shown(id));
        history.endFieldEdit();
    }
    QString text(const ReviewModel &model, int row) const
    {
        QStringList cells;
        for (int column = 0; column < ReviewModel::ColumnCount; ++column)
            cells << model.index(row, column).data().toString();
        return cells.join(u" | "_s);
    }

    EditBuffer edits;
    EditHistory history;
};

} // namespace

class ReviewPanelTest final : public QObject
{
    Q_OBJECT

private slots:
    void eachPendingRowIsALine()
    {
        Desk desk;
        desk.edit(500, titleColumn, u"Five hundred"_s);
        desk.edit(500, bodyColumn, u"Other"_s);
        desk.history.removeRows({Key::integer(498)}, {Desk::shown(498)});
        const Key fresh
            = desk.history.insertRow({{titleColumn, StoredValue::text(u"Keyboard first"_s)}});
        desk.edit(497, titleColumn, u"Mine"_s);
        orm::RowProblem problem;
        problem.key = Key::integer(497);
        problem.theirs = Desk::shown(497);
        desk.edits.markProblems({problem});
        const ReviewModel model(desk.edits);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(desk.text(model, 0), u"~ | 500 | Title: Post number 500 → Five hundred; Body"_s);
        QCOMPARE(desk.text(model, 1), u"− | 498 | Delete “Post number 498”"_s);
        QCOMPARE(desk.text(model, 2), u"+ | new | “Keyboard first”"_s);
        QCOMPARE(desk.text(model, 3), u"! | 497 | “Post number 497”: changed outside, too"_s);
        QCOMPARE(model.rowOf(fresh), 2);
        QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(),
                 u"498, Delete “Post number 498”, in this save"_s);
    }

    /// Its neighbours stay where they are, each on its side of the arrow.
    void aValueFromTheRightStandsByItself()
    {
        Desk desk;
        desk.edit(7, titleColumn, u"שלום"_s);
        const ReviewModel model(desk.edits);
        QCOMPARE(desk.text(model, 0), u"~ | 7 | Title: Post number 7 → \u2068שלום\u2069"_s);
    }

    void itFollowsTheEdits()
    {
        Desk desk;
        desk.edit(1, titleColumn, u"a"_s);
        desk.edit(2, titleColumn, u"b"_s);
        ReviewModel model(desk.edits);
        const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setTicked({0}, false);
        QCOMPARE(model.tickedKeys(), QList<Key>{Key::integer(2)});
        desk.edit(3, titleColumn, u"c"_s);
        desk.edit(2, titleColumn, u"Post number 2"_s); // taken back
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(desk.text(model, 1), u"~ | 3 | Title: Post number 3 → c"_s);
        QCOMPARE(model.tickedKeys(), QList<Key>{Key::integer(3)}); // what is new is in
        desk.history.undoStack().undo();
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.isTicked(model.rowOf(Key::integer(1))));
        desk.history.revertRows({Key::integer(1)});
        desk.history.undoStack().undo();
        QVERIFY(model.isTicked(model.rowOf(Key::integer(1)))); // begun anew
        QCOMPARE(resets.size(), 0);
    }

    void aSaveTakesWhatItSaved()
    {
        Desk desk;
        test::FakeRecordSource source(test::postsTable());
        for (qint64 id = 3; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        desk.edit(1, titleColumn, u"a"_s);
        desk.history.insertRow({{titleColumn, StoredValue::text(u"new"_s)}});
        desk.edit(3, titleColumn, u"c"_s);
        ReviewModel model(desk.edits);
        const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
        model.setTicked({2}, false);
        const orm::ChangeSet sent = desk.edits.changeSet(model.tickedKeys());
        QCOMPARE(sent.rows.size(), 2);
        desk.edits.markCommitted(sent, source.apply(sent));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.keyAt(0), Key::integer(3));
        QCOMPARE(model.tickedCount(), 0);
    }

    /// Ten thousand rows: no text is made that nobody looks at, and what comes at once is one reset.
    void thousandsOfChanges()
    {
        Desk desk;
        QList<Key> keys;
        QList<StoredValue> values;
        QList<orm::Record> shown;
        for (qint64 id = 1; id <= 10'000; ++id) {
            keys << Key::integer(id);
            values << StoredValue::text(u"Title %1"_s.arg(id));
            shown << Desk::shown(id);
        }
        int compiled = 0;
        ReviewPanel panel(desk.history, [&compiled](const orm::ChangeSet &changes) {
            compiled += int(changes.rows.size());
            return QStringList();
        });
        panel.resize(400, 600);
        panel.show();
        QSignalSpy changes(&panel.model(), &QAbstractItemModel::dataChanged);
        QSignalSpy resets(&panel.model(), &QAbstractItemModel::modelReset);
        desk.history.setValues(keys, titleColumn, values, shown);
        QCOMPARE(panel.model().rowCount(), 10'000);
        QCOMPARE(resets.size(), 1);
        QVERIFY(changes.size() <= 1);
        QTRY_COMPARE(compiled, 1); // the current row's, once
        auto *list = panel.findChild<QTreeView *>(u"reviewList"_s);
        list->selectAll();
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(panel.model().tickedCount(), 0);
        QVERIFY(changes.size() <= 2);
        QTest::keyClick(list, Qt::Key_Delete);
        desk.history.runner().finish();
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.history.undoStack().undo();
        QCOMPARE(panel.model().rowCount(), 10'000);
    }

    void theCurrentRowIsShown()
    {
        Desk desk;
        desk.edit(500, titleColumn, u"Post title 500"_s);
        desk.edit(499, bodyColumn, u"Hello 499\n\nOther paragraph of post 499."_s);
        ReviewPanel panel(desk.history, [](const orm::ChangeSet &changes) {
            return QStringList{u"SQL of %1"_s.arg(changes.rows.first().key.toString())};
        });
        const auto *diff = panel.findChild<QTextEdit *>(u"reviewDiff"_s);
        const auto *sql = panel.findChild<QPlainTextEdit *>(u"reviewSql"_s);
        QCOMPARE(diff->toPlainText(), u"Title\nPost number title 500"_s);
        QCOMPARE(sql->toPlainText(), u"SQL of 500"_s);
        auto *list = panel.findChild<QTreeView *>(u"reviewList"_s);
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_COMPARE(sql->toPlainText(), u"SQL of 499"_s);
        QVERIFY(diff->accessibleDescription().contains(u"removed: Second; added: Other"_s));
    }

    void keys()
    {
        Desk desk;
        for (const qint64 id : {3, 2, 1})
            desk.edit(id, titleColumn, u"x"_s);
        ReviewPanel panel(desk.history, [](const orm::ChangeSet &) { return QStringList(); });
        auto *list = panel.findChild<QTreeView *>(u"reviewList"_s);
        const QSignalSpy requested(&panel, &ReviewPanel::rowRequested);
        QSignalSpy emptied(&panel, &ReviewPanel::emptied);
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(panel.tickedKeys(), (QList<Key>{Key::integer(2), Key::integer(1)}));
        QTest::keyClick(list, Qt::Key_Space);
        QCOMPARE(panel.tickedKeys().size(), 3);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.first().first().value<Key>(), Key::integer(2));
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(desk.edits.keys(), (QList<Key>{Key::integer(3), Key::integer(1)}));
        QCOMPARE(list->currentIndex().row(), 1);
        desk.history.undoStack().undo();
        QCOMPARE(desk.edits.changeCount(), 3);
        QCOMPARE(emptied.size(), 0);
        desk.history.revertRows(desk.edits.keys());
        QCOMPARE(emptied.size(), 1);
    }
};

QTEST_MAIN(ReviewPanelTest)
#include "tst_reviewpanel.moc"
