// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/pooled.h"
#include "core/mapping/record.h"

#include <memory>
#include <utility>

namespace orm {

class Links;
class Mapper;
class Session;
struct RelationshipMapping;

template<typename T>
struct Mapping;

/// Where an object is in its life. @see SQLAlchemy, Quickie Intro to Object States
enum class ObjectState : quint8 {
    Transient, ///< in no session, no row
    Pending, ///< added, not flushed
    Persistent, ///< has a row
    Deleted, ///< its DELETE was flushed, not committed
    Detached, ///< has or had a row, in no session
};

/// One mapped object and what its session knows of it. Counted by its Refs, and by the session
/// while it is new, changed or deleted; a clean one goes with its last Ref.
class InstanceState : public Pooled
{
public:
    virtual ~InstanceState();
    Q_DISABLE_COPY_MOVE(InstanceState)

    const Mapper &mapper() const { return m_mapper; }
    void *object() { return reinterpret_cast<char *>(this) + m_objectOffset; }
    const void *object() const { return reinterpret_cast<const char *>(this) + m_objectOffset; }
    /// The values as loaded, kept from the first touch to the flush; null while untouched.
    const void *snapshot() const { return m_snapshot; }
    virtual void takeSnapshot() = 0;
    virtual void dropSnapshot() = 0;
    /// Gives the object its values as loaded again; does nothing without a snapshot.
    virtual void restoreSnapshot() = 0;

    /// The key its row is known by, whatever the user has made of the members; as stored.
    Key identity() const
    {
        return m_otherIdentity ? *m_otherIdentity : Key::integer(m_integerIdentity);
    }
    /// The same without a Key; only if the mapper has an integer key.
    qint64 integerIdentity() const { return m_integerIdentity; }
    void setIdentity(qint64 key) { m_integerIdentity = key; }
    void setIdentity(const Key &key);

    // Packed: an object of few members should take no more than two lines of the processor's caches

    Session *session = nullptr;
    quint32 epoch = 0; ///< of the session's expiry when the values were read; another: expired
    quint32 insertedIn = 0; ///< the transaction frame that flushed its INSERT, see TransactionLog
    ObjectState state = ObjectState::Transient;
    bool isMarkedDeleted : 1 = false; ///< remove() was called, the DELETE is not flushed yet
    bool wasDeleted : 1 = false; ///< its DELETE was committed
    bool hasGeneratedKey : 1 = false; ///< the database gave its key; it loses it if that is undone

    void acquire()
    {
        if (m_references++ == 0 && links())
            rejoin();
    }
    void release()
    {
        if (--m_references == 0)
            abandon();
    }
    /// Of an object that is being made: not even the last one ends it.
    void releaseKept();
    bool isReferred() const { return m_references > 0; }
    /// What its relationships tie it to; null while there is nothing.
    Links *links() const { return m_isHeld ? nullptr : m_links; }
    /// Whether it has links, or another's keep it.
    bool isLinked() const { return m_links; }
    Links &makeLinks();
    void dropLinks();
    /// Lets it go, unless its session keeps it. Nothing may refer to it or be linked with it.
    void discard();
    /// Makes it as if it were new, but for the values of the object. Nobody may refer to it.
    void reuse();

protected:
    /// @p object is a member of the derived class.
    InstanceState(const Mapper &mapper, void *object);

private:
    friend class Links;
    void abandon();
    void rejoin();

    bool m_isHeld : 1 = false; ///< m_links are those of the only object that is linked to it
    const quint16 m_objectOffset; ///< in the derived class, in bytes
    quint32 m_references = 0;
    const Mapper &m_mapper;

protected:
    void *m_snapshot = nullptr; ///< owned, of the object's type

private:
    qint64 m_integerIdentity = 0;
    std::unique_ptr<Key> m_otherIdentity; ///< of a key that is not one integer
    Links *m_links = nullptr; ///< owned, unless it is held
    const RelationshipMapping *m_heldAs = nullptr; ///< if it is, a collection of those links' owner
};

namespace detail {
/// Tells the members of a new object that stand for other rows whose they are, and links what they
/// were given.
void bindRelationships(InstanceState &state);
} // namespace detail

/// An object of a class: what newInstance() of its mapper makes.
template<typename T>
class Instance final : public InstanceState
{
public:
    explicit Instance(const Mapper &mapper)
        : InstanceState(mapper, &m_value)
    {
        bind();
    }
    Instance(const Mapper &mapper, T &&value)
        : InstanceState(mapper, &m_value)
        , m_value(std::move(value))
    {
        bind();
    }
    ~Instance() override { PooledCopy<T>::destroy(copy()); }

    void takeSnapshot() override
    {
        if (!m_snapshot)
            m_snapshot = PooledCopy<T>::make(m_value);
    }
    void dropSnapshot() override
    {
        PooledCopy<T>::destroy(copy());
        m_snapshot = nullptr;
    }
    void restoreSnapshot() override
    {
        if (!m_snapshot)
            return;
        m_value = std::move(*copy());
        dropSnapshot();
    }

private:
    T *copy() const { return static_cast<T *>(m_snapshot); }
    void bind()
    {
        if constexpr (requires { Mapping<T>::relationships; })
            detail::bindRelationships(*this);
    }

    T m_value{};
};

/// Keeps an InstanceState alive.
class InstancePointer
{
public:
    InstancePointer() = default;
    explicit InstancePointer(InstanceState *state)
        : m_state(state)
    {
        if (m_state)
            m_state->acquire();
    }
    InstancePointer(const InstancePointer &other)
        : InstancePointer(other.m_state)
    {}
    InstancePointer(InstancePointer &&other) noexcept
        : m_state(std::exchange(other.m_state, nullptr))
    {}
    InstancePointer &operator=(InstancePointer other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~InstancePointer()
    {
        if (m_state)
            m_state->release();
    }

    InstanceState *get() const { return m_state; }
    InstanceState *operator->() const { return m_state; }
    InstanceState &operator*() const { return *m_state; }
    explicit operator bool() const { return m_state; }
    bool operator==(const InstancePointer &) const = default;

private:
    InstanceState *m_state = nullptr;
};

} // namespace orm
