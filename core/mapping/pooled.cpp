// SPDX-License-Identifier: MIT
#include "core/mapping/pooled.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace orm {

namespace {

constexpr size_t grain = 16; // sizes of blocks are multiples of it
constexpr size_t sizeCount = pool::mostBytes / grain;
using pool::pieceSize;

constexpr size_t sizeIndex(size_t bytes)
{
    return bytes == 0 ? 0 : (bytes - 1) / grain;
}

struct Block
{
    Block *next = nullptr;
};

class Pool;

/// The head of a piece of memory at a multiple of pieceSize; blocks follow.
struct alignas(64) Piece
{
    Pool *const pool;
    const size_t blockSize;
    Block *free = nullptr; ///< given back
    char *fresh = reinterpret_cast<char *>(this + 1); ///< from here on none was ever given
    size_t used = 0;
    Piece *previous = nullptr; ///< in the list of those with room
    Piece *next = nullptr;

    static Piece &of(void *block)
    {
        auto *const address = static_cast<char *>(block);
        return *reinterpret_cast<Piece *>(address
                                          - reinterpret_cast<std::uintptr_t>(block) % pieceSize);
    }
    bool isFull() const
    {
        return !free && fresh + blockSize > reinterpret_cast<const char *>(this) + pieceSize;
    }
};

/// The pieces of one thread. They outlive it, as objects may; a later thread takes them over.
class Pool
{
public:
    static Pool &current();

    void *allocate(size_t bytes)
    {
        Shelf &shelf = m_shelves[sizeIndex(bytes)];
        if (!shelf.open) {
            takeReturned();
            if (!shelf.open)
                addPiece(shelf, (sizeIndex(bytes) + 1) * grain);
        }
        Piece &piece = *shelf.open;
        void *block = piece.free;
        if (block) {
            piece.free = piece.free->next;
        } else {
            block = piece.fresh;
            piece.fresh += piece.blockSize;
        }
        ++piece.used;
        if (piece.isFull())
            unlink(shelf, piece);
        return block;
    }
    void free(void *block)
    {
        Piece &piece = Piece::of(block);
        Shelf &shelf = m_shelves[sizeIndex(piece.blockSize)];
        if (piece.isFull())
            link(shelf, piece);
        piece.free = new (block) Block{piece.free};
        if (--piece.used > 0 || shelf.count == 1)
            return;
        unlink(shelf, piece);
        --shelf.count;
        keep(piece);
    }
    /// By another thread.
    void giveBack(void *block)
    {
        auto *const returned = new (block) Block{m_returned.load(std::memory_order_relaxed)};
        while (!m_returned.compare_exchange_weak(
            returned->next, returned, std::memory_order_release, std::memory_order_relaxed)) {}
    }
    size_t pieceCount(size_t bytes)
    {
        takeReturned();
        return m_shelves[sizeIndex(bytes)].count;
    }
    size_t keptBytes() const { return m_keptBytes; }

private:
    /// The pieces of one size of blocks.
    struct Shelf
    {
        Piece *open = nullptr; ///< the first with room
        size_t count = 0;
    };

    void takeReturned()
    {
        Block *block = m_returned.exchange(nullptr, std::memory_order_acquire);
        while (block) {
            Block *const next = block->next;
            free(block);
            block = next;
        }
    }
    void addPiece(Shelf &shelf, size_t blockSize)
    {
        link(shelf, *new (takeMemory()) Piece{this, blockSize});
        ++shelf.count;
    }
    void keep(Piece &piece)
    {
        if (m_keptBytes == pool::mostKeptBytes) {
            ::operator delete(&piece, std::align_val_t(pieceSize));
            return;
        }
        m_kept = new (&piece) Block{m_kept};
        m_keptBytes += pieceSize;
    }
    void *takeMemory()
    {
        if (!m_kept)
            return ::operator new(pieceSize, std::align_val_t(pieceSize));
        m_keptBytes -= pieceSize;
        return std::exchange(m_kept, m_kept->next);
    }
    static void link(Shelf &shelf, Piece &piece)
    {
        piece.next = shelf.open;
        if (shelf.open)
            shelf.open->previous = &piece;
        shelf.open = &piece;
    }
    static void unlink(Shelf &shelf, Piece &piece)
    {
        (piece.previous ? piece.previous->next : shelf.open) = piece.next;
        if (piece.next)
            piece.next->previous = piece.previous;
        piece.previous = nullptr;
        piece.next = nullptr;
    }

    std::array<Shelf, sizeCount> m_shelves;
    Block *m_kept = nullptr; ///< free pieces, for blocks of any size
    size_t m_keptBytes = 0;
    std::atomic<Block *> m_returned = nullptr;
};

/// Pools whose thread has ended.
struct Orphans
{
    std::mutex mutex;
    std::vector<Pool *> pools;
};

Orphans &orphans()
{
    static Orphans *const all = new Orphans; // never destroyed, as objects may be later
    return *all;
}

thread_local Pool *threadPool = nullptr;

struct Leaver
{
    ~Leaver()
    {
        const std::lock_guard lock(orphans().mutex);
        orphans().pools.push_back(std::exchange(threadPool, nullptr));
    }
};

Pool *adopt()
{
    Orphans &all = orphans();
    const std::lock_guard lock(all.mutex);
    if (all.pools.empty())
        return new Pool;
    Pool *const pool = all.pools.back();
    all.pools.pop_back();
    return pool;
}

Pool &Pool::current()
{
    if (!threadPool) {
        threadPool = adopt();
        thread_local const Leaver leaver;
    }
    return *threadPool;
}

} // namespace

void *pool::allocate(size_t bytes)
{
    return bytes > mostBytes ? ::operator new(bytes) : Pool::current().allocate(bytes);
}

void pool::free(void *block, size_t bytes) noexcept
{
    if (!block)
        return;
    if (bytes > mostBytes) {
        ::operator delete(block);
        return;
    }
    Pool *const owner = Piece::of(block).pool;
    if (owner == threadPool)
        owner->free(block);
    else
        owner->giveBack(block);
}

size_t pool::pieceCount(size_t bytes)
{
    return Pool::current().pieceCount(bytes);
}

size_t pool::keptBytes()
{
    return Pool::current().keptBytes();
}

void *Pooled::operator new(size_t bytes)
{
#ifdef __SANITIZE_ADDRESS__
    return ::operator new(bytes);
#else
    return pool::allocate(bytes);
#endif
}

void Pooled::operator delete(void *block, [[maybe_unused]] size_t bytes) noexcept
{
#ifdef __SANITIZE_ADDRESS__
    ::operator delete(block);
#else
    pool::free(block, bytes);
#endif
}

} // namespace orm
