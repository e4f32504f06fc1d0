// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"
#include "core/engine/transaction.h"
#include "core/session/orderreader.h"
#include "core/session/searchindexbuilder.h"
#include "tests/support/testdatabase.h"
#include "ui/search/matcher.h"
#include "ui/search/quotedtext.h"
#include "ui/search/searchparser.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStringDecoder>
#include <QTest>
#include <QThread>
#include <QTimeZone>

#include <atomic>
#include <functional>

using namespace Qt::StringLiterals;
using orm::StoredValue;
using State = orm::SearchIndexReport::State;

namespace {

/// Pieces of texts: many scripts and kinds of case, what SQL and FTS5 take for signs, and what is no
/// character at all.
const QStringList pieces{u"Straße"_s,     u"STRASSE"_s,
                         u"straẞe"_s,     u"Grüße"_s,
                         u"Köln"_s,       u"KO\u0308LN"_s,
                         u"İstanbul"_s,   u"ıssız"_s,
                         u"ISSIZ"_s,      u"i̇"_s,
                         u"ΛΌΓΟΣ"_s,      u"λόγος"_s,
                         u"λόγοσ"_s,      u"Жена"_s,
                         u"женщина"_s,    u"\u1C80ода"_s,
                         u"вода"_s,       u"漢字東京"_s,
                         u"東京都"_s,     u"日本語"_s,
                         u"한국말"_s,     u"क्या"_s,
                         u"שלום"_s,       u"سلام"_s,
                         u"😀😁"_s,         u"👩‍👩‍👧"_s,
                         u"𐐀𐐨"_s,         u"ﬁsch"_s,
                         u"ſoll"_s,       u"\u212Aelvin"_s,
                         u"Å\u212Bå"_s,   u"ΩΩω"_s,
                         u"ǅǆǄ"_s,        u"Ꭰꭰ"_s,
                         u"ა\u1C90"_s,    u"100%"_s,
                         u"a_b"_s,        u"a\\b"_s,
                         u"*x?"_s,        u"\"q\""_s,
                         u"it's"_s,       u"(AND)"_s,
                         u"OR NOT"_s,     u"^near"_s,
                         u"{a b}:c"_s,    u"-- ;"_s,
                         u"na\u00EFve"_s, u"NAÏVE"_s,
                         u"ab"_s,         u"a"_s,
                         u"é"_s,          u" "_s,
                         u"\n"_s,         u"49"_s,
                         u"Post"_s,       u"\uFDD0\uFDD1"_s,
                         u"\uFFFD"_s,     u"µμΜ"_s,
                         u"ÿŸ"_s,         u"ŒœÆæ"_s};

/// A text as stored, sometimes with a NUL in it, or no UTF-8.
QByteArray anyText(QRandomGenerator &random, int most)
{
    QByteArray text;
    for (int i = random.bounded(most + 1); i > 0; --i) {
        text += pieces.at(random.bounded(int(pieces.size()))).toUtf8();
        switch (random.bounded(40)) {
        case 0:
            text += '\0';
            break;
        case 1:
            text += "\xC3\xA4\xA4";
            break;
        case 2:
            text += "\xE6\xC3"
                    "a";
            break;
        case 3:
            text += ' ';
            break;
        default:
            break;
        }
    }
    return text;
}

StoredValue anyValue(QRandomGenerator &random, int most)
{
    switch (random.bounded(20)) {
    case 0:
        return {};
    case 1:
        return StoredValue::integer(random.bounded(2000));
    case 2:
        return StoredValue::real(random.bounded(1000) / 7.0);
    case 3:
        return StoredValue::blob(anyText(random, most));
    default:
        return StoredValue::utf8(anyText(random, most));
    }
}

/// A row, for one who has no matcher.
struct Naive
{
    qint64 key = 0;
    QList<QString> texts; ///< title and body, folded; null where there is nothing
    int day = 0; ///< of January 2024
};

QString folded(const QString &text)
{
    QString all;
    for (const uint character : text.toUcs4()) {
        const char32_t one = QChar::toCaseFolded(char32_t(character));
        all += QString::fromUcs4(&one, 1);
    }
    return all;
}

/// What is typed, and what it means, said in the plainest way.
struct Search
{
    QString text;
    std::function<bool(const Naive &)> holds;
};

Search anySearch(QRandomGenerator &random)
{
    // A part of one text, or of two that may stand together, in any letters
    QString text = pieces.at(random.bounded(int(pieces.size())));
    if (random.bounded(3) == 0)
        text += pieces.at(random.bounded(int(pieces.size())));
    qsizetype at = random.bounded(int(text.size()));
    at += text.at(at).isLowSurrogate() ? 1 : 0; // what is typed is characters
    text = text.mid(at, 1 + random.bounded(8));
    if (text.isEmpty() || text.back().isHighSurrogate())
        text = u"\u00E9a"_s;
    switch (random.bounded(6)) {
    case 0:
        text = text.toUpper();
        break;
    case 1:
        text = text.toLower();
        break;
    case 2:
        text = text.normalized(QString::NormalizationForm_D);
        break;
    default:
        break;
    }
    const auto isIn = [wanted = folded(text)](const QString &where) {
        return !where.isNull() && where.contains(wanted);
    };
    const auto inAny
        = [isIn](const Naive &row) { return isIn(row.texts.at(0)) || isIn(row.texts.at(1)); };
    Search one{ui::quoted(text), inAny};
    const int first = 1 + random.bounded(28);
    const int id = random.bounded(2100);
    switch (random.bounded(20)) {
    case 0:
        return {u'-' + one.text, [inAny](const Naive &row) { return !inAny(row); }};
    case 1:
        return {u"title:"_s + one.text, [isIn](const Naive &row) { return isIn(row.texts.at(0)); }};
    case 2:
        return {u"-body:"_s + one.text,
                [isIn](const Naive &row) { return !isIn(row.texts.at(1)); }};
    case 3: {
        const Search other = anySearch(random);
        if (other.text.startsWith(u'-') || other.text.contains(u' '))
            return one;
        return {one.text + u'|' + other.text,
                [inAny, other](const Naive &row) { return inAny(row) || other.holds(row); }};
    }
    case 4:
    case 5:
    case 6: {
        const Search other = anySearch(random);
        return {one.text + u' ' + other.text,
                [inAny, other](const Naive &row) { return inAny(row) && other.holds(row); }};
    }
    case 7:
        return {u"id:%1-%2 "_s.arg(id).arg(id + 400) + one.text, [inAny, id](const Naive &row) {
                    return inAny(row) && row.key >= id && row.key <= id + 400;
                }};
    case 8:
        return {u"after:2024-01-%1 "_s.arg(first, 2, 10, QLatin1Char('0')) + one.text,
                [inAny, first](const Naive &row) { return inAny(row) && row.day > first; }};
    case 9:
        return {one.text + u" before:2024-01-%1"_s.arg(first, 2, 10, QLatin1Char('0')),
                [inAny, first](const Naive &row) { return inAny(row) && row.day < first; }};
    case 10:
        return {u"-on:2024-01-%1 on:2024-01 "_s.arg(first) + one.text,
                [inAny, first](const Naive &row) { return inAny(row) && row.day != first; }};
    default:
        return one;
    }
}

const QString empty
    = u"CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255), content TEXT, "
      "created_at DATETIME);CREATE INDEX by_date ON posts (created_at);"_s;

struct Reading
{
    QStringList keys;
    qint64 rowsRead = 0;
    bool restarts = false;
};

Reading read(orm::OrderReader &reader, const orm::RowQuery &query)
{
    auto stream = reader.keys(query);
    stream.waitForFinished();
    Reading reading;
    const auto batches = stream.results();
    for (const orm::KeyBatch &batch : batches) {
        if (batch.restarts) {
            reading.keys.clear();
            reading.restarts = true;
        }
        for (qint64 i = 0; i < batch.keys.size(); ++i)
            reading.keys.append(batch.keys.at(i).toString());
        reading.rowsRead = batch.rowsRead;
    }
    return reading;
}

/// What another filter lets through, slowly, so that a reading comes in many pieces; after some rows
/// something happens.
class Interrupting final : public orm::RowFilter
{
public:
    Interrupting(std::shared_ptr<const orm::RowFilter> filter, std::function<void()> event)
        : m_filter(std::move(filter))
        , m_event(std::move(event))
    {}
    QList<int> columns() const override { return m_filter->columns(); }
    QList<QList<orm::NeededText>> neededTexts() const override { return m_filter->neededTexts(); }
    bool matches(const orm::Key &key, const QList<orm::ValueView> &values,
                 const orm::StopCheck &isStopped) const override
    {
        constexpr int slowRows = 10;
        constexpr int rowsBefore = 5;
        if (++m_asked <= slowRows)
            QThread::msleep(8);
        if (m_asked == rowsBefore)
            m_event();
        return m_filter->matches(key, values, isStopped);
    }

private:
    std::shared_ptr<const orm::RowFilter> m_filter;
    std::function<void()> m_event;
    mutable std::atomic<int> m_asked = 0;
};

/// A database with an index beside one without, the same rows in both.
class Pair
{
public:
    explicit Pair(unsigned seed, int rows)
        : m_random(seed)
        , plain(with.url())
        , m_seed(seed)
    {
        table = plain
                    .run([rows, random = m_random](orm::Connection &connection) mutable {
                        orm::Table made = orm::reflect(connection, u"posts"_s).table;
                        orm::Transaction transaction(connection);
                        for (int row = 0; row < rows; ++row) {
                            connection.execute(
                                u"INSERT INTO posts VALUES (?, ?, ?, ?)"_s,
                                {StoredValue::integer(row * 3 + 1), anyValue(random, 3),
                                 anyValue(random, 12),
                                 StoredValue::text(u"2024-01-%1"_s.arg(1 + random.bounded(28), 2,
                                                                       10, QLatin1Char('0')))});
                        }
                        transaction.commit();
                        made.columns[1].role = orm::Role::Title;
                        made.columns[2].role = orm::Role::Body;
                        made.columns[3].role = orm::Role::Created;
                        return made;
                    })
                    .result();
        QFile::copy(with.file(), without.file() + u".copy"_s);
        QFile::remove(without.file());
        QFile::rename(without.file() + u".copy"_s, without.file());
    }
    void build()
    {
        plain
            .run([table = table](orm::Connection &connection) {
                orm::SearchIndexBuilder builder(table);
                while (builder.build(connection) == orm::SearchIndexBuilder::Step::More) {}
            })
            .waitForFinished();
    }
    /// The rows whose texts are UTF-8; of others it is for the matcher to say what they hold.
    QList<Naive> naive()
    {
        return plain
            .run([](orm::Connection &connection) {
                QList<Naive> rows;
                const auto statement = connection.prepare(
                    u"SELECT id, title, content, CAST(substr(created_at, 9) AS INTEGER) FROM "
                    "posts"_s);
                while (statement->step()) {
                    Naive row{statement->columnInteger(0), {}, int(statement->columnInteger(3))};
                    for (const int column : {1, 2}) {
                        const StoredValue value = statement->columnValue(column);
                        const bool hasBytes = value.storageClass() == orm::StorageClass::Text
                            || value.storageClass() == orm::StorageClass::Blob;
                        QStringDecoder decoder(QStringDecoder::Utf8,
                                               QStringDecoder::Flag::ConvertInitialBom);
                        const QString text
                            = hasBytes ? QString(decoder.decode(value.bytes())) : value.toString();
                        if (!hasBytes || !decoder.hasError())
                            row.texts.append(value.isNull() ? QString() : folded(text));
                    }
                    if (row.texts.size() == 2)
                        rows.append(row);
                }
                return rows;
            })
            .result();
    }
    std::shared_ptr<const ui::Matcher> matcher(const QString &search) const
    {
        const auto parsed = ui::parseSearch(search, table, QTimeZone::utc());
        return parsed.query ? std::make_shared<const ui::Matcher>(*parsed.query, table) : nullptr;
    }

