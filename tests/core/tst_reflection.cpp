// SPDX-License-Identifier: MIT
#include "core/engine/createtable.h"
#include "core/engine/inspector.h"
#include "core/mapping/metadata.h"
#include "core/migration/schemadiff.h"
#include "core/session/session.h"
#include "tests/support/sqltrace.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Part = orm::CreateTable::Part;

/// Tables that somebody else has made, found out at run time.
class ReflectionTest final : public QObject
{
    Q_OBJECT

private slots:
    void a69_aTableMadeByHandIsReflected();
    void constraintsAreFoundWhereverTheyStand();
    void textIsLeftAsItIs();
    void anActionIsReplacedWhole_data();
    void anActionIsReplacedWhole();
    void aDefaultIsReplacedWhole_data();
    void aDefaultIsReplacedWhole();
    void whatIsNoTableIsNotTakenApart();
    void allTablesBecomeMappers();
    void theCopyHasTheSameSchema();
    void viewsAndTablesWithoutKeyAreLeftOut();
};

void ReflectionTest::a69_aTableMadeByHandIsReflected()
{
    const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
    connection->execute(u"CREATE TABLE parent (id INTEGER PRIMARY KEY)"_s);
    connection->execute(
        u"CREATE TABLE child (id INTEGER PRIMARY KEY, word VARCHAR(40) NOT NULL DEFAULT "
        "'my_default', parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE ON UPDATE "
        "SET NULL, a INT, b INT, CONSTRAINT one_pair UNIQUE (a, b), CONSTRAINT positive CHECK "
        "(a > 0))"_s);
    const orm::LiveTable live = orm::reflect(*connection, u"child"_s);
    const orm::Column &word = live.table.columns.at(1);
    QCOMPARE(word.serverDefault.sql, u"'my_default'"_s);
    QCOMPARE(word.type, orm::ColumnType(orm::String{40}));
    QVERIFY(!word.isNullable);
    QVERIFY(live.table.columns.at(3).isNullable);
    const orm::Column &parent = live.table.columns.at(2);
    QCOMPARE(parent.references, u"parent(id)"_s);
    QCOMPARE(parent.onDelete, orm::ForeignKeyAction::Cascade);
    QCOMPARE(live.foreignKeys.first().onDelete, orm::ForeignKeyAction::Cascade);
    QCOMPARE(live.foreignKeys.first().onUpdate, orm::ForeignKeyAction::SetNull);
    const auto named = [&live](Part::Kind kind) {
        QStringList names;
        for (const Part &constraint : live.constraints) {
            if (constraint.kind == kind && !constraint.name.isEmpty())
                names.append(constraint.name + u':' + constraint.columns.join(u','));
        }
        return names;
    };
    QCOMPARE(named(Part::Kind::Unique), QStringList{u"one_pair:a,b"_s});
    QCOMPARE(named(Part::Kind::Check), QStringList{u"positive:"_s});
}

void ReflectionTest::constraintsAreFoundWhereverTheyStand()
{
    const auto created = orm::CreateTable::parse(
        u"CREATE TABLE t (a INT CONSTRAINT first UNIQUE CONSTRAINT big CHECK (a > (1)), "
        "\"b c\" TEXT DEFAULT (upper('x, )')) UNIQUE, c, PRIMARY KEY (a COLLATE NOCASE DESC, "
        "\"b c\"), "
        "FOREIGN KEY(c) REFERENCES u (id)) WITHOUT ROWID"_s);
    QVERIFY(created);
    QStringList found;
    for (const Part &part : created->constraints())
        found.append(u"%1 %2 %3"_s.arg(static_cast<int>(part.kind))
                         .arg(part.name, part.columns.join(u','))
                         .trimmed());
    QCOMPARE(found,
             (QStringList{u"2 first a"_s, u"3 big a"_s, u"2  b c"_s, u"1  a,b c"_s, u"4  c"_s}));
    QCOMPARE(created->indexOfColumn(u"B C"_s), 1);
    QVERIFY(created->sql(u"t"_s).endsWith(u") WITHOUT ROWID"_s));
}

