// SPDX-License-Identifier: MIT
#include "core/migration/schemadiff.h"

#include "core/dialect/ddlcompiler.h"
#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/engine/createtable.h"
#include "core/engine/inspector.h"
#include "core/engine/transaction.h"
#include "core/error.h"
#include "core/mapping/metadata.h"
#include "core/migration/tablerebuild.h"
#include "core/schema/reference.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

using Kind = SchemaChange::Kind;

bool isSameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool containsName(const QStringList &names, const QString &name)
{
    return names.contains(name, Qt::CaseInsensitive);
}

/// Whether every value that fits @p from fits @p to.
bool widens(const ColumnType &from, const ColumnType &to)
{
    using Type = ColumnType::Kind;
    if (from.kind == to.kind) {
        if (from.kind == Type::Numeric)
            return to.length == 0
                || (from.length > 0 && to.scale >= from.scale
                    && to.length - to.scale >= from.length - from.scale);
        return to.length == 0 || (from.length > 0 && to.length >= from.length);
    }
    const auto isNumber = [](Type kind) {
        return kind == Type::Boolean || kind == Type::Integer || kind == Type::BigInteger;
    };
    if (isNumber(from.kind))
        return isNumber(to.kind) && to.kind != Type::Boolean;
    if (from.kind == Type::Unknown)
        return false;
    const auto isBare = [](const ColumnType &type) {
        return type.kind == Type::Text || (type.kind == Type::String && type.length == 0);
    };
    return isBare(to) && from.kind != Type::LargeBinary && from.kind != Type::Float
        && from.kind != Type::Numeric;
}

/// SQLite's own types, which are all that a STRICT table takes.
QString strictTypeName(ColumnType::Kind kind)
{
    using Type = ColumnType::Kind;
    switch (kind) {
    case Type::Boolean:
    case Type::Integer:
    case Type::BigInteger:
        return u"INTEGER"_s;
    case Type::Float:
        return u"REAL"_s;
    case Type::LargeBinary:
        return u"BLOB"_s;
    case Type::Unknown:
        return u"ANY"_s;
    case Type::Numeric:
    case Type::String:
    case Type::Text:
    case Type::Enum:
    case Type::Json:
    case Type::Uuid:
    case Type::Date:
    case Type::Time:
    case Type::DateTime:
        break;
    }
    return u"TEXT"_s;
}

bool isStrict(Connection &connection, const QString &table)
{
    try {
        return connection
                   .scalar(u"SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = "
                           "? COLLATE NOCASE"_s,
                           {StoredValue::text(table)})
                   .toInteger()
            != 0;
    } catch (const ProgrammingError &) { // an older SQLite knows neither
        return false;
    }
}

/// The declared type of a live column; empty if it has none.
QString declaredType(Connection &connection, const QString &table, const QString &column)
{
    return connection
        .scalar(u"SELECT type FROM pragma_table_xinfo(?, 'main') WHERE name = ? COLLATE NOCASE"_s,
                {StoredValue::text(table), StoredValue::text(column)})
        .toString();
}

QString createSql(Connection &connection, const QString &table)
{
    return connection
        .scalar(u"SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE "
                "NOCASE"_s,
                {StoredValue::text(table)})
        .toString();
}

/// What is to be done with one table that exists.
class TableDiff
{
public:
    TableDiff(const Table &wanted, Connection &connection, const SchemaPermissions &permissions)
        : m_wanted(wanted)
        , m_connection(connection)
        , m_dialect(connection.dialect())
        , m_permissions(permissions)
        , m_live(reflect(connection, wanted.name))
        , m_created(CreateTable::parse(createSql(connection, wanted.name)))
        , m_isStrict(isStrict(connection, wanted.name))
    {}

    QList<SchemaChange> changes()
    {
        for (const Column &column : m_wanted.columns) {
            const int index = m_live.table.indexOf(column.name);
            if (index < 0)
                addColumn(column);
            else
                compareColumn(column, m_live.table.columns.at(index));
        }
        compareForeignKeys();
        compareUnique();
        dropColumns();
        compareIndexes();
        return m_changes;
    }

