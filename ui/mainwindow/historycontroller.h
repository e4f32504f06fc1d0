// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "ui/changes/pendingrow.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <optional>

namespace ui {

class Actions;
class EditController;
class HistoryPanel;
class RecordsPane;
class Toast;
class Workspace;
struct HistoryEntry;

/// What saves did to one open database: earlier versions of the current row, and deleted rows, shown in
/// place of the editor, and brought back from there.
class HistoryController final : public QObject
{
    Q_OBJECT

public:
    /// Borrows all, which outlive this, and does the actions that are its own.
    HistoryController(Workspace &workspace, RecordsPane &pane, EditController &edits, Toast &toast,
                      const Actions &actions, QObject *parent = nullptr);

private:
    enum class Shows { Versions, Deleted };
    void toggle(Shows shows);
    /// What was read of the journal, and need not be read again before the next save.
    struct Known
    {
        orm::Key key; ///< none where it is about deleted rows
        orm::Record stored;
        QList<RowVersion> versions;
    };

    void forget();
    void reload();
    void show();
    void showVersions(const Known &known);
    void showDeleted(QList<RowVersion> deleted);
    void readVersions(const orm::Key &key);
    void readDeleted();
    void take(const QFuture<QList<RowVersion>> &versions, const Known &known);
    void bringBack(const HistoryEntry &entry);
    void bringBackVersion(const HistoryEntry &entry);
    HistoryPanel *panel() const; ///< null if it isn't open

    Workspace &m_workspace;
    RecordsPane &m_pane;
    EditController &m_edits;
    Toast &m_toast;
    Shows m_shows = Shows::Versions;
    std::optional<Known> m_known;
    bool m_isReading = false;
    QTimer m_later; ///< until what changed is shown
    int m_generation = 0; ///< of what was asked for last
};

} // namespace ui
