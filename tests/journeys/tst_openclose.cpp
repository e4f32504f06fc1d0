// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

/// Opening, making and closing databases, with and without something unsaved.
class TestOpenClose final : public QObject
{
    Q_OBJECT

private:
    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
    }

    static void openEnds(Journey &journey)
    {
        QTRY_COMPARE(journey.title(), u"Postdesk"_s);
        QVERIFY(journey.isShown(u"welcomePage"_s));
    }

private slots:
    void aTypedPathIsOpened()
    {
        Journey journey;
        const TestDatabase other(u"CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), "
                                 "content TEXT, created_at DATETIME, PRIMARY KEY (id));"
                                 "INSERT INTO posts (title) VALUES ('Over here')"_s);
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+O"_s);
        journey.choose(other.file());
        QTRY_COMPARE(journey.counts(), u"1 post"_s);
        QTRY_START_STATE(journey);
        QCOMPARE(journey.cell(0, u"title"_s), u"Over here"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Over here"_s);
    }

    void aNewDatabaseIsTheTutorials()
    {
        Journey journey;
        journey.start({});
        const QString file = QDir(journey.folder()).filePath(u"words.db"_s);
        journey.press(u"Ctrl+Shift+N"_s);
        journey.choose(file);
        QTRY_COMPARE(journey.title(), u"words.db — Postdesk"_s);
        QTRY_COMPARE(journey.counts(), u"0 posts"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"First"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"1 post"_s);
        QCOMPARE(journey.id(0), u"1"_s);
    }

    void anExistingFileIsNeverOverwritten()
    {
        Journey journey;
        const QByteArray before = journey.fileBytes();
        journey.start({});
        journey.press(u"Ctrl+Shift+N"_s);
        journey.choose(journey.database().file());
        QTRY_VERIFY2(journey.message().contains(u"already"_s), qPrintable(journey.message()));
        journey.press(u"Return"_s); // opens it
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QCOMPARE(journey.fileBytes(), before);
    }

    void urlsAreOpened_data()
    {
        QTest::addColumn<QString>("form");
        QTest::newRow("sqlite, absolute") << u"sqlite:///%1"_s;
        QTest::newRow("file manager") << u"file://%1"_s;
        QTest::newRow("path") << u"%1"_s;
    }

    void urlsAreOpened()
    {
        QFETCH(QString, form);
        Journey journey;
        journey.start(form.arg(journey.database().file()));
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
    }

    void closingLeavesTheWelcomePage()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+W"_s);
        openEnds(journey);
        QCOMPARE(journey.focus(), u"openSampleButton"_s);
        QCOMPARE(journey.counts(), QString());
        journey.press(u"Ctrl+N, Del, Ctrl+S, Ctrl+Z, Esc"_s); // nothing to act on
        openEnds(journey);
    }

    void openingAnotherKeepsWhatIsPending()
    {
        const TestDatabase other(TestDatabase::data(u"f500.sql"_s));
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Precious"_s);
        journey.press(u"Ctrl+O"_s);
        journey.choose(other.file());
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.message(), QString());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+O"_s);
        journey.choose(journey.database().file());
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Precious"_s);
    }

    void quittingNeverAsksAndKeepsAll()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Precious"_s);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
        journey.start();
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Precious"_s);
        QCOMPARE(journey.mark(0), u"~"_s);
    }

    void quittingKeepsWhatIsBeingTyped_data()
    {
        QTest::addColumn<QString>("into");
        QTest::newRow("a cell") << u"F2"_s;
        QTest::newRow("the body") << u"Return"_s;
    }

    void quittingKeepsWhatIsBeingTyped()
    {
        QFETCH(QString, into);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
        journey.press(into);
        journey.type(u"In the middle of a sen"_s);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        journey.start();
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QTRY_VERIFY(journey.cell(0, u"title"_s).startsWith(u"In the middle of a sen"_s)
                    || journey.fieldText(u"bodyEdit"_s).startsWith(u"In the middle of a sen"_s));
    }

    void quittingRightAfterSavingWaitsForIt()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Precious"_s);
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        journey.press(u"Ctrl+S, Ctrl+Q"_s);
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        QVERIFY(journey.window().isVisible());
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        QTRY_VERIFY(!journey.window().isVisible());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Precious"_s);
    }

    void quittingWithNothingUnsavedJustQuits()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
    }

    void closingKeepsWhatIsPending()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Precious"_s);
        journey.press(u"Ctrl+W"_s);
        openEnds(journey);
        QCOMPARE(journey.message(), QString());
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
    }

    void textSizeAndPlacesAreRemembered()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const double size = QApplication::font().pointSizeF();
        journey.press(u"Ctrl++, Ctrl++"_s);
        QVERIFY(QApplication::font().pointSizeF() > size * 1.15);
        journey.press(u"Ctrl+-"_s);
        const double larger = QApplication::font().pointSizeF();
        journey.press(u"Ctrl+0"_s);
        QCOMPARE(QApplication::font().pointSizeF(), size);
        journey.press(u"Ctrl+="_s);
        QCOMPARE(QApplication::font().pointSizeF(), larger);
        journey.press(u"Ctrl+0"_s);
    }

    /// As the manual says, and no key ends in a text that nobody can read.
    void textIsOfSeventyToThreeHundredPercent()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        const double size = QApplication::font().pointSizeF();
        for (int i = 0; i < 15; ++i)
            journey.press(u"Ctrl++"_s);
        QCOMPARE(QApplication::font().pointSizeF(), size * 3);
        journey.press(u"Ctrl+-"_s);
        QVERIFY(QApplication::font().pointSizeF() < size * 2.8);
        for (int i = 0; i < 20; ++i)
            journey.press(u"Ctrl+-"_s);
        QCOMPARE(QApplication::font().pointSizeF(), size * 0.7);
        journey.press(u"Ctrl+0"_s);
        QCOMPARE(QApplication::font().pointSizeF(), size);
    }
};

QTEST_MAIN(TestOpenClose)
#include "tst_openclose.moc"
