// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QSet>

struct xkb_keymap;

namespace ui {

/// Which keys can be typed on the user's keyboard, where the platform tells: with X11. The libraries
/// are looked for when they are wanted, as Qt's plugin for X11 brings them along.
class KeyboardLayout final
{
public:
    enum class Typing {
        Possible, ///< also where nothing is known
        NeedsAltGr, ///< which programs on other platforms don't get
        Impossible,
    };

    /// One that nothing is known of.
    KeyboardLayout() = default;

    /// The one in use now.
    static KeyboardLayout present();
    /// By XKB's names, "de" or "ru,us", of which the first is in use; unknown if XKB can't be asked.
    static KeyboardLayout named(const QByteArray &layouts);

    bool isKnown() const { return !m_direct.isEmpty(); }
    Typing typing(const QKeySequence &sequence) const;

private:
    QSet<int> m_direct; ///< Qt::Key of what is typed without, or with Shift
    QSet<int> m_withAltGr;

    void read(xkb_keymap *keymap, quint32 layout);
};

} // namespace ui
