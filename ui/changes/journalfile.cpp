// SPDX-License-Identifier: MIT
#include "ui/changes/journalfile.h"

#include "ui/changes/journalcodec.h"

#include <QByteArrayMatcher>
#include <QtEndian>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr char marker[] = {'\xf5', '\x9d', 'J', '\xc1'}; // no UTF-8: no text has it
constexpr qsizetype headSize = 16;

constexpr std::array<quint32, 256> makeCrcTable()
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (value & 1 ? 0x82f63b78U : 0U);
        table.at(i) = value;
    }
    return table;
}

QByteArray numberBytes(quint32 number)
{
    QByteArray bytes(sizeof number, Qt::Uninitialized);
    qToLittleEndian(number, bytes.data());
    return bytes;
}

/// The payload of the frame that begins at @p at; nothing if there is none, or a damaged one.
/// @p salt is 0 where it isn't known yet.
std::optional<QByteArrayView> frameAt(QByteArrayView bytes, qsizetype at, quint32 salt)
{
    const QByteArrayView rest = bytes.sliced(at);
    if (rest.size() < headSize || !rest.startsWith(QByteArrayView(marker, sizeof marker)))
        return {};
    if (salt != 0 && qFromLittleEndian<quint32>(rest.data() + 4) != salt)
        return {};
    const auto size = qFromLittleEndian<quint32>(rest.data() + 8);
    const auto crc = qFromLittleEndian<quint32>(rest.data() + 12);
    if (qint64(size) > rest.size() - headSize)
        return {};
    const QByteArrayView payload = rest.sliced(headSize, size);
    if (crc32c(payload, crc32c(rest.sliced(4, 8))) != crc)
        return {};
    return payload;
}

} // namespace

quint32 crc32c(QByteArrayView bytes, quint32 before)
{
    static constexpr std::array<quint32, 256> table = makeCrcTable();
    quint32 crc = ~before;
    for (const char byte : bytes)
        crc = (crc >> 8) ^ table[(crc ^ static_cast<quint8>(byte)) & 0xff];
    return ~crc;
}

QByteArray journalFileBegin()
{
    return "Postdesk journal: edits that are not saved yet, and earlier versions of rows\n"_ba;
}

QByteArray journalEntry(JournalEntry kind, const QByteArray &content)
{
    ByteWriter out;
    out.byte(static_cast<quint8>(kind));
    out.bytes(content);
    return out.take();
}

QByteArray journalFrame(const QByteArray &entries, quint32 salt)
{
    const QByteArray head = numberBytes(salt) + numberBytes(static_cast<quint32>(entries.size()));
    return QByteArray(marker, sizeof marker) + head + numberBytes(crc32c(entries, crc32c(head)))
        + entries;
}

QByteArray tableEntry(const JournalSubject &subject)
{
    ByteWriter out;
    out.number(journalFormat);
    out.text(subject.database);
    out.text(subject.table);
    out.number(static_cast<quint64>(subject.columns.size()));
    for (const QString &column : subject.columns)
        out.text(column);
    return journalEntry(JournalEntry::Table, out.take());
}

orm::Record recordBefore(const orm::RowChange &sent, const orm::CommittedRow &row)
{
    if (sent.kind == orm::RowChange::Kind::Insert)
        return {};
    orm::Record before = row.row.values.isEmpty() ? sent.base : row.row;
    for (const orm::FieldChange &field : sent.fields) {
        if (sent.kind == orm::RowChange::Kind::Update && field.column < before.values.size())
            before.values[field.column] = field.base;
    }
    return before;
}

// --------------------------------------------------------------------------------- JournalReader

JournalReader::JournalReader(const JournalSubject &subject, Versions versions)
    : m_wanted(subject)
    , m_versions(versions)
{
    m_contents.subject = subject; // until the file says more
}

void JournalReader::read(QByteArrayView bytes)
{
    const QByteArray begin = journalFileBegin();
    qsizetype at = bytes.startsWith(begin) ? begin.size() : 0;
    m_contents.goodSize = at;
    const QByteArrayMatcher next(marker, sizeof marker);
    bool isDamaged = false;
    while (at < bytes.size()) {
        if (const auto payload = frameAt(bytes, at, m_contents.salt)) {
            if (m_contents.salt == 0)
                m_contents.salt = qFromLittleEndian<quint32>(bytes.data() + at + 4);
            m_contents.damages += isDamaged ? 1 : 0;
            isDamaged = false;
            readFrame(*payload);
            at += headSize + payload->size();
            m_contents.goodSize = at;
            continue;
        }
        isDamaged = true;
        const qsizetype found = next.indexIn(bytes.data(), bytes.size(), at + 1);
        at = found < 0 ? bytes.size() : found;
    }
    m_contents.hasTornEnd = isDamaged;
}

