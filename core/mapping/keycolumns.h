// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>

namespace orm {

/// The columns of a foreign key, in the order of the key that it refers to; a value of one word.
class KeyColumns
{
public:
    static constexpr int most = 4;

    KeyColumns() = default;
    explicit KeyColumns(int column) { append(column); }

    void append(int column)
    {
        m_columns.at(static_cast<size_t>(m_count++)) = static_cast<quint8>(column);
    }
    int size() const { return m_count; }
    int at(int i) const { return m_columns.at(static_cast<size_t>(i)); }
    int first() const { return m_columns.front(); }
    const quint8 *begin() const { return m_columns.data(); }
    const quint8 *end() const { return m_columns.data() + m_count; }
    bool operator==(const KeyColumns &) const = default;

private:
    std::array<quint8, most> m_columns{};
    quint8 m_count = 0;
};

} // namespace orm
