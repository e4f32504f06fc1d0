// SPDX-License-Identifier: MIT
#include "ui/mainwindow/historycontroller.h"

#include "core/session/deliver.h"
#include "ui/changes/editbuffer.h"
#include "ui/changes/edithistory.h"
#include "ui/changes/journal.h"
#include "ui/common/toast.h"
#include "ui/history/historypanel.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/editcontroller.h"
#include "ui/mainwindow/recordspane.h"
#include "ui/mainwindow/workspace.h"

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
    connect(&workspace.edits(), &EditBuffer::countsChanged, this, &HistoryController::reload);
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

void HistoryController::reload()
{
    if (!panel() || !m_workspace.journal())
        return;
    ++m_generation;
    if (m_shows == Shows::Deleted)
        loadDeleted();
    else
        loadVersions(m_workspace.edits().resolve(m_pane.currentKey()));
}

void HistoryController::loadVersions(const orm::Key &key)
{
    const EditBuffer &edits = m_workspace.edits();
    if (key.isNull() || key.isTemporary()) {
        panel()->showVersions(tr("the new %1").arg(m_workspace.table().singular), {}, {});
        return;
    }
    const auto show = [this, key](const orm::Record &stored, const QList<RowVersion> &versions) {
        orm::Record now = stored;
        for (int column = 0; column < now.values.size(); ++column)
            now.values[column]
                = m_workspace.edits().value(key, column).value_or(now.values.at(column));
        //: "post 499"
        const QString name = tr("%1 %2").arg(m_workspace.table().singular, key.toString());
        panel()->showVersions(name, versionEntries(m_workspace.table(), versions), now);
    };
    if (edits.isNew(key)) { // a deleted one brought back
        show(edits.snapshot(key), {});
        return;
    }
    m_edits.fetchWhole(
        {key},
        [this, show, generation = m_generation](const QList<orm::Key> &keys,
                                                const QList<orm::Record> &whole) {
            if (keys.isEmpty() || generation != m_generation || !panel())
                return;
            orm::deliver(
                m_workspace.journal()->versions(keys.first(), whole.first()), this,
                [this, show, generation, now = whole.first()](const QList<RowVersion> &versions) {
                    if (generation == m_generation && panel())
                        show(now, versions);
                },
                [](const orm::Error &) {}); // the journal says itself what is wrong with it
        });
}

void HistoryController::loadDeleted()
{
    orm::deliver(
        m_workspace.journal()->deletedRows(), this,
        [this, generation = m_generation](QList<RowVersion> deleted) {
            if (generation != m_generation || !panel())
                return;
            deleted.removeIf([this](const RowVersion &version) {
                return m_workspace.edits().isNew(version.key); // is on its way back
            });
            panel()->showDeleted(deletedEntries(m_workspace.table(), deleted));
        },
        [](const orm::Error &) {});
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
