// SPDX-License-Identifier: MIT
#include "ui/find/textpattern.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A text with one character for each line end, and where its characters come from.
struct Lines
{
    QString text;
    QList<qsizetype>
        removed; ///< places in text after which a character of the original is left out

    qsizetype original(qsizetype place) const
    {
        return place
            + (std::lower_bound(removed.cbegin(), removed.cend(), place) - removed.cbegin());
    }
};

Lines linesOf(const QString &text)
{
    Lines lines{text, {}};
    if (!text.contains(u'\r'))
        return lines;
    lines.text.clear();
    lines.text.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'\r') {
            lines.text += text.at(i);
            continue;
        }
        if (i + 1 < text.size() && text.at(i + 1) == u'\n') {
            lines.removed << lines.text.size();
            ++i;
        }
        lines.text += u'\n';
    }
    return lines;
}

/// How most lines of @p text end.
QString lineEndOf(const QString &text)
{
    const qsizetype both = text.count("\r\n"_L1);
    const qsizetype feeds = text.count(u'\n') - both;
    const qsizetype returns = text.count(u'\r') - both;
    if (both > feeds && both >= returns)
        return u"\r\n"_s;
    return returns > feeds ? u"\r"_s : u"\n"_s;
}

} // namespace

TextPattern::TextPattern(const QString &text, Options options)
    : m_text(text)
    , m_options(options)
{
    QRegularExpression::PatternOptions flags = QRegularExpression::MultilineOption;
    flags |= QRegularExpression::UseUnicodePropertiesOption;
    if (!options.matchesCase)
        flags |= QRegularExpression::CaseInsensitiveOption;
    m_expression
        = QRegularExpression(options.isRegex ? text : QRegularExpression::escape(text), flags);
}

QString TextPattern::problem() const
{
    if (m_expression.isValid())
        return {};
    //: About a regular expression: what is wrong with it, in the words of the library, and where
    return tr("This is no regular expression: %1, at character %2.")
        .arg(m_expression.errorString())
        .arg(m_expression.patternErrorOffset() + 1);
}

QList<TextPattern::Hit> TextPattern::find(const QString &text, const QString &replacement,
                                          qsizetype limit) const
{
    QList<Hit> hits;
    if (m_text.isEmpty() || !m_expression.isValid())
        return hits;
    const Lines lines = linesOf(text);
    QString lineEnd;
    auto matches = m_expression.globalMatch(lines.text);
    while (hits.size() < limit && matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString instead = m_options.isRegex ? expand(match, replacement) : replacement;
        if (instead.contains(u'\n')) {
            if (lineEnd.isEmpty())
                lineEnd = lineEndOf(text);
            if (lineEnd != "\n"_L1)
                instead.replace(u'\n', lineEnd);
        }
        const qsizetype start = lines.original(match.capturedStart());
        hits.append({start, lines.original(match.capturedEnd()) - start, instead});
    }
    return hits;
}

QString TextPattern::replaced(const QString &text, const QList<Hit> &hits)
{
    QString result;
    result.reserve(text.size());
    qsizetype done = 0;
    for (const Hit &hit : hits) {
        result += QStringView(text).sliced(done, hit.start - done);
        result += hit.replacement;
        done = hit.end();
    }
    return result += QStringView(text).sliced(done);
}

QString TextPattern::expand(const QRegularExpressionMatch &match, const QString &replacement) const
{
    static const QRegularExpression reference(
        uR"(\$\$|\\\\|\\n|\\t|\$&|[$\\](\d{1,2})|\$\{(\w+)\})"_s);
    QString result;
    qsizetype done = 0;
    auto references = reference.globalMatch(replacement);
    while (references.hasNext()) {
        const QRegularExpressionMatch found = references.next();
        result += QStringView(replacement).sliced(done, found.capturedStart() - done);
        done = found.capturedEnd();
        const QString name = found.captured(2);
        bool isNumber = false;
        if (found.hasCaptured(1)) {
            // "$12" is group 12 where there is one, else group 1 and a 2.
            const QString digits = found.captured(1);
            const int groups = m_expression.captureCount();
            if (digits.toInt() <= groups || digits.size() == 1)
                result += match.captured(digits.toInt());
            else
                result += match.captured(digits.left(1).toInt()) + digits.mid(1);
        } else if (!name.isEmpty()) {
            const int number = name.toInt(&isNumber);
            result += isNumber ? match.captured(number) : match.captured(name);
        } else if (found.captured() == "\\n"_L1) {
            result += u'\n';
        } else if (found.captured() == "\\t"_L1) {
            result += u'\t';
        } else if (found.captured() == "$&"_L1) {
            result += match.captured();
        } else {
            result += found.captured().at(0); // "$$" and "\\"
        }
    }
    return result += QStringView(replacement).sliced(done);
}

} // namespace ui
