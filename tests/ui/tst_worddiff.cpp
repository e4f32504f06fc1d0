// SPDX-License-Identifier: MIT
#include "ui/common/sequencediff.h"
#include "ui/common/worddiff.h"

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using ui::DiffSpan;
using ui::WordDiff;

namespace {

/// "Hello [-old-]{+new+} world", to be read in a failure.
QString written(const QList<DiffSpan> &spans)
{
    QString text;
    for (const DiffSpan &span : spans) {
        switch (span.kind) {
        case DiffSpan::Kind::Same:
            text += span.text;
            break;
        case DiffSpan::Kind::Removed:
            text += u"[-"_s + span.text + u"-]"_s;
            break;
        case DiffSpan::Kind::Added:
            text += u"{+"_s + span.text + u"+}"_s;
            break;
        }
    }
    return text;
}

QString side(const WordDiff &diff, DiffSpan::Kind kind)
{
    QString text;
    for (const DiffSpan &span : diff.spans) {
        if (span.kind == DiffSpan::Kind::Same || span.kind == kind)
            text += span.text;
    }
    return text;
}

/// The length of the longest common subsequence, the slow and sure way.
qsizetype longestCommon(const std::vector<int> &a, const std::vector<int> &b)
{
    std::vector<qsizetype> row(b.size() + 1, 0);
    for (const int element : a) {
        qsizetype diagonal = 0;
        for (size_t j = 0; j < b.size(); ++j) {
            const qsizetype above = row[j + 1];
            row[j + 1] = element == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

QString randomText(QRandomGenerator &random, int words)
{
    static const QStringList vocabulary{
        u"post"_s, u"stamp"_s, u"Zürich"_s, u"don't"_s,   u"\n\n"_s, u" "_s,  u", "_s,
        u"\r\n"_s, u"字母"_s,  u"😀"_s,      u"e\u0301"_s, u"\t"_s,   u"42"_s, u"—"_s};
    QString text;
    for (int i = 0; i < words; ++i)
        text += vocabulary.at(random.bounded(int(vocabulary.size())));
    return text;
}

} // namespace

class WordDiffTest final : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreCompared_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        QTest::newRow("same") << u"Post number"_s << u"Post number"_s << u"Post number"_s;
        QTest::newRow("nothing") << QString() << QString() << QString();
        QTest::newRow("from nothing") << QString() << u"New"_s << u"{+New+}"_s;
        QTest::newRow("to nothing") << u"Old"_s << QString() << u"[-Old-]"_s;
        QTest::newRow("a word") << u"Post number 500"_s << u"Post number 501"_s
                                << u"Post number [-500-]{+501+}"_s;
        QTest::newRow("the blank between two words tells nothing")
            << u"a old words b"_s << u"a new terms b"_s << u"a [-old words-]{+new terms+} b"_s;
        QTest::newRow("an apostrophe is in a word")
            << u"I don't know"_s << u"I do know"_s << u"I [-don't-]{+do+} know"_s;
        QTest::newRow("an inserted word")
            << u"one three"_s << u"one two three"_s << u"one {+two +}three"_s;
        QTest::newRow("a script without blanks")
            << u"我写信"_s << u"我读信"_s << u"我[-写-]{+读+}信"_s;
        QTest::newRow("an accent belongs to its letter")
            << u"cafe\u0301 x"_s << u"cafe x"_s << u"[-cafe\u0301-]{+cafe+} x"_s;
        QTest::newRow("a pair is one character") << u"a😀b"_s << u"a😁b"_s << u"a[-😀-]{+😁+}b"_s;
        QTest::newRow("a line end") << u"a\nb"_s << u"a\r\nb"_s << u"a[-\n-]{+\r\n+}b"_s;
    }

    void wordsAreCompared()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        const WordDiff diff = ui::diffWords(before, after);
        QCOMPARE(written(diff.spans), expected);
        QVERIFY(!diff.isCoarse);
        QCOMPARE(diff.isSame(), before == after);
    }

    void theSpansAreBothTexts()
    {
        QRandomGenerator random(5);
        for (int round = 0; round < 400; ++round) {
            const QString before = randomText(random, random.bounded(60));
            const QString after = round % 2 ? randomText(random, random.bounded(60))
                                            : QString(before).replace(u"post"_s, u"letter"_s);
            const WordDiff diff = ui::diffWords(before, after);
            QCOMPARE(side(diff, DiffSpan::Kind::Removed), before);
            QCOMPARE(side(diff, DiffSpan::Kind::Added), after);
            for (qsizetype i = 0; i < diff.spans.size(); ++i) {
                QVERIFY(!diff.spans.at(i).text.isEmpty());
                QVERIFY(i == 0 || diff.spans.at(i).kind != diff.spans.at(i - 1).kind);
            }
        }
    }

