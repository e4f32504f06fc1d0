// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "tests/support/blogschema.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::AnyRef;
using orm::Expression;
using orm::Key;
using orm::StoredValue;

namespace {

/// The mapper of a live table, as a program has it that knows no struct.
const orm::Mapper &mapperOf(orm::Session &session, const QString &table)
{
    return orm::Mapper::of(orm::reflect(session.connection(), table).table);
}

AnyRef newUser(orm::Session &session, const QString &name)
{
    AnyRef user = orm::make(mapperOf(session, u"users"_s));
    user.setValue(u"name"_s, StoredValue::text(name));
    return user;
}

QString textOf(const AnyRef &row, const QString &column)
{
    return row.value(column).toString();
}

} // namespace

/// Objects whose class is known at run time only: those of structs, and rows of tables without one.
/// The scenarios hold for them, too.
class AnyRefTest final : public QObject
{
    Q_OBJECT

private slots:
    void aRefIsAnAnyRef();
    void aRowIsInsertedWithItsKeyBack();
    void oneRowIsOneObject();
    void onlyTheChangedColumnIsSent();
    void equalValuesSendNothing();
    void removedRowsGo();
    void rollbackGivesTheValuesBack();
    void rollbackTakesTheKeyBack();
    void expiredRowsAreReadAgain();
    void aRowThatIsGoneIsStale();
    void oldValuesAreChecked();
    void versionsAreChecked();
    void compositeAndTextKeys();
    void aKeyMayChange();
    void valuesOfAUniqueIndexMayMove_data();
    void valuesOfAUniqueIndexMayMove();
    void defaultsAreLeftToTheDatabase();
    void defaultsOfTheClientAreSent();
    void computedColumnsAreReadBack();
    void parentsComeBeforeChildren();
    void valuesAreCheckedBeforeAnySql();
    void valuesStayAsStored();
    void queriesAreMadeAtRunTime();
    void mergeCopiesTheValues();
    void hooksSeeRowsOfAllClasses();
    void equalTablesHaveOneMapper();
    void tablesThatCannotBeMapped();
    void textInAnIntegerKeyIsNoNumber();
};

void AnyRefTest::aRefIsAnAnyRef()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    const AnyRef &row = user;
    QVERIFY(row == user);
    QCOMPARE(textOf(row, u"name"_s), u"jack"_s);
    QCOMPARE(row.record().values,
             QList({StoredValue::integer(1), StoredValue::text(u"jack"), StoredValue()}));
    SqlTrace trace(session.connection());
    row.setValue(u"name"_s, StoredValue::text(u"ed"));
    QCOMPARE(user.read().name, u"ed"_s);
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE users SET name=? WHERE id=?"_s});
    QVERIFY(row.as<User>() == user);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, static_cast<void>(row.as<Tag>()));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, AnyRef().value(0));
}

void AnyRefTest::aRowIsInsertedWithItsKeyBack()
{
    Database database;
    orm::Session session(database.engine());
    const AnyRef user = session.add(newUser(session, u"jack"_s));
    QCOMPARE(user.state(), orm::ObjectState::Pending);
    QVERIFY(user.value(u"id"_s).isNull());
    session.flush();
    QCOMPARE(user.value(u"id"_s), StoredValue::integer(1));
    QCOMPARE(user.state(), orm::ObjectState::Persistent);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"jack"_s);
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
}

void AnyRefTest::oneRowIsOneObject()
{
    Database database;
    addUsers(database, {u"jack"_s, u"ed"_s});
    orm::Session session(database.engine());
    const orm::Mapper &users = mapperOf(session, u"users"_s);
    const AnyRef first = session.get(users, Key::integer(2));
    QVERIFY(session.query(users).all().at(1) == first);
    SqlTrace trace(session.connection());
    QVERIFY(session.get(users, Key::integer(2)) == first);
    QCOMPARE(trace.all(), QStringList());
    QVERIFY(!session.get(users, Key::integer(3)));
    QVERIFY(session.get(users, Key::integer(1)) != first);
}

