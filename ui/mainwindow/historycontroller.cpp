// SPDX-License-Identifier: MIT
#include "ui/mainwindow/historycontroller.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"
#include "ui/changes/steprunner.h"
#include "ui/common/toast.h"
#include "ui/history/historypanel.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"
#include "ui/table/recordtablemodel.h"

using namespace Qt::StringLiterals;

namespace ui {

HistoryController::HistoryController(Workspace &workspace, RecordsPane &pane, EditController &edits,
                                     Toast &toast, const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_pane(pane)
    , m_edits(edits)
    , m_toast(toast)
{
    connect(actions.action("post.history"_L1), &QAction::triggered, this,
            [this] { toggle(Shows::Versions); });
    connect(actions.action("post.trash"_L1), &QAction::triggered, this,
            [this] { toggle(Shows::Deleted); });
    connect(&pane, &RecordsPane::currentKeyChanged, this, [this] {
        if (m_shows == Shows::Versions)
            reload();
    });
    // Only a save makes a version; what is typed changes what the ones there are compared with.
    connect(&workspace.edits(), &EditBuffer::committed, this, &HistoryController::forget);
    m_later.setSingleShot(true);
    m_later.setInterval(100);
    connect(&m_later, &QTimer::timeout, this, &HistoryController::show);
    connect(&workspace.edits(), &EditBuffer::countsChanged, this, [this] {
        if (m_isReading)
            return;
        // Many change bit by bit, and all that was deleted is a long list.
        if (m_workspace.edits().changeCount() > StepRunner::manyRows)
            m_later.start();
        else
            show();
    });
    connect(&workspace.model(), &RecordTableModel::changedOutsideCountChanged, this,
            &HistoryController::reload);
}

HistoryPanel *HistoryController::panel() const
{
    return qobject_cast<HistoryPanel *>(m_pane.panel());
}

void HistoryController::toggle(Shows shows)
{
    if (panel() && m_shows == shows) {
        m_pane.closePanel();
        return;
    }
    m_edits.whenIdle([this, shows] {
        m_edits.finishTyping();
        m_shows = shows;
        if (!panel()) {
            auto *opened = new HistoryPanel(m_workspace.table());
            connect(opened, &HistoryPanel::entryRequested, this, &HistoryController::bringBack);
            m_pane.showPanel(opened);
        }
        reload();
    });
}

/// What was read of the journal counts no more, nor what is being read.
void HistoryController::forget()
{
    ++m_generation;
    m_isReading = false;
    m_known.reset();
}

void HistoryController::reload()
{
    forget();
    show();
}

/// Shows what is known, or reads it first.
void HistoryController::show()
{
    if (!panel() || !m_workspace.journal())
        return;
    if (m_shows == Shows::Deleted) {
        if (m_known)
            showDeleted(m_known->versions);
        else
            readDeleted();
        return;
    }
    const EditBuffer &edits = m_workspace.edits();
    const orm::Key key = edits.resolve(m_pane.currentKey());
    if (key.isNull() || key.isTemporary())
        panel()->showVersions(tr("the new %1").arg(m_workspace.table().singular), {}, {});
    else if (edits.isNew(key)) // a deleted one brought back
        showVersions({key, edits.snapshot(key), {}});
    else if (m_known && m_known->key == key)
        showVersions(*m_known);
    else
        readVersions(key);
}

void HistoryController::showVersions(const Known &known)
{
    orm::Record now = known.stored;
    for (int column = 0; column < now.values.size(); ++column)
        now.values[column]
            = m_workspace.edits().value(known.key, column).value_or(now.values.at(column));
    //: "post 499"
    const QString name = tr("%1 %2").arg(m_workspace.table().singular, known.key.toString());
    panel()->showVersions(name, versionEntries(m_workspace.table(), known.versions), now);
}

void HistoryController::showDeleted(QList<RowVersion> deleted)
{
    deleted.removeIf([this](const RowVersion &version) {
        return m_workspace.edits().isNew(version.key); // is on its way back
    });
    panel()->showDeleted(deletedEntries(m_workspace.table(), deleted));
}

void HistoryController::readVersions(const orm::Key &key)
{
    m_isReading = true;
    m_edits.fetchWhole({key},
                       [this, key, generation = m_generation](const QList<orm::Key> &keys,
                                                              const QList<orm::Record> &whole) {
                           if (generation != m_generation)
                               return;
                           if (keys.isEmpty() || !panel()) {
                               m_isReading = false;
                               return;
                           }
                           take(m_workspace.journal()->versions(keys.first(), whole.first()),
                                {key, whole.first(), {}});
                       });
}

void HistoryController::readDeleted()
{
    m_isReading = true;
    take(m_workspace.journal()->deletedRows(), {});
}

/// Shows @p versions, as soon as they are here, of what is @p known.
void HistoryController::take(const QFuture<QList<RowVersion>> &versions, const Known &known)
{
    orm::deliver(
        versions, this,
        [this, known, generation = m_generation](const QList<RowVersion> &read) {
            if (generation != m_generation)
                return;
            m_isReading = false;
            m_known = known;
            m_known->versions = read;
            show();
        },
        [this, generation = m_generation](const orm::Error &) {
            if (generation == m_generation)
                m_isReading = false; // the journal says itself what is wrong with it
        });
}

void HistoryController::bringBack(const HistoryEntry &entry)
{
    if (m_shows == Shows::Versions) {
        bringBackVersion(entry);
        return;
    }
    const orm::Key key
        = m_workspace.history().restoreRow(entry.key, {entry.row, {}, entry.dependents});
    if (key.isNull())
        return;
    m_toast.show(tr("%1 is back, to be saved.").arg(entry.what), Toast::Offer::Undo);
    m_pane.select(key);
}

void HistoryController::bringBackVersion(const HistoryEntry &entry)
{
    m_edits.fetchWhole(
        {entry.key}, [this, entry](const QList<orm::Key> &keys, const QList<orm::Record> &whole) {
            if (keys.isEmpty())
                return;
            if (m_workspace.edits().isDeleted(entry.key)) {
                m_toast.show(tr("It is marked for deletion. Take that back first, with Ctrl+F5."));
                return;
            }
            if (m_workspace.history().setRow(entry.key, entry.row, whole.first()))
                m_toast.show(tr("The earlier version is back, to be saved."), Toast::Offer::Undo);
            else
                m_toast.show(tr("This is how it is now."));
        });
}

} // namespace ui
