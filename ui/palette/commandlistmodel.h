// SPDX-License-Identifier: MIT
#pragma once

#include "ui/palette/command.h"

#include <QAbstractListModel>

namespace ui {

/// Commands as a few typed letters order them: those that can be done first, the best match on top.
/// Without letters the last used ones come first.
class CommandListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KeysRole = Qt::UserRole, ///< QString
        ReasonRole, ///< QString; why not, or empty
        PositionsRole, ///< QList<int>: letters of the text that were typed
    };

    using QAbstractListModel::QAbstractListModel;

    /// @param recent ids, the last used first
    void setCommands(const QList<Command> &commands, const QStringList &recent);
    void setPattern(const QString &pattern);
    const Command &command(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Shown
    {
        int command = 0;
        int score = 0;
        QList<int> positions;
    };

    void sortByScore(QList<Shown> &shown) const;

    QList<Command> m_commands;
    QList<int> m_ages; ///< of each command: 0 for the last used, large for one never used
    QList<Shown> m_shown;
    QString m_pattern;
};

} // namespace ui