void JournalReader::readFrame(QByteArrayView entries)
{
    ByteReader in(entries);
    while (!in.atEnd()) {
        const auto kind = static_cast<JournalEntry>(in.byte());
        const QByteArrayView content = in.bytes();
        if (in.isBad() || !readEntry(kind, content))
            ++m_contents.lost;
    }
}

/// @returns false if it is of no use
bool JournalReader::readEntry(JournalEntry kind, QByteArrayView content)
{
    ByteReader in(content);
    switch (kind) {
    case JournalEntry::Table:
        return readTable(content);
    case JournalEntry::Row:
        return readRow(content);
    case JournalEntry::Fields:
        return readFields(content);
    case JournalEntry::Gone:
        return readGone(content);
    case JournalEntry::Prepared: {
        const PreparedCommit commit = getPrepared(in);
        if (in.isBad())
            return false;
        if (commit.id > m_settled) // else it is here twice
            m_contents.prepared = commit;
        m_contents.lastCommit = std::max(m_contents.lastCommit, commit.id);
        return true;
    }
    case JournalEntry::Committed:
        return readCommitted(content);
    case JournalEntry::Abandoned: {
        const quint64 id = in.number();
        m_settled = std::max(m_settled, id);
        if (m_contents.prepared && m_contents.prepared->id == id)
            m_contents.prepared.reset();
        return !in.isBad();
    }
    case JournalEntry::OpenField: {
        const OpenField field = getOpenField(in);
        if (!in.isBad())
            m_contents.openField = field;
        return !in.isBad();
    }
    case JournalEntry::Versions: {
        if (m_versions == Versions::Skip)
            return true;
        const orm::Key key = in.key();
        const QList<RowVersion> versions = getVersions(in);
        if (!in.isBad())
            m_contents.versions[key] += versions;
        return !in.isBad();
    }
    }
    return true; // of a later format
}

bool JournalReader::readTable(QByteArrayView content)
{
    ByteReader in(content);
    const quint64 format = in.number();
    JournalSubject subject;
    subject.database = in.text();
    subject.table = in.text();
    for (qsizetype left = in.count(); left > 0 && !in.isBad(); --left)
        subject.columns.append(in.text());
    if (in.isBad())
        return false;
    if (m_contents.format > 0)
        setColumns(subject.columns);
    m_contents.format = static_cast<int>(std::min<quint64>(format, 1'000'000));
    m_contents.subject = subject;
    return true;
}

bool JournalReader::readRow(QByteArrayView content)
{
    ByteReader in(content);
    const orm::Key key = in.key();
    const quint64 version = in.number();
    const auto known = m_rows.constFind(key);
    if (known != m_rows.cend() && known->version >= version)
        return true; // the second copy
    const PendingRow row = getPendingRow(in);
    if (in.isBad() || key.isNull())
        return false;
    m_contents.lastVersion = std::max(m_contents.lastVersion, version);
    m_contents.lastOrder = std::max(m_contents.lastOrder, row.order);
    m_rows.insert(key, {version, row, version, {}});
    return true;
}

bool JournalReader::readFields(QByteArrayView content)
{
    ByteReader in(content);
    const orm::Key key = in.key();
    const quint64 version = in.number();
    const quint64 reference = in.number();
    const QByteArrayView fields = in.bytes();
    if (in.isBad())
        return false;
    m_contents.lastVersion = std::max(m_contents.lastVersion, version);
    const auto row = m_rows.find(key);
    if (row == m_rows.end())
        return false;
    if (row->version >= version)
        return true;
    if (reference == row->version)
        settle(*row);
    if (reference != row->anchorVersion)
        return false;
    row->version = version;
    row->fields = fields.toByteArray();
    return true;
}

/// Makes the last entry's row the one that others build upon.
bool JournalReader::settle(Row &row)
{
    if (row.version == row.anchorVersion)
        return true;
    ByteReader in(row.fields);
    PendingRow settled = getFields(in, row.anchor);
    row.fields.clear();
    if (in.isBad()) {
        row.version = row.anchorVersion;
        return false;
    }
    row.anchor = std::move(settled);
    row.anchorVersion = row.version;
    return true;
}

bool JournalReader::readGone(QByteArrayView content)
{
    ByteReader in(content);
    const orm::Key key = in.key();
    const quint64 version = in.number();
    if (in.isBad())
        return false;
    m_contents.lastVersion = std::max(m_contents.lastVersion, version);
    m_rows.remove(key);
    return true;
}

