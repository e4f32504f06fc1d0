// SPDX-License-Identifier: MIT
#include "ui/palette/keylistmodel.h"
#include "ui/palette/keysdialog.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using ui::KeyBinding;
using ui::KeyListModel;
using ui::KeysDialog;
using Keys = QList<QKeySequence>;

namespace {

QList<KeyBinding> bindings()
{
    const auto binding
        = [](const QString &id, const QString &text, const QString &place, const QString &keys) {
              const Keys sequences = QKeySequence::listFromString(keys, QKeySequence::PortableText);
              return KeyBinding{id, text, place, sequences, sequences};
          };
    return {binding(u"save"_s, u"Save changes"_s, u"Anywhere"_s, u"Ctrl+S"_s),
            binding(u"dup"_s, u"Duplicate"_s, u"In the list"_s, u"Ctrl+D"_s),
            binding(u"redo"_s, u"Redo"_s, u"Anywhere"_s, u"Ctrl+Shift+Z; Ctrl+Y"_s),
            binding(u"null"_s, u"Make the field empty"_s, u"Anywhere"_s, QString())};
}

class Dialog
{
public:
    Dialog()
        : dialog(nullptr)
        , changed(&dialog, &KeysDialog::keysChanged)
    {
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog))
            qFatal("no active window");
        dialog.setBindings(bindings());
    }
    QString cell(int row, int column)
    {
        return list()->model()->index(row, column).data().toString();
    }
    QString note() { return dialog.findChild<QLabel *>(u"keysNote"_s)->text(); }
    QLineEdit *input() { return dialog.findChild<QLineEdit *>(u"keysInput"_s); }
    QTreeView *list() { return dialog.findChild<QTreeView *>(u"keysList"_s); }
    QPushButton *button(const QString &name) { return dialog.findChild<QPushButton *>(name); }
    void find(const QString &text)
    {
        input()->setFocus();
        input()->selectAll();
        QTest::keyClicks(input(), text);
    }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

    KeysDialog dialog;
    QSignalSpy changed;
};

Keys keys(const char *text)
{
    return QKeySequence::listFromString(QString::fromLatin1(text), QKeySequence::PortableText);
}

} // namespace

class TestKeysDialog final : public QObject
{
    Q_OBJECT

private slots:
    void commandsAreFoundByLettersAndByKeys()
    {
        Dialog dialog;
        QCOMPARE(QApplication::focusWidget(), dialog.input());
        QCOMPARE(dialog.list()->model()->rowCount(), 4);
        dialog.find(u"dupl"_s);
        QCOMPARE(dialog.list()->model()->rowCount(), 1);
        QCOMPARE(dialog.cell(0, KeyListModel::TextColumn), u"Duplicate"_s);
        QCOMPARE(dialog.cell(0, KeyListModel::KeysColumn), u"Ctrl+D"_s);
        QCOMPARE(dialog.cell(0, KeyListModel::PlaceColumn), u"In the list"_s);
        dialog.find(u"ctrl+y"_s);
        QCOMPARE(dialog.cell(0, KeyListModel::TextColumn), u"Redo"_s);
        // Of several, those with the key come before those whose names have its letters.
        dialog.dialog.setBindings({{u"a"_s, u"Del is no key of it"_s, u"Anywhere"_s, {}, {}},
                                   {u"b"_s, u"Remove"_s, u"Anywhere"_s, keys("Del"), keys("Del")}});
        dialog.find(u"del"_s);
        QCOMPARE(dialog.cell(0, KeyListModel::TextColumn), u"Remove"_s);
        QCOMPARE(dialog.cell(1, KeyListModel::TextColumn), u"Del is no key of it"_s);
        dialog.find(u"zzz"_s);
        QVERIFY2(dialog.note().contains(u"No command"_s), qPrintable(dialog.note()));
        QVERIFY(!dialog.button(u"keysChange"_s)->isEnabled());
        Dialog::press(Qt::Key_Return); // nothing to change
        QCOMPARE(dialog.changed.count(), 0);
    }

