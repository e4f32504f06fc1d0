// SPDX-License-Identifier: MIT
#include "ui/search/quotedtext.h"

#include <algorithm>

namespace ui {

namespace {

/// How many backslashes there are at @p at, one after the other.
qsizetype backslashes(QStringView text, qsizetype at)
{
    qsizetype count = 0;
    while (at + count < text.size() && text.at(at + count) == u'\\')
        ++count;
    return count;
}

} // namespace

QuotedText readQuoted(QStringView text, qsizetype at)
{
    const QChar quote = text.at(at);
    QString inside;
    for (++at; at < text.size() && text.at(at) != quote;) {
        const qsizetype count = backslashes(text, at);
        at += count;
        const bool isBeforeQuote = at < text.size() && text.at(at) == quote;
        const qsizetype kept = !isBeforeQuote ? count : quote == u'/' ? count / 2 * 2 : count / 2;
        inside += QString(kept, u'\\');
        const bool isInside = at < text.size() && (!isBeforeQuote || count % 2 == 1);
        if (isInside)
            inside += text.at(at++);
    }
    return {inside, std::min(at + 1, text.size())};
}

QString quoted(QStringView text)
{
    QString all(1, u'"');
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype count = backslashes(text, at);
        at += count;
        const bool isBeforeQuote = at == text.size() || text.at(at) == u'"';
        all += QString(isBeforeQuote ? 2 * count : count, u'\\');
        if (at == text.size())
            break;
        if (text.at(at) == u'"')
            all += u'\\';
        all += text.at(at++);
    }
    return all + u'"';
}

} // namespace ui
