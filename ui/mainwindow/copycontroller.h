// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/databasethread.h"

#include <QFuture>
#include <QObject>
#include <QPointer>

#include <memory>

class QFileDialog;
class QWidget;

namespace ui {

class MessageBar;
class Toast;
class Workspace;

/// Saves a copy of the open database, as it is saved, to a file that the user names; in a thread of its
/// own, so that reading, writing and saving go on meanwhile.
class CopyController final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Workspace &workspace;
        MessageBar &messageBar;
        Toast &toast;
        QWidget &window; ///< the parent of file choosers
    };

    /// Borrows the parts, which outlive this.
    explicit CopyController(const Parts &parts, QObject *parent = nullptr);
    ~CopyController() override;

    /// Asks where to, and copies.
    void choose();
    void copy(const QString &path);

    bool isRunning() const { return m_thread != nullptr; }
    /// "Copying… 61 % (Shift+Esc cancels)"; empty if nothing is copied
    QString taskText() const;
    /// Gives up; nothing is left behind. @returns false if nothing is copied
    bool cancel();

signals:
    void taskChanged();

private:
    void end();
    void complain(const QString &text);

    Parts m_parts;
    std::unique_ptr<orm::DatabaseThread> m_thread; ///< while it copies
    QFuture<int> m_copying;
    int m_percent = 0;
    QPointer<QFileDialog> m_dialog;
};

} // namespace ui
