// SPDX-License-Identifier: MIT
#include "ui/search/gotopopup.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

class TestGoToPopup final : public QObject
{
    Q_OBJECT

private slots:
    void enterGoesToTheBest();
    void aStepIsKept();
};

namespace {

struct Fixture
{
    Fixture()
    {
        popup.open(u"hint"_s);
        QObject::connect(&popup, &GoToPopup::chosen, &popup,
                         [this](const orm::Key &key) { chosen = key.number(); });
    }
    void find(const QList<qint64> &ids)
    {
        QList<GoToPopup::Target> targets;
        for (const qint64 id : ids)
            targets.append({orm::Key::integer(id), u"post %1"_s.arg(id)});
        popup.setTargets(targets, false);
    }
    void press(Qt::Key key) { QTest::keyClick(popup.findChild<QLineEdit *>(u"goToInput"_s), key); }

    QWidget window;
    GoToPopup popup{&window};
    qint64 chosen = 0;
};

} // namespace

/// Also when it was found after others.
void TestGoToPopup::enterGoesToTheBest()
{
    Fixture f;
    f.find({1});
    f.find({3, 2, 1});
    f.press(Qt::Key_Return);
    QCOMPARE(f.chosen, 3);
}

void TestGoToPopup::aStepIsKept()
{
    Fixture f;
    f.find({2, 1});
    f.press(Qt::Key_Down);
    f.find({4, 3, 2, 1});
    f.press(Qt::Key_Return);
    QCOMPARE(f.chosen, 1);
    // of another text the best is chosen again
    f.popup.open(u"hint"_s);
    f.find({2, 1});
    f.press(Qt::Key_Down);
    f.press(Qt::Key_A);
    f.find({4, 3, 2, 1});
    f.press(Qt::Key_Return);
    QCOMPARE(f.chosen, 4);
}

QTEST_MAIN(TestGoToPopup)
#include "tst_gotopopup.moc"
