// SPDX-License-Identifier: MIT
#include "tests/support/graphschema.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace graph;
using orm::Session;

namespace {

struct Book;

/// Whose books go with it, but not when they are only taken out of it.
struct Shelf
{
    qint64 id = 0;
    orm::ToMany<Book> books = {};
};

struct Book
{
    qint64 id = 0;
    QString title = {};
    std::optional<qint64> shelfId = {};
};

} // namespace

template<>
struct orm::Mapping<Shelf>
{
    static constexpr auto table
        = orm::table<Shelf>("shelves", {column<&Shelf::id>("id", primaryKey)});
    static constexpr auto relationships = orm::relationships<Shelf>(
        {oneToMany<&Shelf::books, &Book::shelfId>(cascade{Cascade::Delete})});
};

template<>
struct orm::Mapping<Book>
{
    static constexpr auto table
        = orm::table<Book>("books",
                           {column<&Book::id>("id", primaryKey), column<&Book::title>("title"),
                            column<&Book::shelfId>("shelf_id", references("shelves(id)"))});
};

/// Objects that refer to each other, and the flush of such graphs.
class RelationshipTest final : public QObject
{
    Q_OBJECT

private slots:
    void theMapperKnowsThem();
    void theyAreNoColumns();
    void a39_parentsAreInsertedFirst();
    void a40_childrenAreDeletedFirst();
    void a43_aCollectionMovesForeignKeys();
    void a44_withoutCascadeChildrenLoseTheirParent();
    void a45_cascadeDeletesWhatWasNeverLoaded();
    void a46_clearedOutOrphansAreDeleted();
    void deleteAloneTakesAlongButDeletesNoOrphans();
    void a47_appendingAddsToTheSession();
    void a48_bothSidesAreKeptInStepWithoutASession();
    void a49_associationRowsFollow();
    void a50_theRootOfATreeIsInsertedFirst();
    void whatAStructWasGivenIsLinked();
    void appendingTwiceIsAppendingOnce();
    void addingReachesAllThatIsLinked();
    void aRowThatIsReferredToAnewIsInsertedBeforeAndOnce();
    void aCircleIsBrokenByASecondUpdate();
    void aCircleThatCannotBeBrokenIsAnError();
    void aTreeIsDeletedFromItsLeaves();
    void aCircleOfRowsIsDeleted();
    void aForeignKeyThatMustBeThereIsNotTakenAway();
    void anUpdateWaitsForItsNewParent();
    void whatWasFlushedIsNotFlushedAgain();
    void rollbackTakesBackWhatWasLinked();
    void aNewChildWithAMemberForItKeepsItsParent();
    void aNewParentThatWasRolledBackGetsItsKeyAgain();
    void anUndoneInsertCanBeAddedAgain();
    void expungeTakesAlongWhatItShould();
    void aSessionEndsBesideLinkedObjectsThatLeftIt();
    void mergeTakesTheGraphAlong();
    void mergeAddsToWhatWasNeverRead();
    void mergeTakesOutWhatWasTakenOut();
    void whatIsThereIsNotAddedAgain();
    void whoLeftTheirSessionStayInStep();
    void anAssociationIsTakenAwayWithItsRow();
    void sessionsDontShareAGraph();
};

void RelationshipTest::theMapperKnowsThem()
{
    using Kind = orm::RelationshipMapping::Kind;
    const orm::Mapper &users = orm::Mapper::of<User>();
    const orm::Mapper &posts = orm::Mapper::of<Post>();
    QCOMPARE(users.relationships().size(), size_t(1));
    QCOMPARE(posts.relationships().size(), size_t(3));
    const orm::RelationshipMapping &author = posts.relationship(u"author"_s);
    const orm::RelationshipMapping &written = users.relationship(u"posts"_s);
    QCOMPARE(author.kind, Kind::ManyToOne);
    QCOMPARE(written.kind, Kind::OneToMany);
    QCOMPARE(&author.target(), &users);
    QCOMPARE(&written.target(), &posts);
    QCOMPARE(author.otherSide, written.tag);
    QCOMPARE(written.otherSide, author.tag);
    QCOMPARE(posts.columnOf(author.foreignKey.front()), 2);
    QCOMPARE(posts.columnOf(written.foreignKey.front()), 2);
    QVERIFY(posts.relationship(u"comments"_s).hasCascade(orm::Cascade::DeleteOrphan));
    QVERIFY(!written.hasCascade(orm::Cascade::Delete));
    QCOMPARE(posts.relationship(u"tags"_s).kind, Kind::ManyToMany);
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, posts.relationship(u"titles"_s));
}

void RelationshipTest::theyAreNoColumns()
{
    QCOMPARE(orm::Mapper::of<Post>().table().columns.size(), 3);
    const Database database;
    Session session(database.engine());
    SqlTrace trace(session.connection());
    session.add(Post{.title = u"t"_s});
    session.commit();
    QCOMPARE(trace.statements(),
             QStringList{u"INSERT INTO posts (title, author_id) VALUES (?, ?)"_s});
}

void RelationshipTest::a39_parentsAreInsertedFirst()
{
    const Database database;
    Session session(database.engine());
    const auto ann = orm::make(User{.name = u"ann"_s});
    const auto post = orm::make(Post{.title = u"t"_s});
    post->author = ann;
    session.add(post);
    QVERIFY(session.contains(ann));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(),
             (QStringList{u"INSERT INTO users (name) VALUES (?)"_s,
                          u"INSERT INTO posts (title, author_id) VALUES (?, ?)"_s}));
    QCOMPARE(post.read().authorId, ann.read().id);

    trace.clear();
    session.add(Comment{.postId = 9, .body = u"c"_s});
    session.add(Post{.id = 9, .title = u"nine"_s});
    session.commit();
    QCOMPARE(trace.statements(u"INSERT"_s).first(),
             u"INSERT INTO posts (id, title, author_id) VALUES (?, ?, ?)"_s);
    QCOMPARE(database.rows(u"post_id,body"_s, u"comments"_s), u"9|c"_s);
}

void RelationshipTest::a40_childrenAreDeletedFirst()
{
    const Database database;
    Session session(database.engine());
    const auto ann = session.add(User{.name = u"ann"_s});
    const auto post = session.add(Post{.title = u"t"_s, .author = ann});
    session.commit();
    session.remove(ann);
    session.remove(post);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"DELETE"_s),
             (QStringList{u"DELETE FROM post_tags WHERE post_id=?"_s,
                          u"DELETE FROM posts WHERE id=?"_s, u"DELETE FROM users WHERE id=?"_s}));
    QCOMPARE(trace.statements(u"UPDATE"_s), QStringList());
}

void RelationshipTest::a43_aCollectionMovesForeignKeys()
{
    const Database database;
    Session session(database.engine());
    const auto user = session.add(User{.name = u"ann"_s});
    const auto a = session.add(Post{.title = u"a"_s, .author = user});
    const auto b = session.add(Post{.title = u"b"_s});
    session.commit();
    user->posts.remove(a);
    user->posts.append(b);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s),
             (QStringList{u"UPDATE posts SET author_id=? WHERE id=?"_s,
                          u"UPDATE posts SET author_id=? WHERE id=?"_s}));
    QCOMPARE(a.read().authorId, std::nullopt);
    QCOMPARE(b.read().authorId, user.read().id);
    QCOMPARE(database.rows(u"title"_s, u"posts WHERE author_id = 1"_s), u"b"_s);
}

void RelationshipTest::a44_withoutCascadeChildrenLoseTheirParent()
{
    const Database database;
    Session session(database.engine());
    const auto user = session.add(User{.name = u"ann"_s});
    session.add(Post{.title = u"a"_s, .author = user});
    session.add(Post{.title = u"b"_s, .author = user});
    session.commit();
    session.remove(user);
    SqlTrace trace(session.connection());
    session.commit();
    QStringList writes = trace.statements();
    writes.removeIf([](const QString &sql) { return sql.startsWith(u"SELECT"_s); });
    QCOMPARE(writes,
             (QStringList{u"UPDATE posts SET author_id=? WHERE id=?"_s,
                          u"UPDATE posts SET author_id=? WHERE id=?"_s,
                          u"DELETE FROM users WHERE id=?"_s}));
    QCOMPARE(database.rows(u"title"_s, u"posts WHERE author_id IS NULL"_s), u"a, b"_s);
}

void RelationshipTest::a45_cascadeDeletesWhatWasNeverLoaded()
{
    const Database database;
    database.execute(u"INSERT INTO posts (id, title) VALUES (1, 't'), (2, 'u')"_s);
    database.execute(u"INSERT INTO comments (post_id, body) VALUES (1, 'a'), (1, 'b'), (2, 'c')"_s);
    Session session(database.engine());
    session.remove(session.get<Post>(1));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(),
             (QStringList{
                 u"SELECT id, post_id, body FROM comments WHERE post_id = ?"_s,
                 u"DELETE FROM post_tags WHERE post_id=?"_s, u"DELETE FROM comments WHERE id=?"_s,
                 u"DELETE FROM comments WHERE id=?"_s, u"DELETE FROM posts WHERE id=?"_s}));
    QCOMPARE(database.rows(u"body"_s, u"comments"_s), u"c"_s);
    QCOMPARE(database.rows(u"title"_s, u"posts"_s), u"u"_s);
}

void RelationshipTest::a46_clearedOutOrphansAreDeleted()
{
    const Database database;
    Session session(database.engine());
    const auto post = session.add(Post{.title = u"t"_s});
    post->comments.append(orm::make(Comment{.body = u"a"_s}));
    post->comments.append(orm::make(Comment{.body = u"b"_s}));
    session.commit();
    QCOMPARE(database.rows(u"body"_s, u"comments"_s), u"a, b"_s);
    post->comments.clear();
    const auto dropped = orm::make(Comment{.body = u"never"_s});
    post->comments.append(dropped);
    post->comments.remove(dropped);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(
        trace.statements(),
        (QStringList{u"DELETE FROM comments WHERE id=?"_s, u"DELETE FROM comments WHERE id=?"_s}));
    QCOMPARE(database.rows(u"title"_s, u"posts"_s), u"t"_s);
    QVERIFY(!session.contains(dropped));
}

void RelationshipTest::deleteAloneTakesAlongButDeletesNoOrphans()
{
    const Database database;
    orm::MetaData meta;
    meta.add<Shelf>();
    meta.add<Book>();
    meta.createAll(database.engine());
    Session session(database.engine());
    const auto shelf = session.add(Shelf{});
    const auto taken = orm::make(Book{.title = u"taken out"_s});
    shelf->books.append(taken);
    shelf->books.append(orm::make(Book{.title = u"a"_s}));
    shelf->books.append(orm::make(Book{.title = u"b"_s}));
    session.commit();
    shelf->books.remove(taken);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s),
             QStringList{u"UPDATE books SET shelf_id=? WHERE id=?"_s});
    QCOMPARE(trace.statements(u"DELETE"_s), QStringList());
    session.remove(shelf);
    trace.clear();
    session.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s), QStringList());
    QCOMPARE(trace.statements(u"DELETE"_s),
             (QStringList{u"DELETE FROM books WHERE id=?"_s, u"DELETE FROM books WHERE id=?"_s,
                          u"DELETE FROM shelves WHERE id=?"_s}));
    QCOMPARE(database.rows(u"title,(shelf_id IS NULL)"_s, u"books"_s), u"taken out|1"_s);
}

void RelationshipTest::a47_appendingAddsToTheSession()
{
    const Database database;
    Session session(database.engine());
    const auto post = session.add(Post{.title = u"t"_s});
    session.commit();
    const auto comment = orm::make(Comment{.body = u"c"_s});
    post->comments.append(comment);
    QCOMPARE(session.newObjects<Comment>(), QList{comment});
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(),
             QStringList{u"INSERT INTO comments (post_id, body) VALUES (?, ?)"_s});
    QCOMPARE(comment.read().postId, post.read().id);
}

void RelationshipTest::a48_bothSidesAreKeptInStepWithoutASession()
{
    const auto u = orm::make(User{.name = u"u"_s});
    const auto v = orm::make(User{.name = u"v"_s});
    const auto p = orm::make(Post{.title = u"p"_s});
    u->posts.append(p);
    QVERIFY(p.read().author == u);
    p->author = v;
    QVERIFY(u.read().posts.isEmpty());
    QCOMPARE(v.read().posts.all(), QList{p});
    p->author = nullptr;
    QVERIFY(v.read().posts.isEmpty());
    QVERIFY(!p.read().author);
    p->author = {};
    p->author = u;
    p->author = {};
    QVERIFY(u.read().posts.isEmpty());

    const auto tag = orm::make(Tag{.name = u"t"_s});
    tag->posts.append(p);
    QVERIFY(p.read().tags.contains(tag));
    p->tags.clear();
    QVERIFY(tag.read().posts.isEmpty());
}