void AnyRefTest::onlyTheChangedColumnIsSent()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    SqlTrace trace(session.connection());
    user.setValue(u"email"_s, StoredValue::text(u"jack@example.org"));
    QVERIFY(session.isModified(user));
    QCOMPARE(session.dirtyObjects<orm::AnyObject>(), QList{user});
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE users SET email=? WHERE id=?"_s});
    QCOMPARE(database.values(u"email"_s, u"users"_s), u"jack@example.org"_s);
}

void AnyRefTest::equalValuesSendNothing()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    SqlTrace trace(session.connection());
    user.setValue(u"name"_s, StoredValue::text(u"jack"));
    user.setValue(u"email"_s, StoredValue());
    session.flush();
    user.setValue(u"name"_s, StoredValue::text(u"ed"));
    user.setValue(u"name"_s, StoredValue::text(u"jack"));
    session.commit();
    QCOMPARE(trace.all(), QStringList());
}

void AnyRefTest::removedRowsGo()
{
    Database database;
    addUsers(database, {u"jack"_s, u"ed"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    session.remove(user);
    SqlTrace trace(session.connection());
    session.flush();
    QCOMPARE(trace.statements(), QStringList{u"DELETE FROM users WHERE id=?"_s});
    QVERIFY(!session.contains(user));
    session.rollback();
    QVERIFY(session.contains(user));
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
    session.remove(user);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"ed"_s);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.add(user));
}

void AnyRefTest::rollbackGivesTheValuesBack()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    user.setValue(u"name"_s, StoredValue::text(u"ed"));
    session.rollback();
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
    user.setValue(u"name"_s, StoredValue::text(u"ed"));
    session.flush();
    session.rollback();
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
}

void AnyRefTest::rollbackTakesTheKeyBack()
{
    Database database;
    orm::Session session(database.engine());
    const AnyRef user = session.add(newUser(session, u"jack"_s));
    session.flush();
    session.rollback();
    QCOMPARE(user.state(), orm::ObjectState::Transient);
    QVERIFY(user.value(u"id"_s).isNull());
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
    session.add(user);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 1);
}

void AnyRefTest::expiredRowsAreReadAgain()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    database.execute(u"UPDATE users SET name = 'ed'"_s);
    QCOMPARE(textOf(user, u"name"_s), u"jack"_s);
    session.expire(user);
    SqlTrace trace(session.connection());
    QCOMPARE(textOf(user, u"name"_s), u"ed"_s);
    QCOMPARE(trace.statements().size(), 1);
    database.execute(u"DELETE FROM users"_s);
    session.expireAll();
    QVERIFY_THROWS_EXCEPTION(orm::ObjectDeletedError, user.value(0));
}

void AnyRefTest::aRowThatIsGoneIsStale()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    database.execute(u"DELETE FROM users"_s);
    user.setValue(u"name"_s, StoredValue::text(u"ed"));
    const auto error = thrown<orm::StaleDataError>([&] { session.flush(); });
    QVERIFY(error);
    QVERIFY(error->isRowGone);
    QCOMPARE(error->key, Key::integer(1));
    QCOMPARE(error->columns.first().original, StoredValue::text(u"jack"));
    QCOMPARE(error->columns.first().mine, StoredValue::text(u"ed"));
}

void AnyRefTest::oldValuesAreChecked()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.staleCheck = orm::StaleCheck::OldValues});
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    user.setValue(u"name"_s, StoredValue::text(u"ed"));
    database.execute(u"UPDATE users SET name = 'will'"_s);
    const auto error = thrown<orm::StaleDataError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->columns.size(), 1);
    QCOMPARE(error->columns.first().current, StoredValue::text(u"will"));
    session.rollback();
    QCOMPARE(textOf(user, u"name"_s), u"will"_s);
}

void AnyRefTest::versionsAreChecked()
{
    Database database;
    orm::Session session(database.engine());
    orm::Table table = orm::reflect(session.connection(), u"docs"_s).table;
    table.columns[table.indexOf(u"version_id"_s)].isVersion = true;
    const AnyRef doc = session.add(orm::make(orm::Mapper::of(table)));
    doc.setValue(u"body"_s, StoredValue::text(u"one"));
    session.commit();
    QCOMPARE(doc.value(u"version_id"_s), StoredValue::integer(1));
    doc.setValue(u"body"_s, StoredValue::text(u"two"));
    session.commit();
    QCOMPARE(doc.value(u"version_id"_s), StoredValue::integer(2));
    doc.setValue(u"body"_s, StoredValue::text(u"three"));
    database.execute(u"UPDATE docs SET version_id = 3"_s);
    QVERIFY_THROWS_EXCEPTION(orm::StaleDataError, session.flush());
}

