// SPDX-License-Identifier: MIT
#include "ui/common/worddiff.h"

#include "ui/common/sequencediff.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace ui {

namespace {

/// What a character does at the edge of a word.
enum class Class { Word, Blank, LineEnd, Ideograph, Mark, Other };

Class classOf(char32_t character)
{
    if (character == U'\n' || character == U'\r')
        return Class::LineEnd;
    if (QChar::isSpace(character))
        return Class::Blank;
    if (QChar::isMark(character) || character == U'\u200D')
        return Class::Mark;
    if (character == U'\'' || character == U'\u2019' || character == U'_')
        return Class::Word; // as in "don't"
    if (!QChar::isLetterOrNumber(character))
        return Class::Other;
    // Scripts that are written without blanks: each character is a word.
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return Class::Ideograph;
    default:
        return Class::Word;
    }
}

std::vector<QStringView> wordsOf(QStringView text)
{
    std::vector<QStringView> words;
    qsizetype begin = 0;
    Class last = Class::Other;
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text.at(i).isHighSurrogate() && i + 1 < text.size()
            && text.at(i + 1).isLowSurrogate();
        const char32_t character = isPair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1))
                                          : char32_t(text.at(i).unicode());
        Class now = classOf(character);
        const bool isCrLf
            = now == Class::LineEnd && i > begin && text.at(i) == u'\n' && text.at(i - 1) == u'\r';
        const bool joins = (now == Class::Mark && i > 0 && last != Class::LineEnd) || isCrLf
            || (now == last && (now == Class::Word || now == Class::Blank));
        if (!joins && i > begin) {
            words.push_back(text.sliced(begin, i - begin));
            begin = i;
        }
        if (now != Class::Mark)
            last = now;
        i += isPair ? 2 : 1;
    }
    if (begin < text.size())
        words.push_back(text.sliced(begin));
    return words;
}

/// Lines with their ends, for what is too large for words.
std::vector<QStringView> linesOf(QStringView text)
{
    std::vector<QStringView> lines;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        const qsizetype length = end < 0 ? text.size() : end + 1;
        lines.push_back(text.first(length));
        text = text.sliced(length);
    }
    return lines;
}

/// Collects spans, joins those of one kind and puts Removed before Added.
class Spans
{
public:
    void same(QStringView text)
    {
        if (text.isEmpty())
            return;
        flush();
        append(DiffSpan::Kind::Same, text.toString());
    }
    void removed(QStringView text) { m_removed += text; }
    void added(QStringView text) { m_added += text; }

    QList<DiffSpan> take()
    {
        flush();
        return std::move(m_spans);
    }

private:
    void flush()
    {
        append(DiffSpan::Kind::Removed, std::exchange(m_removed, {}));
        append(DiffSpan::Kind::Added, std::exchange(m_added, {}));
    }
    void append(DiffSpan::Kind kind, const QString &text)
    {
        if (text.isEmpty())
            return;
        if (!m_spans.isEmpty() && m_spans.last().kind == kind)
            m_spans.last().text += text;
        else
            m_spans.append({kind, text});
    }

    QList<DiffSpan> m_spans;
    QString m_removed;
    QString m_added;
};

using Split = std::vector<QStringView> (*)(QStringView);

