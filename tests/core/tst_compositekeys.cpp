// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/inspector.h"
#include "core/mapping/metadata.h"
#include "core/migration/schemadiff.h"
#include "core/session/session.h"
#include "tests/support/sqltrace.h"
#include "tests/support/thrown.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::Ref;
using orm::Session;

namespace shop {

struct Item;
struct Mark;

/// Known by a region and a number in it.
struct Purchase
{
    QString region = {};
    qint64 number = 0;
    QString note = {};
    std::optional<qint64> before = {}; ///< number of another one in the same region
    orm::ToMany<Item> items = {};
    orm::ToMany<Item> spares = {};
    orm::ToOne<Purchase> previous = {};
    orm::ToMany<Mark> marks = {};
};

struct Item
{
    qint64 id = 0;
    QString name = {};
    std::optional<QString> region = {};
    std::optional<qint64> number = {};
    std::optional<qint64> spareNumber = {}; ///< of an order in the same region
    orm::ToOne<Purchase> order = {};
    orm::ToOne<Purchase> spareOrder = {};
};

struct Mark
{
    QString language = {};
    qint64 word = 0;
    orm::ToMany<Purchase> orders = {};
};

struct PurchaseMark
{
    QString region = {};
    qint64 number = 0;
    QString language = {};
    qint64 word = 0;
};

/// A foreign key with too few columns.
struct Stray
{
    qint64 id = 0;
    std::optional<QString> region = {};
    orm::ToOne<Purchase> order = {};
};

} // namespace shop

using namespace shop;

template<>
struct orm::Mapping<Purchase>
{
    static constexpr auto table = orm::tableWithForeignKeys<Purchase>(
        "orders",
        {column<&Purchase::region>("region", String{9}, primaryKey),
         column<&Purchase::number>("number", primaryKey), column<&Purchase::note>("note"),
         column<&Purchase::before>("before")},
        {foreignKey<&Purchase::region, &Purchase::before>("orders(region, number)")});
    static constexpr auto relationships = orm::relationships<Purchase>(
        {oneToMany<&Purchase::items, columns<&Item::region, &Item::number>>(
             backPopulates<&Item::order>, cascade{Cascade::All, Cascade::DeleteOrphan}),
         oneToMany<&Purchase::spares, columns<&Item::region, &Item::spareNumber>>(
             backPopulates<&Item::spareOrder>),
         manyToOne<&Purchase::previous, columns<&Purchase::region, &Purchase::before>>(),
         manyToMany<&Purchase::marks, PurchaseMark,
                    columns<&PurchaseMark::region, &PurchaseMark::number>,
                    columns<&PurchaseMark::language, &PurchaseMark::word>>(
             backPopulates<&Mark::orders>)});
};

template<>
struct orm::Mapping<Item>
{
    static constexpr auto table = orm::tableWithForeignKeys<Item>(
        "items",
        {column<&Item::id>("id", primaryKey), column<&Item::name>("name"),
         column<&Item::region>("region", String{9}), column<&Item::number>("number"),
         column<&Item::spareNumber>("spare_number")},
        {foreignKey<&Item::region, &Item::number>("orders(region, number)",
                                                  ForeignKeyAction::Cascade),
         foreignKey<&Item::region, &Item::spareNumber>("orders(region, number)")});
    static constexpr auto relationships = orm::relationships<Item>(
        {manyToOne<&Item::order, columns<&Item::region, &Item::number>>(
             backPopulates<&Purchase::items>),
         manyToOne<&Item::spareOrder, columns<&Item::region, &Item::spareNumber>>(
             backPopulates<&Purchase::spares>)});
};

template<>
struct orm::Mapping<Mark>
{
    static constexpr auto table
        = orm::table<Mark>("marks",
                           {column<&Mark::language>("language", String{9}, primaryKey),
                            column<&Mark::word>("word", primaryKey)});
    static constexpr auto relationships = orm::relationships<Mark>(
        {manyToMany<&Mark::orders, PurchaseMark,
                    columns<&PurchaseMark::language, &PurchaseMark::word>,
                    columns<&PurchaseMark::region, &PurchaseMark::number>>()});
};

template<>
struct orm::Mapping<PurchaseMark>
{
    static constexpr auto table = orm::tableWithForeignKeys<PurchaseMark>(
        "order_marks",
        {column<&PurchaseMark::region>("region", String{9}, primaryKey),
         column<&PurchaseMark::number>("number", primaryKey),
         column<&PurchaseMark::language>("language", String{9}, primaryKey),
         column<&PurchaseMark::word>("word", primaryKey)},
        {foreignKey<&PurchaseMark::region, &PurchaseMark::number>("orders(region, number)"),
         foreignKey<&PurchaseMark::language, &PurchaseMark::word>("marks(language, word)")});
};

