// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;

/// Objects and the session they are in: one object per row, and its states.
class IdentityTest final : public QObject
{
    Q_OBJECT

private slots:
    void a01_oneRowIsOneObject();
    void a02_getOfNoRowIsNull();
    void a03_getOfAFlushedObjectSendsNothing();
    void a04_aQueryKeepsUnflushedChanges();
    void a05_addMakesPendingAndFlushPersistent();
    void a06_removingWhatWasNeverPersistedIsRefused();
    void a07_anObjectOfAnotherSessionIsRefused();
    void a08_aSecondObjectOfOneRowIsRefused();
    void a09_changesOfADetachedObjectAreFlushedAfterAdd();
    void a10_noAutoflushIsForAScope();
    void a11_aDeletedObjectComesBackWithARollback();
    void a12_makeTransientMakesADeletedObjectNew();
    void a13_addingManyTimesIsAddingOnce();
    void a14_anEqualValueIsNoChange();
    void a53_compositeKeys();
    void a54_aNaturalKeyMayChange();
    void a57_mergeCopiesIntoTheObjectOfTheSession();
    void a58_mergeWithoutAKeyIsANewObject();
    void a76_anotherThreadIsRefused();
    void a77_changesOutliveTheirLastRef();

    void mergeOfATransientObjectKeepsWhatIsNotSet();
    void mergeOfADetachedObjectCopiesNulls();
    void mergeOverARemovedObjectIsANewOne();
    void mergeChecksTheVersion();
    void aRefOutlivesItsSession();
    void aNullRefIsRefused();
    void keysOfTheUserAreNotTheIdentity();
    void anIdGivenAnewReplacesTheObjectOfTheRowThatIsGone();
    void theKeyZeroCanBeRead();
    void expungeAllLeavesValues();
    void theLastRefMayDieInAnotherThread();
    void removeOfADetachedObjectDeletesItsRow();
    void addTakesRemoveBack();
    void viewsOfPendingWork();
};

void IdentityTest::a01_oneRowIsOneObject()
{
    Database database;
    database.execute(u"INSERT INTO users (id, name) VALUES (7, 'jack'), (19, 'ed')"_s);
    orm::Session session(database.engine());
    const auto first = session.get<User>(7);
    const auto second = session.get<User>(7);
    const auto queried = session.query<User>().where(col<&User::name> == u"jack"_s).one();
    QVERIFY(first == second);
    QVERIFY(first == queried);
    QVERIFY(first != session.get<User>(19));
    QCOMPARE(&first.read(), &queried.read());
    session.expungeAll();
    QVERIFY(session.get<User>(7) != first);
}

void IdentityTest::a02_getOfNoRowIsNull()
{
    Database database;
    orm::Session session(database.engine());
    QVERIFY(!session.get<User>(99));
    QVERIFY_THROWS_EXCEPTION(orm::NoResultFound, session.getOne<User>(99));
}

void IdentityTest::a03_getOfAFlushedObjectSendsNothing()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.flush();
    SqlTrace trace(session.connection());
    QVERIFY(session.get<User>(1) == user);
    QCOMPARE(trace.all(), QStringList());
    QVERIFY(session.query<User>().where(col<&User::id> == 1).one() == user);
    QCOMPARE(trace.all(), QStringList{u"SELECT id, name, email FROM users WHERE id = ?"_s});
}

void IdentityTest::a04_aQueryKeepsUnflushedChanges()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    const auto user = session.get<User>(1);
    user->name = u"changed"_s;
    QVERIFY(session.query<User>().one() == user);
    QCOMPARE(user.read().name, u"changed"_s);
    QVERIFY(session.isModified(user));
    QVERIFY(session.get<User>(orm::Key::integer(1), orm::Load::PopulateExisting) == user);
    QCOMPARE(user.read().name, u"jack"_s);
    QVERIFY(!session.isModified(user));

    user->name = u"again"_s;
    QVERIFY(session.query<User>().populateExisting().one() == user);
    QCOMPARE(user.read().name, u"jack"_s);
}

