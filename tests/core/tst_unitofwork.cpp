// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/olddialect.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;

namespace {

/// Whose numbers are never given again.
struct Ticket
{
    qint64 id = 0;
};

/// Keys of two parts, a text and a number, and what the database fills in.
struct Badge
{
    QString name = {};
    qint64 grade = 0;
    std::optional<int> rank = {};
    std::optional<QString> note = {};
};

} // namespace

template<>
struct orm::Mapping<Badge>
{
    static constexpr auto table = orm::table<Badge>(
        "badges",
        {column<&Badge::name>("name", String{20}, primaryKey),
         column<&Badge::grade>("grade", primaryKey), column<&Badge::rank>("rank", serverDefault(3)),
         column<&Badge::note>("note", String{20})});
};

template<>
struct orm::Mapping<Ticket>
{
    static constexpr auto table
        = orm::table<Ticket>("tickets", {column<&Ticket::id>("id", primaryKey, autoincrement)});
};

/// What a flush sends, in which order, and what it refuses.
class UnitOfWorkTest final : public QObject
{
    Q_OBJECT

private slots:
    void a38_rowsAreInsertedInTheOrderOfAdd();
    void a41_onlyTheChangedColumnIsSent();
    void a42_equalValuesSendNothing();
    void a51_aRowThatIsGoneIsStale();
    void a52_versionsAreChecked();
    void a55_theServersDefaultIsReadBack();
    void a56_defaultsOfTheClientAndOnUpdate();
    void withoutReturningASelectReadsBack();
    void a70_aTableWithOnlyAnId();
    void a74_aNullTextIsEmptyAndNulloptIsNull();

    void staleDataSaysWhatWasAndIs();
    void oldValuesAreCheckedOnRequest();
    void oldValuesOfADeleteAreAllColumns();
    void oldValuesAreComparedDecoded();
    void aVersionIsCheckedByDeletes();
    void aDeletedRowThatIsGoneIsNoError();
    void parentsComeBeforeChildren();
    void updatesAndDeletesComeByKey();
    void constraintsAreNamed();
    void foreignKeysNameTheTable();
    void aLongValueOfAnotherProgramStays();
    void codePointsAreCounted();
    void aKeyMayBeEmptyText();
    void manySetsOfColumns();
    void microsecondsOfOthersSurvive();
    void aTriggerThatMovesTheKeyIsNoticed();
    void aTriggerThatInsertsDoesNotConfuseKeys();
    void anInsertThatATriggerIgnoresIsAnError();
    void numbersOfDeletedRowsAreNotGivenAgain();
    void keysThatAreNoRowidsAreReadBack_data();
    void keysThatAreNoRowidsAreReadBack();
};

void UnitOfWorkTest::a38_rowsAreInsertedInTheOrderOfAdd()
{
    Database database;
    orm::Session session(database.engine());
    const auto users = session.addAll(
        std::vector{User{.name = u"d"_s}, User{.name = u"a"_s}, User{.name = u"c"_s}});
    session.commit();
    QCOMPARE(users.at(0).read().id, 1);
    QCOMPARE(users.at(1).read().id, 2);
    QCOMPARE(users.at(2).read().id, 3);
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"d, a, c"_s);
}

void UnitOfWorkTest::a41_onlyTheChangedColumnIsSent()
{
    Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('t')"_s);
    orm::Session session(database.engine());
    const auto post = session.get<Post>(1);
    SqlTrace trace(session.connection());
    post->title = u"changed"_s;
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE posts SET title=? WHERE id=?"_s});
}

void UnitOfWorkTest::a42_equalValuesSendNothing()
{
    Database database;
    database.execute(u"INSERT INTO users (name) VALUES ('')"_s);
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    SqlTrace trace(session.connection());
    user->name = u""_s;
    user->email.reset();
    session.flush();
    user->name = u"x"_s;
    user->name = u""_s;
    session.commit();
    QCOMPARE(trace.all(), QStringList());
}

void UnitOfWorkTest::a51_aRowThatIsGoneIsStale()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    const auto user = session.get<User>(1);
    database.execute(u"DELETE FROM users"_s);
    user->name = u"ed"_s;
    const auto error = thrown<orm::StaleDataError>([&] { session.flush(); });
    QVERIFY(error);
    QVERIFY(error->message().startsWith(
        u"UPDATE statement on table 'users' expected to update 1 row(s); 0 were matched"_s));
    QVERIFY(error->isRowGone);
    QCOMPARE(error->key, orm::Key::integer(1));
    QCOMPARE(error->columns.size(), 1);
    QCOMPARE(error->columns.first().original, orm::StoredValue::text(u"jack"));
    QCOMPARE(error->columns.first().mine, orm::StoredValue::text(u"ed"));
    QVERIFY(error->columns.first().current.isNull());
}

