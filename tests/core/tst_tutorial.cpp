// SPDX-License-Identifier: MIT
#include "core/mapping/metadata.h"
#include "core/session/session.h"
#include "tests/support/sqltrace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::col;
using Statements = orm::ConnectionOptions::Statements;

// The tutorial's model, declared as a user would.

struct Post
{
    qint64 id = 0;
    std::optional<QString> title = {};
    std::optional<QString> content = {};
    std::optional<QDateTime> createdAt = {};
};

template<>
struct orm::Mapping<Post>
{
    static constexpr auto table = orm::table<Post>(
        "posts",
        {column<&Post::id>("id", primaryKey), column<&Post::title>("title", String{255}),
         column<&Post::content>("content", Text),
         column<&Post::createdAt>("created_at", defaultTo(currentTimestamp()))});
};

/// The tutorial's six operations, with the SQL that they send.
class TutorialTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void theSixOperations();
    void a75_rowsSortByTimeInAnyZone_data();
    void a75_rowsSortByTimeInAnyZone();
};

void TutorialTest::initTestCase_data()
{
    QTest::addColumn<Statements>("statements");

    QTest::newRow("native") << Statements::Native;
    QTest::newRow("QSqlQuery") << Statements::Query;
}

void TutorialTest::theSixOperations()
{
    QFETCH_GLOBAL(const Statements, statements);
    QTemporaryDir folder;
    const auto engine = orm::Engine::create(u"sqlite:///"_s + folder.filePath(u"blog.db"_s),
                                            {.statements = statements});
    orm::Session session(engine);
    SqlTrace trace(session.connection());

    // define and create
    orm::MetaData meta;
    meta.add<Post>();
    meta.createAll(session.connection());
    QCOMPARE(
        trace.statements(u"CREATE"_s),
        QStringList{
            u"CREATE TABLE posts (\n\tid INTEGER NOT NULL, \n\ttitle VARCHAR(255), \n\tcontent TEXT, \n\tcreated_at DATETIME, \n\tPRIMARY KEY (id)\n)"_s});

    // insert
    trace.clear();
    const orm::Ref<Post> post
        = session.add(Post{.title = u"New Post"_s, .content = u"This is a new blog post."_s});
    session.commit();
    QCOMPARE(
        trace.all(),
        QStringList(
            {u"BEGIN IMMEDIATE"_s,
             u"INSERT INTO posts (title, content, created_at) VALUES (?, ?, CURRENT_TIMESTAMP) RETURNING id, created_at"_s,
             u"COMMIT"_s}));
    QCOMPARE(post.read().id, 1);
    QVERIFY(qAbs(post.read().createdAt->secsTo(QDateTime::currentDateTimeUtc())) <= 5);

    // query
    session.add(Post{.title = u"Another"_s});
    trace.clear();
    const auto all = session.query<Post>().orderBy(col<&Post::id>).all();
    QCOMPARE(all.size(), 2);
    QVERIFY(all.first() == post);
    QCOMPARE(trace.statements().last(),
             u"SELECT id, title, content, created_at FROM posts ORDER BY id"_s);
    session.commit();

    // get and update
    trace.clear();
    if (const auto first = session.get<Post>(1)) {
        first->title = u"Updated Post"_s;
        session.commit();
    }
    QCOMPARE(
        trace.all(),
        QStringList({u"SELECT id, title, content, created_at FROM posts WHERE id=?"_s,
                     u"BEGIN IMMEDIATE"_s, u"UPDATE posts SET title=? WHERE id=?"_s, u"COMMIT"_s}));
    QCOMPARE(session.connection().scalar(u"SELECT title FROM posts WHERE id = 1"_s).toString(),
             u"Updated Post"_s);

    // delete
    trace.clear();
    session.remove(session.get<Post>(1));
    session.commit();
    QCOMPARE(trace.statements(u"DELETE"_s), QStringList{u"DELETE FROM posts WHERE id=?"_s});
    QCOMPARE(session.query<Post>().count(), 1);
    QVERIFY(!session.get<Post>(1));
}

void TutorialTest::a75_rowsSortByTimeInAnyZone_data()
{
    QTest::addColumn<QByteArray>("zone");

    QTest::newRow("utc") << QByteArray("UTC");
    QTest::newRow("west") << QByteArray("XYZ11:30");
    QTest::newRow("east") << QByteArray("XYZ-13:45");
}

void TutorialTest::a75_rowsSortByTimeInAnyZone()
{
    QFETCH_GLOBAL(const Statements, statements);
    QFETCH(const QByteArray, zone);
    qputenv("TZ", zone);
    tzset();
    const auto restore = qScopeGuard([] {
        qputenv("TZ", "UTC");
        tzset();
    });
    const auto engine = orm::Engine::create(u"sqlite://"_s, {.statements = statements});
    orm::MetaData meta;
    meta.add<Post>();
    meta.createAll(engine);
    orm::Session session(engine);
    const QDateTime now = QDateTime::currentDateTime(); // in the process's zone
    session.add(Post{.title = u"3"_s, .createdAt = now.addSecs(60)});
    session.add(Post{.title = u"1"_s, .createdAt = now.toUTC().addSecs(-60)});
    session.add(Post{.title = u"2"_s}); // by the database
    session.commit();
    QStringList titles;
    const auto posts = session.query<Post>().orderBy(col<&Post::createdAt>).all();
    for (const auto &post : posts) {
        titles.append(*post.read().title);
        QCOMPARE(post.read().createdAt->timeSpec(), Qt::UTC);
    }
    QCOMPARE(titles, QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(posts.at(2).read().createdAt, now.addSecs(60));
    QCOMPARE(session.query<Post>().where(col<&Post::createdAt> > now.addSecs(30)).count(), 1);
}

QTEST_GUILESS_MAIN(TutorialTest)
#include "tst_tutorial.moc"
