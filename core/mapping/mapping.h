// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/typetraits.h"
#include "core/schema/table.h"

#include <array>
#include <cstddef>
#include <string_view>

/// Declares how a plain struct is stored:
///
///     template<> struct orm::Mapping<Note> {
///         static constexpr auto table = orm::table<Note>("notes", {
///             column<&Note::id>("id", primaryKey),
///             column<&Note::title>("title", String { 80 })});
///     };
///
/// The member pointer is a template argument and is erased at once: what column() returns is one
/// plain type, so SQL, Session and forms are ordinary compiled code. Mistakes don't compile, and the
/// error names the rule (mapping_error::no_primary_key).
namespace orm {

/// How T is stored: specialise it for each mapped struct.
template<typename T>
struct Mapping;

/// Rules of a mapping. Reaching one of these while compiling is the error message.
namespace mapping_error {
void no_primary_key();
void two_columns_of_one_name();
void column_type_does_not_fit_the_member();
void column_without_a_name();
void table_without_a_name();
void version_column_must_be_an_integer();
void two_version_columns();
void autoincrement_wants_one_integer_key();
void member_of_another_class();
void member_mapped_twice();
void default_does_not_fit_the_member();
} // namespace mapping_error

/// A member's operations, without its type.
struct MemberOperations
{
    ColumnType type;
    size_t size = 0; ///< bytes of the member
    bool isOptional = false;
    /// Throws DataError for a value that can't be written into a column of that type; null where any
    /// can.
    void (*check)(const void *member, const ColumnType &type) = nullptr;
    /// An integer member's value; null for other types.
    qint64 (*integer)(const void *member) = nullptr;
    /// Gives an integer member, optional or not, its value; null for other types. Throws DataError if
    /// it has no room.
    void (*setInteger)(void *member, qint64 value) = nullptr;
    void (*bind)(PreparedStatement &statement, int index, const void *member) = nullptr;
    void (*read)(const PreparedStatement &statement, int column, void *member) = nullptr;
    bool (*equal)(const void *a, const void *b) = nullptr;
    bool (*isUnset)(const void *member) = nullptr;
    void (*copy)(void *to, const void *from) = nullptr;
    StoredValue (*toStored)(const void *member) = nullptr;
    void (*fromStored)(void *member, const StoredValue &value) = nullptr;
};

/// A default as it can stand in a constexpr mapping. @see Default
struct DefaultSpec
{
    enum class Kind { None, Sql, Integer, Real, Text };

    Kind kind = Kind::None;
    qint64 integer = 0;
    double real = 0;
    const char *text = nullptr;

    Default toDefault() const;
};

/// One column of a mapping; made by column().
struct ColumnMapping
{
    const char *name = nullptr;
    ColumnType type;
    const MemberOperations *operations = nullptr;
    void *(*locate)(void *object, int index) = nullptr; ///< the member; index is this column's
    int index = 0; ///< among the mapping's columns
    quint64 tag = 0; ///< tells members apart, see col
    quint64 owner = 0; ///< tells classes apart
    bool isPrimaryKey = false;
    bool isNotNull = false;
    bool isUnique = false;
    bool isVersion = false;
    bool isAutoincrement = false;
    DefaultSpec clientDefault;
    DefaultSpec serverDefault;
    DefaultSpec onUpdate;
    const char *references = nullptr;
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
    const char *indexName = nullptr; ///< of the column's own index
    const char *label = nullptr;
    Role role = Role::None;

