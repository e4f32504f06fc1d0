// SPDX-License-Identifier: MIT
#include "core/session/constraintblame.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/inspector.h"

#include <QRegularExpression>

#include <algorithm>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

bool hasRow(Connection &connection, const QString &table, const QStringList &columns,
            const QList<StoredValue> &values)
{
    const Dialect &dialect = connection.dialect();
    QStringList conditions;
    for (const QString &column : columns)
        conditions.append(dialect.quote(column) + u" = ?"_s);
    const QString sql = u"SELECT 1 FROM %1 WHERE %2 LIMIT 1"_s.arg(dialect.quote(table),
                                                                   conditions.join(u" AND "_s));
    return !connection.scalar(sql, values).isNull();
}

/// The values of @p columns in a row of @p table; empty if one is NULL or unknown.
QList<StoredValue> valuesOf(const Table &table, const QStringList &columns,
                            const QList<StoredValue> &row)
{
    QList<StoredValue> values;
    for (const QString &column : columns) {
        const int index = table.indexOf(column);
        if (index < 0 || row.value(index).isNull())
            return {};
        values.append(row.at(index));
    }
    return values;
}

} // namespace

ConstraintBlame::ConstraintBlame(Connection &connection, const Table &table)
    : m_connection(connection)
    , m_table(table)
{}

QList<int> ConstraintBlame::columns(const IntegrityError &error, const QList<StoredValue> &wanted)
{
    QList<int> found;
    if (error.table.compare(m_table.name, Qt::CaseInsensitive) == 0) {
        for (const QString &name : error.columns) {
            if (const int column = m_table.indexOf(name); column >= 0)
                found.append(column);
        }
    } else if (error.constraint() == IntegrityError::Constraint::ForeignKey
               && !isTransactionLost()) {
        found = missingParents(wanted);
    } else if (error.constraint() == IntegrityError::Constraint::Check) {
        found = checkedColumns(error);
    }
    return found;
}

QList<int> ConstraintBlame::checkedColumns(const IntegrityError &error)
{
    // The message has the check's expression, or its name if it was given one.
    QString expression = error.message();
    if (m_connection.url().isSqlite() && !isTransactionLost()) {
        const QList<CreateTable::Part> constraints
            = reflect(m_connection, m_table.name).constraints;
        const auto named = std::find_if(
            constraints.begin(), constraints.end(), [&error](const CreateTable::Part &part) {
                return part.kind == CreateTable::Part::Kind::Check && !part.name.isEmpty()
                    && part.name.compare(error.name, Qt::CaseInsensitive) == 0;
            });
        if (named != constraints.end())
            expression = named->text.mid(named->text.indexOf(u'('));
    }
    QList<int> found;
    static const QRegularExpression word(u"\\w+"_s, QRegularExpression::UseUnicodePropertiesOption);
    for (auto match = word.globalMatch(expression); match.hasNext();) {
        const int column = m_table.indexOf(match.next().captured());
        if (column >= 0 && !found.contains(column))
            found.append(column);
    }
    return found;
}

QList<int> ConstraintBlame::missingParents(const QList<StoredValue> &values)
{
    QList<int> found;
    if (values.isEmpty() || !m_connection.url().isSqlite())
        return found;
    const QList<LiveForeignKey> keys = reflect(m_connection, m_table.name).foreignKeys;
    for (const LiveForeignKey &key : keys) {
        const QList<StoredValue> refers = valuesOf(m_table, key.columns, values);
        if (refers.isEmpty() || refers.size() != key.parentColumns.size()
            || hasRow(m_connection, key.parentTable, key.parentColumns, refers))
            continue;
        for (const QString &column : key.columns)
            found.append(m_table.indexOf(column));
    }
    return found;
}

bool ConstraintBlame::isReferredTo(const QList<StoredValue> &values)
{
    if (!m_connection.url().isSqlite())
        return false;
    const QList<LiveForeignKey> keys = foreignKeysTo(m_connection, m_table.name);
    return std::any_of(keys.begin(), keys.end(), [&](const LiveForeignKey &key) {
        const QList<StoredValue> parent = valuesOf(m_table, key.parentColumns, values);
        return !parent.isEmpty() && hasRow(m_connection, key.table, key.columns, parent)
            && !hasRow(m_connection, m_table.name, key.parentColumns, parent);
    });
}

bool ConstraintBlame::isTransactionLost()
{
    if (!m_connection.url().isSqlite())
        return true;
    if (sqlite3 *handle = m_connection.sqlite())
        return sqlite3_get_autocommit(handle) != 0;
    try {
        m_connection.execute(u"BEGIN"_s);
        return true;
    } catch (const ProgrammingError &) {
        return false; // it is begun already
    }
}

} // namespace orm