void UnitOfWorkTest::a52_versionsAreChecked()
{
    Database database;
    orm::Session first(database.engine());
    const auto mine = first.add(Doc{.body = u"one"_s});
    first.commit();
    QCOMPARE(mine.read().versionId, 1);
    SqlTrace trace(first.connection());
    mine->body = u"two"_s;
    first.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s),
             QStringList{u"UPDATE docs SET body=?, version_id=? WHERE id=? AND version_id=?"_s});
    QCOMPARE(mine.read().versionId, 2);

    orm::Session second(database.engine());
    const auto theirs = second.get<Doc>(1);
    theirs->body = u"theirs"_s;
    mine->body = u"mine"_s;
    second.commit();
    QVERIFY_THROWS_EXCEPTION(orm::StaleDataError, first.commit());
    first.rollback();
    QCOMPARE(mine.read().body, u"theirs"_s);
    QCOMPARE(mine.read().versionId, 3);
    mine->body = u"mine"_s;
    first.commit();
    QCOMPARE(database.values(u"body || version_id"_s, u"docs"_s), u"mine4"_s);
}

void UnitOfWorkTest::a55_theServersDefaultIsReadBack()
{
    Database database;
    orm::Session session(database.engine());
    const QDateTime given(QDate(2001, 2, 3), QTime(4, 5, 6, 789), Qt::UTC);
    const auto fresh = session.add(Post{.title = u"a"_s});
    const auto dated = session.add(Post{.title = u"b"_s, .createdAt = given});
    SqlTrace trace(session.connection());
    session.flush();
    QVERIFY(qAbs(fresh.read().createdAt->secsTo(QDateTime::currentDateTimeUtc())) <= 5);
    QCOMPARE(fresh.read().createdAt->timeSpec(), Qt::UTC);
    QCOMPARE(dated.read().createdAt, given);
    QCOMPARE(
        trace.statements(),
        QStringList(
            {u"INSERT INTO posts (title, content, author_id) VALUES (?, ?, ?) RETURNING id, created_at"_s,
             u"INSERT INTO posts (title, content, created_at, author_id) VALUES (?, ?, ?, ?)"_s}));
}

void UnitOfWorkTest::a56_defaultsOfTheClientAndOnUpdate()
{
    Database database;
    orm::Session session(database.engine());
    const auto stamp = session.add(Stamp{});
    const auto own = session.add(Stamp{.kind = u"x"_s, .rank = 9});
    session.flush();
    QCOMPARE(stamp.read().kind, u"draft"_s);
    QCOMPARE(stamp.read().rank, 3);
    QCOMPARE(own.read().kind, u"x"_s);
    QCOMPARE(own.read().rank, 9);
    SqlTrace trace(session.connection());
    stamp->name = u"n"_s;
    own->kind = u"y"_s;
    session.commit();
    QCOMPARE(trace.statements(),
             QStringList({u"UPDATE stamps SET name=?, kind=? WHERE id=?"_s,
                          u"UPDATE stamps SET kind=? WHERE id=?"_s}));
    QCOMPARE(stamp.read().kind, u"edited"_s);
    QCOMPARE(own.read().kind, u"y"_s);
}

