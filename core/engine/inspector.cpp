// SPDX-License-Identifier: MIT
#include "core/engine/inspector.h"

#include "core/dialect/dialect.h"
#include "core/engine/connection.h"
#include "core/error.h"

#include <QRegularExpression>

#include <algorithm>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

void checkDialect(const Connection &connection)
{
    if (!connection.url().isSqlite())
        throw InvalidRequestError(u"Only SQLite databases can be inspected so far"_s);
}

bool isSameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool containsName(const QStringList &names, const QString &name)
{
    return names.contains(name, Qt::CaseInsensitive);
}

/// A column as PRAGMA table_xinfo tells it.
struct LiveColumn
{
    QString name;
    QString declaredType;
    bool isNotNull = false;
    std::optional<QString> defaultSql;
    int keyPosition = 0; ///< counts from 1; 0: not in the key
    bool isGenerated = false;
};

QList<LiveColumn> readColumns(Connection &connection, const QString &table)
{
    enum Hidden { Visible, OfVirtualTable, GeneratedVirtual, GeneratedStored };
    QList<LiveColumn> columns;
    const auto rows = connection.prepare(u"SELECT name, type, \"notnull\", dflt_value, pk, hidden "
                                         "FROM pragma_table_xinfo(?, 'main') ORDER BY cid"_s);
    rows->bindText(0, table);
    while (rows->step()) {
        const qint64 hidden = rows->columnInteger(5);
        if (hidden == OfVirtualTable)
            continue;
        LiveColumn column;
        column.name = rows->columnText(0);
        column.declaredType = rows->columnText(1);
        column.isNotNull = rows->columnInteger(2) != 0;
        if (rows->columnClass(3) != StorageClass::Null)
            column.defaultSql = rows->columnText(3);
        column.keyPosition = static_cast<int>(rows->columnInteger(4));
        column.isGenerated = hidden == GeneratedVirtual || hidden == GeneratedStored;
        columns.append(column);
    }
    return columns;
}

QList<LiveIndex> readIndexes(Connection &connection, const QString &table)
{
    QList<LiveIndex> indexes;
    const auto rows = connection.prepare(
        u"SELECT name, \"unique\", partial FROM pragma_index_list(?, 'main') ORDER BY seq"_s);
    rows->bindText(0, table);
    while (rows->step()) {
        LiveIndex index;
        index.name = rows->columnText(0);
        index.isUnique = rows->columnInteger(1) != 0;
        index.isPartial = rows->columnInteger(2) != 0;
        indexes.append(index);
    }
    const auto parts
        = connection.prepare(u"SELECT name, \"desc\", coll FROM pragma_index_xinfo(?, 'main') "
                             "WHERE key = 1 ORDER BY seqno"_s);
    for (LiveIndex &index : indexes) {
        parts->bindText(0, index.name);
        while (parts->step()) {
            index.columns.append(parts->columnText(0));
            index.orders.append(parts->columnInteger(1) ? Qt::DescendingOrder : Qt::AscendingOrder);
            index.collations.append(parts->columnText(2));
        }
        parts->reset();
    }
    return indexes;
}

LiveForeignKey::Action actionOf(const QString &text)
{
    if (text == u"CASCADE"_s)
        return LiveForeignKey::Action::Cascade;
    if (text == u"SET NULL"_s)
        return LiveForeignKey::Action::SetNull;
    if (text == u"SET DEFAULT"_s)
        return LiveForeignKey::Action::SetDefault;
    return text == u"RESTRICT"_s ? LiveForeignKey::Action::Restrict
                                 : LiveForeignKey::Action::NoAction;
}

QStringList keyColumns(Connection &connection, const QString &table)
{
    QList<LiveColumn> columns = readColumns(connection, table);
    columns.removeIf([](const LiveColumn &column) { return column.keyPosition == 0; });
    std::sort(columns.begin(), columns.end(), [](const LiveColumn &a, const LiveColumn &b) {
        return a.keyPosition < b.keyPosition;
    });
    QStringList names;
    for (const LiveColumn &column : columns)
        names.append(column.name);
    return names;
}

