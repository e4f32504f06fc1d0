// SPDX-License-Identifier: MIT
#include "tests/support/alltypes.h"
#include "tests/support/blogschema.h"
#include "tests/support/habit.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using orm::ColumnType;
using orm::Mapper;
using orm::StoredValue;
using Statements = orm::ConnectionOptions::Statements;

/// A duration, as a type of the user's own.
struct Minutes
{
    int count = 0;
    bool operator==(const Minutes &) const = default;
};

template<>
struct orm::TypeTraits<Minutes>
{
    static constexpr ColumnType columnType = String{20};
    static constexpr bool accepts(ColumnType::Kind kind)
    {
        return kind == ColumnType::Kind::String;
    }
    static StoredValue toStored(const Minutes &value)
    {
        return StoredValue::text(QString::number(value.count) + u" min"_s);
    }
    static void fromStored(Minutes &member, const StoredValue &value)
    {
        member.count = value.toString().section(u' ', 0, 0).toInt();
    }
};

struct Walk
{
    qint64 id = 0;
    Minutes length = {};
    std::optional<Minutes> rest = {};
};

template<>
struct orm::Mapping<Walk>
{
    static constexpr auto table
        = orm::table<Walk>("walks",
                           {column<&Walk::id>("id", primaryKey), column<&Walk::length>("length"),
                            column<&Walk::rest>("rest")});
};

/// Mappings: their facts at run time, and each type there and back.
class MappingTest final : public QObject
{
    Q_OBJECT

private slots:
    void tablesSayWhatTheMappingSays();
    void rolesAndLabels();
    void enumsAreStoredByName();
    void valuesByColumn();
    void valuesAreCheckedBeforeTheyAreSet();
    void everyTypeThereAndBack_data();
    void everyTypeThereAndBack();
    void optionalsThereAndBack_data();
    void optionalsThereAndBack();
    void howTypesAreStored();
    void whatCannotBeStored_data();
    void whatCannotBeStored();
    void booleansOfOtherPrograms();
    void uuidsOfOtherPrograms();
    void decimalsAreExact();
    void integersKeepTheirSize();
    void ownTypes();
    void aSecondStructNeedsNoMore();
    void textThatLooksLikeANumberStaysText();
};

void MappingTest::tablesSayWhatTheMappingSays()
{
    const Mapper &mapper = Mapper::of<blog::Post>();
    QCOMPARE(&mapper, &Mapper::of<blog::Post>());
    const orm::Table &table = mapper.table();
    QCOMPARE(table.name, u"posts"_s);
    QCOMPARE(table.columns.size(), 5);
    QVERIFY(table.columns.at(0).isPrimaryKey);
    QVERIFY(!table.columns.at(0).isNullable);
    QVERIFY(!table.columns.at(1).isNullable); // no optional: there is always a value
    QCOMPARE(table.columns.at(1).type, ColumnType(orm::String{255}));
    QVERIFY(table.columns.at(2).isNullable);
    QCOMPARE(table.columns.at(3).serverDefault.sql, u"CURRENT_TIMESTAMP"_s);
    QVERIFY(!table.columns.at(3).clientDefault);
    QCOMPARE(table.columns.at(4).references, u"users(id)"_s);
    QVERIFY(mapper.hasIntegerKey());
    QCOMPARE(mapper.versionColumn(), -1);
    QCOMPARE(Mapper::of<blog::Doc>().versionColumn(), 2);
    QVERIFY(!Mapper::of<blog::Vote>().hasIntegerKey());
    QVERIFY(!Mapper::of<blog::Setting>().hasIntegerKey());
    const orm::Table &stamps = Mapper::of<blog::Stamp>().table();
    QCOMPARE(stamps.columns.at(2).clientDefault.value, StoredValue::text(u"draft"));
    QCOMPARE(stamps.columns.at(2).onUpdate.value, StoredValue::text(u"edited"));
    QCOMPARE(stamps.columns.at(3).serverDefault.value, StoredValue::integer(3));
    QVERIFY(Mapper::of<blog::Tag>().table().columns.at(1).isUnique);
}