template<>
struct orm::Mapping<Stray>
{
    static constexpr auto table = orm::table<Stray>(
        "strays",
        {column<&Stray::id>("id", primaryKey), column<&Stray::region>("region", String{9})});
    static constexpr auto relationships
        = orm::relationships<Stray>({manyToOne<&Stray::order, &Stray::region>()});
};

/// Relationships over foreign keys of several columns.
class CompositeKeysTest final : public QObject
{
    Q_OBJECT

private:
    static orm::MetaData metaData()
    {
        orm::MetaData meta;
        meta.add<Item>();
        meta.add<PurchaseMark>();
        meta.add<Purchase>();
        meta.add<Mark>();
        meta.add<Stray>();
        return meta;
    }

    struct Blog
    {
        Blog()
            : engine(orm::Engine::create(u"sqlite://"_s))
            , session(engine)
            , connection(&session.connection())
        {
            metaData().createAll(*connection);
        }
        QString scalar(const QString &sql) { return connection->scalar(sql).toString(); }
        /// Two orders with two items each, and one without any.
        void fill()
        {
            connection->execute(u"INSERT INTO orders VALUES ('n', 1, '', NULL), ('n', 2, '', 1), "
                                "('s', 1, '', NULL)"_s);
            connection->execute(
                u"INSERT INTO items VALUES (1, 'a', 'n', 1, NULL), (2, 'b', 'n', 2, 1), "
                "(3, 'c', 'n', 1, 2), (4, 'd', 's', NULL, NULL), (5, 'e', NULL, 1, NULL)"_s);
        }

        orm::Engine engine;
        Session session;
        orm::Connection *connection;
    };

    static QString names(const orm::ToMany<Item> &items)
    {
        QStringList names;
        for (const Ref<Item> &item : items)
            names << item.read().name;
        names.sort();
        return names.join(QString());
    }

private slots:
    void theTableHasThem()
    {
        Blog blog;
        QVERIFY(
            blog.scalar(u"SELECT sql FROM sqlite_schema WHERE name = 'items'"_s)
                .endsWith(u"PRIMARY KEY (id), \n\tFOREIGN KEY(region, number) REFERENCES orders "
                          "(region, number) ON DELETE CASCADE, \n\tFOREIGN KEY(region, "
                          "spare_number) REFERENCES orders (region, number)\n)"_s));
        const orm::Table live = orm::reflect(*blog.connection, u"items"_s).table;
        QCOMPARE(live.foreignKeys.size(), 2);
        const orm::ForeignKey wanted{{u"region"_s, u"number"_s},
                                     u"orders"_s,
                                     {u"region"_s, u"number"_s},
                                     orm::ForeignKeyAction::Cascade};
        QVERIFY(live.foreignKeys.contains(wanted));
        orm::MetaData reflected;
        reflected.reflect(*blog.connection);
        QVERIFY(reflected.table(u"items"_s).foreignKeys.contains(wanted));
        QStringList order;
        for (const orm::Table &table : reflected.sortedTables())
            order << table.name;
        QVERIFY(order.indexOf(u"orders"_s) < order.indexOf(u"items"_s));
        QVERIFY(orm::diff(metaData(), *blog.connection).isEmpty());
    }

    void theSchemaGainsThem()
    {
        const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
        connection->execute(
            u"CREATE TABLE orders (region VARCHAR(9) NOT NULL, number INTEGER NOT NULL, note TEXT "
            "NOT NULL, before INTEGER, PRIMARY KEY (region, number))"_s);
        connection->execute(
            u"CREATE TABLE items (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
            "region VARCHAR(9), number INTEGER)"_s);
        connection->execute(u"INSERT INTO orders VALUES ('n', 1, '', NULL)"_s);
        connection->execute(u"INSERT INTO items VALUES (1, 'a', 'n', 1)"_s);
        orm::upgrade(metaData(), *connection);
        QVERIFY(orm::diff(metaData(), *connection).isEmpty());
        QCOMPARE(orm::foreignKeysTo(*connection, u"orders"_s).size(), 4);
        QCOMPARE(connection->scalar(u"SELECT name || number FROM items"_s).toString(), u"a1"_s);
        connection->execute(u"DELETE FROM orders"_s);
        QCOMPARE(connection->scalar(u"SELECT count(*) FROM items"_s).toInteger(), 0);
    }

