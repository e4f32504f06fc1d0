// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/rowfilter.h"

#include <QPair>
#include <QString>

namespace ui {

/// A filter that can also show why a row is here.
class RowSearch : public orm::RowFilter
{
public:
    /// Where @p text, which a cell of @p column shows, has what was looked for: start and length.
    virtual QList<QPair<int, int>> hits(int column, const QString &text) const = 0;
};

} // namespace ui
