// SPDX-License-Identifier: MIT
#include "core/session/merge.h"

#include "core/session/session.h"
#include "core/session/staledataerror.h"

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

} // namespace

InstancePointer merge(Session &session, InstanceState &given)
{
    session.checkThread();
    if (given.session == &session)
        return InstancePointer(&given);
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

} // namespace orm::detail
