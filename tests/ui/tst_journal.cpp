// SPDX-License-Identifier: MIT
#include "core/session/sessionworker.h"
#include "tests/support/fakerecordsource.h"
#include "tests/support/journaldisk.h"
#include "tests/support/testdatabase.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"
#include "ui/changes/journalcodec.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::EditHistory;
using ui::Journal;
using ui::JournalRecovery;
using ui::RowVersion;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int createdColumn = 3;

StoredValue text(const QByteArray &value)
{
    return StoredValue::utf8(value);
}

orm::Record record(qint64 id)
{
    return {test::postValues(id), {}};
}

ui::JournalPlace placeIn(const QString &folder)
{
    return Journal::place(folder, orm::DatabaseUrl::sqlite(u"/nowhere/My blog.db"_s),
                          test::postsTable());
}

/// All that can be asked of one row, to be compared as a whole.
QByteArray rowState(const EditBuffer &edits, const Key &key)
{
    ui::ByteWriter out;
    out.key(key);
    out.byte(quint8(edits.isNew(key)));
    out.byte(quint8(edits.isDeleted(key)));
    out.record(edits.snapshot(key));
    const QList<orm::FieldChange> fields = edits.fields(key);
    for (const orm::FieldChange &field : fields) {
        out.signedNumber(field.column);
        out.value(field.base);
        out.value(field.value);
    }
    const orm::ChangeSet changes = edits.changeSet({key});
    out.record(changes.rows.constFirst().base);
    out.dependents(changes.rows.constFirst().dependents);
    return out.take();
}

QByteArrayList stateOf(const EditBuffer &edits)
{
    QByteArrayList rows;
    const QList<Key> keys = edits.keys();
    for (const Key &key : keys)
        rows.append(rowState(edits, key));
    return rows;
}

QByteArrayList sorted(QByteArrayList list)
{
    std::sort(list.begin(), list.end());
    return list;
}

/// A program that has a database open: edits, their history and their journal.
struct Program
{
    Program(const ui::JournalPlace &place, std::unique_ptr<ui::JournalDevice> device)
        : edits(test::postsTable())
        , history(edits)
        , journal(std::make_unique<Journal>(edits, place, std::move(device)))
    {
        QObject::connect(journal.get(), &Journal::recovered, journal.get(),
                         [this](const JournalRecovery &found) { recovery = found; });
        QObject::connect(journal.get(), &Journal::failed, journal.get(),
                         [this](const ui::JournalProblem &problem) { problems.append(problem); });
        QObject::connect(journal.get(), &Journal::opened, journal.get(),
                         [this] { isOpened = true; });
    }
    explicit Program(test::JournalDisk &disk)
        : Program(placeIn(u"/journals"_s), disk.device())
    {}
    /// In a real folder.
    explicit Program(const QString &folder)
        : Program(placeIn(folder), std::make_unique<ui::PosixJournalDevice>())
    {}

    /// Opens the journal and brings back what is in it, without a database.
    bool start()
    {
        journal->open();
        const bool done = QTest::qWaitFor([this] { return isOpened; }, 20000);
        journal->restore();
        return done;
    }
    bool start(orm::SessionWorker &worker)
    {
        journal->open();
        journal->recover(worker);
        return QTest::qWaitFor([this] { return journal->isFollowing(); }, 20000);
    }
    /// Until what was handed over is written. An answer may come before what was handed over with its
    /// question is; the next one comes behind that.
    void waitForTheDisk() const
    {
        for (int i = 0; i < 2; ++i)
            journal->versions(Key::integer(1), {}).waitForFinished();
    }
    void setTitle(qint64 id, const QByteArray &value)
    {
        history.setValue(Key::integer(id), titleColumn, text(value), record(id));
    }
    void setTitle(const Key &key, const QByteArray &value)
    {
        history.setValue(key, titleColumn, text(value), {});
    }

    EditBuffer edits;
    EditHistory history;
    std::unique_ptr<Journal> journal;
    std::optional<JournalRecovery> recovery;
    QList<ui::JournalProblem> problems;
    bool isOpened = false;
};

/// A random user over a few rows, seeded.
class RandomUser
{
public:
    RandomUser(quint32 seed, test::FakeRecordSource &source)
        : m_random(seed)
        , m_source(source)
    {}

    int below(int limit) { return m_random.bounded(limit); }

    void act(Program &program)
    {
        EditHistory &history = program.history;
        switch (below(16)) {
        case 0:
            history.insertRow(below(2) ? QHash<int, StoredValue>{}
                                       : QHash<int, StoredValue>{{titleColumn, someValue()}});
            break;
        case 1: {
            QList<Key> keys;
            QList<orm::Record> whole;
            for (int i = below(4); i >= 0; --i) {
                const Key key = someKey(program.edits);
                if (!keys.contains(key)) {
                    keys.append(key);
                    whole.append(m_source.record(key));
                }
            }
            history.removeRows(keys, whole);
            break;
        }
        case 2:
            history.revertRows({someKey(program.edits), someKey(program.edits)});
            break;
        case 3:
        case 4:
            history.undoStack().undo();
            break;
        case 5:
            history.undoStack().redo();
            break;
        case 6:
            history.endFieldEdit();
            break;
        default:
            type(program);
        }
    }

