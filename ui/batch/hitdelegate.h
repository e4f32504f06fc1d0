// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Paints a hit of a ReplaceModel: its tick, where it is, and below each other the line as it is and
/// as it would be, with what changes in bold.
class HitDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int lines = 3; ///< of text, in the height of a row

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui
