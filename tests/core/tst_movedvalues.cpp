// SPDX-License-Identifier: MIT
#include "tests/support/blogschema.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;
using orm::col;

namespace {

/// Two columns that are unique, each by itself.
struct Folder
{
    qint64 id = 0;
    QString name = {};
    std::optional<qint64> place = {};
    std::optional<qint64> parentId = {};
    orm::ToOne<Folder> parent = {};
};

} // namespace

template<>
struct orm::Mapping<Folder>
{
    static constexpr auto table = orm::table<Folder>(
        "folders",
        {column<&Folder::id>("id", primaryKey), column<&Folder::name>("name", unique),
         column<&Folder::place>("place", unique),
         column<&Folder::parentId>("parent_id", references("folders(id)"))});
    static constexpr auto relationships
        = orm::relationships<Folder>({manyToOne<&Folder::parent, &Folder::parentId>()});
};

namespace {

class Folders : public Database
{
public:
    explicit Folders(const QString &rows)
    {
        orm::MetaData meta;
        meta.add<Folder>();
        meta.createAll(engine());
        execute(u"INSERT INTO folders (id, name, place) VALUES "_s + rows);
    }
    QString all() const
    {
        return values(u"name || ifnull(place, '') || ifnull(parent_id, '')"_s, u"folders"_s);
    }
};

} // namespace

/// A unique value or key that one row gives up and another takes in the same flush.
class MovedValuesTest final : public QObject
{
    Q_OBJECT

private slots:
    void aUniqueValueMayMoveFromADeletedRowToANewOne();
    void aKeyMayMoveFromADeletedRowToANewOne();
    void anEarlyDeleteTakesItsChildrenAlong();
    void uniqueValuesMayMoveAlongAChain();
    void aNewRowMayTakeAValueThatIsGivenUp();
    void anExchangeOfUniqueValuesNamesBothRows();
    void aKeyChainIsOrdered();
    void valuesOfTwoColumnsMayMoveAtOnce();
    void anExchangeByTwoColumnsIsRefused();
    void aParentMayTakeAValueThatIsGivenUp();
    void aParentMayWaitForAChain();
    void aRowMayWaitForTwoOthers();
    void aChangedRowMayTakeFromTwoOthers();
    void aChangedRowMayReferToOneThatTakesAValue();
    void aRowThatIsNeededTwiceIsWrittenOnce();
    void aRowThatNeedsItsOwnValueGivenUpIsRefused();
};

void MovedValuesTest::aUniqueValueMayMoveFromADeletedRowToANewOne()
{
    Database database;
    database.execute(u"INSERT INTO tags VALUES (1, 'a'), (2, 'b'), (3, 'c')"_s);
    orm::Session session(database.engine());
    const auto tags = session.query<Tag>().orderBy(col<&Tag::id>).all();
    const auto &changed = tags.at(2);
    session.remove(tags.at(0));
    session.remove(tags.at(1));
    session.add(Tag{.name = u"a"_s});
    changed->name = u"b"_s;
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"b, a"_s);
}

void MovedValuesTest::aKeyMayMoveFromADeletedRowToANewOne()
{
    Database database;
    addUsers(database, {u"old"_s});
    orm::Session session(database.engine());
    const auto old = session.get<User>(1);
    session.remove(old);
    const auto fresh = session.add(User{.id = 1, .name = u"new"_s});
    session.flush();
    QVERIFY(session.get<User>(1) == fresh);
    QCOMPARE(old.state(), orm::ObjectState::Deleted);
    session.rollback();
    QVERIFY(session.get<User>(1) == old);
    QCOMPARE(fresh.state(), orm::ObjectState::Transient);
    session.remove(old);
    session.add(fresh);
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"users"_s), u"new"_s);
}

void MovedValuesTest::anEarlyDeleteTakesItsChildrenAlong()
{
    Database database;
    database.execute(u"INSERT INTO tags VALUES (1, 'a')"_s);
    database.execute(u"INSERT INTO posts (id, title) VALUES (1, 't')"_s);
    database.execute(u"INSERT INTO post_tags VALUES (1, 1)"_s);
    orm::Session session(database.engine());
    const auto tag = session.get<Tag>(1);
    const auto link = session.get<PostTag>(1, 1);
    session.remove(tag);
    session.remove(link);
    session.add(Tag{.id = 7, .name = u"a"_s});
    session.add(PostTag{.postId = 1, .tagId = 7});
    session.commit();
    QCOMPARE(database.values(u"tag_id"_s, u"post_tags"_s), u"7"_s);
}

void MovedValuesTest::uniqueValuesMayMoveAlongAChain()
{
    Database database;
    database.execute(u"INSERT INTO tags VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')"_s);
    orm::Session session(database.engine());
    const auto tags = session.query<Tag>().orderBy(col<&Tag::id>).all();
    tags.at(0)->name = u"b"_s; // after 2
    tags.at(1)->name = u"c"_s; // after 3
    tags.at(2)->name = u"x"_s;
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"b, c, x, d"_s);
}

void MovedValuesTest::aNewRowMayTakeAValueThatIsGivenUp()
{
    Database database;
    database.execute(u"INSERT INTO tags VALUES (1, 'a')"_s);
    orm::Session session(database.engine());
    session.get<Tag>(1)->name = u"b"_s;
    const auto fresh = session.add(Tag{.name = u"a"_s});
    session.commit();
    QCOMPARE(fresh.read().id, 2);
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"b, a"_s);
}

