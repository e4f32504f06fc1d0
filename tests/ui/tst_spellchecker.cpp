// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/spellchecker.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

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
        QVERIFY(speller.suggestions(u"wrod"_s).contains(u"word"_s));
        QVERIFY(speller.missingText().isEmpty());
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
        QCOMPARE(speller.suggestions(u"Bär"_s).value(0), u"Bär"_s);
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
