// SPDX-License-Identifier: MIT

// Built as a release: who uses an object outside its thread is told so there, too.
#include "core/mapping/metadata.h"
#include "core/session/session.h"

#include <cstdio>
#include <functional>
#include <thread>

#if !defined(NDEBUG) || !defined(QT_NO_DEBUG)
#error "this is to be a release build"
#endif

struct Bird
{
    qint64 id = 0;
    QString name = {};
};

template<>
struct orm::Mapping<Bird>
{
    static constexpr auto table = orm::table<Bird>(
        "birds", {column<&Bird::id>("id", primaryKey), column<&Bird::name>("name", Text)});
};

int main()
{
    const auto engine = orm::Engine::create(QStringLiteral("sqlite:///:memory:"));
    orm::MetaData meta;
    meta.add<Bird>();
    meta.createAll(engine);

    orm::Session session(engine);
    const auto bird = session.add(Bird{.name = QStringLiteral("swift")});
    session.commit();

    int refused = 0;
    std::thread([&] {
        const std::function<void()> calls[] = {
            [&] { bird.read(); },
            [&] { bird->name.clear(); },
            [&] { bird.value(0); },
            [&] { session.get<Bird>(1); },
            [&] { session.query<Bird>().all(); },
            [&] { session.add(Bird{}); },
            [&] { session.commit(); },
            [&] { session.rollback(); },
            [&] { session.connection(); },
        };
        for (const auto &call : calls) {
            try {
                call();
            } catch (const orm::WrongThreadError &) {
                ++refused;
            }
        }
    }).join();
    orm::Connection &connection = session.connection();
    std::thread([&] {
        try {
            connection.execute(QStringLiteral("DELETE FROM birds"));
        } catch (const orm::WrongThreadError &) {
            ++refused;
        }
    }).join();
    std::printf("%d refused, %s\n", refused, qPrintable(bird.read().name));
    return 0;
}
