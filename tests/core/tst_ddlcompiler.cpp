// SPDX-License-Identifier: MIT
#include "core/dialect/ddlcompiler.h"
#include "core/dialect/dialect.h"
#include "tests/support/alltypes.h"
#include "tests/support/blogschema.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::Column;
using orm::Table;

namespace {

/// Whose numbers are never given again.
struct Counted
{
    qint64 id = 0;
    QString name = {};
};

/// With what the database itself does: an index, a foreign key that deletes along.
struct Word
{
    qint64 id = 0;
    QString word = {};
    std::optional<qint64> ownerId = {};
};

} // namespace

template<>
struct orm::Mapping<Word>
{
    static constexpr auto table = orm::table<Word>(
        "indexed_words",
        {column<&Word::id>("id", primaryKey),
         column<&Word::word>("word", String{40}, indexed("ix_word")),
         column<&Word::ownerId>("owner_id", references("counted(id)", ForeignKeyAction::Cascade),
                                indexed("Ix owner"))});
};

template<>
struct orm::Mapping<Counted>
{
    static constexpr auto table
        = orm::table<Counted>("counted",
                              {column<&Counted::id>("id", primaryKey, autoincrement),
                               column<&Counted::name>("name", String{40}, unique)});
};

namespace {

const orm::Dialect &dialect()
{
    return orm::Dialect::of(u"sqlite"_s);
}

Column column(const QString &name, const orm::ColumnType &type)
{
    Column column;
    column.name = name;
    column.type = type;
    return column;
}

/// The tutorial's model.
Table tutorial()
{
    Table table;
    table.name = u"tutorial"_s;
    table.columns = {column(u"id"_s, orm::Integer), column(u"title"_s, orm::String{255}),
                     column(u"content"_s, orm::Text), column(u"created_at"_s, orm::DateTime)};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    table.columns[3].clientDefault = {orm::Default::Kind::Sql, {}, u"CURRENT_TIMESTAMP"_s};
    return table;
}

Table odd()
{
    Table table;
    table.name = u"Odd name"_s;
    table.columns = {column(u"Id"_s, orm::Integer), column(u"select"_s, orm::Text),
                     column(u"a\"b"_s, orm::Text), column(u"5th"_s, orm::Integer),
                     column(u"stra\u00DFe"_s, orm::Text)};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    table.columns[1].isUnique = true;
    table.columns[1].serverDefault
        = {orm::Default::Kind::Value, orm::StoredValue::text(u"it's"), {}};
    return table;
}

/// Names that must be quoted wherever one can stand.
Table oddLinks()
{
    Table table;
    table.name = u"Odd links"_s;
    table.columns = {column(u"Order"_s, orm::Integer), column(u"Group"_s, orm::Integer),
                     column(u"a b"_s, orm::Integer)};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    table.columns[1].references = u"Odd name(Id)"_s;
    table.foreignKeys = {{{u"Group"_s, u"a b"_s},
                          u"Odd pairs"_s,
                          {u"X"_s, u"y z"_s},
                          orm::ForeignKeyAction::NoAction}};
    table.indexes
        = {{{}, {u"Group"_s, u"a b"_s}, true}, {u"Ix odd"_s, {u"a b"_s, u"Group"_s}, true}};
    return table;
}

/// What the others have none of: each action of a foreign key, defaults that must be there, an index of
/// two columns that is unique.
Table forms()
{
    using Action = orm::ForeignKeyAction;
    Table table;
    table.name = u"forms"_s;
    table.columns = {column(u"id"_s, orm::Integer),    column(u"strict"_s, orm::Integer),
                     column(u"loose"_s, orm::Integer), column(u"fallback"_s, orm::Integer),
                     column(u"share"_s, orm::Float),   column(u"state"_s, orm::String{8})};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    constexpr Action actions[]{Action::Restrict, Action::SetNull, Action::SetDefault};
    for (int i = 0; i < 3; ++i) {
        table.columns[i + 1].references = u"counted(id)"_s;
        table.columns[i + 1].onDelete = actions[i];
    }
    table.columns[3].serverDefault = {orm::Default::Kind::Value, orm::StoredValue::integer(-1), {}};
    table.columns[4].serverDefault = {orm::Default::Kind::Value, orm::StoredValue::real(0.5), {}};
    table.columns[5].serverDefault
        = {orm::Default::Kind::Value, orm::StoredValue::text(u"new"_s), {}};
    table.columns[4].isNullable = false;
    table.columns[5].isNullable = false;
    table.indexes = {{u"ux_forms"_s, {u"state"_s, u"share"_s}, true}};
    return table;
}

} // namespace

/// CREATE and DROP, compared whole with what SQLAlchemy writes.
class DdlCompilerTest final : public QObject
{
    Q_OBJECT

private slots:
    void createsWhatSqlAlchemyCreates();
    void keysOfSeveralColumns();
    void theDatabaseTakesIt();
    void literals();
    void drops();
};