    /// The table as it is to be; nothing if no change needs a rebuild.
    std::optional<CreateTable> rebuilt() const { return m_isRebuilt ? m_created : std::nullopt; }
    /// The columns whose values stay.
    QStringList keptColumns() const
    {
        QStringList kept;
        for (const Column &column : m_live.table.columns) {
            if (!containsName(m_live.generated, column.name)
                && !containsName(m_dropped, column.name))
                kept.append(column.name);
        }
        return kept;
    }

private:
    SchemaChange change(Kind kind, const QString &name) const
    {
        SchemaChange made;
        made.kind = kind;
        made.table = m_live.table.name;
        made.name = name;
        return made;
    }

    /// Marks a change that only a rebuild can make.
    void rebuild(SchemaChange &made)
    {
        made.isRebuild = true;
        m_isRebuilt = true;
        if (!m_created)
            made.refusal = u"%1 can't be rebuilt: it is no ordinary table"_s.arg(made.table);
    }

    void addColumn(const Column &column)
    {
        SchemaChange made = change(Kind::AddColumn, column.name);
        const QString definition = columnDefinition(column, m_dialect, typeName(column.type));
        const bool isComputed = column.serverDefault.kind == Default::Kind::Sql;
        if (column.isPrimaryKey)
            made.refusal = u"%1.%2 can't become part of the key of a table that exists"_s.arg(
                made.table, column.name);
        else if (!column.isNullable && !column.serverDefault)
            made.refusal
                = u"%1.%2 must have a value but has no default: the rows that are there would "
                  "have none"_s.arg(made.table, column.name);
        const bool isInKey = std::any_of(
            m_wanted.foreignKeys.begin(), m_wanted.foreignKeys.end(),
            [&column](const ForeignKey &key) { return containsName(key.columns, column.name); });
        if (column.isUnique || isComputed || isInKey) { // ALTER TABLE takes none of them
            if (m_created)
                m_created->addColumn(definition + (column.isUnique ? u" UNIQUE"_s : QString())
                                     + referenceClause(column));
            rebuild(made);
        } else {
            made.sql = {u"ALTER TABLE %1 ADD COLUMN %2%3"_s.arg(
                m_dialect.quote(made.table), definition, referenceClause(column))};
        }
        m_changes.append(made);
    }

    QString typeName(const ColumnType &type) const
    {
        return m_isStrict ? strictTypeName(type.kind) : m_dialect.typeName(type);
    }

    QString referenceClause(const Column &column) const
    {
        return column.references.isEmpty() ? QString() : u' ' + compileReference(column, m_dialect);
    }

    void compareColumn(const Column &wanted, const Column &live)
    {
        const QString to = typeName(wanted.type);
        const QString from = declaredType(m_connection, m_live.table.name, live.name);
        if (wanted.type != typeOf(from) && typeOf(to) != typeOf(from)) {
            SchemaChange made = change(Kind::ChangeType, live.name);
            made.from = from;
            made.to = to;
            const bool isAllowed
                = containsName(m_permissions.narrow, made.table + u'.' + live.name);
            if (!isAllowed && !widens(typeOf(from), typeOf(to)))
                made.refusal
                    = u"%1.%2 is %3; not all of its values need fit %4, unless it is named"_s.arg(
                        made.table, live.name, from.isEmpty() ? u"untyped"_s : from, to);
            if (m_created)
                m_created->setType(live.name, to);
            rebuild(made);
            m_changes.append(made);
        }
        if (!wanted.isNullable && live.isNullable && !wanted.isPrimaryKey) {
            SchemaChange made = change(Kind::AddNotNull, live.name);
            if (!containsName(m_permissions.narrow, made.table + u'.' + live.name))
                made.refusal
                    = u"%1.%2 may be NULL, and others may write it so, unless it is named"_s.arg(
                        made.table, live.name);
            if (m_created)
                m_created->setNotNull(live.name);
            rebuild(made);
            m_changes.append(made);
        }
        if (wanted.serverDefault && !hasDefault(wanted, live)) {
            SchemaChange made = change(Kind::ChangeDefault, live.name);
            made.from = live.serverDefault.sql;
            made.to = defaultSql(wanted);
            if (m_created)
                m_created->setDefault(live.name, made.to);
            rebuild(made);
            m_changes.append(made);
        }
        if (wanted.isUnique && !live.isUnique && !wanted.isPrimaryKey) {
            SchemaChange made = change(Kind::AddUnique, live.name);
            if (m_created)
                m_created->addConstraint(u"UNIQUE (%1)"_s.arg(m_dialect.quote(live.name)));
            rebuild(made);
            m_changes.append(made);
        }
        const LiveForeignKey *key = wanted.references.isEmpty() ? nullptr : foreignKey(wanted);
        if (key) {
            compareAction(wanted, *key);
        } else if (!wanted.references.isEmpty()) {
            SchemaChange made = change(Kind::AddForeignKey, live.name);
            if (m_created)
                m_created->addConstraint(u"FOREIGN KEY(%1) %2"_s.arg(
                    m_dialect.quote(live.name), compileReference(wanted, m_dialect)));
            rebuild(made);
            m_changes.append(made);
        }
    }