    /// Saves, telling the journal of it; sometimes something is typed while the save runs.
    void save(Program &program)
    {
        QList<Key> keys = program.edits.keys();
        if (below(3) == 0)
            keys.removeIf([this](const Key &) { return below(2) == 0; });
        const orm::ChangeSet sent = program.edits.changeSet(keys);
        const bool isToldBefore = below(4) > 0;
        const orm::BeforeCommit beforeCommit
            = isToldBefore ? program.journal->beforeCommit(sent) : orm::BeforeCommit();
        const orm::CommitResult result = m_source.apply(sent);
        if (below(2)) {
            act(program);
            if (below(2))
                program.journal->flush();
        }
        if (!result.isCommitted()) {
            program.edits.markProblems(result.problems);
            program.journal->abandonCommit();
            return;
        }
        if (isToldBefore && !sent.isEmpty())
            beforeCommit(result);
        settle(program, sent, result);
    }

private:
    /// Some rows at a time, with whatever else in between.
    void settle(Program &program, const orm::ChangeSet &sent, const orm::CommitResult &result)
    {
        program.edits.beginSettling(std::make_shared<const orm::ChangeSet>(sent), result);
        while (program.edits.isSettling()) {
            int left = below(4);
            program.edits.settleSome([&left] { return left-- == 0; });
            if (!program.edits.isSettling() || below(2) == 0)
                continue;
            act(program);
            if (below(2))
                program.journal->flush();
            QCoreApplication::processEvents();
        }
    }

    void type(Program &program)
    {
        const Key key = below(3) ? someKey(program.edits) : program.edits.keys().value(0, m_last);
        m_last = key;
        const int column = below(4) ? titleColumn : below(2) ? bodyColumn : createdColumn;
        StoredValue value = someValue();
        if (const auto pending = program.edits.value(key, column); pending && below(2)) {
            QByteArray bytes = pending->bytes();
            value = text(bytes.insert(below(int(bytes.size()) + 1), "typed "));
        }
        program.history.setValue(key, column, value, m_source.record(key));
    }

    Key someKey(const EditBuffer &edits)
    {
        const QList<Key> pending = edits.keys();
        if (!pending.isEmpty() && below(2))
            return pending.at(below(int(pending.size())));
        return Key::integer(below(int(m_source.largestNumber())) + 1);
    }

    StoredValue someValue()
    {
        switch (below(8)) {
        case 0:
            return {};
        case 1:
            return StoredValue::blob("\x00\xff"_ba);
        case 2:
            return StoredValue::integer(below(1000));
        case 3:
            return text(QByteArray(below(4000), 'l'));
        default:
            return text("text " + QByteArray::number(below(5)));
        }
    }

    QRandomGenerator m_random;
    test::FakeRecordSource &m_source;
    Key m_last = Key::integer(1);
};

/// What save tells of it, run to its end: as the window does it.
orm::CommitResult save(Program &program, orm::SessionWorker &worker)
{
    const orm::ChangeSet sent = program.edits.changeSet();
    orm::CommitResult result
        = worker
              .run([sent, beforeCommit = program.journal->beforeCommit(sent)](
                       orm::Session &session) { return session.apply(sent, beforeCommit); })
              .result();
    if (result.isCommitted())
        program.edits.markCommitted(sent, result);
    return result;
}

orm::Record stored(const TestDatabase &database, qint64 id)
{
    orm::Record row;
    for (const QString &column : {u"id"_s, u"title"_s, u"content"_s, u"created_at"_s})
        row.values.append(
            database.outsideScalar(u"SELECT %1 FROM posts WHERE id = %2"_s.arg(column).arg(id)));
    return row;
}

} // namespace

class JournalTest final : public QObject
{
    Q_OBJECT

private slots:
    // ------------------------------------------------------------------------------ coming back

    void editsComeBackAsTheyWere()
    {
        test::JournalDisk disk;
        QByteArrayList before;
        Key added;
        {
            Program program(disk);
            QVERIFY(program.start());
            QVERIFY(program.recovery->isEmpty());
            added = program.history.insertRow({});
            program.setTitle(added, "Draft");
            program.setTitle(499, "changed");
            program.history.setValue(Key::integer(498), bodyColumn, {}, record(498));
            program.history.removeRows({Key::integer(497), Key::integer(498)},
                                       {record(497), record(498)});
            program.journal->setOpenField({added, titleColumn, 5, 5});
            before = stateOf(program.edits);
        }
        Program program(disk);
        QVERIFY(program.start());
        QCOMPARE(stateOf(program.edits), before);
        QCOMPARE(program.recovery->keys.size(), 4);
        QCOMPARE(program.recovery->openField, (ui::OpenField{added, titleColumn, 5, 5}));
        QCOMPARE(program.recovery->damages, 0);
        // The edits under a mark for deletion came, too; a new row gets a key of its own.
        program.edits.unmarkDeleted(Key::integer(498));
        QCOMPARE(program.edits.value(Key::integer(498), bodyColumn), StoredValue());
        QCOMPARE(program.edits.base(Key::integer(498), bodyColumn),
                 record(498).values.at(bodyColumn));
        QCOMPARE(program.edits.nextTemporaryKey(), Key::temporary(added.number() + 1));
        // Discard, as the recover bar offers it, can be undone.
        program.history.revertRows(program.edits.keys());
        QCOMPARE(program.edits.changeCount(), 0);
        program.history.undoStack().undo();
        QCOMPARE(program.edits.value(added, titleColumn), text("Draft"));
    }

    void anyEditsComeBackAsTheyWere()
    {
        for (quint32 seed = 1; seed <= 30; ++seed) {
            test::JournalDisk disk;
            test::FakeRecordSource source(test::postsTable());
            for (qint64 id = 12; id >= 1; --id)
                source.add(Key::integer(id), test::postValues(id));
            RandomUser user(seed, source);
            QByteArrayList expected;
            for (int life = 0; life < 4; ++life) {
                Program program(disk);
                QVERIFY(program.start());
                QVERIFY2(sorted(stateOf(program.edits)) == sorted(expected),
                         qPrintable(u"seed %1, life %2"_s.arg(seed).arg(life)));
                QCOMPARE(program.recovery->damages, 0);
                for (int step = 0; step < 60; ++step) {
                    user.act(program);
                    if (user.below(3) == 0)
                        program.journal->flush();
                    if (user.below(15) == 0)
                        user.save(program);
                    if (user.below(10) == 0)
                        QCoreApplication::processEvents();
                }
                QVERIFY(program.journal->writeNow());
                expected = stateOf(program.edits);
                if (user.below(2))
                    disk.cutPower();
            }
        }
    }

