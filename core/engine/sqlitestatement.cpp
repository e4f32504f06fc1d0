// SPDX-License-Identifier: MIT
#include "core/engine/sqlitestatement.h"

#include "core/engine/connection.h"
#include "core/error.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

// sqlite3_bind_text(…, nullptr) binds NULL, so an empty value needs an address
const char *address(QByteArrayView bytes)
{
    return bytes.data() ? bytes.data() : "";
}

/// Copies ASCII up to the first other byte: most text of most databases is nothing else.
/// @returns bytes copied
qsizetype widenAscii(QChar *to, const char *from, qsizetype size)
{
    constexpr qsizetype block = 16;
    constexpr quint64 highBits = 0x8080'8080'8080'8080;
    qsizetype done = 0;
    for (; done + block <= size; done += block) {
        std::array<quint64, block / 8> words;
        std::memcpy(words.data(), from + done, block);
        if ((words[0] | words[1]) & highBits)
            break;
        // By way of arrays that nothing else can point to, so that the compiler makes vectors
        std::array<uchar, block> bytes;
        std::array<char16_t, block> units;
        std::memcpy(bytes.data(), from + done, block);
        std::copy(bytes.begin(), bytes.end(), units.begin());
        std::memcpy(static_cast<void *>(to + done), units.data(), sizeof units);
    }
    for (; done < size && !(from[done] & 0x80); ++done)
        to[done] = QLatin1Char(from[done]);
    return done;
}

} // namespace