    void compareAction(const Column &wanted, const LiveForeignKey &live)
    {
        // Of a key of several columns no column of the mapping knows
        if (wanted.onDelete == ForeignKeyAction::NoAction || wanted.onDelete == live.onDelete
            || live.columns.size() != 1)
            return;
        SchemaChange made = change(Kind::ChangeForeignKey, live.columns.first());
        made.from = actionName(live.onDelete);
        made.to = actionName(wanted.onDelete);
        if (m_created)
            m_created->setOnDelete(live.columns.first(), live.parentTable, made.to);
        rebuild(made);
        m_changes.append(made);
    }

    const LiveForeignKey *foreignKey(const Column &wanted) const
    {
        const QString table = referenceOf(wanted.references).table;
        const auto found = std::find_if(
            m_live.foreignKeys.begin(), m_live.foreignKeys.end(), [&](const LiveForeignKey &key) {
                return containsName(key.columns, wanted.name) && isSameName(key.parentTable, table);
            });
        return found == m_live.foreignKeys.end() ? nullptr : &*found;
    }

    QString defaultSql(const Column &column) const
    {
        return column.serverDefault.kind == Default::Kind::Sql
            ? column.serverDefault.sql
            : m_dialect.literal(column.serverDefault.value);
    }

    /// 3, '3' and (3) are one default.
    bool hasDefault(const Column &wanted, const Column &live) const
    {
        if (!live.serverDefault)
            return false;
        const QString to = defaultSql(wanted);
        const QString &from = live.serverDefault.sql;
        if (isSameName(to.simplified(), from.simplified()))
            return true;
        try {
            return m_connection
                       .scalar(u"SELECT CAST((%1) AS TEXT) IS CAST((%2) AS TEXT)"_s.arg(from, to))
                       .toInteger()
                != 0;
        } catch (const ProgrammingError &) { // DEFAULT takes a bare word for a text
            return false;
        }
    }

    /// Those of several columns.
    void compareForeignKeys()
    {
        for (const ForeignKey &wanted : m_wanted.foreignKeys) {
            const bool isThere = std::any_of(
                m_live.foreignKeys.begin(), m_live.foreignKeys.end(),
                [&wanted](const LiveForeignKey &key) {
                    return isSameName(key.parentTable, wanted.table)
                        && isSameName(key.columns.join(u','), wanted.columns.join(u','))
                        && isSameName(key.parentColumns.join(u','), wanted.keyColumns.join(u','));
                });
            if (isThere)
                continue;
            SchemaChange made = change(Kind::AddForeignKey, wanted.columns.join(u", "_s));
            if (m_created)
                m_created->addConstraint(compileForeignKey(wanted, m_dialect));
            rebuild(made);
            m_changes.append(made);
        }
    }

