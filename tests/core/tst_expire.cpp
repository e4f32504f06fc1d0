// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;

/// When values are read again: expire, refresh, and rows that are gone or can't be read.
class ExpireTest final : public QObject
{
    Q_OBJECT

private slots:
    void a30_anExpiredObjectIsReadOnce();
    void a31_aQueryRefreshesWhatHasExpired();
    void a32_getRefreshesWhatHasExpired();
    void a33_getOfARowThatIsGoneIsNull();
    void a34_readingARowThatIsGoneIsAnError();
    void a35_onlyPersistentObjectsExpire();
    void a36_refreshGivesUpChanges();
    void a37_anExpiredObjectWithoutASessionCannotBeRead();

    void changesAreGivenUpByExpireAll();
    void writingAnExpiredObjectReadsItFirst();
    void aDateThatCannotBeParsedIsInvalidAndSurvives();
    void aValueThatCannotBeHeldCostsOneObject();
    void aKeyThatIsNoNumberCostsOneObject();
    void aNullThatShouldNotBeThere();
};

void ExpireTest::a30_anExpiredObjectIsReadOnce()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    const auto user = session.get<User>(1);
    session.expire(user);
    SqlTrace trace(session.connection());
    QCOMPARE(user.read().name, u"jack"_s);
    QCOMPARE(trace.all(), QStringList{u"SELECT id, name, email FROM users WHERE id=?"_s});
    trace.clear();
    QCOMPARE(user.read().name, u"jack"_s);
    QCOMPARE(trace.all(), QStringList());
    user->name = u"changed"_s;
    session.expire(user);
    QCOMPARE(user.read().name, u"jack"_s);
    QVERIFY(!session.isModified(user));
}

void ExpireTest::a31_aQueryRefreshesWhatHasExpired()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.execute(u"UPDATE users SET name = 'ed'"_s);
    QCOMPARE(user.read().name, u"jack"_s);
    session.query<User>().all();
    QCOMPARE(user.read().name, u"jack"_s);
    session.expire(user);
    session.query<User>().all();
    SqlTrace trace(session.connection());
    QCOMPARE(user.read().name, u"ed"_s);
    QCOMPARE(trace.all(), QStringList());
}

void ExpireTest::a32_getRefreshesWhatHasExpired()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expireAll();
    SqlTrace trace(session.connection());
    QVERIFY(session.get<User>(1) == user);
    QCOMPARE(trace.all().size(), 1);
    QCOMPARE(user.read().name, u"jack"_s);
    QVERIFY(session.get<User>(1) == user);
    QCOMPARE(trace.all().size(), 1);
}

void ExpireTest::a33_getOfARowThatIsGoneIsNull()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expireAll();
    database.execute(u"DELETE FROM users"_s);
    QVERIFY(!session.get<User>(1));
    QVERIFY(!session.contains(user));
}

void ExpireTest::a34_readingARowThatIsGoneIsAnError()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expireAll();
    database.execute(u"DELETE FROM users"_s);
    QVERIFY_THROWS_EXCEPTION(orm::ObjectDeletedError, user.read());
    QVERIFY_THROWS_EXCEPTION(orm::ObjectDeletedError, user->name.clear());
}

void ExpireTest::a35_onlyPersistentObjectsExpire()
{
    Database database;
    orm::Session session(database.engine());
    const auto transient = orm::make(User{});
    const auto pending = session.add(User{.name = u"ed"_s});
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.expire(pending));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.refresh(pending));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.refresh(transient));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.expire(transient));
}

void ExpireTest::a36_refreshGivesUpChanges()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    const auto user = session.get<User>(1);
    user->name = u"changed"_s;
    session.refresh(user);
    QCOMPARE(user.read().name, u"jack"_s);
    QVERIFY(!session.isModified(user));
    database.execute(u"DELETE FROM users"_s);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.refresh(user));
}

void ExpireTest::a37_anExpiredObjectWithoutASessionCannotBeRead()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expire(user);
    session.expunge(user);
    QVERIFY_THROWS_EXCEPTION(orm::DetachedInstanceError, user.read());
    session.add(user); // with a session it can be read again
    QCOMPARE(user.read().name, u"jack"_s);
}

