// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/linespans.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Kind = LineSpan::Kind;

constexpr LineState tildes = 1 << 8; ///< a fence of "~~~"; the length is in the bits below

qsizetype countOf(QStringView text, qsizetype from, QChar character)
{
    qsizetype end = from;
    while (end < text.size() && text[end] == character)
        ++end;
    return end - from;
}

qsizetype blanksOf(QStringView line, qsizetype from = 0)
{
    qsizetype end = from;
    while (end < line.size() && (line[end] == u' ' || line[end] == u'\t'))
        ++end;
    return end - from;
}

/// The state that a fence opens, or is; 0 if there is none.
LineState fenceOf(QStringView line)
{
    const qsizetype begin = blanksOf(line);
    const QChar character = begin < line.size() ? line[begin] : QChar();
    if (character != u'`' && character != u'~')
        return 0;
    const qsizetype length = std::min<qsizetype>(countOf(line, begin, character), 255);
    if (length < 3)
        return 0;
    if (character == u'`' && line.sliced(begin + length).contains(u'`'))
        return 0;
    return LineState(length) | (character == u'~' ? tildes : 0);
}

bool closes(QStringView line, LineState open)
{
    const LineState fence = fenceOf(line);
    return fence != 0 && (fence & tildes) == (open & tildes) && fence >= open
        && line.trimmed().size() == (fence & 0xFF);
}

/// Reads the inside of a line.
class InlineReader
{
public:
    InlineReader(QStringView line, QList<LineSpan> &spans)
        : m_line(line)
        , m_spans(spans)
    {}

    void read(qsizetype begin);

private:
    qsizetype readCode(qsizetype at);
    qsizetype readStars(qsizetype at);
    qsizetype readLink(qsizetype at);
    qsizetype readAddress(qsizetype at);
    void add(qsizetype begin, qsizetype length, Kind kind)
    {
        m_spans.append({begin, length, kind});
    }

    QStringView m_line;
    QList<LineSpan> &m_spans;
    QHash<qsizetype, qsizetype> m_closers; ///< how many stars at a place have closed something
    qsizetype m_steps = 0; ///< searches for an end; bounded, as each may go through the line
};

constexpr qsizetype mostSteps = 400;

void InlineReader::read(qsizetype begin)
{
    for (qsizetype i = begin; i < m_line.size() && m_steps < mostSteps;) {
        qsizetype length = 0;
        switch (m_line[i].unicode()) {
        case u'\\':
            length = 2;
            break;
        case u'`':
            length = readCode(i);
            break;
        case u'*':
        case u'_':
        case u'~':
            length = readStars(i);
            break;
        case u'[':
            length = readLink(i);
            break;
        case u'<':
        case u'h':
            length = readAddress(i);
            break;
        default:
            break;
        }
        i += std::max<qsizetype>(length, 1);
    }
}

/// @returns how much of the line it took; 0 if it is none
qsizetype InlineReader::readCode(qsizetype at)
{
    const qsizetype ticks = countOf(m_line, at, u'`');
    ++m_steps;
    for (qsizetype i = at + ticks; i < m_line.size(); ++i) {
        const qsizetype found = countOf(m_line, i, u'`');
        if (found == ticks) {
            add(at, i + ticks - at, Kind::Code);
            return i + ticks - at;
        }
        i += found;
    }
    return ticks;
}

/// Only the marks are stepped over: what is inside is read like the rest.
qsizetype InlineReader::readStars(qsizetype at)
{
    const QChar star = m_line[at];
    if (const qsizetype closed = m_closers.value(at); closed > 0)
        return closed; // an end opens nothing
    const qsizetype count = countOf(m_line, at, star);
    if (count > 3 || (star == u'~' && count != 2))
        return count;
    const bool opens = at + count < m_line.size() && !m_line[at + count].isSpace()
        && (star != u'_' || at == 0 || !m_line[at - 1].isLetterOrNumber());
    if (!opens)
        return count;
    ++m_steps;
    for (qsizetype i = at + count; i < m_line.size(); ++i) {
        if (m_line[i] == u'\\') {
            ++i;
            continue;
        }
        if (m_line[i] != star)
            continue;
        const qsizetype found = countOf(m_line, i, star);
        const bool isEnd = found >= count && !m_line[i - 1].isSpace()
            && (star != u'_' || i + found >= m_line.size()
                || !m_line[i + found].isLetterOrNumber());
        if (!isEnd) {
            i += found - 1;
            continue;
        }
        const qsizetype length = i + count - at;
        if (star == u'~')
            add(at, length, Kind::StruckOut);
        if (star != u'~' && count != 2)
            add(at, length, Kind::Italic);
        if (star != u'~' && count >= 2)
            add(at, length, Kind::Bold);
        add(at, count, Kind::Mark);
        add(i, count, Kind::Mark);
        m_closers[i] += count;
        return count;
    }
    return count;
}

