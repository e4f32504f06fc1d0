// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/mapping/keycolumns.h"
#include "core/mapping/mapping.h"

#include <QList>

#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

/// Members that stand for other rows, declared beside the table:
///
///     struct Note { …; std::optional<qint64> ownerId = {}; orm::ToOne<Person> owner = {}; };
///
///     template<> struct orm::Mapping<Note> {
///         static constexpr auto table = …;
///         static constexpr auto relationships = orm::relationships<Note>({
///             manyToOne<&Note::owner, &Note::ownerId>(backPopulates<&Person::notes>)});
///     };
///
/// They are read and changed through the objects: note->owner = ann; ann->notes.append(note). Both
/// sides, and the foreign key at the next flush, follow. @see SQLAlchemy, orm.relationship
namespace orm {

class Mapper;
struct RelationshipMapping;
template<typename T>
class Ref;

namespace mapping_error {
void many_to_one_is_for_a_member_of_type_to_one();
void one_to_many_is_for_a_member_of_type_to_many();
void foreign_key_of_another_class();
void back_populates_names_no_relationship_to_this_class();
void many_to_many_is_for_a_member_of_type_to_many();
void delete_orphan_is_for_one_to_many();
} // namespace mapping_error

/// What happens to a related object along with this one.
/// @see SQLAlchemy, Cascades
enum class Cascade : quint8 {
    SaveUpdate = 1, ///< add() takes it along; always on
    Merge = 2, ///< merge() takes it along; always on
    Delete = 4, ///< it is deleted with this one; without it, its foreign key becomes NULL
    DeleteOrphan = 8, ///< it is deleted when it is taken out of the collection
    Expunge = 16, ///< it is expunged with this one
    All = SaveUpdate | Merge | Delete | Expunge, ///< all but DeleteOrphan
};

namespace detail {

/// What ToOne and ToMany share: which object they belong to. A member of a struct that is no object
/// of a Ref yet keeps what it was given until it becomes one.
class RelationMember
{
public:
    RelationMember();
    /// Of a member of an object nothing is copied: the copy stands for no row.
    RelationMember(const RelationMember &other);
    RelationMember &operator=(const RelationMember &) = delete;
    ~RelationMember();

    /// The member becomes one of @p owner's. What it was given stays in given().
    void bind(InstanceState &owner, const RelationshipMapping &relationship);
    std::vector<InstancePointer> takeGiven();

protected:
    bool isBound() const { return m_owner; }
    InstancePointer one() const;
    void setOne(InstanceState *target);
    std::span<InstanceState *const> many() const;
    bool contains(const InstanceState *item) const;
    void append(InstanceState &item);
    void remove(InstanceState &item);
    void clear();
    void assign(const RelationMember &other);

private:
    InstanceState *m_owner = nullptr;
    const RelationshipMapping *m_relationship = nullptr;
    std::unique_ptr<std::vector<InstancePointer>> m_given; ///< while it is in no object
    mutable std::vector<InstanceState *> m_items; ///< of m_given, for many()
};

} // namespace detail

/// The object that a foreign key of this one refers to; null where that is NULL.
///
/// It is read when it is asked for, from the identity map without SQL, and stays in memory as long
/// as this object does. @see Session::query and selectIn, joined to read it with a query
template<typename T>
class ToOne : public detail::RelationMember
{
public:
    using Target = T; ///< class of the other row

    ToOne() = default;
    ToOne(const Ref<T> &target) { *this = target; }
    ToOne(const ToOne &) = default;
    ~ToOne() = default;

    ToOne &operator=(const Ref<T> &target)
    {
        setOne(target ? &target.instance() : nullptr);
        return *this;
    }
    ToOne &operator=(std::nullptr_t)
    {
        setOne(nullptr);
        return *this;
    }
    /// Refers to what @p other does.
    ToOne &operator=(const ToOne &other)
    {
        assign(other);
        return *this;
    }

