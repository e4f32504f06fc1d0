// SPDX-License-Identifier: MIT
#pragma once

#include "tests/journeys/journey.h"

#include <functional>

/// A look at the window, while @p place shows.
using Look = std::function<void(Journey &journey, const QString &place)>;

/// Goes to every page, panel, popup and dialog of the program, each with something in it, and to the
/// empty ones; takes a look at each. Texts are pressed and waited for by object name only, so it works
/// in any language. A new panel gets its line in places.cpp.
void visitAllPlaces(const QSize &size, const Look &look);
