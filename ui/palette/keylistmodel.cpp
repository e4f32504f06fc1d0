// SPDX-License-Identifier: MIT
#include "ui/palette/keylistmodel.h"

#include "ui/palette/fuzzymatch.h"

#include <QFont>
#include <QGuiApplication>

#include <algorithm>
#include <iterator>
#include <limits>

namespace ui {

void KeyListModel::setBindings(const QList<KeyBinding> &bindings)
{
    m_bindings = bindings;
    setPattern(m_pattern);
}

void KeyListModel::setKeyboard(const KeyboardLayout &keyboard)
{
    m_keyboard = keyboard;
    setPattern(m_pattern);
}

void KeyListModel::setPattern(const QString &pattern)
{
    beginResetModel();
    m_pattern = pattern;
    m_shown.clear();
    QList<int> scores;
    for (int i = 0; i < m_bindings.size(); ++i) {
        const auto match = fuzzyMatch(pattern, m_bindings.at(i).text);
        const bool isKey = !pattern.isEmpty()
            && keysText(m_bindings.at(i).keys).contains(pattern, Qt::CaseInsensitive);
        scores << (isKey ? std::numeric_limits<int>::max() : match ? match->score : -1);
        if (match || isKey)
            m_shown << i;
    }
    std::stable_sort(m_shown.begin(), m_shown.end(),
                     [&scores](int a, int b) { return scores.at(a) > scores.at(b); });
    endResetModel();
}

void KeyListModel::setKeys(const QString &id, const QList<QKeySequence> &keys)
{
    for (int i = 0; i < m_bindings.size(); ++i) {
        if (m_bindings.at(i).id != id)
            continue;
        m_bindings[i].keys = keys;
        if (const qsizetype row = m_shown.indexOf(i); row >= 0)
            emit dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
    }
}

QList<KeyBinding> KeyListModel::ownersOf(const QKeySequence &key, const QString &id) const
{
    using Reach = KeyBinding::Reach;
    const auto own = std::ranges::find(m_bindings, id, &KeyBinding::id);
    const Reach reach = own == m_bindings.end() ? Reach::Everywhere : own->reach;
    QList<KeyBinding> owners;
    std::ranges::copy_if(m_bindings, std::back_inserter(owners), [&](const KeyBinding &other) {
        return other.id != id && other.keys.contains(key)
            && (other.reach == reach || other.reach == Reach::Everywhere
                || reach == Reach::Everywhere);
    });
    return owners;
}

int KeyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int KeyListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant KeyListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const KeyBinding &shown = binding(index.row());
    if (role == Qt::FontRole && index.column() == KeysColumn && shown.keys != shown.defaults) {
        QFont font; // changed by the user, as in the list of records
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && index.column() == KeysColumn && shown.keys != shown.defaults)
        return shown.defaults.isEmpty() ? tr("Had no key of its own")
                                        : tr("Was %1").arg(keysText(shown.defaults));
    if (role == Qt::AccessibleTextRole && index.column() == KeysColumn && shown.keys.isEmpty())
        return tr("No key"); // nothing to see is nothing to hear
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TextColumn:
        return shown.text;
    case KeysColumn:
        return keysOf(shown);
    default:
        return shown.place;
    }
}

/// The keys, and what is in the way if none of them can be typed.
QString KeyListModel::keysOf(const KeyBinding &binding) const
{
    using Typing = KeyboardLayout::Typing;
    QString text = keysText(binding.keys);
    if (QGuiApplication::isRightToLeft()) // else "Ctrl+," ends with its beginning
        text = QChar(0x200E) + text + QChar(0x200E);
    const auto can = [&](Typing wanted) {
        return std::ranges::any_of(binding.keys, [&](const QKeySequence &key) {
            return m_keyboard.typing(key) == wanted;
        });
    };
    if (binding.keys.isEmpty() || can(Typing::Possible))
        return text;
    return can(Typing::NeedsAltGr) ? tr("%1 (needs AltGr)").arg(text)
                                   : tr("%1 (not on this keyboard)").arg(text);
}

QVariant KeyListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TextColumn:
        return tr("Command");
    case KeysColumn:
        return tr("Keys");
    default:
        return tr("Where");
    }
}

} // namespace ui
