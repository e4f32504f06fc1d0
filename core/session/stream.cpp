// SPDX-License-Identifier: MIT
#include "core/session/stream.h"

#include "core/dialect/sqlcompiler.h"
#include "core/session/session.h"

#include <QScopeGuard>

#include <algorithm>

namespace orm {

StreamBase::StreamBase(Session &session, const Mapper &mapper, const Select &select, Load load,
                       int batch)
    : m_session(session)
    , m_mapper(mapper)
    , m_load(load)
    , m_batch(static_cast<size_t>(std::max(batch, 1)))
{
    if (select.limit == 0)
        return;
    m_statement.emplace(session.run(compile(select, session.connection().dialect())));
}

InstancePointer StreamBase::next()
{
    if (m_next == m_objects.size()) {
        m_session.setMostSpares(m_batch);
        const auto end = qScopeGuard([this] { m_session.setMostSpares(1); });
        m_objects.clear(); // those that nobody holds come back as the next ones
        m_next = 0;
        while (m_statement && m_objects.size() < m_batch) {
            if ((*m_statement)->step())
                m_objects.push_back(m_session.load(m_mapper, **m_statement, m_load));
            else
                m_statement.reset();
        }
    }
    return m_next == m_objects.size() ? InstancePointer() : m_objects[m_next++];
}

} // namespace orm
