// SPDX-License-Identifier: MIT
#pragma once

#include "ui/help/manual.h"
#include "ui/mainwindow/actions.h"

#include <functional>

namespace ui {

/// What the manual says of the actions, from their registry. Needs no QApplication.
class ActionFacts final : public ManualFacts
{
public:
    using KeysOf = std::function<QList<QKeySequence>(const ActionSpec &spec)>;

    /// The keys that @p spec has before anybody changes them, on every desktop.
    static QList<QKeySequence> defaultKeys(const ActionSpec &spec);
    /// @p keys as the manual writes them, without those that no keyboard has.
    static QString keysText(const QList<QKeySequence> &keys, QKeySequence::SequenceFormat format);

    /// @param table gives its nouns to the texts
    ActionFacts(const orm::Table &table, KeysOf keys, QKeySequence::SequenceFormat format);

    std::optional<Action> action(const QString &id) const override;
    QStringList actionsOf(const QString &menu) const override;
    Keys keysIn(const QString &place) const override;

private:
    QString filled(const char *text) const;

    QString m_singular;
    QString m_plural;
    KeysOf m_keys;
    QKeySequence::SequenceFormat m_format;
};

} // namespace ui
