// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/blocksplitter.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype longestList
    = 16 * 1024; ///< characters from which a list is parted between items
constexpr qsizetype longestFrontMatter = 64 * 1024;
constexpr qsizetype mostDefinitions = 64 * 1024;
constexpr qsizetype codeIndent = 4;

bool isLineEnd(QChar character)
{
    return character == u'\n' || character == QChar::ParagraphSeparator;
}

qsizetype endOfLine(QStringView text, qsizetype from)
{
    while (from < text.size() && !isLineEnd(text[from]))
        ++from;
    return from;
}

/// Columns of blanks that @p line begins with; @p length gets the characters.
qsizetype indentOf(QStringView line, qsizetype *length)
{
    qsizetype columns = 0;
    qsizetype i = 0;
    for (; i < line.size(); ++i) {
        if (line[i] == u' ')
            ++columns;
        else if (line[i] == u'\t')
            columns += codeIndent - columns % codeIndent;
        else
            break;
    }
    *length = i;
    return columns;
}

bool beginsItem(QStringView line)
{
    qsizetype i = 0;
    if (line.startsWith(u'-') || line.startsWith(u'*') || line.startsWith(u'+')) {
        i = 1;
    } else {
        while (i < line.size() && i < 9 && line[i].isDigit())
            ++i;
        if (i == 0 || i >= line.size() || (line[i] != u'.' && line[i] != u')'))
            return false;
        ++i;
    }
    return i == line.size() || line[i] == u' ' || line[i] == u'\t';
}

bool isHeading(QStringView line)
{
    qsizetype level = 0;
    while (level < line.size() && line[level] == u'#')
        ++level;
    return level > 0 && level <= 6
        && (level == line.size() || line[level] == u' ' || line[level] == u'\t');
}

bool isDefinition(QStringView line)
{
    const qsizetype close = line.indexOf("]:"_L1);
    return line.startsWith(u'[') && close > 1;
}

/// An opening or closing line of fenced code.
struct Fence
{
    QChar character;
    qsizetype length = 0; ///< 0 if there is none
};

Fence fenceOf(QStringView line)
{
    const QChar character = line.isEmpty() ? QChar() : line.front();
    if (character != u'`' && character != u'~')
        return {};
    qsizetype length = 0;
    while (length < line.size() && line[length] == character)
        ++length;
    if (length < 3 || (character == u'`' && line.sliced(length).contains(u'`')))
        return {};
    return {character, length};
}

class Splitter
{
public:
    explicit Splitter(QStringView text)
        : m_text(text)
    {}

    SplitText split();

private:
    qsizetype skipFrontMatter();
    void takeLine(qsizetype begin, qsizetype end);
    void takeFenced(QStringView content, qsizetype end);
    bool goesOn(QStringView content, qsizetype indent) const;
    void flush();

    QStringView m_text;
    SplitText m_result;
    qsizetype m_begin = -1; ///< of the open block; -1 if none is
    qsizetype m_end = 0; ///< of its last line
    bool m_isList = false;
    bool m_isIndented = false;
    bool m_afterBlank = false;
    Fence m_fence; ///< the open one
};

SplitText Splitter::split()
{
    qsizetype begin = skipFrontMatter();
    while (begin < m_text.size()) {
        const qsizetype end = endOfLine(m_text, begin);
        takeLine(begin, end);
        begin = end + 1;
    }
    flush();
    return m_result;
}

/// @returns where the rest begins
qsizetype Splitter::skipFrontMatter()
{
    qsizetype end = endOfLine(m_text, 0);
    if (m_text.first(end) != "---"_L1)
        return 0;
    const qsizetype limit = std::min(m_text.size(), longestFrontMatter);
    while (end + 1 < limit) {
        const qsizetype begin = end + 1;
        end = endOfLine(m_text, begin);
        const QStringView line = m_text.sliced(begin, end - begin).trimmed();
        if (line.isEmpty())
            return 0; // a rule over a paragraph
        if (line == "---"_L1 || line == "..."_L1) {
            m_result.blocks.append({0, end, BlockRange::Kind::FrontMatter});
            return end + 1;
        }
    }
    return 0;
}

void Splitter::takeLine(qsizetype begin, qsizetype end)
{
    const QStringView line = m_text.sliced(begin, end - begin);
    qsizetype blanks = 0;
    const qsizetype indent = indentOf(line, &blanks);
    const QStringView content = line.sliced(blanks);
    if (m_fence.length > 0) {
        takeFenced(content, end);
        return;
    }
    if (content.isEmpty()) {
        m_afterBlank = true;
        return;
    }
    const bool isShallow = indent < codeIndent;
    if (m_begin >= 0 && m_afterBlank && !goesOn(content, indent))
        flush();
    const bool isOwnHeading = isShallow && isHeading(content) && (m_begin < 0 || !m_isList);
    const bool isEnough = m_isList && m_end - m_begin > longestList && indent == 0;
    if (m_begin >= 0 && (isOwnHeading || (isEnough && beginsItem(content))))
        flush();
    if (m_begin < 0) {
        m_begin = begin;
        m_isList = isShallow && beginsItem(content);
        m_isIndented = !isShallow;
    }
    m_end = end;
    m_afterBlank = false;
    if (isShallow && isDefinition(content) && m_result.linkDefinitions.size() < mostDefinitions)
        m_result.linkDefinitions += content.toString() + u'\n';
    if (isShallow || m_isList) {
        // Code may begin right behind the mark of an item.
        qsizetype mark = 0;
        if (m_isList && beginsItem(content)) {
            while (mark < content.size() && !content[mark].isSpace())
                ++mark;
        }
        m_fence = fenceOf(content.sliced(mark).trimmed());
    }
    if (isOwnHeading)
        flush();
}

void Splitter::takeFenced(QStringView content, qsizetype end)
{
    m_end = end;
    const Fence fence = fenceOf(content.trimmed());
    const bool closes = fence.character == m_fence.character && fence.length >= m_fence.length
        && content.trimmed().size() == fence.length;
    if (!closes)
        return;
    m_fence = {};
    if (!m_isList)
        flush();
}

/// Whether the open block has the line after a blank one, too.
bool Splitter::goesOn(QStringView content, qsizetype indent) const
{
    if (m_isList)
        return indent >= 2 || beginsItem(content);
    return m_isIndented && indent >= codeIndent;
}

void Splitter::flush()
{
    if (m_begin >= 0)
        m_result.blocks.append({m_begin, m_end});
    m_begin = -1;
    m_isList = false;
    m_isIndented = false;
    m_afterBlank = false;
    m_fence = {};
}

} // namespace

SplitText splitBlocks(QStringView text)
{
    return Splitter(text).split();
}

} // namespace ui
