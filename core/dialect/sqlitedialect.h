// SPDX-License-Identifier: MIT
#pragma once

#include "core/dialect/dialect.h"

namespace orm {

/// SQLite 3.30 and later; without RETURNING before 3.35.
class SqliteDialect : public Dialect
{
public:
    using Dialect::throwError;

    QString name() const override;
    QString driver() const override;
    QString quote(const QString &identifier) const override;
    QString typeName(const ColumnType &type) const override;
    QString autoincrementKey() const override;
    QString literal(const StoredValue &value) const override;
    QString limitClause(qint64 limit, qint64 offset) const override;
    QString arrayItems() const override;
    bool supportsReturning() const override;
    /// BEGIN IMMEDIATE: a write transaction at once, so two programs on one file can't deadlock.
    QString beginStatement() const override;
    [[noreturn]] void throwError(int nativeCode, const QString &text,
                                 const QString &sql) const override;
};

} // namespace orm
