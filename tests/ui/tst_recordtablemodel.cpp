// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/table/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::RecordTableModel;
using ui::RowState;

namespace {

constexpr int idColumn = 0;
constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int createdColumn = 3;

StoredValue text(const char *value)
{
    return StoredValue::utf8(value);
}

/// A model over a source that answers when the test wants.
struct Desk
{
    explicit Desk(int posts = 500, const orm::Table &table = test::postsTable())
        : source(table)
        , edits(table)
        , history(edits)
        , model(source, edits, history)
    {
        for (qint64 id = posts; id >= 1; --id)
            source.add(Key::integer(id), test::postValues(id));
    }

    /// Everything answered.
    Desk &shown(const QList<orm::SortColumn> &sort = {})
    {
        model.setQuery({edits.table(), sort});
        settle();
        return *this;
    }
    void settle()
    {
        QCoreApplication::processEvents();
        source.answerAll();
    }
    QModelIndex at(const Key &key, int column) const
    {
        return model.index(model.rowOf(key), RecordTableModel::modelColumn(column));
    }
    QString mark(const Key &key) const
    {
        return model.index(model.rowOf(key), 0).data().toString();
    }
    QString title(const Key &key) const { return at(key, titleColumn).data().toString(); }
    QList<Key> keys() const
    {
        QList<Key> keys;
        for (int row = 0; row < model.rowCount(); ++row)
            keys.append(model.keyAt(row));
        return keys;
    }
    void remove(const QList<Key> &removed)
    {
        QList<orm::Record> whole;
        for (const Key &key : removed)
            whole.append(source.record(edits.resolve(key)));
        history.removeRows(removed, whole);
    }
    /// As a cell editor does.
    bool typeTitle(const Key &key, const QString &title)
    {
        return model.setData(at(key, titleColumn), title, Qt::EditRole);
    }
    bool save()
    {
        const orm::ChangeSet changes = edits.changeSet();
        const orm::CommitResult result = source.apply(changes);
        edits.markProblems(result.problems);
        edits.markCommitted(changes, result);
        return result.isCommitted();
    }

    test::FakeRecordSource source;
    EditBuffer edits;
    ui::EditHistory history;
    RecordTableModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class RecordTableModelTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        qputenv("TZ", "UTC");
    }

