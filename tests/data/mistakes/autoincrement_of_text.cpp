// SPDX-License-Identifier: MIT
// expected: mapping_error::autoincrement_wants_one_integer_key()
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

template<>
struct orm::Mapping<Note>
{
    static constexpr auto table
        = orm::table<Note>("notes",
                           {column<&Note::id>("id", primaryKey),
                            column<&Note::title>("title", primaryKey, autoincrement)});
};
