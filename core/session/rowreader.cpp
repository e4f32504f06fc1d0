// SPDX-License-Identifier: MIT
#include "core/session/rowreader.h"

#include "core/dialect/dialect.h"
#include "core/engine/blobreader.h"
#include "core/engine/connection.h"
#include "core/engine/statementlease.h"
#include "core/error.h"
#include "core/session/changestatements.h"
#include "core/session/largerow.h"

#include <QSet>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

/// Bytes of the first @p characters code points of UTF-8 @p bytes, or all.
qsizetype cutAt(QByteArrayView bytes, int characters)
{
    if (bytes.size() <= characters)
        return bytes.size();
    qsizetype end = 0;
    for (int count = 0; end < bytes.size(); ++end) {
        const bool beginsCharacter = (static_cast<unsigned char>(bytes[end]) & 0xC0) != 0x80;
        if (beginsCharacter && count++ == characters)
            break;
    }
    return end;
}

/// Sizes of statements: a power of two, so that a page, its rest and single rows share few.
qsizetype statementSize(qsizetype keys)
{
    qsizetype size = 1;
    while (size < keys)
        size *= 2;
    return size;
}

/// The last key fills the places that are left.
void bindKeys(PreparedStatement &statement, const QList<Key> &keys, qsizetype size)
{
    for (qsizetype i = 0; i < size; ++i) {
        const Key &key = keys.at(std::min(i, keys.size() - 1));
        statement.bind(static_cast<int>(i), key.toValues().first());
    }
}

bool isSimple(const Key &key)
{
    const QList<StoredValue> values = key.toValues();
    return values.size() == 1 && !values.first().isNull();
}

} // namespace

RowReader::RowReader(Connection &connection, const Table &table)
    : m_connection(connection)
    , m_dialect(connection.dialect())
    , m_table(table)
    , m_key(table.primaryKey())
    , m_tableName(m_dialect.quote(table.name))
{
    if (m_key.isEmpty())
        throw InvalidRequestError(u"Table '%1' has no primary key"_s.arg(table.name));
    QStringList names;
    for (int i = 0; i < table.columns.size(); ++i)
        names.append(column(i));
    m_columns = names.join(u", "_s);
}

QString RowReader::column(int index) const
{
    return m_tableName + u'.' + m_dialect.quote(m_table.columns.at(index).name);
}

QString RowReader::sorted(int index) const
{
    return m_table.isKeyless() ? column(index) + u" COLLATE BINARY"_s : column(index);
}

QString RowReader::keyCondition(const Key &key) const
{
    QList<StoredValue> values;
    return orm::keyCondition(m_dialect, m_table, key, values);
}

int RowReader::bindKey(PreparedStatement &statement, int index, const Key &key) const
{
    const QList<StoredValue> values = key.toValues();
    for (const StoredValue &value : values) {
        if (!value.isNull())
            statement.bind(index++, value);
    }
    return index;
}

Key RowReader::keyOf(const Record &record) const
{
    QList<StoredValue> values;
    values.reserve(m_key.size());
    for (const int column : m_key)
        values.append(record.values.at(column));
    return Key::values(std::move(values));
}

Record RowReader::read(const PreparedStatement &statement, Cut cut, int first) const
{
    Record record;
    const auto count = static_cast<int>(m_table.columns.size());
    record.values.reserve(count);
    for (int i = 0; i < count; ++i)
        appendValue(record, i, statement, first + i, cut);
    return record;
}

void RowReader::appendValue(Record &record, int column, const PreparedStatement &statement,
                            int index, Cut cut) const
{
    const StorageClass storage = statement.columnClass(index);
    const bool hasBytes = storage == StorageClass::Text || storage == StorageClass::Blob;
    if (cut == Cut::None || !hasBytes || m_table.columns.at(column).isPrimaryKey) {
        record.values.append(statement.columnValue(index));
        return;
    }
    // Here and not by substr(): SQLite's counts only up to the first NUL of a text, makes text of
    // numbers, and reads the whole value all the same
    const QByteArrayView bytes = statement.columnBytes(index);
    appendCut(record, column, storage, bytes, bytes.size());
}

void RowReader::appendCut(Record &record, int column, StorageClass storage, QByteArrayView bytes,
                          qsizetype size) const
{
    const int characters
        = m_table.columns.at(column).type.isLarge() ? listCharacters : textCharacters;
    const qsizetype end = storage == StorageClass::Text
        ? cutAt(bytes, characters)
        : std::min<qsizetype>(bytes.size(), characters);
    if (end < size) {
        record.truncated.resize(m_table.columns.size());
        record.truncated.setBit(column);
        record.cutHash = addToCutHash(record.cutHash, bytes, size);
    }
    const QByteArray kept = bytes.first(end).toByteArray();
    record.values.append(storage == StorageClass::Text ? StoredValue::utf8(kept)
                                                       : StoredValue::blob(kept));
}

