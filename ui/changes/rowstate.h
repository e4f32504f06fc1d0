// SPDX-License-Identifier: MIT
#pragma once

namespace ui {

/// What a row is, shown by its mark, font and spoken text, in the order in which one takes
/// precedence over another: a row that is in conflict and modified is in conflict.
enum class RowState { Clean, ChangedOutside, Modified, New, Deleted, Invalid, Conflict };

/// The mark of a row @p state, the display text of column 0: one of "", "»", "~", "+", "−", "?", "!".
/// The minus is U+2212.
inline constexpr const char16_t *rowMark(RowState state)
{
    switch (state) {
    case RowState::Clean:
        return u"";
    case RowState::ChangedOutside:
        return u"\u00BB";
    case RowState::Modified:
        return u"~";
    case RowState::New:
        return u"+";
    case RowState::Deleted:
        return u"\u2212";
    case RowState::Invalid:
        return u"?";
    case RowState::Conflict:
        return u"!";
    }
    return u"";
}

} // namespace ui
