// SPDX-License-Identifier: MIT
#include "core/dialect/dialect.h"

#include "core/dialect/sqlitedialect.h"

#include <QSqlError>

using namespace Qt::StringLiterals;

namespace orm {

const Dialect &Dialect::of(const QString &scheme)
{
    static const SqliteDialect sqlite;
    if (scheme == sqlite.name())
        return sqlite;
    throw InvalidRequestError(u"There is no dialect for the database scheme '%1'"_s.arg(scheme));
}

void Dialect::throwError(const QSqlError &error, const QString &sql) const
{
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    if (!isNumber && error.type() == QSqlError::StatementError) { // e.g. too few values are bound
        ProgrammingError wrong(error.driverText());
        wrong.setStatement(sql, 0);
        throw wrong;
    }
    throwError(isNumber ? code : -1, error.databaseText(), sql);
    Q_UNREACHABLE(); // GCC 12 forgets [[noreturn]] on virtual calls
}

} // namespace orm
