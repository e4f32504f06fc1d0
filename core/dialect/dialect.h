// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/schema/table.h"

#include <memory>

class QSqlError;

namespace orm {

/// What differs between databases. @see SQLAlchemy, Dialect
class Dialect
{
public:
    Dialect() = default;
    virtual ~Dialect() = default;
    Q_DISABLE_COPY_MOVE(Dialect)

    /// The dialect of a URL's @p scheme, "sqlite"; lives as long as the program.
    /// @throws InvalidRequestError there is none
    static const Dialect &of(const QString &scheme);

    virtual QString name() const = 0; ///< "sqlite"
    virtual QString driver() const = 0; ///< Qt's: "QSQLITE"

    /// An identifier as it may stand in SQL: quoted where it must be.
    virtual QString quote(const QString &identifier) const = 0;
    /// The type as CREATE TABLE wants it: VARCHAR(255).
    virtual QString typeName(const ColumnType &type) const = 0;
    /// What stands behind a column that is an integer key whose numbers are never given again.
    virtual QString autoincrementKey() const = 0;
    /// How a value is written into DDL, e.g. after DEFAULT.
    virtual QString literal(const StoredValue &value) const = 0;
    /// " LIMIT 25 OFFSET 50", empty where neither is wanted; -1 is no limit, 0 no offset.
    virtual QString limitClause(qint64 limit, qint64 offset) const = 0;
    virtual bool supportsReturning() const = 0;
    virtual QString beginStatement() const = 0;
    /// How many values an IN list that is asked again and again takes.
    virtual int maxInList() const { return 500; }
    /// How many values an IN list takes at all, with room for what else the statement binds; beyond
    /// that arrayItems().
    virtual int mostBoundInList() const { return 30'000; }
    /// The items of a JSON array bound as one value, as a subquery.
    virtual QString arrayItems() const = 0;

    /// Throws the Error that a native code and text stand for.
    [[noreturn]] virtual void throwError(int nativeCode, const QString &text,
                                         const QString &sql) const = 0;
    /// Throws for an error that only Qt reports.
    [[noreturn]] void throwError(const QSqlError &error, const QString &sql) const;
};

} // namespace orm
