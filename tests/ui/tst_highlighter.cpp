// SPDX-License-Identifier: MIT
#include "ui/common/markdowncolors.h"
#include "ui/common/theme.h"
#include "ui/editor/markdown/highlighter.h"
#include "ui/editor/markdown/spellchecker.h"
#include "ui/editor/storedtextedit.h"

#include <QPalette>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

class TestHighlighter final : public QObject
{
    Q_OBJECT

private:
    /// "Bold 2+3" for each part of @p line.
    static QStringList spansOf(const QString &line, ui::LineState before = 0)
    {
        static const QStringList names{u"Mark"_s,   u"Heading"_s, u"Bold"_s, u"Italic"_s,
                                       u"Struck"_s, u"Code"_s,    u"Link"_s, u"Address"_s,
                                       u"List"_s,   u"Quote"_s};
        QStringList texts;
        for (const ui::LineSpan &span : ui::readLine(line, before).spans)
            texts << u"%1 %2+%3"_s.arg(names.at(int(span.kind))).arg(span.begin).arg(span.length);
        return texts;
    }

    static bool isCode(const QTextBlock &block)
    {
        const auto formats = block.layout()->formats();
        return formats.size() == 1 && formats.first().length == block.length() - 1
            && formats.first().format.hasProperty(QTextFormat::BackgroundBrush);
    }

private slots:
    void lines_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("spans");
        QTest::newRow("text") << u"a_b_c 2 * 3 * 4"_s << QStringList{};
        QTest::newRow("bold") << u"a **b** c"_s
                              << QStringList{u"Bold 2+5"_s, u"Mark 2+2"_s, u"Mark 5+2"_s};
        QTest::newRow("two bold words")
            << u"**a**, **b**"_s << QStringList{u"Bold 0+5"_s, u"Mark 0+2"_s, u"Mark 3+2"_s,
                                                u"Bold 7+5"_s, u"Mark 7+2"_s, u"Mark 10+2"_s};
        QTest::newRow("italic in bold")
            << u"**a *b***c*"_s << QStringList{u"Bold 0+8"_s,   u"Mark 0+2"_s, u"Mark 6+2"_s,
                                               u"Italic 4+3"_s, u"Mark 4+1"_s, u"Mark 6+1"_s};
        QTest::newRow("italic") << u"*a* _b_"_s
                                << QStringList{u"Italic 0+3"_s, u"Mark 0+1"_s, u"Mark 2+1"_s,
                                               u"Italic 4+3"_s, u"Mark 4+1"_s, u"Mark 6+1"_s};
        QTest::newRow("escaped") << u"\\*a\\*"_s << QStringList{};
        QTest::newRow("code") << u"`a *b*`"_s << QStringList{u"Code 0+7"_s};
        QTest::newRow("link") << u"[a](http://b)"_s
                              << QStringList{u"Link 1+1"_s, u"Mark 0+1"_s, u"Mark 2+1"_s,
                                             u"Address 3+10"_s};
        QTest::newRow("address") << u"see http://a.b c"_s << QStringList{u"Address 4+10"_s};
        QTest::newRow("heading") << u"## a"_s << QStringList{u"Heading 0+4"_s, u"Mark 0+2"_s};
        QTest::newRow("no heading") << u"#a"_s << QStringList{};
        QTest::newRow("list") << u"  - [ ] a"_s << QStringList{u"List 2+5"_s};
        QTest::newRow("numbers") << u"12. a"_s << QStringList{u"List 0+3"_s};
        QTest::newRow("quote") << u"> a"_s << QStringList{u"Quote 0+3"_s, u"Mark 0+1"_s};
        QTest::newRow("rule") << u"---"_s << QStringList{u"Mark 0+3"_s};
        QTest::newRow("fence") << u"```cpp"_s << QStringList{u"Code 0+6"_s};
    }

    void lines()
    {
        QFETCH(QString, line);
        QTEST(spansOf(line), "spans");
    }

    void aFenceColoursWhatFollows()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        new ui::Highlighter(edit, speller);
        edit.resize(400, 400);
        edit.show();
        edit.open(orm::Key::integer(1), u"one\ntwo\nthree\nfour"_s);
        QTextDocument *document = edit.document();
        QVERIFY(!isCode(document->findBlockByNumber(2)));
        QTextCursor cursor(document);
        cursor.insertText(u"```\n"_s);
        for (int i = 0; i < 5; ++i)
            QVERIFY2(isCode(document->findBlockByNumber(i)), qPrintable(QString::number(i)));
        // It ends: what is behind is text again, and so when it begins no more.
        cursor.setPosition(document->findBlockByNumber(3).position());
        cursor.insertText(u"```\n"_s);
        QVERIFY(isCode(document->findBlockByNumber(2)));
        QVERIFY(!isCode(document->findBlockByNumber(4)));
        edit.undo();
        edit.undo();
        QCOMPARE(edit.storedText(), u"one\ntwo\nthree\nfour"_s);
        QVERIFY(!isCode(document->findBlockByNumber(1)));
    }

    void onlyWhatIsInSightIsColoured()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        new ui::Highlighter(edit, speller);
        edit.resize(400, 400);
        edit.show();
        edit.open(orm::Key::integer(1), u"# heading\n"_s.repeated(5000));
        QTextDocument *document = edit.document();
        QVERIFY(!document->begin().layout()->formats().isEmpty());
        QVERIFY(document->findBlockByNumber(3000).layout()->formats().isEmpty());
        edit.moveCursor(QTextCursor::End);
        QVERIFY(!document->findBlockByNumber(4999).layout()->formats().isEmpty());
        QVERIFY(document->findBlockByNumber(3000).layout()->formats().isEmpty());
        QVERIFY(!document->isUndoAvailable());
    }

    void aVisitedRowIsColouredAgain()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        new ui::Highlighter(edit, speller);
        edit.show();
        edit.open(orm::Key::integer(1), u"a"_s);
        QTextCursor(edit.document()).insertText(u"**b** "_s);
        edit.open(orm::Key::integer(2), u"c"_s);
        edit.open(orm::Key::integer(1), u"**b** a"_s);
        QCOMPARE(edit.document()->begin().layout()->formats().size(), 3);
        QTextCursor(edit.document()).insertText(u"`x` "_s);
        QCOMPARE(edit.document()->begin().layout()->formats().size(), 4);
    }

    void misspeltWordsAreUnderlined()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        new ui::Highlighter(edit, speller);
        edit.show();
        edit.open(orm::Key::integer(1), u"A wrod and `wrod` http://wrod.org"_s);
        speller.setLanguage(u"en_US"_s);
        const auto underlined = [&] {
            QStringList words;
            for (const auto &range : edit.document()->begin().layout()->formats()) {
                if (range.format.underlineStyle() == QTextCharFormat::WaveUnderline)
                    words << edit.storedText().mid(range.start, range.length)
                            + QString::number(range.start);
            }
            return words;
        };
        QTRY_COMPARE(underlined(), QStringList{u"wrod2"_s});
        speller.setOwnWords({u"wrod"_s});
        QCOMPARE(underlined(), QStringList());
    }

    void coloursAreReadable_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << ui::lightPalette();
        QTest::newRow("dark") << ui::darkPalette();
        QPalette contrast;
        contrast.setColor(QPalette::Base, Qt::black);
        contrast.setColor(QPalette::Text, Qt::white);
        contrast.setColor(QPalette::Link, Qt::yellow);
        contrast.setColor(QPalette::PlaceholderText, Qt::darkGray);
        QTest::newRow("white on black") << contrast;
        QPalette grey;
        grey.setColor(QPalette::Base, QColor(0xc8c8c8));
        grey.setColor(QPalette::Text, Qt::black);
        QTest::newRow("grey") << grey;
    }

    void coloursAreReadable()
    {
        QFETCH(QPalette, palette);
        const ui::MarkdownColors colors = ui::markdownColors(palette);
        for (const QColor &ground : {palette.color(QPalette::Base), colors.codeGround}) {
            for (const QColor &color : colors.textColors())
                QVERIFY2(ui::contrast(color, ground) >= 4.5, qPrintable(color.name()));
            QVERIFY(ui::contrast(colors.misspelt, ground) >= 3);
        }
    }
};

QTEST_MAIN(TestHighlighter)
#include "tst_highlighter.moc"