SqliteStatement::SqliteStatement(const Connection &connection, const QString &sql)
    : m_connection(connection)
    , m_sql(sql)
{
    const QByteArray utf8 = sql.toUtf8();
    const char *rest = nullptr;
    check(sqlite3_prepare_v3(connection.sqlite(), utf8.constData(), static_cast<int>(utf8.size()),
                             SQLITE_PREPARE_PERSISTENT, &m_statement, &rest));
    const bool isOne = m_statement && QByteArrayView(rest).trimmed().isEmpty();
    if (isOne) {
        m_buffers.resize(static_cast<size_t>(sqlite3_bind_parameter_count(m_statement)));
        return;
    }
    sqlite3_finalize(m_statement);
    ProgrammingError error(m_statement ? u"More than one statement at a time"_s
                                       : u"There is no statement in the text"_s);
    error.setStatement(sql, SQLITE_MISUSE);
    throw error;
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

void SqliteStatement::check(int code) const
{
    if (code != SQLITE_OK)
        m_connection.throwLastError(m_sql);
}

void SqliteStatement::bindNull(int index)
{
    check(sqlite3_bind_null(m_statement, index + 1));
}

void SqliteStatement::bindInteger(int index, qint64 value)
{
    check(sqlite3_bind_int64(m_statement, index + 1, value));
}

void SqliteStatement::bindReal(int index, double value)
{
    check(sqlite3_bind_double(m_statement, index + 1, value));
}

char *SqliteStatement::buffer(int index, qsizetype size)
{
    // What SQLite copies it allocates anew each time; what lies here it borrows
    Buffer &buffer = m_buffers[static_cast<size_t>(index)];
    if (buffer.size < size) {
        buffer.bytes = std::make_unique_for_overwrite<char[]>(static_cast<size_t>(size));
        buffer.size = size;
    }
    return buffer.bytes.get();
}

void SqliteStatement::bindText(int index, QStringView value)
{
    // The encoder is told to say so where a surrogate has no partner
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    const qsizetype space = encoder.requiredSpace(value.size());
    const bool isSmall = space <= smallSize && isParameter(index);
    char *bytes = isSmall
        ? buffer(index, space)
        : static_cast<char *>(sqlite3_malloc64(static_cast<sqlite3_uint64>(space)));
    if (!bytes)
        throw std::bad_alloc();
    const char *end = encoder.appendToBuffer(bytes, value);
    if (encoder.hasError()) {
        if (!isSmall)
            sqlite3_free(bytes);
        throw DataError(QString(), u"The text has an unpaired surrogate"_s);
    }
    m_holdsLarge = m_holdsLarge || !isSmall;
    check(sqlite3_bind_text64(m_statement, index + 1, bytes,
                              static_cast<sqlite3_uint64>(end - bytes),
                              isSmall ? SQLITE_STATIC : sqlite3_free, SQLITE_UTF8));
}

void SqliteStatement::bindUtf8(int index, QByteArrayView bytes)
{
    const bool isSmall = bytes.size() <= smallSize && isParameter(index);
    const char *data = address(bytes);
    if (isSmall && !bytes.isEmpty())
        data = std::copy_n(bytes.data(), bytes.size(), buffer(index, bytes.size())) - bytes.size();
    m_holdsLarge = m_holdsLarge || !isSmall;
    check(sqlite3_bind_text64(m_statement, index + 1, data,
                              static_cast<sqlite3_uint64>(bytes.size()),
                              isSmall ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bindBlob(int index, QByteArrayView bytes)
{
    m_holdsLarge = true;
    check(sqlite3_bind_blob64(m_statement, index + 1, address(bytes),
                              static_cast<sqlite3_uint64>(bytes.size()), SQLITE_TRANSIENT));
}

bool SqliteStatement::step()
{
    if (!m_isRunning) {
        m_connection.aboutToRun(m_sql);
        m_isRunning = true;
    }
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        // reset() would repeat the error code and may lose its text: build the Error first
        try {
            m_connection.throwLastError(m_sql);
        } catch (...) {
            reset();
            throw;
        }
    }
    m_rowsAffected = sqlite3_changes64(m_connection.sqlite());
    reset();
    return false;
}

void SqliteStatement::reset()
{
    if (m_isRunning)
        sqlite3_reset(m_statement);
    m_isRunning = false;
    if (!m_holdsLarge)
        return;
    sqlite3_clear_bindings(m_statement);
    m_holdsLarge = false;
}

int SqliteStatement::columnCount() const
{
    return sqlite3_column_count(m_statement);
}

StorageClass SqliteStatement::columnClass(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return StorageClass::Integer;
    case SQLITE_FLOAT:
        return StorageClass::Real;
    case SQLITE_TEXT:
        return StorageClass::Text;
    case SQLITE_BLOB:
        return StorageClass::Blob;
    default:
        return StorageClass::Null;
    }
}

qint64 SqliteStatement::columnInteger(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

bool SqliteStatement::readInteger(int column, qint64 &value) const
{
    // Looked up once; its own thread is the only one that ever uses the connection
    sqlite3_value *stored = sqlite3_column_value(m_statement, column);
    const bool isInteger = sqlite3_value_type(stored) == SQLITE_INTEGER;
    if (isInteger)
        value = sqlite3_value_int64(stored);
    return isInteger;
}

double SqliteStatement::columnReal(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString SqliteStatement::columnName(int column) const
{
    return QString::fromUtf8(sqlite3_column_name(m_statement, column));
}

QString SqliteStatement::columnText(int column) const
{
    QString text;
    return readText(column, text) ? text : u""_s;
}

bool SqliteStatement::readText(int column, QString &text) const
{
    // UTF-8 and not text16: SQLite stores UTF-8, and Qt converts it faster (1.96× C, not 2.89×)
    sqlite3_value *stored = sqlite3_column_value(m_statement, column);
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_value_text(stored));
    if (!bytes)
        return false;
    const qsizetype size = sqlite3_value_bytes(stored);
    if (text.isDetached() && text.capacity() >= size)
        text.resize(size);
    else
        text = QString(size, Qt::Uninitialized); // resize() would take more than is needed
    QChar *units = text.data();
    const qsizetype done = widenAscii(units, bytes, size);
    if (done == size)
        return true;
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless
                               | QStringDecoder::Flag::ConvertInitialBom);
    const QChar *end = decoder.appendToBuffer(units + done, {bytes + done, size - done});
    text.truncate(end - units);
    return true;
}

QByteArrayView SqliteStatement::columnBytes(int column) const
{
    // For a blob column_text would convert. The pointer must be asked for before the size, and is
    // null for an empty blob.
    const void *data = nullptr;
    if (sqlite3_column_type(m_statement, column) == SQLITE_BLOB) {
        data = sqlite3_column_blob(m_statement, column);
        if (!data)
            data = "";
    } else {
        data = sqlite3_column_text(m_statement, column);
    }
    return {static_cast<const char *>(data), sqlite3_column_bytes(m_statement, column)};
}

qint64 SqliteStatement::rowsAffected() const
{
    return m_rowsAffected;
}

qint64 SqliteStatement::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_connection.sqlite());
}

} // namespace orm