void IdentityTest::a05_addMakesPendingAndFlushPersistent()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = orm::make(User{.name = u"ed"_s});
    QVERIFY(!session.contains(user));
    QCOMPARE(user.state(), orm::ObjectState::Transient);
    session.add(user);
    QVERIFY(session.contains(user));
    QCOMPARE(session.newObjects<User>(), {user});
    QCOMPARE(user.state(), orm::ObjectState::Pending);
    QCOMPARE(user.read().id, 0);
    session.flush();
    QVERIFY(session.contains(user));
    QVERIFY(session.newObjects<User>().isEmpty());
    QCOMPARE(user.state(), orm::ObjectState::Persistent);
    QCOMPARE(user.read().id, 1);
}

void IdentityTest::a06_removingWhatWasNeverPersistedIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = orm::make(User{.name = u"ed"_s});
    QVERIFY(messageOf<orm::InvalidRequestError>([&] {
                session.remove(user);
            }).contains(u"is not persisted"_s));
    session.add(user);
    QVERIFY(messageOf<orm::InvalidRequestError>([&] {
                session.remove(user);
            }).contains(u"is not persisted"_s));
}

void IdentityTest::a07_anObjectOfAnotherSessionIsRefused()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session first(database.engine());
    orm::Session second(database.engine());
    const auto user = first.get<User>(1);
    const auto refusal = [&](const auto &call) {
        return messageOf<orm::InvalidRequestError>(call).contains(u"already attached"_s);
    };
    QVERIFY(refusal([&] { second.add(user); }));
    QVERIFY(refusal([&] { second.remove(user); }));
    QVERIFY(!second.contains(user));
    QVERIFY(first.contains(user));
    const auto pending = first.add(User{.name = u"ed"_s});
    QVERIFY(refusal([&] { second.add(pending); }));
}

void IdentityTest::a08_aSecondObjectOfOneRowIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    const auto first = session.add(User{.name = u"ed"_s});
    session.flush();
    session.expunge(first);
    const auto second = session.get<User>(1);
    QVERIFY(second != first);
    const QString message = messageOf<orm::InvalidRequestError>([&] { session.add(first); });
    QVERIFY(message.contains(u"another instance with key 1 is already present"_s));
    session.expunge(second);
    session.add(first);
    first->name = u"John"_s;
    session.flush();
    session.expungeAll();
    QCOMPARE(session.get<User>(1).read().name, u"John"_s);
}

void IdentityTest::a09_changesOfADetachedObjectAreFlushedAfterAdd()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expunge(user);
    QCOMPARE(user.state(), orm::ObjectState::Detached);
    user->name = u"changed"_s;
    session.add(user);
    QVERIFY(session.isModified(user));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE users SET name=? WHERE id=?"_s});
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"changed"_s);

    session.refresh(user);
    session.expunge(user);
    session.add(user);
    QVERIFY(session.contains(user));
    QVERIFY(!session.isModified(user));
}

void IdentityTest::a10_noAutoflushIsForAScope()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    auto query = session.query<User>().where(col<&User::name> == u"ed"_s);
    {
        const auto scope = session.noAutoflush();
        QVERIFY(!query.first());
        QCOMPARE(session.newObjects<User>(), {user});
    }
    QVERIFY(query.first() == user);
    QVERIFY(session.newObjects<User>().isEmpty());
}

void IdentityTest::a11_aDeletedObjectComesBackWithARollback()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.commit();
    session.remove(user);
    session.flush();
    QVERIFY(!session.contains(user));
    QCOMPARE(user.state(), orm::ObjectState::Deleted);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.add(user));
    session.rollback();
    QVERIFY(session.contains(user));
    QCOMPARE(user.read().name, u"ed"_s);
    QVERIFY(session.get<User>(1) == user);
}