void RowReader::readKeys(const QList<Key> &keys, Cut cut,
                         const std::function<void(const Key &, const Record &)> &row) const
{
    if (m_table.isKeyless()) {
        constexpr qsizetype most = 32; // conditions of as many columns as there are
        for (qsizetype first = 0; first < keys.size(); first += most)
            readEqual(keys.mid(first, most), cut, row);
        return;
    }
    if (m_key.size() > 1 || !std::all_of(keys.begin(), keys.end(), isSimple)) {
        for (const Key &key : keys)
            readOne(key, cut, row);
        return;
    }
    const qsizetype most = std::min(maxKeysAtOnce, m_dialect.maxInList());
    const bool isApart = cut != Cut::None && m_table.hasIntegerKey()
        && BlobReader::canRead(m_connection, m_table.name, m_table.columns.at(m_key.first()).name);
    for (qsizetype first = 0; first < keys.size(); first += most) {
        if (isApart)
            readCut(keys.mid(first, most), Apart::Large, cut, row);
        else
            readSome(keys.mid(first, most), cut, row);
    }
}

QString RowReader::inClause(qsizetype size) const
{
    return u" FROM %1 WHERE %2 IN (?%3)"_s.arg(m_tableName, column(m_key.first()),
                                               u", ?"_s.repeated(size - 1));
}

void RowReader::readSome(const QList<Key> &keys, Cut cut,
                         const std::function<void(const Key &, const Record &)> &row) const
{
    const qsizetype size = statementSize(keys.size());
    PreparedStatement &statement = m_connection.cached(u"SELECT "_s + m_columns + inClause(size));
    const StatementRun run(statement);
    bindKeys(statement, keys, size);
    while (statement.step()) {
        Record record = read(statement, cut);
        const Key key = keyOf(record);
        row(key, record);
    }
}

bool RowReader::isReadApart(int index, Apart apart) const
{
    const Column &column = m_table.columns.at(index);
    return (apart == Apart::All || column.type.isLarge()) && !column.isPrimaryKey
        && !column.isReadOnly;
}

int RowReader::columnsOfBeginning() const
{
    const auto all = static_cast<int>(m_table.columns.size());
    int end = all;
    while (end > 0 && !isReadApart(end - 1, Apart::Large))
        --end;
    return end > m_key.first() ? end : all;
}

void RowReader::readCut(const QList<Key> &keys, Apart apart, Cut cut,
                        const std::function<void(const Key &, const Record &)> &row) const
{
    const auto all = static_cast<int>(m_table.columns.size());
    const int count = cut == Cut::Beginnings && apart == Apart::Large ? columnsOfBeginning() : all;
    // The type of a value stands at the beginning of its row. No value that is read here is a blob.
    QStringList names;
    for (int i = 0; i < count; ++i) {
        names.append(isReadApart(i, apart) ? u"CASE typeof(%1) WHEN 'text' THEN x'01' "
                                             "WHEN 'blob' THEN x'02' ELSE %1 END"_s.arg(column(i))
                                           : column(i));
    }
    const qsizetype places = statementSize(keys.size());
    PreparedStatement &statement
        = m_connection.cached(u"SELECT "_s + names.join(u", "_s) + inClause(places));
    const StatementRun run(statement);
    bindKeys(statement, keys, places);
    std::vector<std::unique_ptr<BlobReader>> readers(static_cast<size_t>(count)); // ends first
    QSet<Key> found;
    QHash<Key, Record> beginnings;
    while (true) {
        // A column of a small type may hold anything
        const auto next = apart == Apart::All ? std::optional(statement.step())
                                              : LargeRow::stepUnlessLarge(m_connection, statement);
        if (!next) {
            for (const Key &key : keys) {
                if (!found.contains(key))
                    readCut({key}, Apart::All, cut, row);
            }
        }
        if (!next || !*next)
            break;
        const auto rowid = statement.columnInteger(m_key.first());
        const Key key = Key::integer(rowid);
        found.insert(key);
        Record record;
        record.values.reserve(all);
        bool isHuge = false;
        for (int i = 0; i < count; ++i) {
            if (!isReadApart(i, apart) || statement.columnClass(i) != StorageClass::Blob) {
                appendValue(record, i, statement, i, Cut::ForList);
                continue;
            }
            const bool isText = statement.columnBytes(i).front() == '\1';
            auto &reader = readers.at(static_cast<size_t>(i));
            if (!reader)
                reader = std::make_unique<BlobReader>(m_connection, m_table.name,
                                                      m_table.columns.at(i).name);
            const qsizetype size = reader->seek(rowid);
            isHuge = isHuge || size > LargeRow::largest;
            appendCut(record, i, isText ? StorageClass::Text : StorageClass::Blob,
                      reader->read(size > hashedWhole ? hashedBeginning : size), size);
        }
        if (count == all || isHuge)
            row(key, record);
        else
            beginnings.insert(key, record);
    }
    if (!beginnings.isEmpty())
        readEnds(std::move(beginnings), count, row);
}

