// SPDX-License-Identifier: MIT
#include "ui/changes/journalcodec.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace ui {

namespace {

enum class Tag : quint8 { Null, Integer, Real, Text, Blob, Same, TextDelta, BlobDelta };
enum class KeyTag : quint8 { Null, Integer, Temporary, Values };

constexpr qsizetype shortest = 16; ///< common bytes that make a delta worth its while

/// Compares in blocks, as memcmp() is ten times faster than a loop and large texts differ in one place.
qsizetype commonPrefix(QByteArrayView a, QByteArrayView b)
{
    constexpr qsizetype block = 4096;
    const qsizetype end = std::min(a.size(), b.size());
    qsizetype same = 0;
    while (end - same >= block && std::memcmp(a.data() + same, b.data() + same, block) == 0)
        same += block;
    while (same < end && a[same] == b[same])
        ++same;
    return same;
}

qsizetype commonSuffix(QByteArrayView a, QByteArrayView b)
{
    constexpr qsizetype block = 4096;
    const qsizetype end = std::min(a.size(), b.size());
    const char *aEnd = a.data() + a.size();
    const char *bEnd = b.data() + b.size();
    qsizetype same = 0;
    while (end - same >= block && std::memcmp(aEnd - same - block, bEnd - same - block, block) == 0)
        same += block;
    while (same < end && aEnd[-same - 1] == bEnd[-same - 1])
        ++same;
    return same;
}

bool isSameValue(const orm::StoredValue &a, const orm::StoredValue &b)
{
    if (a.storageClass() != b.storageClass())
        return false;
    const QByteArray aBytes = a.bytes();
    const QByteArray bBytes = b.bytes();
    if (aBytes.size() == bBytes.size() && aBytes.constData() == bBytes.constData()
        && !aBytes.isEmpty())
        return true; // shared: need not be looked at
    if (a.storageClass() == orm::StorageClass::Real) // bit for bit: -0.0 is not 0.0 here
        return std::bit_cast<quint64>(a.toReal()) == std::bit_cast<quint64>(b.toReal());
    return a == b;
}

orm::StoredValue valueIn(const orm::Record &record, int column)
{
    return column < record.values.size() ? record.values.at(column) : orm::StoredValue();
}

bool isSameRecord(const orm::Record &a, const orm::Record &b)
{
    return a.truncated == b.truncated
        && std::equal(a.values.cbegin(), a.values.cend(), b.values.cbegin(), b.values.cend(),
                      isSameValue);
}

bool isSameDependent(const orm::DependentRow &a, const orm::DependentRow &b)
{
    return a.table == b.table && a.effect == b.effect && a.columns == b.columns
        && a.values == b.values && a.keyColumns == b.keyColumns;
}

bool isSameField(const orm::FieldChange &a, const orm::FieldChange &b)
{
    return a.column == b.column && isSameValue(a.base, b.base) && isSameValue(a.value, b.value);
}

const orm::FieldChange *fieldIn(const QList<orm::FieldChange> &fields, int column)
{
    const auto found
        = std::find_if(fields.cbegin(), fields.cend(),
                       [column](const orm::FieldChange &field) { return field.column == column; });
    return found == fields.cend() ? nullptr : &*found;
}

template<typename Enum>
Enum toEnum(ByteReader &in, quint8 value, Enum last)
{
    if (value > static_cast<quint8>(last)) {
        in.setBad();
        return last;
    }
    return static_cast<Enum>(value);
}

void putTime(ByteWriter &out, const QDateTime &time)
{
    out.signedNumber(time.toMSecsSinceEpoch());
}

QDateTime getTime(ByteReader &in)
{
    return QDateTime::fromMSecsSinceEpoch(in.signedNumber(), Qt::UTC);
}

} // namespace

// ------------------------------------------------------------------------------------ ByteWriter

void ByteWriter::number(quint64 value)
{
    while (value >= 0x80) {
        byte(static_cast<quint8>(value | 0x80));
        value >>= 7;
    }
    byte(static_cast<quint8>(value));
}

