// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/conflict.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/review/conflictmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::ConflictModel;
using ui::Decision;
using ui::EditBuffer;
using ui::EditHistory;
using ui::RowConflict;
using ui::RowState;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int createdColumn = 3;

StoredValue text(const QString &value)
{
    return StoredValue::text(value);
}

/// Pending edits over a few posts, which other programs change, too.
struct Desk
{
    static constexpr qint64 many = 3000;

    Desk()
        : source(test::postsTable())
        , edits(test::postsTable())
        , history(edits)
    {
        for (qint64 id = 5; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        shown = source.rows();
    }

    void edit(qint64 id, int column, const QString &value)
    {
        history.setValue(Key::integer(id), column, text(value), shown.value(Key::integer(id)));
    }
    void remove(qint64 id)
    {
        history.removeRows({Key::integer(id)}, {shown.value(Key::integer(id))});
    }
    bool save()
    {
        const orm::ChangeSet changes = edits.changeSet();
        const orm::CommitResult result = source.apply(changes);
        edits.markProblems(result.problems);
        edits.markCommitted(changes, result);
        return result.isCommitted();
    }
    /// All of many rows were changed by both, and a save has found that out.
    void meetOverMany()
    {
        for (qint64 id = 6; id <= many; ++id) {
            source.add(Key::integer(id), test::postValues(id));
            shown.insert(Key::integer(id), source.record(Key::integer(id)));
        }
        for (qint64 id = 1; id <= many; ++id) {
            edit(id, titleColumn, u"Mine %1"_s.arg(id));
            source.setValue(Key::integer(id), titleColumn, text(u"Theirs"_s));
        }
        QVERIFY(!save());
    }
    StoredValue stored(qint64 id, int column) const
    {
        return source.record(Key::integer(id)).values.value(column);
    }
    RowConflict conflict(qint64 id) const
    {
        return ui::conflictOf(edits, Key::integer(id)).value_or(RowConflict());
    }

    test::FakeRecordSource source;
    EditBuffer edits;
    EditHistory history;
    QHash<Key, orm::Record> shown;
};

} // namespace

