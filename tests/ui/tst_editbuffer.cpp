// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::RowState;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int createdColumn = 3;

StoredValue text(const char *value)
{
    return StoredValue::utf8(value);
}

orm::Record post(qint64 id)
{
    return {test::postValues(id), {}};
}

void setTitle(EditBuffer &edits, const Key &key, const StoredValue &value)
{
    edits.setValue(key, titleColumn, post(key.number()).values.at(titleColumn), value,
                   post(key.number()));
}

/// What a save of @p sent answers if the database stores it as it is; new rows get 501 and on.
orm::CommitResult committed(const orm::ChangeSet &sent)
{
    orm::CommitResult result;
    qint64 next = 501;
    for (const orm::RowChange &change : sent.rows) {
        orm::CommittedRow row;
        row.kind = change.kind;
        row.requested = change.key;
        row.key = change.key.isTemporary() ? Key::integer(next++) : change.key;
        row.row
            = change.kind == orm::RowChange::Kind::Delete ? change.base : post(row.key.number());
        if (change.kind == orm::RowChange::Kind::Insert) {
            row.row.values[titleColumn] = {};
            row.row.values[bodyColumn] = {};
        }
        for (const orm::FieldChange &field : change.fields)
            row.row.values[field.column] = field.value;
        result.rows.append(row);
    }
    return result;
}

} // namespace

