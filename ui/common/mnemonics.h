// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QMultiHash>
#include <QString>

class QWidget;

namespace ui {

using Mnemonics = QMultiHash<QKeySequence, QString>; ///< a key and what has it; one, if all is well

enum class Seen { NowOrLater, Now };

/// The keys of Alt and a letter in @p window and what they lead to is called, whether that shows now or
/// not, or only what shows; without @p except and what is in it.
Mnemonics mnemonicsOf(const QWidget &window, const QWidget *except = nullptr,
                      Seen seen = Seen::NowOrLater);

/// @p text with its mnemonic if that is not one of @p taken, else with its first letter that is free;
/// without one if none is.
QString withFreeMnemonic(const QString &text, const Mnemonics &taken);

} // namespace ui
