// SPDX-License-Identifier: MIT
#include "core/logging.h"

namespace orm {

Q_LOGGING_CATEGORY(lcSql, "postdesk.sql", QtWarningMsg)

} // namespace orm
