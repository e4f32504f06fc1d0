// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace app {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(app::CommandLine)
};

QString helpText(const QString &program)
{
    return Text::tr(
               "Usage: %1 [OPTION]... [DATABASE]\n"
               "Write and edit the posts of a SQL database.\n"
               "\n"
               "DATABASE is a file (blog.db) or a URL (sqlite:///blog.db); without it, the\n"
               "last one is opened again.\n"
               "\n"
               "  --read-only          look, but change nothing\n"
               "  --theme THEME        light, dark or system\n"
               "  --size WIDTHxHEIGHT  size of the window\n"
               "  --screenshot FILE    paint the window into FILE (.png) and end\n"
               "  --config-dir DIR     keep settings and data in DIR\n"
               "  --test-mode          say on standard output, as JSON, what the window shows\n"
               "  -h, --help           show this help\n"
               "  -v, --version        show the version\n")
        .arg(program);
}

CommandLine refused(const QString &program, const QString &reason)
{
    // As GNU programs say it.
    return {.outcome = CommandLine::Outcome::Refuse,
            .options = {},
            .text
            = Text::tr("%1: %2\nTry '%1 --help' for more information.\n").arg(program, reason)};
}

} // namespace

CommandLine CommandLine::parse(const QStringList &arguments)
{
    const QString program
        = arguments.isEmpty() ? u"postdesk"_s : QFileInfo(arguments.first()).fileName();

    const QCommandLineOption help(QStringList{u"h"_s, u"help"_s});
    const QCommandLineOption version(QStringList{u"v"_s, u"version"_s});
    const QCommandLineOption configDir(u"config-dir"_s, {}, u"DIR"_s);
    const QCommandLineOption readOnly(u"read-only"_s);
    const QCommandLineOption theme(u"theme"_s, {}, u"THEME"_s);
    const QCommandLineOption screenshot(u"screenshot"_s, {}, u"FILE"_s);
    const QCommandLineOption size(u"size"_s, {}, u"SIZE"_s);
    const QCommandLineOption testMode(u"test-mode"_s);

    QCommandLineParser parser;
    parser.addOptions({help, version, configDir, readOnly, theme, screenshot, size, testMode});
    if (!parser.parse(arguments)) {
        QString reason = parser.errorText();
        if (reason.endsWith(u'.'))
            reason.chop(1);
        return refused(program, reason);
    }
    if (parser.isSet(help))
        return {.outcome = Outcome::Print, .options = {}, .text = helpText(program)};
    if (parser.isSet(version))
        return {.outcome = Outcome::Print,
                .options = {},
                .text = u"Postdesk %1\n"_s.arg(QLatin1StringView(POSTDESK_VERSION))};

    Options options;
    options.configFolder = parser.value(configDir);
    if (parser.isSet(configDir) && options.configFolder.isEmpty())
        return refused(program, Text::tr("--config-dir needs a folder"));
    if (parser.isSet(readOnly))
        options.access = Options::Access::ReadOnly;
    if (parser.isSet(theme)) {
        options.theme = ui::themeChoice(parser.value(theme));
        if (!options.theme)
            return refused(program,
                           Text::tr("no theme is called '%1'; there are light, dark and system")
                               .arg(parser.value(theme)));
    }
    options.screenshotFile = parser.value(screenshot);
    if (parser.isSet(screenshot) && options.screenshotFile.isEmpty())
        return refused(program, Text::tr("--screenshot needs a file"));
    if (parser.isSet(size)) {
        static const QRegularExpression pattern(u"^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$"_s);
        const QRegularExpressionMatch match = pattern.match(parser.value(size));
        if (!match.hasMatch())
            return refused(program,
                           Text::tr("'%1' is no size such as 1280x800").arg(parser.value(size)));
        options.windowSize = QSize(match.capturedView(1).toInt(), match.capturedView(2).toInt());
    }
    options.isTestMode = parser.isSet(testMode);
    const QStringList databases = parser.positionalArguments();
    if (databases.size() > 1)
        return refused(
            program,
            Text::tr("only one database can be opened, not also '%1'").arg(databases.at(1)));
    options.database = databases.value(0);
    if (databases.size() == 1 && options.database.isEmpty())
        return refused(program, Text::tr("the name of the database is empty"));
    return {.outcome = Outcome::Run, .options = options, .text = {}};
}

} // namespace app
