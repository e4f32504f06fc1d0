// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/preview.h"

#include "ui/common/markdowncolors.h"

#include <QAbstractTextDocumentLayout>
#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qreal margin = 10; ///< pixels around the text
constexpr qreal indentWidth = 22;
constexpr qreal quoteWidth = 16;
constexpr qreal paragraphGap = 0.6; ///< lines below one
constexpr qreal itemGap = 0.2;
constexpr qreal headingScales[] = {1.6, 1.4, 1.2, 1.1, 1.0, 1.0};

bool isSafe(const QUrl &url)
{
    const QString scheme = url.scheme();
    return scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1;
}

} // namespace

Preview::Preview(QWidget *parent)
    : QTextBrowser(parent)
{
    setObjectName(u"previewView"_s);
    setAccessibleName(tr("Preview"));
    setPlaceholderText(tr("What you write is shown here as it will be read."));
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    document()->setDocumentMargin(margin);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (!isSafe(url))
            return; // a file, a script, or a place in the site that only the site knows
        emit linkOpened(url);
        QDesktopServices::openUrl(url);
    });
    connect(this, qOverload<const QUrl &>(&QTextBrowser::highlighted), this,
            [this](const QUrl &url) { setToolTip(url.toString()); });
    m_extendTimer.setSingleShot(true);
    connect(&m_extendTimer, &QTimer::timeout, this, &Preview::extend);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        const QScrollBar *bar = verticalScrollBar();
        const bool atEnd = (value == bar->maximum() && endBlock() < m_body.blocks.size())
            || (value == bar->minimum() && m_first > 0);
        if (!m_isMoving && atEnd)
            m_extendTimer.start();
    });
}

QVariant Preview::loadResource(int, const QUrl &)
{
    return {};
}

void Preview::doSetSource(const QUrl &, QTextDocument::ResourceType) {}

void Preview::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        renew();
}

void Preview::resizeEvent(QResizeEvent *event)
{
    const bool isOwn = m_isMoving; // a scroll bar comes or goes while the text is written
    const QScopedValueRollback guard(m_isMoving, true);
    QTextBrowser::resizeEvent(event);
    if (!isOwn)
        showPosition(m_position, m_height);
}

// ----------------------------------------------------------------------------------- what is held

void Preview::setBody(const ParsedBody &body)
{
    if (!m_reason.isEmpty()) {
        m_reason.clear();
        clearBlocks();
    }
    const ParsedBody old = std::exchange(m_body, body);
    const qsizetype most = std::min(old.blocks.size(), body.blocks.size());
    const auto isSame = [&](qsizetype before, qsizetype now) {
        return old.blocks.at(before).content == body.blocks.at(now).content;
    };
    qsizetype head = 0;
    while (head < most && isSame(head, head))
        ++head;
    qsizetype tail = 0;
    while (tail < most - head
           && isSame(old.blocks.size() - 1 - tail, body.blocks.size() - 1 - tail))
        ++tail;
    const qsizetype oldEnd = old.blocks.size() - tail;
    const qsizetype newEnd = body.blocks.size() - tail;
    if (head == oldEnd && head == newEnd)
        return;
    const QScopedValueRollback guard(m_isMoving, true);
    const bool holdsAny = !m_sizes.isEmpty();
    if (holdsAny && m_first > 0 && oldEnd <= m_first) {
        m_first += newEnd - oldEnd;
        return;
    }
    const bool isInside = holdsAny && head >= m_first && oldEnd <= endBlock();
    if (holdsAny && !isInside && head >= endBlock())
        return;
    qsizetype length = 0;
    for (qsizetype i = head; i < newEnd; ++i)
        length += body.blocks.at(i).end - body.blocks.at(i).begin;
    if (isInside && length <= 2 * reach)
        replaceBlocks(head - m_first, oldEnd - head, newEnd - head);
    else
        hold(m_body.blockAt(m_position));
}

void Preview::rest(const QString &reason)
{
    m_body = {};
    m_reason = reason;
    clearBlocks();
    setPlainText(reason);
}

void Preview::clearBlocks()
{
    m_first = 0;
    m_sizes.clear();
    clear();
    document()->setDocumentMargin(margin);
}

/// Holds the blocks around @p block anew.
void Preview::hold(qsizetype block)
{
    const QScopedValueRollback guard(m_isMoving, true);
    setUpdatesEnabled(false);
    clearBlocks();
    if (block >= 0) {
        const auto length
            = [this](qsizetype i) { return m_body.blocks.at(i).end - m_body.blocks.at(i).begin; };
        qsizetype first = block;
        for (qsizetype room = reach; first > 0 && room > 0; room -= length(first))
            --first;
        qsizetype end = block + 1;
        for (qsizetype room = reach; end < m_body.blocks.size() && room > 0; ++end)
            room -= length(end);
        m_first = first;
        replaceBlocks(0, 0, end - first);
    }
    setUpdatesEnabled(true);
}

int Preview::firstTextBlock(qsizetype region) const
{
    int number = 0;
    for (qsizetype i = 0; i < region; ++i)
        number += m_sizes.at(i);
    return number;
}

