// SPDX-License-Identifier: MIT
#pragma once

#include "ui/palette/keybinding.h"
#include "ui/palette/keyboardlayout.h"

#include <QAbstractTableModel>

namespace ui {

/// Commands, their keys and where these work; found by letters of the command or by a key's name.
class KeyListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TextColumn, KeysColumn, PlaceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setBindings(const QList<KeyBinding> &bindings);
    const QList<KeyBinding> &bindings() const { return m_bindings; }
    /// Keys that @p keyboard can't type are flagged.
    void setKeyboard(const KeyboardLayout &keyboard);
    void setPattern(const QString &pattern);
    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    const KeyBinding &binding(int row) const { return m_bindings.at(m_shown.at(row)); }
    /// The other commands that have @p key where @p id is in reach.
    QList<KeyBinding> ownersOf(const QKeySequence &key, const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString keysOf(const KeyBinding &binding) const;

    KeyboardLayout m_keyboard;
    QList<KeyBinding> m_bindings;
    QList<int> m_shown;
    QString m_pattern;
};

} // namespace ui
