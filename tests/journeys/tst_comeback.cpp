// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace {

using Places = QList<ui::RecordsPane::ColumnPlace>;

/// Writes down which row was the first one whenever a list was painted.
class PaintedLists final : public QObject
{
public:
    PaintedLists() { qApp->installEventFilter(this); }

    QStringList firstIds; ///< empty: of a list without rows

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *view = qobject_cast<ui::RecordTableView *>(watched->parent());
        if (event->type() == QEvent::Paint && view && watched == view->viewport())
            firstIds << view->model()->index(0, 1).data().toString();
        return false;
    }
};

} // namespace

/// Come back tomorrow: the window is as it was left, each database by itself.
class TestComeBack final : public QObject
{
    Q_OBJECT

private:
    static QList<int> splitter(Journey &journey)
    {
        return journey.window().findChild<QSplitter *>()->sizes();
    }

    /// But for the last column, which takes what is left.
    static Places placesIn(Journey &journey)
    {
        return journey.window().pane()->columns().mid(0, 3);
    }

    static void quit(Journey &journey)
    {
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        journey.stop();
    }

    /// As start(), but wherever it was left.
    static void startAgain(Journey &journey, const QString &database)
    {
        journey.start(database);
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QTRY_VERIFY(journey.currentRow() >= 0);
        QTRY_VERIFY(journey.window().isSettled());
    }

private slots:
    void theWindowIsAsItWasLeft()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QHeaderView *header = journey.view().horizontalHeader();
        const int title = 2;
        const int created = 4;
        header->resizeSection(title, 311);
        header->moveSection(header->visualIndex(created), 1);
        journey.window().findChild<QSplitter *>()->setSizes({500, 774});
        const QList<int> sizes = splitter(journey);
        journey.press(u"Down, Down, Down"_s);
        QCOMPARE(journey.currentId(), u"497"_s);
        const Places columns = placesIn(journey);
        QCOMPARE(columns.first().name, u"created_at"_s);
        quit(journey);

