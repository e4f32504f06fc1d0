// SPDX-License-Identifier: MIT
#include "ui/editor/storedtextdocument.h"

#include "core/schema/storedvalue.h"

#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Paragraphs that run from the right start at the right, which Qt's own leaves at the left.
class SidedLayout final : public QPlainTextDocumentLayout
{
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    /// Whoever wants to know where a paragraph is, or paints it, asks this first.
    QRectF blockBoundingRect(const QTextBlock &block) const override
    {
        const QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
        if (block.isValid() && block.textDirection() == Qt::RightToLeft)
            moveLines(*block.layout());
        return rect;
    }

private:
    void moveLines(const QTextLayout &layout) const
    {
        const qreal margin = document()->documentMargin();
        for (int i = 0; i < layout.lineCount(); ++i) {
            QTextLine line = layout.lineAt(i);
            const qreal free = line.width() - line.naturalTextWidth();
            constexpr qreal endless
                = 1'000'000; // of a text that isn't wrapped, which has no right end
            if (free > 0 && free < endless && line.x() < margin + free)
                line.setPosition({margin + free, line.y()});
        }
    }
};

constexpr QChar blockEnd = QChar::ParagraphSeparator; // how toRawText() writes the end of a line

constexpr std::array<QLatin1StringView, 3> commonLineEnds = {"\n"_L1, "\r"_L1, "\r\n"_L1};

void appendLineEnd(QString &text, LineEnd lineEnd)
{
    switch (lineEnd) {
    case LineEnd::LineFeed:
    case LineEnd::CarriageReturn:
    case LineEnd::CarriageReturnLineFeed:
        text += commonLineEnds.at(size_t(lineEnd));
        return;
    case LineEnd::ParagraphSeparator:
        text += QChar::ParagraphSeparator;
        return;
    case LineEnd::FrameBegin:
        text += QChar(u'\uFDD0');
        return;
    case LineEnd::FrameEnd:
        text += QChar(u'\uFDD1');
        return;
    case LineEnd::LineSeparator:
        text += QChar::LineSeparator;
        return;
    case LineEnd::None:
        return;
    }
}

struct FoundEnd
{
    qsizetype begin = -1; ///< -1 if there is none
    qsizetype length = 1;
    LineEnd lineEnd = LineEnd::LineFeed;
};

/// The first line end of @p text from @p from on.
FoundEnd findLineEnd(QStringView text, qsizetype from)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        switch (text[i].unicode()) {
        case u'\n':
            return {i, 1, LineEnd::LineFeed};
        case u'\r':
            if (i + 1 < text.size() && text[i + 1] == u'\n')
                return {i, 2, LineEnd::CarriageReturnLineFeed};
            return {i, 1, LineEnd::CarriageReturn};
        case u'\u2028':
            return {i, 1, LineEnd::LineSeparator};
        case u'\u2029':
            return {i, 1, LineEnd::ParagraphSeparator};
        case u'\uFDD0':
            return {i, 1, LineEnd::FrameBegin};
        case u'\uFDD1':
            return {i, 1, LineEnd::FrameEnd};
        default:
            break;
        }
    }
    return {};
}