    /// The power goes at any time: what is found is what was there at some time since the last sync.
    void powerCutKeepsWhatWasSynced()
    {
        for (quint32 seed = 100; seed <= 120; ++seed) {
            test::JournalDisk disk;
            test::FakeRecordSource source(test::postsTable());
            for (qint64 id = 12; id >= 1; --id)
                source.add(Key::integer(id), test::postValues(id));
            RandomUser user(seed, source);
            QList<QByteArrayList> possible = {{}};
            for (int life = 0; life < 4; ++life) {
                Program program(disk);
                QVERIFY(program.start());
                const QByteArrayList found = sorted(stateOf(program.edits));
                QVERIFY2(possible.contains(found),
                         qPrintable(u"seed %1, life %2"_s.arg(seed).arg(life)));
                possible = {found};
                for (int step = 5 + user.below(30); step > 0; --step) {
                    user.act(program);
                    program.journal->flush();
                    possible.append(sorted(stateOf(program.edits)));
                    if (user.below(5) == 0 && program.journal->writeNow())
                        possible = {possible.constLast()};
                }
                disk.cutPower();
            }
        }
    }

    void whatIsTypedBeforeItIsReadIsKept()
    {
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start());
            program.setTitle(program.history.insertRow({}), "first");
            program.setTitle(7, "old");
            program.history.setValue(Key::integer(7), bodyColumn, text("old"), record(7));
        }
        Program program(disk);
        const Key added = program.history.insertRow({});
        program.setTitle(added, "second");
        program.setTitle(7, "new");
        QVERIFY(program.start());
        QCOMPARE(program.edits.changeCount(), 3);
        QCOMPARE(program.edits.value(added, titleColumn), text("second"));
        QCOMPARE(program.edits.value(Key::integer(7), titleColumn), text("new"));
        QCOMPARE(program.edits.value(Key::integer(7), bodyColumn), text("old"));
        QVERIFY(program.journal->writeNow());
        const QByteArrayList before = stateOf(program.edits);
        disk.cutPower();
        Program again(disk);
        QVERIFY(again.start());
        QCOMPARE(sorted(stateOf(again.edits)), sorted(before));
    }

    void keysAreWrittenSoonWithoutBeingAsked()
    {
        QVERIFY(Journal::delay <= 500ms); // leaves the disk half of the second
        test::JournalDisk disk;
        Program program(disk);
        QVERIFY(program.start());
        int asked = 0;
        connect(program.journal.get(), &Journal::aboutToWrite, program.journal.get(),
                [&asked] { ++asked; });
        program.setTitle(1, "typed");
        QVERIFY(!program.journal->isWritten());
        QTRY_VERIFY(program.journal->isWritten());
        disk.cutPower();
        Program again(disk);
        QVERIFY(again.start());
        QCOMPARE(again.edits.value(Key::integer(1), titleColumn), text("typed"));
        // Who holds typed text back is asked for it.
        const int before = asked;
        program.journal->touch();
        QTRY_VERIFY(asked > before);
    }

    void manyRowsComeBack()
    {
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start());
            QList<Key> keys;
            QList<StoredValue> values;
            QList<orm::Record> shown;
            for (qint64 id = 1; id <= 5000; ++id) {
                keys.append(Key::integer(id));
                values.append(text("all the same"));
                shown.append(record(id));
            }
            program.history.setValues(keys, titleColumn, values, shown);
        }
        Program program(disk);
        QVERIFY(program.start());
        QCOMPARE(program.edits.changeCount(), 5000);
        QCOMPARE(program.edits.keys().constFirst(), Key::integer(1));
        QCOMPARE(program.edits.keys().constLast(), Key::integer(5000));
    }

    // ----------------------------------------------------------------------------------- saving

    void killedAfterCommitItIsNotSavedTwice()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            const Key added = program.history.insertRow({});
            program.setTitle(added, "Once");
            program.history.setValue(Key::integer(499), titleColumn, text("changed"),
                                     stored(database, 499));
            program.history.removeRows({Key::integer(498)}, {stored(database, 498)});
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit = program.journal->beforeCommit(sent);
            worker
                .run([sent, beforeCommit](orm::Session &session) {
                    return session.apply(sent, beforeCommit);
                })
                .waitForFinished();
            // Typed while it ran; the answer never comes.
            program.setTitle(added, "Once, and more");
            QVERIFY(program.journal->writeNow());
            QVERIFY(program.journal->hasUnsettledCommit());
            disk.cutPower();
        }
        for (int again = 0; again < 2; ++again) {
            Program program(disk);
            QVERIFY(program.start(worker));
            QCOMPARE(program.recovery->wasSaved, again == 0);
            QCOMPARE(program.recovery->keys, QList<Key>{Key::integer(501)});
            QCOMPARE(program.edits.value(Key::integer(501), titleColumn), text("Once, and more"));
            QCOMPARE(program.edits.base(Key::integer(501), titleColumn), text("Once"));
            QCOMPARE(program.edits.changeCount(), 1);
            QVERIFY(!program.journal->hasUnsettledCommit());
        }
        Program program(disk);
        QVERIFY(program.start(worker));
        QVERIFY(save(program, worker).isCommitted());
        QVERIFY(program.journal->writeNow());
        QCOMPARE(program.edits.changeCount(), 0);
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s),
                 StoredValue::integer(500));
        QCOMPARE(database.outsideScalar(u"SELECT title FROM posts WHERE id = 501"_s),
                 text("Once, and more"));
        program.journal.reset();
        Program last(disk);
        QVERIFY(last.start(worker));
        QVERIFY(last.recovery->isEmpty());
    }

    /// A save of many rows is settled some at a time: killed between, each row is as it would be in
    /// the end, also what was typed into it meanwhile.
    void killedWhileItIsSettledItIsSaved()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        const Key early = Key::integer(401); // has its turn before
        const Key late = Key::integer(440);
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            for (qint64 id = 401; id <= 440; ++id)
                program.history.setValue(Key::integer(id), titleColumn, text("saved"),
                                         stored(database, id));
            program.history.removeRows({Key::integer(300)}, {stored(database, 300)});
            program.setTitle(program.history.insertRow({}), "new");
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit = program.journal->beforeCommit(sent);
            const orm::CommitResult result = worker
                                                 .run([sent, beforeCommit](orm::Session &session) {
                                                     return session.apply(sent, beforeCommit);
                                                 })
                                                 .result();
            QVERIFY(result.isCommitted());
            program.edits.beginSettling(std::make_shared<const orm::ChangeSet>(sent), result);
            int rows = 42 + 20; // all looked at for deletes, and 20 updates
            program.edits.settleSome([&rows] { return rows-- == 0; });
            QVERIFY(program.edits.isSettling());
            QVERIFY(!program.edits.contains(early));
            QVERIFY(program.edits.contains(late));
            program.history.setValue(early, titleColumn, text("typed"), stored(database, 401));
            program.history.setValue(late, titleColumn, text("typed, too"), stored(database, 440));
            program.journal->flush();
            program.waitForTheDisk();
            disk.cutPower();
        }
        Program program(disk);
        QVERIFY(program.start(worker));
        QVERIFY(program.recovery->wasSaved);
        // What came after the save was not written yet, as far as the last second goes; nothing is
        // taken for an edit that would take the save back.
        for (const Key &key : program.edits.keys()) {
            QVERIFY2(key == early || key == late, qPrintable(key.toString()));
            QVERIFY(program.edits.value(key, titleColumn)->toString().startsWith(u"typed"_s));
            QCOMPARE(program.edits.base(key, titleColumn), text("saved"));
        }
    }

    /// The news that a save got through goes along with what was typed while it ran.
    void whatIsTypedWhileManyAreSavedIsWrittenWithTheNews()
    {
        test::JournalDisk disk;
        constexpr int rows = 20'000; // more than are collected at once
        test::FakeRecordSource source(test::postsTable());
        for (qint64 id = rows; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        {
            Program program(disk);
            QVERIFY(program.start());
            for (qint64 id = 1; id <= rows; ++id)
                program.edits.setValue(Key::integer(id), titleColumn, record(id).values.at(1),
                                       text("saved"), record(id));
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit = program.journal->beforeCommit(sent);
            const orm::CommitResult result = source.apply(sent);
            beforeCommit(result);
            program.setTitle(rows, "typed"); // while it ran; the last to be collected
            program.edits.markCommitted(sent, result);
            program.journal->flush(); // of the many as many as a moment allows
            QVERIFY(!program.journal->isCollected());
            program.waitForTheDisk();
            disk.cutPower();
        }
        Program program(disk);
        QVERIFY(program.start());
        QCOMPARE(program.edits.keys(), QList{Key::integer(rows)});
        QCOMPARE(program.edits.value(Key::integer(rows), titleColumn), text("typed"));
        QCOMPARE(program.edits.base(Key::integer(rows), titleColumn), text("saved"));
    }

    void killedBeforeCommitItIsStillPending()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        QByteArrayList before;
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            program.setTitle(program.history.insertRow({}), "Later");
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit = program.journal->beforeCommit(sent);
            auto answer = worker.run([sent, beforeCommit](orm::Session &session) {
                return session.apply(sent, [&beforeCommit](const orm::CommitResult &result) {
                    beforeCommit(result);
                    throw orm::OperationalError(orm::OperationalError::Reason::Other, u"killed"_s);
                });
            });
            QVERIFY_THROWS_EXCEPTION(orm::OperationalError, answer.waitForFinished());
            before = stateOf(program.edits);
            disk.cutPower();
        }
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            QVERIFY(!program.recovery->wasSaved);
            QCOMPARE(stateOf(program.edits), before);
            QVERIFY(!program.journal->hasUnsettledCommit());
            QVERIFY(save(program, worker).isCommitted());
        }
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s),
                 StoredValue::integer(501));
        Program program(disk);
        QVERIFY(program.start(worker));
        QVERIFY(program.recovery->isEmpty());
    }

    /// The same user for weeks: killed before, in and after saves, each new row is stored once.
    void killedAtAnySaveNothingIsSavedTwice()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        QRandomGenerator random(7);
        int rows = 0;
        for (int life = 0; life < 40; ++life) {
            Program program(disk);
            QVERIFY(program.start(worker));
            for (int i = random.bounded(3); i >= 0; --i)
                program.setTitle(program.history.insertRow({}),
                                 "row " + QByteArray::number(++rows));
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit = program.journal->beforeCommit(sent);
            const bool isKilledBefore = random.bounded(3) == 0;
            auto answer = worker.run([=](orm::Session &session) {
                return session.apply(sent, [&](const orm::CommitResult &result) {
                    beforeCommit(result);
                    if (isKilledBefore)
                        throw orm::OperationalError(orm::OperationalError::Reason::Other, {});
                });
            });
            try {
                const orm::CommitResult result = answer.result();
                if (random.bounded(2)) {
                    program.edits.markCommitted(sent, result);
                    if (random.bounded(2))
                        program.journal->flush();
                }
            } catch (const orm::OperationalError &) {
                QVERIFY(isKilledBefore);
            }
            disk.cutPower();
        }
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            if (program.edits.changeCount() > 0)
                QVERIFY(save(program, worker).isCommitted());
        }
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts WHERE title LIKE 'row %'"_s),
                 StoredValue::integer(rows));
        QCOMPARE(database.outsideScalar(
                     u"SELECT count(DISTINCT title) FROM posts WHERE title LIKE 'row %'"_s),
                 StoredValue::integer(rows));
    }

    void lostAnswerIsFoundOut()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        Program program(disk);
        QVERIFY(program.start(worker));
        QSignalSpy settled(program.journal.get(), &Journal::settled);
        program.setTitle(program.history.insertRow({}), "There");
        const orm::ChangeSet sent = program.edits.changeSet();
        const auto beforeCommit = program.journal->beforeCommit(sent);
        worker.run([=](orm::Session &session) { return session.apply(sent, beforeCommit); })
            .waitForFinished();
        QVERIFY(program.journal->hasUnsettledCommit());
        program.journal->settle(worker);
        QTRY_COMPARE(settled.size(), 1);
        QCOMPARE(settled.first().first().toBool(), true);
        QCOMPARE(program.edits.changeCount(), 0);
        QVERIFY(program.journal->writeNow());
        QVERIFY(!program.journal->hasUnsettledCommit());
    }

    void unwritableJournalRefusesASaveOrLetsItPass()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        Program program(disk);
        QVERIFY(program.start(worker));
        program.setTitle(program.history.insertRow({}), "Precious");
        QVERIFY(program.journal->writeNow());
        disk.failAt(disk.calls(), std::errc::no_space_on_device, 100'000);
        QVERIFY_THROWS_EXCEPTION(orm::OperationalError, save(program, worker));
        program.journal->abandonCommit();
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s),
                 StoredValue::integer(500));
        QTRY_VERIFY(!program.problems.isEmpty());
        QCOMPARE(program.problems.first().kind, ui::JournalProblem::Kind::DiskFull);
        QVERIFY(Journal::text(program.problems.first()).contains(u"disk is full"_s));

        const orm::ChangeSet sent = program.edits.changeSet();
        const auto beforeCommit
            = program.journal->beforeCommit(sent, Journal::WhenUnwritable::SaveAnyway);
        const orm::CommitResult result
            = worker.run([=](orm::Session &session) { return session.apply(sent, beforeCommit); })
                  .result();
        QVERIFY(result.isCommitted());
        program.edits.markCommitted(sent, result);
        QVERIFY(!program.journal->writeNow());
        disk.failNothing();
        QVERIFY(program.journal->writeNow());
        program.journal.reset();
        Program again(disk);
        QVERIFY(again.start(worker));
        QVERIFY(again.recovery->isEmpty());
    }

    void quittingWithAFullDiskSavesNothingTwice()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            program.setTitle(program.history.insertRow({}), "Once");
            QVERIFY(program.journal->writeNow());
            disk.setFull(true);
            const orm::ChangeSet sent = program.edits.changeSet();
            const auto beforeCommit
                = program.journal->beforeCommit(sent, Journal::WhenUnwritable::SaveAnyway);
            program.edits.markCommitted(
                sent,
                worker.run([=](orm::Session &session) { return session.apply(sent, beforeCommit); })
                    .result());
            QVERIFY(!program.journal->writeNow());
        }
        disk.setFull(false);
        Program program(disk);
        QVERIFY(program.start(worker));
        QVERIFY(program.recovery->isEmpty());
    }

    // --------------------------------------------------------------------------------- identity

    void rowsAttachToNobodyElse()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            const auto setTitle = [&](qint64 id) {
                program.history.setValue(Key::integer(id), titleColumn, text("mine"),
                                         stored(database, id));
            };
            setTitle(500); // becomes another row
            setTitle(499); // goes
            setTitle(498); // is edited elsewhere
            program.history.removeRows(
                {Key::integer(497), Key::integer(496), Key::integer(495)},
                {stored(database, 497), stored(database, 496), stored(database, 495)});
        }
        QCOMPARE(database.outside(
                     u"DELETE FROM posts WHERE id IN (500, 499, 497, 496);"
                     "INSERT INTO posts VALUES (500, 'Post number 500', 'stranger', '2024-05-01');"
                     "INSERT INTO posts VALUES (497, 'stranger', 'stranger', '2024-05-01');"
                     "UPDATE posts SET title = 'theirs', content = 'theirs' WHERE id = 498"_s),
                 0);
        Program program(disk);
        QVERIFY(program.start(worker));
        QCOMPARE(program.recovery->insertedAsNew.size(), 1);
        const Key fresh = program.recovery->insertedAsNew.first();
        QVERIFY(fresh.isTemporary());
        QCOMPARE(program.edits.value(fresh, titleColumn), text("mine"));
        QVERIFY(program.edits.value(fresh, bodyColumn)->toString().startsWith(u"Hello 500"_s));
        QCOMPARE(program.recovery->deletedOutside, QList<Key>{Key::integer(499)});
        QCOMPARE(program.edits.state(Key::integer(499)), ui::RowState::Conflict);
        QCOMPARE(program.edits.value(Key::integer(498), titleColumn), text("mine"));
        QVERIFY(program.edits.isDeleted(Key::integer(495)));
        QVERIFY(!program.edits.contains(Key::integer(496)));
        QVERIFY(!program.edits.contains(Key::integer(497)));
        QVERIFY(!program.edits.contains(Key::integer(500)));
        const QByteArrayList before = sorted(stateOf(program.edits));
        QVERIFY(program.journal->writeNow());
        disk.cutPower();
        Program again(disk);
        QVERIFY(again.start());
        QCOMPARE(sorted(stateOf(again.edits)), before);
    }

    /// Of such rows a journal knows the number and nothing else.
    void emptyRowsAreKnownAgain()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        QCOMPARE(database.outside(u"INSERT INTO posts (id) VALUES (600), (601), (602)"_s), 0);
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            for (const qint64 id : {600, 602})
                program.history.setValue(Key::integer(id), titleColumn, text("mine"),
                                         stored(database, id));
            program.history.removeRows({Key::integer(601)}, {stored(database, 601)});
        }
        QCOMPARE(database.outside(u"UPDATE posts SET title = 'stranger' WHERE id = 602"_s), 0);
        Program program(disk);
        QVERIFY(program.start(worker));
        QVERIFY(!program.edits.isNew(Key::integer(600)));
        QCOMPARE(program.edits.value(Key::integer(600), titleColumn), text("mine"));
        QVERIFY(program.edits.isDeleted(Key::integer(601)));
        QVERIFY(!program.edits.contains(Key::integer(602)));
        QCOMPARE(program.recovery->insertedAsNew.size(), 1);
    }

    // ---------------------------------------------------------------------------------- history

    void savesAreKeptAsVersionsAndTrash()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        const Key key = Key::integer(500);
        const orm::Record first = stored(database, 500);
        {
            Program program(disk);
            QVERIFY(program.start(worker));
            for (const QByteArray &title : {"one"_ba, "two"_ba}) {
                program.history.setValue(key, titleColumn, text(title), stored(database, 500));
                QVERIFY(save(program, worker).isCommitted());
            }
            program.history.removeRows({Key::integer(499)}, {stored(database, 499)});
            QVERIFY(save(program, worker).isCommitted());
        }
        for (int again = 0; again < 2; ++again) { // also from a file that was written anew
            Program program(disk);
            QVERIFY(program.start(worker));
            const QList<RowVersion> versions
                = program.journal->versions(key, stored(database, 500)).result();
            QCOMPARE(versions.size(), 2);
            QCOMPARE(versions.at(0).before, first);
            QCOMPARE(versions.at(0).after.values.at(titleColumn), text("one"));
            QCOMPARE(versions.at(1).before.values.at(titleColumn), text("one"));
            QCOMPARE(versions.at(1).after, stored(database, 500));
            QVERIFY(versions.at(1).time.secsTo(QDateTime::currentDateTimeUtc()) < 3600);
            // A stranger under the same key has none of them.
            QVERIFY(
                program.journal
                    ->versions(key, {{key.toValues().first(), text("x"), text("y"), text("z")}, {}})
                    .result()
                    .isEmpty());
            const QList<RowVersion> deleted = program.journal->deletedRows().result();
            QCOMPARE(deleted.size(), 1);
            QCOMPARE(deleted.first().key, Key::integer(499));
            QCOMPARE(deleted.first().before.values.at(titleColumn), text("Post number 499"));
            program.journal.reset();
            damageSomewhere(disk);
        }
    }

    /// With all versions of the row; and the file lets go of them.
    void theTrashIsEmptiedAfterThirtyDays()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto versions = [](qint64 id, const QDateTime &time) {
            ui::ByteWriter out;
            out.key(Key::integer(id));
            RowVersion changed{time.addDays(-1), orm::RowChange::Kind::Update,
                               Key::integer(id), record(id),
                               record(id),       {}};
            changed.after.values[titleColumn] = text("doomed " + QByteArray::number(id));
            const RowVersion deleted{
                time, orm::RowChange::Kind::Delete, Key::integer(id), changed.after, {}, {}};
            ui::putVersions(out, {changed, deleted});
            return ui::journalEntry(ui::JournalEntry::Versions, out.take());
        };
        const ui::JournalPlace place = placeIn(u"/journals"_s);
        QByteArray bytes = ui::journalFileBegin();
        for (const QByteArray &entry :
             {ui::tableEntry(place.subject), ui::tableEntry(place.subject),
              versions(1, now.addDays(-30).addSecs(3600)), versions(2, now.addDays(-31))})
            bytes += ui::journalFrame(entry, 4711);
        test::JournalDisk disk;
        disk.setFile(place.file(), bytes);
        Program program(disk);
        QVERIFY(program.start());
        const QList<RowVersion> deleted = program.journal->deletedRows().result();
        QCOMPARE(deleted.size(), 1);
        QCOMPARE(deleted.first().key, Key::integer(1));
        QVERIFY(program.journal->writeNow());
        QVERIFY(disk.file(place.file()).contains("doomed 1"));
        QVERIFY(!disk.file(place.file()).contains("doomed 2"));
    }

    void deletedRowsThatAreBackAreNoTrash()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        Program program(disk);
        QVERIFY(program.start(worker));
        program.history.removeRows({Key::integer(499)}, {stored(database, 499)});
        QVERIFY(save(program, worker).isCommitted());
        QCOMPARE(program.journal->deletedRows().result().size(), 1);
        program.history.undoStack().undo();
        QVERIFY(program.edits.isNew(Key::integer(499)));
        // Pending under its own key it survives, too.
        const QByteArrayList before = stateOf(program.edits);
        QVERIFY(program.journal->writeNow());
        {
            test::JournalDisk copy;
            const QString file = placeIn(u"/journals"_s).file();
            copy.setFile(file, disk.file(file));
            Program other(copy);
            QVERIFY(other.start(worker));
            QCOMPARE(stateOf(other.edits), before);
        }
        QVERIFY(save(program, worker).isCommitted());
        QVERIFY(program.journal->deletedRows().result().isEmpty());
        QCOMPARE(
            program.journal->versions(Key::integer(499), stored(database, 499)).result().size(), 2);
    }

    // ------------------------------------------------------------------------------------- size

    void typingInALargeTextCostsBytes()
    {
        test::JournalDisk disk;
        Program program(disk);
        QVERIFY(program.start());
        orm::Record shown = record(1);
        QByteArray body(10 << 20, 'x');
        shown.values[bodyColumn] = text(body);
        const auto type = [&](qsizetype place) {
            body.insert(place, 'y');
            program.history.setValue(Key::integer(1), bodyColumn, text(body), shown);
            program.journal->writeNow();
        };
        type(5'000'000);
        const qint64 before = disk.bytesWritten();
        QVERIFY(before < (10 << 20) + 10'000);
        for (int i = 1; i <= 20; ++i)
            type(5'000'000 + i);
        QVERIFY2(disk.bytesWritten() - before < 20 * 100,
                 qPrintable(QString::number(disk.bytesWritten() - before)));
        const QByteArrayList expected = stateOf(program.edits);
        disk.cutPower();
        Program again(disk);
        QVERIFY(again.start());
        QVERIFY(stateOf(again.edits) == expected);
    }

    void largeFileIsWrittenAnewAndKeepsAll()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        orm::SessionWorker worker(database.url());
        test::JournalDisk disk;
        const QString file = placeIn(u"/journals"_s).file();
        Program program(disk);
        QVERIFY(program.start(worker));
        program.history.setValue(Key::integer(500), titleColumn, text("saved"),
                                 stored(database, 500));
        QVERIFY(save(program, worker).isCommitted());
        const Key added = program.history.insertRow({});
        program.setTitle(added, "stays");
        qint64 largest = 0;
        bool isCompacted = false;
        for (int i = 0; i < 60; ++i) {
            program.history.endFieldEdit();
            program.history.setValue(Key::integer(7), bodyColumn,
                                     text(QByteArray(100'000, char('a' + i % 26))), record(7));
            QVERIFY(program.journal->writeNow());
            program.journal->versions({}, {}).waitForFinished(); // the thread is done with it
            const qint64 size = disk.file(file).size();
            isCompacted = isCompacted || size < largest;
            largest = std::max(largest, size);
        }
        QVERIFY(isCompacted);
        QVERIFY2(largest < 3 << 20, qPrintable(QString::number(largest)));
        const QByteArrayList expected = stateOf(program.edits);
        disk.cutPower();
        Program again(disk);
        QVERIFY(again.start(worker));
        QCOMPARE(sorted(stateOf(again.edits)), sorted(expected));
        QCOMPARE(again.journal->versions(Key::integer(500), stored(database, 500)).result().size(),
                 1);
    }

    // ----------------------------------------------------------------------------------- faults

    void damagedJournalIsHealedAndKeptAside()
    {
        test::JournalDisk disk;
        QByteArrayList before;
        {
            Program program(disk);
            QVERIFY(program.start());
            program.setTitle(1, "one");
            program.setTitle(2, "two");
            before = stateOf(program.edits);
        }
        damageSomewhere(disk);
        const QString file = placeIn(u"/journals"_s).file();
        const QByteArray damaged = disk.file(file);
        {
            Program program(disk);
            QVERIFY(program.start());
            QVERIFY(program.recovery->damages > 0);
            QCOMPARE(stateOf(program.edits), before);
            QCOMPARE(disk.file(program.recovery->keptAside), damaged);
        }
        Program program(disk);
        QVERIFY(program.start());
        QCOMPARE(program.recovery->damages, 0);
        QCOMPARE(stateOf(program.edits), before);
    }

    void journalOfAnotherTableIsLeftAlone()
    {
        test::JournalDisk disk;
        const ui::JournalPlace place = placeIn(u"/journals"_s);
        ui::JournalPlace other = place;
        other.subject.table = u"other"_s;
        {
            Program program(other, disk.device());
            QVERIFY(program.start());
            program.setTitle(1, "theirs");
        }
        const QByteArray before = disk.file(place.file());
        {
            Program program(disk);
            QVERIFY(program.start());
            QVERIFY(program.recovery->isEmpty());
            QCOMPARE(disk.file(program.recovery->keptAside), before);
            program.setTitle(2, "mine");
        }
        Program program(disk);
        QVERIFY(program.start());
        QCOMPARE(program.edits.keys(), QList<Key>{Key::integer(2)});
    }

    void fileThatIsNoJournalIsKeptAside()
    {
        test::JournalDisk disk;
        const QString file = placeIn(u"/journals"_s).file();
        for (const QByteArray &bytes : {"a letter to somebody"_ba, QByteArray(5000, '\0')}) {
            disk.setFile(file, bytes);
            Program program(disk);
            QVERIFY(program.start());
            QVERIFY(program.recovery->isEmpty());
            QCOMPARE(disk.file(program.recovery->keptAside), bytes);
        }
    }

    void anyCallMayFail_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("count");
        for (const int count : {1, 100'000}) {
            const char *howLong = count == 1 ? "once" : "from then on";
            QTest::addRow("disk full %s", howLong) << int(std::errc::no_space_on_device) << count;
            QTest::addRow("I/O error %s", howLong) << int(std::errc::io_error) << count;
            QTest::addRow("no permission %s", howLong)
                << int(std::errc::permission_denied) << count;
        }
    }
    void anyCallMayFail()
    {
        QFETCH(int, error);
        QFETCH(int, count);
        int faults = 0;
        for (int call = 0;; ++call) {
            test::JournalDisk disk;
            {
                Program program(disk);
                QVERIFY(program.start());
                program.setTitle(3, "of last time");
            }
            const int first = disk.calls();
            disk.failAt(first + call, std::errc(error), count);
            test::FakeRecordSource source(test::postsTable());
            for (qint64 id = 12; id >= 1; --id)
                source.add(Key::integer(id), test::postValues(id));
            QByteArrayList synced;
            QByteArrayList last;
            bool hasFailed = false;
            bool isFollowing = false;
            {
                Program program(disk);
                program.journal->open();
                QTRY_VERIFY(program.isOpened || !program.problems.isEmpty());
                const auto isOpenedNow = [&program] {
                    program.journal->versions({}, {}); // no need to wait for the next try
                    return program.isOpened;
                };
                if (program.isOpened || count == 1) {
                    QVERIFY(QTest::qWaitFor(isOpenedNow, 20'000));
                    program.journal->restore();
                }
                isFollowing = program.journal->isFollowing();
                const auto remember = [&] {
                    if (program.journal->writeNow())
                        synced = sorted(stateOf(program.edits));
                };
                remember();
                const Key added = program.history.insertRow({});
                program.setTitle(added, "typed");
                remember();
                const orm::ChangeSet sent = program.edits.changeSet({added, Key::integer(3)});
                const auto beforeCommit
                    = program.journal->beforeCommit(sent, Journal::WhenUnwritable::SaveAnyway);
                const orm::CommitResult result = source.apply(sent);
                QVERIFY(result.isCommitted());
                beforeCommit(result);
                program.setTitle(program.edits.resolve(added), "typed while it ran");
                program.edits.markCommitted(sent, result);
                remember();
                const auto setBody = [&](qsizetype size) {
                    program.history.setValue(Key::integer(5), bodyColumn,
                                             text(QByteArray(size, 'b')),
                                             source.record(Key::integer(5)));
                };
                setBody(ui::JournalWriter::compactAfter + 1000);
                remember();
                setBody(10); // so that the file is written anew
                remember();
                program.setTitle(6, "last");
                remember();
                QCoreApplication::processEvents();
                last = sorted(stateOf(program.edits));
                hasFailed = !program.problems.isEmpty();
                if (hasFailed)
                    QVERIFY(!Journal::text(program.problems.first()).isEmpty());
            }
            const bool isOver = disk.calls() <= first + call;
            disk.failNothing();
            disk.cutPower();
            Program again(disk);
            QVERIFY(again.start());
            const QByteArrayList found = sorted(stateOf(again.edits));
            const QString where = u"call %1"_s.arg(call);
            if (count == 1)
                QVERIFY2(found == last, qPrintable(where)); // at the end it was tried again
            else if (!synced.isEmpty())
                QVERIFY2(found == synced || hasFailed, qPrintable(where));
            if (count > 1 && isFollowing && !synced.isEmpty()) {
                // What was synced is there, whatever else is.
                for (const QByteArray &row : std::as_const(synced))
                    QVERIFY2(found.contains(row), qPrintable(where));
            }
            if (isOver)
                break;
            ++faults;
        }
        qInfo("%d calls made to fail", faults);
        QVERIFY(faults > 15);
    }

    // ----------------------------------------------------------------------------- a real folder

    void onlyOneWindowHasIt()
    {
        const QTemporaryDir folder;
        const QString journals = folder.filePath(u"data/journals"_s);
        auto first = std::make_unique<Program>(journals);
        QVERIFY(first->start());
        first->setTitle(1, "mine");
        Program second(journals);
        QSignalSpy locked(second.journal.get(), &Journal::locked);
        second.journal->open();
        QTRY_COMPARE(locked.size(), 1);
        QCOMPARE(locked.first().first().toLongLong(), QCoreApplication::applicationPid());
        QVERIFY(second.journal->isLocked());
        second.setTitle(2, "nowhere");
        QVERIFY(!second.journal->writeNow());
        first.reset();
        Program third(journals);
        QVERIFY(third.start());
        QCOMPARE(third.edits.keys(), QList<Key>{Key::integer(1)});
        const QFileInfo file(placeIn(journals).file());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(file.fileName().startsWith(u"My_blog-"_s));
    }

    void folderThatCannotBeWrittenIsSaid()
    {
        QTemporaryFile file; // no folder can be made in it
        QVERIFY(file.open());
        Program program(file.fileName() + u"/journals"_s);
        program.journal->open();
        QTRY_COMPARE(program.problems.size(), 1);
        QCOMPARE(program.problems.first().step, ui::JournalProblem::Step::Open);
        program.setTitle(1, "in memory only");
        QVERIFY(!program.journal->writeNow());
    }

    /// A program that types, killed in the middle of it, again and again: what it had been told is
    /// on the disk is there.
    void killedProgramLosesNothingThatWasWritten()
    {
        const QTemporaryDir folder;
        for (int life = 1; life <= 5; ++life) {
            QProcess program;
            program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            program.start(QCoreApplication::applicationFilePath(), {u"--type"_s, folder.path()});
            int reports = 0;
            int written = 0;
            const auto readReports = [&] {
                while (program.canReadLine()) {
                    written = program.readLine().trimmed().toInt();
                    ++reports;
                }
                return reports > life;
            };
            QVERIFY(QTest::qWaitFor(readReports, 60'000));
            program.kill();
            QVERIFY(program.waitForFinished(60'000));
            readReports();

            Program again(folder.path());
            QVERIFY(again.start());
            QCOMPARE(again.edits.changeCount(), 1);
            const Key key = again.edits.keys().first();
            QVERIFY(again.edits.isNew(key));
            const QByteArray found = again.edits.value(key, titleColumn)->bytes();
            QVERIFY2(found.size() >= written,
                     qPrintable(u"%1 of %2"_s.arg(found.size()).arg(written)));
            QCOMPARE(found, QByteArray(found.size(), 'k'));
            QCOMPARE(again.recovery->openField.key, key);
            QVERIFY(again.recovery->openField.position >= written);
        }
    }

private:
    /// Flips a bit near the end of the journal's first frames.
    static void damageSomewhere(test::JournalDisk &disk)
    {
        const QString file = placeIn(u"/journals"_s).file();
        QByteArray bytes = disk.file(file);
        const qsizetype place = ui::journalFileBegin().size() + 20;
        bytes[place] = static_cast<char>(bytes.at(place) ^ 4);
        disk.setFile(file, bytes);
    }
};

namespace {

/// The program that is killed: types on in the row that it finds, and says how many characters of it
/// are on the disk.
int typeForever(const QString &folder)
{
    Program program(folder);
    if (!program.start())
        return 1;
    const Key key = program.edits.changeCount() > 0 ? program.edits.keys().first()
                                                    : program.history.insertRow({});
    QByteArray typed = program.edits.value(key, titleColumn).value_or(StoredValue()).bytes();
    qsizetype asked = 0;
    QObject::connect(program.journal.get(), &Journal::aboutToWrite, program.journal.get(),
                     [&] { asked = typed.size(); });
    QObject::connect(program.journal.get(), &Journal::written, program.journal.get(), [&] {
        std::printf("%lld\n", static_cast<long long>(asked));
        std::fflush(stdout);
    });
    QTimer keys;
    QObject::connect(&keys, &QTimer::timeout, program.journal.get(), [&] {
        typed += 'k';
        program.setTitle(key, typed);
        program.journal->setOpenField({key, titleColumn, int(typed.size()), int(typed.size())});
    });
    keys.start(1ms);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--type"_s)
        return typeForever(arguments.value(2));
    JournalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journal.moc"
