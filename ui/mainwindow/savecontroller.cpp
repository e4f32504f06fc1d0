// SPDX-License-Identifier: MIT
#include "ui/mainwindow/savecontroller.h"

#include "core/session/deliver.h"
#include "core/session/sessionworker.h"
#include "ui/changes/conflict.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/toast.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/workspace.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

SaveController::SaveController(Workspace &workspace, EditController &edits, MessageBar &messageBar,
                               Toast &toast, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_edits(edits)
    , m_messageBar(messageBar)
    , m_toast(toast)
{
    if (Journal *journal = workspace.journal()) {
        connect(journal, &Journal::settled, this, &SaveController::onSettled);
        connect(journal, &Journal::recovered, this, &SaveController::onJournalAnswered);
        connect(journal, &Journal::locked, this, &SaveController::onJournalAnswered);
        connect(journal, &Journal::written, this, [this] { m_isJournalFailing = false; });
        connect(journal, &Journal::failed, this, [this] {
            m_isJournalFailing = true;
            onJournalAnswered();
        });
    }
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto next = std::exchange(m_next, {});
        next();
    });
}

SaveController::~SaveController()
{
    m_workspace.edits().finishSettling();
}

void SaveController::save(const std::function<void()> &then)
{
    start({}, then);
}

void SaveController::saveOnly(const QList<orm::Key> &keys, const std::function<void()> &then)
{
    start(keys, then);
}

void SaveController::saveRest()
{
    m_wantsRest = true;
    start({}, {});
}

void SaveController::start(const Keys &keys, const std::function<void()> &then)
{
    if (then)
        m_then = then;
    want(keys);
    goOn();
}

/// Another save, of @p keys and what was wanted before.
void SaveController::want(const Keys &keys)
{
    if (!m_wanted)
        m_wanted = keys;
    else if (*m_wanted && keys)
        **m_wanted += *keys;
    else
        *m_wanted = {};
}

/// Sends what is wanted, as soon as that can be.
void SaveController::goOn()
{
    m_edits.whenIdle([this] {
        if (m_isSaving || !m_wanted)
            return;
        m_keys = *std::exchange(m_wanted, {});
        m_merges = 0;
        m_savesRest = std::exchange(m_wantsRest, false) || m_rest == Rest::IsSaved;
        m_leftOut.clear();
        send();
    });
}

void SaveController::wantNothing()
{
    m_wanted.reset();
    m_wantsRest = false;
}

void SaveController::cancel()
{
    wantNothing();
    if (m_ifNotSettled) {
        m_workspace.worker().interrupt();
    } else if (m_isCollecting) {
        m_timer.stop();
        endCollecting();
        m_then = {};
        end();
        sayCancelled();
    } else if (m_isSaving) {
        m_workspace.worker().interrupt(m_running);
    }
}

void SaveController::sayCancelled()
{
    m_toast.show(tr("Saving was cancelled. Your changes are still here."));
}

void SaveController::send(Journal::WhenUnwritable unwritable)
{
    if (m_isSaving)
        return;
    EditBuffer &edits = m_workspace.edits();
    const bool hadChanges = edits.changeCount() > 0;
    m_edits.finishTyping();
    m_workspace.history().endFieldEdit();
    const bool isAny = m_keys
        ? std::any_of(m_keys->cbegin(), m_keys->cend(),
                      [&](const orm::Key &key) { return edits.contains(key); })
        : edits.changeCount() > 0;
    if (!isAny) {
        if (!m_leftOut.isEmpty()) { // the rest was taken back meanwhile
            refuse(std::exchange(m_leftOut, {}));
            return;
        }
        if (hadChanges)
            m_toast.show(tr("There was nothing to save: the new %1 was still empty.")
                             .arg(m_workspace.table().singular));
        if (const auto then = std::exchange(m_then, {}))
            then();
        return;
    }
    Journal *journal = m_workspace.journal();
    if (!journal) {
        m_then = {};
        m_messageBar.show(
            MessageBar::Tone::Problem,
            tr("%1 can only be read, so nothing was written.").arg(m_workspace.name()));
        return;
    }
    if (!journal->isFollowing() && !journal->isLocked() && !m_isJournalFailing) {
        want(m_keys); // what it brings back comes in a moment
        return;
    }
    m_isSaving = true;
    emit savingChanged();
    if (journal->hasUnsettledCommit()) {
        want(m_keys);
        settle({});
        return;
    }
    collect(unwritable);
}

/// What is sent stands before it in the journal: of many rows that takes a while.
void SaveController::collect(Journal::WhenUnwritable unwritable)
{
    Journal &journal = *m_workspace.journal();
    if (journal.isFollowing())
        journal.flush();
    if ((journal.isFollowing() && !journal.isCollected())
        || m_workspace.history().runner().isRunning()) {
        if (!std::exchange(m_isCollecting, true))
            m_edits.hold(); // no step comes between what is saved and Ctrl+S
        later([this, unwritable] { collect(unwritable); });
        return;
    }
    write(unwritable);
    endCollecting();
}