void ReflectionTest::textIsLeftAsItIs()
{
    auto created = orm::CreateTable::parse(
        u"create table t (a  varchar ( 80 )  not null, -- it's a, b\n b text -- why\n)"_s);
    QVERIFY(created);
    QVERIFY(created->setType(u"A"_s, u"INTEGER"_s));
    QVERIFY(!created->setType(u"c"_s, u"INTEGER"_s));
    created->addColumn(u"c TEXT"_s);
    QCOMPARE(created->sql(u"\"x y\""_s),
             u"CREATE TABLE \"x y\" (\n\ta INTEGER  not null,\n\t-- it's a, b\n b text -- why\n,"
             "\n\tc TEXT\n)"_s);
    QVERIFY(created->setNotNull(u"b"_s));
    QVERIFY(!created->setNotNull(u"d"_s));
    QVERIFY(created->setType(u"b"_s, u"BLOB"_s));
    QVERIFY(created->sql(u"t"_s).contains(u"b BLOB NOT NULL -- why\n,"_s));
    QVERIFY(created->removeColumn(u"a"_s));
    QCOMPARE(created->parts().size(), 2);
}

void ReflectionTest::anActionIsReplacedWhole_data()
{
    QTest::addColumn<QString>("before");
    for (const QString &action :
         {QString(), u" ON DELETE CASCADE"_s, u" ON DELETE RESTRICT"_s, u" on delete set null"_s,
          u" ON DELETE SET DEFAULT"_s, u" ON DELETE NO ACTION"_s})
        QTest::newRow(qPrintable(u"in place of '%1'"_s.arg(action))) << action;
}

void ReflectionTest::anActionIsReplacedWhole()
{
    QFETCH(const QString, before);
    auto created = orm::CreateTable::parse(
        u"CREATE TABLE t (a INT REFERENCES p (id) ON UPDATE SET NULL%1 NOT NULL, b INT, "
        "FOREIGN KEY(b) REFERENCES p (id), CONSTRAINT two FOREIGN KEY (b) REFERENCES \"Q\"%1 "
        "DEFERRABLE)"_s.arg(before));
    QVERIFY(created);
    QVERIFY(created->setOnDelete(u"A"_s, u"P"_s, u"CASCADE"_s));
    QVERIFY(created->setOnDelete(u"b"_s, u"q"_s, u"SET NULL"_s)); // not the other one of b
    QVERIFY(!created->setOnDelete(u"a"_s, u"q"_s, u"CASCADE"_s));
    QStringList parts;
    for (const Part &part : created->parts())
        parts.append(part.text.simplified());
    QCOMPARE(
        parts,
        (QStringList{u"a INT REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL NOT NULL"_s,
                     u"b INT"_s, u"FOREIGN KEY(b) REFERENCES p (id)"_s,
                     u"CONSTRAINT two FOREIGN KEY (b) REFERENCES \"Q\" ON DELETE SET NULL "
                     "DEFERRABLE"_s}));
}

void ReflectionTest::aDefaultIsReplacedWhole_data()
{
    QTest::addColumn<QString>("before");
    for (const QString &value : {QString(), u" DEFAULT 1.5"_s, u" default - 1"_s, u" DEFAULT +7"_s,
                                 u" DEFAULT x'00'"_s, u" DEFAULT 'it''s, DEFAULT 3'"_s,
                                 u" DEFAULT (abs(-1) + 2)"_s, u" DEFAULT CURRENT_TIMESTAMP"_s})
        QTest::newRow(qPrintable(u"in place of '%1'"_s.arg(value))) << value;
}

void ReflectionTest::aDefaultIsReplacedWhole()
{
    QFETCH(const QString, before);
    auto created = orm::CreateTable::parse(
        u"CREATE TABLE t (a DECIMAL(10, 2)%1 NOT NULL CHECK (a > 0), b INT)"_s.arg(before));
    QVERIFY(created);
    QVERIFY(created->setDefault(u"a"_s, u"9"_s));
    QCOMPARE(created->parts().first().text.simplified(),
             u"a DECIMAL(10, 2) DEFAULT (9) NOT NULL CHECK (a > 0)"_s);
    QVERIFY(!created->setDefault(u"c"_s, u"9"_s));
}

