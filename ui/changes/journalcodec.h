// SPDX-License-Identifier: MIT
#pragma once

#include "ui/changes/pendingrow.h"

#include <QByteArray>

namespace ui {

/// Writes numbers, bytes and values one after the other. Integers take seven bits a byte, least first.
class ByteWriter
{
public:
    void number(quint64 value);
    void signedNumber(qint64 value);
    void byte(quint8 value) { m_bytes.append(static_cast<char>(value)); }
    void bytes(QByteArrayView bytes); ///< with their count
    void text(const QString &text) { bytes(text.toUtf8()); }

    /// Exactly as stored: storage class and bytes. A long text that begins or ends as @p reference
    /// does takes but what is between; the reader must be given the same.
    void value(const orm::StoredValue &value, const orm::StoredValue &reference = {});
    void key(const orm::Key &key);
    /// @param reference a record whose values are much the same, or an empty one
    void record(const orm::Record &record, const orm::Record &reference = {});
    void dependents(const QList<orm::DependentRow> &rows);

    QByteArray take() { return std::exchange(m_bytes, {}); }
    qsizetype size() const { return m_bytes.size(); }

private:
    QByteArray m_bytes;
};

/// Reads what ByteWriter wrote. Past the end, and where the bytes make no sense, isBad() is true from
/// then on and all that is read is empty.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes)
        : m_rest(bytes)
    {}

    bool isBad() const { return m_isBad; }
    bool atEnd() const { return m_rest.isEmpty(); }
    void setBad();

    quint64 number();
    qint64 signedNumber();
    int index(); ///< a number that is an int
    qsizetype count(); ///< of things that take a byte at least
    quint8 byte();
    QByteArrayView bytes();
    QString text() { return QString::fromUtf8(bytes()); }

    orm::StoredValue value(const orm::StoredValue &reference = {});
    orm::Key key();
    orm::Record record(const orm::Record &reference = {});
    QList<orm::DependentRow> dependents();

private:
    QByteArray delta(const orm::StoredValue &reference);

    QByteArrayView m_rest;
    bool m_isBad = false;
};

// What the journal's entries hold. Where an entry refers to another one, both sides must have it.

/// Temporary numbers beyond it are damage: a reader counts up to them.
constexpr qint64 maxTemporaryNumber = 100'000'000;

void putPendingRow(ByteWriter &out, const PendingRow &row);
PendingRow getPendingRow(ByteReader &in);

/// Whether @p row is @p anchor but for its fields, so that putFields() says all.
bool differsInFieldsOnly(const PendingRow &anchor, const PendingRow &row);
/// The fields of @p row that differ from those of @p anchor; nothing is written if none does.
void putFields(ByteWriter &out, const PendingRow &anchor, const PendingRow &row);
/// @p anchor with the fields that putFields() wrote.
PendingRow getFields(ByteReader &in, const PendingRow &anchor);

void putPrepared(ByteWriter &out, const PreparedCommit &commit);
PreparedCommit getPrepared(ByteReader &in);

void putOpenField(ByteWriter &out, const OpenField &field);
OpenField getOpenField(ByteReader &in);

/// Versions of one row, oldest first.
void putVersions(ByteWriter &out, const QList<RowVersion> &versions);
QList<RowVersion> getVersions(ByteReader &in);

} // namespace ui
