// SPDX-License-Identifier: MIT
#include "core/mapping/mapper.h"

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
    column.isVersion = mapping.isVersion;
    column.clientDefault = mapping.clientDefault.toDefault();
    column.serverDefault = mapping.serverDefault.toDefault();
    column.onUpdate = mapping.onUpdate.toDefault();
    column.references = QString::fromUtf8(mapping.references);
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
    for (size_t i = 0; i < columns.size(); ++i) {
        m_table.columns.append(toColumn(columns[i]));
        mappedSize += columns[i].operations->size;
        if (columns[i].isPrimaryKey)
            m_primaryKey.push_back(static_cast<int>(i));
        if (columns[i].isVersion)
            m_versionColumn = static_cast<int>(i);
    }
    m_hasIntegerKey = m_table.hasIntegerKey();
    m_canReuse = mappedSize == objectSize; // else there may be another member, not only padding
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

void Mapper::setKey(void *object, const Key &key) const
{
    const QList<StoredValue> values = key.toValues();
    for (size_t i = 0; i < m_primaryKey.size(); ++i) {
        const auto column = static_cast<size_t>(m_primaryKey[i]);
        m_columns[column].operations->fromStored(m_columns[column].member(object),
                                                 values.at(static_cast<qsizetype>(i)));
    }
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

void Mapper::read(const PreparedStatement &statement, void *object, int first) const
{
    size_t column = 0;
    try {
        for (; column < m_columns.size(); ++column) {
            const ColumnMapping &mapping = m_columns[column];
            mapping.operations->read(statement, first + static_cast<int>(column),
                                     mapping.member(object));
        }
    } catch (const DataError &error) {
        rethrow(error, column);
    }
}

} // namespace orm
