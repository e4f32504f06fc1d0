// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace orm {

/// Memory in blocks of few sizes, those of one size side by side in pieces of 64 KiB.
///
/// What is allocated in turn lies in turn, so a walk over the objects of a long query is one that the
/// processor can guess; from malloc() each would lie behind the texts of the one before. Freed blocks
/// are used again. A piece that is free serves another size: 32 MiB are kept for that, as what comes
/// anew from the system costs more, page by page, than what is done with it; the rest goes back. Each
/// thread has pieces of its own and takes no lock; a block that another thread frees comes back to them
/// by an atomic list.
/// @see Bonwick, The Slab Allocator: An Object-Caching Kernel Memory Allocator
namespace pool {

constexpr size_t mostBytes = 512; ///< of a block; what is larger comes from operator new
constexpr size_t pieceSize = 64 << 10; ///< bytes of the memory that blocks are cut from
constexpr size_t mostKeptBytes = 32 << 20; ///< of a thread's free pieces

/// Aligned for any type that isn't over-aligned. @throws std::bad_alloc
void *allocate(size_t bytes);
/// Takes back what allocate(@p bytes) gave, in any thread.
void free(void *block, size_t bytes) noexcept;
/// The calling thread's pieces for blocks of this size: for tests.
size_t pieceCount(size_t bytes);
/// What the calling thread has of free pieces: for tests and benchmarks.
size_t keptBytes();

} // namespace pool

/// Makes `new` of a class use the pool. A build with the address sanitizer allocates each object by
/// itself instead, so that nothing is hidden from it.
struct Pooled
{
    static void *operator new(size_t bytes);
    static void operator delete(void *block, size_t bytes) noexcept;
    static void *operator new(size_t bytes, std::align_val_t alignment)
    {
        return ::operator new(bytes, alignment);
    }
    static void operator delete(void *block, size_t, std::align_val_t alignment) noexcept
    {
        ::operator delete(block, alignment);
    }
    static void *operator new(size_t, void *place) noexcept { return place; }
};

/// Makes a container's memory come from the pool.
template<typename T>
struct PoolAllocator
{
    using value_type = T;

    PoolAllocator() = default;
    template<typename U>
    PoolAllocator(const PoolAllocator<U> &)
    {}
    T *allocate(size_t count) { return static_cast<T *>(Pooled::operator new(bytes(count))); }
    void deallocate(T *memory, size_t count) noexcept
    {
        Pooled::operator delete(memory, bytes(count));
    }
    /// T may well be a pointer.
    static size_t bytes(size_t count)
    {
        return count * sizeof(T); // NOLINT(bugprone-sizeof-expression)
    }
    bool operator==(const PoolAllocator &) const = default;
};

template<typename T>
using PoolVector = std::vector<T, PoolAllocator<T>>;

/// A copy that lies in the pool, of a type that need not be Pooled.
template<typename T>
struct PooledCopy
{
    static T *make(const T &value)
    {
        if constexpr (isOverAligned)
            return new T(value);
        std::unique_ptr<void, Free> memory(Pooled::operator new(sizeof(T)));
        T *const copy = ::new (memory.get()) T(value);
        static_cast<void>(memory.release());
        return copy;
    }
    static void destroy(T *copy)
    {
        if constexpr (isOverAligned)
            return delete copy;
        if (!copy)
            return;
        copy->~T();
        Free{}(copy);
    }

private:
    static constexpr bool isOverAligned = alignof(T) > alignof(std::max_align_t);
    struct Free
    {
        void operator()(void *memory) const { Pooled::operator delete(memory, sizeof(T)); }
    };
};

} // namespace orm
