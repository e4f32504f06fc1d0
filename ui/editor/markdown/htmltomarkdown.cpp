// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/htmltomarkdown.h"

#include <QFontInfo>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Qt's reader of HTML, without what it would load.
class Html final : public QTextDocument
{
public:
    explicit Html(const QString &html)
    {
        setUndoRedoEnabled(false);
        setHtml(html);
    }

    QVariant loadResource(int, const QUrl &) override { return {}; }
};

bool isWebUrl(const QString &address)
{
    const QString scheme = QUrl(address).scheme();
    return scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1;
}

bool isFixed(const QTextCharFormat &format)
{
    if (format.fontFixedPitch())
        return true;
    const QStringList families = format.fontFamilies().toStringList();
    return std::ranges::any_of(families, [](const QString &family) {
        return family.contains("mono"_L1, Qt::CaseInsensitive)
            || family.contains("courier"_L1, Qt::CaseInsensitive)
            || family.contains("consolas"_L1, Qt::CaseInsensitive)
            || family.contains("menlo"_L1, Qt::CaseInsensitive);
    });
}

/// With what Markdown would take for marks kept from it.
QString escaped(const QString &text)
{
    static const QRegularExpression marks(
        u"([\\\\`*\\[\\]<]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}]))"_s);
    QString result = text;
    return result.replace(marks, u"\\\\1"_s);
}

/// The same at the beginning of a line.
QString escapedStart(const QString &line)
{
    static const QRegularExpression start(u"^(#{1,6} |[-+>] |(\\d{1,9})([.)]) )"_s);
    const QRegularExpressionMatch match = start.match(line);
    if (!match.hasMatch())
        return line;
    const qsizetype at = match.capturedLength(2) > 0 ? match.capturedLength(2) : 0;
    return line.first(at) + u'\\' + line.sliced(at);
}

class Writer
{
public:
    QString write(const QTextDocument &document);
    bool hasForm() const { return m_hasForm; }

private:
    struct Item
    {
        QString marker;
        QString indent;
    };

    void writeFrame(const QTextFrame *frame);
    void writeTable(const QTextTable &table);
    void writeBlock(const QTextBlock &block);
    void writeCode(const QTextBlock &block);
    void endCode();
    QString inlineText(const QTextBlock &block, bool isHeading);
    QString runText(const QTextCharFormat &format, const QString &text, bool isHeading);
    static QString imageText(const QTextImageFormat &image);
    std::optional<Item> itemOf(const QTextBlock &block, QString &text);
    void append(const QString &line, bool isItem, const QString &prefix);

    QString m_text;
    bool m_hasForm = false;
    bool m_wasItem = false;
    bool m_isInCode = false;
};

QString Writer::write(const QTextDocument &document)
{
    writeFrame(document.rootFrame());
    endCode();
    while (m_text.endsWith(u'\n'))
        m_text.chop(1);
    return m_text;
}

void Writer::writeFrame(const QTextFrame *frame)
{
    for (auto part = frame->begin(); !part.atEnd(); ++part) {
        if (const QTextFrame *child = part.currentFrame()) {
            const auto *table = qobject_cast<const QTextTable *>(child);
            // A table of one column is how mails and pages are laid out.
            if (table && table->columns() > 1 && table->rows() > 1)
                writeTable(*table);
            else
                writeFrame(child);
        } else {
            writeBlock(part.currentBlock());
        }
    }
}

void Writer::writeTable(const QTextTable &table)
{
    endCode();
    m_hasForm = true;
    QStringList lines;
    for (int row = 0; row < table.rows(); ++row) {
        QStringList cells;
        for (int column = 0; column < table.columns(); ++column) {
            QStringList parts;
            const QTextTableCell cell = table.cellAt(row, column);
            const bool isOwn = cell.row() == row && cell.column() == column;
            for (auto part = cell.begin(); isOwn && !part.atEnd(); ++part) {
                if (part.currentBlock().isValid())
                    parts << inlineText(part.currentBlock(), row == 0);
            }
            cells << parts.join(u' ').replace(u'\n', u' ').replace(u'|', u"\\|"_s).trimmed();
        }
        lines << u"| "_s + cells.join(u" | "_s) + u" |"_s;
        if (row == 0)
            lines << u"|"_s + u" --- |"_s.repeated(table.columns());
    }
    append(lines.join(u'\n'), false, {});
}

