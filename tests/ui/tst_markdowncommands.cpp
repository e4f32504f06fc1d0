// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/markdowncommands.h"
#include "ui/editor/storedtextdocument.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;

using Command = std::function<void(QTextCursor &)>;
Q_DECLARE_METATYPE(Command)

namespace {

/// "[" and "]" stand around the selection, "|" is the caret.
QString marked(QString text, const QTextCursor &cursor)
{
    if (!cursor.hasSelection())
        return text.insert(cursor.position(), u'|');
    return text.insert(cursor.selectionEnd(), u'>').insert(cursor.selectionStart(), u'<');
}

} // namespace

/// "<" and ">" stand around the selection, "|" is the caret.
class TestMarkdownCommands final : public QObject
{
    Q_OBJECT

private slots:
    void commands_data()
    {
        QTest::addColumn<Command>("command");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const Command bold = &ui::markdown::toggleBold;
        const Command italic = &ui::markdown::toggleItalic;
        const Command code = &ui::markdown::toggleCode;
        const Command heading = &ui::markdown::cycleHeading;
        const Command link = [](QTextCursor &cursor) { ui::markdown::insertLink(cursor); };
        const Command known
            = [](QTextCursor &cursor) { ui::markdown::insertLink(cursor, u"http://x"_s); };
        const Command enter = [](QTextCursor &cursor) {
            if (!ui::markdown::continueList(cursor))
                cursor.insertBlock();
        };
        const Command in = &ui::markdown::indent;
        const Command out = &ui::markdown::outdent;
        const auto row
            = [](const char *name, const Command &command, const QString &before,
                 const QString &after) { QTest::newRow(name) << command << before << after; };
        row("bold, a blank outside", bold, u"<Hello >500"_s, u"**<Hello>** 500"_s);
        row("bold off", bold, u"**<Hello>** 500"_s, u"<Hello> 500"_s);
        row("bold off, marks selected", bold, u"<**Hello**> 500"_s, u"<Hello> 500"_s);
        row("bold, a word", bold, u"one tw|o three"_s, u"one **tw|o** three"_s);
        row("bold off, a word", bold, u"one **tw|o** three"_s, u"one tw|o three"_s);
        row("bold, nothing", bold, u"a | b"_s, u"a **|** b"_s);
        row("bold, nothing, again", bold, u"a **|** b"_s, u"a | b"_s);
        row("bold, two lines", bold, u"<- one\n- two>"_s, u"- **<one**\n- **two>**"_s);
        row("bold off, two lines", bold, u"- **<one**\n- **two>**"_s, u"- <one\n- two>"_s);
        row("italic in bold", italic, u"**<a>**"_s, u"***<a>***"_s);
        row("bold off in both", bold, u"***<a>***"_s, u"*<a>*"_s);
        row("italic off in both", italic, u"***<a>***"_s, u"**<a>**"_s);
        row("code", code, u"a <b c> d"_s, u"a `<b c>` d"_s);
        row("code of lines", code, u"a\n<b\nc>\nd"_s, u"a\n```\n<b\nc>\n```\nd"_s);
        row("code of lines off", code, u"a\n```\n<b\nc>\n```\nd"_s, u"a\n<b\nc>\nd"_s);
        row("heading", heading, u"a|b"_s, u"# a|b"_s);
        row("heading 2", heading, u"# a|b"_s, u"## a|b"_s);
        row("heading off", heading, u"### a|b"_s, u"a|b"_s);
        row("link", link, u"see <this>."_s, u"see [this](|)."_s);
        row("link of an address", link, u"<http://a.b>"_s, u"[|](http://a.b)"_s);
        row("link, known", known, u"see th|is"_s, u"see [this](<http://x>)"_s);
        row("link, there already", link, u"a [b|c](http://d) e"_s, u"a [bc](<http://d>) e"_s);
        row("list", enter, u"- a|"_s, u"- a\n- |"_s);
        row("list, inside", enter, u"* a|b"_s, u"* a\n* |b"_s);
        row("list ends", enter, u"- a\n- |"_s, u"- a\n|"_s);
        row("list, before the mark", enter, u"|- a"_s, u"\n|- a"_s);
        row("numbers", enter, u"9. a|"_s, u"9. a\n10. |"_s);
        row("numbers go on", enter, u"1. a|\n2. b\n   - x\n3. c\n\n7. d"_s,
            u"1. a\n2. |\n3. b\n   - x\n4. c\n\n7. d"_s);
        row("tasks", enter, u"- [x] a|"_s, u"- [x] a\n- [ ] |"_s);
        row("tasks end", enter, u"- [ ] |"_s, u"|"_s);
        row("nested", enter, u"  - a|"_s, u"  - a\n  - |"_s);
        row("quote", enter, u"> a|"_s, u"> a\n> |"_s);
        row("quote ends", enter, u"> a\n> |"_s, u"> a\n|"_s);
        row("list in a quote", enter, u"> 1. a|"_s, u"> 1. a\n> 2. |"_s);
        row("list in a quote ends", enter, u"> 1. |"_s, u"> |"_s);
        row("text", enter, u"a|"_s, u"a\n|"_s);
        row("no list", enter, u"-a|"_s, u"-a\n|"_s);
        row("a rule", enter, u"* * *|"_s, u"* * *\n|"_s);
        row("in", in, u"- a\n- b|"_s, u"- a\n  - b|"_s);
        row("in, numbers", in, u"1. b|"_s, u"   1. b|"_s);
        row("in, some", in, u"<- a\n- b>"_s, u"  <- a\n  - b>"_s);
        row("in, no list", in, u"a|"_s, u"a\t|"_s);
        row("out", out, u"  - b|"_s, u"- b|"_s);
        row("out, as far as it goes", out, u" - b|"_s, u"- b|"_s);
        row("out, no list", out, u"b|"_s, u"b|"_s);
    }

    void commands()
    {
        QFETCH(Command, command);
        QFETCH(QString, before);
        const bool isCaret = before.contains(u'|');
        const qsizetype begin = before.indexOf(isCaret ? u'|' : u'<');
        QString text = before;
        text.remove(begin, 1);
        const qsizetype end = isCaret ? begin : text.indexOf(u'>', begin);
        if (!isCaret)
            text.remove(end, 1);
        ui::StoredTextDocument document(ui::StoredTextDocument::Lines::Shown);
        document.setStoredText(text);
        QTextCursor cursor(&document);
        cursor.setPosition(int(begin));
        cursor.setPosition(int(end), QTextCursor::KeepAnchor);
        command(cursor);
        QTEST(marked(document.storedText(), cursor), "after");
        // One step, and what was is back.
        if (document.storedText() == text)
            return;
        document.undo();
        QCOMPARE(document.storedText(), text);
        QVERIFY(!document.isUndoAvailable());
    }

    void addressesAreThoseOfTheWeb()
    {
        QCOMPARE(ui::markdown::webAddress(u" https://a.b/c \n"_s), u"https://a.b/c"_s);
        QCOMPARE(ui::markdown::webAddress(u"see https://a.b/c"_s), QString());
        QCOMPARE(ui::markdown::webAddress(u"file:///a"_s), QString());
    }
};

QTEST_MAIN(TestMarkdownCommands)
#include "tst_markdowncommands.moc"
