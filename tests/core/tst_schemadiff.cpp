// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/engine/transaction.h"
#include "core/mapping/metadata.h"
#include "core/migration/schemadiff.h"
#include "tests/support/sqltrace.h"
#include "tests/support/thrown.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Kind = orm::SchemaChange::Kind;

namespace {

orm::Column column(const QString &name, const orm::ColumnType &type)
{
    orm::Column made;
    made.name = name;
    made.type = type;
    return made;
}

orm::Column key()
{
    orm::Column made = column(u"id"_s, orm::Integer);
    made.isPrimaryKey = true;
    made.isNullable = false;
    return made;
}

orm::Table users()
{
    orm::Table table;
    table.name = u"users"_s;
    table.columns = {key(), column(u"name"_s, orm::String{80})};
    table.columns[1].isUnique = true;
    return table;
}

orm::Table posts()
{
    orm::Table table;
    table.name = u"posts"_s;
    table.columns = {key(), column(u"title"_s, orm::String{255}), column(u"at"_s, orm::DateTime),
                     column(u"author_id"_s, orm::Integer)};
    table.columns[2].serverDefault = {orm::Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
    table.columns[3].references = u"users(id)"_s;
    table.indexes = {{u"ix_posts_title"_s, {u"title"_s}, false}};
    return table;
}

orm::MetaData metaData(const QList<orm::Table> &tables)
{
    orm::MetaData meta;
    for (const orm::Table &table : tables)
        meta.add(table);
    return meta;
}

/// Everything that the database holds: its schema and its rows.
QString dump(orm::Connection &connection)
{
    QString all = connection
                      .scalar(u"SELECT group_concat(type || name || sql, ';') FROM (SELECT * FROM "
                              "sqlite_schema WHERE sql IS NOT NULL ORDER BY name)"_s)
                      .toString();
    const QStringList tables = orm::tableNames(connection);
    for (const QString &table : tables) {
        const auto rows = connection.prepare(u"SELECT * FROM \"%1\""_s.arg(table));
        while (rows->step()) {
            for (int i = 0; i < rows->columnCount(); ++i)
                all += u'|' + rows->columnValue(i).toString();
        }
    }
    return all;
}

} // namespace

/// The difference between a mapping and a database, and making it good.
class SchemaDiffTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void a71_anUnchangedSchemaHasNoDifference();
    void a72_addingAColumnKeepsAllRows();
    void a73_changingATypeRebuildsTheTable();
    void aMissingTableIsCreated();
    void aComputedDefaultIsAddedByARebuild();
    void nothingIsDroppedUnlessItIsNamed();
    void narrowingMustBeNamed();
    void uniqueAndForeignKeysAreAdded();
    void aRowThatBreaksAConstraintStopsIt();
    void anIndexIsAdded();
    void checksTriggersAndViewsAreKept();
    void aBackupIsMadeFirst();
    void whoIsKilledHalfWayLeavesTheOldTable();
    void insideATransactionItIsRefused();
    void notNullIsAddedWhereItIsNamed();
    void aDefaultIsChanged();
    void whatHappensOnDeleteIsChanged();
    void whatTheMappingLeavesOpenIsLeft();
    void whatAnAutoincrementCountedIsKept();
    void rowsKeepTheirNumbers();
    void othersThatNameTheTableStayAsTheyAre();
    void whatWouldBreakAViewOrTriggerIsRefused();
    void aColumnThatATriggerWaitsForStays_data();
    void aColumnThatATriggerWaitsForStays();
    void indexesByExpressionAreKept();

private:
    orm::Connection &connection() { return *m_connection; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<orm::Engine> m_engine;
    std::shared_ptr<orm::Connection> m_connection;
};

void SchemaDiffTest::init()
{
    m_connection.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = orm::Engine::create(orm::DatabaseUrl::sqlite(m_folder->filePath(u"a.db"_s)));
    m_connection = m_engine->connect();
    metaData({users(), posts()}).createAll(connection());
    connection().execute(u"INSERT INTO users VALUES (1, 'ann'), (2, 'ben')"_s);
    connection().execute(u"INSERT INTO posts (title, author_id) VALUES ('a', 1), ('b', 2)"_s);
}

void SchemaDiffTest::a71_anUnchangedSchemaHasNoDifference()
{
    const auto meta = metaData({users(), posts()});
    QCOMPARE(orm::diff(meta, connection()), orm::SchemaDiff());
    SqlTrace trace(connection());
    orm::upgrade(meta, connection());
    for (const QString &sql : trace.all())
        QVERIFY2(sql.startsWith(u"SELECT"_s) || sql.startsWith(u"PRAGMA"_s), qPrintable(sql));
    // Nor have tables and columns that the mapping doesn't know
    connection().execute(u"CREATE TABLE theirs (x)"_s);
    connection().execute(u"ALTER TABLE users ADD COLUMN theirs TEXT"_s);
    connection().execute(u"CREATE INDEX theirs_too ON users (name)"_s);
    QVERIFY(orm::diff(meta, connection()).isEmpty());
}

void SchemaDiffTest::a72_addingAColumnKeepsAllRows()
{
    orm::Table wider = users();
    wider.columns.append(column(u"email"_s, orm::String{120}));
    orm::Column stars = column(u"stars"_s, orm::Integer);
    stars.isNullable = false;
    stars.serverDefault = {orm::Default::Kind::Value, orm::StoredValue::integer(3), {}};
    wider.columns.append(stars);
    const auto meta = metaData({wider, posts()});
    const auto found = orm::diff(meta, connection());
    QCOMPARE(found.sql(),
             (QStringList{u"ALTER TABLE users ADD COLUMN email VARCHAR(120)"_s,
                          u"ALTER TABLE users ADD COLUMN stars INTEGER DEFAULT 3 NOT NULL"_s}));
    orm::upgrade(meta, connection());
    QCOMPARE(connection()
                 .scalar(u"SELECT group_concat(name || stars || coalesce(email, '-')) FROM users"_s)
                 .toString(),
             u"ann3-,ben3-"_s);
    QVERIFY(orm::diff(meta, connection()).isEmpty());

    const QString before = dump(connection());
    orm::Column must = column(u"must"_s, orm::Text);
    must.isNullable = false;
    wider.columns.append(must);
    wider.columns.append(column(u"fine"_s, orm::Text));
    const auto refused = metaData({wider, posts()});
    QVERIFY(orm::diff(refused, connection()).isRefused());
    const QString message
        = messageOf<orm::InvalidRequestError>([&] { orm::upgrade(refused, connection()); });
    QVERIFY2(message.contains(u"users.must"_s), qPrintable(message));
    QCOMPARE(dump(connection()), before);
}

void SchemaDiffTest::a73_changingATypeRebuildsTheTable()
{
    connection().execute(u"CREATE UNIQUE INDEX by_name ON users (name DESC)"_s);
    const auto indexes = orm::reflect(connection(), u"users"_s).indexes;
    const auto referring = orm::foreignKeysTo(connection(), u"users"_s);
    orm::Table changed = users();
    changed.columns[1].type = orm::Text;
    const auto meta = metaData({changed, posts()});
    const auto found = orm::diff(meta, connection());
    QCOMPARE(found.changes.size(), 1);
    QCOMPARE(found.changes.first().kind, Kind::ChangeType);
    QCOMPARE(found.changes.first().from, u"VARCHAR(80)"_s);
    QCOMPARE(found.changes.first().to, u"TEXT"_s);
    QVERIFY(found.changes.first().isRebuild);
    orm::upgrade(meta, connection());
    QCOMPARE(orm::reflect(connection(), u"users"_s).table.columns.at(1).type.kind,
             orm::ColumnType::Kind::Text);
    QVERIFY(orm::reflect(connection(), u"users"_s).table.columns.at(1).isUnique);
    QCOMPARE(orm::reflect(connection(), u"users"_s).indexes, indexes);
    QCOMPARE(orm::foreignKeysTo(connection(), u"users"_s), referring);
    QCOMPARE(connection().scalar(u"SELECT group_concat(id || name) FROM users"_s).toString(),
             u"1ann,2ben"_s);
    QCOMPARE(connection().scalar(u"PRAGMA foreign_keys"_s).toInteger(), 1);
    QCOMPARE(connection().scalar(u"PRAGMA legacy_alter_table"_s).toInteger(), 0);
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"DELETE FROM users WHERE id = 1"_s));
    QVERIFY(orm::diff(meta, connection()).isEmpty());
}

