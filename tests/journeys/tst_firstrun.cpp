// SPDX-License-Identifier: MIT
#include "app/sampleblog.h"
#include "tests/journeys/journey.h"
#include "ui/common/palettes.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

/// The first start, and the ones after it.
class TestFirstRun final : public QObject
{
    Q_OBJECT

private slots:
    /// Before any key was pressed, so that one sees what Enter does.
    void theFirstChoiceShowsThatItHasTheFocus()
    {
        Journey journey;
        journey.start({});
        QTRY_COMPARE(journey.focus(), u"openSampleButton"_s);
        auto *button = journey.window().findChild<QWidget *>(u"openSampleButton"_s);
        const QImage with = button->grab().toImage();
        const QPoint edge(button->width() / 2, 0);
        QVERIFY(ui::contrast(with.pixelColor(edge), QApplication::palette().color(QPalette::Window))
                >= 3);
        journey.press(u"Down"_s);
        QVERIFY(button->grab().toImage() != with);
    }

    void j01TheSampleOpensOnOneKey()
    {
        Journey journey;
        journey.start({});
        QVERIFY(journey.isShown(u"welcomePage"_s));
        QCOMPARE(journey.focus(), u"openSampleButton"_s);
        QCOMPARE(journey.counts(), QString());
        journey.press(u"Return"_s);
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(), u"Sample blog — Postdesk"_s);
        QTRY_COMPARE(journey.counts(), u"12 posts"_s);
        QCOMPARE(journey.currentRow(), 0);
        QVERIFY(journey.toast().contains(u"Ctrl+Shift+P"_s) && journey.toast().contains(u"F1"_s));
        QCOMPARE(journey.cell(0, u"title"_s), u"Start here"_s);
        QVERIFY(QFileInfo::exists(app::SampleBlog::fileIn(journey.folder())));
    }

    void everyChoiceIsReachedByKeys()
    {
        Journey journey;
        journey.start({});
        for (const char *key : {"Down", "Tab"}) {
            journey.press(QLatin1StringView(key));
            QCOMPARE(journey.focus(), u"openDatabaseButton"_s);
            journey.press(QLatin1StringView(key));
            QCOMPARE(journey.focus(), u"newDatabaseButton"_s);
            journey.press(u"Up, Up"_s);
            QCOMPARE(journey.focus(), u"openSampleButton"_s);
        }
        journey.press(u"Up"_s);
        QCOMPARE(journey.focus(), u"openSampleButton"_s);
    }

    void theLastDatabaseOpensAgain()
    {
        Journey journey;
        journey.start({});
        journey.press(u"Return"_s);
        QTRY_START_STATE(journey);
        // Own words in the sample are kept.
        journey.press(u"F2"_s);
        journey.type(u"Mine now"_s);
        journey.press(u"Return, Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.start({});
        QTRY_START_STATE(journey);
        QCOMPARE(journey.title(), u"Sample blog — Postdesk"_s);
        QTRY_COMPARE(journey.counts(), u"12 posts"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Mine now"_s);

        journey.start();
        QTRY_START_STATE(journey);
        journey.start({});
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
    }

    void samplePostsAreDatedAndInOrder()
    {
        Journey journey;
        journey.start({});
        journey.press(u"Return"_s);
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"12 posts"_s);
        QString before;
        for (int row = app::SampleBlog::postCount - 1; row >= 0; --row) {
            const QString title = journey.cell(row, u"title"_s);
            QVERIFY(!title.isEmpty() && !title.contains(u"title:"_s));
            QVERIFY2(journey.cell(row, u"created_at"_s) != before, qPrintable(title));
            before = journey.cell(row, u"created_at"_s);
        }
    }
};

QTEST_MAIN(TestFirstRun)
#include "tst_firstrun.moc"
