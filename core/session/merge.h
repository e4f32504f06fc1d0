// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"

namespace orm::detail {

/// @see Session::merge
InstancePointer merge(Session &session, InstanceState &given);

} // namespace orm::detail
