// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QString>

class QWidget;

namespace ui {

/// The keys of Alt and a letter in @p window, whether what they lead to shows now or not, and what
/// that is called; without @p except and what is in it.
QHash<QKeySequence, QString> mnemonicsOf(const QWidget &window, const QWidget *except = nullptr);

/// @p text with its mnemonic if that is not one of @p taken, else with its first letter that is free;
/// without one if none is.
QString withFreeMnemonic(const QString &text, const QHash<QKeySequence, QString> &taken);

} // namespace ui
