// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/spellchecker.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QStringList suggestions(ui::SpellChecker &speller, const QString &word)
{
    QSignalSpy spy(&speller, &ui::SpellChecker::suggested);
    speller.suggest(word);
    if (spy.isEmpty() && !spy.wait())
        return {u"nothing was said"_s};
    return spy.constFirst().at(1).toStringList();
}

} // namespace

class TestSpellChecker final : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreChecked()
    {
        ui::SpellChecker speller;
        QVERIFY(speller.isCorrect(u"wrod"_s)); // nothing is wrong while nothing is known
        speller.setLanguage(u"en_US"_s);
        QTRY_VERIFY(speller.isReady());
        QVERIFY(speller.isCorrect(u"word"_s));
        QVERIFY(speller.isCorrect(u"don\u2019t"_s));
        QVERIFY(!speller.isCorrect(u"wrod"_s));
        QVERIFY(suggestions(speller, u"wrod"_s).contains(u"word"_s));
        QVERIFY(speller.missingText().isEmpty());
    }

    /// A long word takes a while, in which one types on.
    void suggestionsComeLater()
    {
        ui::SpellChecker speller;
        speller.setLanguage(u"en_US"_s);
        QTRY_VERIFY(speller.isReady());
        QSignalSpy suggested(&speller, &ui::SpellChecker::suggested);
        speller.suggest(u"Donaudampfschifffahrtsgesellschaftskapitan"_s);
        QVERIFY(speller.isSuggesting());
        QVERIFY(suggested.isEmpty());
        QVERIFY(speller.isCorrect(u"word"_s)); // doesn't wait
        QTRY_COMPARE(suggested.size(), 1);
        QVERIFY(!speller.isSuggesting());
        QVERIFY(!speller.isCorrect(u"wrod"_s));
    }

    /// Words that nobody could be asked about are looked at again.
    void wordsThatWereSkippedAreAskedAboutAgain()
    {
        ui::SpellChecker speller;
        speller.setLanguage(u"en_US"_s);
        QTRY_VERIFY(speller.isReady());
        QSignalSpy changed(&speller, &ui::SpellChecker::changed);
        speller.suggest(u"Donaudampfschifffahrtsgesellschaftskapitan"_s);
        bool isSkipped = false; // unless the other thread was done, or had not begun
        for (int i = 0; i < 100'000 && speller.isSuggesting() && !isSkipped; ++i) {
            const QString wrong = u"wrod"_s + QString::number(i).replace(u'0', u'q');
            isSkipped = speller.isCorrect(wrong);
        }
        QTRY_VERIFY(!speller.isSuggesting());
        QCOMPARE(changed.size(), isSkipped ? 1 : 0);
    }

    void ownAndIgnoredWordsAreCorrect()
    {
        ui::SpellChecker speller;
        speller.setLanguage(u"en_US"_s);
        QTRY_VERIFY(speller.isReady());
        speller.setOwnWords({u"Postdesk"_s});
        speller.ignore(u"wrod"_s);
        QVERIFY(speller.isCorrect(u"Postdesk"_s));
        QVERIFY(speller.isCorrect(u"wrod"_s));
        QVERIFY(!speller.isCorrect(u"postdsk"_s));
    }

    void withoutADictionaryItSaysWhatToInstall()
    {
        const QTemporaryDir empty;
        ui::SpellChecker speller({empty.path()});
        speller.setLanguage(u"de_DE"_s);
        QVERIFY(!speller.isReady());
        QVERIFY(!speller.isLoading());
        QVERIFY(speller.missingText().contains(u"hunspell-de-de"_s));
        QVERIFY(speller.isCorrect(u"wrod"_s));
        speller.setLanguage(QString(ui::SpellChecker::off));
        QVERIFY(speller.missingText().isEmpty());
    }

    void aDictionaryMayHaveItsOwnEncoding()
    {
        const QTemporaryDir folder;
        const auto write = [&](const QString &name, const QByteArray &bytes) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(write(u"xx_XX.aff"_s, "SET ISO8859-1\nTRY abc\n"));
        QVERIFY(write(u"xx_XX.dic"_s, "1\nB\xe4r\n"));
        ui::SpellChecker speller({folder.path()});
        QCOMPARE(speller.languages(), QStringList{u"xx_XX"_s});
        speller.setLanguage(u"xx_XX"_s);
        QTRY_VERIFY(speller.isReady());
        QVERIFY(speller.isCorrect(u"Bär"_s));
        QVERIFY(!speller.isCorrect(u"Bar"_s));
        QVERIFY(speller.isCorrect(u"слово"_s)); // no word of this alphabet
        QCOMPARE(suggestions(speller, u"Bär"_s).value(0), u"Bär"_s);
    }

    void namesOfProgramsAreNoWords()
    {
        const QString line = u"It's fooBar x2 snake_case don't Ärger 12 a"_s;
        QStringList words;
        for (const ui::WordRange &word : ui::wordsToCheck(line, {{0, 4}}))
            words << line.mid(word.begin, word.length);
        QCOMPARE(words, (QStringList{u"don't"_s, u"Ärger"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSpellChecker)
#include "tst_spellchecker.moc"