void ExpireTest::changesAreGivenUpByExpireAll()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    const auto user = session.get<User>(1);
    user->name = u"changed"_s;
    session.expireAll();
    QCOMPARE(user.read().name, u"jack"_s);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"jack"_s);
}

void ExpireTest::writingAnExpiredObjectReadsItFirst()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    session.expireAll();
    database.execute(u"UPDATE users SET email = 'e'"_s);
    user->name = u"ed"_s;
    QCOMPARE(user.read().email, u"e"_s);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE users SET name=? WHERE id=?"_s});
}

void ExpireTest::aDateThatCannotBeParsedIsInvalidAndSurvives()
{
    Database database;
    database.execute(u"INSERT INTO posts (title, created_at) VALUES ('a', 'yesterday')"_s);
    database.execute(u"INSERT INTO posts (title, created_at) VALUES ('b', NULL)"_s);
    orm::Session session(database.engine());
    const auto posts = session.query<Post>().orderBy(col<&Post::title>).all();
    QCOMPARE(posts.size(), 2);
    QVERIFY(posts.at(0).read().createdAt); // not NULL …
    QVERIFY(!posts.at(0).read().createdAt->isValid()); // … but no date
    QVERIFY(!posts.at(1).read().createdAt);
    posts.at(0)->title = u"changed"_s;
    session.commit();
    QCOMPARE(database.values(u"title || created_at"_s, u"posts"_s), u"changedyesterday"_s);
    posts.at(0)->createdAt = QDateTime(); // but nobody can write one
    posts.at(1)->createdAt = QDateTime();
    QVERIFY_THROWS_EXCEPTION(orm::DataError, session.flush());
}

void ExpireTest::aValueThatCannotBeHeldCostsOneObject()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 1, 10), (1, 2, 'many'), (1, 3, 30)"_s);
    orm::Session session(database.engine());
    QTest::ignoreMessage(QtWarningMsg, "votes.value: The stored value 'many' is not an integer");
    const auto votes = session.query<Vote>().orderBy(col<&Vote::postId>).all();
    QCOMPARE(votes.size(), 3);
    QCOMPARE(votes.at(2).read().value, 30);
    const auto error = thrown<orm::DataError>([&] { votes.at(1).read(); });
    QVERIFY(error);
    QCOMPARE(error->table, u"votes"_s);
    QCOMPARE(error->column, u"value"_s);
    QVERIFY_THROWS_EXCEPTION(orm::DataError, votes.at(1)->value = 1);
    session.remove(votes.at(1)); // it can be deleted
    session.commit();
    QCOMPARE(database.values(u"value"_s, u"votes"_s), u"10, 30"_s);
}

void ExpireTest::aKeyThatIsNoNumberCostsOneObject()
{
    Database database;
    database.execute(u"DROP TABLE nodes"_s);
    database.execute(u"CREATE TABLE nodes (id INT PRIMARY KEY, parent_id INT, name TEXT)"_s);
    database.execute(u"INSERT INTO nodes VALUES ('seven', NULL, 'odd'), (8, NULL, 'even')"_s);
    orm::Session session(database.engine());
    QTest::ignoreMessage(QtWarningMsg, "nodes.id: The stored value 'seven' is not an integer");
    const auto nodes = session.query<Node>().orderBy(col<&Node::name>).all();
    QCOMPARE(nodes.size(), 2);
    QCOMPARE(nodes.at(0).read().id, 8);
    QCOMPARE(nodes.at(0).read().name, u"even"_s);
    QVERIFY_THROWS_EXCEPTION(orm::Error, nodes.at(1).read());
}

void ExpireTest::aNullThatShouldNotBeThere()
{
    Database database;
    database.execute(u"DROP TABLE tags"_s);
    database.execute(u"CREATE TABLE tags (id INTEGER PRIMARY KEY, name VARCHAR(40))"_s);
    database.execute(u"INSERT INTO tags VALUES (1, NULL)"_s);
    orm::Session session(database.engine());
    const auto tag = session.get<Tag>(1);
    QVERIFY(tag.read().name.isNull());
    tag->name = u"now"_s;
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"now"_s);
}

QTEST_GUILESS_MAIN(ExpireTest)
#include "tst_expire.moc"