    /// @throws InvalidRequestError it is not loaded and the session refuses to load it now
    /// @throws DetachedInstanceError it is not loaded and the object is in no session
    Ref<T> get() const { return Ref<T>(one()); }
    operator Ref<T>() const { return get(); }
    explicit operator bool() const { return static_cast<bool>(one()); }
    friend bool operator==(const ToOne &member, const Ref<T> &target)
    {
        return member.get() == target;
    }
};

/// The objects whose foreign key, or association row, refers to this one.
///
/// Read when they are first asked for, until the object expires; appending reads nothing. They stay
/// in memory as long as this object does.
template<typename T>
class ToMany : public detail::RelationMember
{
public:
    using Target = T; ///< class of the other rows

    /// Goes through the objects as the collection was when it began.
    class Iterator
    {
    public:
        using value_type = Ref<T>;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        explicit Iterator(InstanceState *const *item)
            : m_item(item)
        {}
        Ref<T> operator*() const { return Ref<T>(InstancePointer(*m_item)); }
        Iterator &operator++()
        {
            ++m_item;
            return *this;
        }
        Iterator operator++(int) { return Iterator(m_item++); }
        bool operator==(const Iterator &) const = default;

    private:
        InstanceState *const *m_item = nullptr;
    };

    ToMany() = default;
    ToMany(std::initializer_list<Ref<T>> items)
    {
        for (const Ref<T> &item : items)
            append(item);
    }
    ToMany(const ToMany &) = default;
    ~ToMany() = default;

    /// Contains what @p other does.
    ToMany &operator=(const ToMany &other)
    {
        assign(other);
        return *this;
    }

    // Of each that reads: @throws InvalidRequestError, DetachedInstanceError as ToOne::get()

    qsizetype size() const { return static_cast<qsizetype>(many().size()); }
    bool isEmpty() const { return many().empty(); }
    /// @p index from 0 to size() - 1.
    Ref<T> at(qsizetype index) const
    {
        return Ref<T>(InstancePointer(many()[static_cast<size_t>(index)]));
    }
    bool contains(const Ref<T> &item) const
    {
        return item && RelationMember::contains(&item.instance());
    }
    QList<Ref<T>> all() const { return QList<Ref<T>>(begin(), end()); }
    Iterator begin() const { return Iterator(many().data()); }
    Iterator end() const
    {
        const auto items = many();
        return Iterator(items.data() + items.size());
    }

    /// What is in it already stays once. @throws InvalidRequestError @p item is null
    void append(const Ref<T> &item) { RelationMember::append(item.instance()); }
    /// Does nothing if @p item is not in it.
    void remove(const Ref<T> &item) { RelationMember::remove(item.instance()); }
    void clear() { RelationMember::clear(); }
};

/// Tags of the members that are a foreign key, in the order of the key's columns; 0 behind them.
using KeyTags = std::array<quint64, KeyColumns::most>;

/// One relationship of a mapping; made by manyToOne(), oneToMany() and manyToMany().
struct RelationshipMapping
{
    enum class Kind { ManyToOne, OneToMany, ManyToMany };

    Kind kind = Kind::ManyToOne;
    std::string_view name; ///< of the member
    quint64 tag = 0; ///< of the member, see ColumnMapping::tag
    quint64 owner = 0; ///< class of the member, see ColumnMapping::owner
    /// The foreign key: the owner's; of OneToMany the target's; of ManyToMany the association's that
    /// refers to the owner.
    KeyTags foreignKey{};
    KeyTags targetKey{}; ///< of ManyToMany: the association's that refers to the target
    quint64 otherSide = 0; ///< tag of the target's member for the same rows; 0 if there is none
    quint8 cascades = 0; ///< Cascade flags
    const Mapper &(*target)() = nullptr;
    const Mapper &(*association)() = nullptr; ///< of ManyToMany
    detail::RelationMember *(*locate)(void *object) = nullptr;

