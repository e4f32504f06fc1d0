// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/statementlease.h"
#include "tests/support/thrown.h"

#include <QTest>

#include <limits>
#include <sqlite3.h>

using namespace Qt::StringLiterals;
using orm::ConnectionOptions;
using orm::StorageClass;
using orm::StoredValue;
using Statements = ConnectionOptions::Statements;

/// Both implementations of a statement, by the same tests.
class PreparedStatementTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void init();
    void cleanup();

    void valuesComeBackAsTheyWereBound_data();
    void valuesComeBackAsTheyWereBound();
    void invalidUtf8();
    void unpairedSurrogates();
    void columnsAreReadByType();
    void bytesStayUntilTheNextRow();
    void rowsAreCounted();
    void theEndResets();
    void resetLeavesNoCursorOpen();
    void statementsRunAgain();
    void returningWorks();
    void wrongSql_data();
    void wrongSql();
    void constraintErrors_data();
    void constraintErrors();
    void aFailedStatementRunsAgain();
    void foreignKeysAreCheckedByReturning();
    void leasesGoBackToTheStock();
    void aLeaseIsResetByAnError();

private:
    std::shared_ptr<orm::Connection> m_connection;
    bool m_isNative = false;
};

void PreparedStatementTest::initTestCase_data()
{
    QTest::addColumn<Statements>("statements");

    QTest::newRow("native") << Statements::Native;
    QTest::newRow("QSqlQuery") << Statements::Query;
}

void PreparedStatementTest::init()
{
    QFETCH_GLOBAL(const Statements, statements);
    m_isNative = statements == Statements::Native;
    m_connection = orm::Engine::create(u"sqlite://"_s, {.statements = statements}).connect();
    m_connection->execute(
        u"CREATE TABLE t (id INTEGER PRIMARY KEY, a, b UNIQUE, c INTEGER NOT NULL "
        "DEFAULT 0 CHECK (c < 100), d INTEGER REFERENCES t (id))"_s);
}

void PreparedStatementTest::cleanup()
{
    m_connection.reset();
}

