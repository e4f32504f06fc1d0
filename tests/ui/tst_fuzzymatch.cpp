// SPDX-License-Identifier: MIT
#include "ui/palette/fuzzymatch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::fuzzyMatch;

class TestFuzzyMatch final : public QObject
{
    Q_OBJECT

private:
    static int score(const QString &pattern, const QString &text)
    {
        const auto match = fuzzyMatch(pattern, text);
        return match ? match->score : -1;
    }

private slots:
    void lettersAreFoundInTheirOrder()
    {
        QVERIFY(fuzzyMatch(u"svc"_s, u"Save changes"_s));
        QVERIFY(fuzzyMatch(u"SAVE"_s, u"save changes"_s));
        QVERIFY(fuzzyMatch(u"über"_s, u"Über uns"_s));
        QVERIFY(fuzzyMatch(u"sort title"_s, u"Sort by title"_s)); // a blank only parts words
        QVERIFY(!fuzzyMatch(u"vs"_s, u"Sav"_s));
        QVERIFY(!fuzzyMatch(u"savee"_s, u"Save"_s));
        QVERIFY(!fuzzyMatch(u"x"_s, QString()));
    }

    void nothingTypedIsInEveryText()
    {
        QVERIFY(fuzzyMatch(QString(), u"Save"_s));
        QVERIFY(fuzzyMatch(u"  "_s, QString())->positions.isEmpty());
    }

    void positionsAreThoseOfTheLetters()
    {
        QCOMPARE(fuzzyMatch(u"sc"_s, u"Save changes"_s)->positions, (QList<int>{0, 5}));
        // the start of a word rather than the first place
        QCOMPARE(fuzzyMatch(u"c"_s, u"Back copy"_s)->positions, QList<int>{5});
        QCOMPARE(fuzzyMatch(u"tit"_s, u"Sort by title"_s)->positions, (QList<int>{8, 9, 10}));
    }

    void betterNamesScoreHigher_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("start") << u"dup"_s << u"Duplicate"_s << u"Undo update"_s;
        QTest::newRow("words") << u"gl"_s << u"Go to the list"_s << u"Single"_s;
        QTest::newRow("together") << u"list"_s << u"Go to the list"_s << u"Select in the title"_s;
        QTest::newRow("whole") << u"sort title"_s << u"Sort by title"_s
                               << u"Show the text of the title"_s;
        QTest::newRow("side by side") << u"new post"_s << u"New post"_s << u"New pos of the text"_s;
        QTest::newRow("a word inside a name") << u"pd"_s << u"PostDesk"_s << u"Pod"_s;
        QTest::newRow("first word") << u"n"_s << u"New post"_s << u"Go to the newest"_s;
    }

    void betterNamesScoreHigher()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY2(score(pattern, better) > score(pattern, worse),
                 qPrintable(u"%1, %2"_s.arg(score(pattern, better)).arg(score(pattern, worse))));
    }

    void moreBehindItMakesNoBetterName()
    {
        QCOMPARE(score(u"new post"_s, u"New post above the list"_s),
                 score(u"new post"_s, u"New post"_s));
    }

    void longTextsAreNoTrouble() { QVERIFY(fuzzyMatch(u"aaaa"_s, QString(100'000, u'a'))); }
};

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