class EditBufferTest final : public QObject
{
    Q_OBJECT

private slots:
    void baseIsWhatTheUserSawWhenTheEditBegan()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(499);
        edits.setValue(key, titleColumn, text("seen"), text("a"), post(499));
        edits.setValue(key, titleColumn, text("read again since"), text("ab"), post(499));
        QCOMPARE(edits.value(key, titleColumn), text("ab"));
        QCOMPARE(edits.base(key, titleColumn), text("seen"));
        QCOMPARE(edits.snapshot(key), post(499));
        QCOMPARE(edits.state(key), RowState::Modified);
        const orm::ChangeSet changes = edits.changeSet();
        QCOMPARE(changes.rows.size(), 1);
        QCOMPARE(changes.rows.first().kind, orm::RowChange::Kind::Update);
        QCOMPARE(changes.rows.first().fields,
                 (QList<orm::FieldChange>{{titleColumn, text("seen"), text("ab")}}));
    }

    void settingTheBaseAgainTakesTheEditBack()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(499);
        edits.setValue(key, titleColumn, text("seen"), text("a"), post(499));
        edits.setValue(key, bodyColumn, text("body"), text("b"), post(499));
        edits.setValue(key, titleColumn, text("other"), text("seen"), post(499));
        QVERIFY(!edits.value(key, titleColumn));
        QVERIFY(edits.contains(key));
        edits.setValue(key, bodyColumn, text("body"), text("body"), post(499));
        QVERIFY(!edits.contains(key));
        QCOMPARE(edits.state(key), RowState::Clean);
        QCOMPARE(edits.changeCount(), 0);
    }

    void valuesAreComparedRaw()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(1);
        edits.setValue(key, titleColumn, {}, text(""), post(1));
        QVERIFY(edits.contains(key)); // '' is not NULL
        edits.setValue(key, createdColumn, text("2024-01-01 01:00:00"),
                       text("2024-01-01 01:00:00.000000"), post(1));
        QVERIFY(edits.value(key, createdColumn));
        edits.setValue(key, bodyColumn, StoredValue::blob("x"), text("x"), post(1));
        QVERIFY(edits.value(key, bodyColumn));
    }

    void insertSendsTheSetColumnsOnly()
    {
        EditBuffer edits(test::postsTable());
        const Key key = edits.nextTemporaryKey();
        QVERIFY(key.isTemporary());
        edits.insert(key, {});
        edits.setValue(key, titleColumn, {}, text("Keyboard first"), {});
        QCOMPARE(edits.state(key), RowState::New);
        const orm::RowChange change = edits.changeSet().rows.first();
        QCOMPARE(change.kind, orm::RowChange::Kind::Insert);
        QCOMPARE(change.fields.size(), 1);
        QCOMPARE(change.fields.first().value, text("Keyboard first"));
        edits.unsetValue(key, titleColumn, {});
        QVERIFY(edits.changeSet().rows.first().fields.isEmpty());
        QVERIFY(edits.isNew(key));
        // NULL typed on purpose is a value.
        edits.setValue(key, titleColumn, {}, {}, {});
        QCOMPARE(edits.changeSet().rows.first().fields.size(), 1);
    }

    void deleteSendsTheWholeRowAndKeepsTheEditsUnderneath()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(498);
        setTitle(edits, key, text("edited"));
        edits.markDeleted(key, post(498));
        QCOMPARE(edits.state(key), RowState::Deleted);
        QVERIFY(!edits.value(key, titleColumn));
        const orm::RowChange change = edits.changeSet().rows.first();
        QCOMPARE(change.kind, orm::RowChange::Kind::Delete);
        QCOMPARE(change.base, post(498));
        edits.unmarkDeleted(key);
        QCOMPARE(edits.value(key, titleColumn), text("edited"));
        QCOMPARE(edits.state(key), RowState::Modified);
    }

    void onlyPendingValuesAreAskedWhetherTheyFit()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(1);
        const StoredValue tooLong = StoredValue::text(QString(260, u'x'));
        orm::Record stored = post(1);
        stored.values[titleColumn] = tooLong; // by another program
        edits.setValue(key, bodyColumn, text("a"), text("b"), stored);
        QCOMPARE(edits.state(key), RowState::Modified);
        QCOMPARE(edits.problemCount(), 0);
        edits.setValue(key, titleColumn, tooLong, StoredValue::text(QString(256, u'ä')), stored);
        QCOMPARE(edits.state(key), RowState::Invalid);
        QCOMPARE(edits.problemCount(), 1);
        const auto problem = edits.problem(key);
        QVERIFY(problem && problem->invalid);
        QCOMPARE(problem->columns, QList<int>{titleColumn});
        QCOMPARE(problem->invalid->length, 256);
        QCOMPARE(problem->invalid->limit, 255);
        edits.markDeleted(key, stored); // what goes needn't fit
        QCOMPARE(edits.state(key), RowState::Deleted);
        edits.unmarkDeleted(key);
        edits.setValue(key, titleColumn, tooLong, text("short"), stored);
        QCOMPARE(edits.state(key), RowState::Modified);
        QVERIFY(!edits.problem(key));
    }

    void textThatIsNoDateIsKeptAndAProblem()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(1);
        edits.setValue(key, createdColumn, text("2024-01-01 01:00:00"), text("tomorrow"), post(1));
        QCOMPARE(edits.value(key, createdColumn), text("tomorrow"));
        QCOMPARE(edits.problem(key)->invalid->kind, orm::ValueProblem::Kind::WrongType);
    }

    void problemsOfTheLastSaveStayUntilTheRowIsEdited()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(1);
        setTitle(edits, key, text("mine"));
        setTitle(edits, Key::integer(2), text("mine"));
        orm::RowProblem problem;
        problem.key = key;
        orm::RowProblem taken = problem;
        taken.key = Key::integer(2);
        taken.kind = orm::RowProblem::Kind::Constraint;
        edits.markProblems({problem, taken});
        QCOMPARE(edits.state(key), RowState::Conflict);
        QCOMPARE(edits.state(Key::integer(2)), RowState::Invalid);
        QCOMPARE(edits.conflictCount(), 1);
        QCOMPARE(edits.problemCount(), 1);
        QCOMPARE(edits.changeCount(), 2);
        setTitle(edits, key, text("mine, too"));
        QCOMPARE(edits.state(key), RowState::Modified);
        QCOMPARE(edits.conflictCount(), 0);
        setTitle(edits, Key::integer(2), post(2).values.at(titleColumn));
        QCOMPARE(edits.problemCount(), 0);
        QCOMPARE(edits.changeCount(), 1);
    }

    void keysAreInTheOrderInWhichEditsBegan()
    {
        EditBuffer edits(test::postsTable());
        setTitle(edits, Key::integer(7), text("a"));
        const Key first = edits.nextTemporaryKey();
        const Key second = edits.nextTemporaryKey();
        edits.insert(first, {});
        edits.insert(second, {});
        setTitle(edits, Key::integer(3), text("a"));
        setTitle(edits, Key::integer(7), text("b"));
        QCOMPARE(edits.keys(), (QList<Key>{Key::integer(7), first, second, Key::integer(3)}));
        QCOMPARE(edits.insertedKeys(), (QList<Key>{second, first}));
        edits.removeInserted(first);
        edits.insert(first, {});
        QCOMPARE(edits.insertedKeys(), (QList<Key>{second, first}));
    }

    void aBatchIsOneSignalOfEachKind()
    {
        EditBuffer edits(test::postsTable());
        const QSignalSpy changed(&edits, &EditBuffer::rowsChanged);
        const QSignalSpy inserted(&edits, &EditBuffer::rowsInserted);
        const QSignalSpy counts(&edits, &EditBuffer::countsChanged);
        {
            const EditBuffer::Batch batch(edits);
            for (qint64 id = 1; id <= EditBuffer::maxPendingRows - 1; ++id)
                edits.markDeleted(Key::integer(id), {});
            edits.insert(edits.nextTemporaryKey(), {});
        }
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().value<QList<Key>>().size(), EditBuffer::maxPendingRows);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(counts.size(), 1);
        QCOMPARE(edits.changeCount(), EditBuffer::maxPendingRows);
        QVERIFY(edits.canTake(0));
        QVERIFY(!edits.canTake(1));
    }

    void commitTakesOutWhatWasSent()
    {
        EditBuffer edits(test::postsTable());
        const Key added = edits.nextTemporaryKey();
        setTitle(edits, Key::integer(1), text("one"));
        edits.markDeleted(Key::integer(2), post(2));
        edits.insert(added, {{titleColumn, text("new")}});
        const orm::ChangeSet sent = edits.changeSet();
        const QSignalSpy signal(&edits, &EditBuffer::committed);
        edits.markCommitted(sent, committed(sent));
        QCOMPARE(signal.size(), 1);
        QCOMPARE(edits.changeCount(), 0);
        QCOMPARE(edits.resolve(added), Key::integer(501));
        QCOMPARE(edits.identity(Key::integer(501)), added);
        QVERIFY(!edits.contains(added));
    }

    void oneSaveMayBeOfSomeRows()
    {
        EditBuffer edits(test::postsTable());
        setTitle(edits, Key::integer(1), text("one"));
        setTitle(edits, Key::integer(2), text("two"));
        const orm::ChangeSet sent = edits.changeSet({Key::integer(2), Key::integer(99)});
        QCOMPARE(sent.rows.size(), 1);
        edits.markCommitted(sent, committed(sent));
        QCOMPARE(edits.keys(), QList<Key>{Key::integer(1)});
    }

    void whatWasDoneMeanwhileStays_data()
    {
        QTest::addColumn<int>("sent"); // 0 update of the title, 1 delete, 2 insert
        QTest::addColumn<int>("meanwhile");
        QTest::addColumn<int>("state");
        QTest::addColumn<QVariantList>("fields"); // column, base, value

        enum Sent { Update, Delete, Insert };
        enum Meanwhile { Nothing, SameField, OtherField, TakenBack, Removed, RemovedAfterEdit };
        const auto row = [](const char *name, Sent sent, Meanwhile meanwhile, RowState state,
                            const QVariantList &fields) {
            QTest::newRow(name) << int(sent) << int(meanwhile) << int(state) << fields;
        };
        const QVariantList none;
        row("update, nothing", Update, Nothing, RowState::Clean, none);
        row("update, same field", Update, SameField, RowState::Modified,
            {1, u"sent"_s, u"typed"_s});
        row("update, other field", Update, OtherField, RowState::Modified, {2, u"*"_s, u"typed"_s});
        row("update, taken back", Update, TakenBack, RowState::Modified,
            {1, u"sent"_s, u"Post number 1"_s});
        row("update, removed", Update, Removed, RowState::Deleted, none);
        row("update, edited and removed", Update, RemovedAfterEdit, RowState::Deleted,
            {1, u"sent"_s, u"typed"_s});
        row("delete, nothing", Delete, Nothing, RowState::Clean, none);
        row("delete, taken back", Delete, TakenBack, RowState::New, {1, u""_s, u"Post number 1"_s});
        row("delete, taken back and edited", Delete, SameField, RowState::New,
            {1, u""_s, u"typed"_s});
        row("insert, nothing", Insert, Nothing, RowState::Clean, none);
        row("insert, same field", Insert, SameField, RowState::Modified,
            {1, u"sent"_s, u"typed"_s});
        row("insert, other field", Insert, OtherField, RowState::Modified, {2, u""_s, u"typed"_s});
        row("insert, unset", Insert, TakenBack, RowState::Modified, {1, u"sent"_s, u""_s});
        row("insert, removed", Insert, Removed, RowState::Deleted, none);
    }

    void whatWasDoneMeanwhileStays()
    {
        QFETCH(const int, sent);
        QFETCH(const int, meanwhile);
        QFETCH(const int, state);
        QFETCH(const QVariantList, fields);

        EditBuffer edits(test::postsTable());
        const Key key = sent == 2 ? edits.nextTemporaryKey() : Key::integer(1);
        if (sent == 0)
            setTitle(edits, key, text("sent"));
        else if (sent == 1)
            edits.markDeleted(key, post(1));
        else
            edits.insert(key, {{titleColumn, text("sent")}});
        const orm::ChangeSet changes = edits.changeSet();
        const orm::CommitResult result = committed(changes);

        const orm::Record seen = sent == 2 ? orm::Record() : post(1);
        if (sent == 1 && meanwhile != 0)
            edits.unmarkDeleted(key);
        if (meanwhile == 1 || meanwhile == 5)
            edits.setValue(key, titleColumn, post(1).values.at(titleColumn), text("typed"), seen);
        else if (meanwhile == 2)
            edits.setValue(key, bodyColumn, post(1).values.at(bodyColumn), text("typed"), seen);
        else if (meanwhile == 3 && sent == 0)
            edits.setValue(key, titleColumn, {}, post(1).values.at(titleColumn), seen);
        else if (meanwhile == 3 && sent == 2)
            edits.unsetValue(key, titleColumn, {});
        if (meanwhile == 4 || meanwhile == 5) {
            if (sent == 2)
                edits.removeInserted(key);
            else
                edits.markDeleted(key, post(1));
        }

        edits.markCommitted(changes, result);
        const Key stored = result.rows.first().key;
        QCOMPARE(edits.resolve(key), stored);
        QCOMPARE(int(edits.state(stored)), state);
        QCOMPARE(edits.changeCount(), state == int(RowState::Clean) ? 0 : 1);
        if (RowState(state) == RowState::Deleted) // own writes are no conflict
            QCOMPARE(edits.changeSet().rows.first().base, result.rows.first().row);
        if (RowState(state) == RowState::New)
            QCOMPARE(edits.changeSet().rows.first().key, Key::integer(1));
        const QList<orm::FieldChange> left = edits.fields(stored);
        if (fields.isEmpty()) {
            QVERIFY(left.isEmpty());
            return;
        }
        const auto field = std::find_if(left.cbegin(), left.cend(), [&](const auto &other) {
            return other.column == fields.at(0).toInt();
        });
        QVERIFY(field != left.cend());
        if (fields.at(1).toString() != u"*"_s)
            QCOMPARE(field->base.toString(), fields.at(1).toString());
        QCOMPARE(field->value.toString(), fields.at(2).toString());
    }

    void aKeyThatWasGivenAwayAtOnceIsTheNewRows()
    {
        EditBuffer edits(test::postsTable());
        const Key added = edits.nextTemporaryKey();
        edits.insert(added, {{titleColumn, text("new")}});
        edits.markDeleted(Key::integer(501), post(501));
        const orm::ChangeSet sent = edits.changeSet();
        const orm::CommitResult result = committed(sent); // the new row gets 501
        edits.setValue(added, titleColumn, {}, text("typed since"), {});
        edits.markCommitted(sent, result);
        QCOMPARE(edits.identity(Key::integer(501)), added);
        QCOMPARE(edits.value(Key::integer(501), titleColumn), text("typed since"));
        QCOMPARE(edits.base(Key::integer(501), titleColumn), text("new"));
    }

    void whatBothSidesNeedSurvivesThatToo()
    {
        EditBuffer edits(test::postsTable());
        const Key added = edits.nextTemporaryKey();
        edits.insert(added, {{titleColumn, text("new")}});
        edits.markDeleted(Key::integer(501), post(501));
        const orm::ChangeSet sent = edits.changeSet();
        const orm::CommitResult result = committed(sent);
        edits.unmarkDeleted(Key::integer(501));
        edits.setValue(added, titleColumn, {}, text("typed since"), {});
        edits.markCommitted(sent, result);
        QCOMPARE(edits.value(added, titleColumn), text("typed since"));
        QCOMPARE(edits.changeCount(), 2);
        const Key again = edits.insertedKeys().first(); // its number is taken: it needs another one
        QVERIFY(again.isTemporary());
        QCOMPARE(edits.value(again, titleColumn), text("Post number 501"));
        QVERIFY(!edits.value(again, 0));
    }

    void aMergedSaveLeavesWhatWasNotSeenToTheNextCheck()
    {
        EditBuffer edits(test::postsTable());
        setTitle(edits, Key::integer(1), text("mine"));
        const orm::ChangeSet sent = edits.changeSet();
        orm::CommitResult result = committed(sent);
        result.rows[0].isMerged = true;
        result.rows[0].row.values[bodyColumn] = text("theirs");
        edits.markDeleted(Key::integer(1), post(1));
        edits.markCommitted(sent, result);
        const orm::Record base = edits.changeSet().rows.first().base;
        QCOMPARE(base.values.at(titleColumn), text("mine"));
        QCOMPARE(base.values.at(bodyColumn), post(1).values.at(bodyColumn));
    }

    void aRowBroughtBackIsInsertedAsItWas()
    {
        EditBuffer edits(test::postsTable());
        const Key key = Key::integer(1);
        orm::Record row = post(1);
        row.values[titleColumn] = StoredValue::text(QString(300, u'x')); // another program's
        row.values[createdColumn] = text("2024-01-01 01:00:00.678901");
        edits.markDeleted(key, row);
        const orm::ChangeSet sent = edits.changeSet();
        orm::CommitResult result = committed(sent);
        orm::DependentRow comment;
        comment.table = u"comments"_s;
        result.rows[0].dependents = {comment};
        edits.markCommitted(sent, result);
        QCOMPARE(edits.changeCount(), 0);

        const QSignalSpy inserted(&edits, &EditBuffer::rowsInserted);
        edits.bringBack(key, {});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(edits.state(key), RowState::New); // too long, but not by us
        const orm::RowChange change = edits.changeSet().rows.first();
        QCOMPARE(change.kind, orm::RowChange::Kind::Insert);
        QCOMPARE(change.key, key);
        QCOMPARE(change.fields.size(), row.values.size());
        for (const orm::FieldChange &field : change.fields)
            QCOMPARE(field.value, row.values.at(field.column));
        QCOMPARE(change.dependents.size(), 1);
        QCOMPARE(change.dependents.first().table, u"comments"_s);
    }

    void generatedColumnsAreNotWritten()
    {
        orm::Table table = test::postsTable();
        table.columns[createdColumn].isReadOnly = true;
        EditBuffer edits(table);
        edits.markDeleted(Key::integer(1), post(1));
        const orm::ChangeSet sent = edits.changeSet();
        edits.markCommitted(sent, committed(sent));
        edits.bringBack(Key::integer(1), {});
        QCOMPARE(edits.changeSet().rows.first().fields.size(), 3);
    }
};

QTEST_APPLESS_MAIN(EditBufferTest)
#include "tst_editbuffer.moc"
