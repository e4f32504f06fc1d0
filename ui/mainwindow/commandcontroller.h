// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/actions.h"

namespace ui {

class CommandPalette;
class KeysDialog;
class WindowState;

/// What makes commands and keys findable: the palette and the key map, both made from the one registry. It gives the actions the keys that the user has chosen.
class CommandController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this. The palette lies over @p area.
    CommandController(Actions &actions, WindowState &state, QWidget *area);

private:
    void openPalette();
    void openKeys();
    void onKeysChanged(const QString &id, const QList<QKeySequence> &keys);

    Actions &m_actions;
    WindowState &m_state;
    QWidget *m_area;
    CommandPalette *m_palette;
    KeysDialog *m_keys = nullptr; ///< made when it is wanted first
};

} // namespace ui