/// Writes @p newCount blocks of the body in the place of the @p count from @p first on of those held.
void Preview::replaceBlocks(qsizetype first, qsizetype count, qsizetype newCount)
{
    const int scroll = verticalScrollBar()->value();
    QTextDocument &text = *document();
    const int begin = firstTextBlock(first);
    const bool wasEmpty = m_sizes.isEmpty();
    const bool isAtEnd = first + count == m_sizes.size();
    QTextCursor cursor(&text);
    cursor.beginEditBlock();
    if (count > 0) {
        const int end = begin + firstTextBlock(first + count) - firstTextBlock(first);
        cursor.setPosition(text.findBlockByNumber(begin).position());
        const QTextBlock last = text.findBlockByNumber(end - 1);
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    } else if (!wasEmpty && isAtEnd) {
        cursor.movePosition(QTextCursor::End);
        cursor.insertBlock();
    } else if (!wasEmpty) {
        cursor.setPosition(text.findBlockByNumber(begin).position());
        const QTextBlockFormat kept = cursor.blockFormat();
        cursor.insertBlock(kept, cursor.blockCharFormat());
        cursor.movePosition(QTextCursor::PreviousBlock);
    }
    m_sizes.remove(first, count);
    // One QTextBlock is free now, and everything but the last block goes before the next one.
    if (newCount == 0) {
        if (!m_sizes.isEmpty() && first < m_sizes.size()) {
            const QTextBlock next = cursor.block().next();
            const QTextBlockFormat format = next.blockFormat();
            cursor.deleteChar();
            cursor.setBlockFormat(format);
        } else if (!m_sizes.isEmpty()) {
            cursor.deletePreviousChar();
        } else {
            cursor.setBlockFormat({});
            cursor.setBlockCharFormat({});
        }
    }
    for (qsizetype i = 0; i < newCount; ++i) {
        if (i > 0)
            cursor.insertBlock();
        const int before = text.blockCount();
        write(cursor, *m_body.blocks.at(m_first + first + i).content);
        m_sizes.insert(first + i, text.blockCount() - before + 1);
    }
    cursor.endEditBlock();
    verticalScrollBar()->setValue(scroll);
}

void Preview::renew()
{
    if (!m_reason.isEmpty() || m_sizes.isEmpty())
        return;
    hold(m_body.blockAt(m_position));
    showPosition(m_position, m_height);
}

/// The user scrolled to an end that isn't the text's: the blocks there come into the middle.
void Preview::extend()
{
    const bool isTop = verticalScrollBar()->value() == verticalScrollBar()->minimum();
    const qsizetype block = isTop ? m_first : endBlock() - 1;
    if (m_sizes.isEmpty() || block < 0 || block >= m_body.blocks.size())
        return;
    const int before = blockRect(block).top();
    hold(block);
    const QScopedValueRollback guard(m_isMoving, true);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + blockRect(block).top() - before);
}

// ------------------------------------------------------------------------------------------ place

QRect Preview::blockRect(qsizetype block) const
{
    const qsizetype region = block - m_first;
    if (region < 0 || region >= m_sizes.size())
        return {};
    const QAbstractTextDocumentLayout *layout = document()->documentLayout();
    const int begin = firstTextBlock(region);
    const QRectF first = layout->blockBoundingRect(document()->findBlockByNumber(begin));
    const QRectF last
        = layout->blockBoundingRect(document()->findBlockByNumber(begin + m_sizes.at(region) - 1));
    return first.united(last)
        .translated(-horizontalScrollBar()->value(), -verticalScrollBar()->value())
        .toAlignedRect();
}

void Preview::showPosition(qsizetype position, double height)
{
    m_position = position;
    m_height = height;
    const qsizetype block = m_body.blockAt(position);
    if (block < 0 || !m_reason.isEmpty())
        return;
    const QScopedValueRollback guard(m_isMoving, true);
    const bool isHeld = block >= m_first && block < endBlock();
    const bool isNearTop = m_first > 0 && block == m_first;
    const bool isNearEnd = endBlock() < m_body.blocks.size() && block == endBlock() - 1;
    if (!isHeld || isNearTop || isNearEnd)
        hold(block);
    const QRect rect = blockRect(block);
    const ParsedBody::Block &source = m_body.blocks.at(block);
    const double share = std::clamp(double(position - source.begin)
                                        / double(std::max<qsizetype>(1, source.end - source.begin)),
                                    0.0, 1.0);
    const double y = rect.top() + share * std::max(0, rect.height() - 20);
    const double wanted = height * (viewport()->height() - 40);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + int(y - wanted));
}

// ---------------------------------------------------------------------------------------- writing

/// Into the QTextBlock of @p cursor, which is empty, and further ones.
void Preview::write(QTextCursor &cursor, const RichBlock &block)
{
    bool isFirst = true;
    for (const RichParagraph &paragraph : block.paragraphs) {
        writeParagraph(cursor, paragraph, isFirst);
        isFirst = false;
    }
    // The last item of a list stands as far from what follows as a paragraph does.
    QTextBlockFormat last;
    last.setBottomMargin(QFontMetricsF(font()).lineSpacing() * paragraphGap);
    cursor.mergeBlockFormat(last);
    if (isFirst) { // a definition of a link is nothing to be read
        QTextBlockFormat format;
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat({});
    }
}

