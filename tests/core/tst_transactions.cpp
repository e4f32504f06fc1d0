// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;

/// Transactions, savepoints and hooks: what follows a commit, a rollback and an error.
class TransactionsTest final : public QObject
{
    Q_OBJECT

private slots:
    void a15_aTransactionBeginsByItself();
    void a16_aSecondBeginIsRefused();
    void a17_aRollbackRestoresValues();
    void a18_aRollbackLeavesAPendingObjectItsValues();
    void a19_aRollbackTakesRemoveBack();
    void a20_aCommitOfAnotherSessionIsSeenAfterACommit();
    void a21_expireOnCommitCanBeOff();
    void a22_afterAFailedFlushRollbackMustCome();
    void a23_whatIsLeftWithoutCommitIsRolledBack();
    void a24_aSavepointRollsBackAlone();
    void a25_aRollbackUndoesACommittedSavepoint();
    void a26_aRollbackUndoesEverySavepoint();
    void a27_savepointsNest();
    void a28_sessionsDontSeeEachOthersTransactions();
    void a29_aSavepointRestoresValues();

    void readingSendsNoBegin();
    void aFailedFlushInASavepointCostsOnlyTheSavepoint();
    void aFailedFlushHalfWayLeavesObjectsAsTheyWere();
    void aRefusedValueNeedsNoRollback();
    void aFailedStatementDoesNoHarmToTheNext();
    void keysThatMovedInACircleComeBack();
    void whatWasInsertedAndDeletedIsNew();
    void deletedInsideASavepoint();
    void whatACommittedSavepointDidIsUndone();
    void aKeyChangedBeforeACommitStays();
    void aSavepointLeftByAnErrorRollsBack();
    void aBusyBeginCanBeTriedAgain();
    void aBusyCommitCanBeTriedAgain();
    void aDeferredForeignKeyFailsTheCommit();
    void theDatabaseMayEndTheTransactionByItself();
    void aTransactionOfAnotherSessionInMemoryIsNotOurs();
    void savepointsOfQSqlQuery();
    void aRollbackGivesUpChangesThatNobodyHolds();
    void manyObjectsRollBackAndAreDeleted();

    void hooksAreCalledInOrder();
    void aHookMayChangeObjects();
    void flushingInAFlushIsRefused();
    void queriesInAFlushDontFlush();
    void aHookThatThrowsFailsTheFlush();
    void endlessFlushingIsRefused();
    void hooksCannotCommitOrRollBack();
};

void TransactionsTest::a15_aTransactionBeginsByItself()
{
    Database database;
    orm::Session session(database.engine());
    QVERIFY(!session.inTransaction());
    session.flush();
    QVERIFY(!session.inTransaction());
    session.add(User{.name = u"ed"_s});
    QVERIFY(!session.inTransaction());
    session.flush();
    QVERIFY(session.inTransaction());
    session.commit();
    QVERIFY(!session.inTransaction());
    session.query<User>().all();
    QVERIFY(session.inTransaction());
    session.rollback();
    QVERIFY(!session.inTransaction());
}

void TransactionsTest::a16_aSecondBeginIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    const auto transaction = session.begin();
    QVERIFY(messageOf<orm::InvalidRequestError>([&] {
                static_cast<void>(session.begin());
            }).contains(u"already begun"_s));
    QVERIFY(transaction.isActive());
}

void TransactionsTest::a17_aRollbackRestoresValues()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    user->name = u"ed"_s;
    session.rollback();
    QCOMPARE(user.read().name, u"jack"_s);
    user->name = u"ed"_s;
    session.flush();
    session.rollback();
    QCOMPARE(user.read().name, u"jack"_s);
}