    void *member(void *object) const { return locate(object, index); }
    const void *constMember(const void *object) const { return member(const_cast<void *>(object)); }
};

// Options of column()

/// Type of primaryKey.
struct PrimaryKey
{};
/// Type of notNull.
struct NotNull
{};
/// Type of unique.
struct Unique
{};
/// Type of version.
struct Version
{};
/// Type of autoincrement.
struct Autoincrement
{};
/// Part of the key; several make a composite one. A single integer key of 0 is not set yet: the
/// database gives the number.
inline constexpr PrimaryKey primaryKey;
/// Of an integer key: the number of a deleted row is never given again, at the price of a table that
/// counts. @see https://www.sqlite.org/autoinc.html
inline constexpr Autoincrement autoincrement;
inline constexpr NotNull notNull; ///< of a std::optional member; other members always are
inline constexpr Unique unique;
inline constexpr Version version; ///< 1 after INSERT, checked and counted up by each UPDATE

/// An SQL expression as a default.
struct SqlExpression
{
    const char *text;
};
/// The database's present time, UTC: CURRENT_TIMESTAMP.
consteval SqlExpression currentTimestamp()
{
    return {"CURRENT_TIMESTAMP"};
}

/// What defaultTo() gives.
struct ClientDefault
{
    DefaultSpec spec;
};
/// What serverDefault() gives.
struct ServerDefault
{
    DefaultSpec spec;
};
/// What onUpdate() gives.
struct OnUpdate
{
    DefaultSpec spec;
};

namespace detail {

consteval DefaultSpec defaultSpec(SqlExpression sql)
{
    return {DefaultSpec::Kind::Sql, 0, 0, sql.text};
}
consteval DefaultSpec defaultSpec(const char *text)
{
    return {DefaultSpec::Kind::Text, 0, 0, text};
}
consteval DefaultSpec defaultSpec(std::integral auto value)
{
    return {DefaultSpec::Kind::Integer, static_cast<qint64>(value), 0, nullptr};
}
consteval DefaultSpec defaultSpec(std::floating_point auto value)
{
    return {DefaultSpec::Kind::Real, 0, static_cast<double>(value), nullptr};
}
template<typename E>
requires std::is_enum_v<E>
consteval DefaultSpec defaultSpec(E value)
{
    return {DefaultSpec::Kind::Text, 0, 0, enumName(value)};
}

} // namespace detail

/// Sent by INSERT where the member is unset; not in the DDL. @see SQLAlchemy, Column.default
consteval ClientDefault defaultTo(auto value)
{
    return {detail::defaultSpec(value)};
}
/// DEFAULT in the DDL, read back after INSERT. @see SQLAlchemy, Column.server_default
consteval ServerDefault serverDefault(auto value)
{
    return {detail::defaultSpec(value)};
}
/// Sent by each UPDATE that doesn't set the column. @see SQLAlchemy, Column.onupdate
consteval OnUpdate onUpdate(auto value)
{
    return {detail::defaultSpec(value)};
}

/// What references() gives.
struct References
{
    const char *target;
    ForeignKeyAction onDelete;
};
/// A foreign key: references("users(id)"), and what the database does with the row when the other one
/// is deleted.
consteval References references(const char *target,
                                ForeignKeyAction onDelete = ForeignKeyAction::NoAction)
{
    return {target, onDelete};
}

/// What indexed() gives.
struct Indexed
{
    const char *name;
};
/// An index on the column alone: indexed("ix_posts_title").
consteval Indexed indexed(const char *name)
{
    return {name};
}

/// What label() gives.
struct Label
{
    const char *text;
};
/// The column's name for a reader, with its mnemonic: label("T&itle").
consteval Label label(const char *text)
{
    return {text};
}

namespace detail {

template<typename T>
consteval auto checkOf() -> void (*)(const void *, const ColumnType &)
{
    if constexpr (hasCheck<T>())
        return [](const void *member, const ColumnType &type) {
            checkMember(*static_cast<const T *>(member), type);
        };
    else
        return nullptr;
}

template<typename T>
consteval auto integerOf() -> qint64 (*)(const void *)
{
    if constexpr (std::integral<T> && !std::same_as<T, bool>)
        return
            [](const void *member) { return static_cast<qint64>(*static_cast<const T *>(member)); };
    else
        return nullptr;
}

template<typename T>
consteval auto setIntegerOf() -> void (*)(void *, qint64)
{
    using Value = typename IsOptional<T>::Inner;
    if constexpr (std::integral<Value> && !std::same_as<Value, bool>)
        return [](void *member, qint64 value) {
            *static_cast<T *>(member) = TypeTraits<Value>::fromInteger(value);
        };
    else
        return nullptr;
}

template<typename T>
inline constexpr MemberOperations memberOperations{
    .type = TypeTraits<T>::columnType,
    .size = sizeof(T),
    .isOptional = IsOptional<T>::value,
    .check = checkOf<T>(),
    .integer = integerOf<T>(),
    .setInteger = setIntegerOf<T>(),
    .bind
    = [](PreparedStatement &statement, int index,
         const void *member) { bindMember(statement, index, *static_cast<const T *>(member)); },
    .read = [](const PreparedStatement &statement, int column,
               void *member) { readMember(statement, column, *static_cast<T *>(member)); },
    .equal
    = [](const void *a,
         const void *b) { return isEqual(*static_cast<const T *>(a), *static_cast<const T *>(b)); },
    .isUnset = [](const void *member) { return isUnset(*static_cast<const T *>(member)); },
    .copy
    = [](void *to, const void *from) { *static_cast<T *>(to) = *static_cast<const T *>(from); },
    .toStored
    = [](const void *member) { return TypeTraits<T>::toStored(*static_cast<const T *>(member)); },
    .fromStored
    = [](void *member,
         const StoredValue &value) { TypeTraits<T>::fromStored(*static_cast<T *>(member), value); },
};

/// Tags are hashes of names, as g++ can't compare addresses while it compiles with sanitizers.
/// @see Fowler, Noll, Vo: FNV-1a
consteval quint64 hashOf(std::string_view name)
{
    quint64 hash = 14'695'981'039'346'656'037U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return hash;
}
template<auto pointer>
consteval quint64 hashOfMember()
{
    return hashOf(__PRETTY_FUNCTION__);
}
template<typename Class>
consteval quint64 hashOfClass()
{
    return hashOf(__PRETTY_FUNCTION__);
}
template<auto pointer>
inline constexpr quint64 memberTag = hashOfMember<pointer>();
template<typename Class>
inline constexpr quint64 classTag = hashOfClass<Class>();

template<typename Class, typename Member>
Class classOf(Member Class::*);
template<typename Class, typename Member>
Member memberOf(Member Class::*);

consteval void apply(ColumnMapping &column, ColumnType type)
{
    column.type.kind = type.kind;
    column.type.length = type.length;
    column.type.scale = type.scale;
}
consteval void apply(ColumnMapping &column, PrimaryKey)
{
    column.isPrimaryKey = true;
}
consteval void apply(ColumnMapping &column, NotNull)
{
    column.isNotNull = true;
}
consteval void apply(ColumnMapping &column, Unique)
{
    column.isUnique = true;
}
consteval void apply(ColumnMapping &column, Version)
{
    column.isVersion = true;
}
consteval void apply(ColumnMapping &column, Autoincrement)
{
    column.isAutoincrement = true;
}
consteval void apply(ColumnMapping &column, ClientDefault o)
{
    column.clientDefault = o.spec;
}
consteval void apply(ColumnMapping &column, ServerDefault o)
{
    column.serverDefault = o.spec;
}
consteval void apply(ColumnMapping &column, OnUpdate o)
{
    column.onUpdate = o.spec;
}
consteval void apply(ColumnMapping &column, References o)
{
    column.references = o.target;
    column.onDelete = o.onDelete;
}
consteval void apply(ColumnMapping &column, Indexed o)
{
    column.indexName = o.name;
}
consteval void apply(ColumnMapping &column, Label o)
{
    column.label = o.text;
}
consteval void apply(ColumnMapping &column, Role role)
{
    column.role = role;
}

consteval bool fits(const DefaultSpec &spec, const ColumnType &type)
{
    using Kind = ColumnType::Kind;
    switch (spec.kind) {
    case DefaultSpec::Kind::None:
    case DefaultSpec::Kind::Sql:
        return true;
    case DefaultSpec::Kind::Integer:
        return type.kind == Kind::Integer || type.kind == Kind::BigInteger
            || type.kind == Kind::Boolean || type.kind == Kind::Float || type.kind == Kind::Numeric;
    case DefaultSpec::Kind::Real:
        return type.kind == Kind::Float || type.kind == Kind::Numeric;
    case DefaultSpec::Kind::Text:
        return spec.text && type.kind != Kind::Integer && type.kind != Kind::BigInteger
            && type.kind != Kind::Boolean && type.kind != Kind::Float
            && type.kind != Kind::LargeBinary;
    }
    return false;
}

} // namespace detail

/// Maps one member to a column. Options in any order: a ColumnType (if another than the member's
/// own), primaryKey, autoincrement, notNull, unique, version, defaultTo(), serverDefault(), onUpdate(),
/// references(), indexed(), label() and a Role.
template<auto pointer>
consteval ColumnMapping column(const char *name, auto... options)
{
    using Class = decltype(detail::classOf(pointer));
    using Member = decltype(detail::memberOf(pointer));
    ColumnMapping mapping;
    mapping.name = name;
    mapping.type = TypeTraits<Member>::columnType;
    mapping.operations = &detail::memberOperations<Member>;
    mapping.locate
        = [](void *object, int) -> void * { return &(static_cast<Class *>(object)->*pointer); };
    mapping.tag = detail::memberTag<pointer>;
    mapping.owner = detail::classTag<Class>;
    mapping.isNotNull = !detail::IsOptional<Member>::value;
    (detail::apply(mapping, options), ...);
    if (!TypeTraits<Member>::accepts(mapping.type.kind))
        mapping_error::column_type_does_not_fit_the_member();
    if (!detail::fits(mapping.clientDefault, mapping.type)
        || !detail::fits(mapping.serverDefault, mapping.type)
        || !detail::fits(mapping.onUpdate, mapping.type))
        mapping_error::default_does_not_fit_the_member();
    return mapping;
}

/// The names of rows for a reader: names("note", "notes").
struct RowNames
{
    const char *singular = nullptr;
    const char *plural = nullptr;
};
consteval RowNames names(const char *singular, const char *plural)
{
    return {singular, plural};
}

/// A foreign key of several columns; made by foreignKey().
struct ForeignKeyMapping
{
    static constexpr size_t most = 4; ///< columns

