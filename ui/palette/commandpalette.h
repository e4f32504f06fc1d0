// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/focusbefore.h"
#include "ui/palette/command.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace ui {

class CommandListModel;

/// Any command by a few of its letters: a line to type them into over a list, at the top of its
/// parent. Enter runs the current one, Esc or a click elsewhere closes; the focus goes back first.
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    /// How another list than that of all commands is called.
    struct Texts
    {
        QString name; ///< of its objects: nameDialog, nameInput, nameList
        QString title; ///< for screen readers
        QString hint; ///< in the empty line
        QString nothing; ///< where nothing has the letters
    };

    explicit CommandPalette(QWidget *parent);
    CommandPalette(QWidget *parent, const Texts &texts);

    /// Shows @p commands, those in @p recent (ids, the last used first) on top.
    void open(const QList<Command> &commands, const QStringList &recent);
    bool isOpen() const { return !isHidden(); }
    /// Goes, and the focus with it to where it was.
    void close();

signals:
    /// The command @p id was chosen; it runs after this.
    void chosen(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void run();
    void place();
    void onPatternChanged();

    CommandListModel *m_model;
    QLineEdit *m_input;
    QListView *m_list;
    QLabel *m_nothing;
    FocusBefore m_focusBefore;
};

} // namespace ui
