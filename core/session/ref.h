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
/// @throws InvalidRequestError the object is of another mapper
void checkClass(const InstanceState &state, const Mapper &mapper);

} // namespace detail

class AnyObject; ///< stands for the class of an object where it is known at run time only

template<typename T>
class Ref;

/// A handle to an object of any Mapper, reached column by column: as light as a pointer, equal for
/// one row, null when there is none. Each Ref<T> is one, too. Used in its session's thread only.
template<>
class Ref<AnyObject>
{
public:
    Ref() = default;
    explicit Ref(InstancePointer state)
        : m_state(std::move(state))
    {}

    explicit operator bool() const { return static_cast<bool>(m_state); }
    bool operator==(const Ref &) const = default;

    ObjectState state() const; ///< @throws WrongThreadError
    const Mapper &mapper() const { return instance().mapper(); }
    const Table &table() const { return mapper().table(); }

    /// The value of a column of table(), as it would be stored.
    /// @throws InvalidRequestError there is no such column; else as Ref::read()
    StoredValue value(int column) const;
    StoredValue value(const QString &column) const;
    /// All of them, in the order of table().columns.
    Record record() const;
    /// Changes a value; a flush writes it. Type, length and NULL are checked here, before any SQL.
    /// @throws DataError the column can't hold it
    /// @throws InvalidRequestError there is no such column, or the database computes it
    void setValue(int column, const StoredValue &value) const;
    void setValue(const QString &column, const StoredValue &value) const;
    /// The same handle by its class. @throws InvalidRequestError the object is of another
    template<typename T>
    Ref<T> as() const
    {
        detail::checkClass(instance(), Mapper::of<T>());
        return Ref<T>(m_state);
    }

    /// For the session.
    InstanceState &instance() const { return detail::referred(m_state.get()); }

protected:
    InstanceState *pointer() const { return m_state.get(); } ///< null where the handle is

private:
    InstancePointer m_state;
};

using AnyRef = Ref<AnyObject>; ///< a handle to an object of any Mapper

/// A handle to an object: as light as a pointer, equal for one row, null when there is none.
///
/// `->` says that the caller may write; read() only reads and costs no snapshot. What they return
/// is good until the next flush, commit or rollback: a change made later through a reference that
/// was kept is not seen. Used in its session's thread only.
template<typename T>
class Ref : public AnyRef
{
public:
    using AnyRef::AnyRef;

    T *operator->() const { return static_cast<T *>(detail::writable(pointer())); }
    T &operator*() const { return *static_cast<T *>(detail::writable(pointer())); }
    const T &read() const { return *static_cast<const T *>(detail::readable(pointer())); }

    bool operator==(const Ref &) const = default;
    template<typename Other>
    requires(!std::same_as<Other, AnyObject>) bool
    operator==(const Ref<Other> &) const = delete; ///< two classes have no row in common
};

/// A Ref to an object that is in no session yet.
template<typename T>
Ref<T> make(T value)
{
    return Ref<T>(InstancePointer(new Instance<T>(Mapper::of<T>(), std::move(value))));
}
/// The same of any Mapper, with no value set: make(Mapper::of(table)).
inline AnyRef make(const Mapper &mapper)
{
    return AnyRef(mapper.newInstance());
}

} // namespace orm
