// SPDX-License-Identifier: MIT
#include "ui/palette/commandlistmodel.h"

#include "ui/palette/fuzzymatch.h"

#include <algorithm>
#include <limits>

namespace ui {

void CommandListModel::setCommands(const QList<Command> &commands, const QStringList &recent)
{
    m_commands = commands;
    m_ages.clear();
    for (const Command &command : commands) {
        const qsizetype age = recent.indexOf(command.id);
        m_ages << (age < 0 ? std::numeric_limits<int>::max() : int(age));
    }
    setPattern(m_pattern);
}

void CommandListModel::setPattern(const QString &pattern)
{
    beginResetModel();
    m_pattern = pattern;
    m_shown.clear();
    for (int i = 0; i < m_commands.size(); ++i) {
        if (const auto match = fuzzyMatch(pattern, m_commands.at(i).text))
            m_shown << Shown{i, match->score, match->positions};
    }
    sortByScore(m_shown);
    endResetModel();
}

void CommandListModel::sortByScore(QList<Shown> &shown) const
{
    std::stable_sort(shown.begin(), shown.end(), [this](const Shown &a, const Shown &b) {
        const bool isAble = m_commands.at(a.command).reasonWhyNot.isEmpty();
        if (isAble != m_commands.at(b.command).reasonWhyNot.isEmpty())
            return isAble;
        if (a.score != b.score)
            return a.score > b.score;
        return m_ages.at(a.command) < m_ages.at(b.command);
    });
}

const Command &CommandListModel::command(int row) const
{
    return m_commands.at(m_shown.at(row).command);
}

int CommandListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command &shown = command(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::AccessibleTextRole:
        if (!shown.reasonWhyNot.isEmpty())
            return tr("%1, not now: %2").arg(shown.text, shown.reasonWhyNot);
        return shown.keys.isEmpty() ? shown.text : tr("%1, %2").arg(shown.text, shown.keys);
    case KeysRole:
        return shown.keys;
    case ReasonRole:
        return shown.reasonWhyNot;
    case PositionsRole:
        return QVariant::fromValue(m_shown.at(index.row()).positions);
    default:
        return {};
    }
}

} // namespace ui
