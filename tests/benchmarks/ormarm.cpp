// SPDX-License-Identifier: MIT
#include "tests/benchmarks/ormarm.h"

#include "core/mapping/metadata.h"
#include "core/mapping/pooled.h"
#include "core/session/query.h"

using namespace Qt::StringLiterals;

namespace bench {

struct Letter;

struct Person
{
    qint64 id = 0;
    QString name = {};
    orm::ToMany<Letter> letters = {};
};

struct Letter
{
    qint64 id = 0;
    std::optional<qint64> personId = {};
    QString text = {};
};

} // namespace bench

template<>
struct orm::Mapping<bench::Person>
{
    static constexpr auto table
        = orm::table<bench::Person>("people",
                                    {column<&bench::Person::id>("id", primaryKey),
                                     column<&bench::Person::name>("name", String{80})});
    static constexpr auto relationships = orm::relationships<bench::Person>(
        {oneToMany<&bench::Person::letters, &bench::Letter::personId>()});
};

template<>
struct orm::Mapping<bench::Letter>
{
    static constexpr auto table = orm::table<bench::Letter>(
        "letters",
        {column<&bench::Letter::id>("id", primaryKey),
         column<&bench::Letter::personId>("person_id", references("people(id)"),
                                          indexed("ix_letters_person_id")),
         column<&bench::Letter::text>("text", Text)});
};

template<>
struct orm::Mapping<bench::Post>
{
    using Post = bench::Post;

    static constexpr auto table = orm::table<Post>(
        "posts",
        {column<&Post::id>("id", primaryKey), column<&Post::title>("title", String{255}),
         column<&Post::content>("content", Text),
         column<&Post::createdAt>("created_at", defaultTo(currentTimestamp()))});
};

namespace bench {

namespace {

std::vector<Post> makePosts(qint64 count)
{
    std::vector<Post> posts;
    posts.reserve(static_cast<size_t>(count));
    for (qint64 i = 1; i <= count; ++i)
        posts.push_back(makePost(i));
    return posts;
}

/// What objects and values take, without what the pool keeps for those to come.
size_t usedBytes()
{
    return heapBytes() - orm::pool::keptBytes();
}

qint64 valueOf(const Post &post)
{
    return post.id + post.content->front().unicode();
}

} // namespace

QString OrmArm::name() const
{
    return u"Postdesk"_s;
}

void OrmArm::open(const QString &file)
{
    const auto engine
        = orm::Engine::create(u"sqlite:///"_s + (file.isEmpty() ? u":memory:"_s : file));
    m_session.emplace(engine);
    orm::Connection &connection = m_session->connection();
    connection.execute(u"PRAGMA synchronous = NORMAL"_s); // the other pragmas are the core's own
    orm::MetaData meta;
    meta.add<Post>();
    meta.add<Person>();
    meta.add<Letter>();
    meta.createAll(connection);
}

void OrmArm::close()
{
    m_session.reset();
}

void OrmArm::fill(qint64 count)
{
    m_session->connection().execute(u"DELETE FROM posts"_s);
    Stopwatch unused(Storage::Memory);
    insert(count, unused);
}

qint64 OrmArm::insert(qint64 count, Stopwatch &watch)
{
    std::vector<Post> posts = makePosts(count);
    watch.start();
    const auto refs = m_session->addAll(std::move(posts));
    m_session->flush();
    qint64 sum = 0;
    for (const auto &post : refs)
        sum += post.read().id;
    m_session->commit();
    watch.stop();
    return sum;
}

qint64 OrmArm::readKept(Stopwatch &watch, size_t &bytes)
{
    const size_t before = usedBytes();
    watch.start();
    const auto refs = m_session->query<Post>().all();
    watch.stop();
    bytes = usedBytes() - before;
    qint64 sum = 0;
    for (const auto &post : refs)
        sum += valueOf(post.read());
    return sum;
}

qint64 OrmArm::readStreamed(Stopwatch &watch)
{
    qint64 sum = 0;
    watch.start();
    for (const auto &post : m_session->query<Post>().yieldPer(256))
        sum += valueOf(post.read());
    watch.stop();
    return sum;
}

qint64 OrmArm::get(const std::vector<qint64> &ids, Stopwatch &watch)
{
    qint64 sum = 0;
    watch.start();
    for (const qint64 id : ids) {
        if (const auto post = m_session->get<Post>(id))
            sum += valueOf(post.read());
    }
    watch.stop();
    return sum;
}

qint64 OrmArm::update(qint64 count, int round, Stopwatch &watch)
{
    const auto refs = m_session->query<Post>().limit(count).all();
    std::vector<QString> titles;
    for (qint64 i = 1; i <= count; ++i)
        titles.push_back(makeTitle(i, round));
    watch.start();
    for (qsizetype i = 0; i < refs.size(); ++i)
        refs[i]->title = titles[static_cast<size_t>(i)];
    m_session->commit();
    watch.stop();
    return refs.size(); // a row that wasn't there would have been a StaleDataError
}

qint64 OrmArm::remove(qint64 count, Stopwatch &watch)
{
    const auto refs = m_session->query<Post>().limit(count).all();
    watch.start();
    for (const auto &post : refs)
        m_session->remove(post);
    m_session->commit();
    watch.stop();
    return refs.size();
}

qint64 OrmArm::commitEach(qint64 count, Stopwatch &watch)
{
    std::vector<Post> posts = makePosts(count);
    qint64 sum = 0;
    watch.start();
    for (Post &value : posts) {
        const auto post = m_session->add(std::move(value));
        m_session->flush();
        sum += post.read().id;
        m_session->commit();
    }
    watch.stop();
    return sum;
}

void OrmArm::fillPeople(qint64 count, qint64 each)
{
    Stopwatch unused(Storage::Memory);
    insertPeople(count, each, unused);
    m_session->expungeAll();
}

qint64 OrmArm::readPeople(Along along, Stopwatch &watch)
{
    watch.start();
    const auto people = m_session->query<Person>()
                            .load(along == Along::Joined ? orm::joined<&Person::letters>()
                                                         : orm::selectIn<&Person::letters>())
                            .all();
    watch.stop();
    qint64 sum = 0;
    for (const auto &person : people) {
        for (const auto &letter : person.read().letters)
            sum += letter.read().id + letter.read().text.size();
    }
    return sum;
}

qint64 OrmArm::insertPeople(qint64 count, qint64 each, Stopwatch &watch)
{
    std::vector<Person> people;
    std::vector<Letter> letters;
    for (qint64 i = 1; i <= count; ++i) {
        people.push_back({.name = makeName(i)});
        for (qint64 j = 1; j <= each; ++j)
            letters.push_back({.text = makeLetter(j)});
    }
    QList<orm::Ref<Person>> refs;
    watch.start();
    auto letter = letters.begin();
    for (Person &value : people) {
        const auto person = m_session->add(std::move(value));
        for (qint64 j = 0; j < each; ++j)
            person->letters.append(orm::make(std::move(*letter++)));
        refs.append(person);
    }
    m_session->flush();
    watch.stop();
    qint64 sum = 0;
    for (const auto &person : std::as_const(refs)) {
        for (const auto &written : person.read().letters)
            sum += person.read().id + written.read().id + *written.read().personId;
    }
    watch.start();
    m_session->commit();
    watch.stop();
    return sum;
}

void OrmArm::flushUntouched(qint64 count, Stopwatch &load, Stopwatch &flush)
{
    load.start();
    const auto refs = m_session->query<Post>().limit(count).all();
    load.stop();
    flush.start();
    m_session->flush();
    flush.stop();
}

} // namespace bench
