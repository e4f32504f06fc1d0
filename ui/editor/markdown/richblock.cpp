// SPDX-License-Identifier: MIT
#include "ui/editor/markdown/richblock.h"

#include <QTextDocumentFragment>

#include <algorithm>
#include <md4c.h>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// "&auml;" as the letter it means.
QString entityText(const QString &entity)
{
    if (entity.startsWith("&#"_L1)) {
        const bool isHex = entity.size() > 2 && entity.at(2).toLower() == u'x';
        const QStringView digits = QStringView(entity).sliced(isHex ? 3 : 2).chopped(1);
        const char32_t character = digits.toUInt(nullptr, isHex ? 16 : 10);
        const bool isText
            = character > 0 && character <= 0x10FFFF && (character < 0xD800 || character > 0xDFFF);
        return isText ? QString::fromUcs4(&character, 1) : QString(QChar::ReplacementCharacter);
    }
    return QTextDocumentFragment::fromHtml(entity).toPlainText();
}

QString attributeText(const MD_ATTRIBUTE &attribute)
{
    QString text;
    for (int i = 0; attribute.text && attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET begin = attribute.substr_offsets[i];
        const QString part
            = QString::fromUtf8(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
        text += attribute.substr_types[i] == MD_TEXT_ENTITY ? entityText(part) : part;
    }
    return text;
}

/// Makes paragraphs of what md4c reports.
class Reader
{
public:
    RichBlock read(QByteArrayView markdown);

private:
    struct ListLevel
    {
        bool isOrdered = false;
        unsigned number = 0;
    };

    static Reader &from(void *user) { return *static_cast<Reader *>(user); }

    void enterBlock(MD_BLOCKTYPE type, const void *detail);
    void leaveBlock(MD_BLOCKTYPE type);
    void enterItem(const MD_BLOCK_LI_DETAIL &item);
    void enterSpan(MD_SPANTYPE type, const void *detail);
    void leaveSpan(MD_SPANTYPE type);
    void addText(MD_TEXTTYPE type, const QString &text);

    void open(RichParagraph::Kind kind, int level = 0);
    void close();
    void append(const QString &text, int styles);

    RichBlock m_block;
    bool m_isOpen = false; ///< the last paragraph takes text
    bool m_isInCell = false;
    int m_quotes = 0;
    QList<ListLevel> m_lists;
    QString m_bullet; ///< for the next paragraph
    QList<int> m_styles; ///< of the spans that are open
    QStringList m_links; ///< likewise
};

RichBlock Reader::read(QByteArrayView markdown)
{
    MD_PARSER parser = {};
    parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
        | MD_FLAG_PERMISSIVEAUTOLINKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *user) {
        from(user).enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *, void *user) {
        from(user).leaveBlock(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *user) {
        from(user).enterSpan(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *user) {
        from(user).leaveSpan(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user) {
        from(user).addText(type, QString::fromUtf8(text, size));
        return 0;
    };
    md_parse(markdown.data(), MD_SIZE(markdown.size()), &parser, this);
    return m_block;
}

void Reader::enterBlock(MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        ++m_quotes;
        break;
    case MD_BLOCK_UL:
        close();
        m_lists.append(ListLevel());
        break;
    case MD_BLOCK_OL:
        close();
        m_lists.append(ListLevel{true, static_cast<const MD_BLOCK_OL_DETAIL *>(detail)->start});
        break;
    case MD_BLOCK_LI:
        enterItem(*static_cast<const MD_BLOCK_LI_DETAIL *>(detail));
        break;
    case MD_BLOCK_HR:
        open(RichParagraph::Kind::Rule);
        close();
        break;
    case MD_BLOCK_H:
        open(RichParagraph::Kind::Heading,
             int(static_cast<const MD_BLOCK_H_DETAIL *>(detail)->level));
        break;
    case MD_BLOCK_CODE:
        open(RichParagraph::Kind::Code);
        break;
    case MD_BLOCK_P:
        open(RichParagraph::Kind::Text);
        break;
    case MD_BLOCK_TABLE:
        open(RichParagraph::Kind::Table);
        break;
    case MD_BLOCK_TR:
        m_block.paragraphs.last().rows.append(QList<RichCell>());
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: {
        const MD_ALIGN align = static_cast<const MD_BLOCK_TD_DETAIL *>(detail)->align;
        RichCell cell;
        cell.isHeader = type == MD_BLOCK_TH;
        cell.alignment = align == MD_ALIGN_RIGHT ? Qt::AlignRight
            : align == MD_ALIGN_CENTER           ? Qt::AlignHCenter
                                                 : Qt::AlignLeft;
        m_block.paragraphs.last().rows.last().append(cell);
        m_isInCell = true;
        break;
    }
    default:
        break;
    }
}

void Reader::leaveBlock(MD_BLOCKTYPE type)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        --m_quotes;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        close();
        m_lists.removeLast();
        break;
    case MD_BLOCK_LI:
        if (!m_bullet.isEmpty())
            open(RichParagraph::Kind::Text); // an item without a word
        close();
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        m_isInCell = false;
        break;
    case MD_BLOCK_CODE: {
        // Its last line end closes it.
        QList<RichRun> &runs = m_block.paragraphs.last().runs;
        if (!runs.isEmpty() && runs.last().text.endsWith(u'\n'))
            runs.last().text.chop(1);
        close();
        break;
    }
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
        close();
        break;
    default:
        break;
    }
}