void SchemaDiffTest::aMissingTableIsCreated()
{
    orm::Table tags;
    tags.name = u"tags"_s;
    tags.columns = {key(), column(u"name"_s, orm::Text)};
    tags.indexes = {{u"ix_tags_name"_s, {u"name"_s}, true}};
    const auto meta = metaData({users(), posts(), tags});
    QCOMPARE(orm::diff(meta, connection()).sql(),
             (QStringList{u"CREATE TABLE tags (\n\tid INTEGER NOT NULL, \n\tname TEXT, \n\tPRIMARY "
                          "KEY (id)\n)"_s,
                          u"CREATE UNIQUE INDEX ix_tags_name ON tags (name)"_s}));
    orm::upgrade(meta, connection());
    QVERIFY(orm::diff(meta, connection()).isEmpty());
}

void SchemaDiffTest::aComputedDefaultIsAddedByARebuild()
{
    orm::Table wider = users();
    orm::Column since = column(u"since"_s, orm::DateTime);
    since.isNullable = false;
    since.serverDefault = {orm::Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
    wider.columns.append(since);
    const auto meta = metaData({wider, posts()});
    QVERIFY(orm::diff(meta, connection()).changes.first().isRebuild);
    orm::upgrade(meta, connection());
    QCOMPARE(connection().scalar(u"SELECT count(since) FROM users"_s).toInteger(), 2);
    QVERIFY(orm::diff(meta, connection()).isEmpty());
}

void SchemaDiffTest::nothingIsDroppedUnlessItIsNamed()
{
    connection().execute(u"CREATE TABLE old (x)"_s);
    connection().execute(u"ALTER TABLE users ADD COLUMN nick TEXT"_s);
    connection().execute(u"CREATE INDEX by_name ON users (name)"_s);
    const auto meta = metaData({users(), posts()});
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    const orm::SchemaPermissions permissions{
        .drop = {u"users.nick"_s, u"old"_s, u"by_name"_s, u"posts"_s, u"users.name"_s}};
    const auto found = orm::diff(meta, connection(), permissions);
    QCOMPARE(found.changes.size(), 3); // what the mapping has is not dropped
    orm::upgrade(meta, connection(), permissions);
    QCOMPARE(orm::tableNames(connection()), (QStringList{u"posts"_s, u"users"_s}));
    QCOMPARE(orm::reflect(connection(), u"users"_s).table.columns.size(), 2);
    QCOMPARE(connection().scalar(u"SELECT group_concat(name) FROM users"_s).toString(),
             u"ann,ben"_s);
    QVERIFY(orm::diff(meta, connection(), permissions).isEmpty());
}

void SchemaDiffTest::narrowingMustBeNamed()
{
    orm::Table narrow = users();
    narrow.columns[1].type = orm::String{3};
    const auto meta = metaData({narrow, posts()});
    const QString message
        = messageOf<orm::InvalidRequestError>([&] { orm::upgrade(meta, connection()); });
    QVERIFY2(message.contains(u"users.name"_s), qPrintable(message));
    orm::upgrade(meta, connection(), {.narrow = {u"users.name"_s}});
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    // What fits is no narrowing
    narrow.columns[1].type = orm::String{100};
    const auto wider = metaData({narrow, posts()});
    QVERIFY(!orm::diff(wider, connection()).isRefused());
    narrow.columns[1].type = orm::Integer;
    QVERIFY(orm::diff(metaData({narrow, posts()}), connection()).isRefused());
}

void SchemaDiffTest::uniqueAndForeignKeysAreAdded()
{
    orm::Table tied = posts();
    tied.columns[1].isUnique = true;
    tied.columns.append(column(u"editor_id"_s, orm::Integer));
    tied.columns.last().references = u"users(id)"_s;
    tied.columns.last().onDelete = orm::ForeignKeyAction::SetNull;
    const auto meta = metaData({users(), tied});
    orm::upgrade(meta, connection());
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"INSERT INTO posts (title) VALUES ('a')"_s));
    connection().execute(u"UPDATE posts SET author_id = NULL, editor_id = 2"_s);
    connection().execute(u"DELETE FROM users WHERE id = 2"_s);
    QCOMPARE(connection().scalar(u"SELECT count(editor_id) FROM posts"_s).toInteger(), 0);
    QCOMPARE(connection().scalar(u"SELECT count(*) FROM posts"_s).toInteger(), 2);
}

