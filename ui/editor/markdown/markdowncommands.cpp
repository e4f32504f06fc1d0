// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/markdowncommands.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui::markdown {

namespace {

constexpr int highestHeading = 3;

/// How a line begins that belongs to a list or a quote.
struct LineStart
{
    QString quote; ///< blanks and ">"
    QString indent; ///< of the item
    QString bullet; ///< "-" or "3."; empty if it is no item
    QString gap; ///< behind it
    QString box; ///< "[ ] " of a task
    qsizetype length() const
    {
        return quote.size() + indent.size() + bullet.size() + gap.size() + box.size();
    }
};

LineStart startOf(const QString &line)
{
    static const QRegularExpression start(
        u"^((?:[ \\t]*>[ \\t]?)*)([ \\t]*)(?:([-*+]|\\d{1,9}[.)])([ \\t]+|$)(\\[[ xX]\\](?:[ \\t]+|$))?)?"_s);
    const QRegularExpressionMatch match = start.match(line);
    return {match.captured(1), match.captured(2), match.captured(3), match.captured(4),
            match.captured(5)};
}

bool isNumbered(const LineStart &start)
{
    return start.bullet.size() > 1;
}

bool isWordPart(QChar character)
{
    return character.isLetterOrNumber() || character.isMark() || character == u'\''
        || character == u'\u2019' || character == u'-' || character.isSurrogate();
}

/// Positions in a line.
struct Part
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

Part wordAt(const QString &line, qsizetype at)
{
    Part word{at, at};
    while (word.begin > 0 && isWordPart(line.at(word.begin - 1)))
        --word.begin;
    while (word.end < line.size() && isWordPart(line.at(word.end)))
        ++word.end;
    while (word.begin < word.end && !line.at(word.begin).isLetterOrNumber())
        ++word.begin;
    while (word.end > word.begin && !line.at(word.end - 1).isLetterOrNumber())
        --word.end;
    return word;
}

/// What of @p cursor's selection is text in @p block.
Part selectedIn(const QTextBlock &block, const QTextCursor &cursor)
{
    const QString line = block.text();
    Part part{std::max(0, cursor.selectionStart() - block.position()),
              std::min(qsizetype(cursor.selectionEnd() - block.position()), line.size())};
    if (cursor.blockNumber() != block.blockNumber() || part.begin == 0)
        part.begin = std::max(part.begin, startOf(line).length());
    while (part.begin < part.end && line.at(part.begin).isSpace())
        ++part.begin;
    while (part.end > part.begin && line.at(part.end - 1).isSpace())
        --part.end;
    return part;
}

qsizetype marksBefore(const QString &line, qsizetype at, QChar mark)
{
    qsizetype count = 0;
    while (count < at && line.at(at - 1 - count) == mark)
        ++count;
    return count;
}

qsizetype marksAfter(const QString &line, qsizetype at, QChar mark)
{
    qsizetype count = 0;
    while (at + count < line.size() && line.at(at + count) == mark)
        ++count;
    return count;
}

/// Whether @p count stars have @p length of them as a mark of their own: "***" is both.
bool hasMark(qsizetype count, qsizetype length, QChar mark)
{
    if (mark != u'*')
        return count >= length;
    return length == 2 ? count >= 2 : count % 2 == 1;
}

void insertAt(QTextCursor &cursor, qsizetype position, const QString &text)
{
    cursor.setPosition(int(position));
    cursor.insertText(text);
}

void removeAt(QTextCursor &cursor, qsizetype position, qsizetype length)
{
    cursor.setPosition(int(position));
    cursor.setPosition(int(position + length), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
}

QList<QTextBlock> blocksOf(const QTextCursor &cursor)
{
    QList<QTextBlock> blocks;
    QTextBlock block = cursor.document()->findBlock(cursor.selectionStart());
    for (; block.isValid() && block.position() <= cursor.selectionEnd(); block = block.next()) {
        // A line of which nothing is selected but its beginning isn't meant.
        const bool isMeant = blocks.isEmpty() || block.position() < cursor.selectionEnd();
        if (isMeant)
            blocks << block;
    }
    return blocks;
}

/// Whether @p mark stands around @p part. Marks that are in it count as around it; if it has its own, it
/// gets them back.
bool isMarked(const QString &line, Part &part, const QString &mark)
{
    const QChar character = mark.front();
    Part inside = part;
    while (inside.begin < inside.end && line.at(inside.begin) == character)
        ++inside.begin;
    while (inside.end > inside.begin && line.at(inside.end - 1) == character)
        --inside.end;
    const qsizetype length = mark.size();
    const bool isMarked = inside.begin < inside.end
        && hasMark(marksBefore(line, inside.begin, character), length, character)
        && hasMark(marksAfter(line, inside.end, character), length, character);
    if (isMarked)
        part = {inside.begin - length, inside.end + length};
    return isMarked;
}

void toggleMark(QTextCursor &cursor, const QString &mark)
{
    const int length = int(mark.size());
    QTextCursor edit(cursor.document());
    if (!cursor.hasSelection()) {
        const QTextBlock block = cursor.block();
        const int at = cursor.positionInBlock();
        Part word = wordAt(block.text(), at);
        edit.beginEditBlock();
        if (word.begin == word.end) {
            const QString line = block.text();
            const bool isInside = marksBefore(line, at, mark.front()) == length
                && marksAfter(line, at, mark.front()) == length;
            if (isInside) // pressed twice
                removeAt(edit, block.position() + at - length, 2 * length);
            else
                insertAt(edit, cursor.position(), mark + mark);
            edit.endEditBlock();
            cursor.setPosition(block.position() + (isInside ? at - length : at + length));
            return;
        }
        const bool wasMarked = isMarked(block.text(), word, mark);
        if (wasMarked) {
            removeAt(edit, block.position() + word.end - length, length);
            removeAt(edit, block.position() + word.begin, length);
        } else {
            insertAt(edit, block.position() + word.end, mark);
            insertAt(edit, block.position() + word.begin, mark);
        }
        edit.endEditBlock();
        cursor.setPosition(block.position() + at + (wasMarked ? -length : length));
        return;
    }
    // All lines get the marks, unless all have them.
    struct Place
    {
        QTextBlock block;
        Part part;
        bool isMarked = false;
    };
    QList<Place> places;
    for (const QTextBlock &block : blocksOf(cursor)) {
        Place place{block, selectedIn(block, cursor)};
        if (place.part.begin >= place.part.end)
            continue;
        place.isMarked = isMarked(block.text(), place.part, mark);
        places << place;
    }
    if (places.isEmpty())
        return;
    const bool removes
        = std::ranges::all_of(places, [](const Place &place) { return place.isMarked; });
    edit.beginEditBlock();
    int begin = 0;
    int end = 0;
    for (const Place &place : std::as_const(places)) {
        const int from = place.block.position() + int(place.part.begin);
        int to = place.block.position() + int(place.part.end);
        if (removes) {
            removeAt(edit, to - length, length);
            removeAt(edit, from, length);
            to -= 2 * length;
        } else if (!place.isMarked) {
            insertAt(edit, to, mark);
            insertAt(edit, from, mark);
            to += 2 * length;
        }
        if (&place == &places.first())
            begin = from + (removes ? 0 : length);
        end = to - (removes ? 0 : length);
    }
    edit.endEditBlock();
    cursor.setPosition(begin);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
}

void toggleFence(QTextCursor &cursor)
{
    const QList<QTextBlock> blocks = blocksOf(cursor);
    const QTextBlock &first = blocks.first();
    const QTextBlock &last = blocks.last();
    QTextCursor edit(cursor.document());
    edit.beginEditBlock();
    const QTextBlock before = first.previous();
    const QTextBlock after = last.next();
    if (before.isValid() && after.isValid() && before.text().startsWith("```"_L1)
        && after.text().startsWith("```"_L1)) {
        const int begin = before.position();
        const int length = last.position() + last.length() - 1 - first.position();
        removeAt(edit, after.position() - 1, after.length());
        removeAt(edit, begin, before.length());
        cursor.setPosition(begin);
        cursor.setPosition(begin + length, QTextCursor::KeepAnchor);
    } else {
        const int begin = first.position();
        const int length = last.position() + last.length() - 1 - begin;
        edit.setPosition(begin + length);
        edit.insertBlock();
        edit.insertText(u"```"_s);
        edit.setPosition(begin);
        edit.insertText(u"```"_s);
        edit.insertBlock();
        cursor.setPosition(begin + 4);
        cursor.setPosition(begin + 4 + length, QTextCursor::KeepAnchor);
    }
    edit.endEditBlock();
}

/// The address between the brackets of the link at @p at.
Part addressAt(const QString &line, qsizetype at)
{
    static const QRegularExpression link(
        u"!?\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]\\(([^)\\s]*)[^)]*\\)"_s);
    QRegularExpressionMatchIterator matches = link.globalMatch(line);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedStart() < at && at < match.capturedEnd())
            return {match.capturedStart(1), match.capturedEnd(1)};
    }
    return {-1, -1};
}