QList<LiveForeignKey> readForeignKeys(Connection &connection, const QString &table)
{
    QList<LiveForeignKey> keys;
    const auto rows
        = connection.prepare(u"SELECT id, \"table\", \"from\", \"to\", on_delete, on_update "
                             "FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq"_s);
    rows->bindText(0, table);
    qint64 current = -1;
    while (rows->step()) {
        if (rows->columnInteger(0) != current) {
            current = rows->columnInteger(0);
            LiveForeignKey key;
            key.table = table;
            key.parentTable = rows->columnText(1);
            key.onDelete = actionOf(rows->columnText(4));
            key.onUpdate = actionOf(rows->columnText(5));
            keys.append(key);
        }
        keys.last().columns.append(rows->columnText(2));
        if (rows->columnClass(3) != StorageClass::Null)
            keys.last().parentColumns.append(rows->columnText(3));
    }
    for (LiveForeignKey &key : keys) {
        if (key.parentColumns.isEmpty()) // REFERENCES users: its key is meant
            key.parentColumns = keyColumns(connection, key.parentTable);
    }
    return keys;
}

bool isWithoutRowid(Connection &connection, const QString &table)
{
    // Older SQLite has no PRAGMA table_list. "SELECT rowid" would do, but a column can have that name
    const auto key = connection.prepare(u"SELECT 1 FROM pragma_index_info(?, 'main')"_s);
    key->bindText(0, table); // only such a table is an index itself
    return key->step();
}

/// Whether one value of @p type can lie in a column declared as @p live. Generous: SQLite has
/// many names for one storage.
bool isCompatible(ColumnType::Kind type, ColumnType::Kind live)
{
    using Kind = ColumnType::Kind;
    const auto isAny = [](Kind kind, std::initializer_list<Kind> kinds) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (type == live || live == Kind::Unknown || type == Kind::Unknown)
        return true;
    switch (type) {
    case Kind::Boolean:
    case Kind::Integer:
    case Kind::BigInteger:
        return isAny(live, {Kind::Boolean, Kind::Integer, Kind::BigInteger, Kind::Numeric});
    case Kind::Float:
        return isAny(live, {Kind::Float, Kind::Numeric});
    case Kind::Numeric:
        return isAny(live,
                     {Kind::Numeric, Kind::Float, Kind::Integer, Kind::BigInteger, Kind::String,
                      Kind::Text});
    case Kind::String:
    case Kind::Text:
    case Kind::Enum:
        return isAny(live, {Kind::String, Kind::Text, Kind::Json, Kind::Uuid, Kind::Enum});
    case Kind::Json:
        return isAny(live, {Kind::String, Kind::Text});
    case Kind::Uuid:
        return isAny(live, {Kind::String, Kind::Text, Kind::LargeBinary});
    case Kind::Date:
    case Kind::Time:
    case Kind::DateTime:
        return isAny(live, {Kind::Date, Kind::Time, Kind::DateTime, Kind::String, Kind::Text});
    case Kind::LargeBinary:
    case Kind::Unknown:
        break;
    }
    return false;
}

bool hasUniqueIndex(const LiveTable &live, const QStringList &columns)
{
    return std::any_of(live.indexes.begin(), live.indexes.end(), [&](const LiveIndex &index) {
        return index.isUnique && !index.isPartial && index.columns.size() == columns.size()
            && std::all_of(columns.begin(), columns.end(), [&](const QString &column) {
                   return containsName(index.columns, column);
               });
    });
}

void setLiveFacts(Column &column, const LiveColumn &live, const LiveTable &table)
{
    column.name = live.name;
    column.isPrimaryKey = live.keyPosition > 0;
    column.isNullable = !live.isNotNull && !column.isPrimaryKey;
    column.isUnique = hasUniqueIndex(table, {live.name});
    column.isReadOnly = column.isReadOnly || live.isGenerated;
    column.serverDefault = {};
    if (live.defaultSql)
        column.serverDefault = {Default::Kind::Sql, {}, *live.defaultSql};
    column.references.clear();
    column.onDelete = ForeignKeyAction::NoAction;
    for (const LiveForeignKey &key : table.foreignKeys) {
        if (key.columns.size() != 1 || !isSameName(key.columns.first(), live.name))
            continue;
        column.references = u"%1(%2)"_s.arg(key.parentTable, key.parentColumns.value(0));
        column.onDelete = key.onDelete;
    }
}

/// Whether @p name, which no column has, is SQLite's own number of a row.
bool hasRowid(const LiveTable &live, const QString &name)
{
    return !live.isView && !live.isWithoutRowid && isSameName(name, u"rowid"_s);
}

/// Whether the index is that of the table's primary key.
bool isKey(Connection &connection, const LiveTable &live, const LiveIndex &index)
{
    const QStringList key = keyColumns(connection, live.table.name);
    return key.size() == index.columns.size()
        && std::all_of(key.begin(), key.end(), [&index](const QString &column) {
               return containsName(index.columns, column);
           });
}

