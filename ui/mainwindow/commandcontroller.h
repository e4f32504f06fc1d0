// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/actions.h"
#include "ui/palette/helppage.h"

#include <functional>

namespace ui {

class CommandPalette;
class KeysDialog;
class WindowState;

/// What makes commands and keys findable: the palette, the key map and the page of keys, all made from
/// the one registry. It gives the actions the keys that the user has chosen.
class CommandController final : public QObject
{
    Q_OBJECT

public:
    /// The place that has the focus, as far as keys differ by it.
    using Place = std::function<ActionContext()>;

    /// Borrows all, which outlive this. The palette lies over @p area.
    CommandController(Actions &actions, WindowState &state, QWidget *area, Place place);

private:
    void openPalette();
    void openKeys();
    void openHelp();
    void onKeysChanged(const QString &id, const QList<QKeySequence> &keys);
    HelpPage::Section section(const QString &title, const QList<ActionContext> &contexts) const;

    Actions &m_actions;
    WindowState &m_state;
    QWidget *m_area;
    Place m_place;
    CommandPalette *m_palette;
    KeysDialog *m_keys = nullptr; ///< made when it is wanted first
    HelpPage *m_help = nullptr; ///< the same
};

} // namespace ui
