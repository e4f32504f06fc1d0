// SPDX-License-Identifier: MIT
#include "core/dialect/sqlitedialect.h"

#include <QSet>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace orm {

namespace {

constexpr int exactDigits = 15; // of a REAL

/// The words that SQLite refuses as bare identifiers, asked from the library itself.
const QSet<QByteArray> &keywords()
{
    static const QSet<QByteArray> words = [] {
        QSet<QByteArray> found;
        for (int i = 0; i < sqlite3_keyword_count(); ++i) {
            const char *word = nullptr;
            int length = 0;
            sqlite3_keyword_name(i, &word, &length);
            found.insert(QByteArray(word, length));
        }
        return found;
    }();
    return words;
}

bool isPlainIdentifier(const QString &identifier)
{
    if (identifier.isEmpty())
        return false;
    for (qsizetype i = 0; i < identifier.size(); ++i) {
        const char16_t c = identifier.at(i).unicode();
        const bool isLetter = (c >= u'a' && c <= u'z') || c == u'_';
        if (!isLetter && (i == 0 || c < u'0' || c > u'9'))
            return false; // capitals, too: SQLAlchemy quotes them
    }
    return !keywords().contains(identifier.toLatin1().toUpper());
}

OperationalError::Reason reasonOf(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return OperationalError::Reason::Busy;
    case SQLITE_INTERRUPT:
        return OperationalError::Reason::Interrupted;
    case SQLITE_FULL:
        return OperationalError::Reason::DiskFull;
    case SQLITE_READONLY:
        return OperationalError::Reason::ReadOnly;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return OperationalError::Reason::CannotOpen;
    case SQLITE_NOTADB:
        return OperationalError::Reason::NotADatabase;
    case SQLITE_CORRUPT:
        return OperationalError::Reason::Corrupt;
    case SQLITE_IOERR:
        return OperationalError::Reason::InputOutput;
    default:
        return OperationalError::Reason::Other;
    }
}

IntegrityError::Constraint constraintOf(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_NOTNULL:
        return IntegrityError::Constraint::NotNull;
    case SQLITE_CONSTRAINT_UNIQUE:
        return IntegrityError::Constraint::Unique;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return IntegrityError::Constraint::PrimaryKey;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return IntegrityError::Constraint::ForeignKey;
    case SQLITE_CONSTRAINT_CHECK:
        return IntegrityError::Constraint::Check;
    default:
        return IntegrityError::Constraint::Other;
    }
}

/// "UNIQUE constraint failed: users.name, users.email" names table and columns,
/// "CHECK constraint failed: positive" and "…: index 'by_name'" the constraint.
IntegrityError integrityError(int code, const QString &text)
{
    IntegrityError error(constraintOf(code), text);
    const qsizetype colon = text.indexOf(u": "_s);
    if (colon < 0 || error.constraint() == IntegrityError::Constraint::Other)
        return error; // a trigger's RAISE() says what it likes
    const QString names = text.mid(colon + 2);
    if (error.constraint() == IntegrityError::Constraint::Check || names.startsWith(u"index "_s)) {
        error.name = names.startsWith(u"index "_s) ? names.mid(7).chopped(1) : names;
        return error;
    }
    const QStringList qualified = names.split(u", "_s);
    for (const QString &name : qualified) {
        const qsizetype dot = name.lastIndexOf(u'.');
        if (dot < 0)
            continue;
        error.table = name.left(dot);
        error.columns.append(name.mid(dot + 1));
    }
    return error;
}

} // namespace

QString SqliteDialect::name() const
{
    return u"sqlite"_s;
}

QString SqliteDialect::driver() const
{
    return u"QSQLITE"_s;
}

QString SqliteDialect::quote(const QString &identifier) const
{
    if (isPlainIdentifier(identifier))
        return identifier;
    QString escaped = identifier;
    return u'"' + escaped.replace(u"\""_s, u"\"\""_s) + u'"';
}

