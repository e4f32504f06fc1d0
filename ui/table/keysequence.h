// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/keychunk.h"

namespace ui {

/// Keys in view order, like orm::KeyList, but in chunks: to insert, remove or append some costs the
/// same at any length, with no copy of everything in between. Two to eight bytes a row, see KeyChunk.
class KeySequence
{
public:
    static constexpr qint64 chunkSize = 4096;

    qint64 size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    qint64 bytes() const; ///< of memory, where all are integers
    orm::Key at(qint64 row) const;

    void append(const orm::KeyList &keys);
    /// @p count keys of @p other from @p first on.
    void insert(qint64 row, const KeySequence &other, qint64 first, qint64 count);
    void insert(qint64 row, const orm::Key &key);
    void remove(qint64 row, qint64 count);
    void replace(qint64 row, const orm::Key &key);
    void clear();

    /// Row of @p key or -1; linear.
    qint64 indexOf(const orm::Key &key) const;
    /// Rows of those of @p keys that are there; one pass.
    QHash<orm::Key, qint64> indexesOf(const QSet<orm::Key> &keys) const;
    /// The first row whose number isn't larger than @p number, where all are integers, largest first.
    qint64 lowerBound(qint64 number) const;

private:
    size_t chunkOf(qint64 row) const;
    void split(size_t chunk, qint64 at);
    void recount(size_t from);

    std::vector<KeyChunk> m_chunks; ///< none is empty; all but the last are packed
    std::vector<qint64> m_starts; ///< row of each chunk's first key
    qint64 m_size = 0;
};

} // namespace ui
