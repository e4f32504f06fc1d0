// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/connection.h"

namespace orm {

/// Where a database is and how it is opened; hands out Connections. A value; copies share the one
/// connection that a database in memory lives in. @see SQLAlchemy, create_engine, StaticPool
class Engine
{
public:
    /// @throws InvalidRequestError @p url is no database URL, or there is no dialect for it
    static Engine create(const QString &url, const ConnectionOptions &options = {});
    static Engine create(const DatabaseUrl &url, const ConnectionOptions &options = {});

    const DatabaseUrl &url() const { return m_url; }
    const Dialect &dialect() const { return *m_dialect; }
    const ConnectionOptions &options() const { return m_options; }

    /// A connection for the calling thread. @throws OperationalError it can't be opened
    std::shared_ptr<Connection> connect() const;

private:
    Engine(DatabaseUrl url, ConnectionOptions options);

    DatabaseUrl m_url;
    ConnectionOptions m_options;
    const Dialect *m_dialect;
    std::shared_ptr<std::shared_ptr<Connection>> m_memory; ///< of a database in memory
};

} // namespace orm
