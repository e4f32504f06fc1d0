// SPDX-License-Identifier: MIT
#include "tests/journeys/journey.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

/// F7 in the whole window: where it goes, what it offers, and what is remembered of that.
class TestSpelling final : public QObject
{
    Q_OBJECT

private:
    static void write(Journey &journey, const QString &text)
    {
        journey.press(u"Return, Ctrl+A, Del"_s);
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines) {
            journey.type(line);
            if (&line != &lines.last())
                journey.press(u"Return"_s);
        }
        QTRY_COMPARE(journey.fieldText(u"bodyEdit"_s), text);
        journey.press(u"Ctrl+Home"_s);
    }
    static QString marked(Journey &journey)
    {
        return journey.window()
            .findChild<QPlainTextEdit *>(u"bodyEdit"_s)
            ->textCursor()
            .selectedText();
    }
    static QMenu *menu(const QString &name)
    {
        auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return popup && popup->objectName() == name ? popup : nullptr;
    }
    static bool offersSpelling() { return menu(u"spellingMenu"_s); }
    /// Goes on to the next one without taking anything that is offered.
    static void skip(Journey &journey, const QString &keys)
    {
        if (QApplication::activePopupWidget())
            journey.press(u"Esc"_s);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        journey.activate();
        journey.press(keys);
    }
    static void chooseLanguage(Journey &journey, const QString &keys)
    {
        journey.press(u"Ctrl+Shift+P"_s);
        journey.type(u"language of the dictionary"_s);
        journey.press(u"Return"_s);
        QTRY_VERIFY(menu(u"languageMenu"_s));
        journey.press(keys);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        journey.activate();
    }

private slots:
    void eachOneInTurnForthAndBack()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        write(journey, u"One wrod, then anothr.\nAnd a thrid one."_s);
        for (const QString &word : {u"wrod"_s, u"anothr"_s, u"thrid"_s, u"wrod"_s}) {
            skip(journey, u"F7"_s);
            QTRY_VERIFY(offersSpelling());
            QCOMPARE(marked(journey), word);
        }
        for (const QString &word : {u"thrid"_s, u"anothr"_s, u"wrod"_s}) {
            skip(journey, u"Shift+F7"_s);
            QTRY_VERIFY(offersSpelling());
            QCOMPARE(marked(journey), word);
        }
        // From where the caret is, wherever that is.
        skip(journey, u"Ctrl+End, F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"wrod"_s);
        skip(journey, u"Ctrl+End, Home, F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"thrid"_s);
        skip(journey, u"Ctrl+Home, Shift+F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"thrid"_s);
    }

    void aSuggestionIsTakenByItsNumber()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        write(journey, u"One wrod.\nAnd anothr."_s);
        journey.press(u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        const auto texts = [] {
            QStringList found;
            for (const QAction *action : menu(u"spellingMenu"_s)->actions())
                found << action->text();
            return found;
        };
        QTRY_VERIFY(!texts().filter(u"  word"_s).isEmpty());
        const QString number = texts().filter(u"  word"_s).constFirst().mid(1, 1);
        journey.press(number);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        journey.activate();
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"One word.\nAnd anothr."_s);
        // The word that the caret touches, from either side.
        for (const auto &caret : {u"Ctrl+End, Left"_s, u"Ctrl+End, Ctrl+Left, Ctrl+Left"_s}) {
            skip(journey, caret + u", Alt+Return"_s);
            QTRY_VERIFY2(offersSpelling(), qPrintable(caret));
            QCOMPARE(marked(journey), u"anothr"_s);
        }
        skip(journey, u"Ctrl+Home, Alt+Return"_s);
        QTRY_COMPARE(journey.toast(), u"No misspelt word here. F7 goes to the next one."_s);
    }

    void aWordOfOnesOwnIsRememberedAndOneIgnoredIsNot()
    {
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        write(journey, u"Postdesk and wrod."_s);
        journey.press(u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"Postdesk"_s);
        journey.press(u"A"_s); // Add
        QTRY_VERIFY(!QApplication::activePopupWidget());
        journey.activate();
        journey.press(u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"wrod"_s);
        journey.press(u"I"_s); // Ignore
        QTRY_VERIFY(!QApplication::activePopupWidget());
        journey.activate();
        journey.press(u"F7"_s);
        QTRY_COMPARE(journey.toast(), u"No misspelling found."_s);
        QCOMPARE(journey.fieldText(u"bodyEdit"_s), u"Postdesk and wrod."_s);
        journey.press(u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        journey.stop();
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Return, Ctrl+Home, F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"wrod"_s);
    }

    void theLanguageIsChosenAndKept()
    {
        const QTemporaryDir folder;
        const auto add = [&folder](const QString &name, const QByteArray &bytes) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(add(u"xx_XX.aff"_s, "SET UTF-8\n"));
        QVERIFY(add(u"xx_XX.dic"_s, "1\nwrod\n"));
        qputenv("DICPATH", QFile::encodeName(folder.path()));
        const auto end = qScopeGuard([] { qunsetenv("DICPATH"); });
        Journey journey;
        journey.start();
        QTRY_START_STATE(journey);
        write(journey, u"The wrod."_s);
        journey.press(u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"wrod"_s);
        skip(journey, u"Ctrl+Home"_s);
        chooseLanguage(journey, u"Down, Return"_s); // behind the one of the system
        journey.press(u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"The"_s); // no word of that language
        skip(journey, u"F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"The"_s);
        skip(journey, u"Ctrl+S"_s);
        QTRY_COMPARE(journey.pending(), u"Saved"_s);

        journey.stop();
        journey.start();
        QTRY_START_STATE(journey);
        journey.press(u"Return, Ctrl+Home, F7"_s);
        QTRY_VERIFY(offersSpelling());
        QCOMPARE(marked(journey), u"The"_s);
        skip(journey, u"Ctrl+Home"_s);
        chooseLanguage(journey, u"D"_s); // Don't check
        journey.press(u"F7"_s);
        QTRY_VERIFY2(journey.toast().startsWith(u"The spelling isn't checked."_s),
                     qPrintable(journey.toast()));
    }
};

QTEST_MAIN(TestSpelling)
#include "tst_spelling.moc"