/// The most frequent of LF, CR and CRLF in @p text.
LineEnd mostFrequentLineEnd(QStringView text)
{
    std::array<qsizetype, commonLineEnds.size()> counts = {};
    for (FoundEnd end = findLineEnd(text, 0); end.begin >= 0;
         end = findLineEnd(text, end.begin + end.length)) {
        if (size_t(end.lineEnd) < counts.size())
            ++counts.at(size_t(end.lineEnd));
    }
    return LineEnd(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

/// Bytes of @p utf8 from @p from on that can be taken for themselves: @p size or a few less, so that
/// neither a character nor CRLF is parted.
qsizetype partOf(const QByteArray &utf8, qsizetype from, qsizetype size)
{
    const qsizetype rest = utf8.size() - from;
    if (rest <= size)
        return rest;
    qsizetype part = size;
    constexpr qsizetype longestCharacter = 4;
    const auto isInside = [&utf8](qsizetype at) {
        return (static_cast<unsigned char>(utf8.at(at)) & 0xC0) == 0x80;
    };
    while (part > size - longestCharacter && isInside(from + part))
        --part;
    if (utf8.at(from + part - 1) == '\r')
        --part;
    return part;
}

int objectType(LineEnd lineEnd)
{
    return QTextFormat::UserObject + 1 + int(lineEnd);
}

std::optional<LineEnd> lineEndOf(const QTextCharFormat &format)
{
    const int type = format.objectType() - objectType(LineEnd::LineFeed);
    if (type < 0 || type > int(LineEnd::None))
        return std::nullopt;
    return LineEnd(type);
}

QTextCharFormat formatFor(LineEnd lineEnd)
{
    QTextCharFormat format;
    format.setObjectType(objectType(lineEnd));
    return format;
}

} // namespace

StoredTextDocument::StoredTextDocument(Lines lines, qsizetype longest, QObject *parent)
    : QTextDocument(parent)
    , m_lines(lines)
    , m_longest(longest)
{
    setDocumentLayout(new SidedLayout(this));
}

void StoredTextDocument::setStoredText(const QString &text)
{
    m_ownLineEnd = m_lines == Lines::Shown ? mostFrequentLineEnd(text) : LineEnd::LineFeed;
    m_hasSpecialEnds = false;
    const Content content = contentOf(text, m_ownLineEnd);

    setUndoRedoEnabled(false);
    QTextCursor cursor(this);
    cursor.beginEditBlock();
    clear();
    insertContent(cursor, content, 0, content.raw.size());
    cursor.endEditBlock();
    setUndoRedoEnabled(true);
    setModified(false);
}

void StoredTextDocument::beginStoredText(const QByteArray &utf8)
{
    constexpr qsizetype judged = 1024 * 1024; // bytes: a whole look takes long
    setUndoRedoEnabled(false);
    clear();
    m_ownLineEnd = m_lines == Lines::Shown
        ? mostFrequentLineEnd(orm::decodeUtf8(QByteArrayView(utf8).first(partOf(utf8, 0, judged))))
        : LineEnd::LineFeed;
    m_hasSpecialEnds = false;
    m_filling = utf8;
    m_filled = 0;
    m_lineLength = 0;
    fillMore();
}

bool StoredTextDocument::fillMore()
{
    constexpr qsizetype part = 64 * 1024; // bytes; laid out in some 5 ms
    if (!isFilling())
        return false;
    const qsizetype size = partOf(m_filling, m_filled, part);
    const QString text = orm::decodeUtf8(QByteArrayView(m_filling).sliced(m_filled, size));
    const Content content = contentOf(text, m_ownLineEnd, m_lineLength);
    m_lineLength = content.raw.size() - content.lineBegin;
    m_filled += size;
    QTextCursor cursor(this);
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    insertContent(cursor, content, 0, content.raw.size());
    cursor.endEditBlock();
    if (isFilling())
        return true;
    m_filling.clear();
    m_filled = 0;
    setUndoRedoEnabled(true);
    setModified(false);
    return false;
}

QString StoredTextDocument::storedText() const
{
    return storedText(content());
}

bool StoredTextDocument::hasPartedLine() const
{
    if (!m_hasSpecialEnds)
        return false;
    for (QTextBlock block = begin(); block.isValid(); block = block.next()) {
        if (lineEndOf(block.charFormat()) == LineEnd::None)
            return true;
    }
    return false;
}

TextPiece StoredTextDocument::storedPiece(const QTextCursor &cursor) const
{
    // Not cursor.selectedText(), which makes blanks of no-break spaces and LF of U+2028.
    const qsizetype begin = cursor.selectionStart();
    const qsizetype end = cursor.selectionEnd();
    Content piece;
    if (begin == 0 && end == characterCount() - 1) {
        piece = content();
    } else {
        piece.raw.reserve(end - begin);
        for (QTextBlock block = findBlock(int(begin)); block.isValid() && block.position() < end;
             block = block.next()) {
            const QString line = block.text() + blockEnd;
            const qsizetype from = std::max(begin - block.position(), qsizetype(0));
            const qsizetype to = std::min(end - block.position(), line.size());
            piece.raw += QStringView(line).sliced(from, to - from);
        }
        piece.specialEnds = specialEnds(begin, end);
        for (SpecialEnd &special : piece.specialEnds)
            special.position -= begin;
    }
    return {storedText(piece), m_ownLineEnd};
}

void StoredTextDocument::changeTo(const QString &text)
{
    const Content now = content();
    if (storedText(now) == text)
        return; // however endless lines are parted now
    const Content then = contentOf(text, m_ownLineEnd);

    const auto [nowEnd, thenEnd]
        = std::mismatch(now.raw.cbegin(), now.raw.cend(), then.raw.cbegin(), then.raw.cend());
    qsizetype begin = nowEnd - now.raw.cbegin();
    const auto [nowSpecial, thenSpecial]
        = std::mismatch(now.specialEnds.cbegin(), now.specialEnds.cend(), then.specialEnds.cbegin(),
                        then.specialEnds.cend());
    if (nowSpecial != now.specialEnds.cend())
        begin = std::min(begin, nowSpecial->position);
    if (thenSpecial != then.specialEnds.cend())
        begin = std::min(begin, thenSpecial->position);
    if (begin > 0 && now.raw.at(begin - 1).isHighSurrogate())
        --begin;

    const qsizetype longest = std::min(now.raw.size(), then.raw.size()) - begin;
    const auto nowLast = now.raw.crbegin();
    qsizetype same = std::mismatch(nowLast, nowLast + longest, then.raw.crbegin()).first - nowLast;
    const qsizetype growth = then.raw.size() - now.raw.size();
    const auto sameSpecial = [growth](const SpecialEnd &a, const SpecialEnd &b) {
        return a.lineEnd == b.lineEnd && a.position + growth == b.position;
    };
    const auto [nowTail, thenTail]
        = std::mismatch(now.specialEnds.crbegin(), now.specialEnds.crend(),
                        then.specialEnds.crbegin(), then.specialEnds.crend(), sameSpecial);
    if (nowTail != now.specialEnds.crend())
        same = std::min(same, now.raw.size() - nowTail->position - 1);
    if (thenTail != then.specialEnds.crend())
        same = std::min(same, then.raw.size() - thenTail->position - 1);
    if (same > 0 && now.raw.at(now.raw.size() - same).isLowSurrogate())
        --same;

    QTextCursor cursor(this);
    cursor.setPosition(int(begin));
    cursor.setPosition(int(now.raw.size() - same), QTextCursor::KeepAnchor);
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    insertContent(cursor, then, begin, then.raw.size() - same);
    cursor.endEditBlock();
}

void StoredTextDocument::insertPiece(QTextCursor &cursor, const TextPiece &piece, Lines from)
{
    if (m_lines == Lines::Marked && from == Lines::Shown) {
        insertForeign(cursor, piece.text);
        return;
    }
    const Content content = contentOf(piece.text, piece.ownLineEnd);
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    insertContent(cursor, content, 0, content.raw.size());
    cursor.endEditBlock();
}

void StoredTextDocument::insertForeign(QTextCursor &cursor, const QString &text)
{
    QString typed;
    typed.reserve(text.size());
    qsizetype done = 0;
    for (FoundEnd end = findLineEnd(text, 0); end.begin >= 0; end = findLineEnd(text, done)) {
        typed += QStringView(text).sliced(done, end.begin - done);
        done = end.begin + end.length;
        if (m_lines == Lines::Marked)
            typed += u' ';
        else
            appendLineEnd(typed,
                          end.lineEnd == LineEnd::LineSeparator ? end.lineEnd : m_ownLineEnd);
    }
    typed += QStringView(text).sliced(done);
    const Content content = contentOf(typed, m_ownLineEnd);
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    insertContent(cursor, content, 0, content.raw.size());
    cursor.endEditBlock();
}

/// @p own are the line ends that are nothing special.
StoredTextDocument::Content StoredTextDocument::contentOf(const QString &text, LineEnd own,
                                                          qsizetype lineLength) const
{
    Content content;
    content.lineBegin = -lineLength;
    content.raw.reserve(text.size());
    qsizetype done = 0;
    for (FoundEnd end = findLineEnd(text, 0); end.begin >= 0; end = findLineEnd(text, done)) {
        appendLine(content, QStringView(text).sliced(done, end.begin - done));
        done = end.begin + end.length;
        if (m_lines == Lines::Marked) {
            content.specialEnds.append({content.raw.size(), end.lineEnd});
            content.raw += lineEndMark;
        } else if (end.lineEnd == LineEnd::LineSeparator) {
            content.raw += QChar::LineSeparator;
        } else {
            if (end.lineEnd != own)
                content.specialEnds.append({content.raw.size(), end.lineEnd});
            content.raw += blockEnd;
            content.lineBegin = content.raw.size();
        }
    }
    appendLine(content, QStringView(text).sliced(done));
    return content;
}

/// In parts, where what stands on one line becomes endless; at blanks, if it has some.
void StoredTextDocument::appendLine(Content &content, QStringView line) const
{
    while (content.raw.size() - content.lineBegin + line.size() > m_longest) {
        const qsizetype room = m_longest / 2 - (content.raw.size() - content.lineBegin);
        qsizetype part = std::clamp(room, qsizetype(0), line.size());
        const qsizetype blank = line.first(part).lastIndexOf(u' ');
        if (blank > part / 2)
            part = blank + 1;
        else if (part > 0 && part < line.size() && line[part - 1].isHighSurrogate())
            ++part;
        content.raw += line.first(part);
        content.specialEnds.append({content.raw.size(), LineEnd::None});
        content.raw += blockEnd;
        content.lineBegin = content.raw.size();
        line = line.sliced(part);
    }
    content.raw += line;
}

StoredTextDocument::Content StoredTextDocument::content() const
{
    Content content;
    content.raw = toRawText();
    content.specialEnds = specialEnds(0, characterCount() - 1);
    return content;
}

QList<StoredTextDocument::SpecialEnd> StoredTextDocument::specialEnds(qsizetype begin,
                                                                      qsizetype end) const
{
    QList<SpecialEnd> found;
    if (!m_hasSpecialEnds)
        return found;
    for (QTextBlock block = findBlock(int(begin)); block.isValid() && block.position() < end;
         block = block.next()) {
        if (m_lines == Lines::Marked)
            appendMarks(found, block);
        // The format of a line end is that of the block after it.
        const QTextBlock next = block.next();
        if (next.isValid()) {
            if (const auto lineEnd = lineEndOf(next.charFormat()))
                found.append({next.position() - 1, *lineEnd});
        }
    }
    found.removeIf([begin, end](const SpecialEnd &special) {
        return special.position < begin || special.position >= end;
    });
    return found;
}

void StoredTextDocument::appendMarks(QList<SpecialEnd> &found, const QTextBlock &block) const
{
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        const auto lineEnd = lineEndOf(fragment.charFormat());
        if (!lineEnd)
            continue;
        for (int i = 0; i < fragment.length(); ++i)
            found.append({fragment.position() + i, *lineEnd});
    }
}

