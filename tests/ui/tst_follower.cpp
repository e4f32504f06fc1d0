// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/session/orderreader.h"
#include "core/session/pagereader.h"
#include "core/session/sessionworker.h"
#include "tests/support/fakerecordsource.h"
#include "tests/support/testdatabase.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/table/databaserecordsource.h"
#include "ui/table/follower.h"
#include "ui/table/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QDeadlineTimer>
#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::Follower;
using ui::RecordTableModel;
using ui::RowState;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;

StoredValue text(const char *value)
{
    return StoredValue::utf8(value);
}

/// A model and its follower over rows in memory; the test is the web app.
struct Desk
{
    explicit Desk(int posts = 20)
        : source(test::postsTable())
        , edits(test::postsTable())
        , history(edits)
        , model(source, edits, history)
        , follower(
              model, edits, source,
              [this] { return QtFuture::makeReadyFuture(std::optional<qint64>(version)); }, 1)
    {
        for (qint64 id = posts; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
        model.setQuery({edits.table(), {}});
        settle();
    }

    void settle()
    {
        for (int turn = 0; turn < 5; ++turn) {
            QCoreApplication::processEvents();
            source.answerAll();
        }
    }
    /// Another program has changed something; what comes of it is awaited.
    void changed()
    {
        ++version;
        const QDeadlineTimer patience(30'000);
        do { // it may be resting
            follower.check();
            QCoreApplication::processEvents();
        } while (source.keyStreams.empty() && !patience.hasExpired());
        settle();
    }
    QString mark(qint64 id) const
    {
        return model.index(model.rowOf(Key::integer(id)), 0).data().toString();
    }
    QModelIndex title(qint64 id) const
    {
        return model.index(model.rowOf(Key::integer(id)),
                           RecordTableModel::modelColumn(titleColumn));
    }
    void edit(qint64 id, int column, const char *value)
    {
        history.setValue(Key::integer(id), column, text(value), source.record(Key::integer(id)));
        history.endFieldEdit();
    }

    qint64 version = 1;
    test::FakeRecordSource source;
    ui::EditBuffer edits;
    ui::EditHistory history;
    RecordTableModel model;
    Follower follower;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class FollowerTest final : public QObject
{
    Q_OBJECT

private slots:
    void aChangedRowIsMarkedUntilItsVisitEnds()
    {
        Desk desk;
        desk.source.setValue(Key::integer(7), titleColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.title(7).data().toString(), u"Web"_s);
        QCOMPARE(desk.mark(7), u"»"_s);
        QVERIFY(
            desk.title(7).data(Qt::AccessibleTextRole).toString().endsWith(u"changed outside"_s));
        QCOMPARE(desk.mark(8), QString());
        QCOMPARE(desk.model.changedOutsideCount(), 1);
        QVERIFY(!desk.follower.hasChangedElsewhere());
        desk.model.endVisit(Key::integer(7));
        QCOMPARE(desk.mark(7), QString());
        QCOMPARE(desk.model.changedOutsideCount(), 0);
    }

    void nothingIsReadWhileNobodyWrites()
    {
        Desk desk;
        desk.follower.check();
        QCoreApplication::processEvents();
        QVERIFY(desk.source.pages.empty());
        QVERIFY(desk.source.keyStreams.empty());
    }

    void rowsOutOfSightAreReadAgain()
    {
        Desk desk(RecordTableModel::pageSize * 4);
        desk.model.prefetch(RecordTableModel::pageSize * 3, RecordTableModel::pageSize * 3 + 10);
        desk.settle();
        desk.model.prefetch(0, 10);
        desk.settle();
        desk.source.setValue(Key::integer(3), titleColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.mark(3), u"»"_s);
    }

    void aChangeOfRowsThatAreNotHereIsSaidOnly()
    {
        Desk desk(RecordTableModel::pageSize * 8);
        desk.source.setValue(Key::integer(3), titleColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.model.changedOutsideCount(), 0);
        QVERIFY(desk.follower.hasChangedElsewhere());
        desk.follower.acknowledge();
        QVERIFY(!desk.follower.hasChangedElsewhere());
    }

    void aChangeBehindTheFirstCharactersIsAChange()
    {
        Desk desk;
        desk.source.setCut(bodyColumn, 4);
        desk.follower.refresh();
        desk.settle();
        desk.model.endVisit({});
        for (qint64 id = 1; id <= 20; ++id)
            desk.model.endVisit(Key::integer(id));
        desk.source.setValue(Key::integer(7), bodyColumn, text("Hello 7, and another end."));
        desk.changed();
        QCOMPARE(desk.mark(7), u"»"_s);
        QCOMPARE(desk.model.changedOutsideCount(), 1);
    }

    void insertedAndDeletedRowsComeAndGo()
    {
        Desk desk;
        const QPersistentModelIndex kept(desk.title(7));
        desk.source.insertAt(0, Key::integer(21), test::postValues(21));
        desk.source.remove(Key::integer(12));
        desk.changed();
        QCOMPARE(desk.model.rowCount(), 20);
        QCOMPARE(desk.model.keyAt(0), Key::integer(21));
        QCOMPARE(desk.model.rowOf(Key::integer(12)), -1);
        QCOMPARE(desk.model.keyAt(kept.row()), Key::integer(7));
        QVERIFY(desk.follower.hasChangedElsewhere());
    }

    void anEditedFieldThatBecameAnotherIsInConflict()
    {
        Desk desk;
        desk.edit(7, titleColumn, "Mine");
        desk.source.setValue(Key::integer(7), titleColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.mark(7), u"!"_s);
        QCOMPARE(desk.title(7).data().toString(), u"Mine"_s);
        QCOMPARE(desk.edits.base(Key::integer(7), titleColumn), text("Post number 7"));
        const auto problem = desk.edits.problem(Key::integer(7));
        QVERIFY(problem);
        QCOMPARE(problem->conflicts.size(), 1);
        QCOMPARE(problem->conflicts.first().theirs, text("Web"));
        QCOMPARE(problem->theirs.values.at(titleColumn), text("Web"));
        // Going on typing leaves it a conflict; typing the same makes it none.
        desk.edit(7, titleColumn, "Mine, too");
        QCOMPARE(desk.mark(7), u"!"_s);
        desk.edit(7, titleColumn, "Web");
        QCOMPARE(desk.mark(7), u"~"_s);
        desk.history.undoStack().undo();
        QCOMPARE(desk.mark(7), u"!"_s);
    }

    void whatAConflictHasShownNeedsNoMark()
    {
        Desk desk;
        // Known by the save, and read only after the user has decided for theirs.
        desk.edit(7, titleColumn, "Mine");
        desk.edit(6, titleColumn, "Mine");
        desk.source.setValue(Key::integer(7), titleColumn, text("Web"));
        desk.edits.markProblems(desk.source.apply(desk.edits.changeSet()).problems);
        QCOMPARE(desk.mark(7), u"!"_s);
        desk.history.revertRows({Key::integer(7)});
        desk.changed();
        QCOMPARE(desk.title(7).data().toString(), u"Web"_s);
        QCOMPARE(desk.mark(7), QString());
        // Known by reading.
        desk.source.setValue(Key::integer(6), titleColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.mark(6), u"!"_s);
        desk.history.revertRows({Key::integer(6)});
        QCOMPARE(desk.mark(6), QString());
        // What comes after that is news.
        desk.source.setValue(Key::integer(7), titleColumn, text("Web again"));
        desk.changed();
        QCOMPARE(desk.mark(7), u"»"_s);
    }

    void aChangeOfAnotherFieldIsNoConflict()
    {
        Desk desk;
        desk.edit(7, titleColumn, "Mine");
        desk.source.setValue(Key::integer(7), bodyColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.mark(7), u"~"_s);
    }

    void anEditedLargeValueIsReadWhole()
    {
        Desk desk;
        desk.source.setCut(bodyColumn, 4);
        desk.edit(7, bodyColumn, "Mine");
        desk.source.setValue(Key::integer(7), bodyColumn, text("Hello 7, and another end."));
        desk.changed();
        QCOMPARE(desk.mark(7), u"!"_s);
        QCOMPARE(desk.edits.problem(Key::integer(7))->conflicts.first().theirs,
                 text("Hello 7, and another end."));
    }

    void anEditedRowThatIsGoneIsInConflictAndStays()
    {
        Desk desk;
        desk.edit(7, titleColumn, "Mine");
        desk.source.remove(Key::integer(7));
        desk.changed();
        QCOMPARE(desk.mark(7), u"!"_s);
        QCOMPARE(desk.edits.problem(Key::integer(7))->kind, orm::RowProblem::Kind::DeletedOutside);
    }

    void aRowToBeDeletedThatBecameAnotherIsInConflict()
    {
        Desk desk;
        desk.history.removeRows({Key::integer(7)}, {desk.source.record(Key::integer(7))});
        desk.source.setValue(Key::integer(7), bodyColumn, text("Web"));
        desk.changed();
        QCOMPARE(desk.mark(7), u"!"_s);
    }

    void anOwnSaveIsNothingFromOutside()
    {
        Desk desk;
        desk.edit(7, titleColumn, "Mine");
        const orm::ChangeSet changes = desk.edits.changeSet();
        const orm::CommitResult result = desk.source.apply(changes);
        // What was saved is read before the answer to the save is here.
        desk.changed();
        QCOMPARE(desk.mark(7), u"~"_s);
        desk.edits.markCommitted(changes, result);
        desk.settle();
        QCOMPARE(desk.mark(7), QString());
        QCOMPARE(desk.model.changedOutsideCount(), 0);
    }

    void whileOneReadingLastsNoOtherBegins()
    {
        Desk desk;
        ++desk.version;
        desk.follower.check();
        QTRY_COMPARE(desk.source.keyStreams.size(), 1U);
        ++desk.version;
        desk.follower.check();
        QCoreApplication::processEvents();
        QCOMPARE(desk.source.keyStreams.size(), 1U);
        desk.settle();
        // What was left out is made up for.
        QTRY_VERIFY2((desk.follower.check(), QCoreApplication::processEvents(),
                      desk.source.keyStreams.size() == 1U),
                     "not read again");
    }

    /// The rows are those of a plain SELECT whenever all comes to rest, whatever others do.
    void otherProgramsMayWriteAllTheTime_data()
    {
        QTest::addColumn<QString>("order");
        QTest::addColumn<int>("column");
        QTest::addRow("key") << u"id DESC"_s << -1;
        QTest::addRow("title") << u"title, id"_s << titleColumn;
    }
    void otherProgramsMayWriteAllTheTime()
    {
        QFETCH(const QString, order);
        QFETCH(const int, column);
        const TestDatabase database(
            u"CREATE TABLE posts (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT,"
            " created_at DATETIME);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
            " INSERT INTO posts SELECT i * 2, 'Post ' || (i * 7919 % 4001), 'Hello ' || i,"
            " '2024-01-01 00:00:00' FROM n"_s);
        orm::SessionWorker worker(database.url());
        const orm::Table table
            = worker
                  .run([](orm::Session &session) {
                      return orm::reflect(session.connection(), u"posts"_s).table;
                  })
                  .result();
        std::optional<qint64> known; // not while the file is being filled
        QTRY_VERIFY((known = worker.dataVersion().result()));
        const qint64 version = *known;
        orm::PageReader pages(database.url());
        orm::OrderReader orders(database.url());
        ui::DatabaseRecordSource source(pages, orders);
        ui::EditBuffer edits(table);
        ui::EditHistory history(edits);
        RecordTableModel model(source, edits, history);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Follower follower(
            model, edits, source, [&worker] { return worker.dataVersion(); }, version);
        QList<orm::SortColumn> sort;
        if (column >= 0)
            sort.append({column, Qt::AscendingOrder});
        model.setQuery({table, sort});
        QTRY_VERIFY(model.isCounted());

        std::atomic_int rounds = 0;
        std::thread writer([&] {
            QRandomGenerator random(4);
            for (; rounds < 24; ++rounds) {
                const int id = random.bounded(8000);
                const QString sql = rounds % 3 == 0 ? u"INSERT OR IGNORE INTO posts VALUES (%1, "
                                                      "'New %1', '', '2024-01-01 00:00:00')"_s
                    : rounds % 3 == 1 ? u"DELETE FROM posts WHERE id BETWEEN %1 AND %1 + 3"_s
                                      : u"UPDATE posts SET title = 'Web %1' WHERE id = %1"_s;
                database.outside(sql.arg(id));
            }
        });
        QRandomGenerator random(5);
        while (rounds < 24) {
            const int row = random.bounded(std::max(1, model.rowCount() - 30));
            model.prefetch(row, row + 30);
            follower.check();
            QCoreApplication::processEvents();
        }
        writer.join();
        // Until nothing is new: the last write may have come during the last reading.
        const QString sql = u"SELECT group_concat(id) FROM (SELECT id FROM posts ORDER BY %1)"_s;
        const QString wanted = database.outsideScalar(sql.arg(order)).toString();
        const auto shown = [&model] {
            QStringList ids;
            for (int row = 0; row < model.rowCount(); ++row)
                ids.append(model.keyAt(row).toString());
            return ids.join(u',');
        };
        QTRY_VERIFY_WITH_TIMEOUT((follower.check(), !model.isRefreshing() && shown() == wanted),
                                 60'000);
        model.prefetch(100, 130);
        for (int row = 100; row <= 130; ++row) {
            const QModelIndex title = model.index(row, RecordTableModel::modelColumn(titleColumn));
            const QString stored
                = database
                      .outsideScalar(u"SELECT title FROM posts WHERE id = %1"_s.arg(
                          model.keyAt(row).toString()))
                      .toString();
            QTRY_COMPARE(title.data().toString(), stored);
        }
    }
};

QTEST_GUILESS_MAIN(FollowerTest)
#include "tst_follower.moc"
