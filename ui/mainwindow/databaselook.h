// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/inspector.h"
#include "core/session/pagereader.h"
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
    /// What the rows went by when it was open last, e.g. "-created_at", "+title".
    QStringList sort = {};
};

/// A database being opened and looked at, in the worker's thread from the moment that this is made: so it
/// can go on while a window is built.
class DatabaseLook final
{
public:
    struct Found
    {
        orm::LiveTable live;
        bool isReadOnly = false;
        bool hasOtherTables = false;
        qint64 dataVersion = 0; ///< before the table was looked at
        Workspace::FirstRows firstRows;
    };

    DatabaseLook(const orm::Table &table, const OpenRequest &request);

    const OpenRequest &request() const { return m_request; }
    orm::SessionWorker &worker() { return *m_worker; }
    const QFuture<Found> &found() const { return m_found; }
    /// With its connection open. Nothing but the request is left here.
    std::unique_ptr<orm::SessionWorker> takeWorker() { return std::move(m_worker); }

private:
    const OpenRequest m_request;
    std::unique_ptr<orm::SessionWorker> m_worker;
    QFuture<Found> m_found;
};

} // namespace ui
