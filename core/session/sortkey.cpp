// SPDX-License-Identifier: MIT
#include "core/session/sortkey.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace orm {

namespace {

// A class's first byte; 0xFF stays free for what is behind all
constexpr char nullTag = 0x01;
constexpr char numberTag = 0x02;
constexpr char textTag = 0x03;
constexpr char blobTag = 0x04;

template<typename T>
void appendBigEndian(QByteArray &out, T value)
{
    char bytes[sizeof(T)];
    qToBigEndian(value, bytes);
    out.append(bytes, sizeof(T));
}

/// Integers and reals in one order, exactly: the nearest double, then what an integer is off it.
void appendNumber(QByteArray &out, double nearest, qint64 rest)
{
    if (nearest == 0)
        nearest = 0; // -0.0 equals 0.0
    quint64 bits = 0;
    std::memcpy(&bits, &nearest, sizeof(bits));
    constexpr quint64 sign = Q_UINT64_C(1) << 63;
    appendBigEndian<quint64>(out, bits & sign ? ~bits : bits | sign);
    appendBigEndian<quint16>(out, static_cast<quint16>(rest + 0x8000));
}

qint64 offFrom(double nearest, qint64 value)
{
    constexpr double limit = 9223372036854775808.0; // 2^63 fits no qint64
    const quint64 whole = nearest >= limit ? Q_UINT64_C(1) << 63
                                           : static_cast<quint64>(static_cast<qint64>(nearest));
    return static_cast<qint64>(static_cast<quint64>(value) - whole);
}

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// @returns false if @p bytes were longer than @p prefix
bool appendBytes(QByteArray &out, QByteArrayView bytes, Collation collation, qsizetype prefix)
{
    const qsizetype length = bytes.size();
    if (collation == Collation::RTrim) {
        while (!bytes.isEmpty() && bytes.back() == ' ')
            bytes.chop(1);
    } else if (collation == Collation::NoCase) {
        const qsizetype nul = bytes.indexOf('\0');
        if (nul >= 0)
            bytes.truncate(nul); // SQLite's NOCASE looks no further, but at the length
    }
    const bool isCut = prefix > 0 && bytes.size() > prefix;
    if (isCut)
        bytes.truncate(prefix);
    const qsizetype begin = out.size();
    if (bytes.contains('\0')) {
        for (const char c : bytes)
            out.append(c == '\0' ? QByteArrayView("\0\xff", 2) : QByteArrayView(&c, 1));
    } else {
        out.append(bytes);
    }
    if (collation == Collation::NoCase)
        std::transform(out.begin() + begin, out.end(), out.begin() + begin, folded);
    // 00 00 ends a text before any that goes on; 00 01 says that this one goes on
    out.append('\0').append(isCut ? '\x01' : '\0');
    if (collation == Collation::NoCase && !isCut)
        appendBigEndian<quint64>(out, static_cast<quint64>(length));
    return !isCut;
}

} // namespace

bool appendSortKey(QByteArray &out, const ValueView &value, SortRule rule, qsizetype prefix)
{
    const qsizetype begin = out.size();
    bool isWhole = true;
    switch (value.storage) {
    case StorageClass::Null:
        out.append(nullTag);
        break;
    case StorageClass::Integer: {
        const auto nearest = static_cast<double>(value.integer);
        out.append(numberTag);
        appendNumber(out, nearest, offFrom(nearest, value.integer));
        break;
    }
    case StorageClass::Real:
        out.append(numberTag);
        appendNumber(out, value.real, 0);
        break;
    case StorageClass::Text:
        out.append(textTag);
        isWhole = appendBytes(out, value.bytes, rule.collation, prefix);
        break;
    case StorageClass::Blob:
        out.append(blobTag);
        isWhole = appendBytes(out, value.bytes, Collation::Binary, prefix);
        break;
    }
    if (rule.order == Qt::DescendingOrder) {
        std::transform(out.begin() + begin, out.end(), out.begin() + begin,
                       [](char c) { return static_cast<char>(~c); });
    }
    return isWhole;
}

} // namespace orm
