// SPDX-License-Identifier: MIT
#include "ui/batch/hitdelegate.h"

#include "ui/batch/replacemodel.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int air = 4; ///< over and under

/// Draws @p text in @p line, from where @p direction begins, the part at @p span in bold.
void drawLine(QPainter &painter, QRect line, const QString &text, QPair<int, int> span, bool isOld,
              Qt::LayoutDirection direction)
{
    const QString shown
        = QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, line.width());
    QTextOption option(QStyle::visualAlignment(direction, Qt::AlignLeft) | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::NoWrap);
    // The text runs in its own direction, but stands where its list begins.
    option.setTextDirection(shown.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    QTextLayout layout(shown, painter.font(), painter.device());
    layout.setTextOption(option);
    QTextCharFormat format;
    format.setFontWeight(QFont::Bold);
    format.setFontStrikeOut(isOld);
    format.setFontUnderline(!isOld);
    layout.setFormats({{span.first, span.second, format}});
    layout.beginLayout();
    QTextLine row = layout.createLine();
    row.setLineWidth(line.width());
    layout.endLayout();
    painter.save();
    painter.setClipRect(line, Qt::IntersectClip);
    layout.draw(&painter, QPointF(line.left(), line.top() + (line.height() - row.height()) / 2));
    painter.restore();
}

} // namespace

void HitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);

    const QRect text
        = style->subElementRect(QStyle::SE_ItemViewItemText, &item, widget).adjusted(4, 0, -4, 0);
    const int line = option.fontMetrics.height();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QPalette::ColorGroup group
        = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    painter->save();
    painter->setFont(option.font);
    painter->setPen(option.palette.color(
        group, isSelected ? QPalette::HighlightedText : QPalette::PlaceholderText));
    const int top = option.rect.top() + air;
    painter->drawText(QRect(text.left(), top, text.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      index.data(ReplaceModel::NameRole).toString());
    painter->setPen(
        option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text));
    drawLine(*painter, QRect(text.left(), top + line, text.width(), line),
             index.data(ReplaceModel::BeforeRole).toString(),
             index.data(ReplaceModel::BeforeSpanRole).value<QPair<int, int>>(), true,
             option.direction);
    drawLine(*painter, QRect(text.left(), top + 2 * line, text.width(), line),
             index.data(ReplaceModel::AfterRole).toString(),
             index.data(ReplaceModel::AfterSpanRole).value<QPair<int, int>>(), false,
             option.direction);
    painter->restore();
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, 3 * option.fontMetrics.height() + 2 * air};
}

} // namespace ui
