// SPDX-License-Identifier: MIT
#include "core/mapping/mapper.h"

#include <QMutex>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

Column toColumn(const ColumnMapping &mapping)
{
    Column column;
    column.name = QString::fromUtf8(mapping.name);
    column.type = mapping.type;
    column.isPrimaryKey = mapping.isPrimaryKey;
    column.isNullable = !mapping.isNotNull && !mapping.isPrimaryKey;
    column.isUnique = mapping.isUnique;
    column.isAutoincrement = mapping.isAutoincrement;
    column.isVersion = mapping.isVersion;
    column.clientDefault = mapping.clientDefault.toDefault();
    column.serverDefault = mapping.serverDefault.toDefault();
    column.onUpdate = mapping.onUpdate.toDefault();
    column.references = QString::fromUtf8(mapping.references);
    column.onDelete = mapping.onDelete;
    column.label = QString::fromUtf8(mapping.label);
    column.role = mapping.role;
    return column;
}

QString describe(const ValueProblem &problem)
{
    switch (problem.kind) {
    case ValueProblem::Kind::Null:
        return u"There must be a value"_s;
    case ValueProblem::Kind::TooLong:
        return u"The text is %1 code points long; %2 is the most"_s.arg(problem.length)
            .arg(problem.limit);
    case ValueProblem::Kind::InvalidText:
        return u"The text is not valid Unicode"_s;
    case ValueProblem::Kind::WrongType:
        break;
    }
    return u"The value is of another type"_s;
}

// The columns of a table without a struct: an object is a list of values

using Values = std::vector<StoredValue>;

const StoredValue &valueOf(const void *member)
{
    return *static_cast<const StoredValue *>(member);
}

void readValue(const PreparedStatement &statement, int column, void *member)
{
    *static_cast<StoredValue *>(member) = statement.columnValue(column);
}

/// As the members of a struct: SQLite keeps a text in an INT key, but a session knows rows by numbers.
void readIntegerKey(const PreparedStatement &statement, int column, void *member)
{
    qint64 id = 0;
    TypeTraits<qint64>::read(statement, column, id);
    *static_cast<StoredValue *>(member) = StoredValue::integer(id);
}

constexpr MemberOperations valueOperations(decltype(MemberOperations::read) read)
{
    return {
        .type = {},
        .size = sizeof(StoredValue),
        .isOptional = true, // whether there must be a value, the column says
        .check =
            [](const void *member, const ColumnType &type) {
                Column column;
                column.type = type;
                if (const auto problem = orm::validate(column, valueOf(member)))
                    throw DataError(QString(), describe(*problem));
            },
        .integer = [](const void *member) { return valueOf(member).toInteger(); },
        .setInteger
        = [](void *member,
             qint64 value) { *static_cast<StoredValue *>(member) = StoredValue::integer(value); },
        .bind = [](PreparedStatement &statement, int index,
                   const void *member) { statement.bind(index, valueOf(member)); },
        .read = read,
        .equal = [](const void *a, const void *b) { return valueOf(a) == valueOf(b); },
        .isUnset = [](const void *member) { return valueOf(member).isNull(); },
        .copy = [](void *to, const void *from) { *static_cast<StoredValue *>(to) = valueOf(from); },
        .toStored = [](const void *member) { return valueOf(member); },
        .fromStored = [](void *member,
                         const StoredValue &value) { *static_cast<StoredValue *>(member) = value; },
    };
}

DefaultSpec::Kind kindOf(const Default &given)
{
    switch (given.kind) {
    case Default::Kind::None:
        return DefaultSpec::Kind::None;
    case Default::Kind::Sql:
        return DefaultSpec::Kind::Sql;
    case Default::Kind::Value:
        break;
    }
    switch (given.value.storageClass()) {
    case StorageClass::Integer:
        return DefaultSpec::Kind::Integer;
    case StorageClass::Real:
        return DefaultSpec::Kind::Real;
    case StorageClass::Null:
    case StorageClass::Text:
    case StorageClass::Blob:
        break;
    }
    return DefaultSpec::Kind::Text;
}

