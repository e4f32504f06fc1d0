// SPDX-License-Identifier: MIT
#include "ui/search/foldedtext.h"

#include "core/schema/casefold.h"

#include <QChar>

#include <algorithm>

namespace ui {

namespace {

/// What stands for a byte that is no UTF-8: beyond Unicode, so that it equals no character.
constexpr char32_t notUtf8 = 0x110000;

unsigned char firstByte(char32_t character)
{
    if (character < 0x80)
        return static_cast<unsigned char>(character);
    if (character < 0x800)
        return static_cast<unsigned char>(0xC0 | (character >> 6));
    if (character < 0x10000)
        return static_cast<unsigned char>(0xE0 | (character >> 12));
    return static_cast<unsigned char>(0xF0 | (character >> 18));
}

/// The character at @p at of UTF-8, and @p at behind it.
char32_t take(const unsigned char *&at, const unsigned char *end)
{
    const unsigned char first = *at++;
    if (first < 0x80)
        return first;
    const int more = first >= 0xF0 && first < 0xF8 ? 3
        : first >= 0xE0 && first < 0xF0            ? 2
        : first >= 0xC0 && first < 0xE0            ? 1
                                                   : 0;
    if (more == 0 || end - at < more)
        return notUtf8 + first;
    char32_t character = first & (0x3FU >> more);
    for (int i = 0; i < more; ++i) {
        if ((at[i] & 0xC0) != 0x80)
            return notUtf8 + first;
        character = (character << 6) | (at[i] & 0x3FU);
    }
    // Too short a number in too many bytes, or a byte too many behind it: SQLite takes neither for
    // this character.
    constexpr std::array<char32_t, 4> least{0, 0x80, 0x800, 0x10000};
    const bool goesOn = end - at > more && (at[more] & 0xC0) == 0x80;
    if (character < least.at(size_t(more)) || goesOn)
        return notUtf8 + first;
    at += more;
    return character;
}

/// The character at @p at, and @p at behind it; half of a pair is a character of its own.
char32_t take(QStringView text, qsizetype &at)
{
    const QChar first = text.at(at++);
    if (first.isHighSurrogate() && at < text.size() && text.at(at).isLowSurrogate())
        return QChar::surrogateToUcs4(first, text.at(at++));
    return first.unicode();
}

} // namespace

FoldedText::FoldedText(QStringView text)
{
    for (qsizetype at = 0; at < text.size();)
        m_text.push_back(orm::caseFold(take(text, at)));
    if (m_text.empty())
        return;
    m_starts.at(firstByte(m_text.front())) = true;
    for (const char32_t variant : orm::caseVariants(m_text.front()))
        m_starts.at(firstByte(variant)) = true;
}

bool FoldedText::isIn(QByteArrayView utf8, const orm::StopCheck &isStopped) const
{
    if (m_text.empty())
        return true;
    const auto *at = reinterpret_cast<const unsigned char *>(utf8.data());
    const unsigned char *const end = at + utf8.size();
    const char32_t *const wantedEnd = m_text.data() + m_text.size();
    while (at < end) {
        const unsigned char *const partEnd = at + std::min<qsizetype>(end - at, orm::valuePart);
        for (; at < partEnd; ++at) {
            if (!m_starts[*at])
                continue;
            const unsigned char *next = at;
            const char32_t *wanted = m_text.data();
            while (wanted < wantedEnd && next < end && orm::caseFold(take(next, end)) == *wanted)
                ++wanted;
            if (wanted == wantedEnd)
                return true;
        }
        if (at < end && isStopped && isStopped())
            return false;
    }
    return false;
}

bool FoldedText::isAtBeginningOf(QByteArrayView utf8) const
{
    const auto *at = reinterpret_cast<const unsigned char *>(utf8.data());
    const unsigned char *const end = at + utf8.size();
    size_t matched = 0;
    while (matched < m_text.size() && at < end && orm::caseFold(take(at, end)) == m_text[matched])
        ++matched;
    return matched == m_text.size();
}

QList<QPair<int, int>> FoldedText::hitsIn(QStringView text) const
{
    QList<QPair<int, int>> hits;
    if (m_text.empty())
        return hits;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype next = start;
        size_t matched = 0;
        while (matched < m_text.size() && next < text.size()
               && orm::caseFold(take(text, next)) == m_text[matched])
            ++matched;
        if (matched == m_text.size())
            hits.append({static_cast<int>(start), static_cast<int>(next - start)});
        else
            take(text, next = start);
        start = next;
    }
    return hits;
}

} // namespace ui
