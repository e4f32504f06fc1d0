// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/table.h"

namespace app {

/// @p table with its names and labels in the user's language, as far as the translations have them: those
/// that the mapping marks with QT_TRANSLATE_NOOP("app::Post", …). What the database knows stays as it is.
orm::Table translated(orm::Table table);

} // namespace app
