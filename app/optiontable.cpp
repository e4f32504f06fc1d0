// SPDX-License-Identifier: MIT
#include "app/optiontable.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

using Value = OptionSpec::Value;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(app::CommandLine)
};

constexpr OptionSpec allOptions[] = {
    {OptionId::ReadOnly, nullptr, "read-only", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "look, but change nothing"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "The database is opened so that it cannot be written at all.")},
    {OptionId::NewPost, nullptr, "new-post", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "begin a new post at once"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "It is a pending change like any other: nothing is written before it is "
                       "saved.")},
    {OptionId::NewWindow, nullptr, "new-window", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "don't open the last database again"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "The window begins with the choice between a sample, a database that is "
                       "there and a new one.")},
    {OptionId::Table, nullptr, "table", Value::Name, "NAME", nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "show and edit the table NAME instead of the posts"),
     QT_TRANSLATE_NOOP(
         "app::CommandLine",
         "It can be any table of DATABASE. A view, and a table without a key, can only "
         "be read. What is remembered is remembered of this table; without the option "
         "the posts are shown again.")},
    {OptionId::Theme, nullptr, "theme", Value::Choice, "THEME", "light dark high-contrast system",
     QT_TRANSLATE_NOOP("app::CommandLine", "light, dark, high-contrast or system"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "This is for one run; \"system\" follows what the desktop prefers.")},
    {OptionId::Size, nullptr, "size", Value::Size, "WIDTHxHEIGHT", nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "size of the window"),
     QT_TRANSLATE_NOOP("app::CommandLine", "In pixels, for example 1280x800.")},
    {OptionId::Screenshot, nullptr, "screenshot", Value::PictureFile, "FILE", nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "paint the window into FILE (.png) and end"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "This needs no display, and remembers nothing for the next start.")},
    {OptionId::ConfigFolder, nullptr, "config-dir", Value::Folder, "DIR", nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "keep settings and data in DIR"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "Without it they are in the folders named under FILES.")},
    {OptionId::TestMode, nullptr, "test-mode", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "say on standard output what the window shows"),
     QT_TRANSLATE_NOOP("app::CommandLine",
                       "After each change that has settled, one line of JSON, for programs that "
                       "drive this one.")},
    {OptionId::Help, "h", "help", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "show this help and end"), nullptr},
    {OptionId::Version, "v", "version", Value::None, nullptr, nullptr,
     QT_TRANSLATE_NOOP("app::CommandLine", "show the version and end"), nullptr},
};

/// What bash does for the value of @p option, as a line of its script.
QString completionOf(const OptionSpec &option)
{
    switch (option.value) {
    case Value::Choice:
        return u"COMPREPLY=($(compgen -W '%1' -- \"$current\"))"_s.arg(
            QString::fromLatin1(option.choices));
    case Value::PictureFile:
        return u"_postdesk_files png"_s;
    case Value::Folder:
        return u"_postdesk_files"_s;
    case Value::Name:
    case Value::Size:
    case Value::None:
        break;
    }
    return u":"_s; // nothing to offer
}

} // namespace

std::span<const OptionSpec> optionSpecs()
{
    return allOptions;
}

const OptionSpec &optionSpec(OptionId id)
{
    return *std::ranges::find(allOptions, id, &OptionSpec::id);
}

QString optionUsage(const OptionSpec &option)
{
    QString usage = u"--"_s + QLatin1StringView(option.name);
    if (option.letter)
        usage.prepend(u"-%1, "_s.arg(QLatin1StringView(option.letter)));
    if (option.valueName)
        usage += u' ' + QLatin1StringView(option.valueName);
    return usage;
}

QString translatedOption(const char *text)
{
    return Text::tr(text);
}

QStringList databaseSuffixes()
{
    return {u"db"_s, u"sqlite"_s, u"sqlite3"_s};
}

QString helpText(const QString &program)
{
    QString text = Text::tr("Usage: %1 [OPTION]... [DATABASE]\n"
                            "Write and edit the posts of a SQL database.\n"
                            "\n"
                            "DATABASE is a file (blog.db) or a URL (sqlite:///blog.db); without "
                            "it, the\n"
                            "last one is opened again.\n"
                            "\n")
                       .arg(program);
    constexpr int usageWidth = 21; // of "--size WIDTHxHEIGHT", and two blanks
    for (const OptionSpec &option : allOptions)
        text += u"  %1%2\n"_s.arg(optionUsage(option), -usageWidth)
                    .arg(translatedOption(option.summary));
    return text
        + Text::tr("\n"
                   "It ends with 0 if all went well, with 1 if it could not do what was asked, "
                   "and\n"
                   "with 2 if it was asked in a wrong way. 'man %1' has the keys.\n")
              .arg(program);
}

QString versionText()
{
    return u"Postdesk %1\n"_s.arg(QLatin1StringView(POSTDESK_VERSION))
        + Text::tr("Copyright (C) 2026 The Postdesk authors\n"
                   "License: MIT. This is free software: you are free to change and redistribute "
                   "it.\n"
                   "There is no warranty, to the extent permitted by law.\n");
}

QString completionScript()
{
    QStringList words;
    QString cases;
    for (const OptionSpec &option : allOptions) {
        const QString name = u"--"_s + QLatin1StringView(option.name);
        // A value can be given as --theme=dark, too; what is offered is the shorter way.
        words << name;
        if (option.letter)
            words << u'-' + QLatin1StringView(option.letter);
        if (option.value != Value::None)
            cases += u"    %1)\n        %2\n        return\n        ;;\n"_s.arg(
                name, completionOf(option));
    }
    // The parts of --theme=dark are words of their own for bash: "--theme", "=", "dark".
    return u"# Completion of postdesk for bash; made from the program's own table of options.\n"
           "\n"
           "# Folders, and files that end in one of \"$@\".\n"
           "_postdesk_files()\n"
           "{\n"
           "    local suffix found=\n"
           "    compopt -o filenames 2>/dev/null\n"
           "    found=$(compgen -d -- \"$current\")\n"
           "    for suffix in \"$@\"; do\n"
           "        found+=$'\\n'$(compgen -f -X \"!*.$suffix\" -- \"$current\")\n"
           "    done\n"
           "    mapfile -t COMPREPLY < <(sed '/^$/d' <<<\"$found\" | sort -u)\n"
           "}\n"
           "\n"
           "_postdesk()\n"
           "{\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
           "    COMPREPLY=()\n"
           "    if [[ $current == '=' ]]; then\n"
           "        current=\n"
           "    elif [[ $previous == '=' && COMP_CWORD -ge 2 ]]; then\n"
           "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
           "    fi\n"
           "    case $previous in\n"_s
        + cases
        + u"    esac\n"
          "    if [[ $current == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W '%1' -- \"$current\"))\n"
          "    else\n"
          "        _postdesk_files %2\n"
          "    fi\n"
          "}\n"
          "\n"
          "complete -F _postdesk postdesk\n"_s.arg(words.join(u' '), databaseSuffixes().join(u' '));
}

} // namespace app
