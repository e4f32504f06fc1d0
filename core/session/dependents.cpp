// SPDX-License-Identifier: MIT
#include "core/session/dependents.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/inspector.h"
#include "core/session/rowreader.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// A deleted row, where it lies in the tree of those that go along.
struct Node
{
    int root = 0; ///< index into the rows that are deleted by the user
    QStringList columns;
    QList<StoredValue> values;

    StoredValue value(const QString &column) const
    {
        for (int i = 0; i < columns.size(); ++i) {
            if (columns.at(i).compare(column, Qt::CaseInsensitive) == 0)
                return values.at(i);
        }
        return {};
    }
    QList<StoredValue> valuesOf(const QStringList &names) const
    {
        QList<StoredValue> found;
        for (const QString &name : names)
            found.append(value(name));
        return found;
    }
};

/// What must be known of a table that refers to another one.
struct Child
{
    QStringList columns; ///< that can be written; the rowid first, where that is the key
    QStringList key;
};

class Collector
{
public:
    explicit Collector(Connection &connection)
        : m_connection(connection)
    {}

    QHash<int, QList<DependentRow>> collect(const Table &table, const QList<Record> &rows);

private:
    using Found = std::function<void(const Node &parent, const Child &child,
                                     const QList<StoredValue> &values)>;

    void addDeleted(const QString &table, const QList<Node> &parents);
    void addChanged(const QString &table, const QList<Node> &parents);
    void forEachChild(const LiveForeignKey &key, const QList<Node> &parents, const Found &found);
    void readChildren(const LiveForeignKey &key, const QList<Node> &parents, const Found &found);
    const QList<LiveForeignKey> &keysTo(const QString &table);
    const Child &childOf(const QString &table);
    bool markSeen(const QString &table, const QList<StoredValue> &key);

    Connection &m_connection;
    QHash<QString, QList<LiveForeignKey>> m_keys;
    QHash<QString, Child> m_children;
    QHash<QString, QSet<Key>> m_seen; ///< deleted rows, by table in lower case
    std::vector<std::pair<QString, QList<Node>>> m_levels; ///< deleted rows, parents first
    QHash<int, QList<DependentRow>> m_result;
};

QHash<int, QList<DependentRow>> Collector::collect(const Table &table, const QList<Record> &rows)
{
    QList<Node> roots;
    QStringList columns;
    for (const Column &column : table.columns)
        columns.append(column.name);
    const QStringList key = childOf(table.name).key;
    for (int i = 0; i < rows.size(); ++i) {
        roots.append({i, columns, rows.at(i).values});
        markSeen(table.name, roots.last().valuesOf(key));
    }
    m_levels.emplace_back(table.name, roots);
    // First all that goes; what only loses its reference, and does not go on another way, after
    for (size_t level = 0; level < m_levels.size(); ++level) {
        const auto parents = m_levels[level];
        addDeleted(parents.first, parents.second);
    }
    for (const auto &[name, nodes] : m_levels)
        addChanged(name, nodes);
    return m_result;
}

void Collector::addDeleted(const QString &table, const QList<Node> &parents)
{
    const QList<LiveForeignKey> keys = keysTo(table);
    for (const LiveForeignKey &key : keys) {
        if (key.onDelete != LiveForeignKey::Action::Cascade)
            continue;
        QList<Node> deleted;
        forEachChild(key, parents,
                     [&](const Node &parent, const Child &child, const QList<StoredValue> &values) {
                         const Node node{parent.root, child.columns, values};
                         if (!markSeen(key.table, node.valuesOf(child.key)))
                             return;
                         deleted.append(node);
                         m_result[parent.root].append({key.table, DependentRow::Effect::Deleted,
                                                       child.columns, values, child.key});
                     });
        if (!deleted.isEmpty())
            m_levels.emplace_back(key.table, deleted);
    }
}

void Collector::addChanged(const QString &table, const QList<Node> &parents)
{
    const QList<LiveForeignKey> keys = keysTo(table);
    for (const LiveForeignKey &key : keys) {
        if (key.onDelete != LiveForeignKey::Action::SetNull
            && key.onDelete != LiveForeignKey::Action::SetDefault)
            continue;
        forEachChild(
            key, parents,
            [&](const Node &parent, const Child &child, const QList<StoredValue> &values) {
                const Node node{parent.root, child.columns, values};
                if (m_seen[key.table.toLower()].contains(Key::values(node.valuesOf(child.key))))
                    return;
                const QStringList columns = child.key + key.columns;
                m_result[parent.root].append({key.table, DependentRow::Effect::Changed, columns,
                                              node.valuesOf(columns), child.key});
            });
    }
}

