// SPDX-License-Identifier: MIT
#include "app/anytable.h"
#include "app/application.h"
#include "app/commandline.h"
#include "app/post.h"
#include "app/translatedtable.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetrics>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace {

/// @returns whether all of it was written
bool print(std::FILE *stream, const QString &text)
{
    return std::fputs(text.toLocal8Bit().constData(), stream) >= 0 && std::fflush(stream) == 0;
}

/// What was asked for is the text, so a full disk behind "postdesk --help >file" is a failure.
int printed(const QString &text)
{
    if (print(stdout, text))
        return EXIT_SUCCESS;
    const QString reason = qt_error_string(errno);
    print(
        stderr,
        QCoreApplication::translate("app::Main", "postdesk: standard output can't be written: %1\n")
            .arg(reason));
    return EXIT_FAILURE;
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

/// With an application object of its own, as there are no translations without one, and the options say
/// which kind the program needs.
app::CommandLine commandLineOf(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    int count = 1; // the options are ours, none is Qt's
    const QCoreApplication application(count, argv);
    return app::CommandLine::parse(arguments);
}

} // namespace

int main(int argc, char *argv[])
{
    const app::CommandLine commandLine = commandLineOf(argc, argv);
    switch (commandLine.outcome) {
    case app::CommandLine::Outcome::Print:
        return printed(commandLine.text);
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

    // Every letter would be a box. Qt's list of families is no measure: it has names for fonts that
    // aren't there, such as "Sans Serif".
    if (QFontInfo(QApplication::font()).family().isEmpty()
        || !QFontMetrics(QApplication::font()).inFont(QLatin1Char('a'))) {
        print(stderr,
              QCoreApplication::translate(
                  "app::Main",
                  "postdesk: no font with Latin letters is installed, so no text could be shown. "
                  "Install one, for example DejaVu Sans (fonts-dejavu-core or "
                  "dejavu-sans-fonts).\n"));
        return EXIT_FAILURE;
    }

    const app::Options &options = commandLine.options;
    app::AnyTable shown{app::translated(orm::Mapper::of<app::Post>().table()), {}};
    if (!options.table.isEmpty())
        shown = app::AnyTable::find(options.database, options.table);
    if (!shown.table) {
        print(stderr, QStringLiteral("postdesk: %1\n").arg(shown.refusal));
        return EXIT_FAILURE;
    }
    app::Application application(options, *shown.table);
    application.start();
    return QApplication::exec();
}
