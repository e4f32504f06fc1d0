// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/journalfile.h"

namespace orm {
class Session;
}

namespace ui {

/// What the database says about what a journal holds.
struct JournalLookup
{
    enum class Prepared { Unknown, Committed, RolledBack };
    enum class Found {
        Same, ///< the row that it was, edited by others or not
        Gone,
        Other, ///< another row has its key
    };

    Prepared prepared = Prepared::Unknown;
    QHash<orm::Key, Found> rows; ///< Same where it isn't in
};

/// Looks up the save that was prepared, by orm::settle(), and each stored row, by isSameRow(). For a
/// task of the SessionWorker.
JournalLookup lookUpRows(orm::Session &session, const orm::Table &table,
                         const JournalContents &contents);

} // namespace ui
