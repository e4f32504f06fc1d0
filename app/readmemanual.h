// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace app {

/// @p readme with the manual of today between its two marks, of the same source as the one in the
/// window: English, with the keys that everybody has at first. Needs no QApplication.
QString withManual(const QString &readme);

} // namespace app
