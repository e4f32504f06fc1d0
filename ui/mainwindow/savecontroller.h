// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/changeset.h"

#include <QFuture>
#include <QObject>

#include <functional>

namespace orm {
class Error;
}

namespace ui {

class EditController;
class MessageBar;
class ProblemGuide;
class Toast;
class Workspace;

/// Ctrl+S: ends what is being typed, hands all pending edits to the worker as one short transaction,
/// and marks them committed or says what is in the way. Whatever happens, nothing typed is lost.
class SaveController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this.
    SaveController(Workspace &workspace, EditController &edits, ProblemGuide &guide,
                   MessageBar &messageBar, Toast &toast, QObject *parent = nullptr);

    /// Saves, then runs @p then if nothing is pending any more. While a save runs the next one waits.
    void save(const std::function<void()> &then = {});
    bool isSaving() const { return m_isSaving; }
    /// Gives up a save that is waiting; the edits stay. Too late once it is committed.
    void cancel();

signals:
    void savingChanged();

private:
    void send();
    void finish(const orm::ChangeSet &sent, const orm::CommitResult &result);
    void fail(const orm::Error &error);
    void end();

    Workspace &m_workspace;
    EditController &m_edits;
    ProblemGuide &m_guide;
    MessageBar &m_messageBar;
    Toast &m_toast;
    QFuture<orm::CommitResult> m_running;
    bool m_isSaving = false;
    bool m_isWanted = false; ///< again, after the one that runs
    std::function<void()> m_then;
};

} // namespace ui
