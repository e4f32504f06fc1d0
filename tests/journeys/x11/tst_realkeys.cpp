// SPDX-License-Identifier: MIT
#include "tests/support/runningprogram.h"
#include "tests/support/testdatabase.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// The built program in a real window, driven from outside as a user's keyboard does it.
class TestRealKeys final : public QObject
{
    Q_OBJECT

private:
    static bool xdotool(const QStringList &arguments)
    {
        return QProcess::execute(u"xdotool"_s, arguments) == 0;
    }

private slots:
    void j02WriteAPost()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        RunningProgram program(
            QStringLiteral(POSTDESK_PROGRAM),
            {u"--config-dir"_s, config.path(), u"--size"_s, u"1180x700"_s, database.file()});
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"counts"_s] == u"500 posts"_s && state[u"focus"_s] == u"postsView"_s;
        }),
                 program.text());
        QVERIFY(xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s,
                         QString::number(program.pid()), u"--name"_s, u"Postdesk"_s,
                         u"windowactivate"_s, u"--sync"_s}));

        QVERIFY(xdotool({u"key"_s, u"ctrl+n"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"focus"_s] == u"titleEdit"_s && state[u"pending"_s] == u"1 change"_s;
        }),
                 program.text());
        QVERIFY(xdotool({u"type"_s, u"Keyboard first"_s}));
        QVERIFY(xdotool({u"key"_s, u"Tab"_s}));
        QVERIFY(xdotool({u"type"_s, u"Hello *world*"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"focus"_s] == u"bodyEdit"_s && state[u"caret"_s] == 13;
        }),
                 program.text());
        QVERIFY(xdotool({u"key"_s, u"ctrl+s"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            const QJsonObject first = state[u"rows"_s].toArray().first().toObject();
            return state[u"pending"_s] == u"Saved"_s && state[u"counts"_s] == u"501 posts"_s
                && first[u"id"_s] == u"501"_s && first[u"mark"_s] == QString();
        }),
                 program.text());
        QCOMPARE(
            database.outsideScalar(u"SELECT title || '|' || content FROM posts WHERE id = 501"_s)
                .toString(),
            u"Keyboard first|Hello *world*"_s);

        QVERIFY(xdotool({u"key"_s, u"ctrl+q"_s}));
        QVERIFY(program.waitForEnd());
        QCOMPARE(program.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRealKeys)
#include "tst_realkeys.moc"