void AnyRefTest::compositeAndTextKeys()
{
    Database database;
    database.execute(u"INSERT INTO votes VALUES (1, 2, 7)"_s);
    orm::Session session(database.engine());
    const orm::Mapper &votes = mapperOf(session, u"votes"_s);
    const auto key = [](qint64 a, qint64 b) {
        return Key::values({StoredValue::integer(a), StoredValue::integer(b)});
    };
    const AnyRef vote = session.get(votes, key(1, 2));
    QCOMPARE(vote.value(u"value"_s), StoredValue::integer(7));
    QVERIFY(!session.get(votes, key(2, 1)));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, session.get(votes, Key::integer(1)));

    const AnyRef setting = orm::make(mapperOf(session, u"settings"_s));
    setting.setValue(u"key"_s, StoredValue::text(u"theme"));
    session.add(setting);
    session.flush();
    QVERIFY(session.get(setting.mapper(), Key::values({StoredValue::text(u"theme")})) == setting);
}

void AnyRefTest::aKeyMayChange()
{
    Database database;
    database.execute(u"INSERT INTO settings VALUES ('jack', '1')"_s);
    orm::Session session(database.engine());
    const orm::Mapper &settings = mapperOf(session, u"settings"_s);
    const auto key = [](const QString &text) { return Key::values({StoredValue::text(text)}); };
    const AnyRef setting = session.get(settings, key(u"jack"_s));
    setting.setValue(u"key"_s, StoredValue::text(u"ed"));
    session.flush();
    SqlTrace trace(session.connection());
    QVERIFY(session.get(settings, key(u"ed"_s)) == setting);
    QCOMPARE(trace.all(), QStringList());
    QVERIFY(!session.get(settings, key(u"jack"_s)));
}

void AnyRefTest::valuesOfAUniqueIndexMayMove_data()
{
    QTest::addColumn<QString>("constraint");
    QTest::addColumn<QString>("index");
    QTest::newRow("index") << QString() << u"CREATE UNIQUE INDEX ux ON seats (line, number)"_s;
    QTest::newRow("constraint") << u", UNIQUE (line, number)"_s << QString();
}

void AnyRefTest::valuesOfAUniqueIndexMayMove()
{
    QFETCH(const QString, constraint);
    QFETCH(const QString, index);
    Database database;
    database.execute(
        u"CREATE TABLE seats (id INTEGER PRIMARY KEY, line INTEGER, number INTEGER%1)"_s.arg(
            constraint));
    if (!index.isEmpty())
        database.execute(index);
    database.execute(u"INSERT INTO seats VALUES (1, 1, 1), (2, 1, 2)"_s);
    orm::Session session(database.engine());
    const orm::Mapper &seats = mapperOf(session, u"seats"_s);
    session.remove(session.get(seats, Key::integer(1)));
    const AnyRef taker = session.add(orm::make(seats)); // takes the place of the one that goes
    taker.setValue(u"line"_s, StoredValue::integer(1));
    taker.setValue(u"number"_s, StoredValue::integer(1));
    session.commit();
    QCOMPARE(database.count(u"seats"_s), 2);

    const AnyRef second = session.get(seats, Key::integer(2));
    second.setValue(u"number"_s, StoredValue::integer(1));
    taker.setValue(u"number"_s, StoredValue::integer(2));
    const auto error = thrown<orm::IntegrityError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->columns, QStringList({u"line"_s, u"number"_s}));
    QVERIFY2(error->message().startsWith(u"The rows 2 and 3 of 'seats'"_s),
             qPrintable(error->message()));
    session.rollback();
}