QTextBlockFormat Preview::formatOf(const RichParagraph &paragraph) const
{
    const qreal line = QFontMetricsF(font()).lineSpacing();
    QTextBlockFormat format;
    const bool isItem = paragraph.lists > 0;
    format.setLeftMargin(paragraph.lists * indentWidth + paragraph.quotes * quoteWidth);
    format.setTopMargin(paragraph.kind == RichParagraph::Kind::Heading ? line * 0.6 : 0);
    format.setBottomMargin(isItem ? line * itemGap : line * paragraphGap);
    if (!paragraph.bullet.isEmpty()) {
        format.setTextIndent(-indentWidth);
        QTextOption::Tab tab;
        tab.position = indentWidth; // counts from the bullet
        format.setTabPositions({tab});
    }
    switch (paragraph.kind) {
    case RichParagraph::Kind::Heading:
        format.setHeadingLevel(paragraph.level);
        break;
    case RichParagraph::Kind::Code:
        format.setBackground(markdownColors(palette()).codeGround);
        break;
    case RichParagraph::Kind::Rule:
        format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                           QTextLength(QTextLength::PercentageLength, 100));
        break;
    default:
        break;
    }
    return format;
}

void Preview::writeParagraph(QTextCursor &cursor, const RichParagraph &paragraph, bool isFirst)
{
    const MarkdownColors colors = markdownColors(palette());
    const QTextBlockFormat format = formatOf(paragraph);
    QTextCharFormat base;
    if (paragraph.quotes > 0) {
        base.setForeground(colors.quote);
        base.setFontItalic(true);
    }
    if (paragraph.kind == RichParagraph::Kind::Heading) {
        base.setFontPointSize(font().pointSizeF() * headingScales[paragraph.level - 1]);
        base.setFontWeight(QFont::Bold);
        base.setForeground(colors.heading);
    } else if (paragraph.kind == RichParagraph::Kind::Code) {
        base.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        base.setForeground(colors.code);
    }
    if (isFirst) {
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(base);
    } else {
        cursor.insertBlock(format, base);
    }
    if (paragraph.kind == RichParagraph::Kind::Table) {
        writeTable(cursor, paragraph);
        return;
    }
    if (!paragraph.bullet.isEmpty()) {
        QTextCharFormat bullet = base;
        bullet.setForeground(colors.list);
        cursor.insertText(paragraph.bullet + u'\t', bullet);
    }
    writeRuns(cursor, paragraph.runs, base);
}

void Preview::writeTable(QTextCursor &cursor, const RichParagraph &paragraph)
{
    qsizetype columns = 0;
    for (const QList<RichCell> &row : paragraph.rows)
        columns = std::max(columns, row.size());
    if (columns == 0)
        return;
    QTextTableFormat format;
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorder(1);
    format.setBorderBrush(palette().color(QPalette::Mid));
    format.setBorderCollapse(true);
    format.setCellPadding(4);
    QTextTable *table = cursor.insertTable(int(paragraph.rows.size()), int(columns), format);
    for (qsizetype row = 0; row < paragraph.rows.size(); ++row) {
        for (qsizetype column = 0; column < paragraph.rows.at(row).size(); ++column) {
            const RichCell &cell = paragraph.rows.at(row).at(column);
            QTextCursor inside = table->cellAt(int(row), int(column)).firstCursorPosition();
            QTextBlockFormat align;
            align.setAlignment(cell.alignment);
            inside.setBlockFormat(align);
            QTextCharFormat base;
            if (cell.isHeader)
                base.setFontWeight(QFont::Bold);
            writeRuns(inside, cell.runs, base);
        }
    }
    cursor.setPosition(table->lastPosition() + 1);
}

void Preview::writeRuns(QTextCursor &cursor, const QList<RichRun> &runs,
                        const QTextCharFormat &base)
{
    const MarkdownColors colors = markdownColors(palette());
    for (const RichRun &run : runs) {
        QTextCharFormat format = base;
        if (run.styles & RichRun::Bold)
            format.setFontWeight(QFont::Bold);
        if (run.styles & RichRun::Italic)
            format.setFontItalic(!base.fontItalic());
        format.setFontStrikeOut(run.styles & RichRun::StruckOut);
        if (run.styles & RichRun::Code) {
            format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
            format.setForeground(colors.code);
            format.setBackground(colors.codeGround);
        }
        if (!run.link.isEmpty()) {
            format.setAnchor(true);
            format.setAnchorHref(run.link);
            format.setForeground(colors.link);
            format.setFontUnderline(true);
        }
        QString text = run.text;
        if (run.styles & RichRun::Image) {
            format.setForeground(colors.mark);
            //: Stands for a picture, which isn't loaded; %1 is its description
            text = text.isEmpty() ? tr("[Picture]") : tr("[Picture: %1]").arg(text);
        }
        // A new paragraph would be another block.
        cursor.insertText(text.replace(u'\n', QChar::LineSeparator), format);
    }
}

} // namespace ui
