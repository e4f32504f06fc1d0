// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/olddialect.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;
using orm::Expression;
using orm::StoredValue;

namespace {

QList<qint64> idsOf(const auto &refs)
{
    QList<qint64> ids;
    for (const auto &ref : refs)
        ids.append(ref.read().id);
    return ids;
}

} // namespace

/// Queries, bulk statements and SQL as it stands.
class QueriesTest final : public QObject
{
    Q_OBJECT

private slots:
    void a59_oneFirstAndScalar();
    void a60_nullIsCompared();
    void a61_slices();
    void a62_countAndExists();
    void a63_aBulkUpdateKeepsObjectsInStep();
    void a64_aBulkDeleteKeepsObjectsInStep();
    void a65_streamingKeepsOneBatch();

    void conditionsAreBuiltAtRunTime();
    void operatorsKeepTheirBrackets();
    void everyComparison();
    void instantsAreComparedWhateverTheirText();
    void columnsAndAggregates();
    void rawSqlWithBoundValues();
    void objectsFromSql();
    void aBulkUpdateCountsVersionsAndSendsDefaults();
    void aBulkUpdateKeepsUnflushedChanges();
    void aBulkUpdateOfAKeyOrWithALimitIsRefused();
    void bulkStatementsAskForKeysOnlyIfObjectsAreLoaded();
    void bulkStatementsWithoutReturningAskForKeysFirst();
    void upsertInsertsOrUpdates();
    void upsertByAUniqueColumn();
    void upsertCountsTheVersion();
    void upsertWithoutReturningReadsBack();
    void aStreamMayBeLeft();
    void aStreamGoesOnAfterARollback();
    void queriesMayNest();
    void largeInLists();
};

void QueriesTest::a59_oneFirstAndScalar()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"b"_s});
    orm::Session session(database.engine());
    const auto named = [&](const QString &name) {
        return session.query<User>().where(col<&User::name> == name);
    };
    QVERIFY_THROWS_EXCEPTION(orm::NoResultFound, named(u"x"_s).one());
    QCOMPARE(named(u"a"_s).one().read().id, 1);
    QVERIFY_THROWS_EXCEPTION(orm::MultipleResultsFound, named(u"b"_s).one());
    QVERIFY(!named(u"x"_s).oneOrNone());
    QCOMPARE(named(u"a"_s).oneOrNone().read().id, 1);
    QVERIFY_THROWS_EXCEPTION(orm::MultipleResultsFound, named(u"b"_s).oneOrNone());
    QVERIFY(!named(u"x"_s).first());
    QCOMPARE(named(u"b"_s).first().read().id, 2);
    const auto idOf
        = [&](const QString &name) { return named(name).select(col<&User::id>).scalar(); };
    QVERIFY(!idOf(u"x"_s));
    QCOMPARE(idOf(u"a"_s), 1);
    QVERIFY_THROWS_EXCEPTION(orm::MultipleResultsFound, idOf(u"b"_s));
    QVERIFY_THROWS_EXCEPTION(orm::NoResultFound, named(u"x"_s).select(col<&User::id>).one());
}

void QueriesTest::a60_nullIsCompared()
{
    Database database;
    database.execute(
        u"INSERT INTO users (name, email) VALUES ('a', NULL), ('b', 'x'), ('c', 'y')"_s);
    orm::Session session(database.engine());
    const auto found = [&](const orm::Condition<User> &condition) {
        return idsOf(session.query<User>().where(condition).all());
    };
    QCOMPARE(found(col<&User::email> == std::nullopt), QList<qint64>{1});
    QCOMPARE(found(col<&User::email> != std::nullopt), QList<qint64>({2, 3}));
    QCOMPARE(found(col<&User::email> != u"x"_s), QList<qint64>{3});
    QCOMPARE(found(col<&User::email> == std::optional<QString>()), QList<qint64>{1});
    QCOMPARE(found(col<&User::email> == std::optional<QString>(u"y"_s)), QList<qint64>{3});
    QCOMPARE(found(!col<&User::email>.isNull()), QList<qint64>({2, 3}));
}

