// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"

#include "core/dialect/dialect.h"
#include "core/error.h"

using namespace Qt::StringLiterals;

namespace orm {

Engine::Engine(DatabaseUrl url, ConnectionOptions options)
    : m_url(std::move(url))
    , m_options(std::move(options))
    , m_dialect(m_options.dialect ? m_options.dialect : &Dialect::of(m_url.scheme))
{
    if (m_url.isMemory())
        m_memory = std::make_shared<std::shared_ptr<Connection>>();
}

Engine Engine::create(const QString &url, const ConnectionOptions &options)
{
    const auto parsed = DatabaseUrl::parse(url);
    if (!parsed)
        throw InvalidRequestError(u"Could not parse a database URL; one looks like this: "
                                  "sqlite:///notes.db"_s);
    return create(*parsed, options);
}

Engine Engine::create(const DatabaseUrl &url, const ConnectionOptions &options)
{
    return Engine(url, options);
}

std::shared_ptr<Connection> Engine::connect() const
{
    if (!m_memory)
        return std::make_shared<Connection>(m_url, *m_dialect, m_options);
    if (!*m_memory)
        *m_memory = std::make_shared<Connection>(m_url, *m_dialect, m_options);
    return *m_memory;
}

} // namespace orm
