// SPDX-License-Identifier: MIT
#include "core/schema/storedvalue.h"

#include <QHash>
#include <QLocale>
#include <QStringDecoder>

#include <cmath>

namespace orm {

StoredValue StoredValue::integer(qint64 value)
{
    return StoredValue(Value(value));
}

StoredValue StoredValue::real(double value)
{
    return StoredValue(Value(value));
}

StoredValue StoredValue::text(QStringView value)
{
    return utf8(value.toUtf8());
}

StoredValue StoredValue::utf8(const QByteArray &bytes)
{
    return StoredValue(Value(Text{bytes}));
}

StoredValue StoredValue::blob(const QByteArray &bytes)
{
    return StoredValue(Value(Blob{bytes}));
}

QString decodeUtf8(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return QString(QLatin1String("")); // not null
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless
                               | QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}

StorageClass StoredValue::storageClass() const
{
    return static_cast<StorageClass>(m_value.index()); // the variant is in the enum's order
}

qint64 StoredValue::toInteger() const
{
    const auto *value = std::get_if<qint64>(&m_value);
    return value ? *value : 0;
}

double StoredValue::toReal() const
{
    if (const auto *value = std::get_if<qint64>(&m_value))
        return static_cast<double>(*value);
    const auto *value = std::get_if<double>(&m_value);
    return value ? *value : 0;
}

QByteArray StoredValue::bytes() const
{
    if (const auto *text = std::get_if<Text>(&m_value))
        return text->bytes;
    const auto *blob = std::get_if<Blob>(&m_value);
    return blob ? blob->bytes : QByteArray();
}

QString StoredValue::toString() const
{
    switch (storageClass()) {
    case StorageClass::Null:
        return {};
    case StorageClass::Integer:
        return QString::number(toInteger());
    case StorageClass::Real:
        return QString::number(toReal(), 'g', QLocale::FloatingPointShortest);
    case StorageClass::Text:
    case StorageClass::Blob:
        break;
    }
    return decodeUtf8(bytes());
}

bool StoredValue::isValidText() const
{
    const auto *text = std::get_if<Text>(&m_value);
    return !text || text->bytes.isValidUtf8();
}

bool operator==(const StoredValue &a, const StoredValue &b)
{
    if (a.m_value.index() != b.m_value.index())
        return false;
    if (a.storageClass() == StorageClass::Real) {
        const double x = a.toReal();
        const double y = b.toReal();
        return x == y || (std::isnan(x) && std::isnan(y));
    }
    if (a.storageClass() == StorageClass::Integer)
        return a.toInteger() == b.toInteger();
    return a.bytes() == b.bytes();
}

size_t qHash(const StoredValue &value, size_t seed)
{
    switch (value.storageClass()) {
    case StorageClass::Null:
        return seed;
    case StorageClass::Integer:
        return ::qHash(value.toInteger(), seed);
    case StorageClass::Real:
        return ::qHash(value.toReal(), seed);
    case StorageClass::Text:
    case StorageClass::Blob:
        break;
    }
    return ::qHash(value.bytes(), seed);
}

} // namespace orm