void QueriesTest::a61_slices()
{
    Database database;
    addUsers(database, QStringList(10, u"x"_s));
    orm::Session session(database.engine());
    const auto query = [&] { return session.query<User>().orderBy(col<&User::id>); };
    QCOMPARE(idsOf(query().slice(2, 4).all()), QList<qint64>({3, 4}));
    QCOMPARE(idsOf(query().offset(8).all()), QList<qint64>({9, 10}));
    SqlTrace trace(session.connection());
    QVERIFY(query().slice(3, 3).all().isEmpty());
    QVERIFY(!query().limit(0).first());
    QCOMPARE(query().limit(0).count(), 0);
    QVERIFY(query().limit(0).select(col<&User::id>).all().isEmpty());
    QVERIFY(!query().limit(0).yieldPer(5).next());
    QCOMPARE(trace.all(), QStringList());
    query().first();
    QCOMPARE(trace.all(), QStringList{u"SELECT id, name, email FROM users ORDER BY id LIMIT 1"_s});
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, query().slice(-1, 3));
}

void QueriesTest::a62_countAndExists()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"b"_s});
    orm::Session session(database.engine());
    QCOMPARE(session.query<User>().count(), 3);
    QCOMPARE(session.query<User>().where(col<&User::name> == u"b"_s).count(), 2);
    QVERIFY(!session.query<User>().where(col<&User::name> == u"x"_s).exists());
    QVERIFY(session.query<User>().exists());
    QCOMPARE(session.query<User>().limit(2).count(), 2);
    QVERIFY(!session.query<User>().offset(3).exists());
}

void QueriesTest::a63_aBulkUpdateKeepsObjectsInStep()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 1, 25), (1, 2, 47), (1, 3, 29), (1, 4, 37)"_s);
    orm::Session session(database.engine());
    const auto votes = session.query<Vote>().orderBy(col<&Vote::postId>).all();
    SqlTrace trace(session.connection());
    const qint64 count = session.query<Vote>()
                             .where(col<&Vote::value> > 29)
                             .update(col<&Vote::value>.set(col<&Vote::value> - 10));
    QCOMPARE(count, 2);
    QCOMPARE(trace.statements(),
             QStringList{
                 u"UPDATE votes SET value=value - ? WHERE value > ? RETURNING user_id, post_id"_s});
    QList<int> values;
    for (const auto &vote : votes)
        values.append(vote.read().value);
    QCOMPARE(values, QList<int>({25, 37, 29, 27}));
    session.rollback();
    QCOMPARE(votes.at(1).read().value, 47);
}

void QueriesTest::a64_aBulkDeleteKeepsObjectsInStep()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    orm::Session session(database.engine());
    const auto users = session.query<User>().orderBy(col<&User::id>).all();
    QCOMPARE(session.query<User>().where(col<&User::id> > 2).remove(), 2);
    QVERIFY(session.contains(users.at(1)));
    QVERIFY(!session.contains(users.at(2)));
    QVERIFY(!session.contains(users.at(3)));
    session.rollback();
    QVERIFY(session.contains(users.at(3)));
    QCOMPARE(users.at(3).read().name, u"d"_s);
    QCOMPARE(session.query<User>().remove(), 4);
    session.commit();
    QCOMPARE(users.at(3).state(), orm::ObjectState::Detached);
    QCOMPARE(database.count(u"users"_s), 0);
}

void QueriesTest::a65_streamingKeepsOneBatch()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    orm::Session session(database.engine());
    {
        auto stream = session.query<User>().orderBy(col<&User::id>).yieldPer(1);
        const auto first = stream.next();
        const auto second = stream.next();
        QCOMPARE(second.read().name, u"b"_s);
        QCOMPARE(session.identityCount(), 2);
    }
    QCOMPARE(session.identityCount(), 0);
    QStringList names;
    qsizetype most = 0;
    for (const auto &user : session.query<User>().orderBy(col<&User::id>).yieldPer(3)) {
        names.append(user.read().name);
        most = std::max(most, session.identityCount());
    }
    QCOMPARE(names, QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(most, 3);
}

