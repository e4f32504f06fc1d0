// SPDX-License-Identifier: MIT
#include "ui/table/keychunk.h"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace ui {

namespace {

/// What findAll() looks at together.
constexpr size_t block = 512;
/// So many numbers are compared one by one.
constexpr size_t fewNumbers = 8;

quint64 distance(qint64 base, qint64 number)
{
    return static_cast<quint64>(number) - static_cast<quint64>(base);
}

template<typename Vector>
constexpr bool isOfOthers = std::is_same_v<std::decay_t<Vector>, std::vector<orm::Key>>;

/// Largest distance that @p Vector can hold; a whole number is one from 0.
template<typename Vector>
constexpr quint64 reach
    = std::numeric_limits<std::make_unsigned_t<typename std::decay_t<Vector>::value_type>>::max();

} // namespace

template<typename Vector>
qint64 KeyChunk::numberAt(const Vector &offsets, qint64 row) const
{
    return numberOf(static_cast<quint64>(offsets[static_cast<size_t>(row)]));
}

qint64 KeyChunk::size() const
{
    return std::visit([](const auto &keys) { return static_cast<qint64>(keys.size()); }, m_keys);
}

qint64 KeyChunk::bytes() const
{
    return std::visit(
        [](const auto &keys) {
            const auto room = static_cast<qint64>(keys.capacity());
            constexpr auto keyBytes = static_cast<qint64>(sizeof(keys[0]));
            return static_cast<qint64>(sizeof(KeyChunk)) + room * keyBytes;
        },
        m_keys);
}

orm::Key KeyChunk::at(qint64 row) const
{
    return std::visit(
        [&](const auto &keys) {
            if constexpr (isOfOthers<decltype(keys)>)
                return keys[static_cast<size_t>(row)];
            else
                return orm::Key::integer(numberAt(keys, row));
        },
        m_keys);
}

/// The numbers, unpacked.
KeyChunk::Numbers &KeyChunk::numbers()
{
    if (!std::holds_alternative<Numbers>(m_keys)) {
        Numbers whole;
        const qint64 count = size();
        whole.reserve(static_cast<size_t>(count) + 1);
        for (qint64 row = 0; row < count; ++row)
            whole.push_back(at(row).number());
        m_keys = std::move(whole);
        m_base = 0;
    }
    return std::get<Numbers>(m_keys);
}

/// All keys as general ones: one of them isn't an integer.
KeyChunk::Others &KeyChunk::others()
{
    if (!holdsOthers()) {
        Others general;
        const qint64 count = size();
        general.reserve(static_cast<size_t>(count) + 1);
        for (qint64 row = 0; row < count; ++row)
            general.push_back(at(row));
        m_keys = std::move(general);
    }
    return std::get<Others>(m_keys);
}

void KeyChunk::append(const orm::KeyList &keys, qint64 first, qint64 count)
{
    const std::span<const qint64> integers = keys.integers();
    if (!integers.empty() && !holdsOthers()) {
        const auto part = integers.subspan(static_cast<size_t>(first), static_cast<size_t>(count));
        Numbers &own = numbers();
        own.insert(own.end(), part.begin(), part.end());
        return;
    }
    Others &own = others();
    for (qint64 row = first; row < first + count; ++row)
        own.push_back(keys.at(row));
}

void KeyChunk::append(const KeyChunk &other, qint64 first, qint64 count)
{
    if (holdsOthers() || other.holdsOthers()) {
        Others &own = others();
        for (qint64 row = first; row < first + count; ++row)
            own.push_back(other.at(row));
        return;
    }
    Numbers &own = numbers();
    own.reserve(own.size() + static_cast<size_t>(count));
    std::visit(
        [&](const auto &keys) {
            if constexpr (!isOfOthers<decltype(keys)>) {
                for (qint64 row = first; row < first + count; ++row)
                    own.push_back(other.numberAt(keys, row));
            }
        },
        other.m_keys);
}

void KeyChunk::insert(qint64 row, const orm::Key &key)
{
    if (holdsOthers() || !key.isInteger()) {
        Others &own = others();
        own.insert(own.begin() + row, key);
        return;
    }
    const bool fits = std::visit(
        [&](auto &keys) {
            if constexpr (!isOfOthers<decltype(keys)>) {
                const quint64 offset = distance(m_base, key.number());
                if (offset > reach<decltype(keys)>)
                    return false;
                using Value = typename std::decay_t<decltype(keys)>::value_type;
                if (keys.size() == keys.capacity()) // not twice as much for one more
                    keys.reserve(keys.size() + keys.size() / 16 + 16);
                keys.insert(keys.begin() + row, static_cast<Value>(offset));
            }
            return true;
        },
        m_keys);
    if (fits)
        return;
    Numbers &own = numbers();
    own.insert(own.begin() + row, key.number());
    pack();
}

