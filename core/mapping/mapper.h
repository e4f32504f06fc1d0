// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/mapping/mapping.h"
#include "core/mapping/record.h"
#include "core/mapping/relationship.h"

#include <span>
#include <vector>

namespace orm {

/// Where a row stands among the columns of a statement, and which integers of it were read before:
/// to be told them costs less than to read them again.
struct RowPart
{
    /// A column's value, as stored.
    struct Known
    {
        int column = -1; ///< of the mapper; none: nothing is known
        qint64 value = 0;
    };

    int first = 0; ///< the row's columns are first, first + 1, …
    Known key = {}; ///< the only column of its primary key
    Known other = {}; ///< any
};

/// A mapping's facts at run time: the Table, and how to reach an object's members by column.
///
/// A mapped struct is one source of it, a Table that is known at run time only the other; sessions
/// and forms don't tell them apart. Column indexes are those of table().columns.
class Mapper
{
public:
    /// The mapper of a mapped struct; lives as long as the program.
    template<typename T>
    static const Mapper &of()
    {
        static_assert(Mapped<T>, "orm: the struct is not mapped: specialise orm::Mapping for it");
        if constexpr (Mapped<T>) {
            static const Mapper mapper = [] {
                Mapper made(
                    Mapping<T>::table.name, Mapping<T>::table.columns, Mapping<T>::table.names,
                    [](const Mapper &self) -> InstanceState * { return new Instance<T>(self); },
                    sizeof(T));
                made.addForeignKeys(Mapping<T>::table.foreignKeys);
                if constexpr (requires { Mapping<T>::relationships; })
                    made.m_relationships = Mapping<T>::relationships;
                return made;
            }();
            return mapper;
        }
        Q_UNREACHABLE();
    }

    /// The mapper of a table without a struct: an object has a StoredValue for each column, exactly
    /// as stored. Equal tables have one mapper, which lives as long as the program. An object of it
    /// and one of a struct for the same row are two, which don't know of each other.
    /// @throws InvalidRequestError the table has no primary key, or more than 64 columns
    static const Mapper &of(const Table &table);

    const Table &table() const { return m_table; }
    std::span<const ColumnMapping> columns() const { return m_columns; }
    std::span<const RelationshipMapping> relationships() const { return m_relationships; }
    /// The one whose member has this name. @throws InvalidRequestError there is none
    const RelationshipMapping &relationship(const QString &name) const;
    const std::vector<int> &primaryKey() const { return m_primaryKey; }
    bool hasIntegerKey() const { return m_hasIntegerKey; }
    int versionColumn() const { return m_versionColumn; } ///< -1 if there is none

    // Sets of columns as bits of a number: 1 is the first column

    quint64 keyBits() const { return m_keyBits; }
    quint64 plainBits() const { return m_plainBits; } ///< an INSERT sends them as they are
    quint64 filledBits() const { return m_filledBits; } ///< the others: version, defaults
    quint64 checkedBits() const { return m_checkedBits; } ///< validate() may refuse a value

    InstancePointer newInstance() const { return InstancePointer(m_make(*this)); }
    /// Whether read() leaves nothing of what an object was before: all its members are mapped.
    bool canReuse() const { return m_canReuse; }

    /// An object's primary key, as its members say.
    Key keyOf(const void *object) const;
    /// The key as one integer, without a Key. Only if hasIntegerKey().
    qint64 integerKeyOf(const void *object) const
    {
        const ColumnMapping &key = m_columns[static_cast<size_t>(m_primaryKey.front())];
        return key.operations->integer ? key.operations->integer(key.constMember(object))
                                       : value(object, m_primaryKey.front()).toInteger();
    }
    /// Whether the database is to give the key: a single integer one of 0, or NULL where that can be.
    bool isKeyUnset(const void *object) const
    {
        if (!m_hasIntegerKey)
            return false;
        const ColumnMapping &key = m_columns[static_cast<size_t>(m_primaryKey.front())];
        return key.operations->isOptional ? key.operations->isUnset(key.constMember(object))
                                          : integerKeyOf(object) == 0;
    }
    void unsetKey(void *object) const; ///< Only if hasIntegerKey().
    StoredValue value(const void *object, int column) const;
    /// @throws DataError wrong type, too long, or NULL where there must be a value
    /// @throws InvalidRequestError the database computes the column
    void setValue(void *object, int column, const StoredValue &value) const;
    /// Checks type, length and NULL of one member. @throws DataError naming the column
    void validate(const void *object, int column) const;
    /// Column of the member with this tag (see ColumnMapping); -1 if it isn't mapped.
    int columnOf(quint64 tag) const;
    /// A relationship's foreign key in this class.
    /// @throws InvalidRequestError a member of it isn't mapped
    KeyColumns foreignKey(const KeyTags &tags) const;
    /// Reads the statement's row into all members.
    /// @throws DataError naming the column whose value its member can't hold
    void read(const PreparedStatement &statement, void *object, const RowPart &part = {}) const;

private:
    using Make = InstanceState *(*)(const Mapper &);

    Mapper(const char *name, std::span<const ColumnMapping> columns, RowNames names, Make make,
           size_t objectSize);
    explicit Mapper(const Table &table);
    void addForeignKeys(std::span<const ForeignKeyMapping> keys);
    void sortColumns();
    [[noreturn]] void rethrow(const DataError &error, size_t column) const;

    Table m_table;
    std::vector<ColumnMapping> m_ownColumns; ///< of a table without a struct
    std::span<const ColumnMapping> m_columns; ///< those, or the mapping's
    std::span<const RelationshipMapping> m_relationships;
    std::vector<int> m_primaryKey;
    Make m_make;
    quint64 m_keyBits = 0;
    quint64 m_plainBits = 0;
    quint64 m_filledBits = 0;
    quint64 m_checkedBits = 0;
    int m_versionColumn = -1;
    bool m_hasIntegerKey = false;
    bool m_canReuse = false;
};

namespace detail {

template<typename T>
const Mapper &mapperOf()
{
    return Mapper::of<T>();
}

template<typename T>
consteval size_t keyColumnCount()
{
    size_t count = 0;
    for (const ColumnMapping &column : Mapping<T>::table.columns)
        count += column.isPrimaryKey ? 1 : 0;
    return count;
}

template<typename T, typename... Parts>
consteval bool fitsKey()
{
    using Accepts = bool (*)(ColumnType::Kind);
    const std::array<Accepts, sizeof...(Parts)> accepts{TypeTraits<Parts>::accepts...};
    size_t next = 0;
    for (const ColumnMapping &column : Mapping<T>::table.columns) {
        if (column.isPrimaryKey && !accepts[next++](column.type.kind))
            return false;
    }
    return true;
}

/// T's key from the values of its columns.
template<typename T, typename... Parts>
Key makeKey(const Parts &...parts)
{
    static_assert(Mapped<T>, "orm: the struct is not mapped: specialise orm::Mapping for it");
    if constexpr (Mapped<T>) {
        constexpr bool isComplete = sizeof...(Parts) == keyColumnCount<T>();
        static_assert(isComplete, "orm: the key has another number of columns");
        if constexpr (isComplete) {
            static_assert(fitsKey<T, Parts...>(), "orm: the key has columns of another type");
            return Key::values({TypeTraits<Parts>::toStored(parts)...});
        }
    }
    return {};
}

} // namespace detail

} // namespace orm