void QueriesTest::conditionsAreBuiltAtRunTime()
{
    Database database;
    addUsers(database, {u"ann"_s, u"bob"_s, u"cid"_s});
    orm::Session session(database.engine());
    orm::Condition<User> filter; // none yet
    QCOMPARE(session.query<User>().where(filter).count(), 3);
    filter = filter && col<&User::name>.like(u"%n%"_s);
    QCOMPARE(session.query<User>().where(filter).count(), 1);
    filter = filter || col<&User::id> == 3;
    QCOMPARE(session.query<User>().where(filter).count(), 2);
    const Expression column = Expression::column(u"name"_s);
    const Expression atRunTime
        = Expression::binary(column, u"="_s, Expression::value(StoredValue::text(u"bob")));
    QCOMPARE(session.query<User>().where(atRunTime).count(), 1);
    QCOMPARE(
        session.query<User>().where(Expression::sql(u"length(name) > ?"_s, orm::bound(2))).count(),
        3);
    QCOMPARE(session.query<User>().filter(col<&User::id> > 1).filter(col<&User::id> < 3).count(),
             1);
    QCOMPARE(session.query<User>().where(col<&User::id>.in({1, 3})).count(), 2);
    QCOMPARE(session.query<User>().where(col<&User::id>.in({})).count(), 0);
}

void QueriesTest::operatorsKeepTheirBrackets()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 1, 10), (1, 2, 20), (2, 1, 30)"_s);
    orm::Session session(database.engine());
    const auto &value = col<&Vote::value>;
    const auto &user = col<&Vote::userId>;
    SqlTrace trace(session.connection());
    session.query<Vote>().where((value == 1 || value == 2) && !(user == 3)).exists();
    session.query<Vote>().where(value == 1 || (value == 2 && user == 3)).exists();
    session.query<Vote>().where((value + 1) * 2 - (value - 3) > user).exists();
    const QString begin = u"SELECT EXISTS (SELECT 1 FROM votes WHERE "_s;
    QCOMPARE(trace.all(),
             QStringList({begin + u"(value = ? OR value = ?) AND NOT (user_id = ?))"_s,
                          begin + u"value = ? OR value = ? AND user_id = ?)"_s,
                          begin + u"(value + ?) * ? - (value - ?) > user_id)"_s}));
}

void QueriesTest::everyComparison()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s});
    orm::Session session(database.engine());
    const auto found = [&](const orm::Condition<User> &condition) {
        return idsOf(session.query<User>().where(condition).all());
    };
    const auto &id = col<&User::id>;
    QCOMPARE(found(id == 2), QList<qint64>{2});
    QCOMPARE(found(id != 2), QList<qint64>({1, 3}));
    QCOMPARE(found(id < 2), QList<qint64>{1});
    QCOMPARE(found(id <= 2), QList<qint64>({1, 2}));
    QCOMPARE(found(id > 2), QList<qint64>{3});
    QCOMPARE(found(id >= 2), QList<qint64>({2, 3}));
    QCOMPARE(found(id == id), QList<qint64>({1, 2, 3}));
    QCOMPARE(found(col<&User::name> == u"b"), QList<qint64>{2});
    const auto descending = session.query<User>().orderBy(col<&User::name>.desc()).all();
    QCOMPARE(idsOf(descending), QList<qint64>({3, 2, 1}));
}