/// Gives the items below @p block that follow each other their numbers.
void countOn(QTextCursor &edit, const QTextBlock &block)
{
    const LineStart item = startOf(block.text());
    qint64 number = item.bullet.chopped(1).toLongLong();
    for (QTextBlock next = block.next(); next.isValid(); next = next.next()) {
        const LineStart other = startOf(next.text());
        const bool isDeeper = other.quote == item.quote && other.indent.size() > item.indent.size();
        if (isDeeper)
            continue;
        if (!isNumbered(other) || other.quote != item.quote || other.indent != item.indent
            || other.bullet.back() != item.bullet.back() || other.bullet.chopped(1) == u"1")
            return;
        ++number;
        const QString bullet = QString::number(number) + other.bullet.back();
        if (bullet == other.bullet)
            continue;
        const qsizetype at = next.position() + other.quote.size() + other.indent.size();
        removeAt(edit, at, other.bullet.size());
        insertAt(edit, at, bullet);
    }
}

} // namespace

void toggleBold(QTextCursor &cursor)
{
    toggleMark(cursor, u"**"_s);
}

void toggleItalic(QTextCursor &cursor)
{
    toggleMark(cursor, u"*"_s);
}

void toggleCode(QTextCursor &cursor)
{
    if (blocksOf(cursor).size() > 1)
        toggleFence(cursor);
    else
        toggleMark(cursor, u"`"_s);
}

