// SPDX-License-Identifier: MIT
// expected: orm: the struct is not mapped
#include "core/mapping/membercolumn.h"

using namespace Qt::StringLiterals;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

#include "core/mapping/metadata.h"

void use(orm::MetaData &meta)
{
    meta.add<Note>();
}