void QueriesTest::instantsAreComparedWhateverTheirText()
{
    Database database;
    database.execute(
        u"INSERT INTO posts (title, created_at) VALUES ('bare', '2001-01-01 10:00:00'), "
        "('six', '2001-01-01 10:00:00.000000'), ('later', '2001-01-01 10:00:00.500000'), "
        "('before', '2001-01-01 09:59:59')"_s);
    orm::Session session(database.engine());
    const QDateTime ten(QDate(2001, 1, 1), QTime(10, 0), Qt::UTC);
    const auto found = [&](const orm::Condition<Post> &condition) {
        return idsOf(session.query<Post>().where(condition).orderBy(col<&Post::id>).all());
    };
    const auto &created = col<&Post::createdAt>;
    QCOMPARE(found(created == ten), QList<qint64>({1, 2}));
    QCOMPARE(found(created != ten), QList<qint64>({3, 4}));
    QCOMPARE(found(created >= ten), QList<qint64>({1, 2, 3}));
    QCOMPARE(found(created > ten), QList<qint64>{3});
    QCOMPARE(found(created < ten), QList<qint64>{4});
    QCOMPARE(found(created <= ten), QList<qint64>({1, 2, 4}));
    QCOMPARE(found(created == ten.addMSecs(500)), QList<qint64>{3});
    const QDateTime zoned = ten.toOffsetFromUtc(7200);
    QCOMPARE(found(created == zoned), QList<qint64>({1, 2}));
}

void QueriesTest::columnsAndAggregates()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 1, 10), (1, 2, 20), (2, 1, 30)"_s);
    orm::Session session(database.engine());
    const auto &value = col<&Vote::value>;
    const auto &user = col<&Vote::userId>;
    SqlTrace trace(session.connection());
    const auto rows = session.query<Vote>()
                          .select(user, orm::sum(value), orm::count<Vote>(), orm::max(value))
                          .groupBy(user)
                          .having(orm::count<Vote>() >= 1)
                          .orderBy(orm::sum(value).desc(), user)
                          .all();
    QCOMPARE(
        trace.all(),
        QStringList{
            u"SELECT user_id, sum(value), count(*), max(value) FROM votes GROUP BY user_id HAVING count(*) >= ? ORDER BY sum(value) DESC, user_id"_s});
    QCOMPARE(rows.size(), 2);
    QCOMPARE(
        rows.at(0),
        std::make_tuple(qint64(1), std::optional<qint64>(30), qint64(2), std::optional<int>(20)));
    QCOMPARE(std::get<0>(rows.at(1)), 2);
    auto average = session.query<Vote>().select(orm::avg(value));
    QCOMPARE(average.scalar(), 20.0);
    auto none = session.query<Vote>().where(value > 99).select(orm::sum(value));
    QVERIFY(!none.scalar());
    QCOMPARE(session.query<Vote>().select(user).distinct().orderBy(user).all().size(), 2);
    QCOMPARE(std::get<0>(*session.query<Vote>().select(value * 2).orderBy(value).first()), 20);
    QCOMPARE(session.query<Vote>().select(orm::count(value), orm::min(value)).one(),
             std::make_tuple(qint64(3), std::optional<int>(10)));
}

void QueriesTest::rawSqlWithBoundValues()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s});
    orm::Session session(database.engine());
    session.add(User{.name = u"pending"_s});
    const auto rows = session.rows<qint64, QString, std::optional<QString>>(
        u"SELECT id, name, email FROM users WHERE id >= ? AND name != ? ORDER BY id"_s,
        orm::bound(2, u"x"_s));
    QCOMPARE(rows.size(), 2); // the pending one was flushed
    QCOMPARE(rows.at(0), std::make_tuple(qint64(2), u"b"_s, std::optional<QString>()));
    QCOMPARE(session.scalar<qint64>(u"SELECT count(*) FROM users"_s), 3);
    QVERIFY(!session.scalar<QString>(u"SELECT email FROM users WHERE id = 1"_s));
    QVERIFY(!session.scalar<QString>(u"SELECT email FROM users WHERE id = 99"_s));
    QVERIFY_THROWS_EXCEPTION(orm::MultipleResultsFound,
                             session.scalar<qint64>(u"SELECT id FROM users"_s));
    QCOMPARE(
        session.execute(u"UPDATE users SET email = ?"_s, orm::bound(u"'; DROP TABLE users; --"_s)),
        3);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 3);
    QVERIFY_THROWS_EXCEPTION(orm::ProgrammingError, session.execute(u"UPDATE nothing SET x = 1"_s));
    QVERIFY_THROWS_EXCEPTION(orm::ProgrammingError,
                             session.execute(u"DELETE FROM users; DELETE FROM users"_s));
    const auto tooFew = [&] { session.rows<qint64, qint64>(u"SELECT id FROM users"_s); };
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, tooFew());
    session.commit(); // an error of such a statement costs only the statement
}

