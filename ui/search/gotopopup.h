// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/common/focusbefore.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

/// A line to type where to go, and under it where that leads. Up and Down choose, Enter goes, Esc
/// closes; whoever shows it finds the targets.
class GoToPopup final : public QFrame
{
    Q_OBJECT

public:
    struct Target
    {
        orm::Key key;
        QString text;
    };

    explicit GoToPopup(QWidget *parent);

    /// Shows it over the upper part of its parent, empty, with the focus in its line.
    void open(const QString &hint);
    void close();
    QString text() const;

    /// What the text leads to by now; @p isLast if no more can come. Enter pressed before goes to
    /// the first one.
    void setTargets(const QList<Target> &targets, bool isLast);
    /// A sentence under the line, where nothing was found.
    void setNote(const QString &note);

signals:
    void textChanged(const QString &text);
    void chosen(const orm::Key &key);
    /// It went without a choice, and there is nothing that had the focus before it.
    void closed();

private:
    void choose();

    QLineEdit *m_edit;
    QListWidget *m_list;
    QLabel *m_note;
    QList<Target> m_targets;
    bool m_isWaiting = false; ///< Enter was pressed before there was a target
    bool m_isComplete = true;
    bool m_isStepped = false; ///< since the text was typed
    FocusBefore m_focusBefore;
};

} // namespace ui
