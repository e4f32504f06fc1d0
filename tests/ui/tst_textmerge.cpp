// SPDX-License-Identifier: MIT
#include "ui/common/textmerge.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::mergeTexts;
using ui::TextMerge;

namespace {

QString pick(QRandomGenerator &random, const QStringList &from)
{
    return from.at(random.bounded(int(from.size())));
}

/// Few different paragraphs, so that they repeat, with all kinds of gaps and line ends.
QString randomText(QRandomGenerator &random, const QStringList &lineEnds)
{
    static const QStringList lines{u"Alpha"_s,  u"Beta"_s,  u"Gamma"_s,
                                   u"- item"_s, u"Alpha"_s, u"  "_s};
    QString text;
    const int count = random.bounded(9);
    for (int i = 0; i < count; ++i) {
        const QString end = pick(random, lineEnds);
        text += pick(random, lines) + end;
        if (random.bounded(3) > 0)
            text += end;
    }
    if (random.bounded(2))
        text += u"Omega"_s;
    return text;
}

/// Rewrites, removes, inserts.
QString edited(QRandomGenerator &random, QString text, const QString &lineEnd)
{
    QStringList parts = text.split(lineEnd + lineEnd);
    const int edits = 1 + random.bounded(3);
    for (int i = 0; i < edits; ++i) {
        const auto at = random.bounded(int(parts.size()) + 1);
        switch (random.bounded(3)) {
        case 0:
            parts.insert(at, u"Inserted %1"_s.arg(random.bounded(4)));
            break;
        case 1:
            if (at < parts.size())
                parts[at] += u" rewritten %1"_s.arg(random.bounded(4));
            break;
        default:
            if (at < parts.size())
                parts.removeAt(at);
        }
    }
    return parts.join(lineEnd + lineEnd);
}

} // namespace

