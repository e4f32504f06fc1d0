// SPDX-License-Identifier: MIT
#pragma once

#include "ui/common/focusbefore.h"

#include <QFrame>

class QHeaderView;
class QLabel;
class QListWidget;

namespace ui {

class UniformTableView;

/// The columns of a list, in their order: Space shows or hides one, Alt+Up and Alt+Down move it, Left
/// and Right make it narrower and wider, S goes through its orders, F makes the columns up to it stay while the others scroll sideways,
/// and R puts all back.
class ColumnsPopup final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int widthStep = 16; ///< pixels

    /// Borrows @p view, whose first column is the rows' mark and stays as it is.
    ColumnsPopup(UniformTableView &view, QWidget *parent);

    void open();
    void close();

signals:
    /// S on the column of @p section: the next of its orders, beside those of other columns.
    void sortCycled(int section);
    void resetRequested();
    /// It went, and there is nothing that had the focus before it.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    int currentSection() const; ///< -1 if there is none
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void toggle(int section);
    void move(int section, int step);
    void widen(int section, int step);
    void freeze(int section);

    UniformTableView &m_view;
    QHeaderView &m_header;
    QListWidget *m_list;
    QLabel *m_keys = nullptr; ///< what they do
    FocusBefore m_focusBefore;
};

} // namespace ui
