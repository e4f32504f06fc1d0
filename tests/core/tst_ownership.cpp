// SPDX-License-Identifier: MIT
#include "tests/support/graphschema.h"

#include <QTest>

#include <malloc.h>

#ifdef __SANITIZE_ADDRESS__
extern "C" size_t __sanitizer_get_current_allocated_bytes(); // the header is not everywhere
#endif

using namespace Qt::StringLiterals;
using namespace graph;
using orm::Session;

namespace {

size_t heapBytes()
{
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#else
    return mallinfo2().uordblks;
#endif
}

} // namespace

/// How long objects that are linked with each other live, and who keeps them.
class OwnershipTest final : public QObject
{
    Q_OBJECT

private slots:
    void aCircleGoesWithItsLastRef();
    void aCircleThatIsClosedAtLastGoesToo();
    void aLongChainGoesToo();
    void aMillionObjectsAreFreed();
    void aParentDoesNotKeepWhatItHasNotRead();
    void whatIsLinkedToNothingNeedsNobody();
    void whatOnlyACollectionHoldsGoesWithIt();
    void whatTwoHoldGoesWithTheSecond();
    void whatIsHeldOutlivesItsSession();
};

void OwnershipTest::aCircleGoesWithItsLastRef()
{
    const Database database;
    addSix(database);
    Session session(database.engine());
    orm::Ref<Post> kept;
    {
        const auto user = session.get<User>(1);
        for (const auto &post : user.read().posts)
            QVERIFY(post.read().author == user);
        kept = user.read().posts.at(0);
    }
    QCOMPARE(session.identityCount(), 3); // one Ref keeps whom it leads to
    kept = {};
    QCOMPARE(session.identityCount(), 0);
    const auto again = session.get<Post>(2);
    QVERIFY(again.read().author);
    QCOMPARE(session.identityCount(), 2);
}

void OwnershipTest::aCircleThatIsClosedAtLastGoesToo()
{
    const Database database;
    database.execute(u"INSERT INTO persons (id, name) VALUES (1, 'ann'), (2, 'ben')"_s);
    database.execute(u"INSERT INTO balls (id, owner_id) VALUES (1, 2), (2, 1)"_s);
    database.execute(u"UPDATE persons SET favorite_id = id"_s);
    Session session(database.engine());
    {
        const auto ann = session.get<Person>(1); // each is held by the one before
        const auto ben = ann.read().favorite.get().read().owner.get();
        QCOMPARE(ben.read().favorite.get().read().owner.get(), ann);
    }
    QCOMPARE(session.identityCount(), 0);
}

void OwnershipTest::aLongChainGoesToo()
{
    constexpr int length = 200'000;
    auto node = orm::make(Node{.name = u"first"_s});
    for (int i = 1; i < length; ++i) {
        const auto next = orm::make(Node{.name = u"next"_s});
        next->parent = node;
        node = next;
    }
    QVERIFY(node.read().parent);
}

void OwnershipTest::aMillionObjectsAreFreed()
{
    constexpr int parents = 10'000;
    constexpr int childrenEach = 99;
    const size_t before = heapBytes();
    for (int i = 0; i < parents; ++i) {
        const auto user = orm::make(User{});
        for (int j = 0; j < childrenEach; ++j)
            user->posts.append(orm::make(Post{}));
    }
    const size_t after = heapBytes();
    QVERIFY2(after < before + (1 << 20), qPrintable(QString::number(after - before)));
}

void OwnershipTest::aParentDoesNotKeepWhatItHasNotRead()
{
    const Database database;
    addSix(database);
    Session session(database.engine());
    const auto user = session.get<User>(1);
    for (qint64 id = 1; id <= 2; ++id) {
        const auto post = session.get<Post>(id);
        QVERIFY(post.read().author == user);
    }
    QCOMPARE(session.identityCount(), 1);
}

void OwnershipTest::whatIsLinkedToNothingNeedsNobody()
{
    const Database database;
    addSix(database);
    Session session(database.engine());
    orm::Ref<Post> kept;
    {
        const auto user = session.get<User>(1);
        kept = user.read().posts.at(1);
        QCOMPARE(session.identityCount(), 3);
    }
    QCOMPARE(session.identityCount(), 1); // nothing leads from it to the others
    QCOMPARE(kept.read().title, u"1.2"_s);
    QCOMPARE(kept.read().author.get().read().posts.at(1), kept);
    kept = {};
    QCOMPARE(session.identityCount(), 0);
}

void OwnershipTest::whatOnlyACollectionHoldsGoesWithIt()
{
    const Database database;
    addSix(database);
    Session session(database.engine());
    auto user = session.get<User>(1);
    QCOMPARE(user.read().posts.size(), 2);
    {
        const auto post = user.read().posts.at(0); // a Ref that comes and goes
        QCOMPARE(session.identityCount(), 3);
    }
    QCOMPARE(session.identityCount(), 3);
    session.expire(user);
    QCOMPARE(session.identityCount(), 1);
    QCOMPARE(user.read().posts.size(), 2);
    user = {};
    QCOMPARE(session.identityCount(), 0);
}

void OwnershipTest::whatTwoHoldGoesWithTheSecond()
{
    const Database database;
    {
        Session session(database.engine());
        const auto tag = session.add(Tag{.name = u"qt"_s});
        for (int i = 0; i < 2; ++i)
            session.add(Post{})->tags.append(tag);
        session.commit();
    }
    Session session(database.engine());
    auto posts = session.query<Post>().load(orm::selectIn<&Post::tags>()).all();
    QCOMPARE(session.identityCount(), 3);
    QCOMPARE(posts.at(0).read().tags.at(0), posts.at(1).read().tags.at(0));
    posts.removeFirst();
    QCOMPARE(posts.first().read().tags.at(0).read().name, u"qt"_s);
    posts.clear();
    QCOMPARE(session.identityCount(), 0);
}

void OwnershipTest::whatIsHeldOutlivesItsSession()
{
    const Database database;
    addSix(database);
    orm::Ref<User> user;
    {
        Session session(database.engine());
        user = session.query<User>().load(orm::selectIn<&User::posts>()).first();
    }
    QCOMPARE(user.read().posts.size(), 2);
    QCOMPARE(user.read().posts.at(1).read().title, u"1.2"_s);
}

QTEST_GUILESS_MAIN(OwnershipTest)
#include "tst_ownership.moc"
