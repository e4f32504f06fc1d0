// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/session/orderreader.h"
#include "tests/support/fakerecordsource.h"
#include "tests/support/testdatabase.h"
#include "ui/search/matcher.h"
#include "ui/search/quotedtext.h"
#include "ui/search/searchparser.h"
#include "ui/search/textdecoding.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using orm::Key;
using orm::StoredValue;
using ui::FoldedText;
using ui::Matcher;
using ui::RowState;

namespace {

/// Whether @p search finds #7 with these values.
bool finds(const QString &search, const QList<StoredValue> &values,
           const QHash<Key, RowState> &states = {})
{
    const orm::Table table = test::postsTable();
    const ui::ParsedSearch parsed = ui::parseSearch(search, table, QTimeZone(3600));
    if (!parsed.query)
        return false;
    const Matcher matcher(*parsed.query, table, states);
    QList<QByteArray> bytes;
    QList<orm::ValueView> views;
    for (const int column : matcher.columns()) {
        bytes.append(values.at(column).bytes());
        views.append(orm::ValueView::of(values.at(column), bytes.last()));
    }
    return matcher.matches(Key::integer(7), views);
}

QList<StoredValue> post(const QString &title, const QString &body,
                        const QString &created = u"2024-02-28 23:30:00.678901"_s)
{
    return {StoredValue::integer(7), StoredValue::text(title), StoredValue::text(body),
            StoredValue::text(created)};
}

QString problemOf(const QString &search)
{
    return ui::parseSearch(search, test::postsTable()).problem;
}

/// Characters of many scripts, with one, two, three and four bytes, and all kinds of case.
const QString letters = u"aAbBkKsSzZ0 9.äÄßẞéÉñøØşŞıİſKÅåσΣςωΩΩжЖяЯאبकあ한漢𐐀𐐨😀e\u0301"_s;

QString anyText(QRandomGenerator &random, int longest)
{
    const QList<uint> characters = letters.toUcs4();
    QString text;
    for (int i = random.bounded(longest + 1); i > 0; --i) {
        const auto character = char32_t(characters.at(random.bounded(int(characters.size()))));
        text += QString::fromUcs4(&character, 1);
    }
    return text;
}

/// What is meant, at the cost of a copy.
QString folded(const QString &text)
{
    QString all;
    for (const uint character : text.toUcs4()) {
        const char32_t one = QChar::toCaseFolded(char32_t(character));
        all += QString::fromUcs4(&one, 1);
    }
    return all;
}

} // namespace

class SearchTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsFound_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *search, bool isFound) {
            QTest::newRow(search) << QString::fromUtf8(search) << isFound;
        };
        // Title "Grüße from Köln", body "Second paragraph of post 49.\nThe end"
        row("", true);
        row("köln", true);
        row("KÖLN", true);
        row("grü", true);
        row("49", true);
        row("köln 49", true);
        row("köln 50", false);
        row("köln -50", true);
        row("-köln", false);
        row("\"of post\"", true);
        row("\"post of\"", false);
        row("post of", true);
        row("\"of post", true); // still typing
        row("-\"of post\"", false);
        row("-\"post of\"", true);
        row("münchen|köln", true);
        row("münchen|hamburg", false);
        row("-münchen|hamburg", true);
        row("title:köln", true);
        row("title:49", false);
        row("body:49", true);
        row("body:köln", false);
        row("content:49", true); // any column by its name
        row("title:", true);
        row("title:\"from k\"", true);
        row("-title:köln", false);
        row("title:münchen|body:49", true);
        row("http://example.org", false);
        row("id:7", true);
        row("id:8", false);
        row("id:5-9", true);
        row("id:8-9", false);
        row("/post \\d+/", true);
        row("/^the END$/", true);
        row("/post \\D+/", false);
        row("-/post \\d+/", false);
        row("title:/^gr.+ln$/", true);
        row("body:/^gr.+ln$/", false);
        row("words:7", true);
        row("words:>7", false);
        row("words:>=7", true);
        row("words:<8", true);
        row("words:<7", false);
        row("words:<=7", true);
        row("words:>", true);
        // 23:30 UTC is half past midnight of the next day in this zone.
        row("on:2024-02-29", true);
        row("on:2024-02-28", false);
        row("on:2024-02", true);
        row("on:2024", true);
        row("on:2024-03", false);
        row("before:2024-02-29", false);
        row("before:2024-03", true);
        row("before:2024", false);
        row("after:2024-02-28", true);
        row("after:2024-02-29", false);
        row("after:2023", true);
        row("after:2024", false);
        row("is:modified", false);
        row("-is:modified", true);
        row("-", false); // the sign itself
        row("|", false);
    }
    void whatIsFound()
    {
        QFETCH(const QString, search);
        QFETCH(const bool, isFound);
        QCOMPARE(problemOf(search), QString());
        QCOMPARE(
            finds(search, post(u"Grüße from Köln"_s, u"Second paragraph of post 49.\nThe end"_s)),
            isFound);
    }

    void backslashesInQuotes_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *search, const char *title) {
            QTest::newRow(search) << QString::fromUtf8(search) << QString::fromUtf8(title);
        };
        row(R"("my docs\\")", R"(my docs\)");
        row(R"("my docs\\" )", R"(my docs\)"); // ends there: else it had a blank
        row(R"("say \"so\"")", R"(say "so")");
        row(R"("say \"so)", R"(say "so)"); // still typing
        row(R"("\\server\my docs")", R"(\\server\my docs)");
        row(R"("a b\\\" c")", R"(a b\" c)");
        row(R"("a b\\\\")", R"(a b\\)");
        row(R"("a b\)", R"(a b\)"); // still typing
        row(R"(c:\docs\)", R"(c:\docs\)");
        row(R"(title:"my docs\\"|nothing)", R"(my docs\)");
        row(R"(/my docs\\/)", R"(my docs\)");
        row(R"(/my\/docs\\\/x/)", R"(my/docs\/x)");
    }
    void backslashesInQuotes()
    {
        QFETCH(const QString, search);
        QFETCH(const QString, title);
        QCOMPARE(problemOf(search), QString());
        QVERIFY(finds(search, post(title, u""_s)));
        QVERIFY2(!finds(search, post(title.chopped(1), u""_s)), "the last letter is asked for");
        QVERIFY2(!finds(search, post(title.mid(1), u""_s)), "the first letter is asked for");
    }

    void anyTextCanBeQuoted()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 20'000; ++round) {
            QString text;
            for (int i = random.bounded(8); i > 0; --i)
                text += u"\\\" a/"_s.at(random.bounded(5));
            const QString quoted = ui::quoted(text) + u" \"x"_s;
            const ui::QuotedText read = ui::readQuoted(quoted, 0);
            QCOMPARE(read.text, text);
            QCOMPARE(read.end, quoted.size() - 3);
        }
    }

    void statesAreThoseOfTheRow()
    {
        const auto values = post(u"a"_s, u"b"_s);
        const QHash<Key, RowState> states{{Key::integer(7), RowState::Modified},
                                          {Key::integer(8), RowState::Deleted}};
        QVERIFY(finds(u"is:modified"_s, values, states));
        QVERIFY(finds(u"is:deleted|is:modified"_s, values, states));
        QVERIFY(!finds(u"is:deleted"_s, values, states));
        QVERIFY(!finds(u"is:modified c"_s, values, states));
        QVERIFY(finds(u"is:outside"_s, values, {{Key::integer(7), RowState::ChangedOutside}}));
    }

    void whatIsWrongIsSaid()
    {
        QVERIFY(problemOf(u"/(un/"_s).contains(u"/(un/"_s));
        QVERIFY(problemOf(u"köln before:soon"_s).contains(u"soon"_s));
        QVERIFY(problemOf(u"on:2024-13"_s).contains(u"2024-13"_s));
        QVERIFY(problemOf(u"id:x"_s).contains(u"id:x"_s));
        QVERIFY(problemOf(u"words:many"_s).contains(u"words:many"_s));
        QVERIFY(problemOf(u"is:good"_s).contains(u"is:modified"_s));
        QCOMPARE(problemOf(u"is:mod"_s), QString()); // still typing
    }

    void valuesOfAnyClassAreText()
    {
        auto values = post(u"a"_s, u"b"_s);
        values[2] = StoredValue::integer(1234);
        QVERIFY(finds(u"23"_s, values));
        values[2] = StoredValue::real(12.5);
        QVERIFY(finds(u"2.5"_s, values));
        values[2] = StoredValue::blob("K\xC3\xB6ln");
        QVERIFY(finds(u"köln"_s, values));
        values[2] = StoredValue();
        QVERIFY(!finds(u"null"_s, values));
        QVERIFY(finds(u"a"_s, values));
        values[3] = StoredValue::text(u"no date");
        QVERIFY(!finds(u"on:2024"_s, values));
        QVERIFY(finds(u"-on:2024"_s, values));
    }

    void brokenUtf8IsNoText()
    {
        QVERIFY(FoldedText(u"ab").isIn("\xFF\xC3"
                                       "ab\xC3"));
        QVERIFY(!FoldedText(u"ä").isIn("\xC3"));
        QVERIFY(!FoldedText(u"\uFFFD").isIn("\xFF"));
    }

    /// The fast search in bytes is the plain one in characters.
    void substringsAreFoundInAnyScript()
    {
        QRandomGenerator random(7);
        int found = 0;
        for (int round = 0; round < 20'000; ++round) {
            const QString text = anyText(random, 12);
            // Half of them a part of the text, in other letters.
            const qsizetype at = random.bounded(int(text.size()) + 1);
            const QString part = text.mid(at, random.bounded(4));
            const QString wanted = random.bounded(2) ? anyText(random, 2)
                : random.bounded(2)                  ? folded(part)
                                                     : part.toUpper();
            const bool expected = folded(text).contains(folded(wanted));
            found += expected && !wanted.isEmpty() ? 1 : 0;
            const FoldedText pattern(wanted);
            QVERIFY2(pattern.isIn(text.toUtf8()) == expected,
                     qPrintable(u"'%1' in '%2'"_s.arg(wanted, text)));
            const auto hits = pattern.hitsIn(text);
            QCOMPARE(!hits.isEmpty(), expected && !wanted.isEmpty());
            for (const auto &[start, length] : hits)
                QCOMPARE(folded(text.mid(start, length)), folded(wanted));
        }
        QVERIFY2(found > 1000, "the texts have too little in common");
    }

    void aLargeTextIsLookedAtInParts_data()
    {
        QTest::addColumn<QString>("search");
        QTest::newRow("words") << u"zzzq"_s;
        QTest::newRow("pattern") << u"/z{3}q$/"_s;
        QTest::newRow("a pattern that takes for ever") << u"/[a-z]+9/"_s;
        QTest::newRow("number of words") << u"words:>5000000"_s;
    }
    /// Whoever stops it waits for one part, and no longer.
    void aLargeTextIsLookedAtInParts()
    {
        QFETCH(const QString, search);
        const orm::Table table = test::postsTable();
        const Matcher matcher(*ui::parseSearch(search, table).query, table);
        const QByteArray large = QByteArray("abcdefghij").repeated(400'000);
        QList<orm::ValueView> values;
        for (qsizetype i = 0; i < matcher.columns().size(); ++i)
            values.append({orm::StorageClass::Text, 0, 0, large});
        for (const int allowed : {1, 2, 40, 65}) { // while it is decoded, and while it is looked at
            int looks = 0;
            matcher.matches(Key::integer(7), values, [&] { return ++looks >= allowed; });
            // Each step that follows asks once more
            QVERIFY2(looks >= allowed && looks <= allowed + 3, qPrintable(QString::number(looks)));
        }
    }

    void patternsMatchInPartsAsInOne()
    {
        const unsigned seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const QStringList parts{
            u"a"_s,         u"B"_s,      u"ß"_s,      u"ж"_s,        u"漢"_s,     u"😀"_s,
            u"."_s,         u".*"_s,     u"\\s+"_s,   u"[a-z]+"_s,   u"[^a]*"_s,  u"(a|b)"_s,
            u"^"_s,         u"$"_s,      u"\\b"_s,    u"\\w{3}"_s,   u"(?<=a)"_s, u"(?<!k)"_s,
            u"(?=b)"_s,     u"(?!z)"_s,  u"\\A"_s,    u"\\z"_s,      u"\\G"_s,    u"(?s:.{9000})"_s,
            u"(.)\\1\\1"_s, u"q{2,5}"_s, u"\\n{3}"_s, u"(?s:a.*q)"_s};
        int found = 0;
        constexpr int rounds = 400;
        for (int round = 0; round < rounds; ++round) {
            QString pattern;
            for (int i = random.bounded(4); i >= 0; --i)
                pattern += parts.at(random.bounded(int(parts.size())));
            QString text;
            const int length = random.bounded(30'000); // several looks
            while (text.size() < length)
                text += random.bounded(20) ? anyText(random, 30) : u"\n"_s;
            const ui::SearchPattern inParts(pattern);
            const QRegularExpression inOne(u"(*LIMIT_MATCH=200000)"_s + pattern,
                                           QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::UseUnicodePropertiesOption
                                               | QRegularExpression::MultilineOption);
            QCOMPARE(inParts.isValid(), inOne.isValid());
            const bool expected = inOne.isValid() && inOne.match(text).hasMatch();
            found += expected ? 1 : 0;
            QVERIFY2(
                inParts.isIn(text.toUtf8()) == expected,
                qPrintable(
                    u"/%1/ in %2 characters, seed %3"_s.arg(pattern).arg(text.size()).arg(seed)));
        }
        QVERIFY2(found > rounds / 10 && found < rounds * 9 / 10,
                 qPrintable(QString::number(found)));
    }

    void whatIsNoTextReadsInPartsAsInOne()
    {
        QRandomGenerator random(5);
        const QList<QByteArray> pieces{
            "a",        "\xC3\xA4", "\xE6\xBC\xA2", "\xF0\x9F\x98\x80", "\xC3",
            "\xE6\xBC", "\xA4",     "\xFF",         "\xEF\xBB\xBF",     QByteArray(1, '\0')};
        for (int round = 0; round < 20; ++round) {
            QByteArray bytes;
            while (bytes.size() < 3 * orm::valuePart)
                bytes += pieces.at(random.bounded(int(pieces.size())));
            QVERIFY(ui::decodeUnlessStopped(bytes, {}) == orm::decodeUtf8(bytes));
        }
    }

    void hitsAreMarkedOnce()
    {
        const orm::Table table = test::postsTable();
        const auto hits = [&table](const QString &search, int column, const QString &text) {
            return Matcher(*ui::parseSearch(search, table).query, table).hits(column, text);
        };
        using Hits = QList<QPair<int, int>>;
        QCOMPARE(hits(u"49"_s, 1, u"Post 4949 and 49"_s), (Hits{{5, 4}, {14, 2}}));
        QCOMPARE(hits(u"post st"_s, 1, u"Post"_s), (Hits{{0, 4}}));
        QCOMPARE(hits(u"-post"_s, 1, u"Post"_s), Hits());
        QCOMPARE(hits(u"body:post"_s, 1, u"Post"_s), Hits());
        QCOMPARE(hits(u"KÖLN"_s, 2, u"in Köln"_s), (Hits{{3, 4}}));
        QCOMPARE(hits(u"/\\d+/"_s, 1, u"a 12 b 3"_s), (Hits{{2, 2}, {7, 1}}));
        QCOMPARE(hits(u"on:2024"_s, 3, u"2024"_s), Hits());
    }

    /// As a plain SELECT would have it, in each order and however it is read.
    void theReaderFindsWhatMatches_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QString>("condition");
        const auto row = [](const char *search, const char *condition) {
            QTest::newRow(search) << QString::fromUtf8(search) << QString::fromUtf8(condition);
        };
        row("49", "instr(title, '49') OR instr(content, '49')");
        row("id:490-495", "id BETWEEN 490 AND 495");
        row("id:490", "id = 490");
        row("is:modified", "id IN (3, 250)");
        row("is:modified 25", "id = 250");
        row("nothing", "0");
        row("post", "1");
    }
    void theReaderFindsWhatMatches()
    {
        QFETCH(const QString, search);
        QFETCH(const QString, condition);
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s)
                                    + u"CREATE INDEX i ON posts (created_at)"_s);
        orm::OrderReader reader(database.url());
        const orm::Table table = reader
                                     .run([](orm::Connection &connection) {
                                         return orm::reflect(connection, u"posts"_s).table;
                                     })
                                     .result();
        const QHash<Key, RowState> states{{Key::integer(3), RowState::Modified},
                                          {Key::integer(250), RowState::Modified},
                                          {Key::integer(7), RowState::Deleted},
                                          {Key::integer(9999), RowState::Modified}};
        orm::RowQuery query{table, {}};
        orm::Table mapped = test::postsTable();
        query.filter
            = std::make_shared<Matcher>(*ui::parseSearch(search, mapped).query, mapped, states);
        const std::pair<QList<orm::SortColumn>, QString> orders[] = {
            {{}, u"id DESC"_s},
            {{{1, Qt::AscendingOrder}}, u"title, id"_s},
            {{{3, Qt::DescendingOrder}}, u"created_at DESC, id DESC"_s},
            {{{0, Qt::AscendingOrder}}, u"id"_s},
        };
        for (const auto &[sort, order] : orders) {
            query.sort = sort;
            auto stream = reader.keys(query);
            stream.waitForFinished();
            QStringList ids;
            const auto batches = stream.results();
            for (const orm::KeyBatch &batch : batches) {
                for (qint64 i = 0; i < batch.keys.size(); ++i)
                    ids.append(batch.keys.at(i).toString());
            }
            QVERIFY(batches.last().isLast);
            const QString wanted
                = database
                      .outsideScalar(
                          u"SELECT coalesce(group_concat(id), '') FROM (SELECT id FROM posts WHERE "
                          "%1 ORDER BY %2)"_s.arg(condition, order))
                      .toString();
            QCOMPARE(ids.join(u','), wanted);
            if (!query.filter->candidates())
                QCOMPARE(batches.last().rowsRead, 500);
        }
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