void SchemaDiffTest::aRowThatBreaksAConstraintStopsIt()
{
    connection().execute(u"UPDATE posts SET title = 'same'"_s);
    connection().execute(
        u"CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, post_id INTEGER)"_s);
    connection().execute(u"INSERT INTO notes VALUES (1, 77)"_s);
    const QString before = dump(connection());
    orm::Table tied = posts();
    tied.columns[1].isUnique = true;
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             orm::upgrade(metaData({users(), tied}), connection()));
    orm::Table notes;
    notes.name = u"notes"_s;
    notes.columns = {key(), column(u"post_id"_s, orm::Integer)};
    notes.columns[1].references = u"posts(id)"_s;
    const QString message = messageOf<orm::IntegrityError>([&] {
        orm::upgrade(metaData({users(), posts(), notes}), connection());
    });
    QVERIFY2(message.contains(u"notes row 1 refers to posts"_s), qPrintable(message));
    QCOMPARE(dump(connection()), before);
    QCOMPARE(connection().scalar(u"PRAGMA foreign_keys"_s).toInteger(), 1);
}

void SchemaDiffTest::anIndexIsAdded()
{
    orm::Table indexed = posts();
    indexed.indexes.append({u"ix_two"_s, {u"author_id"_s, u"title"_s}, true});
    const auto meta = metaData({users(), indexed});
    QCOMPARE(orm::diff(meta, connection()).sql(),
             QStringList{u"CREATE UNIQUE INDEX ix_two ON posts (author_id, title)"_s});
    orm::upgrade(meta, connection());
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    indexed.indexes[1].columns = {u"title"_s};
    const auto other = metaData({users(), indexed});
    QVERIFY(orm::diff(other, connection()).isRefused());
    orm::upgrade(other, connection(), {.drop = {u"ix_two"_s}});
    QVERIFY(orm::diff(other, connection()).isEmpty());
}

