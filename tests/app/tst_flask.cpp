// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "core/mapping/metadata.h"
#include "core/session/session.h"
#include "tests/support/flaskapp.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using app::Post;
using orm::col;

namespace {

orm::MetaData metaData()
{
    orm::MetaData meta;
    meta.add<Post>();
    return meta;
}

} // namespace

/// The database stays the Flask app's: each side reads and changes what the other has made.
class FlaskTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void theirDatabaseIsReadEditedAndReadByThem();
    void ourDatabaseIsTheirs();
    void datesHaveSixDigits();
    void microsecondsOfUntouchedDatesSurvive();
    void nullAndEmptyStayApart();
    void awkwardTextIsTheSameOnBothSides();
    void whatIsNotOursIsNotTouched();
    void theyMayWriteWhileWeAreOpen();
};

void FlaskTest::initTestCase()
{
    if (!FlaskApp::isInstalled())
        QSKIP("python3-flask-sqlalchemy is not installed");
}

void FlaskTest::theirDatabaseIsReadEditedAndReadByThem()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    QVERIFY(flask.run(u"create"_s).isNull());
    QCOMPARE(flask
                 .run(u"add"_s,
                      {{u"title"_s, u"New Post"_s}, {u"content"_s, u"This is a new blog post."_s}})
                 .toInteger(),
             1);
    QCOMPARE(flask.run(u"add"_s, {{u"title"_s, u"Second"_s}}).toInteger(), 2);
    QCOMPARE(flask.run(u"add"_s, {{u"title"_s, u"Third"_s}}).toInteger(), 3);

    orm::Session session(orm::Engine::create(orm::DatabaseUrl::sqlite(file)));
    const auto posts = session.query<Post>().orderBy(col<&Post::id>).all();
    QCOMPARE(posts.size(), 3);
    QCOMPARE(posts.at(0).read().title, u"New Post"_s);
    QCOMPARE(posts.at(0).read().content, u"This is a new blog post."_s);
    QVERIFY(!posts.at(1).read().content);
    QVERIFY(qAbs(posts.at(0).read().createdAt->secsTo(QDateTime::currentDateTimeUtc())) < 100);
    posts.at(0)->title = u"Updated Post"_s;
    session.remove(posts.at(1));
    const auto added = session.add(Post{.title = u"Ours"_s, .content = u"text"_s});
    session.commit();

    const QJsonArray seen = flask.run(u"list"_s).toArray();
    QCOMPARE(seen.size(), 3);
    QCOMPARE(seen.at(0)[u"title"_s].toString(), u"Updated Post"_s);
    QCOMPARE(seen.at(0)[u"content"_s].toString(), u"This is a new blog post."_s);
    QCOMPARE(seen.at(1)[u"id"_s].toInteger(), 3);
    QCOMPARE(seen.at(2)[u"title"_s].toString(), u"Ours"_s);
    const QDateTime theirs
        = QDateTime::fromString(seen.at(2)[u"created_at"_s].toString() + u'Z', Qt::ISODateWithMs);
    QCOMPARE(theirs, added.read().createdAt);

    flask.run(u"edit"_s, {{u"id"_s, added.read().id}, {u"title"_s, u"Theirs again"_s}});
    flask.run(u"delete"_s, {{u"id"_s, 3}});
    session.rollback();
    QCOMPARE(added.read().title, u"Theirs again"_s);
    QVERIFY(!session.get<Post>(3));
}

void FlaskTest::ourDatabaseIsTheirs()
{
    QTemporaryDir folder;
    const QString ours = folder.filePath(u"ours.db"_s);
    const QString theirs = folder.filePath(u"theirs.db"_s);
    const auto engine = orm::Engine::create(orm::DatabaseUrl::sqlite(ours));
    metaData().createAll(engine);
    QVERIFY(FlaskApp(theirs).run(u"create"_s).isNull());
    const QString all
        = u"SELECT group_concat(type || name || tbl_name || sql) FROM sqlite_schema"_s;
    const auto schemaOf = [&all](const QString &file) {
        return orm::Engine::create(orm::DatabaseUrl::sqlite(file))
            .connect()
            ->scalar(all)
            .toString();
    };
    QCOMPARE(schemaOf(ours), schemaOf(theirs)); // byte for byte
    {
        orm::Session session(engine);
        session.add(Post{.title = u"kept"_s});
        session.commit();
    }
    QVERIFY(FlaskApp(ours).run(u"create"_s).isNull()); // it is there already
    QCOMPARE(schemaOf(ours), schemaOf(theirs));
    QCOMPARE(FlaskApp(ours).post(1)[u"title"_s].toString(), u"kept"_s);
    metaData().createAll(
        orm::Engine::create(orm::DatabaseUrl::sqlite(theirs))); // and the other way
    QCOMPARE(schemaOf(theirs), schemaOf(ours));
}

void FlaskTest::datesHaveSixDigits()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const auto engine = orm::Engine::create(orm::DatabaseUrl::sqlite(file));
    metaData().createAll(engine);
    orm::Session session(engine);
    const QDateTime instant(QDate(2023, 10, 26), QTime(10, 11, 12, 45), Qt::UTC);
    session.add(Post{.title = u"a"_s, .createdAt = instant});
    session.add(Post{.title = u"b"_s, .createdAt = instant.toOffsetFromUtc(7200)});
    session.commit();
    QCOMPARE(*session.scalar<QString>(u"SELECT created_at FROM posts WHERE id = 1"_s),
             u"2023-10-26 10:11:12.045000"_s);
    session.commit();
    const FlaskApp flask(file);
    QCOMPARE(flask.post(1)[u"created_at"_s].toString(), u"2023-10-26T10:11:12.045000"_s);
    QCOMPARE(flask.post(2)[u"created_at"_s].toString(), u"2023-10-26T10:11:12.045000"_s);
}