class ConflictTest final : public QObject
{
    Q_OBJECT

private slots:
    void editsThatDontTouchAreMergedOverTheirs()
    {
        Desk desk;
        desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(!desk.save());
        QCOMPARE(desk.edits.state(Key::integer(5)), RowState::Conflict);
        QVERIFY(ui::mergeSilently(desk.history, desk.conflict(5)));
        QCOMPARE(desk.edits.state(Key::integer(5)), RowState::Modified);
        QCOMPARE(desk.edits.value(Key::integer(5), bodyColumn), text(u"Hello mine\n\nTheirs."_s));
        QCOMPARE(desk.edits.base(Key::integer(5), bodyColumn), text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello mine\n\nTheirs."_s));
    }

    /// What was merged is checked against what is there when it is written, not when it was merged.
    void aMergeIsCheckedAgain()
    {
        Desk desk;
        desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(!desk.save());
        QVERIFY(ui::mergeSilently(desk.history, desk.conflict(5)));
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello again\n\nTheirs."_s));
        QVERIFY(!desk.save());
        QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello again\n\nTheirs."_s));
        QVERIFY(!ui::mergeSilently(desk.history, desk.conflict(5)));
        QCOMPARE(desk.conflict(5).fields.first().base, text(u"Hello 5\n\nTheirs."_s));
    }

    /// What was typed is undone, what another program wrote stays.
    void undoLeavesWhatWasMerged()
    {
        for (const bool isSaved : {false, true}) {
            Desk desk;
            const Key key = Key::integer(5);
            desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
            desk.history.endFieldEdit();
            desk.edit(5, bodyColumn, u"Hello mine!\n\nSecond paragraph of post 5."_s);
            desk.source.setValue(key, bodyColumn, text(u"Hello 5\n\nTheirs."_s));
            QVERIFY(!desk.save());
            QVERIFY(ui::mergeSilently(desk.history, desk.conflict(5)));
            QCOMPARE(desk.history.undoStack().count(), 2); // the user did no more
            if (isSaved)
                QVERIFY(desk.save());
            desk.history.undo();
            QCOMPARE(desk.edits.value(key, bodyColumn), text(u"Hello mine\n\nTheirs."_s));
            if (isSaved)
                QVERIFY(desk.save());
            desk.history.undo();
            QVERIFY(desk.save());
            QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello 5\n\nTheirs."_s));
            desk.history.redo();
            QCOMPARE(desk.edits.value(key, bodyColumn), text(u"Hello mine\n\nTheirs."_s));
            desk.history.redo();
            QVERIFY(desk.save());
            QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello mine!\n\nTheirs."_s));
        }
    }

    /// Where that touches what they wrote, it is a conflict, before anything of theirs is written over.
    void undoThatTouchesWhatWasMergedIsAConflict()
    {
        Desk desk;
        desk.edit(5, bodyColumn, u"Hello 5\n\nMine."_s);
        desk.history.endFieldEdit();
        desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(!desk.save());
        QVERIFY(ui::mergeSilently(desk.history, desk.conflict(5)));
        QVERIFY(desk.save());
        desk.history.undo();
        QCOMPARE(desk.edits.value(Key::integer(5), bodyColumn), text(u"Hello 5\n\nMine."_s));
        QVERIFY(!desk.save());
        QCOMPARE(desk.conflict(5).kind, RowConflict::Kind::Fields);
        QVERIFY(!ui::mergeSilently(desk.history, desk.conflict(5)));
        QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello mine\n\nTheirs."_s));
        QCOMPARE(desk.conflict(5).fields.first().theirs, text(u"Hello mine\n\nTheirs."_s));
    }

    void whatTouchesIsNotMerged()
    {
        Desk desk;
        desk.edit(5, titleColumn, u"Mine"_s);
        desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
        desk.source.setValue(Key::integer(5), titleColumn, text(u"Theirs"_s));
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(!desk.save());
        QVERIFY(!ui::mergeSilently(desk.history, desk.conflict(5)));
        QCOMPARE(desk.edits.value(Key::integer(5), titleColumn), text(u"Mine"_s));
        QCOMPARE(desk.edits.state(Key::integer(5)), RowState::Conflict);
    }

    /// Both are short enough, together they aren't: that is for the user to see.
    void aMergeThatCannotBeStoredIsNotMade()
    {
        orm::Table table = test::postsTable();
        table.columns[bodyColumn].type = orm::String{40};
        EditBuffer edits(table);
        EditHistory history(edits);
        orm::Record shown{.values = test::postValues(5), .truncated = {}};
        shown.values[bodyColumn] = text(u"a\n\nb"_s);
        history.setValue(Key::integer(5), bodyColumn, text(u"a\n\n"_s + u"b"_s.repeated(30)),
                         shown);
        orm::RowProblem problem;
        problem.key = Key::integer(5);
        problem.theirs = shown;
        problem.theirs.values[bodyColumn] = text(u"a"_s.repeated(30) + u"\n\nb"_s);
        problem.conflicts
            = {{bodyColumn, shown.values.at(bodyColumn), *edits.value(Key::integer(5), bodyColumn),
                problem.theirs.values.at(bodyColumn)}};
        edits.markProblems({problem});
        QVERIFY(!ui::mergeSilently(history, *ui::conflictOf(edits, Key::integer(5))));
    }

    void kinds()
    {
        Desk desk;
        desk.edit(5, titleColumn, u"Mine"_s);
        desk.remove(4);
        desk.edit(3, titleColumn, u"Gone"_s);
        desk.edit(2, titleColumn, u"Replaced"_s);
        desk.edit(1, titleColumn, u"x"_s.repeated(300));
        desk.source.setValue(Key::integer(5), titleColumn, text(u"Theirs"_s));
        desk.source.setValue(Key::integer(4), titleColumn, text(u"Theirs"_s));
        desk.source.remove(Key::integer(3));
        desk.source.setValue(Key::integer(2), titleColumn, text(u"Another post"_s));
        desk.source.setValue(Key::integer(2), bodyColumn, text(u"Another body"_s));
        desk.source.setValue(Key::integer(2), createdColumn, text(u"2026-01-01 00:00:00"_s));
        const orm::ChangeSet changes = desk.edits.changeSet(
            {Key::integer(5), Key::integer(4), Key::integer(3), Key::integer(2)});
        desk.edits.markProblems(desk.source.apply(changes).problems);
        QCOMPARE(desk.conflict(5).kind, RowConflict::Kind::Fields);
        QCOMPARE(desk.conflict(4).kind, RowConflict::Kind::Deletion);
        QCOMPARE(desk.conflict(3).kind, RowConflict::Kind::Gone);
        QCOMPARE(desk.conflict(2).kind, RowConflict::Kind::Replaced);
        QVERIFY(!ui::conflictOf(desk.edits, Key::integer(1))); // invalid is no conflict
        QCOMPARE(ConflictModel(desk.history).conflictCount(), 4);
    }

    void aRowThatWasDeletedOutsideIsKeptAsANewOne()
    {
        Desk desk;
        desk.edit(3, titleColumn, u"Mine"_s);
        desk.source.remove(Key::integer(3));
        QVERIFY(!desk.save());
        const Key kept = ui::keepAsNew(desk.history, desk.conflict(3));
        QCOMPARE(desk.edits.changeCount(), 1);
        QCOMPARE(desk.edits.value(kept, titleColumn), text(u"Mine"_s));
        QCOMPARE(desk.edits.value(kept, bodyColumn), test::postValues(3).at(bodyColumn));
        QCOMPARE(desk.edits.value(kept, createdColumn), test::postValues(3).at(createdColumn));
        desk.history.undoStack().undo();
        QCOMPARE(desk.edits.keys(), QList<Key>{Key::integer(3)});
        desk.history.undoStack().redo();
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(desk.edits.resolve(kept).number(), titleColumn), text(u"Mine"_s));
    }

