// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

Column column(const QString &name, ColumnType type, Role role = Role::None)
{
    Column made;
    made.name = name;
    made.type = type;
    made.role = role;
    return made;
}

/// The tutorial's posts, as its mapping describes them.
Table posts()
{
    Table table;
    table.name = u"posts"_s;
    table.columns = {column(u"id"_s, Integer), column(u"title"_s, String{255}, Role::Title),
                     column(u"content"_s, Text, Role::Body),
                     column(u"created_at"_s, DateTime, Role::Created)};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    table.columns[1].label = u"T&itle"_s;
    table.columns[3].clientDefault = {Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
    return table;
}

QStringList names(const Table &table)
{
    QStringList found;
    for (const Column &one : table.columns)
        found.append(one.name);
    return found;
}

} // namespace

class InspectorTest final : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<Connection> connect(const TestDatabase &database)
    {
        ConnectionOptions options;
        options.statements = QTest::currentDataTag() == "query"_ba
            ? ConnectionOptions::Statements::Query
            : ConnectionOptions::Statements::Native;
        return Engine::create(database.url(), options).connect();
    }
    static void bothStatements()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("native") << 0;
        QTest::newRow("query") << 1;
    }

private slots:
    void theTutorialsTableIsAsTheMappingSays_data() { bothStatements(); }
    void theTutorialsTableIsAsTheMappingSays()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), "
                              "content TEXT, created_at DATETIME, PRIMARY KEY (id))"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QVERIFY(live.exists);
        QVERIFY(live.hasUniqueKey);
        QVERIFY(!live.isView);
        QVERIFY(!live.isWithoutRowid);
        QVERIFY(!live.hasTriggers);
        QCOMPARE(live.table, posts());
        QVERIFY(live.missing.isEmpty());
        QVERIFY(live.extra.isEmpty());
        QVERIFY(live.different.isEmpty());
    }

    void aTableThatIsNotThereLacksAll()
    {
        const LiveTable live = inspect(*connect(TestDatabase()), posts());
        QVERIFY(!live.exists);
        QCOMPARE(live.missing, names(posts()));
        QVERIFY(live.table.columns.isEmpty());
    }

    void moreAndFewerColumnsAreToldAndShown_data() { bothStatements(); }
    void moreAndFewerColumnsAreToldAndShown()
    {
        TestDatabase database(
            u"CREATE TABLE Posts (slug TEXT NOT NULL UNIQUE, Content CLOB, views BIGINT DEFAULT 0,"
            " ID INTEGER PRIMARY KEY, Title VARCHAR(80) NOT NULL,"
            " words GENERATED ALWAYS AS (length(content)) VIRTUAL, data)"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QCOMPARE(live.table.name, u"Posts"_s);
        QCOMPARE(names(live.table),
                 (QStringList{u"ID"_s, u"Title"_s, u"Content"_s, u"slug"_s, u"views"_s, u"words"_s,
                              u"data"_s}));
        QCOMPARE(live.missing, QStringList{u"created_at"_s});
        QCOMPARE(live.extra, (QStringList{u"slug"_s, u"views"_s, u"words"_s, u"data"_s}));
        QCOMPARE(live.generated, QStringList{u"words"_s});

        const Column &title = live.table.columns.at(1);
        QCOMPARE(title.type, ColumnType(String{255}));
        QCOMPARE(title.label, u"T&itle"_s);
        QCOMPARE(title.role, Role::Title);
        QVERIFY(!title.isNullable);
        QVERIFY(title.isMapped);
        const Column &slug = live.table.columns.at(3);
        QVERIFY(!slug.isMapped);
        QVERIFY(slug.isUnique);
        QVERIFY(!slug.isNullable);
        QCOMPARE(slug.type, Text);
        const Column &views = live.table.columns.at(4);
        QCOMPARE(views.serverDefault.sql, u"0"_s);
        QCOMPARE(views.type, BigInteger);
        QVERIFY(live.table.columns.at(5).isReadOnly);
        QVERIFY(!views.isReadOnly);
        QCOMPARE(live.table.columns.at(6).type, ColumnType());
    }

    void aColumnOfAnotherTypeIsEditedAsWhatItIs()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, "
                              "content BLOB, created_at INTEGER)"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QCOMPARE(live.different, (QStringList{u"content"_s, u"created_at"_s}));
        QCOMPARE(live.table.columns.at(1).type, ColumnType(String{255})); // text is text
        QCOMPARE(live.table.columns.at(2).type, LargeBinary);
        QCOMPARE(live.table.columns.at(2).role, Role::Body);
        QCOMPARE(live.table.columns.at(3).type, BigInteger);
        QCOMPARE(live.table.columns.at(3).role, Role::None);
    }

    void aTableWithoutAKeyCanOnlyBeRead()
    {
        // as pandas makes it
        TestDatabase database(u"CREATE TABLE posts (id BIGINT, title TEXT)"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QVERIFY(!live.hasUniqueKey);
        QCOMPARE(live.table.primaryKey(), QList<int>{0});
        QVERIFY(live.table.columns.at(0).isReadOnly);
        QVERIFY(live.table.columns.at(1).isReadOnly);
    }

    void aUniqueIndexMakesAKey()
    {
        TestDatabase database(u"CREATE TABLE posts (id BIGINT NOT NULL, title TEXT);"
                              "CREATE UNIQUE INDEX by_id ON posts (id)"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QVERIFY(live.hasUniqueKey);
        QVERIFY(live.table.columns.at(0).isPrimaryKey);
        QVERIFY(!live.table.columns.at(1).isReadOnly);
    }

    void theDatabasesKeyCountsAndNotTheMappings()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER, uuid TEXT PRIMARY KEY)"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QCOMPARE(live.table.primaryKey(), QList<int>{1});
        QVERIFY(!live.table.columns.at(0).isPrimaryKey);
    }

    void aViewCanOnlyBeRead()
    {
        TestDatabase database(u"CREATE TABLE t (id INTEGER PRIMARY KEY, title TEXT);"
                              "CREATE VIEW posts AS SELECT id, title FROM t"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QVERIFY(live.isView);
        QVERIFY(live.table.columns.at(1).isReadOnly);
        QCOMPARE(live.table.primaryKey(), QList<int>{0});
    }

    void tablesWithoutRowidAreKnown()
    {
        TestDatabase database(u"CREATE TABLE settings (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
                              "CREATE TABLE plain (key TEXT PRIMARY KEY, value)"_s);
        const auto connection = connect(database);
        QVERIFY(reflect(*connection, u"settings"_s).isWithoutRowid);
        QVERIFY(!reflect(*connection, u"plain"_s).isWithoutRowid);
    }

    void indexesAreKnown_data() { bothStatements(); }
    void indexesAreKnown()
    {
        TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, created_at DATETIME);"
            "CREATE INDEX by_date ON posts (created_at DESC, title COLLATE NOCASE);"
            "CREATE UNIQUE INDEX recent ON posts (lower(title)) WHERE id > 5"_s);
        const LiveTable live = inspect(*connect(database), posts());
        QCOMPARE(live.indexes.size(), 2);
        LiveIndex byDate;
        byDate.name = u"by_date"_s;
        byDate.columns = QStringList{u"created_at"_s, u"title"_s};
        byDate.orders = {Qt::DescendingOrder, Qt::AscendingOrder};
        byDate.collations = QStringList{u"BINARY"_s, u"NOCASE"_s};
        QVERIFY(live.indexes.contains(byDate));
        const LiveIndex &recent = live.indexes.at(live.indexes.indexOf(byDate) == 0 ? 1 : 0);
        QVERIFY(recent.isUnique);
        QVERIFY(recent.isPartial);
        QCOMPARE(recent.columns, QStringList{u""_s});
        QVERIFY(!live.table.columns.at(1).isUnique); // only some of the titles are
    }

    void foreignKeysAreKnownFromBothSides_data() { bothStatements(); }
    void foreignKeysAreKnownFromBothSides()
    {
        TestDatabase database(
            u"CREATE TABLE users (id INTEGER PRIMARY KEY);"
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT,"
            " author INTEGER REFERENCES Users ON DELETE SET NULL);"
            "CREATE TABLE votes (a INTEGER, b INTEGER, PRIMARY KEY (b, a));"
            "CREATE TABLE notes (x, y, FOREIGN KEY (x, y) REFERENCES votes ON DELETE CASCADE)"_s);
        const auto connection = connect(database);
        const LiveTable live = inspect(*connection, posts());
        QCOMPARE(live.table.columns.last().references, u"Users(id)"_s);

        const QList<LiveForeignKey> toUsers = foreignKeysTo(*connection, u"users"_s);
        QCOMPARE(toUsers.size(), 1);
        QCOMPARE(toUsers.first().table, u"posts"_s);
        QCOMPARE(toUsers.first().columns, QStringList{u"author"_s});
        QCOMPARE(toUsers.first().parentColumns, QStringList{u"id"_s});
        QCOMPARE(toUsers.first().onDelete, LiveForeignKey::Action::SetNull);

        const QList<LiveForeignKey> toVotes = foreignKeysTo(*connection, u"votes"_s);
        QCOMPARE(toVotes.first().columns, (QStringList{u"x"_s, u"y"_s}));
        QCOMPARE(toVotes.first().parentColumns, (QStringList{u"b"_s, u"a"_s}));
        QCOMPARE(toVotes.first().onDelete, LiveForeignKey::Action::Cascade);
    }

    void triggersAreKnown()
    {
        TestDatabase database(u"CREATE TABLE posts (id INTEGER PRIMARY KEY);"
                              "CREATE TRIGGER t AFTER INSERT ON posts BEGIN SELECT 1; END"_s);
        QVERIFY(inspect(*connect(database), posts()).hasTriggers);
    }

    void tablesAreListedWithoutSqlitesOwn()
    {
        TestDatabase database(
            u"CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE \"a 1\" (x);"
            "CREATE VIEW v AS SELECT 1; CREATE INDEX i ON b (id); CREATE TABLE sqlitely (x)"_s);
        QCOMPARE(tableNames(*connect(database)),
                 (QStringList{u"a 1"_s, u"b"_s, u"sqlitely"_s, u"v"_s}));
    }

    void declaredTypesAreUnderstood_data()
    {
        QTest::addColumn<QString>("declared");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("length");
        const auto add = [](const char *declared, ColumnType type) {
            QTest::newRow(declared)
                << QString::fromLatin1(declared) << int(type.kind) << type.length;
        };
        add("INTEGER", BigInteger);
        add("int", BigInteger);
        add("UNSIGNED BIG INT", BigInteger);
        add("VARCHAR(255)", String{255});
        add("character varying ( 20 )", String{20});
        add("NVARCHAR", {ColumnType::Kind::String});
        add("text", Text);
        add("CLOB", Text);
        add("DATETIME", DateTime);
        add("timestamp with time zone", DateTime);
        add("DATE", Date);
        add("TIME", Time);
        add("BOOLEAN", Boolean);
        add("DECIMAL(10, 5)", Numeric{10, 5});
        add("NUMERIC", Numeric{});
        add("DOUBLE PRECISION", Float);
        add("BLOB", LargeBinary);
        add("JSON", Json);
        add("UUID", Uuid);
        add("", {});
        add("GEOMETRY", {});
    }
    void declaredTypesAreUnderstood()
    {
        QFETCH(QString, declared);
        const ColumnType type = typeOf(declared);
        QTEST(int(type.kind), "kind");
        QTEST(type.length, "length");
    }

    void collationsAreKnown()
    {
        TestDatabase database(u"CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT)"_s);
        const auto connection = connect(database);
        QCOMPARE(collationOf(*connection, u"t"_s, u"a"_s), u"NOCASE"_s);
        QCOMPARE(collationOf(*connection, u"t"_s, u"b"_s), u"BINARY"_s);
        QCOMPARE(collationOf(*connection, u"t"_s, u"c"_s), QString());
    }

    void inspectingLeavesNoLock()
    {
        TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const auto connection = connect(database);
        inspect(*connection, posts());
        QCOMPARE(database.outside(u"DELETE FROM posts WHERE id = 1"_s), 0);
    }
};

QTEST_GUILESS_MAIN(InspectorTest)
#include "tst_inspector.moc"