    std::array<quint64, most> tags{}; ///< of the members; 0 behind them
    quint64 owner = 0; ///< class of the members
    const char *references = nullptr;
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
};

/// Several members that refer to a key of as many columns: foreignKey<&Item::region,
/// &Item::number>("orders(region, number)"), behind the columns in table().
template<auto first, auto second, auto... more>
consteval ForeignKeyMapping foreignKey(const char *references,
                                       ForeignKeyAction onDelete = ForeignKeyAction::NoAction)
{
    using Class = decltype(detail::classOf(first));
    static_assert(2 + sizeof...(more) <= ForeignKeyMapping::most,
                  "orm: a foreign key has four columns at most");
    static_assert(
        std::same_as<Class,
                     decltype(detail::classOf(
                         second))> && (std::same_as<Class, decltype(detail::classOf(more))> && ...),
        "orm: the columns of a foreign key are members of one class");
    return {{detail::memberTag<first>, detail::memberTag<second>, detail::memberTag<more>...},
            detail::classTag<Class>,
            references,
            onDelete};
}

/// A whole mapping; made by table().
template<typename T, size_t columnCount>
struct TableMapping
{
    using Type = T;

    const char *name = nullptr;
    std::array<ColumnMapping, columnCount> columns;
    RowNames names;
    std::array<ForeignKeyMapping, 4> foreignKeys{}; ///< those with references
};

/// Maps T to the table @p name.
template<typename T, size_t columnCount>
consteval TableMapping<T, columnCount>
table(const char *name, const ColumnMapping (&columns)[columnCount], RowNames names = {})
{
    static_assert(columnCount <= 64, "orm: a mapping has 64 columns at most"); // bits of a number
    TableMapping<T, columnCount> mapping;
    mapping.name = name;
    mapping.names = names;
    size_t keyColumns = 0;
    bool wantsNumbers = false;
    bool hasVersion = false;
    if (!name || !*name)
        mapping_error::table_without_a_name();
    for (size_t i = 0; i < columnCount; ++i) {
        const ColumnMapping &column = columns[i];
        mapping.columns[i] = column;
        mapping.columns[i].index = static_cast<int>(i);
        keyColumns += column.isPrimaryKey ? 1 : 0;
        wantsNumbers = wantsNumbers || column.isAutoincrement;
        if (column.isAutoincrement
            && (!column.isPrimaryKey || column.type.kind != ColumnType::Kind::Integer))
            mapping_error::autoincrement_wants_one_integer_key();
        if (!column.name || !*column.name)
            mapping_error::column_without_a_name();
        for (size_t j = 0; j < i; ++j) {
            if (std::string_view(columns[j].name) == column.name)
                mapping_error::two_columns_of_one_name();
            if (columns[j].tag == column.tag)
                mapping_error::member_mapped_twice();
        }
        if (column.owner != detail::classTag<T>)
            mapping_error::member_of_another_class();
        if (column.isVersion && hasVersion)
            mapping_error::two_version_columns();
        hasVersion = hasVersion || column.isVersion;
        if (column.isVersion && column.type.kind != ColumnType::Kind::Integer
            && column.type.kind != ColumnType::Kind::BigInteger)
            mapping_error::version_column_must_be_an_integer();
    }
    if (keyColumns == 0)
        mapping_error::no_primary_key();
    if (wantsNumbers && keyColumns > 1)
        mapping_error::autoincrement_wants_one_integer_key();
    return mapping;
}

/// The same, with foreign keys of several columns. A name of its own keeps a mistake in table() short.
template<typename T, size_t columnCount, size_t keyCount>
consteval TableMapping<T, columnCount>
tableWithForeignKeys(const char *name, const ColumnMapping (&columns)[columnCount],
                     const ForeignKeyMapping (&foreignKeys)[keyCount], RowNames names = {})
{
    static_assert(keyCount <= 4, "orm: a mapping has four foreign keys of several columns at most");
    TableMapping<T, columnCount> mapping = table<T>(name, columns, names);
    for (size_t i = 0; i < keyCount; ++i) {
        if (foreignKeys[i].owner != detail::classTag<T>)
            mapping_error::member_of_another_class();
        mapping.foreignKeys[i] = foreignKeys[i];
    }
    return mapping;
}

template<typename T>
concept Mapped = requires
{
    Mapping<T>::table;
};

} // namespace orm
