// SPDX-License-Identifier: MIT
#include "ui/common/focusbefore.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>

#include <utility>

namespace ui {

void FocusBefore::remember()
{
    QWidget *focus = QApplication::focusWidget();
    // A menu that is being gone through has it only for that time.
    const bool isMenu = qobject_cast<QMenuBar *>(focus) || qobject_cast<QMenu *>(focus);
    m_widget = isMenu ? nullptr : focus;
}

bool FocusBefore::restore()
{
    const QPointer<QWidget> widget = std::exchange(m_widget, nullptr);
    if (!widget || !widget->isVisible() || !widget->isEnabled())
        return false;
    widget->setFocus(Qt::PopupFocusReason);
    return true;
}

} // namespace ui
