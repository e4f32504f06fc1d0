// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace orm {
class Key;
}

namespace ui {

class EditBuffer;

/// What the user calls the pending row @p key: its title as it is stored, in quotes, else as it was
/// typed, else its number; its whole key where the title is one of several columns of it. Cut where it
/// is long.
QString rowName(const EditBuffer &edits, const orm::Key &key);

} // namespace ui
