// SPDX-License-Identifier: MIT
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

using ui::MessageBar;

class TestMessageBar final : public QObject
{
    Q_OBJECT

private:
    /// A window with a bar, a toast and a field that has the focus.
    struct Stage
    {
        Stage()
            : bar(new MessageBar(&window))
            , field(new QLineEdit(&window))
            , toast(new ui::Toast(&window))
        {
            auto *layout = new QVBoxLayout(&window);
            layout->addWidget(bar);
            layout->addWidget(field);
            window.resize(600, 200);
            window.show();
            field->setFocus();
            ready = QTest::qWaitForWindowActive(&window);
        }

        QWidget window;
        MessageBar *bar;
        QLineEdit *field;
        ui::Toast *toast;
        bool ready = false;
    };

private slots:
    void aMessageLeavesTheFocusAlone()
    {
        Stage stage;
        QVERIFY(stage.ready);
        QVERIFY(!stage.bar->isOpen());
        stage.bar->show(MessageBar::Tone::Problem, u"The disk is full."_s);
        QVERIFY(stage.bar->isOpen());
        QCOMPARE(stage.bar->text(), u"The disk is full."_s);
        QVERIFY(stage.field->hasFocus());
        stage.bar->close();
        QVERIFY(!stage.bar->isOpen());
        QVERIFY(stage.field->hasFocus());
    }

    void enterPressesTheFirstChoice()
    {
        Stage stage;
        QVERIFY(stage.ready);
        QString chosen;
        stage.bar->show(MessageBar::Tone::Question, u"Save?"_s,
                        {{u"Yes"_s, [&chosen] { chosen = u"yes"_s; }},
                         {u"No"_s, [&chosen] { chosen = u"no"_s; }}},
                        MessageBar::Focus::FirstButton);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(chosen, u"yes"_s);
        QVERIFY(!stage.bar->isOpen());
        QVERIFY(stage.field->hasFocus()); // back where it was
    }

    void tabGoesThroughTheChoices()
    {
        Stage stage;
        QVERIFY(stage.ready);
        QString chosen;
        stage.bar->show(MessageBar::Tone::Question, u"Save?"_s,
                        {{u"Yes"_s, [&chosen] { chosen = u"yes"_s; }},
                         {u"No"_s, [&chosen] { chosen = u"no"_s; }}},
                        MessageBar::Focus::FirstButton);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Enter);
        QCOMPARE(chosen, u"no"_s);
    }

    void aChoiceMayShowTheNextMessage()
    {
        Stage stage;
        QVERIFY(stage.ready);
        stage.bar->show(
            MessageBar::Tone::Question, u"One"_s,
            {{u"Next"_s,
              [&stage] {
                  stage.bar->show(MessageBar::Tone::Question, u"Two"_s, {{u"End"_s, [] {}}});
              }}},
            MessageBar::Focus::FirstButton);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(stage.bar->text(), u"Two"_s);
        QVERIFY(stage.bar->isOpen());
        QTRY_COMPARE(stage.bar->findChildren<QPushButton *>().size(), 1);
    }

    void whoeverIsLeftWithoutAFocusIsTold()
    {
        Stage stage;
        QVERIFY(stage.ready);
        QSignalSpy lost(stage.bar, &MessageBar::focusLost);
        stage.bar->show(MessageBar::Tone::Question, u"Gone"_s, {{u"Yes"_s, [] {}}},
                        MessageBar::Focus::FirstButton);
        delete stage.field;
        stage.field = nullptr;
        stage.bar->close();
        QCOMPARE(lost.count(), 1);
    }

    void aToastTakesNoFocusAndUndoesOnEnter()
    {
        Stage stage;
        QVERIFY(stage.ready);
        QSignalSpy undo(stage.toast, &ui::Toast::undoRequested);
        stage.toast->show(u"3 posts marked for deletion"_s, ui::Toast::Offer::Undo);
        QCOMPARE(stage.toast->text(), u"3 posts marked for deletion"_s);
        QVERIFY(stage.field->hasFocus());
        QVERIFY(stage.window.rect().contains(stage.toast->geometry()));
        stage.toast->setFocus();
        QTest::keyClick(stage.toast, Qt::Key_Return);
        QCOMPARE(undo.count(), 1);
        QCOMPARE(stage.toast->text(), QString());
    }
};

QTEST_MAIN(TestMessageBar)
#include "tst_messagebar.moc"
