// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/wordcount.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

constexpr qint64 wordsPerMinute = 200;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ui::WordCount)
};

enum class Class {
    Other,
    Letter, ///< and digits and marks: part of a word
    Ideograph, ///< a word of its own
    Connector, ///< the underscore: joins, but is no word alone
    Joiner, ///< joins two parts of a word if it stands between them
};

Class classOf(char32_t c)
{
    if (c < 0x80) {
        if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9'))
            return Class::Letter;
        switch (c) {
        case U'_':
            return Class::Connector;
        case U'\'':
        case U'.':
        case U',':
            return Class::Joiner;
        default:
            return Class::Other;
        }
    }
    switch (c) {
    case U'\u2019': // the apostrophe of typographers
    case U'\u00B7': // col·lega
        return Class::Joiner;
    case U'\u00AD': // soft hyphen
    case U'\u200D': // zero-width joiner
        return Class::Letter;
    default:
        break;
    }
    if (QChar::isLetterOrNumber(c)) {
        switch (QChar::script(c)) {
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
            return Class::Ideograph;
        default:
            return Class::Letter;
        }
    }
    return QChar::isMark(c) ? Class::Connector : Class::Other;
}

class WordScan
{
public:
    explicit WordScan(QStringView text)
        : m_text(text)
    {}

    qint64 count(const std::function<bool()> &isStopped);

private:
    char32_t codePoint(qsizetype position, qsizetype *length) const;
    bool joins(qsizetype position) const;
    void skipLinkTarget(qsizetype *position) const;

    QStringView m_text;
};

qint64 WordScan::count(const std::function<bool()> &isStopped)
{
    constexpr qsizetype part = 64 * 1024; // characters, between two looks
    qint64 words = 0;
    bool inWord = false;
    qsizetype i = 0;
    qsizetype nextLook = part;
    while (i < m_text.size()) {
        if (i >= nextLook) {
            if (isStopped && isStopped())
                return words;
            nextLook = i + part;
        }
        qsizetype length = 1;
        switch (classOf(codePoint(i, &length))) {
        case Class::Letter:
            words += inWord ? 0 : 1;
            inWord = true;
            break;
        case Class::Ideograph:
            ++words;
            inWord = false;
            break;
        case Class::Connector:
            break;
        case Class::Joiner:
            inWord = inWord && joins(i);
            break;
        case Class::Other:
            inWord = false;
            if (m_text[i] == u']')
                skipLinkTarget(&i);
            break;
        }
        i += length;
    }
    return words;
}

char32_t WordScan::codePoint(qsizetype position, qsizetype *length) const
{
    const QChar first = m_text[position];
    if (first.isHighSurrogate() && position + 1 < m_text.size()
        && m_text[position + 1].isLowSurrogate()) {
        *length = 2;
        return QChar::surrogateToUcs4(first, m_text[position + 1]);
    }
    return first.unicode();
}

/// Whether the apostrophe or point at @p position stands inside of a word or number.
bool WordScan::joins(qsizetype position) const
{
    if (position + 1 >= m_text.size())
        return false;
    qsizetype length = 1;
    if (classOf(codePoint(position + 1, &length)) != Class::Letter)
        return false;
    return m_text[position] != u','
        || (m_text[position - 1].isDigit() && m_text[position + 1].isDigit());
}

/// Past the address of "](address)", which is not read aloud.
void WordScan::skipLinkTarget(qsizetype *position) const
{
    constexpr qsizetype longestTarget = 2000; // so that one "](" costs no scan of the whole text
    if (*position + 1 >= m_text.size() || m_text[*position + 1] != u'(')
        return;
    const qsizetype end = std::min(m_text.size(), *position + longestTarget);
    for (qsizetype i = *position + 2; i < end; ++i) {
        if (m_text[i] == u')') {
            *position = i;
            return;
        }
        if (m_text[i] == u'\n' || m_text[i] == u'\r')
            return;
    }
}

QString readingTime(qint64 words)
{
    const qint64 minutes
        = words == 0 ? 0 : std::max<qint64>(1, (words + wordsPerMinute / 2) / wordsPerMinute);
    //: Minutes to read the text
    return Text::tr("%1 min").arg(QLocale().toString(minutes));
}

} // namespace

qint64 countWords(QStringView text, const std::function<bool()> &isStopped)
{
    return WordScan(text).count(isStopped);
}

QString wordCountText(qint64 words)
{
    //: How long a text is: "500 words, 2 min"
    return Text::tr("%Ln word(s), %1", nullptr, int(words)).arg(readingTime(words));
}

QString selectedWordCountText(qint64 selected, qint64 words)
{
    //: How long a selection is: "12 of 500 words, 1 min"
    return Text::tr("%2 of %Ln word(s), %1", nullptr, int(words))
        .arg(readingTime(selected), QLocale().toString(selected));
}

} // namespace ui
