// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/changes/journal.h"
#include "ui/common/messagebar.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtableview.h"

#include <QDir>
#include <QDirIterator>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSessionManager>

#include <array>

using namespace Qt::StringLiterals;

/// What was typed and not saved comes back, and the recover bar says so.
class TestRecovery final : public QObject
{
    Q_OBJECT

private:
    static QString recovered(Journey &journey)
    {
        const auto *bar = journey.window().findChild<ui::MessageBar *>(u"recoverBar"_s);
        return bar && bar->isOpen() ? bar->text() : QString();
    }

    static bool isInRecoverBar(Journey &journey)
    {
        return journey.window()
            .findChild<ui::MessageBar *>(u"recoverBar"_s)
            ->isAncestorOf(QApplication::focusWidget());
    }

    static void changeTitle(Journey &journey, const QString &title)
    {
        journey.press(u"F2"_s);
        journey.type(title);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.cell(journey.currentRow(), u"title"_s), title);
    }

    /// From now on nothing of the journal can be written, as its folder is a file.
    static void spoilJournal(const Journey &journey)
    {
        QFile file(QDir(journey.folder()).filePath(u"journals"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    /// Whether @p text is in a journal on the disk now.
    static bool isWritten(const Journey &journey, const QByteArray &text)
    {
        QDirIterator files(journey.folder(), {u"*.journal"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                return true;
        }
        return false;
    }

private slots:
    /// The desktop ends, and nobody may hold it up with a question.
    void theEndOfTheSessionFindsAllWritten()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3, Ctrl+Home"_s);
        journey.type(u"In the middle of a sen"_s);
        // Nobody but Qt can make one; what it is told of is all that counts here.
        alignas(QSessionManager) std::array<std::byte, sizeof(QSessionManager)> manager{};
        emit qApp->commitDataRequest(reinterpret_cast<QSessionManager &>(manager));
        QVERIFY(isWritten(journey, "In the middle of a sen"));
    }

    /// Not after a second: whatever one turns to may be what ends it all.
    void turningElsewhereWritesAtOnce_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::newRow("the list") << u"Ctrl+1"_s;
        QTest::newRow("another field") << u"Ctrl+2"_s;
        QTest::newRow("a refresh") << u"F5"_s;
        QTest::newRow("a save") << u"Ctrl+S"_s;
    }

    void turningElsewhereWritesAtOnce()
    {
        QFETCH(const QString, keys);
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+3, Ctrl+Home"_s);
        journey.type(u"In the middle"_s);
        int times = 0;
        const auto connection = connect(journey.window().workspace()->journal(),
                                        &ui::Journal::aboutToWrite, this, [&] { ++times; });
        journey.press(keys);
        if (keys != u"Ctrl+S"_s) // whose own thread asks for it
            QVERIFY(times > 0);
        disconnect(connection);
        QTRY_VERIFY(isWritten(journey, "In the middle"));
    }

    void enterGoesToTheCaret()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+N"_s);
        journey.type(u"Draft"_s);
        journey.press(u"Tab"_s);
        journey.type(u"One two three"_s);
        journey.press(u"Ctrl+Left, Ctrl+Shift+Left"_s); // "two " is selected
        journey.press(u"Ctrl+Q"_s);
        journey.start();
        QTRY_COMPARE(recovered(journey), u"1 unsaved post recovered"_s);
        QTRY_VERIFY(isInRecoverBar(journey));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.mark(0), u"+"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        QCOMPARE(recovered(journey), QString());
        QCOMPARE(journey.currentRow(), 0);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"One two three"_s);
        const auto *body = journey.window().findChild<QPlainTextEdit *>(u"bodyEdit"_s);
        QCOMPARE(body->textCursor().selectedText(), u"two "_s);
        QCOMPARE(body->textCursor().position(), 4);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.counts(), u"501 posts"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        journey.start();
        QTRY_START_STATE(journey);
        QCOMPARE(recovered(journey), QString());
    }

    void aRowFarDownIsGoneTo()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Ctrl+End"_s);
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        QTRY_VERIFY(journey.window().isSettled());
        changeTitle(journey, u"The first"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.start();
        QTRY_VERIFY(isInRecoverBar(journey));
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.currentId(), u"1"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"The first"_s);
    }

    void discardCanBeUndone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"One"_s);
        journey.press(u"Down"_s);
        changeTitle(journey, u"Two"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.start();
        QTRY_COMPARE(recovered(journey), u"2 unsaved posts recovered"_s);
        QTRY_VERIFY(isInRecoverBar(journey));
        journey.press(u"Alt+D"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
        journey.press(u"Ctrl+Z"_s);
        QTRY_COMPARE(journey.pending(), u"2 changes"_s);
        QCOMPARE(journey.cell(1, u"title"_s), u"Two"_s);
    }

    void escapeLeavesTheEditsAlone()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        changeTitle(journey, u"One"_s);
        journey.press(u"Ctrl+Q"_s);
        journey.start();
        QTRY_VERIFY(isInRecoverBar(journey));
        journey.press(u"Esc"_s);
        QCOMPARE(recovered(journey), QString());
        QCOMPARE(journey.focus(), u"postsView"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
    }

    void typingInACellIsKeptAndEscStillDropsIt()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"F2"_s);
        journey.type(u"Half a ti"_s);
        // It is with the other edits before the cell is left, as the journal asks for it.
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.type(u"tle"_s);
        QTRY_COMPARE(journey.cell(0, u"title"_s), u"Half a title"_s);
        QVERIFY(journey.view().hasCellEditor());
        journey.press(u"Esc"_s);
        QVERIFY(!journey.view().hasCellEditor());
        QCOMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);

        journey.press(u"F2"_s);
        journey.type(u"A ti"_s);
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
        journey.type(u"tle"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"A title"_s);
        journey.press(u"Ctrl+Z"_s); // one step
        QCOMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500"_s);
    }

    void withoutAJournalNothingIsSavedUnasked()
    {
        Journey journey;
        spoilJournal(journey);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_VERIFY2(journey.message().contains(u"can't be kept safe"_s),
                     qPrintable(journey.message()));
        changeTitle(journey, u"Precious"_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_VERIFY2(journey.message().startsWith(u"Nothing was saved"_s),
                     qPrintable(journey.message()));
        QCOMPARE(journey.pending(), u"1 change"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Post number 500"_s);
        QTRY_VERIFY(journey.window().isSettled());
        journey.press(u"Alt+Y"_s); // Save anyway
        QTRY_COMPARE(journey.pending(), u"Saved"_s);
        QCOMPARE(journey.sql(u"SELECT title FROM posts WHERE id = 500"_s), u"Precious"_s);
    }

    void withoutAJournalQuittingStaysAndSaysWhy()
    {
        Journey journey;
        spoilJournal(journey);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_VERIFY(!journey.message().isEmpty());
        changeTitle(journey, u"Precious"_s);
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY2(journey.message().startsWith(u"1 change would be lost."_s),
                     qPrintable(journey.message()));
        QVERIFY(journey.window().isVisible());
        journey.press(u"Esc"_s);
        QCOMPARE(journey.pending(), u"1 change"_s);
        journey.press(u"Ctrl+Z, Ctrl+Q"_s); // nothing is pending, nothing is lost
        QTRY_VERIFY(!journey.window().isVisible());
    }

    void aJournalThatWorksAgainIsUsed()
    {
        Journey journey;
        spoilJournal(journey);
        journey.start();
        QTRY_START_STATE(journey);
        QTRY_VERIFY(!journey.message().isEmpty());
        changeTitle(journey, u"Precious"_s);
        QVERIFY(QFile::remove(QDir(journey.folder()).filePath(u"journals"_s)));
        QTRY_COMPARE(journey.message(), QString()); // it says when it works
        journey.press(u"Ctrl+Q"_s);
        QTRY_VERIFY(!journey.window().isVisible());
        journey.start();
        QTRY_COMPARE(journey.pending(), u"1 change"_s);
    }
};

QTEST_MAIN(TestRecovery)
#include "tst_recovery.moc"