    bool hasCascade(Cascade cascade) const
    {
        return (cascades & static_cast<quint8>(cascade)) == static_cast<quint8>(cascade);
    }
};

namespace detail {

template<typename M>
inline constexpr bool isToOne = false;
template<typename T>
inline constexpr bool isToOne<ToOne<T>> = true;
template<typename M>
inline constexpr bool isToMany = false;
template<typename T>
inline constexpr bool isToMany<ToMany<T>> = true;

template<typename M>
struct TargetOf
{
    using Type = M; // of a mistake, so that no more errors follow
};
template<typename M>
requires(isToOne<M> || isToMany<M>) struct TargetOf<M>
{
    using Type = typename M::Target;
};

template<typename T>
const Mapper &mapperOf(); // mapper.h: the target's mapping may stand below

// Whether all is well is a parameter, as what a consteval function is sure to do is an error in itself

consteval void checkToOne(bool isRight)
{
    if (!isRight)
        mapping_error::many_to_one_is_for_a_member_of_type_to_one();
}
consteval void checkToMany(bool isRight)
{
    if (!isRight)
        mapping_error::one_to_many_is_for_a_member_of_type_to_many();
}
consteval void checkForeignKey(bool isRight)
{
    if (!isRight)
        mapping_error::foreign_key_of_another_class();
}
consteval void checkOtherSide(bool isRight)
{
    if (!isRight)
        mapping_error::back_populates_names_no_relationship_to_this_class();
}

consteval void checkManyToMany(bool isRight)
{
    if (!isRight)
        mapping_error::many_to_many_is_for_a_member_of_type_to_many();
}

/// "owner" of "… [with auto pointer = &Note::owner; …]".
template<auto pointer>
consteval std::string_view nameOfMember()
{
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::string_view member = text.substr(text.find("pointer = ") + 10);
    const std::string_view whole = member.substr(0, member.find_first_of(";]"));
    return whole.substr(whole.rfind("::") + 2);
}

/// Several members that are one foreign key.
template<auto... members>
struct Columns
{};

/// What a foreign key is given as: a member, or columns<…>.
template<auto key, typename Type = std::remove_cv_t<decltype(key)>>
struct ForeignKeyOf
{
    using Class = decltype(classOf(key));
    static constexpr KeyTags tags{memberTag<key>};
};
template<auto key, auto first, auto... rest>
struct ForeignKeyOf<key, Columns<first, rest...>>
{
    static_assert(1 + sizeof...(rest) <= KeyColumns::most,
                  "orm: a foreign key of a relationship has four columns at most");
    using Class = decltype(classOf(first));
    static constexpr KeyTags tags{memberTag<first>, memberTag<rest>...};
    static_assert((std::same_as<Class, decltype(classOf(rest))> && ...),
                  "orm: the columns of a foreign key are members of one class");
};

/// The member on the other side of a relationship.
template<auto pointer>
struct OtherSide
{};

template<auto member, auto foreignKey, RelationshipMapping::Kind kind>
consteval RelationshipMapping relationship()
{
    using Target = typename TargetOf<decltype(memberOf(member))>::Type;
    RelationshipMapping mapping;
    mapping.kind = kind;
    mapping.name = nameOfMember<member>();
    mapping.tag = memberTag<member>;
    mapping.cascades
        = static_cast<quint8>(Cascade::SaveUpdate) | static_cast<quint8>(Cascade::Merge);
    mapping.owner = classTag<decltype(classOf(member))>;
    mapping.foreignKey = ForeignKeyOf<foreignKey>::tags;
    mapping.target = &mapperOf<Target>;
    mapping.locate = [](void *object) -> RelationMember * {
        return &(static_cast<decltype(classOf(member)) *>(object)->*member);
    };
    return mapping;
}

template<auto member, auto other>
consteval void apply(RelationshipMapping &mapping, OtherSide<other>)
{
    using Class = decltype(classOf(member));
    using Target = typename TargetOf<decltype(memberOf(member))>::Type;
    using Back = decltype(memberOf(other));
    constexpr bool isBack = std::same_as<Back, ToOne<Class>> || std::same_as<Back, ToMany<Class>>;
    checkOtherSide(isBack && std::same_as<decltype(classOf(other)), Target>);
    mapping.otherSide = memberTag<other>;
}

} // namespace detail

/// What happens along with an object: cascade{Cascade::All, Cascade::DeleteOrphan}
struct cascade
{
    consteval cascade(std::initializer_list<Cascade> given)
    {
        for (const Cascade one : given)
            flags |= static_cast<quint8>(one);
    }
    quint8 flags = 0; ///< of Cascade
};

namespace detail {

template<auto member>
consteval void apply(RelationshipMapping &mapping, cascade given)
{
    constexpr auto orphan = static_cast<quint8>(Cascade::DeleteOrphan);
    if ((given.flags & orphan) && mapping.kind != RelationshipMapping::Kind::OneToMany)
        mapping_error::delete_orphan_is_for_one_to_many();
    mapping.cascades |= given.flags;
}

} // namespace detail

/// The member of the target class that stands for the same rows, from its side.
template<auto other>
inline constexpr detail::OtherSide<other> backPopulates;

/// Members that are one foreign key to a key of several columns, in the order of those:
/// manyToOne<&Item::order, columns<&Item::region, &Item::number>>()
template<auto... members>
inline constexpr detail::Columns<members...> columns;

/// @p member is the row that @p foreignKey, a mapped member of the same class, or columns<…> of it,
/// refers to.
template<auto member, auto foreignKey>
consteval RelationshipMapping manyToOne(auto... options)
{
    detail::checkToOne(detail::isToOne<decltype(detail::memberOf(member))>);
    detail::checkForeignKey(std::same_as<decltype(detail::classOf(member)),
                                         typename detail::ForeignKeyOf<foreignKey>::Class>);
    auto mapping = detail::relationship<member, foreignKey, RelationshipMapping::Kind::ManyToOne>();
    (detail::apply<member>(mapping, options), ...);
    return mapping;
}

/// @p member is the rows of the target class whose member @p foreignKey refers to this row.
template<auto member, auto foreignKey>
consteval RelationshipMapping oneToMany(auto... options)
{
    using Target = typename detail::TargetOf<decltype(detail::memberOf(member))>::Type;
    detail::checkToMany(detail::isToMany<decltype(detail::memberOf(member))>);
    detail::checkForeignKey(std::same_as<Target, typename detail::ForeignKeyOf<foreignKey>::Class>);
    auto mapping = detail::relationship<member, foreignKey, RelationshipMapping::Kind::OneToMany>();
    (detail::apply<member>(mapping, options), ...);
    return mapping;
}

/// @p member is the rows of the target class that a row of @p Association, a mapped struct of its own,
/// ties to this row: its @p foreignKey refers to this row, its @p targetKey to the other.
template<auto member, typename Association, auto foreignKey, auto targetKey>
consteval RelationshipMapping manyToMany(auto... options)
{
    detail::checkManyToMany(detail::isToMany<decltype(detail::memberOf(member))>);
    detail::checkForeignKey(
        std::same_as<
            Association,
            typename detail::ForeignKeyOf<foreignKey>::
                Class> && std::same_as<Association, typename detail::ForeignKeyOf<targetKey>::Class>);
    auto mapping
        = detail::relationship<member, foreignKey, RelationshipMapping::Kind::ManyToMany>();
    mapping.targetKey = detail::ForeignKeyOf<targetKey>::tags;
    mapping.association = &detail::mapperOf<Association>;
    (detail::apply<member>(mapping, options), ...);
    return mapping;
}

/// The relationships of T's mapping.
template<typename T, size_t count>
consteval std::array<RelationshipMapping, count>
relationships(const RelationshipMapping (&given)[count])
{
    std::array<RelationshipMapping, count> all;
    for (size_t i = 0; i < count; ++i) {
        if (given[i].owner != detail::classTag<T>)
            mapping_error::member_of_another_class();
        for (size_t j = 0; j < i; ++j) {
            if (given[j].tag == given[i].tag)
                mapping_error::member_mapped_twice();
        }
        all[i] = given[i];
    }
    return all;
}

} // namespace orm
