// SPDX-License-Identifier: MIT
#pragma once

#include "core/dialect/sqlitedialect.h"

/// As SQLite was before 3.35.
class DialectWithoutReturning final : public orm::SqliteDialect
{
public:
    bool supportsReturning() const override { return false; }
};
