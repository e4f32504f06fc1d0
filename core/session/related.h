// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/relationship.h"
#include "core/session/query.h"

namespace orm {

namespace detail {

template<auto member>
consteval RelationshipMapping relationshipOf()
{
    using Class = decltype(classOf(member));
    RelationshipMapping found;
    if constexpr (requires { Mapping<Class>::relationships; }) {
        for (const RelationshipMapping &relationship : Mapping<Class>::relationships) {
            if (relationship.tag == memberTag<member>)
                found = relationship;
        }
    }
    return found;
}

/// The object that the foreign key of @p state refers to, or null.
InstancePointer relatedOne(InstanceState &state, const RelationshipMapping &relationship);
/// The condition that the target's rows meet.
Expression relatedCondition(InstanceState &state, const RelationshipMapping &relationship);

} // namespace detail

/// What a relationship of @p ref stands for in the database: related<&Note::owner>(note) is a Ref,
/// null where the foreign key is, found without SQL where the identity map has it;
/// related<&Person::notes>(person) is a QList of Refs, asked for by each call. Flushes first, as
/// queries do.
/// @throws DetachedInstanceError, InvalidRequestError @p ref is in no session
template<auto member>
auto related(const Ref<decltype(detail::classOf(member))> &ref)
{
    using Target = typename decltype(detail::memberOf(member))::Target;
    constexpr RelationshipMapping relationship = detail::relationshipOf<member>();
    static_assert(relationship.tag != 0,
                  "orm: the member is not among the relationships of its class's mapping");
    if constexpr (relationship.kind == RelationshipMapping::Kind::ManyToOne) {
        return Ref<Target>(detail::relatedOne(ref.instance(), relationship));
    } else {
        const Expression condition = detail::relatedCondition(ref.instance(), relationship);
        return Query<Target>(*ref.instance().session).where(condition).all();
    }
}

} // namespace orm