/// Whether a row has NULL in its key, which SQLite allows in old-style tables, and to several rows.
bool hasNullKey(Connection &connection, const LiveTable &live)
{
    if (live.isWithoutRowid || live.isView || live.table.primaryKey().isEmpty())
        return false;
    QStringList parts;
    for (const int column : live.table.primaryKey()) {
        const QString &name = live.table.columns.at(column).name;
        if (connection.isRowid(live.table.name, name))
            return false;
        parts.append(connection.dialect().quote(name) + u" IS NULL"_s);
    }
    return !connection
                .scalar(u"SELECT 1 FROM main.%1 WHERE %2 LIMIT 1"_s.arg(
                    connection.dialect().quote(live.table.name), parts.join(u" OR "_s)))
                .isNull();
}

/// Where the database has no primary key, the mapping's is a key if a unique index makes it one.
/// @param isByNumber the mapping knows rows by their numbers
void chooseKey(LiveTable &live, const Table &mapped, bool isByNumber)
{
    if (isByNumber) {
        for (Column &column : live.table.columns)
            column.isPrimaryKey = false;
    }
    if (!live.table.primaryKey().isEmpty()) {
        live.hasUniqueKey = true;
        return;
    }
    QStringList names;
    bool isNullable = false;
    for (Column &column : live.table.columns) {
        const int index = mapped.indexOf(column.name);
        if (index < 0 || !mapped.columns.at(index).isPrimaryKey)
            continue;
        isNullable = isNullable || column.isNullable;
        column.isPrimaryKey = true;
        names.append(column.name);
    }
    live.hasUniqueKey = !names.isEmpty() && !isNullable && hasUniqueIndex(live, names);
}

} // namespace

QStringList tableNames(Connection &connection)
{
    checkDialect(connection);
    QStringList names;
    const auto rows
        = connection.prepare(u"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
                             "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"_s);
    while (rows->step())
        names.append(rows->columnText(0));
    return names;
}

LiveTable inspect(Connection &connection, const Table &mapped)
{
    checkDialect(connection);
    LiveTable live;
    live.table = mapped;
    live.table.columns.clear();

    const auto found
        = connection.prepare(u"SELECT name, type, sql FROM sqlite_schema "
                             "WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE"_s);
    found->bindText(0, mapped.name);
    if (!found->step()) {
        for (const Column &column : mapped.columns)
            live.missing.append(column.name);
        return live;
    }
    live.exists = true;
    live.table.name = found->columnText(0);
    live.isView = found->columnText(1) == u"view"_s;
    if (const auto created = CreateTable::parse(found->columnText(2)); created && !live.isView)
        live.constraints = created->constraints();
    found->reset();

    const QList<LiveColumn> columns = readColumns(connection, live.table.name);
    live.indexes = readIndexes(connection, live.table.name);
    live.foreignKeys = readForeignKeys(connection, live.table.name);
    live.isWithoutRowid = !live.isView && isWithoutRowid(connection, live.table.name);
    live.hasTriggers = !connection
                            .scalar(u"SELECT 1 FROM sqlite_schema WHERE type = 'trigger' "
                                    "AND tbl_name = ? COLLATE NOCASE"_s,
                                    {StoredValue::text(live.table.name)})
                            .isNull();

    for (const LiveColumn &column : columns) {
        if (column.isGenerated)
            live.generated.append(column.name);
    }
    bool isByNumber = false;
    for (const Column &column : mapped.columns) {
        const auto same
            = std::find_if(columns.begin(), columns.end(), [&](const LiveColumn &other) {
                  return isSameName(other.name, column.name);
              });
        if (same == columns.end() && column.isPrimaryKey && hasRowid(live, column.name)) {
            isByNumber = true;
            live.table.columns.append(column); // no column, but can be read like one
            live.table.columns.last().isPrimaryKey = false; // of the database
            continue;
        }
        if (same == columns.end()) {
            live.missing.append(column.name);
            continue;
        }
        Column kept = column;
        const ColumnType liveType = typeOf(same->declaredType);
        if (!isCompatible(column.type.kind, liveType.kind)) {
            live.different.append(same->name);
            kept.type = liveType; // so that an edit writes what the other programs read
            if (kept.role == Role::Created)
                kept.role = Role::None;
        }
        setLiveFacts(kept, *same, live);
        live.table.columns.append(kept);
    }
    for (const LiveColumn &column : columns) {
        if (mapped.indexOf(column.name) >= 0)
            continue;
        live.extra.append(column.name);
        Column added;
        added.type = typeOf(column.declaredType);
        added.isMapped = false;
        setLiveFacts(added, column, live);
        live.table.columns.append(added);
    }

    chooseKey(live, mapped, isByNumber);
    if (live.isView)
        live.hasUniqueKey = false;
    if (!live.hasUniqueKey) {
        for (Column &column : live.table.columns)
            column.isReadOnly = true;
    }
    return live;
}

