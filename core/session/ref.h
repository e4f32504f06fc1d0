// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/instancestate.h"
#include "core/mapping/mapper.h"

namespace orm {

namespace detail {

/// The object, its values loaded again if they had expired.
/// @throws ObjectDeletedError its row is gone
/// @throws DetachedInstanceError it had expired and is in no session any more
/// @throws DataError a stored value can't be held by its member
/// @throws InvalidRequestError the Ref is null
/// @throws WrongThreadError
const void *readable(InstanceState *state);
/// The same, and the values as loaded are kept for the flush to compare with.
void *writable(InstanceState *state);
InstanceState &referred(InstanceState *state);

} // namespace detail

/// A handle to an object: as light as a pointer, equal for one row, null when there is none.
///
/// `->` says that the caller may write; read() only reads and costs no snapshot. What they return
/// is good until the next flush, commit or rollback: a change made later through a reference that
/// was kept is not seen. Used in its session's thread only.
template<typename T>
class Ref
{
public:
    Ref() = default;
    explicit Ref(InstancePointer state)
        : m_state(std::move(state))
    {}

    T *operator->() const { return static_cast<T *>(detail::writable(m_state.get())); }
    T &operator*() const { return *static_cast<T *>(detail::writable(m_state.get())); }
    const T &read() const { return *static_cast<const T *>(detail::readable(m_state.get())); }

    explicit operator bool() const { return static_cast<bool>(m_state); }
    bool operator==(const Ref &) const = default;

    ObjectState state() const { return instance().state; }
    InstanceState &instance() const { return detail::referred(m_state.get()); }

private:
    InstancePointer m_state;
};

/// A Ref to an object that is in no session yet.
template<typename T>
Ref<T> make(T value)
{
    return Ref<T>(InstancePointer(new Instance<T>(Mapper::of<T>(), std::move(value))));
}

} // namespace orm