void TransactionsTest::a18_aRollbackLeavesAPendingObjectItsValues()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.rollback();
    QVERIFY(!session.contains(user));
    QCOMPARE(user.read().name, u"ed"_s);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 0);

    session.add(user);
    session.flush();
    QCOMPARE(user.read().id, 1);
    session.rollback();
    QCOMPARE(user.state(), orm::ObjectState::Transient);
    QCOMPARE(user.read().id, 0); // SQLAlchemy keeps it, and would insert with it next time
}

void TransactionsTest::a19_aRollbackTakesRemoveBack()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.remove(user);
    session.rollback();
    QVERIFY(session.contains(user));
    QVERIFY(session.deletedObjects<User>().isEmpty());
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::a20_aCommitOfAnotherSessionIsSeenAfterACommit()
{
    Database database;
    orm::Session first(database.engine());
    const auto user = first.add(User{.name = u"ed"_s});
    first.commit();
    {
        orm::Session second(database.engine());
        second.get<User>(1)->name = u"will"_s;
        second.commit();
    }
    QCOMPARE(user.read().name, u"will"_s);
}

void TransactionsTest::a21_expireOnCommitCanBeOff()
{
    Database database;
    orm::Session session(database.engine(), {.expireOnCommit = false});
    const auto user = session.add(User{.name = u"ed"_s});
    session.commit();
    database.execute(u"UPDATE users SET name = 'edward'"_s);
    QCOMPARE(user.read().name, u"ed"_s);
    session.expireAll();
    QCOMPARE(user.read().name, u"edward"_s);
}

void TransactionsTest::a22_afterAFailedFlushRollbackMustCome()
{
    Database database;
    addUsers(database, {u"ed"_s});
    orm::Session session(database.engine());
    const auto known = session.get<User>(1);
    known->name = u"edward"_s;
    const auto added = session.add(User{.id = 1, .name = u"x"_s});
    const auto error = thrown<orm::IntegrityError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::PrimaryKey);
    QCOMPARE(error->table, u"users"_s);
    QCOMPARE(error->columns, QStringList{u"id"_s});
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.commit());
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.query<User>().all());
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.get<User>(5));
    session.rollback();
    QVERIFY(!session.contains(added));
    QCOMPARE(added.read().id, 1); // it was the user's own
    QCOMPARE(known.read().name, u"ed"_s);
    known->name = u"edward"_s;
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"edward"_s);
}

void TransactionsTest::a23_whatIsLeftWithoutCommitIsRolledBack()
{
    Database database;
    {
        orm::Session session(database.engine());
        session.add(User{.name = u"ed"_s});
        session.flush();
    }
    QCOMPARE(database.count(u"users"_s), 0);
    orm::Session session(database.engine());
    const auto addIn = [&](bool fails) {
        auto transaction = session.begin();
        session.add(User{.name = u"ed"_s});
        session.flush();
        if (fails)
            throw std::runtime_error("left by an error");
        transaction.commit();
        QVERIFY(!transaction.isActive());
        QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, transaction.commit());
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, addIn(true));
    QVERIFY(!session.inTransaction());
    QCOMPARE(database.count(u"users"_s), 0);
    addIn(false);
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::a24_aSavepointRollsBackAlone()
{
    Database database;
    orm::Session session(database.engine());
    const auto first = session.add(User{.name = u"first"_s});
    session.flush();
    auto savepoint = session.beginNested();
    const auto second = session.add(User{.name = u"second"_s});
    session.flush();
    savepoint.rollback();
    QVERIFY(session.contains(first));
    QVERIFY(!session.contains(second));
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"first"_s);
}

void TransactionsTest::a25_aRollbackUndoesACommittedSavepoint()
{
    Database database;
    orm::Session session(database.engine());
    auto savepoint = session.beginNested();
    const auto user = session.add(User{.name = u"ed"_s});
    savepoint.commit();
    QVERIFY(session.contains(user));
    session.rollback();
    QVERIFY(!session.contains(user));
    QCOMPARE(database.count(u"users"_s), 0);
}

