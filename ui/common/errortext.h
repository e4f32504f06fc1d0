// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
class Error;
}

namespace ui {

/// What failed and what to do about it, in a calm sentence. @p database is its name for the user.
QString errorText(const orm::Error &error, const QString &database);

} // namespace ui