void UnitOfWorkTest::withoutReturningASelectReadsBack()
{
    const DialectWithoutReturning dialect;
    orm::ConnectionOptions options;
    options.dialect = &dialect;
    const Database database(options);
    orm::MetaData badges;
    badges.add<Badge>();
    badges.createAll(database.engine());
    orm::Session session(database.engine());
    const auto stamp = session.add(Stamp{.name = u"a"_s});
    const auto blank = session.add(Blank{});
    SqlTrace trace(session.connection());
    session.flush(); // by the number of the row, as the key is what is asked for
    QVERIFY2(!trace.statements().join(u';').contains(u"RETURNING"_s),
             qPrintable(trace.statements().join(u';')));
    QVERIFY2(trace.statements().contains(u"SELECT id, rank FROM stamps WHERE rowid=?"_s),
             qPrintable(trace.statements().join(u';')));
    QCOMPARE(stamp.read().id, 1);
    QCOMPARE(stamp.read().rank, 3);
    QCOMPARE(blank.read().id, 1);

    const auto gold = session.add(Badge{.name = u"gold"_s, .grade = 2});
    const auto tin = session.add(Badge{.name = u"tin"_s, .grade = 1, .rank = 9});
    trace.clear();
    session.commit(); // by the key of two parts
    QVERIFY2(trace.statements().contains(u"SELECT rank FROM badges WHERE name=? AND grade=?"_s),
             qPrintable(trace.statements().join(u';')));
    QCOMPARE(gold.read().rank, 3);
    QCOMPARE(tin.read().rank, 9);
    gold->note = u"n"_s;
    session.commit();
    QCOMPARE(database.scalar(u"SELECT note || rank FROM badges WHERE name = 'gold'"_s).toString(),
             u"n3"_s);

    // What a trigger swallows is said here, too.
    database.execute(
        u"CREATE TRIGGER no BEFORE INSERT ON stamps BEGIN SELECT RAISE(IGNORE); END"_s);
    session.add(Stamp{.name = u"b"_s});
    QVERIFY_THROWS_EXCEPTION(orm::Error, session.flush());
}

void UnitOfWorkTest::a70_aTableWithOnlyAnId()
{
    Database database;
    orm::Session session(database.engine());
    const auto first = session.add(Blank{});
    const auto second = session.add(Blank{});
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements().first(), u"INSERT INTO blanks DEFAULT VALUES"_s);
    QCOMPARE(first.read().id, 1);
    QCOMPARE(second.read().id, 2);
}

void UnitOfWorkTest::a74_aNullTextIsEmptyAndNulloptIsNull()
{
    Database database;
    orm::Session session(database.engine());
    session.add(User{.name = QString()});
    session.add(User{.name = u"x"_s, .email = QString()});
    session.commit();
    QCOMPARE(database.scalar(u"SELECT name FROM users WHERE id = 1"_s),
             orm::StoredValue::text(u""));
    QVERIFY(database.scalar(u"SELECT email FROM users WHERE id = 1"_s).isNull());
    QCOMPARE(database.scalar(u"SELECT email FROM users WHERE id = 2"_s),
             orm::StoredValue::text(u""));
    session.expungeAll();
    const auto first = session.get<User>(1);
    QCOMPARE(first.read().name, u""_s);
    QVERIFY(!first.read().name.isNull());
    QVERIFY(!first.read().email);
    QCOMPARE(session.get<User>(2).read().email, u""_s);
}

void UnitOfWorkTest::staleDataSaysWhatWasAndIs()
{
    Database database;
    database.execute(u"INSERT INTO docs VALUES (1, 'original', 1)"_s);
    orm::Session session(database.engine());
    const auto doc = session.get<Doc>(1);
    doc->body = u"mine"_s;
    database.execute(u"UPDATE docs SET body = 'theirs', version_id = 2"_s);
    const auto error = thrown<orm::StaleDataError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->table, u"docs"_s);
    QVERIFY(!error->isRowGone);
    QCOMPARE(error->columns.size(), 2);
    QCOMPARE(error->columns.at(0).column, u"body"_s);
    QCOMPARE(error->columns.at(0).original.toString(), u"original"_s);
    QCOMPARE(error->columns.at(0).mine.toString(), u"mine"_s);
    QCOMPARE(error->columns.at(0).current.toString(), u"theirs"_s);
    QCOMPARE(error->columns.at(1).column, u"version_id"_s);
    QCOMPARE(error->columns.at(1).current.toInteger(), 2);
}

void UnitOfWorkTest::oldValuesAreCheckedOnRequest()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.staleCheck = orm::StaleCheck::OldValues});
    const auto user = session.get<User>(1);
    user->name = u"mine"_s;
    database.execute(u"UPDATE users SET email = 'theirs'"_s); // another column harms nobody
    session.commit();
    QCOMPARE(database.values(u"name || email"_s, u"users"_s), u"minetheirs"_s);

    user->name = u"again"_s;
    database.execute(u"UPDATE users SET name = 'theirs'"_s);
    const auto error = thrown<orm::StaleDataError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->columns.size(), 1);
    QCOMPARE(error->columns.first().original.toString(), u"mine"_s);
    QCOMPARE(error->columns.first().mine.toString(), u"again"_s);
    QCOMPARE(error->columns.first().current.toString(), u"theirs"_s);
    session.rollback();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"theirs"_s);
}