void FlaskTest::microsecondsOfUntouchedDatesSurvive()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    flask.run(u"create"_s);
    const QString stamp = u"2023-10-26T10:11:12.678901"_s;
    flask.run(u"add"_s, {{u"title"_s, u"a"_s}, {u"created_at"_s, stamp}});
    orm::Session session(orm::Engine::create(orm::DatabaseUrl::sqlite(file)));
    const auto post = session.get<Post>(1);
    QCOMPARE(post.read().createdAt->time(), QTime(10, 11, 12, 678));
    post->title = u"changed"_s;
    session.commit();
    QCOMPARE(flask.post(1)[u"title"_s].toString(), u"changed"_s);
    QCOMPARE(flask.post(1)[u"created_at"_s].toString(), stamp);
}

void FlaskTest::nullAndEmptyStayApart()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    flask.run(u"create"_s);
    flask.run(u"add"_s, {{u"title"_s, u""_s}, {u"content"_s, QJsonValue::Null}});
    flask.run(u"add"_s, {{u"title"_s, QJsonValue::Null}, {u"content"_s, u""_s}});
    orm::Session session(orm::Engine::create(orm::DatabaseUrl::sqlite(file)));
    const auto first = session.get<Post>(1);
    const auto second = session.get<Post>(2);
    QCOMPARE(first.read().title, u""_s);
    QVERIFY(!first.read().content);
    QVERIFY(!second.read().title);
    QCOMPARE(second.read().content, u""_s);
    first->createdAt = QDateTime(QDate(2020, 1, 1), QTime(0, 0), Qt::UTC);
    second->createdAt.reset();
    session.add(Post{});
    session.commit();
    QCOMPARE(flask.post(1)[u"title"_s], QJsonValue(u""_s));
    QCOMPARE(flask.post(1)[u"content"_s], QJsonValue(QJsonValue::Null));
    QCOMPARE(flask.post(2)[u"title"_s], QJsonValue(QJsonValue::Null));
    QCOMPARE(flask.post(2)[u"content"_s], QJsonValue(u""_s));
    QCOMPARE(flask.post(2)[u"created_at"_s], QJsonValue(QJsonValue::Null));
    QCOMPARE(flask.post(3)[u"title"_s], QJsonValue(QJsonValue::Null));
}

void FlaskTest::awkwardTextIsTheSameOnBothSides()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    flask.run(u"create"_s);
    const QString text
        = u"\uFEFFa\r\nb\rc\u2028d\u00A0\U0001F600 \u05E9\u05DC\u05D5\u05DD 'quoted' \"x\" %_\\"_s;
    flask.run(u"add"_s, {{u"title"_s, text}});
    orm::Session session(orm::Engine::create(orm::DatabaseUrl::sqlite(file)));
    const auto post = session.get<Post>(1);
    QCOMPARE(post.read().title, text);
    post->content = text;
    session.commit();
    QCOMPARE(flask.post(1)[u"content"_s].toString(), text);
    QCOMPARE(flask.post(1)[u"title"_s].toString(), text);
}

void FlaskTest::whatIsNotOursIsNotTouched()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    flask.run(u"create"_s);
    flask.run(u"add"_s, {{u"title"_s, u"a"_s}});
    const auto rawQuery = [&file](const QString &sql) {
        return orm::Engine::create(orm::DatabaseUrl::sqlite(file)).connect()->scalar(sql);
    };
    for (
        const QString &sql :
        {u"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"_s,
         u"INSERT INTO users VALUES (1, 'ann')"_s, u"CREATE INDEX by_title ON posts (title)"_s,
         u"CREATE TRIGGER stamp AFTER UPDATE ON posts BEGIN UPDATE users SET name = name || '!'; END"_s,
         u"CREATE VIEW titles AS SELECT title FROM posts"_s})
        rawQuery(sql);
    const QString schema
        = u"SELECT group_concat(type || name || tbl_name || sql, char(10)) FROM sqlite_schema"_s;
    const auto before = rawQuery(schema);
    const auto version = rawQuery(u"PRAGMA schema_version"_s);
    {
        const auto engine = orm::Engine::create(orm::DatabaseUrl::sqlite(file));
        metaData().createAll(engine);
        orm::Session session(engine);
        session.get<Post>(1)->title = u"b"_s;
        session.commit();
    }
    QCOMPARE(rawQuery(schema), before);
    QCOMPARE(rawQuery(u"PRAGMA schema_version"_s), version);
    QCOMPARE(rawQuery(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
    QCOMPARE(rawQuery(u"SELECT name FROM users"_s).toString(), u"ann!"_s); // their trigger has run
    QCOMPARE(flask.post(1)[u"title"_s].toString(), u"b"_s);
}

void FlaskTest::theyMayWriteWhileWeAreOpen()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"blog.db"_s);
    const FlaskApp flask(file);
    flask.run(u"create"_s);
    orm::Session session(orm::Engine::create(orm::DatabaseUrl::sqlite(file)));
    const auto mine = session.add(Post{.title = u"mine"_s});
    session.commit();
    const auto all
        = session.query<Post>().all(); // in a transaction of reading, which locks nobody out
    QVERIFY(session.inTransaction());
    QCOMPARE(flask.run(u"add"_s, {{u"title"_s, u"theirs"_s}}).toInteger(), 2);
    QCOMPARE(session.query<Post>().count(), 2);
    mine->title = u"changed"_s;
    session.commit();
    QCOMPARE(flask.run(u"list"_s).toArray().size(), 2);
}

QTEST_GUILESS_MAIN(FlaskTest)
#include "tst_flask.moc"