void ReflectionTest::whatIsNoTableIsNotTakenApart()
{
    QVERIFY(!orm::CreateTable::parse(u"CREATE VIRTUAL TABLE t USING fts5(a)"_s));
    QVERIFY(!orm::CreateTable::parse(u"CREATE VIEW v AS SELECT (1)"_s));
    QVERIFY(!orm::CreateTable::parse({}));
}

void ReflectionTest::allTablesBecomeMappers()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    {
        const auto connection = engine.connect();
        connection->execute(u"CREATE TABLE books (isbn TEXT PRIMARY KEY NOT NULL, pages INT)"_s);
        connection->execute(u"CREATE TABLE lines (book TEXT, number INT, words TEXT, size INT AS "
                            "(length(words)), PRIMARY KEY (book, number)) WITHOUT ROWID"_s);
    }
    orm::Session session(engine);
    orm::MetaData meta;
    meta.reflect(session.connection());
    QCOMPARE(meta.sortedTables().size(), 2);
    const orm::Mapper &lines = orm::Mapper::of(meta.table(u"lines"_s));
    const auto line = orm::make(lines);
    line.setValue(u"book"_s, orm::StoredValue::text(u"x"_s));
    line.setValue(u"number"_s, orm::StoredValue::integer(3));
    line.setValue(u"words"_s, orm::StoredValue::text(u"four"_s));
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             line.setValue(u"size"_s, orm::StoredValue::integer(1)));
    session.add(line);
    const orm::Mapper &books = orm::Mapper::of(meta.table(u"books"_s));
    const auto book = orm::make(books);
    book.setValue(u"isbn"_s, orm::StoredValue::text(u"978"_s));
    session.add(book);
    session.commit();
    QCOMPARE(line.value(u"size"_s).toInteger(), 4);
    QVERIFY(session.get(books, orm::Key::values({orm::StoredValue::text(u"978"_s)})) == book);
    book.setValue(u"pages"_s, orm::StoredValue::integer(7));
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE books SET pages=? WHERE isbn=?"_s});
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, meta.table(u"none"_s));
}

void ReflectionTest::theCopyHasTheSameSchema()
{
    const auto first = orm::Engine::create(u"sqlite://"_s).connect();
    first->execute(
        u"CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL "
        "UNIQUE, stars INTEGER DEFAULT 3, place INTEGER, UNIQUE (stars, place))"_s);
    first->execute(u"CREATE INDEX by_stars ON users (stars)"_s);
    first->execute(u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, author_id INTEGER "
                   "REFERENCES users ON DELETE SET NULL)"_s);
    orm::MetaData meta;
    meta.reflect(*first);
    const auto second = orm::Engine::create(u"sqlite://"_s).connect();
    meta.createAll(*second);
    orm::MetaData copied;
    copied.reflect(*second);
    QCOMPARE(copied.table(u"posts"_s).columns.at(1).onDelete, orm::ForeignKeyAction::SetNull);
    QCOMPARE(copied.table(u"users"_s).columns.at(1).isUnique, true);
    QCOMPARE(copied.table(u"users"_s).indexes, meta.table(u"users"_s).indexes);
    QVERIFY(
        copied.table(u"users"_s)
            .indexes.contains(orm::Index{{}, {u"stars"_s, u"place"_s}, true})); // of the constraint
    QVERIFY(orm::diff(meta, *second).isEmpty());
    second->execute(u"INSERT INTO users (name) VALUES ('ann')"_s);
    QCOMPARE(second->scalar(u"SELECT stars FROM users"_s).toInteger(), 3);
}

void ReflectionTest::viewsAndTablesWithoutKeyAreLeftOut()
{
    const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
    connection->execute(u"CREATE TABLE keyless (x)"_s);
    connection->execute(u"CREATE VIEW v AS SELECT x FROM keyless"_s);
    connection->execute(u"CREATE TABLE fine (id INTEGER PRIMARY KEY)"_s);
    orm::MetaData meta;
    meta.reflect(*connection);
    QCOMPARE(meta.sortedTables().size(), 1);
    const orm::LiveTable view = orm::reflect(*connection, u"v"_s);
    QVERIFY(view.isView);
    QVERIFY(view.table.columns.first().isReadOnly);
}

QTEST_GUILESS_MAIN(ReflectionTest)
#include "tst_reflection.moc"
