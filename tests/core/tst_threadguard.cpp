// SPDX-License-Identifier: MIT
#include "core/engine/engine.h"
#include "core/engine/threadguard.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QThread>

#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

/// What a child process does; it is to die of it.
int runChild(const QString &what)
{
    const auto forbid = [] { orm::forbidDatabaseCallsOn(QThread::currentThread()); };
    if (what == u"opening by Connection"_s) {
        forbid();
        orm::Engine::create(u"sqlite://"_s).connect();
    } else if (what == u"statement by Connection"_s) {
        orm::forbidDatabaseCallsOn(nullptr); // watches what is opened from now on
        const auto connection = orm::Engine::create(u"sqlite://"_s).connect();
        forbid();
        connection->execute(u"SELECT 'by Connection'"_s);
    } else if (what == u"opening by QSqlDatabase"_s) {
        forbid();
        QSqlDatabase::addDatabase(u"QSQLITE"_s).open();
    } else if (what == u"statement by QSqlQuery"_s) {
        orm::forbidDatabaseCallsOn(nullptr);
        QSqlDatabase::addDatabase(u"QSQLITE"_s).open();
        forbid();
        QSqlQuery(u"SELECT 'by QSqlQuery'"_s);
    } else if (what == u"statement by sqlite3"_s) {
        orm::forbidDatabaseCallsOn(nullptr);
        sqlite3 *handle = nullptr;
        sqlite3_open(":memory:", &handle);
        forbid();
        sqlite3_exec(handle, "SELECT 'by sqlite3'", nullptr, nullptr, nullptr);
    } else if (what == u"another thread"_s) {
        forbid();
        std::thread([] {
            orm::Engine::create(u"sqlite://"_s).connect()->execute(u"SELECT 1"_s);
        }).join();
        orm::forbidDatabaseCallsOn(nullptr); // lifts the ban
        orm::Engine::create(u"sqlite://"_s).connect()->execute(u"SELECT 1"_s);
    }
    return 0;
}

} // namespace

/// A database call on the forbidden thread ends the program, whoever makes it.
class ThreadGuardTest final : public QObject
{
    Q_OBJECT

private slots:
    void callsOnTheForbiddenThreadAbort_data();
    void callsOnTheForbiddenThreadAbort();
    void otherThreadsMayCall();

private:
    struct Result
    {
        QProcess::ExitStatus status = QProcess::NormalExit;
        int code = -1;
        QString output;
    };
    static Result run(const QString &what)
    {
        QProcess child;
        child.setProcessChannelMode(QProcess::MergedChannels);
        child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, what});
        if (!child.waitForFinished(100'000))
            return {};
        return {child.exitStatus(), child.exitCode(), QString::fromUtf8(child.readAll())};
    }
};

void ThreadGuardTest::callsOnTheForbiddenThreadAbort_data()
{
#ifndef POSTDESK_GUARD_GUI_THREAD
    QSKIP("built without POSTDESK_GUARD_GUI_THREAD");
#endif
    QTest::addColumn<QString>("sql");

    QTest::newRow("opening by Connection") << u"(opening a database)"_s;
    QTest::newRow("statement by Connection") << u"SELECT 'by Connection'"_s;
    QTest::newRow("opening by QSqlDatabase") << u"(opening a database)"_s;
    QTest::newRow("statement by QSqlQuery") << u"SELECT 'by QSqlQuery'"_s;
    QTest::newRow("statement by sqlite3") << u"SELECT 'by sqlite3'"_s;
}

void ThreadGuardTest::callsOnTheForbiddenThreadAbort()
{
    QFETCH(const QString, sql);
    const Result result = run(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(result.status, QProcess::CrashExit);
    const QString message
        = u"database call on the GUI thread, which must never wait for one: "_s + sql;
    QVERIFY2(result.output.contains(message), qPrintable(result.output));
}

void ThreadGuardTest::otherThreadsMayCall()
{
    const Result result = run(u"another thread"_s);
    QCOMPARE(result.status, QProcess::NormalExit);
    QCOMPARE(result.code, 0);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--child"_s)
        return runChild(arguments.value(2));
    ThreadGuardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_threadguard.moc"
