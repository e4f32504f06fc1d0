// SPDX-License-Identifier: MIT
#include "ui/palette/keyboardlayout.h"

#include <QGuiApplication>
#include <QLibrary>

#include <memory>

using namespace Qt::StringLiterals;

// As in xkbcommon.h and xkbcommon-x11.h, whose headers aren't needed for so little.
struct xkb_context;
struct xkb_state;
struct xcb_connection_t;

namespace ui {

namespace {

struct RuleNames
{
    const char *rules = nullptr;
    const char *model = nullptr;
    const char *layout = nullptr;
    const char *variant = nullptr;
    const char *options = nullptr;
};

constexpr quint32 firstAltGrLevel = 2; ///< below it: alone, with Shift
constexpr quint32 effectiveLayout = 1U << 7; ///< XKB_STATE_LAYOUT_EFFECTIVE
constexpr quint32 lastLatin = 0xFF;

/// A function of a library that is loaded at run time; null if it has none of the name.
template<typename Function>
Function *resolve(QLibrary &library, const char *name)
{
    return reinterpret_cast<Function *>(library.resolve(name));
}

QLibrary &xkb()
{
    static QLibrary library(u"xkbcommon"_s, 0);
    return library;
}

using Context = std::unique_ptr<xkb_context, void (*)(xkb_context *)>;
using Keymap = std::unique_ptr<xkb_keymap, void (*)(xkb_keymap *)>;

Context newContext()
{
    const auto create = resolve<xkb_context *(int)>(xkb(), "xkb_context_new");
    const auto unref = resolve<void(xkb_context *)>(xkb(), "xkb_context_unref");
    return {create && unref ? create(0) : nullptr, unref};
}

Keymap owned(xkb_keymap *keymap)
{
    return {keymap, resolve<void(xkb_keymap *)>(xkb(), "xkb_keymap_unref")};
}

} // namespace

KeyboardLayout KeyboardLayout::present()
{
    KeyboardLayout found;
#if QT_CONFIG(xcb)
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    const Context context = x11 ? newContext() : Context(nullptr, nullptr);
    if (!context || !x11->connection())
        return found;
    static QLibrary library(u"xkbcommon-x11"_s, 0);
    const auto deviceOf
        = resolve<qint32(xcb_connection_t *)>(library, "xkb_x11_get_core_keyboard_device_id");
    const auto keymapOf = resolve<xkb_keymap *(xkb_context *, xcb_connection_t *, qint32, int)>(
        library, "xkb_x11_keymap_new_from_device");
    const auto stateOf = resolve<xkb_state *(xkb_keymap *, xcb_connection_t *, qint32)>(
        library, "xkb_x11_state_new_from_device");
    const auto layoutOf
        = resolve<quint32(xkb_state *, quint32)>(xkb(), "xkb_state_serialize_layout");
    const auto unref = resolve<void(xkb_state *)>(xkb(), "xkb_state_unref");
    if (!deviceOf || !keymapOf || !stateOf || !layoutOf || !unref)
        return found;
    const qint32 device = deviceOf(x11->connection());
    const Keymap keymap = owned(keymapOf(context.get(), x11->connection(), device, 0));
    if (!keymap)
        return found;
    quint32 layout = 0;
    if (xkb_state *state = stateOf(keymap.get(), x11->connection(), device)) {
        layout = layoutOf(state, effectiveLayout);
        unref(state);
    }
    found.read(keymap.get(), layout);
#endif
    return found;
}

KeyboardLayout KeyboardLayout::named(const QByteArray &layouts)
{
    KeyboardLayout found;
    const Context context = newContext();
    const auto keymapOf = resolve<xkb_keymap *(xkb_context *, const RuleNames *, int)>(
        xkb(), "xkb_keymap_new_from_names");
    if (!context || !keymapOf)
        return found;
    RuleNames names;
    names.layout = layouts.constData();
    if (const Keymap keymap = owned(keymapOf(context.get(), &names, 0)))
        found.read(keymap.get(), 0);
    return found;
}

void KeyboardLayout::read(xkb_keymap *keymap, quint32 layout)
{
    QLibrary &functions = xkb();
    const auto first = resolve<quint32(xkb_keymap *)>(functions, "xkb_keymap_min_keycode");
    const auto last = resolve<quint32(xkb_keymap *)>(functions, "xkb_keymap_max_keycode");
    const auto layouts
        = resolve<quint32(xkb_keymap *, quint32)>(functions, "xkb_keymap_num_layouts_for_key");
    const auto levels = resolve<quint32(xkb_keymap *, quint32, quint32)>(
        functions, "xkb_keymap_num_levels_for_key");
    const auto symsOf = resolve<int(xkb_keymap *, quint32, quint32, quint32, const quint32 **)>(
        functions, "xkb_keymap_key_get_syms_by_level");
    const auto letterOf = resolve<quint32(quint32)>(functions, "xkb_keysym_to_utf32");
    if (!first || !last || !layouts || !levels || !symsOf || !letterOf)
        return;
    const auto letterAt = [&](quint32 key, quint32 of, quint32 level) -> quint32 {
        const quint32 *syms = nullptr;
        return symsOf(keymap, key, of, level, &syms) == 1 ? letterOf(*syms) : 0;
    };
    const auto asKey = [](quint32 letter) { return int(QChar::toUpper(letter)); };
    for (quint32 key = first(keymap); key <= last(keymap); ++key) {
        const quint32 count = layouts(keymap, key);
        if (count == 0)
            continue;
        const quint32 own = layout % count;
        for (quint32 level = 0; level < levels(keymap, key, own); ++level) {
            if (const quint32 letter = letterAt(key, own, level))
                (level < firstAltGrLevel ? m_direct : m_withAltGr) << asKey(letter);
        }
        // Where a layout has no Latin letters, Qt takes those of the next one that has.
        if (letterAt(key, own, 0) <= lastLatin)
            continue;
        for (quint32 other = 0; other < count; ++other) {
            const quint32 letter = letterAt(key, other, 0);
            if (letter != 0 && letter <= lastLatin) {
                m_direct << asKey(letter);
                break;
            }
        }
    }
}

KeyboardLayout::Typing KeyboardLayout::typing(const QKeySequence &sequence) const
{
    auto typing = Typing::Possible;
    if (!isKnown())
        return typing;
    for (int i = 0; i < sequence.count(); ++i) {
        const int key = sequence[static_cast<uint>(i)].key();
        if (key >= Qt::Key_Escape || key == Qt::Key_Space || m_direct.contains(key))
            continue; // keys without a letter are on every keyboard
        if (!m_withAltGr.contains(key))
            return Typing::Impossible;
        typing = Typing::NeedsAltGr;
    }
    return typing;
}

} // namespace ui
