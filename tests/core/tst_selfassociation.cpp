// SPDX-License-Identifier: MIT
#include "core/mapping/metadata.h"
#include "core/session/session.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::any;
using orm::col;
using orm::has;
using orm::Session;

namespace wiki {

/// Pages that link to each other, and lie in each other.
struct Page
{
    qint64 id = 0;
    std::optional<qint64> parentId = {};
    QString name = {};
    orm::ToOne<Page> parent = {};
    orm::ToMany<Page> parts = {};
    orm::ToMany<Page> links = {};
    orm::ToMany<Page> linkedFrom = {};
};

struct PageLink
{
    qint64 fromId = 0;
    qint64 toId = 0;
};

} // namespace wiki

using wiki::Page;
using wiki::PageLink;

template<>
struct orm::Mapping<PageLink>
{
    static constexpr auto table = orm::table<PageLink>(
        "page_links",
        {column<&PageLink::fromId>("from_id", primaryKey, references("pages(id)")),
         column<&PageLink::toId>("to_id", primaryKey, references("pages(id)"))});
};

template<>
struct orm::Mapping<Page>
{
    static constexpr auto table
        = orm::table<Page>("pages",
                           {column<&Page::id>("id", primaryKey),
                            column<&Page::parentId>("parent_id", references("pages(id)")),
                            column<&Page::name>("name")});
    static constexpr auto relationships = orm::relationships<Page>(
        {manyToOne<&Page::parent, &Page::parentId>(backPopulates<&Page::parts>),
         oneToMany<&Page::parts, &Page::parentId>(backPopulates<&Page::parent>),
         manyToMany<&Page::links, PageLink, &PageLink::fromId, &PageLink::toId>(
             backPopulates<&Page::linkedFrom>),
         manyToMany<&Page::linkedFrom, PageLink, &PageLink::toId, &PageLink::fromId>(
             backPopulates<&Page::links>)});
};

/// Rows of one table that an association ties to each other.
class SelfAssociationTest final : public QObject
{
    Q_OBJECT

private:
    struct Fixture
    {
        /// Page 1 has the parts 2 and 3, and 3 the part 4; 1 → 3, 2 → 1, 3 → 3, 4 → 2.
        explicit Fixture(const QString &rows
                         = u"INSERT INTO pages VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 1, 'c'), "
                           "(4, 3, 'd');"
                           "INSERT INTO page_links VALUES (1, 3), (2, 1), (3, 3), (4, 2);"_s)
            : database(
                u"CREATE TABLE pages (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES "
                "pages (id), name TEXT NOT NULL);"
                "CREATE TABLE page_links (from_id INTEGER NOT NULL REFERENCES pages (id), "
                "to_id INTEGER NOT NULL REFERENCES pages (id), PRIMARY KEY (from_id, to_id));"_s
                + rows)
            , engine(orm::Engine::create(database.url()))
        {}
        QString links() const
        {
            return database
                .outsideScalar(u"SELECT group_concat(from_id || to_id) FROM "
                               "(SELECT * FROM page_links ORDER BY from_id, to_id)"_s)
                .toString();
        }

        TestDatabase database;
        orm::Engine engine;
    };

    static QString names(const orm::ToMany<Page> &pages)
    {
        QStringList names;
        for (const auto &page : pages)
            names.append(page.read().name);
        names.sort();
        return names.join(u',');
    }

private slots:
    void bothSidesAreKeptInStep()
    {
        const Fixture f{QString()};
        Session session(f.engine);
        const auto a = session.add(Page{.name = u"a"_s});
        const auto b = session.add(Page{.name = u"b"_s});
        a->links.append(b);
        QCOMPARE(names(b.read().linkedFrom), u"a"_s);
        QCOMPARE(names(b.read().links), QString());
        b->linkedFrom.append(b); // to itself
        QCOMPARE(names(b.read().links), u"b"_s);
        session.commit();
        QCOMPARE(f.links(), u"12,22"_s);
        a->links.remove(b);
        QCOMPARE(names(b.read().linkedFrom), u"b"_s);
        session.commit();
        QCOMPARE(f.links(), u"22"_s);
        session.remove(b);
        session.commit();
        QCOMPARE(f.links(), QString());
    }

    void bothSidesAreLoaded_data()
    {
        QTest::addColumn<bool>("isJoined");
        QTest::newRow("selectIn") << false;
        QTest::newRow("joined") << true;
    }

    void bothSidesAreLoaded()
    {
        QFETCH(const bool, isJoined);
        const Fixture f;
        Session session(f.engine, {.lazyLoads = orm::LazyLoads::Refuse});
        auto query = session.query<Page>();
        query.orderBy(col<&Page::id>).load(orm::selectIn<&Page::linkedFrom>());
        if (isJoined)
            query.load(orm::joined<&Page::links>());
        else
            query.load(orm::selectIn<&Page::links>());
        const auto pages = query.all();
        QStringList found;
        for (const auto &page : pages)
            found.append(names(page.read().links) + u'<' + names(page.read().linkedFrom));
        QCOMPARE(found, (QStringList{u"c<b"_s, u"a<d"_s, u"c<a,c"_s, u"b<"_s}));
    }

    /// Each level names the table anew, whatever lies in it.
    void conditionsMayNest_data()
    {
        QTest::addColumn<orm::Condition<Page>>("condition");
        QTest::addColumn<QString>("found");
        const auto isC = col<&Page::name> == u"c"_s;
        QTest::newRow("links to c") << any<&Page::links>(isC) << u"1,3"_s;
        QTest::newRow("c links to it") << any<&Page::linkedFrom>(isC) << u"3"_s;
        QTest::newRow("links to what links to c")
            << any<&Page::links>(any<&Page::links>(isC)) << u"1,2,3"_s;
        QTest::newRow("links to what has the part c")
            << any<&Page::links>(any<&Page::parts>(isC)) << u"2"_s;
        QTest::newRow("links to what lies in a")
            << any<&Page::links>(has<&Page::parent>(col<&Page::name> == u"a"_s)) << u"1,3,4"_s;
        QTest::newRow("has a part that links to c")
            << any<&Page::parts>(any<&Page::links>(isC)) << u"1"_s;
        QTest::newRow("links to what has a part that links to b")
            << any<&Page::links>(any<&Page::parts>(any<&Page::links>(col<&Page::name> == u"b"_s)))
            << u"1,3"_s;
    }

    void conditionsMayNest()
    {
        QFETCH(const orm::Condition<Page>, condition);
        QFETCH(const QString, found);
        const Fixture f;
        Session session(f.engine);
        QStringList ids;
        for (const auto &page :
             session.query<Page>().where(condition).orderBy(col<&Page::id>).all())
            ids.append(QString::number(page.read().id));
        QCOMPARE(ids.join(u','), found);
    }
};

QTEST_GUILESS_MAIN(SelfAssociationTest)
#include "tst_selfassociation.moc"