void SchemaDiffTest::checksTriggersAndViewsAreKept()
{
    connection().execute(u"CREATE TABLE \"Odd one\" (id INTEGER PRIMARY KEY AUTOINCREMENT, -- key\n"
                         "price VARCHAR(9) COLLATE NOCASE CONSTRAINT dear CHECK (price <> 'x, y'),"
                         " twice TEXT AS (price || price) STORED, "
                         "CONSTRAINT pair UNIQUE (price, id) /* last */)"_s);
    connection().execute(u"INSERT INTO \"Odd one\" (id, price) VALUES (7, '1')"_s);
    connection().execute(u"CREATE TABLE log (x)"_s);
    connection().execute(u"CREATE TRIGGER t AFTER INSERT ON \"Odd one\" BEGIN INSERT INTO log "
                         "VALUES (new.id); END"_s);
    connection().execute(u"CREATE VIEW v AS SELECT price FROM \"Odd one\""_s);
    connection().execute(u"CREATE INDEX part ON \"Odd one\" (price) WHERE id > 3"_s);
    orm::Table odd;
    odd.name = u"Odd one"_s;
    odd.columns = {key(), column(u"price"_s, orm::Text)};
    orm::upgrade(metaData({odd}), connection());

    const auto live = orm::reflect(connection(), u"Odd one"_s);
    QCOMPARE(live.table.columns.at(1).type.kind, orm::ColumnType::Kind::Text);
    QCOMPARE(orm::collationOf(connection(), u"Odd one"_s, u"price"_s), u"NOCASE"_s);
    QVERIFY(live.hasTriggers);
    QCOMPARE(live.generated, QStringList{u"twice"_s});
    QCOMPARE(connection().scalar(u"SELECT twice FROM \"Odd one\""_s).toString(), u"11"_s);
    QCOMPARE(connection().scalar(u"SELECT price FROM v"_s).toString(), u"1"_s);
    QCOMPARE(connection().scalar(u"SELECT count(*) FROM log"_s).toInteger(), 0);
    connection().execute(u"DELETE FROM \"Odd one\""_s);
    connection().execute(u"INSERT INTO \"Odd one\" (price) VALUES ('2')"_s);
    QCOMPARE(connection().scalar(u"SELECT x FROM log"_s).toInteger(), 8); // AUTOINCREMENT counts on
    const auto error = thrown<orm::IntegrityError>(
        [&] { connection().execute(u"INSERT INTO \"Odd one\" (price) VALUES ('x, y')"_s); });
    QVERIFY(error);
    QCOMPARE(error->name, u"dear"_s);
    QVERIFY(connection()
                .scalar(u"SELECT sql FROM sqlite_schema WHERE name = 'part'"_s)
                .toString()
                .contains(u"WHERE id > 3"_s));
}