void DdlCompilerTest::createsWhatSqlAlchemyCreates()
{
    QFile file(QStringLiteral(POSTDESK_SOURCE_DIR "/tests/data/ddl/sqlite.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QStringList expected;
    QString statement;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(u"--"_s) || line.isEmpty())
            continue;
        statement += line + u'\n';
        if (line == u");"_s || line.contains(u" INDEX "_s)) {
            expected.append(statement.chopped(2));
            statement.clear();
        }
    }

    QList<Table> tables{tutorial()};
    for (const orm::Mapper *mapper :
         {&orm::Mapper::of<blog::User>(), &orm::Mapper::of<blog::Post>(),
          &orm::Mapper::of<blog::Comment>(), &orm::Mapper::of<blog::Tag>(),
          &orm::Mapper::of<blog::PostTag>(), &orm::Mapper::of<blog::Setting>(),
          &orm::Mapper::of<blog::Vote>(), &orm::Mapper::of<blog::Doc>(),
          &orm::Mapper::of<blog::Node>(), &orm::Mapper::of<blog::Stamp>(),
          &orm::Mapper::of<blog::Blank>(), &orm::Mapper::of<AllTypes>()})
        tables.append(mapper->table());
    tables.append(odd());
    tables.append(oddLinks());
    tables.append(orm::Mapper::of<Counted>().table());
    tables.append(orm::Mapper::of<Word>().table());
    tables.append(forms());
    QStringList compiled;
    for (const Table &table : std::as_const(tables)) {
        compiled.append(compileCreateTable(table, dialect()));
        for (const orm::Index &index : table.indexes) {
            if (!index.name.isEmpty()) // else it is part of the table
                compiled.append(compileCreateIndex(table, index, dialect()));
        }
    }
    QCOMPARE(compiled.size(), expected.size());
    for (qsizetype i = 0; i < compiled.size(); ++i)
        QCOMPARE(compiled.at(i), expected.at(i));
}

void DdlCompilerTest::keysOfSeveralColumns()
{
    Table table;
    table.name = u"several"_s;
    table.columns = {column(u"id"_s, orm::Integer), column(u"a"_s, orm::Integer),
                     column(u"b"_s, orm::String{8})};
    table.columns[0].isPrimaryKey = true;
    table.columns[0].isNullable = false;
    table.indexes = {{{}, {u"a"_s, u"b"_s}, true}};
    table.foreignKeys
        = {{{u"a"_s, u"b"_s}, u"pairs"_s, {u"x"_s, u"Y"_s}, orm::ForeignKeyAction::Cascade}};
    QCOMPARE(compileCreateTable(table, dialect()),
             u"CREATE TABLE several (\n\tid INTEGER NOT NULL, \n\ta INTEGER, \n\tb VARCHAR(8), \n"
             "\tPRIMARY KEY (id), \n\tUNIQUE (a, b), \n\tFOREIGN KEY(a, b) REFERENCES pairs (x, "
             "\"Y\") ON DELETE CASCADE\n)"_s);
}

void DdlCompilerTest::theDatabaseTakesIt()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    const auto connection = engine.connect();
    connection->execute(compileCreateTable(odd(), dialect()));
    connection->execute(u"INSERT INTO \"Odd name\" DEFAULT VALUES"_s);
    QCOMPARE(connection->scalar(u"SELECT \"select\" FROM \"Odd name\""_s).toString(), u"it's"_s);
    const QString stored
        = connection->scalar(u"SELECT sql FROM sqlite_schema WHERE name = 'Odd name'"_s).toString();
    QCOMPARE(stored, compileCreateTable(odd(), dialect()));
    connection->execute(compileDropTable(odd(), dialect()));
    QCOMPARE(connection->scalar(u"SELECT count(*) FROM sqlite_schema WHERE type = 'table'"_s)
                 .toInteger(),
             0);
}

void DdlCompilerTest::literals()
{
    QCOMPARE(dialect().literal({}), u"NULL"_s);
    QCOMPARE(dialect().literal(orm::StoredValue::integer(-3)), u"-3"_s);
    QCOMPARE(dialect().literal(orm::StoredValue::real(1)), u"1.0"_s);
    QCOMPARE(dialect().literal(orm::StoredValue::text(u"it's")), u"'it''s'"_s);
    QCOMPARE(dialect().literal(orm::StoredValue::blob(QByteArray("\0\xFF", 2))), u"X'00ff'"_s);
}

void DdlCompilerTest::drops()
{
    QCOMPARE(compileDropTable(odd(), dialect()), u"DROP TABLE \"Odd name\""_s);
}

QTEST_GUILESS_MAIN(DdlCompilerTest)
#include "tst_ddlcompiler.moc"
