// SPDX-License-Identifier: MIT
#include "ui/help/helpbrowser.h"

#include "ui/common/palettes.h"
#include "ui/help/manual.h"

#include <QImage>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextTable>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int margin = 20;
constexpr double pixelsOfPicture = 1.5; ///< for each of the window that it was made of
constexpr double usualLine = 17; ///< pixels, with text of 100 %
constexpr int leastWidth = 160; ///< of a picture

} // namespace

HelpBrowser::HelpBrowser(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // pictures are as wide as the room beside it
}

void HelpBrowser::setPage(const QString &markdown, const QString &language)
{
    m_language = language;
    document()->clear(); // and the pictures of another width with it
    document()->setDefaultFont(font());
    setMarkdown(markdown);
    document()->setDocumentMargin(margin);
    layOutTables();
    moveCursor(QTextCursor::Start);
}

QVariant HelpBrowser::loadResource(int type, const QUrl &name)
{
    const QString path = type == QTextDocument::ImageResource
        ? Manual::picture(name.toString(), m_language, isDark(palette()))
        : QString();
    if (path.isEmpty())
        return {};
    QImage image(path);
    // As large as the text beside it, and never wider than the page. Two share a line of a table.
    const double natural
        = image.width() / pixelsOfPicture * std::max(1.0, fontMetrics().lineSpacing() / usualLine);
    const double room = viewport()->width() - 2.0 * margin - 8;
    const double width = std::max<double>(leastWidth, std::min(natural, room));
    const double ratio = devicePixelRatioF();
    image = image.scaledToWidth(int(width * ratio), Qt::SmoothTransformation);
    image.setDevicePixelRatio(ratio);
    return image;
}

void HelpBrowser::doSetSource(const QUrl &, QTextDocument::ResourceType) {}

/// Lines between the rows, and air: the reader of Markdown leaves tables bare.
void HelpBrowser::layOutTables()
{
    const QColor line
        = palette().color(isHighContrast(palette()) ? QPalette::WindowText : QPalette::Mid);
    for (QTextFrame *frame : document()->rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderBrush(line);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setTopMargin(6);
        format.setBottomMargin(12);
        table->setFormat(format);
    }
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        if (format.headingLevel() > 0) {
            format.setTopMargin(format.headingLevel() == 1 ? 4 : 18);
            format.setBottomMargin(8);
        } else if (!cursor.currentTable()) {
            format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
            format.setBottomMargin(block.textList() ? 4 : 10);
            format.setTopMargin(0);
        }
        // A picture's line would be a quarter higher than it.
        if (block.text().contains(QChar::ObjectReplacementCharacter))
            format.setLineHeight(100, QTextBlockFormat::ProportionalHeight);
        cursor.setBlockFormat(format);
    }
}

} // namespace ui
