// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QWidget>

namespace ui {

/// What had the focus before a popup took it. Esc gives it back.
class FocusBefore
{
public:
    /// To be called before the popup takes it.
    void remember();
    /// To be called before the popup hides, else Qt chooses the next one.
    /// @returns false if what had it is gone
    bool restore();

private:
    QPointer<QWidget> m_widget;
};

} // namespace ui