/// @returns whether all of it was compared
bool compare(QStringView before, QStringView after, Split split, Spans &spans)
{
    const std::vector<QStringView> first = split(before);
    const std::vector<QStringView> second = split(after);
    QHash<QStringView, int> numbers;
    const auto numbered = [&numbers](const std::vector<QStringView> &tokens) {
        std::vector<int> sequence;
        sequence.reserve(tokens.size());
        for (const QStringView token : tokens) {
            const auto known = numbers.constFind(token);
            sequence.push_back(
                known != numbers.cend() ? *known : *numbers.insert(token, int(numbers.size())));
        }
        return sequence;
    };
    const std::vector<int> firstNumbers = numbered(first);
    const std::vector<int> secondNumbers = numbered(second);
    const SequenceDiff diff = diffSequences(firstNumbers, secondNumbers);

    const auto textOf = [](const std::vector<QStringView> &tokens, QStringView whole,
                           qsizetype begin, qsizetype end) {
        if (begin >= end)
            return QStringView();
        const QChar *last = tokens[size_t(end - 1)].end();
        const QChar *from = tokens[size_t(begin)].begin();
        return whole.sliced(from - whole.begin(), last - from);
    };
    bool isComplete = diff.isComplete;
    qsizetype a = 0;
    qsizetype b = 0;
    const auto differs = [&](qsizetype firstEnd, qsizetype secondEnd) {
        const QStringView gone = textOf(first, before, a, firstEnd);
        const QStringView come = textOf(second, after, b, secondEnd);
        // Lines that were replaced, compared by words as long as they are few.
        if (split == &linesOf && !gone.isEmpty() && !come.isEmpty()
            && gone.size() + come.size() <= largestWordDiff / 10) {
            isComplete = compare(gone, come, &wordsOf, spans) && isComplete;
            return;
        }
        spans.removed(gone);
        spans.added(come);
    };
    for (const SequenceMatch &match : diff.matches) {
        differs(match.first, match.second);
        const QStringView same = textOf(first, before, match.first, match.first + match.length);
        // A blank between two words that were replaced tells nothing.
        const bool isBetween = match.first > a && match.second > b
            && match.first + match.length < qsizetype(first.size())
            && match.second + match.length < qsizetype(second.size());
        const bool isBlank = std::all_of(same.begin(), same.end(),
                                         [](QChar c) { return c == u' ' || c == u'\t'; });
        if (isBetween && isBlank) {
            spans.removed(same);
            spans.added(same);
        } else {
            spans.same(same);
        }
        a = match.first + match.length;
        b = match.second + match.length;
    }
    differs(qsizetype(first.size()), qsizetype(second.size()));
    return isComplete;
}

QString inOneLine(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\u21B5"));
    for (QChar &c : text) {
        if (c == u'\n' || c == u'\r' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
            c = u'\u21B5';
        else if (c == u'\t')
            c = u' ';
    }
    return text;
}

/// Not between the halves of a character.
qsizetype whole(const QString &text, qsizetype position)
{
    const bool splits = position > 0 && position < text.size() && text.at(position).isLowSurrogate()
        && text.at(position - 1).isHighSurrogate();
    return splits ? position - 1 : position;
}

} // namespace

WordDiff diffWords(const QString &before, const QString &after)
{
    const bool isLarge = before.size() + after.size() > largestWordDiff;
    Spans spans;
    const bool isComplete = compare(before, after, isLarge ? &linesOf : &wordsOf, spans);
    return {spans.take(), isLarge || !isComplete};
}

QList<DiffSpan> excerpt(const WordDiff &diff, qsizetype context, qsizetype limit, Lines lines)
{
    QList<DiffSpan> shown;
    qsizetype left = limit;
    for (qsizetype i = 0; i < diff.spans.size() && left > 0; ++i) {
        const DiffSpan &span = diff.spans.at(i);
        QString text = span.text;
        if (span.kind == DiffSpan::Kind::Same) {
            const bool isFirst = i == 0;
            const bool isLast = i + 1 == diff.spans.size();
            const qsizetype kept = (isFirst ? 0 : context) + (isLast ? 0 : context);
            if (text.size() > kept + 1 && !(isFirst && isLast)) {
                const qsizetype begin = isFirst ? 0 : whole(text, context);
                const qsizetype end = isLast ? text.size() : whole(text, text.size() - context);
                text = text.first(begin) + u'…' + text.sliced(end);
            }
        }
        if (text.size() > left)
            text = text.first(whole(text, left)) + u'…';
        left -= text.size();
        shown.append({span.kind, lines == Lines::Joined ? inOneLine(text) : text});
    }
    return shown;
}

} // namespace ui
