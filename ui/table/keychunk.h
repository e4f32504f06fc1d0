// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"

#include <QHash>
#include <QSet>

#include <span>
#include <variant>
#include <vector>

namespace ui {

/// Some thousand keys that stand one behind the other, in as few bytes as they need: numbers that lie
/// near each other take two bytes a row, others four, and only what is far apart eight. In key order two
/// is the rule, in any other order four.
class KeyChunk
{
public:
    qint64 size() const;
    qint64 bytes() const; ///< of memory, where all are integers
    orm::Key at(qint64 row) const;

    /// Keys that are appended stay as they are until pack(): more may follow.
    void append(const orm::KeyList &keys, qint64 first, qint64 count);
    void append(const KeyChunk &other, qint64 first, qint64 count);
    void insert(qint64 row, const orm::Key &key);
    void remove(qint64 row, qint64 count);
    /// No more are appended: gives back what the keys don't need.
    void pack();

    /// Row of @p key or -1; linear.
    qint64 indexOf(const orm::Key &key) const;
    /// Adds the rows of those of @p keys that are there, as if the first one here were @p start.
    /// @p numbers are the integers among them, ascending.
    void findAll(const QSet<orm::Key> &keys, std::span<const qint64> numbers, qint64 start,
                 QHash<orm::Key, qint64> &rows) const;
    /// The first row whose number isn't larger than @p number, where all are integers, largest first.
    qint64 lowerBound(qint64 number) const;

private:
    using Numbers = std::vector<qint64>;
    using Narrow = std::vector<quint16>;
    using Middle = std::vector<quint32>;
    using Others = std::vector<orm::Key>;

    qint64 numberOf(quint64 offset) const
    {
        return static_cast<qint64>(static_cast<quint64>(m_base) + offset);
    }
    template<typename Vector>
    qint64 numberAt(const Vector &offsets, qint64 row) const;
    Numbers &numbers();
    Others &others();
    bool holdsOthers() const { return std::holds_alternative<Others>(m_keys); }

    qint64 m_base = 0; ///< of what Narrow and Middle have only the distance from it
    std::variant<Numbers, Narrow, Middle, Others> m_keys;
};

} // namespace ui
