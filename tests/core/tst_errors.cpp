// SPDX-License-Identifier: MIT
#include "core/error.h"
#include "core/session/staledataerror.h"

#include <QTest>

using namespace Qt::StringLiterals;
using orm::Error;

/// Errors are told apart by what the caller can do next, and carry what the log wants.
class ErrorsTest final : public QObject
{
    Q_OBJECT

private slots:
    void haveOneRootAndAKind();
    void carryStatementAndCode();
    void crossThreadsAsCopies();
};

void ErrorsTest::haveOneRootAndAKind()
{
    using Kind = Error::Kind;
    const auto kindOf = [](const Error &error) { return error.kind(); };
    QCOMPARE(kindOf(orm::OperationalError(orm::OperationalError::Reason::Busy, u"m"_s)),
             Kind::Operational);
    QCOMPARE(kindOf(orm::IntegrityError(orm::IntegrityError::Constraint::Check, u"m"_s)),
             Kind::Integrity);
    QCOMPARE(kindOf(orm::DataError(u"c"_s, u"m"_s)), Kind::Data);
    QCOMPARE(kindOf(orm::StaleDataError(u"m"_s)), Kind::StaleData);
    QCOMPARE(kindOf(orm::PendingRollbackError(u"m"_s)), Kind::PendingRollback);
    QCOMPARE(kindOf(orm::NoResultFound(u"m"_s)), Kind::NoResult);
    QCOMPARE(kindOf(orm::MultipleResultsFound(u"m"_s)), Kind::MultipleResults);
    QCOMPARE(kindOf(orm::ObjectDeletedError(u"m"_s)), Kind::ObjectDeleted);
    QCOMPARE(kindOf(orm::DetachedInstanceError(u"m"_s)), Kind::DetachedInstance);
    QCOMPARE(kindOf(orm::InvalidRequestError(u"m"_s)), Kind::InvalidRequest);
    QCOMPARE(kindOf(orm::FlushError(u"m"_s)), Kind::Flush);
    QCOMPARE(kindOf(orm::ProgrammingError(u"m"_s)), Kind::Programming);
    QCOMPARE(kindOf(orm::WrongThreadError(u"m"_s)), Kind::WrongThread);
    QCOMPARE(kindOf(orm::CancelledError()), Kind::Cancelled);
    QVERIFY_THROWS_EXCEPTION(std::exception, throw orm::FlushError(u"m"_s));
}

void ErrorsTest::carryStatementAndCode()
{
    orm::ProgrammingError error(u"no such table: \u00E4"_s);
    QCOMPARE(error.message(), u"no such table: \u00E4"_s);
    QCOMPARE(error.nativeCode(), 0);
    QVERIFY(error.statement().isEmpty());
    error.setStatement(u"SELECT ?"_s, 1);
    QCOMPARE(error.statement(), u"SELECT ?"_s);
    QCOMPARE(error.nativeCode(), 1);
    QCOMPARE(QString::fromUtf8(error.what()), u"no such table: \u00E4 [SELECT ?]"_s);
}

void ErrorsTest::crossThreadsAsCopies()
{
    std::exception_ptr pointer;
    try {
        orm::IntegrityError error(orm::IntegrityError::Constraint::Unique, u"m"_s);
        error.table = u"t"_s;
        error.columns = {u"a"_s, u"b"_s};
        throw error;
    } catch (...) {
        pointer = std::current_exception();
    }
    try {
        std::rethrow_exception(pointer);
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Integrity);
        const orm::IntegrityError copy = static_cast<const orm::IntegrityError &>(error);
        QCOMPARE(copy.columns, QStringList({u"a"_s, u"b"_s}));
    }
}

QTEST_APPLESS_MAIN(ErrorsTest)
#include "tst_errors.moc"
