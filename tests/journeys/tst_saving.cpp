// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "tests/support/faultydisk.h"
#include "ui/mainwindow/mainwindow.h"

using namespace Qt::StringLiterals;

/// Saving while the world is not as one would like it: other programs, a full disk.
class TestSaving final : public QObject
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

    static QString titleOf500(Journey &journey)
    {
        return journey.sql(u"SELECT title FROM posts WHERE id = 500"_s);
    }

private slots:
    void aLockedDatabaseIsWaitedFor()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Patience"_s);
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE; UPDATE posts SET title = 'Web' WHERE id = 1"_s), 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.task(),
                     u"Waiting for another program to finish writing… Shift+Esc cancels"_s);
        QVERIFY(journey.isShown(u"cancelTaskButton"_s));
        // The window works on meanwhile.
        journey.press(u"Down"_s);
        QCOMPARE(journey.currentId(), u"499"_s);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.task(), QString());
        QCOMPARE(titleOf500(journey), u"Patience"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 1"_s), u"Web"_s);
    }

    void aWaitIsCancelledAndNothingIsLost()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Impatience"_s);
        {
            OtherProgram other(journey.database());
            QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
            journey.press(u"Ctrl+S"_s);
            QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
            journey.press(u"Shift+Esc"_s);
            QTRY_COMPARE(journey.task(), QString());
            QTRY_VERIFY2(journey.toast().contains(u"still here"_s), qPrintable(journey.toast()));
            QCOMPARE(journey.pending(), u"1 change"_s);
            QCOMPARE(journey.cell(0, u"title"_s), u"Impatience"_s);
            QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        }
        QCOMPARE(titleOf500(journey), u"Post number 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(titleOf500(journey), u"Impatience"_s);
    }

    void aNewPostWaitsForNobody()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"BEGIN EXCLUSIVE"_s), 0);
        journey.press(u"Del"_s); // has to read the row whole
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        journey.press(u"Ctrl+N"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        journey.type(u"Right away"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Right away"_s);
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.mark(1), u"−"_s);
        QCOMPARE(journey.fieldText(u"titleEdit"_s), u"Right away"_s);
    }

    void aDatabaseLockedAtOpening()
    {
        Journey journey;
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"BEGIN EXCLUSIVE"_s), 0);
        journey.start();
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        journey.press(u"Shift+Esc"_s);
        QTRY_COMPARE(journey.task(), QString());
        QVERIFY(journey.isShown(u"welcomePage"_s));
        journey.start();
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        QCOMPARE(other.run(u"COMMIT"_s), 0);
        QTRY_START_STATE(journey);
        QTRY_COMPARE(journey.counts(), u"500 posts"_s);
        QTRY_COMPARE(journey.task(), QString());
    }

    void aFullDiskKeepsTheEdits()
    {
        FaultyDisk disk;
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"Large"_s);
        disk.setFull(true);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.message().contains(u"disk is full"_s), qPrintable(journey.message()));
        QVERIFY(journey.message().contains(u"still here"_s));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Large"_s);
        disk.setFull(false);
        QCOMPARE(titleOf500(journey), u"Post number 500"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(titleOf500(journey), u"Large"_s);
        QCOMPARE(journey.message(), QString());
        journey.stop(); // before the disk goes
    }

    void aRowDeletedByBothIsGone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Del"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.database().outside(u"DELETE FROM posts WHERE id = 500"_s),
                 0); // a page may just be read
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QTRY_COMPARE(journey.counts(), u"499 posts"_s);
        QCOMPARE(journey.message(), QString());
    }

    void whatIsTypedDuringASaveStays()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+End"_s);
        journey.type(u"One"_s);
        OtherProgram other(journey.database());
        QCOMPARE(other.run(u"BEGIN IMMEDIATE"_s), 0);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY(journey.task().startsWith(u"Waiting"_s));
        journey.type(u"Two"_s);
        QCOMPARE(other.run(u"ROLLBACK"_s), 0);
        QTRY_COMPARE(journey.task(), QString());
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.sql(u"SELECT content LIKE '%One' FROM posts WHERE id = 500"_s), u"1"_s);
        QVERIFY(journey.fieldText(u"bodyEdit"_s).endsWith(u"OneTwo"_s));
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT content LIKE '%OneTwo' FROM posts WHERE id = 500"_s), u"1"_s);
    }
};

QTEST_MAIN(TestSaving)
#include "tst_saving.moc"