class TextMergeTest final : public QObject
{
    Q_OBJECT

private slots:
    void paragraphsThatDontTouchAreMerged_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("mine");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("expected");
        QTest::newRow("two paragraphs")
            << u"A\n\nB"_s << u"A1\n\nB"_s << u"A\n\nB2"_s << u"A1\n\nB2"_s;
        QTest::newRow("one appended, another rewritten")
            << u"A\n\nB"_s << u"A\n\nB\n\nC"_s << u"A2\n\nB"_s << u"A2\n\nB\n\nC"_s;
        QTest::newRow("one appended, the last rewritten")
            << u"A\n\nB"_s << u"A\n\nB\n\nC"_s << u"A\n\nB2"_s << u"A\n\nB2\n\nC"_s;
        QTest::newRow("one inserted, one removed")
            << u"A\n\nB\n\nC"_s << u"Z\n\nA\n\nB\n\nC"_s << u"A\n\nB"_s << u"Z\n\nA\n\nB"_s;
        QTest::newRow("the same by both")
            << u"A\n\nB\n\nC"_s << u"A1\n\nB\n\nC1"_s << u"A1\n\nB2\n\nC"_s << u"A1\n\nB2\n\nC1"_s;
        QTest::newRow("the last two removed, one by each")
            << u"A\n\nB\n\nC"_s << u"A\n\nC"_s << u"A\n\nB"_s << u"A"_s;
        QTest::newRow("other blank lines")
            << u"A\n\nB"_s << u"A\n\n\nB"_s << u"A\n\nB2"_s << u"A\n\n\nB2"_s;
        QTest::newRow("a line end at the end")
            << u"A\n\nB"_s << u"A1\n\nB"_s << u"A\n\nB\n"_s << u"A1\n\nB\n"_s;
        QTest::newRow("blank lines at the beginning")
            << u"\n\nA\n\nB"_s << u"\n\nA1\n\nB"_s << u"\n\nA\n\nB2"_s << u"\n\nA1\n\nB2"_s;
        QTest::newRow("they write CRLF now, as web forms do")
            << u"A\n\nB\n\nC"_s << u"A\n\nB1\n\nC"_s << u"A\r\n\r\nB\r\n\r\nC2"_s
            << u"A\r\n\r\nB1\r\n\r\nC2"_s;
        QTest::newRow("CRLF stays")
            << u"A\r\n\r\nB"_s << u"A1\r\n\r\nB"_s << u"A\r\n\r\nB2"_s << u"A1\r\n\r\nB2"_s;
        QTest::newRow("mixed line ends stay")
            << u"A\r\n\r\nB\nb\n\nC"_s << u"A1\r\n\r\nB\nb\n\nC"_s << u"A\r\n\r\nB\nb\n\nC2"_s
            << u"A1\r\n\r\nB\nb\n\nC2"_s;
    }

    void paragraphsThatDontTouchAreMerged()
    {
        QFETCH(QString, base);
        QFETCH(QString, mine);
        QFETCH(QString, theirs);
        QFETCH(QString, expected);
        for (const auto &[one, other] : {std::pair(mine, theirs), std::pair(theirs, mine)}) {
            const TextMerge merged = mergeTexts(base, one, other);
            QCOMPARE(merged.text, expected);
            QVERIFY(merged.isClean());
        }
    }

    void whatTouchesIsAConflictAndKeepsBoth_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("mine");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one line") << u"Base"_s << u"Mine"_s << u"Theirs"_s << u"Mine\n\nTheirs"_s;
        QTest::newRow("one paragraph of two lines")
            << u"A\nB"_s << u"A1\nB"_s << u"A\nB2"_s << u"A1\nB\n\nA\nB2"_s;
        QTest::newRow("in the middle") << u"A\n\nB\n\nC"_s << u"A\n\nB1\n\nC"_s << u"A\n\nB2\n\nC"_s
                                       << u"A\n\nB1\n\nB2\n\nC"_s;
        QTest::newRow("both appended")
            << u"A"_s << u"A\n\nB1"_s << u"A\n\nB2"_s << u"A\n\nB1\n\nB2"_s;
        QTest::newRow("rewritten and removed")
            << u"A\n\nB\n\nC"_s << u"A\n\nB1\n\nC"_s << u"A\n\nC"_s << u"A\n\nB1\n\nC"_s;
        QTest::newRow("inserted beside what was removed")
            << u"A\n\nB\n\nC"_s << u"A\n\nB\n\nI\n\nC"_s << u"A\n\nC"_s << u"A\n\nI\n\nB\n\nC"_s;
        QTest::newRow("everything removed")
            << u"A\n\nB"_s << QString() << u"A\n\nB2"_s << u"A\n\nB2"_s;
        QTest::newRow("written from nothing by both")
            << QString() << u"Mine"_s << u"Theirs"_s << u"Mine\n\nTheirs"_s;
    }

    void whatTouchesIsAConflictAndKeepsBoth()
    {
        QFETCH(QString, base);
        QFETCH(QString, mine);
        QFETCH(QString, theirs);
        const TextMerge merged = mergeTexts(base, mine, theirs);
        QCOMPARE(merged.conflicts, 1);
        QCOMPARE(mergeTexts(base, theirs, mine).conflicts, 1);
        if (QByteArray(QTest::currentDataTag()) != "inserted beside what was removed")
            QTEST(merged.text, "expected");
        for (const QString &side : {mine, theirs}) {
            for (const QString &paragraph : side.split(u"\n\n"_s))
                QVERIFY2(merged.text.contains(paragraph), qPrintable(merged.text));
        }
    }

    void laws_data()
    {
        QTest::addColumn<QStringList>("lineEnds");
        QTest::newRow("LF") << QStringList{u"\n"_s};
        QTest::newRow("CRLF") << QStringList{u"\r\n"_s};
        QTest::newRow("CR") << QStringList{u"\r"_s};
        QTest::newRow("mixed") << QStringList{u"\n"_s, u"\r\n"_s, u"\r"_s};
    }

    void laws()
    {
        QFETCH(QStringList, lineEnds);
        QRandomGenerator random(3);
        int clean = 0;
        for (int round = 0; round < 3000; ++round) {
            const QString base = randomText(random, lineEnds);
            const QString end = pick(random, lineEnds);
            const QString a = round % 3 ? edited(random, base, end) : randomText(random, lineEnds);
            const QString b = round % 3 ? edited(random, base, end) : randomText(random, lineEnds);
            QCOMPARE(mergeTexts(base, a, base).text, a);
            QCOMPARE(mergeTexts(base, base, b).text, b);
            QCOMPARE(mergeTexts(base, a, a).text, a);
            const TextMerge one = mergeTexts(base, a, b);
            const TextMerge other = mergeTexts(base, b, a);
            QCOMPARE(one.conflicts, other.conflicts);
            if (one.isClean()) {
                ++clean;
                QCOMPARE(one.text, other.text);
            }
        }
        QVERIFY2(clean > 300,
                 qPrintable(QString::number(clean))); // else the laws were hardly asked
    }

    /// Each paragraph is rewritten, removed or left alone by one side or the other: the merge is what
    /// one gets by doing all of it.
    void editsOfDifferentParagraphsAreAllThere()
    {
        QRandomGenerator random(13);
        for (int round = 0; round < 1000; ++round) {
            QStringList base;
            QStringList mine;
            QStringList theirs;
            QStringList expected;
            const int count = 1 + random.bounded(30);
            for (int i = 0; i < count; ++i) {
                const QString before = u"Paragraph %1\nof two lines\u00A0"_s.arg(i);
                const QString after = u"Rewritten %1"_s.arg(i);
                base << before;
                const int who = random.bounded(4);
                mine << (who == 1 ? after : before);
                theirs << (who == 2 ? after : before);
                expected << (who == 1 || who == 2 ? after : before);
            }
            // Removed by one, where the neighbours are nobody's.
            const auto at = random.bounded(count);
            const auto isAlone = [&](qsizetype i) {
                return i < 0 || i >= count
                    || (mine.at(i) == base.at(i) && theirs.at(i) == base.at(i));
            };
            if (count > 3 && isAlone(at - 1) && isAlone(at) && isAlone(at + 1)) {
                (random.bounded(2) ? mine : theirs).removeAt(at);
                expected.removeAt(at);
            }
            const QString gap = u"\n\n"_s;
            const TextMerge merged = mergeTexts(base.join(gap), mine.join(gap), theirs.join(gap));
            QVERIFY(merged.isClean());
            QCOMPARE(merged.text, expected.join(gap));
        }
    }
};

QTEST_GUILESS_MAIN(TextMergeTest)
#include "tst_textmerge.moc"
