// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QObject>

namespace ui {

class MessageBar;
class RecordsPane;
class Workspace;

/// After a save that was refused: goes to the first problem, says what is in the way and offers the
/// ways on. Nothing of another program is overwritten before its value was shown.
class ProblemGuide final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    ProblemGuide(Workspace &workspace, RecordsPane &pane, MessageBar &messageBar,
                 QObject *parent = nullptr);

    void show(const QList<orm::RowProblem> &problems);

signals:
    /// The user has decided; a save may now succeed.
    void solved();

private:
    void goTo(const orm::RowProblem &problem);
    QString nameOf(const orm::Key &key) const;
    QString describe(const orm::RowProblem &problem) const;

    // The ways on
    void keepMine(const orm::RowProblem &problem);
    void useTheirs(const orm::RowProblem &problem);
    void saveAsNew(const orm::RowProblem &problem);
    void giveUp(const orm::RowProblem &problem);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    MessageBar &m_messageBar;
};

} // namespace ui
