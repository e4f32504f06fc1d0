// SPDX-License-Identifier: MIT
// expected: mapping_error::member_of_another_class()
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

struct Other
{
    qint64 id = 0;
};

template<>
struct orm::Mapping<Note>
{
    static constexpr auto table = orm::table<Note>("notes", {column<&Other::id>("id", primaryKey)});
};