void RowReader::readEnds(QHash<Key, Record> beginnings, int first,
                         const std::function<void(const Key &, const Record &)> &row) const
{
    QStringList names{column(m_key.first())};
    for (int i = first; i < m_table.columns.size(); ++i)
        names.append(column(i));
    const QList<Key> keys = beginnings.keys();
    const qsizetype places = statementSize(keys.size());
    PreparedStatement &statement
        = m_connection.cached(u"SELECT "_s + names.join(u", "_s) + inClause(places));
    const StatementRun run(statement);
    bindKeys(statement, keys, places);
    while (true) {
        const auto next = LargeRow::stepUnlessLarge(m_connection, statement);
        if (!next)
            readCut(beginnings.keys(), Apart::All, Cut::ForList, row);
        if (!next || !*next)
            return;
        const Key key = Key::integer(statement.columnInteger(0));
        Record record = beginnings.take(key);
        for (int i = first; i < m_table.columns.size(); ++i)
            appendValue(record, i, statement, 1 + i - first, Cut::ForList);
        row(key, record);
    }
}

/// Rows of a view: as it has no index, all keys are compared in one go through it.
void RowReader::readEqual(const QList<Key> &keys, Cut cut,
                          const std::function<void(const Key &, const Record &)> &row) const
{
    QStringList columns;
    for (const int index : m_key)
        columns.append(sorted(index) + u" IS ?"_s);
    const QString condition = u'(' + columns.join(u" AND "_s) + u')';
    const qsizetype places = statementSize(keys.size());
    PreparedStatement &statement
        = m_connection.cached(u"SELECT %1 FROM %2 WHERE %3"_s.arg(m_columns, m_tableName, condition)
                              + (u" OR "_s + condition).repeated(places - 1));
    const StatementRun run(statement);
    int parameter = 0;
    for (qsizetype i = 0; i < places; ++i) {
        const QList<StoredValue> values = keys.at(std::min(i, keys.size() - 1)).toValues();
        for (const StoredValue &value : values)
            statement.bind(parameter++, value);
    }
    const QSet<Key> asked(keys.begin(), keys.end());
    while (statement.step()) {
        const Record record = read(statement, cut);
        const Key key = keyOf(record);
        if (asked.contains(key)) // 1 and 1.0 are one value to SQL
            row(key, record);
    }
}

void RowReader::readOne(const Key &key, Cut cut,
                        const std::function<void(const Key &, const Record &)> &row) const
{
    const QString sql
        = u"SELECT %1 FROM %2 WHERE %3"_s.arg(m_columns, m_tableName, keyCondition(key));
    PreparedStatement &statement = m_connection.cached(sql);
    const StatementRun run(statement);
    bindKey(statement, 0, key);
    while (statement.step())
        row(key, read(statement, cut));
}

QList<SortColumn> totalOrder(const RowQuery &query)
{
    const QList<int> key = query.table.primaryKey();
    QList<SortColumn> order;
    const auto isSorted = [&order](int column) {
        return std::any_of(order.begin(), order.end(),
                           [column](const SortColumn &sorted) { return sorted.column == column; });
    };
    for (const SortColumn &sorted : query.sort) {
        if (std::all_of(key.begin(), key.end(), isSorted))
            return order; // nothing is left to sort
        if (!isSorted(sorted.column))
            order.append(sorted);
    }
    const Qt::SortOrder direction = order.isEmpty() ? Qt::DescendingOrder : order.last().order;
    for (const int column : key) {
        if (!isSorted(column))
            order.append({column, direction});
    }
    return order;
}

QString orderClause(const RowReader &reader, const QList<SortColumn> &order)
{
    QStringList parts;
    for (const SortColumn &sorted : order)
        parts.append(reader.sorted(sorted.column)
                     + (sorted.order == Qt::DescendingOrder ? u" DESC"_s : QString()));
    return u" ORDER BY "_s + parts.join(u", "_s);
}

bool isIndexed(Connection &connection, const RowReader &reader, const QList<SortColumn> &order,
               const QList<int> &extra)
{
    if (!connection.url().isSqlite())
        return true; // a server sorts without keeping others from writing
    // The planner itself knows of collations, directions, partial indexes and keys that are rowids
    QStringList columns;
    for (const SortColumn &sorted : order)
        columns.append(reader.column(sorted.column));
    for (const int column : extra)
        columns.append(reader.column(column));
    const auto plan = connection.prepare(
        u"EXPLAIN QUERY PLAN SELECT %1 FROM %2"_s.arg(columns.join(u", "_s), reader.tableName())
        + orderClause(reader, order));
    constexpr int detail = 3;
    while (plan->step()) {
        if (plan->columnText(detail).contains(u"TEMP B-TREE"_s))
            return false;
    }
    return true;
}

} // namespace orm
