// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"

#include <QMap>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::EditHistory;
using ui::RowState;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;

StoredValue text(const char *value)
{
    return StoredValue::utf8(value);
}

/// A buffer and its history over a few posts, with saves that answer when the test wants.
struct Desk
{
    explicit Desk(int posts = 500)
        : source(test::postsTable())
        , edits(test::postsTable())
        , history(edits)
    {
        for (qint64 id = posts; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        shown = source.rows();
        QObject::connect(&edits, &EditBuffer::committed, &edits,
                         [this](const orm::CommitResult &result) {
                             for (const orm::CommittedRow &row : result.rows) {
                                 if (row.kind == orm::RowChange::Kind::Delete)
                                     shown.remove(row.key);
                             }
                             for (const orm::CommittedRow &row : result.rows) {
                                 if (row.kind != orm::RowChange::Kind::Delete)
                                     shown.insert(row.key, row.row);
                             }
                         });
    }

    QUndoStack &stack() { return history.undoStack(); }
    orm::Record record(const Key &key) const { return shown.value(edits.resolve(key)); }
    void setTitle(const Key &key, const StoredValue &value)
    {
        history.setValue(key, titleColumn, value, record(key));
    }
    void remove(const QList<Key> &keys)
    {
        QList<orm::Record> whole;
        for (const Key &key : keys)
            whole.append(record(key));
        history.removeRows(keys, whole);
    }
    StoredValue title(const Key &key) const
    {
        if (const auto pending = edits.value(key, titleColumn))
            return *pending;
        const orm::Record stored = record(key);
        return stored.values.isEmpty() ? StoredValue() : stored.values.at(titleColumn);
    }
    bool save()
    {
        const orm::ChangeSet changes = edits.changeSet();
        const orm::CommitResult result = source.apply(changes);
        edits.markProblems(result.problems);
        edits.markCommitted(changes, result);
        return result.isCommitted();
    }

    /// What the user sees: each row by its identity, deleted ones marked.
    QMap<QString, QStringList> view() const
    {
        QMap<QString, QStringList> rows;
        const auto add = [&](const Key &key, const orm::Record &stored) {
            QStringList &values = rows[edits.identity(key).toString()];
            if (edits.isDeleted(key)) {
                values = {u"deleted"_s};
                return;
            }
            for (int column = 1; column < 4; ++column) {
                const auto pending = edits.value(key, column);
                const StoredValue value = pending ? *pending
                    : stored.values.isEmpty()     ? StoredValue()
                                                  : stored.values.at(column);
                values.append(value.isNull() ? u"NULL"_s : value.toString());
            }
        };
        for (auto row = shown.cbegin(); row != shown.cend(); ++row)
            add(row.key(), row.value());
        for (const Key &key : edits.insertedKeys())
            add(key, {});
        // A row that goes is as good as gone: a save makes no difference.
        for (auto row = rows.begin(); row != rows.end();)
            row = row->first() == u"deleted"_s ? rows.erase(row) : std::next(row);
        return rows;
    }

    test::FakeRecordSource source;
    EditBuffer edits;
    EditHistory history;
    QHash<Key, orm::Record> shown; ///< as last read or committed
};

} // namespace

class EditHistoryTest final : public QObject
{
    Q_OBJECT

private slots:
    /// Typed into a new row, saved, taken back: by the snapshot the row is known again after a crash.
    void undoingPastTheSaveOfANewRowKnowsTheRow()
    {
        Desk desk;
        const Key key = desk.history.insertRow({{titleColumn, text("Title")}});
        desk.history.setValue(key, bodyColumn, text("Body"), {});
        QVERIFY(desk.save());
        desk.history.undo();
        QVERIFY(desk.edits.fields(key).first().value.isNull());
        QCOMPARE(desk.edits.snapshot(key), desk.record(key));
        QCOMPARE(desk.edits.snapshot(key).values.at(bodyColumn), text("Body"));
    }