void MovedValuesTest::anExchangeOfUniqueValuesNamesBothRows()
{
    Database database;
    database.execute(u"INSERT INTO tags VALUES (1, 'a'), (2, 'b')"_s);
    orm::Session session(database.engine());
    const auto a = session.get<Tag>(1);
    const auto b = session.get<Tag>(2);
    a->name = u"b"_s;
    b->name = u"a"_s;
    SqlTrace trace(session.connection());
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::Unique);
    QCOMPARE(error->table, u"tags"_s);
    QCOMPARE(error->columns, QStringList{u"name"_s});
    QVERIFY(error->message().contains(u"rows 1 and 2"_s));
    QCOMPARE(trace.all(), QStringList());
    a->name = u"parked"_s; // nothing was sent, so it can be done in two steps
    session.flush();
    a->name = u"b"_s;
    session.commit();
    QCOMPARE(database.values(u"name"_s, u"tags"_s), u"b, a"_s);
}

void MovedValuesTest::aKeyChainIsOrdered()
{
    Database database;
    database.execute(u"INSERT INTO settings VALUES ('a', '1'), ('b', '2')"_s);
    orm::Session session(database.engine());
    const auto a = session.get<Setting>(u"a"_s);
    const auto b = session.get<Setting>(u"b"_s);
    a->key = u"b"_s;
    b->key = u"c"_s;
    session.commit();
    QCOMPARE(database.values(u"\"key\" || value"_s, u"settings"_s), u"b1, c2"_s);
    QVERIFY(session.get<Setting>(u"b"_s) == a);
    QVERIFY(session.get<Setting>(u"c"_s) == b);
}

void MovedValuesTest::valuesOfTwoColumnsMayMoveAtOnce()
{
    Folders folders(u"(1, 'a', 1), (2, 'b', 2), (3, 'c', 3)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    const auto third = session.get<Folder>(3);
    first->place = 3; // after the third
    second->name = u"x"_s;
    third->name = u"b"_s; // after the second
    third->place = 7;
    session.commit();
    QCOMPARE(folders.all(), u"a3, x2, b7"_s);
}

void MovedValuesTest::anExchangeByTwoColumnsIsRefused()
{
    Folders folders(u"(1, 'a', 1), (2, 'b', 2)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    first->name = u"b"_s; // after the second
    first->place = 7;
    second->name = u"x"_s;
    second->place = 1; // after the first
    const auto error = thrown<orm::IntegrityError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->constraint(), orm::IntegrityError::Constraint::Unique);
    QVERIFY(error->message().contains(u"exchange a unique value"_s));
    second->place = 2;
    session.commit();
    QCOMPARE(folders.all(), u"b7, x2"_s);
}

void MovedValuesTest::aParentMayTakeAValueThatIsGivenUp()
{
    Folders folders(u"(1, 'a', NULL)"_s);
    orm::Session session(folders.engine());
    session.get<Folder>(1)->name = u"b"_s;
    const auto child = session.add(Folder{.name = u"c"_s});
    child->parent = orm::make(Folder{.name = u"a"_s});
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(u"UPDATE"_s).size(), 1);
    QCOMPARE(folders.all(), u"b, a, c2"_s);
}

void MovedValuesTest::aParentMayWaitForAChain()
{
    Folders folders(u"(1, 'a', NULL), (2, 'b', NULL)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    first->name = u"b"_s; // after the second
    second->name = u"x"_s;
    const auto child = session.add(Folder{.name = u"c"_s});
    child->parent = orm::make(Folder{.name = u"a"_s}); // after both
    session.commit();
    QCOMPARE(folders.all(), u"b, x, a, c3"_s);
}

void MovedValuesTest::aRowMayWaitForTwoOthers()
{
    Folders folders(u"(1, 'a', 1), (2, 'b', 2)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    first->place = 7;
    second->name = u"x"_s;
    session.add(Folder{.name = u"b"_s, .place = 1});
    session.commit();
    QCOMPARE(folders.all(), u"a7, x2, b1"_s);
}

void MovedValuesTest::aChangedRowMayTakeFromTwoOthers()
{
    Folders folders(u"(1, 'a', 1), (2, 'b', 2), (3, 'c', 3)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    const auto third = session.get<Folder>(3);
    first->name = u"b"_s;
    first->place = 3;
    second->name = u"x"_s;
    third->place = 7;
    session.commit();
    QCOMPARE(folders.all(), u"b3, x2, c7"_s);
}

void MovedValuesTest::aChangedRowMayReferToOneThatTakesAValue()
{
    Folders folders(u"(1, 'x', NULL), (2, 'a', NULL), (3, 'y', NULL)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    const auto third = session.get<Folder>(3);
    second->name = u"b"_s;
    third->name = u"z"_s;
    first->parent = session.add(Folder{.name = u"a"_s});
    session.commit();
    QCOMPARE(folders.all(), u"x4, b, z, a"_s);
}

void MovedValuesTest::aRowThatIsNeededTwiceIsWrittenOnce()
{
    Folders folders(u"(1, 'x', NULL), (2, 'a', NULL)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    const auto second = session.get<Folder>(2);
    second->name = u"b"_s;
    const auto child = session.add(Folder{.name = u"c"_s});
    child->parent = orm::make(Folder{.name = u"a"_s}); // after the second
    first->parent = child.read().parent; // before the second
    session.commit();
    QCOMPARE(folders.all(), u"x3, b, a, c3"_s);
}

void MovedValuesTest::aRowThatNeedsItsOwnValueGivenUpIsRefused()
{
    Folders folders(u"(1, 'a', NULL)"_s);
    orm::Session session(folders.engine());
    const auto first = session.get<Folder>(1);
    first->name = u"b"_s;
    first->parent = session.add(Folder{.name = u"a"_s});
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, session.flush());
    session.rollback();
    QCOMPARE(folders.all(), u"a"_s);
    QCOMPARE(session.get<Folder>(1).read().name, u"a"_s);
}

QTEST_GUILESS_MAIN(MovedValuesTest)
#include "tst_movedvalues.moc"
