// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/wordcount.h"

#include <QTest>

using namespace Qt::StringLiterals;

class WordCountTest : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreWhatAReaderCounts_data();
    void wordsAreWhatAReaderCounts();
    void textSaysWordsAndMinutes_data();
    void textSaysWordsAndMinutes();
};

void WordCountTest::wordsAreWhatAReaderCounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("words");
    const auto row = [](const char *name, const QString &text, qint64 words) {
        QTest::newRow(name) << text << words;
    };
    row("nothing", u""_s, 0);
    row("blanks", u" \n\t\u00A0"_s, 0);
    row("marks are no words", u"Hello *world*"_s, 2);
    row("only marks", u"# ** -- __ ``` > | 1"_s, 1);
    row("heading, list, quote", u"# One\n\n- two\n- three\n\n> four"_s, 4);
    row("underscores", u"_one_ snake_case"_s, 2);
    row("apostrophes", u"don't can\u2019t 'quoted'"_s, 3);
    row("numbers", u"3.5 1,000 1,two"_s, 4);
    row("sentence ends", u"One.Two? Three. e.g. four"_s, 4);
    row("hyphen", u"well-known"_s, 2);
    row("link", u"see [the page](https://example.com/a/b \"x\") now"_s, 4);
    row("link that never ends", u"see [this](one\ntwo"_s, 4);
    row("accents, combined", u"Grüße cafe\u0301s"_s, 2);
    row("cyrillic, hebrew", u"Привет мир שלום"_s, 3);
    row("ideographs", u"漢字 かな カタカナ"_s, 5);
    row("beyond the BMP", u"\U00020000\U00020001 \U0001F600 x"_s, 3);
    row("line ends", u"a\r\nb\rc\u2028d\u2029e"_s, 5);
}

void WordCountTest::wordsAreWhatAReaderCounts()
{
    QFETCH(QString, text);
    QTEST(ui::countWords(text), "words");
}

void WordCountTest::textSaysWordsAndMinutes_data()
{
    QTest::addColumn<qint64>("words");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << u"0 words, 0 min"_s;
    QTest::newRow("one") << qint64(1) << u"1 word, 1 min"_s;
    QTest::newRow("few") << qint64(7) << u"7 words, 1 min"_s;
    QTest::newRow("more") << qint64(1000) << u"1,000 words, 5 min"_s;
}

void WordCountTest::textSaysWordsAndMinutes()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QFETCH(qint64, words);
    QTEST(ui::wordCountText(words), "text");
}

QTEST_GUILESS_MAIN(WordCountTest)
#include "tst_wordcount.moc"