void IdentityTest::a12_makeTransientMakesADeletedObjectNew()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.commit();
    session.remove(user);
    session.commit();
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.add(user));
    orm::Session::makeTransient(user);
    QCOMPARE(user.state(), orm::ObjectState::Transient);
    session.add(user);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
    QCOMPARE(user.read().name, u"ed"_s);
}

void IdentityTest::a13_addingManyTimesIsAddingOnce()
{
    Database database;
    orm::Session session(database.engine());
    const auto user = session.add(User{.name = u"ed"_s});
    session.add(user);
    session.addAll(QList{user, user});
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void IdentityTest::a14_anEqualValueIsNoChange()
{
    Database database;
    addUsers(database, {u"fred"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    user->name = u"fred"_s; // SQLAlchemy lists it as dirty, too; here only what differs is
    QVERIFY(!session.isModified(user));
    QVERIFY(session.dirtyObjects<User>().isEmpty());
    user->name = u"ed"_s;
    QVERIFY(session.isModified(user));
    QCOMPARE(session.dirtyObjects<User>(), {user});
    session.flush();
    QVERIFY(!session.isModified(user));
}

void IdentityTest::a53_compositeKeys()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 2, 10)"_s);
    orm::Session session(database.engine());
    const auto vote = session.get<Vote>(1, 2);
    QVERIFY(vote);
    QCOMPARE(vote.read().value, 10);
    QVERIFY(!session.get<Vote>(2, 1));
    SqlTrace trace(session.connection());
    QVERIFY(session.get<Vote>(1, 2) == vote);
    QCOMPARE(trace.all(), QStringList());
    // session.get<Vote>(1) and session.get<Vote>(1, 2, 3) don't compile, see tst_mapping
    const auto key = [](int count) {
        return orm::Key::values(QList<orm::StoredValue>(count, orm::StoredValue::integer(1)));
    };
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.get<Vote>(key(1)));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.get<Vote>(key(3)));
    vote->value = 11;
    session.flush();
    QCOMPARE(trace.statements(),
             QStringList{u"UPDATE votes SET value=? WHERE user_id=? AND post_id=?"_s});
}

void IdentityTest::a54_aNaturalKeyMayChange()
{
    Database database;
    orm::Session session(database.engine());
    const auto setting = session.add(Setting{.key = u"jack"_s, .value = u"1"_s});
    session.commit();
    setting->key = u"ed"_s;
    SqlTrace trace(session.connection());
    session.flush();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE settings SET \"key\"=? WHERE \"key\"=?"_s});
    trace.clear();
    QVERIFY(session.get<Setting>(u"ed"_s) == setting);
    QCOMPARE(trace.all(), QStringList());
    QVERIFY(!session.get<Setting>(u"jack"_s));
    session.rollback();
    QVERIFY(session.get<Setting>(u"jack"_s) == setting);
    QCOMPARE(setting.read().key, u"jack"_s);
    QVERIFY(!session.get<Setting>(u"ed"_s));
}

void IdentityTest::a57_mergeCopiesIntoTheObjectOfTheSession()
{
    Database database;
    database.execute(u"INSERT INTO users (id, name) VALUES (7, 'jack')"_s);
    orm::Session session(database.engine());
    const auto given = orm::make(User{.id = 7, .name = u"fred"_s});
    const auto merged = session.merge(given);
    QVERIFY(merged != given);
    QVERIFY(session.contains(merged));
    QVERIFY(!session.contains(given));
    QCOMPARE(merged.read().name, u"fred"_s);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"fred"_s);
}

void IdentityTest::a58_mergeWithoutAKeyIsANewObject()
{
    Database database;
    orm::Session session(database.engine());
    SqlTrace trace(session.connection());
    const auto merged = session.merge(User{.name = u"fred"_s});
    QCOMPARE(trace.all(), QStringList());
    QCOMPARE(session.newObjects<User>(), {merged});
}

