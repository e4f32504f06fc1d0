// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/help/helpwindow.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/commandlistmodel.h"
#include "ui/palette/keysdialog.h"
#include "ui/table/recordtableview.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QTreeView>

using namespace Qt::StringLiterals;

/// Finding a command that one doesn't know: the palette, the key map, the page of keys.
class TestCommands final : public QObject
{
    Q_OBJECT

private:
    static void openDatabase(Journey &journey)
    {
        journey.start();
        QTRY_COMPARE(journey.focus(), u"postsView"_s);
        QTRY_VERIFY(journey.window().isSettled());
    }

    static const QAbstractItemModel *commands(Journey &journey)
    {
        return journey.window().findChild<QListView *>(u"paletteList"_s)->model();
    }

    static QString command(Journey &journey, int row = 0)
    {
        return commands(journey)->index(row, 0).data().toString();
    }

    template<typename Dialog>
    static Dialog *dialog(Journey &journey)
    {
        auto *found = journey.window().findChild<Dialog *>();
        if (!found || !QTest::qWaitForWindowActive(found) || !QTest::qWaitFor([found] {
                return found->isAncestorOf(QApplication::focusWidget());
            }))
            qFatal("the dialog did not open");
        return found;
    }

private slots:
    void aCommandIsFoundAndRun()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        QVERIFY(journey.isShown(u"paletteDialog"_s));
        QCOMPARE(journey.focus(), u"paletteInput"_s);
        journey.type(u"dupl"_s);
        QCOMPARE(command(journey), u"Duplicate"_s);
        QCOMPARE(commands(journey)->index(0, 0).data(ui::CommandListModel::KeysRole).toString(),
                 u"Ctrl+D"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.mark(0), u"+"_s);
        QCOMPARE(journey.cell(0, u"title"_s), u"Post number 500 (copy)"_s);
        QVERIFY(!journey.isShown(u"paletteDialog"_s));
    }

    void theLastUsedIsOnTopAndStaysSo()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"body"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Shift+P"_s);
        QCOMPARE(command(journey), u"Go to the body"_s);
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"bodyEdit"_s); // back where one was
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"go to the title"_s);
        journey.press(u"Return"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.stop();
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        QCOMPARE(command(journey), u"Go to the title"_s);
        QCOMPARE(command(journey, 1), u"Go to the body"_s);
        journey.type(u"search"_s); // and given up: the next time it begins anew
        journey.press(u"Esc, Ctrl+Shift+P"_s);
        QCOMPARE(journey.fieldText(u"paletteInput"_s), QString());
        QCOMPARE(command(journey), u"Go to the title"_s);
        journey.press(u"Ctrl+Shift+P"_s); // the same key closes
        QVERIFY(!journey.isShown(u"paletteDialog"_s));
        QCOMPARE(journey.focus(), u"postsView"_s);
    }

    void itIsAboutWhereTheFocusWas()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+2, Home"_s);
        QTRY_COMPARE(journey.focus(), u"titleEdit"_s);
        journey.type(u"My "_s);
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"undo"_s);
        QCOMPARE(command(journey), u"Undo typing in Title"_s);
        journey.press(u"Return"_s);
        QCOMPARE(journey.focus(), u"titleEdit"_s);
        QTRY_COMPARE(journey.fieldText(u"titleEdit"_s), u"Post number 500"_s);
    }

    void everyActionIsInIt()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+P"_s);
        QStringList texts;
        for (int row = 0; row < commands(journey)->rowCount(); ++row)
            texts << command(journey, row);
        // Each by a name of its own, all but the one for Esc, and those made of the columns.
        QCOMPARE(qsizetype(QSet<QString>(texts.cbegin(), texts.cend()).size()), texts.size());
        QCOMPARE(texts.size(),
                 qsizetype(ui::Actions::specs().size()) - 1
                     + journey.window().actions().sortActions().size());
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            const QLatin1StringView id(spec.id);
            if (id == "app.escape"_L1)
                continue;
            const QAction *action = journey.window().actions().action(id);
            QVERIFY2(texts.contains(ui::Actions::plain(action->text())), spec.id);
        }
    }

    void whatCannotBeDoneSaysWhy()
    {
        Journey journey;
        journey.start({}); // no database
        QTRY_COMPARE(journey.focus(), u"openSampleButton"_s);
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"save changes"_s);
        QCOMPARE(command(journey), u"Save changes"_s);
        QCOMPARE(commands(journey)->index(0, 0).data(ui::CommandListModel::ReasonRole).toString(),
                 u"No database is open"_s);
        journey.press(u"Return"_s);
        QVERIFY(journey.isShown(u"paletteDialog"_s));
        journey.press(u"Esc"_s);
        QCOMPARE(journey.focus(), u"openSampleButton"_s);
    }

    void theKeyMapIsSearched()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+P, Esc, Ctrl+Shift+K"_s);
        const auto *keys = dialog<ui::KeysDialog>(journey);
        QCOMPARE(keys->objectName(), u"keysDialog"_s);
        journey.type(u"dupl"_s);
        const QAbstractItemModel *model = keys->findChild<QTreeView *>(u"keysList"_s)->model();
        QCOMPARE(model->index(0, 0).data().toString(), u"Duplicate"_s);
        QCOMPARE(model->index(0, 1).data().toString(), u"Ctrl+D"_s);
        journey.press(u"Esc"_s);
        QVERIFY(!keys->isVisible());
    }

    void aChangedKeyWorksAndStays()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+K"_s);
        dialog<ui::KeysDialog>(journey);
        journey.type(u"go to the body"_s);
        journey.press(u"Return, Ctrl+J, Esc"_s);
        journey.activate();
        journey.press(u"Ctrl+3"_s); // no longer
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+J"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.stop();
        openDatabase(journey);
        journey.press(u"Ctrl+3"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+J"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
        journey.press(u"Ctrl+Shift+K"_s);
        dialog<ui::KeysDialog>(journey);
        journey.type(u"go to the body"_s);
        journey.press(u"Alt+A"_s); // as it was
        QTRY_COMPARE(journey.window().actions().action("view.focusBody"_L1)->shortcut(),
                     QKeySequence(u"Ctrl+3"_s));
        journey.stop();
        openDatabase(journey);
        journey.press(u"Ctrl+J"_s);
        QCOMPARE(journey.focus(), u"postsView"_s);
        journey.press(u"Ctrl+3"_s);
        QTRY_COMPARE(journey.focus(), u"bodyEdit"_s);
    }

    void aKeyOfTheMenusIsNotTaken()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"Ctrl+Shift+K"_s);
        const auto *keys = dialog<ui::KeysDialog>(journey);
        journey.type(u"go to the body"_s);
        journey.press(u"Return, Alt+F"_s);
        const QString note = keys->findChild<QLabel *>(u"keysNote"_s)->text();
        QVERIFY2(note.contains(u"File"_s), qPrintable(note));
        QCOMPARE(journey.window().actions().action("view.focusBody"_L1)->shortcut(),
                 QKeySequence(u"Ctrl+3"_s));
    }

    void helpIsAboutThePlace()
    {
        Journey journey;
        openDatabase(journey);
        journey.press(u"F1"_s);
        const auto *help = dialog<ui::HelpWindow>(journey);
        QCOMPARE(help->page(), u"list"_s);
        QVERIFY2(help->text().startsWith(u"Edit in the list"_s), qPrintable(help->text()));
        for (const QString &text : {u"Duplicate"_s, u"Ctrl+D"_s, u"Letters"_s, u"Anywhere"_s,
                                    u"Ctrl+Shift+P"_s, u"Command palette"_s})
            QVERIFY2(help->text().contains(text), qPrintable(text));
        QVERIFY(!help->text().contains(u"F14"_s)); // which X11 has for Undo, and no keyboard has
        journey.press(u"Esc"_s);
        QVERIFY(!help->isVisible());
        const std::pair<QString, QString> places[] = {
            {u"Ctrl+3, F1"_s, u"write"_s},
            {u"Ctrl+1, Ctrl+F, F1"_s, u"find"_s},
            {u"Ctrl+1, F4, F1"_s, u"find"_s},
            {u"Ctrl+1, Shift+Down, Ctrl+E, F1"_s, u"many"_s},
            {u"Esc, Ctrl+1, F12, F1"_s, u"safe"_s},
        };
        for (const auto &[keys, page] : places) {
            journey.activate();
            journey.press(keys);
            QCOMPARE(dialog<ui::HelpWindow>(journey)->page(), page);
            journey.press(u"F1"_s); // in there
            QCOMPARE(help->page(), u"contents"_s);
            journey.press(u"Esc"_s);
        }
        journey.activate();
        journey.press(u"Esc, Ctrl+1, Ctrl+Shift+K"_s);
        dialog<ui::KeysDialog>(
            journey); // a window of its own, from which the action is reached, too
        journey.press(u"F1"_s);
        QCOMPARE(dialog<ui::HelpWindow>(journey)->page(), u"keys"_s);
    }
};

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