void Reader::enterItem(const MD_BLOCK_LI_DETAIL &item)
{
    close();
    ListLevel &list = m_lists.last();
    if (item.is_task)
        m_bullet = item.task_mark == ' ' ? u"☐"_s : u"☑"_s;
    else if (list.isOrdered)
        m_bullet = u"%1."_s.arg(list.number);
    else
        m_bullet = u"•"_s;
    ++list.number;
}

void Reader::enterSpan(MD_SPANTYPE type, const void *detail)
{
    int style = m_styles.isEmpty() ? RichRun::Plain : m_styles.last();
    QString link = m_links.isEmpty() ? QString() : m_links.last();
    switch (type) {
    case MD_SPAN_EM:
        style |= RichRun::Italic;
        break;
    case MD_SPAN_STRONG:
        style |= RichRun::Bold;
        break;
    case MD_SPAN_DEL:
        style |= RichRun::StruckOut;
        break;
    case MD_SPAN_CODE:
        style |= RichRun::Code;
        break;
    case MD_SPAN_A:
        link = attributeText(static_cast<const MD_SPAN_A_DETAIL *>(detail)->href);
        break;
    case MD_SPAN_IMG:
        style |= RichRun::Image;
        break;
    default:
        break;
    }
    m_styles.append(style);
    m_links.append(link);
    if (type == MD_SPAN_IMG)
        append(QString(), style); // an image without a description is one, too
}

void Reader::leaveSpan(MD_SPANTYPE)
{
    m_styles.removeLast();
    m_links.removeLast();
}

void Reader::addText(MD_TEXTTYPE type, const QString &text)
{
    const int styles = m_styles.isEmpty() ? RichRun::Plain : m_styles.last();
    switch (type) {
    case MD_TEXT_NULLCHAR:
        append(QString(QChar::ReplacementCharacter), styles);
        break;
    case MD_TEXT_BR:
        append(u"\n"_s, styles);
        break;
    case MD_TEXT_SOFTBR:
        append(u" "_s, styles);
        break;
    case MD_TEXT_ENTITY:
        append(entityText(text), styles);
        break;
    default:
        append(text, styles);
        break;
    }
}

void Reader::open(RichParagraph::Kind kind, int level)
{
    RichParagraph paragraph;
    paragraph.kind = kind;
    paragraph.level = level;
    paragraph.quotes = m_quotes;
    paragraph.lists = int(m_lists.size());
    paragraph.bullet = std::exchange(m_bullet, QString());
    m_block.paragraphs.append(paragraph);
    m_isOpen = true;
}

void Reader::close()
{
    m_isOpen = false;
}

void Reader::append(const QString &text, int styles)
{
    if (!m_isOpen)
        open(RichParagraph::Kind::Text); // an item of a list without blank lines
    RichParagraph &paragraph = m_block.paragraphs.last();
    QList<RichRun> &runs = m_isInCell ? paragraph.rows.last().last().runs : paragraph.runs;
    const QString link = m_links.isEmpty() ? QString() : m_links.last();
    if (!runs.isEmpty() && runs.last().styles == styles && runs.last().link == link)
        runs.last().text += text;
    else
        runs.append({text, styles, link});
}

QString textOf(const QList<RichRun> &runs)
{
    QString text;
    for (const RichRun &run : runs)
        text += run.text;
    return text;
}

} // namespace

QString RichBlock::plainText() const
{
    QStringList lines;
    for (const RichParagraph &paragraph : paragraphs) {
        if (paragraph.kind != RichParagraph::Kind::Table) {
            lines << textOf(paragraph.runs);
            continue;
        }
        for (const QList<RichCell> &row : paragraph.rows) {
            QStringList cells;
            for (const RichCell &cell : row)
                cells << textOf(cell.runs);
            lines << cells.join(u'\t');
        }
    }
    return lines.join(u'\n');
}

RichBlock readBlock(QStringView markdown, const QString &definitions)
{
    QString text = markdown.toString();
    text.replace(QChar::ParagraphSeparator, u'\n');
    if (!definitions.isEmpty() && text.contains(u'['))
        text += u"\n\n"_s + definitions;
    return Reader().read(text.toUtf8());
}

RichBlock verbatimBlock(QStringView text)
{
    RichParagraph paragraph;
    paragraph.kind = RichParagraph::Kind::Code;
    paragraph.runs.append({text.toString().replace(QChar::ParagraphSeparator, u'\n')});
    return {{paragraph}};
}

} // namespace ui