void MappingTest::rolesAndLabels()
{
    const orm::Table &table = Mapper::of<Habit>().table();
    QCOMPARE(table.singular, u"habit"_s);
    QCOMPARE(table.plural, u"habits"_s);
    QCOMPARE(table.indexOf(orm::Role::Title), 0);
    QCOMPARE(table.columns.at(1).label, u"&Daily"_s);
    QCOMPARE(table.columns.at(1).text(), u"Daily"_s);
    QCOMPARE(Mapper::of<blog::Tag>().table().singular, u"tags"_s); // nothing said
}

void MappingTest::enumsAreStoredByName()
{
    const ColumnType type = Mapper::of<Habit>().table().columns.at(3).type;
    QCOMPARE(type.kind, ColumnType::Kind::Enum);
    QStringList names;
    for (const char *const *name = type.enumNames; *name; ++name)
        names.append(QString::fromLatin1(*name));
    QCOMPARE(names, QStringList({u"Good"_s, u"Fair"_s, u"Bad"_s}));
    QCOMPARE(orm::TypeTraits<Mood>::toStored(Mood::Fair), StoredValue::text(u"Fair"));
    QVERIFY_THROWS_EXCEPTION(orm::DataError, orm::TypeTraits<Mood>::toStored(static_cast<Mood>(9)));
    Mood mood = Mood::Good;
    orm::TypeTraits<Mood>::fromStored(mood, StoredValue::text(u"Bad"));
    QCOMPARE(mood, Mood::Bad);
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             orm::TypeTraits<Mood>::fromStored(mood, StoredValue::text(u"bad")));
}

void MappingTest::valuesByColumn()
{
    const Mapper &mapper = Mapper::of<Habit>();
    Habit habit{.name = u"walk"_s, .hours = 1.5, .since = QDate(2023, 10, 26)};
    QCOMPARE(mapper.value(&habit, 0), StoredValue::text(u"walk"));
    QCOMPARE(mapper.value(&habit, 1), StoredValue::integer(0));
    QCOMPARE(mapper.value(&habit, 2), StoredValue::real(1.5));
    QCOMPARE(mapper.value(&habit, 3), StoredValue::text(u"Good"));
    QCOMPARE(mapper.value(&habit, 4), StoredValue::text(u"2023-10-26"));
    mapper.setValue(&habit, 1, StoredValue::integer(1));
    mapper.setValue(&habit, 4, {});
    QVERIFY(habit.isDaily);
    QVERIFY(!habit.since);
    QCOMPARE(mapper.keyOf(&habit), orm::Key::values({StoredValue::text(u"walk")}));
}

void MappingTest::valuesAreCheckedBeforeTheyAreSet()
{
    const Mapper &mapper = Mapper::of<Habit>();
    Habit habit{.name = u"walk"_s};
    const auto refuses = [&](int column, const StoredValue &value) {
        const auto error = thrown<orm::DataError>([&] { mapper.setValue(&habit, column, value); });
        return error && error->table == u"habits"_s
            && error->column == mapper.table().columns.at(column).name;
    };
    QVERIFY(refuses(0, StoredValue::text(QString(41, u'x'))));
    QVERIFY(refuses(0, {}));
    QVERIFY(refuses(0, StoredValue::utf8("\xFF")));
    QVERIFY(refuses(1, StoredValue::text(u"yes")));
    QVERIFY(refuses(3, StoredValue::text(u"Awful")));
    QVERIFY(refuses(4, StoredValue::text(u"soon")));
    QCOMPARE(habit.name, u"walk"_s);
}

