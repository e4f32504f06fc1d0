// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Rows of a list with some air, as the table of records has them.
class RoomyDelegate final : public QStyledItemDelegate
{
public:
    static constexpr int air = 8; ///< pixels over and under the text together

    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, air);
    }
};

} // namespace ui
