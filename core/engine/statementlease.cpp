// SPDX-License-Identifier: MIT
#include "core/engine/statementlease.h"

#include "core/engine/connection.h"

namespace orm {

StatementLease::StatementLease(Connection &connection, QString sql,
                               std::unique_ptr<PreparedStatement> statement)
    : m_connection(&connection)
    , m_sql(std::move(sql))
    , m_statement(std::move(statement))
{}

StatementLease::~StatementLease()
{
    if (m_statement)
        m_connection->takeBack(m_sql, std::move(m_statement));
}

} // namespace orm