void RelationshipTest::a49_associationRowsFollow()
{
    const Database database;
    Session session(database.engine());
    const auto a = orm::make(Tag{.name = u"a"_s});
    const auto b = orm::make(Tag{.name = u"b"_s});
    const auto post = session.add(Post{.title = u"t"_s, .tags = {a, b}});
    QVERIFY(a.read().posts.contains(post));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements().mid(3),
             (QStringList{u"INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)"_s,
                          u"INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)"_s}));
    QCOMPARE(database.rows(u"post_id,tag_id"_s, u"post_tags"_s), u"1|1, 1|2"_s);
    QCOMPARE(a.read().posts.all(), QList{post});
    post->tags.remove(a);
    trace.clear();
    session.commit();
    QCOMPARE(trace.statements(u"DELETE"_s),
             QStringList{u"DELETE FROM post_tags WHERE post_id=? AND tag_id=?"_s});
    QCOMPARE(database.rows(u"post_id,tag_id"_s, u"post_tags"_s), u"1|2"_s);
    QCOMPARE(database.rows(u"name"_s, u"tags"_s), u"a, b"_s);
}

void RelationshipTest::a50_theRootOfATreeIsInsertedFirst()
{
    const Database database;
    Session session(database.engine());
    const auto root = orm::make(Node{.name = u"root"_s});
    const auto child = orm::make(Node{.name = u"child"_s, .parent = root});
    const auto grandchild = orm::make(Node{.name = u"grandchild"_s});
    child->children.append(grandchild);
    session.add(grandchild);
    session.add(child);
    session.add(root);
    session.commit();
    QCOMPARE(root.read().id, 1);
    QCOMPARE(child.read().parentId, root.read().id);
    QCOMPARE(grandchild.read().parentId, child.read().id);
    QCOMPARE(database.rows(u"id,name"_s, u"nodes"_s), u"1|root, 2|child, 3|grandchild"_s);
}

void RelationshipTest::whatAStructWasGivenIsLinked()
{
    const auto ann = orm::make(User{.name = u"ann"_s});
    Post value{.title = u"t"_s, .author = ann};
    QVERIFY(value.author == ann);
    const Post copy = value;
    const auto post = orm::make(copy);
    QCOMPARE(ann.read().posts.all(), QList{post});
    // A copy of an object's values refers to nothing, and giving it back changes no link
    const Post values = post.read();
    QVERIFY(!values.author);
    *post = values;
    QVERIFY(post.read().author == ann);
    const auto other = orm::make(Post{});
    other->author = post.read().author;
    QVERIFY(other.read().author == ann);
}

void RelationshipTest::appendingTwiceIsAppendingOnce()
{
    const Database database;
    Session session(database.engine());
    const auto post = session.add(Post{.title = u"p"_s});
    const auto comment = orm::make(Comment{.body = u"c"_s});
    const auto tag = orm::make(Tag{.name = u"t"_s});
    for (int i = 0; i < 2; ++i) {
        post->comments.append(comment);
        post->tags.append(tag);
        QCOMPARE(post.read().comments.size(), 1);
        QCOMPARE(post.read().tags.size(), 1);
    }
    comment->post = post;
    QCOMPARE(post.read().comments.size(), 1);
    session.commit();
    QCOMPARE(database.rows(u"post_id,tag_id"_s, u"post_tags"_s), u"1|1"_s);
}

void RelationshipTest::addingReachesAllThatIsLinked()
{
    const Database database;
    const auto user = orm::make(User{.name = u"u"_s});
    const auto post = orm::make(Post{.title = u"p"_s});
    post->author = user;
    const auto tag = orm::make(Tag{.name = u"t"_s});
    post->tags.append(tag);
    const auto comment = orm::make(Comment{.body = u"c"_s});
    comment->post = post;
    Session session(database.engine());
    session.add(comment);
    QCOMPARE(session.newObjects<User>(), QList{user});
    QCOMPARE(session.newObjects<Post>(), QList{post});
    QCOMPARE(session.newObjects<Tag>(), QList{tag});
}

void RelationshipTest::aRowThatIsReferredToAnewIsInsertedBeforeAndOnce()
{
    const Database database;
    Session session(database.engine());
    const auto person = session.add(Person{.name = u"ann"_s});
    const auto ball = session.add(Ball{.owner = person});
    session.commit();
    person->favorite = orm::make(Ball{.owner = person}); // whichever of the two tables comes first
    ball->owner = orm::make(Person{.name = u"ben"_s});
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"INSERT"_s).size(), 2);
    QCOMPARE(person.read().favoriteId, 2);
    QCOMPARE(database.rows(u"id,owner_id"_s, u"balls"_s), u"1|2, 2|1"_s);
}

