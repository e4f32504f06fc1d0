// SPDX-License-Identifier: MIT
#include "tests/support/testdatabase.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// The built program in a real window, driven from outside as a user's keyboard does it.
class TestRealKeys final : public QObject
{
    Q_OBJECT

private:
    /// The program, and the last thing that it said about its window (--test-mode).
    class Program
    {
    public:
        explicit Program(const QStringList &arguments)
        {
            m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            m_process.start(QStringLiteral(POSTDESK_PROGRAM), arguments);
        }
        ~Program()
        {
            m_process.kill();
            m_process.waitForFinished();
        }
        Q_DISABLE_COPY_MOVE(Program)

        /// Reads on until @p isReached holds for what the window shows. @returns whether it did
        template<typename Condition>
        bool waitFor(Condition isReached)
        {
            const QDeadlineTimer deadline(std::chrono::seconds(60));
            while (!isReached(m_state)) {
                if (!m_process.canReadLine()
                    && (m_process.state() == QProcess::NotRunning || deadline.hasExpired()))
                    return false;
                if (!m_process.canReadLine())
                    m_process.waitForReadyRead(1000);
                while (m_process.canReadLine())
                    m_state = QJsonDocument::fromJson(m_process.readLine()).object();
            }
            return true;
        }
        bool waitForEnd() { return m_process.waitForFinished(60'000); }
        int exitCode() const { return m_process.exitCode(); }
        QString pid() const { return QString::number(m_process.processId()); }
        QByteArray state() const { return QJsonDocument(m_state).toJson(); }

    private:
        QProcess m_process;
        QJsonObject m_state;
    };

    static bool xdotool(const QStringList &arguments)
    {
        return QProcess::execute(u"xdotool"_s, arguments) == 0;
    }

private slots:
    void j02WriteAPost()
    {
        const TestDatabase database(TestDatabase::data(u"f500.sql"_s));
        const QTemporaryDir config;
        Program program({u"--config-dir"_s, config.path(), u"--test-mode"_s, u"--size"_s,
                         u"1180x700"_s, database.file()});
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"counts"_s] == u"500 posts"_s && state[u"focus"_s] == u"postsView"_s;
        }),
                 program.state());
        QVERIFY(xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--pid"_s, program.pid(),
                         u"--name"_s, u"Postdesk"_s, u"windowactivate"_s, u"--sync"_s}));

        QVERIFY(xdotool({u"key"_s, u"ctrl+n"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"focus"_s] == u"titleEdit"_s && state[u"pending"_s] == u"1 change"_s;
        }),
                 program.state());
        QVERIFY(xdotool({u"type"_s, u"Keyboard first"_s}));
        QVERIFY(xdotool({u"key"_s, u"Tab"_s}));
        QVERIFY(xdotool({u"type"_s, u"Hello *world*"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            return state[u"focus"_s] == u"bodyEdit"_s && state[u"caret"_s] == 13;
        }),
                 program.state());
        QVERIFY(xdotool({u"key"_s, u"ctrl+s"_s}));
        QVERIFY2(program.waitFor([](const QJsonObject &state) {
            const QJsonObject first = state[u"rows"_s].toArray().first().toObject();
            return state[u"pending"_s] == u"Saved"_s && state[u"counts"_s] == u"501 posts"_s
                && first[u"id"_s] == u"501"_s && first[u"mark"_s] == QString();
        }),
                 program.state());
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
