// SPDX-License-Identifier: MIT
#pragma once

#include "core/expression/statement.h"

namespace orm {

class Dialect;

/// SQL text with a `?` for each value.
struct CompiledStatement
{
    QString sql;
    QList<StoredValue> values;
};

// Identifiers are quoted where they need it and every value is bound.

CompiledStatement compile(const Select &select, const Dialect &dialect);
CompiledStatement compile(const Insert &insert, const Dialect &dialect);
CompiledStatement compile(const Update &update, const Dialect &dialect);
CompiledStatement compile(const Delete &remove, const Dialect &dialect);
/// SELECT count(*) over what @p select would return.
CompiledStatement compileCount(const Select &select, const Dialect &dialect);
/// SELECT EXISTS (…): 1 or 0.
CompiledStatement compileExists(const Select &select, const Dialect &dialect);
/// An expression alone, e.g. after WHERE; values are appended to @p values.
QString compile(const Expression &expression, const Dialect &dialect, QList<StoredValue> &values);

} // namespace orm