    /// Constraints over several columns.
    void compareUnique()
    {
        for (const Index &wanted : m_wanted.indexes) {
            if (!wanted.name.isEmpty())
                continue;
            const bool isThere = std::any_of(
                m_live.indexes.begin(), m_live.indexes.end(), [&wanted](const LiveIndex &live) {
                    return live.isUnique && !live.isPartial
                        && live.columns.size() == wanted.columns.size()
                        && std::all_of(wanted.columns.begin(), wanted.columns.end(),
                                       [&live](const QString &column) {
                                           return containsName(live.columns, column);
                                       });
                });
            if (isThere)
                continue;
            SchemaChange made = change(Kind::AddUnique, wanted.columns.join(u", "_s));
            if (m_created)
                m_created->addConstraint(compileUnique(wanted, m_dialect));
            rebuild(made);
            m_changes.append(made);
        }
    }

    void dropColumns()
    {
        for (const Column &live : m_live.table.columns) {
            if (m_wanted.indexOf(live.name) >= 0
                || !containsName(m_permissions.drop, m_live.table.name + u'.' + live.name))
                continue;
            SchemaChange made = change(Kind::DropColumn, live.name);
            if (live.isPrimaryKey)
                made.refusal = u"%1.%2 is part of the key"_s.arg(made.table, live.name);
            else if (const QString trigger = triggerFor(live.name); !trigger.isEmpty())
                made.refusal
                    = u"%1.%2 can't be dropped: the trigger %3 runs when it is updated, and "
                      "must be dropped first"_s.arg(made.table, live.name, trigger);
            if (m_created)
                m_created->removeColumn(live.name);
            m_dropped.append(live.name);
            rebuild(made);
            m_changes.append(made);
        }
    }

    /// A trigger that runs when this column is updated; empty if none does.
    QString triggerFor(const QString &column) const
    {
        const QList<ColumnTrigger> triggers = columnTriggers(m_connection);
        for (const ColumnTrigger &trigger : triggers) {
            if (isSameName(trigger.table, m_live.table.name)
                && containsName(trigger.columns, column))
                return trigger.name;
        }
        return {};
    }

    void compareIndexes()
    {
        for (const LiveIndex &live : m_live.indexes) {
            const bool isWanted = std::any_of(
                m_wanted.indexes.begin(), m_wanted.indexes.end(),
                [&live](const Index &index) { return isSameName(index.name, live.name); });
            if (isWanted || !containsName(m_permissions.drop, live.name))
                continue;
            SchemaChange made = change(Kind::DropIndex, live.name);
            made.sql = {u"DROP INDEX "_s + m_dialect.quote(live.name)};
            m_changes.append(made);
        }
        for (const Index &index : m_wanted.indexes) {
            if (index.name.isEmpty())
                continue; // see compareUnique()
            const auto live = std::find_if(
                m_live.indexes.begin(), m_live.indexes.end(),
                [&index](const LiveIndex &one) { return isSameName(one.name, index.name); });
            SchemaChange made = change(Kind::CreateIndex, index.name);
            made.sql = {compileCreateIndex(m_wanted, index, m_dialect)};
            if (live != m_live.indexes.end()) {
                const bool isSame = live->isUnique == index.isUnique
                    && !(live->isUnique && live->isPartial) // some rows alone are
                    && live->columns.size() == index.columns.size()
                    && std::equal(live->columns.begin(), live->columns.end(), index.columns.begin(),
                                  isSameName);
                if (isSame)
                    continue;
                if (containsName(m_permissions.drop, index.name))
                    made.sql.prepend(u"DROP INDEX "_s + m_dialect.quote(live->name));
                else
                    made.refusal
                        = u"%1 is an index over other columns or rows, which must be named to be "
                          "dropped"_s.arg(index.name);
            }
            m_changes.append(made);
        }
    }

