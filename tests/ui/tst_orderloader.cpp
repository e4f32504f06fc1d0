// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/search/matcher.h"
#include "ui/search/searchparser.h"
#include "ui/table/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using orm::Key;
using ui::OrderLoader;
using ui::RecordTableModel;
using ui::RowOrder;

namespace {

constexpr int titleColumn = 1;
const int bodyColumn = RecordTableModel::modelColumn(2);

/// A model over rows in memory whose answers come when the test wants.
struct Desk
{
    enum class Counted { No, Yes };

    explicit Desk(int posts = 500, Counted counted = Counted::Yes)
        : source(test::postsTable())
        , edits(test::postsTable())
        , history(edits)
        , model(source, edits, history)
    {
        for (qint64 id = posts; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        model.setQuery({edits.table(), {}});
        if (counted == Counted::Yes) {
            settle();
        } else {
            source.answerFirstPage();
            QCoreApplication::processEvents();
        }
    }

    void settle()
    {
        QCoreApplication::processEvents();
        source.answerAll();
    }
    void search(const QString &text)
    {
        model.setSearch(std::make_shared<ui::Matcher>(*ui::parseSearch(text, edits.table()).query,
                                                      edits.table()));
    }
    /// A part of what the oldest reading finds.
    void send(const QList<qint64> &ids, qint64 rowsRead)
    {
        orm::KeyBatch batch;
        for (const qint64 id : ids)
            batch.keys.append(Key::integer(id));
        batch.rowsRead = rowsRead;
        source.keyStreams.front().promise->addResult(batch);
        QCoreApplication::processEvents();
    }
    /// The last rows, as Ctrl+End wants them.
    void turn(RowOrder::Edge edge)
    {
        model.loader().readFrom(edge);
        source.answerFirstPage();
        QCoreApplication::processEvents();
        // What was read before is not wanted any more.
        QVERIFY(source.keyStreams.front().isCanceled());
        source.keyStreams.erase(source.keyStreams.begin());
    }
    /// Keys @p first to @p last, upwards, as they come when the end is read first.
    void sendUp(qint64 first, qint64 last, bool isLast = false, bool restarts = false)
    {
        orm::KeyBatch batch;
        for (qint64 id = first; id <= last; ++id) {
            if (source.record(Key::integer(id)).values.size() > 0)
                batch.keys.append(Key::integer(id));
        }
        batch.isLast = isLast;
        batch.restarts = restarts;
        source.keyStreams.front().promise->addResult(batch);
        QCoreApplication::processEvents();
    }
    QList<qint64> ids() const
    {
        QList<qint64> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.keyAt(row).number());
        return ids;
    }
    static QList<qint64> down(qint64 from, qint64 to)
    {
        QList<qint64> ids;
        for (qint64 id = from; id >= to; --id)
            ids.append(id);
        return ids;
    }
    void upsideDown()
    {
        QList<Key> keys;
        for (int row = model.rowCount() - 1; row >= 0; --row)
            keys.append(model.keyAt(row));
        source.setOrder(keys);
    }
    QString header() const
    {
        return model
            .headerData(RecordTableModel::modelColumn(titleColumn), Qt::Horizontal, Qt::DisplayRole)
            .toString();
    }
    QModelIndex title(qint64 id) const
    {
        return model.index(model.rowOf(Key::integer(id)),
                           RecordTableModel::modelColumn(titleColumn));
    }

