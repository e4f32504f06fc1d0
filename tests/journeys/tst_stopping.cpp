// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"

using namespace Qt::StringLiterals;

namespace {

/// So many that looking at all of them takes far longer than what goes without a word.
const QString many
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL, content "
      "TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
      "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 200000) INSERT INTO "
      "posts (id, title, content) SELECT i, 'Post ' || (i * 7919 % 200003), "
      "replace(hex(zeroblob(100)), '00', 'some words ') FROM i;"_s;

constexpr int patience = 60'000; ///< milliseconds

} // namespace

/// Whatever takes long says so in the status bar, how far it is, and stops on Shift+Esc.
class TestStopping final : public QObject
{
    Q_OBJECT

private:
    static ui::OrderLoader &loader(Journey &journey)
    {
        return journey.window().workspace()->model().loader();
    }

    static void stop(Journey &journey, const QString &task)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(journey.task().contains(u'%'), qPrintable(journey.task()),
                                  patience);
        QVERIFY2(journey.task().startsWith(task), qPrintable(journey.task()));
        QVERIFY2(journey.task().contains(u"Shift+Esc"_s), qPrintable(journey.task()));
        QVERIFY(journey.window()
                    .findChild<QWidget *>(u"cancelTaskButton"_s)
                    ->isVisibleTo(&journey.window()));
        journey.press(u"Shift+Esc"_s);
        QCOMPARE(journey.task(), QString());
        QCOMPARE(loader(journey).activity(), ui::OrderLoader::Activity::None);
        QVERIFY(!loader(journey).isReading());
        const qint64 rows = journey.window().workspace()->model().committedCount();
        QCoreApplication::processEvents();
        QCOMPARE(journey.window().workspace()->model().committedCount(), rows);
    }

private slots:
    void aSearchSaysHowFarItIsAndStops()
    {
        Journey journey(many);
        journey.start();
        QTRY_COMPARE_WITH_TIMEOUT(journey.counts(), u"200,000 posts"_s, patience);
        journey.press(u"Ctrl+F"_s);
        journey.type(u"/(some|words| )+q$/"_s); // dear, and nowhere
        stop(journey, u"Searching…"_s);
        journey.press(u"Ctrl+A"_s);
        journey.type(u"id:77"_s);
        QTRY_COMPARE_WITH_TIMEOUT(journey.counts(), u"1 of 200,000 posts"_s, patience);
    }

    void aSortSaysHowFarItIsAndStops()
    {
        Journey journey(many);
        journey.start();
        QTRY_COMPARE_WITH_TIMEOUT(journey.counts(), u"200,000 posts"_s, patience);
        journey.window().workspace()->model().setSort({{1, Qt::AscendingOrder}});
        stop(journey, u"Sorting…"_s);
    }
};

QTEST_MAIN(TestStopping)
#include "tst_stopping.moc"