void cycleHeading(QTextCursor &cursor)
{
    static const QRegularExpression heading(u"^(#{1,6})[ \\t]+"_s);
    const QList<QTextBlock> blocks = blocksOf(cursor);
    const auto levelOf = [](const QString &line) { return heading.match(line).capturedLength(1); };
    const qsizetype level = levelOf(blocks.first().text());
    const QString mark = level >= highestHeading ? QString() : QString(level + 1, u'#') + u' ';
    QTextCursor edit(cursor.document());
    edit.beginEditBlock();
    for (const QTextBlock &block : blocks) {
        const QString line = block.text();
        if (blocks.size() > 1 && line.trimmed().isEmpty())
            continue;
        const qsizetype length = std::max<qsizetype>(0, heading.match(line).capturedLength());
        // First the new one, so that a caret before the text stays there.
        insertAt(edit, block.position() + length, mark);
        removeAt(edit, block.position(), length);
    }
    edit.endEditBlock();
}

void insertLink(QTextCursor &cursor, const QString &address)
{
    const QTextBlock block = cursor.block();
    if (!cursor.hasSelection()) {
        const Part inside = addressAt(block.text(), cursor.positionInBlock());
        if (inside.begin >= 0) {
            cursor.setPosition(block.position() + int(inside.begin));
            cursor.setPosition(block.position() + int(inside.end), QTextCursor::KeepAnchor);
            return;
        }
    }
    const QTextBlock first = blocksOf(cursor).first();
    Part part = cursor.hasSelection() ? selectedIn(first, cursor)
                                      : wordAt(block.text(), cursor.positionInBlock());
    part.end = std::max(part.begin, part.end);
    const int begin = first.position() + int(part.begin);
    QString text = first.text().sliced(part.begin, part.end - part.begin);
    QString target = address;
    if (!webAddress(text).isEmpty())
        target = std::exchange(text, QString());
    QTextCursor edit(cursor.document());
    edit.beginEditBlock();
    removeAt(edit, begin, part.end - part.begin);
    insertAt(edit, begin, u"[%1](%2)"_s.arg(text, target));
    edit.endEditBlock();
    const int length = int(text.size());
    if (text.isEmpty()) {
        cursor.setPosition(begin + 1);
    } else {
        cursor.setPosition(begin + length + 3);
        cursor.setPosition(begin + length + 3 + int(target.size()), QTextCursor::KeepAnchor);
    }
}