namespace {

AllTypes filled()
{
    AllTypes all;
    all.id = 1;
    all.isOn = true;
    all.ratio = 0.1;
    all.price = *orm::Decimal::fromString(u"12345678.90"_s);
    all.day = QDate(2023, 10, 26);
    all.hour = QTime(10, 11, 12, 345);
    all.at = QDateTime(QDate(2023, 10, 26), QTime(10, 11, 12, 345), Qt::UTC);
    all.mood = AllTypes::Mood::Bad;
    all.data = QByteArray("\0\xFF", 2);
    all.note = QJsonDocument(QJsonObject{{u"a"_s, u"\u00E4"_s}});
    all.token = QUuid(u"{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"_s);
    all.exact = *orm::Decimal::fromString(u"-123456789012345678901234567890.5"_s);
    return all;
}

void addImplementations()
{
    QTest::addColumn<Statements>("statements");

    QTest::newRow("native") << Statements::Native;
    QTest::newRow("QSqlQuery") << Statements::Query;
}

orm::Engine makeEngine()
{
    QFETCH(const Statements, statements);
    const auto engine = orm::Engine::create(u"sqlite://"_s, {.statements = statements});
    orm::MetaData meta;
    meta.add<AllTypes>();
    meta.add<AllOptional>();
    meta.createAll(engine);
    return engine;
}

} // namespace

void MappingTest::everyTypeThereAndBack_data()
{
    addImplementations();
}

void MappingTest::everyTypeThereAndBack()
{
    const auto engine = makeEngine();
    orm::Session session(engine);
    const AllTypes all = filled();
    session.add(all);
    session.commit();
    session.expungeAll();
    const auto read = session.get<AllTypes>(1);
    const Mapper &mapper = Mapper::of<AllTypes>();
    for (const orm::ColumnMapping &column : mapper.columns())
        QVERIFY2(
            column.operations->equal(column.constMember(&read.read()), column.constMember(&all)),
            column.name);
    QCOMPARE(read.read().at.timeSpec(), Qt::UTC);
    // each type again, by another value
    read->isOn = false;
    read->ratio = -1e300;
    read->price = {};
    read->day = QDate(1, 1, 1);
    read->hour = QTime(0, 0);
    read->at = QDateTime(QDate(9999, 12, 31), QTime(23, 59, 59, 999), Qt::UTC);
    read->mood = AllTypes::Mood::Good;
    read->data = QByteArray();
    read->note = QJsonDocument();
    read->token = QUuid();
    const AllTypes changed = read.read();
    session.commit();
    session.expungeAll();
    const auto again = session.get<AllTypes>(1);
    for (const orm::ColumnMapping &column : mapper.columns())
        QVERIFY2(column.operations->equal(column.constMember(&again.read()),
                                          column.constMember(&changed)),
                 column.name);
}

void MappingTest::optionalsThereAndBack_data()
{
    addImplementations();
}

void MappingTest::optionalsThereAndBack()
{
    const auto engine = makeEngine();
    orm::Session session(engine);
    const AllTypes all = filled();
    AllOptional full;
    full.id = 1;
    full.isOn = false;
    full.tiny = std::numeric_limits<qint8>::min();
    full.large = std::numeric_limits<quint32>::max();
    full.huge = std::numeric_limits<qint64>::min();
    full.single = 0.5F;
    full.ratio = std::numeric_limits<double>::infinity();
    full.price = all.exact;
    full.text = u""_s;
    full.day = all.day;
    full.hour = all.hour;
    full.at = all.at;
    full.mood = all.mood;
    full.data = QByteArray();
    full.note = all.note;
    full.token = all.token;
    session.add(full);
    session.add(AllOptional{});
    session.commit();
    session.expungeAll();
    const auto first = session.get<AllOptional>(1);
    const auto second = session.get<AllOptional>(2);
    const Mapper &mapper = Mapper::of<AllOptional>();
    for (const orm::ColumnMapping &column : mapper.columns().subspan(1)) {
        QVERIFY2(
            column.operations->equal(column.constMember(&first.read()), column.constMember(&full)),
            column.name);
        QVERIFY2(column.operations->isUnset(column.constMember(&second.read())), column.name);
    }
    QVERIFY(first.read().text && !first.read().text->isNull());
    QVERIFY(first.read().data);
    for (int i = 1; i < mapper.table().columns.size(); ++i) {
        const QString sql = u"SELECT \"%1\" FROM all_optional ORDER BY id"_s.arg(
            mapper.table().columns.at(i).name);
        const auto statement = session.connection().prepare(sql);
        QVERIFY(statement->step());
        QVERIFY2(statement->columnClass(0) != orm::StorageClass::Null, qPrintable(sql));
        QVERIFY(statement->step());
        QVERIFY2(statement->columnClass(0) == orm::StorageClass::Null, qPrintable(sql));
        statement->reset();
    }
}