void RelationshipTest::aCircleIsBrokenByASecondUpdate()
{
    const Database database;
    Session session(database.engine());
    const auto person = orm::make(Person{.name = u"ann"_s});
    const auto ball = orm::make(Ball{.owner = person});
    person->favorite = ball;
    SqlTrace trace(session.connection());
    session.add(ball);
    session.commit();
    QCOMPARE(trace.statements(),
             (QStringList{u"INSERT INTO persons (name, favorite_id) VALUES (?, ?)"_s,
                          u"INSERT INTO balls (owner_id) VALUES (?)"_s,
                          u"UPDATE persons SET favorite_id=? WHERE id=?"_s}));
    QCOMPARE(database.rows(u"id,favorite_id"_s, u"persons"_s), u"1|1"_s);
    QCOMPARE(person.read().favoriteId, ball.read().id);

    const auto self = orm::make(Node{.name = u"self"_s});
    self->parent = self;
    session.add(self);
    session.commit();
    QCOMPARE(database.rows(u"id,parent_id"_s, u"nodes"_s), u"1|1"_s);
}

namespace {

struct Egg;

struct Hen
{
    qint64 id = 0;
    qint64 eggId = 0;
    orm::ToOne<Egg> egg = {};
};

struct Egg
{
    qint64 id = 0;
    qint64 henId = 0;
    orm::ToOne<Hen> hen = {};
};

} // namespace

template<>
struct orm::Mapping<Hen>
{
    static constexpr auto table
        = orm::table<Hen>("hens",
                          {column<&Hen::id>("id", primaryKey),
                           column<&Hen::eggId>("egg_id", references("eggs(id)"))});
    static constexpr auto relationships
        = orm::relationships<Hen>({manyToOne<&Hen::egg, &Hen::eggId>()});
};

template<>
struct orm::Mapping<Egg>
{
    static constexpr auto table
        = orm::table<Egg>("eggs",
                          {column<&Egg::id>("id", primaryKey),
                           column<&Egg::henId>("hen_id", references("hens(id)"))});
    static constexpr auto relationships
        = orm::relationships<Egg>({manyToOne<&Egg::hen, &Egg::henId>()});
};

void RelationshipTest::aCircleThatCannotBeBrokenIsAnError()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<Hen>();
    meta.add<Egg>();
    meta.createAll(engine);
    Session session(engine);
    const auto hen = session.add(Hen{});
    const auto egg = session.add(Egg{});
    hen->egg = egg;
    egg->hen = hen;
    const QString message = messageOf<orm::FlushError>([&] { session.commit(); });
    QVERIFY2(message.contains(u"'hens', 'eggs'"_s) || message.contains(u"'eggs', 'hens'"_s),
             qPrintable(message));
    session.rollback();
    QCOMPARE(session.newCount(), 0);
}

void RelationshipTest::aTreeIsDeletedFromItsLeaves()
{
    const Database database;
    database.execute(u"INSERT INTO nodes (id, parent_id, name) VALUES (1, NULL, 'a'), (2, 1, 'b'), "
                     "(3, 2, 'c'), (4, 1, 'd')"_s);
    Session session(database.engine());
    const auto all = session.query<Node>().all();
    for (const auto &node : all)
        session.remove(node);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s), QStringList());
    QCOMPARE(trace.statements(u"DELETE"_s).size(), 4);
    QCOMPARE(database.rows(u"id"_s, u"nodes"_s), QString());
}

void RelationshipTest::aCircleOfRowsIsDeleted()
{
    const Database database;
    database.execute(u"INSERT INTO persons (id, name) VALUES (1, 'ann')"_s);
    database.execute(u"INSERT INTO balls (id, owner_id) VALUES (1, 1)"_s);
    database.execute(u"UPDATE persons SET favorite_id = 1"_s);
    Session session(database.engine());
    const auto person = session.get<Person>(1);
    const auto ball = session.get<Ball>(1);
    session.remove(person);
    session.remove(ball);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(),
             (QStringList{u"UPDATE persons SET favorite_id=? WHERE id=?"_s,
                          u"DELETE FROM balls WHERE id=?"_s, u"DELETE FROM persons WHERE id=?"_s}));
}