ColumnMapping toMapping(const Column &column, int index, bool isIntegerKey)
{
    static constexpr MemberOperations operations = valueOperations(readValue);
    static constexpr MemberOperations keyOperations = valueOperations(readIntegerKey);
    ColumnMapping mapping;
    mapping.type = column.type;
    mapping.operations = isIntegerKey ? &keyOperations : &operations;
    mapping.locate = [](void *object, int i) -> void * {
        return &(*static_cast<Values *>(object))[static_cast<size_t>(i)];
    };
    mapping.index = index;
    mapping.isPrimaryKey = column.isPrimaryKey;
    mapping.isNotNull = !column.isNullable && !isIntegerKey; // the database may give that
    mapping.isUnique = column.isUnique;
    mapping.isVersion = column.isVersion;
    // Of the defaults a flush asks for the kind here, and for the value in the Table
    mapping.clientDefault.kind = kindOf(column.clientDefault);
    mapping.serverDefault.kind
        = column.isReadOnly ? DefaultSpec::Kind::Sql : kindOf(column.serverDefault);
    mapping.onUpdate.kind = kindOf(column.onUpdate);
    mapping.role = column.role;
    return mapping;
}

} // namespace

Default DefaultSpec::toDefault() const
{
    switch (kind) {
    case Kind::None:
        return {};
    case Kind::Sql:
        return {Default::Kind::Sql, {}, QString::fromUtf8(text)};
    case Kind::Integer:
        return {Default::Kind::Value, StoredValue::integer(integer), {}};
    case Kind::Real:
        return {Default::Kind::Value, StoredValue::real(real), {}};
    case Kind::Text:
        return {Default::Kind::Value, StoredValue::utf8(text), {}};
    }
    Q_UNREACHABLE();
}

Mapper::Mapper(const char *name, std::span<const ColumnMapping> columns, RowNames names, Make make,
               size_t objectSize)
    : m_columns(columns)
    , m_make(make)
{
    m_table.name = QString::fromUtf8(name);
    m_table.plural = names.plural ? QString::fromUtf8(names.plural) : m_table.name;
    m_table.singular = names.singular ? QString::fromUtf8(names.singular) : m_table.name;
    size_t mappedSize = 0;
    for (const ColumnMapping &column : columns) {
        m_table.columns.append(toColumn(column));
        if (column.indexName)
            m_table.indexes.append(
                {QString::fromUtf8(column.indexName), {m_table.columns.last().name}, false});
        mappedSize += column.operations->size;
    }
    m_canReuse = mappedSize == objectSize; // else there may be another member, not only padding
    sortColumns();
}

Mapper::Mapper(const Table &table)
    : m_table(table)
    , m_make([](const Mapper &self) -> InstanceState * {
        return new Instance<Values>(self, Values(self.columns().size()));
    })
    , m_canReuse(true)
{
    constexpr qsizetype mostColumns = 64; // bits of a number
    if (table.columns.size() > mostColumns)
        throw InvalidRequestError(
            u"Table '%1' has more than %2 columns"_s.arg(table.name).arg(mostColumns));
    if (table.primaryKey().isEmpty())
        throw InvalidRequestError(u"Table '%1' has no primary key"_s.arg(table.name));
    for (int i = 0; i < table.columns.size(); ++i) {
        const Column &column = table.columns.at(i);
        m_ownColumns.push_back(toMapping(column, i, column.isPrimaryKey && table.hasIntegerKey()));
    }
    m_columns = m_ownColumns;
    sortColumns();
}

const Mapper &Mapper::of(const Table &table)
{
    static QMutex mutex;
    static std::vector<std::unique_ptr<const Mapper>> mappers;
    const QMutexLocker lock(&mutex);
    const auto known = std::find_if(mappers.begin(), mappers.end(), [&table](const auto &mapper) {
        return mapper->table() == table;
    });
    if (known != mappers.end())
        return **known;
    mappers.push_back(std::unique_ptr<const Mapper>(new Mapper(table)));
    return *mappers.back();
}

const RelationshipMapping &Mapper::relationship(const QString &name) const
{
    for (const RelationshipMapping &relationship : m_relationships) {
        if (QLatin1String(relationship.name.data(),
                          static_cast<qsizetype>(relationship.name.size()))
            == name)
            return relationship;
    }
    throw InvalidRequestError(u"'%1' has no relationship '%2'"_s.arg(m_table.name, name));
}

void Mapper::addForeignKeys(std::span<const ForeignKeyMapping> keys)
{
    for (const ForeignKeyMapping &key : keys) {
        if (!key.references)
            continue;
        const QString references = QString::fromUtf8(key.references);
        ForeignKey made;
        made.table = references.section(u'(', 0, 0).trimmed();
        const QStringList names = references.section(u'(', 1).section(u')', 0, 0).split(u',');
        for (const QString &name : names)
            made.keyColumns.append(name.trimmed());
        for (const quint64 tag : key.tags) {
            const int column = tag ? columnOf(tag) : -1;
            if (tag && column < 0)
                throw InvalidRequestError(
                    u"A column of a foreign key of '%1' is not mapped"_s.arg(m_table.name));
            if (tag)
                made.columns.append(m_table.columns.at(column).name);
        }
        if (made.columns.size() != made.keyColumns.size())
            throw InvalidRequestError(
                u"A foreign key of '%1' has %2 columns, and refers to %3"_s.arg(
                    m_table.name, QString::number(made.columns.size()), references));
        made.onDelete = key.onDelete;
        m_table.foreignKeys.append(made);
    }
}

