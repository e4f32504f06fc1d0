// SPDX-License-Identifier: MIT
#include "core/dialect/sqlitedialect.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using orm::IntegrityError;
using Reason = orm::OperationalError::Reason;

/// What is SQLite's own: quoting, types and error codes.
class SqliteDialectTest final : public QObject
{
    Q_OBJECT

private slots:
    void quotes_data();
    void quotes();
    void limits();
    void typeNames();
    void reasons_data();
    void reasons();
    void constraints_data();
    void constraints();
    void otherErrors();

private:
    template<typename E>
    std::optional<E> errorOf(int code, const QString &text = u"text"_s) const
    {
        return thrown<E>([&] { m_dialect.throwError(code, text, u"SQL"_s); });
    }

    orm::SqliteDialect m_dialect;
};

void SqliteDialectTest::quotes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isQuoted");

    QTest::newRow("plain") << u"created_at"_s << false;
    QTest::newRow("digits") << u"a1"_s << false;
    QTest::newRow("underscore") << u"_a"_s << false;
    QTest::newRow("keyword") << u"order"_s << true;
    QTest::newRow("keyword that SQLite would take") << u"key"_s << true;
    QTest::newRow("capital") << u"Title"_s << true;
    QTest::newRow("digit first") << u"1a"_s << true;
    QTest::newRow("blank") << u"a b"_s << true;
    QTest::newRow("empty") << u""_s << true;
    QTest::newRow("umlaut") << u"\u00E4"_s << true;
    QTest::newRow("semicolon") << u"a;--"_s << true;
}

void SqliteDialectTest::quotes()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isQuoted);
    QCOMPARE(m_dialect.quote(name), isQuoted ? u'"' + name + u'"' : name);
    QCOMPARE(m_dialect.quote(u"a\"b"_s), u"\"a\"\"b\""_s);
}

void SqliteDialectTest::limits()
{
    QCOMPARE(m_dialect.limitClause(-1, 0), QString());
    QCOMPARE(m_dialect.limitClause(5, 0), u" LIMIT 5"_s);
    QCOMPARE(m_dialect.limitClause(5, 2), u" LIMIT 5 OFFSET 2"_s);
    QCOMPARE(m_dialect.limitClause(-1, 2), u" LIMIT -1 OFFSET 2"_s);
}

void SqliteDialectTest::typeNames()
{
    QCOMPARE(m_dialect.typeName(orm::String{255}), u"VARCHAR(255)"_s);
    QCOMPARE(m_dialect.typeName(orm::String{0}), u"VARCHAR"_s);
    QCOMPARE(m_dialect.typeName(orm::Numeric{10, 2}), u"NUMERIC(10, 2)"_s);
    // more digits than a REAL holds would be lost in a NUMERIC
    QCOMPARE(m_dialect.typeName(orm::Numeric{16, 2}), u"TEXT"_s);
    QCOMPARE(m_dialect.typeName({orm::ColumnType::Kind::Numeric}), u"TEXT"_s);
}

void SqliteDialectTest::reasons_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<Reason>("reason");

    QTest::newRow("busy") << SQLITE_BUSY << Reason::Busy;
    QTest::newRow("busy snapshot") << SQLITE_BUSY_SNAPSHOT << Reason::Busy;
    QTest::newRow("locked") << SQLITE_LOCKED << Reason::Busy;
    QTest::newRow("interrupt") << SQLITE_INTERRUPT << Reason::Interrupted;
    QTest::newRow("full") << SQLITE_FULL << Reason::DiskFull;
    QTest::newRow("read-only") << SQLITE_READONLY_DBMOVED << Reason::ReadOnly;
    QTest::newRow("cannot open") << SQLITE_CANTOPEN << Reason::CannotOpen;
    QTest::newRow("no database") << SQLITE_NOTADB << Reason::NotADatabase;
    QTest::newRow("corrupt") << SQLITE_CORRUPT_INDEX << Reason::Corrupt;
    QTest::newRow("input or output") << SQLITE_IOERR_FSYNC << Reason::InputOutput;
    QTest::newRow("no memory") << SQLITE_NOMEM << Reason::Other;
}

void SqliteDialectTest::reasons()
{
    QFETCH(const int, code);
    const auto error = errorOf<orm::OperationalError>(code);
    QVERIFY(error);
    QTEST(error->reason(), "reason");
    QCOMPARE(error->nativeCode(), code);
    QCOMPARE(error->statement(), u"SQL"_s);
    QCOMPARE(QString::fromUtf8(error->what()), u"text [SQL]"_s);
}

void SqliteDialectTest::constraints_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<IntegrityError::Constraint>("constraint");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QString>("name");

    using C = IntegrityError::Constraint;
    QTest::newRow("not null") << SQLITE_CONSTRAINT_NOTNULL
                              << u"NOT NULL constraint failed: users.name"_s << C::NotNull
                              << u"users"_s << QStringList{u"name"_s} << QString();
    QTest::newRow("unique") << SQLITE_CONSTRAINT_UNIQUE << u"UNIQUE constraint failed: t.a, t.b"_s
                            << C::Unique << u"t"_s << QStringList{u"a"_s, u"b"_s} << QString();
    QTest::newRow("unique index of an expression")
        << SQLITE_CONSTRAINT_UNIQUE << u"UNIQUE constraint failed: index 'by_lower'"_s << C::Unique
        << QString() << QStringList() << u"by_lower"_s;
    QTest::newRow("key") << SQLITE_CONSTRAINT_PRIMARYKEY << u"UNIQUE constraint failed: users.id"_s
                         << C::PrimaryKey << u"users"_s << QStringList{u"id"_s} << QString();
    QTest::newRow("foreign key") << SQLITE_CONSTRAINT_FOREIGNKEY
                                 << u"FOREIGN KEY constraint failed"_s << C::ForeignKey << QString()
                                 << QStringList() << QString();
    QTest::newRow("check") << SQLITE_CONSTRAINT_CHECK << u"CHECK constraint failed: a > 0.5"_s
                           << C::Check << QString() << QStringList() << u"a > 0.5"_s;
    QTest::newRow("trigger") << SQLITE_CONSTRAINT_TRIGGER << u"no: not.so"_s << C::Other
                             << QString() << QStringList() << QString();
}

void SqliteDialectTest::constraints()
{
    QFETCH(const int, code);
    QFETCH(const QString, text);
    const auto error = errorOf<IntegrityError>(code, text);
    QVERIFY(error);
    QTEST(error->constraint(), "constraint");
    QTEST(error->table, "table");
    QTEST(error->columns, "columns");
    QTEST(error->name, "name");
    QCOMPARE(error->nativeCode(), code);
}

void SqliteDialectTest::otherErrors()
{
    QVERIFY(errorOf<orm::ProgrammingError>(SQLITE_ERROR));
    QVERIFY(errorOf<orm::ProgrammingError>(SQLITE_RANGE));
    QVERIFY(errorOf<orm::DataError>(SQLITE_TOOBIG));
    QVERIFY(errorOf<orm::DataError>(SQLITE_MISMATCH));
}

QTEST_APPLESS_MAIN(SqliteDialectTest)
#include "tst_sqlitedialect.moc"
