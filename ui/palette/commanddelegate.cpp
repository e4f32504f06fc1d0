// SPDX-License-Identifier: MIT
#include "ui/palette/commanddelegate.h"

#include "ui/palette/commandlistmodel.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 6; ///< pixels left and right
constexpr int gap = 16; ///< between the text and the keys

} // namespace

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem panel = option;
    initStyleOption(&panel, index);
    panel.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &panel, painter, option.widget);

    const bool isSelected = option.state & QStyle::State_Selected;
    const QString reason = index.data(CommandListModel::ReasonRole).toString();
    const QPalette &palette = option.palette;
    const QColor plain = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor dim = isSelected ? palette.color(QPalette::HighlightedText)
                                  : palette.color(QPalette::PlaceholderText);
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);

    painter->save();
    painter->setFont(option.font);
    const QString keys = index.data(CommandListModel::KeysRole).toString();
    const bool isMirrored = option.direction == Qt::RightToLeft;
    if (!keys.isEmpty()) {
        painter->setPen(dim);
        // Keys are written from the left everywhere: a comma would come before its Ctrl.
        QTextOption place((isMirrored ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute
                          | Qt::AlignVCenter);
        place.setTextDirection(Qt::LeftToRight);
        place.setWrapMode(QTextOption::NoWrap);
        painter->drawText(QRectF(rect), keys, place);
        const int taken = option.fontMetrics.horizontalAdvance(keys) + gap;
        rect.adjust(isMirrored ? taken : 0, 0, isMirrored ? 0 : -taken, 0);
    }
    const QString text = index.data(Qt::DisplayRole).toString();
    //: A command that can't be done now, and why: "Save changes (No database is open)"
    const QString all = reason.isEmpty() ? text : tr("%1 (%2)").arg(text, reason);
    const QString shown = option.fontMetrics.elidedText(all, Qt::ElideRight, rect.width());
    QTextLayout layout(shown, option.font, painter->device());
    QTextOption place(isMirrored ? Qt::AlignRight | Qt::AlignAbsolute : Qt::AlignLeft);
    place.setWrapMode(QTextOption::NoWrap);
    place.setTextDirection(shown.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(place);
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    for (const int position : index.data(CommandListModel::PositionsRole).value<QList<int>>())
        formats.append({position, 1, bold});
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    painter->setPen(reason.isEmpty() ? plain : dim);
    painter->setClipRect(rect);
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, option.fontMetrics.height() + 8};
}

} // namespace ui
