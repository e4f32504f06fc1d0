// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <variant>

namespace orm {

/// SQLite's storage classes; other databases' values map onto them.
/// @see https://www.sqlite.org/datatype3.html#storage_classes_and_datatypes
enum class StorageClass { Null, Integer, Real, Text, Blob };

/// A value exactly as the database stores it: its storage class and its bytes.
///
/// This is what crosses threads and what old-value checks compare. A QString or QDateTime is a view
/// made of it for a cell or a member, never the other way round: re-encoding loses microseconds,
/// makes text of blobs, and turns a check into a false conflict.
class StoredValue
{
public:
    StoredValue() = default; ///< NULL

    static StoredValue integer(qint64 value);
    static StoredValue real(double value);
    static StoredValue text(QStringView value);
    static StoredValue utf8(const QByteArray &bytes); ///< text, as its UTF-8 bytes
    static StoredValue blob(const QByteArray &bytes);

    StorageClass storageClass() const;
    bool isNull() const { return storageClass() == StorageClass::Null; }

    qint64 toInteger() const; ///< 0 unless Integer
    double toReal() const; ///< also of an Integer; 0 for other classes
    QByteArray bytes() const; ///< of Text or Blob; empty for other classes
    /// Text as it reads, numbers as digits, a blob's bytes as UTF-8, NULL as a null QString.
    QString toString() const;
    /// Whether this is Text that survives QString and back; always true for other classes.
    bool isValidText() const;

    /// Same storage class and same bytes; two NaN are equal, 1 and 1.0 are not.
    friend bool operator==(const StoredValue &a, const StoredValue &b);

private:
    struct Text
    {
        QByteArray bytes;
    };
    struct Blob
    {
        QByteArray bytes;
    };
    using Value = std::variant<std::monostate, qint64, double, Text, Blob>;

    explicit StoredValue(Value value)
        : m_value(std::move(value))
    {}

    Value m_value;
};

size_t qHash(const StoredValue &value, size_t seed = 0);

/// QString::fromUtf8(), but a byte order mark at the beginning is a character like any other: text
/// must come back as it was stored. Never null.
QString decodeUtf8(QByteArrayView bytes);

} // namespace orm

Q_DECLARE_METATYPE(orm::StoredValue)