    QRandomGenerator m_random;
    TestDatabase with{empty};
    TestDatabase without;
    orm::OrderReader plain; ///< on the one with the index
    orm::Table table;
    unsigned m_seed;
};

} // namespace

class IndexedSearchTest final : public QObject
{
    Q_OBJECT

private:
    static unsigned seed()
    {
        const QByteArray wanted = qgetenv("POSTDESK_TEST_SEED");
        return wanted.isEmpty() ? QRandomGenerator::global()->generate() : wanted.toUInt();
    }

private slots:
    void theAnswerIsTheSameWithAndWithoutAnIndex()
    {
        const unsigned chosen = seed();
        qInfo("POSTDESK_TEST_SEED=%u", chosen);
        Pair pair(chosen, 700);
        pair.build();
        orm::OrderReader reader(pair.without.url());
        QCOMPARE(pair.plain.searchIndex(pair.table).result().state, State::Ready);
        QCOMPARE(reader.searchIndex(pair.table).result().state, State::Absent);
        QRandomGenerator random(chosen + 1);
        const QList<QList<orm::SortColumn>> orders{
            {},
            {{0, Qt::AscendingOrder}},
            {{3, Qt::DescendingOrder}}, // by an index
            {{1, Qt::AscendingOrder}}, // sorted here
        };
        const QList<Naive> rows = pair.naive();
        QVERIFY(rows.size() > 300);
        int found = 0;
        int byIndex = 0;
        for (int round = 0; round < 400; ++round) {
            const auto &[search, holds] = anySearch(random);
            orm::RowQuery query{pair.table, orders.at(round % orders.size()), {}};
            query.filter = pair.matcher(search);
            if (!query.filter)
                continue;
            const Reading without = read(reader, query);
            const Reading with = read(pair.plain, query);
            QVERIFY2(with.keys == without.keys,
                     qPrintable(u"%1: %2 instead of %3, seed %4"_s.arg(search)
                                    .arg(with.keys.join(u','), without.keys.join(u','))
                                    .arg(chosen)));
            const QSet<QString> keys(without.keys.begin(), without.keys.end());
            for (const Naive &row : rows) {
                QVERIFY2(keys.contains(QString::number(row.key)) == holds(row),
                         qPrintable(u"%1: #%2, seed %3"_s.arg(search).arg(row.key).arg(chosen)));
            }
            found += without.keys.isEmpty() ? 0 : 1;
            byIndex += with.rowsRead == 0 ? 1 : 0;
        }
        QVERIFY2(found > 100, qPrintable(QString::number(found)));
        QVERIFY2(byIndex > 100, qPrintable(QString::number(byIndex)));
    }

