// SPDX-License-Identifier: MIT
#include "ui/palette/commandlistmodel.h"
#include "ui/palette/commandpalette.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Command;
using ui::CommandListModel;
using ui::CommandPalette;

namespace {

/// A window with a line that has the focus, and a palette over it.
class Window
{
public:
    Window()
        : line(&widget)
        , palette(&widget)
    {
        widget.resize(800, 600);
        widget.show();
        if (!QTest::qWaitForWindowActive(&widget))
            qFatal("no active window");
        line.setFocus();
    }

    QList<Command> commands()
    {
        const auto command = [this](const QString &id, const QString &text, const QString &keys,
                                    const QString &reason = {}) {
            return Command{id, text, keys, reason, [this, id] { ran << id; }};
        };
        return {command(u"save"_s, u"Save changes"_s, u"Ctrl+S"_s),
                command(u"new"_s, u"New post"_s, u"Ctrl+N"_s),
                command(u"paste"_s, u"Paste rows"_s, u"Ctrl+V"_s, u"The clipboard is empty"_s),
                command(u"list"_s, u"Go to the list"_s, {})};
    }
    void open(const QStringList &recent = {}) { palette.open(commands(), recent); }
    void type(const QString &text) { QTest::keyClicks(input(), text); }
    void press(Qt::Key key) { QTest::keyClick(input(), key); }
    QLineEdit *input() { return widget.findChild<QLineEdit *>(u"paletteInput"_s); }
    QListView *list() { return widget.findChild<QListView *>(u"paletteList"_s); }
    QStringList texts()
    {
        QStringList texts;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            texts << list()->model()->index(row, 0).data().toString();
        return texts;
    }
    QString current() { return list()->currentIndex().data().toString(); }

    QWidget widget;
    QLineEdit line;
    CommandPalette palette;
    QStringList ran;
};

} // namespace

class TestCommandPalette final : public QObject
{
    Q_OBJECT

private slots:
    void aFewLettersFindACommand()
    {
        Window window;
        window.open();
        QCOMPARE(QApplication::focusWidget(), window.input());
        QCOMPARE(window.texts().size(), 4);
        window.type(u"golis"_s);
        QCOMPARE(window.texts(), QStringList{u"Go to the list"_s});
        QCOMPARE(window.current(), u"Go to the list"_s);
        const QSignalSpy chosen(&window.palette, &CommandPalette::chosen);
        window.press(Qt::Key_Return);
        QCOMPARE(window.ran, QStringList{u"list"_s});
        QCOMPARE(chosen.count(), 1);
        QVERIFY(!window.palette.isOpen());
        QCOMPARE(QApplication::focusWidget(), &window.line); // before the command runs
    }

    void theLastUsedComeFirst()
    {
        Window window;
        window.open({u"list"_s, u"new"_s, u"gone"_s});
        QCOMPARE(
            window.texts(),
            (QStringList{u"Go to the list"_s, u"New post"_s, u"Save changes"_s, u"Paste rows"_s}));
        window.type(u"s"_s); // a better name beats an older one
        QCOMPARE(window.current(), u"Save changes"_s);
    }

    void whatCannotBeDoneSaysWhyAndStaysBehind()
    {
        Window window;
        window.open();
        window.type(u"paste"_s);
        const QModelIndex index = window.list()->currentIndex();
        QCOMPARE(index.data(CommandListModel::ReasonRole).toString(), u"The clipboard is empty"_s);
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(u"clipboard"_s));
        window.press(Qt::Key_Return);
        QVERIFY(window.ran.isEmpty());
        QVERIFY(window.palette.isOpen());
        window.input()->clear();
        QCOMPARE(window.texts().last(), u"Paste rows"_s);
    }

    void keysAreShown()
    {
        Window window;
        window.open();
        QCOMPARE(window.list()->model()->index(0, 0).data(CommandListModel::KeysRole).toString(),
                 u"Ctrl+S"_s);
    }

    /// A comma at the end of a text from the right would come before its Ctrl.
    void keysAreWrittenFromTheLeft()
    {
        Window window;
        window.palette.setLayoutDirection(Qt::RightToLeft);
        const auto command = [](const QString &id, const QString &keys) {
            return Command{id, u"Settings"_s, keys, {}, [] {}};
        };
        window.palette.open({command(u"first"_s, u"F1"_s), command(u"plain"_s, u"Ctrl+,"_s),
                             command(u"marked"_s, u"\u200ECtrl+,\u200E"_s)},
                            {});
        const auto picture = [&window](int row) {
            const QRect place = window.list()->visualRect(window.list()->model()->index(row, 0));
            return window.list()->viewport()->grab(place).toImage();
        };
        QVERIFY(!picture(1).isNull());
        QVERIFY(picture(1) != picture(0));
        QVERIFY(picture(1) == picture(2));
    }

    void arrowsGoRound()
    {
        Window window;
        window.open();
        window.press(Qt::Key_Down);
        QCOMPARE(window.current(), u"New post"_s);
        window.press(Qt::Key_Up);
        window.press(Qt::Key_Up);
        QCOMPARE(window.current(), u"Paste rows"_s);
        window.press(Qt::Key_PageUp);
        QCOMPARE(window.current(), u"Save changes"_s);
    }

    void escapeGoesBack()
    {
        Window window;
        window.open();
        window.press(Qt::Key_Escape);
        QVERIFY(!window.palette.isOpen());
        QCOMPARE(QApplication::focusWidget(), &window.line);
        QVERIFY(window.ran.isEmpty());
    }

    void goingElsewhereCloses()
    {
        Window window;
        window.open();
        window.line.setFocus();
        QVERIFY(!window.palette.isOpen());
        QCOMPARE(QApplication::focusWidget(), &window.line);
    }

    void lettersThatNameNothingSaySo()
    {
        Window window;
        window.open();
        window.type(u"qqq"_s);
        const auto *nothing = window.widget.findChild<QLabel *>(u"paletteNothing"_s);
        QVERIFY(nothing->isVisible());
        window.press(Qt::Key_Down);
        window.press(Qt::Key_Return);
        QVERIFY(window.palette.isOpen());
        window.press(Qt::Key_Backspace);
        window.press(Qt::Key_Backspace);
        window.press(Qt::Key_Backspace);
        QVERIFY(!nothing->isVisible());
    }

    void itFitsIntoASmallWindow()
    {
        Window window;
        window.widget.resize(300, 200);
        window.open();
        QVERIFY(window.widget.rect().contains(window.palette.geometry()));
        window.widget.resize(500, 400);
        QVERIFY(window.widget.rect().contains(window.palette.geometry()));
    }

    void theModelKeepsTheRules()
    {
        Window window;
        CommandListModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCommands(window.commands(), {u"new"_s});
        for (const QString &pattern : {u"s"_s, u"save"_s, u"zzz"_s, QString()})
            model.setPattern(pattern);
        QCOMPARE(model.rowCount(), 4);
        QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
    }
};

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
