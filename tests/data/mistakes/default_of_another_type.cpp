// SPDX-License-Identifier: MIT
// expected: mapping_error::default_does_not_fit_the_member()
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
    static constexpr auto table = orm::table<Note>(
        "notes",
        {column<&Note::id>("id", primaryKey), column<&Note::stars>("stars", defaultTo("many"))});
};
