// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace orm {

class Connection;

/// A number that changes exactly when another connection commits to the database; what
/// @p connection itself writes leaves it as it is. 0 always where the database has none.
/// @see https://www.sqlite.org/pragma.html#pragma_data_version
qint64 dataVersion(Connection &connection);

} // namespace orm
