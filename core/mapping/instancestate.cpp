// SPDX-License-Identifier: MIT
#include "core/mapping/links.h"

namespace orm {

InstanceState::InstanceState(const Mapper &mapper, void *object)
    : m_mapper(mapper)
    , m_object(object)
{}

InstanceState::~InstanceState() = default;

Links &InstanceState::makeLinks()
{
    if (!m_links)
        m_links = std::make_unique<Links>(*this);
    return *m_links;
}

void InstanceState::dropLinks()
{
    m_links.reset();
}

void InstanceState::rejoin()
{
    m_links->rejoin();
}

void InstanceState::releaseKept()
{
    if (--m_references == 0 && m_links)
        m_links->leave();
}

void InstanceState::abandon()
{
    if (m_links)
        m_links->abandon();
    else
        discard();
}

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
    m_links.reset();
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