void TransactionsTest::a26_aRollbackUndoesEverySavepoint()
{
    Database database;
    orm::Session session(database.engine());
    session.add(User{.name = u"first"_s});
    session.flush();
    const auto savepoint = session.beginNested();
    session.add(User{.name = u"second"_s});
    session.flush();
    session.rollback();
    QVERIFY(!session.inTransaction());
    QVERIFY(!savepoint.isActive());
    QCOMPARE(database.count(u"users"_s), 0);
}

void TransactionsTest::a27_savepointsNest()
{
    Database database;
    orm::Session session(database.engine());
    const auto transaction = session.begin();
    auto a = session.beginNested();
    auto b = session.beginNested();
    QVERIFY(session.inNestedTransaction());
    QVERIFY(b.isInnermost());
    QVERIFY(!a.isInnermost());
    b.rollback();
    QVERIFY(a.isInnermost());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, b.rollback());
    a.rollback();
    QVERIFY(!session.inNestedTransaction());
    QVERIFY(session.inTransaction());

    auto outer = session.beginNested();
    const auto inner = session.beginNested();
    outer.commit(); // takes the inner one along
    QVERIFY(!inner.isActive());
}

void TransactionsTest::a28_sessionsDontSeeEachOthersTransactions()
{
    Database database;
    orm::Session first(database.engine());
    orm::Session second(database.engine());
    first.add(User{.name = u"ed"_s});
    first.flush();
    QCOMPARE(second.query<User>().count(), 0);
    QCOMPARE(first.query<User>().count(), 1);
}

void TransactionsTest::a29_aSavepointRestoresValues()
{
    Database database;
    orm::Session session(database.engine());
    const auto ed = session.add(User{.name = u"ed"_s});
    session.add(User{.name = u"jack"_s});
    {
        auto savepoint = session.beginNested();
        ed->name = u"edward"_s;
        session.add(User{.name = u"wendy"_s});
        QStringList names;
        for (const auto &user : session.query<User>().orderBy(col<&User::name>).all())
            names.append(user.read().name);
        QCOMPARE(names, QStringList({u"edward"_s, u"jack"_s, u"wendy"_s}));
        savepoint.rollback();
    }
    QCOMPARE(ed.read().name, u"ed"_s);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"ed, jack"_s);
}

void TransactionsTest::readingSendsNoBegin()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    SqlTrace trace(session.connection());
    const auto user = session.get<User>(1);
    session.query<User>().count();
    session.commit();
    QVERIFY(trace.statements(u"BEGIN"_s).isEmpty());
    QVERIFY(trace.statements(u"COMMIT"_s).isEmpty());
    user->name = u"ed"_s;
    trace.clear();
    session.commit();
    QCOMPARE(
        trace.all(),
        QStringList({u"BEGIN IMMEDIATE"_s, u"UPDATE users SET name=? WHERE id=?"_s, u"COMMIT"_s}));
}

void TransactionsTest::aFailedFlushInASavepointCostsOnlyTheSavepoint()
{
    Database database;
    orm::Session session(database.engine());
    session.add(Tag{.name = u"one"_s});
    session.flush();
    {
        const auto savepoint = session.beginNested();
        const auto twice = session.add(Tag{.name = u"one"_s});
        QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, session.flush());
        QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.flush());
        QVERIFY(session.connection().inTransaction());
    }
    session.add(Tag{.name = u"two"_s});
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"one, two"_s);
}

