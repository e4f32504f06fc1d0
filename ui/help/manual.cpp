// SPDX-License-Identifier: MIT
#include "ui/help/manual.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr const char *ids[] = {"open", "find",   "write",      "list",     "many", "save",
                               "safe", "tables", "neighbours", "settings", "keys"};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::Manual)
};

QString fileOf(const QString &language, const QString &id)
{
    return u":/manual/%1/%2.md"_s.arg(language, id);
}

/// @p text as it stands, where Markdown would take some of it for its own signs.
QString escaped(QString text)
{
    static const QRegularExpression signs(u"([\\\\`*_\\[\\]<>|#])"_s);
    return text.replace(signs, u"\\\\1"_s);
}

QString strong(const QString &text)
{
    return u"**"_s + escaped(text) + u"**"_s;
}

} // namespace

QStringList Manual::chapterIds()
{
    QStringList all;
    for (const char *id : ids)
        all << QString::fromLatin1(id);
    return all;
}

QString Manual::language()
{
    //: The folder of resources/manual that has the manual in this language
    const QString wanted = Text::tr("en");
    return QFile::exists(fileOf(wanted, chapterIds().constFirst())) ? wanted : u"en"_s;
}

Manual::Manual(const QString &language, const ManualFacts &facts)
{
    for (const QString &id : chapterIds()) {
        QFile file(fileOf(language, id));
        if (!file.open(QIODevice::ReadOnly)) {
            m_problems << u"%1/%2.md is missing"_s.arg(language, id);
            continue;
        }
        ManualChapter chapter{.id = id, .title = {}, .sections = {}, .markdown = {}};
        chapter.markdown
            = expanded(u"%1/%2.md"_s.arg(language, id), QString::fromUtf8(file.readAll()), facts);
        for (const QString &line : chapter.markdown.split(u'\n')) {
            if (line.startsWith("# "_L1))
                chapter.title = line.sliced(2);
            else if (line.startsWith("## "_L1))
                chapter.sections << line.sliced(3);
        }
        m_chapters << chapter;
    }
}

const ManualChapter *Manual::chapter(const QString &id) const
{
    const auto found = std::ranges::find(m_chapters, id, &ManualChapter::id);
    return found == m_chapters.end() ? nullptr : &*found;
}

QString Manual::keyTable(const ManualFacts::Keys &keys)
{
    QString table
        = u"| %1 | %2 |\n| --- | --- |\n"_s.arg(Text::tr("Key"), Text::tr("What it does"));
    for (const auto &[pressed, what] : keys)
        table
            += u"| %1 | %2 |\n"_s.arg(pressed.isEmpty() ? u"–"_s : strong(pressed), escaped(what));
    return table;
}

QString Manual::picture(const QString &name, const QString &language, bool isDark)
{
    // A name and nothing else: no way leads out of the resources.
    static const QRegularExpression plain(u"^([a-z-]+)\\.png$"_s);
    const auto match = plain.match(name);
    if (!match.hasMatch())
        return {};
    const QString base = u":/manual/%1/"_s.arg(language) + match.captured(1);
    for (const QString &path : {base + (isDark ? u"-night.png"_s : u".png"_s), base + u".png"_s}) {
        if (QFile::exists(path))
            return path;
    }
    return language == "en"_L1 ? QString() : picture(name, u"en"_s, isDark);
}

QString Manual::expanded(const QString &file, const QString &text, const ManualFacts &facts)
{
    static const QRegularExpression whole(u"^\\{(keys|menu|place) ([^}]+)\\}$"_s);
    static const QRegularExpression inside(u"\\{(key|name):([^}]+)\\}"_s);
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (const auto match = whole.match(line); match.hasMatch()) {
            const QStringList names = match.captured(2).split(u' ', Qt::SkipEmptyParts);
            if (match.captured(1) == "keys"_L1) {
                lines << tableOf(file, names, facts);
                m_mentioned << names;
                continue;
            }
            const QString table = match.captured(1) == "menu"_L1
                ? tableOf(file, facts.actionsOf(names.constFirst()), facts)
                : keyTable(facts.keysIn(names.constFirst()));
            if (table.count(u'\n') <= 2)
                m_problems << file + u": "_s + line;
            lines << table;
            continue;
        }
        QString filled;
        qsizetype from = 0;
        for (auto match = inside.globalMatch(line); match.hasNext();) {
            const auto found = match.next();
            filled += QStringView(line).sliced(from, found.capturedStart() - from);
            from = found.capturedEnd();
            const auto action = facts.action(found.captured(2));
            if (!action) {
                m_problems << file + u": "_s + found.captured();
                continue;
            }
            m_mentioned << found.captured(2);
            if (found.captured(1) == "name"_L1)
                filled += escaped(action->name);
            else if (action->keys.isEmpty()) // it is found by its name then
                filled += u"“%1”"_s.arg(escaped(action->name));
            else
                filled += strong(action->keys.section(u", "_s, 0, 0));
        }
        lines << filled.append(QStringView(line).sliced(from));
    }
    return lines.join(u'\n');
}

QString Manual::tableOf(const QString &file, const QStringList &ids, const ManualFacts &facts)
{
    ManualFacts::Keys rows;
    for (const QString &id : ids) {
        const auto action = facts.action(id);
        if (!action) {
            m_problems << file + u": "_s + id;
            continue;
        }
        const QString note = action->note.isEmpty() ? QString() : u": "_s + action->note;
        rows.append({action->keys, action->name + note});
    }
    return keyTable(rows);
}

} // namespace ui
