// SPDX-License-Identifier: MIT
// expected: orm: the struct is not mapped
#include "core/session/session.h"

using namespace Qt::StringLiterals;
using orm::col;

struct Note
{
    qint64 id = 0;
    QString title = {};
    int stars = 0;
};

void use(orm::Session &session)
{
    session.query<Note>().all();
}
