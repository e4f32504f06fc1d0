// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/recordspane.h"

#include <QMap>

#include <optional>

namespace ui {

/// An order, a search and columns under a name.
struct SavedView
{
    QString name; ///< never empty
    RecordsPane::Arrangement arrangement;
};

/// Those of one database.
struct SavedViews
{
    static constexpr int count = 9; ///< Alt+1 to Alt+9

    QMap<int, SavedView> saved; ///< by the number of its key
    /// How the list of all rows was arranged when it was left for a saved view.
    std::optional<RecordsPane::Arrangement> all;
    int shown = 0; ///< the view that was chosen last; 0: all rows
};

} // namespace ui
