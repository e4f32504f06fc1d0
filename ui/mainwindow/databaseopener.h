// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/sessionworker.h"
#include "ui/mainwindow/instanceguard.h"
#include "ui/mainwindow/workspace.h"

#include <functional>
#include <memory>

namespace ui {

/// Which database to open, and how.
struct OpenRequest
{
    orm::DatabaseUrl url;
    QString name; ///< for the user, e.g. in the title; empty: the file's
    Workspace::Access access = Workspace::Access::ReadWrite;
    /// What to do in the session before the table is looked at, e.g. to create it. Only with this
    /// a file that isn't there is made.
    std::function<void(orm::Session &)> prepare = {};
    /// Of a window that has it open already.
    InstanceGuard::Wish wish = InstanceGuard::Wish::Nothing;
};

/// Why a database was not opened.
struct OpenRefusal
{
    enum class Reason {
        NoFile,
        NoFolder,
        IsFolder,
        NoPermission,
        EmptyFile, ///< a database without anything in it
        NoTable,
        Cancelled,
        Failed, ///< text says what
    };

    OpenRequest request;
    Reason reason = Reason::Failed;
    QString text; ///< a sentence for the user
};

/// Opens a database and looks whether the table is in it, away from the GUI thread.
class DatabaseOpener final : public QObject
{
    Q_OBJECT

public:
    using OnOpened = std::function<void(std::unique_ptr<Workspace>)>;
    using OnRefused = std::function<void(const OpenRefusal &)>;

    /// How all connections of a workspace are opened: a file that is missing stays so, and a lock
    /// is waited for until the user gives up.
    static orm::ConnectionOptions connectionOptions(Workspace::Access access);
    /// @p text is a path, a sqlite:/// URL or a file manager's file:// URL; a path is made absolute.
    /// @returns nothing where it names no database
    static std::optional<orm::DatabaseUrl> urlOf(const QString &text);
    /// What the user calls the database at @p url.
    static QString nameOf(const orm::DatabaseUrl &url);

    /// @param table the mapped one that is to be in the database
    /// @param journals the folder of the journals
    DatabaseOpener(const orm::Table &table, const QString &journals, OnOpened onOpened,
                   OnRefused onRefused, QObject *parent = nullptr);
    ~DatabaseOpener() override;

    /// Opens @p request's database; one that is still being opened is given up.
    void open(const OpenRequest &request);
    bool isOpening() const { return m_worker != nullptr; }
    /// Whether it has to wait for another program's lock.
    bool isWaiting() const { return m_isWaiting; }
    void cancel();

signals:
    void progressChanged();

private:
    /// What was found in the worker's thread.
    struct Look
    {
        orm::LiveTable live;
        bool isReadOnly = false;
        bool hasOtherTables = false;
        qint64 dataVersion = 0; ///< before the table was looked at
    };

    void finish(const Look &look);
    void fail(const orm::Error &error);
    void refuse(OpenRefusal::Reason reason, const QString &text);
    std::unique_ptr<orm::SessionWorker> takeWorker();

    orm::Table m_table;
    QString m_journals;
    OnOpened m_onOpened;
    OnRefused m_onRefused;
    OpenRequest m_request;
    std::unique_ptr<orm::SessionWorker> m_worker;
    bool m_isWaiting = false;
};

} // namespace ui
