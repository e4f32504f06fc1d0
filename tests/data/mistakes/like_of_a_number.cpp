// SPDX-License-Identifier: MIT
// expected: orm: like() is for columns of text
#include "core/session/session.h"

using namespace Qt::StringLiterals;
using orm::col;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

template<>
struct orm::Mapping<Note>
{
    static constexpr auto table = orm::table<Note>("notes",
                                                   {column<&Note::id>("id", primaryKey),
                                                    column<&Note::title>("title", String{80}),
                                                    column<&Note::stars>("stars")});
};

void use(orm::Session &session)
{
    session.query<Note>().where(col<&Note::stars>.like(u"%"_s));
}