    void aKeyIsChanged()
    {
        Dialog dialog;
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        QVERIFY2(dialog.note().contains(u"Press the new key for “Duplicate”"_s),
                 qPrintable(dialog.note()));
        Dialog::press(Qt::Key_Control, Qt::ControlModifier); // on the way to it
        Dialog::press(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(dialog.changed.count(), 1);
        QCOMPARE(dialog.changed.first().at(0).toString(), u"dup"_s);
        QCOMPARE(dialog.changed.first().at(1).value<Keys>(), keys("Ctrl+J"));
        QCOMPARE(dialog.cell(0, KeyListModel::KeysColumn), u"Ctrl+J"_s);

        dialog.button(u"keysReset"_s)->click();
        QCOMPARE(dialog.changed.last().at(1).value<Keys>(), keys("Ctrl+D"));
        QVERIFY(!dialog.button(u"keysReset"_s)->isEnabled());
        dialog.button(u"keysRemove"_s)->click();
        QCOMPARE(dialog.changed.last().at(1).value<Keys>(), Keys());
        QVERIFY(!dialog.button(u"keysRemove"_s)->isEnabled());
    }

    void aClashIsSaidBeforeItIsTaken()
    {
        Dialog dialog;
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        Dialog::press(Qt::Key_Y, Qt::ControlModifier);
        QVERIFY2(dialog.note().contains(u"Ctrl+Y is the key of “Redo”"_s),
                 qPrintable(dialog.note()));
        QCOMPARE(dialog.changed.count(), 0);
        Dialog::press(Qt::Key_Escape);
        QCOMPARE(dialog.changed.count(), 0);
        QVERIFY(dialog.dialog.isVisible());
        QCOMPARE(dialog.cell(0, KeyListModel::KeysColumn), u"Ctrl+D"_s);

        Dialog::press(Qt::Key_Return);
        Dialog::press(Qt::Key_Y, Qt::ControlModifier);
        Dialog::press(Qt::Key_Return);
        QCOMPARE(dialog.changed.count(), 2);
        QCOMPARE(dialog.changed.at(0).at(0).toString(), u"redo"_s);
        QCOMPARE(dialog.changed.at(0).at(1).value<Keys>(), keys("Ctrl+Shift+Z"));
        QCOMPARE(dialog.changed.at(1).at(0).toString(), u"dup"_s);
        QCOMPARE(dialog.changed.at(1).at(1).value<Keys>(), keys("Ctrl+Y"));

        // What it had at first has another owner by now, and stays there.
        dialog.find(u"redo"_s);
        dialog.button(u"keysReset"_s)->click();
        QCOMPARE(dialog.changed.last().at(1).value<Keys>(), keys("Ctrl+Shift+Z"));
    }

    /// Alt+Return is of the list and of the body: one has it where the other one is out of reach.
    void apartTheyHaveOneKey()
    {
        Dialog dialog;
        const auto binding = [](const char *id, KeyBinding::Reach reach, const char *key) {
            const QString text = QString::fromLatin1(id);
            return KeyBinding{text, text, {}, keys(key), keys(key), reach};
        };
        dialog.dialog.setBindings({binding("details", KeyBinding::Reach::List, "Alt+Return"),
                                   binding("suggest", KeyBinding::Reach::Editor, "Alt+Return"),
                                   binding("window", KeyBinding::Reach::Everywhere, "F7")});
        dialog.find(u"details"_s);
        dialog.button(u"keysRemove"_s)->click();
        dialog.button(u"keysReset"_s)->click();
        QCOMPARE(dialog.changed.last().at(0).toString(), u"details"_s);
        QCOMPARE(dialog.changed.last().at(1).value<Keys>(), keys("Alt+Return"));
        // Everywhere it would be in the way of both, and both are said and lose it.
        dialog.find(u"window"_s);
        Dialog::press(Qt::Key_Return);
        Dialog::press(Qt::Key_Return, Qt::AltModifier);
        QVERIFY2(dialog.note().contains(u"“details, suggest”"_s), qPrintable(dialog.note()));
        dialog.changed.clear();
        Dialog::press(Qt::Key_Return);
        QCOMPARE(dialog.changed.count(), 3);
        QCOMPARE(dialog.changed.at(0).at(1).value<Keys>(), Keys());
        QCOMPARE(dialog.changed.at(1).at(1).value<Keys>(), Keys());
        QCOMPARE(dialog.changed.at(2).at(1).value<Keys>(), keys("Alt+Return"));
    }

    void aMenusLetterIsNotTaken()
    {
        Dialog dialog;
        QWidget window;
        QMenuBar menus(&window);
        menus.addMenu(u"&File"_s);
        dialog.dialog.reserveLettersOf(window);
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        Dialog::press(Qt::Key_F, Qt::AltModifier);
        QVERIFY2(dialog.note().contains(u"“File”"_s), qPrintable(dialog.note()));
        QCOMPARE(dialog.changed.count(), 0);
        Dialog::press(Qt::Key_J, Qt::AltModifier); // goes on
        QCOMPARE(dialog.changed.last().at(1).value<Keys>(), keys("Alt+J"));
    }

    /// Tab and the arrows lead through all windows: no command takes them away.
    void aKeyForMovingIsNotTaken_data()
    {
        QTest::addColumn<int>("key");
        for (const auto key : {Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Up, Qt::Key_Left, Qt::Key_Home,
                               Qt::Key_PageDown, Qt::Key_Backspace})
            QTest::newRow(qPrintable(QKeySequence(key).toString())) << int(key);
    }
    void aKeyForMovingIsNotTaken()
    {
        QFETCH(const int, key);
        Dialog dialog;
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        Dialog::press(Qt::Key(key), key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        QCOMPARE(dialog.changed.count(), 0);
        QVERIFY2(dialog.note().contains(u"for moving"_s), qPrintable(dialog.note()));
        Dialog::press(Qt::Key_Escape);
        QCOMPARE(dialog.cell(0, KeyListModel::KeysColumn), u"Ctrl+D"_s);
    }

    void aLetterAloneIsForTyping()
    {
        Dialog dialog;
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), 'x');
        QCOMPARE(dialog.changed.count(), 0);
        QVERIFY2(dialog.note().contains(u"is for typing"_s), qPrintable(dialog.note()));
        Dialog::press(Qt::Key_F12); // goes on
        QCOMPARE(dialog.changed.count(), 1);
    }