void UnitOfWorkTest::oldValuesOfADeleteAreAllColumns()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine(), {.staleCheck = orm::StaleCheck::OldValues});
    const auto user = session.get<User>(1);
    session.remove(user);
    database.execute(u"UPDATE users SET email = 'theirs'"_s);
    QVERIFY_THROWS_EXCEPTION(orm::StaleDataError, session.commit());
    session.rollback();
    QCOMPARE(user.read().email, u"theirs"_s);
    session.remove(user);
    session.commit();
    QCOMPARE(database.count(u"users"_s), 0);
}

void UnitOfWorkTest::oldValuesAreComparedDecoded()
{
    Database database;
    database.execute(
        u"INSERT INTO posts (title, created_at) VALUES ('t', '2001-02-03 04:05:06.678901')"_s);
    orm::Session session(database.engine(), {.staleCheck = orm::StaleCheck::OldValues});
    const auto post = session.get<Post>(1);
    post->createdAt = QDateTime(QDate(2002, 1, 1), QTime(0, 0), Qt::UTC);
    session.commit(); // its microseconds, which QDateTime can't hold, are no conflict
    QCOMPARE(database.values(u"created_at"_s, u"posts"_s), u"2002-01-01 00:00:00.000000"_s);
}

void UnitOfWorkTest::aVersionIsCheckedByDeletes()
{
    Database database;
    database.execute(u"INSERT INTO docs VALUES (1, 'x', 1)"_s);
    orm::Session session(database.engine());
    const auto doc = session.get<Doc>(1);
    session.remove(doc);
    database.execute(u"UPDATE docs SET version_id = 2"_s);
    const auto error = thrown<orm::StaleDataError>([&] { session.flush(); });
    QVERIFY(error);
    QVERIFY(error->message().startsWith(
        u"DELETE statement on table 'docs' expected to delete 1 row(s); 0 were matched"_s));
    session.rollback();
    session.remove(doc); // expired by the rollback: it is read first
    session.commit();
    QCOMPARE(database.count(u"docs"_s), 0);
}

void UnitOfWorkTest::aDeletedRowThatIsGoneIsNoError()
{
    Database database;
    addUsers(database, {u"jack"_s});
    orm::Session session(database.engine());
    session.remove(session.get<User>(1));
    database.execute(u"DELETE FROM users"_s);
    QTest::ignoreMessage(
        QtWarningMsg,
        "DELETE statement on table 'users' expected to delete 1 row(s); 0 were matched.");
    session.commit();
}

void UnitOfWorkTest::parentsComeBeforeChildren()
{
    Database database;
    orm::Session session(database.engine());
    session.add(Comment{.postId = 9, .body = u"c"_s});
    session.add(Post{.id = 9, .title = u"t"_s, .authorId = 5});
    session.add(User{.id = 5, .name = u"u"_s});
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"INSERT"_s).size(), 3);
    QVERIFY(trace.statements(u"INSERT"_s).at(0).startsWith(u"INSERT INTO users"_s));
    QVERIFY(trace.statements(u"INSERT"_s).at(1).startsWith(u"INSERT INTO posts"_s));
    QVERIFY(trace.statements(u"INSERT"_s).at(2).startsWith(u"INSERT INTO comments"_s));
    const auto user = session.get<User>(5); // before remove(), which a get() would flush
    const auto post = session.get<Post>(9);
    const auto comment = session.get<Comment>(1);
    session.remove(user);
    session.remove(post);
    session.remove(comment);
    trace.clear();
    session.commit();
    QCOMPARE(trace.statements(u"DELETE"_s),
             QStringList({u"DELETE FROM comments WHERE id=?"_s, u"DELETE FROM posts WHERE id=?"_s,
                          u"DELETE FROM users WHERE id=?"_s}));
}

void UnitOfWorkTest::updatesAndDeletesComeByKey()
{
    Database database;
    addUsers(database, {u"a"_s, u"b"_s, u"c"_s});
    database.execute(u"CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT)"_s);
    database.execute(
        u"CREATE TRIGGER u AFTER UPDATE ON users BEGIN INSERT INTO log (what) VALUES ('u' || old.id); END"_s);
    database.execute(
        u"CREATE TRIGGER d AFTER DELETE ON users BEGIN INSERT INTO log (what) VALUES ('d' || old.id); END"_s);
    orm::Session session(database.engine());
    const auto users = session.query<User>().all();
    for (const int i : {2, 0, 1})
        users.at(i)->name = u"x"_s;
    session.flush();
    for (const int i : {2, 0, 1})
        session.remove(users.at(i));
    session.commit();
    QCOMPARE(database.values(u"what"_s, u"log"_s), u"u1, u2, u3, d1, d2, d3"_s);
}