    const Table &m_wanted;
    Connection &m_connection;
    const Dialect &m_dialect;
    const SchemaPermissions &m_permissions;
    LiveTable m_live;
    std::optional<CreateTable> m_created;
    bool m_isStrict = false;
    bool m_isRebuilt = false;
    QStringList m_dropped;
    QList<SchemaChange> m_changes;
};

/// The changes of a table: those that a rebuild makes together, and the statements of all.
QList<SchemaChange> tableChanges(const Table &wanted, Connection &connection,
                                 const SchemaPermissions &permissions)
{
    TableDiff diff(wanted, connection, permissions);
    QList<SchemaChange> changes = diff.changes();
    const std::optional<CreateTable> rebuilt = diff.rebuilt();
    if (!rebuilt)
        return changes;
    // Dropped indexes are not to be made again, and columns added by ALTER are not there yet: the
    // rebuild comes first
    std::stable_partition(changes.begin(), changes.end(),
                          [](const SchemaChange &change) { return change.isRebuild; });
    changes.first().sql
        = rebuildStatements(connection, changes.first().table, *rebuilt, diff.keptColumns());
    return changes;
}

bool isThere(Connection &connection, const QString &type, const QString &name)
{
    return !connection
                .scalar(u"SELECT 1 FROM sqlite_schema WHERE type = ? AND name = ? COLLATE NOCASE"_s,
                        {StoredValue::text(type), StoredValue::text(name)})
                .isNull();
}

} // namespace

bool SchemaDiff::isRefused() const
{
    return std::any_of(changes.begin(), changes.end(),
                       [](const SchemaChange &change) { return !change.refusal.isEmpty(); });
}

QStringList SchemaDiff::sql() const
{
    QStringList all;
    for (const SchemaChange &change : changes)
        all += change.sql;
    return all;
}

SchemaDiff diff(const MetaData &meta, Connection &connection, const SchemaPermissions &permissions)
{
    SchemaDiff found;
    const QList<Table> tables = meta.sortedTables();
    for (const Table &table : tables) {
        if (isThere(connection, u"table"_s, table.name)) {
            found.changes += tableChanges(table, connection, permissions);
            continue;
        }
        SchemaChange made;
        made.kind = Kind::CreateTable;
        made.table = table.name;
        made.sql = {compileCreateTable(table, connection.dialect())};
        for (const Index &index : table.indexes) {
            if (!index.name.isEmpty()) // else it is part of the table
                made.sql.append(compileCreateIndex(table, index, connection.dialect()));
        }
        if (isThere(connection, u"view"_s, table.name))
            made.refusal = u"%1 is a view, not a table"_s.arg(table.name);
        found.changes.append(made);
    }
    for (const QString &name : permissions.drop) {
        const bool isMapped
            = std::any_of(tables.begin(), tables.end(),
                          [&name](const Table &table) { return isSameName(table.name, name); });
        if (isMapped || !isThere(connection, u"table"_s, name))
            continue;
        SchemaChange made;
        made.kind = Kind::DropTable;
        made.table = name;
        made.sql = {u"DROP TABLE "_s + connection.dialect().quote(name)};
        found.changes.append(made);
    }
    return found;
}

void upgrade(const MetaData &meta, Connection &connection, const SchemaPermissions &permissions,
             const QString &backup)
{
    if (connection.inTransaction())
        throw InvalidRequestError(u"A schema can't be altered inside a transaction"_s);
    const auto checked = [&] {
        SchemaDiff found = diff(meta, connection, permissions);
        for (const SchemaChange &change : found.changes) {
            if (!change.refusal.isEmpty())
                throw InvalidRequestError(change.refusal);
        }
        return found;
    };
    if (checked().isEmpty())
        return;
    if (!backup.isEmpty())
        connection.execute(u"VACUUM INTO ?"_s, {StoredValue::text(backup)});
    const AlteringScope scope(connection);
    Transaction transaction(connection);
    const SchemaUses uses(connection);
    const QStringList statements = checked().sql(); // nobody else can change the schema now
    for (const QString &statement : statements)
        connection.execute(statement);
    scope.checkForeignKeys();
    uses.check();
    transaction.commit();
}

} // namespace orm