void RelationshipTest::aForeignKeyThatMustBeThereIsNotTakenAway()
{
    const Database database;
    Session session(database.engine());
    const auto ball = session.add(Ball{.owner = orm::make(Person{.name = u"ann"_s})});
    session.commit();
    ball->owner = nullptr;
    SqlTrace trace(session.connection());
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::NotNull);
    QCOMPARE(error->table, u"balls"_s);
    QCOMPARE(error->columns, QStringList{u"owner_id"_s});
    QCOMPARE(trace.statements(), QStringList());
}

void RelationshipTest::anUpdateWaitsForItsNewParent()
{
    const Database database;
    Session session(database.engine());
    const auto person = session.add(Person{.name = u"ann"_s});
    const auto node = session.add(Node{.name = u"n"_s});
    session.commit();
    person->favorite = session.add(Ball{.owner = person});
    node->parent = orm::make(Node{.name = u"top"_s});
    session.commit();
    QCOMPARE(database.rows(u"id,favorite_id"_s, u"persons"_s), u"1|1"_s);
    QCOMPARE(database.rows(u"name,parent_id"_s, u"nodes WHERE parent_id > 0"_s), u"n|2"_s);
}

void RelationshipTest::whatWasFlushedIsNotFlushedAgain()
{
    const Database database;
    Session session(database.engine());
    const auto ann = session.add(User{.name = u"ann"_s});
    const auto bob = session.add(User{.name = u"bob"_s});
    const auto post = session.add(Post{.title = u"t"_s, .author = ann});
    post->tags.append(orm::make(Tag{.name = u"a"_s}));
    session.flush();
    post->authorId = bob.read().id; // by hand, so that the link to ann must be done with
    post->tags.append(orm::make(Tag{.name = u"b"_s}));
    SqlTrace trace(session.connection());
    session.flush();
    QCOMPARE(trace.statements(u"INSERT"_s).size(), 2); // the second tag and its association
    QCOMPARE(post.read().author, bob);
    session.commit();
    QCOMPARE(database.rows(u"author_id"_s, u"posts"_s), u"2"_s);
}

void RelationshipTest::aNewChildWithAMemberForItKeepsItsParent()
{
    const Database database;
    orm::Session session(database.engine());
    const auto post = orm::make(Post{.title = u"t"_s});
    session.add(User{.name = u"ann"_s})->posts.append(post);
    session.flush();
    SqlTrace trace(session.connection());
    QCOMPARE(post.read().author.get().read().name, u"ann"_s);
    QCOMPARE(trace.all(), QStringList());
    session.rollback();
    QCOMPARE(post.read().author.get().read().name, u"ann"_s);
}

void RelationshipTest::rollbackTakesBackWhatWasLinked()
{
    const Database database;
    Session session(database.engine());
    const auto ann = session.add(User{.name = u"ann"_s});
    const auto ben = session.add(User{.name = u"ben"_s});
    const auto post = session.add(Post{.title = u"t"_s, .author = ann});
    const auto tag = session.add(Tag{.name = u"x"_s, .posts = {post}});
    session.commit();
    post->author = ben;
    post->tags.clear();
    session.rollback();
    QVERIFY(post.read().author == ann);
    QVERIFY(ben.read().posts.isEmpty());
    QVERIFY(post.read().tags.contains(tag));
    post->author = ben;
    tag->posts.clear();
    session.flush();
    QVERIFY(ben.read().posts.contains(post));
    session.rollback();
    QVERIFY(post.read().author == ann);
    QCOMPARE(ann.read().posts.all(), QList{post});
    QVERIFY(tag.read().posts.contains(post));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(), QStringList());
}

void RelationshipTest::aNewParentThatWasRolledBackGetsItsKeyAgain()
{
    const Database database;
    Session session(database.engine());
    const auto post = session.add(Post{.title = u"t"_s});
    session.commit();
    const auto ann = orm::make(User{.name = u"ann"_s});
    post->author = ann;
    session.flush();
    session.rollback();
    QVERIFY(!post.read().author);
    QCOMPARE(ann.state(), orm::ObjectState::Transient);
    QCOMPARE(ann.read().id, 0);
    session.add(User{.name = u"first"_s});
    session.flush();
    post->author = ann;
    session.commit();
    QCOMPARE(database.rows(u"name"_s, u"users"_s), u"ann, first"_s);
    QCOMPARE(post.read().authorId, ann.read().id);
}

