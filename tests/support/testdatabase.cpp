// SPDX-License-Identifier: MIT
#include "tests/support/testdatabase.h"

#include <QFile>

#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

sqlite3 *open(const QString &file, std::chrono::milliseconds timeout)
{
    sqlite3 *handle = nullptr;
    if (sqlite3_open(file.toUtf8().constData(), &handle) != SQLITE_OK)
        qFatal("cannot open %s", qUtf8Printable(file));
    sqlite3_busy_timeout(handle, static_cast<int>(timeout.count()));
    // a test's data need not outlive a power cut
    sqlite3_exec(handle, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    return handle;
}

int execute(sqlite3 *handle, const QString &sql)
{
    return sqlite3_exec(handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr);
}

orm::StoredValue firstColumn(sqlite3_stmt *statement)
{
    const auto bytes = [statement] {
        const auto *data = static_cast<const char *>(sqlite3_column_blob(statement, 0));
        return QByteArray(data, sqlite3_column_bytes(statement, 0));
    };
    switch (sqlite3_column_type(statement, 0)) {
    case SQLITE_INTEGER:
        return orm::StoredValue::integer(sqlite3_column_int64(statement, 0));
    case SQLITE_FLOAT:
        return orm::StoredValue::real(sqlite3_column_double(statement, 0));
    case SQLITE_TEXT:
        return orm::StoredValue::utf8(bytes());
    case SQLITE_BLOB:
        return orm::StoredValue::blob(bytes());
    default:
        return {};
    }
}

} // namespace

TestDatabase::TestDatabase(const QString &sql, Journal journal)
    : m_folder(std::in_place)
    , m_file(m_folder->filePath(u"test.db"_s))
{
    if (!m_folder->isValid())
        qFatal("no folder for a test's database");
    const QString all
        = (journal == Journal::Wal ? u"PRAGMA journal_mode = WAL;"_s : u"VACUUM;"_s) + sql;
    if (const int code = outside(all); code != SQLITE_OK)
        qFatal("the database of a test could not be made: %s", sqlite3_errstr(code));
}

TestDatabase::TestDatabase(const Elsewhere &there)
    : m_file(there.file)
{}

TestDatabase TestDatabase::at(const QString &file)
{
    return TestDatabase(Elsewhere{file});
}

QString TestDatabase::data(const QString &name)
{
    QFile file(QStringLiteral(POSTDESK_SOURCE_DIR) + u"/tests/data/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qUtf8Printable(file.fileName()));
    return QString::fromUtf8(file.readAll());
}

QString TestDatabase::file() const
{
    return m_file;
}

orm::DatabaseUrl TestDatabase::url() const
{
    return orm::DatabaseUrl::sqlite(file());
}

int TestDatabase::outside(const QString &sql, std::chrono::milliseconds timeout) const
{
    int code = SQLITE_OK;
    std::thread([&] {
        sqlite3 *handle = open(file(), timeout);
        code = execute(handle, sql);
        sqlite3_close(handle);
    }).join();
    return code;
}

orm::StoredValue TestDatabase::outsideScalar(const QString &sql) const
{
    orm::StoredValue value;
    std::thread([&] {
        sqlite3 *handle = open(file(), usualPatience);
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(handle, sql.toUtf8().constData(), -1, &statement, nullptr)
            != SQLITE_OK)
            qFatal("%s: %s", sqlite3_errmsg(handle), qUtf8Printable(sql));
        if (sqlite3_step(statement) == SQLITE_ROW)
            value = firstColumn(statement);
        sqlite3_finalize(statement);
        sqlite3_close(handle);
    }).join();
    return value;
}

OtherProgram::OtherProgram(const TestDatabase &database)
{
    // Of one thread at a time only, but not always of the same one: SQLite allows that
    std::thread([&] { m_handle = open(database.file(), usualPatience); }).join();
}

OtherProgram::~OtherProgram()
{
    std::thread([this] { sqlite3_close(static_cast<sqlite3 *>(m_handle)); }).join();
}

int OtherProgram::run(const QString &sql)
{
    int code = SQLITE_OK;
    std::thread([&] { code = execute(static_cast<sqlite3 *>(m_handle), sql); }).join();
    return code;
}