bool continueList(QTextCursor &cursor)
{
    const QTextBlock block = cursor.block();
    const QString line = block.text();
    const LineStart start = startOf(line);
    const bool isQuote = start.quote.contains(u'>');
    if (cursor.hasSelection() || (start.bullet.isEmpty() && !isQuote)
        || cursor.positionInBlock() < start.length())
        return false;
    const bool isRule
        = QRegularExpression(u"^ {0,3}([-*_])( *\\1){2,} *$"_s).match(line).hasMatch();
    if (isRule)
        return false;
    cursor.beginEditBlock();
    if (line.size() == start.length()) {
        // An empty item ends the list, and then the quote.
        const qsizetype keep = start.bullet.isEmpty() ? 0 : start.quote.size();
        removeAt(cursor, block.position() + keep, line.size() - keep);
        cursor.endEditBlock();
        return true;
    }
    QString next = start.quote + start.indent;
    if (isNumbered(start))
        next += QString::number(start.bullet.chopped(1).toLongLong() + 1) + start.bullet.back();
    else
        next += start.bullet;
    if (!start.bullet.isEmpty())
        next += start.gap.isEmpty() ? u" "_s : start.gap;
    if (!start.box.isEmpty())
        next += u"[ ] "_s;
    cursor.insertBlock();
    cursor.insertText(next);
    const int caret = cursor.position();
    if (isNumbered(start))
        countOn(cursor, cursor.document()->findBlock(caret));
    cursor.endEditBlock();
    cursor.setPosition(caret);
    return true;
}

void indent(QTextCursor &cursor)
{
    const QList<QTextBlock> blocks = blocksOf(cursor);
    QTextCursor edit(cursor.document());
    if (blocks.size() == 1 && startOf(blocks.first().text()).bullet.isEmpty()) {
        cursor.insertText(u"\t"_s);
        return;
    }
    edit.beginEditBlock();
    for (const QTextBlock &block : blocks) {
        const LineStart start = startOf(block.text());
        // As wide as the mark of the item above, so that it belongs to that.
        const qsizetype width = start.bullet.isEmpty() ? 2 : start.bullet.size() + 1;
        insertAt(edit, block.position() + start.quote.size(), QString(width, u' '));
    }
    edit.endEditBlock();
}

void outdent(QTextCursor &cursor)
{
    QTextCursor edit(cursor.document());
    edit.beginEditBlock();
    for (const QTextBlock &block : blocksOf(cursor)) {
        const LineStart start = startOf(block.text());
        const qsizetype width = start.bullet.isEmpty() ? 2 : start.bullet.size() + 1;
        const qsizetype length
            = start.indent.startsWith(u'\t') ? 1 : std::min(width, start.indent.size());
        removeAt(edit, block.position() + start.quote.size(), length);
    }
    edit.endEditBlock();
}

QString webAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool isOne = trimmed.size() < 2000
        && (trimmed.startsWith("http://"_L1) || trimmed.startsWith("https://"_L1))
        && !trimmed.contains(QRegularExpression(u"\\s"_s));
    return isOne && QUrl(trimmed).isValid() ? trimmed : QString();
}

} // namespace ui::markdown
