// SPDX-License-Identifier: MIT
#pragma once

#include "ui/table/recordroles.h"

#include <QFont>
#include <QStyledItemDelegate>

namespace ui {

/// Where a cell editor's key leads to after its value was kept.
enum class CellStep { Previous, Next, Above, Below };

/// Paints the cells of a RecordTableModel so that a row's state shows without colour, and edits
/// them in a line that gives back the very text it was given.
///
/// Works with any model: roles it doesn't answer count as a clean, loaded row.
class RecordDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int markColumn = 0; ///< shows the row's mark instead of a value
    static constexpr int margin = 6; ///< pixels left and right of a cell's text
    /// Characters of a text that are looked at for painting; more never fit in a cell.
    static constexpr int longestPaintedText = 500;
    /// Characters in a text that a cell edits. One line longer than this takes a line editor
    /// seconds to lay out, so such a cell gets no editor: its place is the form.
    static constexpr int longestEditedText = 100'000;

    explicit RecordDelegate(QObject *parent = nullptr);

    /// @p font as a cell in this state is written.
    static QFont cellFont(QFont font, RowState state, bool changed, bool null);
    /// @p text at 60 % over @p background, or more where that falls under a contrast of 4.5:1
    /// (or at full strength, if even that does).
    /// @see WCAG 2.1, 1.4.3 Contrast (Minimum)
    static QColor dimmed(const QColor &text, const QColor &background);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// A line of any length with the text of Qt::EditRole, or nothing if that is too long.
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    /// Shows the model's text, unless the user has typed something since the editor opened.
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    /// Sets what was typed; nothing at all if it is the text that was there before.
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
    /// Gives the model what stands in @p editor by now, which stays open.
    void keepTyping(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

signals:
    /// The cell's value is kept and its editor closed; its user wants to go on in another cell.
    void stepRequested(const QModelIndex &from, ui::CellStep step);
    /// The cell's value is kept and its editor closed; every selected row is to get it, too. @p isTyped
    /// into that editor, not only handed on.
    void fillRequested(const QModelIndex &cell, const QVariant &value, bool isTyped);

    /// Esc, after keepTyping(): what the model was given is to be as if it had never been.
    void typingDropped(const QModelIndex &cell);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Cell;
    struct Look;

    Look lookOf(const Cell &cell, const QStyleOptionViewItem &option) const;
    void paintText(QPainter *painter, const QRect &rect, const Cell &cell, const Look &look) const;
    void keepAndClose(QWidget *editor);
};

} // namespace ui
