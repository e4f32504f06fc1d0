// SPDX-License-Identifier: MIT
#pragma once

#include "ui/mainwindow/databaselook.h"

#include <functional>
#include <memory>

namespace ui {

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
    /// Takes over a look that was begun before this was there, for the open() that wants it.
    void setHeadStart(std::unique_ptr<DatabaseLook> look) { m_headStart = std::move(look); }
    bool isOpening() const { return m_look != nullptr; }
    /// Whether it has to wait for another program's lock.
    bool isWaiting() const { return m_isWaiting; }
    void cancel();

signals:
    void progressChanged();

private:
    void finish(const DatabaseLook::Found &look);
    void fail(const orm::Error &error);
    void refuse(OpenRefusal::Reason reason, const QString &text);
    std::unique_ptr<DatabaseLook> takeLook();

    orm::Table m_table;
    QString m_journals;
    OnOpened m_onOpened;
    OnRefused m_onRefused;
    OpenRequest m_request;
    std::unique_ptr<DatabaseLook> m_headStart;
    std::unique_ptr<DatabaseLook> m_look;
    bool m_isWaiting = false;
};

} // namespace ui