void TransactionsTest::aFailedFlushHalfWayLeavesObjectsAsTheyWere()
{
    Database database;
    database.execute(u"INSERT INTO docs VALUES (1, 'body', 3)"_s);
    database.execute(u"INSERT INTO tags VALUES (1, 'taken')"_s);
    orm::Session session(database.engine());
    const auto doc = session.get<Doc>(1);
    doc->body = u"changed"_s;
    const auto fresh = session.add(Doc{.body = u"new"_s});
    const auto stamp = session.add(Stamp{});
    session.add(Tag{.name = u"taken"_s});
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, session.flush());
    session.rollback();
    QCOMPARE(doc.read().versionId, 3);
    QCOMPARE(doc.read().body, u"body"_s);
    QCOMPARE(fresh.read().id, 0);
    QCOMPARE(stamp.read().id, 0);
    QCOMPARE(fresh.state(), orm::ObjectState::Transient);
    doc->body = u"changed"_s;
    session.add(fresh);
    session.add(stamp);
    session.commit();
    QCOMPARE(database.values(u"body || version_id"_s, u"docs"_s), u"changed4, new1"_s);
    QCOMPARE(stamp.read().id, 1);
}

void TransactionsTest::aRefusedValueNeedsNoRollback()
{
    Database database;
    orm::Session session(database.engine());
    session.add(User{.name = u"good"_s});
    session.flush();
    const auto user = session.add(User{.name = QString(81, u'x')});
    SqlTrace trace(session.connection());
    const auto error = thrown<orm::DataError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->table, u"users"_s);
    QCOMPARE(error->column, u"name"_s);
    QCOMPARE(trace.all(), QStringList());
    QVERIFY(session.contains(user));
    user->name = QString(80, u'x');
    session.commit();
    QCOMPARE(database.count(u"users"_s), 2);
}

void TransactionsTest::aFailedStatementDoesNoHarmToTheNext()
{
    Database database;
    orm::Session session(database.engine());
    for (int i = 0; i < 3; ++i) {
        session.add(Tag{.name = u"one"_s});
        session.add(Tag{.name = u"one"_s});
        QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, session.flush());
        session.rollback();
        session.add(Tag{.name = u"t%1"_s.arg(i)});
        session.commit();
    }
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"t0, t1, t2"_s);
}

void TransactionsTest::keysThatMovedInACircleComeBack()
{
    Database database;
    addUsers(database, {u"one"_s, u"two"_s});
    orm::Session session(database.engine());
    const auto one = session.get<User>(1);
    const auto two = session.get<User>(2);
    one->id = 3;
    session.flush();
    two->id = 1;
    session.flush();
    one->id = 2;
    session.flush();
    QVERIFY(session.get<User>(1) == two);
    QVERIFY(session.get<User>(2) == one);
    session.rollback();
    QVERIFY(session.get<User>(1) == one);
    QVERIFY(session.get<User>(2) == two);
    QCOMPARE(one.read().name, u"one"_s);
}

void TransactionsTest::whatWasInsertedAndDeletedIsNew()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.flush();
    session.remove(user);
    session.flush();
    const auto other = session.add(User{.name = u"other"_s}); // gets the same id
    session.flush();
    QCOMPARE(other.read().id, 1);
    session.rollback();
    QCOMPARE(user.state(), orm::ObjectState::Transient);
    QCOMPARE(other.state(), orm::ObjectState::Transient);
    QCOMPARE(session.identityCount(), 0);
}

void TransactionsTest::deletedInsideASavepoint()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.flush();
    auto savepoint = session.beginNested();
    session.remove(user);
    session.flush();
    QCOMPARE(user.state(), orm::ObjectState::Deleted);
    savepoint.rollback();
    QCOMPARE(user.state(), orm::ObjectState::Persistent);
    QCOMPARE(user.read().name, u"ed"_s);
    session.rollback();
    QCOMPARE(user.state(), orm::ObjectState::Transient);
}