void AnyRefTest::defaultsAreLeftToTheDatabase()
{
    Database database;
    orm::Session session(database.engine());
    const AnyRef stamp = session.add(orm::make(mapperOf(session, u"stamps"_s)));
    stamp.setValue(u"name"_s, StoredValue::text(u"x"));
    session.flush();
    QCOMPARE(stamp.value(u"rank"_s), StoredValue::integer(3));
    QVERIFY(stamp.value(u"kind"_s).isNull()); // the database knows nothing of it
}

void AnyRefTest::defaultsOfTheClientAreSent()
{
    Database database;
    orm::Session session(database.engine());
    const AnyRef stamp = session.add(orm::make(orm::Mapper::of(orm::Mapper::of<Stamp>().table())));
    session.flush();
    QCOMPARE(textOf(stamp, u"kind"_s), u"draft"_s);
    stamp.setValue(u"name"_s, StoredValue::text(u"x"));
    session.commit();
    QCOMPARE(textOf(stamp, u"kind"_s), u"edited"_s);
}

void AnyRefTest::computedColumnsAreReadBack()
{
    Database database;
    database.execute(u"CREATE TABLE boxes (id INTEGER PRIMARY KEY, width INTEGER, "
                     "doubled INTEGER AS (width * 2))"_s);
    orm::Session session(database.engine());
    const AnyRef box = session.add(orm::make(mapperOf(session, u"boxes"_s)));
    box.setValue(u"width"_s, StoredValue::integer(4));
    session.flush();
    QCOMPARE(box.value(u"doubled"_s), StoredValue::integer(8));
    box.setValue(u"width"_s, StoredValue::integer(5));
    session.flush();
    QCOMPARE(box.value(u"doubled"_s), StoredValue::integer(10));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             box.setValue(u"doubled"_s, StoredValue::integer(1)));
    QVERIFY(!session.isModified(box));
}

void AnyRefTest::parentsComeBeforeChildren()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef comment
        = session.add(orm::make(orm::Mapper::of(orm::Mapper::of<Comment>().table())));
    comment.setValue(u"post_id"_s, StoredValue::integer(9));
    comment.setValue(u"body"_s, StoredValue::text(u"first"));
    session.add(Post{.id = 9, .title = u"t"_s}); // a struct and a row in one flush
    SqlTrace trace(session.connection());
    session.commit();
    QVERIFY(trace.statements().first().startsWith(u"INSERT INTO posts"_s));
    QVERIFY(trace.statements().last().startsWith(u"INSERT INTO comments"_s));
}

void AnyRefTest::valuesAreCheckedBeforeAnySql()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef user = session.get(mapperOf(session, u"users"_s), Key::integer(1));
    const auto refused = [&](const QString &column, const StoredValue &value) {
        const auto error = thrown<orm::DataError>([&] { user.setValue(column, value); });
        return error ? error->table + u'.' + error->column : QString();
    };
    QCOMPARE(refused(u"name"_s, StoredValue()), u"users.name"_s);
    QCOMPARE(refused(u"name"_s, StoredValue::text(QString(81, u'x'))), u"users.name"_s);
    QCOMPARE(refused(u"id"_s, StoredValue::text(u"one")), u"users.id"_s);
    QVERIFY(!session.isModified(user));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             user.setValue(u"colour"_s, StoredValue::text(u"red")));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, user.value(17));

    // What was never set is found by the flush
    session.add(orm::make(user.mapper()));
    SqlTrace trace(session.connection());
    const auto error = thrown<orm::DataError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->column, u"name"_s);
    QCOMPARE(trace.all(), QStringList());
}

void AnyRefTest::valuesStayAsStored()
{
    Database database;
    database.execute(u"INSERT INTO posts (title, content, created_at) "
                     "VALUES ('t', CAST('b' AS BLOB), '2024-01-02 03:04:05.678901')"_s);
    orm::Session session(database.engine());
    const AnyRef post = session.get(mapperOf(session, u"posts"_s), Key::integer(1));
    QCOMPARE(post.value(u"content"_s), StoredValue::blob("b"));
    QCOMPARE(textOf(post, u"created_at"_s), u"2024-01-02 03:04:05.678901"_s);
    post.setValue(u"title"_s, StoredValue::text(u"changed"));
    session.commit();
    QCOMPARE(database.scalar(u"SELECT content FROM posts"_s), StoredValue::blob("b"));
    QCOMPARE(database.values(u"created_at"_s, u"posts"_s), u"2024-01-02 03:04:05.678901"_s);
}