    /// What is read in parts, because of its size, is found as all else is.
    void largeTextsAreFoundAsOthers()
    {
        Pair pair(7, 100);
        const QString large
            = u"INSERT INTO posts (id, title, content, created_at) VALUES "
              "(20, 'Large', replace(hex(zeroblob(200000)), '00', 'some w\u00F6rds ') || 'hidden "
              "Needle', '2024-01-10'), (50, replace(hex(zeroblob(400000)), '00', 'abc') || "
              "'needles', 'short', '2024-01-20'), (51, 'Needle', NULL, '2024-01-05')"_s;
        QCOMPARE(pair.with.outside(large), 0);
        QCOMPARE(pair.without.outside(large), 0);
        pair.build();
        orm::OrderReader reader(pair.without.url());
        for (const QList<orm::SortColumn> &sort : {QList<orm::SortColumn>(),
                                                   {{0, Qt::AscendingOrder}},
                                                   {{3, Qt::DescendingOrder}},
                                                   {{1, Qt::AscendingOrder}}}) {
            for (const auto &[search, count] : {std::pair(u"needle"_s, 3),
                                                {u"W\u00D6RDS hidden"_s, 1},
                                                {u"needles"_s, 1},
                                                {u"/needle$/"_s, 2},
                                                {u"needle -hidden"_s, 2},
                                                {u"words:>300000"_s, 1}}) {
                const orm::RowQuery query{pair.table, sort, pair.matcher(search)};
                QVERIFY(query.filter);
                const QStringList found = read(pair.plain, query).keys;
                QCOMPARE(found.size(), count);
                QCOMPARE(found, read(reader, query).keys);
            }
        }
    }

