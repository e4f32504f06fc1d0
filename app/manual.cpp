// SPDX-License-Identifier: MIT
#include "app/manual.h"

#include "app/optiontable.h"
#include "app/post.h"
#include "app/translatedtable.h"
#include "ui/mainwindow/actions.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

/// @p text so that roff prints it as it is: its own signs escaped, a minus for each hyphen (which can be
/// copied to a shell), and nothing but ASCII.
QString roff(QStringView text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == u'\\')
            escaped += u"\\e";
        else if (c == u'-')
            escaped += u"\\-";
        else if (c == u'\'')
            escaped += u"\\(aq";
        else if (c == u'"')
            escaped += u"\\(dq";
        else if (c.unicode() > 126)
            escaped += u"\\[u%1]"_s.arg(
                QString::number(c.unicode(), 16).rightJustified(4, u'0').toUpper());
        else
            escaped += c;
    }
    return escaped.startsWith(u'.') ? u"\\&"_s + escaped : escaped;
}

QString bold(const QString &text)
{
    return u"\\fB"_s + roff(text) + u"\\fR"_s;
}

QString italic(const QString &text)
{
    return u"\\fI"_s + roff(text) + u"\\fR"_s;
}

QString section(const QString &title)
{
    return u".SH %1\n"_s.arg(title);
}

/// A term, and below it the text, both in roff.
QString item(const QString &term, const QString &text)
{
    return u".TP 24\n"_s + term + u'\n' + text + u'\n';
}

QString optionTerm(const OptionSpec &option)
{
    QString term;
    if (option.letter)
        term = bold(u'-' + QLatin1StringView(option.letter)) + u", "_s;
    term += bold(u"--"_s + QLatin1StringView(option.name));
    if (option.valueName)
        term += u' ' + italic(QString::fromLatin1(option.valueName));
    return term;
}

QString options()
{
    QString text = section(u"OPTIONS"_s);
    for (const OptionSpec &option : optionSpecs()) {
        QString summary = translatedOption(option.summary);
        summary = summary.at(0).toUpper() + summary.mid(1) + u'.';
        if (option.details)
            summary += u'\n' + translatedOption(option.details);
        QStringList lines;
        for (const QString &line : summary.split(u'\n'))
            lines << roff(line);
        text += item(optionTerm(option), lines.join(u'\n'));
    }
    return text;
}

/// What @p text says of posts, without its mnemonic.
QString plain(const char *text)
{
    const orm::Table table = translated(orm::Mapper::of<Post>().table());
    return QString::fromUtf8(text)
        .remove(u'&')
        .replace(u"%1"_s, table.singular)
        .replace(u"%2"_s, table.plural)
        .replace(u'…', u"..."_s);
}

QString keysOf(const ui::ActionSpec &spec)
{
    // The keys that are the same everywhere; a desktop may add some of its own.
    const auto none = [](QKeySequence::StandardKey) { return QList<QKeySequence>(); };
    QStringList keys;
    for (const QKeySequence &key : ui::Actions::keys(spec, none))
        keys << bold(key.toString(QKeySequence::PortableText));
    return keys.join(u", "_s);
}

QString placeOf(ui::ActionContext context)
{
    switch (context) {
    case ui::ActionContext::List:
        return u" (in the list)"_s;
    case ui::ActionContext::Editor:
        return u" (in the editor)"_s;
    case ui::ActionContext::Body:
        return u" (in the body)"_s;
    case ui::ActionContext::Window:
    case ui::ActionContext::WindowByFocus:
        break;
    }
    return {};
}

QString keys()
{
    using Menu = ui::ActionMenu;
    // Record's title is the table's noun; what is in no menu comes with what is in all places.
    const std::pair<Menu, QString> menus[] = {
        {Menu::File, u"File"_s},   {Menu::Edit, u"Edit"_s}, {Menu::View, u"View"_s},
        {Menu::Record, u"Post"_s}, {Menu::Text, u"Text"_s}, {Menu::Filter, u"Filter"_s},
        {Menu::Tools, u"Tools"_s}, {Menu::Help, u"Help"_s}, {Menu::None, u"Anywhere"_s},
    };
    QString text = section(u"KEYS"_s) + u"By the menu that has them.\n"_s;
    for (const auto &[menu, title] : menus) {
        QString items;
        for (const ui::ActionSpec &spec : ui::Actions::specs()) {
            const QString pressed = keysOf(spec);
            if (spec.menu != menu || pressed.isEmpty())
                continue;
            QString what = plain(spec.text) + placeOf(spec.context) + u'.';
            what.replace(u"...."_s, u"..."_s);
            if (spec.note)
                what += u'\n' + plain(spec.note) + u'.';
            QStringList lines;
            for (const QString &line : what.split(u'\n'))
                lines << roff(line);
            items += item(pressed, lines.join(u'\n'));
        }
        if (!items.isEmpty())
            text += u".SS %1\n"_s.arg(title) + items;
    }
    return text;
}

