// SPDX-License-Identifier: MIT
#include "core/session/ref.h"

#include "core/error.h"
#include "core/session/session.h"

using namespace Qt::StringLiterals;

namespace orm {

void InstanceState::abandon()
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

} // namespace detail

} // namespace orm
