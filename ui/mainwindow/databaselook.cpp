// SPDX-License-Identifier: MIT
#include "ui/mainwindow/databaselook.h"

#include "core/engine/dataversion.h"
#include "ui/mainwindow/databaseopener.h"
#include "ui/table/orderloader.h"

namespace ui {

namespace {

/// In the order that was asked for, if an index has it; else by key, and the order follows.
Workspace::FirstRows firstRowsOf(orm::Connection &connection, const orm::LiveTable &live,
                                 const QStringList &sort)
{
    Workspace::FirstRows first{{.table = live.table, .sort = {}}, {}};
    if (!live.exists || live.table.primaryKey().isEmpty())
        return first;
    orm::RowQuery wanted = first.query;
    for (const QString &column : sort) {
        const int index = live.table.indexOf(column.mid(1));
        if (index >= 0)
            wanted.sort.append(
                {index, column.startsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder});
    }
    first.page = orm::firstIndexedRows(connection, wanted, OrderLoader::firstRows);
    if (first.page)
        first.query = wanted;
    else
        first.page = orm::firstIndexedRows(connection, first.query, OrderLoader::firstRows);
    return first;
}

DatabaseLook::Found lookAt(orm::Session &session, const orm::Table &table,
                           const OpenRequest &request)
{
    if (request.prepare)
        request.prepare(session);
    orm::Connection &connection = session.connection();
    DatabaseLook::Found found;
    found.dataVersion = orm::dataVersion(connection);
    found.live = orm::inspect(connection, table);
    found.isReadOnly = connection.isReadOnly();
    found.hasOtherTables = found.live.exists || !orm::tableNames(connection).isEmpty();
    found.firstRows = firstRowsOf(connection, found.live, request.sort);
    return found;
}

orm::ConnectionOptions optionsOf(const OpenRequest &request)
{
    orm::ConnectionOptions options = DatabaseOpener::connectionOptions(request.access);
    if (request.prepare)
        options.create = orm::ConnectionOptions::Create::IfMissing;
    return options;
}

} // namespace

DatabaseLook::DatabaseLook(const orm::Table &table, const OpenRequest &request)
    : m_request(request)
    , m_worker(std::make_unique<orm::SessionWorker>(request.url, optionsOf(request)))
    , m_found(m_worker->run(
          [table, request](orm::Session &session) { return lookAt(session, table, request); }))
{}

} // namespace ui
