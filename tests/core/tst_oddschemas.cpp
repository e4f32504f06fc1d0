// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/mapping/metadata.h"
#include "core/migration/schemadiff.h"
#include "tests/support/testdatabase.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace orm;

namespace {

/// The table as the database has it, as a mapping that wants it so.
Table reflected(Connection &connection, const QString &name)
{
    Table table = reflect(connection, name).table;
    for (Column &column : table.columns)
        column.isMapped = true;
    return table;
}

MetaData metaData(const QList<Table> &tables)
{
    MetaData meta;
    for (const Table &table : tables)
        meta.add(table);
    return meta;
}

} // namespace

/// Tables as others make them by hand, reflected and rebuilt.
class OddSchemasTest final : public QObject
{
    Q_OBJECT

private:
    struct Fixture
    {
        explicit Fixture(const QString &sql)
            : database(sql)
            , connection(Engine::create(database.url()).connect())
        {}
        QString text(const QString &sql) const { return connection->scalar(sql).toString(); }
        QString sqlOf(const QString &name) const
        {
            return connection
                ->scalar(u"SELECT sql FROM sqlite_schema WHERE name = ?"_s,
                         {StoredValue::text(name)})
                .toString();
        }
        /// Gives a column another type, which takes a rebuild.
        void retype(const QString &table, const QString &column, const ColumnType &type) const
        {
            Table wanted = reflected(*connection, table);
            wanted.columns[wanted.indexOf(column)].type = type;
            upgrade(metaData({wanted}), *connection,
                    {.drop = {}, .narrow = {table + u'.' + column}});
            QVERIFY(diff(metaData({wanted}), *connection).isEmpty());
        }

