// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/optiontable.h"

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

CommandLine refused(const QString &program, const QString &reason)
{
    // As GNU programs say it.
    return {.outcome = CommandLine::Outcome::Refuse,
            .options = {},
            .text
            = Text::tr("%1: %2\nTry '%1 --help' for more information.\n").arg(program, reason)};
}

CommandLine printed(const QString &text)
{
    return {.outcome = CommandLine::Outcome::Print, .options = {}, .text = text};
}

QString nameOf(OptionId id)
{
    return QString::fromLatin1(optionSpec(id).name);
}

/// What Qt found wrong, in a sentence's part.
QString mistake(const QCommandLineParser &parser)
{
    if (const QStringList unknown = parser.unknownOptionNames(); !unknown.isEmpty()) {
        const QString dashes = unknown.first().size() == 1 ? u"-"_s : u"--"_s;
        return Text::tr("there is no option '%1'").arg(dashes + unknown.first());
    }
    QString reason = parser.errorText();
    if (reason.endsWith(u'.'))
        reason.chop(1);
    return reason.left(1).toLower() + reason.mid(1);
}

} // namespace

CommandLine CommandLine::parse(const QStringList &arguments)
{
    const QString program
        = arguments.isEmpty() ? u"postdesk"_s : QFileInfo(arguments.first()).fileName();

    QCommandLineParser parser;
    for (const OptionSpec &option : optionSpecs()) {
        QStringList names{QString::fromLatin1(option.name)};
        if (option.letter)
            names.prepend(QString::fromLatin1(option.letter));
        parser.addOption({names, {}, QString::fromLatin1(option.valueName)});
    }
    if (!parser.parse(arguments))
        return refused(program, mistake(parser));
    const auto isSet = [&](OptionId id) { return parser.isSet(nameOf(id)); };
    const auto value = [&](OptionId id) { return parser.value(nameOf(id)); };
    if (isSet(OptionId::Help))
        return printed(helpText(program));
    if (isSet(OptionId::Version))
        return printed(versionText());

    Options options;
    options.configFolder = value(OptionId::ConfigFolder);
    if (isSet(OptionId::ConfigFolder) && options.configFolder.isEmpty())
        return refused(program, Text::tr("--config-dir needs a folder"));
    if (isSet(OptionId::ReadOnly))
        options.access = Options::Access::ReadOnly;
    if (isSet(OptionId::NewPost)) {
        if (options.access == Options::Access::ReadOnly)
            return refused(program,
                           Text::tr("--new-post needs a database that can be changed, not one "
                                    "that is --read-only"));
        options.beginning = Options::Beginning::NewPost;
    }
    if (isSet(OptionId::Theme)) {
        options.theme = ui::themeChoice(value(OptionId::Theme));
        if (!options.theme)
            return refused(program,
                           Text::tr("no theme is called '%1'; there are light, dark, "
                                    "high-contrast and system")
                               .arg(value(OptionId::Theme)));
    }
    options.screenshotFile = value(OptionId::Screenshot);
    if (isSet(OptionId::Screenshot) && options.screenshotFile.isEmpty())
        return refused(program, Text::tr("--screenshot needs a file"));
    if (isSet(OptionId::Size)) {
        static const QRegularExpression pattern(u"^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$"_s);
        const QRegularExpressionMatch match = pattern.match(value(OptionId::Size));
        if (!match.hasMatch())
            return refused(program,
                           Text::tr("'%1' is no size such as 1280x800").arg(value(OptionId::Size)));
        options.windowSize = QSize(match.capturedView(1).toInt(), match.capturedView(2).toInt());
    }
    options.isTestMode = isSet(OptionId::TestMode);
    const QStringList databases = parser.positionalArguments();
    if (databases.size() > 1)
        return refused(
            program,
            Text::tr("only one database can be opened, not also '%1'").arg(databases.at(1)));
    options.database = databases.value(0);
    if (databases.size() == 1 && options.database.isEmpty())
        return refused(program, Text::tr("the name of the database is empty"));
    options.table = value(OptionId::Table);
    if (isSet(OptionId::Table) && options.table.isEmpty())
        return refused(program, Text::tr("--table needs the name of a table"));
    if (isSet(OptionId::Table) && options.database.isEmpty())
        return refused(program, Text::tr("--table needs a database that has the table"));
    if (isSet(OptionId::NewWindow)) {
        if (!options.database.isEmpty() || options.beginning == Options::Beginning::NewPost)
            return refused(program,
                           Text::tr("--new-window opens nothing, so it goes with neither a "
                                    "database nor --new-post"));
        options.beginning = Options::Beginning::WelcomePage;
    }
    return {.outcome = Outcome::Run, .options = options, .text = {}};
}

} // namespace app
