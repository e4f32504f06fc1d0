// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/session/applychanges.h"
#include "core/session/rowreader.h"
#include "tests/support/testdatabase.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::EditHistory;
using ui::RowState;

namespace {

constexpr int nameColumn = 0;
constexpr int valueColumn = 1;

Key named(const QString &name)
{
    return Key::values({StoredValue::text(name)});
}

/// A buffer and its history over a table whose keys are words, and a real database to save to.
struct Desk
{
    Desk()
        : database(u"CREATE TABLE words (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
                   "INSERT INTO words VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4);"_s)
        , connection(orm::Engine::create(database.url()).connect())
        , table(orm::reflect(*connection, u"words"_s).table)
        , edits(table)
        , history(edits)
    {
        read();
    }

    void read()
    {
        shown.clear();
        const auto rows = connection->prepare(u"SELECT name, value FROM words"_s);
        while (rows->step()) {
            shown.insert(Key::values({rows->columnValue(0)}),
                         {{rows->columnValue(0), rows->columnValue(1)}, {}});
        }
    }
    QUndoStack &stack() { return history.undoStack(); }
    void set(const Key &key, int column, const QString &value)
    {
        history.setValue(key, column, StoredValue::text(value), shown.value(edits.resolve(key)));
        history.endFieldEdit();
    }
    void rename(const QString &from, const QString &to) { set(named(from), nameColumn, to); }
    void remove(const Key &key) { history.removeRows({key}, {shown.value(edits.resolve(key))}); }

    orm::CommitResult send()
    {
        sent = edits.changeSet();
        return orm::applyChanges(*connection, sent);
    }
    void take(const orm::CommitResult &result)
    {
        edits.markProblems(result.problems);
        edits.markCommitted(sent, result);
        read();
    }
    bool save()
    {
        const orm::CommitResult result = send();
        take(result);
        return result.isCommitted();
    }

    /// What the user sees: each row by its words, but those marked for deletion.
    QStringList view() const
    {
        QStringList rows;
        const auto add = [&](const Key &key, const orm::Record &stored) {
            if (edits.isDeleted(key))
                return;
            QStringList values;
            for (int column = 0; column < 2; ++column) {
                const StoredValue value
                    = edits.value(key, column).value_or(stored.values.value(column));
                values.append(value.isNull() ? u"-"_s : value.toString());
            }
            rows.append(values.join(u'='));
        };
        const QList<Key> inserted = edits.insertedKeys();
        for (auto row = shown.cbegin(); row != shown.cend(); ++row) {
            if (!inserted.contains(row.key()))
                add(row.key(), row.value());
        }
        for (const Key &key : inserted)
            add(key, {});
        rows.sort();
        return rows;
    }
    QString stored() const
    {
        return database
            .outsideScalar(u"SELECT group_concat(name || '=' || coalesce(value, '-'), ' ') "
                           "FROM (SELECT * FROM words ORDER BY name)"_s)
            .toString();
    }

    TestDatabase database;
    std::shared_ptr<orm::Connection> connection;
    orm::Table table;
    EditBuffer edits;
    EditHistory history;
    QHash<Key, orm::Record> shown; ///< as last read
    orm::ChangeSet sent;
};

} // namespace