void ByteWriter::signedNumber(qint64 value)
{
    const auto bits = static_cast<quint64>(value);
    number((bits << 1) ^ (value < 0 ? ~quint64(0) : 0));
}

void ByteWriter::bytes(QByteArrayView bytes)
{
    number(static_cast<quint64>(bytes.size()));
    m_bytes.append(bytes.data(), bytes.size());
}

void ByteWriter::value(const orm::StoredValue &value, const orm::StoredValue &reference)
{
    using Class = orm::StorageClass;
    const auto tag = [this](Tag kind) { byte(static_cast<quint8>(kind)); };
    switch (value.storageClass()) {
    case Class::Null:
        return tag(Tag::Null);
    case Class::Integer:
        tag(Tag::Integer);
        return signedNumber(value.toInteger());
    case Class::Real: {
        tag(Tag::Real);
        const auto bits = std::bit_cast<quint64>(value.toReal());
        for (int shift = 0; shift < 64; shift += 8)
            byte(static_cast<quint8>(bits >> shift));
        return;
    }
    case Class::Text:
    case Class::Blob:
        break;
    }
    if (isSameValue(value, reference))
        return tag(Tag::Same);
    const QByteArray mine = value.bytes();
    const QByteArray other = reference.bytes();
    const bool isText = value.storageClass() == Class::Text;
    const qsizetype prefix = commonPrefix(mine, other);
    const qsizetype suffix
        = commonSuffix(QByteArrayView(mine).sliced(prefix), QByteArrayView(other).sliced(prefix));
    if (prefix + suffix < shortest) {
        tag(isText ? Tag::Text : Tag::Blob);
        return bytes(mine);
    }
    tag(isText ? Tag::TextDelta : Tag::BlobDelta);
    number(static_cast<quint64>(prefix));
    number(static_cast<quint64>(suffix));
    bytes(QByteArrayView(mine).sliced(prefix, mine.size() - prefix - suffix));
}

void ByteWriter::key(const orm::Key &key)
{
    const auto tag = [this](KeyTag kind) { byte(static_cast<quint8>(kind)); };
    if (key.isNull()) {
        tag(KeyTag::Null);
    } else if (key.isTemporary()) {
        tag(KeyTag::Temporary);
        signedNumber(key.number());
    } else if (key.isInteger()) {
        tag(KeyTag::Integer);
        signedNumber(key.number());
    } else {
        tag(KeyTag::Values);
        const QList<orm::StoredValue> values = key.toValues();
        number(static_cast<quint64>(values.size()));
        for (const orm::StoredValue &part : values)
            value(part);
    }
}

void ByteWriter::record(const orm::Record &record, const orm::Record &reference)
{
    number(static_cast<quint64>(record.values.size()));
    for (int column = 0; column < record.values.size(); ++column)
        value(record.values.at(column), valueIn(reference, column));
    number(static_cast<quint64>(record.truncated.size()));
    for (int column = 0; column < record.truncated.size(); ++column)
        byte(record.truncated.at(column) ? 1 : 0);
}

void ByteWriter::dependents(const QList<orm::DependentRow> &rows)
{
    const auto texts = [this](const QStringList &list) {
        number(static_cast<quint64>(list.size()));
        for (const QString &one : list)
            text(one);
    };
    number(static_cast<quint64>(rows.size()));
    for (const orm::DependentRow &row : rows) {
        text(row.table);
        byte(static_cast<quint8>(row.effect));
        texts(row.columns);
        texts(row.keyColumns);
        number(static_cast<quint64>(row.values.size()));
        for (const orm::StoredValue &one : row.values)
            value(one);
    }
}

// ------------------------------------------------------------------------------------ ByteReader

void ByteReader::setBad()
{
    m_isBad = true;
    m_rest = {};
}