qsizetype InlineReader::readLink(qsizetype at)
{
    ++m_steps;
    int depth = 0;
    qsizetype close = at;
    for (; close < m_line.size(); ++close) {
        if (m_line[close] == u'\\') {
            ++close;
        } else if (m_line[close] == u'[') {
            ++depth;
        } else if (m_line[close] == u']' && --depth == 0) {
            break;
        }
    }
    if (close >= m_line.size() || close + 1 >= m_line.size())
        return 1;
    const QChar bracket = m_line[close + 1];
    if (bracket != u'(' && bracket != u'[' && bracket != u':')
        return 1;
    const qsizetype begin = at > 0 && m_line[at - 1] == u'!' ? at - 1 : at;
    qsizetype end = m_line.size();
    if (bracket != u':') {
        end = m_line.indexOf(bracket == u'(' ? u')' : u']', close + 2);
        if (end < 0)
            return 1;
        ++end;
    }
    add(at + 1, close - at - 1, Kind::Link);
    add(begin, at + 1 - begin, Kind::Mark);
    add(close, 1, Kind::Mark);
    add(close + 1, end - close - 1, Kind::Address);
    return end - at;
}

qsizetype InlineReader::readAddress(qsizetype at)
{
    const QStringView rest = m_line.sliced(at);
    if (rest.startsWith(u'<')) {
        const qsizetype end = rest.indexOf(u'>');
        const QStringView inside = end > 0 ? rest.sliced(1, end - 1) : QStringView();
        const bool isAddress
            = !inside.contains(u' ') && (inside.contains("://"_L1) || inside.contains(u'@'));
        if (!isAddress)
            return 1;
        add(at, end + 1, Kind::Address);
        return end + 1;
    }
    if (!rest.startsWith("http://"_L1) && !rest.startsWith("https://"_L1))
        return 1;
    qsizetype end = 0;
    while (end < rest.size() && !rest[end].isSpace() && rest[end] != u'>' && rest[end] != u')')
        ++end;
    add(at, end, Kind::Address);
    return end;
}

/// @returns where the text of the item begins; @p at if it is none
qsizetype readItem(QStringView line, qsizetype at, QList<LineSpan> &spans)
{
    qsizetype end = at;
    if (end < line.size() && (line[end] == u'-' || line[end] == u'*' || line[end] == u'+')) {
        ++end;
    } else {
        while (end < line.size() && end - at < 9 && line[end].isDigit())
            ++end;
        if (end == at || end >= line.size() || (line[end] != u'.' && line[end] != u')'))
            return at;
        ++end;
    }
    if (end < line.size() && line[end] != u' ' && line[end] != u'\t')
        return at;
    qsizetype text = end + blanksOf(line, end);
    const QStringView box = line.sliced(text).first(std::min<qsizetype>(3, line.size() - text));
    if (box == "[ ]"_L1 || box == "[x]"_L1 || box == "[X]"_L1) {
        end = text + 3;
        text = end + blanksOf(line, end);
    }
    spans.append({at, end - at, Kind::List});
    return text;
}

bool isRule(QStringView content)
{
    const QChar character = content.isEmpty() ? QChar() : content.front();
    if (character != u'-' && character != u'*' && character != u'_' && character != u'=')
        return false;
    qsizetype count = 0;
    for (const QChar other : content) {
        if (other == character)
            ++count;
        else if (other != u' ')
            return false;
    }
    return count >= 3;
}

} // namespace

LineState lineStateAfter(QStringView line, LineState before)
{
    if (before != 0)
        return closes(line, before) ? 0 : before;
    return fenceOf(line);
}

ReadLine readLine(QStringView line, LineState before)
{
    ReadLine result;
    result.next = lineStateAfter(line, before);
    if (before != 0 || result.next != 0) {
        result.spans.append({0, line.size(), Kind::Code});
        return result;
    }
    qsizetype at = blanksOf(line);
    while (at < line.size() && line[at] == u'>') {
        if (result.spans.isEmpty())
            result.spans.append({0, line.size(), Kind::Quote});
        result.spans.append({at, 1, Kind::Mark});
        ++at;
        at += blanksOf(line, at);
    }
    const qsizetype hashes = countOf(line, at, u'#');
    if (hashes > 0 && hashes <= 6
        && (at + hashes == line.size() || line[at + hashes] == u' '
            || line[at + hashes] == u'\t')) {
        result.spans.append({at, line.size() - at, Kind::Heading});
        result.spans.append({at, hashes, Kind::Mark});
        at += hashes;
    } else if (isRule(line.sliced(at))) {
        result.spans.append({at, line.size() - at, Kind::Mark});
        return result;
    } else {
        at = readItem(line, at, result.spans);
    }
    InlineReader(line, result.spans).read(at);
    return result;
}

} // namespace ui
