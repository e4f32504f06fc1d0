// SPDX-License-Identifier: MIT
#include "core/mapping/links.h"

#include <utility>

namespace orm {

InstanceState::InstanceState(const Mapper &mapper, void *object)
    : m_objectOffset(
        static_cast<quint16>(static_cast<char *>(object) - reinterpret_cast<char *>(this)))
    , m_mapper(mapper)
{}

InstanceState::~InstanceState()
{
    dropLinks();
}

Links &InstanceState::makeLinks()
{
    if (links())
        return *m_links;
    const Links::Parents parents = Links::parentsOf(*this);
    Links *const holder = std::exchange(m_links, nullptr);
    m_isHeld = false;
    m_heldAs = nullptr;
    m_links = new Links(*this, holder);
    for (const Links::Parent &parent : parents) {
        Links::Parent &own = m_links->setParent(parent.columns, parent.target);
        own.collection = parent.collection;
        own.isChanged = parent.isChanged;
    }
    return *m_links;
}

void InstanceState::dropLinks()
{
    delete links();
    m_links = nullptr;
    m_isHeld = false;
    m_heldAs = nullptr;
}

void InstanceState::rejoin()
{
    m_links->rejoin();
}

void InstanceState::releaseKept()
{
    if (--m_references == 0 && links())
        m_links->leave();
}

void InstanceState::abandon()
{
    if (links())
        m_links->abandon();
    else if (!m_isHeld)
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
    dropLinks();
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
