// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/bodyparser.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;

class TestMarkdownParser final : public QObject
{
    Q_OBJECT

private:
    static QStringList blocksOf(const QString &text)
    {
        QStringList found;
        for (const ui::BlockRange &block : ui::splitBlocks(text).blocks)
            found << text.sliced(block.begin, block.end - block.begin);
        return found;
    }

private slots:
    void blocksStandAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("blocks");
        QTest::newRow("nothing") << u"\n \n"_s << QStringList{};
        QTest::newRow("paragraphs") << u"a\nb\n\n\nc"_s << QStringList{u"a\nb"_s, u"c"_s};
        QTest::newRow("headings") << u"a\n# b\nc"_s << QStringList{u"a"_s, u"# b"_s, u"c"_s};
        QTest::newRow("no heading") << u"a\n#b"_s << QStringList{u"a\n#b"_s};
        QTest::newRow("loose list") << u"1. a\n\n1. b\n\n   more\n\nc"_s
                                    << QStringList{u"1. a\n\n1. b\n\n   more"_s, u"c"_s};
        QTest::newRow("fence") << u"```\na\n\n# b\n```\nc"_s
                               << QStringList{u"```\na\n\n# b\n```"_s, u"c"_s};
        QTest::newRow("longer fence")
            << u"````\n```\n\n````\n\nc"_s << QStringList{u"````\n```\n\n````"_s, u"c"_s};
        QTest::newRow("open fence") << u"~~~\na\n\nb"_s << QStringList{u"~~~\na\n\nb"_s};
        QTest::newRow("fence in an item")
            << u"- a\n  ```\n  x\n\n  y\n  ```\n\nb"_s
            << QStringList{u"- a\n  ```\n  x\n\n  y\n  ```"_s, u"b"_s};
        QTest::newRow("indented code")
            << u"    a\n\n    b\n\nc"_s << QStringList{u"    a\n\n    b"_s, u"c"_s};
        QTest::newRow("front matter")
            << u"---\ntitle: x\n---\na"_s << QStringList{u"---\ntitle: x\n---"_s, u"a"_s};
        QTest::newRow("a rule is none") << u"---\n\na"_s << QStringList{u"---"_s, u"a"_s};
        QTest::newRow("as a document has it") << u"a\u2029\u2029b"_s << QStringList{u"a"_s, u"b"_s};
    }

    void blocksStandAlone()
    {
        QFETCH(QString, text);
        QTEST(blocksOf(text), "blocks");
    }

    void aBlockIsRead()
    {
        const ui::RichBlock block = ui::readBlock(
            u"Some **bold *both*** `x<y` [here](http://a.b/?c&amp;d) ~~no~~ &auml;");
        QCOMPARE(block.paragraphs.size(), 1);
        const QList<ui::RichRun> runs = block.paragraphs.first().runs;
        using Run = ui::RichRun;
        const QList<Run> wanted{{u"Some "_s, Run::Plain},
                                {u"bold "_s, Run::Bold},
                                {u"both"_s, Run::Bold | Run::Italic},
                                {u" "_s, Run::Plain},
                                {u"x<y"_s, Run::Code},
                                {u" "_s, Run::Plain},
                                {u"here"_s, Run::Plain, u"http://a.b/?c&d"_s},
                                {u" "_s, Run::Plain},
                                {u"no"_s, Run::StruckOut},
                                {u" ä"_s, Run::Plain}};
        QCOMPARE(runs, wanted);
    }

    void htmlIsText()
    {
        const QString text = u"<script>alert(1)</script>"_s;
        const ui::RichBlock block = ui::readBlock(text);
        QCOMPARE(block.plainText(), text);
        QCOMPARE(ui::readBlock(u"a <b style=\"x:url(y)\">c</b>").plainText(),
                 u"a <b style=\"x:url(y)\">c</b>"_s);
    }

    void listsQuotesAndTasks()
    {
        const ui::RichBlock block = ui::readBlock(u"3. a\n4. b\n   - [x] c\n   - [ ] d");
        QStringList bullets;
        QList<int> depths;
        for (const ui::RichParagraph &paragraph : block.paragraphs) {
            bullets << paragraph.bullet;
            depths << paragraph.lists;
        }
        QCOMPARE(bullets, (QStringList{u"3."_s, u"4."_s, u"☑"_s, u"☐"_s}));
        QCOMPARE(depths, (QList<int>{1, 1, 2, 2}));
        QCOMPARE(ui::readBlock(u"> > a").paragraphs.first().quotes, 2);
    }

    void tables()
    {
        const ui::RichBlock block = ui::readBlock(u"| a | b |\n|---|--:|\n| 1 | **2** |");
        QCOMPARE(block.plainText(), u"a\tb\n1\t2"_s);
        const ui::RichCell cell = block.paragraphs.first().rows.at(1).at(1);
        QCOMPARE(cell.alignment, Qt::AlignRight);
        QCOMPARE(cell.runs.first().styles, int(ui::RichRun::Bold));
    }

    void aLinkMayBeDefinedElsewhere()
    {
        const ui::ParsedBody body
            = ui::parseBody(u"See [this][x].\n\nMore.\n\n[x]: http://a.b/"_s, {});
        QCOMPARE(body.blocks.first().content->paragraphs.first().runs.at(1).link, u"http://a.b/"_s);
        const ui::ParsedBody moved
            = ui::parseBody(u"See [this][x].\n\nMore.\n\n[x]: http://c.d/"_s, body);
        QCOMPARE(moved.blocks.first().content->paragraphs.first().runs.at(1).link,
                 u"http://c.d/"_s);
        QCOMPARE(moved.blocks.at(1).content, body.blocks.at(1).content);
    }

    void onlyWhatChangedIsReadAgain_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("read");
        QTest::newRow("a letter") << 5 << 0 << u"x"_s << 1;
        QTest::newRow("a new paragraph") << 5 << 0 << u"\n\n"_s << 2;
        QTest::newRow("two are one") << 9 << 2 << QString() << 1;
        QTest::newRow("nothing") << 0 << 0 << QString() << 0;
        QTest::newRow("a blank line") << 9 << 0 << u"\n"_s << 0;
    }

    void onlyWhatChangedIsReadAgain()
    {
        QFETCH(int, from);
        QFETCH(int, length);
        QFETCH(QString, text);
        QString before;
        for (int i = 0; i < 1000; ++i)
            before += u"Block %1\n\n"_s.arg(100 + i);
        const ui::ParsedBody body = ui::parseBody(before, {});
        QCOMPARE(body.readCount, 1000);
        QString after = before;
        after.replace(from, length, text);
        const ui::ParsedBody now = ui::parseBody(after, body);
        QTEST(now.readCount, "read");
        // The same as if it had been read alone.
        const ui::ParsedBody fresh = ui::parseBody(after, {});
        QCOMPARE(now.blocks.size(), fresh.blocks.size());
        for (qsizetype i = 0; i < now.blocks.size(); ++i) {
            QCOMPARE(now.blocks.at(i).begin, fresh.blocks.at(i).begin);
            QCOMPARE(now.blocks.at(i).content->plainText(),
                     fresh.blocks.at(i).content->plainText());
        }
    }

    void aPositionHasItsBlock()
    {
        const ui::ParsedBody body = ui::parseBody(u"ab\n\ncd"_s, {});
        QCOMPARE(body.blockAt(0), 0);
        QCOMPARE(body.blockAt(3), 0);
        QCOMPARE(body.blockAt(4), 1);
        QCOMPARE(body.blockAt(99), 1);
        QCOMPARE(ui::ParsedBody().blockAt(0), -1);
    }

    void theNewestTextIsRead()
    {
        ui::BodyParser parser;
        QStringList seen;
        QThread *thread = nullptr;
        connect(&parser, &ui::BodyParser::parsed, this, [&](const ui::ParsedBody &body) {
            seen << body.text;
            thread = QThread::currentThread();
        });
        parser.parse(u"one"_s);
        parser.parse(u"two"_s);
        parser.parse(u"three"_s);
        QVERIFY(parser.isParsing());
        QVERIFY(seen.isEmpty()); // not in here
        QTRY_COMPARE(seen, QStringList{u"three"_s});
        QCOMPARE(thread, QThread::currentThread());
        QVERIFY(!parser.isParsing());
    }
};

QTEST_GUILESS_MAIN(TestMarkdownParser)
#include "tst_markdownparser.moc"