void AnyRefTest::queriesAreMadeAtRunTime()
{
    Database database;
    addUsers(database, {u"ed"_s, u"jack"_s, u"will"_s});
    orm::Session session(database.engine());
    const orm::Mapper &users = mapperOf(session, u"users"_s);
    const auto name = Expression::column(u"name"_s);
    const auto isNot = [&](const QString &text) {
        return Expression::binary(name, u"!="_s, Expression::value(StoredValue::text(text)));
    };
    auto query = session.query(users);
    query.where(isNot(u"ed"_s)).orderBy(orm::OrderTerm{name, Qt::DescendingOrder});
    const QList<AnyRef> found = query.all();
    QCOMPARE(found.size(), 2);
    QCOMPARE(textOf(found.at(0), u"name"_s), u"will"_s);
    QCOMPARE(query.count(), 2);
    QCOMPARE(textOf(session.query(users).offset(1).limit(1).one(), u"name"_s), u"jack"_s);
    int count = 0;
    for (const AnyRef &user : session.query(users).yieldPer(2))
        count += user.value(0).isNull() ? 0 : 1;
    QCOMPARE(count, 3);
    QCOMPARE(session.query(users).where(isNot(u"ed"_s)).remove(), 2);
    QVERIFY(!session.contains(found.at(0)));
}

void AnyRefTest::mergeCopiesTheValues()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const AnyRef given = newUser(session, u"ed"_s);
    given.setValue(u"id"_s, StoredValue::integer(1));
    const AnyRef merged = session.merge(given);
    QVERIFY(merged != given);
    QVERIFY(!session.contains(given));
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"ed"_s);
}

void AnyRefTest::hooksSeeRowsOfAllClasses()
{
    Database database;
    orm::Session session(database.engine());
    qsizetype seen = 0;
    session.onBeforeFlush([&](orm::Session &s) { seen = s.newObjects<orm::AnyObject>().size(); });
    session.add(User{.name = u"jack"_s});
    session.add(newUser(session, u"ed"_s));
    session.commit();
    QCOMPARE(seen, 2);
}

void AnyRefTest::equalTablesHaveOneMapper()
{
    Database database;
    orm::Session session(database.engine());
    const orm::Table table = orm::reflect(session.connection(), u"users"_s).table;
    QCOMPARE(&orm::Mapper::of(table), &orm::Mapper::of(orm::Table(table)));
    orm::Table other = table;
    other.columns[1].isUnique = true;
    QVERIFY(&orm::Mapper::of(other) != &orm::Mapper::of(table));
}

void AnyRefTest::tablesThatCannotBeMapped()
{
    const auto column = [](const QString &name) {
        orm::Column made;
        made.name = name;
        made.type = orm::Integer;
        return made;
    };
    orm::Table table;
    table.name = u"things"_s;
    table.columns = {column(u"a"_s)};
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, orm::Mapper::of(table));
    table.columns[0].isPrimaryKey = true;
    QCOMPARE(orm::Mapper::of(table).table().columns.size(), 1);
    for (int i = 0; i < 64; ++i)
        table.columns.append(column(u"c%1"_s.arg(i)));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, orm::Mapper::of(table));
}

void AnyRefTest::textInAnIntegerKeyIsNoNumber()
{
    Database database;
    database.execute(u"CREATE TABLE loose (id INT PRIMARY KEY, name TEXT)"_s);
    database.execute(u"INSERT INTO loose VALUES ('one', 'a'), (2, 'b')"_s);
    orm::Session session(database.engine());
    const auto rows = session.query(mapperOf(session, u"loose"_s)).all();
    QCOMPARE(rows.size(), 2);
    QVERIFY_THROWS_EXCEPTION(orm::ObjectDeletedError, rows.at(0).value(1)); // there is no row 0
    QCOMPARE(textOf(rows.at(1), u"name"_s), u"b"_s);
}

QTEST_GUILESS_MAIN(AnyRefTest)
#include "tst_anyref.moc"