/// What the block is as an item of a list: by its list, or by the bullet that Word writes as text.
std::optional<Writer::Item> Writer::itemOf(const QTextBlock &block, QString &text)
{
    if (const QTextList *list = block.textList()) {
        const int style = list->format().style();
        const bool isNumbered = style <= QTextListFormat::ListDecimal;
        QString marker = isNumbered ? u"%1. "_s.arg(list->itemNumber(block) + 1) : u"- "_s;
        const auto box = block.blockFormat().marker();
        if (box == QTextBlockFormat::MarkerType::Checked)
            marker += u"[x] "_s;
        else if (box == QTextBlockFormat::MarkerType::Unchecked)
            marker += u"[ ] "_s;
        const int depth = std::max(0, list->format().indent() - 1);
        return Item{marker, QString(depth * (isNumbered ? 3 : 2), u' ')};
    }
    static const QRegularExpression bullet(u"^[·•▪◦§o]\\s*\\x{00A0}[\\s\\x{00A0}]*"_s);
    static const QRegularExpression number(u"^(\\d{1,3})[.)]\\x{00A0}[\\s\\x{00A0}]*"_s);
    QRegularExpressionMatch match = bullet.match(text);
    if (match.hasMatch()) {
        text = text.sliced(match.capturedLength());
        return Item{u"- "_s, {}};
    }
    match = number.match(text);
    if (match.hasMatch()) {
        text = text.sliced(match.capturedLength());
        return Item{match.captured(1) + u". "_s, {}};
    }
    return {};
}

void Writer::writeBlock(const QTextBlock &block)
{
    const QTextBlockFormat format = block.blockFormat();
    if (format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth)) {
        endCode();
        m_hasForm = true;
        append(u"---"_s, false, {});
        return;
    }
    const bool isCode = format.nonBreakableLines()
        || format.hasProperty(QTextFormat::BlockCodeFence)
        || format.hasProperty(QTextFormat::BlockCodeLanguage);
    if (isCode && !block.textList()) {
        writeCode(block);
        return;
    }
    endCode();
    const int level = format.headingLevel();
    QString text = inlineText(block, level > 0);
    const auto item = itemOf(block, text);
    text = text.trimmed();
    if (text.isEmpty() && !item)
        return;
    const int quotes = format.intProperty(QTextFormat::BlockQuoteLevel);
    m_hasForm = m_hasForm || item || level > 0 || quotes > 0;
    const QString quote = u"> "_s.repeated(quotes);
    if (level > 0) {
        append(QString(level, u'#') + u' ' + text.replace(u'\n', u' '), false, quote);
        return;
    }
    if (!item) {
        append(escapedStart(text), false, quote);
        return;
    }
    // Further lines of an item stand under its text.
    const QString under = u'\n' + item->indent + QString(item->marker.size(), u' ');
    append(item->indent + item->marker + text.replace(u'\n', under), true, quote);
}

void Writer::writeCode(const QTextBlock &block)
{
    m_hasForm = true;
    if (!m_isInCode)
        append(u"```"_s, false, {});
    m_isInCode = true;
    m_text.chop(m_text.endsWith("\n\n"_L1) ? 1 : 0);
    m_text += block.text().replace(QChar::LineSeparator, u'\n').replace(u'\u00A0', u' ') + u'\n';
}

void Writer::endCode()
{
    if (!m_isInCode)
        return;
    m_isInCode = false;
    m_text += u"```\n\n"_s;
}

QString Writer::imageText(const QTextImageFormat &image)
{
    const QString address = image.name();
    QString alt = image.property(QTextFormat::ImageAltText).toString();
    if (!isWebUrl(address))
        return alt; // what is in a file or in the page itself can't be pointed to
    return u"![%1](%2)"_s.arg(alt, address);
}