void QueriesTest::objectsFromSql()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s});
    database.execute(u"INSERT INTO settings VALUES ('k', 'v')"_s);
    orm::Session session(database.engine());
    const auto known = session.get<User>(2);
    const auto users
        = session.fromSql<User>(u"SELECT email, name, id FROM users WHERE id > ?"_s, orm::bound(1));
    QCOMPARE(users, {known});
    const auto again = session.query<User>()
                           .fromSql(u"SELECT * FROM users"_s)
                           .where(col<&User::name> == u"a"_s)
                           .all();
    QCOMPARE(idsOf(again), QList<qint64>{1});
    QCOMPARE(session.fromSql<Setting>(u"SELECT * FROM settings"_s).first().read().value, u"v"_s);
    QVERIFY_THROWS_EXCEPTION(orm::ProgrammingError,
                             session.fromSql<User>(u"SELECT id FROM users"_s));
}

void QueriesTest::aBulkUpdateCountsVersionsAndSendsDefaults()
{
    Database database;
    database.execute(u"INSERT INTO docs VALUES (1, 'a', 1), (2, 'b', 5)"_s);
    database.execute(u"INSERT INTO stamps (name) VALUES ('a')"_s);
    orm::Session session(database.engine());
    const auto doc = session.get<Doc>(2);
    QCOMPARE(session.query<Doc>().update(col<&Doc::body>.set(u"c"_s)), 2);
    session.query<Stamp>().update(col<&Stamp::name>.set(std::nullopt));
    session.commit();
    QCOMPARE(database.values(u"body || version_id"_s, u"docs"_s), u"c2, c6"_s);
    QCOMPARE(database.values(u"kind"_s, u"stamps"_s), u"edited"_s);
    doc->body = u"mine"_s; // it knows the new version
    session.commit();
    QCOMPARE(doc.read().versionId, 7);
}

void QueriesTest::aBulkUpdateKeepsUnflushedChanges()
{
    Database database;
    addUsers(database, {u"a"_s});
    orm::Session session(database.engine(), {.autoflush = false});
    const auto user = session.get<User>(1);
    user->name = u"mine"_s;
    session.query<User>().update(col<&User::email>.set(u"e"_s));
    QCOMPARE(user.read().name, u"mine"_s);
    session.commit();
    QCOMPARE(database.values(u"name || email"_s, u"users"_s), u"minee"_s);
}

void QueriesTest::aBulkUpdateOfAKeyOrWithALimitIsRefused()
{
    Database database;
    orm::Session session(database.engine());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             session.query<User>().update(col<&User::id>.set(5)));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.query<User>().limit(1).remove());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             session.query<User>().orderBy(col<&User::id>).remove());
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             session.query<User>().update(col<&User::name>.set(QString(81, u'x'))));
    QCOMPARE(session.query<User>().update(), 0);
}

void QueriesTest::bulkStatementsAskForKeysOnlyIfObjectsAreLoaded()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s});
    orm::Session session(database.engine());
    SqlTrace trace(session.connection());
    QCOMPARE(session.query<User>().update(col<&User::email>.set(u"e"_s)), 2);
    QCOMPARE(session.query<User>().where(col<&User::id> == 1).remove(), 1);
    QCOMPARE(trace.statements(),
             QStringList({u"UPDATE users SET email=?"_s, u"DELETE FROM users WHERE id = ?"_s}));
}