QString StoredTextDocument::storedText(const Content &content) const
{
    if (content.specialEnds.isEmpty() && m_ownLineEnd == LineEnd::LineFeed) {
        QString text = content.raw;
        text.replace(blockEnd, u'\n');
        return text;
    }
    QString text;
    text.reserve(content.raw.size()
                 + (m_ownLineEnd == LineEnd::CarriageReturnLineFeed ? blockCount() : qsizetype(0)));
    auto special = content.specialEnds.cbegin();
    for (qsizetype i = 0; i < content.raw.size(); ++i) {
        if (special != content.specialEnds.cend() && special->position == i) {
            appendLineEnd(text, special->lineEnd);
            ++special;
        } else if (content.raw.at(i) == blockEnd) {
            appendLineEnd(text, m_ownLineEnd);
        } else {
            text += content.raw.at(i);
        }
    }
    return text;
}

/// Inserts the part of @p content from @p begin to @p end.
void StoredTextDocument::insertContent(QTextCursor &cursor, const Content &content, qsizetype begin,
                                       qsizetype end)
{
    const auto insert = [&](qsizetype from, qsizetype to) {
        if (from < to)
            cursor.insertText(content.raw.sliced(from, to - from), QTextCharFormat());
    };
    qsizetype done = begin;
    for (const SpecialEnd &special : content.specialEnds) {
        if (special.position < begin || special.position >= end)
            continue;
        insert(done, special.position);
        done = special.position + 1;
        if (m_lines == Lines::Marked && special.lineEnd != LineEnd::None) {
            cursor.insertText(QString(QChar(lineEndMark)), formatFor(special.lineEnd));
        } else if (special.lineEnd != m_ownLineEnd) {
            cursor.insertBlock(QTextBlockFormat(), formatFor(special.lineEnd));
        } else {
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
            continue;
        }
        m_hasSpecialEnds = true;
    }
    insert(done, end);
}

} // namespace ui
