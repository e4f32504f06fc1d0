// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/links.h"
#include "core/mapping/relationship.h"

#include <optional>
#include <span>
#include <vector>

/// What relationships do in a session: reading what they stand for, and keeping both sides in step.
namespace orm {

class Session;

namespace detail {

/// The object's links as they hold now: what was read before it expired is forgotten. Null if there
/// are none.
Links *currentLinks(InstanceState &state);
/// The same, to be changed: made if there are none.
Links &ownLinks(InstanceState &state);
/// Whether the object has a row whose relationships could be asked for.
bool hasRow(const InstanceState &state);

/// Whom a foreign key of @p state refers to, as far as its links say it; null if they don't.
std::optional<Links::Parent> linkedParent(InstanceState &state, KeyColumns columns);
/// The columns of @p mapper's key that a foreign key of @p count columns refers to.
/// @throws InvalidRequestError the key has another number of columns
KeyColumns keyColumns(const Mapper &mapper, int count);
/// Whom the foreign key of @p object refers to, as its members say; null where one of them is NULL.
Key keyIn(const Mapper &mapper, const void *object, KeyColumns columns);
/// The same of an object in a session, as it is there.
Key foreignKeyValue(InstanceState &state, KeyColumns columns);
/// The relationship of the parents that a foreign key of @p child makes, or null: the other side of a
/// ManyToOne.
const RelationshipMapping *collectionOf(const RelationshipMapping &manyToOne);

InstancePointer relatedOne(InstanceState &state, const RelationshipMapping &relationship);
void setRelatedOne(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState *target);
std::span<InstanceState *const> relatedMany(InstanceState &state,
                                            const RelationshipMapping &relationship);
void appendRelated(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState &item);
void removeRelated(InstanceState &state, const RelationshipMapping &relationship,
                   InstanceState &item);

/// The collection, read if it is not yet, whatever the session says of lazy loads.
Links::Collection &loadCollection(InstanceState &state, const RelationshipMapping &relationship);
/// Reads what @p relationship stands for, for all of @p states at once, 500 keys a statement.
void loadRelated(Session &session, std::span<const InstancePointer> states,
                 const RelationshipMapping &relationship);
/// Appends to @p targets what @p state is linked to by @p relationship, as far as that was read.
void appendTargets(InstanceState &state, const RelationshipMapping &relationship,
                   std::vector<InstancePointer> &targets);
/// Brings what @p state is linked to into its session.
void cascadeAdd(InstanceState &state);
/// What @p state is linked to by relationships with @p cascade, and is in its session.
std::vector<InstancePointer> cascadeTargets(InstanceState &state, Cascade cascade);

} // namespace detail

} // namespace orm