void TransactionsTest::whatACommittedSavepointDidIsUndone()
{
    Database database;
    addUsers(database, {u"ed"_s});
    database.execute(u"INSERT INTO settings VALUES ('old', 'x')"_s);
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    const auto setting = session.get<Setting>(u"old"_s);
    {
        auto outer = session.beginNested();
        auto inner = session.beginNested();
        session.remove(user);
        setting->key = u"new"_s;
        inner.commit();
        outer.commit();
    }
    QVERIFY(!session.contains(user));
    QVERIFY(session.get<Setting>(u"new"_s) == setting);
    session.rollback();
    QVERIFY(session.contains(user));
    QCOMPARE(user.read().name, u"ed"_s);
    QVERIFY(session.get<User>(1) == user);
    QCOMPARE(setting.read().key, u"old"_s);
    QVERIFY(session.get<Setting>(u"old"_s) == setting);
    QVERIFY(!session.get<Setting>(u"new"_s));
}

void TransactionsTest::aKeyChangedBeforeACommitStays()
{
    Database database;
    orm::Session session(database.engine());
    const auto setting = session.add(Setting{.key = u"a"_s});
    session.commit();
    setting->key = u"b"_s;
    session.commit();
    session.rollback();
    QCOMPARE(setting.read().key, u"b"_s);
    QVERIFY(session.get<Setting>(u"b"_s) == setting);
}

void TransactionsTest::aSavepointLeftByAnErrorRollsBack()
{
    Database database;
    orm::Session session(database.engine());
    const auto add = [&] {
        const auto savepoint = session.beginNested();
        session.add(User{.name = u"ed"_s});
        session.flush();
        throw std::runtime_error("left by an error");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, add());
    session.add(User{.name = u"jack"_s});
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"jack"_s);
}

void TransactionsTest::aBusyBeginCanBeTriedAgain()
{
    Database database({.busyTimeout = std::chrono::milliseconds(0)});
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    {
        const auto other = database.engine().connect();
        other->begin();
        const auto error = thrown<orm::OperationalError>([&] { session.commit(); });
        QVERIFY(error);
        QCOMPARE(error->reason(), orm::OperationalError::Reason::Busy);
    }
    QCOMPARE(session.newObjects<User>(), {user});
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::aBusyCommitCanBeTriedAgain()
{
    Database database({.busyTimeout = std::chrono::milliseconds(0)});
    database.engine().connect()->scalar(
        u"PRAGMA journal_mode = DELETE"_s); // readers lock writers out
    orm::Session session(database.engine());
    session.add(User{.name = u"ed"_s});
    {
        const auto other = database.engine().connect();
        const auto reader = other->prepare(u"SELECT name FROM sqlite_schema"_s);
        QVERIFY(reader->step());
        const auto error = thrown<orm::OperationalError>([&] { session.commit(); });
        QVERIFY(error);
        QCOMPARE(error->reason(), orm::OperationalError::Reason::Busy);
    }
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::aDeferredForeignKeyFailsTheCommit()
{
    Database database;
    database.execute(u"CREATE TABLE parents (id INTEGER PRIMARY KEY)"_s);
    database.execute(u"DROP TABLE nodes"_s);
    database.execute(u"CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES "
                     "parents (id) DEFERRABLE INITIALLY DEFERRED, name TEXT)"_s);
    orm::Session session(database.engine());
    const auto node = session.add(Node{.parentId = 99, .name = u"x"_s});
    const auto error = thrown<orm::IntegrityError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::ForeignKey);
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.commit());
    session.rollback();
    QVERIFY(!session.contains(node));
    node->parentId.reset();
    session.add(node);
    session.commit();
    QCOMPARE(database.count(u"nodes"_s), 1);
}

void TransactionsTest::theDatabaseMayEndTheTransactionByItself()
{
    Database database;
    database.execute(u"CREATE TRIGGER no BEFORE INSERT ON tags WHEN new.name = 'no' BEGIN SELECT "
                     "RAISE(ROLLBACK, 'tags: no'); END"_s);
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.flush();
    auto savepoint = session.beginNested();
    session.add(Tag{.name = u"no"_s});
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::Other);
    QCOMPARE(error->table, u"tags"_s); // by the mapper; the trigger's own words are not parsed
    QVERIFY(error->columns.isEmpty());
    savepoint.rollback(); // the transaction around it is lost, too
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.flush());
    session.rollback();
    QVERIFY(!session.contains(user));

    session.add(User{.name = u"ed"_s});
    session.flush();
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             session.execute(u"INSERT INTO tags (name) VALUES ('no')"_s));
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.commit());
    session.rollback();
    session.commit();
    QCOMPARE(database.count(u"users"_s), 0);
}

