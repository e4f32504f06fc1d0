// SPDX-License-Identifier: MIT
#include "ui/mainwindow/savecontroller.h"

#include "core/session/deliver.h"
#include "core/session/sessionworker.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/problemguide.h"
#include "ui/mainwindow/workspace.h"

namespace ui {

SaveController::SaveController(Workspace &workspace, EditController &edits, ProblemGuide &guide,
                               MessageBar &messageBar, Toast &toast, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_edits(edits)
    , m_guide(guide)
    , m_messageBar(messageBar)
    , m_toast(toast)
{
    connect(&guide, &ProblemGuide::solved, this, [this] { save(); });
}

void SaveController::save(const std::function<void()> &then)
{
    if (then)
        m_then = then;
    if (m_isSaving) {
        m_isWanted = true;
        return;
    }
    m_edits.whenIdle([this] { send(); });
}

void SaveController::cancel()
{
    m_isWanted = false;
    if (m_isSaving)
        m_workspace.worker().interrupt(m_running);
}

void SaveController::send()
{
    if (m_isSaving)
        return;
    const bool hadChanges = m_workspace.edits().changeCount() > 0;
    m_edits.finishTyping();
    m_workspace.history().endFieldEdit();
    const orm::ChangeSet sent = m_workspace.edits().changeSet();
    if (sent.isEmpty()) {
        if (hadChanges)
            m_toast.show(tr("There was nothing to save: the new %1 was still empty.")
                             .arg(m_workspace.table().singular));
        if (const auto then = std::exchange(m_then, {}))
            then();
        return;
    }
    if (m_workspace.isReadOnly()) {
        m_then = {};
        m_messageBar.show(
            MessageBar::Tone::Problem,
            tr("%1 can only be read, so nothing was written.").arg(m_workspace.name()));
        return;
    }
    m_isSaving = true;
    m_running
        = m_workspace.worker().run([sent](orm::Session &session) { return session.apply(sent); });
    emit savingChanged();
    orm::deliver(
        m_running, this, [this, sent](const orm::CommitResult &result) { finish(sent, result); },
        [this](const orm::Error &error) { fail(error); });
}

void SaveController::finish(const orm::ChangeSet &sent, const orm::CommitResult &result)
{
    if (!result.isCommitted()) {
        m_workspace.edits().markProblems(result.problems);
        m_then = {};
        m_isWanted = false;
        end();
        m_guide.show(result.problems);
        return;
    }
    m_workspace.edits().markCommitted(sent, result);
    if (m_messageBar.isOpen())
        m_messageBar.close(); // what it said is done with
    end();
    if (std::exchange(m_isWanted, false)) {
        save();
        return;
    }
    if (const auto then = std::exchange(m_then, {})) {
        if (m_workspace.edits().changeCount() > 0)
            save(then); // something was typed meanwhile
        else // later, as it may be the end of this object
            QMetaObject::invokeMethod(&m_messageBar, then, Qt::QueuedConnection);
    }
}

void SaveController::fail(const orm::Error &error)
{
    m_then = {};
    m_isWanted = false;
    end();
    const auto *operational = dynamic_cast<const orm::OperationalError *>(&error);
    const bool isCancelled = error.kind() == orm::Error::Kind::Cancelled
        || (operational && operational->reason() == orm::OperationalError::Reason::Interrupted);
    if (isCancelled)
        m_toast.show(tr("Saving was cancelled. Your changes are still here."));
    else
        m_messageBar.show(
            MessageBar::Tone::Problem,
            tr("%1 Your changes are still here.").arg(errorText(error, m_workspace.name())));
}

void SaveController::end()
{
    m_isSaving = false;
    m_running = {};
    emit savingChanged();
}

} // namespace ui
