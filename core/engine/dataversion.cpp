// SPDX-License-Identifier: MIT
#include "core/engine/dataversion.h"

#include "core/engine/connection.h"

using namespace Qt::StringLiterals;

namespace orm {

qint64 dataVersion(Connection &connection)
{
    if (!connection.url().isSqlite())
        return 0;
    return connection.scalar(u"PRAGMA data_version"_s).toInteger();
}

} // namespace orm