void TransactionsTest::aTransactionOfAnotherSessionInMemoryIsNotOurs()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    metaData().createAll(engine);
    orm::Session first(engine);
    {
        orm::Session second(engine); // on the same connection
        first.add(User{.name = u"ed"_s});
        first.flush();
        second.add(User{.name = u"jack"_s});
        QVERIFY_THROWS_EXCEPTION(orm::OperationalError, second.flush());
        second.rollback();
    }
    first.commit();
    QCOMPARE(first.query<User>().count(), 1);
    orm::Session second(engine);
    second.add(User{.name = u"jack"_s});
    second.commit();
    QCOMPARE(first.query<User>().count(), 2);
}

void TransactionsTest::savepointsOfQSqlQuery()
{
    Database database({.statements = orm::ConnectionOptions::Statements::Query});
    orm::Session session(database.engine());
    session.add(User{.name = u"one"_s});
    {
        const auto savepoint = session.beginNested();
        session.add(User{.name = u"two"_s});
        session.flush();
    }
    {
        auto savepoint = session.beginNested();
        session.add(User{.name = u"three"_s});
        savepoint.commit();
    }
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"one, three"_s);
}

void TransactionsTest::aRollbackGivesUpChangesThatNobodyHolds()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    for (int i = 1; i <= 3; ++i)
        session.get<User>(i)->id = 10 + i; // the key, too
    session.add(User{.name = u"d"_s});
    session.remove(session.get<User>(2));
    session.rollback();
    QCOMPARE(session.identityCount(), 0);
    for (int i = 1; i <= 3; ++i)
        session.get<User>(i)->name = u"x"_s;
    session.expireAll();
    QCOMPARE(session.identityCount(), 0);
    for (int i = 1; i <= 3; ++i)
        session.get<User>(i)->name = u"y"_s;
    session.expungeAll();
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"a, b, c"_s);
}

void TransactionsTest::manyObjectsRollBackAndAreDeleted()
{
    Database database;
    orm::Session session(database.engine());
    constexpr int count = 20'000; // where each costs as much as all, this takes minutes
    const auto users = session.addAll(std::vector<User>(count, User{.name = u"x"_s}));
    session.rollback();
    QCOMPARE(session.newCount(), 0);
    session.addAll(users);
    session.flush();
    session.rollback();
    session.addAll(users);
    session.commit();
    for (const auto &user : users)
        session.remove(user);
    session.rollback();
    for (const auto &user : users)
        session.remove(user);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 0);
}

void TransactionsTest::hooksAreCalledInOrder()
{
    Database database;
    orm::Session session(database.engine());
    QStringList calls;
    const auto note = [&calls](const QString &name) {
        return [&calls, name](orm::Session &) { calls.append(name); };
    };
    session.onBeforeFlush(note(u"beforeFlush"_s));
    session.onAfterFlush(note(u"afterFlush"_s));
    session.onBeforeCommit(note(u"beforeCommit"_s));
    session.onAfterCommit(note(u"afterCommit"_s));
    session.onAfterCommit(note(u"afterCommit2"_s));
    session.onAfterRollback(note(u"afterRollback"_s));
    session.add(User{.name = u"ed"_s});
    session.commit();
    QCOMPARE(calls,
             QStringList({u"beforeFlush"_s, u"afterFlush"_s, u"beforeCommit"_s, u"afterCommit"_s,
                          u"afterCommit2"_s}));
    calls.clear();
    session.rollback();
    QCOMPARE(calls, QStringList{u"afterRollback"_s});
}

