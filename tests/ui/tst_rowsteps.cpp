// SPDX-License-Identifier: MIT
#include "tests/support/fakerecordsource.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::EditBuffer;
using ui::EditHistory;

namespace {

constexpr int titleColumn = 1;
constexpr int bodyColumn = 2;
constexpr int all = EditBuffer::maxPendingRows;
constexpr int fewer = all / 2; ///< for what is as good a proof with less work

StoredValue newTitle(qint64 id)
{
    return StoredValue::text(u"%1 (old)"_s.arg(id));
}

/// A history over as many posts as it takes.
struct Desk
{
    explicit Desk(int count)
        : rows(count)
        , edits(test::postsTable())
        , history(edits)
    {
        for (qint64 id = 1; id <= rows; ++id) {
            keys << Key::integer(id);
            shown << record(id);
        }
        turns.setInterval(0);
        QObject::connect(&turns, &QTimer::timeout, &turns, [this] { ++turned; });
        turns.start();
    }

    static orm::Record record(qint64 id)
    {
        return {.values = {StoredValue::integer(id), StoredValue::text(u"Post %1"_s.arg(id)),
                           StoredValue::utf8("body"), StoredValue()},
                .truncated = {}};
    }

    void edit()
    {
        QList<ui::RowEdit> edited;
        for (qint64 id = 1; id <= rows; ++id)
            edited.append({Key::integer(id), titleColumn, newTitle(id), shown.at(id - 1)});
        history.editRows(edited, u"edit"_s, [this](qint64 count) { changed = count; });
    }
    void remove()
    {
        history.removeRows(keys, shown, [this](qint64 count) { changed = count; });
    }
    void insert()
    {
        const QHash<int, StoredValue> values{{titleColumn, StoredValue::utf8("copy")}};
        history.insertRows(QList<QHash<int, StoredValue>>(rows, values), u"insert"_s,
                           [this](const QList<Key> &added) { changed = added.size(); });
    }
    void revert()
    {
        history.revertRows(edits.keys(), [this](qint64 count) { changed = count; });
    }