quint8 ByteReader::byte()
{
    if (m_rest.isEmpty()) {
        setBad();
        return 0;
    }
    const auto value = static_cast<quint8>(m_rest.front());
    m_rest = m_rest.sliced(1);
    return value;
}

quint64 ByteReader::number()
{
    quint64 value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const quint8 part = byte();
        value |= quint64(part & 0x7f) << shift;
        if (!(part & 0x80))
            return value;
    }
    setBad();
    return 0;
}

qint64 ByteReader::signedNumber()
{
    const quint64 value = number();
    return static_cast<qint64>((value >> 1) ^ (value & 1 ? ~quint64(0) : 0));
}

int ByteReader::index()
{
    const quint64 value = number();
    if (value <= quint64(std::numeric_limits<int>::max()))
        return static_cast<int>(value);
    setBad();
    return 0;
}

qsizetype ByteReader::count()
{
    const quint64 value = number();
    if (value <= quint64(m_rest.size()))
        return static_cast<qsizetype>(value);
    setBad();
    return 0;
}

QByteArrayView ByteReader::bytes()
{
    const qsizetype size = count();
    const QByteArrayView value = m_rest.first(size);
    m_rest = m_rest.sliced(size);
    return value;
}

QByteArray ByteReader::delta(const orm::StoredValue &reference)
{
    const QByteArray other = reference.bytes();
    const quint64 prefix = number();
    const quint64 suffix = number();
    const QByteArrayView between = bytes();
    const auto size = quint64(other.size());
    if (m_isBad || prefix > size || suffix > size - prefix) {
        setBad();
        return {};
    }
    QByteArray value;
    value.reserve(qsizetype(prefix + suffix) + between.size());
    value.append(other.constData(), qsizetype(prefix));
    value.append(between);
    value.append(other.constData() + (size - suffix), qsizetype(suffix));
    return value;
}

orm::StoredValue ByteReader::value(const orm::StoredValue &reference)
{
    switch (toEnum(*this, byte(), Tag::BlobDelta)) {
    case Tag::Null:
        break;
    case Tag::Integer:
        return orm::StoredValue::integer(signedNumber());
    case Tag::Real: {
        quint64 bits = 0;
        for (int shift = 0; shift < 64; shift += 8)
            bits |= quint64(byte()) << shift;
        return orm::StoredValue::real(std::bit_cast<double>(bits));
    }
    case Tag::Text:
        return orm::StoredValue::utf8(bytes().toByteArray());
    case Tag::Blob:
        return orm::StoredValue::blob(bytes().toByteArray());
    case Tag::Same:
        return reference;
    case Tag::TextDelta:
        return orm::StoredValue::utf8(delta(reference));
    case Tag::BlobDelta:
        return orm::StoredValue::blob(delta(reference));
    }
    return {};
}

orm::Key ByteReader::key()
{
    switch (toEnum(*this, byte(), KeyTag::Values)) {
    case KeyTag::Null:
        break;
    case KeyTag::Integer:
        return orm::Key::integer(signedNumber());
    case KeyTag::Temporary: {
        const qint64 number = signedNumber();
        if (number >= 1 && number <= maxTemporaryNumber)
            return orm::Key::temporary(number);
        setBad();
        break;
    }
    case KeyTag::Values: {
        QList<orm::StoredValue> values;
        for (qsizetype left = count(); left > 0; --left)
            values.append(value());
        return orm::Key::values(values);
    }
    }
    return {};
}

orm::Record ByteReader::record(const orm::Record &reference)
{
    orm::Record record;
    const qsizetype columns = count();
    record.values.reserve(columns);
    for (int column = 0; column < columns; ++column)
        record.values.append(value(valueIn(reference, column)));
    const qsizetype bits = count();
    record.truncated.resize(bits);
    for (qsizetype column = 0; column < bits; ++column)
        record.truncated.setBit(column, byte() != 0);
    return record;
}

