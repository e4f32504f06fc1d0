// SPDX-License-Identifier: MIT
// expected: orm: a member of this type can't be stored
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

struct List
{
    qint64 id = 0;
    std::vector<int> numbers = {};
};

template<>
struct orm::Mapping<List>
{
    static constexpr auto table = orm::table<List>(
        "lists", {column<&List::id>("id", primaryKey), column<&List::numbers>("numbers")});
};
