// SPDX-License-Identifier: MIT
#include "core/mapping/record.h"

#include <QHash>
#include <QStringList>

#include <algorithm>

namespace orm {

Key Key::integer(qint64 id)
{
    Key key;
    key.m_kind = Kind::Integer;
    key.m_number = id;
    return key;
}

Key Key::temporary(qint64 number)
{
    Key key;
    key.m_kind = Kind::Temporary;
    key.m_number = number;
    return key;
}

Key Key::values(QList<StoredValue> values)
{
    if (values.size() == 1 && values.first().storageClass() == StorageClass::Integer)
        return integer(values.first().toInteger());
    Key key;
    key.m_kind = Kind::Values;
    key.m_values = std::move(values);
    return key;
}

QList<StoredValue> Key::toValues() const
{
    if (m_kind == Kind::Integer)
        return {StoredValue::integer(m_number)};
    return m_values;
}

QString Key::toString() const
{
    switch (m_kind) {
    case Kind::None:
        return {};
    case Kind::Integer:
        return QString::number(m_number);
    case Kind::Temporary:
        return QLatin1String("new ") + QString::number(m_number);
    case Kind::Values:
        break;
    }
    QStringList parts;
    for (const StoredValue &value : m_values)
        parts.append(value.toString());
    return parts.join(QLatin1String(", "));
}

size_t qHash(const Key &key, size_t seed)
{
    if (key.isInteger())
        return ::qHash(key.number(), seed);
    if (key.isTemporary())
        return ::qHash(~key.number(), seed);
    const QList<StoredValue> values = key.toValues();
    return qHashRange(values.begin(), values.end(), seed);
}

qint64 KeyList::size() const
{
    return static_cast<qint64>(m_others.empty() ? m_integers.size() : m_others.size());
}

Key KeyList::at(qint64 row) const
{
    const auto index = static_cast<size_t>(row);
    return m_others.empty() ? Key::integer(m_integers.at(index)) : m_others.at(index);
}

qint64 KeyList::indexOf(const Key &key) const
{
    if (m_others.empty()) {
        if (!key.isInteger())
            return -1;
        const auto found = std::find(m_integers.begin(), m_integers.end(), key.number());
        return found == m_integers.end() ? -1 : found - m_integers.begin();
    }
    const auto found = std::find(m_others.begin(), m_others.end(), key);
    return found == m_others.end() ? -1 : found - m_others.begin();
}

void KeyList::append(const Key &key)
{
    insert(size(), key);
}

void KeyList::append(const KeyList &other)
{
    append(other, 0, other.size());
}

void KeyList::append(const KeyList &other, qint64 first, qint64 count)
{
    if (m_others.empty() && other.m_others.empty()) {
        const auto begin = other.m_integers.begin() + first;
        m_integers.insert(m_integers.end(), begin, begin + count);
        return;
    }
    for (qint64 row = first; row < first + count; ++row)
        append(other.at(row));
}

void KeyList::insert(qint64 row, const Key &key)
{
    if (m_others.empty() && key.isInteger()) {
        m_integers.insert(m_integers.begin() + row, key.number());
        return;
    }
    if (m_others.empty()) { // the first key that is no integer: all become general ones
        m_others.reserve(m_integers.size() + 1);
        for (const qint64 number : m_integers)
            m_others.push_back(Key::integer(number));
        m_integers.clear();
    }
    m_others.insert(m_others.begin() + row, key);
}

void KeyList::removeAt(qint64 row)
{
    if (m_others.empty())
        m_integers.erase(m_integers.begin() + row);
    else
        m_others.erase(m_others.begin() + row);
}

void KeyList::clear()
{
    m_integers.clear();
    m_others.clear();
}

void KeyList::reserve(qint64 size)
{
    if (m_others.empty())
        m_integers.reserve(static_cast<size_t>(size));
    else
        m_others.reserve(static_cast<size_t>(size));
}

size_t addToCutHash(size_t hash, QByteArrayView bytes, qsizetype size)
{
    const QByteArrayView hashed = size > hashedWhole ? bytes.first(hashedBeginning) : bytes;
    return ::qHash(static_cast<qint64>(size), qHash(hashed, hash + 1));
}

bool isSameRow(const Record &a, const Record &b)
{
    if (a.truncated == b.truncated)
        return a == b;
    if (b.isWhole())
        return isSameRow(b, a);
    if (!a.isWhole() || a.values.size() != b.values.size())
        return false; // a value is cut for its length: both are, or they are different
    size_t hash = 0;
    for (int i = 0; i < a.values.size(); ++i) {
        if (!b.isTruncated(i)) {
            if (a.values.at(i) != b.values.at(i))
                return false;
            continue;
        }
        if (a.values.at(i).storageClass() != b.values.at(i).storageClass())
            return false;
        const QByteArray bytes = a.values.at(i).bytes();
        hash = addToCutHash(hash, bytes, bytes.size());
    }
    return hash == b.cutHash;
}

} // namespace orm