void Collector::forEachChild(const LiveForeignKey &key, const QList<Node> &parents,
                             const Found &found)
{
    QList<Node> referable; // a NULL is never referred to
    for (const Node &parent : parents) {
        const QList<StoredValue> values = parent.valuesOf(key.parentColumns);
        if (!values.isEmpty()
            && std::none_of(values.begin(), values.end(),
                            [](const StoredValue &value) { return value.isNull(); }))
            referable.append(parent);
    }
    // Many parents at once: without an index each statement walks through the whole table
    const qsizetype atOnce = key.columns.size() == 1 ? RowReader::maxKeysAtOnce : 1;
    for (qsizetype first = 0; first < referable.size(); first += atOnce)
        readChildren(key, referable.mid(first, atOnce), found);
}

void Collector::readChildren(const LiveForeignKey &key, const QList<Node> &parents,
                             const Found &found)
{
    const Dialect &dialect = m_connection.dialect();
    const Child child = childOf(key.table);
    const QString table = dialect.quote(key.table);
    QStringList columns;
    for (const QString &column : child.columns)
        columns.append(table + u'.' + dialect.quote(column));
    QStringList conditions;
    for (const QString &column : key.columns)
        conditions.append(table + u'.' + dialect.quote(column)
                          + (parents.size() == 1
                                 ? u" = ?"_s
                                 : u" IN (?%1)"_s.arg(u", ?"_s.repeated(parents.size() - 1))));
    const auto statement = m_connection.prepare(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
        columns.join(u", "_s), table, conditions.join(u" AND "_s)));

    int index = 0;
    for (const Node &parent : parents) {
        for (const StoredValue &value : parent.valuesOf(key.parentColumns))
            statement->bind(index++, value);
    }
    while (statement->step()) {
        Node node{0, child.columns, {}};
        for (int i = 0; i < child.columns.size(); ++i)
            node.values.append(statement->columnValue(i));
        const QList<StoredValue> refers = node.valuesOf(key.columns);
        const auto parent
            = std::find_if(parents.begin(), parents.end(), [&](const Node &candidate) {
                  return candidate.valuesOf(key.parentColumns) == refers;
              });
        // a collation or affinity may find what is not equal: any of them brings it back
        found(parent == parents.end() ? parents.first() : *parent, child, node.values);
    }
}

const QList<LiveForeignKey> &Collector::keysTo(const QString &table)
{
    auto found = m_keys.find(table.toLower());
    if (found == m_keys.end())
        found = m_keys.insert(table.toLower(), foreignKeysTo(m_connection, table));
    return *found;
}

const Child &Collector::childOf(const QString &table)
{
    const auto found = m_children.constFind(table.toLower());
    if (found != m_children.constEnd())
        return *found;
    const LiveTable live = reflect(m_connection, table);
    Child child;
    for (const Column &column : live.table.columns) {
        if (!live.generated.contains(column.name))
            child.columns.append(column.name);
        if (column.isPrimaryKey)
            child.key.append(column.name);
    }
    if (child.key.isEmpty()) {
        // any of its names that no column has taken
        for (const QString &name : {u"rowid"_s, u"_rowid_"_s, u"oid"_s}) {
            if (child.key.isEmpty() && !child.columns.contains(name, Qt::CaseInsensitive))
                child.key.append(name);
        }
        child.columns = child.key + child.columns;
    }
    return *m_children.insert(table.toLower(), child);
}

bool Collector::markSeen(const QString &table, const QList<StoredValue> &key)
{
    QSet<Key> &seen = m_seen[table.toLower()];
    const qsizetype before = seen.size();
    seen.insert(Key::values(key));
    return seen.size() > before;
}

bool enforcesForeignKeys(Connection &connection)
{
    return connection.url().isSqlite()
        && connection.scalar(u"PRAGMA foreign_keys"_s).toInteger() != 0;
}

/// "id = ? AND …" and the values to bind, of the key of @p row.
QString keyCondition(const Dialect &dialect, const DependentRow &row, QList<StoredValue> &values)
{
    QStringList parts;
    for (const QString &name : row.keyColumns) {
        const StoredValue value = row.values.at(row.columns.indexOf(name));
        parts.append(dialect.quote(name) + (value.isNull() ? u" IS NULL"_s : u" = ?"_s));
        if (!value.isNull())
            values.append(value);
    }
    return parts.join(u" AND "_s);
}

