// SPDX-License-Identifier: MIT
#include "app/readmemanual.h"

#include "app/post.h"
#include "app/translatedtable.h"
#include "ui/mainwindow/actionfacts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace app {

namespace {

const auto beginning = u"<!-- The manual: made by resources/manual/readme, do not edit. -->\n"_s;
const auto end = u"<!-- The end of the manual. -->\n"_s;

/// The anchor that a heading gets where READMEs are shown.
QString anchor(const QString &heading)
{
    static const QRegularExpression others(u"[^\\p{L}\\p{N} -]"_s);
    return heading.toLower().remove(others).replace(u' ', u'-');
}

} // namespace

QString withManual(const QString &readme)
{
    const ui::ActionFacts facts(translated(orm::Mapper::of<Post>().table()),
                                &ui::ActionFacts::defaultKeys, QKeySequence::PortableText);
    const ui::Manual manual(u"en"_s, facts);
    QString text;
    for (const ui::ManualChapter &chapter : manual.chapters()) {
        // Below the README's own headings, and with paths as they are seen from it.
        static const QRegularExpression heading(u"^(#+ )"_s, QRegularExpression::MultilineOption);
        static const QRegularExpression picture(u"\\]\\(([a-z-]+\\.png)\\)"_s);
        static const QRegularExpression link(u"\\]\\(([a-z]+)\\.md\\)"_s);
        QString part = chapter.markdown.trimmed();
        part.replace(heading, u"##\\1"_s).replace(picture, u"](resources/manual/en/\\1)"_s);
        for (auto match = link.match(part); match.hasMatch(); match = link.match(part)) {
            const ui::ManualChapter *other = manual.chapter(match.captured(1));
            part.replace(match.captured(),
                         u"](#%1)"_s.arg(other ? anchor(other->title) : match.captured(1)));
        }
        text += part + u"\n\n"_s;
    }
    static const QRegularExpression blanks(u"\\n{3,}"_s);
    text.replace(blanks, u"\n\n"_s);
    const qsizetype from = readme.indexOf(beginning);
    const qsizetype to = readme.indexOf(end);
    if (from < 0 || to < from)
        return readme;
    return readme.first(from) + beginning + u'\n' + text + readme.sliced(to);
}

} // namespace app
