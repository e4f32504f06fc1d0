// SPDX-License-Identifier: MIT
#include "tests/benchmarks/cbaseline.h"

#include <QStringEncoder>

#include <algorithm>
#include <array>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

// A row of the first baseline

struct PlainPost
{
    qint64 id = 0;
    std::optional<std::string> title;
    std::optional<std::string> content;
    std::optional<std::string> createdAt;
};

constexpr qint64 msecsPerDay = 86'400'000;

/// Length of `YYYY-MM-DD HH:MM:SS.ffffff`.
constexpr size_t dateTimeLength = 26;

/// @see Howard Hinnant, chrono-Compatible Low-Level Date Algorithms: days_from_civil
qint64 daysFromCivil(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;
    const int yearOfEra = y - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return qint64(era) * 146'097 + dayOfEra - 719'468;
}

int number(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i)
        value = value * 10 + (digits[i] - '0');
    return value;
}

QDateTime parseDateTime(const char *text, int size)
{
    if (size != dateTimeLength)
        return {};
    const qint64 days = daysFromCivil(number(text, 4), number(text + 5, 2), number(text + 8, 2));
    const int seconds
        = (number(text + 11, 2) * 60 + number(text + 14, 2)) * 60 + number(text + 17, 2);
    return QDateTime::fromMSecsSinceEpoch(
        days * msecsPerDay + qint64(seconds) * 1000 + number(text + 20, 3), Qt::UTC);
}

