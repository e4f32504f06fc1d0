// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace app {

/// The manual page postdesk(1), in the language of man(7): the options from their table, the keys from
/// the registry of actions. Needs no QApplication.
QString manualPage();

} // namespace app