    /// By the snapshot a journal finds out whether a row is the one that was edited.
    void theSnapshotIsWhatTheLastSaveStored()
    {
        Desk desk;
        const Key key = Key::integer(7);
        desk.setTitle(key, text("one"));
        QVERIFY(desk.save());
        for (int i = 0; i < 2; ++i) {
            desk.stack().undo();
            QCOMPARE(desk.edits.snapshot(key), desk.record(key));
            desk.stack().redo();
        }
    }

    void typingInOneVisitIsOneStep()
    {
        Desk desk;
        const Key key = Key::integer(499);
        for (const char *typed : {"P", "Po", "Pos", "Post"})
            desk.setTitle(key, text(typed));
        QCOMPARE(desk.stack().count(), 1);
        QCOMPARE(desk.stack().text(0), u"Edit Title of #499"_s);
        QCOMPARE(desk.stack().undoText(), u"edit Title of #499"_s);
        desk.history.endFieldEdit();
        desk.setTitle(key, text("Postal"));
        QCOMPARE(desk.stack().count(), 2);
        desk.stack().undo();
        QCOMPARE(desk.title(key), text("Post"));
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.stack().redo();
        QCOMPARE(desk.title(key), text("Post"));
    }

    void anotherFieldIsAnotherStep()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("a"));
        desk.history.setValue(key, bodyColumn, text("b"), desk.record(key));
        desk.setTitle(Key::integer(498), text("c"));
        QCOMPARE(desk.stack().count(), 3);
        QCOMPARE(desk.stack().text(1), u"Edit Body of #499"_s);
    }

    void typingBackToTheStartLeavesNoStep()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("P"));
        desk.setTitle(key, desk.record(key).values.at(titleColumn));
        QCOMPARE(desk.stack().count(), 0);
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.setTitle(key, desk.record(key).values.at(titleColumn)); // nothing to do
        QCOMPARE(desk.stack().count(), 0);
    }

    void typingAfterUndoIsANewStep()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("a"));
        desk.history.endFieldEdit();
        desk.setTitle(key, text("ab"));
        desk.stack().undo();
        desk.setTitle(key, text("ac"));
        QCOMPARE(desk.stack().count(), 2);
        desk.stack().undo();
        QCOMPARE(desk.title(key), text("a"));
    }

    void aSaveEndsTheStep()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("saved"));
        QVERIFY(desk.save());
        desk.setTitle(key, text("saved, and more"));
        QCOMPARE(desk.stack().count(), 2);
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
    }

    void aNewRowGoesAndComesBackWithAllThatWasTyped()
    {
        Desk desk;
        const Key key = desk.history.insertRow({{bodyColumn, text("template")}});
        QCOMPARE(desk.stack().text(0), u"New post"_s);
        desk.setTitle(key, text("January"));
        QCOMPARE(desk.stack().text(1), u"Edit Title of new post"_s);
        desk.stack().undo();
        QVERIFY(!desk.edits.value(key, titleColumn)); // untouched again, not NULL
        desk.stack().undo();
        QVERIFY(!desk.edits.contains(key));
        desk.stack().redo();
        QCOMPARE(desk.edits.insertedKeys(), QList<Key>{key});
        QCOMPARE(desk.edits.value(key, bodyColumn), text("template"));
        desk.stack().redo();
        QCOMPARE(desk.edits.value(key, titleColumn), text("January"));
    }

    void deletingManyIsOneStep()
    {
        Desk desk;
        const Key added = desk.history.insertRow({});
        desk.setTitle(added, text("new"));
        desk.setTitle(Key::integer(499), text("edited"));
        desk.remove({Key::integer(500), Key::integer(499), added});
        QCOMPARE(desk.stack().undoText(), u"delete 3 posts"_s);
        QVERIFY(!desk.edits.contains(added));
        QCOMPARE(desk.edits.state(Key::integer(499)), RowState::Deleted);
        desk.stack().undo();
        QCOMPARE(desk.title(added), text("new"));
        QCOMPARE(desk.title(Key::integer(499)), text("edited"));
        QVERIFY(!desk.edits.contains(Key::integer(500)));
        desk.stack().redo();
        QCOMPARE(desk.edits.changeCount(), 2);
    }

    void deletingTwiceIsNoStep()
    {
        Desk desk;
        desk.remove({Key::integer(500)});
        desk.remove({Key::integer(500)});
        QCOMPARE(desk.stack().count(), 1);
        desk.history.removeRows({Key::integer(499)}, {{}}); // gone from the database
        QCOMPARE(desk.stack().count(), 1);
    }

    void changingManyIsOneStep()
    {
        Desk desk;
        const QList<Key> keys{Key::integer(500), Key::integer(499), Key::integer(498)};
        desk.history.setValues(keys, titleColumn, {text("a"), text("b"), text("Post number 498")},
                               {desk.record(keys[0]), desk.record(keys[1]), desk.record(keys[2])});
        QCOMPARE(desk.edits.changeCount(), 2); // the third has that title
        QCOMPARE(desk.stack().text(0), u"Edit Title of 2 posts"_s);
        const QSignalSpy changed(&desk.edits, &EditBuffer::rowsChanged);
        desk.stack().undo();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(desk.edits.changeCount(), 0);
    }

    void undoPastASaveStagesTheInverse()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("saved"));
        QVERIFY(desk.save());
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.stack().undo();
        QCOMPARE(desk.title(key), text("Post number 499"));
        QCOMPARE(desk.edits.base(key, titleColumn), text("saved"));
        QVERIFY(desk.save());
        QCOMPARE(desk.source.record(key).values, test::postValues(499));
        desk.stack().redo();
        QCOMPARE(desk.edits.base(key, titleColumn), text("Post number 499"));
        QVERIFY(desk.save());
        QCOMPARE(desk.title(key), text("saved"));
    }

    void undoOfASavedInsertDeletesTheStoredRow()
    {
        Desk desk;
        const Key key = desk.history.insertRow({});
        desk.setTitle(key, text("January"));
        QVERIFY(desk.save());
        const Key stored = Key::integer(501);
        QCOMPARE(desk.edits.resolve(key), stored);
        desk.stack().undo();
        desk.stack().undo();
        QCOMPARE(desk.edits.state(stored), RowState::Deleted);
        QCOMPARE(desk.edits.changeSet().rows.first().base, desk.source.record(stored));
        QVERIFY(desk.save());
        QVERIFY(!desk.source.rows().contains(stored));
        desk.stack().redo(); // back under its own number
        desk.stack().redo();
        QCOMPARE(desk.edits.changeSet().rows.first().key, stored);
        QVERIFY(desk.save());
        QCOMPARE(desk.source.record(stored).values.at(titleColumn), text("January"));
    }

    void undoOfASavedDeleteBringsTheExactRowBack()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.source.setValue(key, 3, text("2024-01-21 19:00:00.678901"));
        desk.source.setValue(key, bodyColumn, StoredValue::blob("\xff\0x"_ba));
        desk.shown = desk.source.rows();
        const orm::Record before = desk.source.record(key);
        desk.remove({key});
        QVERIFY(desk.save());
        QVERIFY(!desk.source.rows().contains(key));
        desk.stack().undo();
        QCOMPARE(desk.edits.state(key), RowState::New);
        QVERIFY(desk.save());
        QCOMPARE(desk.source.record(key), before);
        desk.stack().redo();
        QCOMPARE(desk.edits.state(key), RowState::Deleted);
        QVERIFY(desk.save());
        QVERIFY(!desk.source.rows().contains(key));
    }

    void aNumberUsedAgainIsAnotherRow()
    {
        Desk desk(3);
        const Key old = Key::integer(3);
        const orm::Record before = desk.source.record(old);
        desk.remove({old});
        QVERIFY(desk.save());
        const Key added = desk.history.insertRow({{titleColumn, text("other")}});
        QVERIFY(desk.save());
        QCOMPARE(desk.edits.resolve(added), old);
        desk.stack().undo(); // the new row goes
        desk.stack().undo(); // the old one comes back in its place, in one save
        QVERIFY(desk.save());
        QCOMPARE(desk.source.record(old), before);
        desk.stack().redo();
        desk.stack().redo();
        QVERIFY(desk.save());
        QCOMPARE(desk.source.record(old).values.at(titleColumn), text("other"));
    }

    void whatTheDatabaseMadeOfAValueIsTheBase()
    {
        Desk desk;
        const Key key = Key::integer(499);
        desk.setTitle(key, text("7"));
        const orm::ChangeSet sent = desk.edits.changeSet();
        orm::CommitResult result = desk.source.apply(sent);
        result.rows[0].row.values[titleColumn] = StoredValue::integer(7); // the column's affinity
        desk.source.setValue(key, titleColumn, StoredValue::integer(7));
        desk.edits.markCommitted(sent, result);
        desk.stack().undo();
        QCOMPARE(desk.edits.base(key, titleColumn), StoredValue::integer(7));
        desk.stack().redo();
        QCOMPARE(desk.edits.changeCount(), 0); // as stored is as it was set
    }

    void revertIsOneStepAndUndoable()
    {
        Desk desk;
        const Key added = desk.history.insertRow({{titleColumn, text("new")}});
        desk.setTitle(Key::integer(1), text("a"));
        desk.setTitle(Key::integer(2), text("b"));
        desk.remove({Key::integer(2), Key::integer(3)});
        const auto before = desk.view();
        desk.history.revertRows(desk.edits.keys());
        QCOMPARE(desk.edits.changeCount(), 0);
        QCOMPARE(desk.stack().undoText(), u"revert 4 posts"_s);
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 4);
        QCOMPARE(desk.view(), before);
        QCOMPARE(desk.title(added), text("new"));
        desk.edits.unmarkDeleted(Key::integer(2));
        QCOMPARE(desk.title(Key::integer(2)), text("b"));
    }

    void anEmptyNewRowLeavesNoStep()
    {
        Desk desk;
        desk.setTitle(Key::integer(1), text("a"));
        const Key empty = desk.history.insertRow({});
        desk.history.forgetEmptyRow(empty);
        QCOMPARE(desk.stack().count(), 1);
        QVERIFY(!desk.edits.contains(empty));

        const Key typed = desk.history.insertRow({});
        desk.setTitle(typed, text("x"));
        desk.history.forgetEmptyRow(typed);
        QVERIFY(desk.edits.contains(typed));

        const Key between = desk.history.insertRow({});
        desk.setTitle(Key::integer(2), text("b"));
        desk.history.forgetEmptyRow(between);
        QVERIFY(!desk.edits.contains(between));
        QCOMPARE(desk.title(Key::integer(2)), text("b"));
        desk.history.undo();
        QCOMPARE(desk.title(Key::integer(2)), text("Post number 2"));
        QCOMPARE(desk.stack().undoText(), u"edit Title of new post"_s); // not the forgotten one
        desk.history.redo();
        QCOMPARE(desk.title(Key::integer(2)), text("b"));
        while (desk.stack().canUndo())
            desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
        while (desk.stack().canRedo())
            desk.stack().redo();
        QVERIFY(!desk.edits.contains(between));
    }

    void aClearedFieldOfANewRowIsUntouched()
    {
        Desk desk;
        const Key added = desk.history.insertRow({});
        desk.setTitle(added, text("x"));
        desk.history.clearValue(added, titleColumn, {});
        QVERIFY(!desk.edits.value(added, titleColumn)); // its default applies
        QVERIFY(desk.edits.changeSet().rows.first().fields.isEmpty());
        QCOMPARE(desk.stack().count(), 1); // typed and taken back is no step
        desk.setTitle(added, text("y"));
        desk.history.endFieldEdit();
        desk.history.clearValue(added, titleColumn, {});
        desk.history.undo();
        QCOMPARE(desk.title(added), text("y"));
        desk.history.redo();
        QVERIFY(!desk.edits.value(added, titleColumn));

        // A stored row has no untouched fields: there it is NULL.
        const Key stored = Key::integer(3);
        desk.history.clearValue(stored, titleColumn, desk.record(stored));
        QCOMPARE(desk.edits.value(stored, titleColumn), StoredValue());
        // So it is for one brought back, which is to be as it was but for this.
        desk.history.undo();
        desk.remove({stored});
        QVERIFY(desk.save());
        desk.history.undo();
        QVERIFY(desk.edits.isNew(stored));
        desk.history.clearValue(stored, titleColumn, {});
        QCOMPARE(desk.edits.value(stored, titleColumn), StoredValue());
    }

    void moreThanItTakesIsRefused()
    {
        Desk desk(1);
        const QSignalSpy refused(&desk.history, &EditHistory::refused);
        QList<QHash<int, StoredValue>> rows(EditBuffer::maxPendingRows);
        QCOMPARE(desk.history.insertRows(rows, u"Paste"_s).size(), EditBuffer::maxPendingRows);
        QCOMPARE(refused.size(), 0);
        QVERIFY(desk.history.insertRow({}).isNull());
        desk.setTitle(Key::integer(1), text("a"));
        desk.remove({Key::integer(1)});
        QCOMPARE(refused.size(), 3);
        QCOMPARE(refused.first().at(0).toLongLong(), 1);
        QCOMPARE(refused.first().at(1).toInt(), EditBuffer::maxPendingRows);
        QCOMPARE(desk.edits.changeCount(), EditBuffer::maxPendingRows);
        QCOMPARE(desk.stack().count(), 1);
        const QSignalSpy removed(&desk.edits, &EditBuffer::insertedRowsRemoved);
        desk.stack().undo();
        QCOMPARE(removed.size(), 1);
        QCOMPARE(desk.edits.changeCount(), 0);
    }

    void aCutValueIsNoBase()
    {
        Desk desk;
        orm::Record shown = desk.record(Key::integer(1));
        shown.truncated.resize(4);
        shown.truncated.setBit(bodyColumn);
        desk.history.setValue(Key::integer(1), bodyColumn, text("a"), shown);
        QCOMPARE(desk.edits.changeCount(), 0);
    }

    void typedAndTakenAwayWhileItWasSaved()
    {
        Desk desk;
        const Key key = desk.history.insertRow({});
        desk.setTitle(key, text("sent"));
        const orm::ChangeSet sent = desk.edits.changeSet();
        const orm::CommitResult result = desk.source.apply(sent);
        desk.history.endFieldEdit();
        desk.setTitle(key, text("sent, and more"));
        desk.remove({key});
        desk.edits.markCommitted(sent, result);
        QCOMPARE(desk.edits.state(key), RowState::Deleted);
        desk.stack().undo(); // not a word is lost
        QCOMPARE(desk.title(key), text("sent, and more"));
        QCOMPARE(desk.edits.base(key, titleColumn), text("sent"));
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
    }

    void whateverIsDoneCanBeUndoneThroughSaves_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<bool>("isUsedAgain");
        for (quint32 seed = 1; seed <= 150; ++seed) {
            QTest::addRow("%u", seed) << seed << false;
            QTest::addRow("%u, numbers are used again", seed) << seed << true;
        }
    }

    /// A random user, who saves at random moments and goes on while a save runs.
    void whateverIsDoneCanBeUndoneThroughSaves()
    {
        QFETCH(const quint32, seed);
        QFETCH(const bool, isUsedAgain);
        QRandomGenerator random(seed);
        Desk desk(5);
        using Numbers = test::FakeRecordSource::Numbers;
        desk.source.numbers = isUsedAgain ? Numbers::UsedAgain : Numbers::UsedOnce;
        const QHash<Key, orm::Record> original = desk.source.rows();
        QList<QMap<QString, QStringList>> views{desk.view()}; // by the stack's index
        orm::ChangeSet sent;
        orm::CommitResult result;
        int word = 0;

        const auto visibleKeys = [&] {
            QList<Key> keys = desk.shown.keys();
            std::sort(keys.begin(), keys.end(),
                      [](const Key &a, const Key &b) { return a.number() < b.number(); });
            for (const Key &key : desk.edits.insertedKeys()) {
                if (!keys.contains(key))
                    keys.append(key);
            }
            keys.removeIf([&](const Key &key) { return desk.edits.isDeleted(key); });
            return keys;
        };
        const auto remember = [&] {
            views.resize(desk.stack().index());
            views.append(desk.view());
        };
        const auto settle = [&] {
            if (sent.rows.isEmpty())
                return;
            const auto before = desk.view();
            desk.edits.markCommitted(sent, result);
            sent = {};
            QCOMPARE(desk.view(), before); // saving changes nothing that is seen
        };
        const auto send = [&] {
            settle();
            sent = desk.edits.changeSet();
            result = desk.source.apply(sent);
            QVERIFY2(result.isCommitted(), "a conflict with oneself");
        };

        for (int step = 0; step < 60; ++step) {
            const QList<Key> keys = visibleKeys();
            const Key key = keys.isEmpty() ? Key() : keys.at(random.bounded(keys.size()));
            const int count = desk.stack().count();
            const int index = desk.stack().index();
            switch (random.bounded(12)) {
            case 0:
            case 1:
            case 2:
                if (!key.isNull()) {
                    desk.history.setValue(key, 1 + random.bounded(2),
                                          StoredValue::text(QString::number(++word)),
                                          desk.record(key));
                    desk.history.endFieldEdit();
                }
                break;
            case 3:
                desk.history.insertRow({{titleColumn, StoredValue::integer(++word)}});
                break;
            case 4:
                if (!key.isNull())
                    desk.remove({key});
                break;
            case 5:
                if (random.bounded(4) == 0)
                    desk.history.revertRows(desk.edits.keys());
                break;
            case 6:
            case 7:
                desk.stack().undo();
                break;
            case 8:
                desk.stack().redo();
                break;
            case 9:
            case 10:
                send();
                break;
            default:
                settle();
                break;
            }
            if (QTest::currentTestFailed())
                return;
            if (desk.stack().index() == index && desk.stack().count() == count)
                continue;
            const bool isNew = desk.stack().index() == desk.stack().count()
                && (desk.stack().count() > views.size() - 1 || desk.stack().index() > index);
            if (isNew && desk.stack().index() > index && views.size() <= desk.stack().index()) {
                remember();
            } else if (isNew && desk.stack().count() != count) {
                remember();
            } else if (desk.stack().index() > index && desk.stack().count() == count
                       && desk.stack().index() == desk.stack().count()
                       && desk.view() != views.at(desk.stack().index())) {
                remember(); // a new step took the place of one that was undone
            }
            if (sent.rows.isEmpty())
                QCOMPARE(desk.view(), views.at(desk.stack().index()));
        }

        settle();
        const auto last = desk.view();
        const int steps = desk.stack().index();
        while (desk.stack().canUndo()) {
            desk.stack().undo();
            if (random.bounded(3) == 0)
                QVERIFY(desk.save());
        }
        QVERIFY(desk.save());
        QCOMPARE(desk.view(), views.first());
        if (!isUsedAgain) // else a row whose number another one got meanwhile has a new one
            QCOMPARE(desk.source.rows(), original);
        while (desk.stack().index() < steps) {
            desk.stack().redo();
            if (random.bounded(3) == 0)
                QVERIFY(desk.save());
        }
        QCOMPARE(desk.view(), last);
        QVERIFY(desk.save());
        QCOMPARE(desk.view(), last);
        QCOMPARE(desk.edits.changeCount(), 0);
    }
};

QTEST_APPLESS_MAIN(EditHistoryTest)
#include "tst_edithistory.moc"
