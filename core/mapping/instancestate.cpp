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

} // namespace orm