void RelationshipTest::anUndoneInsertCanBeAddedAgain()
{
    const Database database;
    Session session(database.engine());
    const auto ann = orm::make(User{.name = u"ann"_s});
    const auto post = session.add(Post{.title = u"t"_s, .author = ann});
    const auto tag = orm::make(Tag{.name = u"x"_s});
    post->tags.append(tag);
    session.flush();
    session.rollback();
    QVERIFY(post.read().author == ann);
    session.add(User{.name = u"first"_s});
    session.flush(); // takes the number that ann had
    session.add(post);
    session.commit();
    QCOMPARE(post.read().authorId, ann.read().id);
    QCOMPARE(ann.read().id, 2);
    QCOMPARE(database.rows(u"post_id,tag_id"_s, u"post_tags"_s), u"1|1"_s);
}

void RelationshipTest::expungeTakesAlongWhatItShould()
{
    const Database database;
    Session session(database.engine());
    const auto ann = session.add(User{.name = u"ann"_s});
    const auto post = session.add(Post{.title = u"t"_s, .author = ann});
    const auto comment = orm::make(Comment{.body = u"c"_s});
    post->comments.append(comment);
    session.flush();
    session.expunge(post);
    QVERIFY(!session.contains(post));
    QVERIFY(!session.contains(comment)); // cascade{All}
    QVERIFY(session.contains(ann));
    QCOMPARE(post.read().comments.all(), QList{comment});
    session.expunge(ann);
    session.commit();
    const auto other = session.get<User>(1);
    session.expunge(other);
    QVERIFY_THROWS_EXCEPTION(orm::DetachedInstanceError, other.read().posts.size());
}

void RelationshipTest::aSessionEndsBesideLinkedObjectsThatLeftIt()
{
    const Database database;
    for (const bool isChildExpunged : {false, true}) {
        orm::Ref<Post> kept;
        {
            Session session(database.engine());
            const auto ann = session.add(User{.name = u"ann"_s});
            kept = session.add(Post{.title = u"t"_s, .author = ann});
            session.flush();
            if (isChildExpunged)
                session.expunge(kept);
            else
                session.expunge(ann);
            QCOMPARE(session.contains(kept), !isChildExpunged);
            QCOMPARE(session.contains(ann), isChildExpunged);
        }
        QCOMPARE(kept.read().title, u"t"_s);
        QCOMPARE(kept.read().author.get().read().name, u"ann"_s);
        kept = {};
        Session session(database.engine());
        {
            const auto ann = session.add(User{.name = u"ann"_s});
            const auto post = session.add(Post{.title = u"t"_s, .author = ann});
            session.flush();
            if (isChildExpunged)
                session.expunge(post);
            else
                session.expunge(ann);
        } // the session has one of them, and nobody the other
        session.rollback();
        QCOMPARE(session.query<Post>().count(), 0);
    }
}

void RelationshipTest::mergeTakesTheGraphAlong()
{
    const Database database;
    Session first(database.engine());
    const auto post = first.add(Post{.title = u"t"_s, .author = orm::make(User{.name = u"ann"_s})});
    post->comments.append(orm::make(Comment{.body = u"old"_s}));
    first.commit();
    post.read().comments.size();
    QVERIFY(post.read().author);
    first.expungeAll();
    post->title = u"new"_s;
    post->comments.append(orm::make(Comment{.body = u"added"_s}));

    Session second(database.engine());
    const auto merged = second.merge(post);
    QVERIFY(!second.contains(post));
    QVERIFY(merged != post);
    second.commit();
    QCOMPARE(database.rows(u"title,author_id"_s, u"posts"_s), u"new|1"_s);
    QCOMPARE(database.rows(u"body"_s, u"comments WHERE post_id = 1"_s), u"added, old"_s);
    QCOMPARE(database.rows(u"name"_s, u"users"_s), u"ann"_s);
}

/// Of a collection that was not loaded only what was added is known: the others stay.
void RelationshipTest::mergeAddsToWhatWasNeverRead()
{
    const Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('t')"_s);
    database.execute(u"INSERT INTO comments (post_id, body) VALUES (1, 'old')"_s);
    Session first(database.engine());
    const auto post = first.get<Post>(1);
    first.expunge(post);
    post->comments.append(orm::make(Comment{.body = u"added"_s}));
    Session second(database.engine());
    second.merge(post);
    second.commit();
    QCOMPARE(database.rows(u"body"_s, u"comments WHERE post_id = 1"_s), u"added, old"_s);
}

