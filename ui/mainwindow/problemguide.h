// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QObject>

namespace ui {

class MessageBar;
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

    /// The first of @p problems, and how many there are beside it.
    void show(const QList<orm::RowProblem> &problems);

private:
    void goTo(const orm::RowProblem &problem);

    Workspace &m_workspace;
    RecordsPane &m_pane;
    MessageBar &m_messageBar;
};

} // namespace ui
