// SPDX-License-Identifier: MIT
// expected: mapping_error::table_without_a_name()
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
    static constexpr auto table = orm::table<Note>("", {column<&Note::id>("id", primaryKey)});
};