void MappingTest::howTypesAreStored()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<AllTypes>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.add(filled());
    session.commit();
    const auto stored = [&](const QString &column) {
        return session.connection()
            .scalar(u"SELECT typeof(%1) || ' ' || %1 FROM all_types"_s.arg(column))
            .toString();
    };
    QCOMPARE(stored(u"is_on"_s), u"integer 1"_s);
    QCOMPARE(stored(u"ratio"_s), u"real 0.1"_s);
    QCOMPARE(stored(u"price"_s), u"real 12345678.9"_s);
    QCOMPARE(stored(u"day"_s), u"text 2023-10-26"_s);
    QCOMPARE(stored(u"hour"_s), u"text 10:11:12.345000"_s);
    QCOMPARE(stored(u"at"_s), u"text 2023-10-26 10:11:12.345000"_s);
    QCOMPARE(stored(u"mood"_s), u"text Bad"_s);
    QVERIFY(stored(u"data"_s).startsWith(u"blob "_s));
    QCOMPARE(stored(u"note"_s), u"text {\"a\":\"\u00E4\"}"_s);
    QCOMPARE(stored(u"token"_s), u"text 67c8770b44f1410aab9af9b5446f13ee"_s);
    QCOMPARE(stored(u"exact"_s), u"text -123456789012345678901234567890.5"_s);
}

void MappingTest::whatCannotBeStored_data()
{
    QTest::addColumn<QString>("column");

    for (const char *column : {"ratio", "price", "day", "hour", "at", "mood"})
        QTest::newRow(column) << QString::fromLatin1(column);
}

void MappingTest::whatCannotBeStored()
{
    QFETCH(const QString, column);
    AllTypes all = filled();
    if (column == u"ratio"_s)
        all.ratio = std::numeric_limits<double>::quiet_NaN(); // would become NULL
    else if (column == u"price"_s)
        all.price = *orm::Decimal::fromString(u"1.234"_s);
    else if (column == u"day"_s)
        all.day = QDate(10'000, 1, 1);
    else if (column == u"hour"_s)
        all.hour = QTime();
    else if (column == u"at"_s)
        all.at = QDateTime();
    else if (column == u"mood"_s)
        all.mood = static_cast<AllTypes::Mood>(42);
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<AllTypes>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.add(all);
    SqlTrace trace(session.connection());
    const auto error = thrown<orm::DataError>([&] { session.flush(); });
    QVERIFY(error);
    QCOMPARE(error->column, column);
    QCOMPARE(trace.all(), QStringList()); // before any SQL
}

void MappingTest::booleansOfOtherPrograms()
{
    bool value = false;
    orm::TypeTraits<bool>::fromStored(value, StoredValue::integer(5));
    QVERIFY(value);
    orm::TypeTraits<bool>::fromStored(value, StoredValue::integer(0));
    QVERIFY(!value);
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             orm::TypeTraits<bool>::fromStored(value, StoredValue::text(u"true")));

    // One that isn't changed is not written back as 1
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<Habit>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.execute(u"INSERT INTO habits VALUES ('walk', 5, 1, 'Good', NULL)"_s);
    const auto habit = session.get<Habit>(u"walk"_s);
    QVERIFY(habit.read().isDaily);
    habit->hours = 2;
    session.commit();
    QCOMPARE(session.scalar<qint64>(u"SELECT is_daily FROM habits"_s), 5);
}

void MappingTest::uuidsOfOtherPrograms()
{
    const QUuid expected(u"{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"_s);
    QUuid uuid;
    orm::TypeTraits<QUuid>::fromStored(uuid,
                                       StoredValue::text(u"67C8770B-44F1-410A-AB9A-F9B5446F13EE"));
    QCOMPARE(uuid, expected);
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             orm::TypeTraits<QUuid>::fromStored(uuid, StoredValue::text(u"67c8")));
    QVERIFY_THROWS_EXCEPTION(
        orm::DataError,
        orm::TypeTraits<QUuid>::fromStored(uuid, StoredValue::text(QString(32, u'x'))));
}

void MappingTest::decimalsAreExact()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<AllTypes>();
    meta.createAll(engine);
    orm::Session session(engine);
    // a NUMERIC becomes a REAL or INTEGER, which is exact up to 15 digits
    qint64 id = 0;
    for (const QString &text :
         {u"0.01"_s, u"99999999.99"_s, u"-12345678.91"_s, u"100"_s, u"0"_s, u"33333333.33"_s}) {
        AllTypes all = filled();
        all.id = ++id; // a BIGINT key is not SQLite's rowid, so nobody else gives it
        all.price = *orm::Decimal::fromString(text);
        const auto added = session.add(all);
        session.commit();
        QVERIFY2(added.read().price == *orm::Decimal::fromString(text), qPrintable(text));
    }
    QVERIFY(session.query<AllTypes>()
                .where(orm::col<&AllTypes::price> > *orm::Decimal::fromString(u"9"_s))
                .count()
            == 3);
    orm::Decimal large;
    orm::TypeTraits<orm::Decimal>::fromStored(large, StoredValue::real(1e20));
    QCOMPARE(large.toString(), u"100000000000000000000"_s);
    QVERIFY_THROWS_EXCEPTION(
        orm::DataError, orm::TypeTraits<orm::Decimal>::fromStored(large, StoredValue::text(u"x")));
}

void MappingTest::integersKeepTheirSize()
{
    qint8 tiny = 0;
    orm::TypeTraits<qint8>::fromStored(tiny, StoredValue::integer(-128));
    QCOMPARE(tiny, -128);
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             orm::TypeTraits<qint8>::fromStored(tiny, StoredValue::integer(128)));
    const quint64 most = std::numeric_limits<quint64>::max();
    QVERIFY_THROWS_EXCEPTION(orm::DataError, orm::TypeTraits<quint64>::toStored(most));
    QCOMPARE(orm::TypeTraits<quint64>::toStored(7), StoredValue::integer(7));
    QVERIFY_THROWS_EXCEPTION(orm::DataError,
                             orm::TypeTraits<qint8>::fromStored(tiny, StoredValue::text(u"1")));
}

void MappingTest::ownTypes()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<Walk>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.add(Walk{.length = {90}});
    session.commit();
    session.expungeAll();
    const auto walk = session.query<Walk>().where(orm::col<&Walk::length> == Minutes{90}).one();
    QCOMPARE(walk.read().length.count, 90);
    QVERIFY(!walk.read().rest);
    walk->rest = Minutes{5};
    session.commit();
    QCOMPARE(session.scalar<QString>(u"SELECT rest FROM walks"_s), u"5 min"_s);
}

void MappingTest::aSecondStructNeedsNoMore()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<Habit>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.add(Habit{.name = u"walk"_s, .isDaily = true, .hours = 0.5, .mood = Mood::Fair});
    session.commit();
    const auto habit = session.get<Habit>(u"walk"_s);
    habit->since = QDate(2023, 10, 26);
    SqlTrace trace(session.connection());
    session.commit();
    QCOMPARE(trace.statements(), QStringList{u"UPDATE habits SET since=? WHERE name=?"_s});
    QCOMPARE(session.query<Habit>().where(orm::col<&Habit::mood> == Mood::Fair).one(), habit);
    session.remove(habit);
    session.commit();
    QCOMPARE(session.query<Habit>().count(), 0);
}

void MappingTest::textThatLooksLikeANumberStaysText()
{
    const auto engine = orm::Engine::create(u"sqlite://"_s);
    orm::MetaData meta;
    meta.add<blog::Setting>();
    meta.createAll(engine);
    orm::Session session(engine);
    session.add(blog::Setting{.key = u"007"_s, .value = u"1.50"_s});
    session.commit();
    QVERIFY(session.get<blog::Setting>(u"007"_s));
    QVERIFY(!session.get<blog::Setting>(u"7"_s));
    QCOMPARE(session.get<blog::Setting>(u"007"_s).read().value, u"1.50"_s);
}

QTEST_GUILESS_MAIN(MappingTest)
#include "tst_mapping.moc"
