// SPDX-License-Identifier: MIT
#include "core/mapping/metadata.h"
#include "core/session/related.h"
#include "tests/support/sqltrace.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Note;

struct Person
{
    qint64 id = 0;
    QString name = {};
    orm::ToMany<Note> notes = {};
};

struct Note
{
    qint64 id = 0;
    QString title = {};
    std::optional<qint64> ownerId = {};
    orm::ToOne<Person> owner = {};
    std::optional<qint64> parentId = {};
    orm::ToOne<Note> parent = {};
    orm::ToMany<Note> children = {};
};

} // namespace

// Each names the other, whichever comes first
template<>
struct orm::Mapping<Person>
{
    static constexpr auto table = orm::table<Person>(
        "people",
        {column<&Person::id>("id", primaryKey), column<&Person::name>("name", String{80})});
    static constexpr auto relationships = orm::relationships<Person>(
        {oneToMany<&Person::notes, &Note::ownerId>(backPopulates<&Note::owner>)});
};

template<>
struct orm::Mapping<Note>
{
    static constexpr auto table = orm::table<Note>(
        "notes",
        {column<&Note::id>("id", primaryKey), column<&Note::title>("title", Text),
         column<&Note::ownerId>("owner_id", references("people(id)")),
         column<&Note::parentId>("parent_id", references("notes(id)"))});
    static constexpr auto relationships = orm::relationships<Note>(
        {manyToOne<&Note::owner, &Note::ownerId>(backPopulates<&Person::notes>),
         manyToOne<&Note::parent, &Note::parentId>(),
         oneToMany<&Note::children, &Note::parentId>(backPopulates<&Note::parent>)});
};

namespace {

orm::Engine newDatabase()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<Person>();
    meta.add<Note>();
    meta.createAll(engine);
    return engine;
}

} // namespace

/// Members that stand for other rows: they are mapped beside the table, and what they stand for is
/// asked for.
class RelationshipTest final : public QObject
{
    Q_OBJECT

private slots:
    void theMapperKnowsThem();
    void theyAreNoColumns();
    void toOneIsFoundInTheIdentityMap();
    void toManyIsAQuery();
    void newObjectsAreFlushedFirst();
    void changedKeysAreFollowed();
    void noForeignKeyIsNoObject();
    void withoutASessionThereIsNone();
};

void RelationshipTest::theMapperKnowsThem()
{
    using Kind = orm::RelationshipMapping::Kind;
    const orm::Mapper &people = orm::Mapper::of<Person>();
    const orm::Mapper &notes = orm::Mapper::of<Note>();
    QCOMPARE(people.relationships().size(), size_t(1));
    QCOMPARE(notes.relationships().size(), size_t(3));
    const orm::RelationshipMapping &owner = notes.relationships()[0];
    const orm::RelationshipMapping &owned = people.relationships()[0];
    QCOMPARE(owner.kind, Kind::ManyToOne);
    QCOMPARE(owned.kind, Kind::OneToMany);
    QCOMPARE(&owner.target(), &people);
    QCOMPARE(&owned.target(), &notes);
    QCOMPARE(owner.otherSide, owned.tag);
    QCOMPARE(owned.otherSide, owner.tag);
    QCOMPARE(notes.columnOf(owner.foreignKey), 2);
    QCOMPARE(notes.columnOf(owned.foreignKey), 2);
    QCOMPARE(notes.relationships()[1].otherSide, quint64(0));
}

void RelationshipTest::theyAreNoColumns()
{
    QCOMPARE(orm::Mapper::of<Note>().table().columns.size(), 4);
    orm::Session session(newDatabase());
    SqlTrace trace(session.connection());
    session.add(Note{.title = u"t"_s});
    session.commit();
    QCOMPARE(trace.statements(),
             QStringList{u"INSERT INTO notes (title, owner_id, parent_id) VALUES (?, ?, ?)"_s});
}

void RelationshipTest::toOneIsFoundInTheIdentityMap()
{
    orm::Session session(newDatabase());
    const auto person = session.add(Person{.name = u"ann"_s});
    session.flush();
    const auto note = session.add(Note{.title = u"t"_s, .ownerId = person.read().id});
    session.flush();
    SqlTrace trace(session.connection());
    QVERIFY(orm::related<&Note::owner>(note) == person);
    QCOMPARE(trace.all(), QStringList());
    session.expunge(person);
    QCOMPARE(orm::related<&Note::owner>(note).read().name, u"ann"_s);
    QCOMPARE(trace.statements(), QStringList{u"SELECT id, name FROM people WHERE id=?"_s});
}

void RelationshipTest::toManyIsAQuery()
{
    orm::Session session(newDatabase());
    const auto person = session.add(Person{.name = u"ann"_s});
    session.flush();
    const auto first = session.add(Note{.title = u"a"_s, .ownerId = person.read().id});
    const auto second = session.add(Note{.title = u"b"_s, .ownerId = person.read().id});
    session.add(Note{.title = u"c"_s});
    session.commit();
    const auto notes = orm::related<&Person::notes>(person);
    QCOMPARE(notes.size(), 2);
    QVERIFY(notes.contains(first));
    QVERIFY(notes.contains(second));
}

void RelationshipTest::newObjectsAreFlushedFirst()
{
    orm::Session session(newDatabase());
    const auto root = session.add(Note{.title = u"root"_s});
    QVERIFY(orm::related<&Note::children>(root).isEmpty());
    QCOMPARE(root.state(), orm::ObjectState::Persistent);
    const auto child = session.add(Note{.title = u"child"_s, .parentId = root.read().id});
    QCOMPARE(orm::related<&Note::children>(root), QList{child});
    QVERIFY(orm::related<&Note::parent>(child) == root);
}

void RelationshipTest::changedKeysAreFollowed()
{
    orm::Session session(newDatabase());
    const auto ann = session.add(Person{.name = u"ann"_s});
    const auto ben = session.add(Person{.name = u"ben"_s});
    session.flush();
    const auto note = session.add(Note{.title = u"t"_s, .ownerId = ann.read().id});
    session.commit();
    note->ownerId = ben.read().id;
    QVERIFY(orm::related<&Note::owner>(note) == ben);
    QVERIFY(orm::related<&Person::notes>(ann).isEmpty());
    session.rollback();
    QVERIFY(orm::related<&Note::owner>(note) == ann);
}

void RelationshipTest::noForeignKeyIsNoObject()
{
    orm::Session session(newDatabase());
    const auto note = session.add(Note{.title = u"t"_s});
    QVERIFY(!orm::related<&Note::owner>(note));
    QVERIFY(!orm::related<&Note::parent>(note));
}

void RelationshipTest::withoutASessionThereIsNone()
{
    orm::Session session(newDatabase());
    const auto note = session.add(Note{.title = u"t"_s});
    session.commit();
    session.refresh(note);
    session.expunge(note);
    QVERIFY_THROWS_EXCEPTION(orm::DetachedInstanceError, orm::related<&Note::owner>(note));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             orm::related<&Note::children>(orm::make(Note{.title = u"n"_s})));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, orm::related<&Note::owner>({}));
}

QTEST_GUILESS_MAIN(RelationshipTest)
#include "tst_relationship.moc"
