// SPDX-License-Identifier: MIT
#include "app/post.h"
#include "core/error.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "core/session/rowreader.h"
#include "tests/support/testdatabase.h"
#include "ui/table/databaserecordsource.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::Key;

namespace {

/// The source of a real database, and its two threads.
class Desk
{
public:
    explicit Desk(const QString &sql = TestDatabase::data(u"f500.sql"_s))
        : database(sql)
        , pages(database.url())
        , orders(database.url())
        , source(pages, orders)
        , table(orm::Mapper::of<app::Post>().table())
    {}

    orm::RowQuery query() const
    {
        orm::RowQuery query;
        query.table = table;
        return query;
    }

    TestDatabase database;
    orm::PageReader pages;
    orm::OrderReader orders;
    ui::DatabaseRecordSource source;
    orm::Table table;
};

} // namespace

/// What the model asks of a database, answered by one.
class TestDatabaseRecordSource final : public QObject
{
    Q_OBJECT

private slots:
    void theFirstPageIsTheNewestRows()
    {
        Desk desk;
        const orm::RecordPage page = desk.source.firstPage(desk.query(), 100).result();
        QCOMPARE(page.keys.size(), 100);
        QCOMPARE(page.keys.at(0), Key::integer(500));
        QCOMPARE(page.keys.at(99), Key::integer(401));
        QCOMPARE(page.records.at(0).values.at(1).toString(), u"Post number 500"_s);
    }

    void keysAreAllOfThemInViewOrder()
    {
        Desk desk;
        orm::KeyList keys;
        const QFuture<orm::KeyBatch> batches = desk.source.keys(desk.query());
        for (const orm::KeyBatch &batch : batches.results())
            keys.append(batch.keys);
        QCOMPARE(keys.size(), 500);
        QCOMPARE(keys.at(0), Key::integer(500));
        QCOMPARE(keys.at(499), Key::integer(1));
    }

    void aPageHasItsRowsInTheirOrder()
    {
        Desk desk;
        QCOMPARE(desk.database.outside(u"DELETE FROM posts WHERE id = 7"_s), 0);
        const orm::RecordPage page
            = desk.source.page(desk.table, {Key::integer(3), Key::integer(7), Key::integer(9)})
                  .result();
        QCOMPARE(page.keys.size(), 2); // one is gone
        QCOMPARE(page.keys.at(0), Key::integer(3));
        QCOMPARE(page.records.at(1).values.at(1).toString(), u"Post number 9"_s);
    }

    void largeTextsAreCutUnlessTheRowIsWhole()
    {
        Desk desk(TestDatabase::data(u"f500.sql"_s)
                  + u"UPDATE posts SET content = replace(hex(zeroblob(50000)), '0', 'x') "
                    "WHERE id = 500;"_s);
        const Key key = Key::integer(500);
        const orm::RecordPage page = desk.source.page(desk.table, {key}).result();
        QVERIFY(page.records.at(0).isTruncated(2));
        QCOMPARE(page.records.at(0).values.at(2).bytes().size(), orm::RowReader::listCharacters);
        const orm::Record whole = desk.source.whole(desk.table, key).result();
        QVERIFY(whole.isWhole());
        QCOMPARE(whole.values.at(2).bytes(), QByteArray(100'000, 'x'));
    }

    void aRowThatIsGoneIsEmpty()
    {
        Desk desk;
        QVERIFY(desk.source.whole(desk.table, Key::integer(999)).result().values.isEmpty());
    }

    void whatCannotBeReadIsAnError()
    {
        Desk desk(u"CREATE TABLE others (id INTEGER PRIMARY KEY)"_s);
        QVERIFY_THROWS_EXCEPTION(orm::Error,
                                 (void)desk.source.firstPage(desk.query(), 100).result());
        QVERIFY_THROWS_EXCEPTION(orm::Error,
                                 (void)desk.source.whole(desk.table, Key::integer(1)).result());
        QVERIFY_THROWS_EXCEPTION(orm::Error, (void)desk.source.keys(desk.query()).results());
    }
};

QTEST_GUILESS_MAIN(TestDatabaseRecordSource)
#include "tst_databaserecordsource.moc"
