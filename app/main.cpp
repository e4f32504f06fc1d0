// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/commandline.h"

#include <QApplication>

#include <cstdio>
#include <cstdlib>

namespace {

void print(std::FILE *stream, const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
    std::fflush(stream);
}

[[noreturn]] void endWithoutDisplay()
{
    print(stderr,
          QCoreApplication::translate(
              "app::Main",
              "postdesk: there is no display to show a window on. To see the window without one, "
              "use 'postdesk --screenshot FILE.png'.\n"));
    std::_Exit(1);
}

QStringList held; ///< what Qt says while it looks for a display

/// Qt ends with an abort where it finds no display, after a few lines about plugins.
void holdBack(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtFatalMsg)
        endWithoutDisplay();
    held << message;
}

/// A picture is painted by a platform that talks of what it can't do, which is no news.
void leaveOutThePlatform(QtMsgType, const QMessageLogContext &, const QString &message)
{
    if (!message.startsWith(QLatin1String("This plugin does not support")))
        print(stderr, message + QLatin1Char('\n'));
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qgetenv("DISPLAY").isEmpty()
        || !qgetenv("WAYLAND_DISPLAY").isEmpty();
#else
    return true;
#endif
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const app::CommandLine commandLine = app::CommandLine::parse(arguments);
    switch (commandLine.outcome) {
    case app::CommandLine::Outcome::Print:
        print(stdout, commandLine.text);
        return EXIT_SUCCESS;
    case app::CommandLine::Outcome::Refuse:
        print(stderr, commandLine.text);
        return 2;
    case app::CommandLine::Outcome::Run:
        break;
    }

    const bool isPicture = !commandLine.options.screenshotFile.isEmpty();
    if (isPicture)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    else if (!hasDisplay())
        endWithoutDisplay();

    int argumentCount = 1; // the options are ours, none is Qt's
    qInstallMessageHandler(holdBack);
    const QApplication qtApplication(argumentCount, argv);
    qInstallMessageHandler(isPicture ? leaveOutThePlatform : nullptr);
    for (const QString &message : std::as_const(held))
        qWarning("%s", qUtf8Printable(message));

    app::Application application(commandLine.options);
    application.start();
    return QApplication::exec();
}