QString Writer::inlineText(const QTextBlock &block, bool isHeading)
{
    // Neighbours of one look are one, as office programs part them at will.
    QString text;
    QTextCharFormat format;
    QString run;
    const auto isAlike = [](const QTextCharFormat &a, const QTextCharFormat &b) {
        return (a.fontWeight() >= QFont::DemiBold) == (b.fontWeight() >= QFont::DemiBold)
            && a.fontItalic() == b.fontItalic() && a.fontStrikeOut() == b.fontStrikeOut()
            && isFixed(a) == isFixed(b) && a.anchorHref() == b.anchorHref();
    };
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        const QTextCharFormat next = fragment.charFormat();
        if (next.isImageFormat()) {
            text += runText(format, std::exchange(run, QString()), isHeading);
            const QString image = imageText(next.toImageFormat());
            m_hasForm = m_hasForm || !image.isEmpty();
            text += image;
            continue;
        }
        if (!run.isEmpty() && !isAlike(format, next))
            text += runText(format, std::exchange(run, QString()), isHeading);
        format = next;
        run += fragment.text();
    }
    return text + runText(format, run, isHeading);
}

QString Writer::runText(const QTextCharFormat &format, const QString &text, bool isHeading)
{
    QString plain = text;
    plain.remove(QChar::ObjectReplacementCharacter);
    plain.replace(QChar::LineSeparator, u'\n');
    // Blanks go outside of the marks, else they are none.
    qsizetype begin = 0;
    while (begin < plain.size() && plain.at(begin).isSpace())
        ++begin;
    qsizetype end = plain.size();
    while (end > begin && plain.at(end - 1).isSpace())
        --end;
    if (begin == end)
        return plain;
    QString inside = plain.sliced(begin, end - begin);
    const QString link = format.anchorHref();
    const bool isLink = isWebUrl(link);
    const bool isBold = !isHeading && format.fontWeight() >= QFont::DemiBold;
    const bool isCode = isFixed(format) && !inside.contains(u'`') && !inside.contains(u'\n');
    if (isLink && inside == link)
        inside = u'<' + link + u'>';
    else if (isCode)
        inside = u'`' + inside + u'`';
    else
        inside = escaped(inside).replace(u"\n"_s, u"  \n"_s);
    if (format.fontStrikeOut())
        inside = u"~~"_s + inside + u"~~"_s;
    if (format.fontItalic())
        inside = u'*' + inside + u'*';
    if (isBold)
        inside = u"**"_s + inside + u"**"_s;
    if (isLink && text.trimmed() != link)
        inside = u"[%1](%2)"_s.arg(inside, link);
    m_hasForm
        = m_hasForm || isCode || isLink || isBold || format.fontItalic() || format.fontStrikeOut();
    return plain.first(begin) + inside + plain.sliced(end);
}

void Writer::append(const QString &line, bool isItem, const QString &prefix)
{
    if (isItem && m_wasItem && m_text.endsWith("\n\n"_L1))
        m_text.chop(1);
    m_wasItem = isItem;
    QString text = prefix + line;
    if (!prefix.isEmpty())
        text.replace(u'\n', u'\n' + prefix);
    m_text += text + u"\n\n"_s;
}

/// Whether nothing but code is in it: an editor for programs copies its colours as HTML.
bool isAllFixed(const QTextDocument &document)
{
    bool isAny = false;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().text().trimmed().isEmpty())
                continue;
            if (!isFixed(part.fragment().charFormat()))
                return false;
            isAny = true;
        }
    }
    return isAny;
}

} // namespace

std::optional<QString> htmlToMarkdown(const QString &html)
{
    if (html.size() > longestPastedHtml)
        return {};
    const Html document(html);
    if (isAllFixed(document) && !html.contains("<pre"_L1, Qt::CaseInsensitive))
        return {};
    Writer writer;
    const QString text = writer.write(document);
    if (!writer.hasForm() || text.isEmpty())
        return {};
    return text;
}

} // namespace ui
