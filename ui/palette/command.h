// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <functional>

namespace ui {

/// Something that can be done, as the palette lists it.
struct Command
{
    QString id; ///< by which it is remembered
    QString text; ///< without mnemonic and dots
    QString keys; ///< as the platform writes them; empty if it has none
    QString reasonWhyNot; ///< empty if it can be done now
    std::function<void()> run;
};

} // namespace ui
