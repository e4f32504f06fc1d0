// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/rowstate.h"

#include <Qt>

namespace ui {

/// Roles of RecordTableModel beyond Qt's own.
enum RecordRole {
    RowStateRole = Qt::UserRole + 1, ///< RowState of the row, as int; any column
    CellChangedRole, ///< bool: this cell has an edit that is not committed
    CellNullRole, ///< bool: the cell holds NULL (shown as a dim "(empty)")
    CellLoadedRole, ///< bool: false while the cell's page is still being fetched
    PinnedRole, ///< bool: the row no longer matches the search, but has pending edits
    MatchesRole, ///< QList<QPair<int,int>>: start and length of search hits in the display text
    SearchTextRole, ///< QString: the whole title, for find as you type
    /// For setData() alone. QString: what stands in the cell's open editor by now, of which the next
    /// one, or EditRole, makes one step; an invalid QVariant: it was dropped, and never was.
    TypingRole,
};

} // namespace ui