void SchemaDiffTest::aBackupIsMadeFirst()
{
    const QString before = dump(connection());
    orm::Table wider = users();
    wider.columns.append(column(u"email"_s, orm::Text));
    const QString backup = m_folder->filePath(u"before.db"_s);
    orm::upgrade(metaData({wider, posts()}), connection(), {}, backup);
    const auto copy = orm::Engine::create(orm::DatabaseUrl::sqlite(backup)).connect();
    QCOMPARE(dump(*copy), before);
    // Where it can't be made, nothing else is done
    wider.columns.append(column(u"more"_s, orm::Text));
    const QString after = dump(connection());
    QVERIFY_THROWS_EXCEPTION(orm::Error,
                             orm::upgrade(metaData({wider, posts()}), connection(), {},
                                          m_folder->filePath(u"none/x.db"_s)));
    QCOMPARE(dump(connection()), after);
}

void SchemaDiffTest::whoIsKilledHalfWayLeavesTheOldTable()
{
    const QString before = dump(connection());
    const QString file = m_engine->url().database;
    m_connection.reset();
    orm::Table changed = users();
    changed.columns[1].type = orm::Text;
    const pid_t child = fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        const auto own = orm::Engine::create(orm::DatabaseUrl::sqlite(file)).connect();
        own->setTrace([](const QString &sql) {
            if (sql.startsWith(u"ALTER TABLE"_s)) // the old one is dropped already
                ::kill(::getpid(), SIGKILL);
        });
        orm::upgrade(metaData({changed, posts()}), *own);
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    m_connection = m_engine->connect();
    QCOMPARE(dump(connection()), before);
    QCOMPARE(connection().scalar(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
}

void SchemaDiffTest::insideATransactionItIsRefused()
{
    const orm::Transaction transaction(connection());
    QVERIFY_THROWS_EXCEPTION(orm::InvalidRequestError,
                             orm::upgrade(metaData({users(), posts()}), connection()));
}

void SchemaDiffTest::notNullIsAddedWhereItIsNamed()
{
    orm::Table strict = posts();
    strict.columns[1].isNullable = false;
    const auto meta = metaData({users(), strict});
    const auto found = orm::diff(meta, connection());
    QCOMPARE(found.changes.size(), 1);
    QCOMPARE(found.changes.first().kind, Kind::AddNotNull);
    const QString message
        = messageOf<orm::InvalidRequestError>([&] { orm::upgrade(meta, connection()); });
    QVERIFY2(message.contains(u"posts.title"_s), qPrintable(message));

    connection().execute(u"INSERT INTO posts (title) VALUES (NULL)"_s);
    const QString before = dump(connection());
    const orm::SchemaPermissions named{.drop = {}, .narrow = {u"posts.title"_s}};
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, orm::upgrade(meta, connection(), named));
    QCOMPARE(dump(connection()), before);
    connection().execute(u"DELETE FROM posts WHERE title IS NULL"_s);
    orm::upgrade(meta, connection(), named);
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    QCOMPARE(connection().scalar(u"SELECT group_concat(title) FROM posts"_s).toString(), u"a,b"_s);
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"INSERT INTO posts (title) VALUES (NULL)"_s));
}

void SchemaDiffTest::aDefaultIsChanged()
{
    connection().execute(
        u"CREATE TABLE marks (id INTEGER PRIMARY KEY, "
        "n INTEGER DEFAULT -1.5 NOT NULL, -- the first\n"
        "t VARCHAR(9) CONSTRAINT d DEFAULT 'it''s, (1)' COLLATE NOCASE CHECK (t <> 'x'), "
        "same VARCHAR(9) DEFAULT ('3'))"_s);
    connection().execute(u"INSERT INTO marks (id) VALUES (1)"_s);
    orm::Table marks;
    marks.name = u"marks"_s;
    marks.columns = {key(), column(u"n"_s, orm::Integer), column(u"t"_s, orm::String{9}),
                     column(u"same"_s, orm::String{9})};
    marks.columns[1].serverDefault = {orm::Default::Kind::Value, orm::StoredValue::integer(4), {}};
    marks.columns[2].serverDefault = {orm::Default::Kind::Sql, {}, u"lower('A')"_s};
    marks.columns[3].serverDefault = {orm::Default::Kind::Value, orm::StoredValue::integer(3), {}};
    const auto meta = metaData({marks});
    const auto found = orm::diff(meta, connection());
    QCOMPARE(found.changes.size(), 2);
    QCOMPARE(found.changes.first().kind, Kind::ChangeDefault);
    QCOMPARE(found.changes.first().from, u"-1.5"_s);
    QCOMPARE(found.changes.first().to, u"4"_s);
    orm::upgrade(meta, connection());
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    connection().execute(u"INSERT INTO marks (id) VALUES (2)"_s);
    QCOMPARE(
        connection().scalar(u"SELECT group_concat(n || t || same, ' ') FROM marks"_s).toString(),
        u"-1.5it's, (1)3 4a3"_s);
    QCOMPARE(orm::collationOf(connection(), u"marks"_s, u"t"_s), u"NOCASE"_s);
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"INSERT INTO marks (t) VALUES ('x')"_s));
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"INSERT INTO marks (n) VALUES (NULL)"_s));
}

