// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/connection.h"

namespace orm {

/// A write transaction for a scope: rolled back when left without commit().
class Transaction
{
public:
    explicit Transaction(Connection &connection)
        : m_connection(connection)
    {
        m_connection.begin();
    }
    ~Transaction()
    {
        if (!m_isDone)
            m_connection.rollback();
    }
    Q_DISABLE_COPY_MOVE(Transaction)

    /// @throws Error the commit failed; the transaction is then rolled back at the end of the scope
    void commit()
    {
        m_connection.commit();
        m_isDone = true;
    }

private:
    Connection &m_connection;
    bool m_isDone = false;
};

} // namespace orm
