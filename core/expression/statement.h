// SPDX-License-Identifier: MIT
#pragma once

#include "core/expression/expression.h"

#include <QStringList>

namespace orm {

/// One column of an ORDER BY.
struct OrderTerm
{
    Expression expression;
    Qt::SortOrder order = Qt::AscendingOrder;
};

/// Another table of a SELECT.
struct Join
{
    enum class Kind { Inner, LeftOuter };

    QString table;
    QString alias; ///< empty: the table's own name
    Kind kind = Kind::Inner;
    Expression on;
};

/// SELECT as a value.
struct Select
{
    QString table;
    QList<Join> joins; ///< with them columns are written with their tables
    Expression source; ///< SQL whose rows are read instead of the table's
    QList<Expression> columns;
    Expression where;
    QList<Expression> groupBy;
    Expression having;
    QList<OrderTerm> orderBy;
    bool isDistinct = false;
    qint64 limit = -1; ///< -1: no limit
    qint64 offset = 0;
};

/// One column = expression of an INSERT or UPDATE.
struct ColumnValue
{
    QString column;
    Expression value;
};

/// INSERT of one row as a value.
struct Insert
{
    QString table;
    QList<ColumnValue> values; ///< empty: DEFAULT VALUES
    /// Where a row has these columns already: @a update is done to it instead; nothing if that is
    /// empty. @see SQLAlchemy, Insert.on_conflict_do_update
    QStringList conflict;
    QStringList update;
    QStringList counted; ///< columns that are then raised by one
    QStringList returning;
};

/// UPDATE of all rows that meet a condition, as a value.
struct Update
{
    QString table;
    QList<ColumnValue> values;
    Expression where;
    QStringList returning;
};

/// DELETE of all rows that meet a condition, as a value.
struct Delete
{
    QString table;
    Expression where;
    QStringList returning;
};

} // namespace orm