/// @p page with its lines of text broken at blanks, as checkers of manual pages want it.
QString folded(const QString &page)
{
    constexpr int width = 78;
    QString text;
    for (const QString &line : page.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u'.') || line.size() <= width) {
            text += line + u'\n';
            continue;
        }
        qsizetype used = 0;
        for (const QString &word : line.split(u' ')) {
            if (used > 0)
                text += used + 1 + word.size() > width ? u'\n' : u' ';
            used = used + 1 + word.size() > width ? word.size() : used + 1 + word.size();
            text += word;
        }
        text += u'\n';
    }
    return text;
}

} // namespace

QString manualPage()
{
    const QString page
        = u".\\\" Made from the program's own tables of options and actions: do not edit.\n"
          ".TH POSTDESK 1 %1 \"Postdesk %2\" \"User Commands\"\n"_s.arg(
              QLatin1StringView(POSTDESK_RELEASE_DATE), QLatin1StringView(POSTDESK_VERSION))
        + section(u"NAME"_s) + u"postdesk \\- write and edit the posts of a SQL database\n"_s
        + section(u"SYNOPSIS"_s) + u".B postdesk\n[\\fIOPTION\\fR]... [\\fIDATABASE\\fR]\n"_s
        + section(u"DESCRIPTION"_s)
        + u"Postdesk shows the posts in a database that a web application keeps, for example one "
          "made\n"
          "with Flask\\-SQLAlchemy, and edits them from the keyboard, while the web application "
          "goes on\n"
          "using the same database.\n"
          "What is typed is pending until it is saved with Ctrl+S; a save checks that nobody else "
          "has\n"
          "changed the same, and writes it in one short transaction.\n"
          ".PP\n"
          "\\fIDATABASE\\fR is a file (blog.db) or a URL (sqlite:///blog.db).\n"
          "Without it, the last one is opened again.\n"_s
        + options() + keys() + section(u"EXIT STATUS"_s) + item(u"0"_s, u"All went well."_s)
        + item(u"1"_s,
               u"What was asked could not be done; a sentence on standard error says why."_s)
        + item(u"2"_s, u"The command line was not understood; nothing was done."_s)
        + section(u"ENVIRONMENT"_s)
        + item(u"\\fBDISPLAY\\fR, \\fBWAYLAND_DISPLAY\\fR"_s,
               u"Where the window is shown; without either only \\fB\\-\\-screenshot\\fR, "
               "\\fB\\-\\-help\\fR\nand \\fB\\-\\-version\\fR work."_s)
        + item(u"\\fBXDG_CONFIG_HOME\\fR, \\fBXDG_DATA_HOME\\fR"_s,
               u"Where the folders below are, if not in ~/.config and ~/.local/share."_s)
        + section(u"FILES"_s)
        + item(u"\\fI~/.config/postdesk/postdesk.ini\\fR"_s,
               u"What the program remembers between two runs."_s)
        + item(u"\\fI~/.local/share/postdesk/\\fR"_s,
               u"What is pending in each database, so that a crash loses no word, and the sample "
               "blog."_s)
        + section(u"EXAMPLES"_s)
        + item(u"\\fBpostdesk instance/blog.db\\fR"_s,
               u"Open the database of a Flask application."_s)
        + item(u"\\fBpostdesk \\-\\-new\\-post\\fR"_s,
               u"Begin a new post in the database that was open last."_s)
        + item(u"\\fBpostdesk \\-\\-screenshot window.png blog.db\\fR"_s,
               u"Paint the window into a file, on a machine without a display."_s)
        + section(u"SEE ALSO"_s) + u".BR sqlite3 (1)\n"_s;
    return folded(page);
}

} // namespace app