    void theFirstPageIsThereBeforeTheKeys()
    {
        Desk desk;
        const QSignalSpy counts(&desk.model, &RecordTableModel::countChanged);
        desk.model.setQuery({desk.edits.table(), {}});
        QCOMPARE(desk.model.rowCount(), 0);
        desk.source.answerFirstPage();
        QTRY_COMPARE(desk.model.rowCount(), RecordTableModel::pageSize);
        QVERIFY(!desk.model.isCounted());
        QCOMPARE(desk.title(Key::integer(500)), u"Post number 500"_s);
        QVERIFY(desk.source.pages.empty()); // came with the first page
        desk.source.answerKeys(100);
        QTRY_VERIFY(desk.model.isCounted());
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.committedCount(), 500);
        QVERIFY(counts.size() >= 2);
        QCOMPARE(desk.model.keyAt(0), Key::integer(500));
        QCOMPARE(desk.model.keyAt(500), Key());
        QCOMPARE(desk.model.rowOf(Key::integer(1)), 499);
        QCOMPARE(desk.model.rowOf(Key::integer(501)), -1);
    }

    /// Of a row with a huge value the first rows have the beginning only: what is there is shown, nothing of
    /// it can be edited, and the rest fills in without a mark.
    void aRowWhoseEndIsStillReadIsShown()
    {
        Desk desk(3);
        orm::RecordPage first;
        for (const qint64 id : {3, 2, 1}) {
            first.keys.append(Key::integer(id));
            first.records.append({test::postValues(id), {}, 0});
        }
        first.records[1].values.resize(createdColumn);
        desk.model.setQuery({desk.edits.table(), {}}, first);
        const auto isLoaded = [&desk](qint64 id, int column) {
            return desk.at(Key::integer(id), column).data(ui::CellLoadedRole).toBool();
        };
        QCOMPARE(desk.model.rowCount(), 3);
        QCOMPARE(desk.title(Key::integer(2)), u"Post number 2"_s);
        QVERIFY(isLoaded(2, titleColumn) && isLoaded(3, createdColumn));
        QVERIFY(!isLoaded(2, createdColumn));
        QVERIFY(!desk.at(Key::integer(2), createdColumn).data().isValid());
        QVERIFY(!desk.at(Key::integer(2), titleColumn).flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(desk.at(Key::integer(3), titleColumn).flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(!desk.model.committed(Key::integer(2)));
        QVERIFY(!desk.model.value(Key::integer(2), titleColumn));
        desk.settle();
        QVERIFY(isLoaded(2, createdColumn));
        QVERIFY(desk.at(Key::integer(2), titleColumn).flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(desk.model.committed(Key::integer(2)));
        QCOMPARE(desk.mark(Key::integer(2)), QString());
        QCOMPARE(desk.model.changedOutsideCount(), 0);
    }

    void theKeysMayComeBeforeTheFirstPage()
    {
        Desk desk;
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerKeys();
        QTRY_COMPARE(desk.model.rowCount(), 500);
        const auto late = desk.source.firstPages.front();
        late.answer(desk.source.pageOf({Key::integer(500)}));
        QCoreApplication::processEvents();
        QCOMPARE(desk.model.rowCount(), 500);
    }

    void aReplyToAnEarlierQueryIsDropped()
    {
        Desk desk(3);
        desk.model.setQuery({desk.edits.table(), {}});
        const auto first = desk.source.firstPages.front();
        const auto keys = desk.source.keyStreams.front();
        desk.model.setQuery({desk.edits.table(), {{titleColumn, Qt::AscendingOrder}}});
        QVERIFY(first.isCanceled());
        QVERIFY(keys.isCanceled());
        QCOMPARE(desk.source.firstPages.back().query.sort.size(), 1);
        orm::KeyBatch wrong;
        wrong.keys.append(Key::integer(99));
        wrong.isLast = true;
        first.answer(desk.source.pageOf({Key::integer(1)}));
        keys.answer(wrong);
        desk.source.firstPages.erase(desk.source.firstPages.begin());
        desk.source.keyStreams.erase(desk.source.keyStreams.begin());
        QCoreApplication::processEvents();
        QCOMPARE(desk.model.rowCount(), 0);
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 3);
    }

    void aCellWhosePageIsNotHereIsEmptyAndAskedForOnce()
    {
        Desk desk;
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerFirstPage();
        desk.source.answerKeys();
        QTRY_COMPARE(desk.model.rowCount(), 500);
        const QModelIndex far = desk.at(Key::integer(10), titleColumn);
        QVERIFY(!far.data().isValid());
        QCOMPARE(far.data(ui::CellLoadedRole), QVariant(false));
        QVERIFY(!far.data(Qt::EditRole).isValid());
        QVERIFY(!desk.model.value(Key::integer(10), titleColumn));
        QVERIFY(!desk.model.committed(Key::integer(10)));
        QTRY_COMPARE(desk.source.pages.size(), 1U);
        QCOMPARE(desk.source.pages.front().keys.size(), 500 - 256); // the page, aligned
        QVERIFY(!far.data().isValid());
        QCoreApplication::processEvents();
        QCOMPARE(desk.source.pages.size(), 1U);

        const QSignalSpy changed(&desk.model, &QAbstractItemModel::dataChanged);
        desk.source.answerPage();
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(far.data(), QVariant(u"Post number 10"_s));
        QCOMPARE(far.data(ui::CellLoadedRole), QVariant(true));
        QCoreApplication::processEvents();
        QVERIFY(desk.source.pages.empty());
    }

    void whatIsSeenLastIsAskedForFirstAndWhatWasPassedNoMore()
    {
        Desk desk(100'000);
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerFirstPage();
        desk.source.answerKeys();
        QTRY_COMPARE(desk.model.rowCount(), 100'000);
        for (int page = 10; page < 40; ++page) // by data() alone
            desk.model.index(page * 256, 1).data();
        QTRY_COMPARE(int(desk.source.pages.size()), ui::PageFetcher::maxRequests);
        QCOMPARE(desk.source.pages.front().keys.first(), desk.model.keyAt(39 * 256));
        desk.source.answerPage();
        QTRY_COMPARE(int(desk.source.pages.size()), ui::PageFetcher::maxRequests);

        std::vector<test::Asked<orm::RecordPage>> passed;
        passed.swap(desk.source.pages);
        desk.model.prefetch(50'000, 50'040);
        for (const auto &asked : passed)
            QVERIFY(asked.isCanceled());
        QTRY_COMPARE(int(desk.source.pages.size()), ui::PageFetcher::maxRequests);
        QCOMPARE(desk.source.pages.front().keys.first(),
                 desk.model.keyAt(50'000 / 256 * 256)); // the visible page, then its neighbours
        for (const auto &asked : passed) {
            asked.answer(desk.source.pageOf(asked.keys)); // late
            QCoreApplication::processEvents();
        }
        QVERIFY(!desk.model.committed(passed.front().keys.first()));
        desk.settle();
        QCOMPARE(desk.model.index(50'000, 2).data().toString(), u"Post number 50000"_s);
    }

    void aPageThatFailsIsSaidAndAskedForAgainByRefresh()
    {
        Desk desk;
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerFirstPage();
        desk.source.answerKeys();
        QTRY_COMPARE(desk.model.rowCount(), 500);
        const QSignalSpy failed(&desk.model, &RecordTableModel::fetchFailed);
        const QModelIndex far = desk.at(Key::integer(10), titleColumn);
        far.data();
        QTRY_COMPARE(desk.source.pages.size(), 1U);
        desk.source.pages.front().fail(
            orm::OperationalError(orm::OperationalError::Reason::Busy, u"database is locked"_s));
        desk.source.pages.clear();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!far.data().isValid());
        QCoreApplication::processEvents();
        QVERIFY(desk.source.pages.empty());
        desk.model.refresh();
        far.data();
        desk.settle();
        QCOMPARE(far.data().toString(), u"Post number 10"_s);
    }

    void keysThatFailLeaveWhatIsShown()
    {
        Desk desk(3);
        desk.shown();
        const QSignalSpy failed(&desk.model, &RecordTableModel::fetchFailed);
        desk.model.refresh();
        desk.source.keyStreams.front().fail(
            orm::OperationalError(orm::OperationalError::Reason::InputOutput, u"disk I/O error"_s));
        desk.source.keyStreams.clear();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(desk.model.rowCount(), 3);
    }

    void cellsShowTheirValues()
    {
        Desk desk(3);
        desk.source.setValue(Key::integer(2), titleColumn, {});
        desk.source.setValue(Key::integer(1), titleColumn, text(""));
        desk.shown();
        QCOMPARE(desk.model.columnCount(), 5);
        QCOMPARE(desk.at(Key::integer(3), idColumn).data().toString(), u"3"_s);
        QCOMPARE(desk.at(Key::integer(3), bodyColumn).data().toString(), u"Hello 3"_s);
        QCOMPARE(desk.at(Key::integer(3), createdColumn).data().toString(), u"1 Jan 2024 03:00"_s);
        QCOMPARE(desk.at(Key::integer(3), createdColumn).data(Qt::ToolTipRole).toString(),
                 u"2024-01-01 03:00:00 UTC"_s);
        QCOMPARE(desk.at(Key::integer(3), createdColumn).data(Qt::EditRole).toString(),
                 u"2024-01-01 03:00:00"_s);
        QCOMPARE(desk.at(Key::integer(2), titleColumn).data(ui::CellNullRole), QVariant(true));
        QCOMPARE(desk.at(Key::integer(1), titleColumn).data(ui::CellNullRole), QVariant(false));
        QVERIFY(!desk.at(Key::integer(2), titleColumn).data(Qt::EditRole).isValid());
        QCOMPARE(desk.model.index(0, 0).data().toString(), QString());
        QCOMPARE(desk.at(Key::integer(3), titleColumn).data(ui::SearchTextRole).toString(),
                 u"Post number 3"_s);
        QCOMPARE(desk.at(Key::integer(3), idColumn).data(Qt::AccessibleTextRole).toString(),
                 u"id: 3"_s);
        const auto header = [&](int section) {
            return desk.model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        };
        QCOMPARE(header(0), QString());
        QCOMPARE(header(2), u"Title"_s);
        QCOMPARE(header(4), u"Created"_s);
    }

    void rowsSayWhatTheyAre()
    {
        Desk desk;
        desk.shown();
        const auto spoken = [&](const Key &key) {
            return desk.at(key, titleColumn).data(Qt::AccessibleTextRole).toString();
        };
        const Key key = Key::integer(499);
        QCOMPARE(spoken(key), u"Post number 499, 21 January 2024"_s);
        desk.model.setData(desk.at(key, titleColumn), u"Four"_s, Qt::EditRole);
        QCOMPARE(desk.mark(key), u"~"_s);
        QCOMPARE(spoken(key), u"Four, 21 January 2024, modified: title, was Post number 499"_s);
        QCOMPARE(desk.at(key, titleColumn).data(ui::CellChangedRole), QVariant(true));
        QCOMPARE(desk.at(key, bodyColumn).data(ui::CellChangedRole), QVariant(false));
        QCOMPARE(desk.at(key, bodyColumn).data(ui::RowStateRole).toInt(), int(RowState::Modified));
        QCOMPARE(desk.at(key, titleColumn).data(Qt::ToolTipRole).toString(),
                 u"Was: Post number 499"_s);

        desk.remove({key});
        QCOMPARE(desk.mark(key), u"\u2212"_s);
        QCOMPARE(desk.title(key), u"Post number 499"_s); // what goes
        QCOMPARE(spoken(key), u"Post number 499, 21 January 2024, marked for deletion"_s);

        const Key added = desk.history.insertRow({});
        QCOMPARE(desk.model.rowOf(added), 0);
        QCOMPARE(desk.mark(added), u"+"_s);
        QCOMPARE(desk.at(added, idColumn).data().toString(), u"new"_s);
        QCOMPARE(desk.at(added, idColumn).data(ui::CellNullRole), QVariant(false));
        QCOMPARE(desk.at(added, createdColumn).data().toString(), u"just now"_s);
        QCOMPARE(desk.at(added, titleColumn).data(ui::CellNullRole), QVariant(true));
        QVERIFY(spoken(added).endsWith(u"new, not saved"_s));

        const Key tooLong = Key::integer(400);
        desk.model.setData(desk.at(tooLong, titleColumn), QString(260, u'x'), Qt::EditRole);
        QCOMPARE(desk.mark(tooLong), u"?"_s);
        QVERIFY(spoken(tooLong).contains(u"cannot be saved"_s));
        QVERIFY(spoken(tooLong).contains(u"260"_s));
        QCOMPARE(desk.edits.value(tooLong, titleColumn)->bytes().size(), 260);

        orm::RowProblem conflict;
        conflict.key = tooLong;
        desk.edits.markProblems({conflict});
        QCOMPARE(desk.mark(tooLong), u"!"_s);
        QVERIFY(spoken(tooLong).endsWith(u"changed outside since you read it"_s));
        QCOMPARE(desk.model.committedCount(), 500);
    }

    void onlyShortOrdinaryValuesAreEditedInPlace()
    {
        Desk desk(3);
        desk.source.setCut(titleColumn, 5);
        desk.shown();
        const auto isEditable = [&](const Key &key, int column) {
            return desk.at(key, column).flags().testFlag(Qt::ItemIsEditable);
        };
        const Key key = Key::integer(3);
        QVERIFY(!isEditable(key, idColumn));
        QVERIFY(!isEditable(key, bodyColumn));
        QVERIFY(isEditable(key, createdColumn));
        QVERIFY(!isEditable(key, titleColumn)); // cut
        QVERIFY(!desk.model.setData(desk.at(key, titleColumn), u"x"_s, Qt::EditRole));
        QVERIFY(!desk.model.value(key, titleColumn));
        QVERIFY(!desk.model.index(0, 0).flags().testFlag(Qt::ItemIsEditable));
        desk.remove({key});
        QVERIFY(!isEditable(key, createdColumn));
        QVERIFY(!desk.model.setData(desk.at(key, createdColumn), u"x"_s, Qt::EditRole));
        const Key added = desk.history.insertRow({});
        QVERIFY(isEditable(added, titleColumn));
        QVERIFY(!isEditable(added, idColumn));
        QCOMPARE(desk.edits.changeCount(), 2);
    }

    void aKeyThatIsTypedCanBeChanged()
    {
        orm::Table table = test::postsTable();
        table.columns[idColumn].type = orm::String{40};
        Desk desk(0, table);
        desk.source.add(Key::values({text("a")}), {text("a"), text("A"), {}, {}});
        desk.shown();
        const Key key = Key::values({text("a")});
        QVERIFY(desk.at(key, idColumn).flags().testFlag(Qt::ItemIsEditable));
        const Key added = desk.history.insertRow({});
        QVERIFY(desk.at(added, idColumn).flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(desk.model.setData(desk.at(added, idColumn), u"b"_s, Qt::EditRole));
        const orm::ChangeSet sent = desk.edits.changeSet();
        orm::CommitResult result;
        orm::CommittedRow row;
        row.kind = orm::RowChange::Kind::Insert;
        row.requested = added;
        row.key = Key::values({text("b")});
        row.row = {{text("b"), {}, {}, {}}, {}};
        result.rows = {row};
        desk.edits.markCommitted(sent, result);
        QCOMPARE(desk.model.rowOf(added), desk.model.rowOf(row.key));
        QCOMPARE(desk.model.rowCount(), 2);

        // Stored rows stay where they are, and are known by their new keys: here they swap them.
        const Key other = row.key;
        const int first = desk.model.rowOf(key);
        const int second = desk.model.rowOf(other);
        QVERIFY(desk.model.setData(desk.at(key, idColumn), u"b"_s, Qt::EditRole));
        QVERIFY(desk.model.setData(desk.at(other, idColumn), u"a"_s, Qt::EditRole));
        const QPersistentModelIndex held = desk.at(key, idColumn);
        const orm::ChangeSet swapped = desk.edits.changeSet();
        QCOMPARE(swapped.rows.size(), 2);
        orm::CommitResult done;
        for (const orm::RowChange &change : swapped.rows) {
            const StoredValue wanted = change.fields.first().value;
            done.rows.append({change.kind,
                              change.key,
                              Key::values({wanted}),
                              {{wanted, change.key == key ? text("A") : StoredValue(), {}, {}}, {}},
                              false,
                              {}});
        }
        desk.edits.markCommitted(swapped, done);
        QCOMPARE(desk.edits.changeCount(), 0);
        QCOMPARE(desk.model.rowOf(other), first);
        QCOMPARE(desk.model.rowOf(key), second);
        QCOMPARE(held.row(), first);
        QCOMPARE(desk.at(other, titleColumn).data().toString(), u"A"_s);
        QCOMPARE(desk.at(other, idColumn).data().toString(), u"b"_s);
    }

    void typedTextBecomesWhatTheColumnStores_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QVariant>("typed");
        QTest::addColumn<StoredValue>("stored");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, int column, const QVariant &typed,
                            const StoredValue &stored, RowState state = RowState::Modified) {
            QTest::newRow(name) << column << typed << stored << int(state);
        };
        row("text", titleColumn, u"Ä \U0001F600"_s, StoredValue::text(u"Ä \U0001F600"));
        row("empty text is not NULL", titleColumn, u""_s, text(""));
        row("NULL", titleColumn, QVariant(), {});
        row("a stored value", titleColumn, QVariant::fromValue(StoredValue::blob("x")),
            StoredValue::blob("x"), RowState::Invalid);
        row("a time", createdColumn, u"2024-02-01 10:30"_s, text("2024-02-01 10:30:00.000000"));
        row("a time with its zone", createdColumn, u"2024-02-01T10:30:00+01:00"_s,
            text("2024-02-01 09:30:00.000000"));
        row("no time", createdColumn, u""_s, {});
        row("not a time", createdColumn, u"tomorrow"_s, text("tomorrow"), RowState::Invalid);
    }

    void typedTextBecomesWhatTheColumnStores()
    {
        QFETCH(const int, column);
        QFETCH(const QVariant, typed);
        QFETCH(const StoredValue, stored);
        QFETCH(const int, state);
        Desk desk(3);
        desk.shown();
        const Key key = Key::integer(2);
        QVERIFY(desk.model.setData(desk.at(key, column), typed, Qt::EditRole));
        QCOMPARE(desk.edits.value(key, column), stored);
        QCOMPARE(desk.edits.base(key, column), test::postValues(2).at(column));
        QCOMPARE(int(desk.edits.state(key)), state);
        QCOMPARE(desk.model.value(key, column), stored);
    }

    void theSameTextIsTheSameValue()
    {
        Desk desk(3);
        const StoredValue stored = text("2024-01-01 03:00:00.678901");
        desk.source.setValue(Key::integer(3), createdColumn, stored);
        desk.shown();
        const QModelIndex cell = desk.at(Key::integer(3), createdColumn);
        const QString shown = cell.data(Qt::EditRole).toString();
        QVERIFY(desk.model.setData(cell, shown, Qt::EditRole));
        QCOMPARE(desk.edits.changeCount(), 0);
        desk.model.setData(cell, u"2025-01-01 00:00:00"_s, Qt::EditRole);
        QCOMPARE(desk.edits.changeCount(), 1);
        desk.model.setData(cell, shown, Qt::EditRole);
        QCOMPARE(desk.edits.changeCount(), 0); // microseconds and all
        QCOMPARE(desk.history.undoStack().count(), 2);
    }

    void eachCellEditIsAStep()
    {
        Desk desk(3);
        desk.shown();
        const QModelIndex cell = desk.at(Key::integer(3), titleColumn);
        desk.model.setData(cell, u"a"_s, Qt::EditRole);
        desk.model.setData(cell, u"b"_s, Qt::EditRole);
        desk.history.undoStack().undo();
        QCOMPARE(cell.data().toString(), u"a"_s);
    }

    void aSaveGivesTheNewRowItsPlaceAndKeepsTheSelection()
    {
        Desk desk;
        desk.shown();
        const Key added = desk.history.insertRow({{titleColumn, text("Keyboard first")}});
        QItemSelectionModel selection(&desk.model);
        selection.setCurrentIndex(desk.at(added, titleColumn),
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        const Key other = desk.history.insertRow({});
        QCOMPARE(selection.currentIndex().row(), 1);
        const orm::ChangeSet sent = desk.edits.changeSet({added});
        desk.edits.markCommitted(sent, desk.source.apply(sent));
        QCOMPARE(desk.edits.resolve(added), Key::integer(501));
        QCOMPARE(selection.currentIndex().row(), 1);
        QCOMPARE(desk.model.keyAt(1), Key::integer(501));
        QCOMPARE(desk.model.rowOf(added), 1); // the old temporary key finds it
        QCOMPARE(desk.mark(added), QString());
        QCOMPARE(desk.at(added, idColumn).data().toString(), u"501"_s);
        QCOMPARE(desk.model.committedCount(), 501);
        QVERIFY(desk.source.pages.empty()); // the answer had the row
        QVERIFY(selection.isRowSelected(1, {}));

        // Now the older one of two, which has to move.
        const Key newest = desk.history.insertRow({});
        const orm::ChangeSet again = desk.edits.changeSet({newest});
        selection.setCurrentIndex(desk.at(newest, titleColumn),
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QCOMPARE(selection.currentIndex().row(), 0);
        desk.edits.markCommitted(again, desk.source.apply(again));
        QCOMPARE(desk.keys().first(3), (QList<Key>{other, Key::integer(502), Key::integer(501)}));
        QCOMPARE(selection.currentIndex().row(), 1);
        QVERIFY(selection.isRowSelected(1, {}));
    }

    void savedDeletesGoTogether()
    {
        Desk desk;
        desk.shown();
        QItemSelectionModel selection(&desk.model);
        const QList<Key> three{Key::integer(500), Key::integer(499), Key::integer(498)};
        for (const Key &key : three)
            selection.select(desk.at(key, 0),
                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        desk.remove(three);
        for (const Key &key : three)
            QCOMPARE(desk.mark(key), u"\u2212"_s);
        desk.history.undoStack().undo();
        QCOMPARE(desk.edits.changeCount(), 0);
        QCOMPARE(selection.selectedRows().size(), 3);
        desk.history.undoStack().redo();
        const QSignalSpy removed(&desk.model, &QAbstractItemModel::rowsRemoved);
        QVERIFY(desk.save());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(1).toInt(), 0);
        QCOMPARE(removed.first().at(2).toInt(), 2);
        QCOMPARE(desk.model.committedCount(), 497);
        QCOMPARE(desk.model.keyAt(0), Key::integer(497));

        desk.history.undoStack().undo(); // past the save: they come back to their places
        QCOMPARE(desk.model.rowCount(), 500);
        QCOMPARE(desk.model.keyAt(1), Key::integer(499));
        QCOMPARE(desk.mark(Key::integer(499)), u"+"_s);
        QCOMPARE(desk.at(Key::integer(499), idColumn).data().toString(), u"499"_s);
        QCOMPARE(desk.title(Key::integer(499)), u"Post number 499"_s);
        QCOMPARE(desk.model.committedCount(), 497);
        QVERIFY(desk.save());
        QCOMPARE(desk.model.committedCount(), 500);
        QCOMPARE(desk.mark(Key::integer(499)), QString());
    }

    void refreshShowsWhatOthersDidAndKeepsWhatIsPending()
    {
        Desk desk;
        desk.shown();
        QItemSelectionModel selection(&desk.model);
        selection.setCurrentIndex(desk.at(Key::integer(490), titleColumn),
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        desk.model.setData(desk.at(Key::integer(480), titleColumn), u"Mine"_s, Qt::EditRole);
        const StoredValue seen = *desk.edits.base(Key::integer(480), titleColumn);

        desk.source.insertAt(0, Key::integer(501), test::postValues(501));
        desk.source.remove(Key::integer(495));
        desk.source.remove(Key::integer(480)); // under my edit
        desk.source.setValue(Key::integer(490), titleColumn, text("Web"));
        const QSignalSpy reset(&desk.model, &QAbstractItemModel::modelReset);
        desk.model.refresh();
        QCOMPARE(desk.model.rowCount(), 500); // until the new ones are here
        QCOMPARE(desk.title(Key::integer(490)), u"Post number 490"_s);
        desk.settle();
        QCOMPARE(reset.size(), 0);
        QCOMPARE(desk.title(Key::integer(490)), u"Web"_s);
        QCOMPARE(desk.model.keyAt(selection.currentIndex().row()), Key::integer(490));
        QCOMPARE(desk.model.rowOf(Key::integer(495)), -1);
        QCOMPARE(desk.model.keyAt(0), Key::integer(501));
        QCOMPARE(desk.model.committedCount(), 499);
        const QModelIndex mine = desk.at(Key::integer(480), titleColumn);
        QCOMPARE(mine.data().toString(), u"Mine"_s);
        QCOMPARE(mine.data(ui::PinnedRole), QVariant(true));
        QCOMPARE(desk.at(Key::integer(480), createdColumn).data(ui::CellLoadedRole),
                 QVariant(true));
        QVERIFY(mine.data(Qt::AccessibleTextRole)
                    .toString()
                    .endsWith(u"no longer matches the search"_s));
        QCOMPARE(desk.edits.base(Key::integer(480), titleColumn), seen);
        desk.settle();
        desk.history.undoStack().undo();
        QCOMPARE(desk.model.rowOf(Key::integer(480)), -1);
        desk.history.undoStack().redo();
        QVERIFY(desk.model.rowOf(Key::integer(480)) >= 0);
    }

    void aLatePageMovesNoBase()
    {
        Desk desk(3);
        desk.shown();
        const Key key = Key::integer(3);
        desk.model.setData(desk.at(key, titleColumn), u"Mine"_s, Qt::EditRole);
        desk.source.setValue(key, titleColumn, text("Theirs"));
        desk.model.refresh();
        desk.settle();
        QCOMPARE(desk.title(key), u"Mine"_s);
        QCOMPARE(desk.edits.base(key, titleColumn), text("Post number 3"));
        QCOMPARE(desk.model.committed(key)->values.at(titleColumn), text("Theirs"));
        desk.model.setData(desk.at(key, titleColumn), u"Mine, too"_s, Qt::EditRole);
        QCOMPARE(desk.edits.base(key, titleColumn), text("Post number 3"));
    }

    void aPageReadBeforeASaveDoesNotUndoItOnScreen()
    {
        Desk desk(3);
        desk.shown();
        const Key key = Key::integer(3);
        desk.model.refresh();
        desk.model.prefetch(0, 2);
        QTRY_COMPARE(desk.source.pages.size(), 1U);
        const auto asked = desk.source.pages.front();
        const orm::RecordPage before = desk.source.pageOf(asked.keys);
        desk.model.setData(desk.at(key, titleColumn), u"Mine"_s, Qt::EditRole);
        QVERIFY(desk.save());
        asked.answer(before);
        desk.source.pages.clear();
        QCoreApplication::processEvents();
        QCOMPARE(desk.title(key), u"Mine"_s);
        desk.settle();
        QCOMPARE(desk.title(key), u"Mine"_s);
    }

    void aSaveWhileTheKeysComeReadsThemAgain()
    {
        Desk desk(3);
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerFirstPage();
        QTRY_COMPARE(desk.model.rowCount(), 3);
        const auto before = desk.source.keyStreams.front();
        desk.history.insertRow({});
        QVERIFY(desk.save());
        QVERIFY(before.isCanceled());
        desk.source.keyStreams.erase(desk.source.keyStreams.begin());
        desk.settle();
        QCOMPARE(desk.model.rowCount(), 4);
        QCOMPARE(desk.model.committedCount(), 4);
    }

    void aRowFoundGoneLeaves()
    {
        Desk desk;
        desk.model.setQuery({desk.edits.table(), {}});
        desk.source.answerFirstPage();
        desk.source.answerKeys();
        QTRY_COMPARE(desk.model.rowCount(), 500);
        desk.source.remove(Key::integer(10));
        desk.at(Key::integer(11), titleColumn).data();
        desk.settle();
        QCOMPARE(desk.model.rowOf(Key::integer(10)), -1);
        QCOMPARE(desk.model.committedCount(), 499);
    }

    void anotherOrderKeepsPendingRows()
    {
        Desk desk(20);
        desk.shown();
        desk.model.setData(desk.at(Key::integer(7), titleColumn), u"Mine"_s, Qt::EditRole);
        const Key added = desk.history.insertRow({});
        desk.source.remove(Key::integer(7)); // as a filter would
        desk.shown({{titleColumn, Qt::AscendingOrder}});
        QCOMPARE(desk.model.keyAt(0), added);
        QVERIFY(desk.model.rowOf(Key::integer(7)) >= 0);
        QCOMPARE(desk.title(Key::integer(7)), u"Mine"_s);
        QCOMPARE(desk.model.committedCount(), 19);
    }

    void wholeComesFromHereOrFromTheDatabase()
    {
        Desk desk(3);
        desk.source.setCut(bodyColumn, 4);
        desk.shown();
        const Key key = Key::integer(3);
        QFuture<orm::Record> future = desk.model.whole(key);
        QVERIFY(!future.isFinished());
        QCOMPARE(desk.source.wholes.front().keys, QList<Key>{key});
        desk.source.answerWhole();
        QCOMPARE(future.result(), desk.source.record(key));

        desk.remove({key}); // marked with the whole row
        future = desk.model.whole(key);
        QVERIFY(future.isFinished());
        QCOMPARE(future.result(), desk.source.record(key));
        desk.history.undoStack().undo();

        const Key added = desk.history.insertRow({{titleColumn, text("a")}});
        future = desk.model.whole(added);
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().values, QList<StoredValue>(4));
        QVERIFY(desk.save());
        future = desk.model.whole(added); // the save's answer had it
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().values.at(titleColumn), text("a"));

        future = desk.model.whole(Key::integer(99));
        desk.source.answerWhole();
        QVERIFY(future.result().values.isEmpty());
    }

    void theToolTipSaysWhatTheSaveFound()
    {
        Desk desk(3);
        desk.shown();
        const Key key = Key::integer(3);
        QVERIFY(desk.typeTitle(key, u"Taken"_s));
        orm::RowProblem problem;
        problem.key = key;
        problem.kind = orm::RowProblem::Kind::Constraint;
        problem.constraint = orm::IntegrityError::Constraint::Unique;
        problem.columns = {titleColumn};
        desk.edits.markProblems({problem});
        const auto toolTip
            = [&](int column) { return desk.at(key, column).data(Qt::ToolTipRole).toString(); };
        QVERIFY2(toolTip(titleColumn).contains(u"This title is taken"_s),
                 qPrintable(toolTip(titleColumn)));
        QVERIFY(!toolTip(bodyColumn).contains(u"taken"_s));
    }

    void anEditedRowIsWholeAsItIsNow()
    {
        Desk desk(3);
        desk.shown();
        const Key key = Key::integer(3);
        QVERIFY(desk.typeTitle(key, u"Mine"_s));
        desk.source.setValue(key, bodyColumn, text("Theirs"));
        desk.model.refresh();
        desk.source.answerAll();
        const QFuture<orm::Record> future = desk.model.whole(key);
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().values.at(bodyColumn), text("Theirs"));
        QCOMPARE(desk.edits.snapshot(key).values.at(bodyColumn),
                 test::postValues(3).at(bodyColumn)); // the base is what was seen
    }

    void aCellEditKnowsTheWholeRow()
    {
        Desk desk(3);
        desk.source.setCut(bodyColumn, 4);
        desk.shown();
        const Key key = Key::integer(3);
        QVERIFY(desk.typeTitle(key, u"Mine"_s));
        QVERIFY(desk.edits.snapshot(key).isTruncated(bodyColumn));
        desk.source.answerAll();
        QVERIFY(desk.edits.snapshot(key).isWhole());
        QCOMPARE(desk.edits.snapshot(key), desk.source.record(key));

        // Another body by now is not the rest of this one.
        const Key other = Key::integer(2);
        QVERIFY(desk.typeTitle(other, u"Mine, too"_s));
        desk.source.setValue(other, bodyColumn, text("Theirs"));
        desk.source.answerAll();
        QVERIFY(desk.edits.snapshot(other).isTruncated(bodyColumn));
        QVERIFY(desk.edits.snapshot(other).values.at(bodyColumn) != text("Theirs"));
    }

    void manyChangedRowsAreOneSignal()
    {
        Desk desk(3000);
        desk.shown();
        QList<Key> keys;
        QList<orm::Record> whole;
        for (qint64 id = 1; id <= 3000; ++id) {
            keys.append(Key::integer(id));
            whole.append(desk.source.record(keys.last()));
        }
        const QSignalSpy changed(&desk.model, &QAbstractItemModel::dataChanged);
        desk.history.removeRows(keys, whole);
        desk.history.runner().finish();
        QCOMPARE(changed.size(), 1);
        const QSignalSpy removed(&desk.model, &QAbstractItemModel::rowsRemoved);
        QVERIFY(desk.save());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(desk.model.rowCount(), 0);
    }

    void whateverHappensTheRowsAreThoseOfTheDatabase_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 30; ++seed)
            QTest::addRow("%u", seed) << seed;
    }

    /// A random user and a random other program, while answers come in any order.
    void whateverHappensTheRowsAreThoseOfTheDatabase()
    {
        QFETCH(const quint32, seed);
        QRandomGenerator random(seed);
        Desk desk(random.bounded(900));
        desk.source.numbers = test::FakeRecordSource::Numbers::UsedOnce;
        const bool isByKey = seed % 3 != 0;
        const QList<orm::SortColumn> sort
            = isByKey ? QList<orm::SortColumn>() : QList<orm::SortColumn>{{titleColumn}};
        desk.model.setQuery({desk.edits.table(), sort});
        qint64 outside = 0;
        QPersistentModelIndex watched;
        Key watchedKey;

        for (int step = 0; step < 80; ++step) {
            const int rows = desk.model.rowCount();
            const int row = rows ? random.bounded(rows) : -1;
            const Key key = desk.model.keyAt(row);
            switch (random.bounded(14)) {
            case 0:
                desk.history.insertRow({{titleColumn, text("new")}});
                break;
            case 1:
            case 2:
                if (row >= 0)
                    desk.model.setData(desk.model.index(row, 2), QString::number(step),
                                       Qt::EditRole);
                break;
            case 3:
                if (row >= 0)
                    desk.remove({key});
                break;
            case 4:
                desk.history.undoStack().undo();
                break;
            case 5:
                desk.history.undoStack().redo();
                break;
            case 6:
                desk.save();
                break;
            case 7:
                outside = desk.source.largestNumber() + 1;
                desk.source.insertAt(0, Key::integer(outside), test::postValues(outside));
                break;
            case 8:
                if (row >= 0 && desk.source.rows().contains(key))
                    desk.source.remove(key);
                break;
            case 9:
                desk.model.refresh();
                break;
            case 10:
                if (row >= 0)
                    desk.model.prefetch(row, row + 30);
                break;
            case 11:
                if (!desk.source.keyStreams.empty())
                    desk.source.answerKeys(1 + random.bounded(400));
                break;
            case 12:
                if (!desk.source.pages.empty())
                    desk.source.answerPage(size_t(random.bounded(int(desk.source.pages.size()))));
                break;
            default:
                if (!desk.source.firstPages.empty())
                    desk.source.answerFirstPage();
                break;
            }
            if (random.bounded(3) == 0)
                QCoreApplication::processEvents();
            if (watched.isValid())
                QCOMPARE(desk.edits.identity(desk.model.keyAt(watched.row())), watchedKey);
            if (!watched.isValid() && desk.model.rowCount() > 0) {
                watched = desk.model.index(random.bounded(desk.model.rowCount()), 1);
                watchedKey = desk.edits.identity(desk.model.keyAt(watched.row()));
            }
            if (QTest::currentTestFailed())
                return;
        }

        desk.settle();
        desk.model.refresh();
        desk.settle();
        QList<Key> committed;
        QList<Key> extra;
        for (const Key &key : desk.keys())
            (desk.source.rows().contains(key) ? committed : extra).append(key);
        QList<Key> expected;
        const orm::KeyList list = desk.source.keyList();
        for (qint64 i = 0; i < list.size(); ++i)
            expected.append(list.at(i));
        QCOMPARE(committed, expected);
        QCOMPARE(desk.model.committedCount(), expected.size());
        for (const Key &key : extra)
            QVERIFY(desk.edits.contains(key));
        for (const Key &key : desk.edits.keys())
            QVERIFY2(desk.model.rowOf(key) >= 0, qPrintable(key.toString()));
        for (int row = 0; row < desk.model.rowCount(); ++row) {
            const Key key = desk.model.keyAt(row);
            desk.model.prefetch(row, row);
            if (row % 256 == 0)
                desk.settle();
            QCOMPARE(desk.model.rowOf(key), row);
            const auto pending = desk.edits.value(key, titleColumn);
            if (!pending && desk.source.rows().contains(key) && !desk.edits.isDeleted(key))
                QCOMPARE(desk.model.value(key, titleColumn),
                         desk.source.record(key).values.at(titleColumn));
        }
    }
};

QTEST_GUILESS_MAIN(RecordTableModelTest)
#include "tst_recordtablemodel.moc"