QList<orm::DependentRow> ByteReader::dependents()
{
    const auto texts = [this] {
        QStringList list;
        for (qsizetype left = count(); left > 0; --left)
            list.append(text());
        return list;
    };
    QList<orm::DependentRow> rows;
    for (qsizetype left = count(); left > 0 && !m_isBad; --left) {
        orm::DependentRow row;
        row.table = text();
        row.effect = toEnum(*this, byte(), orm::DependentRow::Effect::Changed);
        row.columns = texts();
        row.keyColumns = texts();
        for (qsizetype values = count(); values > 0; --values)
            row.values.append(value());
        rows.append(row);
    }
    return rows;
}

// --------------------------------------------------------------------------------------- entries

void putPendingRow(ByteWriter &out, const PendingRow &row)
{
    out.byte(static_cast<quint8>((row.isNew ? 1 : 0) | (row.isDeleted ? 2 : 0)));
    out.number(row.order);
    out.record(row.snapshot);
    out.record(row.whole, row.snapshot);
    out.number(static_cast<quint64>(row.fields.size()));
    for (const orm::FieldChange &field : row.fields) {
        const orm::StoredValue before = valueIn(row.snapshot, field.column);
        out.number(static_cast<quint64>(field.column));
        out.value(field.base, before);
        out.value(field.value, row.isNew ? before : field.base);
    }
    out.dependents(row.dependents);
}

PendingRow getPendingRow(ByteReader &in)
{
    PendingRow row;
    const quint8 flags = in.byte();
    row.isNew = flags & 1;
    row.isDeleted = flags & 2;
    row.order = in.number();
    row.snapshot = in.record();
    row.whole = in.record(row.snapshot);
    for (qsizetype left = in.count(); left > 0 && !in.isBad(); --left) {
        orm::FieldChange field;
        field.column = in.index();
        const orm::StoredValue before = valueIn(row.snapshot, field.column);
        field.base = in.value(before);
        field.value = in.value(row.isNew ? before : field.base);
        row.fields.append(field);
    }
    row.dependents = in.dependents();
    return row;
}

bool differsInFieldsOnly(const PendingRow &anchor, const PendingRow &row)
{
    return anchor.order == row.order && anchor.isNew == row.isNew
        && anchor.isDeleted == row.isDeleted && isSameRecord(anchor.snapshot, row.snapshot)
        && isSameRecord(anchor.whole, row.whole)
        && std::equal(anchor.dependents.cbegin(), anchor.dependents.cend(), row.dependents.cbegin(),
                      row.dependents.cend(), isSameDependent);
}

void putFields(ByteWriter &out, const PendingRow &anchor, const PendingRow &row)
{
    for (const orm::FieldChange &field : anchor.fields) {
        if (!fieldIn(row.fields, field.column)) {
            out.number(static_cast<quint64>(field.column));
            out.byte(0);
        }
    }
    for (const orm::FieldChange &field : row.fields) {
        const orm::FieldChange *before = fieldIn(anchor.fields, field.column);
        if (before && isSameField(*before, field))
            continue;
        out.number(static_cast<quint64>(field.column));
        out.byte(1);
        out.value(field.base, before ? before->base : valueIn(anchor.snapshot, field.column));
        out.value(field.value, before ? before->value : field.base);
    }
}

PendingRow getFields(ByteReader &in, const PendingRow &anchor)
{
    PendingRow row = anchor;
    while (!in.atEnd()) {
        orm::FieldChange field;
        field.column = in.index();
        const bool isThere = in.byte() != 0;
        if (isThere) {
            const orm::FieldChange *before = fieldIn(anchor.fields, field.column);
            field.base = in.value(before ? before->base : valueIn(anchor.snapshot, field.column));
            field.value = in.value(before ? before->value : field.base);
        }
        if (in.isBad())
            break;
        auto place = std::lower_bound(
            row.fields.begin(), row.fields.end(), field.column,
            [](const orm::FieldChange &one, int column) { return one.column < column; });
        const bool wasThere = place != row.fields.end() && place->column == field.column;
        if (isThere && wasThere)
            *place = field;
        else if (isThere)
            row.fields.insert(place, field);
        else if (wasThere)
            row.fields.erase(place);
    }
    return row;
}

