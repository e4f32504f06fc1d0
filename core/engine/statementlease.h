// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/preparedstatement.h"

#include <QString>

#include <memory>

namespace orm {

class Connection;

/// Ends a statement's run when a scope is left, so that no read cursor stays open.
class StatementRun
{
public:
    explicit StatementRun(PreparedStatement &statement)
        : m_statement(statement)
    {}
    ~StatementRun() { m_statement.reset(); }
    Q_DISABLE_COPY_MOVE(StatementRun)

private:
    PreparedStatement &m_statement;
};

/// A prepared statement for one run: when the scope is left, also by an error, it is reset, so that
/// no read cursor stays open, and put back into its connection's stock. The connection outlives it.
class StatementLease
{
public:
    StatementLease(Connection &connection, QString sql,
                   std::unique_ptr<PreparedStatement> statement);
    StatementLease(StatementLease &&other) noexcept = default;
    ~StatementLease();
    StatementLease(const StatementLease &) = delete;
    StatementLease &operator=(const StatementLease &) = delete;
    StatementLease &operator=(StatementLease &&) = delete;

    PreparedStatement *operator->() const { return m_statement.get(); }
    PreparedStatement &operator*() const { return *m_statement; }

private:
    Connection *m_connection;
    QString m_sql;
    std::unique_ptr<PreparedStatement> m_statement; ///< null once moved from
};

} // namespace orm
