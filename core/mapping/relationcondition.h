// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/membercolumn.h"

/// Relationships in queries: conditions through them, joins, and which of them a query loads along.
namespace orm {

namespace detail {

template<auto member>
consteval bool isRelationship()
{
    using Class = decltype(classOf(member));
    if constexpr (requires { Mapping<Class>::relationships; }) {
        for (const RelationshipMapping &relationship : Mapping<Class>::relationships) {
            if (relationship.tag == memberTag<member>)
                return true;
        }
    }
    return false;
}

/// @throws InvalidRequestError there is none
const RelationshipMapping &relationshipOf(const Mapper &mapper, quint64 tag);

template<auto member>
const RelationshipMapping &relationshipOf()
{
    static_assert(isRelationship<member>(),
                  "orm: the member is not among the relationships of its class's mapping");
    return relationshipOf(Mapper::of<decltype(classOf(member))>(), memberTag<member>);
}

template<auto member>
using TargetClass = typename decltype(memberOf(member))::Target;

/// EXISTS a row that @p relationship leads to from a row of @p mapper's table.
Expression related(const Mapper &mapper, const RelationshipMapping &relationship,
                   const Expression &condition);
/// The joins that lead along @p relationship. @throws InvalidRequestError it leads to its own table
QList<Join> joins(const Mapper &mapper, const RelationshipMapping &relationship, Join::Kind kind);
/// The same under another name, that columns of the target must bear.
QList<Join> aliasedJoins(const Mapper &mapper, const RelationshipMapping &relationship,
                         Join::Kind kind, const QString &alias, int number);

} // namespace detail

/// Whether a row of a collection meets @p condition, or is there at all:
/// any<&Person::notes>(col<&Note::title>.like(u"%qt%"_s)) @see SQLAlchemy, any()
template<auto member>
Condition<decltype(detail::classOf(member))>
any(const Condition<detail::TargetClass<member>> &condition = {})
{
    static_assert(detail::isToMany<decltype(detail::memberOf(member))>,
                  "orm: any() is for a ToMany; a ToOne has has()");
    return Condition<decltype(detail::classOf(member))>(
        detail::related(Mapper::of<decltype(detail::classOf(member))>(),
                        detail::relationshipOf<member>(), condition.expression()));
}

/// Whether the row that a foreign key refers to meets @p condition, or is there at all:
/// has<&Note::owner>(col<&Person::name> == u"ann"_s) @see SQLAlchemy, has()
template<auto member>
Condition<decltype(detail::classOf(member))>
has(const Condition<detail::TargetClass<member>> &condition = {})
{
    static_assert(detail::isToOne<decltype(detail::memberOf(member))>,
                  "orm: has() is for a ToOne; a ToMany has any()");
    return Condition<decltype(detail::classOf(member))>(
        detail::related(Mapper::of<decltype(detail::classOf(member))>(),
                        detail::relationshipOf<member>(), condition.expression()));
}

/// any() and has() at run time: related(mapper, u"notes"_s, condition).
/// @throws InvalidRequestError @p mapper has no such relationship
Expression related(const Mapper &mapper, const QString &relationship,
                   const Expression &condition = {});

/// What a query loads along with its objects; made by selectIn() and joined().
struct LoadAlong
{
    enum class How {
        SelectIn, ///< a statement of its own for all objects, 500 keys at a time
        Joined, ///< by a LEFT OUTER JOIN of the query itself
    };

    How how = How::SelectIn;
    QList<const RelationshipMapping *> path; ///< each from the class that the one before leads to
};

/// Reads relationships of all of a query's objects by one more statement each, and those of what
/// they lead to: query.load(selectIn<&Person::notes, &Note::comments>())
/// @see SQLAlchemy, selectinload
template<auto... members>
LoadAlong selectIn()
{
    return {LoadAlong::How::SelectIn, {&detail::relationshipOf<members>()...}};
}

/// Reads a relationship by the query's own statement; its LIMIT counts the objects, not the rows.
/// @see SQLAlchemy, joinedload
template<auto member>
LoadAlong joined()
{
    return {LoadAlong::How::Joined, {&detail::relationshipOf<member>()}};
}

} // namespace orm
