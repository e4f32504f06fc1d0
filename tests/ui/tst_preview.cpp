// SPDX-License-Identifier: MIT
#include "ui/common/theme.h"
#include "ui/editor/markdown/highlighter.h"
#include "ui/editor/markdown/livepreview.h"
#include "ui/editor/markdown/preview.h"
#include "ui/editor/markdown/spellchecker.h"
#include "ui/editor/storedtextedit.h"

#include <QDesktopServices>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace {

/// Takes the links that would be opened.
class Browser final : public QObject
{
    Q_OBJECT

public:
    Browser()
    {
        for (const QString &scheme : {u"http"_s, u"https"_s, u"file"_s, u"javascript"_s})
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Browser() override
    {
        for (const QString &scheme : {u"http"_s, u"https"_s, u"file"_s, u"javascript"_s})
            QDesktopServices::unsetUrlHandler(scheme);
    }
    QList<QUrl> opened;

public slots:
    void open(const QUrl &url) { opened << url; }
};

QString paragraphs(int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += u"Paragraph %1 of some words, as people write them.\n\n"_s.arg(i);
    return text;
}

} // namespace

class TestPreview final : public QObject
{
    Q_OBJECT

private:
    /// What a preview shows that has seen other texts before is what one shows that has not.
    static void compareWithFresh(const ui::Preview &preview, const ui::ParsedBody &body)
    {
        ui::Preview fresh;
        fresh.setBody(body);
        QCOMPARE(preview.toPlainText(), fresh.toPlainText());
        QTextBlock a = preview.document()->begin();
        QTextBlock b = fresh.document()->begin();
        for (; a.isValid() && b.isValid(); a = a.next(), b = b.next()) {
            QCOMPARE(a.blockFormat().leftMargin(), b.blockFormat().leftMargin());
            QCOMPARE(a.blockFormat().headingLevel(), b.blockFormat().headingLevel());
            QCOMPARE(a.blockFormat().background(), b.blockFormat().background());
        }
    }

private slots:
    void nothingIsLoaded()
    {
        ui::Preview preview;
        const ui::ParsedBody body = ui::parseBody(
            u"<img src=\"file:///etc/hostname\">\n\n![a picture](http://127.0.0.1:1/x.png)\n\n"
            "![](file:///etc/passwd)\n\n<style>p { background: url(http://127.0.0.1:1/y) }</style>"
            "\n\n<script>document.title = 1</script>\n\n<link rel=stylesheet href=\"file:///z\">"_s,
            {});
        preview.setBody(body);
        preview.show();
        QVERIFY(QTest::qWaitForWindowExposed(&preview));
        const QString text = preview.toPlainText();
        QVERIFY(text.contains(u"<img src=\"file:///etc/hostname\">"_s));
        QVERIFY(text.contains(u"[Picture: a picture]"_s));
        QVERIFY(text.contains(u"<script>document.title = 1</script>"_s));
        for (QTextBlock block = preview.document()->begin(); block.isValid();
             block = block.next()) {
            for (auto part = block.begin(); !part.atEnd(); ++part)
                QVERIFY(!part.fragment().charFormat().isImageFormat());
        }
        for (const char *name : {"file:///etc/hostname", "http://127.0.0.1:1/x.png"})
            QVERIFY(
                !preview.loadResource(QTextDocument::ImageResource, QUrl(QLatin1StringView(name)))
                     .isValid());
        preview.setSource(QUrl(u"file:///etc/hostname"_s));
        QCOMPARE(preview.toPlainText(), text);
    }

    void linksOpenOnlyInTheWebAndByTheUser()
    {
        Browser browser;
        ui::Preview preview;
        preview.setBody(
            ui::parseBody(u"[a](https://a.b/) [b](file:///etc/passwd) [c](javascript:x)"_s, {}));
        preview.show();
        QVERIFY(QTest::qWaitForWindowExposed(&preview));
        QVERIFY(browser.opened.isEmpty());
        for (const char *url : {"https://a.b/", "file:///etc/passwd", "javascript:x"})
            emit preview.anchorClicked(QUrl(QLatin1StringView(url)));
        QCOMPARE(browser.opened, QList<QUrl>{QUrl(u"https://a.b/"_s)});
    }

