// SPDX-License-Identifier: MIT
#include "core/engine/transaction.h"
#include "tests/support/blogschema.h"
#include "tests/support/testdatabase.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blog;

/// Making and dropping tables: only what is missing, only what is asked for.
class SchemaTest final : public QObject
{
    Q_OBJECT

private slots:
    void a68_createAllMakesOnlyWhatIsMissing();
    void othersTablesAreNotTouched();
    void aTableOfAnotherShapeStays();
    void aFailedCreateMakesNothing();
    void inATransactionOfTheCaller();
    void circlesOfForeignKeys();
    void whatRefersToItselfIsNoCircle();
    void aTableIsAddedOnce();
};

void SchemaTest::a68_createAllMakesOnlyWhatIsMissing()
{
    QTemporaryDir folder;
    const auto connection
        = orm::Engine::create(orm::DatabaseUrl::sqlite(folder.filePath(u"a.db"_s))).connect();
    orm::MetaData meta;
    meta.add<Comment>(); // the child first
    meta.add<Post>();
    meta.add<User>();
    SqlTrace trace(*connection);
    meta.createAll(*connection);
    QStringList created = trace.statements(u"CREATE"_s);
    QCOMPARE(created.size(), 3);
    QVERIFY(created.at(0).startsWith(u"CREATE TABLE users"_s));
    QVERIFY(created.at(1).startsWith(u"CREATE TABLE posts"_s));
    QVERIFY(created.at(2).startsWith(u"CREATE TABLE comments"_s));
    trace.clear();
    meta.createAll(*connection);
    QVERIFY(trace.statements(u"CREATE"_s).isEmpty());
    QVERIFY(trace.statements(u"BEGIN"_s).isEmpty());
    meta.dropAll(*connection);
    QCOMPARE(trace.statements(u"DROP"_s),
             QStringList({u"DROP TABLE comments"_s, u"DROP TABLE posts"_s, u"DROP TABLE users"_s}));
    trace.clear();
    meta.dropAll(*connection);
    QVERIFY(trace.statements(u"DROP"_s).isEmpty());
}

void SchemaTest::othersTablesAreNotTouched()
{
    const TestDatabase database(u"CREATE TABLE mine (id INTEGER PRIMARY KEY, x TEXT);"
                                "CREATE INDEX by_x ON mine (x);"
                                "CREATE TRIGGER t AFTER INSERT ON mine BEGIN SELECT 1; END;"
                                "CREATE VIEW v AS SELECT x FROM mine;"
                                "INSERT INTO mine (x) VALUES ('kept')"_s);
    const QString all
        = u"SELECT group_concat(name || ': ' || sql, char(10)) FROM sqlite_schema WHERE tbl_name IN ('mine', 'v')"_s;
    const auto before = database.outsideScalar(all);
    const auto engine = orm::Engine::create(database.url());
    metaData().createAll(engine);
    QCOMPARE(database.outsideScalar(all), before);
    metaData().dropAll(engine);
    QCOMPARE(database.outsideScalar(all), before);
    QCOMPARE(database.outsideScalar(u"SELECT x FROM mine"_s).toString(), u"kept"_s);
    QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM sqlite_schema"_s).toInteger(), 4);
}

void SchemaTest::aTableOfAnotherShapeStays()
{
    const TestDatabase database(
        u"CREATE TABLE Users (what TEXT); INSERT INTO users VALUES ('kept')"_s);
    const auto engine = orm::Engine::create(database.url());
    orm::MetaData meta;
    meta.add<User>();
    meta.createAll(engine); // names match in any case
    QCOMPARE(database.outsideScalar(u"SELECT sql FROM sqlite_schema"_s).toString(),
             u"CREATE TABLE Users (what TEXT)"_s);
}

void SchemaTest::aFailedCreateMakesNothing()
{
    const TestDatabase database(u"CREATE TABLE t (name TEXT); CREATE INDEX tags ON t (name)"_s);
    const auto engine = orm::Engine::create(database.url());
    orm::MetaData meta;
    meta.add<User>();
    meta.add<Tag>(); // there is an index of this name
    QVERIFY_THROWS_EXCEPTION(orm::ProgrammingError, meta.createAll(engine));
    QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM sqlite_schema WHERE name = 'users'"_s)
                 .toInteger(),
             0);
}

void SchemaTest::inATransactionOfTheCaller()
{
    const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
    {
        const orm::Transaction transaction(*connection);
        metaData().createAll(*connection);
        metaData().createAll(*connection);
    }
    QCOMPARE(connection->scalar(u"SELECT count(*) FROM sqlite_schema"_s).toInteger(), 0);
}

void SchemaTest::circlesOfForeignKeys()
{
    orm::Table a;
    a.name = u"a"_s;
    orm::Column id;
    id.name = u"id"_s;
    id.type = orm::Integer;
    id.isPrimaryKey = true;
    id.isNullable = false;
    orm::Column other = id;
    other.name = u"other_id"_s;
    other.isPrimaryKey = false;
    other.isNullable = true;
    other.references = u"b(id)"_s;
    a.columns = {id, other};
    orm::Table b = a;
    b.name = u"b"_s;
    b.columns[1].references = u"a(id)"_s;
    orm::MetaData meta;
    meta.add(a);
    meta.add(b);
    const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
    meta.createAll(*connection);
    connection->execute(u"INSERT INTO a VALUES (1, NULL)"_s);
    connection->execute(u"INSERT INTO b VALUES (1, 1)"_s);
    meta.createAll(*connection);
    QCOMPARE(meta.sortedTables().size(), 2);
}

/// It waits for no other table, and those that refer to it wait for it.
void SchemaTest::whatRefersToItselfIsNoCircle()
{
    orm::Table tree;
    tree.name = u"tree"_s;
    orm::Column id;
    id.name = u"id"_s;
    id.type = orm::Integer;
    id.isPrimaryKey = true;
    id.isNullable = false;
    orm::Column parent = id;
    parent.name = u"parent_id"_s;
    parent.isPrimaryKey = false;
    parent.isNullable = true;
    parent.references = u"tree(id)"_s;
    tree.columns = {id, parent};
    orm::Table leaves = tree;
    leaves.name = u"leaves"_s;
    orm::MetaData meta;
    meta.add(leaves);
    meta.add(tree);
    QStringList names;
    for (const orm::Table &table : meta.sortedTables())
        names.append(table.name);
    QCOMPARE(names, (QStringList{u"tree"_s, u"leaves"_s}));
}

void SchemaTest::aTableIsAddedOnce()
{
    orm::MetaData meta;
    meta.add<User>();
    meta.add<User>();
    QCOMPARE(meta.sortedTables().size(), 1);
    orm::Table other = orm::Mapper::of<Tag>().table();
    other.name = u"users"_s;
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError, meta.add(other));
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "tst_schema.moc"
