// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace ui {

/// @p text with empty boxes for the letters of scripts that no font here has, as they would be drawn anyway.
///
/// Where such a script needs the tables of an OpenType font (Devanagari, Tamil, Khmer…) Qt opens every font
/// there is to look for them, for each size and weight anew: as long as the whole rest of a window takes
/// to its first paint. Positions stay what they are.
QString withoutUnknownScripts(const QString &text);

/// @p text for a place between others: one with letters that run from the right doesn't pull what stands
/// beside it, "old → new", to its own side. @see Unicode, UAX #9: FSI and PDI
QString isolated(const QString &text);

} // namespace ui