void IdentityTest::a76_anotherThreadIsRefused()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    const auto elsewhere = [](const auto &call) {
        bool isRefused = false;
        std::thread([&] {
            try {
                call();
            } catch (const orm::WrongThreadError &) {
                isRefused = true;
            }
        }).join();
        return isRefused;
    };
    QVERIFY(elsewhere([&] { session.get<User>(1); }));
    QVERIFY(elsewhere([&] { session.query<User>().all(); }));
    QVERIFY(elsewhere([&] { session.commit(); }));
    QVERIFY(elsewhere([&] { session.rollback(); }));
    QVERIFY(elsewhere([&] { session.add(User{}); }));
    QVERIFY(elsewhere([&] { session.expireAll(); }));
    QVERIFY(elsewhere([&] { user.read(); }));
    QVERIFY(elsewhere([&] { user->name = u"x"_s; }));
    QVERIFY(elsewhere([&] { session.connection(); }));
    QVERIFY(elsewhere([&] { session.flush(); }));
    QVERIFY(elsewhere([&] { static_cast<void>(session.begin()); }));
    QVERIFY(elsewhere([&] { static_cast<void>(session.beginNested()); }));
    QVERIFY(elsewhere([&] { static_cast<void>(session.noAutoflush()); }));
    QVERIFY(elsewhere([&] { session.remove(user); }));
    QVERIFY(elsewhere([&] { session.expire(user); }));
    QVERIFY(elsewhere([&] { session.refresh(user); }));
    QVERIFY(elsewhere([&] { session.expunge(user); }));
    QVERIFY(elsewhere([&] { session.expungeAll(); }));
    QVERIFY(elsewhere([&] { orm::Session::makeTransient(user); }));
    QVERIFY(elsewhere([&] { session.merge(User{.id = 1}); }));
    QVERIFY(elsewhere([&] { session.upsert(User{}); }));
    QVERIFY(elsewhere([&] { session.execute(u"DELETE FROM users"_s); }));
    QVERIFY(elsewhere([&] { session.rows<int>(u"SELECT 1"_s); }));
    QVERIFY(elsewhere([&] { session.query<User>().remove(); }));
    QVERIFY(elsewhere([&] { session.query<User>().yieldPer(1); }));
    QVERIFY(elsewhere([&] { session.contains(user); }));
    QVERIFY(elsewhere([&] { session.isModified(user); }));
    QVERIFY(elsewhere([&] { session.newObjects<User>(); }));
    QVERIFY(elsewhere([&] { session.dirtyObjects<User>(); }));
    QVERIFY(elsewhere([&] { session.deletedObjects<User>(); }));
    QVERIFY(elsewhere([&] { session.newCount(); }));
    QVERIFY(elsewhere([&] { session.identityCount(); }));
    QVERIFY(elsewhere([&] { session.inTransaction(); }));
    QVERIFY(elsewhere([&] { session.inNestedTransaction(); }));
    QVERIFY(elsewhere([&] { session.onAfterFlush([](orm::Session &) {}); }));
    QVERIFY(elsewhere([&] { user.state(); }));
    QVERIFY(elsewhere([&] { user.value(0); }));
    QVERIFY(elsewhere([&] { user.setValue(1, orm::StoredValue::text(u"x"_s)); }));
    QVERIFY(session.contains(user));
    QCOMPARE(user.read().name, u"jack"_s);
}

void IdentityTest::a77_changesOutliveTheirLastRef()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    SqlTrace trace(session.connection());
    session.get<User>(1);
    QCOMPARE(session.identityCount(), 0);
    session.get<User>(1); // it was evicted
    QCOMPARE(trace.statements().size(), 2);
    session.get<User>(1)->name = u"ed"_s;
    QCOMPARE(session.identityCount(), 1);
    session.commit();
    QCOMPARE(session.identityCount(), 0);
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"ed"_s);
}

