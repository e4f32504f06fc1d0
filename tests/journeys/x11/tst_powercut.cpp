// SPDX-License-Identifier: MIT
#include "tests/support/runningprogram.h"
#include "tests/support/testdatabase.h"

#include <QJsonArray>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;

/// The built program in a real window, ended by a signal in the middle of it, and started again.
class TestPowerCut final : public QObject
{
    Q_OBJECT

private:
    static bool xdotool(const QStringList &arguments)
    {
        return QProcess::execute(u"xdotool"_s, arguments) == 0;
    }

    /// Starts it on @p database; it has come to rest, and its window takes the keys.
    static std::unique_ptr<RunningProgram> start(const TestDatabase &database,
                                                 const QTemporaryDir &config)
    {
        auto program = std::make_unique<RunningProgram>(
            QStringLiteral(POSTDESK_PROGRAM),
            QStringList{u"--config-dir"_s, config.path(), u"--size"_s, u"1180x700"_s,
                        database.file()});
        const bool isThere = program->waitFor(u"counts"_s, u"500 posts"_s)
            && xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s,
                        QString::number(program->pid()), u"--name"_s, u"Postdesk"_s,
                        u"windowactivate"_s, u"--sync"_s});
        return isThere ? std::move(program) : nullptr;
    }

    static QString mark(const QJsonObject &state)
    {
        return state[u"rows"_s].toArray().first()[u"mark"_s].toString();
    }

private slots:
    void j11PowerCut()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        auto program = start(database, config);
        QVERIFY(program);
        QVERIFY(xdotool({u"key"_s, u"ctrl+n"_s}));
        QVERIFY2(program->waitFor(u"focus"_s, u"titleEdit"_s), program->text());
        QVERIFY(xdotool({u"type"_s, u"Draft"_s}));
        QVERIFY(xdotool({u"key"_s, u"Tab"_s}));
        const QString typed = u"0123456789"_s.repeated(20);
        QVERIFY(xdotool({u"type"_s, u"--delay"_s, u"4"_s, typed}));
        QVERIFY2(
            program->waitFor([](const QJsonObject &state) { return state[u"caret"_s] == 200; }),
            program->text());
        QCOMPARE(program->state()[u"pending"_s].toString(), u"1 change"_s);
        // The promise is one second after the last key, on a machine that has one to spare.
        QVERIFY2(program->waitFor([](const QJsonObject &state) {
            return state[u"caret"_s] == 200 && state[u"kept"_s] == u"yes"_s;
        }),
                 program->text());
        program->signal(SIGKILL);
        QVERIFY(!program->isRunning());
        QCOMPARE(database.outsideScalar(u"SELECT count(*) FROM posts"_s).toString(), u"500"_s);

        program = start(database, config);
        QVERIFY(program);
        QVERIFY2(program->waitFor(u"focus"_s, u"recoverBar"_s), program->text());
        QCOMPARE(program->state()[u"recovered"_s].toString(), u"1 unsaved post recovered"_s);
        QVERIFY(xdotool({u"key"_s, u"Return"_s}));
        QVERIFY2(program->waitFor([](const QJsonObject &state) {
            return state[u"focus"_s] == u"bodyEdit"_s && state[u"caret"_s] == 200
                && mark(state) == u"+" && state[u"recovered"_s].toString().isEmpty();
        }),
                 program->text());
        QVERIFY(xdotool({u"key"_s, u"ctrl+s"_s}));
        QVERIFY2(program->waitFor(u"counts"_s, u"501 posts"_s), program->text());
        QCOMPARE(
            database.outsideScalar(u"SELECT title || '|' || content FROM posts WHERE id = 501"_s)
                .toString(),
            u"Draft|"_s + typed);
    }

    void aSessionThatEndsLosesNotOneKey_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void aSessionThatEndsLosesNotOneKey()
    {
        QFETCH(int, number);
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        auto program = start(database, config);
        QVERIFY(program);
        QVERIFY(xdotool({u"key"_s, u"Return"_s}));
        QVERIFY2(program->waitFor(u"focus"_s, u"bodyEdit"_s), program->text());
        QVERIFY(xdotool({u"key"_s, u"x"_s}));
        QVERIFY2(program->waitFor([](const QJsonObject &state) { return state[u"caret"_s] == 1; }),
                 program->text());
        program->signal(number);
        QVERIFY(program->waitForEnd());
        QCOMPARE(program->exitCode(), 0);

        program = start(database, config);
        QVERIFY(program);
        QVERIFY2(program->waitFor(u"focus"_s, u"recoverBar"_s), program->text());
        QCOMPARE(program->state()[u"pending"_s].toString(), u"1 change"_s);
        QVERIFY(xdotool({u"key"_s, u"Return"_s}));
        QVERIFY2(program->waitFor(u"focus"_s, u"bodyEdit"_s), program->text());
        QCOMPARE(program->state()[u"caret"_s].toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_powercut.moc"
