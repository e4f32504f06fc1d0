// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/htmltomarkdown.h"
#include "ui/editor/storedtextedit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTest>

using namespace Qt::StringLiterals;

class TestHtmlToMarkdown final : public QObject
{
    Q_OBJECT

private slots:
    void pages_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("markdown");
        const auto row = [](const char *name, const QString &html, const QString &markdown) {
            QTest::newRow(name) << html << markdown;
        };
        row("nothing but text", u"<p>Just text</p>"_s, QString());
        row("marks", u"<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>"_s,
            u"a **b** *c* ~~d~~ `e`"_s);
        row("blanks outside", u"a<b> b </b>c"_s, u"a **b** c"_s);
        row("headings", u"<h1>One</h1><h3>Two</h3><p>x</p>"_s, u"# One\n\n### Two\n\nx"_s);
        row("link", u"<p>see <a href=\"https://a.b/c\">this</a></p>"_s,
            u"see [this](https://a.b/c)"_s);
        row("script as a link", u"<p><a href=\"javascript:x\">this</a> <b>b</b></p>"_s,
            u"this **b**"_s);
        row("lists", u"<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"_s, u"- a\n- b\n  - c"_s);
        row("numbers", u"<ol><li>a</li><li>b</li></ol><p>c</p>"_s, u"1. a\n2. b\n\nc"_s);
        row("quote", u"<blockquote><p>a</p></blockquote>"_s, u"> a"_s);
        row("code", u"<pre>a\n  b</pre>"_s, u"```\na\n  b\n```"_s);
        row("table",
            u"<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x|y</td></tr></table>"_s,
            u"| a | b |\n| --- | --- |\n| 1 | x\\|y |"_s);
        row("rule", u"<p>a</p><hr><p>b</p>"_s, u"a\n\n---\n\nb"_s);
        row("picture", u"<p><img src=\"https://a/b.png\" alt=\"c\"> d</p>"_s,
            u"![c](https://a/b.png) d"_s);
        row("picture of a file", u"<p><b>x</b><img src=\"file:///etc/passwd\" alt=\"c\"></p>"_s,
            u"**x**c"_s);
        row("what would be marks", u"<p><b>x</b> 2*3 [a] snake_case</p>"_s,
            u"**x** 2\\*3 \\[a\\] snake_case"_s);
        row("Firefox",
            u"<html><body>\n<!--StartFragment--><h2>T</h2>\n<p>a <em>b</em></p><!--EndFragment-->\n</body></html>"_s,
            u"## T\n\na *b*"_s);
        row("Chromium",
            u"<meta charset='utf-8'><span style=\"color: rgb(0,0,0); font-weight: 400;\">a </span>"
            "<strong style=\"font-weight: 700;\">b</strong>"_s,
            u"a **b**"_s);
        row("Google Docs",
            u"<meta charset=\"utf-8\"><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\">"
            "<p dir=\"ltr\"><span style=\"font-weight:400;\">a </span>"
            "<span style=\"font-weight:700;\">b</span></p></b>"_s,
            u"a **b**"_s);
        row("LibreOffice",
            u"<!DOCTYPE html><html><head><style type=\"text/css\">p { margin-bottom: 0.25cm "
            u"}</style>"
            "</head><body><p>a <b>b</b></p><ul><li><p>c</p></li><li><p>d</p></li></ul></body></html>"_s,
            u"a **b**\n\n- c\n- d"_s);
        row("Word",
            u"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><body>"
            "<p class=MsoNormal><b>a</b><o:p></o:p></p>"
            "<p class=MsoListParagraphCxSpFirst><span>·<span>&nbsp;&nbsp; </span></span>b</p>"
            "<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp;&nbsp; </span></span>c</p>"
            "</body></html>"_s,
            u"**a**\n\n- b\n- c"_s);
        row("an editor for programs",
            u"<div style=\"font-family: 'Courier New', monospace; white-space: pre;\">"
            "<div><span style=\"color:#00f; font-weight: bold\">int</span> a;</div></div>"_s,
            QString());
        row("a style sheet of a file",
            u"<html><head><link rel=\"stylesheet\" href=\"file:///etc/hostname\"></head>"
            "<body><p>a <b>b</b></p></body></html>"_s,
            u"a **b**"_s);
    }

    void pages()
    {
        QFETCH(QString, html);
        QTEST(ui::htmlToMarkdown(html).value_or(QString()), "markdown");
    }

    void pastingIsOneStep()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        edit.setPastesMarkdown(true);
        edit.open(orm::Key::integer(1), u"one two"_s);
        const auto copy = [](const QString &html, const QString &text) {
            auto *data = new QMimeData;
            data->setHtml(html);
            data->setText(text);
            QGuiApplication::clipboard()->setMimeData(data);
        };
        copy(u"<p>a <b>b</b></p><p>c</p>"_s, u"a b\nc"_s);
        edit.selectAll();
        edit.paste();
        QCOMPARE(edit.storedText(), u"a **b**\n\nc"_s);
        edit.undo();
        QCOMPARE(edit.storedText(), u"one two"_s);
        edit.selectAll();
        edit.pastePlainText();
        QCOMPARE(edit.storedText(), u"a b\nc"_s);
        edit.undo();
        copy(u"<span>plain</span>"_s, u"plain *text*"_s);
        edit.selectAll();
        edit.paste();
        QCOMPARE(edit.storedText(), u"plain *text*"_s);
    }

    void otherTextsArePastedAsTheyStand()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        edit.open(orm::Key::integer(1), QString());
        auto *data = new QMimeData;
        data->setHtml(u"<b>b</b>"_s);
        data->setText(u"b"_s);
        QGuiApplication::clipboard()->setMimeData(data);
        edit.paste();
        QCOMPARE(edit.storedText(), u"b"_s);
    }
};

QTEST_MAIN(TestHtmlToMarkdown)
#include "tst_htmltomarkdown.moc"
