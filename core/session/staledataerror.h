// SPDX-License-Identifier: MIT
#pragma once

#include "core/error.h"
#include "core/mapping/record.h"

namespace orm {

/// One column of a row that somebody else has changed.
struct StaleColumn
{
    QString column;
    StoredValue original; ///< as it was loaded
    StoredValue mine; ///< as it was to be written
    StoredValue current; ///< as it is stored now; NULL if the row is gone
};

/// A row is not any more as it was read. Nothing was written.
/// @see SQLAlchemy, orm.exc.StaleDataError; Fowler, Optimistic Offline Lock
class StaleDataError final : public Error
{
public:
    explicit StaleDataError(const QString &message);

    QString table;
    Key key;
    bool isRowGone = false;
    QList<StaleColumn> columns; ///< those that I or somebody else has changed
};

} // namespace orm