void RelationshipTest::mergeTakesOutWhatWasTakenOut()
{
    const Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('t')"_s);
    database.execute(u"INSERT INTO tags (name) VALUES ('x'), ('y')"_s);
    database.execute(u"INSERT INTO post_tags VALUES (1, 1), (1, 2)"_s);
    Session first(database.engine());
    const auto post = first.get<Post>(1);
    QCOMPARE(post.read().tags.size(), 2);
    first.expungeAll();
    post->tags.remove(post.read().tags.at(1));
    Session second(database.engine());
    second.merge(post);
    second.commit();
    QCOMPARE(database.rows(u"tag_id"_s, u"post_tags"_s), u"1"_s);
    QCOMPARE(database.rows(u"name"_s, u"tags"_s), u"x, y"_s);
}

/// Nor is what isn't there taken out, though the other side was never read and knows no better.
void RelationshipTest::whatIsThereIsNotAddedAgain()
{
    const Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('t')"_s);
    database.execute(u"INSERT INTO tags (name) VALUES ('x'), ('y')"_s);
    database.execute(u"INSERT INTO post_tags VALUES (1, 1)"_s);
    Session session(database.engine());
    const auto post = session.get<Post>(1);
    QCOMPARE(post.read().tags.size(), 1);
    SqlTrace trace(session.connection());
    post->tags.append(post.read().tags.at(0));
    post->tags.remove(session.get<Tag>(2));
    QCOMPARE(post.read().tags.size(), 1);
    session.commit();
    QVERIFY2(trace.statements(u"INSERT"_s).isEmpty() && trace.statements(u"DELETE"_s).isEmpty(),
             qPrintable(trace.statements().join(u'\n')));
    QCOMPARE(database.rows(u"post_id,tag_id"_s, u"post_tags"_s), u"1|1"_s);
}

/// What was taken out or moved meanwhile is so where it is merged.
void RelationshipTest::whoLeftTheirSessionStayInStep()
{
    const Database database;
    database.execute(u"INSERT INTO posts (title) VALUES ('s'), ('t')"_s);
    database.execute(u"INSERT INTO comments (post_id, body) VALUES (1, 'a'), (1, 'b'), (1, 'c')"_s);
    Session first(database.engine());
    const auto from = first.get<Post>(1);
    const auto to = first.get<Post>(2);
    QCOMPARE(from.read().comments.size(), 3);
    QCOMPARE(to.read().comments.size(), 0);
    const auto taken = from.read().comments.at(0);
    const auto moved = from.read().comments.at(1);
    QVERIFY(moved.read().post == from);
    first.expungeAll();
    to->comments.remove(taken); // isn't there
    QCOMPARE(from.read().comments.size(), 3);
    from->comments.remove(taken);
    QCOMPARE(from.read().comments.size(), 2);
    QVERIFY(!taken.read().post);
    moved->post = to;
    QCOMPARE(from.read().comments.size(), 1);
    QCOMPARE(to.read().comments.all(), QList{moved});
    from->comments.remove(moved); // isn't there any more
    QVERIFY(moved.read().post == to);

    Session second(database.engine());
    second.merge(from);
    second.merge(to);
    second.commit();
    QCOMPARE(database.rows(u"post_id,body"_s, u"comments"_s), u"1|c, 2|b"_s);
}

void RelationshipTest::anAssociationIsTakenAwayWithItsRow()
{
    const Database database;
    Session session(database.engine());
    const auto tag = session.add(Tag{.name = u"a"_s});
    session.add(Post{.title = u"t"_s, .tags = {tag}});
    session.commit();
    session.remove(tag);
    session.commit();
    QCOMPARE(database.rows(u"tag_id"_s, u"post_tags"_s), QString());
    QCOMPARE(database.rows(u"title"_s, u"posts"_s), u"t"_s);
}

void RelationshipTest::sessionsDontShareAGraph()
{
    const Database database;
    Session first(database.engine());
    Session second(database.engine());
    const auto ann = first.add(User{.name = u"ann"_s});
    const auto post = orm::make(Post{.title = u"t"_s, .author = ann});
    QVERIFY(first.contains(post)); // it came along
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, second.add(post));
}

QTEST_GUILESS_MAIN(RelationshipTest)
#include "tst_relationship.moc"
