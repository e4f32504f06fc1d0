// SPDX-License-Identifier: MIT
#include "core/mapping/instancestate.h"

namespace orm {

void InstanceState::setIdentity(const Key &key)
{
    if (key.isInteger()) {
        m_integerIdentity = key.number();
        m_otherIdentity.reset();
    } else {
        m_otherIdentity = std::make_unique<Key>(key);
    }
}

void InstanceState::reuse()
{
    dropSnapshot();
    m_otherIdentity.reset();
    session = nullptr;
    epoch = 0;
    insertedIn = 0;
    state = ObjectState::Transient;
    isMarkedDeleted = false;
    wasDeleted = false;
    hasGeneratedKey = false;
}

} // namespace orm