    test::FakeRecordSource source;
    ui::EditBuffer edits;
    ui::EditHistory history;
    RecordTableModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class OrderLoaderTest final : public QObject
{
    Q_OBJECT

private slots:
    void anotherOrderComesWhole()
    {
        Desk desk;
        const QPersistentModelIndex current(desk.title(400));
        const QSignalSpy reset(&desk.model, &QAbstractItemModel::modelReset);
        QCOMPARE(desk.header(), u"Title"_s);
        desk.upsideDown();
        desk.model.setSort({{titleColumn, Qt::AscendingOrder}});
        QCOMPARE(desk.header(), u"Title ▲1"_s);
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::Sorting);
        desk.send({1, 2, 3}, 250);
        // Half of them are read, and three quarters of the work that is; then they are sorted
        QCOMPARE(desk.model.loader().percent(), std::optional(37));
        desk.source.keyStreams.front().promise->addResult(
            orm::KeyBatch{{}, false, false, 500, 250});
        QTRY_COMPARE(desk.model.loader().percent(), std::optional(87));
        QCOMPARE(desk.model.keyAt(0), Key::integer(500));
        QVERIFY(!desk.model.isSettled());
        desk.source.keyStreams.front().promise->addResult(
            orm::KeyBatch{desk.source.keyList(3, 497), true, false, 500});
        desk.source.keyStreams.front().promise->finish();
        desk.source.keyStreams.clear();
        desk.settle();
        QCOMPARE(desk.model.keyAt(0), Key::integer(1));
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(current.row()), Key::integer(400));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::None);
        QVERIFY(!desk.model.loader().isReading());
    }

    void theEndIsThereWhileRowsAreStillRead()
    {
        Desk desk(1000, Desk::Counted::No);
        QCOMPARE(desk.ids(), Desk::down(1000, 745));
        const QSignalSpy turned(&desk.model.loader(), &OrderLoader::turned);
        desk.turn(RowOrder::Edge::End);
        QCOMPARE(turned.size(), 1);
        QCOMPARE(desk.ids(), Desk::down(256, 1));
        QCOMPARE(desk.model.edge(), RowOrder::Edge::End);
        QVERIFY(!desk.model.isCounted());
        const QPersistentModelIndex last(desk.title(1));
        desk.sendUp(1, 100); // as much as is here already is no news
        QCOMPARE(desk.ids(), Desk::down(256, 1));
        desk.sendUp(101, 400);
        QCOMPARE(desk.ids(), Desk::down(400, 1));
        desk.sendUp(401, 800);
        QCOMPARE(desk.ids(), Desk::down(800, 1));
        QCOMPARE(last.row(), 799);
        desk.sendUp(801, 1000, true);
        QCOMPARE(desk.ids(), Desk::down(1000, 1));
        QVERIFY(desk.model.isCounted());
        QCOMPARE(desk.model.edge(), RowOrder::Edge::Top);
        QCOMPARE(last.row(), 999);
        desk.model.loader().readFrom(RowOrder::Edge::End); // all is here
        QVERIFY(desk.source.firstPages.empty());
    }

    void theTopComesBackFromTheEnd()
    {
        Desk desk(1000, Desk::Counted::No);
        desk.turn(RowOrder::Edge::End);
        desk.sendUp(1, 400);
        desk.turn(RowOrder::Edge::Top);
        QCOMPARE(desk.ids(), Desk::down(1000, 745));
        QCOMPARE(desk.model.edge(), RowOrder::Edge::Top);
        desk.settle();
        QCOMPARE(desk.ids(), Desk::down(1000, 1));
        QVERIFY(desk.model.isCounted());
    }

    void aReadingFromTheEndThatIsGivenUpCanBeTurned()
    {
        Desk desk(1000, Desk::Counted::No);
        desk.turn(RowOrder::Edge::End);
        desk.sendUp(1, 400);
        desk.model.loader().stop();
        desk.source.keyStreams.clear();
        QCOMPARE(desk.ids(), Desk::down(400, 1));
        desk.model.loader().readFrom(RowOrder::Edge::Top);
        desk.settle();
        QCOMPARE(desk.ids(), Desk::down(1000, 1));
    }

    void pendingRowsStayWhereverItIsReadFrom()
    {
        Desk desk(1000, Desk::Counted::No);
        desk.model.setData(desk.title(900), u"Mine"_s, Qt::EditRole);
        desk.model.setData(desk.title(800), u"Mine, too"_s, Qt::EditRole);
        desk.source.remove(Key::integer(800)); // by another program
        desk.turn(RowOrder::Edge::End);
        QCOMPARE(desk.ids(), QList<qint64>({900, 800}) + Desk::down(256, 1));
        desk.sendUp(1, 850);
        QCOMPARE(desk.ids(), QList<qint64>{900} + Desk::down(850, 1));
        desk.sendUp(851, 950);
        QCOMPARE(desk.ids(), Desk::down(950, 1));
        desk.sendUp(951, 1000, true);
        QCOMPARE(desk.ids(), Desk::down(1000, 1));
        desk.history.undo();
        QCOMPARE(desk.model.rowOf(Key::integer(800)), -1); // it was pinned, and is gone
    }

    void rowsThatOthersWriteWhileTheEndIsReadAreThereOnce()
    {
        Desk desk(1000, Desk::Counted::No);
        desk.turn(RowOrder::Edge::End);
        desk.sendUp(1, 990);
        desk.source.remove(Key::integer(500));
        desk.source.add(Key::integer(1001), test::postValues(1001));
        desk.sendUp(1, 0, false, true); // the reader notices, and reads once more
        QCOMPARE(desk.ids(), Desk::down(990, 1));
        desk.sendUp(1, 600);
        QCOMPARE(desk.ids(), Desk::down(990, 1));
        desk.sendUp(601, 1001, true);
        QCOMPARE(desk.ids(), Desk::down(1001, 501) + Desk::down(499, 1));
    }

    void ownSavesWhileTheEndIsReadAreThereOnce()
    {
        Desk desk(1000, Desk::Counted::No);
        desk.turn(RowOrder::Edge::End);
        desk.sendUp(1, 400);
        desk.history.insertRow({{titleColumn, orm::StoredValue::text(u"new"_s)}});
        desk.history.removeRows({Key::integer(3)}, {desk.source.record(Key::integer(3))});
        const orm::ChangeSet changes = desk.edits.changeSet();
        desk.edits.markCommitted(changes, desk.source.apply(changes));
        const QList<qint64> saved = QList<qint64>{1001} + Desk::down(400, 4) + Desk::down(2, 1);
        QCOMPARE(desk.ids(), saved);
        desk.source.keyStreams.erase(desk.source.keyStreams.begin()); // given up for a new one
        desk.sendUp(1, 300);
        QCOMPARE(desk.ids(), saved);
        desk.sendUp(301, 500);
        QCOMPARE(desk.ids(), QList<qint64>{1001} + Desk::down(500, 4) + Desk::down(2, 1));
        desk.sendUp(501, 1001, true);
        QCOMPARE(desk.ids(), Desk::down(1001, 4) + Desk::down(2, 1));
    }

    void theFirstRowsOfAnOrderAreShownUntilItIsKnown()
    {
        Desk desk;
        const QPersistentModelIndex current(desk.title(400));
        desk.model.setData(desk.title(300), u"Mine"_s, Qt::EditRole);
        desk.upsideDown();
        desk.model.setSort({{titleColumn, Qt::AscendingOrder}});
        const QList<Key> kept = desk.source.keyStreams.front().query.kept;
        QVERIFY(kept.contains(Key::integer(400)) && kept.contains(Key::integer(300)));
        orm::KeyBatch preview;
        preview.isPreview = true;
        for (const qint64 id : {1, 2, 3, 300, 400})
            preview.keys.append(Key::integer(id));
        desk.source.keyStreams.front().promise->addResult(preview);
        QCoreApplication::processEvents();
        QVERIFY(desk.model.isSettled() && desk.model.loader().isPreview());
        QVERIFY(!desk.model.isCounted());
        QCOMPARE(desk.model.rowCount(), 5);
        QCOMPARE(desk.model.keyAt(0), Key::integer(1));
        QCOMPARE(desk.model.keyAt(current.row()), Key::integer(400));
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::Sorting);
        desk.settle();
        QVERIFY(!desk.model.loader().isPreview());
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(0), Key::integer(1));
        QCOMPARE(desk.model.keyAt(current.row()), Key::integer(400));
    }

    void aPreviewThatIsGivenUpIsTheOrderBefore()
    {
        Desk desk;
        desk.upsideDown();
        desk.model.setSort({{titleColumn, Qt::AscendingOrder}});
        orm::KeyBatch preview;
        preview.isPreview = true;
        preview.keys.append(Key::integer(1));
        desk.source.keyStreams.front().promise->addResult(preview);
        QCoreApplication::processEvents();
        QCOMPARE(desk.model.rowCount(), 1);
        desk.model.loader().stop();
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(0), Key::integer(500));
        QVERIFY(desk.model.isCounted());
        QCOMPARE(desk.header(), u"Title"_s);
    }

    void theOrderBeforeASearchIsThereAtOnce()
    {
        Desk desk;
        desk.search(u"49"_s);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 15);
        // Meanwhile a row is saved here, one is deleted here, and another program deletes one.
        desk.history.insertRow({{titleColumn, orm::StoredValue::text(u"49 new"_s)}});
        desk.history.removeRows({Key::integer(498)}, {desk.source.record(Key::integer(498))});
        const orm::ChangeSet changes = desk.edits.changeSet();
        desk.edits.markCommitted(changes, desk.source.apply(changes));
        desk.source.remove(Key::integer(77));
        desk.model.setSearch(nullptr);
        QVERIFY(desk.model.isSettled());
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(0), Key::integer(501));
        QCOMPARE(desk.model.rowOf(Key::integer(498)), -1);
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::None);
        desk.settle(); // and brought up to date
        QCOMPARE(desk.model.rowCount(), 499);
        QCOMPARE(desk.model.rowOf(Key::integer(77)), -1);
    }

    void theOrderIsKeptWhileASearchIsTyped()
    {
        Desk desk;
        desk.search(u"4"_s);
        desk.search(u"49"_s); // before there was any answer
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 15);
        desk.model.setSearch(nullptr);
        QVERIFY(desk.model.isSettled());
        QCOMPARE(desk.model.rowCount(), 500);
    }

    void goingBackBeforeAnAnswerCostsNothing()
    {
        Desk desk;
        desk.search(u"4"_s);
        desk.model.setSearch(nullptr);
        QVERIFY(desk.model.isSettled());
        QVERIFY(desk.model.isCounted());
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::None);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 500);
    }

    void aSaveDuringAPreviewIsInTheOrderBefore()
    {
        Desk desk;
        desk.model.setSort({{titleColumn, Qt::AscendingOrder}});
        orm::KeyBatch preview;
        preview.isPreview = true;
        preview.keys.append(Key::integer(1));
        desk.source.keyStreams.front().promise->addResult(preview);
        QCoreApplication::processEvents();
        desk.history.insertRow({{titleColumn, orm::StoredValue::text(u"new"_s)}});
        desk.history.removeRows({Key::integer(498)}, {desk.source.record(Key::integer(498))});
        const orm::ChangeSet changes = desk.edits.changeSet();
        desk.edits.markCommitted(changes, desk.source.apply(changes));
        desk.model.loader().stop();
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(0), Key::integer(501));
        QCOMPARE(desk.model.rowOf(Key::integer(498)), -1);
    }

    void theOrderBeforeIsThereAtOnce()
    {
        Desk desk;
        const QPersistentModelIndex current(desk.title(400));
        const QList<orm::SortColumn> byTitle{{titleColumn, Qt::AscendingOrder}};
        desk.upsideDown();
        desk.model.setSort(byTitle);
        desk.settle();
        QCOMPARE(desk.model.keyAt(0), Key::integer(1));
        desk.model.setSort({});
        QVERIFY(desk.model.isSettled());
        QCOMPARE(desk.model.keyAt(0), Key::integer(500));
        QCOMPARE(desk.model.keyAt(current.row()), Key::integer(400));
        desk.model.setSort(byTitle);
        QVERIFY(desk.model.isSettled());
        QCOMPARE(desk.model.keyAt(0), Key::integer(1));
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 500);
    }

    void anOrderThatIsGivenUpIsTheOneBefore()
    {
        Desk desk;
        desk.upsideDown();
        desk.model.setSort({{titleColumn, Qt::AscendingOrder}});
        desk.model.setSort({{titleColumn, Qt::DescendingOrder}});
        const QSignalSpy failed(&desk.model, &RecordTableModel::fetchFailed);
        const QSignalSpy ended(&desk.model.loader(), &OrderLoader::ended);
        desk.model.loader().stop();
        QVERIFY(desk.source.keyStreams.back().isCanceled());
        QCOMPARE(desk.header(), u"Title"_s);
        QVERIFY(desk.model.query().sort.isEmpty());
        QCOMPARE(desk.model.keyAt(0), Key::integer(500));
        QVERIFY(!desk.model.loader().isReading());
        QCOMPARE(failed.size(), 0);
        QCOMPARE(ended.size(), 1);
    }

    void firstHitsAreShownWhileTheRestIsFound()
    {
        Desk desk;
        desk.search(u"49"_s);
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::Searching);
        QCOMPARE(desk.model.rowCount(), 500); // until there are hits, for a moment
        desk.send({499, 498}, 100);
        QTRY_COMPARE(desk.model.rowCount(), 2);
        QVERIFY(!desk.model.isCounted());
        QCOMPARE(desk.model.keyAt(0), Key::integer(499));
        desk.send({497}, 200);
        QCOMPARE(desk.model.rowCount(), 3);
        QCOMPARE(desk.model.loader().percent(), std::optional(40));
        desk.source.keyStreams.front().promise->addResult(orm::KeyBatch{{}, true, false, 500});
        desk.settle();
        QVERIFY(desk.model.isCounted());
        QCOMPARE(desk.model.committedCount(), 3);
        QCOMPARE(desk.model.loader().totalCount(), std::optional<qint64>(500));
    }

    void aScreenfulOfHitsIsShownAtOnce()
    {
        Desk desk;
        constexpr int screenful = OrderLoader::screenful;
        desk.search(u"Post"_s);
        desk.send(Desk::down(500, 502 - screenful), 500);
        desk.send({501 - screenful}, 500);
        QCOMPARE(desk.model.rowCount(), screenful); // others come when there was time for them
        desk.send({500 - screenful}, 500);
        QCOMPARE(desk.model.rowCount(), screenful + 1);
        QVERIFY(desk.model.loader().isReading());
        desk.settle();
    }

    void aSearchWithoutHitsYetShowsNoOtherRows()
    {
        Desk desk;
        desk.search(u"49"_s);
        QTRY_COMPARE(desk.model.rowCount(), 0);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 15);
    }

    void eachSearchCancelsTheOneBefore()
    {
        Desk desk;
        desk.search(u"4"_s);
        desk.search(u"49"_s);
        QCOMPARE(desk.source.keyStreams.size(), 2U);
        QVERIFY(desk.source.keyStreams.front().isCanceled());
        QVERIFY(!desk.source.keyStreams.back().isCanceled());
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 15);
        desk.model.setSearch(nullptr);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 500);
    }

    void aSearchThatIsGivenUpShowsWhatItFound()
    {
        Desk desk;
        desk.search(u"49"_s);
        desk.send({499, 498}, 100);
        desk.model.loader().stop();
        QCOMPARE(desk.model.rowCount(), 2);
        QVERIFY(!desk.model.isCounted());
        QVERIFY(desk.model.query().filter);
    }

    void rowsWithEditsStayAndSayWhy()
    {
        Desk desk;
        const auto edit = [&desk](qint64 id, const QString &title) {
            desk.model.setData(desk.title(id), title, Qt::EditRole);
        };
        edit(499, u"Mine"_s); // the body still has it
        edit(300, u"Mine"_s);
        edit(400, u"Mine, 49"_s);
        const Key fresh = desk.history.insertRow({});
        desk.search(u"49"_s);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 15 + 3);
        QCOMPARE(desk.model.committedCount(), 15);
        const auto isPinned = [&desk](const Key &key) {
            return desk.model.index(desk.model.rowOf(key), 0).data(ui::PinnedRole).toBool();
        };
        QVERIFY(!isPinned(Key::integer(499)));
        QVERIFY(isPinned(Key::integer(300)));
        QVERIFY(!isPinned(Key::integer(400)));
        QVERIFY(isPinned(fresh));
        desk.search(u"title:49"_s);
        desk.settle();
        QVERIFY(isPinned(Key::integer(499)));
        QVERIFY(desk.title(499)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .endsWith(u"no longer matches the search"_s));
    }

    void hitsAreMarkedInTheCells()
    {
        Desk desk;
        using Hits = QList<QPair<int, int>>;
        QVERIFY(!desk.title(499).data(ui::MatchesRole).isValid());
        desk.search(u"49"_s);
        desk.settle();
        QCOMPARE(desk.title(499).data(ui::MatchesRole).value<Hits>(), (Hits{{12, 2}}));
        const auto body = [&desk] { return desk.title(499).siblingAtColumn(bodyColumn); };
        QCOMPARE(body().data(ui::MatchesRole).value<Hits>(), (Hits{{6, 2}}));
        desk.search(u"title:49 hello"_s); // each word is marked where it was looked for
        desk.settle();
        QCOMPARE(desk.title(499).data(ui::MatchesRole).value<Hits>(), (Hits{{12, 2}}));
        QCOMPARE(body().data(ui::MatchesRole).value<Hits>(), (Hits{{0, 5}}));
        desk.model.setSearch(nullptr);
        desk.settle();
        QVERIFY(!desk.title(499).data(ui::MatchesRole).isValid());
    }

    void ownSavesChangeTheTotal()
    {
        Desk desk;
        desk.search(u"49"_s);
        desk.settle();
        desk.history.insertRow({{titleColumn, orm::StoredValue::text(u"New")}});
        const orm::ChangeSet changes = desk.edits.changeSet();
        desk.edits.markCommitted(changes, desk.source.apply(changes));
        QCOMPARE(desk.model.loader().totalCount(), std::optional<qint64>(501));
    }

    void readingAgainIsNoTask()
    {
        Desk desk;
        desk.model.refresh();
        QVERIFY(desk.model.loader().isReading());
        QCOMPARE(desk.model.loader().activity(), OrderLoader::Activity::None);
        desk.settle();
    }
};

QTEST_GUILESS_MAIN(OrderLoaderTest)
#include "tst_orderloader.moc"