void IdentityTest::mergeOfATransientObjectKeepsWhatIsNotSet()
{
    Database database;
    database.execute(u"INSERT INTO users VALUES (7, 'jack', 'jack@x')"_s);
    orm::Session session(database.engine());
    const auto merged = session.merge(User{.id = 7, .name = u"ed"_s});
    QCOMPARE(merged.read().email, u"jack@x"_s);
    session.commit();
    QCOMPARE(database.values(u"email"_s, u"users"_s), u"jack@x"_s);
}

void IdentityTest::mergeOfADetachedObjectCopiesNulls()
{
    Database database;
    database.execute(u"INSERT INTO users VALUES (7, 'jack', 'jack@x')"_s);
    orm::Session other(database.engine());
    const auto detached = other.get<User>(7);
    other.expunge(detached);
    detached->email.reset();
    orm::Session session(database.engine());
    const auto merged = session.merge(detached);
    QVERIFY(!merged.read().email);
    session.commit();
    QVERIFY(database.scalar(u"SELECT email FROM users"_s).isNull());
}

void IdentityTest::mergeOverARemovedObjectIsANewOne()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto removed = session.get<User>(1);
    session.remove(removed);
    const auto merged = session.merge(User{.id = 1, .name = u"ed"_s}); // flushes, as a query does
    QVERIFY(merged != removed);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"ed"_s);
}

void IdentityTest::mergeChecksTheVersion()
{
    Database database;
    database.execute(u"INSERT INTO docs VALUES (1, 'x', 5)"_s);
    orm::Session session(database.engine());
    const auto error = thrown<orm::StaleDataError>(
        [&] { session.merge(Doc{.id = 1, .body = u"y"_s, .versionId = 4}); });
    QVERIFY(error);
    QCOMPARE(error->table, u"docs"_s);
    session.merge(Doc{.id = 1, .body = u"y"_s}); // no version: into whatever there is
    session.commit();
    QCOMPARE(database.scalar(u"SELECT body || version_id FROM docs"_s).toString(), u"y6"_s);
}

void IdentityTest::aRefOutlivesItsSession()
{
    Database database;
    addUsers(database, {u"jack"_s, u"ed"_s});
    orm::Ref<User> loaded;
    orm::Ref<User> expired;
    orm::Ref<User> pending;
    orm::Ref<User> inserted;
    orm::Ref<User> deleted;
    {
        orm::Session session(database.engine());
        loaded = session.get<User>(1);
        expired = session.get<User>(2);
        deleted = session.add(User{.name = u"x"_s});
        inserted = session.add(User{.name = u"inserted"_s});
        session.flush();
        session.remove(deleted);
        session.flush();
        session.expire(expired);
        pending = session.add(User{.name = u"pending"_s});
    }
    QCOMPARE(loaded.read().name, u"jack"_s);
    QCOMPARE(loaded.state(), orm::ObjectState::Detached);
    loaded->name = u"changed"_s;
    QVERIFY_THROWS_EXCEPTION(orm::DetachedInstanceError, expired.read());
    QCOMPARE(pending.state(), orm::ObjectState::Transient);
    QCOMPARE(pending.read().name, u"pending"_s);
    QCOMPARE(inserted.state(), orm::ObjectState::Transient);
    QCOMPARE(inserted.read().id, 0); // its row is gone, and so is the key that it had
    QCOMPARE(deleted.read().name, u"x"_s);
    orm::Session next(database.engine());
    next.add(loaded);
    next.add(inserted);
    next.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"changed, ed, inserted"_s);
}

void IdentityTest::aNullRefIsRefused()
{
    const orm::Ref<User> null;
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, null.read());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, null->name.clear());
    Database database;
    orm::Session session(database.engine());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.add(null));
}