void SchemaDiffTest::whatHappensOnDeleteIsChanged()
{
    connection().execute(
        u"CREATE TABLE notes (id INTEGER PRIMARY KEY, post_id INTEGER CONSTRAINT p "
        "REFERENCES posts (id) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE "
        "INITIALLY DEFERRED, other INTEGER, FOREIGN KEY (other) REFERENCES users)"_s);
    connection().execute(u"INSERT INTO notes VALUES (1, 2, 1)"_s);
    orm::Table notes;
    notes.name = u"notes"_s;
    notes.columns = {key(), column(u"post_id"_s, orm::Integer), column(u"other"_s, orm::Integer)};
    notes.columns[1].references = u"posts(id)"_s;
    notes.columns[2].references = u"users(id)"_s;
    const auto open = metaData({users(), posts(), notes});
    QVERIFY(orm::diff(open, connection()).isEmpty()); // the mapping says nothing of it
    notes.columns[1].onDelete = orm::ForeignKeyAction::Cascade;
    notes.columns[2].onDelete = orm::ForeignKeyAction::SetNull;
    const auto meta = metaData({users(), posts(), notes});
    const auto found = orm::diff(meta, connection());
    QCOMPARE(found.changes.size(), 2);
    QCOMPARE(found.changes.first().kind, Kind::ChangeForeignKey);
    QCOMPARE(found.changes.first().from, u"SET NULL"_s);
    QCOMPARE(found.changes.first().to, u"CASCADE"_s);
    orm::upgrade(meta, connection());
    QVERIFY(orm::diff(meta, connection()).isEmpty());
    const auto live = orm::reflect(connection(), u"notes"_s);
    QCOMPARE(live.foreignKeys.size(), 2);
    const QString sql
        = connection().scalar(u"SELECT sql FROM sqlite_schema WHERE name = 'notes'"_s).toString();
    QVERIFY2(sql.contains(u"ON UPDATE CASCADE"_s) && sql.contains(u"INITIALLY DEFERRED"_s)
                 && sql.contains(u"CONSTRAINT p"_s),
             qPrintable(sql));
    connection().execute(u"DELETE FROM posts WHERE id = 2"_s);
    QCOMPARE(connection().scalar(u"SELECT count(*) FROM notes"_s).toInteger(), 0);
}

/// Another order of the columns, a NOT NULL, defaults, checks and collations that no mapping knows.
void SchemaDiffTest::whatTheMappingLeavesOpenIsLeft()
{
    connection().execute(
        u"CREATE TABLE notes (b VARCHAR(9) NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK "
        "(b <> ''), id INTEGER NOT NULL PRIMARY KEY)"_s);
    orm::Table notes;
    notes.name = u"notes"_s;
    notes.columns = {key(), column(u"b"_s, orm::String{9})};
    QVERIFY(orm::diff(metaData({notes}), connection()).isEmpty());
    notes.columns[1].type = orm::Text;
    orm::upgrade(metaData({notes}), connection());
    QCOMPARE(
        connection().scalar(u"SELECT sql FROM sqlite_schema WHERE name = 'notes'"_s).toString(),
        u"CREATE TABLE \"notes\" (\n\tb TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK (b <> ''),\n"
        "\tid INTEGER NOT NULL PRIMARY KEY\n)"_s);
}

void SchemaDiffTest::whatAnAutoincrementCountedIsKept()
{
    connection().execute(
        u"CREATE TABLE \"it's\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(9))"_s);
    connection().execute(u"INSERT INTO \"it's\" (id) VALUES (1), (40)"_s);
    connection().execute(u"DELETE FROM \"it's\" WHERE id = 40"_s); // was given, and never is again
    orm::Table numbered;
    numbered.name = u"it's"_s;
    numbered.columns = {key(), column(u"name"_s, orm::Text)};
    orm::upgrade(metaData({numbered}), connection());
    connection().execute(u"INSERT INTO \"it's\" (name) VALUES ('next')"_s);
    QCOMPARE(connection().scalar(u"SELECT max(id) FROM \"it's\""_s).toInteger(), 41);
    QCOMPARE(connection().scalar(u"SELECT count(*) FROM sqlite_sequence"_s).toInteger(), 1);
}