QStringList quoted(const Dialect &dialect, const QStringList &columns)
{
    QStringList names;
    for (const QString &column : columns)
        names.append(dialect.quote(column));
    return names;
}

void insertAgain(Connection &connection, const DependentRow &row)
{
    const Dialect &dialect = connection.dialect();
    try {
        const CompiledStatement insert = restoreStatement(dialect, row);
        connection.execute(insert.sql, insert.values);
    } catch (const IntegrityError &) {
        QList<StoredValue> key;
        const auto same = connection.prepare(u"SELECT %1 FROM %2 WHERE %3"_s.arg(
            quoted(dialect, row.columns).join(u", "_s), dialect.quote(row.table),
            keyCondition(dialect, row, key)));
        for (int i = 0; i < key.size(); ++i)
            same->bind(i, key.at(i));
        QList<StoredValue> values;
        if (same->step()) {
            for (int i = 0; i < row.columns.size(); ++i)
                values.append(same->columnValue(i));
        }
        if (values != row.values)
            throw;
    }
}

void changeBack(Connection &connection, const DependentRow &row)
{
    const Table live = reflect(connection, row.table).table;
    const CompiledStatement update = restoreStatement(connection.dialect(), row, &live);
    connection.execute(update.sql, update.values);
}

} // namespace

QHash<int, QList<DependentRow>> collectDependents(Connection &connection, const Table &table,
                                                  const QList<Record> &rows)
{
    if (rows.isEmpty() || !enforcesForeignKeys(connection)
        || foreignKeysTo(connection, table.name).isEmpty())
        return {};
    return Collector(connection).collect(table, rows);
}

QList<DependentCount> dependentCounts(Connection &connection, const Table &table,
                                      const QList<Key> &keys)
{
    const RowReader reader(connection, table);
    QList<Record> rows;
    reader.readKeys(keys, RowReader::Cut::None,
                    [&rows](const Key &, const Record &record) { rows.append(record); });
    const QHash<int, QList<DependentRow>> dependents = collectDependents(connection, table, rows);

    QList<DependentCount> counts;
    for (int root = 0; root < rows.size(); ++root) {
        const QList<DependentRow> ofRoot = dependents.value(root);
        for (const DependentRow &row : ofRoot) {
            auto count
                = std::find_if(counts.begin(), counts.end(), [&](const DependentCount &other) {
                      return other.table == row.table;
                  });
            if (count == counts.end())
                count = counts.insert(counts.end(), {row.table});
            ++(row.effect == DependentRow::Effect::Deleted ? count->deleted : count->changed);
        }
    }
    return counts;
}

qint64 dependentCount(Connection &connection, const Table &table, const QList<Key> &keys)
{
    qint64 sum = 0;
    const QList<DependentCount> counts = dependentCounts(connection, table, keys);
    for (const DependentCount &count : counts)
        sum += count.deleted + count.changed;
    return sum;
}

CompiledStatement restoreStatement(const Dialect &dialect, const DependentRow &row,
                                   const Table *live)
{
    const QString table = dialect.quote(row.table);
    if (row.effect == DependentRow::Effect::Deleted)
        return {u"INSERT INTO %1 (%2) VALUES (?%3)"_s.arg(
                    table, quoted(dialect, row.columns).join(u", "_s),
                    u", ?"_s.repeated(row.columns.size() - 1)),
                row.values};
    QStringList assignments;
    QStringList conditions;
    QList<StoredValue> values;
    for (qsizetype i = row.keyColumns.size(); i < row.columns.size(); ++i) { // the key stands first
        const QString name = dialect.quote(row.columns.at(i));
        assignments.append(name + u" = ?"_s);
        values.append(row.values.at(i));
        QString condition = name + u" IS NULL"_s;
        const int index = live ? live->indexOf(row.columns.at(i)) : -1;
        if (index >= 0 && live->columns.at(index).serverDefault)
            condition += u" OR %1 IS (%2)"_s.arg(name, live->columns.at(index).serverDefault.sql);
        conditions.append(u'(' + condition + u')');
    }
    conditions.prepend(keyCondition(dialect, row, values));
    return {u"UPDATE %1 SET %2 WHERE %3"_s.arg(table, assignments.join(u", "_s),
                                               conditions.join(u" AND "_s)),
            values};
}

void restoreDependent(Connection &connection, const DependentRow &row)
{
    if (row.effect == DependentRow::Effect::Deleted)
        insertAgain(connection, row);
    else
        changeBack(connection, row);
}

} // namespace orm