    void changesReplaceTheirBlocks_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("a word") << u"a\n\nb\n\nc"_s << u"a\n\nbb\n\nc"_s;
        QTest::newRow("to nothing") << u"a\n\nb"_s << u""_s;
        QTest::newRow("from nothing") << u""_s << u"a\n\n# b"_s;
        QTest::newRow("the first goes") << u"# a\n\nb\n\nc"_s << u"b\n\nc"_s;
        QTest::newRow("one in the middle goes") << u"a\n\n# b\n\nc"_s << u"a\n\nc"_s;
        QTest::newRow("the last goes") << u"a\n\n# b"_s << u"a"_s;
        QTest::newRow("a new first") << u"b"_s << u"# a\n\nb"_s;
        QTest::newRow("a new one in the middle") << u"a\n\n> c"_s << u"a\n\n```\nb\n```\n\n> c"_s;
        QTest::newRow("a new last") << u"# a"_s << u"# a\n\nb"_s;
        QTest::newRow("a list") << u"a\n\n- b\n- c\n\nd"_s << u"a\n\n- b\n- x\n- c\n\nd"_s;
        QTest::newRow("a table comes") << u"a\n\nb"_s << u"a\n\n|x|y|\n|-|-|\n|1|2|\n\nb"_s;
        QTest::newRow("a table goes") << u"a\n\n|x|y|\n|-|-|\n|1|2|\n\nb"_s << u"a\n\nb"_s;
        QTest::newRow("a table first")
            << u"|x|y|\n|-|-|\n|1|2|\n\nb"_s << u"|x|y|\n|-|-|\n|1|3|\n\nb"_s;
        QTest::newRow("a table last") << u"a\n\n|x|y|\n|-|-|\n|1|2|"_s << u"a"_s;
        QTest::newRow("code to text") << u"```\na\n```\n\nb"_s << u"a\n\nb"_s;
        QTest::newRow("another text") << u"a\n\nb"_s << u"c\n\nd\n\ne"_s;
    }

    void changesReplaceTheirBlocks()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        ui::Preview preview;
        const ui::ParsedBody first = ui::parseBody(before, {});
        preview.setBody(first);
        compareWithFresh(preview, first);
        const ui::ParsedBody second = ui::parseBody(after, first);
        preview.setBody(second);
        compareWithFresh(preview, second);
        const ui::ParsedBody third = ui::parseBody(before, second);
        preview.setBody(third);
        compareWithFresh(preview, third);
    }

    void onlyTheBlocksAroundAreHeld()
    {
        ui::Preview preview;
        preview.resize(400, 300);
        preview.show();
        const QString text = paragraphs(20'000);
        const ui::ParsedBody body = ui::parseBody(text, {});
        preview.setBody(body);
        QVERIFY(preview.document()->characterCount() < 4 * ui::Preview::reach);
        const qsizetype at = text.indexOf(u"Paragraph 12345 "_s);
        preview.showPosition(at, 0.5);
        const qsizetype block = body.blockAt(at);
        QVERIFY(preview.firstBlock() < block && block < preview.endBlock());
        const QRect rect = preview.blockRect(block);
        QVERIFY2(rect.top() >= 0 && rect.bottom() < preview.viewport()->height(),
                 qPrintable(QString::number(rect.top())));
        QVERIFY2(preview.document()->characterCount() < 4 * ui::Preview::reach,
                 qPrintable(QString::number(preview.document()->characterCount())));
        // A change far away changes nothing here but the count.
        QString longer = u"New.\n\n"_s + text;
        const QString shown = preview.toPlainText();
        preview.setBody(ui::parseBody(longer, body));
        QCOMPARE(preview.toPlainText(), shown);
        // Scrolling to the end brings the next ones.
        const qsizetype end = preview.endBlock();
        preview.verticalScrollBar()->setValue(preview.verticalScrollBar()->maximum());
        QTRY_VERIFY(preview.endBlock() > end);
    }

    void itStaysInStepWithTheCaret()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        ui::Highlighter highlighter(edit, speller);
        ui::Preview preview;
        ui::LivePreview live(edit, preview, highlighter);
        edit.resize(400, 300);
        preview.resize(400, 300);
        edit.show();
        preview.show();
        edit.open(orm::Key::integer(1), paragraphs(300));
        live.setOn(true);
        QTRY_VERIFY(preview.toPlainText().contains(u"Paragraph 0 "_s));
        edit.moveCursor(QTextCursor::End);
        edit.insertPlainText(u"The *end*."_s);
        const auto isLastSeen = [&] {
            const QRect rect = preview.blockRect(preview.endBlock() - 1);
            return preview.toPlainText().endsWith(u"The end."_s) && rect.top() >= 0
                && rect.bottom() <= preview.viewport()->height();
        };
        QTRY_VERIFY(isLastSeen());
        edit.moveCursor(QTextCursor::Start);
        QTRY_VERIFY(preview.blockRect(0).top() >= 0);
    }

    void bothStepBackFromAnEndlessParagraph()
    {
        ui::StoredTextEdit edit(ui::StoredTextDocument::Lines::Shown);
        ui::SpellChecker speller;
        ui::Highlighter highlighter(edit, speller);
        ui::Preview preview;
        ui::LivePreview live(edit, preview, highlighter);
        edit.open(orm::Key::integer(1), u"**a** b"_s);
        live.setOn(true);
        QVERIFY(live.restReason().isEmpty());
        QVERIFY(!edit.document()->begin().layout()->formats().isEmpty());
        edit.open(orm::Key::integer(2), u"**a** "_s.repeated(170'000));
        QVERIFY(!live.restReason().isEmpty());
        QVERIFY(highlighter.isResting());
        QVERIFY(edit.document()->begin().layout()->formats().isEmpty());
        QCOMPARE(preview.toPlainText(), live.restReason());
        edit.open(orm::Key::integer(3), paragraphs(80'000));
        QVERIFY(!live.restReason().isEmpty());
        edit.open(orm::Key::integer(1), u"**a** b"_s);
        QVERIFY(live.restReason().isEmpty());
        QTRY_COMPARE(preview.toPlainText(), u"a b"_s);
    }
};

QTEST_MAIN(TestPreview)
#include "tst_preview.moc"