void KeyChunk::remove(qint64 row, qint64 count)
{
    std::visit(
        [&](auto &keys) {
            keys.erase(keys.begin() + row, keys.begin() + row + count);
            if (keys.size() < keys.capacity() / 2)
                keys.shrink_to_fit();
        },
        m_keys);
}

void KeyChunk::pack()
{
    if (holdsOthers())
        return std::get<Others>(m_keys).shrink_to_fit();
    Numbers &own = numbers();
    if (own.empty())
        return;
    const auto [least, most] = std::minmax_element(own.cbegin(), own.cend());
    const qint64 base = *least;
    const quint64 width = distance(base, *most);
    const auto packed = [&]<typename Vector>(Vector offsets) {
        offsets.reserve(own.size());
        for (const qint64 number : own)
            offsets.push_back(static_cast<typename Vector::value_type>(distance(base, number)));
        return offsets;
    };
    if (width <= reach<Narrow>)
        m_keys = packed(Narrow());
    else if (width <= reach<Middle>)
        m_keys = packed(Middle());
    else
        return own.shrink_to_fit();
    m_base = base;
}

qint64 KeyChunk::indexOf(const orm::Key &key) const
{
    return std::visit(
        [&](const auto &keys) -> qint64 {
            auto found = keys.end();
            if constexpr (isOfOthers<decltype(keys)>) {
                found = std::find(keys.begin(), keys.end(), key);
            } else {
                const quint64 offset = distance(m_base, key.number());
                if (!key.isInteger() || offset > reach<decltype(keys)>)
                    return -1;
                using Value = typename std::decay_t<decltype(keys)>::value_type;
                found = std::find(keys.begin(), keys.end(), static_cast<Value>(offset));
            }
            return found == keys.end() ? -1 : found - keys.begin();
        },
        m_keys);
}

void KeyChunk::findAll(const QSet<orm::Key> &keys, std::span<const qint64> numbers, qint64 start,
                       QHash<orm::Key, qint64> &rows) const
{
    if (holdsOthers()) {
        const Others &own = std::get<Others>(m_keys);
        for (size_t row = 0; row < own.size(); ++row) {
            if (keys.contains(own[row]))
                rows.insert(own[row], start + static_cast<qint64>(row));
        }
        return;
    }
    // Most rows are none of those: a block at a time, and without a branch in it, a walk costs
    // little more than reading the memory.
    const auto walk = [&](const auto &own) {
        using Value = typename std::decay_t<decltype(own)>::value_type;
        using Offset = std::make_unsigned_t<Value>;
        std::vector<Offset> wanted; // ascending, as they are where they reach from here
        for (const qint64 number : numbers) {
            if (const quint64 offset = distance(m_base, number); offset <= reach<decltype(own)>)
                wanted.push_back(static_cast<Offset>(offset));
        }
        if (wanted.empty())
            return;
        std::sort(wanted.begin(), wanted.end());
        const bool isFew = wanted.size() <= fewNumbers;
        const Offset low = wanted.front();
        const Offset width = static_cast<Offset>(wanted.back() - low);
        for (size_t begin = 0; begin < own.size(); begin += block) {
            const std::span<const Value> part
                = std::span(own).subspan(begin, std::min(block, own.size() - begin));
            Offset inside = 0;
            for (size_t n = 0; isFew && n < wanted.size(); ++n) {
                for (const Value value : part)
                    inside
                        = static_cast<Offset>(inside | (static_cast<Offset>(value) == wanted[n]));
            }
            for (size_t at = 0; !isFew && at < part.size(); ++at)
                inside = static_cast<Offset>(
                    inside | (static_cast<Offset>(static_cast<Offset>(part[at]) - low) <= width));
            for (size_t at = begin; inside != 0 && at < begin + part.size(); ++at) {
                if (std::binary_search(wanted.begin(), wanted.end(), static_cast<Offset>(own[at])))
                    rows.insert(orm::Key::integer(numberAt(own, static_cast<qint64>(at))),
                                start + static_cast<qint64>(at));
            }
        }
    };
    std::visit(
        [&](const auto &own) {
            if constexpr (!isOfOthers<decltype(own)>)
                walk(own);
        },
        m_keys);
}

qint64 KeyChunk::lowerBound(qint64 number) const
{
    return std::visit(
        [&](const auto &keys) -> qint64 {
            if constexpr (isOfOthers<decltype(keys)>) {
                return 0;
            } else {
                const auto place
                    = std::partition_point(keys.begin(), keys.end(), [&](const auto offset) {
                          return numberOf(static_cast<quint64>(offset)) > number;
                      });
                return place - keys.begin();
            }
        },
        m_keys);
}

} // namespace ui