void QueriesTest::bulkStatementsWithoutReturningAskForKeysFirst()
{
    const DialectWithoutReturning dialect;
    orm::ConnectionOptions options;
    options.dialect = &dialect;
    const Database database(options);
    database.execute(
        u"INSERT INTO votes VALUES (1, 1, 25), (1, 2, 47), (2, 1, 29), (2, 2, 37), (3, 1, 50)"_s);
    orm::Session session(database.engine());
    const auto votes = session.query<Vote>().where(col<&Vote::userId> < 3).all();
    const auto valuesOf = [&votes] {
        QList<int> values;
        for (const auto &vote : votes)
            values.append(vote.read().value);
        return values;
    };
    SqlTrace trace(session.connection());
    // The condition no longer holds for what it was true of
    QCOMPARE(session.query<Vote>()
                 .where(col<&Vote::value> > 29)
                 .update(col<&Vote::value>.set(col<&Vote::value> - 10)),
             3);
    QCOMPARE(trace.statements(),
             QStringList({u"SELECT user_id, post_id FROM votes WHERE value > ?"_s,
                          u"UPDATE votes SET value=value - ? WHERE value > ?"_s}));
    QCOMPARE(valuesOf(), QList<int>({25, 37, 29, 27}));
    QCOMPARE(session.query<Vote>().where(col<&Vote::value> < 28).remove(), 2);
    QVERIFY(!session.contains(votes[0]));
    QVERIFY(session.contains(votes[1]));
    QVERIFY(!session.contains(votes[3]));
    session.rollback();
    QCOMPARE(valuesOf(), QList<int>({25, 47, 29, 37}));

    session.expungeAll();
    trace.clear();
    QCOMPARE(session.query<Vote>().remove(), 5); // nothing is loaded: nothing is asked
    QCOMPARE(trace.statements(), QStringList{u"DELETE FROM votes"_s});
}

void QueriesTest::upsertInsertsOrUpdates()
{
    Database database;
    orm::Session session(database.engine());
    const auto setting = session.upsert(Setting{.key = u"k"_s, .value = u"1"_s});
    QCOMPARE(setting.read().value, u"1"_s);
    SqlTrace trace(session.connection());
    QVERIFY(session.upsert(Setting{.key = u"k"_s, .value = u"2"_s}) == setting);
    QCOMPARE(
        trace.statements(),
        QStringList{
            u"INSERT INTO settings (\"key\", value) VALUES (?, ?) ON CONFLICT (\"key\") DO UPDATE SET value=excluded.value RETURNING \"key\", value"_s});
    QCOMPARE(setting.read().value, u"2"_s);
    session.upsert(Setting{.key = u"k"_s}); // nothing is set but the key
    QCOMPARE(setting.read().value, u"2"_s);
    session.commit();
    QCOMPARE(database.values(u"value"_s, u"settings"_s), u"2"_s);
}

void QueriesTest::upsertByAUniqueColumn()
{
    Database database;
    orm::Session session(database.engine());
    const auto first = session.upsert<&Tag::name>(Tag{.name = u"a"_s});
    const auto second = session.upsert<&Tag::name>(Tag{.name = u"a"_s});
    QVERIFY(first == second);
    QCOMPARE(first.read().id, 1);
    QCOMPARE(session.upsert<&Tag::name>(Tag{.name = u"b"_s}).read().name, u"b"_s);
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             session.upsert<&Tag::name>(Tag{.name = QString(99, u'x')}));
    session.rollback();
    QCOMPARE(database.count(u"tags"_s), 0);
}

void QueriesTest::upsertCountsTheVersion()
{
    Database database;
    orm::Session session(database.engine());
    const auto doc = session.upsert(Doc{.id = 7, .body = u"a"_s});
    QCOMPARE(doc.read().versionId, 1);
    session.commit();
    orm::Session other(database.engine());
    const auto theirs = other.get<Doc>(7);
    theirs->body = u"theirs"_s;
    session.upsert(Doc{.id = 7, .body = u"b"_s});
    QCOMPARE(doc.read().versionId, 2);
    session.commit();
    QVERIFY_THROWS_EXCEPTION(orm::StaleDataError, other.commit()); // else "b" would be lost
    other.rollback();
    QCOMPARE(database.values(u"body || version_id"_s, u"docs"_s), u"b2"_s);
}