void UnitOfWorkTest::constraintsAreNamed()
{
    Database database;
    database.execute(u"DROP TABLE votes"_s);
    database.execute(
        u"CREATE TABLE votes (user_id INTEGER, post_id INTEGER, value INTEGER CONSTRAINT positive CHECK (value > 0), PRIMARY KEY (user_id, post_id))"_s);
    orm::Session session(database.engine());
    session.add(Vote{.userId = 1, .postId = 1, .value = -1});
    auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::Check);
    QCOMPARE(error->name, u"positive"_s);
    QCOMPARE(error->table, u"votes"_s);
    QCOMPARE(error->nativeCode(), 275);
    QVERIFY(error->statement().startsWith(u"INSERT INTO votes"_s));
    session.rollback();
    session.add(Vote{.userId = 1, .postId = 1, .value = 1});
    session.add(Vote{.userId = 1, .postId = 1, .value = 1});
    error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::PrimaryKey);
    QCOMPARE(error->columns, QStringList({u"user_id"_s, u"post_id"_s}));
}

void UnitOfWorkTest::foreignKeysNameTheTable()
{
    Database database;
    orm::Session session(database.engine());
    session.add(Post{.title = u"t"_s, .authorId = 99});
    auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::ForeignKey);
    QCOMPARE(error->table, u"posts"_s);
    session.rollback();
    const auto user = session.add(User{.name = u"u"_s});
    session.flush();
    session.add(Post{.title = u"t"_s, .authorId = user.read().id});
    session.commit();
    session.remove(user);
    error = thrown<orm::IntegrityError>([&] { session.commit(); });
    QVERIFY(error);
    QCOMPARE(error->table, u"users"_s);
}

void UnitOfWorkTest::aLongValueOfAnotherProgramStays()
{
    Database database;
    database.execute(u"INSERT INTO posts (title, content) VALUES (?, 'x')"_s,
                     {orm::StoredValue::text(QString(300, u'x'))});
    orm::Session session(database.engine());
    const auto post = session.get<Post>(1);
    QCOMPARE(post.read().title.size(), 300);
    post->content = u"y"_s;
    session.commit();
    QCOMPARE(database.scalar(u"SELECT length(title) FROM posts"_s).toInteger(), 300);
    post->title += u'x';
    QVERIFY_THROWS_EXCEPTION(orm::DataError, session.commit());
}

void UnitOfWorkTest::codePointsAreCounted()
{
    Database database;
    orm::Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"\U0001F600"_s.repeated(40)});
    session.commit();
    QCOMPARE(database.scalar(u"SELECT length(name) FROM tags"_s).toInteger(), 40);
    tag->name += u"\U0001F600"_s;
    QVERIFY_THROWS_EXCEPTION(orm::DataError, session.commit());
    tag->name = QString(QChar(0xD83D)); // half of one
    QVERIFY(messageOf<orm::DataError>([&] { session.commit(); }).contains(u"surrogate"_s));
}

void UnitOfWorkTest::aKeyMayBeEmptyText()
{
    Database database;
    orm::Session session(database.engine());
    const auto setting = session.add(Setting{});
    session.commit();
    setting->value = u"x"_s;
    session.commit();
    QCOMPARE(database.values(u"value"_s, u"settings"_s), u"x"_s);
    QVERIFY(session.get<Setting>(u""_s) == setting);
}

void UnitOfWorkTest::manySetsOfColumns()
{
    Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('t')"_s);
    orm::Session session(database.engine());
    const auto post = session.get<Post>(1);
    for (int i = 0; i < 100; ++i) {
        if (i & 1)
            post->title = QString::number(i);
        if (i & 2)
            post->content = QString::number(i);
        if (i & 4)
            post->createdAt = QDateTime::fromSecsSinceEpoch(i, Qt::UTC);
        session.flush();
    }
    session.commit();
    QCOMPARE(database.values(u"title || content"_s, u"posts"_s), u"9999"_s);
}

void UnitOfWorkTest::microsecondsOfOthersSurvive()
{
    Database database;
    const QString stored = u"2001-02-03 04:05:06.678901"_s;
    database.execute(u"INSERT INTO posts (title, created_at) VALUES ('t', ?)"_s,
                     {orm::StoredValue::text(stored)});
    orm::Session session(database.engine());
    const auto post = session.get<Post>(1);
    QCOMPARE(post.read().createdAt->time().msec(), 678);
    post->title = u"changed"_s;
    session.commit();
    QCOMPARE(database.values(u"created_at"_s, u"posts"_s), stored);
}