    void aMatchIsTheLongest()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<int> a(size_t(random.bounded(40)));
            std::vector<int> b(size_t(random.bounded(40)));
            const int letters = 2 + random.bounded(8);
            for (int &element : a)
                element = random.bounded(letters);
            for (int &element : b)
                element = random.bounded(letters);
            const ui::SequenceDiff diff = ui::diffSequences(a, b);
            QVERIFY(diff.isComplete);
            qsizetype matched = 0;
            qsizetype first = 0;
            qsizetype second = 0;
            for (const ui::SequenceMatch &match : diff.matches) {
                QVERIFY(match.first >= first && match.second >= second && match.length > 0);
                for (qsizetype i = 0; i < match.length; ++i)
                    QCOMPARE(a[size_t(match.first + i)], b[size_t(match.second + i)]);
                first = match.first + match.length;
                second = match.second + match.length;
                matched += match.length;
            }
            QCOMPARE(matched, longestCommon(a, b));
        }
    }

    /// What both have once is found however much else was replaced.
    void uniqueElementsDivideWhatIsTooDifferent()
    {
        std::vector<int> a;
        std::vector<int> b;
        for (int part = 0; part < 20; ++part) {
            for (int i = 0; i < 1000; ++i) {
                a.push_back(1'000'000 + part * 1000 + i);
                b.push_back(2'000'000 + part * 1000 + i);
            }
            a.push_back(part);
            b.push_back(part);
        }
        const ui::SequenceDiff diff = ui::diffSequences(a, b);
        QCOMPARE(diff.matches.size(), 20);
        QVERIFY(
            !diff.isComplete); // the parts between have nothing in common, and that took too long
    }

    /// Without a bound this takes minutes: two million words, all different but from a few.
    void hugeTextsAreComparedCoarsely()
    {
        QRandomGenerator random(11);
        QString before;
        QString after;
        while (before.size() < 1'000'000) {
            const QString line
                = u"word%1 word%2\n"_s.arg(random.bounded(50)).arg(random.bounded(50));
            before += line;
            after += random.bounded(3) ? line : u"other%1\n"_s.arg(random.bounded(50));
        }
        const WordDiff diff = ui::diffWords(before, after);
        QVERIFY(diff.isCoarse);
        QCOMPARE(side(diff, DiffSpan::Kind::Removed), before);
        QCOMPARE(side(diff, DiffSpan::Kind::Added), after);

        QString changed = before;
        changed.replace(500'000, 4, u"here"_s);
        const WordDiff one = ui::diffWords(before, changed);
        QVERIFY(one.isCoarse); // said, though its only line is compared by words
        QVERIFY2(one.spans.size() <= 6, qPrintable(QString::number(one.spans.size())));
    }

    void anExcerptShowsWhatDiffers()
    {
        const QString before = u"The first words of a long line\nold\nand what comes after it"_s;
        const QString after = u"The first words of a long line\nnew\nand what comes after it"_s;
        const WordDiff diff = ui::diffWords(before, after);
        QCOMPARE(written(ui::excerpt(diff, 6, 200)), u"… line↵[-old-]{+new+}↵and w…"_s);
        QCOMPARE(written(ui::excerpt(diff, 100, 200)),
                 u"The first words of a long line↵[-old-]{+new+}↵and what comes after it"_s);
        const WordDiff added = ui::diffWords({}, u"0123456789"_s);
        QCOMPARE(written(ui::excerpt(added, 6, 4)), u"{+0123…+}"_s);
        const WordDiff same = ui::diffWords(u"0123456789"_s, u"0123456789"_s);
        QCOMPARE(written(ui::excerpt(same, 2, 100)), u"0123456789"_s);
        QCOMPARE(written(ui::excerpt(same, 2, 4)), u"0123…"_s);
    }

    void anExcerptDividesNoCharacter()
    {
        const WordDiff diff = ui::diffWords(u"😀😀😀 a"_s, u"😀😀😀 b"_s);
        for (int context = 0; context < 8; ++context) {
            for (const DiffSpan &span : ui::excerpt(diff, context, 100))
                QVERIFY(span.text.isValidUtf16());
        }
    }
};

QTEST_GUILESS_MAIN(WordDiffTest)
#include "tst_worddiff.moc"
