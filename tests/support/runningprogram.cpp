// SPDX-License-Identifier: MIT
#include "tests/support/runningprogram.h"

#include <QCoreApplication>

#include <csignal>

RunningProgram::RunningProgram(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, QStringList{QStringLiteral("--test-mode")} + arguments);
}

RunningProgram::~RunningProgram()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool RunningProgram::waitFor(const QString &name, const QString &text)
{
    return waitFor([&](const QJsonObject &state) { return state[name] == text; });
}

void RunningProgram::signal(int number)
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
    if (number == SIGKILL)
        m_process.waitForFinished();
}

bool RunningProgram::readLine(const QDeadlineTimer &deadline)
{
    while (!m_process.canReadLine()) {
        if (m_process.state() == QProcess::NotRunning || deadline.hasExpired())
            return false;
        m_process.waitForReadyRead(200);
        QCoreApplication::processEvents(); // it may ask for our clipboard
    }
    while (m_process.canReadLine())
        m_state = QJsonDocument::fromJson(m_process.readLine()).object();
    return true;
}