/// In the next turn of the event loop.
void SaveController::later(const std::function<void()> &task)
{
    m_next = task;
    m_timer.start(0);
}

void SaveController::endCollecting()
{
    if (std::exchange(m_isCollecting, false))
        m_edits.release();
}

void SaveController::write(Journal::WhenUnwritable unwritable)
{
    // Made in the worker's thread: of many rows that takes a while, too.
    const auto sent = std::make_shared<orm::ChangeSet>();
    m_met = std::make_shared<Met>();
    const auto write = [sent, met = m_met, make = m_workspace.edits().changesOfNow(m_keys),
                        prepare = m_workspace.journal()->beforeCommit(sent, unwritable)](
                           orm::Session &session) mutable {
        *sent = make();
        make = {}; // the window's rows are its own again
        const auto look = [&] {
            met->file = orm::databaseFile(session.connection());
            if (met->file != orm::DatabaseFile::Same)
                throw orm::OperationalError(orm::OperationalError::Reason::CannotOpen,
                                            u"The database's file was moved or replaced"_s);
        };
        look();
        return session.apply(*sent, [&](const orm::CommitResult &result) {
            look(); // what COMMIT writes now is what others will read
            met->isRefusedByJournal = true;
            prepare(result);
            met->isRefusedByJournal = false;
        });
    };
    m_running = m_workspace.worker().run(write);
    orm::deliver(
        m_running, this,
        [this, sent](const orm::CommitResult &result) {
            m_running = {};
            finish(sent, result);
        },
        [this](const orm::Error &error) { fail(error); });
}

void SaveController::finish(const std::shared_ptr<const orm::ChangeSet> &sent,
                            const orm::CommitResult &result)
{
    EditBuffer &edits = m_workspace.edits();
    if (!result.isCommitted()) {
        m_workspace.journal()->abandonCommit();
        m_edits.finishTyping(); // what was typed since belongs to mine
        meetSome(std::make_shared<Refused>(Refused{sent, result.problems, 0, {}}));
        return;
    }
    const Saved saved{
        result.rows.size(),
        m_merges > 0
            || std::any_of(result.rows.begin(), result.rows.end(),
                           [](const orm::CommittedRow &row) { return row.isMerged; })};
    edits.beginSettling(sent, result);
    if (saved.rows > StepRunner::manyRows) {
        settleSome(saved);
        return;
    }
    edits.finishSettling();
    sayDone(saved);
}

/// The rows that are saved become so in the window, a moment's worth of them at a time.
void SaveController::settleSome(const Saved &saved)
{
    EditBuffer &edits = m_workspace.edits();
    QElapsedTimer timer;
    timer.start();
    edits.settleSome([&timer] { return timer.elapsed() >= settlingSlice.count(); });
    if (!edits.isSettling()) {
        sayDone(saved);
        return;
    }
    later([this, saved] { settleSome(saved); });
}

void SaveController::sayDone(const Saved &saved)
{
    if (!m_leftOut.isEmpty())
        //: What is counted: "3 changes"
        m_toast.show(
            tr("%1 saved, the others not yet.").arg(tr("%Ln change(s)", nullptr, int(saved.rows))));
    else if (saved.isMerged)
        m_toast.show(tr("Merged with an outside change."));
    if (m_leftOut.isEmpty()) {
        succeed();
        return;
    }
    end();
    refuse(std::exchange(m_leftOut, {}));
}

/// What a save was refused for is marked, and merged where that can be: a moment's worth at a time, as
/// a neighbour may have written to as many rows as are pending.
void SaveController::meetSome(const std::shared_ptr<Refused> &refused)
{
    constexpr qsizetype rowsAtOnce = 32; // between two looks at the clock
    EditBuffer &edits = m_workspace.edits();
    const QList<orm::RowProblem> &problems = refused->problems;
    QElapsedTimer timer;
    timer.start();
    {
        const EditBuffer::Batch batch(edits); // the list hears of them at once
        while (refused->met < problems.size() && timer.elapsed() < settlingSlice.count()) {
            const auto some = problems.sliced(refused->met,
                                              std::min(rowsAtOnce, problems.size() - refused->met));
            edits.markProblems(some);
            std::copy_if(some.begin(), some.end(), std::back_inserter(refused->left),
                         [this](const orm::RowProblem &problem) { return !isMerged(problem); });
            refused->met += some.size();
        }
    }
    if (refused->met < problems.size()) {
        later([this, refused] { meetSome(refused); });
        return;
    }
    const bool goesOn = refused->left.isEmpty()
        ? ++m_merges <= maxMerges
        : m_savesRest && leaveOut(*refused->sent, refused->left);
    end();
    if (goesOn)
        m_edits.whenIdle([this] { send(); });
    else
        refuse(m_leftOut + problems);
}

