// SPDX-License-Identifier: MIT
#include "core/session/foreignkeys.h"

#include "core/error.h"
#include "core/mapping/mapper.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace orm::detail {

namespace {

bool hasIdentity(const InstanceState &state)
{
    return state.state == ObjectState::Persistent || state.state == ObjectState::Detached;
}

/// Whether its row has the key that it is known by, and keeps it.
bool keepsIdentity(const InstanceState &state)
{
    return hasIdentity(state) && (!state.snapshot() || state.mapper().isKeyUnset(state.object()));
}

void setMember(InstanceState &state, int column, const StoredValue &value)
{
    const Mapper &mapper = state.mapper();
    const ColumnMapping &mapping = mapper.columns()[static_cast<size_t>(column)];
    if (mapper.value(state.object(), column) != value)
        mapping.operations->fromStored(mapping.member(state.object()), value);
}

void setMembers(InstanceState &state, KeyColumns columns, const Key &key)
{
    const QList<StoredValue> values = key.toValues();
    if (values.size() != columns.size())
        throw InvalidRequestError(
            u"A foreign key of '%1' has %2 columns, the key that it refers to %3"_s.arg(
                state.mapper().table().name, QString::number(columns.size()),
                QString::number(values.size())));
    for (int i = 0; i < columns.size(); ++i)
        setMember(state, columns.at(i), values.at(i));
}

} // namespace

bool isNullable(const Mapper &mapper, KeyColumns columns)
{
    return std::any_of(columns.begin(), columns.end(), [&mapper](int column) {
        return !mapper.columns()[static_cast<size_t>(column)].isNotNull;
    });
}

Key keyValue(const InstanceState &state)
{
    const Mapper &mapper = state.mapper();
    if (keepsIdentity(state))
        return state.identity();
    if (mapper.isKeyUnset(state.object()))
        return {};
    return mapper.keyOf(state.object());
}

void followKey(InstanceState &state, KeyColumns columns, const InstanceState &target)
{
    const Mapper &mapper = target.mapper();
    // A row of the same table gets another key too late: new rows come before changed ones
    const bool isIdentity
        = keepsIdentity(target) || (hasIdentity(target) && &mapper == &state.mapper());
    const ColumnMapping &first = state.mapper().columns()[static_cast<size_t>(columns.first())];
    if (mapper.hasIntegerKey() && columns.size() == 1 && first.operations->setInteger) {
        void *member = first.member(state.object());
        if (isIdentity)
            first.operations->setInteger(member, target.integerIdentity());
        else if (!mapper.isKeyUnset(target.object()))
            first.operations->setInteger(member, mapper.integerKeyOf(target.object()));
        return;
    }
    const Key key = isIdentity ? target.identity() : keyValue(target);
    if (!key.isNull())
        setMembers(state, columns, key);
}

void clearForeignKey(InstanceState &state, KeyColumns columns)
{
    for (const int column : columns) {
        if (!state.mapper().columns()[static_cast<size_t>(column)].isNotNull)
            setMember(state, column, {});
    }
}

} // namespace orm::detail