bool JournalReader::readCommitted(QByteArrayView content)
{
    ByteReader in(content);
    const quint64 id = in.number();
    QList<orm::Key> keys;
    for (qsizetype left = in.count(); left > 0 && !in.isBad(); --left)
        keys.append(in.key());
    if (in.isBad())
        return false;
    m_contents.lastCommit = std::max(m_contents.lastCommit, id);
    m_settled = std::max(m_settled, id);
    for (const orm::Key &key : keys)
        m_rows.remove(key);
    if (m_contents.prepared && m_contents.prepared->id == id) {
        if (m_versions == Versions::Read)
            addVersions(*m_contents.prepared);
        m_contents.prepared.reset();
    }
    return true;
}

void JournalReader::addVersions(const PreparedCommit &commit)
{
    for (qsizetype i = 0; i < commit.sent.rows.size(); ++i) {
        const orm::RowChange &sent = commit.sent.rows.at(i);
        const orm::CommittedRow &row = commit.result.rows.at(i);
        RowVersion version;
        version.time = commit.time;
        version.kind = sent.kind;
        version.key = row.key;
        version.before = recordBefore(sent, row);
        if (sent.kind != orm::RowChange::Kind::Delete)
            version.after = row.row;
        version.dependents = row.dependents;
        m_contents.versions[row.key].append(version);
    }
}

namespace {

orm::Record inOrder(const orm::Record &record, const QList<int> &places, qsizetype columns)
{
    if (record.values.isEmpty())
        return record;
    orm::Record moved;
    moved.values.resize(columns);
    if (!record.truncated.isEmpty())
        moved.truncated.resize(columns);
    for (int column = 0; column < record.values.size(); ++column) {
        const int place = places.value(column, -1);
        if (place < 0)
            continue;
        moved.values[place] = record.values.at(column);
        if (record.isTruncated(column))
            moved.truncated.setBit(place);
    }
    return moved;
}

QList<orm::FieldChange> inOrder(const QList<orm::FieldChange> &fields, const QList<int> &places,
                                const QStringList &names, QStringList *lost)
{
    QList<orm::FieldChange> moved;
    for (orm::FieldChange field : fields) {
        const int place = places.value(field.column, -1);
        if (place >= 0) {
            field.column = place;
            moved.append(field);
        } else if (const QString name = names.value(field.column); !lost->contains(name)) {
            lost->append(name);
        }
    }
    std::sort(moved.begin(), moved.end(),
              [](const auto &a, const auto &b) { return a.column < b.column; });
    return moved;
}

} // namespace

/// Brings all that was read into the order of @p columns; names match in any case.
void JournalReader::setColumns(const QStringList &columns)
{
    const QStringList before = std::exchange(m_contents.subject.columns, columns);
    if (before == columns)
        return;
    QList<int> places;
    for (const QString &name : before) {
        const auto same = std::find_if(columns.cbegin(), columns.cend(), [&](const QString &other) {
            return other.compare(name, Qt::CaseInsensitive) == 0;
        });
        places.append(same == columns.cend() ? -1 : static_cast<int>(same - columns.cbegin()));
    }
    const auto record = [&](orm::Record &one) { one = inOrder(one, places, columns.size()); };
    QStringList *lost = &m_contents.lostColumns;
    for (Row &row : m_rows) {
        settle(row);
        row.anchor.fields = inOrder(row.anchor.fields, places, before, lost);
        record(row.anchor.snapshot);
        record(row.anchor.whole);
    }
    if (m_contents.prepared) {
        for (orm::RowChange &sent : m_contents.prepared->sent.rows) {
            sent.fields = inOrder(sent.fields, places, before, lost);
            record(sent.base);
        }
        for (orm::CommittedRow &row : m_contents.prepared->result.rows)
            record(row.row);
    }
    for (QList<RowVersion> &versions : m_contents.versions) {
        for (RowVersion &version : versions) {
            record(version.before);
            record(version.after);
        }
    }
    if (m_contents.openField.column >= 0)
        m_contents.openField.column = places.value(m_contents.openField.column, -1);
}

JournalContents JournalReader::take()
{
    const JournalSubject found = m_contents.subject;
    setColumns(m_wanted.columns);
    m_contents.subject = found;
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        if (!settle(*row))
            ++m_contents.lost;
        // Written by other columns whose names are lost, or damaged
        row->anchor.fields.removeIf([this](const orm::FieldChange &field) {
            return field.column >= m_wanted.columns.size();
        });
        m_contents.rows.append({row.key(), row->anchor});
    }
    std::sort(m_contents.rows.begin(), m_contents.rows.end(),
              [](const auto &a, const auto &b) { return a.second.order < b.second.order; });
    return std::move(m_contents);
}

} // namespace ui