void IdentityTest::keysOfTheUserAreNotTheIdentity()
{
    Database database;
    addUsers(database, {u"jack"_s, u"ed"_s});
    orm::Session session(database.engine());
    {
        const auto user = session.get<User>(1);
        user->id = 77; // not flushed: it is still row 1
        QVERIFY(session.get<User>(1) == user);
        QVERIFY(!session.isExpired(user.instance()));
        session.expire(user);
        QCOMPARE(user.read().id, 1);
        user->id = 78;
        session.rollback();
        QCOMPARE(user.read().id, 1);
        // A reference that is kept over a flush changes behind the session's back; it harms nobody
        User &kept = *user;
        session.flush();
        kept.id = 2;
    }
    QCOMPARE(session.identityCount(), 0);
    QCOMPARE(session.get<User>(2).read().name, u"ed"_s);
    QCOMPARE(session.get<User>(1).read().id, 1);

    const auto moved = session.get<User>(1);
    moved->id = 50;
    session.commit();
    QCOMPARE(database.values(u"id"_s, u"users"_s), u"2, 50"_s);
    QVERIFY(session.get<User>(50) == moved);
}

void IdentityTest::anIdGivenAnewReplacesTheObjectOfTheRowThatIsGone()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto old = session.get<User>(1);
    database.execute(u"DELETE FROM users"_s);
    const auto fresh = session.add(User{.name = u"ed"_s});
    session.commit();
    QCOMPARE(fresh.read().id, 1);
    QVERIFY(session.get<User>(1) == fresh);
    QCOMPARE(old.state(), orm::ObjectState::Detached);
}

void IdentityTest::theKeyZeroCanBeRead()
{
    Database database;
    database.execute(u"INSERT INTO users (id, name) VALUES (0, 'zero')"_s);
    orm::Session session(database.engine());
    {
        const auto user = session.query<User>().one();
        QVERIFY(session.get<User>(0) == user);
        session.expireAll();
        QCOMPARE(user.read().name, u"zero"_s);
        user->name = u"null"_s;
        session.commit();
    }
    QCOMPARE(session.identityCount(), 0);
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"null"_s);
}

void IdentityTest::expungeAllLeavesValues()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto loaded = session.get<User>(1);
    const auto fresh = session.add(User{.name = u"ed"_s});
    session.expungeAll();
    QCOMPARE(loaded.state(), orm::ObjectState::Detached);
    QCOMPARE(fresh.state(), orm::ObjectState::Transient);
    QCOMPARE(loaded.read().name, u"jack"_s);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void IdentityTest::theLastRefMayDieInAnotherThread()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    auto user = session.get<User>(1);
    QTest::ignoreMessage(QtCriticalMsg,
                         "the last Ref to an object was dropped outside its session's thread");
    std::thread([user = std::move(user)]() mutable { user = {}; }).join();
    QCOMPARE(session.get<User>(1).read().name, u"jack"_s); // the session had kept it
}

void IdentityTest::removeOfADetachedObjectDeletesItsRow()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expunge(user);
    session.remove(user);
    QCOMPARE(session.deletedObjects<User>(), {user});
    session.commit();
    QCOMPARE(database.count(u"users"_s), 0);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.remove(user));
}

void IdentityTest::addTakesRemoveBack()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.remove(user);
    session.add(user);
    QVERIFY(session.deletedObjects<User>().isEmpty());
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void IdentityTest::viewsOfPendingWork()
{
    Database database;
    addUsers(database, {u"jack"_s, u"ed"_s});
    orm::Session session(database.engine());
    const auto changed = session.get<User>(1);
    const auto removed = session.get<User>(2);
    changed->name = u"x"_s;
    session.remove(removed);
    const auto added = session.add(User{.name = u"new"_s});
    session.add(Tag{.name = u"t"_s});
    QCOMPARE(session.newObjects<User>(), {added});
    QCOMPARE(session.newCount(), 2);
    QCOMPARE(session.dirtyObjects<User>(), {changed});
    QCOMPARE(session.deletedObjects<User>(), {removed});
    session.flush();
    QCOMPARE(session.newCount(), 0);
    QVERIFY(session.dirtyObjects<User>().isEmpty());
    QVERIFY(session.deletedObjects<User>().isEmpty());
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "tst_identity.moc"
