// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/mapping.h"

#include <span>

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
/// The foreign key is what is stored and what is changed; the other rows are asked for by
/// orm::related() (core/session/related.h). @see SQLAlchemy, orm.relationship
namespace orm {

class Mapper;

namespace mapping_error {
void many_to_one_is_for_a_member_of_type_to_one();
void one_to_many_is_for_a_member_of_type_to_many();
void foreign_key_of_another_class();
void back_populates_names_no_relationship_to_this_class();
} // namespace mapping_error

/// The row that a foreign key of this one refers to. Holds nothing itself, so rows that refer to each
/// other don't keep each other alive.
template<typename T>
class ToOne
{
public:
    using Target = T; ///< class of the other row
};

/// The rows whose foreign key refers to this one. Holds nothing itself, as ToOne.
template<typename T>
class ToMany
{
public:
    using Target = T; ///< class of the other rows
};

/// One relationship of a mapping; made by manyToOne() and oneToMany().
struct RelationshipMapping
{
    enum class Kind { ManyToOne, OneToMany };

    Kind kind = Kind::ManyToOne;
    quint64 tag = 0; ///< of the member, see ColumnMapping::tag
    quint64 owner = 0; ///< class of the member, see ColumnMapping::owner
    quint64 foreignKey = 0; ///< tag of the foreign key: the owner's, or the target's of OneToMany
    quint64 otherSide = 0; ///< tag of the target's member for the same rows; 0 if there is none
    const Mapper &(*target)() = nullptr;
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
    mapping.tag = memberTag<member>;
    mapping.owner = classTag<decltype(classOf(member))>;
    mapping.foreignKey = memberTag<foreignKey>;
    mapping.target = &mapperOf<Target>;
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

/// The member of the target class that stands for the same rows, from its side.
template<auto other>
inline constexpr detail::OtherSide<other> backPopulates;

/// @p member is the row that @p foreignKey, a mapped member of the same class, refers to.
template<auto member, auto foreignKey>
consteval RelationshipMapping manyToOne(auto... options)
{
    detail::checkToOne(detail::isToOne<decltype(detail::memberOf(member))>);
    detail::checkForeignKey(
        std::same_as<decltype(detail::classOf(member)), decltype(detail::classOf(foreignKey))>);
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
    detail::checkForeignKey(std::same_as<Target, decltype(detail::classOf(foreignKey))>);
    auto mapping = detail::relationship<member, foreignKey, RelationshipMapping::Kind::OneToMany>();
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
