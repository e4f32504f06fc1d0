// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

namespace ui {

class RecordsPane;

/// Gives the parts of @p pane their answers to "What's this?".
void explainParts(RecordsPane &pane);

/// What @p widget is: its own answer, or that of what it lies in. F1 has the keys.
QString whatsThisText(const QWidget &widget);

/// Says it at @p widget, until the next key.
void showWhatsThis(QWidget *widget);

} // namespace ui