/// Whoever tied something to rowids finds it again: a search index, say.
void SchemaDiffTest::rowsKeepTheirNumbers()
{
    connection().execute(
        u"CREATE TABLE words (word VARCHAR(9) NOT NULL PRIMARY KEY, rowid TEXT)"_s);
    connection().execute(u"INSERT INTO words (_rowid_, word) VALUES (5, 'a'), (9, 'b')"_s);
    connection().execute(
        u"CREATE TABLE pairs (a VARCHAR(9) NOT NULL, PRIMARY KEY (a)) WITHOUT ROWID"_s);
    connection().execute(u"INSERT INTO pairs VALUES ('x')"_s);
    orm::Table words;
    words.name = u"words"_s;
    words.columns = {column(u"word"_s, orm::Text)};
    words.columns[0].isPrimaryKey = true;
    words.columns[0].isNullable = false;
    orm::Table pairs = words;
    pairs.name = u"pairs"_s;
    pairs.columns[0].name = u"a"_s;
    orm::upgrade(metaData({words, pairs}), connection());
    QCOMPARE(connection()
                 .scalar(u"SELECT group_concat(_rowid_ || word) FROM words ORDER BY word"_s)
                 .toString(),
             u"5a,9b"_s);
    QCOMPARE(connection().scalar(u"SELECT a FROM pairs"_s).toString(), u"x"_s);
    QVERIFY(orm::reflect(connection(), u"pairs"_s).isWithoutRowid);
}

void SchemaDiffTest::othersThatNameTheTableStayAsTheyAre()
{
    connection().execute(u"CREATE TABLE seen (name TEXT)"_s);
    connection().execute(
        u"CREATE VIEW names AS SELECT u.name, p.title FROM users u JOIN posts p ON "
        "p.author_id = u.id"_s);
    connection().execute(u"CREATE VIEW upper_names AS SELECT upper(name) AS n FROM names"_s);
    connection().execute(
        u"CREATE TRIGGER of_posts AFTER UPDATE ON posts BEGIN INSERT INTO seen SELECT "
        "name FROM users WHERE id = new.author_id; END"_s);
    connection().execute(
        u"CREATE TRIGGER of_view INSTEAD OF INSERT ON names BEGIN INSERT INTO users "
        "(name) VALUES (new.name); END"_s);
    const QString others
        = u"SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE "
          "name <> 'users' AND sql IS NOT NULL ORDER BY name)"_s;
    const QString before = connection().scalar(others).toString();
    orm::Table changed = users();
    changed.columns[1].type = orm::Text;
    orm::upgrade(metaData({changed, posts()}), connection());
    QCOMPARE(connection().scalar(others).toString(), before);
    connection().execute(u"UPDATE posts SET title = 'z' WHERE id = 2"_s);
    connection().execute(u"INSERT INTO names (name) VALUES ('cid')"_s);
    QCOMPARE(connection().scalar(u"SELECT name FROM seen"_s).toString(), u"ben"_s);
    QCOMPARE(connection().scalar(u"SELECT group_concat(n) FROM upper_names"_s).toString(),
             u"ANN,BEN"_s);
    QCOMPARE(connection().scalar(u"SELECT count(*) FROM users"_s).toInteger(), 3);
}

void SchemaDiffTest::whatWouldBreakAViewOrTriggerIsRefused()
{
    connection().execute(u"ALTER TABLE users ADD COLUMN nick TEXT"_s);
    const orm::SchemaPermissions named{.drop = {u"users.nick"_s}};
    const auto meta = metaData({users(), posts()});
    const auto refusal = [&] {
        const QString before = dump(connection());
        const QString message
            = messageOf<orm::InvalidRequestError>([&] { orm::upgrade(meta, connection(), named); });
        return dump(connection()) == before ? message : u"it was changed"_s;
    };
    connection().execute(u"CREATE VIEW nicks AS SELECT nick FROM users"_s);
    QVERIFY2(refusal().contains(u"Reading nicks would not work"_s), qPrintable(refusal()));
    connection().execute(u"DROP VIEW nicks"_s);
    connection().execute(
        u"CREATE TRIGGER t AFTER DELETE ON posts BEGIN UPDATE users SET nick = 'x' "
        "WHERE id = old.author_id; END"_s);
    QVERIFY2(refusal().contains(u"A delete from posts would not work"_s), qPrintable(refusal()));
    connection().execute(u"DROP TRIGGER t"_s);
    orm::upgrade(meta, connection(), named);
    QCOMPARE(orm::reflect(connection(), u"users"_s).table.columns.size(), 2);
}