        startAgain(journey, {}); // the last database
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.currentId(), u"497"_s);
        QVERIFY(journey.view().isRowSelected(3));
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 497"_s);
        QCOMPARE(placesIn(journey), columns);
        QCOMPARE(journey.view().horizontalHeader()->sectionSize(title), 311);
        QCOMPARE(splitter(journey), sizes);
    }

    void anOrderWithAnIndexIsThereWithTheFirstPaint_data()
    {
        QTest::addColumn<QString>("index");
        QTest::addColumn<QString>("first");
        QTest::newRow("with an index") << u"CREATE INDEX by_title ON posts (title)"_s << u"1"_s;
        QTest::newRow("by key until it is sorted") << u"SELECT 1"_s << u"500"_s;
    }
    void anOrderWithAnIndexIsThereWithTheFirstPaint()
    {
        QFETCH(QString, index);
        QFETCH(QString, first);
        Journey journey;
        QCOMPARE(OtherProgram(journey.database()).run(index), 0);
        journey.start();
        QTRY_START_STATE(journey);
        for (QAction *sort : journey.window().actions().sortActions()) {
            if (sort->data() == u"title"_s)
                sort->trigger();
        }
        QTRY_COMPARE(journey.id(0), u"1"_s);
        quit(journey);

        const PaintedLists painted;
        startAgain(journey, {});
        QTRY_COMPARE(journey.id(0), u"1"_s);
        QVERIFY(!painted.firstIds.isEmpty());
        QCOMPARE(painted.firstIds.first(), first); // and never a list without rows
        QTRY_COMPARE(painted.firstIds.last(), u"1"_s);
        if (first == u"1")
            QCOMPARE(painted.firstIds.count(u"1"_s), painted.firstIds.size());
    }

    void orderSearchLayoutAndCaretComeBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        for (QAction *sort : journey.window().actions().sortActions()) {
            if (sort->data() == u"title"_s)
                sort->trigger();
        }
        QTRY_VERIFY(journey.window().isSettled());
        QTRY_COMPARE(journey.id(0), u"149"_s);
        journey.press(u"Shift+F9"_s); // below
        journey.press(u"Home, Down, Down"_s);
        const QString current = journey.currentId();
        journey.press(u"Ctrl+3, Ctrl+Home, Right, Right, Right"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Esc"_s);
        quit(journey);

        journey.start(QString());
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.id(0), u"149"_s);
        QTRY_COMPARE(journey.currentId(), current);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), u"49"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.window().pane()->chosenLayout(), ui::RecordsPane::Layout::Below);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_COMPARE(journey.window().pane()->caret(), 3);
        journey.press(u"Esc, Esc"_s); // and out of the search, in the order that was chosen
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QTRY_COMPARE(journey.id(0), u"1"_s);
    }

    void anOrderFromTheEndComesBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        auto *byTitle = journey.window().findChild<QAction *>(u"view.sort.title"_s);
        byTitle->trigger();
        QTRY_COMPARE(journey.id(0), u"1"_s);
        byTitle->trigger();
        QTRY_COMPARE(journey.id(0), u"99"_s);
        quit(journey);
        startAgain(journey, {});
        QTRY_COMPARE(journey.id(0), u"99"_s);
    }

    void placeAndSizeAreRemembered()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const QSize small(700, 500); // fits on the screen of a test, too
        journey.window().resize(small);
        quit(journey);
        const QSettings settings(journey.folder() + u"/postdesk.ini"_s, QSettings::IniFormat);
        QWidget window;
        QVERIFY(window.restoreGeometry(settings.value(u"window/geometry"_s).toByteArray()));
        QCOMPARE(window.size(), small);
    }

    void aRowFarDownIsFoundAgain()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+End"_s);
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        quit(journey);
        startAgain(journey, {});
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        QVERIFY(journey.view().visibleRows().last >= 499); // in sight
    }

    void aRowThatIsGoneIsNotWaitedFor()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Down"_s);
        quit(journey);
        QCOMPARE(journey.database().outside(u"DELETE FROM posts WHERE id = 499"_s), 0);
        startAgain(journey, {});
        QTRY_COMPARE(journey.counts(), u"499 posts"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
    }

    void eachDatabaseHasItsOwn()
    {
        const TestDatabase other(TestDatabase::data(u"f500.sql"_s));
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Down, Down"_s);
        journey.view().horizontalHeader()->resizeSection(2, 333);
        quit(journey);
        startAgain(journey, other.file());
        QCOMPARE(journey.currentId(), u"500"_s);
        QVERIFY(journey.view().horizontalHeader()->sectionSize(2) != 333);
        quit(journey);
        startAgain(journey, journey.database().file());
        QTRY_COMPARE(journey.currentId(), u"498"_s);
        QCOMPARE(journey.view().horizontalHeader()->sectionSize(2), 333);
    }

    void eachHasItsOwnOrderSearchLayoutAndCaret()
    {
        const TestDatabase other(TestDatabase::data(u"f500.sql"_s));
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"49"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        journey.window().findChild<QAction *>(u"view.sort.title"_s)->trigger();
        QTRY_COMPARE(journey.id(0), u"149"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Shift+F9, Home, Down"_s);
        const QString current = journey.currentId();
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Ctrl+Home, Right, Right, Right, Esc"_s);
        quit(journey);

        startAgain(journey, other.file());
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.fieldText(u"searchEdit"_s), QString());
        QCOMPARE(journey.id(0), u"500"_s);
        QCOMPARE(journey.currentId(), u"500"_s);
        QVERIFY(!journey.window().pane()->chosenLayout());
        QCOMPARE(journey.window().pane()->caret(), 0);
        quit(journey);

        startAgain(journey, journey.database().file());
        QTRY_COMPARE(journey.counts(), u"15 of 500 posts"_s);
        QTRY_COMPARE(journey.id(0), u"149"_s);
        QTRY_COMPARE(journey.currentId(), current);
        QCOMPARE(journey.window().pane()->chosenLayout(), ui::RecordsPane::Layout::Below);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.window().pane()->caret(), 3);
    }

    void aColumnThatIsGoneIsNoTrouble()
    {
        Journey journey(TestDatabase::data(u"f500.sql"_s)
                        + u"ALTER TABLE posts ADD COLUMN mood TEXT;"_s);
        startAgain(journey, journey.database().file());
        journey.press(u"Esc"_s);
        journey.view().horizontalHeader()->resizeSection(2, 299);
        quit(journey);
        QCOMPARE(journey.database().outside(u"ALTER TABLE posts DROP COLUMN mood"_s), 0);
        startAgain(journey, {});
        QCOMPARE(journey.view().horizontalHeader()->sectionSize(2), 299);
        QCOMPARE(journey.window().pane()->columns().size(), 4);
    }
};

QTEST_MAIN(TestComeBack)
#include "tst_comeback.moc"