    void theyAreReadWhenTheyAreAskedFor()
    {
        Blog blog;
        blog.fill();
        const Ref<Item> item = blog.session.get<Item>(3);
        SqlTrace trace(*blog.connection);
        const Ref<Purchase> order = item.read().order;
        QCOMPARE(order.read().number, 1);
        QCOMPARE(trace.statements().size(), 1);
        QVERIFY(blog.session.get<Item>(1).read().order == order);
        QCOMPARE(trace.statements().size(), 2); // the item, its order is known
        QCOMPARE(names(order.read().items), u"ac"_s);
        QCOMPARE(trace.statements().size(), 3);
        QCOMPARE(names(order.read().items), u"ac"_s);
        QCOMPARE(trace.statements().size(), 3);
        QCOMPARE(names(order.read().spares), u"b"_s);
        QVERIFY(item.read().spareOrder.get().read().previous == order);
        QVERIFY(!blog.session.get<Item>(4).read().order); // half of a key is none
        QVERIFY(!blog.session.get<Item>(5).read().order);
    }

    void selectInTakesManyKeys()
    {
        Blog blog;
        blog.connection->execute(
            u"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 250) "
            "INSERT INTO orders SELECT 'n', i, '', NULL FROM c"_s);
        blog.connection->execute(
            u"INSERT INTO items (name, region, number) SELECT 'x' || number, region, number FROM "
            "orders UNION ALL SELECT 'y' || number, region, number FROM orders"_s);
        SqlTrace trace(*blog.connection);
        const auto orders
            = blog.session.query<Purchase>().load(orm::selectIn<&Purchase::items>()).all();
        QCOMPARE(trace.statements().size(), 1 + 3); // 100 keys at a time
        for (const Ref<Purchase> &order : orders) {
            const QString number = QString::number(order.read().number);
            QCOMPARE(names(order.read().items), u"x%1y%1"_s.arg(number));
        }
        QCOMPARE(trace.statements().size(), 4);

        blog.session.expungeAll();
        trace.clear();
        const auto items = blog.session.query<Item>().load(orm::selectIn<&Item::order>()).all();
        QCOMPARE(trace.statements().size(), 1 + 3);
        for (const Ref<Item> &item : items)
            QCOMPARE(item.read().order.get().read().number, *item.read().number);
        QCOMPARE(trace.statements().size(), 4);
    }

    void joinedReadsThemAtOnce()
    {
        Blog blog;
        blog.fill();
        SqlTrace trace(*blog.connection);
        const auto orders = blog.session.query<Purchase>()
                                .orderBy(orm::col<&Purchase::region>, orm::col<&Purchase::number>)
                                .limit(2)
                                .load(orm::joined<&Purchase::items>())
                                .all();
        QCOMPARE(trace.statements().size(), 1);
        QCOMPARE(orders.size(), 2);
        QCOMPARE(names(orders.at(0).read().items), u"ac"_s);
        QCOMPARE(names(orders.at(1).read().items), u"b"_s);
        QCOMPARE(trace.statements().size(), 1);
        const auto items = blog.session.query<Item>()
                               .orderBy(orm::col<&Item::id>)
                               .load(orm::joined<&Item::order>())
                               .all();
        QVERIFY(items.at(0).read().order == orders.at(0));
        QVERIFY(!items.at(3).read().order);
        QCOMPARE(trace.statements().size(), 2);
    }

    void conditionsGoThroughThem()
    {
        Blog blog;
        blog.fill();
        const auto withB = blog.session.query<Purchase>()
                               .where(orm::any<&Purchase::items>(orm::col<&Item::name> == u"b"_s))
                               .all();
        QCOMPARE(withB.size(), 1);
        QCOMPARE(withB.first().read().number, 2);
        QCOMPARE(blog.session.query<Purchase>().where(orm::any<&Purchase::items>()).count(), 2);
        QCOMPARE(blog.session.query<Item>()
                     .where(orm::has<&Item::order>(orm::col<&Purchase::region> == u"n"_s))
                     .count(),
                 3);
        QCOMPARE(blog.session.query<Purchase>()
                     .where(orm::has<&Purchase::previous>(orm::col<&Purchase::number> == 1))
                     .count(),
                 1);
    }