void TransactionsTest::aHookMayChangeObjects()
{
    Database database;
    orm::Session session(database.engine());
    session.onBeforeFlush([](orm::Session &hooked) {
        for (const auto &user : hooked.newObjects<User>())
            user->email = user.read().name + u"@x"_s;
    });
    qint64 seen = 0;
    session.onBeforeCommit([&seen](orm::Session &hooked) {
        seen = hooked.query<User>().one().read().id; // what COMMIT will make true
        hooked.add(Tag{.name = u"late"_s});
    });
    session.add(User{.name = u"ed"_s});
    session.commit();
    QCOMPARE(seen, 1);
    QCOMPARE(database.values(u"email"_s, u"users"_s), u"ed@x"_s);
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"late"_s);
}

void TransactionsTest::flushingInAFlushIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    QString message;
    session.onAfterFlush([&message](orm::Session &hooked) {
        message = messageOf<orm::InvalidRequestError>([&] { hooked.flush(); });
    });
    session.add(User{.name = u"ed"_s});
    session.commit();
    QVERIFY(message.contains(u"already flushing"_s));
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::queriesInAFlushDontFlush()
{
    Database database;
    orm::Session session(database.engine());
    qint64 before = -1;
    qint64 after = -1;
    session.onBeforeFlush([&](orm::Session &hooked) { before = hooked.query<User>().count(); });
    session.onAfterFlush([&](orm::Session &hooked) {
        hooked.add(User{.name = u"more"_s});
        if (after < 0)
            after = hooked.query<User>().count();
        else
            hooked.expunge(hooked.newObjects<User>().first());
    });
    session.add(User{.name = u"ed"_s});
    session.commit();
    QCOMPARE(before, 1); // of the second flush
    QCOMPARE(after, 1);
    QCOMPARE(database.count(u"users"_s), 2);
}

void TransactionsTest::aHookThatThrowsFailsTheFlush()
{
    Database database;
    orm::Session session(database.engine());
    bool fails = true;
    session.onAfterFlush([&fails](orm::Session &) {
        if (fails)
            throw std::runtime_error("no");
    });
    const auto user = session.add(User{.name = u"ed"_s});
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, session.commit());
    QVERIFY_THROWS_EXCEPTION(orm::PendingRollbackError, session.commit());
    session.rollback();
    QVERIFY(!session.contains(user));
    fails = false;
    session.add(user);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void TransactionsTest::endlessFlushingIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    int rounds = 0;
    session.onAfterFlush([&rounds](orm::Session &hooked) {
        ++rounds;
        hooked.add(User{.name = u"again"_s});
    });
    session.add(User{.name = u"ed"_s});
    QVERIFY(messageOf<orm::FlushError>([&] {
                session.commit();
            }).startsWith(u"Over 100 subsequent flushes have occurred"_s));
    QCOMPARE(rounds, 100);
    session.rollback();
    QCOMPARE(database.count(u"users"_s), 0);
}

void TransactionsTest::hooksCannotCommitOrRollBack()
{
    Database database;
    orm::Session session(database.engine());
    int refused = 0;
    const auto tryAll = [&refused](orm::Session &hooked) {
        refused += messageOf<orm::InvalidRequestError>([&] { hooked.commit(); }).isEmpty() ? 0 : 1;
        refused
            += messageOf<orm::InvalidRequestError>([&] { hooked.rollback(); }).isEmpty() ? 0 : 1;
    };
    session.onBeforeFlush(tryAll);
    session.onAfterFlush(tryAll);
    session.onBeforeCommit(tryAll);
    session.add(User{.name = u"ed"_s});
    session.commit();
    QCOMPARE(refused, 6);
    QCOMPARE(database.count(u"users"_s), 1);
}

QTEST_GUILESS_MAIN(TransactionsTest)
#include "tst_transactions.moc"