    void whatWasNeverReadWholeIsSaid()
    {
        Desk desk;
        orm::Record cut = desk.shown.value(Key::integer(3));
        cut.truncated.resize(4);
        cut.truncated.setBit(bodyColumn);
        desk.history.setValue(Key::integer(3), titleColumn, text(u"Mine"_s), cut);
        desk.source.remove(Key::integer(3));
        QVERIFY(!desk.save());
        QCOMPARE(desk.conflict(3).cut, QList<int>{bodyColumn});
    }

    // ------------------------------------------------------------------------------------- the model

    void nothingIsAppliedBeforeAllOfARowIsDecided()
    {
        Desk desk;
        desk.edit(5, titleColumn, u"Mine"_s);
        desk.edit(5, createdColumn, u"2024-02-02 00:00:00"_s);
        desk.edit(4, titleColumn, u"Mine"_s);
        for (const qint64 id : {5, 4}) {
            desk.source.setValue(Key::integer(id), titleColumn, text(u"Theirs"_s));
        }
        orm::CommitResult result = desk.source.apply(desk.edits.changeSet());
        // The created date is changed by both, too; then nothing tells that it is the same row but this.
        result.problems[0].conflicts.append(
            {createdColumn, desk.shown.value(Key::integer(5)).values.at(createdColumn),
             text(u"2024-02-02 00:00:00"_s), StoredValue()});
        desk.edits.markProblems(result.problems);
        ConflictModel model(desk.history);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.conflictCount(), 2);
        QVERIFY(!model.apply());
        model.decide(0, Decision::Mine);
        QVERIFY(!model.apply());
        QCOMPARE(model.nextOpen(0), 1);
        model.decide(2, Decision::Theirs);
        QCOMPARE(model.nextOpen(2), 1);
        QVERIFY(model.apply());
        QCOMPARE(desk.edits.contains(Key::integer(4)), false);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.decision(0), Decision::Mine); // kept
        QVERIFY(!model.canDecide(1, Decision::Both)); // no text
        model.decide(1, Decision::Theirs);
        QVERIFY(model.apply());
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(desk.edits.conflictCount(), 0);
        QCOMPARE(desk.edits.base(Key::integer(5), titleColumn), text(u"Theirs"_s));
    }

    void decisionsAreOneStep()
    {
        Desk desk;
        for (const qint64 id : {5, 4, 3, 2})
            desk.edit(id, titleColumn, u"Mine"_s);
        desk.remove(1);
        for (const qint64 id : {5, 4, 1})
            desk.source.setValue(Key::integer(id), titleColumn, text(u"Theirs"_s));
        desk.source.remove(Key::integer(3));
        desk.source.remove(Key::integer(2));
        QVERIFY(!desk.save());
        const int steps = desk.history.undoStack().count();
        ConflictModel model(desk.history);
        const Decision decisions[]
            = {Decision::Mine, Decision::Theirs, Decision::Mine, Decision::Theirs, Decision::Mine};
        for (int row = 0; row < 5; ++row)
            model.decide(row, decisions[row]);
        QVERIFY(model.apply());
        QCOMPARE(desk.history.undoStack().count(), steps + 1);
        QCOMPARE(desk.edits.changeCount(), 3); // #5, #3 as a new one, the deletion of #1
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(5, titleColumn), text(u"Mine"_s));
        QCOMPARE(desk.stored(4, titleColumn), text(u"Theirs"_s));
        QVERIFY(!desk.source.rows().contains(Key::integer(2)));
        QVERIFY(!desk.source.rows().contains(Key::integer(1)));
        QCOMPARE(desk.source.rows().size(), 3);
    }

    void bothTogether()
    {
        Desk desk;
        desk.edit(5, titleColumn, u"Mine"_s);
        desk.edit(5, bodyColumn, u"Hello mine\n\nSecond paragraph of post 5."_s);
        desk.source.setValue(Key::integer(5), titleColumn, text(u"Theirs"_s));
        desk.source.setValue(Key::integer(5), bodyColumn, text(u"Hello 5\n\nTheirs."_s));
        QVERIFY(!desk.save());
        ConflictModel model(desk.history);
        QCOMPARE(model.decision(0), Decision::Open);
        QCOMPARE(model.decision(1), Decision::Both); // they don't touch: proposed
        QVERIFY(model.isBothClean(1));
        QCOMPARE(model.both(0), text(u"Mine / Theirs"_s));
        model.setBoth(0, text(u"Mine and theirs"_s));
        QVERIFY(model.apply());
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(5, titleColumn), text(u"Mine and theirs"_s));
        QCOMPARE(desk.stored(5, bodyColumn), text(u"Hello mine\n\nTheirs."_s));
    }

    /// Of very many the first ones are there at once, and can be decided on while the rest comes.
    void veryManyAreReadBitByBit()
    {
        Desk desk;
        desk.meetOverMany();
        ConflictModel model(desk.history);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.rowCount() > 0);
        QVERIFY(model.rowCount() <= ConflictModel::mostAtOnce);
        QCOMPARE(model.conflictCount(), Desk::many);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.decide(0, Decision::Theirs);
        model.decide(1, Decision::Mine);
        QTRY_COMPARE(model.rowCount(), Desk::many);
        QCOMPARE(resets.count(), 0); // whoever stands at the first one stays there
        QCOMPARE(model.decision(0), Decision::Theirs);
        QCOMPARE(model.conflict(int(Desk::many) - 1).key, Key::integer(Desk::many));

        QVERIFY(model.apply());
        QCOMPARE(model.rowCount(), Desk::many - 2); // they can't be decided on twice
        QCOMPARE(model.conflict(0).key, Key::integer(3));
        QVERIFY(!desk.edits.contains(Key::integer(1)));
        QCOMPARE(desk.edits.base(Key::integer(2), titleColumn), text(u"Theirs"_s));
        model.decide(0, Decision::Mine);
        desk.history.endFieldEdit();
        desk.edit(Desk::many, titleColumn, u"Mine, and more"_s);
        QTRY_COMPARE(model.rowCount(), Desk::many - 3);
        QCOMPARE(model.decision(0), Decision::Mine); // kept
        QVERIFY(model.apply());
        QCOMPARE(desk.edits.base(Key::integer(3), titleColumn), text(u"Theirs"_s));
    }

    /// What was read a moment ago isn't decided on any more.
    void aConflictThatHasChangedIsNotApplied()
    {
        Desk desk;
        desk.meetOverMany();
        ConflictModel model(desk.history);
        model.decide(0, Decision::Theirs);
        desk.history.endFieldEdit();
        desk.edit(1, titleColumn, u"Mine again"_s);
        QVERIFY(!model.apply());
        QCOMPARE(desk.edits.value(Key::integer(1), titleColumn), text(u"Mine again"_s));
    }

    void aRowThatIsEditedAgainIsInConflictNoMore()
    {
        Desk desk;
        for (const qint64 id : {5, 4}) {
            desk.edit(id, titleColumn, u"Mine"_s);
            desk.source.setValue(Key::integer(id), titleColumn, text(u"Theirs"_s));
        }
        QVERIFY(!desk.save());
        ConflictModel model(desk.history);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.decide(1, Decision::Mine);
        desk.history.endFieldEdit();
        desk.edit(5, titleColumn, u"Mine, and more"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.conflict(0).key, Key::integer(4));
        QCOMPARE(model.decision(0), Decision::Mine);
    }
};

QTEST_MAIN(ConflictTest)
#include "tst_conflict.moc"