    /// What is pending: how many of what kind.
    QString pending() const
    {
        qint64 edited = 0;
        qint64 removed = 0;
        qint64 added = 0;
        for (const Key &key : edits.keys()) {
            if (edits.isDeleted(key))
                ++removed;
            else if (edits.isNew(key))
                ++added;
            else if (edits.value(key, titleColumn) == newTitle(key.number()))
                ++edited;
        }
        return u"%1 edited, %2 removed, %3 added"_s.arg(edited).arg(removed).arg(added);
    }
    bool isRunning() { return history.runner().isRunning(); }
    /// Lets it run until @p percent of it are done, and no further. @returns whether it still runs
    bool runTo(int percent)
    {
        QEventLoop loop;
        ui::StepRunner &runner = history.runner();
        QObject::connect(&runner, &ui::StepRunner::progressed, &loop, [&] {
            if (runner.percent() >= percent)
                loop.quit();
        });
        QObject::connect(&runner, &ui::StepRunner::runningChanged, &loop, &QEventLoop::quit);
        loop.exec();
        return isRunning();
    }
    bool runToEnd()
    {
        return QTest::qWaitFor([this] { return !isRunning(); }, 120'000);
    }

    const int rows;
    EditBuffer edits;
    EditHistory history;
    QList<Key> keys;
    QList<orm::Record> shown;
    QTimer turns;
    int turned = 0; ///< times that the event loop came round
    qint64 changed = -1;
};

const auto nothing = u"0 edited, 0 removed, 0 added"_s;

} // namespace

/// Steps of as many rows as can be pending.
class TestRowSteps final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_desk = std::make_unique<Desk>(rows()); }
    void cleanup() { m_desk.reset(); }

    void theyAreOneStep_data() { addSteps(all); }
    void theyAreOneStep()
    {
        begin();
        QVERIFY(m_desk->isRunning());
        QVERIFY(m_desk->runToEnd());
        QFETCH(QString, before);
        QFETCH(QString, after);
        QCOMPARE(m_desk->pending(), after);
        QCOMPARE(m_desk->changed, all);
        QCOMPARE(m_desk->history.undoStack().count(), m_steps + 1);
        // It was not done in one go, and neither are its undo and redo.
        QVERIFY(m_desk->turned > 10);
        m_desk->turned = 0;
        m_desk->history.undo();
        QVERIFY(m_desk->runToEnd());
        QVERIFY(m_desk->turned > 10);
        QCOMPARE(m_desk->pending(), before);
        QCOMPARE(m_desk->history.undoStack().index(), m_steps);
        m_desk->turned = 0;
        m_desk->history.redo();
        QVERIFY(m_desk->runToEnd());
        QVERIFY(m_desk->turned > 10);
        QCOMPARE(m_desk->pending(), after);
        QCOMPARE(m_desk->history.undoStack().count(), m_steps + 1);
    }

    void givenUpNothingIsLeft_data() { addSteps(fewer); }
    void givenUpNothingIsLeft()
    {
        begin();
        const QSignalSpy gaveUp(&m_desk->history.runner(), &ui::StepRunner::gaveUp);
        QVERIFY(m_desk->runTo(75));
        QFETCH(QString, before);
        QVERIFY(m_desk->isRunning());
        QVERIFY(m_desk->pending() != before); // it is half done
        QVERIFY(m_desk->history.runner().cancel());
        QVERIFY(m_desk->runToEnd());
        QCOMPARE(gaveUp.size(), 1);
        QCOMPARE(m_desk->changed, -1);
        QCOMPARE(m_desk->pending(), before);
        QCOMPARE(m_desk->history.undoStack().count(), m_steps);
        QVERIFY(!m_desk->history.undoStack().canRedo());
    }

    void anUndoGivenUpHasUndoneNothing_data() { addSteps(fewer); }
    void anUndoGivenUpHasUndoneNothing()
    {
        begin();
        QVERIFY(m_desk->runToEnd());
        QFETCH(QString, after);
        m_desk->history.undo();
        QVERIFY(m_desk->runTo(50));
        QVERIFY(m_desk->isRunning());
        QVERIFY(m_desk->pending() != after);
        QVERIFY(m_desk->history.runner().cancel());
        QVERIFY(m_desk->runToEnd());
        QCOMPARE(m_desk->pending(), after);
        QCOMPARE(m_desk->history.undoStack().index(), m_steps + 1);
    }

    void whatIsTypedMeanwhileStays()
    {
        m_desk->keys.removeLast();
        m_desk->shown.removeLast();
        m_desk->remove();
        QVERIFY(m_desk->runTo(60));
        QVERIFY(m_desk->isRunning());
        const Key last = Key::integer(all);
        m_desk->history.setValue(last, bodyColumn, StoredValue::utf8("mine"), Desk::record(all));
        QVERIFY(m_desk->isRunning()); // the two don't meet
        QVERIFY(m_desk->runToEnd());
        QCOMPARE(m_desk->edits.changeCount(), all);
        QCOMPARE(m_desk->edits.value(last, bodyColumn), StoredValue::utf8("mine"));
        m_desk->history.undo(); // the larger one ended last
        QVERIFY(m_desk->runToEnd());
        QCOMPARE(m_desk->edits.keys(), QList{last});
        m_desk->history.undo();
        QCOMPARE(m_desk->edits.changeCount(), 0);
    }

    void whatIsTypedInOneOfItsRowsComesAfter()
    {
        m_desk->edit();
        QVERIFY(m_desk->runTo(60));
        QVERIFY(m_desk->isRunning());
        const Key last = Key::integer(all);
        m_desk->history.setValue(last, titleColumn, StoredValue::utf8("mine"), Desk::record(all));
        QVERIFY(!m_desk->isRunning());
        QCOMPARE(m_desk->edits.value(last, titleColumn), StoredValue::utf8("mine"));
        m_desk->history.undo();
        QCOMPARE(m_desk->edits.value(last, titleColumn), newTitle(all));
        QCOMPARE(m_desk->pending(), u"%1 edited, 0 removed, 0 added"_s.arg(all));
    }

    void thereIsNoRoomForOthersMeanwhile()
    {
        m_desk->insert();
        QVERIFY(m_desk->runTo(10));
        QVERIFY(m_desk->isRunning());
        const QSignalSpy refused(&m_desk->history, &EditHistory::refused);
        m_desk->history.setValue(Key::integer(1), titleColumn, StoredValue::utf8("mine"),
                                 Desk::record(1));
        QCOMPARE(refused.size(), 1);
        QVERIFY(m_desk->runToEnd());
        QCOMPARE(m_desk->edits.changeCount(), all);
    }

private:
    static int rows()
    {
        const QByteArray test = QTest::currentTestFunction();
        const bool isLess = test.startsWith("givenUp") || test.startsWith("anUndo");
        return isLess ? fewer : all;
    }

    static void addSteps(int rows)
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("edit") << nothing << u"%1 edited, 0 removed, 0 added"_s.arg(rows);
        QTest::newRow("remove") << nothing << u"0 edited, %1 removed, 0 added"_s.arg(rows);
        QTest::newRow("insert") << nothing << u"0 edited, 0 removed, %1 added"_s.arg(rows);
        QTest::newRow("revert") << u"%1 edited, 0 removed, 0 added"_s.arg(rows) << nothing;
    }

    /// Begins the step that the data row names.
    void begin()
    {
        const QByteArray step = QTest::currentDataTag();
        m_steps = step == "revert" ? 1 : 0;
        if (step == "revert") {
            m_desk->edit();
            m_desk->history.runner().finish();
            m_desk->changed = -1;
            m_desk->turned = 0;
            m_desk->revert();
        } else if (step == "edit") {
            m_desk->edit();
        } else if (step == "remove") {
            m_desk->remove();
        } else {
            m_desk->insert();
        }
    }

    std::unique_ptr<Desk> m_desk;
    int m_steps = 0; ///< before the one that is looked at
};

QTEST_GUILESS_MAIN(TestRowSteps)
#include "tst_rowsteps.moc"