LiveTable reflect(Connection &connection, const QString &table)
{
    Table unmapped;
    unmapped.name = table;
    LiveTable live = inspect(connection, unmapped);
    for (Column &column : live.table.columns) {
        const bool isBig = column.isPrimaryKey && column.type == BigInteger;
        if (isBig && connection.isRowid(live.table.name, column.name))
            column.type = Integer; // a BIGINT key would not be given by the database
    }
    live.hasNullKey = hasNullKey(connection, live);
    for (const LiveForeignKey &key : live.foreignKeys) {
        if (key.columns.size() > 1)
            live.table.foreignKeys.append(
                {key.columns, key.parentTable, key.parentColumns, key.onDelete});
    }
    for (const LiveIndex &index : live.indexes) {
        if (index.isPartial || index.columns.contains(QString()))
            continue;
        const bool isOwn
            = index.name.startsWith(u"sqlite_autoindex_"_s); // of a key or a UNIQUE constraint
        if (!isOwn)
            live.table.indexes.append({index.name, index.columns, index.isUnique});
        else if (index.columns.size() > 1 && !isKey(connection, live, index))
            live.table.indexes.append({{}, index.columns, true});
    }
    return live;
}

QList<LiveForeignKey> foreignKeysTo(Connection &connection, const QString &table)
{
    checkDialect(connection);
    QStringList referring;
    const auto rows = connection.prepare(
        u"SELECT DISTINCT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) k "
        "WHERE t.type = 'table' AND k.\"table\" = ? COLLATE NOCASE ORDER BY t.name"_s);
    rows->bindText(0, table);
    while (rows->step())
        referring.append(rows->columnText(0));

    QList<LiveForeignKey> keys;
    for (const QString &name : std::as_const(referring)) {
        const QList<LiveForeignKey> all = readForeignKeys(connection, name);
        std::copy_if(
            all.begin(), all.end(), std::back_inserter(keys),
            [&table](const LiveForeignKey &key) { return isSameName(key.parentTable, table); });
    }
    return keys;
}

ColumnType typeOf(const QString &declaredName)
{
    static const QRegularExpression pattern(
        uR"(^\s*([^(]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$)"_s);
    const QRegularExpressionMatch match = pattern.match(declaredName);
    const QString name = match.hasMatch() ? match.captured(1).toUpper() : declaredName.toUpper();
    const int length = match.captured(2).toInt();
    const int scale = match.captured(3).toInt();

    const auto is = [&name](std::initializer_list<QLatin1StringView> words) {
        return std::any_of(words.begin(), words.end(),
                           [&name](QLatin1StringView word) { return name == word; });
    };
    const auto has = [&name](QLatin1StringView part) { return name.contains(part); };
    if (name.isEmpty())
        return {};
    if (is({"BOOLEAN"_L1, "BOOL"_L1}))
        return Boolean;
    if (is({"DATE"_L1}))
        return Date;
    if (is({"TIME"_L1}))
        return Time;
    if (name.startsWith("DATETIME"_L1) || name.startsWith("TIMESTAMP"_L1))
        return DateTime;
    if (is({"JSON"_L1, "JSONB"_L1}))
        return Json;
    if (is({"UUID"_L1}))
        return Uuid;
    // SQLite's own rules from here on, in their order
    // @see https://www.sqlite.org/datatype3.html#determination_of_column_affinity
    if (has("INT"_L1))
        return BigInteger; // SQLite keeps 64 bits in any of them
    if (has("CLOB"_L1) || has("TEXT"_L1))
        return Text;
    if (has("CHAR"_L1))
        return length > 0 ? ColumnType(String{length}) : ColumnType{ColumnType::Kind::String};
    if (has("BLOB"_L1))
        return LargeBinary;
    if (has("REAL"_L1) || has("FLOA"_L1) || has("DOUB"_L1))
        return Float;
    if (has("NUM"_L1) || has("DEC"_L1))
        return Numeric{length, scale};
    return {};
}

QString collationOf(Connection &connection, const QString &table, const QString &column)
{
    if (!connection.sqlite())
        return {};
    const char *collation = nullptr;
    const int code = sqlite3_table_column_metadata(
        connection.sqlite(), "main", table.toUtf8().constData(), column.toUtf8().constData(),
        nullptr, &collation, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? QString::fromLatin1(collation) : QString();
}

} // namespace orm