void PreparedStatementTest::valuesComeBackAsTheyWereBound_data()
{
    QTest::addColumn<StoredValue>("value");

    const auto text = [](const QString &value) { return StoredValue::text(value); };
    QTest::newRow("null") << StoredValue();
    QTest::newRow("zero") << StoredValue::integer(0);
    QTest::newRow("largest") << StoredValue::integer(std::numeric_limits<qint64>::max());
    QTest::newRow("smallest") << StoredValue::integer(std::numeric_limits<qint64>::min());
    QTest::newRow("real") << StoredValue::real(0.1);
    QTest::newRow("whole real") << StoredValue::real(2);
    QTest::newRow("tiny") << StoredValue::real(std::numeric_limits<double>::denorm_min());
    QTest::newRow("infinite") << StoredValue::real(std::numeric_limits<double>::infinity());
    QTest::newRow("text") << text(u"plain"_s);
    QTest::newRow("digits") << text(u"007"_s);
    QTest::newRow("empty text") << text(u""_s);
    QTest::newRow("NUL inside") << text(u"a\0b\0"_s);
    QTest::newRow("4-byte characters") << text(u"\U0001F600 \U0001F1E9\U0001F1EA"_s);
    QTest::newRow("right to left") << text(u"\u05E9\u05DC\u05D5\u05DD"_s);
    QTest::newRow("line ends") << text(u"a\r\nb\rc\u2028d\u00A0e"_s);
    QTest::newRow("byte order mark") << text(u"\uFEFFx"_s);
    QTest::newRow("long") << text(u"\u00E4x"_s.repeated(100'000));
    QTest::newRow("blob") << StoredValue::blob(QByteArray("\0\xFF\x80", 3));
    QTest::newRow("empty blob") << StoredValue::blob("");
}

void PreparedStatementTest::valuesComeBackAsTheyWereBound()
{
    QFETCH(const StoredValue, value);
    if (!m_isNative && value.bytes().startsWith("\xEF\xBB\xBF"))
        QSKIP("sqlite3_bind_text16(), which Qt's driver calls, takes the mark for one");
    m_connection->execute(u"INSERT INTO t (a) VALUES (?)"_s, {value});
    QCOMPARE(m_connection->scalar(u"SELECT a FROM t"_s), value);
    const QString stored = m_connection->scalar(u"SELECT typeof(a) FROM t"_s).toString();
    const QStringList names{u"null"_s, u"integer"_s, u"real"_s, u"text"_s, u"blob"_s};
    QCOMPARE(stored, names.at(static_cast<int>(value.storageClass())));
    const qint64 size
        = m_connection->scalar(u"SELECT length(CAST(a AS BLOB)) FROM t"_s).toInteger();
    if (value.storageClass() == StorageClass::Text || value.storageClass() == StorageClass::Blob)
        QCOMPARE(size, value.bytes().size());

    const auto statement = m_connection->prepare(u"SELECT a FROM t"_s);
    QVERIFY(statement->step());
    QCOMPARE(statement->columnClass(0), value.storageClass());
    if (value.storageClass() == StorageClass::Text) {
        QCOMPARE(statement->columnText(0), value.toString());
        QVERIFY(!statement->columnText(0).isNull());
        statement->reset();
        const auto byText = m_connection->prepare(u"SELECT count(*) FROM t WHERE a = ?"_s);
        byText->bindText(0, value.toString());
        QVERIFY(byText->step());
        QCOMPARE(byText->columnInteger(0), 1);
    }
}

void PreparedStatementTest::invalidUtf8()
{
    const QByteArray bytes("a\xFF\xC3");
    const auto statement = m_connection->prepare(u"INSERT INTO t (a) VALUES (?)"_s);
    statement->bindUtf8(0, bytes);
    while (statement->step()) {}
    const QByteArray stored = m_connection->scalar(u"SELECT CAST(a AS BLOB) FROM t"_s).bytes();
    if (m_isNative)
        QCOMPARE(stored, bytes);
    else // QSqlQuery knows only QString
        QVERIFY(stored.isValidUtf8());
    m_connection->execute(u"UPDATE t SET a = CAST(X'61FFC3' AS TEXT)"_s);
    const StoredValue read = m_connection->scalar(u"SELECT a FROM t"_s);
    QCOMPARE(read.storageClass(), StorageClass::Text);
    QCOMPARE(read.bytes() == bytes, m_isNative);
}

void PreparedStatementTest::unpairedSurrogates()
{
    const auto statement = m_connection->prepare(u"INSERT INTO t (a) VALUES (?)"_s);
    for (const QString &text :
         {QString(QChar(0xD83D)), u"a"_s + QChar(0xDE00), QChar(0xD83D) + u"b"_s}) {
        QVERIFY_THROWS_EXCEPTION(orm::DataError, statement->bindText(0, text));
    }
    statement->bindText(0, u"ok"_s); // it can still be used
    while (statement->step()) {}
    QCOMPARE(m_connection->scalar(u"SELECT a FROM t"_s).toString(), u"ok"_s);
}

void PreparedStatementTest::columnsAreReadByType()
{
    const auto statement = m_connection->prepare(u"SELECT 7, 1.5, 'x', NULL, X'61' AS last"_s);
    QVERIFY(statement->step());
    QCOMPARE(statement->columnCount(), 5);
    QCOMPARE(statement->columnName(4), u"last"_s);
    QCOMPARE(statement->columnInteger(0), 7);
    QCOMPARE(statement->columnReal(0), 7.0);
    QCOMPARE(statement->columnReal(1), 1.5);
    QCOMPARE(statement->columnText(2), u"x"_s);
    QCOMPARE(statement->columnBytes(2), QByteArrayView("x"));
    QCOMPARE(statement->columnClass(3), StorageClass::Null);
    QVERIFY(statement->columnValue(3).isNull());
    QCOMPARE(statement->columnText(4), u"a"_s);
}

void PreparedStatementTest::bytesStayUntilTheNextRow()
{
    const auto statement = m_connection->prepare(u"SELECT 'one', 'two', X'ff'"_s);
    QVERIFY(statement->step());
    const QByteArrayView first = statement->columnBytes(0);
    const QByteArrayView second = statement->columnBytes(1);
    const QByteArrayView third = statement->columnBytes(2);
    QCOMPARE(first, QByteArrayView("one"));
    QCOMPARE(second, QByteArrayView("two"));
    QCOMPARE(third, QByteArrayView("\xFF"));
}

void PreparedStatementTest::rowsAreCounted()
{
    QCOMPARE(m_connection->execute(u"INSERT INTO t (a) VALUES (1), (2), (3)"_s), 3);
    QCOMPARE(m_connection->execute(u"UPDATE t SET a = 9 WHERE a > 1"_s), 2);
    QCOMPARE(m_connection->execute(u"UPDATE t SET a = 9 WHERE a > 100"_s), 0);
    QCOMPARE(m_connection->execute(u"UPDATE t SET a = a"_s), 3);
    QCOMPARE(m_connection->execute(u"DELETE FROM t"_s), 3);
}

void PreparedStatementTest::theEndResets()
{
    m_connection->execute(u"INSERT INTO t (a) VALUES (1), (2)"_s);
    const auto statement = m_connection->prepare(u"SELECT a FROM t WHERE a >= ?"_s);
    statement->bindInteger(0, 1);
    QVERIFY(statement->step());
    QVERIFY(statement->step());
    QVERIFY(!statement->step());
    m_connection->execute(u"DROP TABLE t"_s); // an open cursor would forbid it
}

void PreparedStatementTest::resetLeavesNoCursorOpen()
{
    m_connection->execute(u"INSERT INTO t (a) VALUES (1), (2)"_s);
    const auto statement = m_connection->prepare(u"SELECT a FROM t"_s);
    QVERIFY(statement->step());
    QVERIFY_THROWS_EXCEPTION(orm::Error, m_connection->execute(u"DROP TABLE t"_s));
    statement->reset();
    m_connection->execute(u"DROP TABLE t"_s);
}

void PreparedStatementTest::statementsRunAgain()
{
    const auto insert = m_connection->prepare(u"INSERT INTO t (a, b) VALUES (?, ?)"_s);
    for (int i = 0; i < 3; ++i) {
        insert->bindInteger(0, i);
        insert->bindText(1, QString::number(i));
        QVERIFY(!insert->step());
        QCOMPARE(insert->rowsAffected(), 1);
    }
    const auto select = m_connection->prepare(u"SELECT b FROM t WHERE a = ?"_s);
    for (int i = 2; i >= 0; --i) {
        select->bindInteger(0, i);
        QVERIFY(select->step());
        QCOMPARE(select->columnText(0), QString::number(i));
        select->reset();
    }
}

void PreparedStatementTest::returningWorks()
{
    m_connection->begin();
    const auto insert = m_connection->prepare(u"INSERT INTO t (a) VALUES (?) RETURNING id, c"_s);
    for (int i = 1; i <= 3; ++i) {
        insert->bindInteger(0, i);
        QVERIFY(insert->step());
        QCOMPARE(insert->columnInteger(0), i);
        QCOMPARE(insert->columnInteger(1), 0);
        insert->reset(); // not stepped to the end: the row is there all the same
    }
    m_connection->commit();
    QCOMPARE(m_connection->scalar(u"SELECT count(*) FROM t"_s).toInteger(), 3);
}

void PreparedStatementTest::wrongSql_data()
{
    QTest::addColumn<QString>("sql");

    QTest::newRow("syntax") << u"SELEC 1"_s;
    QTest::newRow("no table") << u"SELECT * FROM nothing"_s;
    QTest::newRow("no column") << u"SELECT nothing FROM t"_s;
    QTest::newRow("two statements") << u"DELETE FROM t; DELETE FROM t"_s;
}

void PreparedStatementTest::wrongSql()
{
    QFETCH(const QString, sql);
    const auto error = thrown<orm::Error>([&] { m_connection->execute(sql); });
    QVERIFY(error);
    QCOMPARE(error->statement(), sql);
    if (m_isNative || sql.count(u';') == 0)
        QCOMPARE(error->kind(), orm::Error::Kind::Programming);
    QVERIFY(!error->message().isEmpty());
    m_connection->execute(u"DELETE FROM t;"_s); // a semicolon at the end is no second one
}

void PreparedStatementTest::constraintErrors_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("code");
    QTest::addColumn<orm::IntegrityError::Constraint>("constraint");

    using C = orm::IntegrityError::Constraint;
    QTest::newRow("not null") << u"INSERT INTO t (c) VALUES (NULL)"_s << SQLITE_CONSTRAINT_NOTNULL
                              << C::NotNull;
    QTest::newRow("unique") << u"INSERT INTO t (b) VALUES (1), (1)"_s << SQLITE_CONSTRAINT_UNIQUE
                            << C::Unique;
    QTest::newRow("key") << u"INSERT INTO t (id) VALUES (1), (1)"_s << SQLITE_CONSTRAINT_PRIMARYKEY
                         << C::PrimaryKey;
    QTest::newRow("check") << u"INSERT INTO t (c) VALUES (100)"_s << SQLITE_CONSTRAINT_CHECK
                           << C::Check;
    QTest::newRow("foreign key") << u"INSERT INTO t (d) VALUES (99)"_s
                                 << SQLITE_CONSTRAINT_FOREIGNKEY << C::ForeignKey;
}

void PreparedStatementTest::constraintErrors()
{
    QFETCH(const QString, sql);
    const auto error = thrown<orm::IntegrityError>([&] { m_connection->execute(sql); });
    QVERIFY(error);
    QTEST(error->nativeCode(), "code");
    QTEST(error->constraint(), "constraint");
    QCOMPARE(error->statement(), sql);
    QCOMPARE(m_connection->scalar(u"SELECT count(*) FROM t"_s).toInteger(), 0);
}

void PreparedStatementTest::aFailedStatementRunsAgain()
{
    const auto insert = m_connection->prepare(u"INSERT INTO t (b) VALUES (?)"_s);
    for (const int value : {1, 1, 2}) {
        insert->bindInteger(0, value);
        try {
            while (insert->step()) {}
        } catch (const orm::IntegrityError &) {
            insert->reset();
        }
    }
    QCOMPARE(m_connection->scalar(u"SELECT group_concat(b) FROM t"_s).toString(), u"1,2"_s);
}

void PreparedStatementTest::foreignKeysAreCheckedByReturning()
{
    m_connection->begin();
    const auto insert = m_connection->prepare(u"INSERT INTO t (d) VALUES (99) RETURNING id"_s);
    QVERIFY_THROWS_EXCEPTION(orm::IntegrityError, insert->step());
    m_connection->rollback();
}

void PreparedStatementTest::leasesGoBackToTheStock()
{
    const QString sql = u"SELECT a FROM t WHERE id = ?"_s;
    const orm::PreparedStatement *first = nullptr;
    {
        const orm::StatementLease lease = m_connection->lease(sql);
        first = &*lease;
        const orm::StatementLease other = m_connection->lease(sql);
        QVERIFY(&*other != first); // in use: another one
    }
    const orm::StatementLease again = m_connection->lease(sql);
    const orm::StatementLease third = m_connection->lease(sql);
    QVERIFY(&*again == first || &*third == first);
    for (int i = 0; i < 100; ++i) // more texts than are kept
        QVERIFY(m_connection->lease(u"SELECT %1"_s.arg(i))->step());
}

void PreparedStatementTest::aLeaseIsResetByAnError()
{
    m_connection->execute(u"INSERT INTO t (a) VALUES (1), (2)"_s);
    try {
        const orm::StatementLease lease = m_connection->lease(u"SELECT a FROM t"_s);
        lease->step();
        throw std::runtime_error("left");
    } catch (const std::runtime_error &) {}
    m_connection->execute(u"DROP TABLE t"_s);
}

QTEST_GUILESS_MAIN(PreparedStatementTest)
#include "tst_preparedstatement.moc"