void SchemaDiffTest::aColumnThatATriggerWaitsForStays_data()
{
    QTest::addColumn<QString>("trigger");
    QTest::addColumn<QString>("refusal"); // empty: the trigger does not mind
    const QString isWaitedFor = u"users.nick can't be dropped: the trigger t runs when it is "
                                "updated, and must be dropped first"_s;
    const QString body = u" BEGIN SELECT 1; END"_s;
    QTest::newRow("alone") << u"AFTER UPDATE OF nick ON users"_s + body << isWaitedFor;
    QTest::newRow("beside others")
        << u"UPDATE OF name, /* of, */ \"NICK\" ON users"_s + body << isWaitedFor;
    QTest::newRow("through a view")
        << u"INSTEAD OF UPDATE OF nick ON everyone"_s + body
        << u"The trigger t for nick would not work any more: no such column: everyone.nick"_s;
    QTest::newRow("another column") << u"BEFORE UPDATE OF name ON users"_s + body << QString();
    QTest::newRow("any column") << u"AFTER UPDATE ON users BEGIN SELECT 'nick'; END"_s << QString();
    QTest::newRow("an update in what it does")
        << u"AFTER DELETE ON users BEGIN UPDATE of SET nick = 1; END"_s << QString();
    QTest::newRow("another table's") << u"UPDATE OF nick ON \"of\""_s + body << QString();
    QTest::newRow("what never was") << u"UPDATE OF nickname, name ON users"_s + body << QString();
}

/// Else the trigger would stay, and never run again.
void SchemaDiffTest::aColumnThatATriggerWaitsForStays()
{
    QFETCH(const QString, trigger);
    QFETCH(const QString, refusal);
    connection().execute(u"ALTER TABLE users ADD COLUMN nick TEXT"_s);
    connection().execute(u"CREATE TABLE \"of\" (nick TEXT)"_s);
    connection().execute(u"CREATE VIEW everyone AS SELECT * FROM users"_s);
    connection().execute(u"CREATE TRIGGER any INSTEAD OF UPDATE ON everyone BEGIN SELECT 1; END"_s);
    connection().execute(u"CREATE TRIGGER t "_s + trigger);
    const orm::SchemaPermissions named{.drop = {u"users.nick"_s}};
    const auto meta = metaData({users(), posts()});
    if (refusal.isEmpty()) {
        orm::upgrade(meta, connection(), named);
        QVERIFY(orm::diff(meta, connection(), named).isEmpty());
        return;
    }
    const QString before = dump(connection());
    const bool isSeen = !trigger.startsWith(u"INSTEAD"_s); // what a view shows, nobody asks before
    QCOMPARE(orm::diff(meta, connection(), named).isRefused(), isSeen);
    QCOMPARE(messageOf<orm::InvalidRequestError>([&] { orm::upgrade(meta, connection(), named); }),
             refusal);
    QCOMPARE(dump(connection()), before);
    connection().execute(u"DROP TRIGGER t"_s);
    orm::upgrade(meta, connection(), named);
    QCOMPARE(orm::reflect(connection(), u"users"_s).table.columns.size(), 2);
}

void SchemaDiffTest::indexesByExpressionAreKept()
{
    const QStringList sql{
        u"CREATE UNIQUE INDEX by_lower ON users (lower(name) COLLATE NOCASE DESC)"_s,
        u"CREATE INDEX some ON users (id, name) WHERE name > 'b' AND id <> 3"_s};
    for (const QString &one : sql)
        connection().execute(one);
    orm::Table changed = users();
    changed.columns[1].type = orm::Text;
    orm::upgrade(metaData({changed, posts()}), connection());
    QCOMPARE(
        connection()
            .scalar(u"SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE "
                    "type = 'index' AND tbl_name = 'users' AND sql IS NOT NULL ORDER BY name)"_s)
            .toString(),
        sql.join(u';'));
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError,
                             connection().execute(u"INSERT INTO users (name) VALUES ('ANN')"_s));
}

QTEST_GUILESS_MAIN(SchemaDiffTest)
#include "tst_schemadiff.moc"