void writeNumber(char *to, int value, int width)
{
    for (int i = width - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

void writeDateTime(std::array<char, dateTimeLength> &text, const QDateTime &dateTime)
{
    qint64 msecs = dateTime.toMSecsSinceEpoch();
    qint64 days = msecs / msecsPerDay;
    msecs %= msecsPerDay;
    if (msecs < 0) {
        msecs += msecsPerDay;
        --days;
    }
    // civil_from_days, the same paper
    days += 719'468;
    const qint64 era = (days >= 0 ? days : days - 146'096) / 146'097;
    const int dayOfEra = static_cast<int>(days - era * 146'097);
    const int yearOfEra
        = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shifted = (5 * dayOfYear + 2) / 153;
    const int month = shifted + (shifted < 10 ? 3 : -9);
    const int year = static_cast<int>(yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    const int inDay = static_cast<int>(msecs);

    text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', ' ', '0', '0',
            ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', '0', '0', '0'};
    writeNumber(text.data(), year, 4);
    writeNumber(text.data() + 5, month, 2);
    writeNumber(text.data() + 8, dayOfYear - (153 * shifted + 2) / 5 + 1, 2);
    writeNumber(text.data() + 11, inDay / 3'600'000, 2);
    writeNumber(text.data() + 14, inDay / 60'000 % 60, 2);
    writeNumber(text.data() + 17, inDay / 1000 % 60, 2);
    writeNumber(text.data() + 20, inDay % 1000, 3);
}

// What differs between the two baselines: how a row is bound and read

/// Texts are bound as they lie in the row, which outlives the step.
class PlainBinder
{
public:
    using Row = PlainPost;
    using Text = std::string;

    static constexpr const char *name = "C";

    static Row fromPost(const Post &post)
    {
        std::array<char, dateTimeLength> date{};
        writeDateTime(date, *post.createdAt);
        return {post.id, post.title->toStdString(), post.content->toStdString(),
                std::string(date.data(), date.size())};
    }
    static Text fromTitle(const QString &title) { return title.toStdString(); }

    static int bindText(sqlite3_stmt *statement, int index, const std::optional<Text> &text)
    {
        if (!text)
            return sqlite3_bind_null(statement, index);
        return sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()),
                                 SQLITE_STATIC);
    }
    static int bindTitle(sqlite3_stmt *statement, int index, const std::optional<Text> &text)
    {
        return bindText(statement, index, text);
    }
    static void bind(sqlite3_stmt *statement, const Row &row)
    {
        bindText(statement, 1, row.title);
        bindText(statement, 2, row.content);
        bindText(statement, 3, row.createdAt);
    }

    static void readText(sqlite3_stmt *statement, int column, std::optional<Text> &text)
    {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        if (!bytes) {
            text.reset();
            return;
        }
        const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
        if (text)
            text->assign(bytes, size); // keeps its memory
        else
            text.emplace(bytes, size);
    }
    static void read(sqlite3_stmt *statement, Row &row)
    {
        row.id = sqlite3_column_int64(statement, 0);
        readText(statement, 1, row.title);
        readText(statement, 2, row.content);
        readText(statement, 3, row.createdAt);
    }
    static qint64 firstCharacter(const Row &row) { return row.content->front(); }
    static qint64 letters(const Text &text) { return static_cast<qint64>(text.size()); } // ASCII
};

/// Texts are encoded into buffers, one a parameter, which outlive the step.
class QtBinder
{
public:
    using Row = Post;
    using Text = QString;

    static constexpr const char *name = "C+Qt";

    static Row fromPost(const Post &post) { return post; }
    static Text fromTitle(const QString &title) { return title; }

    int bindText(sqlite3_stmt *statement, int index, const std::optional<Text> &text,
                 std::string &buffer)
    {
        if (!text)
            return sqlite3_bind_null(statement, index);
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
        const auto space = static_cast<size_t>(encoder.requiredSpace(text->size()));
        if (buffer.size() < space)
            buffer.resize(space);
        const char *end = encoder.appendToBuffer(buffer.data(), *text);
        return sqlite3_bind_text(statement, index, buffer.data(),
                                 static_cast<int>(end - buffer.data()), SQLITE_STATIC);
    }
    int bindTitle(sqlite3_stmt *statement, int index, const std::optional<Text> &text)
    {
        return bindText(statement, index, text, m_title);
    }
    void bind(sqlite3_stmt *statement, const Row &row)
    {
        bindText(statement, 1, row.title, m_title);
        bindText(statement, 2, row.content, m_content);
        if (row.createdAt) {
            writeDateTime(m_createdAt, *row.createdAt);
            sqlite3_bind_text(statement, 3, m_createdAt.data(), dateTimeLength, SQLITE_STATIC);
        } else {
            sqlite3_bind_null(statement, 3);
        }
    }

    static void readText(sqlite3_stmt *statement, int column, std::optional<Text> &text)
    {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        if (bytes)
            text = QString::fromUtf8(bytes, sqlite3_column_bytes(statement, column));
        else
            text.reset();
    }
    static void read(sqlite3_stmt *statement, Row &row)
    {
        row.id = sqlite3_column_int64(statement, 0);
        readText(statement, 1, row.title);
        readText(statement, 2, row.content);
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, 3));
        if (bytes)
            row.createdAt = parseDateTime(bytes, sqlite3_column_bytes(statement, 3));
        else
            row.createdAt.reset();
    }
    static qint64 firstCharacter(const Row &row) { return row.content->front().unicode(); }
    static qint64 letters(const Text &text) { return text.size(); }

private:
    std::string m_title;
    std::string m_content;
    std::array<char, dateTimeLength> m_createdAt{};
};

struct CloseDatabase
{
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
};
struct FinalizeStatement
{
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

template<typename Binder>
class Baseline final : public Arm
{
public:
    using Row = typename Binder::Row;
    using Text = typename Binder::Text;

    QString name() const override { return QString::fromLatin1(Binder::name); }

    void open(const QString &file) override
    {
        sqlite3 *database = nullptr;
        // NOMUTEX: one thread, as Qt opens its own
        const int code = sqlite3_open_v2(
            file.isEmpty() ? ":memory:" : file.toUtf8().constData(), &database,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
        m_database.reset(database);
        check(code);
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA foreign_keys = ON");
        execute("PRAGMA synchronous = NORMAL");
        execute("PRAGMA temp_store = FILE");
        execute("CREATE TABLE posts (id INTEGER NOT NULL, title VARCHAR(255), content TEXT, "
                "created_at DATETIME, PRIMARY KEY (id))");
        execute("CREATE TABLE people (id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, PRIMARY KEY "
                "(id))");
        execute("CREATE TABLE letters (id INTEGER NOT NULL, person_id INTEGER, text TEXT NOT NULL, "
                "PRIMARY KEY (id), FOREIGN KEY(person_id) REFERENCES people (id))");
        execute("CREATE INDEX ix_letters_person_id ON letters (person_id)");
        m_insertPerson = prepare("INSERT INTO people (name) VALUES (?)");
        m_insertLetter = prepare("INSERT INTO letters (person_id, text) VALUES (?, ?)");
        m_begin = prepare("BEGIN IMMEDIATE");
        m_commit = prepare("COMMIT");
        m_insert = prepare("INSERT INTO posts (title, content, created_at) VALUES (?, ?, ?) "
                           "RETURNING id");
        m_insertOnly = prepare("INSERT INTO posts (title, content, created_at) VALUES (?, ?, ?)");
        m_selectAll = prepare("SELECT id, title, content, created_at FROM posts");
        m_select = prepare("SELECT id, title, content, created_at FROM posts WHERE id=?");
        m_update = prepare("UPDATE posts SET title=? WHERE id=?");
        m_delete = prepare("DELETE FROM posts WHERE id=?");
    }
    void close() override
    {
        for (Statement *statement :
             {&m_begin, &m_commit, &m_insert, &m_insertOnly, &m_selectAll, &m_select, &m_update,
              &m_delete, &m_insertPerson, &m_insertLetter})
            statement->reset();
        m_database.reset();
    }
    void fill(qint64 count) override
    {
        execute("DELETE FROM posts");
        Stopwatch unused(Storage::Memory);
        insert(count, unused);
    }

    qint64 insert(qint64 count, Stopwatch &watch) override
    {
        return insertAll(count, watch, [this](Row &row) { insertRow(row); });
    }
    qint64 insertByRowid(qint64 count, Stopwatch &watch) override
    {
        return insertAll(count, watch, [this](Row &row) {
            m_binder.bind(m_insertOnly.get(), row);
            run(m_insertOnly);
            row.id = sqlite3_last_insert_rowid(m_database.get());
        });
    }
    template<typename InsertOne>
    qint64 insertAll(qint64 count, Stopwatch &watch, const InsertOne &insertOne)
    {
        std::vector<Row> rows = makeRows(count);
        watch.start();
        run(m_begin);
        for (Row &row : rows)
            insertOne(row);
        run(m_commit);
        qint64 sum = 0;
        for (const Row &row : rows)
            sum += row.id;
        watch.stop();
        return sum;
    }
    qint64 readKept(Stopwatch &watch, size_t &bytes) override
    {
        const size_t before = heapBytes();
        watch.start();
        const std::vector<Row> rows = load(-1);
        watch.stop();
        bytes = heapBytes() - before;
        return sumOf(rows);
    }
    qint64 readStreamed(Stopwatch &watch) override
    {
        qint64 sum = 0;
        watch.start();
        Row row;
        while (step(m_selectAll)) {
            Binder::read(m_selectAll.get(), row);
            sum += row.id + Binder::firstCharacter(row);
        }
        sqlite3_reset(m_selectAll.get());
        watch.stop();
        return sum;
    }
    qint64 get(const std::vector<qint64> &ids, Stopwatch &watch) override
    {
        qint64 sum = 0;
        watch.start();
        Row row;
        for (const qint64 id : ids) {
            sqlite3_bind_int64(m_select.get(), 1, id);
            if (step(m_select)) {
                Binder::read(m_select.get(), row);
                sum += row.id + Binder::firstCharacter(row);
            }
            sqlite3_reset(m_select.get());
        }
        watch.stop();
        return sum;
    }
    qint64 update(qint64 count, int round, Stopwatch &watch) override
    {
        std::vector<Row> rows = load(count);
        std::vector<Text> titles;
        for (qint64 i = 1; i <= count; ++i)
            titles.push_back(Binder::fromTitle(makeTitle(i, round)));
        qint64 changed = 0;
        watch.start();
        run(m_begin);
        for (size_t i = 0; i < rows.size(); ++i) {
            rows[i].title = titles[i];
            m_binder.bindTitle(m_update.get(), 1, rows[i].title);
            sqlite3_bind_int64(m_update.get(), 2, rows[i].id);
            run(m_update);
            changed += sqlite3_changes(m_database.get());
        }
        run(m_commit);
        watch.stop();
        return changed;
    }
    qint64 remove(qint64 count, Stopwatch &watch) override
    {
        const std::vector<Row> rows = load(count);
        qint64 changed = 0;
        watch.start();
        run(m_begin);
        for (const Row &row : rows) {
            sqlite3_bind_int64(m_delete.get(), 1, row.id);
            run(m_delete);
            changed += sqlite3_changes(m_database.get());
        }
        run(m_commit);
        watch.stop();
        return changed;
    }
    qint64 commitEach(qint64 count, Stopwatch &watch) override
    {
        std::vector<Row> rows = makeRows(count);
        qint64 sum = 0;
        watch.start();
        for (Row &row : rows) {
            run(m_begin);
            insertRow(row);
            run(m_commit);
            sum += row.id;
        }
        watch.stop();
        return sum;
    }

    void fillPeople(qint64 count, qint64 each) override
    {
        Stopwatch unused(Storage::Memory);
        insertPeople(count, each, unused);
    }
    qint64 readPeople(Along along, Stopwatch &watch) override
    {
        watch.start();
        const std::vector<Person> people = along == Along::Joined ? readJoined() : readSelectIn();
        watch.stop();
        qint64 sum = 0;
        for (const Person &person : people) {
            for (const Letter &letter : person.letters)
                sum += letter.id + Binder::letters(*letter.text);
        }
        return sum;
    }
    qint64 insertPeople(qint64 count, qint64 each, Stopwatch &watch) override
    {
        std::vector<Person> people;
        for (qint64 i = 1; i <= count; ++i) {
            Person &person = people.emplace_back();
            person.name = Binder::fromTitle(makeName(i));
            for (qint64 j = 1; j <= each; ++j)
                person.letters.emplace_back().text = Binder::fromTitle(makeLetter(j));
        }
        watch.start();
        run(m_begin);
        for (Person &person : people) {
            m_binder.bindTitle(m_insertPerson.get(), 1, person.name);
            run(m_insertPerson);
            person.id = sqlite3_last_insert_rowid(m_database.get());
        }
        for (Person &person : people) {
            for (Letter &letter : person.letters) {
                letter.personId = person.id;
                sqlite3_bind_int64(m_insertLetter.get(), 1, letter.personId);
                m_binder.bindTitle(m_insertLetter.get(), 2, letter.text);
                run(m_insertLetter);
                letter.id = sqlite3_last_insert_rowid(m_database.get());
            }
        }
        run(m_commit);
        watch.stop();
        qint64 sum = 0;
        for (const Person &person : people) {
            for (const Letter &letter : person.letters)
                sum += person.id + letter.id + letter.personId;
        }
        return sum;
    }

private:
    struct Letter
    {
        qint64 id = 0;
        qint64 personId = 0;
        std::optional<Text> text;
    };
    struct Person
    {
        qint64 id = 0;
        std::optional<Text> name;
        std::vector<Letter> letters;
    };

    /// All people, and then the letters of 500 at a time.
    std::vector<Person> readSelectIn()
    {
        std::vector<Person> people;
        std::unordered_map<qint64, size_t> places;
        const Statement all = prepare("SELECT id, name FROM people");
        while (step(all)) {
            Person &person = people.emplace_back();
            person.id = sqlite3_column_int64(all.get(), 0);
            Binder::readText(all.get(), 1, person.name);
            places.emplace(person.id, people.size() - 1);
        }
        constexpr size_t chunk = 500;
        Statement letters;
        size_t bound = 0;
        for (size_t begin = 0; begin < people.size(); begin += chunk) {
            const size_t count = std::min(chunk, people.size() - begin);
            if (count != bound) {
                std::string sql = "SELECT id, person_id, text FROM letters WHERE person_id IN (?";
                for (size_t i = 1; i < count; ++i)
                    sql += ", ?";
                letters = prepare((sql + ")").c_str());
                bound = count;
            }
            for (size_t i = 0; i < count; ++i)
                sqlite3_bind_int64(letters.get(), static_cast<int>(i) + 1, people[begin + i].id);
            while (step(letters)) {
                Letter letter;
                readLetter(letters, 0, letter);
                people[places.at(letter.personId)].letters.push_back(std::move(letter));
            }
            sqlite3_reset(letters.get());
        }
        return people;
    }
    std::vector<Person> readJoined()
    {
        std::vector<Person> people;
        std::unordered_map<qint64, size_t> places;
        const Statement all
            = prepare("SELECT people.id, people.name, l.id, l.person_id, l.text FROM people LEFT "
                      "OUTER JOIN letters AS l ON l.person_id = people.id");
        while (step(all)) {
            const qint64 id = sqlite3_column_int64(all.get(), 0);
            const auto [place, isNew] = places.emplace(id, people.size());
            if (isNew) {
                Person &person = people.emplace_back();
                person.id = id;
                Binder::readText(all.get(), 1, person.name);
            }
            if (sqlite3_column_type(all.get(), 2) != SQLITE_NULL)
                readLetter(all, 2, people[place->second].letters.emplace_back());
        }
        return people;
    }
    static void readLetter(const Statement &statement, int first, Letter &letter)
    {
        letter.id = sqlite3_column_int64(statement.get(), first);
        letter.personId = sqlite3_column_int64(statement.get(), first + 1);
        Binder::readText(statement.get(), first + 2, letter.text);
    }

    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
            throw std::runtime_error(sqlite3_errmsg(m_database.get()));
    }
    void execute(const char *sql)
    {
        check(sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr));
    }
    Statement prepare(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        check(sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                                 nullptr));
        return Statement(statement);
    }
    bool step(const Statement &statement)
    {
        const int code = sqlite3_step(statement.get());
        check(code);
        return code == SQLITE_ROW;
    }
    void run(const Statement &statement)
    {
        step(statement);
        sqlite3_reset(statement.get());
    }
    void insertRow(Row &row)
    {
        m_binder.bind(m_insert.get(), row);
        if (step(m_insert))
            row.id = sqlite3_column_int64(m_insert.get(), 0);
        sqlite3_reset(m_insert.get());
    }
    static std::vector<Row> makeRows(qint64 count)
    {
        std::vector<Row> rows;
        rows.reserve(static_cast<size_t>(count));
        for (qint64 i = 1; i <= count; ++i)
            rows.push_back(Binder::fromPost(makePost(i)));
        return rows;
    }
    /// The first @p count rows, or all.
    std::vector<Row> load(qint64 count)
    {
        std::vector<Row> rows;
        while (std::ssize(rows) != count && step(m_selectAll))
            Binder::read(m_selectAll.get(), rows.emplace_back());
        sqlite3_reset(m_selectAll.get());
        return rows;
    }
    static qint64 sumOf(const std::vector<Row> &rows)
    {
        qint64 sum = 0;
        for (const Row &row : rows)
            sum += row.id + Binder::firstCharacter(row);
        return sum;
    }

    Database m_database;
    Statement m_begin;
    Statement m_commit;
    Statement m_insert;
    Statement m_insertOnly;
    Statement m_selectAll;
    Statement m_select;
    Statement m_update;
    Statement m_delete;
    Statement m_insertPerson;
    Statement m_insertLetter;
    Binder m_binder;
};

} // namespace

std::unique_ptr<Arm> plainBaseline()
{
    return std::make_unique<Baseline<PlainBinder>>();
}

std::unique_ptr<Arm> qtBaseline()
{
    return std::make_unique<Baseline<QtBinder>>();
}

} // namespace bench
