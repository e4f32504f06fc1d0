// SPDX-License-Identifier: MIT
#include "ui/common/listkeys.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>
#include <cstdlib>

namespace ui {

ListKeys::ListKeys(QLineEdit &line, QAbstractItemView &list, Ends ends, QObject *parent)
    : QObject(parent)
    , m_line(line)
    , m_list(list)
    , m_ends(ends)
{
    m_line.installEventFilter(this);
    m_list.setFocusPolicy(Qt::NoFocus); // the keys are typed into the line
}

/// Rows that are in sight together.
int ListKeys::page() const
{
    const int row = m_list.sizeHintForRow(0);
    return row > 0 ? std::max(1, m_list.viewport()->height() / row) : 1;
}

void ListKeys::step(int rows)
{
    const int count = m_list.model()->rowCount();
    if (count == 0)
        return;
    const int row = m_list.currentIndex().row() + rows;
    const bool goesRound = m_ends == Ends::GoRound && std::abs(rows) == 1; // a page never does
    const int target = goesRound ? (row + count) % count : std::clamp(row, 0, count - 1);
    m_list.setCurrentIndex(m_list.model()->index(target, 0));
    emit stepped();
}

bool ListKeys::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-page());
        return true;
    case Qt::Key_PageDown:
        step(page());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit chosen();
        return true;
    case Qt::Key_Escape:
        emit escaped();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return false;
    }
}

bool ListKeys::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        // Esc and Enter are actions of the window, too.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier);
        if (isPlain
            && (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return
                || key->key() == Qt::Key_Enter)) {
            event->accept();
            return true;
        }
        break;
    }
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto modifiers = key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
        if (modifiers == Qt::NoModifier && handleKey(key->key()))
            return true;
        break;
    }
    case QEvent::FocusOut:
        if (const QWidget *now = QApplication::focusWidget(); now
            && now->window() == m_line.window() && now != &m_line
            && !m_line.parentWidget()->isAncestorOf(now))
            emit left();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
