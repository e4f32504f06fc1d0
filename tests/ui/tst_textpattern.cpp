// SPDX-License-Identifier: MIT
#include "ui/find/textpattern.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::TextPattern;

class TestTextPattern final : public QObject
{
    Q_OBJECT

private slots:
    void replaces_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("isRegex");
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("result");
        const auto row = [](const char *name, const QString &text, const QString &pattern,
                            bool isRegex, const QString &replacement, const QString &result) {
            QTest::newRow(name) << text << pattern << isRegex << replacement << result;
        };
        row("a word", u"one two one"_s, u"one"_s, false, u"1"_s, u"1 two 1"_s);
        row("in any case", u"One ÄPFEL äpfel"_s, u"äpfel"_s, false, u"x"_s, u"One x x"_s);
        row("signs of a regular expression", u"a.c abc"_s, u"a.c"_s, false, u"$1"_s, u"$1 abc"_s);
        row("groups", u"2024-01-21"_s, uR"((\d+)-(\d+)-(\d+))"_s, true, u"$3.$2.${1}"_s,
            u"21.01.2024"_s);
        row("groups with backslashes", u"ab"_s, u"(a)(b)"_s, true, uR"(\2\1\\\n$$)"_s,
            u"ba\\\n$"_s);
        row("a named group", u"ab"_s, u"(?<first>a)b"_s, true, u"${first}$0$&"_s, u"aabab"_s);
        row("a group and a digit", u"ab"_s, u"(a)b"_s, true, u"$12"_s, u"a2"_s);
        row("beginnings of lines", u"a\nb"_s, u"^"_s, true, u"> "_s, u"> a\n> b"_s);
        row("ends of lines of the web", u"a\r\nb\r\n"_s, u"$"_s, true, u"!"_s, u"a!\r\nb!\r\n!"_s);
        row("a line end of the web", u"a\r\n\r\nb"_s, uR"(\n+)"_s, true, u" "_s, u"a b"_s);
        row("a new line in a text of the web", u"a, b\r\nc"_s, u", "_s, true, uR"(\n)"_s,
            u"a\r\nb\r\nc"_s);
        row("behind surrogates", u"🎉🎉 x 🎉"_s, u"x"_s, false, u"🎉"_s, u"🎉🎉 🎉 🎉"_s);
        row("a NUL", u"a"_s + QChar(0) + u"b"_s, u"b"_s, false, u"c"_s, u"a"_s + QChar(0) + u"c"_s);
        row("nothing found", u"abc"_s, u"x"_s, false, u"y"_s, u"abc"_s);
        row("a wrong expression", u"a(b"_s, u"("_s, true, u"y"_s, u"a(b"_s);
    }

    void replaces()
    {
        QFETCH(QString, text);
        QFETCH(QString, pattern);
        QFETCH(bool, isRegex);
        QFETCH(QString, replacement);
        QFETCH(QString, result);
        const TextPattern searched(pattern, {.isRegex = isRegex});
        QCOMPARE(TextPattern::replaced(text, searched.find(text, replacement)), result);
    }

    void caseCountsIfAsked()
    {
        const QString text = u"One one"_s;
        QCOMPARE(TextPattern(u"one"_s, {}).find(text).size(), 2);
        const auto hits = TextPattern(u"one"_s, {.matchesCase = true}).find(text);
        QCOMPARE(hits, (QList<TextPattern::Hit>{{4, 3, {}}}));
    }

    void aWrongExpressionSaysWhere()
    {
        const TextPattern wrong(u"a(b"_s, {.isRegex = true});
        QVERIFY2(wrong.problem().contains(u"missing"_s), qPrintable(wrong.problem()));
        QVERIFY(TextPattern(u"a(b"_s, {}).problem().isEmpty());
    }

    void itStopsAtTheLimit() { QCOMPARE(TextPattern(u"a"_s, {}).find(u"aaaa"_s, {}, 3).size(), 3); }
};

QTEST_GUILESS_MAIN(TestTextPattern)
#include "tst_textpattern.moc"