QString SqliteDialect::typeName(const ColumnType &type) const
{
    switch (type.kind) {
    case ColumnType::Kind::Boolean:
        return u"BOOLEAN"_s;
    case ColumnType::Kind::Integer:
        return u"INTEGER"_s;
    case ColumnType::Kind::BigInteger:
        return u"BIGINT"_s;
    case ColumnType::Kind::Float:
        return u"FLOAT"_s;
    case ColumnType::Kind::Numeric:
        // SQLite makes a REAL of a number in a NUMERIC column, which is exact for so many digits
        if (type.length == 0 || type.length > exactDigits)
            return u"TEXT"_s;
        return u"NUMERIC(%1, %2)"_s.arg(type.length).arg(type.scale);
    case ColumnType::Kind::String:
        return type.length ? u"VARCHAR(%1)"_s.arg(type.length) : u"VARCHAR"_s;
    case ColumnType::Kind::Enum: {
        qsizetype longest = 0;
        for (const char *const *enumName = type.enumNames; enumName && *enumName; ++enumName)
            longest = qMax(longest, QByteArrayView(*enumName).size());
        return u"VARCHAR(%1)"_s.arg(longest);
    }
    case ColumnType::Kind::Text:
        return u"TEXT"_s;
    case ColumnType::Kind::LargeBinary:
    case ColumnType::Kind::Unknown:
        return u"BLOB"_s;
    case ColumnType::Kind::Date:
        return u"DATE"_s;
    case ColumnType::Kind::Time:
        return u"TIME"_s;
    case ColumnType::Kind::DateTime:
        return u"DATETIME"_s;
    case ColumnType::Kind::Uuid:
        return u"CHAR(32)"_s;
    case ColumnType::Kind::Json:
        return u"JSON"_s;
    }
    Q_UNREACHABLE();
}

QString SqliteDialect::autoincrementKey() const
{
    return u"PRIMARY KEY AUTOINCREMENT"_s;
}

namespace {

QString quotedText(QString text)
{
    return u'\'' + text.replace(u'\'', "''"_L1) + u'\'';
}

/// Read line by line, as SQLite's own shell does it, a statement would lose the carriage returns before
/// its line ends: they are written as that shell's .dump writes them.
QString textLiteral(QString text)
{
    if (!text.contains(u'\r'))
        return quotedText(text);
    QString mark = u"\\r"_s;
    for (int n = 1; text.contains(mark); ++n)
        mark = u"\\r%1"_s.arg(n);
    return u"replace(%1, '%2', char(13))"_s.arg(quotedText(text.replace(u'\r', mark)), mark);
}

} // namespace

QString SqliteDialect::literal(const StoredValue &value) const
{
    switch (value.storageClass()) {
    case StorageClass::Null:
        return u"NULL"_s;
    case StorageClass::Integer:
        return value.toString();
    case StorageClass::Real: {
        const QString digits = value.toString();
        return digits.contains(u'.') || digits.contains(u'e') ? digits : digits + u".0"_s;
    }
    case StorageClass::Text:
        // The statement would end at a NUL, and bytes that are no UTF-8 would be other ones.
        if (!value.isValidText() || value.bytes().contains('\0'))
            return u"CAST(X'%1' AS TEXT)"_s.arg(QString::fromLatin1(value.bytes().toHex()));
        return textLiteral(value.toString());
    case StorageClass::Blob:
        break;
    }
    return u"X'"_s + QString::fromLatin1(value.bytes().toHex()) + u'\'';
}

QString SqliteDialect::limitClause(qint64 limit, qint64 offset) const
{
    if (limit < 0 && offset <= 0)
        return {};
    // SQLite has no OFFSET without LIMIT; -1 is its "no limit"
    QString clause = u" LIMIT %1"_s.arg(limit);
    if (offset > 0)
        clause += u" OFFSET %1"_s.arg(offset);
    return clause;
}

QString SqliteDialect::arrayItems() const
{
    return u"SELECT value FROM json_each(?)"_s;
}

bool SqliteDialect::supportsReturning() const
{
    return sqlite3_libversion_number() >= 3'035'000; // of the library that runs, not of its header
}

QString SqliteDialect::beginStatement() const
{
    return u"BEGIN IMMEDIATE"_s;
}

void SqliteDialect::throwError(int nativeCode, const QString &text, const QString &sql) const
{
    const auto raise = [&](auto error) {
        error.setStatement(sql, nativeCode);
        throw error;
    };
    if ((nativeCode & 0xFF) == SQLITE_CONSTRAINT)
        raise(integrityError(nativeCode, text));
    if ((nativeCode & 0xFF) == SQLITE_ERROR || nativeCode == SQLITE_RANGE)
        raise(ProgrammingError(text));
    if ((nativeCode & 0xFF) == SQLITE_TOOBIG || (nativeCode & 0xFF) == SQLITE_MISMATCH)
        raise(DataError(QString(), text));
    raise(OperationalError(reasonOf(nativeCode), text));
    Q_UNREACHABLE();
}

} // namespace orm