    void theIndexIsAskedWhereItHelps_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<bool>("isAsked");
        const auto row = [](const char *search, bool isAsked) {
            QTest::newRow(search) << QString::fromUtf8(search) << isAsked;
        };
        row("köln", true);
        row("kö", true);
        row("a", true);
        row("東京都", true);
        row("東京", true);
        row("東", true);
        row("-a", false);
        row("a|created_at:2024", false);
        row("title:köln", true);
        row("köln|istanbul", true);
        row("köln|ab", false);
        row("é|ab", true);
        row("a created_at:2024", true);
        row("ab köln", true);
        row("-köln", false);
        row("/köln/", false);
        row("created_at:2024", false);
        row("köln created_at:2024", true);
        row("words:>3", false);
    }
    void theIndexIsAskedWhereItHelps()
    {
        QFETCH(const QString, search);
        QFETCH(const bool, isAsked);
        Pair pair(1, 50);
        pair.build();
        orm::RowQuery query{pair.table, {}, pair.matcher(search)};
        QVERIFY(query.filter);
        QCOMPARE(read(pair.plain, query).rowsRead == 0, isAsked);
    }

    void anIndexThatIsNotWholeIsNotAsked()
    {
        Pair pair(1, 50);
        const QSignalSpy changes(&pair.plain, &orm::OrderReader::searchIndexChanged);
        pair.plain
            .run([table = pair.table](orm::Connection &connection) {
                orm::SearchIndexBuilder builder(table);
                builder.build(connection); // its tables, nothing in it
            })
            .waitForFinished();
        const orm::RowQuery query{pair.table, {}, pair.matcher(u"post"_s)};
        const Reading before = read(pair.plain, query);
        QVERIFY(!before.keys.isEmpty());
        QVERIFY(before.rowsRead > 0);
        pair.build();
        QCOMPARE(read(pair.plain, query).rowsRead, 0);
        QCOMPARE(pair.with.outside(u"DROP TRIGGER postdesk_search_posts_insert; INSERT INTO posts "
                                   "(title) VALUES ('Post unseen')"_s),
                 0);
        const Reading after = read(pair.plain, query);
        QCOMPARE(after.keys.size(), before.keys.size() + 1);
        QVERIFY(after.rowsRead > 0);
        QTRY_COMPARE(changes.size(), 3); // partial, ready, stale
        QCOMPARE(changes.last().first().value<orm::SearchIndexReport>().state, State::Stale);
    }

    void rowsThatWentPastTheTriggersAreFound()
    {
        Pair pair(1, 50);
        pair.build();
        QCOMPARE(
            pair.with.outside(
                u"CREATE TEMP TABLE t AS SELECT sql FROM sqlite_schema; "
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, "
                "'AFTER INSERT', 'AFTER UPDATE') WHERE name = 'postdesk_search_posts_insert'; "
                "PRAGMA writable_schema = RESET; INSERT INTO posts (title) VALUES ('Past it'); "
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, "
                "'AFTER UPDATE ON', 'AFTER INSERT ON') WHERE name = "
                "'postdesk_search_posts_insert'; PRAGMA writable_schema = RESET"_s),
            0);
        const orm::RowQuery query{pair.table, {}, pair.matcher(u"past it"_s)};
        QCOMPARE(read(pair.plain, query).keys.size(), 1);
    }

    void damageFallsBackToReading()
    {
        Pair pair(1, 200);
        pair.build();
        orm::RowQuery query{pair.table, {}, pair.matcher(u"post"_s)};
        const Reading before = read(pair.plain, query);
        QCOMPARE(before.rowsRead, 0);
        QVERIFY(!before.keys.isEmpty());
        QCOMPARE(pair.with.outside(u"UPDATE postdesk_search_posts_data SET block = zeroblob(40) "
                                   "WHERE id > 10"_s),
                 0);
        for (const QList<orm::SortColumn> &sort :
             {QList<orm::SortColumn>(), {{3, Qt::DescendingOrder}}}) {
            query.sort = sort;
            const Reading after = read(pair.plain, query);
            QCOMPARE(QSet<QString>(after.keys.begin(), after.keys.end()),
                     QSet<QString>(before.keys.begin(), before.keys.end()));
        }
    }

    /// The hits that came before it broke aren't there twice, and none is missing.
    void whatHappensToTheIndexAmidASearch_data()
    {
        QTest::addColumn<QString>("event");
        QTest::newRow("damaged") << u"UPDATE postdesk_search_posts_data SET block = zeroblob(40) "
                                    "WHERE id > 10"_s;
        QTest::newRow("removed") << u"DROP TRIGGER postdesk_search_posts_insert;"
                                    "DROP TRIGGER postdesk_search_posts_update;"
                                    "DROP TRIGGER postdesk_search_posts_delete;"
                                    "DROP TABLE postdesk_search_posts;"
                                    "DROP TABLE postdesk_search_posts_state;"
                                    "DROP VIEW postdesk_search_posts_nothing"_s;
    }
    void whatHappensToTheIndexAmidASearch()
    {
        QFETCH(const QString, event);
        Pair pair(1, 20);
        QCOMPARE(pair.with.outside(
                     u"PRAGMA journal_mode = WAL; WITH RECURSIVE i(i) AS (SELECT 100 UNION ALL "
                     "SELECT i + 1 FROM i LIMIT 20000) INSERT INTO posts SELECT i, 'Post ' || i, "
                     "'', NULL FROM i"_s),
                 0);
        pair.build();
        orm::RowQuery query{pair.table, {}, pair.matcher(u"post"_s)};
        const Reading before = read(pair.plain, query);
        QVERIFY(before.keys.size() >= 20'000); // more than the index is asked for at once
        query.filter = std::make_shared<const Interrupting>(
            query.filter, [&] { QCOMPARE(pair.with.outside(event), 0); });
        const Reading after = read(pair.plain, query);
        QVERIFY(after.restarts);
        QCOMPARE(after.keys, before.keys);
    }

    /// Found by the order of the index alone: sorting would wait for all there is.
    void hitsComeInTheOrderOfTheKeyWithoutSorting()
    {
        Pair pair(1, 200);
        pair.build();
        const auto plan = [&pair](const QString &order) {
            return pair.plain
                .run([order](orm::Connection &connection) {
                    const auto statement = connection.prepare(
                        u"EXPLAIN QUERY PLAN SELECT postdesk_search_posts.rowid, posts.title FROM "
                        "postdesk_search_posts CROSS JOIN posts ON posts.id = "
                        "postdesk_search_posts.rowid WHERE postdesk_search_posts MATCH 'abc' AND "
                        "postdesk_search_posts.rowid < 100 ORDER BY "
                        "postdesk_search_posts.rowid %1"_s.arg(order));
                    QString text;
                    while (statement->step())
                        text += statement->columnText(3) + u'\n';
                    return text;
                })
                .result();
        };
        QVERIFY(!plan(u"DESC"_s).contains(u"TEMP B-TREE"_s));
        QVERIFY(!plan(u"ASC"_s).contains(u"TEMP B-TREE"_s));
    }
};

QTEST_GUILESS_MAIN(IndexedSearchTest)
#include "tst_indexedsearch.moc"
