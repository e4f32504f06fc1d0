// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"
#include "ui/common/messagebar.h"

#include <QObject>

namespace ui {

class RecordsPane;
class Workspace;

/// A row that can't be saved as it is: goes to it and its field, and says what is in the way. What
/// another program changed, too, is ConflictPanel's.
class ProblemGuide final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    ProblemGuide(Workspace &workspace, RecordsPane &pane, MessageBar &messageBar,
                 QObject *parent = nullptr);

    /// The first of @p problems, and how many there are beside it, with @p choices of what to do.
    void show(const QList<orm::RowProblem> &problems, QList<MessageBar::Choice> choices = {});

private:
    void goTo(const orm::RowProblem &problem);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    MessageBar &m_messageBar;
};

} // namespace ui
