// SPDX-License-Identifier: MIT
#include "core/mapping/metadata.h"
#include "core/session/session.h"

#include <cstdio>

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
    session.add(Bird{.name = QStringLiteral("swift")});
    session.commit();
    for (const auto &bird : session.query<Bird>().all())
        std::printf("%d %s\n", static_cast<int>(bird.read().id), qPrintable(bird.read().name));
    return 0;
}
