// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

namespace ui {

/// The icon resources/icons/<name>.svg, its currentColor the palette's text colour at the time of
/// painting, so that one file suits a light and a dark theme; or @p ink, on a ground of its own.
/// A null icon if there is none.
QIcon icon(const QString &name, const QColor &ink = {});

} // namespace ui