void UnitOfWorkTest::aTriggerThatMovesTheKeyIsNoticed()
{
    Database database;
    database.execute(
        u"CREATE TRIGGER m AFTER INSERT ON tags BEGIN UPDATE tags SET id = new.id + 100 WHERE id = new.id; END"_s);
    orm::Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"a"_s});
    session.flush(); // what the database says was inserted knows nothing of it
    tag->name = u"b"_s;
    QVERIFY_THROWS_EXCEPTION(orm::StaleDataError, session.flush());
}

void UnitOfWorkTest::aTriggerThatInsertsDoesNotConfuseKeys()
{
    Database database;
    database.execute(u"INSERT INTO users (id, name) VALUES (50, 'jack')"_s);
    database.execute(u"CREATE TRIGGER m AFTER INSERT ON tags "
                     "BEGIN INSERT INTO users (name) VALUES (new.name); END"_s);
    orm::Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"a"_s});
    session.flush();
    QCOMPARE(tag.read().id, 1);
    QCOMPARE(database.values(u"id"_s, u"users"_s), u"50"_s);
}

void UnitOfWorkTest::anInsertThatATriggerIgnoresIsAnError()
{
    Database database;
    database.execute(u"INSERT INTO tags (id, name) VALUES (7, 'first')"_s);
    database.execute(u"CREATE TRIGGER i BEFORE INSERT ON tags BEGIN SELECT RAISE(IGNORE); END"_s);
    database.execute(u"CREATE TRIGGER j BEFORE INSERT ON posts BEGIN SELECT RAISE(IGNORE); END"_s);
    orm::Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"a"_s});
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->table, u"tags"_s);
    session.rollback();
    QCOMPARE(tag.read().id, 0);
    session.add(Post{.title = u"t"_s}); // read back by RETURNING
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, session.flush());
}

void UnitOfWorkTest::numbersOfDeletedRowsAreNotGivenAgain()
{
    Database database;
    orm::MetaData meta;
    meta.add<Ticket>();
    meta.createAll(database.engine());
    orm::Session session(database.engine());
    session.add(Ticket{});
    const auto second = session.add(Ticket{});
    session.commit();
    session.remove(second);
    session.commit();
    const auto third = session.add(Ticket{});
    session.commit();
    QCOMPARE(third.read().id, 3);
}

void UnitOfWorkTest::keysThatAreNoRowidsAreReadBack_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<orm::ConnectionOptions::Statements>("statements");
    using Statements = orm::ConnectionOptions::Statements;
    QTest::newRow("rowid") << u"id INTEGER NOT NULL PRIMARY KEY"_s << Statements::Native;
    QTest::newRow("rowid, by Qt") << u"id INTEGER NOT NULL PRIMARY KEY"_s << Statements::Query;
    // 40 is the key, and no rowid
    QTest::newRow("INT") << u"id INT DEFAULT 40 PRIMARY KEY"_s << Statements::Native;
    QTest::newRow("without rowid") << u"id INTEGER DEFAULT 40 PRIMARY KEY"_s << Statements::Native;
    QTest::newRow("descending") << u"id INTEGER DEFAULT 40 PRIMARY KEY DESC"_s
                                << Statements::Native;
}

void UnitOfWorkTest::keysThatAreNoRowidsAreReadBack()
{
    QFETCH(const QString, key);
    QFETCH(const orm::ConnectionOptions::Statements, statements);
    Database database({.statements = statements});
    database.execute(u"DROP TABLE post_tags"_s);
    database.execute(u"DROP TABLE tags"_s);
    const QString rest = QLatin1String(QTest::currentDataTag()) == u"without rowid"
        ? u" WITHOUT ROWID"_s
        : QString();
    database.execute(u"CREATE TABLE tags (%1, name VARCHAR(40) UNIQUE)"_s.arg(key) + rest);
    database.execute(u"INSERT INTO tags (id, name) VALUES (39, 'first')"_s);
    orm::Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"a"_s});
    session.commit();
    QCOMPARE(tag.read().id, 40);
    QCOMPARE(database.values(u"id"_s, u"tags"_s), u"39, 40"_s);
}

QTEST_GUILESS_MAIN(UnitOfWorkTest)
#include "tst_unitofwork.moc"
