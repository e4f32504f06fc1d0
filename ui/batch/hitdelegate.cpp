// SPDX-License-Identifier: MIT
#include "ui/batch/hitdelegate.h"

#include "ui/batch/replacemodel.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int air = 4; ///< over and under

/// Draws @p text from the left of @p line on, the part at @p span in bold.
void drawLine(QPainter &painter, QRect line, const QString &text, QPair<int, int> span, bool isOld)
{
    const QFont plain = painter.font();
    QFont bold = plain;
    bold.setBold(true);
    bold.setStrikeOut(isOld);
    bold.setUnderline(!isOld);
    const std::pair<QString, QFont> parts[] = {{text.left(span.first), plain},
                                               {text.mid(span.first, span.second), bold},
                                               {text.mid(span.first + span.second), plain}};
    for (const auto &[part, font] : parts) {
        painter.setFont(font);
        const QFontMetrics metrics(font);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(part, Qt::ElideRight, line.width()));
        line.setLeft(line.left() + metrics.horizontalAdvance(part));
        if (line.width() <= 0)
            break;
    }
    painter.setFont(plain);
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
             index.data(ReplaceModel::BeforeSpanRole).value<QPair<int, int>>(), true);
    drawLine(*painter, QRect(text.left(), top + 2 * line, text.width(), line),
             index.data(ReplaceModel::AfterRole).toString(),
             index.data(ReplaceModel::AfterSpanRole).value<QPair<int, int>>(), false);
    painter->restore();
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, 3 * option.fontMetrics.height() + 2 * air};
}

} // namespace ui
