// SPDX-License-Identifier: MIT
#include "ui/search/fuzzytitle.h"
#include "ui/search/gotopopup.h"

#include <QDateTime>
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
    void theNearestTitleIsFirst_data();
    void theNearestTitleIsFirst();
    void theFirstPostFromADayIsFirst();
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

std::optional<qint64> scoreOf(const orm::RowScore &wanted, const orm::StoredValue &value)
{
    const QByteArray bytes = value.bytes();
    return wanted.score({orm::ValueView::of(value, bytes)});
}

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

void TestGoToPopup::theNearestTitleIsFirst_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("titles"); // the nearest first
    QTest::newRow("at the beginning, in a word, by its letters")
        << u"cat"_s
        << QStringList{u"Cats and dogs"_s, u"A cat"_s, u"The concatenation"_s, u"Can a tree"_s,
                       u"Chain factor"_s};
    QTest::newRow("shorter") << u"post 4"_s
                             << QStringList{u"Post 4"_s, u"Post 49"_s, u"Post 499"_s};
    QTest::newRow("any case, blanks between")
        << u"ä ö"_s << QStringList{u"Ä ö"_s, u"Ähre, Öhr"_s, u"mähen hören"_s};
    QTest::newRow("letters side by side")
        << u"nu49"_s << QStringList{u"Post number 49"_s, u"Post noun 4x9"_s};
    QTest::newRow("not all letters") << u"pots"_s << QStringList{};
}

void TestGoToPopup::theNearestTitleIsFirst()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, titles);
    const FuzzyTitle wanted(1, text);
    QCOMPARE(wanted.columns(), QList{1});
    QCOMPARE(scoreOf(wanted, orm::StoredValue::text(u"Post number"_s)).has_value(), false);
    QVERIFY(!scoreOf(wanted, {}));
    std::optional<qint64> before;
    for (const QString &title : titles) {
        const auto score = scoreOf(wanted, orm::StoredValue::text(title));
        QVERIFY2(score, qPrintable(title));
        QVERIFY2(!before || *score < *before, qPrintable(title));
        before = score;
    }
}

void TestGoToPopup::theFirstPostFromADayIsFirst()
{
    const QDateTime day(QDate(2024, 1, 5), QTime(0, 0), Qt::UTC);
    const FirstFrom wanted(3, day.toMSecsSinceEpoch());
    const auto score
        = [&wanted](const QString &time) { return scoreOf(wanted, orm::StoredValue::text(time)); };
    QVERIFY(!score(u"2024-01-04 23:59:59"_s));
    QVERIFY(!score(u"no time"_s));
    QVERIFY(!scoreOf(wanted, {}));
    QVERIFY(score(u"2024-01-05 00:00:00"_s) > score(u"2024-01-05 00:00:01"_s));
    QVERIFY(score(u"2024-01-05 00:00:01"_s) > score(u"2024-02-01"_s));
}

QTEST_MAIN(TestGoToPopup)
#include "tst_gotopopup.moc"