    void goingElsewhereLeavesTheKey()
    {
        Dialog dialog;
        dialog.find(u"dupl"_s);
        Dialog::press(Qt::Key_Return);
        dialog.input()->setFocus();
        Dialog::press(Qt::Key_F12);
        QCOMPARE(dialog.changed.count(), 0);
        Dialog::press(Qt::Key_Escape);
        QVERIFY(!dialog.dialog.isVisible());
    }

    void mnemonicsAreUnique()
    {
        const Dialog dialog;
        QSet<QChar> letters;
        for (const QPushButton *button : dialog.dialog.findChildren<QPushButton *>()) {
            const qsizetype mark = button->text().indexOf(u'&');
            QVERIFY2(mark >= 0, qPrintable(button->text()));
            const QChar letter = button->text().at(mark + 1).toLower();
            QVERIFY2(!letters.contains(letter), qPrintable(button->text()));
            letters << letter;
        }
    }

    void theModelKeepsTheRules()
    {
        KeyListModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setBindings(bindings());
        for (const QString &pattern : {u"re"_s, u"ctrl"_s, u"qqq"_s, QString()})
            model.setPattern(pattern);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setKeys(u"dup"_s, keys("F7"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.ownersOf(QKeySequence(u"F7"_s), u"save"_s).first().id, u"dup"_s);
        QVERIFY(model.ownersOf(QKeySequence(u"F7"_s), u"dup"_s).isEmpty());
    }
};

QTEST_MAIN(TestKeysDialog)
#include "tst_keysdialog.moc"
