// SPDX-License-Identifier: MIT
#include "core/session/staledataerror.h"

namespace orm {

StaleDataError::StaleDataError(const QString &message)
    : Error(Kind::StaleData, message)
{}

} // namespace orm
