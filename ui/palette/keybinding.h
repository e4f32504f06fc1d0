// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace ui {

/// A command and its keys, as the key map lists it.
struct KeyBinding
{
    /// Two commands can have one key if they are never in reach together.
    enum class Reach { Everywhere, List, Editor };

    QString id;
    QString text; ///< without mnemonic and dots
    QString place; ///< where the keys work: "In the list"
    QList<QKeySequence> keys; ///< the first one is shown in menus
    QList<QKeySequence> defaults;
    Reach reach = Reach::Everywhere;
};

/// As the platform writes them, with commas between.
inline QString keysText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace ui
