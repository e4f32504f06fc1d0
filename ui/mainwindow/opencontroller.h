// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/databaseopener.h"
#include "ui/mainwindow/instanceguard.h"

#include <QPointer>

class QFileDialog;

namespace ui {

class MessageBar;
class Toast;

/// Opening and making databases: asks for files, starts the opener, and says in the message bar what
/// is in the way, with the way on as a button that Enter presses. A database that another window has
/// open is not opened again: that window comes to the front.
class OpenController final : public QObject
{
    Q_OBJECT

public:
    /// Runs the task when what is pending in the open database is safe.
    using Guard = std::function<void(const std::function<void()> &task)>;

    /// Borrows the bars, which outlive this. @p window is the parent of file choosers.
    /// @param journals the folder of the journals
    OpenController(const orm::Table &table, const QString &journals, MessageBar &messageBar,
                   Toast &toast, QWidget *window, Guard guard, DatabaseOpener::OnOpened onOpened);

    /// Tables are made, and databases recognized, by these names: a URL's text and a title.
    void setKnownName(const orm::DatabaseUrl &url, const QString &name);

    /// How to find what the rows of a database went by when it was open last: OpenRequest::sort.
    void setSortOf(std::function<QStringList(const orm::DatabaseUrl &)> sortOf);
    /// A look that was begun before this was there.
    void setHeadStart(std::unique_ptr<DatabaseLook> look);

    /// @p text is a path, a sqlite:/// URL or a file manager's file:// URL. Of a folder: the database
    /// in it, or which of those in it is asked.
    void open(const QString &text, Workspace::Access access,
              InstanceGuard::Wish wish = InstanceGuard::Wish::Nothing);
    void open(OpenRequest request);
    void chooseDatabase(const QString &folder = {});
    void chooseNewDatabase();

    /// The journal of @p workspace, which was opened last, belongs to another window that could not be
    /// asked: opens the database again, only to read, and says so.
    void openLocked(Workspace &workspace);

    /// Whether another window is being asked to come to the front.
    bool isAsking() const { return m_instances.isAsking(); }
    bool isBusy() const { return m_opener.isOpening(); }
    bool isWaiting() const { return m_opener.isWaiting(); }
    void cancel() { m_opener.cancel(); }

    /// Answers those who want @p workspace's database, too; nobody, if it is null.
    void serve(Workspace *workspace);

signals:
    void progressChanged();
    /// Another window has the database and is in front now, or there is none and it is being opened.
    void othersAsked(bool isElsewhere);
    /// Another start of the program wants what is open here.
    void raiseRequested(InstanceGuard::Wish wish);
    /// Nothing was opened; the message bar says why.
    void refused();

private:
    enum class Choose { Existing, New };

    void choose(Choose what, const QString &folder);
    void openFolder(const OpenRequest &request);
    void create(const QString &file);
    void offerTable(const OpenRefusal &refusal);
    void onRefused(const OpenRefusal &refusal);
    void onOpened(std::unique_ptr<Workspace> workspace);
    void complain(const QString &text);

    orm::Table m_table;
    MessageBar &m_messageBar;
    Toast &m_toast;
    QWidget *m_window;
    Guard m_guard;
    DatabaseOpener::OnOpened m_onOpened;
    DatabaseOpener m_opener;
    std::function<QStringList(const orm::DatabaseUrl &)> m_sortOf;
    InstanceGuard m_instances;
    bool m_isLockedOut = false; ///< what is being opened is open in another window
    QHash<QString, QString> m_names; ///< of databases that have one of their own, by URL
    QPointer<QFileDialog> m_dialog;
    QString m_folder; ///< where the last file was
};

} // namespace ui
