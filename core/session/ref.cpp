// SPDX-License-Identifier: MIT
#include "core/session/ref.h"

#include "core/error.h"
#include "core/session/session.h"

using namespace Qt::StringLiterals;

namespace orm {

void InstanceState::discard()
{
    if (!session || session->evict(*this))
        delete this;
}

namespace detail {

InstanceState &referred(InstanceState *state)
{
    if (!state)
        throw InvalidRequestError(u"A null Ref was used"_s);
    return *state;
}

const void *readable(InstanceState *state)
{
    InstanceState &instance = referred(state);
    Session *session = instance.session;
    if (!session) {
        if (instance.state == ObjectState::Detached && instance.epoch == 0)
            throw DetachedInstanceError(u"The object has expired and is in no session that "
                                        "could read it again"_s);
        return instance.object();
    }
    session->checkThread();
    if (instance.state == ObjectState::Persistent && session->isExpired(instance)
        && !session->reload(instance))
        throw ObjectDeletedError(u"The row %1 of '%2' has been deleted"_s.arg(
            instance.identity().toString(), instance.mapper().table().name));
    return instance.object();
}

void *writable(InstanceState *state)
{
    readable(state);
    if (state->state == ObjectState::Persistent)
        state->session->touch(*state);
    else if (state->state == ObjectState::Detached)
        state->takeSnapshot(); // so that add() knows what changed outside
    return state->object();
}

void checkClass(const InstanceState &state, const Mapper &mapper)
{
    if (&state.mapper() != &mapper)
        throw InvalidRequestError(u"The object is a row of '%1', not one of the class mapped to "
                                  "'%2'"_s.arg(state.mapper().table().name, mapper.table().name));
}

} // namespace detail

namespace {

int checked(const Table &table, int column)
{
    if (column < 0 || column >= table.columns.size())
        throw InvalidRequestError(u"Table '%1' has no such column"_s.arg(table.name));
    return column;
}

} // namespace

ObjectState AnyRef::state() const
{
    const InstanceState &state = instance();
    if (state.session)
        state.session->checkThread();
    return state.state;
}

StoredValue AnyRef::value(int column) const
{
    const void *object = detail::readable(pointer());
    return mapper().value(object, checked(table(), column));
}

StoredValue AnyRef::value(const QString &column) const
{
    return value(table().indexOf(column));
}

Record AnyRef::record() const
{
    const void *object = detail::readable(pointer());
    Record record;
    for (int i = 0; i < table().columns.size(); ++i)
        record.values.append(mapper().value(object, i));
    return record;
}

void AnyRef::setValue(int column, const StoredValue &value) const
{
    void *object = detail::writable(pointer());
    mapper().setValue(object, checked(table(), column), value);
}

void AnyRef::setValue(const QString &column, const StoredValue &value) const
{
    setValue(table().indexOf(column), value);
}

} // namespace orm