void QueriesTest::upsertWithoutReturningReadsBack()
{
    const DialectWithoutReturning dialect;
    orm::ConnectionOptions options;
    options.dialect = &dialect;
    const Database database(options);
    orm::Session session(database.engine());
    SqlTrace trace(session.connection());
    const auto tag = session.upsert<&Tag::name>(Tag{.name = u"a"_s});
    QCOMPARE(trace.statements().last(), u"SELECT id, name FROM tags WHERE name = ?"_s);
    QCOMPARE(tag.read().id, 1);
    session.upsert<&Tag::name>(Tag{.name = u"b"_s});
    QVERIFY(session.upsert<&Tag::name>(Tag{.name = u"a"_s}) == tag);
    // Known by nothing but the number that the database gives
    const auto stamp = session.upsert(Stamp{.name = u"s"_s});
    QCOMPARE(stamp.read().id, 1);
    QCOMPARE(stamp.read().kind, u"draft"_s);
    QCOMPARE(stamp.read().rank, 3);
    QVERIFY(session.upsert(Stamp{.id = 1, .name = u"t"_s}) == stamp);
    QCOMPARE(stamp.read().name, u"t"_s);
    QVERIFY(!trace.statements().join(u';').contains(u"RETURNING"_s));
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"a, b"_s);
}

void QueriesTest::aStreamMayBeLeft()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s});
    orm::Session session(database.engine());
    for (const auto &user : session.query<User>().yieldPer(1)) {
        user->name = u"x"_s;
        break;
    }
    session.execute(u"DROP TABLE comments"_s); // an open cursor would keep it from that
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"x, b, c"_s);
}

void QueriesTest::aStreamGoesOnAfterARollback()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s});
    orm::Session session(database.engine());
    auto stream = session.query<User>().yieldPer(1);
    const auto user = stream.next();
    user->name = u"x"_s;
    session.flush();
    session.rollback();
    QCOMPARE(user.read().name, u"a"_s);
    QCOMPARE(stream.next().read().name, u"b"_s);
}

void QueriesTest::queriesMayNest()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s});
    orm::Session session(database.engine());
    int count = 0;
    for (const auto &outer : session.query<User>().yieldPer(1)) {
        for (const auto &inner : session.query<User>().yieldPer(1))
            count += outer == inner ? 1 : 0;
    }
    QCOMPARE(count, 2);
}

void QueriesTest::largeInLists()
{
    Database database;
    const QString odd = u"it's \"odd\" \\ \u00E4\u2028\U0001F600"_s;
    addUsers(database, {u"a"_s, odd});
    orm::Session session(database.engine());
    QList<qint64> ids{std::numeric_limits<qint64>::max()};
    QList<QString> names{odd};
    for (qint64 id = 2; id < 300'000; ++id) { // more than a statement can bind
        ids.append(id);
        names.append(QString::number(id));
    }
    SqlTrace trace(session.connection());
    QCOMPARE(session.query<User>().where(col<&User::id>.in(ids)).count(), 1);
    QCOMPARE(session.query<User>().where(col<&User::name>.in(names)).one().read().id, 2);
    QVERIFY(trace.all().first().endsWith(u"WHERE id IN (SELECT value FROM json_each(?))"_s));
    database.execute(u"UPDATE users SET id = 9223372036854775807 WHERE id = 1"_s);
    QCOMPARE(session.query<User>().where(col<&User::id>.in(ids)).count(), 2);

    // What a JSON array can't hold is bound as it is
    names.resize(30'100);
    names.append(QString(1, QChar(0)));
    trace.clear();
    QCOMPARE(session.query<User>().where(col<&User::name>.in(names)).count(), 1);
    QVERIFY(trace.all().first().contains(u"IN (?, ?"_s));
}

QTEST_GUILESS_MAIN(QueriesTest)
#include "tst_queries.moc"