void Mapper::sortColumns()
{
    for (const ColumnMapping &column : m_columns) {
        const quint64 bit = quint64(1) << column.index;
        if (column.isPrimaryKey) {
            m_primaryKey.push_back(column.index);
            m_keyBits |= bit;
        }
        if (column.isVersion)
            m_versionColumn = column.index;
        const bool hasDefault = column.clientDefault.kind != DefaultSpec::Kind::None
            || column.serverDefault.kind != DefaultSpec::Kind::None;
        (hasDefault || column.isVersion ? m_filledBits : m_plainBits) |= bit;
        if (column.operations->check || (column.isNotNull && column.operations->isOptional))
            m_checkedBits |= bit;
    }
    m_hasIntegerKey = m_table.hasIntegerKey();
}

Key Mapper::keyOf(const void *object) const
{
    if (m_hasIntegerKey)
        return Key::integer(integerKeyOf(object));
    QList<StoredValue> values;
    values.reserve(static_cast<qsizetype>(m_primaryKey.size()));
    for (const int column : m_primaryKey)
        values.append(value(object, column));
    return Key::values(std::move(values));
}

void Mapper::unsetKey(void *object) const
{
    const ColumnMapping &key = m_columns[static_cast<size_t>(m_primaryKey.front())];
    key.operations->fromStored(
        key.member(object), key.operations->isOptional ? StoredValue() : StoredValue::integer(0));
}

StoredValue Mapper::value(const void *object, int column) const
{
    const ColumnMapping &mapping = m_columns[static_cast<size_t>(column)];
    return mapping.operations->toStored(mapping.constMember(object));
}

void Mapper::setValue(void *object, int column, const StoredValue &value) const
{
    const Column &description = m_table.columns.at(column);
    const ColumnMapping &mapping = m_columns[static_cast<size_t>(column)];
    if (description.isReadOnly)
        throw InvalidRequestError(
            u"%1.%2 is computed by the database"_s.arg(m_table.name, description.name));
    try {
        if (const auto problem = orm::validate(description, value))
            throw DataError(QString(), describe(*problem));
        mapping.operations->fromStored(mapping.member(object), value);
    } catch (const DataError &error) {
        rethrow(error, static_cast<size_t>(column));
    }
}

void Mapper::validate(const void *object, int column) const
{
    const ColumnMapping &mapping = m_columns[static_cast<size_t>(column)];
    const void *member = mapping.constMember(object);
    try {
        if (mapping.isNotNull && mapping.operations->isOptional
            && mapping.operations->isUnset(member))
            throw DataError(QString(), u"There must be a value"_s);
        if (mapping.operations->check)
            mapping.operations->check(member, mapping.type);
    } catch (const DataError &error) {
        rethrow(error, static_cast<size_t>(column));
    }
}

void Mapper::rethrow(const DataError &error, size_t column) const
{
    const QString &name = m_table.columns.at(static_cast<qsizetype>(column)).name;
    DataError named(name, u"%1.%2: %3"_s.arg(m_table.name, name, error.message()));
    named.table = m_table.name;
    throw named;
}

int Mapper::columnOf(quint64 tag) const
{
    for (size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].tag == tag)
            return static_cast<int>(i);
    }
    return -1;
}

KeyColumns Mapper::foreignKey(const KeyTags &tags) const
{
    KeyColumns columns;
    for (const quint64 tag : tags) {
        if (!tag)
            break;
        const int column = columnOf(tag);
        if (column < 0)
            throw InvalidRequestError(
                u"The foreign key of a relationship is no column of '%1'"_s.arg(m_table.name));
        columns.append(column);
    }
    return columns;
}

void Mapper::read(const PreparedStatement &statement, void *object, const RowPart &part) const
{
    int column = 0;
    try {
        for (const ColumnMapping &mapping : m_columns) {
            const bool isKey = column == part.key.column;
            if ((isKey || column == part.other.column) && mapping.operations->setInteger)
                mapping.operations->setInteger(mapping.member(object),
                                               isKey ? part.key.value : part.other.value);
            else
                mapping.operations->read(statement, part.first + column, mapping.member(object));
            ++column;
        }
    } catch (const DataError &error) {
        rethrow(error, static_cast<size_t>(column));
    }
}

} // namespace orm