        TestDatabase database;
        std::shared_ptr<Connection> connection;
    };

private slots:
    void namesAreTakenAsTheyAre_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name :
             {u"it's \"so\""_s, u"two words"_s, u"a.b"_s, u"select"_s, u"größe 日本 😀"_s,
              u"Sales (2020)"_s, u"100%1 %2"_s, u"[x]"_s, u"`y`"_s, u"a--b"_s, u"/* c"_s, u"a,b"_s})
            QTest::newRow(qPrintable(name)) << name;
    }

    /// As a table's, a column's, a key's and an index's.
    void namesAreTakenAsTheyAre()
    {
        QFETCH(const QString, name);
        const Fixture f{QString()};
        const QString quoted = f.connection->dialect().quote(name);
        const QString index = f.connection->dialect().quote(u"i "_s + name);
        for (
            const QString &sql :
            {u"CREATE TABLE @ (@ VARCHAR(9) NOT NULL PRIMARY KEY, n INTEGER REFERENCES @)"_s,
             u"CREATE TABLE child (id INTEGER PRIMARY KEY, t VARCHAR(9) REFERENCES @ ON DELETE CASCADE)"_s,
             u"CREATE INDEX # ON @ (@ DESC) WHERE @ > 'b'"_s, u"INSERT INTO @ VALUES ('a', NULL)"_s,
             u"INSERT INTO child VALUES (1, 'a')"_s})
            f.connection->execute(QString(sql).replace(u'#', index).replace(u'@', quoted));
        const LiveTable live = reflect(*f.connection, name);
        QCOMPARE(live.table.columns.first().name, name);
        QVERIFY(live.table.columns.first().isPrimaryKey);
        QCOMPARE(reflect(*f.connection, u"child"_s).foreignKeys.first().parentTable, name);

        Table wanted = reflected(*f.connection, name);
        wanted.columns[0].type = Text;
        Table child = reflected(*f.connection, u"child"_s);
        child.columns[1].type = Text;
        const MetaData meta = metaData({child, wanted});
        QCOMPARE(meta.sortedTables().constFirst().name, name); // as the other one refers to it
        const SchemaDiff found = diff(meta, *f.connection);
        QCOMPARE(found.changes.size(), 2); // the types, and no reference
        upgrade(meta, *f.connection);
        QVERIFY(diff(meta, *f.connection).isEmpty());
        QCOMPARE(reflect(*f.connection, name).indexes.size(), 2);
        f.connection->execute(u"DELETE FROM "_s + quoted);
        QCOMPARE(f.text(u"SELECT count(*) FROM child"_s), u"0"_s);

        const auto copy = Engine::create(u"sqlite://"_s).connect();
        meta.createAll(*copy);
        QVERIFY(diff(meta, *copy).isEmpty());
    }

    void namesOfTheRowsNumberAreColumnsToo_data()
    {
        QTest::addColumn<QString>("columns");
        QTest::addColumn<bool>("keepsNumbers");
        QTest::newRow("rowid") << u"rowid TEXT"_s << true;
        QTest::newRow("rowid and oid") << u"rowid TEXT, oid TEXT"_s << true;
        QTest::newRow("all") << u"rowid TEXT, oid TEXT, _rowid_ TEXT"_s << false;
    }

    void namesOfTheRowsNumberAreColumnsToo()
    {
        QFETCH(const QString, columns);
        QFETCH(const bool, keepsNumbers);
        const Fixture f(u"CREATE TABLE t (k VARCHAR(9) PRIMARY KEY NOT NULL, %1);"
                        "CREATE TABLE w (k VARCHAR(9) PRIMARY KEY NOT NULL, %1) WITHOUT ROWID;"
                        "INSERT INTO t (k, rowid) VALUES ('a', 'x'), ('b', 'y'), ('c', 'z');"
                        "DELETE FROM t WHERE k = 'a';"
                        "INSERT INTO w (k, rowid) VALUES ('a', 'x')"_s.arg(columns));
        QVERIFY(!reflect(*f.connection, u"t"_s).isWithoutRowid);
        QVERIFY(reflect(*f.connection, u"w"_s).isWithoutRowid);
        f.retype(u"t"_s, u"k"_s, Text);
        f.retype(u"w"_s, u"k"_s, Text);
        QVERIFY(reflect(*f.connection, u"w"_s).isWithoutRowid);
        QCOMPARE(f.text(u"SELECT group_concat(k || rowid) FROM t"_s), u"by,cz"_s);
        QCOMPARE(f.text(u"SELECT k || rowid FROM w"_s), u"ax"_s);
        if (keepsNumbers)
            QCOMPARE(f.text(u"SELECT group_concat(_rowid_) FROM t"_s), u"2,3"_s);
    }

    /// STRICT knows six types: what others are stored as is what such a table has of them.
    void aStrictTableHasTheTypesThatItKnows()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT, "
                        "is_new INTEGER, n INT) STRICT;"
                        "INSERT INTO t VALUES (1, 'a', '2023-10-26 00:00:00', 1, 5)"_s);
        Table wanted = reflected(*f.connection, u"t"_s);
        wanted.columns[1].type = String{80};
        wanted.columns[2].type = DateTime;
        wanted.columns[3].type = Boolean;
        QCOMPARE(diff(metaData({wanted}), *f.connection), SchemaDiff());
        Column added;
        added.name = u"email"_s;
        added.type = String{120};
        wanted.columns.append(added);
        added.name = u"seen"_s;
        added.type = DateTime;
        added.serverDefault = {Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
        wanted.columns.append(added);
        wanted.columns[4].type = Text; // of another kind there, too
        upgrade(metaData({wanted}), *f.connection, {.drop = {}, .narrow = {u"t.n"_s}});
        QVERIFY(diff(metaData({wanted}), *f.connection).isEmpty());
        QVERIFY(f.sqlOf(u"t"_s).endsWith(u"STRICT"_s));
        QCOMPARE(f.text(u"SELECT typeof(n) || typeof(seen) || name FROM t"_s), u"texttexta"_s);
        QVERIFY(
            thrown<IntegrityError>([&] { f.connection->execute(u"UPDATE t SET is_new = 'x'"_s); }));
    }

    void whatWasReflectedIsNoDifference_data()
    {
        QTest::addColumn<QString>("columns");
        QTest::newRow("types")
            << u"a, b UUID, c DECIMAL, d NUMERIC(30, 2), e STRING, f CHAR(3), g REAL, "
               "h DOUBLE PRECISION, i UNSIGNED BIG INT, j JSONB, k TIMESTAMP"_s;
        QTest::newRow("two keys to one table") << u"a INT REFERENCES t, b INT REFERENCES t (id)"_s;
        QTest::newRow("one column to two tables")
            << u"a INT REFERENCES other ON DELETE CASCADE REFERENCES t ON DELETE SET NULL"_s;
        QTest::newRow("defaults")
            << u"a DEFAULT (1 + 2), b DEFAULT word, c DEFAULT x'00', d DEFAULT 'it''s', "
               "e DEFAULT -1, f DEFAULT NULL, g DEFAULT TRUE"_s;
        QTest::newRow("unique")
            << u"a TEXT UNIQUE COLLATE NOCASE, b TEXT, c TEXT, UNIQUE (b, c), UNIQUE (a)"_s;
    }

    void whatWasReflectedIsNoDifference()
    {
        QFETCH(const QString, columns);
        const Fixture f(u"CREATE TABLE other (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER "
                        "PRIMARY KEY, %1)"_s.arg(columns));
        MetaData meta;
        meta.reflect(*f.connection);
        const SchemaDiff found = diff(meta, *f.connection);
        QVERIFY2(found.isEmpty(), qPrintable(found.sql().join(u';')));
    }

    void commentsAndQuotedCommasAreNoEnds()
    {
        const Fixture f(u"CREATE TABLE t ( -- it's, a table\n"
                        "id INTEGER PRIMARY KEY /* the \"key\", ) */,\n"
                        "a VARCHAR(9) -- of a post, (yes)\n"
                        "NOT NULL CHECK (a NOT IN ('x, y', ')--', \"b,\") /* ) */),\n"
                        "\"b,\" TEXT, -- the last\n"
                        "[c)] INTEGER DEFAULT (1 -- one\n"
                        ") -- done\n"
                        ");"
                        "INSERT INTO t VALUES (1, 'a', 'b', 2)"_s);
        f.retype(u"t"_s, u"a"_s, Text);
        QCOMPARE(f.text(u"SELECT id || a || \"b,\" || \"c)\" FROM t"_s), u"1ab2"_s);
        for (const QString &value : {u"'x, y'"_s, u"')--'"_s, u"\"b,\""_s, u"NULL"_s})
            QVERIFY(thrown<IntegrityError>(
                [&] { f.connection->execute(u"UPDATE t SET a = "_s + value); }));
        for (const QString &comment : {u"/* the \"key\", ) */"_s, u"-- of a post, (yes)\n"_s,
                                       u"-- the last\n"_s, u"-- done"_s})
            QVERIFY2(f.sqlOf(u"t"_s).contains(comment), qPrintable(f.sqlOf(u"t"_s)));
        f.retype(u"t"_s, u"c)"_s, Text);
        QVERIFY(f.sqlOf(u"t"_s).contains(u"-- done"_s));
    }

    void aTableThatRefersToItselfIsRebuilt()
    {
        const Fixture f(
            u"CREATE TABLE nodes (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "parent_id INTEGER REFERENCES nodes ON DELETE CASCADE ON UPDATE CASCADE "
            "DEFERRABLE INITIALLY DEFERRED, name VARCHAR(9) COLLATE NOCASE);"
            "CREATE UNIQUE INDEX by_name ON nodes (name COLLATE NOCASE DESC, parent_id);"
            "CREATE TRIGGER t AFTER DELETE ON nodes BEGIN UPDATE nodes SET name = "
            "'orphan' WHERE parent_id IS NULL; END;"
            "INSERT INTO nodes VALUES (2, 1, 'b'), (1, NULL, 'a'), (9, 2, 'c');"
            "DELETE FROM nodes WHERE id = 9;"_s);
        const QString trigger = f.sqlOf(u"t"_s);
        const QString index = f.sqlOf(u"by_name"_s);
        const auto keys = reflect(*f.connection, u"nodes"_s).foreignKeys;
        f.retype(u"nodes"_s, u"name"_s, Text);
        QCOMPARE(reflect(*f.connection, u"nodes"_s).foreignKeys, keys);
        QCOMPARE(f.sqlOf(u"t"_s), trigger);
        QCOMPARE(f.sqlOf(u"by_name"_s), index);
        QVERIFY(f.sqlOf(u"nodes"_s).contains(u"DEFERRABLE INITIALLY DEFERRED"_s));
        QVERIFY(thrown<IntegrityError>(
            [&] { f.connection->execute(u"INSERT INTO nodes (parent_id) VALUES (77)"_s); }));
        f.connection->execute(u"UPDATE nodes SET id = 5 WHERE id = 1"_s);
        QCOMPARE(f.text(u"SELECT parent_id FROM nodes WHERE name = 'B'"_s), u"5"_s);
        f.connection->execute(u"INSERT INTO nodes (name) VALUES ('next')"_s);
        QCOMPARE(f.text(u"SELECT max(id) FROM nodes"_s), u"10"_s);
        f.connection->execute(u"DELETE FROM nodes WHERE id = 5"_s);
        QCOMPARE(f.text(u"SELECT group_concat(id) FROM nodes"_s), u"10"_s);
    }

    void whatNamesItsOwnTableIsKept_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("check");
        QTest::newRow("plain") << u"posts"_s << u"posts.title <> ''"_s;
        QTest::newRow("of a column, in another case")
            << u"posts"_s << u"length(POSTS . title) > 0"_s;
        QTest::newRow("quoted") << u"our \"posts\""_s << u"\"our \"\"posts\"\"\".title <> ''"_s;
        QTest::newRow("in brackets") << u"my posts"_s << u"[my posts].[title] <> ''"_s;
        QTest::newRow("as a text") << u"posts"_s << u"'posts'.title <> ''"_s;
        QTest::newRow("with the database") << u"posts"_s << u"main.posts.title <> ''"_s;
        QTest::newRow("a column of the same name")
            << u"title"_s << u"title.title <> '' AND title <> 'title.title'"_s;
    }

    /// Only a CHECK and an index's WHERE may.
    void whatNamesItsOwnTableIsKept()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, check);
        const QString quoted = u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
        const Fixture f(u"CREATE TABLE %1 (id INTEGER PRIMARY KEY, title TEXT, n VARCHAR(9) "
                        "CHECK (%2), CONSTRAINT filled CHECK (%2 AND %1.n <> 'no'));"
                        "CREATE UNIQUE INDEX i ON %1 (title) WHERE %1.title > 'b';"
                        "CREATE TRIGGER t AFTER UPDATE OF title ON %1 WHEN new.title = 'c' BEGIN "
                        "UPDATE %1 SET n = 'seen' WHERE %1.id = new.id; END;"
                        "INSERT INTO %1 VALUES (1, 'a', 'n')"_s.arg(quoted, check));
        const QString index = f.sqlOf(u"i"_s);
        f.retype(name, u"n"_s, Text);
        QCOMPARE(f.sqlOf(u"i"_s), index);
        QVERIFY(f.sqlOf(name).contains(u"CONSTRAINT filled CHECK"_s));
        const QString insert = u"INSERT INTO %1 (title, n) VALUES "_s.arg(quoted);
        for (const QString &row : {u"('', 'n')"_s, u"('x', 'no')"_s})
            QVERIFY(thrown<IntegrityError>([&] { f.connection->execute(insert + row); }));
        f.connection->execute(insert + u"('a', 'n'), ('x', 'n')"_s);
        QVERIFY(thrown<IntegrityError>([&] { f.connection->execute(insert + u"('x', 'n')"_s); }));
        f.connection->execute(u"UPDATE %1 SET title = 'c' WHERE id = 1"_s.arg(quoted));
        QCOMPARE(f.text(u"SELECT n FROM %1 WHERE id = 1"_s.arg(quoted)), u"seen"_s);
        f.retype(name, u"title"_s, String(9)); // and once more, from what was made
    }

    void computedColumnsAreComputedAgain()
    {
        const Fixture f(u"CREATE TABLE t (a VARCHAR(9), b TEXT GENERATED ALWAYS AS (upper(a)) "
                        "VIRTUAL, c TEXT AS (a || b) STORED UNIQUE, k TEXT, l INT, "
                        "PRIMARY KEY (l, k DESC));"
                        "INSERT INTO t (a, k, l) VALUES ('x', 'k', 2)"_s);
        QCOMPARE(reflect(*f.connection, u"t"_s).generated, (QStringList{u"b"_s, u"c"_s}));
        f.retype(u"t"_s, u"a"_s, Text);
        QCOMPARE(f.text(u"SELECT a || b || c || k || l FROM t"_s), u"xXxXk2"_s);
        QCOMPARE(reflect(*f.connection, u"t"_s).generated, (QStringList{u"b"_s, u"c"_s}));
        const Table table = reflect(*f.connection, u"t"_s).table;
        QVERIFY(table.columns.at(1).isReadOnly && table.columns.at(2).isReadOnly);
        QCOMPARE(table.primaryKey(), (QList<int>{3, 4}));
    }

    /// 'abc' is no INTEGER: named, it stays what it is; a STRICT table would not take it.
    void aTypeThatLosesValuesMustBeNamed()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"
                        "INSERT INTO t VALUES (1, 'abc'), (2, '007');"
                        "CREATE TABLE s (id INTEGER PRIMARY KEY, a TEXT) STRICT;"
                        "INSERT INTO s VALUES (1, 'abc');"_s);
        for (const QString &name : {u"t"_s, u"s"_s}) {
            Table wanted = reflected(*f.connection, name);
            wanted.columns[1].type = Integer;
            const QString before = f.sqlOf(name);
            const QString message = messageOf<InvalidRequestError>(
                [&] { upgrade(metaData({wanted}), *f.connection); });
            QVERIFY2(message.contains(name + u".a"_s) && message.contains(u"INTEGER"_s),
                     qPrintable(message));
            QCOMPARE(f.sqlOf(name), before);
            const SchemaPermissions named{.drop = {}, .narrow = {name + u".a"_s}};
            if (name == u"t"_s)
                upgrade(metaData({wanted}), *f.connection, named);
            else
                QVERIFY(thrown<Error>([&] { upgrade(metaData({wanted}), *f.connection, named); }));
        }
        QCOMPARE(f.text(u"SELECT group_concat(a || typeof(a)) FROM t"_s), u"abctext,7integer"_s);
        QCOMPARE(f.text(u"SELECT a || typeof(a) FROM s"_s), u"abctext"_s);
    }

    /// What is named is dropped; what hangs on it is not, and says so.
    void whatHangsOnADroppedColumnStops_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("an index") << u"CREATE INDEX i ON t (a, b)"_s;
        QTest::newRow("a partial index") << u"CREATE INDEX i ON t (a) WHERE b > 3"_s;
        QTest::newRow("a trigger")
            << u"CREATE TRIGGER i AFTER UPDATE ON t BEGIN SELECT new.b; END"_s;
        QTest::newRow("a view of a view")
            << u"CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT b FROM v"_s;
    }

    void whatHangsOnADroppedColumnStops()
    {
        QFETCH(const QString, sql);
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);"
                        "INSERT INTO t VALUES (1, 'a', 'b');"_s
                        + sql);
        Table wanted = reflected(*f.connection, u"t"_s);
        wanted.columns.removeLast();
        wanted.indexes.clear();
        const QString schema
            = u"SELECT group_concat(sql) FROM (SELECT sql FROM sqlite_schema ORDER BY name)"_s;
        const QString before = f.text(schema);
        QVERIFY(diff(metaData({wanted}), *f.connection).isEmpty());
        const SchemaPermissions named{.drop = {u"t.b"_s}};
        QVERIFY(thrown<Error>([&] { upgrade(metaData({wanted}), *f.connection, named); }));
        QCOMPARE(f.text(schema), before);
        QCOMPARE(f.text(u"SELECT a || b FROM t"_s), u"ab"_s);
    }

    /// A part of the rows being unique is not what was asked for.
    void aPartialIndexIsNoWholeOne()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"
                        "CREATE UNIQUE INDEX i ON t (a) WHERE id > 3;"_s);
        Table wanted = reflected(*f.connection, u"t"_s);
        QVERIFY(diff(metaData({wanted}), *f.connection).isEmpty());
        wanted.indexes = {{u"i"_s, {u"a"_s}, true}};
        QVERIFY(diff(metaData({wanted}), *f.connection).isRefused());
        upgrade(metaData({wanted}), *f.connection, {.drop = {u"i"_s}});
        QVERIFY(!reflect(*f.connection, u"t"_s).indexes.constFirst().isPartial);
    }

    void whatNeedNotFitMustBeNamed_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<ColumnType>("to");
        QTest::addColumn<bool>("fits");
        QTest::newRow("no type, text") << QString() << ColumnType(Text) << false;
        QTest::newRow("bytes, text") << u"BLOB"_s << ColumnType(Text) << false;
        QTest::newRow("fraction, text") << u"FLOAT"_s << ColumnType(Text) << false;
        QTest::newRow("decimal, text") << u"NUMERIC(10, 2)"_s << ColumnType(Text) << false;
        QTest::newRow("text, time") << u"TEXT"_s << ColumnType(DateTime) << false;
        QTest::newRow("text, bytes") << u"TEXT"_s << ColumnType(LargeBinary) << false;
        QTest::newRow("number, yes or no") << u"INTEGER"_s << ColumnType(Boolean) << false;
        QTest::newRow("shorter") << u"VARCHAR(9)"_s << ColumnType(String{8}) << false;
        QTest::newRow("fewer places") << u"NUMERIC(10, 2)"_s << ColumnType(Numeric{10, 1}) << false;
        QTest::newRow("fewer digits") << u"NUMERIC(10, 2)"_s << ColumnType(Numeric{11, 4}) << false;
        QTest::newRow("longer") << u"VARCHAR(9)"_s << ColumnType(String{10}) << true;
        QTest::newRow("more digits") << u"NUMERIC(6, 2)"_s << ColumnType(Numeric{10, 4}) << true;
        QTest::newRow("yes or no, number") << u"BOOLEAN"_s << ColumnType(BigInteger) << true;
        QTest::newRow("time, text") << u"DATETIME"_s << ColumnType(Text) << true;
    }

    void whatNeedNotFitMustBeNamed()
    {
        QFETCH(const QString, from);
        QFETCH(const ColumnType, to);
        QFETCH(const bool, fits);
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a "_s + from + u')');
        Table wanted = reflected(*f.connection, u"t"_s);
        wanted.columns[1].type = to;
        const SchemaDiff found = diff(metaData({wanted}), *f.connection);
        QCOMPARE(found.changes.size(), 1);
        QCOMPARE(found.changes.constFirst().kind, SchemaChange::Kind::ChangeType);
        QCOMPARE(found.isRefused(), !fits);
        QVERIFY(!diff(metaData({wanted}), *f.connection, {.drop = {}, .narrow = {u"t.a"_s}})
                     .isRefused());
    }

    void whatCannotBeDoneIsRefused_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("columns"); ///< with a * for the key
        QTest::addColumn<QString>("reason");
        QTest::newRow("one more in the key")
            << u"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)"_s
            << QStringList{u"id*"_s, u"a"_s, u"b*"_s} << u"t.b can't become part of the key"_s;
        QTest::newRow("one less in the key")
            << u"CREATE TABLE t (id INTEGER, a TEXT, PRIMARY KEY (id, a))"_s
            << QStringList{u"id*"_s} << u"t.a is part of the key"_s;
        QTest::newRow("a view") << u"CREATE VIEW t AS SELECT 1 AS id"_s << QStringList{u"id*"_s}
                                << u"t is a view"_s;
        QTest::newRow("a virtual table")
            << u"CREATE VIRTUAL TABLE t USING fts5(id, a)"_s << QStringList{u"id*"_s, u"a"_s}
            << u"t can't be rebuilt"_s;
    }

    void whatCannotBeDoneIsRefused()
    {
        QFETCH(const QString, sql);
        QFETCH(const QStringList, columns);
        QFETCH(const QString, reason);
        const Fixture f(sql);
        Table wanted;
        wanted.name = u"t"_s;
        for (QString name : columns) {
            Column column;
            column.isPrimaryKey = name.endsWith(u'*');
            column.name = name.remove(u'*');
            column.type = column.name == u"id"_s ? Integer : ColumnType(Text);
            wanted.columns.append(column);
        }
        const SchemaPermissions all{.drop = {u"t.a"_s, u"t"_s},
                                    .narrow = {u"t.id"_s, u"t.a"_s, u"t.b"_s}};
        const QString schema = u"SELECT group_concat(sql) FROM sqlite_schema"_s;
        const QString before = f.text(schema);
        const QString message = messageOf<InvalidRequestError>(
            [&] { upgrade(metaData({wanted}), *f.connection, all); });
        QVERIFY2(message.startsWith(reason), qPrintable(message));
        QCOMPARE(f.text(schema), before);
    }

    void keysOfSeveralColumnsAreAdded()
    {
        const Fixture f(u"CREATE TABLE p (a INTEGER, b INTEGER, PRIMARY KEY (a, b), UNIQUE (b, a));"
                        "CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, "
                        "FOREIGN KEY (x, y) REFERENCES p (b, a));"
                        "CREATE INDEX i ON t (x, y);"
                        "INSERT INTO p VALUES (1, 2), (2, 1); INSERT INTO t VALUES (1, 1, 2);"_s);
        Table wanted = reflected(*f.connection, u"t"_s);
        Column z;
        z.name = u"z"_s;
        z.type = Integer;
        wanted.columns.append(z);
        wanted.foreignKeys
            = {{{u"x"_s, u"y"_s}, u"p"_s, {u"a"_s, u"b"_s}},
               {{u"x"_s, u"z"_s}, u"p"_s, {u"a"_s, u"b"_s}, ForeignKeyAction::Cascade}};
        wanted.indexes = {{u"i"_s, {u"x"_s, u"y"_s}, false}, {{}, {u"y"_s, u"z"_s}, true}};
        const MetaData meta = metaData({reflected(*f.connection, u"p"_s), wanted});
        upgrade(meta, *f.connection);
        QVERIFY(diff(meta, *f.connection).isEmpty());
        QCOMPARE(reflect(*f.connection, u"t"_s).foreignKeys.size(), 3);
        QVERIFY(thrown<IntegrityError>([&] { f.connection->execute(u"UPDATE t SET z = 77"_s); }));
        f.connection->execute(u"UPDATE t SET z = 2"_s);
        QVERIFY(thrown<IntegrityError>(
            [&] { f.connection->execute(u"INSERT INTO t VALUES (2, NULL, 2, 2)"_s); }));
        // The order in an index is what it is for
        wanted.indexes[0].columns = {u"y"_s, u"x"_s};
        QVERIFY(diff(metaData({wanted}), *f.connection).isRefused());
    }

    /// Rows that refer to none already are not the rebuild's, nor is a table of its name.
    void whatWasThereBeforeIsNoReasonToStop()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t, "
                        "a VARCHAR(9));"
                        "INSERT INTO t VALUES (1, 77, 'a'), (2, 78, 'b');"
                        "CREATE TABLE t_rebuilt (x); INSERT INTO t_rebuilt VALUES ('theirs');"
                        "CREATE INDEX t_rebuilt_ ON t (a);"_s);
        f.retype(u"t"_s, u"a"_s, Text);
        QCOMPARE(f.text(u"SELECT group_concat(t || a) FROM t"_s), u"77a,78b"_s);
        QCOMPARE(f.text(u"SELECT x FROM t_rebuilt"_s), u"theirs"_s);
        QVERIFY(thrown<IntegrityError>([&] { f.connection->execute(u"UPDATE t SET t = 79"_s); }));
    }

    /// Between the look and the lock.
    void whatOthersChangeMeanwhileIsLookedAtAgain()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9))"_s);
        Table wanted = reflected(*f.connection, u"t"_s);
        wanted.columns[1].type = Text;
        f.connection->setTrace([&f](const QString &sql) {
            if (sql == u"PRAGMA foreign_keys = OFF"_s)
                f.database.outside(
                    u"DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB)"_s);
        });
        const QString message
            = messageOf<InvalidRequestError>([&] { upgrade(metaData({wanted}), *f.connection); });
        f.connection->setTrace({});
        QVERIFY2(message.startsWith(u"t.a is BLOB"_s), qPrintable(message));
        QVERIFY(f.sqlOf(u"t"_s).contains(u"a BLOB"_s));
    }

    void allThatAKeyDoesIsKnown_data()
    {
        QTest::addColumn<QString>("clause");
        QTest::addColumn<ForeignKeyAction>("onDelete");
        QTest::addColumn<ForeignKeyAction>("onUpdate");
        using Action = ForeignKeyAction;
        QTest::newRow("nothing") << QString() << Action::NoAction << Action::NoAction;
        QTest::newRow("default, restrict") << u"ON DELETE SET DEFAULT ON UPDATE RESTRICT"_s
                                           << Action::SetDefault << Action::Restrict;
        QTest::newRow("restrict, null")
            << u"ON UPDATE SET NULL ON DELETE RESTRICT"_s << Action::Restrict << Action::SetNull;
        QTest::newRow("cascade, default") << u"ON DELETE CASCADE ON UPDATE SET DEFAULT"_s
                                          << Action::Cascade << Action::SetDefault;
    }

    void allThatAKeyDoesIsKnown()
    {
        QFETCH(const QString, clause);
        QFETCH(const ForeignKeyAction, onDelete);
        QFETCH(const ForeignKeyAction, onUpdate);
        const Fixture f(u"CREATE TABLE p (y TEXT, x TEXT, PRIMARY KEY (x, y));"
                        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT, y TEXT, "
                        "FOREIGN KEY (x, y) REFERENCES p %1)"_s.arg(clause));
        const LiveTable live = reflect(*f.connection, u"t"_s);
        QCOMPARE(live.foreignKeys.size(), 1);
        QCOMPARE(live.foreignKeys.constFirst().onDelete, onDelete);
        QCOMPARE(live.foreignKeys.constFirst().onUpdate, onUpdate);
        QCOMPARE(live.table.foreignKeys,
                 (QList<ForeignKey>{{{u"x"_s, u"y"_s}, u"p"_s, {u"x"_s, u"y"_s}, onDelete}}));
    }

    /// What ALTER TABLE adds, beside what takes a rebuild.
    void severalChangesAreMadeAtOnce()
    {
        const Fixture f(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9));"
                        "CREATE INDEX old ON t (a); INSERT INTO t VALUES (1, 'a');"_s);
        Table wanted = reflected(*f.connection, u"t"_s);
        wanted.columns[1].type = Text;
        Column added;
        added.name = u"b"_s;
        added.type = Integer;
        added.serverDefault = {Default::Kind::Value, StoredValue::integer(3), {}};
        wanted.columns.insert(1, added);
        wanted.indexes = {{u"fresh"_s, {u"b"_s, u"a"_s}, false}};
        const SchemaPermissions named{.drop = {u"old"_s}};
        upgrade(metaData({wanted}), *f.connection, named);
        QVERIFY(diff(metaData({wanted}), *f.connection, named).isEmpty());
        QCOMPARE(f.text(u"SELECT id || a || b FROM t"_s), u"1a3"_s);
        QCOMPARE(reflect(*f.connection, u"t"_s).indexes.constFirst().name, u"fresh"_s);
    }

    void rowsWithoutAKeyAreTold()
    {
        const Fixture f(u"CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b));"
                        "CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID;"_s);
        QVERIFY(!reflect(*f.connection, u"t"_s).hasNullKey);
        f.connection->execute(u"INSERT INTO t VALUES ('a', NULL)"_s);
        QVERIFY(reflect(*f.connection, u"t"_s).hasNullKey);
        QVERIFY(!reflect(*f.connection, u"w"_s).hasNullKey);
    }

    void whatAVirtualTableHidesIsNoColumn()
    {
        const Fixture f(u"CREATE VIRTUAL TABLE t USING fts5(a, b)"_s);
        const Table table = reflect(*f.connection, u"t"_s).table;
        QCOMPARE(table.columns.size(), 2);
        QCOMPARE(table.columns.constLast().name, u"b"_s);
    }
};

QTEST_APPLESS_MAIN(OddSchemasTest)
#include "tst_oddschemas.moc"