/// Whether nothing is left of it for the user to decide or to correct.
bool SaveController::isMerged(const orm::RowProblem &problem)
{
    const auto conflict = conflictOf(m_workspace.edits(), problem.key);
    return conflict ? mergeSilently(m_workspace.history(), *conflict)
                    : !m_workspace.edits().problem(problem.key);
}

/// The save goes on without the rows of @p problems. @returns whether any are left to save
bool SaveController::leaveOut(const orm::ChangeSet &sent, const QList<orm::RowProblem> &problems)
{
    QSet<orm::Key> out;
    for (const orm::RowProblem &problem : problems)
        out.insert(problem.key);
    QList<orm::Key> rest;
    for (const orm::RowChange &change : sent.rows) {
        if (!out.contains(change.key))
            rest.append(change.key);
    }
    if (rest.isEmpty() || rest.size() == sent.rows.size())
        return false;
    m_leftOut += problems;
    m_keys = rest;
    return true;
}

void SaveController::refuse(const QList<orm::RowProblem> &problems)
{
    m_then = {};
    wantNothing();
    emit refused(problems);
}

void SaveController::succeed()
{
    if (m_messageBar.isOpen())
        m_messageBar.close(); // what it said is done with
    end();
    if (m_wanted)
        goOn();
    else if (const auto then = std::exchange(m_then, {}))
        // Later, as it may be the end of this object.
        QMetaObject::invokeMethod(&m_messageBar, then, Qt::QueuedConnection);
}

void SaveController::fail(const orm::Error &error)
{
    const std::function<void()> sayWhy = reason(error);
    m_then = {};
    wantNothing();
    if (m_workspace.journal()->hasUnsettledCommit()) {
        settle(sayWhy);
        return;
    }
    m_workspace.journal()->abandonCommit();
    end();
    sayWhy();
}

/// Asks the database what became of the last save, and runs @p ifNot if it did not get through.
void SaveController::settle(const std::function<void()> &ifNot)
{
    m_ifNotSettled = [this, ifNot] {
        if (ifNot)
            ifNot();
        else if (m_workspace.journal()->hasUnsettledCommit())
            m_messageBar.show(MessageBar::Tone::Problem,
                              tr("Nothing was saved: %1 could not be asked whether the save before "
                                 "got through. Your changes are still here.")
                                  .arg(m_workspace.name()));
    };
    m_workspace.journal()->settle(m_workspace.worker());
}

void SaveController::onSettled(bool wasCommitted)
{
    const auto ifNot = std::exchange(m_ifNotSettled, {});
    if (!ifNot)
        return;
    if (wasCommitted) {
        succeed();
        return;
    }
    end();
    if (m_workspace.journal()->hasUnsettledCommit())
        wantNothing();
    ifNot();
    goOn();
}

/// It brought back what it had, or can't: a save may have waited for that.
void SaveController::onJournalAnswered()
{
    goOn();
}

/// What says why a save failed.
std::function<void()> SaveController::reason(const orm::Error &error)
{
    using Reason = orm::OperationalError::Reason;
    const auto *operational = dynamic_cast<const orm::OperationalError *>(&error);
    const Reason reason = operational ? operational->reason() : Reason::Other;
    if (const auto file = m_met->file.load(); file != orm::DatabaseFile::Same)
        return [this, file] { emit fileMoved(file); };
    if (m_met->isRefusedByJournal)
        return [this, reason] { offerSavingAnyway(reason); };
    if (error.kind() == orm::Error::Kind::Cancelled || reason == Reason::Interrupted)
        return [this] { sayCancelled(); };
    const QString text
        = tr("%1 Your changes are still here.").arg(errorText(error, m_workspace.name()));
    return [this, text] { m_messageBar.show(MessageBar::Tone::Problem, text); };
}

void SaveController::offerSavingAnyway(orm::OperationalError::Reason reason)
{
    using Reason = orm::OperationalError::Reason;
    QString why = tr("writing failed");
    if (reason == Reason::DiskFull)
        why = tr("the disk is full");
    else if (reason == Reason::ReadOnly)
        why = tr("its folder may not be written to");
    m_messageBar.show(
        MessageBar::Tone::Problem,
        tr("Nothing was saved: the journal that guards against saving twice after a crash can't be "
           "written (%1). Your changes are still here.")
            .arg(why),
        {{tr("Save an&yway"),
          [this] { m_edits.whenIdle([this] { send(Journal::WhenUnwritable::SaveAnyway); }); }}});
}

void SaveController::end()
{
    m_isSaving = false;
    m_running = {};
    emit savingChanged();
}

} // namespace ui
