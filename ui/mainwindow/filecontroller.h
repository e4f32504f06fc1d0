// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/databasefile.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>

class QFileDialog;
class QWidget;

namespace ui {

class EditController;
class MessageBar;
class Workspace;

/// Notices when the file of the open database is moved, deleted, replaced or unmounted, says so in the
/// message bar and offers the ways on. The edits stay whatever happens.
class FileController final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{2000};

    /// Opens the database at a path: what is pending comes back by its journal.
    using Open = std::function<void(const QString &path)>;

    /// Borrows all, which outlive this. @p window is the parent of file choosers.
    FileController(Workspace &workspace, EditController &edits, MessageBar &messageBar,
                   QWidget &window, const Open &open, QObject *parent = nullptr);

    /// Looks now, not when the time has come.
    void check();
    /// A save found the file to be @p state and wrote nothing.
    void refuse(orm::DatabaseFile state);

private:
    void onState(orm::DatabaseFile state);
    void show(const QString &text);
    void chooseCopy();
    void saveCopy(const QString &path);

    Workspace &m_workspace;
    EditController &m_edits;
    MessageBar &m_messageBar;
    QWidget &m_window;
    Open m_open;
    QTimer m_timer;
    bool m_isAsking = false;
    orm::DatabaseFile m_state = orm::DatabaseFile::Same;
    QString m_text; ///< what the message bar says of it
    QPointer<QFileDialog> m_dialog;
};

} // namespace ui
