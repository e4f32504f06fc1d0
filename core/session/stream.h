// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/statementlease.h"
#include "core/expression/statement.h"
#include "core/session/load.h"
#include "core/session/ref.h"

#include <iterator>
#include <optional>
#include <vector>

namespace orm {

class Session;

/// A query's objects, read in batches while it is walked through; each lives as long as its Ref.
///
/// The read cursor is open until the end or until this dies: on SQLite without WAL other programs
/// can't commit meanwhile. The session outlives it.
class StreamBase
{
public:
    /// @p batch objects are made at a time; at least 1.
    StreamBase(Session &session, const Mapper &mapper, const Select &select, Load load, int batch);

    /// The next object, or null at the end.
    InstancePointer next();

private:
    Session &m_session;
    const Mapper &m_mapper;
    Load m_load;
    size_t m_batch;
    std::optional<StatementLease> m_statement; ///< none once all rows are read
    std::vector<InstancePointer> m_objects; ///< of this batch
    size_t m_next = 0;
};

/// @see StreamBase; for (const auto &note : session.query<Note>().yieldPer(100))
template<typename T>
class Stream
{
public:
    class Iterator
    {
    public:
        using value_type = Ref<T>;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        explicit Iterator(Stream &stream)
            : m_stream(&stream)
            , m_ref(stream.next())
        {}
        const Ref<T> &operator*() const { return m_ref; }
        Iterator &operator++()
        {
            m_ref = {}; // it may go before the next one comes
            m_ref = m_stream->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return !m_ref; }

    private:
        Stream *m_stream = nullptr;
        Ref<T> m_ref;
    };

    explicit Stream(StreamBase base)
        : m_base(std::move(base))
    {}

    /// The next object, or a null Ref at the end.
    Ref<T> next() { return Ref<T>(m_base.next()); }
    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

private:
    StreamBase m_base;
};

} // namespace orm
