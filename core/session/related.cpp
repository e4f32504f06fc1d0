// SPDX-License-Identifier: MIT
#include "core/session/related.h"

#include "core/error.h"

using namespace Qt::StringLiterals;

namespace orm::detail {

namespace {

Session &sessionOf(InstanceState &state)
{
    if (state.session)
        return *state.session;
    if (state.state == ObjectState::Detached)
        throw DetachedInstanceError(u"The object is in no session that could read what it is "
                                    "related to"_s);
    throw InvalidRequestError(u"The object is in no session that could read what it is related "
                              "to"_s);
}

int foreignKeyOf(const Mapper &mapper, const RelationshipMapping &relationship)
{
    const int column = mapper.columnOf(relationship.foreignKey);
    if (column < 0)
        throw InvalidRequestError(
            u"The foreign key of a relationship is no column of '%1'"_s.arg(mapper.table().name));
    return column;
}

} // namespace

InstancePointer relatedOne(InstanceState &state, const RelationshipMapping &relationship)
{
    Session &session = sessionOf(state);
    const Mapper &mapper = state.mapper();
    const void *object = readable(&state);
    const StoredValue key = mapper.value(object, foreignKeyOf(mapper, relationship));
    if (key.isNull())
        return {};
    return session.getInstance(relationship.target(), Key::values({key}), Load::KeepLoaded);
}

Expression relatedCondition(InstanceState &state, const RelationshipMapping &relationship)
{
    Session &session = sessionOf(state);
    session.aboutToRead(); // a new object gets its key
    const Mapper &mapper = state.mapper();
    const Mapper &target = relationship.target();
    const QList<StoredValue> key = mapper.keyOf(readable(&state)).toValues();
    if (key.size() != 1)
        throw InvalidRequestError(u"The key of '%1' has %2 columns, a foreign key one"_s.arg(
            mapper.table().name, QString::number(key.size())));
    const QString column = target.table().columns.at(foreignKeyOf(target, relationship)).name;
    return Expression::binary(Expression::column(column), u"="_s, Expression::value(key.first()));
}

} // namespace orm::detail
