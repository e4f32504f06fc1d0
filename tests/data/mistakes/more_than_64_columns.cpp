// SPDX-License-Identifier: MIT
// expected: orm: a mapping has 64 columns at most
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

#define EIGHT(X, n) X(n##0) X(n##1) X(n##2) X(n##3) X(n##4) X(n##5) X(n##6) X(n##7)
#define SIXTY_FOUR(X)                                                                              \
    EIGHT(X, a) EIGHT(X, b) EIGHT(X, c) EIGHT(X, d) EIGHT(X, e) EIGHT(X, f) EIGHT(X, g) EIGHT(X, h)
#define MEMBER(name) int name = 0;
#define COLUMN(name) , column<&Wide::name>(#name)

struct Wide
{
    qint64 id = 0;
    SIXTY_FOUR(MEMBER)
};

template<>
struct orm::Mapping<Wide>
{
    static constexpr auto table
        = orm::table<Wide>("wide", {column<&Wide::id>("id", primaryKey) SIXTY_FOUR(COLUMN)});
};
