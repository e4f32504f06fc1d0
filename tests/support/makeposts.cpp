// SPDX-License-Identifier: MIT
#include "tests/support/makeposts.h"

#include <QByteArray>
#include <QDate>
#include <QFile>
#include <QList>

#include <cmath>
#include <random>
#include <sqlite3.h>

namespace {

constexpr int wordCount = 20'000;
constexpr unsigned draws = 1U << 20; ///< a power of two

/// Words that look like words: syllables of one script each, mostly Latin.
QList<QByteArray> makeWords(std::mt19937 &random)
{
    const QList<QList<QByteArray>> scripts{
        {"ka", "ri", "to", "men", "sol", "ver", "ing", "pra", "lo", "du", "est", "cha", "ne", "wi"},
        {"kä", "lö", "grü", "ße", "né", "ção", "ñe", "ås", "žu", "ři"},
        {"ко", "ра", "ми", "жен", "ст", "лю"},
        {"λό", "γος", "κα", "θη", "Σω"},
        {"漢", "字", "東", "京", "本", "日"},
        {"한", "국", "말", "서", "울"},
        {"क", "खा", "ति", "नम"},
        {"אב", "של", "ום"},
    };
    QList<QByteArray> words;
    for (int i = 0; i < wordCount; ++i) {
        const unsigned script = random() % 4 ? 0 : random() % unsigned(scripts.size());
        const auto &syllables = scripts.at(int(script));
        QByteArray word;
        for (unsigned n = 1 + random() % 4; n > 0; --n)
            word += syllables.at(int(random() % unsigned(syllables.size())));
        words.append(word);
    }
    return words;
}

class Writer
{
public:
    explicit Writer(unsigned seed)
        : m_random(seed)
        , m_words(makeWords(m_random))
    {
        // Once for all, as a logarithm a word would be most of the time.
        m_draws.reserve(draws);
        for (unsigned i = 0; i < draws; ++i) {
            const double u = (i + 0.5) / draws;
            m_draws.append(quint16(
                std::min(int(std::exp(u * std::log(double(wordCount)))) - 1, wordCount - 1)));
        }
    }

    /// The n-th most frequent word comes n times less often than the first.
    const QByteArray &word() { return m_words.at(m_draws.at(int(m_random() % draws))); }

    /// Until the next call.
    const QByteArray &title()
    {
        m_title.resize(0);
        for (unsigned n = 2 + m_random() % 6; n > 0; --n)
            m_title.append(word()).append(n > 1 ? " " : "");
        return m_title;
    }

    /// Until the next call.
    const QByteArray &body()
    {
        // One in a thousand is an essay.
        const unsigned count = m_random() % 1000 ? 20 + m_random() % 90 : 2000 + m_random() % 3000;
        m_body.resize(0);
        for (unsigned n = 0; n < count; ++n)
            m_body.append(word()).append(n % 40 == 39 ? "\n\n" : n % 11 == 10 ? ". " : " ");
        return m_body;
    }

    std::mt19937 &random() { return m_random; }

private:
    std::mt19937 m_random;
    QList<QByteArray> m_words;
    QList<quint16> m_draws; ///< of words
    QByteArray m_title;
    QByteArray m_body;
};

/// "2010-01-01 00:00:00", @p second after it.
QByteArray dateTime(qint64 second)
{
    constexpr qint64 daySeconds = 86'400;
    static const QDate first(2010, 1, 1);
    const QDate day = first.addDays(second / daySeconds);
    const auto time = int(second % daySeconds);
    char text[20] = "0000-00-00 00:00:00";
    const auto put = [&text](int at, int digits, int number) {
        for (int i = at + digits - 1; i >= at; --i, number /= 10)
            text[i] = char('0' + number % 10);
    };
    put(0, 4, day.year());
    put(5, 2, day.month());
    put(8, 2, day.day());
    put(11, 2, time / 3600);
    put(14, 2, time / 60 % 60);
    put(17, 2, time % 60);
    return {text, 19};
}

} // namespace

bool makePosts(const QString &file, qint64 rows, unsigned seed)
{
    QFile::remove(file);
    sqlite3 *database = nullptr;
    if (sqlite3_open(QFile::encodeName(file).constData(), &database) != SQLITE_OK)
        return false;
    const auto run = [database](const char *sql) {
        return sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    bool isGood = run(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
        "CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(255) NOT NULL,"
        " content TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);"
        "BEGIN");
    sqlite3_stmt *insert = nullptr;
    isGood = isGood
        && sqlite3_prepare_v2(database, "INSERT INTO posts VALUES (?, ?, ?, ?)", -1, &insert,
                              nullptr)
            == SQLITE_OK;
    Writer writer(seed);
    qint64 id = 0;
    for (qint64 row = 0; isGood && row < rows; ++row) {
        id += writer.random()() % 10 ? 1 : 2 + writer.random()() % 5;
        // Not in the order of the ids, so that an order by date is one of its own.
        const qint64 second = qint64(writer.random()() % 400'000'000);
        const QByteArray &title = writer.title();
        const QByteArray &body = writer.body();
        QByteArray created = dateTime(second);
        if (row % 2)
            created += ".678901";
        sqlite3_bind_int64(insert, 1, id);
        sqlite3_bind_text(insert, 2, title.constData(), int(title.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, body.constData(), int(body.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, created.constData(), int(created.size()), SQLITE_STATIC);
        isGood = sqlite3_step(insert) == SQLITE_DONE;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    isGood = isGood && run("COMMIT");
    sqlite3_close(database);
    return isGood;
}
