// SPDX-License-Identifier: MIT
#pragma once

#include "core/schema/storedvalue.h"

#include <QBitArray>
#include <QList>
#include <QMetaType>

#include <span>
#include <variant>
#include <vector>

namespace orm {

/// A row's identity: its primary key, or a temporary number for a row that isn't stored yet.
/// One integer takes a fast path; any other key is a list of stored values.
class Key
{
public:
    Key() = default; ///< no row at all

    static Key integer(qint64 id);
    static Key temporary(qint64 number); ///< of a row not stored yet; numbers count up from 1
    static Key values(QList<StoredValue> values); ///< one Integer becomes the fast path

    bool isNull() const { return m_kind == Kind::None; }
    bool isTemporary() const { return m_kind == Kind::Temporary; }
    bool isInteger() const { return m_kind == Kind::Integer; }
    qint64 number() const { return m_number; } ///< the integer or temporary number
    QList<StoredValue> toValues() const; ///< the key's columns, in order; empty for a temporary
    QString toString() const; ///< "499", "7, 2", "new 3"

    bool operator==(const Key &other) const
    {
        return m_kind == other.m_kind && m_number == other.m_number
            && (m_kind != Kind::Values || m_values == other.m_values);
    }

private:
    enum class Kind : quint8 { None, Integer, Temporary, Values };

    Kind m_kind = Kind::None;
    qint64 m_number = 0;
    QList<StoredValue> m_values;
};

size_t qHash(const Key &key, size_t seed = 0);

/// Keys in view order: eight bytes a row where the key is one integer.
class KeyList
{
public:
    qint64 size() const;
    bool isEmpty() const { return size() == 0; }
    Key at(qint64 row) const;
    /// Row of @p key or -1; linear, 10 million integers take about 5 ms.
    qint64 indexOf(const Key &key) const;
    void append(const Key &key);
    void append(const KeyList &other);
    /// @p count keys of @p other from @p first on.
    void append(const KeyList &other, qint64 first, qint64 count);
    void insert(qint64 row, const Key &key);
    void removeAt(qint64 row);
    void clear();
    void reserve(qint64 size);
    /// The keys as numbers, where each is one integer; else empty.
    std::span<const qint64> integers() const { return m_integers; }

private:
    std::vector<qint64> m_integers;
    std::vector<Key> m_others; ///< all keys, once one isn't an integer
};

/// One row as stored values, in the order of its Table's columns. May cross threads.
struct Record
{
    QList<StoredValue> values;
    /// Columns of which only the first characters were read; empty if every value is whole.
    QBitArray truncated;
    /// Hash of the values of these columns, so that a change behind the first characters is a change
    /// all the same; 0 if every value is whole. @see addToCutHash()
    size_t cutHash = 0;

    bool isWhole() const { return truncated.isEmpty(); }
    bool isTruncated(int column) const { return column < truncated.size() && truncated.at(column); }
    bool operator==(const Record &) const = default;
};

/// A value up to this size, in bytes, is hashed whole. Of a larger one, which would have to be read for
/// it, size and beginning are.
constexpr qsizetype hashedWhole = 64 * 1024;
constexpr qsizetype hashedBeginning = 16 * 1024;

/// Adds a truncated column's value of @p size bytes to a Record::cutHash. @param bytes all of it, or the
/// first hashedBeginning at least where size > hashedWhole
size_t addToCutHash(size_t hash, QByteArrayView bytes, qsizetype size);
/// Whether both were stored alike, also where one of them holds first characters only.
bool isSameRow(const Record &a, const Record &b);

} // namespace orm

Q_DECLARE_METATYPE(orm::Key)
Q_DECLARE_METATYPE(orm::Record)
