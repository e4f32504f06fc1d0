// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace orm {

/// Each statement as it is run, without its values: QT_LOGGING_RULES="postdesk.sql.debug=true"
Q_DECLARE_LOGGING_CATEGORY(lcSql)

} // namespace orm
