// SPDX-License-Identifier: MIT
#include "tests/support/sqltrace.h"

using namespace Qt::StringLiterals;

SqlTrace::SqlTrace(orm::Connection &connection)
    : m_connection(connection)
{
    m_before = connection.setTrace([this](const QString &sql) { m_statements.append(sql); });
}

SqlTrace::~SqlTrace()
{
    m_connection.setTrace(std::move(m_before));
}

QStringList SqlTrace::statements() const
{
    static const QStringList others{u"BEGIN"_s,     u"COMMIT"_s,  u"ROLLBACK"_s,
                                    u"SAVEPOINT"_s, u"RELEASE"_s, u"PRAGMA"_s};
    QStringList found;
    for (const QString &statement : m_statements) {
        if (!others.contains(statement.section(u' ', 0, 0)))
            found.append(statement);
    }
    return found;
}

QStringList SqlTrace::statements(const QString &verb) const
{
    QStringList found;
    for (const QString &statement : m_statements) {
        if (statement.section(u' ', 0, 0) == verb)
            found.append(statement);
    }
    return found;
}