/// Rows whose stored keys the user changes: edits, saves and undo know them all the same.
class RenamedRowsTest final : public QObject
{
    Q_OBJECT

private slots:
    void aKeyIsItsRowsUntilTheSave()
    {
        Desk desk;
        desk.rename(u"a"_s, u"z"_s);
        QVERIFY(desk.edits.contains(named(u"a"_s)));
        QVERIFY(!desk.edits.contains(named(u"z"_s)));
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"b=2 c=3 d=4 z=1"_s);
        QCOMPARE(desk.edits.changeCount(), 0);
        QCOMPARE(desk.edits.identity(named(u"z"_s)), named(u"a"_s));
    }

    void undoGoesPastTheSave()
    {
        Desk desk;
        desk.set(named(u"a"_s), valueColumn, u"one"_s);
        desk.rename(u"a"_s, u"z"_s);
        QVERIFY(desk.save());
        desk.stack().undo();
        QCOMPARE(desk.edits.value(named(u"z"_s), nameColumn), StoredValue::text(u"a"_s));
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 1);
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=1 b=2 c=3 d=4"_s);
        desk.stack().redo();
        desk.stack().redo();
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"b=2 c=3 d=4 z=one"_s);
    }

    void keysThatAreSwappedAreUndoneRowByRow()
    {
        Desk desk;
        desk.rename(u"a"_s, u"b"_s);
        desk.rename(u"b"_s, u"a"_s);
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=2 b=1 c=3 d=4"_s);
        desk.set(named(u"a"_s), valueColumn, u"two"_s);
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=two b=1 c=3 d=4"_s);
        while (desk.stack().canUndo())
            desk.stack().undo();
        QCOMPARE(desk.view(), (QStringList{u"a=1"_s, u"b=2"_s, u"c=3"_s, u"d=4"_s}));
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=1 b=2 c=3 d=4"_s);
    }

    /// What another program stores under the old key is no row of the undo stack's.
    void aKeyThatBecameFreeIsAnotherRows()
    {
        Desk desk;
        desk.rename(u"a"_s, u"z"_s);
        QVERIFY(desk.save());
        QCOMPARE(desk.database.outside(u"INSERT INTO words VALUES ('a', 'theirs')"_s), 0);
        desk.read();
        desk.set(named(u"a"_s), valueColumn, u"mine"_s);
        desk.stack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.stack().redo();
        desk.set(named(u"z"_s), valueColumn, u"first"_s);
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=mine b=2 c=3 d=4 z=first"_s);
        desk.stack().undo();
        desk.stack().undo();
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=theirs b=2 c=3 d=4 z=1"_s);
        desk.stack().undo(); // a is taken
        QVERIFY(!desk.save());
        QCOMPARE(desk.edits.state(named(u"z"_s)), RowState::Invalid);
        QCOMPARE(desk.stored(), u"a=theirs b=2 c=3 d=4 z=1"_s);
    }

    void aRenamedRowThatWasDeletedComesBackAsItWas()
    {
        Desk desk;
        desk.rename(u"a"_s, u"z"_s);
        QVERIFY(desk.save());
        desk.remove(named(u"z"_s));
        QVERIFY(desk.save());
        desk.stack().undo();
        QVERIFY(desk.edits.isNew(named(u"z"_s)));
        desk.stack().undo();
        QCOMPARE(desk.view(), (QStringList{u"a=1"_s, u"b=2"_s, u"c=3"_s, u"d=4"_s}));
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"a=1 b=2 c=3 d=4"_s);
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.stack().redo();
        desk.stack().redo();
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"b=2 c=3 d=4"_s);
    }

    void whatIsTypedWhileItIsSavedIsOfTheRow()
    {
        Desk desk;
        desk.rename(u"a"_s, u"z"_s);
        desk.rename(u"b"_s, u"a"_s);
        const orm::CommitResult result = desk.send();
        desk.set(named(u"a"_s), valueColumn, u"one"_s);
        desk.rename(u"b"_s, u"y"_s);
        desk.take(result);
        QCOMPARE(desk.edits.value(named(u"z"_s), valueColumn), StoredValue::text(u"one"_s));
        QCOMPARE(desk.edits.value(named(u"a"_s), nameColumn), StoredValue::text(u"y"_s));
        QCOMPARE(desk.edits.base(named(u"a"_s), nameColumn), StoredValue::text(u"a"_s));
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), u"c=3 d=4 y=2 z=one"_s);
    }

    void whatWasPendingOfARowThatIsGoneGivesWay()
    {
        Desk desk;
        desk.set(named(u"b"_s), valueColumn, u"typed"_s);
        QCOMPARE(desk.database.outside(u"DELETE FROM words WHERE name = 'b'"_s), 0);
        desk.rename(u"a"_s, u"b"_s);
        desk.sent = desk.edits.changeSet({named(u"a"_s)});
        const orm::CommitResult result = orm::applyChanges(*desk.connection, desk.sent);
        QVERIFY(result.isCommitted());
        desk.take(result);
        QVERIFY(!desk.edits.contains(named(u"b"_s)));
        QCOMPARE(desk.edits.insertedKeys().size(), 1); // no word is lost
        QCOMPARE(desk.edits.value(desk.edits.insertedKeys().first(), valueColumn),
                 StoredValue::text(u"typed"_s));
    }

    void whateverIsRenamedCanBeUndoneThroughSaves_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 60; ++seed)
            QTest::addRow("%u", seed) << seed;
    }

    /// A random user, whose saves are refused where two rows want one key.
    void whateverIsRenamedCanBeUndoneThroughSaves()
    {
        QFETCH(const quint32, seed);
        QRandomGenerator random(seed);
        Desk desk;
        const QStringList first = desk.view();
        const QString original = desk.stored();
        int word = 0;
        const auto save = [&] {
            const QStringList before = desk.view();
            desk.save();
            QCOMPARE(desk.view(), before); // saving changes nothing that is seen
        };
        for (int step = 0; step < 40; ++step) {
            QList<Key> keys = desk.shown.keys();
            std::sort(keys.begin(), keys.end(),
                      [](const Key &a, const Key &b) { return a.toString() < b.toString(); });
            for (const Key &key : desk.edits.insertedKeys()) {
                if (!keys.contains(key))
                    keys.append(key);
            }
            keys.removeIf([&](const Key &key) { return desk.edits.isDeleted(key); });
            const Key key = keys.isEmpty() ? Key() : keys.at(random.bounded(keys.size()));
            const QString name(QChar(u'a' + random.bounded(6)));
            switch (random.bounded(10)) {
            case 0:
            case 1:
            case 2:
            case 3:
                if (!key.isNull())
                    desk.set(key, nameColumn, name);
                break;
            case 4:
                if (!key.isNull())
                    desk.set(key, valueColumn, QString::number(++word));
                break;
            case 5:
                if (random.bounded(2) == 0) {
                    desk.history.insertRow({{nameColumn, StoredValue::text(name)}});
                } else if (!key.isNull()) {
                    desk.remove(key);
                }
                break;
            case 6:
                desk.stack().undo();
                break;
            case 7:
                desk.stack().redo();
                break;
            default:
                save();
                break;
            }
            if (QTest::currentTestFailed())
                return;
        }
        const QStringList last = desk.view();
        const int steps = desk.stack().index();
        while (desk.stack().canUndo()) {
            desk.stack().undo();
            if (random.bounded(3) == 0)
                save();
        }
        QCOMPARE(desk.view(), first);
        QVERIFY(desk.save());
        QCOMPARE(desk.stored(), original);
        QCOMPARE(desk.edits.changeCount(), 0);
        while (desk.stack().index() < steps) {
            desk.stack().redo();
            if (random.bounded(3) == 0)
                save();
        }
        QCOMPARE(desk.view(), last);
    }
};

QTEST_APPLESS_MAIN(RenamedRowsTest)
#include "tst_renamedrows.moc"