    void parentsAreInsertedFirst()
    {
        Blog blog;
        const auto item = orm::make(Item{.name = u"a"_s});
        blog.session.add(item);
        item->order = orm::make(Purchase{.region = u"n"_s, .number = 7});
        SqlTrace trace(*blog.connection);
        blog.session.commit();
        const QStringList inserts = trace.statements(u"INSERT"_s);
        QCOMPARE(inserts.size(), 2);
        QVERIFY(inserts.first().startsWith(u"INSERT INTO orders"_s));
        QCOMPARE(item.read().region, u"n"_s);
        QCOMPARE(item.read().number, 7);
        QCOMPARE(blog.scalar(u"SELECT region || number FROM items"_s), u"n7"_s);
        QCOMPARE(names(item.read().order.get().read().items), u"a"_s);
    }

    void membersFollow()
    {
        Blog blog;
        blog.fill();
        const auto first = blog.session.get<Purchase>(u"n"_s, 1);
        const auto south = blog.session.get<Purchase>(u"s"_s, 1);
        QVERIFY(first && south);
        const auto item = blog.session.get<Item>(1);
        south->items.append(item);
        QVERIFY(item.read().order == south);
        QVERIFY(!first.read().items.contains(item));
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT region || number FROM items WHERE id = 1"_s), u"s1"_s);
        QCOMPARE(names(first.read().items), u"c"_s);
        QCOMPARE(names(south.read().items), u"a"_s);
        first->items.clear(); // an orphan goes
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT group_concat(name) FROM items"_s), u"a,b,d,e"_s);
        const auto spare = blog.session.get<Purchase>(u"n"_s, 1);
        spare->spares.clear(); // no orphan: its foreign key becomes NULL
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT count(*) FROM items WHERE spare_number IS NULL"_s), u"4"_s);
    }

    void childrenAreDeletedFirst()
    {
        Blog blog;
        blog.fill();
        SqlTrace trace(*blog.connection);
        blog.session.remove(blog.session.get<Purchase>(u"n"_s, 2));
        blog.session.commit();
        QStringList tables;
        for (const QString &sql : trace.statements(u"DELETE"_s))
            tables.append(sql.section(u' ', 2, 2));
        QCOMPARE(tables, QStringList({u"order_marks"_s, u"items"_s, u"orders"_s}));
        QCOMPARE(blog.scalar(u"SELECT group_concat(name) FROM items"_s), u"a,c,d,e"_s);
        QCOMPARE(blog.scalar(u"SELECT count(*) FROM items WHERE spare_number = 2"_s), u"0"_s);
        QCOMPARE(blog.scalar(u"SELECT count(*) FROM orders"_s), u"2"_s);
    }

    void aTreeOfThemIsDeletedFromItsLeaves()
    {
        Blog blog;
        blog.fill();
        blog.connection->execute(u"DELETE FROM items"_s);
        const auto root = blog.session.get<Purchase>(u"n"_s, 1);
        const auto leaf = blog.session.get<Purchase>(u"n"_s, 2);
        blog.session.remove(root);
        blog.session.remove(leaf);
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT count(*) FROM orders"_s), u"1"_s);
    }

    void associationRowsHaveThemAll()
    {
        Blog blog;
        const auto order = blog.session.add(Purchase{.region = u"n"_s, .number = 1});
        const auto mark = orm::make(Mark{.language = u"de"_s, .word = 5});
        order->marks.append(mark);
        order->marks.append(orm::make(Mark{.language = u"en"_s, .word = 5}));
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT group_concat(region || number || language || word) FROM "
                             "(SELECT * FROM order_marks ORDER BY language)"_s),
                 u"n1de5,n1en5"_s);
        blog.session.expungeAll();
        const auto again = blog.session.get<Mark>(u"de"_s, 5);
        QCOMPARE(again.read().orders.size(), 1);
        QCOMPARE(again.read().orders.at(0).read().region, u"n"_s);
        QCOMPARE(blog.session.query<Purchase>()
                     .where(orm::any<&Purchase::marks>(orm::col<&Mark::language> == u"en"_s))
                     .count(),
                 1);
        again->orders.clear();
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT language FROM order_marks"_s), u"en"_s);
        blog.session.remove(blog.session.get<Purchase>(u"n"_s, 1));
        blog.session.commit();
        QCOMPARE(blog.scalar(u"SELECT count(*) FROM order_marks"_s), u"0"_s);
    }

    void aForeignKeyHasAsManyColumnsAsTheKey()
    {
        Blog blog;
        blog.connection->execute(u"INSERT INTO strays VALUES (1, 'n')"_s);
        const auto stray = blog.session.get<Stray>(1);
        const QString message
            = messageOf<orm::InvalidRequestError>([&] { stray.read().order.get(); });
        QVERIFY2(message.contains(u"'orders' has 2 columns"_s), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(CompositeKeysTest)
#include "tst_compositekeys.moc"