void putPrepared(ByteWriter &out, const PreparedCommit &commit)
{
    Q_ASSERT(commit.sent.rows.size() == commit.result.rows.size());
    out.number(commit.id);
    putTime(out, commit.time);
    out.number(static_cast<quint64>(commit.sent.rows.size()));
    for (qsizetype i = 0; i < commit.sent.rows.size(); ++i) {
        const orm::RowChange &sent = commit.sent.rows.at(i);
        const orm::CommittedRow &row = commit.result.rows.at(i);
        out.byte(static_cast<quint8>(sent.kind));
        out.key(sent.key);
        out.key(row.key);
        out.byte(row.isMerged ? 1 : 0);
        out.record(row.row);
        out.record(sent.base, row.row);
        out.number(static_cast<quint64>(sent.fields.size()));
        for (const orm::FieldChange &field : sent.fields) {
            out.number(static_cast<quint64>(field.column));
            out.value(field.value, valueIn(row.row, field.column));
            out.value(field.base, field.value);
        }
        out.dependents(sent.dependents);
        out.dependents(row.dependents);
    }
}

PreparedCommit getPrepared(ByteReader &in)
{
    PreparedCommit commit;
    commit.id = in.number();
    commit.time = getTime(in);
    for (qsizetype left = in.count(); left > 0 && !in.isBad(); --left) {
        orm::RowChange sent;
        orm::CommittedRow row;
        sent.kind = row.kind = toEnum(in, in.byte(), orm::RowChange::Kind::Delete);
        sent.key = row.requested = in.key();
        row.key = in.key();
        row.isMerged = in.byte() != 0;
        row.row = in.record();
        sent.base = in.record(row.row);
        for (qsizetype fields = in.count(); fields > 0 && !in.isBad(); --fields) {
            orm::FieldChange field;
            field.column = in.index();
            field.value = in.value(valueIn(row.row, field.column));
            field.base = in.value(field.value);
            sent.fields.append(field);
        }
        sent.dependents = in.dependents();
        row.dependents = in.dependents();
        commit.sent.rows.append(sent);
        commit.result.rows.append(row);
    }
    return commit;
}

void putOpenField(ByteWriter &out, const OpenField &field)
{
    out.key(field.key);
    out.signedNumber(field.column);
    out.signedNumber(field.position);
    out.signedNumber(field.anchor);
}

OpenField getOpenField(ByteReader &in)
{
    OpenField field;
    field.key = in.key();
    field.column = static_cast<int>(in.signedNumber());
    field.position = static_cast<int>(in.signedNumber());
    field.anchor = static_cast<int>(in.signedNumber());
    return field;
}

void putVersions(ByteWriter &out, const QList<RowVersion> &versions)
{
    out.number(static_cast<quint64>(versions.size()));
    orm::Record next; // what a version became is mostly what the next one was made of
    for (auto version = versions.crbegin(); version != versions.crend(); ++version) {
        putTime(out, version->time);
        out.byte(static_cast<quint8>(version->kind));
        out.key(version->key);
        out.record(version->after, next);
        const orm::Record &after = version->after.values.isEmpty() ? next : version->after;
        out.record(version->before, after);
        out.dependents(version->dependents);
        next = version->before;
    }
}

QList<RowVersion> getVersions(ByteReader &in)
{
    QList<RowVersion> versions;
    orm::Record next;
    for (qsizetype left = in.count(); left > 0 && !in.isBad(); --left) {
        RowVersion version;
        version.time = getTime(in);
        version.kind = toEnum(in, in.byte(), orm::RowChange::Kind::Delete);
        version.key = in.key();
        version.after = in.record(next);
        version.before = in.record(version.after.values.isEmpty() ? next : version.after);
        version.dependents = in.dependents();
        next = version.before;
        versions.prepend(version);
    }
    return versions;
}

} // namespace ui
