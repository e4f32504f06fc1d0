// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace orm {

namespace detail {

/// "Draft" for Status::Draft; empty if no enumerator has that value. Read from the compiler's
/// own name of the function, which g++ and clang++ end with "…= Status::Draft]" or "(Status)7]".
template<auto value>
consteval std::string_view enumeratorName()
{
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_suffix(1); // ]
    if (const size_t semicolon = name.rfind(';'); semicolon != std::string_view::npos)
        name = name.substr(0, semicolon); // g++ adds "; std::string_view = …"
    name = name.substr(name.rfind("value = ") + 8);
    if (name.find(')') != std::string_view::npos)
        return {};
    const size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The name as a string of its own, ended by a zero.
template<auto value>
struct EnumeratorText
{
    static constexpr auto text = [] {
        constexpr std::string_view name = enumeratorName<value>();
        std::array<char, name.size() + 1> result{};
        for (size_t i = 0; i < name.size(); ++i)
            result[i] = name[i];
        return result;
    }();
};

} // namespace detail

/// The names under which an enumeration is stored: those of the enumerators with values 0 to 63.
/// Specialise it for other values or other names: `values` and `list`, the latter ended by nullptr.
template<typename E>
struct EnumNames
{
private:
    static constexpr int limit = 64;

    template<int... value>
    static consteval int count(std::integer_sequence<int, value...>)
    {
        return (0 + ... + (detail::enumeratorName<static_cast<E>(value)>().empty() ? 0 : 1));
    }
    static constexpr size_t size = count(std::make_integer_sequence<int, limit>());

    template<int value>
    static constexpr void append(std::array<E, size> &values, size_t &next)
    {
        if constexpr (!detail::enumeratorName<static_cast<E>(value)>().empty())
            values[next++] = static_cast<E>(value);
    }
    template<int value>
    static constexpr void append(std::array<const char *, size + 1> &names, size_t &next)
    {
        if constexpr (!detail::enumeratorName<static_cast<E>(value)>().empty())
            names[next++] = detail::EnumeratorText<static_cast<E>(value)>::text.data();
    }
    template<typename Array, int... value>
    static consteval Array collect(std::integer_sequence<int, value...>)
    {
        Array result{};
        size_t next = 0;
        (append<value>(result, next), ...);
        return result;
    }

public:
    static constexpr auto values
        = collect<std::array<E, size>>(std::make_integer_sequence<int, limit>());
    static constexpr auto list
        = collect<std::array<const char *, size + 1>>(std::make_integer_sequence<int, limit>());
};

/// The name @p value is stored under; null if it has none.
template<typename E>
const char *enumName(E value)
{
    for (size_t i = 0; i < EnumNames<E>::values.size(); ++i) {
        if (EnumNames<E>::values[i] == value)
            return EnumNames<E>::list[i];
    }
    return nullptr;
}

/// The enumerator that is stored under @p name; nothing if there is none.
template<typename E>
std::optional<E> enumFromName(QByteArrayView name)
{
    for (size_t i = 0; i < EnumNames<E>::values.size(); ++i) {
        if (name == EnumNames<E>::list[i])
            return EnumNames<E>::values[i];
    }
    return {};
}

} // namespace orm
