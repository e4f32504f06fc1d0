// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/connection.h"

#include <QStringList>

/// Collects the statements that a Connection runs while this object lives.
class SqlTrace
{
public:
    explicit SqlTrace(orm::Connection &connection);
    ~SqlTrace();
    Q_DISABLE_COPY_MOVE(SqlTrace)

    /// All statements, as sent.
    const QStringList &all() const { return m_statements; }
    /// Without BEGIN, COMMIT, ROLLBACK, savepoints and PRAGMA.
    QStringList statements() const;
    /// Those that begin with @p verb: "UPDATE".
    QStringList statements(const QString &verb) const;
    void clear() { m_statements.clear(); }

private:
    orm::Connection &m_connection;
    QStringList m_statements;
    orm::Connection::Trace m_before;
};
