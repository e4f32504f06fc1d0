// SPDX-License-Identifier: MIT
#pragma once

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

/// The built program in a process of its own, and the last thing that it said about its window
/// (--test-mode). It is killed when this dies.
class RunningProgram
{
public:
    /// @param program the file to run; its arguments get --test-mode besides
    RunningProgram(const QString &program, const QStringList &arguments);
    ~RunningProgram();
    Q_DISABLE_COPY_MOVE(RunningProgram)

    /// Reads on until @p isReached holds for what the window shows. @returns whether it did
    template<typename Condition>
    bool waitFor(Condition isReached)
    {
        const QDeadlineTimer deadline(std::chrono::seconds(60));
        while (!isReached(m_state)) {
            if (!readLine(deadline))
                return false;
        }
        return true;
    }
    /// waitFor() that the window shows @p text as @p name, e.g. "Saved" as "pending".
    bool waitFor(const QString &name, const QString &text);
    bool waitForEnd() { return m_process.waitForFinished(60'000); }
    int exitCode() const { return m_process.exitCode(); }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    /// Sends @p signal, such as SIGKILL; SIGKILL is waited for.
    void signal(int number);

    qint64 pid() const { return m_process.processId(); }
    QJsonObject state() const { return m_state; }
    QByteArray text() const { return QJsonDocument(m_state).toJson(); } ///< of state()

private:
    bool readLine(const QDeadlineTimer &deadline);

    QProcess m_process;
    QJsonObject m_state;
};
