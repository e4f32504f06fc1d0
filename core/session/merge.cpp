// SPDX-License-Identifier: MIT
#include "core/session/merge.h"

#include "core/session/relations.h"
#include "core/session/session.h"
#include "core/session/staledataerror.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm::detail {

namespace {

void checkVersion(const Mapper &mapper, const void *given, const void *present)
{
    const int column = mapper.versionColumn();
    if (column < 0)
        return;
    const qint64 mine = mapper.value(given, column).toInteger();
    const qint64 theirs = mapper.value(present, column).toInteger();
    if (mine == 0 || mine == theirs) // 0: not set, so merge into whatever there is
        return;
    StaleDataError error(u"Version %1 of a merged object of table '%2' does not match the "
                         "present version %3"_s.arg(mine)
                             .arg(mapper.table().name)
                             .arg(theirs));
    error.table = mapper.table().name;
    error.key = mapper.keyOf(given);
    for (int i = 0; i < mapper.table().columns.size(); ++i) {
        const StoredValue value = mapper.value(given, i);
        const StoredValue current = mapper.value(present, i);
        if (value != current) // what the given one was loaded with is not known here
            error.columns.append({mapper.table().columns.at(i).name, {}, value, current});
    }
    throw error;
}

using Merged = QHash<InstanceState *, InstancePointer>;

InstancePointer mergeAlone(Session &session, InstanceState &given);

/// The object and, along its relationships, what is linked to it; each once.
InstancePointer mergeGraph(Session &session, InstanceState &given, Merged &merged)
{
    if (given.session == &session)
        return InstancePointer(&given);
    if (InstancePointer known = merged.value(&given))
        return known;
    InstancePointer target = mergeAlone(session, given);
    merged.insert(&given, target);
    for (const RelationshipMapping &relationship : given.mapper().relationships()) {
        if (relationship.kind == RelationshipMapping::Kind::ManyToOne) {
            const std::optional<Links::Parent> parent
                = linkedParent(given, given.mapper().foreignKey(relationship.foreignKey));
            if (parent && parent->target)
                setRelatedOne(*target, relationship,
                              mergeGraph(session, *parent->target, merged).get());
            continue;
        }
        Links *links = currentLinks(given);
        const Links::Collection *collection = links ? links->findCollection(relationship) : nullptr;
        if (!collection)
            continue;
        std::vector<InstancePointer> wanted;
        for (InstanceState *item : std::vector(collection->items))
            wanted.push_back(mergeGraph(session, *item, merged));
        if (collection->isLoaded) { // else only what was added is known
            const PoolVector<InstanceState *> present = loadCollection(*target, relationship).items;
            for (InstanceState *item : present) {
                if (std::find(wanted.begin(), wanted.end(), InstancePointer(item)) == wanted.end())
                    removeRelated(*target, relationship, *item);
            }
        }
        for (const InstancePointer &item : wanted)
            appendRelated(*target, relationship, *item);
    }
    return target;
}

InstancePointer mergeAlone(Session &session, InstanceState &given)
{
    const Mapper &mapper = given.mapper();
    const void *values = readable(&given);
    const bool hasRow
        = given.state == ObjectState::Persistent || given.state == ObjectState::Detached;

    InstancePointer target;
    if (hasRow || !mapper.isKeyUnset(values))
        target = session.getInstance(mapper, hasRow ? given.identity() : mapper.keyOf(values),
                                     Load::KeepLoaded);
    const bool isNew = !target;
    void *into = nullptr;
    if (isNew) {
        target = mapper.newInstance();
        into = target->object();
    } else {
        into = writable(target.get());
        checkVersion(mapper, values, into);
    }
    const auto columns = mapper.columns();
    for (const ColumnMapping &column : columns) {
        const void *member = column.constMember(values);
        const bool isKept
            = !isNew && (column.isVersion || (!hasRow && column.operations->isUnset(member)));
        if (!isKept)
            column.operations->copy(column.member(into), member);
    }
    if (isNew)
        session.addInstance(*target);
    return target;
}

} // namespace

InstancePointer merge(Session &session, InstanceState &given)
{
    session.checkThread();
    const bool hasKey
        = given.state != ObjectState::Transient || !given.mapper().isKeyUnset(given.object());
    if (hasKey && given.session != &session)
        session.aboutToRead(); // what remove() has marked must not be what is merged into
    Merged merged;
    return mergeGraph(session, given, merged);
}

} // namespace orm::detail
